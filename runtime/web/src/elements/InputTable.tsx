// An input table: the grid with editing.

import { useEffect, useMemo, useSyncExternalStore } from "react";
import { plainNumber } from "../format/number";
import { Grid } from "../grid/Grid";
import { findHere } from "../grid/find";
import { InputRows, isEditable, type SaveState } from "../grid/inputRows";
import type { GridColumn, GridEditing, GridModel } from "../grid/model";
import { useArrangement } from "../grid/useArrangement";
import { useInputPages } from "../grid/useInputPages";
import type { Cell, DataView, InputTableView, OptionView } from "../protocol.gen";
import { runAction } from "../state/actions";
import { onEdits } from "../state/live";
import { planKey, useDataView, useInputTableView } from "../state/plan";
import { invalidate } from "../state/queries";
import { read } from "../state/store";
import { DataState } from "./DataState";
import type { ElementProps } from "./ElementView";
import { gridColumn } from "./Table";
import { proseText } from "./Prose";
import { useOptionLists } from "./useOptionLists";

/** Rows outlive the element: a closed tab must not lose what waits to be sent. */
const sources = new Map<string, InputRows>();

function sourceFor(table: string, data: string): InputRows {
  const { workbook } = read(planKey);
  const name = `${workbook}\n${table}\n${data}`;
  let source = sources.get(name);
  if (!source) {
    source = new InputRows(workbook, table, () => invalidate(({ el, part }) => el === data && part !== "options"));
    sources.set(name, source);
  }
  return source;
}

addEventListener("beforeunload", (event) => {
  for (const source of sources.values()) if (source.saveState().unsaved > 0) event.preventDefault();
});

export default function InputTable({ element, kind }: ElementProps<"input_table">) {
  const view = useDataView(element.data);
  const table = useInputTableView(kind.table);
  if (element.data === null || !view || !table) return null;
  const label = view.name || (element.title ? proseText(element.title.text, []) : "Input table");
  return <InputTableBody element={element.id} data={element.data} label={label} id={kind.table} view={view} table={table} onSelect={kind.on_select} />;
}

interface BodyProps {
  element: string;
  data: string;
  label: string;
  id: string;
  view: DataView;
  table: InputTableView;
  onSelect: string | null;
}

function InputTableBody({ element, data, label, id, view, table, onSelect }: BodyProps) {
  const all = useMemo(() => inputColumns(view, table), [view, table]);
  const { columns, tools, sort, setSort } = useArrangement(element, all);
  const { tables, result, want } = useInputPages(data, sort);
  const source = sourceFor(id, data);
  const version = useSyncExternalStore(source.subscribe, () => source.version);
  const options = useOptionLists(id, table);
  useEffect(() => source.setColumns(table), [source, table]);
  useEffect(() => {
    if (tables.length > 0) source.load(tables, view);
  }, [source, tables, view]);
  useEffect(() => onEdits((edited, num, ops) => edited === id && source.receive(num, ops)), [source, id]);
  const model = useMemo(() => inputModel(source, columns, want), [source, columns, version, want]);
  const editing = useMemo(() => (table.editable ? inputEditing(source, columns, options) : null), [source, columns, options, table.editable, version]);
  const select = (row: number) => {
    const chosen = source.rows[row];
    if (onSelect && chosen) void runAction(onSelect, element, [{ ...chosen.cells, _row_id: chosen.key }]);
  };
  return (
    <DataState result={result} data={data} kind="input_table" emptyMatters={!table.editable}>
      {() => <Grid label={label} model={model} editing={editing} tools={tools} sort={sort} onSort={setSort} onRow={onSelect ? select : null} status={<Status source={source} editable={table.editable} />} />}
    </DataState>
  );
}

function inputColumns(view: DataView, table: InputTableView): GridColumn[] {
  return view.columns.flatMap((column, index) => {
    if (column.hidden || column.summary) return [];
    const stored = table.columns.find((candidate) => candidate.id === column.id);
    const input = table.editable && stored && isEditable(stored) ? stored : null;
    return [{ ...gridColumn(view, index), input }];
  });
}

function inputModel(source: InputRows, columns: GridColumn[], want: GridModel["want"]): GridModel {
  const { rows } = source;
  const cell = (row: number, column: number): Cell | undefined => {
    const found = rows[row];
    return found ? (found.cells[columns[column]?.id ?? ""] ?? null) : undefined;
  };
  const here = rows.reduce((count, row) => count + (row ? 1 : 0), 0);
  const scope = here < rows.length ? `the ${plainNumber(here)} rows that are loaded, of ${plainNumber(rows.length)}` : `all ${plainNumber(here)} ${here === 1 ? "row" : "rows"}`;
  return {
    columns,
    rows: rows.length,
    cell,
    key: (row) => rows[row]?.key ?? String(row),
    want,
    find: async (texts) => {
      const found = findHere({ columns, rows: rows.length, cell }, texts);
      return { rows: found, count: found.length, scope };
    },
  };
}

function inputEditing(source: InputRows, columns: GridColumn[], options: Map<string, OptionView[]>): GridEditing {
  const id = (column: number) => columns[column]?.id ?? "";
  const optionsOf = (column: string) => options.get(column) ?? [];
  return {
    problem: (row, column) => source.problem(row, id(column)),
    flashes: (row, column) => source.flashes(row, id(column)),
    options: (column) => optionsOf(id(column)),
    change: (changes) => source.change(changes.map(({ row, column, text }) => ({ row, column: id(column), text })), optionsOf),
    deleteRows: (first, last) => source.deleteRows(first, last),
    insertRows: (at, count) => source.insertRows(at, count),
    undo: () => source.undo(),
    redo: () => source.redo(),
  };
}

function Status({ source, editable }: { source: InputRows; editable: boolean }) {
  const count = source.rows.length;
  const rows = `${plainNumber(count)} ${count === 1 ? "row" : "rows"}`;
  return (
    <>
      <span>{rows}</span>
      <span role="status" className="grid-save">
        {editable ? saveText(source.saveState()) : "Read only"}
      </span>
    </>
  );
}

export function saveText({ unsaved, offline, problems, drafts }: SaveState): string {
  const marks = problems === 0 ? "" : ` · ${problems} ${problems === 1 ? "cell" : "cells"} to correct`;
  const waiting = drafts === 0 ? "" : ` · ${drafts} ${drafts === 1 ? "row" : "rows"} not complete`;
  if (offline) return `Offline: ${unsaved} unsaved${waiting}${marks}`;
  return (unsaved > 0 ? "Saving…" : "Saved") + waiting + marks;
}
