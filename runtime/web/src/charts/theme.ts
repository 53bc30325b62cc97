// Colours of charts, read from the page's tokens.

import { cssColor } from "../format/color";
import type { Cell } from "../protocol.gen";
import { ascending, distinct } from "./cells";

export interface ChartTheme {
  surface: string;
  ink: string;
  ink2: string;
  ink3: string;
  line: string;
  font: string;
  series: string[];
}

export function readTheme(): ChartTheme {
  const style = getComputedStyle(document.documentElement);
  const token = (name: string) => style.getPropertyValue(name).trim();
  return {
    surface: token("--surface"),
    ink: token("--ink"),
    ink2: token("--ink-2"),
    ink3: token("--ink-3"),
    line: token("--line"),
    font: token("--font"),
    series: [1, 2, 3, 4, 5, 6, 7, 8].map((index) => token(`--series-${index}`)),
  };
}

/** An author's colour as a value that needs no style sheet. */
export function resolveColor(color: string | null): string | null {
  const css = cssColor(color);
  const token = css && /^var\((--[\w-]+)\)$/.exec(css)?.[1];
  return token ? getComputedStyle(document.documentElement).getPropertyValue(token).trim() : (css ?? null);
}

/** One hue each from light to dark; the last two have a neutral middle. */
const schemes: Record<string, string[]> = {
  blues: ["#bcd0f5", "#93b3ee", "#6a95e4", "#4478d8", "#2a5cbf", "#1b4497", "#102e6b"],
  greens: ["#b5dccc", "#8ac7b0", "#60b093", "#3d9677", "#267a5d", "#175d46", "#0c4231"],
  oranges: ["#f6cda9", "#efb07d", "#e69353", "#d9761f", "#b65d12", "#8f470b", "#683206"],
  purples: ["#d5caf0", "#bba9e5", "#a088d9", "#8568ca", "#6b4cb2", "#523691", "#3b236d"],
  greys: ["#c9ced8", "#aab2bf", "#8d96a6", "#717b8d", "#586275", "#414a5c", "#2c3444"],
  diverging: ["#1b4497", "#4478d8", "#93b3ee", "#c9ced8", "#efb07d", "#d9761f", "#8f470b"],
};

/** Colours for the marks of a chart: a named scheme, or the page's own series colours. */
export function palette(theme: ChartTheme, scheme: string | null): string[] {
  return schemes[(scheme ?? "").toLowerCase()] ?? theme.series;
}

const places = new Map<string, Map<string, number>>();

/** Gives the categories of a chart their places in ascending order, whichever way the chart sorts them. */
export function takePlaces(column: string, categories: Cell[]): void {
  for (const category of distinct(categories).sort(ascending)) categoryPlace(column, category);
}

/** Place of a category in the palette: the same on every chart, whatever a filter leaves of the others. */
export function categoryPlace(column: string, category: Cell): number {
  let known = places.get(column);
  if (!known) places.set(column, (known = new Map()));
  const name = JSON.stringify(category);
  let place = known.get(name);
  if (place === undefined) known.set(name, (place = known.size));
  return place;
}
