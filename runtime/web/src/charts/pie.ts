// Pie and donut: at most seven slices, then the rest as one.

import { formatCell, numeric } from "../format/cell";
import { formatNumber } from "../format/number";
import type { Cell, Chart, DataColumn, DataView, Table } from "../protocol.gen";
import { base, legend, legendPlace, legendRoom, tooltipBox, type Size } from "./frame";
import { cellsOf } from "./series";
import { categoryPlace, palette, resolveColor, takePlaces, type ChartTheme } from "./theme";
import { furtherColumns, heading, pair } from "./tooltip";

const most = 7;

export interface Slice {
  name: string;
  value: number;
  /** Row behind it; none for the rest. */
  row: number | null;
  place: number;
}

export function slices(chart: Chart, view: DataView, table: Table): Slice[] {
  const names = chart.color ?? chart.x?.column ?? null;
  const column = names === null ? undefined : view.columns[names];
  const labels = cellsOf(table, names);
  const measure = chart.y[0]?.column ?? null;
  takePlaces(column?.name ?? "", labels);
  const found: Slice[] = cellsOf(table, measure).flatMap((cell, row) => {
    const value = numeric(cell);
    if (value === null || value <= 0) return [];
    return [{ name: sliceName(labels[row] ?? null, column), value, row, place: categoryPlace(column?.name ?? "", labels[row] ?? null) }];
  });
  found.sort((a, b) => b.value - a.value);
  if (found.length <= most) return found;
  const rest = found.slice(most);
  const value = rest.reduce((sum, slice) => sum + slice.value, 0);
  return [...found.slice(0, most), { name: `Other (${rest.length})`, value, row: null, place: -1 }];
}

function sliceName(cell: Cell, column: DataColumn | undefined): string {
  if (cell === null) return "(empty)";
  return column ? formatCell(cell, column.type, column.format) : String(cell);
}

export function pieOption(chart: Chart, view: DataView, table: Table, theme: ChartTheme, size: Size) {
  const parts = slices(chart, view, table);
  const names = parts.map((part) => part.name);
  const place = legendPlace(chart, names, size);
  const room = legendRoom(place, names);
  const colors = palette(theme, chart.scheme);
  const fixed = resolveColor(chart.fixed_color);
  const column = view.columns[chart.y[0]?.column ?? -1];
  const total = parts.reduce((sum, part) => sum + part.value, 0);
  const text = (value: number) => formatCell(value, "number", column?.format ?? null);
  const share = (value: number) => formatNumber(value / (total || 1), ".1%", null) ?? "";
  const center = [room.left + (size.width - room.left - room.right) / 2, room.top + (size.height - room.top - room.bottom) / 2];
  const radius = pieRadius(chart, names, size.width - room.left - room.right, size.height - room.top - room.bottom);
  const hole = chart.mark === "donut" ? (chart.hole ?? 0.6) : (chart.hole ?? 0);
  return {
    slices: parts,
    option: {
      ...base(theme),
      legend: legend(place, names, theme),
      tooltip: {
        ...tooltipBox(theme),
        trigger: "item",
        formatter: ({ dataIndex }: { dataIndex: number }) => {
          const part = parts[dataIndex];
          if (!part) return "";
          const further = part.row === null ? "" : furtherColumns(chart, view, table, part.row);
          return heading(part.name) + pair(column?.name ?? "", `${text(part.value)} (${share(part.value)})`) + further;
        },
      },
      title: hole > 0.3 ? holeText(text(total), center, radius * hole, theme) : { show: false },
      series: [
        {
          type: "pie",
          center,
          radius: [radius * hole, radius],
          cursor: chart.on_select ? "pointer" : "default",
          itemStyle: { borderColor: theme.surface, borderWidth: 2 },
          label: { show: chart.labels, color: theme.ink2, fontSize: 12, lineHeight: 14, formatter: ({ dataIndex }: { dataIndex: number }) => `${parts[dataIndex]?.name}\n${share(parts[dataIndex]?.value ?? 0)}` },
          labelLine: { length: 8, length2: 6, lineStyle: { color: theme.ink3 } },
          data: parts.map((part) => ({
            name: part.name,
            value: part.value,
            itemStyle: { color: part.place < 0 ? theme.ink3 : fixed && parts.length === 1 ? fixed : colors[part.place % colors.length] },
          })),
        },
      ],
    },
  };
}

/** Leaves room for labels outside, as wide as the longest one or a third of the width. */
function pieRadius(chart: Chart, names: string[], width: number, height: number): number {
  const longest = Math.max(0, ...names.map((name) => name.length), 5);
  const aside = chart.labels ? Math.min(width / 3.2, longest * 6.6 + 24) : 8;
  return Math.max(16, Math.min(width / 2 - aside, height / 2 - (chart.labels ? 18 : 8)));
}

function holeText(text: string, center: number[], room: number, theme: ChartTheme) {
  const fontSize = Math.max(12, Math.min(24, (room * 1.5) / Math.max(1, text.length * 0.6)));
  return { text, left: center[0], top: (center[1] ?? 0) - fontSize / 2 - 2, textAlign: "center", padding: 0, textStyle: { color: theme.ink, fontSize, lineHeight: fontSize, fontWeight: 650, fontFamily: theme.font } };
}
