// Comparing and describing control values.

import { formatCell } from "../format/cell";
import { dayText, daySpan } from "../format/day";
import type { Cell, ControlValue, ControlView, DateWindowValue } from "../protocol.gen";

export function sameValue(a: ControlValue | undefined, b: ControlValue | undefined): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return false;
  return canonical(a) === canonical(b);
}

function canonical(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) =>
    part !== null && typeof part === "object" && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
}

export function isWindow(value: ControlValue): value is DateWindowValue {
  return typeof value === "object" && value !== null && !Array.isArray(value) && "window" in value;
}

export function isRange(value: ControlValue): value is { min: Cell; max: Cell } {
  return typeof value === "object" && value !== null && !Array.isArray(value) && "min" in value;
}

/** An empty control filters nothing. */
export function isEmptyValue(value: ControlValue): boolean {
  if (value === null || value === "") return true;
  if (Array.isArray(value)) return value.length === 0;
  if (isRange(value)) return (value.min ?? null) === null && (value.max ?? null) === null;
  return false;
}

/** A value in words, for chips and empty states. */
export function describeValue(view: ControlView, value: ControlValue): string {
  if (isEmptyValue(value)) return "All";
  if (Array.isArray(value)) {
    if (value.length > 3) return `${value.length} selected`;
    return value.map((entry) => describeEntry(view, entry)).join(", ");
  }
  if (isWindow(value)) return describeWindow(value);
  if (isRange(value)) return view.kind.type === "date-range" || view.kind.type === "date" ? describeDates(value) : describeRange(value);
  if (value === true || value === false) return value ? "On" : "Off";
  return describeEntry(view, value as Cell);
}

export function describeEntry(view: ControlView, entry: Cell): string {
  const option = view.options?.find((candidate) => candidate.value === entry);
  if (option) return option.label;
  if (entry === null) return "(empty)";
  if (entry === "") return "(blank text)";
  const kind = view.kind;
  const type = kind.type === "list" || kind.type === "segmented" ? kind.value_type : kind.type === "date" ? "date" : "text";
  return (type === "date" && typeof entry === "string" ? dayText(entry) : null) ?? formatCell(entry, type, null);
}

function describeRange({ min, max }: { min: Cell; max: Cell }): string {
  const text = (value: Cell) => formatCell(value, typeof value === "number" ? "number" : "text", null);
  if (min === null || min === undefined) return `≤ ${text(max)}`;
  if (max === null || max === undefined) return `≥ ${text(min)}`;
  return `${text(min)} – ${text(max)}`;
}

export function describeWindow(value: DateWindowValue): string {
  const unit = (value.unit ?? "day").replace(/-starting-.*/, "");
  const count = value.count ?? 1;
  const units = count === 1 ? unit : `${count} ${unit}s`;
  switch (value.window) {
    case "last":
      return value.to_date ? `Last ${units} to date` : `Last ${units}`;
    case "next":
      return value.to_date ? `Next ${units} from today` : `Next ${units}`;
    case "current":
      return unit === "day" ? "Today" : `This ${unit}`;
    case "on":
      return describeBound(value.date);
    case "before":
      return `Before ${describeBound(value.date)}`;
    case "after":
      return `After ${describeBound(value.date)}`;
    default:
      return "All dates";
  }
}

/** Dates from one end to another, fixed or relative to now. */
export function describeDates({ min, max }: { min: Cell; max: Cell }): string {
  const [start, end] = [describeBound(min), describeBound(max)];
  if (start === "") return end === "" ? "All dates" : `Until ${end}`;
  if (start === end) return start;
  if (typeof min === "string" && typeof max === "string") return daySpan(min, max) ?? `${start} – ${end}`;
  return end === "" ? `From ${start}` : `${start} – ${end}`;
}

function describeBound(bound: unknown): string {
  if (bound === null || bound === undefined) return "";
  if (typeof bound === "string") return dayText(bound) ?? bound;
  const { offset = 0, unit = "day" } = bound as { offset?: number; unit?: string };
  const name = unit.replace(/-starting-.*/, "");
  if (offset === 0) return name === "day" ? "today" : `this ${name}`;
  const count = Math.abs(offset);
  return `${count} ${name}${count === 1 ? "" : "s"} ${offset < 0 ? "ago" : "ahead"}`;
}
