// Edits of the selected range: emptied, filled, with rows added to it or taken away.

import { announce } from "../state/notices";
import { fillChanges } from "./fill";
import type { GridEditing, GridModel, TextChange } from "./model";
import { editText } from "./parse";
import { moveTo, type Extent, type Place, type Range, type Selected } from "./selection";

interface Context {
  model: GridModel;
  editing: GridEditing | null;
  selected: Selected;
  range: Range;
  extent: Extent;
  /** Selects, and gives the focus to the place that typing goes to. */
  select: (selected: Selected) => void;
  show: (row: number) => void;
}

export interface RangeEdits {
  clear: () => void;
  /** The first row or column of the range goes into the others; one alone takes what is beside it. */
  fillFrom: (side: "top" | "left") => void;
  /** Goes on with the range in a range beside it. */
  fill: (target: Range) => void;
  insertRows: (above: boolean) => void;
  deleteRows: () => void;
}

export function rangeEdits({ model, editing, selected, range, extent, select, show }: Context): RangeEdits {
  const textAt = (row: number, column: number) => editText(model.cell(row, column), model.columns[column] ?? { type: "text" });

  const change = (textOf: (place: Place) => string | null) => {
    const changes: TextChange[] = [];
    for (let row = range.top; row <= Math.min(range.bottom, model.rows - 1); row += 1) {
      for (let column = range.left; column <= range.right; column += 1) {
        const text = textOf({ row, column });
        if (text !== null && model.columns[column]?.input) changes.push({ row, column, text });
      }
    }
    if (changes.length > 0) editing?.change(changes);
  };

  return {
    clear: () => change(() => ""),
    fillFrom: (side) => {
      const one = side === "top" ? range.top === range.bottom : range.left === range.right;
      const source = Math.max(0, range[side] - (one ? 1 : 0));
      change(({ row, column }) => {
        if (side === "top") return row === source ? null : textAt(source, column);
        return column === source ? null : textAt(row, source);
      });
    },
    fill: (target) => {
      const changes = fillChanges(model.columns, textAt, range, target);
      if (changes.length === 0) return;
      editing?.change(changes);
      select({
        anchor: { row: Math.min(range.top, target.top), column: Math.min(range.left, target.left) },
        corner: { row: Math.max(range.bottom, target.bottom), column: Math.max(range.right, target.right) },
      });
      announce(`Filled ${changes.length} ${changes.length === 1 ? "cell" : "cells"}.`);
    },
    insertRows: (above) => {
      // The row to type a new one into counts as the last one.
      const last = Math.max(0, model.rows - 1);
      const count = Math.min(range.bottom, last) - Math.min(range.top, last) + 1;
      const at = Math.min(above ? range.top : range.bottom + 1, model.rows);
      const { column } = selected.anchor;
      editing?.insertRows(at, count);
      select({ anchor: { row: at, column }, corner: { row: at + count - 1, column } });
      show(at);
      announce(`Inserted ${count} ${count === 1 ? "row" : "rows"}.`);
    },
    deleteRows: () => {
      // The cell with the focus goes; the one that takes its place gets it.
      select(moveTo(selected, { row: range.top, column: selected.anchor.column }, false, extent));
      editing?.deleteRows(range.top, range.bottom);
    },
  };
}
