// Rows of an input table in this tab: what the server sent, with everything on top that it has not included yet.
//
// A batch of edits shows at once, waits in line, is sent, and stays on top of the server's rows until a reply includes
// its edit number. Edits of others take the same way. Rows that lack required values stay here until they are complete.

import type { Cell, DataView, EditOp, InputColumnView, InputTableView, OptionView, Table } from "../protocol.gen";
import { notify } from "../state/notices";
import { randomId } from "../state/boot";
import { Drafts } from "./drafts";
import { History } from "./history";
import { Marks } from "./marks";
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
  /** Rows in order; those that were not asked for yet are missing. */
  rows: (Row | undefined)[] = [];
  readonly history = new History();
  private base: Row[] = [];
  private log: Batch[] = [];
  private drafts = new Drafts();
  /** Rows of the server behind those that are here. */
  private behind = 0;
  private problems = new Marks();
  private flashing = new Set<string>();
  private offline = false;
  private sending = false;
  private listeners = new Set<() => void>();
  private shownTables: Table[] = [];
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
    this.rows = this.drafts.among(applyOps(this.base, pending), this.behind);
    for (const listener of this.listeners) listener();
  }

  /** Takes columns of a new plan; marks of columns that are gone go with them. */
  setColumns(view: InputTableView): void {
    if (this.stored === view.columns) return;
    this.stored = view.columns;
    this.problems.keepColumns(new Set(view.columns.map((column) => column.id)));
  }

  /** Takes the first rows of the server, page by page. */
  load(tables: Table[], view: DataView): void {
    const old = this.shownTables;
    if (tables.length === old.length && tables.every((table, at) => table === old[at])) return;
    this.shownTables = tables;
    const found = new Map<string, Row>();
    for (const table of tables) {
      const ids = table.columns.map((index) => view.columns[index]?.id ?? "");
      // Pages that arrived one after the other may overlap.
      table.keys?.forEach((key, row) => found.set(key, { key, cells: Object.fromEntries(ids.map((id, at) => [id, table.values[at]?.[row] ?? null])) }));
    }
    this.base = [...found.values()];
    const count = Math.min(...tables.map((table) => table.count));
    this.behind = tables.length === 0 ? 0 : Math.max(0, count - this.base.length);
    const included = this.included();
    this.log = this.log.filter((batch) => batch.num === null || batch.num > included);
    this.changed();
  }

  /** Number of the last edit that all rows here include. */
  private included(): number {
    return Math.min(...this.shownTables.map((table) => table.edit_num ?? Number.POSITIVE_INFINITY));
  }

  problem(row: number, column: string): Problem | null {
    const key = this.rows[row]?.key;
    return key === undefined ? null : this.problems.get(key, column);
  }

  flashes(row: number, column: string): boolean {
    const key = this.rows[row]?.key;
    return key !== undefined && this.flashing.has(place(key, column));
  }

  saveState(): SaveState {
    return {
      unsaved: this.log.reduce((sum, batch) => sum + (batch.num === null ? batch.ops.length : 0), 0),
      offline: this.offline,
      problems: this.problems.count,
      drafts: this.drafts.count,
    };
  }

  /** Applies typed or pasted texts as one step. */
  change(texts: CellText[], options: (column: string) => OptionView[]): void {
    const ops: EditOp[] = [];
    const fresh = new Map<number, Row>();
    const touched = new Map<string, Row>();
    for (const { row, column, text } of texts) {
      const spec = this.stored.find((candidate) => candidate.id === column);
      if (!spec || automatic.has(spec.kind) || !this.isHere(row)) continue;
      const target = this.rows[row] ?? newRow(fresh, row);
      const parsed = parseInput(spec, text, options(column));
      if ("problem" in parsed) {
        this.problems.set(target.key, column, { text, message: parsed.problem });
        if (!this.isSaved(row)) touched.set(target.key, target);
        continue;
      }
      this.problems.delete(target.key, column);
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

  /** Whether a row has arrived, or would be a new one. */
  private isHere(row: number): boolean {
    return row >= this.rows.length || this.rows[row] !== undefined;
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
      const blank = Object.values(row.cells).every((cell) => cell === null || cell === "");
      if (blank && !this.drafts.has(row.key) && !this.problems.has(row.key)) continue;
      this.markMissing(row);
      if (this.problems.has(row.key)) {
        this.drafts.put(row, null);
      } else {
        inserts.push({ op: "insert", key: row.key, after: this.drafts.savedPlace(this.drafts.place(row.key)), values: row.cells });
        this.drafts.delete(row.key);
      }
    }
    return inserts;
  }

  /** Marks the cells that a row must have and lacks; whether there are any. */
  private markMissing(row: Row): boolean {
    let lacks = false;
    for (const column of this.stored) {
      if (automatic.has(column.kind)) continue;
      const missing = (row.cells[column.id] ?? null) === null ? checkValue(column, null) : null;
      if (missing === null) continue;
      lacks = true;
      if (!this.problems.get(row.key, column.id)) this.problems.set(row.key, column.id, { text: null, message: missing });
    }
    return lacks;
  }

  /** Adds empty rows before the one at this place. */
  insertRows(at: number, count: number): void {
    if (at > 0 && this.rows[at - 1] === undefined) return;
    const ops: EditOp[] = [];
    let after = at === 0 ? "" : (this.rows[at - 1]?.key ?? "");
    for (let made = 0; made < count; made += 1) {
      const key = randomId();
      ops.push({ op: "insert", key, after: made === 0 ? this.drafts.savedPlace(after) : after, values: {} });
      after = key;
    }
    this.commit(ops);
  }

  deleteRows(first: number, last: number): void {
    const rows = this.rows.slice(first, last + 1).flatMap((row) => row ?? []);
    for (const row of rows) {
      this.drafts.delete(row.key);
      this.problems.deleteRow(row.key);
    }
    const saved = new Set([...this.base.map((row) => row.key), ...this.log.flatMap((batch) => batch.ops.flatMap((op) => (op.op === "insert" ? [op.key] : [])))]);
    this.commit(rows.filter((row) => saved.has(row.key)).map((row) => ({ op: "delete", key: row.key })));
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
    const saved = this.rows.flatMap((row) => (row && !this.drafts.has(row.key) ? [row] : []));
    const columns = this.stored.filter((column) => !automatic.has(column.kind)).map((column) => column.id);
    this.history.record({ forward: ops, back: invertOps(saved, ops, columns) });
    this.submit(ops);
  }

  private submit(ops: EditOp[]): void {
    const sent = ops.filter((op) => !this.draft(op));
    for (let start = 0; start < sent.length; start += largestBatch) {
      this.log.push({ id: randomId(), ops: sent.slice(start, start + largestBatch), num: null });
    }
    this.changed();
    void this.drain();
  }

  /** Does here what concerns a row that is not complete; whether it did. */
  private draft(op: EditOp): boolean {
    if (op.op === "insert") {
      const row = { key: op.key, cells: { ...op.values } };
      if (!this.markMissing(row)) return false;
      this.drafts.put(row, op.after);
      return true;
    }
    if (!this.drafts.has(op.key)) return false;
    if (op.op === "set") this.drafts.set(op.key, op.col, op.value);
    else {
      this.drafts.delete(op.key);
      this.problems.deleteRow(op.key);
    }
    return true;
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
      this.problems.set(op.key, op.col, { text: editText(op.value, { type }), message });
    } else if (op.op === "insert") {
      this.drafts.put({ key: op.key, cells: op.values }, op.after);
      const first = this.stored.find((column) => !automatic.has(column.kind));
      if (first) this.problems.set(op.key, first.id, { text: null, message });
    } else {
      notify(`A row was not deleted: ${message}`, { level: "error" });
    }
  }

  /** Edits made elsewhere. */
  receive(num: number, ops: EditOp[]): void {
    if (this.shownTables.length > 0 && num <= this.included()) return;
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
  return Object.is(a, b) || (typeof a === "object" && JSON.stringify(a) === JSON.stringify(b));
}

export function isEditable(column: InputColumnView): boolean {
  return !automatic.has(column.kind);
}
