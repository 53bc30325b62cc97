// What to draw for a chart, and which row of the table lies behind a mark.

import type { Chart, DataView, Table } from "../protocol.gen";
import { cartesianOption } from "./cartesian";
import type { Size } from "./frame";
import { pieOption } from "./pie";
import { scatterOption } from "./scatter";
import { rowCount } from "./series";
import type { ChartTheme } from "./theme";

export interface Drawing {
  option: Record<string, unknown>;
  /** Row behind a mark; null when it stands for several. */
  rowOf: (seriesIndex: number, dataIndex: number) => number | null;
  /** Marks on the screen, which decides how they are drawn. */
  marks: number;
  /** Names of the series, for the accessible name. */
  names: string[];
}

export function drawChart(chart: Chart, view: DataView, table: Table, theme: ChartTheme, size: Size): Drawing {
  if (chart.mark === "pie" || chart.mark === "donut") {
    const { option, slices } = pieOption(chart, view, table, theme, size);
    return { option, rowOf: (_, index) => slices[index]?.row ?? null, marks: slices.length, names: slices.map((slice) => slice.name) };
  }
  if (chart.mark === "scatter") {
    const { option, rows } = scatterOption(chart, view, table, theme, size);
    return { option, rowOf: (series, index) => rows[series]?.[index] ?? null, marks: rowCount(table), names: measureNames(chart, view) };
  }
  const { option, data } = cartesianOption(chart, view, table, theme, size);
  return {
    option,
    rowOf: (series, index) => data.series[series]?.rows[index] ?? null,
    marks: data.series.length * data.categories.length,
    names: data.series.map((series) => series.name),
  };
}

function measureNames(chart: Chart, view: DataView): string[] {
  return chart.y.flatMap((series) => view.columns[series.column]?.name ?? []);
}

/** What a screen reader says for the picture. */
export function describeChart(chart: Chart, view: DataView, names: string[], rows: number): string {
  const x = chart.x ? view.columns[chart.x.column]?.name : undefined;
  const series = names.length > 6 ? `${names.slice(0, 6).join(", ")} and ${names.length - 6} more` : names.join(", ");
  return `${chart.mark} chart${x ? ` by ${x}` : ""}: ${series}; ${rows} ${rows === 1 ? "row" : "rows"}. The table button shows the figures.`;
}
