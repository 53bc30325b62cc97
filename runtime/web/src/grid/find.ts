// Finding a text in a grid: what it may stand for, and where it is.

import { formatCell } from "../format/cell";
import { plainNumber } from "../format/number";
import type { Cell } from "../protocol.gen";
import type { Found, GridColumn, GridModel } from "./model";
import { editText, parseDay, parseNumber } from "./parse";

/** A typed text, and the exact values it may stand for: `$1,234` is 1234, `Nov 2, 2026` is 2026-11-02. */
export function needlesOf(text: string): string[] {
  const typed = text.trim().toLocaleLowerCase();
  if (typed === "") return [];
  const number = /[\d]/.test(typed) ? parseNumber(typed) : null;
  const day = parseDay(typed)?.slice(0, 10);
  const all = [typed, ...(number === null ? [] : [String(number)]), ...(day === undefined ? [] : [day])];
  return [...new Set(all)];
}

/** Whether a cell holds one of the texts, as it is shown or exactly. */
export function holdsAny(cell: Cell | undefined, column: GridColumn, needles: string[]): boolean {
  if (cell === null || cell === undefined) return false;
  const shown = formatCell(cell, column.type, column.format).toLocaleLowerCase();
  const exact = editText(cell, column).toLocaleLowerCase();
  return needles.some((needle) => shown.includes(needle) || exact.includes(needle));
}

/** Looks through rows that are all here. */
export function findHere(model: Pick<GridModel, "columns" | "rows" | "cell">, needles: string[]): number[] {
  const rows: number[] = [];
  for (let row = 0; row < model.rows; row += 1) {
    if (model.columns.some((column, index) => holdsAny(model.cell(row, index), column, needles))) rows.push(row);
  }
  return rows;
}

/** The place among the found rows to go to from a row: the next or the one before, around the ends. */
export function nextFound(rows: number[], from: number, back: boolean): number | null {
  if (rows.length === 0) return null;
  if (back) return rows.findLast((row) => row < from) ?? rows.at(-1) ?? null;
  return rows.find((row) => row > from) ?? rows[0] ?? null;
}

export function foundText(found: Found): string {
  const count = found.count === 0 ? "Nothing" : found.count === 1 ? "1 row" : `${plainNumber(found.count)} rows`;
  const cut = found.rows.length < found.count ? `, the first ${plainNumber(found.rows.length)} can be reached` : "";
  return `${count} in ${found.scope}${cut}`;
}
