// A visitor's view of a chart: zoomed along x, with series switched off in the legend.

import type { Chart, DataView } from "../protocol.gen";
import type { ChartState } from "../state/charts";

type Option = Record<string, unknown>;

/** Names the x axis that can be zoomed: times and numbers from left to right. Null when there is none, or a scroll bar
 * has that part. */
export function zoomAxis(chart: Chart, view: DataView, option: Option): string | null {
  const axis = option.xAxis as { type?: string } | undefined;
  const column = chart.x ? view.columns[chart.x.column] : undefined;
  if (!axis || Array.isArray(axis) || !column || (column.type !== "date" && column.type !== "number")) return null;
  if (Array.isArray(option.dataZoom) && option.dataZoom.length > 0) return null;
  return `${column.id} ${axis.type ?? ""}`;
}

/** The option as the visitor wants to see it. */
export function withState(option: Option, names: string[], { zoom, off }: ChartState, axis: string | null): Option {
  const legend = { ...(option.legend as Option), selected: Object.fromEntries(names.map((name) => [name, !off.includes(name)])) };
  if (axis === null) return { ...option, legend };
  const window = zoom !== null && zoom.axis === axis ? { startValue: zoom.from, endValue: zoom.to } : { start: 0, end: 100 };
  const still = { zoomOnMouseWheel: false, moveOnMouseMove: false, moveOnMouseWheel: false, preventDefaultMouseMove: false };
  return { ...option, legend, dataZoom: [{ id: "view", type: "inside", xAxisIndex: 0, filterMode: "filter", ...still, ...window }] };
}

/** A click on a name of the legend. */
export interface LegendClick {
  name: string;
  /** Milliseconds. */
  at: number;
  /** What was off before it. */
  before: string[];
}

const doubleClick = 400;

/** What is off after a click: the name changes sides. The second of two quick ones leaves it alone, or brings all back. */
export function afterClick(names: string[], off: string[], click: Omit<LegendClick, "before">, last: LegendClick | null): string[] {
  const second = last !== null && last.name === click.name && click.at - last.at < doubleClick;
  if (!second) return off.includes(click.name) ? off.filter((name) => name !== click.name) : [...off, click.name];
  const others = names.filter((name) => name !== click.name);
  const alone = others.every((name) => last.before.includes(name)) && !last.before.includes(click.name);
  return alone ? [] : others;
}
