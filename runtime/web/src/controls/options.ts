// Choices of a control: written in the workbook, or asked for.

import { formatCell } from "../format/cell";
import type { Cell, ControlView, OptionView, Table, Type } from "../protocol.gen";
import { want, type Result } from "../state/queries";
import { useTable } from "../state/useTable";

export interface Choice {
  value: Cell;
  label: string;
  count: number | null;
}

export interface Choices {
  list: Choice[];
  result: Result | null;
  /** There are more than were sent. */
  more: boolean;
}

/** Choices that contain a text; asks the server only while `active`. */
export function useChoices(id: string, view: ControlView, type: Type, search: string, active: boolean): Choices {
  const asks = view.options_query && view.options === null;
  const wanted = asks && active ? want(id, "options", { search: search === "" ? null : search }) : null;
  const result = useTable(wanted);
  if (!asks) return { list: matching(view.options ?? [], search), result: null, more: false };
  const table = result.table;
  return { list: table ? choicesOf(table, type) : [], result, more: table ? table.count > (table.values[0]?.length ?? 0) || table.truncated === true : false };
}

export function matching(options: OptionView[], search: string): Choice[] {
  const needle = search.toLocaleLowerCase();
  return options
    .filter((option) => needle === "" || option.label.toLocaleLowerCase().includes(needle))
    .map((option) => ({ value: option.value, label: option.value === null && option.label === "" ? "(empty)" : option.label, count: null }));
}

/** Reads a reply of part `options`: columns value, label, count. */
export function choicesOf(table: Table, type: Type): Choice[] {
  const column = (index: number) => table.values[table.columns.indexOf(index)];
  const [values, labels, counts] = [column(0), column(1), column(2)];
  return (values ?? []).map((value, row) => {
    const label = labels?.[row];
    const count = counts?.[row];
    return {
      value,
      label: value === null && (label === null || label === undefined) ? "(empty)" : label === null || label === undefined ? formatCell(value, type, null) : String(label),
      count: typeof count === "number" ? count : null,
    };
  });
}

/** Name of a choice inside a list box. */
export function choiceKey(value: Cell): string {
  return JSON.stringify(value ?? null);
}

export function choiceValue(name: string): Cell {
  return JSON.parse(name) as Cell;
}
