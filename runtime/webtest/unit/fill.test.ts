import { describe, expect, it } from "vitest";
import { continued, fillChanges, fillRange } from "../../web/src/grid/fill";
import type { GridColumn } from "../../web/src/grid/model";

describe("the handle", () => {
  const range = { top: 2, bottom: 3, left: 1, right: 2 };
  it.each([
    ["down", { row: 6, column: 2 }, { ...range, top: 4, bottom: 6 }],
    ["up", { row: 0, column: 1 }, { ...range, top: 0, bottom: 1 }],
    ["to the right", { row: 3, column: 5 }, { ...range, left: 3, right: 5 }],
    ["to the left", { row: 2, column: 0 }, { ...range, left: 0, right: 0 }],
    ["along the longer side only", { row: 7, column: 4 }, { ...range, top: 4, bottom: 7 }],
    ["nowhere within the range", { row: 3, column: 1 }, null],
  ])("fills %s", (_, place, expected) => {
    expect(fillRange(range, place)).toEqual(expected);
  });
});

describe("a fill", () => {
  it.each<[string, string[], string, boolean, string[]]>([
    ["repeats one number", ["5"], "number", false, ["5", "5", "5"]],
    ["goes on with a step", ["1", "3"], "number", false, ["5", "7", "9"]],
    ["goes back with a step", ["1", "3"], "number", true, ["-1", "-3", "-5"]],
    ["keeps decimals exact", ["0.1", "0.2"], "number", false, ["0.3", "0.4", "0.5"]],
    ["repeats numbers without a step", ["1", "2", "4"], "number", false, ["1", "2", "4"]],
    ["goes on with the next day", ["2026-02-27"], "date", false, ["2026-02-28", "2026-03-01", "2026-03-02"]],
    ["goes on by weeks", ["2026-01-01", "2026-01-08"], "date", false, ["2026-01-15", "2026-01-22", "2026-01-29"]],
    ["goes on by months, to their ends", ["2025-12-31", "2026-01-31"], "date", false, ["2026-02-28", "2026-03-31", "2026-04-30"]],
    ["counts names", ["Week 09", "Week 10"], "text", false, ["Week 11", "Week 12", "Week 13"]],
    ["repeats texts", ["a", "b"], "text", false, ["a", "b", "a"]],
    ["repeats texts upwards", ["a", "b"], "text", true, ["b", "a", "b"]],
    ["repeats empty cells", ["1", ""], "number", false, ["1", "", "1"]],
  ])("%s", (_, texts, type, back, expected) => {
    expect(continued(texts, 3, back, type)).toEqual(expected);
  });

  it("leaves out cells that cannot be edited", () => {
    const column = (id: string, editable: boolean) => ({ id, name: id, type: "text", input: editable ? {} : null }) as unknown as GridColumn;
    const changes = fillChanges([column("a", true), column("b", false)], (row, at) => `${row}/${at}`, { top: 0, bottom: 0, left: 0, right: 1 }, { top: 1, bottom: 2, left: 0, right: 1 });
    expect(changes).toEqual([
      { row: 1, column: 0, text: "0/0" },
      { row: 2, column: 0, text: "0/0" },
    ]);
  });
});
