// What the keys of a grid do.

import type { Command } from "./keys";
import type { GridEditing, GridModel } from "./model";
import type { RangeEdits } from "./rangeEdits";
import { edge, nextInRow, type Extent, type Place, type Selected } from "./selection";

/** The grid, as far as its keys reach. */
export interface Hands {
  model: GridModel;
  editing: GridEditing | null;
  selected: Selected;
  extent: Extent;
  /** Rows of one page. */
  page: number;
  edits: RangeEdits;
  /** Selects a cell, shows it, and gives it the focus. */
  go: (place: Place, extend?: boolean) => void;
  select: (selected: Selected) => void;
  startEdit: (replacing: boolean) => void;
  toggle: () => void;
  activate: (back: boolean) => void;
  find: () => void;
  /** The focus stays on the selected cell when its row is drawn again. */
  keepFocus: () => void;
  leave: (leaving: boolean) => void;
  isLeaving: () => boolean;
}

/** Does what a key asks; false when the browser is to handle it as well. */
export function runCommand(command: Command, hands: Hands): boolean {
  const { model, editing, selected, extent, page, edits, go, select } = hands;
  const { anchor, corner } = selected;
  switch (command.do) {
    case "move": {
      const from = command.extend ? corner : anchor;
      const filled = ({ row, column }: Place) => row < model.rows && (model.cell(row, column) ?? null) !== null;
      const jumped = command.jump ? edge(from, [command.down, command.right], extent, filled) : null;
      go(jumped ?? { row: from.row + command.down, column: from.column + command.right }, command.extend);
      return true;
    }
    case "page":
      go({ row: corner.row + command.down * page, column: corner.column }, command.extend);
      return true;
    case "row-edge":
      go({ row: corner.row, column: command.end ? extent.columns - 1 : 0 }, command.extend);
      return true;
    case "table-edge":
      go(command.end ? { row: Math.max(0, model.rows - 1), column: extent.columns - 1 } : { row: 0, column: 0 }, command.extend);
      return true;
    case "select-all":
      select({ anchor: { row: 0, column: 0 }, corner: { row: Math.max(0, model.rows - 1), column: extent.columns - 1 } });
      return true;
    case "select-row":
      select({ anchor: { row: anchor.row, column: 0 }, corner: { row: corner.row, column: extent.columns - 1 } });
      return true;
    case "edit":
      hands.startEdit(!command.keep);
      return true;
    case "type":
      hands.startEdit(true);
      // The character itself goes into the editor.
      return false;
    case "clear":
      edits.clear();
      return true;
    case "fill-down":
      edits.fillFrom("top");
      return true;
    case "fill-right":
      edits.fillFrom("left");
      return true;
    case "undo":
      hands.keepFocus();
      editing?.undo();
      return true;
    case "redo":
      hands.keepFocus();
      editing?.redo();
      return true;
    case "delete-rows":
      edits.deleteRows();
      return true;
    case "insert-rows":
      edits.insertRows(command.above);
      return true;
    case "find":
      if (!model.find) return false;
      hands.find();
      return true;
    case "toggle":
      hands.toggle();
      return true;
    case "activate":
      hands.activate(command.back);
      return true;
    case "next": {
      const next = hands.isLeaving() ? null : nextInRow(anchor, command.back, extent);
      if (!next) return false;
      go(next);
      return true;
    }
    case "leave":
      hands.leave(true);
      return false;
  }
}
