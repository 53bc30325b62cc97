import { describe, expect, it } from "vitest";
import { afterClick, withState, zoomAxis, type LegendClick } from "../../web/src/charts/interaction";
import type { Chart, DataView } from "../../web/src/protocol.gen";

describe("clicks on a legend", () => {
  const names = ["a", "b", "c"];
  /** What is off after clicks, each a name and its time. */
  const after = (clicks: [string, number][]) => {
    let off: string[] = [];
    let last: LegendClick | null = null;
    for (const [name, at] of clicks) {
      const before = off;
      off = afterClick(names, off, { name, at }, last);
      last = { name, at, before };
    }
    return off;
  };

  it.each<[string, [string, number][], string[]]>([
    ["one switches off", [["a", 0]], ["a"]],
    ["another later switches on again", [["a", 0], ["a", 1000]], []],
    ["two leave alone", [["b", 0], ["b", 200]], ["a", "c"]],
    ["two more bring all back", [["b", 0], ["b", 200], ["b", 2000], ["b", 2200]], []],
    ["two on another one change sides", [["b", 0], ["b", 200], ["c", 2000], ["c", 2200]], ["a", "b"]],
    ["two different ones switch off both", [["a", 0], ["b", 100]], ["a", "b"]],
  ])("%s", (_, clicks, expected) => {
    expect(after(clicks)).toEqual(expected);
  });
});

describe("the zoom", () => {
  const chart = { x: { column: 0 } } as Chart;
  const view = (type: string) => ({ columns: [{ id: "day", type }] }) as unknown as DataView;

  it.each<[string, string, Record<string, unknown>, string | null]>([
    ["of a time axis", "date", { xAxis: { type: "time" } }, "day time"],
    ["of numbers", "number", { xAxis: { type: "value" } }, "day value"],
    ["of months as categories", "date", { xAxis: { type: "category" }, dataZoom: [] }, "day category"],
    ["not of texts", "text", { xAxis: { type: "category" } }, null],
    ["not of bars from left to right", "date", { xAxis: [{ type: "value" }] }, null],
    ["not beside a scroll bar", "date", { xAxis: { type: "category" }, dataZoom: [{ type: "slider" }] }, null],
  ])("%s", (_, type, option, expected) => {
    expect(zoomAxis(chart, view(type), option)).toBe(expected);
  });

  it("applies to the axis it was made on, and series stay off by name", () => {
    const state = { zoom: { from: 3, to: 9, axis: "day time" }, off: ["b", "gone"] };
    const seen = withState({ legend: { show: true } }, ["a", "b"], state, "day time");
    expect(seen.dataZoom).toMatchObject([{ startValue: 3, endValue: 9 }]);
    expect(seen.legend).toEqual({ show: true, selected: { a: true, b: false } });
    expect(withState({}, [], state, "other time").dataZoom).toMatchObject([{ start: 0, end: 100 }]);
    expect(withState({}, [], state, null)).not.toHaveProperty("dataZoom");
  });
});
