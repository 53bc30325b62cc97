// Control values in the address: the grammar of the platform, read and written.
//
// value = ":null" | ":empty" | scalar | list | "min:" scalar "," "max:" scalar
// Windows of time become two relative dates, which stay relative: `min:prior-day-90,max:prior-day-1`.

import type { Cell, ControlValue, ControlView, DateWindowValue, Type } from "../protocol.gen";
import { shiftDays } from "../format/calendar";
import { isWindow } from "./values";

type Scalar = null | boolean | number | string;
/** Two ends: numbers, ISO dates, or `{offset, unit}` relative to now; null is open. */
type DateRange = { min: Cell; max: Cell };

/** The text behind `=`, percent-encoded. */
export function encodeValue(control: ControlView, value: ControlValue): string {
  if (value === null || value === undefined) return ":null";
  if (value === "") return ":empty";
  if (Array.isArray(value)) {
    if (value.length === 0) return ":null";
    if (control.kind.type !== "list" || !control.kind.multiple) return encodeScalar(value[0] ?? null);
    // A lone null entry is doubled: `:null` alone means that nothing is chosen.
    const entries = value.length === 1 && value[0] === null ? [null, null] : value;
    return entries.map(encodeScalar).join(",");
  }
  if (typeof value === "object") {
    return isWindow(value) ? encodeWindow(value) : encodeRange(value as DateRange);
  }
  return control.kind.type === "date" ? String(value).replace(/T00:00:00(\.0+)?$/, "") : encodeScalar(value);
}

function encodeScalar(value: Cell): string {
  if (value === null) return ":null";
  if (value === "") return ":empty";
  return encodeURIComponent(String(value));
}

function encodeRange(range: DateRange): string {
  return `min:${encodeBound(range.min)},max:${encodeBound(range.max)}`;
}

function encodeWindow(window: DateWindowValue): string {
  const unit = window.unit ?? "day";
  const count = window.count ?? 1;
  const pair = (min: string, max: string) => `min:${min},max:${max}`;
  switch (window.window) {
    case "last":
      return window.to_date ? pair(`prior-${unit}-${count - 1}`, `prior-${unit}-0`) : pair(`prior-${unit}-${count}`, `prior-${unit}-1`);
    case "next":
      return window.to_date ? pair(`next-${unit}-0`, `next-${unit}-${count - 1}`) : pair(`next-${unit}-1`, `next-${unit}-${count}`);
    case "current":
      return pair(`prior-${unit}-0`, `prior-${unit}-0`);
    case "on":
      return pair(day(window.date), day(window.date));
    case "before":
      return pair("", shiftDays(day(window.date), -1));
    case "after":
      return pair(shiftDays(day(window.date), 1), "");
    default:
      return pair(encodeBound(window.start), encodeBound(window.end));
  }
}

function encodeBound(bound: Cell | undefined): string {
  if (bound === null || bound === undefined) return "";
  if (typeof bound === "string") return encodeURIComponent(bound.replace(/T00:00:00(\.0+)?$/, "")).replaceAll("%3A", ":");
  if (typeof bound !== "object") return encodeScalar(bound);
  const { offset = 0, unit = "day" } = bound as { offset?: number; unit?: string };
  return offset > 0 ? `next-${unit}-${offset}` : `prior-${unit}-${-offset}`;
}

function day(date: string | undefined): string {
  return (date ?? "").slice(0, 10);
}

/** The value of a text behind `=` (not yet percent-decoded); `undefined` when it cannot be one of this control. */
export function decodeValue(control: ControlView, text: string): ControlValue | undefined {
  if (text === ":null" || text === "") return null;
  const kind = control.kind;
  switch (kind.type) {
    case "text":
      return text === ":empty" ? "" : decodeText(text);
    case "number":
    case "slider":
    case "top-n":
      return decodeNumber(text) ?? undefined;
    case "number-range":
    case "range-slider": {
      const range = splitRange(text);
      return range && { min: decodeNumber(range.min), max: decodeNumber(range.max) };
    }
    case "checkbox":
    case "switch":
      return text === "true" ? true : text === "false" ? false : undefined;
    case "list": {
      if (!kind.multiple) return decodeScalar(text, kind.value_type);
      return [...new Set(text.split(",").map((entry) => decodeScalar(entry, kind.value_type)))];
    }
    case "segmented":
      return decodeScalar(text, kind.value_type);
    case "date":
      return decodeText(text);
    case "date-range":
      return decodeWindow(text);
  }
}

function decodeText(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll("+", "%20"));
  } catch {
    return text;
  }
}

function decodeNumber(text: string): number | null {
  const plain = decodeText(text).replaceAll(",", "").trim();
  return plain === "" || Number.isNaN(Number(plain)) ? null : Number(plain);
}

function decodeScalar(text: string, type: Type): Scalar {
  if (text === ":null") return null;
  if (text === ":empty") return "";
  if (type === "number") return decodeNumber(text);
  if (type === "logical") return text === "true";
  return decodeText(text);
}

function splitRange(text: string): { min: string; max: string } | undefined {
  const found = /^(?:min|start):([^,]*),(?:max|end):(.*)$/.exec(decodeText(text));
  return found ? { min: found[1] ?? "", max: found[2] ?? "" } : undefined;
}

interface Relative {
  offset: number;
  unit: string;
}

function relative(text: string): Relative | undefined {
  const found = /^(prior|next)-(minute|hour|day|week(?:-starting-(?:sunday|monday))?|month|quarter|year)-(\d+)$/.exec(text);
  if (!found) return undefined;
  const count = Number(found[3]);
  return { offset: found[1] === "prior" ? -count || 0 : count, unit: found[2] ?? "day" };
}

function decodeWindow(text: string): ControlValue | undefined {
  const range = splitRange(text);
  if (!range) return undefined;
  const [from, to] = [relative(range.min), relative(range.max)];
  if (from && to && from.unit === to.unit) {
    const window = nameWindow(from.offset, to.offset, from.unit);
    if (window) return window;
  }
  if (range.min === "" && range.max === "") return null;
  if (range.min === range.max && !from) return { window: "on", date: range.min };
  return { min: from ? { ...from } : range.min || null, max: to ? { ...to } : range.max || null };
}

/** The named window that covers whole units from one offset to another, when there is one. */
function nameWindow(from: number, to: number, unit: string): DateWindowValue | undefined {
  if (from === 0 && to === 0) return { window: "current", unit };
  if (from <= 0 && to === 0) return { window: "last", count: 1 - from, unit, to_date: true };
  if (from < 0 && to === -1) return { window: "last", count: -from, unit, to_date: false };
  if (from === 0 && to > 0) return { window: "next", count: to + 1, unit, to_date: true };
  if (from === 1 && to >= 1) return { window: "next", count: to, unit, to_date: false };
  return undefined;
}

/** Splits a query string into names and still encoded values; the last of a name wins. */
export function splitQuery(search: string): Map<string, string> {
  const pairs = new Map<string, string>();
  for (const pair of search.replace(/^\?/, "").split("&")) {
    if (pair === "") continue;
    const at = pair.indexOf("=");
    pairs.set(decodeText(at < 0 ? pair : pair.slice(0, at)), at < 0 ? "" : pair.slice(at + 1));
  }
  return pairs;
}
