// Where rows stand. Browsers cap the height of an element, so a tall table gets a shorter canvas and a mapped scroll.

export const rowHeight = 30;
export const headerHeight = 34;
/** Tallest canvas: below the caps of all browsers. */
export const tallest = 8_000_000;
const overscan = 6;

export interface Geometry {
  rows: number;
  /** Visible height of the rows in pixels. */
  view: number;
  /** Height of all rows at their true size. */
  total: number;
  /** Height of the element that scrolls. */
  canvas: number;
  /** Scrolled pixels for each true pixel; 1 unless the canvas is capped. */
  ratio: number;
}

export function geometry(rows: number, view: number): Geometry {
  const total = rows * rowHeight;
  const canvas = Math.min(total, tallest);
  const scaled = total > tallest && total > view;
  return { rows, view, total, canvas, ratio: scaled ? (canvas - view) / (total - view) : 1 };
}

/** Greatest true offset. */
export function maxOffset({ total, view }: Geometry): number {
  return Math.max(0, total - view);
}

/** True offset for a scroll position. */
export function offsetOf(shape: Geometry, scrollTop: number): number {
  return Math.min(maxOffset(shape), Math.max(0, scrollTop / shape.ratio));
}

/** First and last row to draw (`last` is included; -1 without rows). */
export function visibleRows(shape: Geometry, offset: number): [number, number] {
  const first = Math.max(0, Math.floor(offset / rowHeight) - overscan);
  const last = Math.min(shape.rows - 1, Math.ceil((offset + shape.view) / rowHeight) + overscan);
  return [Math.min(first, Math.max(0, last)), last];
}

/** True offset that brings a row into view, moving as little as possible. */
export function offsetShowing(shape: Geometry, offset: number, row: number): number {
  const top = row * rowHeight;
  if (top < offset) return top;
  if (top + rowHeight > offset + shape.view) return Math.min(maxOffset(shape), top + rowHeight - shape.view);
  return offset;
}
