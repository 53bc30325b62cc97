// An input table: the grid with editing.

import { useEffect, useMemo, useState, useSyncExternalStore } from "react";
import { plainNumber } from "../format/number";
import { Grid } from "../grid/Grid";
import type { Sort } from "../grid/GridHeader";
import { InputRows, isEditable, type SaveState } from "../grid/inputRows";
import type { GridColumn, GridEditing, GridModel } from "../grid/model";
import type { Cell, DataView, InputTableView, OptionView } from "../protocol.gen";
import { runAction } from "../state/actions";
import { onEdits } from "../state/live";
import { planKey, useDataView, useInputTableView } from "../state/plan";
import { invalidate, want } from "../state/queries";
import { read } from "../state/store";
import { useTable } from "../state/useTable";
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
  return <InputTableBody host={element.id} data={element.data} label={label} id={kind.table} view={view} table={table} onSelect={kind.on_select} />;
}

interface BodyProps {
  data: string;
  label: string;
  id: string;
  view: DataView;
  table: InputTableView;
  host: string;
  onSelect: string | null;
}

function InputTableBody({ host, data, label, id, view, table, onSelect }: BodyProps) {
  const [sort, setSort] = useState<Sort>([]);
  const validSort = useMemo(() => sort.filter(([column]) => view.columns.some((candidate) => candidate.id === column)), [sort, view]);
  const result = useTable(want(data, "rows", { sort: validSort }));
  const source = sourceFor(id, data);
  const version = useSyncExternalStore(source.subscribe, () => source.version);
  const options = useOptionLists(id, table);
  useEffect(() => source.setColumns(table), [source, table]);
  useEffect(() => {
    if (result.table) source.load(result.table, view);
  }, [source, result.table, view]);
  useEffect(() => onEdits((edited, num, ops) => edited === id && source.receive(num, ops)), [source, id]);
  const columns = useMemo(() => inputColumns(view, table), [view, table]);
  const model = useMemo(() => inputModel(source, columns), [source, columns, version]);
  const editing = useMemo(() => (table.editable ? inputEditing(source, columns, options) : null), [source, columns, options, table.editable, version]);
  const select = (row: number) => {
    const chosen = source.rows[row];
    if (onSelect && chosen) void runAction(onSelect, host, [{ ...chosen.cells, _row_id: chosen.key }]);
  };
  return (
    <DataState result={result} data={data} kind="input_table" emptyMatters={!table.editable}>
      {() => <Grid label={label} model={model} editing={editing} sort={validSort} onSort={setSort} onRow={onSelect ? select : null} status={<Status source={source} editable={table.editable} />} />}
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

function inputModel(source: InputRows, columns: GridColumn[]): GridModel {
  return {
    columns,
    rows: source.rows.length,
    cell: (row, column): Cell | undefined => source.rows[row]?.cells[columns[column]?.id ?? ""] ?? null,
    key: (row) => source.rows[row]?.key ?? String(row),
    want: () => undefined,
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
    undo: () => source.undo(),
    redo: () => source.redo(),
  };
}

function Status({ source, editable }: { source: InputRows; editable: boolean }) {
  const count = source.rows.length;
  const rows = `${source.truncated ? "first " : ""}${plainNumber(count)} ${count === 1 ? "row" : "rows"}`;
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
