// A small trend beneath a key figure, with the value under the pointer.

import { useLayoutEffect, useRef, useState, type PointerEvent } from "react";

export interface Point {
  label: string;
  text: string;
  value: number | null;
}

interface Size {
  width: number;
  height: number;
}

export function Sparkline({ points, mark }: { points: Point[]; mark: string }) {
  const box = useRef<HTMLDivElement>(null);
  const [size, setSize] = useState<Size | null>(null);
  const [hovered, setHovered] = useState<number | null>(null);
  useLayoutEffect(() => {
    const element = box.current;
    if (!element) return;
    const observer = new ResizeObserver(() => setSize({ width: element.clientWidth, height: element.clientHeight }));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  const hover = (event: PointerEvent) => {
    const bounds = event.currentTarget.getBoundingClientRect();
    const place = (event.clientX - bounds.left) / bounds.width;
    setHovered(Math.min(points.length - 1, Math.max(0, Math.round(place * (points.length - 1)))));
  };
  const shown = hovered === null ? undefined : points[hovered];
  const first = points[0];
  const last = points.at(-1);
  return (
    <div
      ref={box}
      className="sparkline"
      role="img"
      aria-label={`Trend from ${first?.label} (${first?.text}) to ${last?.label} (${last?.text})`}
      onPointerMove={hover}
      onPointerLeave={() => setHovered(null)}
    >
      {size && size.height >= 16 && <Drawing points={points} mark={mark} size={size} hovered={hovered} />}
      {shown && size && (
        <span className="sparkline-tip" style={tipPlace(hovered ?? 0, points.length)}>
          {shown.label}: <strong>{shown.text}</strong>
        </span>
      )}
    </div>
  );
}

/** Keeps the tip inside the tile: it hangs from the side it is nearer to. */
function tipPlace(index: number, count: number) {
  const percent = (index / Math.max(1, count - 1)) * 100;
  return percent > 50 ? { right: `${100 - percent}%` } : { left: `${percent}%` };
}

function Drawing({ points, mark, size, hovered }: { points: Point[]; mark: string; size: Size; hovered: number | null }) {
  const values = points.flatMap((point) => (point.value === null ? [] : [point.value]));
  const least = Math.min(...values, ...(mark === "line" ? [] : [0]));
  const greatest = Math.max(...values, ...(mark === "line" ? [] : [0]));
  const pad = 4;
  const x = (index: number) => pad + (index / Math.max(1, points.length - 1)) * (size.width - 2 * pad);
  const y = (value: number) => size.height - pad - ((value - least) / (greatest - least || 1)) * (size.height - 2 * pad);
  return (
    <svg width={size.width} height={size.height} aria-hidden="true">
      {mark === "bar" ? <Bars points={points} size={size} y={y} base={y(Math.max(least, Math.min(0, greatest)))} /> : <Lines points={points} mark={mark} x={x} y={y} base={size.height - pad} />}
      {mark !== "bar" && <Ends points={points} x={x} y={y} hovered={hovered} />}
    </svg>
  );
}

type Scale = (value: number) => number;

function Lines({ points, mark, x, y, base }: { points: Point[]; mark: string; x: Scale; y: Scale; base: number }) {
  // Missing values leave a gap instead of a drop to zero.
  const runs: string[][] = [[]];
  points.forEach((point, index) => {
    if (point.value === null) runs.push([]);
    else runs.at(-1)?.push(`${x(index).toFixed(1)},${y(point.value).toFixed(1)}`);
  });
  return runs
    .filter((run) => run.length > 0)
    .map((run, index) => (
      <g key={index}>
        {mark === "area" && <path className="sparkline-area" d={`M${run.join("L")}L${run.at(-1)?.split(",")[0]},${base}L${run[0]?.split(",")[0]},${base}Z`} />}
        <path className="sparkline-line" d={`M${run.join("L")}`} />
      </g>
    ));
}

function Bars({ points, size, y, base }: { points: Point[]; size: Size; y: Scale; base: number }) {
  const step = size.width / points.length;
  return points.map((point, index) => {
    if (point.value === null) return null;
    const top = y(point.value);
    return (
      <rect key={index} className="sparkline-bar" x={index * step + step * 0.12} width={step * 0.76} y={Math.min(top, base)} height={Math.max(1, Math.abs(base - top))} rx={1} />
    );
  });
}

function Ends({ points, x, y, hovered }: { points: Point[]; x: Scale; y: Scale; hovered: number | null }) {
  const index = hovered ?? points.length - 1;
  const value = points[index]?.value;
  if (value === null || value === undefined) return null;
  return <circle className="sparkline-dot" cx={x(index)} cy={y(value)} r={3} />;
}
