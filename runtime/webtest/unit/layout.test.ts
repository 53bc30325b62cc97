import { describe, expect, it } from "vitest";
import { strips } from "../../web/src/layout/strips";
import type { Element, Placement } from "../../web/src/protocol.gen";

const at = (element: string, row: number, height: number, column = 1, width = 12): Placement => ({ element, column, row, width, height });
/** Elements named after their kinds: `table-1` is a table. */
function elements(body: Placement[]): Record<string, Element> {
  return Object.fromEntries(body.map(({ element }) => [element, { id: element, kind: { kind: element.split("-")[0] } } as unknown as Element]));
}
const cut = (...body: Placement[]) => strips(body, elements(body));
const names = (body: Placement[]) => body.map(({ element }) => element);

describe("a body", () => {
  it("is cut where no element crosses", () => {
    const found = cut(at("chart-1", 1, 6), at("kpi-1", 1, 3, 13), at("kpi-2", 4, 3, 13), at("table-1", 7, 9, 1, 24));
    expect(found.map(({ row, places }) => [row, names(places)])).toEqual([
      [1, ["chart-1", "kpi-1", "kpi-2"]],
      [7, ["table-1"]],
    ]);
  });

  it("keeps the empty rows that its author left", () => {
    expect(cut(at("text-1", 2, 1), at("text-2", 6, 1)).map(({ skipped }) => skipped)).toEqual([1, 3]);
  });

  it("is read from top to bottom, then from left to right", () => {
    expect(cut(at("kpi-2", 1, 3, 13), at("text-1", 4, 1), at("kpi-1", 1, 3)).flatMap(({ places }) => names(places))).toEqual(["kpi-1", "kpi-2", "text-1"]);
  });

  it.each<[boolean, Placement[]]>([
    [true, [at("table-1", 1, 8)]],
    [true, [at("input_table-1", 1, 8), at("control-1", 1, 2, 13)]],
    [true, [at("tabs-1", 1, 9)]],
    [false, [at("table-1", 1, 8), at("chart-1", 1, 8, 13)]],
    [false, [at("table-1", 1, 8), at("control-1", 1, 2, 13), at("control-2", 3, 2, 13)]],
    [false, [at("control-1", 1, 2)]],
  ])("has strips as high as their rows: %s", (snug, body) => {
    expect(cut(...body).map((strip) => strip.snug)).toEqual([snug]);
  });

  it("knows rows of nothing but key figures", () => {
    expect(cut(at("kpi-1", 1, 3), at("kpi-2", 1, 3, 13), at("chart-1", 4, 9)).map(({ figures }) => figures)).toEqual([true, false]);
  });
});
