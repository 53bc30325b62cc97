// Which columns are drawn: of hundreds only those in sight.

import { useCallback, useMemo, useState, type RefObject } from "react";
import { columnWindow } from "./arrange";
import type { ColumnPlaces } from "./useColumns";

/** Scrolling by less draws nothing new. */
const step = 240;

export interface ColumnWindow {
  /** How many columns stay at the left; none where they would leave no room for the others. */
  frozen: number;
  /** Width of these with the gutter, in pixels. */
  frozenWidth: number;
  first: number;
  last: number;
  onScroll: () => void;
}

export function useColumnWindow(scroller: RefObject<HTMLDivElement | null>, places: ColumnPlaces, frozen: number, gutter: number, view: number): ColumnWindow {
  const [left, setLeft] = useState(0);
  const onScroll = useCallback(() => setLeft(Math.floor((scroller.current?.scrollLeft ?? 0) / step) * step), [scroller]);
  return useMemo(() => {
    const end = (count: number) => (count === 0 ? gutter : (places.lefts[count - 1] ?? 0) + (places.widths[count - 1] ?? 0));
    const kept = end(frozen) <= view * 0.7 ? frozen : 0;
    const [first, last] = columnWindow(places, kept, left + end(kept), left + step + view);
    return { frozen: kept, frozenWidth: end(kept), first, last, onScroll };
  }, [places, frozen, gutter, view, left, onScroll]);
}

/** Columns of a row to draw behind the frozen ones: those in sight, and one more that has the focus. */
export function drawnColumns({ frozen, first, last }: Pick<ColumnWindow, "frozen" | "first" | "last">, extra: number): number[] {
  const columns: number[] = [];
  if (extra >= frozen && extra < first) columns.push(extra);
  for (let column = first; column <= last; column += 1) columns.push(column);
  if (extra > last) columns.push(extra);
  return columns;
}
