// The selected range: an anchor, where typing goes, and the corner that moves.

export interface Place {
  row: number;
  column: number;
}

export interface Selected {
  anchor: Place;
  corner: Place;
}

/** A rectangle, all four sides included. */
export interface Range {
  top: number;
  bottom: number;
  left: number;
  right: number;
}

export interface Extent {
  rows: number;
  columns: number;
}

export const origin: Selected = { anchor: { row: 0, column: 0 }, corner: { row: 0, column: 0 } };

export function rangeOf({ anchor, corner }: Selected): Range {
  return {
    top: Math.min(anchor.row, corner.row),
    bottom: Math.max(anchor.row, corner.row),
    left: Math.min(anchor.column, corner.column),
    right: Math.max(anchor.column, corner.column),
  };
}

export function isSingle({ anchor, corner }: Selected): boolean {
  return anchor.row === corner.row && anchor.column === corner.column;
}

function within(value: number, count: number): number {
  return Math.max(0, Math.min(count - 1, value));
}

export function clampPlace({ row, column }: Place, extent: Extent): Place {
  return { row: within(row, extent.rows), column: within(column, extent.columns) };
}

export function clampSelected(selected: Selected, extent: Extent): Selected {
  const anchor = clampPlace(selected.anchor, extent);
  const corner = clampPlace(selected.corner, extent);
  const same = anchor.row === selected.anchor.row && anchor.column === selected.anchor.column && corner.row === selected.corner.row && corner.column === selected.corner.column;
  return same ? selected : { anchor, corner };
}

/** Moves to a place, or stretches the range to it. */
export function moveTo(selected: Selected, place: Place, extend: boolean, extent: Extent): Selected {
  const target = clampPlace(place, extent);
  return extend ? { anchor: selected.anchor, corner: target } : { anchor: target, corner: target };
}

/** Next place in one direction at the edge of a block of filled cells, as spreadsheets jump. */
export function edge(from: Place, [down, right]: [number, number], extent: Extent, isFilled: (place: Place) => boolean): Place {
  const step = (place: Place): Place => ({ row: place.row + down, column: place.column + right });
  const inside = ({ row, column }: Place) => row >= 0 && column >= 0 && row < extent.rows && column < extent.columns;
  let at = from;
  let next = step(at);
  if (!inside(next)) return from;
  // Inside a block: to its end. At its end or outside: to the next block, else to the border.
  const inBlock = isFilled(at) && isFilled(next);
  while (inside(next)) {
    if (inBlock && !isFilled(next)) return at;
    at = next;
    if (!inBlock && isFilled(at)) return at;
    next = step(at);
  }
  return at;
}

/** Place after this one when typing through a row, within a range when there is one. */
export function nextInRow(place: Place, back: boolean, extent: Extent): Place | null {
  const column = place.column + (back ? -1 : 1);
  return column < 0 || column >= extent.columns ? null : { row: place.row, column };
}
