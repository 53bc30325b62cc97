// Any cell as text.

import type { Cell, Format, Type } from "../protocol.gen";
import { formatDate, plainDate } from "./date";
import { formatNumber, keyFigure, plainNumber } from "./number";
import { sparkline, sparklineText } from "./sparkline";

/** What stands for Null. */
export const nullText = "–";

export function formatCell(cell: Cell | undefined, type: Type, format: Format | null): string {
  if (cell === null || cell === undefined) return format?.null_as ?? nullText;
  const text = body(cell, type, format, plainNumber);
  return `${format?.prefix ?? ""}${text}${format?.suffix ?? ""}`;
}

/** As `formatCell`, with at most three significant digits when nobody gave a format. */
export function formatKeyFigure(cell: Cell | undefined, type: Type, format: Format | null): string {
  if (cell === null || cell === undefined) return format?.null_as ?? nullText;
  return `${format?.prefix ?? ""}${body(cell, type, format, keyFigure)}${format?.suffix ?? ""}`;
}

function body(cell: Cell, type: Type, format: Format | null, plain: (value: number) => string): string {
  if (typeof cell === "number") return numberText(cell, format, plain);
  if (typeof cell === "boolean") return cell ? "True" : "False";
  if (typeof cell === "string") {
    if (type === "number") return bigNumber(cell, format, plain);
    if (type === "date") return (format?.pattern ? formatDate(cell, format.pattern) : null) ?? plainDate(cell);
    return cell;
  }
  if (Array.isArray(cell)) return cell.map((part) => formatCell(part, "unknown", null)).join(", ");
  const points = sparkline(cell);
  return points ? sparklineText(points) : JSON.stringify(cell);
}

function numberText(value: number, format: Format | null, plain: (value: number) => string): string {
  return (format?.pattern ? formatNumber(value, format.pattern, format.symbol ?? null) : null) ?? plain(value);
}

/** Numbers beyond 2^53 travel as text, and are shown exactly unless a format asks for fewer digits. */
function bigNumber(text: string, format: Format | null, plain: (value: number) => string): string {
  if (format?.pattern) return numberText(Number(text), format, plain);
  return text.replace(/^-/, "−").replace(/^(−?)(\d+)/, (_, sign: string, digits: string) => sign + digits.replace(/\B(?=(\d{3})+(?!\d))/g, ","));
}

/** A cell as a number, when it is one. */
export function numeric(cell: Cell | undefined): number | null {
  if (typeof cell === "number") return cell;
  if (typeof cell === "string" && cell !== "" && !Number.isNaN(Number(cell))) return Number(cell);
  return null;
}
