// Bars, lines, areas and their combinations.

import { formatCell } from "../format/cell";
import { axisPattern, formatDate, formatTime } from "../format/date";
import { parseWallClock } from "../format/calendar";
import { axisNumber } from "../format/number";
import type { Cell, Chart, DataColumn, DataView, Format, Table } from "../protocol.gen";
import { base, legend, legendPlace, legendRoom, textWidth, tooltipBox, type Size } from "./frame";
import { chartSeries, shares, type ChartData, type ChartSeries } from "./series";
import { palette, resolveColor, type ChartTheme } from "./theme";
import { timeTicks } from "./ticks";
import { axisTooltip, type Mark } from "./tooltip";

const scrollBeyond = 50;
/** A bar with its gap is still told apart from its neighbours. */
const thinnestBar = 8;

export function cartesianOption(chart: Chart, view: DataView, table: Table, theme: ChartTheme, size: Size) {
  const data = chartSeries(chart, view, table);
  const names = data.series.map((series) => series.name);
  const place = legendPlace(chart, names, size);
  const room = legendRoom(place, names, size);
  const flat = chart.orientation === "horizontal" && data.series.every((series) => series.mark === "bar");
  const time = !flat && usesTime(chart, data);
  const label = categoryLabels(data);
  const category = categoryAxis(chart, data, theme, { flat, time, label, size });
  const values = valueAxes(chart, data, theme, flat);
  const shown = flat ? scrollBeyond : Math.max(scrollBeyond, Math.floor((size.width - 60) / thinnestBar));
  const zoomed = !time && data.categories.length > shown && data.series.some((series) => series.mark === "bar");
  return {
    data,
    option: {
      ...base(theme),
      legend: legend(place, names, theme, size),
      tooltip: {
        ...tooltipBox(theme),
        trigger: "axis",
        axisPointer: { type: data.series.some((series) => series.mark === "bar") ? "shadow" : "line", shadowStyle: { color: theme.line, opacity: 0.35 }, lineStyle: { color: theme.ink3 } },
        formatter: (marks: Mark | Mark[]) => {
          const list = Array.isArray(marks) ? marks : [marks];
          return axisTooltip(chart, view, table, data, label(list[0]?.dataIndex ?? 0), list);
        },
      },
      grid: { left: room.left, right: room.right + (flat && chart.labels ? 48 : values.length > 1 ? 4 : 12), top: room.top + (hasAxisNames(chart) ? 24 : 10), bottom: room.bottom + (zoomed && !flat ? 30 : 6), outerBoundsMode: "same", outerBoundsContain: "axisLabel" },
      xAxis: flat ? values : category,
      yAxis: flat ? category : values,
      dataZoom: zoomed ? zoom(flat, Math.min(data.categories.length, shown), theme) : [],
      series: drawnSeries(chart, data, theme, { flat, time, size }),
    },
  };
}

function usesTime(chart: Chart, data: ChartData): boolean {
  if (chart.x?.scale === "category" || data.xColumn?.type !== "date") return false;
  return chart.x?.scale === "time" || data.series.every((series) => series.mark !== "bar");
}

function hasAxisNames(chart: Chart): boolean {
  return chart.y.some((series) => series.title !== null || series.axis === "right");
}

/** Text of each category, dates as short as the range allows. */
function categoryLabels(data: ChartData): (index: number) => string {
  const column = data.xColumn;
  if (!column) return () => "";
  const dates = data.categories.filter((cell): cell is string => typeof cell === "string");
  const pattern = column.type === "date" && ownPattern(column) === null && dates.length > 0 ? axisPattern(dates) : null;
  return (index) => {
    const cell: Cell = data.categories[index] ?? null;
    if (cell === null) return "(empty)";
    if (pattern !== null) return formatDate(String(cell), pattern) ?? String(cell);
    return formatCell(cell, column.type, column.format);
  };
}

/** Dates in full, which are longer than an axis needs. */
const fullDates = new Set(["%Y-%m-%d", "%b %-d, %Y"]);

/** The author's pattern for an axis. */
function ownPattern(column: DataColumn | null): string | null {
  const pattern = column?.format?.pattern ?? null;
  return pattern === null || fullDates.has(pattern) ? null : pattern;
}

interface Layout {
  flat: boolean;
  time: boolean;
  label: (index: number) => string;
  size: Size;
}

function categoryAxis(chart: Chart, data: ChartData, theme: ChartTheme, { flat, time, label, size }: Layout) {
  const look = {
    name: chart.x?.title ?? undefined,
    nameLocation: "middle",
    nameGap: flat ? 60 : 28,
    nameTextStyle: { color: theme.ink3 },
    axisLine: { lineStyle: { color: theme.line } },
    axisTick: { show: false },
    splitLine: { show: false },
  };
  const axisLabel = { color: theme.ink2, fontSize: 12, hideOverlap: true };
  if (time) {
    const times = data.categories.flatMap((cell) => (typeof cell === "string" ? (parseWallClock(cell) ?? []) : []));
    const ticks = timeTicks(times, size.width - 50);
    const pattern = ownPattern(data.xColumn);
    const text = pattern === null ? ticks.text : (at: number) => formatTime(at, pattern);
    return { ...look, type: "time", axisLabel: { ...axisLabel, customValues: ticks.at, alignMinLabel: ticks.tight[0] ? "left" : "center", alignMaxLabel: ticks.tight[1] ? "right" : "center", formatter: text } };
  }
  const longest = Math.min(180, Math.round(size.width * 0.35));
  const count = Math.max(1, data.categories.length);
  const band = flat ? (size.height - 60) / count : (size.width - 80) / count;
  const texts = data.categories.map((_, index) => label(index));
  return {
    ...look,
    type: "category",
    data: texts,
    inverse: flat,
    boundaryGap: data.series.some((series) => series.mark === "bar"),
    axisLabel: { ...axisLabel, ...(flat ? { width: longest, overflow: band >= 30 ? "break" : "truncate", lineHeight: 14 } : wrapped(texts, band)) },
  };
}

/** Labels beneath bars: all of them on several lines where their words fit, else those that do not overlap. */
function wrapped(texts: string[], band: number) {
  const size = band >= 72 ? 12 : 11;
  const fits = (text: string) => text.split(/\s/).every((word) => (textWidth(word) * size) / 12 <= band - 6);
  if (band < 52 || !texts.every(fits)) return { width: 110, overflow: "truncate" };
  return { width: band - 4, overflow: "break", interval: 0, lineHeight: 14, fontSize: size };
}

function valueAxes(chart: Chart, data: ChartData, theme: ChartTheme, flat: boolean) {
  const sides = chart.y.some((series) => series.axis === "right") ? ["left", "right"] : ["left"];
  return sides.map((side) => {
    const own = data.series.filter((series) => (series.spec.axis === "right") === (side === "right"));
    const format = own[0]?.column.format ?? null;
    const full = chart.stack === "full";
    const names = [...new Set(own.map((series) => series.spec.title ?? (sides.length > 1 ? series.column.name : "")))].filter((name) => name !== "");
    const currency = format?.pattern.includes("$") && names.length > 0 ? ` (${format.symbol ?? "$"})` : "";
    return {
      type: "value",
      name: names.length > 0 ? names.join(", ") + currency : undefined,
      nameTextStyle: { color: theme.ink3, align: flat ? "center" : side === "left" ? "left" : "right", fontSize: 12 },
      nameGap: 10,
      nameLocation: flat ? "middle" : "end",
      position: flat ? (side === "left" ? "bottom" : "top") : side,
      scale: own.length > 0 && own.every((series) => series.mark === "line"),
      max: full ? 1 : undefined,
      interval: full ? 0.25 : undefined,
      axisLine: { show: false },
      axisTick: { show: false },
      splitNumber: 4,
      // Nobody counts halves.
      minInterval: !full && own.every((series) => series.values.every((value) => value === null || Number.isInteger(value))) ? 1 : undefined,
      axisLabel: { color: theme.ink2, fontSize: 12, hideOverlap: true, formatter: (value: number) => axisText(value, format, full) },
      splitLine: { show: side === "left", lineStyle: { color: theme.line } },
    };
  });
}

function axisText(value: number, format: Format | null, full: boolean): string {
  return axisNumber(value, full || (format?.pattern.includes("%") ?? false) || (format?.pattern.endsWith("p") ?? false));
}

function drawnSeries(chart: Chart, data: ChartData, theme: ChartTheme, { flat, time, size }: { flat: boolean; time: boolean; size: Size }) {
  const colors = palette(theme, chart.scheme);
  const fixed = resolveColor(chart.fixed_color);
  const full = chart.stack === "full" ? shares(data.series, data.categories.length) : null;
  return data.series.map((series, index) => {
    const color = fixed && data.series.length === 1 ? fixed : (colors[series.place % colors.length] ?? theme.series[0]);
    const stack = stackName(chart, series);
    // In a pile a missing part adds nothing; alone it is a gap.
    const values = (full?.[index] ?? series.values).map((value) => value ?? (stack !== undefined && series.mark === "area" ? 0 : null));
    const line = series.mark !== "bar";
    const right = series.spec.axis === "right" && chart.y.some((spec) => spec.axis === "right");
    return {
      id: `${index}:${series.name}`,
      name: series.name,
      type: line ? "line" : "bar",
      color,
      data: time ? data.categories.map((cell, at) => [parseWallClock(String(cell)), values[at] ?? null]) : values,
      stack,
      ...(right ? (flat ? { xAxisIndex: 1 } : { yAxisIndex: 1 }) : {}),
      cursor: chart.on_select ? "pointer" : "default",
      emphasis: { focus: data.series.length > 1 ? "series" : "none" },
      blur: { itemStyle: { opacity: 0.35 }, lineStyle: { opacity: 0.35 }, areaStyle: { opacity: 0.1 } },
      ...(line ? lineLook(chart, series, data.categories.length) : barLook(chart, flat, size)),
      label: {
        show: chart.labels,
        position: line ? "top" : chart.stack === "none" ? (flat ? "right" : "top") : "inside",
        color: line || chart.stack === "none" ? theme.ink2 : undefined,
        fontSize: 11,
        formatter: ({ dataIndex }: { dataIndex: number }) => (series.values[dataIndex] === null ? "" : formatCell(series.values[dataIndex], "number", series.column.format)),
      },
      labelLayout: { hideOverlap: true },
      markLine: index === 0 ? referenceLines(chart, theme, flat) : undefined,
    };
  });
}

function stackName(chart: Chart, series: ChartSeries): string | undefined {
  const stacked = chart.stack !== "none" && (series.mark === "bar" || series.mark === "area");
  return stacked ? `${series.mark} ${series.spec.axis}` : undefined;
}

function lineLook(chart: Chart, series: ChartSeries, points: number) {
  return {
    symbol: "circle",
    symbolSize: 6,
    // A point with gaps on both sides would be invisible without its mark.
    showSymbol: points <= 24 && !(series.mark === "area" && chart.stack !== "none" && points > 1),
    connectNulls: false,
    lineStyle: { width: 2 },
    areaStyle: series.mark === "area" ? { opacity: chart.stack === "none" ? 0.18 : 0.55 } : undefined,
    sampling: points > 5_000 ? "lttb" : undefined,
  };
}

function barLook(chart: Chart, flat: boolean, size: Size) {
  const rounded = flat ? [0, 3, 3, 0] : [3, 3, 0, 0];
  return { barMaxWidth: Math.max(80, Math.min(140, size.width / 10)), barCategoryGap: "30%", barGap: "10%", itemStyle: { borderRadius: chart.stack === "none" ? rounded : 0 } };
}

function referenceLines(chart: Chart, theme: ChartTheme, flat: boolean) {
  if (chart.marks.length === 0) return undefined;
  return {
    silent: true,
    symbol: "none",
    animation: false,
    lineStyle: { color: theme.ink3, type: "dashed", width: 1 },
    label: { color: theme.ink2, fontSize: 11, position: "insideEndTop" },
    data: chart.marks.map((mark) => ({
      [(mark.axis === "y") !== flat ? "yAxis" : "xAxis"]: mark.value,
      // A line at zero needs no words: the axis says it.
      label: { show: mark.label !== null || mark.value !== 0, formatter: mark.label ?? axisNumber(mark.value, false) },
    })),
  };
}

function zoom(flat: boolean, shown: number, theme: ChartTheme) {
  const window = { startValue: 0, endValue: shown - 1, filterMode: "filter" };
  const axis = flat ? { yAxisIndex: 0 } : { xAxisIndex: 0 };
  const bar = flat ? { right: 0, width: 12, top: 10, bottom: 10 } : { bottom: 4, height: 14, left: 10, right: 10 };
  return [{ type: "slider", ...axis, ...bar, ...window, showDetail: false, brushSelect: false, borderColor: theme.line, textStyle: { color: theme.ink3 } }];
}
