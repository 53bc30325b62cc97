// Figures of a selection, for the footer.

import { numeric } from "../format/cell";
import type { Cell } from "../protocol.gen";

export interface Aggregates {
  /** Cells that are not empty. */
  count: number;
  numbers: number;
  sum: number;
  average: number;
}

export function aggregate(cells: Iterable<{ cell: Cell | undefined; isNumber: boolean }>): Aggregates {
  let count = 0;
  let numbers = 0;
  // Neumaier's sum: long columns of cents must not show their rounding errors.
  let sum = 0;
  let lost = 0;
  for (const { cell, isNumber } of cells) {
    if (cell === null || cell === undefined || cell === "") continue;
    count += 1;
    const value = isNumber ? numeric(cell) : null;
    if (value === null) continue;
    numbers += 1;
    const next = sum + value;
    lost += Math.abs(sum) >= Math.abs(value) ? sum - next + value : value - next + sum;
    sum = next;
  }
  const total = sum + lost;
  return { count, numbers, sum: total, average: numbers === 0 ? 0 : total / numbers };
}
