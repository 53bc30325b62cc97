// What a visitor made of a chart: the part of the x axis looked at, and the series put aside. Kept by element.

import { key, type Key } from "./store";

export interface ChartState {
  /** First and last value of the x axis (places, where it has categories), and the axis that they are of. */
  zoom: { from: number; to: number; axis: string } | null;
  /** Names in the legend that are switched off. */
  off: string[];
}

const untouched: ChartState = { zoom: null, off: [] };
const keys = new Map<string, Key<ChartState>>();

export function chartKey(element: string): Key<ChartState> {
  let found = keys.get(element);
  if (!found) keys.set(element, (found = key(`chart:${element}`, untouched)));
  return found;
}
