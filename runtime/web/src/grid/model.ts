// What the grid draws: columns, and cells by row and column. Where they come from is the model's business.

import type { CSSProperties } from "react";
import type { Cell, Format, InputColumnView, OptionView, RowKind, Type } from "../protocol.gen";

export interface GridColumn {
  id: string;
  name: string;
  type: Type;
  format: Format | null;
  /** Pixels; null shares what is left. */
  width: number | null;
  align: "left" | "center" | "right";
  description: string | null;
  /** Rules and kind of a stored column that this visitor may edit. */
  input: InputColumnView | null;
}

export interface GroupMark {
  depth: number;
  kind: RowKind;
  /** Column that carries the button. */
  column: number;
}

export interface GridModel {
  columns: GridColumn[];
  /** Rows with data. */
  rows: number;
  /** `undefined` while the row is on its way. */
  cell: (row: number, column: number) => Cell | undefined;
  /** Stays with a row when others come and go. */
  key: (row: number) => string;
  /** Tells which rows are on the screen. */
  want: (first: number, last: number) => void;
  /** Looks of a cell. */
  look?: (row: number, column: number) => CSSProperties | undefined;
  /** Group that a row is. */
  group?: (row: number) => GroupMark | null;
  toggle?: (row: number) => void;
  /** Looks for texts in all rows there are, or says which it looked through. */
  find?: (texts: string[], signal: AbortSignal) => Promise<Found>;
  /** Cell of the totals row. */
  total?: (column: number) => Cell | undefined;
}

/** Where a text was found. */
export interface Found {
  /** Rows, ascending; perhaps only the first of them. */
  rows: number[];
  /** Rows that hold it. */
  count: number;
  /** What was looked through, in words. */
  scope: string;
}

/** A typed or pasted text for a place; rows from `rows` on are new ones. */
export interface TextChange {
  row: number;
  column: number;
  text: string;
}

export interface Problem {
  /** What was typed. */
  text: string | null;
  message: string;
}

export interface GridEditing {
  problem: (row: number, column: number) => Problem | null;
  flashes: (row: number, column: number) => boolean;
  options: (column: number) => OptionView[];
  /** Applies texts as one step. */
  change: (changes: TextChange[]) => void;
  deleteRows: (first: number, last: number) => void;
  /** Adds empty rows before the one at this place. */
  insertRows: (at: number, count: number) => void;
  undo: () => void;
  redo: () => void;
}
