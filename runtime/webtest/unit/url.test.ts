import { describe, expect, it } from "vitest";
import type { ControlKind, ControlValue, ControlView } from "../../web/src/protocol.gen";
import { decodeValue, encodeValue, splitQuery } from "../../web/src/state/url";
import { describeDates, describeWindow, isEmptyValue, sameValue } from "../../web/src/state/values";

function control(kind: ControlKind): ControlView {
  return { name: "C", label: "C", kind, default: null, required: false, clearable: true, options: null, options_query: false, on_change: null, hash: "" };
}

const list = control({ type: "list", multiple: true, exclude: false, value_type: "text" });
const numbers = control({ type: "list", multiple: true, exclude: false, value_type: "number" });
const single = control({ type: "list", multiple: false, exclude: false, value_type: "text" });
const text = control({ type: "text", mode: "equals", case_sensitive: false, multiline: false });
const number = control({ type: "number", mode: "=" });
const range = control({ type: "number-range" });
const toggle = control({ type: "switch", all_when_off: true });
const date = control({ type: "date", mode: "=" });
const window = control({ type: "date-range" });

describe("values in the address", () => {
  it.each<[string, ControlView, ControlValue, string]>([
    ["a list", list, ["East", "Mid, west"], "East,Mid%2C%20west"],
    ["a list with an empty entry", list, ["East", null], "East,:null"],
    ["only the empty entry", list, [null], ":null,:null"],
    ["a list of numbers", numbers, [1, 2.5], "1,2.5"],
    ["one of a list", single, "a&b", "a%26b"],
    ["a text", text, "ü = 1", "%C3%BC%20%3D%201"],
    ["an empty text", text, "", ":empty"],
    ["a number", number, -3.5, "-3.5"],
    ["a range", range, { min: 1, max: 9 }, "min:1,max:9"],
    ["an open range", range, { min: null, max: 9 }, "min:,max:9"],
    ["a switch", toggle, true, "true"],
    ["a day", date, "2026-01-31", "2026-01-31"],
    ["complete days", window, { window: "last", count: 90, unit: "day", to_date: false }, "min:prior-day-90,max:prior-day-1"],
    ["days up to now", window, { window: "last", count: 90, unit: "day", to_date: true }, "min:prior-day-89,max:prior-day-0"],
    ["coming months", window, { window: "next", count: 2, unit: "month", to_date: false }, "min:next-month-1,max:next-month-2"],
    ["the running quarter", window, { window: "current", unit: "quarter" }, "min:prior-quarter-0,max:prior-quarter-0"],
    ["fixed dates", window, { min: "2026-01-01", max: "2026-03-31" }, "min:2026-01-01,max:2026-03-31"],
    ["an open window", window, { min: "2026-01-01", max: null }, "min:2026-01-01,max:"],
    ["one day", window, { window: "on", date: "2026-01-01" }, "min:2026-01-01,max:2026-01-01"],
    ["weeks that say their start", window, { window: "last", count: 2, unit: "week-starting-monday", to_date: false }, "min:prior-week-starting-monday-2,max:prior-week-starting-monday-1"],
    ["nothing", range, null, ":null"],
  ])("%s", (_, view, value, encoded) => {
    expect(encodeValue(view, value)).toBe(encoded);
    expect(decodeValue(view, encoded)).toEqual(value);
  });

  it.each<[string, ControlView, string, ControlValue | undefined]>([
    ["thousands separators", number, "1%2C000", 1000],
    ["a range with other words", window, "start:2026-01-01,end:2026-01-02", { min: "2026-01-01", max: "2026-01-02" }],
    ["mixed ends", window, "min:2024-04-01,max:prior-day-3", { min: "2024-04-01", max: { offset: -3, unit: "day" } }],
    ["both ends open", window, "min:,max:", null],
    ["no number", number, "abc", undefined],
    ["no truth", toggle, "maybe", undefined],
    ["no range", range, "5", undefined],
    ["a broken escape", text, "%E0%A4%A", "%E0%A4%A"],
  ])("%s", (_, view, encoded, value) => {
    expect(decodeValue(view, encoded)).toEqual(value);
  });

  it("before and after leave out the day itself", () => {
    expect(encodeValue(window, { window: "before", date: "2026-03-01" })).toBe("min:,max:2026-02-28");
    expect(encodeValue(window, { window: "after", date: "2026-02-28" })).toBe("min:2026-03-01,max:");
  });

  it("the last of two equal names wins", () => {
    expect([...splitQuery("?a=1&b=x%20y&a=2&c")]).toEqual([["a", "2"], ["b", "x%20y"], ["c", ""]]);
  });
});

describe("comparing values", () => {
  it("ignores the order of names", () => {
    expect(sameValue({ min: 1, max: 2 }, { max: 2, min: 1 })).toBe(true);
    expect(sameValue(["a"], ["a", "b"])).toBe(false);
    expect(sameValue(null, [])).toBe(false);
  });

  it("knows what filters nothing", () => {
    expect([null, "", [], { min: null, max: null }].map(isEmptyValue)).toEqual([true, true, true, true]);
    expect([false, 0, [null], { min: 0, max: null }].map(isEmptyValue)).toEqual([false, false, false, false]);
  });

  it("names windows", () => {
    expect(describeWindow({ window: "last", count: 1, unit: "month", to_date: false })).toBe("Last month");
    expect(describeWindow({ window: "current", unit: "week-starting-monday" })).toBe("This week");
    expect(describeDates({ min: "2026-01-01", max: null })).toBe("From Jan 1, 2026");
    expect(describeDates({ min: { offset: -3, unit: "day" }, max: { offset: 0, unit: "day" } })).toBe("3 days ago – today");
  });
});
