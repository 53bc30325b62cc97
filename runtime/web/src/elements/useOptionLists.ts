// Allowed values of an input table's columns: written in the workbook, or asked for.

import { useEffect, useMemo, useReducer } from "react";
import { choicesOf } from "../controls/options";
import type { InputTableView, OptionView } from "../protocol.gen";
import { resultKey, want, watch } from "../state/queries";
import { read, subscribe } from "../state/store";

export function useOptionLists(table: string, view: InputTableView): Map<string, OptionView[]> {
  const [version, arrived] = useReducer((count: number) => count + 1, 0);
  const wants = useMemo(
    () => view.columns.flatMap((column) => (column.options_query ? [{ column, wanted: want(`${table}/${column.id}`, "options") }] : [])),
    [table, view],
  );
  useEffect(() => {
    const stops = wants.flatMap(({ wanted }) => [subscribe(resultKey(wanted), arrived), watch(wanted)]);
    return () => stops.forEach((stop) => stop());
  }, [wants]);
  return useMemo(() => {
    const lists = new Map<string, OptionView[]>(view.columns.map((column) => [column.id, column.options]));
    for (const { column, wanted } of wants) {
      const { table: found } = read(resultKey(wanted));
      if (found) lists.set(column.id, choicesOf(found, column.type));
    }
    return lists;
  }, [version, view, wants]);
}
