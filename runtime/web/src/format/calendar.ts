// Wall-clock dates as text (`YYYY-MM-DD`, `YYYY-MM-DDTHH:MM:SS`). UTC stands in for the project's time zone.

/** Milliseconds of a wall-clock text, as if it were UTC; `null` when it is not a date. */
export function parseWallClock(text: string): number | null {
  const found = /^(\d{4,6})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(\.\d+)?)?)?Z?$/.exec(text);
  if (!found) return null;
  const [, year, month, date, hour, minute, second, fraction] = found;
  const time = Date.UTC(Number(year), Number(month) - 1, Number(date), Number(hour ?? 0), Number(minute ?? 0), Number(second ?? 0));
  const check = new Date(time);
  if (check.getUTCMonth() !== Number(month) - 1 || check.getUTCDate() !== Number(date)) return null;
  return time + Math.floor(Number(fraction ?? 0) * 1000);
}

/** `YYYY-MM-DD` of milliseconds. */
export function isoDay(time: number): string {
  return new Date(time).toISOString().slice(0, 10);
}

export function shiftDays(day: string, days: number): string {
  const time = parseWallClock(day);
  return time === null ? day : isoDay(time + days * 86_400_000);
}

/** Whether a wall-clock text has no time of day worth showing. */
export function isMidnight(text: string): boolean {
  return !text.includes("T") || /T00:00:00(\.0+)?$/.test(text);
}

/** Today in a time zone, as `YYYY-MM-DD`. */
export function today(timeZone: string, now: number = Date.now()): string {
  try {
    const parts = new Intl.DateTimeFormat("en-CA", { timeZone, year: "numeric", month: "2-digit", day: "2-digit" }).format(now);
    return parts.slice(0, 10);
  } catch {
    return isoDay(now);
  }
}
