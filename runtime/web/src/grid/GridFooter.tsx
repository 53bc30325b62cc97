// Beneath the grid: how many rows, and the figures of the selection.

import type { ReactNode } from "react";
import { formatCell } from "../format/cell";
import { plainNumber } from "../format/number";
import type { Cell, Format } from "../protocol.gen";
import { Icon } from "../layout/icons";
import { aggregate } from "./aggregate";
import type { GridModel } from "./model";
import type { Range } from "./selection";
import type { ColumnTools } from "./useArrangement";

/** Adding up more cells than this would be felt while dragging. */
const mostCells = 200_000;

interface Props {
  model: GridModel;
  range: Range;
  status: ReactNode;
  /** What is wrong with the active cell. */
  problem: string | null;
  problemId: string;
  onDelete: (() => void) | null;
  /** Adds as many empty rows as are selected. */
  onInsert: ((above: boolean) => void) | null;
  tools: ColumnTools;
}

export function GridFooter({ model, range, status, problem, problemId, onDelete, onInsert, tools }: Props) {
  const single = range.top === range.bottom && range.left === range.right;
  const rows = range.bottom - range.top + 1;
  return (
    <div className="grid-footer">
      {problem ? (
        <span id={problemId} role="alert" className="grid-problem">
          <Icon name="warning" size={14} /> {problem}
        </span>
      ) : (
        <span className="grid-status">{status}</span>
      )}
      {tools.hidden.length > 0 && (
        <button type="button" className="button button-quiet grid-action" onClick={() => tools.show(null)} title="Show all columns">
          <Icon name="eye" size={14} /> {tools.hidden.length} hidden
        </button>
      )}
      {onInsert && (
        <span className="grid-actions">
          <button type="button" className="button button-quiet grid-action" onClick={() => onInsert(true)} title="Insert above (Ctrl+Shift+Enter)">
            <Icon name="row-above" size={14} /> Insert above
          </button>
          <button type="button" className="button button-quiet grid-action" onClick={() => onInsert(false)} title="Insert below (Ctrl+Enter)">
            <Icon name="row-below" size={14} /> Insert below
          </button>
        </span>
      )}
      {onDelete && (
        <button type="button" className="button button-quiet grid-action grid-delete" onClick={onDelete} title="Delete the selected rows (Ctrl+−)">
          <Icon name="trash" size={14} /> {rows === 1 ? "Delete row" : `Delete ${rows} rows`}
        </button>
      )}
      {!single && <Figures model={model} range={range} />}
    </div>
  );
}

function Figures({ model, range }: { model: GridModel; range: Range }) {
  const cells = (range.bottom - range.top + 1) * (range.right - range.left + 1);
  if (cells > mostCells) return <span className="grid-figures">{plainNumber(cells)} cells</span>;
  const found = aggregate(selectedCells(model, range));
  const format = sharedFormat(model, range);
  return (
    <span className="grid-figures">
      {found.numbers > 0 && (
        <>
          <span>
            Sum <strong>{formatCell(found.sum, "number", format)}</strong>
          </span>
          <span>
            Average <strong>{formatCell(found.average, "number", format)}</strong>
          </span>
        </>
      )}
      <span>
        Count <strong>{plainNumber(found.count)}</strong>
      </span>
    </span>
  );
}

function* selectedCells(model: GridModel, range: Range): Iterable<{ cell: Cell | undefined; isNumber: boolean }> {
  const last = Math.min(range.bottom, model.rows - 1);
  for (let column = range.left; column <= range.right; column += 1) {
    const isNumber = model.columns[column]?.type === "number";
    for (let row = range.top; row <= last; row += 1) yield { cell: model.cell(row, column), isNumber };
  }
}

/** The format of the only number column in the range. */
function sharedFormat(model: GridModel, range: Range): Format | null {
  const numbers = model.columns.slice(range.left, range.right + 1).filter((column) => column.type === "number");
  return numbers.length === 1 ? (numbers[0]?.format ?? null) : null;
}
