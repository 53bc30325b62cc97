// Short messages: toasts, and what the live region says to screen readers.

import { key, update, write } from "./store";

export interface Notice {
  id: number;
  level: "info" | "ok" | "error";
  text: string;
  /** Further lines, such as what had already happened. */
  details: string[];
  /** A button of the notice. */
  action: { text: string; run: () => void } | null;
}

export const noticesKey = key<Notice[]>("notices", []);
export const announcementKey = key("announcement", "");

let lastId = 0;
const shownFor = { info: 6_000, ok: 4_000, error: 15_000 };

export function notify(text: string, options: Partial<Omit<Notice, "id" | "text">> = {}): void {
  const notice: Notice = { id: ++lastId, level: "info", text, details: [], action: null, ...options };
  update(noticesKey, (notices) => [...notices.filter((other) => other.text !== text), notice].slice(-4));
  if (!notice.action) setTimeout(() => dismiss(notice.id), shownFor[notice.level]);
}

export function dismiss(id: number): void {
  update(noticesKey, (notices) => (notices.some((notice) => notice.id === id) ? notices.filter((notice) => notice.id !== id) : notices));
}

/** Says something to screen readers only. */
export function announce(text: string): void {
  // The same words twice are not a change, and would be silent.
  write(announcementKey, "");
  setTimeout(() => write(announcementKey, text), 30);
}
