// Conditional formats of a table: where a column is True, colour scales, bars behind numbers.

import type { CSSProperties } from "react";
import { numeric } from "../format/cell";
import { boxStyle, cssColor, dimmed, interpolate, paint as tint } from "../format/color";
import type { Cell, Highlight, Table } from "../protocol.gen";

/** Least and greatest number of a column, as far as it is loaded. */
export interface Span {
  least: number;
  greatest: number;
}

export function columnSpan(table: Table, column: number): Span {
  const at = table.columns.indexOf(column);
  let [least, greatest] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const cell of table.values[at] ?? []) {
    const value = numeric(cell);
    if (value === null) continue;
    least = Math.min(least, value);
    greatest = Math.max(greatest, value);
  }
  return { least, greatest };
}

/** Looks of one cell; later formats win. */
export function cellLook(highlights: Highlight[], column: number, cell: Cell | undefined, truth: (column: number) => Cell | undefined, span: (column: number) => Span): CSSProperties | undefined {
  let look: CSSProperties | undefined;
  for (const highlight of highlights) {
    if (highlight.columns.length > 0 && !highlight.columns.includes(column)) continue;
    if (highlight.when !== null && highlight.when !== undefined && truth(highlight.when) !== true) continue;
    look = { ...look, ...paint(highlight, column, cell, span) };
  }
  return look;
}

function paint(highlight: Highlight, column: number, cell: Cell | undefined, span: (column: number) => Span): CSSProperties {
  const value = numeric(cell);
  const look: CSSProperties = { ...boxStyle(highlight.style) };
  if (highlight.bold) look.fontWeight = 650;
  if (value === null || (highlight.scale.length < 2 && !highlight.bars)) return look;
  const { least, greatest } = span(column);
  if (highlight.scale.length > 1) {
    Object.assign(look, tint(interpolate(highlight.scale, greatest === least ? 0.5 : (value - least) / (greatest - least))));
  }
  if (highlight.bars) {
    look.backgroundImage = bar(value, Math.min(0, least), Math.max(0, greatest), cssColor(highlight.bars) ?? "var(--series-1)");
    // Else it begins again under the cell's border.
    look.backgroundRepeat = "no-repeat";
  }
  return look;
}

/** A bar from zero to the value, pale enough to read the number on it. */
function bar(value: number, least: number, greatest: number, color: string): string {
  const width = greatest - least || 1;
  const percent = (at: number) => `${(((at - least) / width) * 100).toFixed(1)}%`;
  const [from, to] = [percent(Math.min(0, value)), percent(Math.max(0, value))];
  const mixed = `color-mix(in srgb, ${color} 30%, transparent)`;
  const dark = dimmed(color);
  const pale = dark === null ? mixed : `light-dark(${mixed}, ${dark})`;
  return `linear-gradient(to right, transparent ${from}, ${pale} ${from}, ${pale} ${to}, transparent ${to})`;
}
