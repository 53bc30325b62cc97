// The visitor's order of rows, by clicks on headings.

import type { Sort } from "../state/tables";

/** First click ascending, second descending, third none; with `add` the other columns stay. */
export function nextSort(sort: Sort, column: string, add: boolean): Sort {
  const at = sort.findIndex(([id]) => id === column);
  const direction = at < 0 ? "asc" : sort[at]?.[1] === "asc" ? "desc" : null;
  if (!add) return direction === null ? [] : [[column, direction]];
  if (at < 0) return [...sort, [column, "asc"]];
  return direction === null ? sort.filter((_, index) => index !== at) : sort.map((entry, index) => (index === at ? [column, direction] : entry));
}
