// Placements in a grid of 24 columns; on narrow screens one column in reading order.

import { memo, useMemo, type CSSProperties } from "react";
import { ElementView } from "../elements/ElementView";
import type { Placement } from "../protocol.gen";
import { usePlan } from "../state/plan";

interface Props {
  body: Placement[];
  className?: string;
  /** Whether elements at the bottom that can use more room take what is left of the surroundings. */
  fill?: boolean;
}

export const Grid24 = memo(function Grid24({ body, className = "", fill = false }: Props) {
  const inOrder = [...body].sort((a, b) => a.row - b.row || a.column - b.column);
  const filling = useFillFrom(body, fill);
  return (
    <div className={`grid24 ${className}${filling === null ? "" : " filling"}`} style={filling === null ? undefined : ({ "--fixed": filling } as CSSProperties)}>
      {inOrder.map((placement) => (
        <div key={placement.element} className="place" style={position(placement)} data-place={placement.element}>
          <ElementView id={placement.element} />
        </div>
      ))}
    </div>
  );
});

/** Kinds that show more when they are higher. */
const growing = new Set(["table", "input_table", "chart"]);

/** Rows above the elements that reach the bottom, when all of these can grow. */
function useFillFrom(body: Placement[], fill: boolean): number | null {
  const elements = usePlan((plan) => plan.elements);
  return useMemo(() => {
    if (!fill) return null;
    const bottom = Math.max(0, ...body.map(({ row, height }) => row + height));
    const lowest = body.filter(({ row, height }) => row + height === bottom);
    if (lowest.length === 0 || !lowest.every(({ element }) => growing.has(elements[element]?.kind.kind ?? ""))) return null;
    return Math.max(...lowest.map(({ row }) => row)) - 1;
  }, [body, elements, fill]);
}

function position({ column, row, width, height }: Placement): CSSProperties {
  return { "--column": column, "--from": row, "--width": width, "--height": height } as CSSProperties;
}
