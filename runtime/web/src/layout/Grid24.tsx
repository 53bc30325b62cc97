// Placements in a grid of 24 columns; on narrow screens one column in reading order.

import { memo, type CSSProperties } from "react";
import { ElementView } from "../elements/ElementView";
import type { Placement } from "../protocol.gen";

export const Grid24 = memo(function Grid24({ body, className = "" }: { body: Placement[]; className?: string }) {
  const inOrder = [...body].sort((a, b) => a.row - b.row || a.column - b.column);
  return (
    <div className={`grid24 ${className}`}>
      {inOrder.map((placement) => (
        <div key={placement.element} className="place" style={position(placement)} data-place={placement.element}>
          <ElementView id={placement.element} />
        </div>
      ))}
    </div>
  );
});

function position({ column, row, width, height }: Placement): CSSProperties {
  return { "--column": column, "--from": row, "--width": width, "--height": height } as CSSProperties;
}
