// Parts that all charts share: text, legend, tooltip box, and the room they need.

import type { Chart } from "../protocol.gen";
import type { ChartTheme } from "./theme";

export interface Size {
  width: number;
  height: number;
}

export type LegendPlace = "right" | "left" | "top" | "bottom" | "none";

/** Where the legend stands: at the top when there is no room beside the marks. */
export function legendPlace(chart: Chart, names: string[], size: Size): LegendPlace {
  if (names.length < 2 || chart.legend === "none") return "none";
  const wanted = (["right", "left", "top", "bottom"] as const).find((place) => place === chart.legend) ?? "top";
  return (wanted === "right" || wanted === "left") && size.width < 460 ? "top" : wanted;
}

const character = 6.4;

/** Width of a legend at a side: its longest name, within reason. */
export function legendWidth(names: string[]): number {
  const longest = Math.max(0, ...names.map((name) => name.length));
  return Math.min(170, Math.round(longest * character) + 34);
}

export function legend(place: LegendPlace, names: string[], theme: ChartTheme) {
  if (place === "none") return { show: false };
  const side = place === "right" || place === "left";
  return {
    show: true,
    type: "scroll",
    orient: side ? "vertical" : "horizontal",
    icon: "roundRect",
    itemWidth: 10,
    itemHeight: 10,
    itemGap: side ? 8 : 14,
    padding: 0,
    data: names,
    textStyle: { color: theme.ink2, fontSize: 12, width: side ? legendWidth(names) - 30 : 180, overflow: "truncate" },
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
export function legendRoom(place: LegendPlace, names: string[]): { left: number; right: number; top: number; bottom: number } {
  const side = legendWidth(names) + 12;
  return {
    left: place === "left" ? side : 0,
    right: place === "right" ? side : 0,
    top: place === "top" ? 26 : 0,
    bottom: place === "bottom" ? 24 : 0,
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
