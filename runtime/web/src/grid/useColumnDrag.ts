// Dragging a heading to another place.

import { useEffect, useRef, useState, type PointerEvent, type RefObject } from "react";
import type { ColumnPlaces } from "./useColumns";

interface Options {
  row: RefObject<HTMLElement | null>;
  scroller: RefObject<HTMLElement | null>;
  places: ColumnPlaces;
  frozen: number;
  onMove: (column: number, to: number) => void;
}

interface ColumnDrag {
  /** Column under way. */
  column: number | null;
  /** Where the line stands that shows its new place. */
  marker: number | null;
  start: (event: PointerEvent, column: number) => void;
  /** Whether the click at hand is the end of a drag. */
  justMoved: () => boolean;
}

/** Pixels before a press becomes a drag. */
const threshold = 6;
/** Pixels at the sides in which the table scrolls along. */
const edge = 32;

export function useColumnDrag(options: Options): ColumnDrag {
  const [state, setState] = useState<{ column: number; to: number } | null>(null);
  const latest = useRef(options);
  latest.current = options;
  const press = useRef<{ column: number; x: number; to: number | null } | null>(null);
  const moved = useRef(false);

  useEffect(() => {
    const move = (event: globalThis.PointerEvent) => {
      const begun = press.current;
      if (!begun || (begun.to === null && Math.abs(event.clientX - begun.x) < threshold)) return;
      begun.to = dropPlace(latest.current, event.clientX);
      setState({ column: begun.column, to: begun.to });
    };
    const end = (event: globalThis.PointerEvent) => {
      const begun = press.current;
      press.current = null;
      if (!begun || begun.to === null) return;
      moved.current = true;
      // The click that follows the release is not a click on the heading; it comes before any timer.
      setTimeout(() => (moved.current = false));
      setState(null);
      if (event.type === "pointerup") latest.current.onMove(begun.column, begun.to);
    };
    const escape = (event: globalThis.KeyboardEvent) => {
      if (event.key !== "Escape" || !press.current) return;
      press.current = null;
      setState(null);
    };
    document.addEventListener("pointermove", move);
    document.addEventListener("pointerup", end);
    document.addEventListener("pointercancel", end);
    document.addEventListener("keydown", escape);
    return () => {
      document.removeEventListener("pointermove", move);
      document.removeEventListener("pointerup", end);
      document.removeEventListener("pointercancel", end);
      document.removeEventListener("keydown", escape);
    };
  }, []);

  const { places, frozen, scroller } = options;
  const line = state === null ? null : (places.lefts[state.to] ?? places.total);
  return {
    column: state?.column ?? null,
    marker: line === null ? null : line + (state !== null && state.to < frozen ? (scroller.current?.scrollLeft ?? 0) : 0),
    start: (event, column) => {
      // Touch scrolls.
      if (event.button === 0 && event.pointerType !== "touch") press.current = { column, x: event.clientX, to: null };
    },
    justMoved: () => moved.current,
  };
}

/** Index of the column before which the pointer would drop another. */
function dropPlace({ row, scroller, places, frozen }: Options, clientX: number): number {
  const around = scroller.current?.getBoundingClientRect();
  const scrolled = scroller.current?.scrollLeft ?? 0;
  if (around && scroller.current) {
    if (clientX > around.right - edge) scroller.current.scrollLeft += edge / 2;
    else if (clientX < around.left + edge) scroller.current.scrollLeft -= edge / 2;
  }
  const x = clientX - (row.current?.getBoundingClientRect().left ?? 0);
  const border = frozen === 0 ? 0 : (places.lefts[frozen - 1] ?? 0) + (places.widths[frozen - 1] ?? 0);
  const overFrozen = frozen > 0 && x - scrolled < border;
  const at = overFrozen ? x - scrolled : x;
  const count = overFrozen ? frozen : places.lefts.length;
  for (let column = overFrozen ? 0 : frozen; column < count; column += 1) {
    if (at < (places.lefts[column] ?? 0) + (places.widths[column] ?? 0) / 2) return column;
  }
  return count;
}
