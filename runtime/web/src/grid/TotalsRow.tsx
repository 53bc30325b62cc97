// The totals row, which stays at the bottom.

import { formatCell } from "../format/cell";
import type { GridModel } from "./model";
import type { ColumnPlaces } from "./useColumns";

export function TotalsRow({ model, places, gutter, index }: { model: GridModel; places: ColumnPlaces; gutter: number; index: number }) {
  const first = model.columns.findIndex((_, column) => (model.total?.(column) ?? null) === null);
  return (
    <div role="rowgroup" className="grid-totals">
      <div role="row" aria-rowindex={index} className="grid-totals-row" style={{ width: places.total }}>
        {model.columns.map((column, at) => {
          const cell = model.total?.(at) ?? null;
          const text = cell === null ? (at === first ? "Total" : "") : formatCell(cell, column.type, column.format);
          return (
            <div key={column.id} role="gridcell" aria-colindex={at + (gutter > 0 ? 2 : 1)} className={`grid-cell align-${cell === null ? "left" : column.align}`} style={{ left: places.lefts[at], width: places.widths[at] }}>
              <span className="grid-text">{text}</span>
            </div>
          );
        })}
      </div>
    </div>
  );
}
