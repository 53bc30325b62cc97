// How wide the texts of columns are, from the first rows and the totals.

import { useMemo } from "react";
import { formatCell } from "../format/cell";
import type { GridModel } from "./model";
import { textWidth } from "./useColumns";

const sampled = 40;
/** Room for the button that opens a group. */
const groupButton = 22;

/** Width of the widest text of each column. Rows that come later change nothing: columns must not jump. */
export function useContents(model: GridModel): number[] {
  const { columns } = model;
  const arrived = model.rows > 0 && model.cell(0, 0) !== undefined;
  const totalled = model.total !== undefined;
  return useMemo(
    () =>
      columns.map((column, index) => {
        const width = (cell: Parameters<typeof formatCell>[0]) => textWidth(formatCell(cell, column.type, column.format));
        let widest = totalled ? width(model.total?.(index) ?? null) * 1.06 : 0;
        for (let row = 0; arrived && row < Math.min(sampled, model.rows); row += 1) {
          const button = model.group?.(row)?.column === index ? groupButton : 0;
          widest = Math.max(widest, width(model.cell(row, index) ?? null) * (button ? 1.06 : 1) + button);
        }
        return widest;
      }),
    [columns, arrived, totalled],
  );
}
