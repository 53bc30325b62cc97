// Rows of a data element in pages of 200, asked for as they come into view.

import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import type { Cell, QueryFailure, RowKind, Table, Want } from "../protocol.gen";
import { resultKey, want, watch } from "../state/queries";
import { read, subscribe } from "../state/store";
import type { Sort } from "../state/tables";

export const pageSize = 200;

export interface Pages {
  /** First table that arrived, for what all pages say alike. */
  head: Table | null;
  rows: number;
  failure: QueryFailure | null;
  pending: boolean;
  /** Cell by row and index of the data element's column. */
  cell: (row: number, column: number) => Cell | undefined;
  kind: (row: number) => RowKind | null;
  depth: (row: number) => number;
  /** Greatest depth of the loaded rows. */
  deepest: () => number;
  groupKey: (row: number) => string | null;
  want: (first: number, last: number) => void;
  /** Changes with every arrival. */
  version: number;
}

/** Which groups are open: null opens all but the innermost, an empty list none; `toggled` are the other way round. */
export interface OpenGroups {
  open: string[] | null;
  toggled: string[];
}

export function usePages(data: string, sort: Sort, { open, toggled }: OpenGroups): Pages {
  const [shown, setShown] = useState<[number, number]>([0, 0]);
  const [version, setVersion] = useState(0);
  // The latest table of each page: rows of an earlier sort stay until the new ones are here.
  const tables = useRef(new Map<number, Table>());
  const latest = useRef<Table | null>(null);
  const question = JSON.stringify([data, sort, open, toggled]);
  const wants = useMemo(() => {
    const pages = new Set([0]);
    for (let page = shown[0]; page <= shown[1]; page += 1) pages.add(page);
    return [...pages].map((page): [number, Want] => [page, want(data, "rows", { rows: [page * pageSize, pageSize], sort, open, toggled })]);
  }, [question, shown]);

  useEffect(() => {
    const visible = new Set(wants.map(([page]) => page));
    for (const page of tables.current.keys()) if (!visible.has(page)) tables.current.delete(page);
  }, [question]);

  useEffect(() => {
    const take = (page: number, wanted: Want) => {
      const { table } = read(resultKey(wanted));
      if (table && tables.current.get(page) !== table) {
        tables.current.set(page, table);
        latest.current = table;
      }
      setVersion((old) => old + 1);
    };
    const stops = wants.flatMap(([page, wanted]) => {
      const stop = subscribe(resultKey(wanted), () => take(page, wanted));
      const leave = watch(wanted);
      if (read(resultKey(wanted)).table) take(page, wanted);
      return [stop, leave];
    });
    return () => stops.forEach((stop) => stop());
  }, [wants]);

  const wantRows = useCallback((first: number, last: number) => {
    const pages: [number, number] = [Math.floor(first / pageSize), Math.floor(last / pageSize)];
    setShown((old) => (old[0] === pages[0] && old[1] === pages[1] ? old : pages));
  }, []);

  return useMemo(() => {
    const head = tables.current.get(0) ?? null;
    const results = wants.map(([, wanted]) => read(resultKey(wanted)));
    const at = (row: number): [Table, number] | null => {
      const table = tables.current.get(Math.floor(row / pageSize));
      const index = table ? row - table.offset : -1;
      return table && index >= 0 && index < (table.values[0]?.length ?? 0) ? [table, index] : null;
    };
    return {
      head,
      rows: latest.current?.count ?? 0,
      failure: results.find((result) => result.failure)?.failure ?? null,
      pending: results.some((result) => result.pending),
      cell: (row, column) => {
        const found = at(row);
        if (!found) return undefined;
        const position = found[0].columns.indexOf(column);
        return position < 0 ? null : (found[0].values[position]?.[found[1]] ?? null);
      },
      kind: (row) => {
        const found = at(row);
        return found?.[0].kind?.[found[1]] ?? null;
      },
      depth: (row) => {
        const found = at(row);
        return found?.[0].depth?.[found[1]] ?? 0;
      },
      deepest: () => Math.max(0, ...[...tables.current.values()].flatMap((table) => table.depth ?? [])),
      groupKey: (row) => {
        const found = at(row);
        return found?.[0].keys?.[found[1]] ?? null;
      },
      want: wantRows,
      version,
    };
  }, [version, wants, wantRows]);
}
