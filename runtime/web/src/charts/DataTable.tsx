// The figures of a chart as a plain table.

import { formatCell } from "../format/cell";
import type { DataView, Table } from "../protocol.gen";
import { rowCount } from "./series";

const most = 500;

interface Props {
  view: DataView;
  table: Table;
  /** Runs the chart's program for a row. */
  onSelect: ((row: number) => void) | null;
}

export function DataTable({ view, table, onSelect }: Props) {
  const columns = table.columns.flatMap((index, at) => {
    const column = view.columns[index];
    return column && !column.hidden ? [{ column, cells: table.values[at] ?? [] }] : [];
  });
  const rows = Math.min(most, rowCount(table));
  return (
    <div className="figures" tabIndex={0} role="region" aria-label={`Figures of ${view.name}`}>
      <table>
        <thead>
          <tr>
            {columns.map(({ column }) => (
              <th key={column.id} scope="col" className={column.type === "number" ? "numeric" : undefined}>
                {column.name}
              </th>
            ))}
            {onSelect && (
              <th scope="col">
                <span className="visually-hidden">Select</span>
              </th>
            )}
          </tr>
        </thead>
        <tbody>
          {Array.from({ length: rows }, (_, row) => (
            <tr key={row}>
              {columns.map(({ column, cells }) => (
                <td key={column.id} className={column.type === "number" ? "numeric" : undefined}>
                  {formatCell(cells[row], column.type, column.format)}
                </td>
              ))}
              {onSelect && (
                <td>
                  <button type="button" className="button button-text" onClick={() => onSelect(row)}>
                    Select
                  </button>
                </td>
              )}
            </tr>
          ))}
        </tbody>
      </table>
      {rowCount(table) > rows && <p className="element-note">First {rows} of {rowCount(table)} rows.</p>}
    </div>
  );
}
