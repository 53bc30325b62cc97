// Days in the words of the locale, as controls show them.

import { isMidnight, parseWallClock } from "./calendar";
import { locale } from "./locale";

const formats = new Map<string, Intl.DateTimeFormat>();

function dayFormat(timed: boolean): Intl.DateTimeFormat {
  const { tag } = locale();
  const id = `${tag} ${timed}`;
  let format = formats.get(id);
  if (!format) {
    const clock = timed ? ({ hour: "numeric", minute: "2-digit" } as const) : {};
    formats.set(id, (format = new Intl.DateTimeFormat(tag, { year: "numeric", month: "short", day: "numeric", timeZone: "UTC", ...clock })));
  }
  return format;
}

/** A day, with its time of day unless that is midnight; `null` when the text is no date. */
export function dayText(text: string): string | null {
  const time = parseWallClock(text);
  return time === null ? null : dayFormat(!isMidnight(text)).format(time);
}

/** From one day to another without saying twice what they share; `null` when one of them is no date. */
export function daySpan(from: string, to: string): string | null {
  const [start, end] = [parseWallClock(from), parseWallClock(to)];
  if (start === null || end === null || start > end) return null;
  return dayFormat(!isMidnight(from) || !isMidnight(to)).formatRange(start, end);
}
