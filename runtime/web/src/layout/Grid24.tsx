// Placements in a grid of 24 columns; on narrow screens one column in reading order.

import { memo, useMemo, type CSSProperties } from "react";
import { ElementView } from "../elements/ElementView";
import type { Placement } from "../protocol.gen";
import { usePlan } from "../state/plan";
import { strips, type Strip } from "./strips";

interface Props {
  body: Placement[];
  className?: string;
  /** Whether strips of tables may be lower than the author's height. */
  snug?: boolean;
}

export const Grid24 = memo(function Grid24({ body, className = "", snug = false }: Props) {
  const elements = usePlan((plan) => plan.elements);
  const parts = useMemo(() => strips(body, elements), [body, elements]);
  return (
    <div className={`strips ${className}`}>
      {parts.map((strip) => (
        <div key={strip.places[0]?.element} className={stripClass(strip, snug)} style={{ "--skipped": strip.skipped } as CSSProperties}>
          {strip.places.map((placement) => (
            <div key={placement.element} className={placeClass(placement)} style={position(placement, strip)} data-place={placement.element}>
              <ElementView id={placement.element} />
            </div>
          ))}
        </div>
      ))}
    </div>
  );
});

function stripClass(strip: Strip, snug: boolean): string {
  return `grid24${snug && strip.snug ? " snug" : ""}${strip.growing ? " growing" : ""}${strip.figures ? " figures-only" : ""}`;
}

/** Narrow places are marked: what stands in them may need more height, and a button at the end of a row stands at the edge. */
function placeClass({ column, width }: Placement): string {
  const narrow = width > 6 ? "" : width > 4 ? " place-quarter" : " place-quarter place-sixth";
  return `place${narrow}${width <= 4 && column > 1 && column + width > 24 ? " place-end" : ""}`;
}

function position({ column, row, width, height }: Placement, strip: Strip): CSSProperties {
  return { "--column": column, "--from": row - strip.row + 1, "--width": width, "--height": height } as CSSProperties;
}
