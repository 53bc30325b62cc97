// Points: two measures, perhaps a third as size.

import { formatCell, numeric } from "../format/cell";
import { parseWallClock } from "../format/calendar";
import { formatTime } from "../format/date";
import { axisNumber } from "../format/number";
import type { Cell, Chart, DataColumn, DataView, Table } from "../protocol.gen";
import { distinct } from "./cells";
import { base, legend, legendPlace, legendRoom, tooltipBox, type Size } from "./frame";
import { cellsOf } from "./series";
import { categoryPlace, palette, resolveColor, takePlaces, type ChartTheme } from "./theme";
import { furtherColumns, heading, pair } from "./tooltip";

interface Point {
  value: [number | string | null, number | null];
  row: number;
  size: number | null;
}

export function scatterOption(chart: Chart, view: DataView, table: Table, theme: ChartTheme, size: Size) {
  const xColumn = chart.x ? view.columns[chart.x.column] : undefined;
  const yColumn = view.columns[chart.y[0]?.column ?? -1];
  const colorColumn = chart.color === null ? undefined : view.columns[chart.color];
  const groups = groupPoints(chart, view, table, xColumn);
  const names = groups.map((group) => group.name);
  const place = legendPlace(chart, names, size);
  const room = legendRoom(place, names, size);
  const colors = palette(theme, chart.scheme);
  const fixed = resolveColor(chart.fixed_color);
  const sizes = groups.flatMap((group) => group.points.flatMap((point) => point.size ?? []));
  const greatest = Math.max(...sizes, 0);
  const axis = (column: DataColumn | undefined, title: string | null) => ({
    name: title ?? column?.name,
    nameTextStyle: { color: theme.ink3, fontSize: 12 },
    axisLine: { lineStyle: { color: theme.line } },
    axisTick: { show: false },
    splitLine: { lineStyle: { color: theme.line } },
    axisLabel: { color: theme.ink2, hideOverlap: true, formatter: (value: number | string) => scatterLabel(value, column) },
    scale: true,
  });
  return {
    rows: groups.map((group) => group.points.map((point) => point.row)),
    option: {
      ...base(theme),
      legend: legend(place, names, theme, size),
      tooltip: {
        ...tooltipBox(theme),
        trigger: "item",
        formatter: ({ seriesIndex, dataIndex }: { seriesIndex: number; dataIndex: number }) => {
          const group = groups[seriesIndex];
          const row = group?.points[dataIndex]?.row;
          if (!group || row === undefined) return "";
          const shown = [chart.x?.column ?? null, chart.y[0]?.column ?? null, chart.size].filter((index): index is number => index !== null);
          const lines = shown.map((index) => {
            const column = view.columns[index];
            return column ? pair(column.name, formatCell(cellsOf(table, index)[row], column.type, column.format)) : "";
          });
          return heading(colorColumn ? group.name : "") + lines.join("") + furtherColumns(chart, view, table, row);
        },
      },
      grid: { left: room.left + 4, right: room.right + 16, top: room.top + 24, bottom: room.bottom + 22, outerBoundsMode: "same", outerBoundsContain: "axisLabel" },
      xAxis: { ...axis(xColumn, chart.x?.title ?? null), type: scatterAxisType(chart, xColumn), nameLocation: "middle", nameGap: 26 },
      yAxis: { ...axis(yColumn, chart.y[0]?.title ?? null), type: "value", nameLocation: "end", nameGap: 10, nameTextStyle: { color: theme.ink3, fontSize: 12, align: "left" } },
      series: groups.map((group, index) => ({
        id: group.name,
        name: group.name,
        type: "scatter",
        color: fixed && groups.length === 1 ? fixed : (colors[group.place % colors.length] ?? theme.series[0]),
        cursor: chart.on_select ? "pointer" : "default",
        data: group.points,
        symbolSize: (_: unknown, { dataIndex }: { dataIndex: number }) => diameter(groups[index]?.points[dataIndex]?.size ?? null, greatest),
        itemStyle: { opacity: 0.75, borderColor: theme.surface, borderWidth: 1 },
        emphasis: { focus: groups.length > 1 ? "series" : "none" },
        markLine: index === 0 && chart.marks.length > 0 ? marks(chart, theme) : undefined,
      })),
    },
  };
}

interface Group {
  name: string;
  place: number;
  points: Point[];
}

function groupPoints(chart: Chart, view: DataView, table: Table, xColumn: DataColumn | undefined): Group[] {
  const colorColumn = chart.color === null ? undefined : view.columns[chart.color];
  const splits = cellsOf(table, chart.color);
  const xs = cellsOf(table, chart.x?.column ?? null);
  const ys = cellsOf(table, chart.y[0]?.column ?? null);
  const sizes = cellsOf(table, chart.size);
  const points = ys.map((cell, row): Point => ({ value: [xValue(xs[row] ?? null, xColumn), numeric(cell)], row, size: numeric(sizes[row]) }));
  if (!colorColumn) return [{ name: view.columns[chart.y[0]?.column ?? -1]?.name ?? "", place: 0, points }];
  takePlaces(colorColumn.name, splits);
  return distinct(splits).map((group) => ({
    name: group === null ? "(empty)" : formatCell(group, colorColumn.type, colorColumn.format),
    place: categoryPlace(colorColumn.name, group),
    points: points.filter((point) => splits[point.row] === group),
  }));
}

function xValue(cell: Cell, column: DataColumn | undefined): number | string | null {
  if (cell === null) return null;
  if (column?.type === "date") return parseWallClock(String(cell));
  return column?.type === "number" ? numeric(cell) : formatCell(cell, column?.type ?? "text", column?.format ?? null);
}

function scatterAxisType(chart: Chart, column: DataColumn | undefined): string {
  if (column?.type === "date") return "time";
  if (column?.type !== "number") return "category";
  return chart.x?.scale === "log" ? "log" : "value";
}

function scatterLabel(value: number | string, column: DataColumn | undefined): string {
  if (typeof value === "string") return value;
  if (column?.type === "date") return formatTime(value, column.format?.pattern ?? "%b %-d, %Y");
  return axisNumber(value, column?.format?.pattern.includes("%") ?? false);
}

/** Area follows the value, so the diameter follows its root. */
function diameter(size: number | null, greatest: number): number {
  if (size === null || greatest <= 0) return 9;
  return 5 + 27 * Math.sqrt(Math.max(0, size) / greatest);
}

function marks(chart: Chart, theme: ChartTheme) {
  return {
    silent: true,
    symbol: "none",
    lineStyle: { color: theme.ink3, type: "dashed", width: 1 },
    label: { color: theme.ink2, fontSize: 11, position: "insideEndTop" },
    data: chart.marks.map((mark) => ({ [mark.axis === "y" ? "yAxis" : "xAxis"]: mark.value, label: { formatter: mark.label ?? axisNumber(mark.value, false) } })),
  };
}
