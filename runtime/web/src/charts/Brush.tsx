// Dragging across a chart looks closer at that part of the x axis; a double click or the button looks at all of it.

import { useRef, useState, type PointerEvent, type ReactNode, type RefObject } from "react";
import { Icon } from "../layout/icons";
import { chartKey } from "../state/charts";
import { announce } from "../state/notices";
import { update, useSelected } from "../state/store";
import type { init } from "./echarts";

interface Props {
  element: string;
  /** The axis; null when it cannot be zoomed. */
  axis: string | null;
  chart: RefObject<ReturnType<typeof init> | null>;
  label: string;
  children: ReactNode;
}

/** Pixels before a press becomes a drag. */
const threshold = 6;

export function Brush({ element, axis, chart, label, children }: Props) {
  const zoomed = useSelected(chartKey(element), ({ zoom }) => zoom !== null && zoom.axis === axis);
  const press = useRef<number | null>(null);
  const [band, setBand] = useState<{ left: number; right: number } | null>(null);
  const frame = useRef<HTMLDivElement>(null);

  const at = (event: { clientX: number; clientY: number }): [number, number] => {
    const box = frame.current?.getBoundingClientRect();
    return [event.clientX - (box?.left ?? 0), event.clientY - (box?.top ?? 0)];
  };
  const down = (event: PointerEvent) => {
    // Touch scrolls the page.
    if (axis === null || event.button !== 0 || event.pointerType === "touch") return;
    const place = at(event);
    press.current = chart.current?.containPixel({ gridIndex: 0 }, place) ? place[0] : null;
  };
  const move = (event: PointerEvent) => {
    const start = press.current;
    if (start === null || (event.buttons & 1) === 0) return;
    const [x] = at(event);
    if (band === null && Math.abs(x - start) < threshold) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    setBand({ left: Math.max(0, Math.min(start, x)), right: Math.min(frame.current?.clientWidth ?? x, Math.max(start, x)) });
  };
  const up = () => {
    press.current = null;
    setBand(null);
    const instance = chart.current;
    if (!band || !instance || axis === null) return;
    const [from, to] = [band.left, band.right].map((x) => Number(instance.convertFromPixel({ xAxisIndex: 0 }, x)));
    if (from === undefined || to === undefined || !Number.isFinite(from) || !Number.isFinite(to) || from === to) return;
    update(chartKey(element), (old) => ({ ...old, zoom: { from, to, axis } }));
    announce("Zoomed in. Reset zoom shows everything again.");
  };
  const reset = () => {
    update(chartKey(element), (old) => ({ ...old, zoom: null }));
    announce("The whole axis is shown.");
  };
  const doubled = (event: { clientX: number; clientY: number }) => {
    if (zoomed && chart.current?.containPixel({ gridIndex: 0 }, at(event))) reset();
  };
  return (
    <>
      <div
        ref={frame}
        className={`chart${axis === null ? "" : " chart-zoomable"}`}
        role="img"
        aria-label={label}
        onPointerDown={down}
        onPointerMove={move}
        onPointerUp={up}
        onPointerCancel={() => {
          press.current = null;
          setBand(null);
        }}
        onDoubleClick={doubled}
      >
        {children}
        {band && <div className="chart-band" style={{ left: band.left, width: band.right - band.left }} />}
      </div>
      {zoomed && (
        <button type="button" className="button button-secondary chart-reset" onClick={reset}>
          <Icon name="undo" size={14} /> Reset zoom
        </button>
      )}
    </>
  );
}
