import { describe, expect, it } from "vitest";
import { aggregate } from "../../web/src/grid/aggregate";
import { geometry, maxOffset, offsetOf, offsetShowing, tallest, visibleRows } from "../../web/src/grid/geometry";
import { nextSort } from "../../web/src/grid/sort";
import { commandFor } from "../../web/src/grid/keys";
import { clampSelected, edge, moveTo, origin, rangeOf, type Place } from "../../web/src/grid/selection";

const extent = { rows: 6, columns: 3 };

describe("the selection", () => {
  it("stretches from its anchor in any direction", () => {
    const start = moveTo(origin, { row: 3, column: 1 }, false, extent);
    const stretched = moveTo(start, { row: 1, column: 2 }, true, extent);
    expect(stretched.anchor).toEqual({ row: 3, column: 1 });
    expect(rangeOf(stretched)).toEqual({ top: 1, bottom: 3, left: 1, right: 2 });
  });

  it("stays inside the table", () => {
    expect(moveTo(origin, { row: 99, column: -4 }, false, extent).anchor).toEqual({ row: 5, column: 0 });
  });

  it("shrinks with the table, and stays the same object otherwise", () => {
    const selected = moveTo(origin, { row: 5, column: 2 }, false, extent);
    expect(clampSelected(selected, extent)).toBe(selected);
    expect(clampSelected(selected, { rows: 2, columns: 1 }).anchor).toEqual({ row: 1, column: 0 });
  });

  it("jumps to the edge of a block, then to the next block, then to the border", () => {
    const filled = ({ row }: Place) => [0, 1, 3].includes(row);
    const down = (row: number) => edge({ row, column: 0 }, [1, 0], extent, filled).row;
    expect([down(0), down(1), down(3), down(5)]).toEqual([1, 3, 5, 5]);
  });
});

describe("keys", () => {
  const press = (key: string, more: Partial<{ ctrl: boolean; shift: boolean; alt: boolean }> = {}, editable = true) =>
    commandFor({ key, ctrl: false, shift: false, alt: false, ...more }, editable)?.do ?? null;

  it.each<[string, string | null]>([
    ["F2", "edit"],
    ["a", "type"],
    ["é", "type"],
    ["Process", "type"],
    ["Delete", "clear"],
    ["Enter", "activate"],
    ["Tab", "next"],
    ["Shift", null],
    ["F5", null],
  ])("%s in an editable grid", (key, command) => {
    expect(press(key)).toBe(command);
  });

  it("typing and Tab do nothing of ours in a table that is only read", () => {
    expect([press("a", {}, false), press("Tab", {}, false), press("z", { ctrl: true }, false)]).toEqual([null, null, null]);
  });

  it("shortcuts of spreadsheets", () => {
    expect(["d", "z", "y", "a", "-"].map((key) => press(key, { ctrl: true }))).toEqual(["fill-down", "undo", "redo", "select-all", "delete-rows"]);
    expect(press("Z", { ctrl: true, shift: true })).toBe("redo");
    expect(press("c", { ctrl: true })).toBeNull();
  });
});

describe("scrolling", () => {
  it("a short table is as tall as its rows", () => {
    expect(geometry(100, 600)).toMatchObject({ canvas: 3000, ratio: 1 });
  });

  it("a million rows stay below what browsers allow, and the last one can be reached", () => {
    const shape = geometry(1_000_000, 600);
    expect(shape.canvas).toBe(tallest);
    expect(offsetOf(shape, shape.canvas - 600)).toBeCloseTo(maxOffset(shape), 3);
    expect(visibleRows(shape, maxOffset(shape))[1]).toBe(999_999);
  });

  it("shows a row by moving as little as possible", () => {
    const shape = geometry(100, 300);
    expect([offsetShowing(shape, 300, 12), offsetShowing(shape, 300, 3), offsetShowing(shape, 300, 30)]).toEqual([300, 90, 630]);
  });

  it("has no rows to show in an empty table", () => {
    expect(visibleRows(geometry(0, 300), 0)).toEqual([0, -1]);
  });
});

describe("sorting by headings", () => {
  it("goes from ascending to descending to none", () => {
    const first = nextSort([], "a", false);
    const second = nextSort(first, "a", false);
    expect([first, second, nextSort(second, "a", false)]).toEqual([[["a", "asc"]], [["a", "desc"]], []]);
  });

  it("keeps the others with Shift", () => {
    expect(nextSort([["a", "asc"]], "b", true)).toEqual([["a", "asc"], ["b", "asc"]]);
    expect(nextSort([["a", "desc"], ["b", "asc"]], "a", true)).toEqual([["b", "asc"]]);
  });
});

it("figures of a selection leave out what is empty or no number", () => {
  const cells = [1, "2", null, "x", true].map((cell) => ({ cell, isNumber: typeof cell !== "boolean" }));
  expect(aggregate(cells)).toEqual({ count: 4, numbers: 2, sum: 3, average: 1.5 });
});

it("a long column of cents adds up exactly", () => {
  const cells = Array.from({ length: 1000 }, () => ({ cell: 0.1, isNumber: true }));
  expect(aggregate(cells).sum).toBe(100);
});
