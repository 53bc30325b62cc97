// The width at which nothing of a column is cut.

import { formatCell } from "../format/cell";
import type { Cell } from "../protocol.gen";
import type { GridColumn } from "./model";

const widest = 600;
/** For browsers that cannot measure. */
const usual = 160;

export function fitWidth(column: GridColumn, cells: (Cell | undefined)[]): number {
  const pen = document.createElement("canvas").getContext("2d");
  if (!pen) return usual;
  pen.font = `13px ${getComputedStyle(document.body).fontFamily}`;
  const heading = pen.measureText(column.name).width * 1.05 + 26;
  const contents = cells.map((cell) => pen.measureText(formatCell(cell, column.type, column.format)).width + 20);
  return Math.min(widest, Math.max(heading, ...contents));
}
