// Widths of columns: what a visitor dragged, what the author said, and a share of the rest.

import { useMemo } from "react";
import type { GridColumn } from "./model";

export interface ColumnPlaces {
  widths: number[];
  lefts: number[];
  /** Width of all columns and the gutter. */
  total: number;
}

export const narrowest = 48;

/** Width for a column whose texts are at most so wide. */
export function defaultWidth(column: GridColumn, content: number): number {
  const byType = column.type === "number" ? 96 : column.type === "date" ? 110 : column.type === "logical" ? 84 : 120;
  // Headings and contents widen their column, within reason.
  return Math.round(Math.max(byType, Math.min(220, column.name.length * 7.2 + 34), Math.min(250, content + 22)));
}

/** Width below which its heading or contents would be cut. */
function neededWidth(column: GridColumn, content: number): number {
  return Math.round(Math.max(narrowest, Math.min(200, column.name.length * 6.8 + 22), Math.min(200, content + 21)));
}

/** Width of a text in a cell, near enough: figures are of one width, other signs between them narrow. */
export function textWidth(text: string): number {
  let width = 0;
  for (const sign of text) width += sign >= "0" && sign <= "9" ? 8.4 : sign === "," || sign === "." || sign === " " ? 4 : 7.3;
  return width;
}

/** `contents` is the width of the widest known text of each column, `dragged` what the visitor gave. */
export function useColumns(columns: GridColumn[], contents: number[], dragged: Record<string, number>, gutter: number, view: number): ColumnPlaces {
  return useMemo(() => {
    const fixed = columns.map((column) => dragged[column.id] ?? column.width);
    const liked = columns.map((column, index) => fixed[index] ?? defaultWidth(column, contents[index] ?? 0));
    const needed = columns.map((column, index) => Math.min(liked[index] ?? 0, fixed[index] ?? neededWidth(column, contents[index] ?? 0)));
    // What would have to be scrolled to is drawn closer together, as far as nothing is cut.
    const excess = sum(liked) + gutter - view;
    const slack = sum(liked) - sum(needed);
    const squeeze = excess > 0 && slack > 0 && excess <= slack ? excess / slack : 0;
    const wanted = liked.map((width, index) => Math.floor(width - (width - (needed[index] ?? width)) * squeeze));
    const free = view - gutter - sum(wanted);
    const sharing = fixed.filter((width) => width === null).length;
    const share = free > 0 && sharing > 0 ? Math.floor(free / sharing) : 0;
    const last = fixed.lastIndexOf(null);
    const rest = free > 0 && sharing > 0 ? free - share * sharing : 0;
    const widths = wanted.map((width, index) => (fixed[index] === null ? width + share + (index === last ? rest : 0) : width));
    const lefts: number[] = [];
    let left = gutter;
    for (const width of widths) {
      lefts.push(left);
      left += width;
    }
    return { widths, lefts, total: left };
  }, [columns, contents, dragged, gutter, view]);
}

function sum(widths: number[]): number {
  return widths.reduce((total, width) => total + width, 0);
}
