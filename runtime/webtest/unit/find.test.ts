import { describe, expect, it } from "vitest";
import { findHere, foundText, needlesOf, nextFound } from "../../web/src/grid/find";
import type { GridColumn } from "../../web/src/grid/model";
import { fileName, firstLines } from "../../web/src/menu/files";

describe("a typed text", () => {
  it.each<[string, string[]]>([
    ["  North ", ["north"]],
    ["$1,234.50", ["$1,234.50", "1234.5"]],
    ["Nov 2, 2026", ["nov 2, 2026", "2026-11-02"]],
    ["12%", ["12%", "0.12"]],
    [" ", []],
  ])("%s stands for what it may mean", (text, expected) => {
    expect(needlesOf(text)).toEqual(expected);
  });

  it("is found as it is shown and as it is", () => {
    const column = (id: string, type: string, pattern: string | null) => ({ id, name: id, type, format: pattern === null ? null : { pattern, symbol: null, prefix: null, suffix: null, null_as: null } }) as unknown as GridColumn;
    const cells = [["North", 1234.5], ["South", 0.25], [null, null]] as const;
    const model = { columns: [column("a", "text", null), column("b", "number", ",.2f")], rows: 3, cell: (row: number, at: number) => cells[row]?.[at] };
    expect(findHere(model, needlesOf("th"))).toEqual([0, 1]);
    expect(findHere(model, needlesOf("1,234.5"))).toEqual([0]);
    expect(findHere(model, needlesOf("1234.5"))).toEqual([0]);
    expect(findHere(model, needlesOf("–"))).toEqual([]);
  });
});

it("the next row found is behind or before the present one, around the ends", () => {
  const rows = [2, 5, 9];
  const to = (from: number, back: boolean) => nextFound(rows, from, back);
  expect([to(0, false), to(2, false), to(9, false), to(5, true), to(2, true)]).toEqual([2, 5, 2, 2, 9]);
  expect(nextFound([], 1, false)).toBeNull();
  expect(foundText({ rows: [1], count: 3, scope: "all 9 rows" })).toBe("3 rows in all 9 rows, the first 1 can be reached");
});

describe("a copied text", () => {
  it("ends after so many rows, of which some hold line breaks", () => {
    const text = 'a\tb\r\n"x\ny"\t1\r\n2\t3\r\n';
    expect(firstLines(text, 1)).toEqual({ text: 'a\tb\r\n"x\ny"\t1\r\n', rows: 1, cut: true });
    expect(firstLines(text, 2)).toEqual({ text, rows: 2, cut: false });
  });

  it("in a file has a name that every system takes", () => {
    expect(fileName('Sales: "North/South"? ', "csv")).toBe("Sales North South.csv");
    expect(fileName("...", "csv")).toBe("data.csv");
  });
});
