// Cells as categories: each once, and in order.

import type { Cell } from "../protocol.gen";

export function distinct(cells: Cell[]): Cell[] {
  const seen = new Map<string, Cell>();
  for (const cell of cells) {
    const name = JSON.stringify(cell);
    if (!seen.has(name)) seen.set(name, cell);
  }
  return [...seen.values()];
}

export function ascending(a: Cell, b: Cell): number {
  if (a === b) return 0;
  if (a === null) return -1;
  if (b === null) return 1;
  return a < b ? -1 : 1;
}
