// Columns of a grid as the visitor arranged them, and the ways to arrange them.

import { useMemo } from "react";
import { tableKey, type Sort } from "../state/tables";
import { update, useValue } from "../state/store";
import { frozenCount, moved, shownIds, without, type Arrangement } from "./arrange";
import type { GridColumn } from "./model";
import { narrowest } from "./useColumns";

export interface ColumnTools {
  /** How many of the shown columns stay at the left. */
  frozen: number;
  hidden: GridColumn[];
  widths: Record<string, number>;
  /** Whether anything is not as the author has it. */
  touched: boolean;
  canHide: (id: string) => boolean;
  hide: (id: string) => void;
  /** Shows a column again; all with null. */
  show: (id: string | null) => void;
  /** Keeps the columns up to this one at the left; none with null. */
  freeze: (id: string | null) => void;
  /** Moves a column before the shown one with this index. */
  move: (id: string, to: number) => void;
  /** Sets a width in pixels; null is the author's. */
  resize: (id: string, width: number | null) => void;
  reset: () => void;
}

interface Arranged {
  columns: GridColumn[];
  tools: ColumnTools;
  sort: Sort;
  setSort: (sort: Sort) => void;
}

const none: ReadonlySet<string> = new Set();

/** `kept` are columns that cannot be hidden. */
export function useArrangement(element: string, columns: GridColumn[], kept: ReadonlySet<string> = none): Arranged {
  const stateKey = tableKey(element);
  const state = useValue(stateKey);
  return useMemo(() => {
    const ids = columns.map((column) => column.id);
    const byId = new Map(columns.map((column) => [column.id, column]));
    const hidden = state.hidden.filter((id) => !kept.has(id));
    const now = { ...state, hidden };
    const shown = shownIds(ids, now);
    const arrange = (change: (arrangement: Arrangement) => Arrangement) => update(stateKey, (old) => ({ ...old, ...change(old) }));
    const tools: ColumnTools = {
      frozen: frozenCount(ids, now),
      hidden: columns.filter((column) => !shown.includes(column.id)),
      widths: state.widths,
      touched: state.order !== null || hidden.length > 0 || state.frozen !== null || Object.keys(state.widths).length > 0,
      canHide: (id) => !kept.has(id) && shown.length > 1,
      hide: (id) => arrange((old) => without(ids, old, id)),
      show: (id) => arrange((old) => ({ ...old, hidden: id === null ? [] : old.hidden.filter((other) => other !== id) })),
      freeze: (id) => arrange((old) => ({ ...old, frozen: id })),
      move: (id, to) => arrange((old) => moved(ids, old, id, to)),
      resize: (id, width) =>
        update(stateKey, (old) => {
          const { [id]: _, ...others } = old.widths;
          return { ...old, widths: width === null ? others : { ...others, [id]: Math.max(narrowest, Math.round(width)) } };
        }),
      reset: () => update(stateKey, (old) => ({ ...old, order: null, hidden: [], frozen: null, widths: {} })),
    };
    return {
      columns: shown.flatMap((id) => byId.get(id) ?? []),
      tools,
      // A column that the author took away cannot be sorted by.
      sort: state.sort.filter(([id]) => byId.has(id)),
      setSort: (sort) => update(stateKey, (old) => ({ ...old, sort })),
    };
  }, [columns, kept, state, stateKey]);
}
