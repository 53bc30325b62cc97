// One row of the grid.

import { memo, type ReactNode } from "react";
import { Icon } from "../layout/icons";
import { GridCell } from "./GridCell";
import type { GridEditing, GridModel } from "./model";
import type { ColumnPlaces } from "./useColumns";
import { drawnColumns, type ColumnWindow } from "./useColumnWindow";

interface Props {
  row: number;
  top: number;
  model: GridModel;
  editing: GridEditing | null;
  places: ColumnPlaces;
  inSight: ColumnWindow;
  gutter: boolean;
  /** First and last selected column, -1 for none. */
  left: number;
  right: number;
  /** Column that has the focus of the grid, -1 for none. */
  active: number;
  /** The open editor, when it is in this row. */
  editor: ReactNode;
  /** Column whose cell has the handle to fill from, -1 for none. */
  handle: number;
  /** First and last column that a fill under way would write, -1 for none. */
  fillLeft: number;
  fillRight: number;
  /** Texts to mark. */
  needles: string[] | null;
  /** The row to type a new one into. */
  ghost: boolean;
  problemId: string;
}

export const GridRow = memo(function GridRow(props: Props) {
  const { row, top, model, places, inSight, gutter, ghost, active } = props;
  const group = ghost ? null : (model.group?.(row) ?? null);
  const kind = group && group.kind !== "leaf" ? ` grid-group grid-group-${Math.min(3, group.depth)}` : "";
  const { columns } = model;
  const cell = (index: number) => {
    const column = columns[index];
    if (!column) return null;
    return (
      <GridCell
        key={column.id}
        row={row}
        index={index}
        column={column}
        model={model}
        editing={props.editing}
        before={gutter ? 1 : 0}
        left={places.lefts[index] ?? 0}
        width={places.widths[index] ?? 0}
        selected={index >= props.left && index <= props.right}
        active={index === active}
        editor={index === active ? props.editor : null}
        handle={index === props.handle}
        filling={index >= props.fillLeft && index <= props.fillRight}
        needles={props.needles}
        ghost={ghost}
        problemId={props.problemId}
      />
    );
  };
  return (
    <div
      role="row"
      aria-rowindex={row + 2}
      aria-level={group ? group.depth + 1 : undefined}
      aria-expanded={group && group.kind !== "leaf" ? group.kind === "open" : undefined}
      className={`grid-row${kind}${ghost ? " grid-ghost" : ""}${row % 2 === 1 ? " grid-odd" : ""}`}
      style={{ top, width: places.total }}
    >
      {inSight.frozenWidth > 0 && (
        <div role="presentation" className={`grid-frozen${inSight.frozen > 0 ? " bordered" : ""}`} style={{ width: inSight.frozenWidth }}>
          {gutter && <RowHeader row={row} ghost={ghost} />}
          {columns.slice(0, inSight.frozen).map((_, index) => cell(index))}
        </div>
      )}
      {drawnColumns(inSight, active).map(cell)}
    </div>
  );
});

function RowHeader({ row, ghost }: { row: number; ghost: boolean }) {
  return (
    <div role="rowheader" aria-colindex={1} className="grid-gutter" data-row={row} data-column={-1}>
      {ghost ? (
        <>
          <Icon name="plus" size={12} />
          <span className="visually-hidden">New row</span>
        </>
      ) : (
        row + 1
      )}
    </div>
  );
}
