// Edits of an input table's rows, and their opposites.

import type { Cell, EditOp } from "../protocol.gen";

export interface Row {
  key: string;
  /** Cells by column id. */
  cells: Record<string, Cell>;
}

/** Rows after some operations; rows that do not change stay the same objects. */
export function applyOps(rows: Row[], ops: EditOp[]): Row[] {
  if (ops.length === 0) return rows;
  const next = [...rows];
  let index = null as Map<string, number> | null;
  const find = (key: string): number => {
    index ??= new Map(next.map((row, at) => [row.key, at]));
    return index.get(key) ?? -1;
  };
  for (const op of ops) {
    const at = find(op.key);
    if (op.op === "set") {
      const row = next[at];
      if (row) next[at] = { key: row.key, cells: { ...row.cells, [op.col]: op.value } };
    } else if (op.op === "insert") {
      if (at >= 0) continue;
      const row = { key: op.key, cells: { ...op.values } };
      // An empty text stands for the place before all rows.
      const after = op.after === null || op.after === undefined ? -2 : op.after === "" ? -1 : find(op.after);
      if (op.after === "" || after >= 0) {
        next.splice(after + 1, 0, row);
        index = null;
      } else {
        next.push(row);
        index?.set(op.key, next.length - 1);
      }
    } else if (at >= 0) {
      next.splice(at, 1);
      index = null;
    }
  }
  return next;
}

/** Operations that undo these, for the rows as they are before them. */
export function invertOps(rows: Row[], ops: EditOp[], stored: string[]): EditOp[] {
  const back: EditOp[] = [];
  let state = rows;
  for (const op of ops) {
    const at = state.findIndex((row) => row.key === op.key);
    const row = state[at];
    if (op.op === "insert") back.push({ op: "delete", key: op.key });
    else if (row && op.op === "set") back.push({ op: "set", key: op.key, col: op.col, value: row.cells[op.col] ?? null });
    else if (row) {
      const values = Object.fromEntries(stored.map((column) => [column, row.cells[column] ?? null]));
      back.push({ op: "insert", key: op.key, after: state[at - 1]?.key ?? "", values });
    }
    // Walking through thousands of sets need not copy the rows each time.
    if (op.op !== "set") state = applyOps(state, [op]);
  }
  return back.reverse();
}
