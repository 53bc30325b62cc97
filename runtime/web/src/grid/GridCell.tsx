// One cell of the grid. It is drawn again when something of it changed, not when its row is scrolled.

import { memo, type ReactNode } from "react";
import { formatCell } from "../format/cell";
import { sparkline } from "../format/sparkline";
import { Icon } from "../layout/icons";
import type { Cell } from "../protocol.gen";
import { holdsAny } from "./find";
import type { GridColumn, GridEditing, GridModel } from "./model";
import { SparklineCell } from "./SparklineCell";

interface Props {
  row: number;
  /** Place of the column. */
  index: number;
  column: GridColumn;
  model: GridModel;
  editing: GridEditing | null;
  /** Columns of the gutter before the first one. */
  before: number;
  left: number;
  width: number;
  selected: boolean;
  /** Has the focus of the grid. */
  active: boolean;
  /** The open editor, when it is here. */
  editor: ReactNode;
  /** Carries the handle to fill from. */
  handle: boolean;
  /** A fill under way would write here. */
  filling: boolean;
  /** Texts to mark. */
  needles: string[] | null;
  /** In the row to type a new one into. */
  ghost: boolean;
  problemId: string;
}

export const GridCell = memo(function GridCell(props: Props) {
  const { row, index, column, model, editing, before, left, width, selected, active, editor, handle, filling, needles, ghost, problemId } = props;
  const cell = ghost ? null : model.cell(row, index);
  const problem = editing?.problem(row, index) ?? null;
  const locked = editing !== null && column.input === null;
  const names = ["grid-cell", `align-${column.align}`];
  if (selected) names.push("selected");
  if (active) names.push("active");
  if (problem) names.push("invalid");
  if (locked) names.push("locked");
  if (editing?.flashes(row, index)) names.push("flash");
  if (filling) names.push("filling");
  if (needles && holdsAny(cell, column, needles)) names.push("found");
  return (
    <div
      role="gridcell"
      aria-colindex={index + before + 1}
      aria-selected={selected}
      aria-readonly={editing !== null ? locked : undefined}
      aria-invalid={problem ? true : undefined}
      aria-describedby={problem && active ? problemId : undefined}
      tabIndex={active ? 0 : -1}
      data-row={row}
      data-column={index}
      className={names.join(" ")}
      style={{ left, width, ...(ghost ? undefined : model.look?.(row, index)) }}
      title={problem?.message}
    >
      {editor ?? (ghost ? <GhostText first={index === 0} /> : <CellBody row={row} index={index} column={column} model={model} cell={cell} text={problem?.text ?? null} />)}
      {handle && !editor && <span className="grid-handle" data-fill="" aria-hidden="true" />}
    </div>
  );
});

interface BodyProps {
  row: number;
  index: number;
  column: GridColumn;
  model: GridModel;
  cell: Cell | undefined;
  /** What was typed and is not right. */
  text: string | null;
}

function GhostText({ first }: { first: boolean }) {
  return first ? <span className="grid-hint">Add a row</span> : null;
}

function CellBody({ row, model, column, index, cell, text }: BodyProps) {
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
  const points = sparkline(cell);
  if (points) return <SparklineCell points={points} />;
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
