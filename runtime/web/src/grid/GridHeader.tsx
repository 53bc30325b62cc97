// Headings: sort by click (with Shift several), resize by dragging the edge, fit by double click.

import { useRef, useState, type KeyboardEvent, type PointerEvent } from "react";
import { Icon } from "../layout/icons";
import type { Direction } from "../protocol.gen";
import type { GridColumn } from "./model";
import type { ColumnPlaces } from "./useColumns";

export type Sort = [string, Direction][];

/** First click ascending, second descending, third none; with `add` the other columns stay. */
export function nextSort(sort: Sort, column: string, add: boolean): Sort {
  const at = sort.findIndex(([id]) => id === column);
  const direction = at < 0 ? "asc" : sort[at]?.[1] === "asc" ? "desc" : null;
  if (!add) return direction === null ? [] : [[column, direction]];
  if (at < 0) return [...sort, [column, "asc"]];
  return direction === null ? sort.filter((_, index) => index !== at) : sort.map((entry, index) => (index === at ? [column, direction] : entry));
}

interface Props {
  columns: GridColumn[];
  places: ColumnPlaces;
  gutter: number;
  sort: Sort;
  onSort: ((sort: Sort) => void) | null;
  /** Width that shows all loaded cells of a column. */
  fit: (column: number) => number;
}

export function GridHeader({ columns, places, gutter, sort, onSort, fit }: Props) {
  const row = useRef<HTMLDivElement>(null);
  const [stop, setStop] = useState(0);
  const walk = (event: KeyboardEvent) => {
    const step = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
    if (step === 0) return;
    event.preventDefault();
    const next = Math.min(columns.length - 1, Math.max(0, stop + step));
    setStop(next);
    row.current?.querySelectorAll<HTMLElement>(".grid-sort")[next]?.focus();
  };
  return (
    <div className="grid-head" role="rowgroup">
      <div ref={row} className="grid-head-row" role="row" aria-rowindex={1} style={{ width: places.total }} onKeyDown={walk}>
        {gutter > 0 && (
          <div role="columnheader" aria-colindex={1} className="grid-gutter grid-corner">
            <span className="visually-hidden">Row</span>
          </div>
        )}
        {columns.map((column, index) => {
          const at = sort.findIndex(([id]) => id === column.id);
          const direction = sort[at]?.[1];
          return (
            <div
              key={column.id}
              role="columnheader"
              aria-colindex={index + (gutter > 0 ? 2 : 1)}
              aria-sort={direction === "asc" ? "ascending" : direction === "desc" ? "descending" : undefined}
              className={`grid-heading align-${column.align}`}
              style={{ left: places.lefts[index], width: places.widths[index] }}
            >
              <button
                type="button"
                className="grid-sort"
                tabIndex={index === stop ? 0 : -1}
                title={column.description ?? column.name}
                aria-disabled={onSort === null}
                onClick={(event) => onSort?.(nextSort(sort, column.id, event.shiftKey))}
              >
                <span className="grid-heading-text">
                  {column.name}
                  {column.input?.required && <span className="required-mark"> *</span>}
                </span>
                {direction && (
                  <span className="grid-direction">
                    <Icon name={direction === "asc" ? "arrow-up" : "arrow-down"} size={12} />
                    {sort.length > 1 && at + 1}
                  </span>
                )}
              </button>
              <Resizer width={places.widths[index] ?? 0} onResize={(width) => places.resize(column.id, width)} onFit={() => places.resize(column.id, fit(index))} />
            </div>
          );
        })}
      </div>
    </div>
  );
}

function Resizer({ width, onResize, onFit }: { width: number; onResize: (width: number) => void; onFit: () => void }) {
  const start = useRef<{ x: number; width: number } | null>(null);
  const down = (event: PointerEvent<HTMLSpanElement>) => {
    event.preventDefault();
    event.currentTarget.setPointerCapture(event.pointerId);
    start.current = { x: event.clientX, width };
  };
  const move = (event: PointerEvent) => {
    if (start.current) onResize(start.current.width + event.clientX - start.current.x);
  };
  return (
    <span className="grid-resizer" aria-hidden="true" onPointerDown={down} onPointerMove={move} onPointerUp={() => (start.current = null)} onDoubleClick={onFit} />
  );
}
