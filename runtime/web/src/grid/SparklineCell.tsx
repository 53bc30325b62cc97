// A small line in a cell of a table. It stretches with the column, so nothing is measured.

import { sparklineText, type CellPoint } from "../format/sparkline";

const wide = 100;
const high = 20;
const pad = 2;

export function SparklineCell({ points }: { points: CellPoint[] }) {
  const text = sparklineText(points);
  return (
    <span className="grid-sparkline" role="img" aria-label={text} title={text}>
      <svg viewBox={`0 0 ${wide} ${high}`} preserveAspectRatio="none" aria-hidden="true">
        {runs(points).map((run, index) => (
          <path key={index} className="sparkline-line" vectorEffect="non-scaling-stroke" d={run} />
        ))}
      </svg>
    </span>
  );
}

/** A path for each run of values; a missing value leaves a gap. */
function runs(points: CellPoint[]): string[] {
  const values = points.flatMap((point) => (point.y === null ? [] : [point.y]));
  const least = Math.min(...values);
  const span = Math.max(...values) - least;
  const x = (index: number) => pad + (index / Math.max(1, points.length - 1)) * (wide - 2 * pad);
  // A level line runs through the middle.
  const y = (value: number) => (span === 0 ? high / 2 : high - pad - ((value - least) / span) * (high - 2 * pad));
  const found: string[][] = [[]];
  points.forEach((point, index) => {
    if (point.y === null) found.push([]);
    else found.at(-1)?.push(`${x(index).toFixed(1)},${y(point.y).toFixed(1)}`);
  });
  // A value alone is drawn as a dot: a line to where it is.
  return found.filter((run) => run.length > 0).map((run) => `M${run.join("L")}${run.length === 1 ? `L${run[0]}` : ""}`);
}
