// Shapes that stand for data on its way. They appear after a moment, so that quick answers do not flicker.

import type { KindName } from "./ElementView";

export function Skeleton({ kind }: { kind: KindName }) {
  if (kind === "kpi") {
    return (
      <div className="skeleton" aria-hidden="true">
        <span className="bone bone-figure" />
        <span className="bone bone-line" />
      </div>
    );
  }
  if (kind === "chart") {
    const heights = [45, 70, 55, 85, 60, 75, 40, 65];
    return (
      <div className="skeleton skeleton-chart" aria-hidden="true">
        {heights.map((height, index) => (
          <span key={index} className="bone" style={{ height: `${height}%` }} />
        ))}
      </div>
    );
  }
  if (kind === "table" || kind === "input_table") {
    return (
      <div className="skeleton skeleton-table" aria-hidden="true">
        {Array.from({ length: 12 }, (_, index) => (
          <span key={index} className="bone" />
        ))}
      </div>
    );
  }
  if (kind === "control") return <div className="skeleton skeleton-control" aria-hidden="true" />;
  return <div className="skeleton" aria-hidden="true" />;
}
