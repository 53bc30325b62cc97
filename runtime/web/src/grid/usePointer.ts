// Selecting with the pointer: cells, ranges, rows; and filling from the handle of the range.

import { useRef, useState, type PointerEvent } from "react";
import { fillRange } from "./fill";
import type { Extent, Place, Range, Selected } from "./selection";
import { moveTo } from "./selection";

interface Options {
  selected: Selected;
  range: Range;
  extent: Extent;
  /** Rows with data, which a fill does not go beyond. */
  rows: number;
  select: (change: (old: Selected) => Selected) => void;
  show: (row: number) => void;
  /** A press on a cell, before it is selected. */
  onPress: (place: Place, target: HTMLElement) => void;
  /** A press and release on the cell that was selected, without a drag. */
  onClick: (place: Place, extended: boolean) => void;
  onFill: (target: Range) => void;
}

/** Rows and columns are written on the cells. */
export function placeAt(target: EventTarget | null): Place | null {
  const cell = (target as HTMLElement | null)?.closest<HTMLElement>("[data-row]");
  return cell ? { row: Number(cell.dataset.row), column: Number(cell.dataset.column) } : null;
}

export function usePointer({ selected, range, extent, rows, select, show, onPress, onClick, onFill }: Options) {
  const mode = useRef<"range" | "fill" | null>(null);
  const [filling, setFilling] = useState<Range | null>(null);

  const down = (event: PointerEvent) => {
    const target = event.target as HTMLElement;
    const place = placeAt(target);
    if (!place || event.button !== 0 || target.closest("a, .grid-toggle, textarea")) return;
    if (target.closest("[data-fill]")) {
      mode.current = "fill";
      event.preventDefault();
      return;
    }
    onPress(place, target);
    if (place.column < 0) {
      const corner = { row: place.row, column: extent.columns - 1 };
      const first = event.shiftKey ? selected.anchor.row : place.row;
      select(() => ({ anchor: { row: first, column: 0 }, corner }));
      return;
    }
    select((old) => moveTo(old, place, event.shiftKey, extent));
    // Touch scrolls; only a mouse or pen drags a range.
    if (event.pointerType !== "touch") mode.current = "range";
  };

  const move = (event: PointerEvent) => {
    if (mode.current === null || (event.buttons & 1) === 0) return;
    const place = placeAt(document.elementFromPoint(event.clientX, event.clientY));
    if (!place || place.column < 0) return;
    show(place.row);
    if (mode.current === "range") select((old) => moveTo(old, place, true, extent));
    else setFilling(fillRange(range, { row: Math.min(place.row, rows - 1), column: place.column }));
  };

  const up = (event: PointerEvent) => {
    const was = mode.current;
    mode.current = null;
    if (was === "fill") {
      if (filling) onFill(filling);
      setFilling(null);
      return;
    }
    const place = placeAt(event.target);
    const still = selected.anchor.row === selected.corner.row;
    if (was === "range" && place && place.column >= 0 && place.row < rows && still) onClick(place, event.shiftKey);
  };

  return { filling, handlers: { onPointerDown: down, onPointerMove: move, onPointerUp: up } };
}
