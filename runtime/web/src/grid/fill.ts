// What the fill handle writes: a series that goes on, else the same texts over and over.

import { isoDay, parseWallClock } from "../format/calendar";
import type { GridColumn, TextChange } from "./model";
import { editText, parseDay, parseNumber } from "./parse";
import type { Place, Range } from "./selection";

/** The range that a drag from the handle of `source` to `place` would fill: along one side only. */
export function fillRange(source: Range, place: Place): Range | null {
  const down = place.row > source.bottom ? place.row - source.bottom : place.row < source.top ? place.row - source.top : 0;
  const right = place.column > source.right ? place.column - source.right : place.column < source.left ? place.column - source.left : 0;
  if (down === 0 && right === 0) return null;
  if (Math.abs(down) >= Math.abs(right)) {
    return down > 0 ? { ...source, top: source.bottom + 1, bottom: place.row } : { ...source, top: place.row, bottom: source.top - 1 };
  }
  return right > 0 ? { ...source, left: source.right + 1, right: place.column } : { ...source, left: place.column, right: source.left - 1 };
}

/** Texts for the cells of `target`, continued from those of `source` beside it. */
export function fillChanges(columns: GridColumn[], textAt: (row: number, column: number) => string, source: Range, target: Range): TextChange[] {
  const changes: TextChange[] = [];
  const put = (row: number, column: number, text: string) => {
    if (columns[column]?.input) changes.push({ row, column, text });
  };
  if (target.left === source.left && target.right === source.right) {
    for (let column = target.left; column <= target.right; column += 1) {
      const texts = span(source.top, source.bottom).map((row) => textAt(row, column));
      const back = target.bottom < source.top;
      const made = continued(texts, target.bottom - target.top + 1, back, columns[column]?.type ?? "text");
      made.forEach((text, index) => put(back ? target.bottom - index : target.top + index, column, text));
    }
  } else {
    for (let row = target.top; row <= target.bottom; row += 1) {
      const texts = span(source.left, source.right).map((column) => textAt(row, column));
      const back = target.right < source.left;
      // Types of columns differ, so that along a row texts are repeated.
      const made = continued(texts, target.right - target.left + 1, back, "text");
      made.forEach((text, index) => put(row, back ? target.right - index : target.left + index, text));
    }
  }
  return changes;
}

function span(first: number, last: number): number[] {
  return Array.from({ length: last - first + 1 }, (_, index) => first + index);
}

/** The texts that follow, nearest first; with `back` those before, nearest first. */
export function continued(texts: string[], count: number, back: boolean, type: string): string[] {
  const next = series(texts, type);
  return Array.from({ length: count }, (_, index) => {
    if (next) return next(back ? -1 - index : texts.length + index);
    const at = back ? texts.length - 1 - (index % texts.length) : index % texts.length;
    return texts[at] ?? "";
  });
}

/** The rule of a series, by place; one value alone is no series, but a day is followed by the next. */
function series(texts: string[], type: string): ((at: number) => string) | null {
  if (texts.some((text) => text.trim() === "")) return null;
  if (type === "date") return daySeries(texts);
  if (texts.length < 2) return null;
  if (type === "number") {
    const numbers = texts.map((text) => parseNumber(text.trim()));
    const rule = arithmetic(numbers);
    return rule && ((at) => editText(Number(rule(at).toPrecision(15)), { type }));
  }
  const parts = texts.map((text) => /^(.*?)(\d{1,9})$/s.exec(text));
  const [, prefix, digits] = parts[0] ?? [];
  if (prefix === undefined || digits === undefined || parts.some((part) => part?.[1] !== prefix)) return null;
  const rule = arithmetic(parts.map((part) => Number(part?.[2])));
  const width = digits.startsWith("0") ? digits.length : 0;
  return rule && ((at) => prefix + String(Math.max(0, rule(at))).padStart(width, "0"));
}

/** A constant step through the numbers. */
function arithmetic(numbers: (number | null)[]): ((at: number) => number) | null {
  const first = numbers[0] ?? null;
  const step = first === null || (numbers[1] ?? null) === null ? null : (numbers[1] ?? 0) - first;
  if (first === null || step === null) return null;
  const steady = numbers.every((number, at) => number !== null && Math.abs(number - (first + step * at)) <= 1e-9 * Math.max(1, Math.abs(number)));
  return steady ? (at) => first + step * at : null;
}

const dayLength = 86_400_000;

/** Days at a constant distance, or the same day of months at a constant distance. */
function daySeries(texts: string[]): ((at: number) => string) | null {
  const times = texts.map((text) => {
    const day = parseDay(text.trim());
    return day === null ? null : parseWallClock(day);
  });
  const first = times[0] ?? null;
  if (first === null || times.some((time) => time === null || time % dayLength !== 0)) return null;
  const months = times.length < 2 ? null : arithmetic(times.map((time) => monthOf(time ?? 0)));
  const start = new Date(first);
  if (months && months(1) !== months(0) && times.every((time) => new Date(time ?? 0).getUTCDate() === start.getUTCDate())) {
    return (at) => {
      const month = months(at);
      const lastDay = new Date(Date.UTC(Math.floor(month / 12), (((month % 12) + 12) % 12) + 1, 0)).getUTCDate();
      return isoDay(Date.UTC(Math.floor(month / 12), ((month % 12) + 12) % 12, Math.min(start.getUTCDate(), lastDay)));
    };
  }
  const days = times.length < 2 ? (at: number) => first + at * dayLength : arithmetic(times);
  return days && ((at) => isoDay(days(at)));
}

function monthOf(time: number): number {
  const date = new Date(time);
  return date.getUTCFullYear() * 12 + date.getUTCMonth();
}
