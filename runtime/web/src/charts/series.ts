// From rows to series: distinct categories, one list of values for each series, and the row behind every mark.

import { formatCell, numeric } from "../format/cell";
import type { Cell, Chart, DataColumn, DataView, Series, Table } from "../protocol.gen";
import { ascending, distinct } from "./cells";
import { categoryPlace, takePlaces } from "./theme";

export interface ChartSeries {
  name: string;
  column: DataColumn;
  spec: Series;
  /** `bar`, `line`, `area` or `scatter`. */
  mark: string;
  /** One for each category; null leaves a gap. */
  values: (number | null)[];
  /** Row of the table behind each value. */
  rows: (number | null)[];
  /** Place in the palette. */
  place: number;
}

export interface ChartData {
  xColumn: DataColumn | null;
  categories: Cell[];
  series: ChartSeries[];
}

/** Cells of a column of the data element, by its index there. */
export function cellsOf(table: Table, column: number | null): Cell[] {
  if (column === null) return [];
  const at = table.columns.indexOf(column);
  return at < 0 ? [] : (table.values[at] ?? []);
}

export function rowCount(table: Table): number {
  return table.values[0]?.length ?? 0;
}

export function chartSeries(chart: Chart, view: DataView, table: Table): ChartData {
  const xColumn = chart.x ? (view.columns[chart.x.column] ?? null) : null;
  const xs = chart.x ? cellsOf(table, chart.x.column) : Array.from({ length: rowCount(table) }, () => null);
  const categories = distinct(xs);
  if (xColumn?.type === "date" || (xColumn?.type === "number" && isContinuous(chart))) categories.sort(ascending);
  const place = new Map(categories.map((category, index) => [JSON.stringify(category), index]));
  const at = xs.map((cell) => place.get(JSON.stringify(cell)) ?? 0);
  const splits = chart.color === null ? [] : cellsOf(table, chart.color);
  const splitColumn = chart.color === null ? undefined : view.columns[chart.color];
  // A colour that repeats the only measure is a scale, not a split.
  const splitting = splitColumn !== undefined && !chart.y.some((series) => series.column === chart.color);
  const groups = splitting ? distinct(splits) : [null];
  if (splitting) takePlaces(splitColumn.name, groups);
  const series: ChartSeries[] = [];
  chart.y.forEach((spec, index) => {
    const column = view.columns[spec.column];
    if (!column) return;
    const cells = cellsOf(table, spec.column);
    for (const group of groups) {
      const name = splitting ? groupName(group, splitColumn) : (spec.title ?? column.name);
      const one: ChartSeries = {
        name: splitting && chart.y.length > 1 ? `${name} · ${spec.title ?? column.name}` : name,
        column,
        spec,
        mark: spec.mark ?? (chart.mark === "combo" ? "bar" : chart.mark),
        values: categories.map(() => null),
        rows: categories.map(() => null),
        place: splitting ? categoryPlace(splitColumn.name, group) : index,
      };
      cells.forEach((cell, row) => {
        if (splitting && splits[row] !== group) return;
        const target = at[row] ?? 0;
        one.values[target] = numeric(cell);
        one.rows[target] = row;
      });
      series.push(one);
    }
  });
  return { xColumn, categories, series };
}

function groupName(group: Cell, column: DataColumn): string {
  return group === null ? "(empty)" : formatCell(group, column.type, column.format);
}

function isContinuous(chart: Chart): boolean {
  return chart.mark === "line" || chart.mark === "area";
}

/** Shares of each category's total, for bars that fill the whole height. */
export function shares(series: ChartSeries[], categories: number): (number | null)[][] {
  const totals = Array.from({ length: categories }, (_, index) => series.reduce((sum, one) => sum + Math.abs(one.values[index] ?? 0), 0));
  return series.map((one) => one.values.map((value, index) => (value === null || !totals[index] ? null : value / totals[index])));
}
