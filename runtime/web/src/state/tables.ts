// What a visitor made of a table: its order, and which columns stand where. Kept by element, so that it outlives hot
// reloads, other pages and closed tabs.

import type { Direction } from "../protocol.gen";
import { key, type Key } from "./store";

/** Column ids and directions, the most important first. */
export type Sort = [string, Direction][];

export interface TableState {
  sort: Sort;
  /** Order of all columns by id; null is the author's. */
  order: string[] | null;
  hidden: string[];
  /** The last of the columns that stay at the left. */
  frozen: string | null;
  /** Which groups are open, as requests say it. */
  open: string[] | null;
  toggled: string[];
  /** Widths in pixels that the visitor gave. */
  widths: Record<string, number>;
}

const untouched: TableState = { sort: [], order: null, hidden: [], frozen: null, open: null, toggled: [], widths: {} };
const keys = new Map<string, Key<TableState>>();

export function tableKey(element: string): Key<TableState> {
  let found = keys.get(element);
  if (!found) keys.set(element, (found = key(`table:${element}`, untouched)));
  return found;
}
