// Dates as text: strftime patterns over wall-clock time.

import { parseWallClock, isMidnight } from "./calendar";
import { locale } from "./locale";

const compiled = new Map<string, (date: Date) => string>();

/** Formats by a strftime pattern; `null` when the text is not a date. */
export function formatDate(text: string, pattern: string): string | null {
  const time = parseWallClock(text);
  return time === null ? null : formatTime(time, pattern);
}

export function formatTime(time: number, pattern: string): string {
  const words = locale();
  const id = `${words.tag} ${pattern}`;
  let format = compiled.get(id);
  if (!format) compiled.set(id, (format = words.dates.utcFormat(pattern)));
  return format(new Date(time));
}

/** A date nobody gave a format: unambiguous, and without a time of day that is midnight. */
export function plainDate(text: string): string {
  if (isMidnight(text)) return formatDate(text, "%Y-%m-%d") ?? text;
  const pattern = /:\d{2}:00(\.0+)?$/.test(text) ? "%Y-%m-%d %H:%M" : "%Y-%m-%d %H:%M:%S";
  return formatDate(text, pattern) ?? text;
}

/** The shortest pattern that tells these dates apart; the dates are in ascending order. */
export function axisPattern(texts: string[]): string {
  const every = (test: RegExp) => texts.every((text) => test.test(text));
  if (!every(/^\d{4}-\d{2}-\d{2}(T00:00:00(\.0+)?)?$/)) return sameDay(texts) ? "%H:%M" : "%b %-d, %H:%M";
  if (every(/^\d{4}-01-01/) && texts.length > 1) return "%Y";
  if (every(/^\d{4}-\d{2}-01/)) return "%b %Y";
  const years = new Set(texts.map((text) => text.slice(0, 4)));
  return years.size > 1 ? "%b %-d, %Y" : "%b %-d";
}

function sameDay(texts: string[]): boolean {
  return new Set(texts.map((text) => text.slice(0, 10))).size === 1;
}
