// Headings: sort by click (with Shift several), move by dragging, resize by dragging the edge, fit by double click; and
// all of it from the keyboard or the menu of the column.

import { useEffect, useLayoutEffect, useRef, useState, type KeyboardEvent, type RefObject } from "react";
import { Icon } from "../layout/icons";
import { announce } from "../state/notices";
import type { Sort } from "../state/tables";
import { ColumnMenu } from "./ColumnMenu";
import type { GridColumn } from "./model";
import { Resizer } from "./Resizer";
import { nextSort } from "./sort";
import type { ColumnTools } from "./useArrangement";
import { useColumnDrag } from "./useColumnDrag";
import type { ColumnPlaces } from "./useColumns";
import { drawnColumns, type ColumnWindow } from "./useColumnWindow";

interface Props {
  columns: GridColumn[];
  places: ColumnPlaces;
  inSight: ColumnWindow;
  gutter: number;
  sort: Sort;
  onSort: ((sort: Sort) => void) | null;
  tools: ColumnTools;
  scroller: RefObject<HTMLDivElement | null>;
  /** Width that shows all loaded cells of a column. */
  fit: (column: number) => number;
  showColumn: (column: number) => void;
}

/** Pixels that a key widens a column by. */
const keyStep = 20;

export function GridHeader(props: Props) {
  const { columns, places, inSight, gutter, sort, onSort, tools, scroller, fit, showColumn } = props;
  const row = useRef<HTMLDivElement>(null);
  // The heading that Tab leads to, and whether it must get the focus when it is drawn.
  const [stop, setStop] = useState(0);
  const wantsFocus = useRef(false);
  const [menu, setMenu] = useState<string | null>(null);
  const anchor = useRef<HTMLElement | null>(null);
  const current = Math.min(stop, columns.length - 1);
  const drag = useColumnDrag({ row, scroller, places, frozen: inSight.frozen, onMove: (column, to) => move(column, to) });

  useLayoutEffect(() => {
    if (!wantsFocus.current) return;
    wantsFocus.current = false;
    headingButton(current)?.focus();
  });

  // The menu gives the focus back to what it was opened from; when that is gone, the heading in its place gets it.
  const wasOpen = useRef(false);
  useEffect(() => {
    if (!wasOpen.current && menu === null) return;
    wasOpen.current = menu !== null;
    if (menu !== null) return;
    const timer = setTimeout(() => document.activeElement === document.body && headingButton(current)?.focus(), 100);
    return () => clearTimeout(timer);
  }, [menu]);

  const headingButton = (column: number) => row.current?.querySelector<HTMLElement>(`[data-heading="${column}"] > .grid-sort`) ?? null;
  const goTo = (column: number) => {
    const next = Math.min(columns.length - 1, Math.max(0, column));
    wantsFocus.current = true;
    setStop(next);
    showColumn(next);
  };
  const move = (column: number, to: number) => {
    const spec = columns[column];
    if (!spec || to < 0 || to > columns.length) return;
    tools.move(spec.id, to);
    const place = to > column ? to - 1 : to;
    announce(`${spec.name} is column ${place + 1} of ${columns.length}.`);
    goTo(place);
  };
  const openMenu = (column: number) => {
    anchor.current = row.current?.querySelector<HTMLElement>(`[data-heading="${column}"]`) ?? null;
    setStop(column);
    setMenu(columns[column]?.id ?? null);
  };
  const keyDown = (event: KeyboardEvent) => {
    const heading = (event.target as HTMLElement).closest<HTMLElement>("[data-heading]");
    if (!heading || event.metaKey) return;
    const column = Number(heading.dataset.heading);
    const step = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
    if (step !== 0 && event.ctrlKey && event.shiftKey) move(column, step > 0 ? column + 2 : column - 1);
    else if (step !== 0 && event.shiftKey && !event.ctrlKey) tools.resize(columns[column]?.id ?? "", (places.widths[column] ?? 0) + step * keyStep);
    else if (step !== 0 && !event.altKey && !event.ctrlKey) goTo(column + step);
    else if (event.key === "Home" && !event.ctrlKey) goTo(0);
    else if (event.key === "End" && !event.ctrlKey) goTo(columns.length - 1);
    else if ((event.key === "ArrowDown" && event.altKey) || (event.key === "F10" && event.shiftKey) || event.key === "ContextMenu") openMenu(column);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  const heading = (index: number) => {
    const column = columns[index];
    if (!column) return null;
    const at = sort.findIndex(([id]) => id === column.id);
    const direction = sort[at]?.[1];
    return (
      <div
        key={column.id}
        role="columnheader"
        aria-colindex={index + (gutter > 0 ? 2 : 1)}
        aria-sort={direction === "asc" ? "ascending" : direction === "desc" ? "descending" : undefined}
        className={`grid-heading align-${column.align}${drag.column === index ? " moving" : ""}`}
        style={{ left: places.lefts[index], width: places.widths[index] }}
        data-heading={index}
        onContextMenu={(event) => {
          event.preventDefault();
          openMenu(index);
        }}
      >
        <button
          type="button"
          className="grid-sort"
          tabIndex={index === current ? 0 : -1}
          title={column.description ?? column.name}
          aria-disabled={onSort === null}
          aria-keyshortcuts="Alt+ArrowDown"
          aria-description="Alt+Down opens the menu of the column"
          onPointerDown={(event) => drag.start(event, index)}
          onClick={(event) => !drag.justMoved() && onSort?.(nextSort(sort, column.id, event.shiftKey))}
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
        {/* Keys and screen readers have Alt+ArrowDown. */}
        <span className="grid-more" aria-hidden="true" title="Menu (Alt+↓)" onClick={() => openMenu(index)}>
          <Icon name="chevron-down" size={12} />
        </span>
        <Resizer width={places.widths[index] ?? 0} onResize={(width) => tools.resize(column.id, width)} onFit={() => tools.resize(column.id, fit(index))} />
      </div>
    );
  };

  const chosen = columns.findIndex((column) => column.id === menu);
  return (
    <div className="grid-head" role="rowgroup">
      <div ref={row} className="grid-head-row" role="row" aria-rowindex={1} style={{ width: places.total }} onKeyDown={keyDown}>
        {inSight.frozenWidth > 0 && (
          <div role="presentation" className={`grid-frozen${inSight.frozen > 0 ? " bordered" : ""}`} style={{ width: inSight.frozenWidth }}>
            {gutter > 0 && (
              <div role="columnheader" aria-colindex={1} className="grid-gutter grid-corner">
                <span className="visually-hidden">Row</span>
              </div>
            )}
            {columns.slice(0, inSight.frozen).map((_, index) => heading(index))}
          </div>
        )}
        {drawnColumns(inSight, current).map(heading)}
        {drag.marker !== null && <span className="grid-drop" aria-hidden="true" style={{ left: drag.marker }} />}
      </div>
      {chosen >= 0 && (
        <ColumnMenu
          anchor={anchor}
          columns={columns}
          index={chosen}
          sort={sort}
          onSort={onSort}
          tools={tools}
          frozen={tools.frozen}
          onFit={() => tools.resize(columns[chosen]?.id ?? "", fit(chosen))}
          onMove={(to) => move(chosen, to)}
          onHide={() => {
            tools.hide(columns[chosen]?.id ?? "");
            announce(`${columns[chosen]?.name ?? ""} is hidden.`);
            goTo(Math.min(chosen, columns.length - 2));
          }}
          onClose={() => setMenu(null)}
        />
      )}
    </div>
  );
}
