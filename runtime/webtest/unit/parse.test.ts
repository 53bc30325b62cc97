import { afterEach, describe, expect, it } from "vitest";
import { takeSettings } from "../../web/src/format/locale";
import { checkValue, editText, parseDay, parseInput, parseNumber } from "../../web/src/grid/parse";
import type { InputColumnView } from "../../web/src/protocol.gen";

const settings = { time_zone: "UTC", week_start: "monday" as const, locale: "en-US", currency: "USD" };
afterEach(() => takeSettings(settings));

function column(rules: Partial<InputColumnView>): InputColumnView {
  return { id: "c", name: "Cell", kind: "text", type: "text", required: false, min: null, max: null, max_length: null, options: [], options_query: false, ...rules };
}

describe("numbers as people write them", () => {
  it.each<[string, number | null]>([
    ["12", 12],
    ["1,234.50", 1234.5],
    ["$1,234.50", 1234.5],
    ["-$5", -5],
    ["$-5", -5],
    ["€ 1 234,50", 1234.5],
    ["(12)", -12],
    ["(1,200.5)", -1200.5],
    ["12%", 0.12],
    ["12.3%", 0.123],
    ["−7", -7],
    ["1.234,50", 1234.5],
    ["1,5", 1.5],
    ["1e3", 1000],
    [".5", 0.5],
    ["USD 30", 30],
    ["-0", 0],
    ["abc", null],
    ["1,23,4", null],
    ["12 apples", null],
    ["", null],
  ])("%s", (text, value) => {
    expect(parseNumber(text)).toBe(value);
  });

  it("a comma is the decimal mark where it is one", () => {
    takeSettings({ ...settings, locale: "de-DE" });
    expect(parseNumber("1.234")).toBe(1234);
    expect(parseNumber("1,234")).toBe(1.234);
    expect(editText(1.5, { type: "number" })).toBe("1,5");
  });
});

describe("dates as people write them", () => {
  it.each<[string, string | null]>([
    ["2026-01-31", "2026-01-31T00:00:00"],
    ["1/31/2026", "2026-01-31T00:00:00"],
    ["31/1/2026", "2026-01-31T00:00:00"],
    ["31.1.2026", "2026-01-31T00:00:00"],
    ["1/2/26", "2026-01-02T00:00:00"],
    ["5 Jan 2026", "2026-01-05T00:00:00"],
    ["Jan 5, 2026", "2026-01-05T00:00:00"],
    ["2026-01-31 14:05", "2026-01-31T14:05:00"],
    ["2026-01-31T14:05:09", "2026-01-31T14:05:09"],
    ["1/31/2026 2:05 pm", "2026-01-31T14:05:00"],
    ["2026-02-30", null],
    ["soon", null],
    ["2026-01-31 25:00", null],
  ])("%s", (text, value) => {
    expect(parseDay(text)).toBe(value);
  });

  it("the day comes first where people write it first", () => {
    takeSettings({ ...settings, locale: "en-GB" });
    expect(parseDay("1/2/2026")).toBe("2026-02-01T00:00:00");
  });
});

describe("rules of a column", () => {
  const options = [{ value: 1, label: "Call" }, { value: 2, label: "Webinar" }];

  it.each<[string, Partial<InputColumnView>, string, unknown]>([
    ["an option by its label", { kind: "select" }, "webinar", { value: 2 }],
    ["an unknown option", { kind: "select" }, "Visit", { problem: "“Visit” is not one of Call, Webinar" }],
    ["several options", { kind: "multi_select" }, "Call, webinar", { value: [1, 2] }],
    ["a check mark", { kind: "checkbox" }, "yes", { value: true }],
    ["an empty check mark", { kind: "checkbox" }, "", { value: null }],
    ["an empty cell", { kind: "number" }, " ", { value: null }],
    ["an empty required cell", { kind: "number", required: true }, "", { problem: "Cell is required" }],
    ["too little", { kind: "number", type: "number", min: 0 }, "-1", { problem: "must be at least 0" }],
    ["too much", { kind: "number", type: "number", max: 0.5 }, "60%", { problem: "must be at most 0.5" }],
    ["just enough", { kind: "number", type: "number", min: 0 }, "0", { value: 0 }],
    ["too early", { kind: "date", type: "date", min: "2026-01-01T00:00:00" }, "2025-12-31", { problem: "must be at least 2026-01-01" }],
    ["no number", { kind: "number" }, "many", { problem: "“many” is not a number" }],
    ["spaces of a text", { kind: "text" }, " a ", { value: " a " }],
  ])("%s", (_, rules, text, result) => {
    expect(parseInput(column(rules), text, options)).toEqual(result);
  });

  it("length counts characters, not code units", () => {
    expect(checkValue(column({ max_length: 2 }), "😀😀")).toBeNull();
    expect(checkValue(column({ max_length: 2 }), "abc")).toBe("at most 2 characters");
  });
});
