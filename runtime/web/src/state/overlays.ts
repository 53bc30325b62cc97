// Open modals and drawers, the topmost last.

import { key, read, update, write } from "./store";

export const overlaysKey = key<string[]>("overlays", []);

export function openOverlay(id: string): void {
  update(overlaysKey, (open) => [...open.filter((other) => other !== id), id]);
}

/** Closes one overlay, the topmost when none is named; says which. */
export function closeOverlay(id: string | null): string | null {
  const open = read(overlaysKey);
  const closed = id ?? open.at(-1) ?? null;
  if (closed === null || !open.includes(closed)) return null;
  write(overlaysKey, open.filter((other) => other !== closed));
  return closed;
}
