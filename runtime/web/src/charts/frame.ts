// Parts that all charts share: text, legend, tooltip box, and the room they need.

import type { Chart } from "../protocol.gen";
import type { ChartTheme } from "./theme";

export interface Size {
  width: number;
  height: number;
}

export type LegendPlace = "right" | "left" | "top" | "bottom" | "none";

/** Where the legend stands: at the top when a chart narrower than this has no room beside the marks. */
export function legendPlace(chart: Chart, names: string[], size: Size, narrowest = 460): LegendPlace {
  if (names.length < 2 || chart.legend === "none") return "none";
  const wanted = (["right", "left", "top", "bottom"] as const).find((place) => place === chart.legend) ?? "top";
  return (wanted === "right" || wanted === "left") && size.width < narrowest ? "top" : wanted;
}

const widths = new Map<string, number>();
let pen: CanvasRenderingContext2D | null | undefined;

/** Width of a text of 12 pixels in the page's font. */
export function textWidth(text: string): number {
  let width = widths.get(text);
  if (width === undefined) {
    pen ??= typeof document === "undefined" ? null : document.createElement("canvas").getContext("2d");
    if (pen) pen.font = `12px ${getComputedStyle(document.documentElement).getPropertyValue("--font")}`;
    width = pen ? pen.measureText(text).width : text.length * 6.6;
    // Before the font has arrived another one is measured.
    if (widths.size < 5_000 && (typeof document === "undefined" || document.fonts.status === "loaded")) widths.set(text, width);
  }
  return width;
}

const iconRoom = 18;
const longest = 180;
/** Letters measured one by one, as the drawing library does, are a little wider than together. */
const slack = 6;

/** Width of a legend at a side: its longest name, within reason. */
export function legendWidth(names: string[]): number {
  return Math.min(longest, Math.ceil(Math.max(0, ...names.map(textWidth))) + slack + iconRoom);
}

const itemGap = 14;
const lineHeight = 26;

/** Lines that a legend across this width takes; more than two are paged through on one. */
function legendLines(names: string[], width: number): number {
  let [lines, used] = [1, 0];
  for (const name of names) {
    const item = Math.min(textWidth(name), longest) + slack + iconRoom;
    if (used > 0 && used + itemGap + item > width) [lines, used] = [lines + 1, item];
    else used += (used > 0 ? itemGap : 0) + item;
  }
  return lines > 2 ? 1 : lines;
}

export function legend(place: LegendPlace, names: string[], theme: ChartTheme, size: Size) {
  if (place === "none") return { show: false };
  const side = place === "right" || place === "left";
  return {
    show: true,
    type: !side && legendLines(names, size.width) > 1 ? "plain" : "scroll",
    orient: side ? "vertical" : "horizontal",
    icon: "roundRect",
    itemWidth: 10,
    itemHeight: 10,
    itemGap: side ? 8 : itemGap,
    padding: 0,
    data: names,
    // Marks may be pale or framed, their keys are not.
    itemStyle: { opacity: 1, borderWidth: 0 },
    textStyle: { color: theme.ink2, fontSize: 12, width: side ? legendWidth(names) - iconRoom : longest, overflow: "truncate" },
    pageTextStyle: { color: theme.ink2 },
    pageIconColor: theme.ink2,
    pageIconInactiveColor: theme.line,
    pageIconSize: 10,
    tooltip: { show: true },
    ...(place === "right" ? { right: 0, top: 4, bottom: 4 } : {}),
    ...(place === "left" ? { left: 0, top: 4, bottom: 4 } : {}),
    ...(place === "top" ? { top: 0, left: 0, right: 0 } : {}),
    ...(place === "bottom" ? { bottom: 0, left: 0, right: 0 } : {}),
  };
}

/** Pixels that the legend takes at each side. */
export function legendRoom(place: LegendPlace, names: string[], size: Size): { left: number; right: number; top: number; bottom: number } {
  const side = legendWidth(names) + 20;
  return {
    left: place === "left" ? side : 0,
    right: place === "right" ? side : 0,
    top: place === "top" ? lineHeight * legendLines(names, size.width) : 0,
    bottom: place === "bottom" ? lineHeight * legendLines(names, size.width) - 2 : 0,
  };
}

export function tooltipBox(theme: ChartTheme) {
  return {
    confine: true,
    appendTo: undefined,
    backgroundColor: theme.surface,
    borderColor: theme.line,
    borderWidth: 1,
    padding: [8, 10],
    textStyle: { color: theme.ink, fontSize: 12, fontFamily: theme.font },
    extraCssText: "border-radius:8px;box-shadow:0 8px 28px rgb(16 24 40 / .18);max-width:320px;white-space:normal",
  };
}

export function base(theme: ChartTheme) {
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  return {
    animation: !still,
    animationDuration: 200,
    animationDurationUpdate: 200,
    backgroundColor: "transparent",
    textStyle: { fontFamily: theme.font, fontSize: 12, color: theme.ink2 },
  };
}
