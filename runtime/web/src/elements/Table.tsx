// A table: sorted by its headings, grouped or not, with totals and conditional formats.

import { useMemo } from "react";
import { formatCell } from "../format/cell";
import { plainNumber } from "../format/number";
import { Grid } from "../grid/Grid";
import { findOnServer } from "../grid/findOnServer";
import type { GridColumn, GridModel } from "../grid/model";
import { useArrangement } from "../grid/useArrangement";
import { usePages, type Pages } from "../grid/usePages";
import type { Cell, DataView, Highlight, Table as TableData } from "../protocol.gen";
import { runAction } from "../state/actions";
import { useDataView } from "../state/plan";
import { want } from "../state/queries";
import { update, useSelected } from "../state/store";
import { tableKey } from "../state/tables";
import { useTable } from "../state/useTable";
import { DataState } from "./DataState";
import type { ElementProps } from "./ElementView";
import { proseText } from "./Prose";
import { cellLook, columnSpan, type Span } from "./highlight";

export default function Table({ element, kind }: ElementProps<"table">) {
  const view = useDataView(element.data);
  if (element.data === null || !view) return null;
  const label = view.name || (element.title ? proseText(element.title.text, []) : "Table");
  return <TableBody element={element.id} data={element.data} label={label} view={view} highlight={kind.highlight} onSelect={kind.on_select} />;
}

/** For tables without groups. */
const allOpen = { open: null, toggled: [] };

interface BodyProps {
  element: string;
  data: string;
  label: string;
  view: DataView;
  highlight: Highlight[];
  onSelect: string | null;
}

function TableBody({ element, data, label, view, highlight, onSelect }: BodyProps) {
  const stateKey = tableKey(element);
  const grouped = view.levels.length > 0;
  const open = useSelected(stateKey, (state) => state.open);
  const toggled = useSelected(stateKey, (state) => state.toggled);
  const rawSort = useSelected(stateKey, (state) => state.sort);
  // A column that the author took away cannot be sorted by.
  const sort = useMemo(() => rawSort.filter(([id]) => view.columns.some((column) => column.id === id)), [rawSort, view]);
  const pages = usePages(data, sort, grouped ? { open, toggled } : allOpen);
  const hasSummary = view.columns.some((column) => column.summary);
  const totals = useTable(view.totals || hasSummary ? want(data, "totals") : null);
  // Columns of the rows inside groups would be blank until a group is open.
  const inside = view.levels.length === 0 || pages.deepest() >= view.levels.length;
  const available = useMemo(
    () => view.columns.flatMap((column, index) => (column.hidden || column.summary || (!inside && (column.level ?? view.levels.length) >= view.levels.length) ? [] : [gridColumn(view, index)])),
    [view, inside],
  );
  // The button to open a group stands in its key.
  const kept = useMemo(() => new Set(view.levels.flatMap((level) => level.keys.map((index) => view.columns[index]?.id ?? ""))), [view]);
  const { columns, tools, setSort } = useArrangement(element, available, kept);
  const shown = useMemo(() => columns.map((column) => view.columns.findIndex(({ id }) => id === column.id)), [columns, view]);
  const toggle = (row: number) => {
    const key = pages.groupKey(row);
    if (key === null) return;
    update(stateKey, (old) => ({ ...old, toggled: old.toggled.includes(key) ? old.toggled.filter((other) => other !== key) : [...old.toggled, key] }));
  };
  // What was found is of the rows that are here now.
  const find = useMemo(() => findOnServer(want(data, "rows", { sort, ...(grouped ? { open, toggled } : {}) })), [data, sort, grouped, open, toggled, pages.head]);
  const model = useMemo(
    () => ({ ...tableModel(view, columns, shown, pages, highlight, view.totals ? totals.table : null, toggle), find }),
    [view, columns, shown, pages, highlight, totals.table, find],
  );
  const select = (row: number) => {
    if (!onSelect) return;
    const cells: Record<string, Cell> = {};
    view.columns.forEach((column, index) => (cells[column.id] = pages.cell(row, index) ?? null));
    void runAction(onSelect, element, [cells]);
  };
  const result = { table: pages.head, failure: pages.failure, pending: pages.pending };
  return (
    <DataState result={result} data={data} kind="table">
      {(table) => (
        <>
          {hasSummary && totals.table && <SummaryBar view={view} table={totals.table} />}
          <Grid label={label} model={model} tools={tools} sort={sort} onSort={setSort} onRow={onSelect ? select : null} status={rowsText(pages.rows, table)} />
        </>
      )}
    </DataState>
  );
}

function rowsText(rows: number, table: TableData): string {
  const text = `${plainNumber(rows)} ${rows === 1 ? "row" : "rows"}`;
  return table.truncated ? `first ${text}` : text;
}

export function gridColumn(view: DataView, index: number): GridColumn {
  const column = view.columns[index];
  const align = column?.align === "left" || column?.align === "center" || column?.align === "right" ? column.align : column?.type === "number" ? "right" : "left";
  return {
    id: column?.id ?? String(index),
    name: column?.name ?? "",
    type: column?.type ?? "text",
    format: column?.format ?? null,
    width: column?.width ?? null,
    align,
    description: column?.description ?? null,
    input: null,
  };
}

function tableModel(view: DataView, columns: GridColumn[], shown: number[], pages: Pages, highlight: Highlight[], totals: TableData | null, toggle: (row: number) => void): GridModel {
  const grouped = view.levels.length > 0;
  const spans = new Map<number, Span>();
  const span = (column: number): Span => {
    let found = spans.get(column);
    if (!found) spans.set(column, (found = pages.head ? columnSpan(pages.head, column) : { least: 0, greatest: 0 }));
    return found;
  };
  // Column with the button of each level: its first shown key, else its first shown column.
  const carriers = view.levels.map((level) => Math.max(0, shown.findIndex((index) => level.keys.includes(index))));
  return {
    columns,
    rows: pages.rows,
    cell: (row, column) => {
      const index = shown[column] ?? -1;
      const cell = pages.cell(row, index);
      if (!grouped || cell === undefined) return cell;
      // A row of a group shows what belongs to its level; outer levels stand above it.
      const level = view.columns[index]?.level ?? view.levels.length;
      return level === pages.depth(row) ? cell : null;
    },
    key: (row) => String(row),
    want: pages.want,
    look: highlight.length === 0 ? undefined : (row, column) => cellLook(highlight, shown[column] ?? -1, pages.cell(row, shown[column] ?? -1), (index) => pages.cell(row, index), span),
    group: grouped
      ? (row) => {
          const kind = pages.kind(row);
          const depth = pages.depth(row);
          return kind === null ? null : { depth, kind, column: carriers[depth] ?? -1 };
        }
      : undefined,
    toggle,
    // Summaries stand above the table; a row of totals is for columns that have one.
    total: totals && shown.some((index) => totals.columns.includes(index)) ? (column) => totalCell(totals, shown[column] ?? -1) : undefined,
  };
}

function totalCell(totals: TableData, column: number): Cell | undefined {
  const at = totals.columns.indexOf(column);
  return at < 0 ? null : (totals.values[at]?.[0] ?? null);
}

/** Values for the whole table, above it. */
function SummaryBar({ view, table }: { view: DataView; table: TableData }) {
  return (
    <dl className="summary-bar">
      {view.columns.map((column, index) =>
        column.summary && !column.hidden ? (
          <div key={column.id}>
            <dt>{column.name}</dt>
            <dd>{formatCell(totalCell(table, index), column.type, column.format)}</dd>
          </div>
        ) : null,
      )}
    </dl>
  );
}
