// Copying ranges out of the grid, and pasted text into it.

import { announce } from "../state/notices";
import { parseTsv, printHtml, printTsv, tile } from "./clipboard";
import type { GridModel, TextChange } from "./model";
import { editText } from "./parse";
import type { Range } from "./selection";

/** Puts the loaded cells of a range on the clipboard, exact values as text and as an HTML table. */
export function copyRange(model: GridModel, range: Range, clipboard: DataTransfer): void {
  const rows: string[][] = [];
  let missing = 0;
  for (let row = range.top; row <= Math.min(range.bottom, model.rows - 1); row += 1) {
    if (model.cell(row, range.left) === undefined) {
      missing += 1;
      continue;
    }
    const cells: string[] = [];
    for (let column = range.left; column <= range.right; column += 1) {
      const spec = model.columns[column];
      if (spec) cells.push(editText(model.cell(row, column), spec));
    }
    rows.push(cells);
  }
  clipboard.setData("text/plain", printTsv(rows));
  clipboard.setData("text/html", printHtml(rows));
  const note = missing > 0 ? `; ${missing} rows that were not loaded are left out` : "";
  announce(`Copied ${rows.length} ${rows.length === 1 ? "row" : "rows"}${note}.`);
}

export interface Pasted {
  changes: TextChange[];
  rows: number;
  columns: number;
  /** Cells that cannot be edited. */
  skipped: number;
}

/** Changes that a pasted text makes, from the top left of a range on. */
export function pasteChanges(model: Pick<GridModel, "columns">, range: Range, text: string): Pasted | null {
  const block = tile(parseTsv(text), range.bottom - range.top + 1, range.right - range.left + 1);
  const columns = Math.max(0, ...block.map((row) => row.length));
  if (columns === 0) return null;
  const changes: TextChange[] = [];
  let skipped = 0;
  block.forEach((cells, down) => {
    cells.forEach((cell, right) => {
      const column = range.left + right;
      if (model.columns[column]?.input) changes.push({ row: range.top + down, column, text: cell });
      else if (column < model.columns.length) skipped += 1;
    });
  });
  return { changes, rows: block.length, columns, skipped };
}
