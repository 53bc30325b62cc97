// Rows of an input table from the first on, in pages, as far as somebody scrolled.

import { useCallback, useEffect, useMemo, useReducer, useRef, useState } from "react";
import type { Table } from "../protocol.gen";
import { resultKey, want, watch, type Result } from "../state/queries";
import { read, subscribe } from "../state/store";
import type { Sort } from "../state/tables";

/** Rows of one page. */
export const inputPage = 2_000;
/** Rows before the end of what is here at which the next page is asked for. */
const ahead = 100;

export interface InputPages {
  /** Pages from the first on, without a gap. */
  tables: Table[];
  /** What all pages say together. */
  result: Result;
  want: (first: number, last: number) => void;
}

export function useInputPages(data: string, sort: Sort): InputPages {
  const [pages, setPages] = useState(1);
  const [, arrived] = useReducer((count: number) => count + 1, 0);
  const question = JSON.stringify([data, sort]);
  const wants = useMemo(() => Array.from({ length: pages }, (_, page) => want(data, "rows", { sort, rows: [page * inputPage, inputPage] })), [question, pages]);
  useEffect(() => {
    const stops = wants.flatMap((wanted) => [subscribe(resultKey(wanted), arrived), watch(wanted)]);
    arrived();
    return () => stops.forEach((stop) => stop());
  }, [wants]);

  const results = wants.map((wanted) => read(resultKey(wanted)));
  const here: Table[] = [];
  for (const { table } of results) {
    if (!table) break;
    here.push(table);
  }
  // Rows of an earlier order stay until the new ones are here.
  const kept = useRef<Table[]>([]);
  const same = here.length === kept.current.length && here.every((table, at) => table === kept.current[at]);
  if (here.length > 0 && !same) kept.current = here;
  const tables = kept.current;
  const wantRows = useCallback((_: number, last: number) => setPages((old) => Math.max(old, Math.ceil((last + ahead) / inputPage))), []);
  return {
    tables,
    result: {
      table: tables[0] ?? null,
      failure: results.find((result) => result.failure)?.failure ?? null,
      pending: results.some((result) => result.pending),
    },
    want: wantRows,
  };
}
