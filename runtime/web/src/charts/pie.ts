// Pie and donut: at most seven slices, then the rest as one.

import { formatCell, numeric } from "../format/cell";
import { formatNumber } from "../format/number";
import type { Cell, Chart, DataColumn, DataView, Table } from "../protocol.gen";
import { base, legend, legendPlace, legendRoom, legendWidth, textWidth, tooltipBox, type LegendPlace, type Size } from "./frame";
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
  const colors = palette(theme, chart.scheme);
  const fixed = resolveColor(chart.fixed_color);
  const column = view.columns[chart.y[0]?.column ?? -1];
  const total = parts.reduce((sum, part) => sum + part.value, 0);
  const text = (value: number) => formatCell(value, "number", column?.format ?? null);
  const share = (value: number) => formatNumber(value / (total || 1), ".1%", null) ?? "";
  const keys = chart.labels ? names : names.map((name, index) => `${name}  ${share(parts[index]?.value ?? 0)}`);
  const { place, center, radius, key } = pieRoom(chart, names, keys, size);
  const hole = chart.mark === "donut" ? (chart.hole ?? 0.6) : (chart.hole ?? 0);
  return {
    slices: parts,
    option: {
      ...base(theme),
      legend: isSide(place)
        ? { ...legend(place, names, theme, size), ...sideKey(parts, chart.labels ? null : share, key, theme) }
        : { ...legend(place, keys, theme, size), data: names, formatter: (name: string) => keys[names.indexOf(name)] ?? name },
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
          label: { show: chart.labels, color: theme.ink2, fontSize: 12, lineHeight: 14, formatter: ({ dataIndex }: { dataIndex: number }) => (place === "none" ? `${parts[dataIndex]?.name}\n` : "") + share(parts[dataIndex]?.value ?? 0) },
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

/** A legend at a side stands right beside the pie, both together in the middle. */
const gap = 28;
const shareRoom = 52;
const narrowest = 340;

interface PieRoom {
  place: LegendPlace;
  center: [number, number];
  radius: number;
  /** Where a legend at a side begins. */
  key: number;
}

function isSide(place: LegendPlace): boolean {
  return place === "left" || place === "right";
}

function pieRoom(chart: Chart, names: string[], keys: string[], size: Size): PieRoom {
  const place = legendPlace(chart, names, size, narrowest);
  const room = legendRoom(isSide(place) ? "none" : place, keys, size);
  const key = isSide(place) ? legendWidth(names) + (chart.labels ? 0 : shareRoom) + gap : 0;
  const height = size.height - room.top - room.bottom;
  const aside = labelRoom(chart, names, place, size.width);
  const radius = Math.max(16, Math.min((size.width - key) / 2 - aside, height / 2 - (chart.labels ? 18 : 8)));
  const across = 2 * (radius + aside);
  const left = Math.max(0, (size.width - across - key) / 2);
  return {
    place,
    center: [left + (place === "left" ? key : 0) + across / 2, room.top + height / 2],
    radius,
    key: place === "left" ? left : left + across + gap,
  };
}

/** Room for labels outside: a share, and without a legend the longest name up to a third of the width. */
function labelRoom(chart: Chart, names: string[], place: LegendPlace, width: number): number {
  if (!chart.labels) return 8;
  return place !== "none" ? 64 : Math.min(width / 3.2, Math.max(36, ...names.map(textWidth)) + 24);
}

/** The legend at a side, with the share of each slice when the slices do not show it. */
function sideKey(parts: Slice[], share: ((value: number) => string) | null, left: number, theme: ChartTheme) {
  const place = { type: "plain", left, right: undefined, top: "middle", bottom: undefined };
  if (share === null) return place;
  const names = parts.map((part) => part.name);
  const width = legendWidth(names) - 18;
  return {
    ...place,
    formatter: (name: string) => `{name|${shortened(name, width)}}{share|${share(parts.find((part) => part.name === name)?.value ?? 0)}}`,
    textStyle: {
      color: theme.ink2,
      fontSize: 12,
      rich: { name: { width, color: theme.ink2 }, share: { width: shareRoom, align: "right", color: theme.ink, fontWeight: 600 } },
    },
  };
}

/** A name that fits, as plain text for a legend with marked-up parts. */
function shortened(name: string, width: number): string {
  const plain = name.replace(/[{}|]/g, " ");
  if (textWidth(plain) <= width + 1) return plain;
  let end = plain.length;
  while (end > 1 && textWidth(`${plain.slice(0, end)}…`) > width) end -= 1;
  return `${plain.slice(0, end).trimEnd()}…`;
}

function holeText(text: string, center: number[], room: number, theme: ChartTheme) {
  const fontSize = Math.max(12, Math.min(24, (room * 1.5) / Math.max(1, text.length * 0.6)));
  return { text, left: center[0], top: (center[1] ?? 0) - fontSize / 2 - 2, textAlign: "center", padding: 0, textStyle: { color: theme.ink, fontSize, lineHeight: fontSize, fontWeight: 650, fontFamily: theme.font } };
}
