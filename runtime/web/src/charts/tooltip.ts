// Tooltips: every value at a place, greatest first, with the total of a stack.

import { formatCell } from "../format/cell";
import { formatNumber } from "../format/number";
import type { Chart, DataView, Table } from "../protocol.gen";
import { cellsOf, type ChartData } from "./series";

export interface Mark {
  seriesIndex: number;
  dataIndex: number;
  color: unknown;
}

function escape(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}

function line(color: unknown, name: string, value: string): string {
  const dot = `<span class="tip-dot" style="background:${escape(String(color))}"></span>`;
  return `<div class="tip-line">${dot}<span class="tip-name">${escape(name)}</span><strong>${escape(value)}</strong></div>`;
}

export function heading(text: string): string {
  return text === "" ? "" : `<div class="tip-title">${escape(text)}</div>`;
}

/** The text of one place along the axis. */
export function axisTooltip(chart: Chart, view: DataView, table: Table, data: ChartData, title: string, marks: Mark[]): string {
  const shown = marks
    .map((mark) => ({ mark, series: data.series[mark.seriesIndex], value: data.series[mark.seriesIndex]?.values[mark.dataIndex] ?? null }))
    .filter((entry) => entry.series !== undefined && entry.value !== null)
    .sort((a, b) => (b.value ?? 0) - (a.value ?? 0));
  const total = shown.reduce((sum, entry) => sum + (entry.value ?? 0), 0);
  const lines = shown.slice(0, 15).map(({ mark, series, value }) => {
    const text = formatCell(value, "number", series?.column.format ?? null);
    const share = chart.stack === "full" && total !== 0 ? ` (${formatNumber((value ?? 0) / total, ".1%", null)})` : "";
    return line(mark.color, series?.name ?? "", text + share);
  });
  if (shown.length > 15) lines.push(`<div class="tip-line tip-more">and ${shown.length - 15} more</div>`);
  const first = shown[0]?.series;
  if (chart.stack !== "none" && shown.length > 1 && first) {
    lines.push(`<div class="tip-line tip-total"><span class="tip-name">Total</span><strong>${escape(formatCell(total, "number", first.column.format))}</strong></div>`);
  }
  const row = shown.map((entry) => entry.series?.rows[entry.mark.dataIndex]).find((found) => found !== null && found !== undefined);
  return heading(title) + lines.join("") + (row === undefined || row === null ? "" : furtherColumns(chart, view, table, row));
}

/** The author's further columns, from one row. */
export function furtherColumns(chart: Chart, view: DataView, table: Table, row: number): string {
  return chart.tooltip
    .map((index) => {
      const column = view.columns[index];
      return column ? pair(column.name, formatCell(cellsOf(table, index)[row], column.type, column.format)) : "";
    })
    .join("");
}

export function pair(name: string, value: string): string {
  return `<div class="tip-line"><span class="tip-name">${escape(name)}</span><strong>${escape(value)}</strong></div>`;
}
