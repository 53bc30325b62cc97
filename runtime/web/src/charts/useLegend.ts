// Clicks on the legend: one switches a series off or on, two leave it alone on the chart.

import { useRef } from "react";
import { chartKey } from "../state/charts";
import { announce } from "../state/notices";
import { read, write } from "../state/store";
import { afterClick, type LegendClick } from "./interaction";

export function useLegend(element: string): (names: string[], name: string) => void {
  const last = useRef<LegendClick | null>(null);
  return (names, name) => {
    const state = read(chartKey(element));
    const click = { name, at: performance.now() };
    const off = afterClick(names, state.off, click, last.current);
    last.current = { ...click, before: state.off };
    write(chartKey(element), { ...state, off });
    const shown = names.filter((other) => !off.includes(other));
    announce(shown.length === names.length ? "All series are shown." : `Shown: ${shown.join(", ") || "nothing"}.`);
  };
}
