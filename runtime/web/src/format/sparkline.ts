// Cells that `Sparkline` and `SparklineAgg` give: points to be drawn as a small line.

import type { Cell, Json } from "../protocol.gen";
import { plainDate } from "./date";
import { plainNumber } from "./number";

export interface CellPoint {
  x: string;
  y: number | null;
}

/** The points of a cell; `null` when it is no line. */
export function sparkline(cell: Cell | undefined): CellPoint[] | null {
  if (typeof cell !== "object" || cell === null || Array.isArray(cell)) return null;
  const points = cell.sparkline;
  if (!Array.isArray(points) || Object.keys(cell).length !== 1) return null;
  return points.map(point);
}

function point(json: Json): CellPoint {
  if (typeof json !== "object" || json === null || Array.isArray(json)) return { x: "", y: null };
  return { x: label(json.x), y: typeof json.y === "number" ? json.y : null };
}

function label(x: Json | undefined): string {
  if (typeof x === "number") return plainNumber(x);
  if (typeof x !== "string") return x === null || x === undefined ? "–" : String(x);
  const date = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d/.test(x) ? x.replace(" ", "T") : null;
  return date ? plainDate(date) : x;
}

/** The line in words. */
export function sparklineText(points: CellPoint[]): string {
  const known = points.filter((each) => each.y !== null);
  const [first, last] = [known[0], known.at(-1)];
  if (!first || !last) return "No values";
  const said = (each: CellPoint) => `${plainNumber(each.y ?? 0)} (${each.x})`;
  return known.length === 1 ? said(first) : `${said(first)} to ${said(last)}, ${points.length} points`;
}
