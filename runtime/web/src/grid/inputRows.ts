// Rows of an input table in this tab: what the server sent, with everything on top that it has not included yet.
//
// A batch of edits shows at once, waits in line, is sent, and stays on top of the server's rows until a reply includes
// its edit number. Edits of others take the same way. Rows that lack required values stay here until they are complete.

import type { Cell, DataView, EditOp, InputColumnView, InputTableView, OptionView, Table } from "../protocol.gen";
import { notify } from "../state/notices";
import { randomId } from "../state/boot";
import { History } from "./history";
import type { Problem } from "./model";
import { applyOps, invertOps, type Row } from "./ops";
import { checkValue, editText, parseInput } from "./parse";
import { sendEdits } from "./sendEdits";

interface Batch {
  id: string;
  ops: EditOp[];
  /** Edit number, once the server has it. */
  num: number | null;
}

export interface SaveState {
  /** Operations the server has not confirmed. */
  unsaved: number;
  offline: boolean;
  problems: number;
  drafts: number;
}

/** A text for a cell; rows beyond the last are new ones. */
export interface CellText {
  row: number;
  column: string;
  text: string;
}

const largestBatch = 50_000;
const flashFor = 1_400;
/** Kinds that the server fills. */
const automatic = new Set(["created_at", "created_by", "updated_at", "updated_by"]);

export class InputRows {
  rows: Row[] = [];
  truncated = false;
  readonly history = new History();
  private base: Row[] = [];
  private log: Batch[] = [];
  private drafts = new Map<string, Row>();
  private problems = new Map<string, Problem>();
  private flashing = new Set<string>();
  private offline = false;
  private sending = false;
  private listeners = new Set<() => void>();
  private shownTable: Table | null = null;
  private stored: InputColumnView[] = [];
  version = 0;

  constructor(
    private readonly workbook: string,
    private readonly table: string,
    private readonly refresh: () => void,
  ) {}

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  private changed(): void {
    this.version += 1;
    const pending = this.log.flatMap((batch) => batch.ops);
    this.rows = [...applyOps(this.base, pending), ...this.drafts.values()];
    for (const listener of this.listeners) listener();
  }

  /** Takes columns of a new plan; marks of columns that are gone go with them. */
  setColumns(view: InputTableView): void {
    if (this.stored === view.columns) return;
    this.stored = view.columns;
    const known = new Set(view.columns.map((column) => column.id));
    for (const place of this.problems.keys()) if (!known.has(place.split("\n")[1] ?? "")) this.problems.delete(place);
  }

  /** Takes rows of the server. */
  load(table: Table, view: DataView): void {
    if (table === this.shownTable) return;
    this.shownTable = table;
    this.truncated = table.truncated || table.count > (table.keys?.length ?? 0);
    const ids = table.columns.map((index) => view.columns[index]?.id ?? "");
    this.base = (table.keys ?? []).map((key, row) => ({
      key,
      cells: Object.fromEntries(ids.map((id, at) => [id, table.values[at]?.[row] ?? null])),
    }));
    const included = table.edit_num ?? Number.POSITIVE_INFINITY;
    this.log = this.log.filter((batch) => batch.num === null || batch.num > included);
    this.changed();
  }

  problem(row: number, column: string): Problem | null {
    const key = this.rows[row]?.key;
    return key === undefined ? null : (this.problems.get(place(key, column)) ?? null);
  }

  flashes(row: number, column: string): boolean {
    const key = this.rows[row]?.key;
    return key !== undefined && this.flashing.has(place(key, column));
  }

  saveState(): SaveState {
    return {
      unsaved: this.log.reduce((sum, batch) => sum + (batch.num === null ? batch.ops.length : 0), 0),
      offline: this.offline,
      problems: this.problems.size,
      drafts: this.drafts.size,
    };
  }

  /** Applies typed or pasted texts as one step. */
  change(texts: CellText[], options: (column: string) => OptionView[]): void {
    const ops: EditOp[] = [];
    const fresh = new Map<number, Row>();
    const touched = new Map<string, Row>();
    for (const { row, column, text } of texts) {
      const spec = this.stored.find((candidate) => candidate.id === column);
      if (!spec || automatic.has(spec.kind)) continue;
      const target = this.rows[row] ?? newRow(fresh, row);
      const parsed = parseInput(spec, text, options(column));
      if ("problem" in parsed) {
        this.problems.set(place(target.key, column), { text, message: parsed.problem });
        if (!this.isSaved(row)) touched.set(target.key, target);
        continue;
      }
      this.problems.delete(place(target.key, column));
      if (!this.isSaved(row)) {
        target.cells[column] = parsed.value;
        touched.set(target.key, target);
      } else if (!same(target.cells[column] ?? null, parsed.value)) {
        ops.push({ op: "set", key: target.key, col: column, value: parsed.value });
      }
    }
    ops.push(...this.completeRows([...touched.values()]));
    this.commit(ops);
  }

  private isSaved(row: number): boolean {
    const key = this.rows[row]?.key;
    return key !== undefined && !this.drafts.has(key);
  }

  /** Inserts for rows that have all they need; the others stay as drafts, with what is missing marked. */
  private completeRows(rows: Row[]): EditOp[] {
    const inserts: EditOp[] = [];
    for (const row of rows) {
      // A new row without any value is no row.
      const blank = Object.values(row.cells).every((cell) => cell === null || cell === "" || cell === false);
      if (blank && !this.drafts.has(row.key) && !this.hasProblem(row.key)) continue;
      for (const column of this.stored) {
        if (automatic.has(column.kind)) continue;
        const missing = (row.cells[column.id] ?? null) === null ? checkValue(column, null) : null;
        const at = place(row.key, column.id);
        if (missing !== null && !this.problems.has(at)) this.problems.set(at, { text: null, message: missing });
      }
      if (this.hasProblem(row.key)) {
        this.drafts.set(row.key, row);
      } else {
        this.drafts.delete(row.key);
        inserts.push({ op: "insert", key: row.key, after: null, values: row.cells });
      }
    }
    return inserts;
  }

  private hasProblem(key: string): boolean {
    return this.stored.some((column) => this.problems.has(place(key, column.id)));
  }

  deleteRows(first: number, last: number): void {
    const rows = this.rows.slice(first, last + 1);
    for (const row of rows) {
      this.drafts.delete(row.key);
      for (const column of this.stored) this.problems.delete(place(row.key, column.id));
    }
    const known = new Set(this.rows.map((row) => row.key));
    this.commit(rows.filter((row) => known.has(row.key) && !this.isDraftKey(row.key)).map((row) => ({ op: "delete", key: row.key })));
  }

  private isDraftKey(key: string): boolean {
    return !this.base.some((row) => row.key === key) && !this.log.some((batch) => batch.ops.some((op) => op.op === "insert" && op.key === key));
  }

  undo(): void {
    const ops = this.history.undo();
    if (ops) this.submit(ops);
  }

  redo(): void {
    const ops = this.history.redo();
    if (ops) this.submit(ops);
  }

  private commit(ops: EditOp[]): void {
    const saved = this.rows.filter((row) => !this.drafts.has(row.key));
    const columns = this.stored.filter((column) => !automatic.has(column.kind)).map((column) => column.id);
    this.history.record({ forward: ops, back: invertOps(saved, ops, columns) });
    this.submit(ops);
  }

  private submit(ops: EditOp[]): void {
    for (let start = 0; start < ops.length; start += largestBatch) {
      this.log.push({ id: randomId(), ops: ops.slice(start, start + largestBatch), num: null });
    }
    this.changed();
    void this.drain();
  }

  /** Sends waiting batches one after the other; while the server is away they wait, with the same ids. */
  private async drain(): Promise<void> {
    if (this.sending) return;
    this.sending = true;
    let delay = 500;
    for (;;) {
      const batch = this.log.find((waiting) => waiting.num === null);
      if (!batch) break;
      const answer = await sendEdits({ workbook: this.workbook, table: this.table, id: batch.id, ops: batch.ops });
      if (answer === "unreachable") {
        this.offline = true;
        this.changed();
        await new Promise((resolve) => setTimeout(resolve, delay));
        delay = Math.min(8_000, delay * 2);
        continue;
      }
      this.offline = false;
      delay = 500;
      this.settle(batch, answer.num, answer.refusals);
    }
    this.sending = false;
    this.refresh();
  }

  private settle(batch: Batch, num: number, refusals: (string | null)[]): void {
    const refused = batch.ops.flatMap((op, index) => {
      const message = refusals[index] ?? null;
      return message === null ? [] : [{ op, message }];
    });
    batch.ops = batch.ops.filter((_, index) => (refusals[index] ?? null) === null);
    batch.num = num;
    for (const { op, message } of refused) this.refuse(op, message);
    this.changed();
  }

  /** A refusal marks what was entered and keeps it, so that it can be corrected. */
  private refuse(op: EditOp, message: string): void {
    if (op.op === "set") {
      const type = this.stored.find((column) => column.id === op.col)?.type ?? "text";
      this.problems.set(place(op.key, op.col), { text: editText(op.value, { type }), message });
    } else if (op.op === "insert") {
      this.drafts.set(op.key, { key: op.key, cells: op.values });
      const first = this.stored.find((column) => !automatic.has(column.kind));
      if (first) this.problems.set(place(op.key, first.id), { text: null, message });
    } else {
      notify(`A row was not deleted: ${message}`, { level: "error" });
    }
  }

  /** Edits made elsewhere. */
  receive(num: number, ops: EditOp[]): void {
    if (num <= (this.shownTable?.edit_num ?? -1)) return;
    const waiting = this.log.findIndex((batch) => batch.num === null);
    const entry: Batch = { id: `remote ${num}`, ops, num };
    this.log.splice(waiting < 0 ? this.log.length : waiting, 0, entry);
    const flashed = ops.flatMap((op) => (op.op === "set" ? [place(op.key, op.col)] : []));
    for (const at of flashed) this.flashing.add(at);
    setTimeout(() => {
      for (const at of flashed) this.flashing.delete(at);
      this.changed();
    }, flashFor);
    this.changed();
    this.refresh();
  }
}

function place(key: string, column: string): string {
  return `${key}\n${column}`;
}

function newRow(fresh: Map<number, Row>, index: number): Row {
  let row = fresh.get(index);
  if (!row) fresh.set(index, (row = { key: randomId(), cells: {} }));
  return row;
}

function same(a: Cell, b: Cell): boolean {
  return Object.is(a, b) || (typeof a === "object" && JSON.stringify(a) === JSON.stringify(b)) || (a === null && b === false);
}

export function isEditable(column: InputColumnView): boolean {
  return !automatic.has(column.kind);
}
