// What people type or paste into a cell, as a value of the column; or why it cannot be one.

import { isoDay, parseWallClock } from "../format/calendar";
import { formatCell } from "../format/cell";
import { locale } from "../format/locale";
import { formatNumber } from "../format/number";
import type { Cell, InputColumnView, OptionView } from "../protocol.gen";

export type Parsed = { value: Cell } | { problem: string };

/** Reads a text for a column and checks it against the column's rules. */
export function parseInput(column: InputColumnView, text: string, options: OptionView[]): Parsed {
  const read = readText(column, text, options);
  if ("problem" in read) return read;
  const problem = checkValue(column, read.value);
  return problem === null ? read : { problem };
}

function readText(column: InputColumnView, text: string, options: OptionView[]): Parsed {
  const trimmed = text.trim();
  if (trimmed === "") return { value: null };
  switch (column.kind) {
    case "number": {
      const value = parseNumber(trimmed);
      return value === null ? { problem: `“${trimmed}” is not a number` } : { value };
    }
    case "date": {
      const value = parseDay(trimmed);
      return value === null ? { problem: `“${trimmed}” is not a date; write it as 2026-01-31` } : { value };
    }
    case "checkbox": {
      const value = parseLogical(trimmed);
      return value === null ? { problem: `“${trimmed}” is neither true nor false` } : { value };
    }
    case "select":
      return readOption(trimmed, options);
    case "multi_select": {
      const parts = trimmed.split(/\s*[,;\n]\s*/).filter((part) => part !== "");
      const read = parts.map((part) => readOption(part, options));
      const failed = read.find((one) => "problem" in one);
      return failed ?? { value: read.map((one) => ("value" in one ? one.value : null)) as Cell };
    }
    default:
      return { value: text };
  }
}

function readOption(text: string, options: OptionView[]): Parsed {
  const wanted = text.toLocaleLowerCase();
  const found =
    options.find((option) => option.label === text || String(option.value) === text) ??
    options.find((option) => option.label.toLocaleLowerCase() === wanted || String(option.value).toLocaleLowerCase() === wanted);
  if (found) return { value: found.value };
  if (options.length === 0) return { value: text };
  const some = options.slice(0, 4).map((option) => option.label);
  return { problem: `“${text}” is not one of ${some.join(", ")}${options.length > 4 ? " …" : ""}` };
}

/** Why a column refuses a value; `null` when it does not. */
export function checkValue(column: InputColumnView, value: Cell): string | null {
  const empty = value === null || value === "" || (Array.isArray(value) && value.length === 0);
  if (empty) return column.required ? `${column.name} is required` : null;
  if (column.max_length !== null && typeof value === "string" && [...value].length > column.max_length) {
    return `at most ${column.max_length} characters`;
  }
  const shown = (bound: Cell) => formatCell(bound, column.type, null);
  if (column.min !== null && column.min !== undefined && isBelow(value, column.min)) return `must be at least ${shown(column.min)}`;
  if (column.max !== null && column.max !== undefined && isBelow(column.max, value)) return `must be at most ${shown(column.max)}`;
  return null;
}

function isBelow(a: Cell, b: Cell): boolean {
  if (typeof a === "number" && typeof b === "number") return a < b;
  if (typeof a === "string" && typeof b === "string") {
    const [first, second] = [parseWallClock(a), parseWallClock(b)];
    return first !== null && second !== null ? first < second : a < b;
  }
  return false;
}

/** `1,234.50`, `$1,234.50`, `(12)`, `12%`, `1.234,50` in locales with a decimal comma. */
export function parseNumber(text: string): number | null {
  let rest = text.replace(/[\s\u00a0\u202f']/g, "").replace(/[−–]/g, "-");
  let sign = 1;
  let scale = 1;
  const bracketed = /^\((.*)\)$/.exec(rest);
  if (bracketed) {
    sign = -1;
    rest = bracketed[1] ?? "";
  }
  if (rest.endsWith("%")) {
    scale = 100;
    rest = rest.slice(0, -1);
  }
  rest = rest.replace(/^([+-]?)(?:[$€£¥₹]|[A-Z]{3}|CHF)/, "$1").replace(/(?:[$€£¥₹]|[A-Z]{3})$/, "");
  if (rest.startsWith("-")) {
    sign = -sign;
    rest = rest.slice(1);
  } else if (rest.startsWith("+")) rest = rest.slice(1);
  rest = rest.replace(/^[$€£¥₹]/, "");
  const plain = plainDigits(rest);
  if (plain === null) return null;
  const value = Number(plain);
  if (!Number.isFinite(value)) return null;
  // Dividing the text's own decimal places keeps 12.3 % at 0.123.
  return scale === 1 ? sign * value || 0 : sign * Number((value / scale).toPrecision(15));
}

/** Digits with a point, from digits grouped by the locale's separators or the other usual pair. */
function plainDigits(text: string): string | null {
  if (/^\d*\.?\d+(?:e[+-]?\d+)?$/i.test(text) || /^\d+\.$/.test(text)) {
    const commaLocale = decimalMark() === "," && /^\d{1,3}(\.\d{3})+$/.test(text);
    return commaLocale ? text.replaceAll(".", "") : text;
  }
  if (/^\d{1,3}(,\d{3})+(\.\d*)?$/.test(text)) {
    const ambiguous = decimalMark() === "," && /^\d{1,3},\d{3}$/.test(text);
    return ambiguous ? text.replace(",", ".") : text.replaceAll(",", "");
  }
  if (/^\d{1,3}(\.\d{3})+,\d*$/.test(text) || /^\d*,\d+$/.test(text)) return text.replaceAll(".", "").replace(",", ".");
  return null;
}

function decimalMark(): string {
  return (formatNumber(1.5, ".1f", null) ?? "1.5").charAt(1);
}

function parseLogical(text: string): boolean | null {
  if (/^(true|yes|y|1|x|✓|on|wahr|ja)$/i.test(text)) return true;
  return /^(false|no|n|0|off|falsch|nein)$/i.test(text) ? false : null;
}

/** A date in the usual forms, as wall-clock text. */
export function parseDay(text: string): string | null {
  const [, date = text, time] = /^(.*?)[T ,]+(\d{1,2}:\d{2}(?::\d{2})?(?:\s?[ap]m)?)$/i.exec(text) ?? [];
  const day = readDay(date.trim());
  if (day === null) return null;
  const clock = time === undefined ? "" : readTime(time);
  return clock === null ? null : `${day}T${clock === "" ? "00:00:00" : clock}`;
}

function readDay(text: string): string | null {
  const iso = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})$/.exec(text);
  if (iso) return day(iso[1], iso[2], iso[3]);
  const numbers = /^(\d{1,2})([/.-])(\d{1,2})\2(\d{2}|\d{4})$/.exec(text);
  if (numbers) {
    const [, first, mark, second, year] = numbers;
    const dayFirst = mark === "." || Number(first) > 12 || !monthFirst();
    return dayFirst ? day(year, second, first) : day(year, first, second);
  }
  const named = /^(\d{1,2})\.?[\s-]+([\p{L}]+)\.?[\s-]+(\d{2}|\d{4})$/u.exec(text);
  if (named) return day(named[3], monthNumber(named[2]), named[1]);
  const american = /^([\p{L}]+)\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})$/u.exec(text);
  return american ? day(american[3], monthNumber(american[1]), american[2]) : null;
}

function day(year: string | undefined, month: string | undefined, date: string | undefined): string | null {
  if (!year || !month || !date) return null;
  const full = year.length === 2 ? `20${year}` : year;
  const time = parseWallClock(`${full}-${month.padStart(2, "0")}-${date.padStart(2, "0")}`);
  return time === null ? null : isoDay(time);
}

function monthFirst(): boolean {
  const parts = new Intl.DateTimeFormat(locale().tag).formatToParts(0).map((part) => part.type);
  return parts.indexOf("month") < parts.indexOf("day");
}

const english = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

function monthNumber(name: string | undefined): string | undefined {
  const wanted = (name ?? "").toLocaleLowerCase();
  const byLocale = Array.from({ length: 12 }, (_, month) => new Intl.DateTimeFormat(locale().tag, { month: "long", timeZone: "UTC" }).format(Date.UTC(2026, month, 1)).toLocaleLowerCase());
  const local = byLocale.findIndex((month) => wanted.length >= 3 && month.startsWith(wanted));
  const index = local >= 0 ? local : english.findIndex((month) => wanted.startsWith(month));
  return index < 0 ? undefined : String(index + 1);
}

function readTime(text: string): string | null {
  const found = /^(\d{1,2}):(\d{2})(?::(\d{2}))?\s?([ap]m)?$/i.exec(text);
  if (!found) return null;
  let hour = Number(found[1]);
  const half = found[4]?.toLowerCase();
  if (half === "pm" && hour < 12) hour += 12;
  if (half === "am" && hour === 12) hour = 0;
  if (hour > 23 || Number(found[2]) > 59 || Number(found[3] ?? 0) > 59) return null;
  return `${String(hour).padStart(2, "0")}:${found[2]}:${found[3] ?? "00"}`;
}

/** A value as text to edit or to copy: exact, without a format. */
export function editText(value: Cell | undefined, column: { type: string }): string {
  if (value === null || value === undefined) return "";
  if (typeof value === "boolean") return value ? "TRUE" : "FALSE";
  if (Array.isArray(value)) return value.map((part) => editText(part, column)).join(", ");
  if (typeof value === "object") return JSON.stringify(value);
  if (column.type === "date") return String(value).replace(/T00:00:00(\.0+)?$/, "").replace("T", " ");
  if (typeof value === "number") return decimalMark() === "," ? String(value).replace(".", ",") : String(value);
  return value;
}
