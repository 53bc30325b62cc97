// Widths of columns: what a visitor dragged, what the author said, and a share of the rest.

import { useMemo, useState } from "react";
import type { GridColumn } from "./model";

export interface ColumnPlaces {
  widths: number[];
  lefts: number[];
  /** Width of all columns and the gutter. */
  total: number;
  resize: (column: string, width: number | null) => void;
}

export const narrowest = 48;

export function defaultWidth(column: GridColumn): number {
  const byType = column.type === "number" ? 104 : column.type === "date" ? 116 : column.type === "logical" ? 84 : 148;
  // Headings are cut last: a wide one widens its column, within reason.
  return Math.max(byType, Math.min(220, column.name.length * 7.2 + 34));
}

export function useColumns(columns: GridColumn[], gutter: number, view: number): ColumnPlaces {
  const [dragged, setDragged] = useState<Record<string, number>>({});
  return useMemo(() => {
    const fixed = columns.map((column) => dragged[column.id] ?? column.width);
    const wanted = columns.map((column, index) => fixed[index] ?? defaultWidth(column));
    const free = view - gutter - wanted.reduce((sum, width) => sum + width, 0);
    const sharing = fixed.filter((width) => width === null).length;
    const share = free > 0 && sharing > 0 ? Math.floor(free / sharing) : 0;
    const widths = wanted.map((width, index) => (fixed[index] === null ? width + share : width));
    const lefts: number[] = [];
    let left = gutter;
    for (const width of widths) {
      lefts.push(left);
      left += width;
    }
    const resize = (column: string, width: number | null) =>
      setDragged(({ [column]: _, ...others }) => (width === null ? others : { ...others, [column]: Math.max(narrowest, Math.round(width)) }));
    return { widths, lefts, total: left, resize };
  }, [columns, dragged, gutter, view]);
}
