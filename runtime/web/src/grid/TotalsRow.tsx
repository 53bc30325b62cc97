// The totals row, which stays at the bottom.

import { formatCell } from "../format/cell";
import type { GridModel } from "./model";
import type { ColumnPlaces } from "./useColumns";
import { drawnColumns, type ColumnWindow } from "./useColumnWindow";

interface Props {
  model: GridModel;
  places: ColumnPlaces;
  inSight: ColumnWindow;
  gutter: number;
  index: number;
}

export function TotalsRow({ model, places, inSight, gutter, index }: Props) {
  const first = model.columns.findIndex((_, column) => (model.total?.(column) ?? null) === null);
  const total = (at: number) => {
    const column = model.columns[at];
    if (!column) return null;
    const cell = model.total?.(at) ?? null;
    const text = cell === null ? (at === first ? "Total" : "") : formatCell(cell, column.type, column.format);
    return (
      <div key={column.id} role="gridcell" aria-colindex={at + (gutter > 0 ? 2 : 1)} className={`grid-cell align-${cell === null ? "left" : column.align}`} style={{ left: places.lefts[at], width: places.widths[at] }}>
        <span className="grid-text">{text}</span>
      </div>
    );
  };
  return (
    <div role="rowgroup" className="grid-totals">
      <div role="row" aria-rowindex={index} className="grid-totals-row" style={{ width: places.total }}>
        {inSight.frozen > 0 && (
          <div role="presentation" className="grid-frozen bordered" style={{ width: inSight.frozenWidth }}>
            {model.columns.slice(0, inSight.frozen).map((_, at) => total(at))}
          </div>
        )}
        {drawnColumns(inSight, -1).map(total)}
      </div>
    </div>
  );
}
