// One row of the grid.

import { memo, type ReactNode } from "react";
import { formatCell } from "../format/cell";
import { Icon } from "../layout/icons";
import type { Cell } from "../protocol.gen";
import type { GridColumn, GridEditing, GridModel } from "./model";
import { holdsAny } from "./find";
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
    return column ? <GridCell key={column.id} {...props} column={column} index={index} /> : null;
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

function GridCell(props: Props & { column: GridColumn; index: number }) {
  const { row, model, editing, places, gutter, left, right, active, editor, ghost, column, index, problemId } = props;
  const cell = ghost ? null : model.cell(row, index);
  const problem = editing?.problem(row, index) ?? null;
  const selected = index >= left && index <= right;
  const isActive = index === active;
  const locked = editing !== null && column.input === null;
  const names = ["grid-cell", `align-${column.align}`];
  if (selected) names.push("selected");
  if (isActive) names.push("active");
  if (problem) names.push("invalid");
  if (locked) names.push("locked");
  if (editing?.flashes(row, index)) names.push("flash");
  if (index >= props.fillLeft && index <= props.fillRight) names.push("filling");
  if (props.needles && cell !== undefined && holdsAny(cell, column, props.needles)) names.push("found");
  return (
    <div
      role="gridcell"
      aria-colindex={index + (gutter ? 2 : 1)}
      aria-selected={selected}
      aria-readonly={editing !== null ? locked : undefined}
      aria-invalid={problem ? true : undefined}
      aria-describedby={problem && isActive ? problemId : undefined}
      tabIndex={isActive ? 0 : -1}
      data-row={row}
      data-column={index}
      className={names.join(" ")}
      style={{ left: places.lefts[index], width: places.widths[index], ...(ghost ? undefined : model.look?.(row, index)) }}
      title={problem?.message}
    >
      {isActive && editor ? editor : ghost ? <GhostText first={index === 0} /> : <CellBody {...props} cell={cell} text={problem?.text ?? null} />}
      {index === props.handle && !(isActive && editor) && <span className="grid-handle" data-fill="" aria-hidden="true" />}
    </div>
  );
}

function GhostText({ first }: { first: boolean }) {
  return first ? <span className="grid-hint">Add a row</span> : null;
}

function CellBody({ row, model, column, index, cell, text }: Props & { column: GridColumn; index: number; cell: Cell | undefined; text: string | null }) {
  if (text !== null) return <span className="grid-text">{text}</span>;
  if (cell === undefined) return <span className="bone" aria-hidden="true" />;
  const group = model.group?.(row) ?? null;
  if (group && group.column === index && group.kind !== "leaf") return <GroupButton model={model} row={row} open={group.kind === "open"} text={formatCell(cell, column.type, column.format)} />;
  if (column.input?.kind === "checkbox") {
    return (
      <span className={`grid-check${cell === true ? " on" : cell === false ? "" : " unset"}`} data-check="" role="img" aria-label={cell === true ? "Yes" : cell === false ? "No" : "Not set"}>
        {cell === true && <Icon name="check" size={12} />}
      </span>
    );
  }
  if (group && cell === null) return null;
  if (column.input && cell === null) return null;
  if (column.input?.kind === "multi_select" && Array.isArray(cell)) return <Pills cells={cell} />;
  if (typeof cell === "string" && column.type === "text" && /^https?:\/\/\S+$/.test(cell)) return <Address url={cell} />;
  // In line with the text of groups that have a button.
  const indent = group && group.column === index ? { paddingLeft: 20 } : undefined;
  return (
    <span className="grid-text" style={indent}>
      {formatCell(cell, column.type, column.format)}
    </span>
  );
}

function GroupButton({ model, row, open, text }: { model: GridModel; row: number; open: boolean; text: string }) {
  return (
    <span className="grid-text grid-group-text">
      <button type="button" tabIndex={-1} className="grid-toggle" aria-label={`${open ? "Close" : "Open"} ${text}`} onClick={() => model.toggle?.(row)}>
        <Icon name={open ? "chevron-down" : "chevron-right"} size={12} />
      </button>
      {text}
    </span>
  );
}

function Pills({ cells }: { cells: Cell[] }) {
  return (
    <span className="grid-text">
      {cells.map((entry, index) => (
        <span key={index} className="pill">
          {formatCell(entry, "text", null)}
        </span>
      ))}
    </span>
  );
}

function Address({ url }: { url: string }) {
  return (
    <a className="grid-text" href={url} target="_blank" rel="noopener noreferrer" tabIndex={-1}>
      {url}
    </a>
  );
}
