// Asks the server for data: collects what mounted elements want, sends it in one request, keeps old results until new
// ones arrive, and gives up requests that nobody waits for any more.

import type { Part, QueryFailure, QueryLine, QueryRequest, Table, Want } from "../protocol.gen";
import { explicitValues, onControlsChange } from "./controls";
import { readLines } from "./lines";
import { planKey } from "./plan";
import { key, read, write, type Key } from "./store";

/** What is known about one request. */
export interface Result {
  /** Latest rows, perhaps of earlier control values. */
  table: Table | null;
  failure: QueryFailure | null;
  /** A newer answer is on its way. */
  pending: boolean;
}

interface Batch {
  abort: AbortController;
  waiting: Set<Query>;
}

interface Query {
  want: Want;
  result: Key<Result>;
  watchers: number;
  /** Number of the latest request that asked for it. */
  seq: number;
  batch: Batch | null;
  /** The result is of other control values or other data. */
  stale: boolean;
}

/** Code of a failure that the visitor asked for. */
export const cancelled = "query-cancelled";

const unknown: Result = { table: null, failure: null, pending: true };
const queries = new Map<string, Query>();
const queue = new Set<Query>();
let seq = 0;
let scheduled = false;

/** Fills what a request may leave out. */
export function want(el: string, part: Part, rest: Partial<Want> = {}): Want {
  return { el, part, rows: null, sort: [], open: null, toggled: [], search: null, ...rest };
}

function queryFor(wanted: Want): Query {
  const id = JSON.stringify(wanted);
  let query = queries.get(id);
  if (!query) {
    query = { want: wanted, result: key(`query:${id}`, unknown), watchers: 0, seq: 0, batch: null, stale: true };
    queries.set(id, query);
  }
  return query;
}

/** Where the result of a request is kept. */
export function resultKey(wanted: Want): Key<Result> {
  return queryFor(wanted).result;
}

/** Keeps a result fresh until the returned function is called. */
export function watch(wanted: Want): () => void {
  const query = queryFor(wanted);
  query.watchers += 1;
  if (query.stale && !query.batch) ask(query);
  return () => {
    query.watchers -= 1;
    // A moment of grace: remounting elsewhere must not ask again.
    setTimeout(() => query.watchers === 0 && release(query), 2_000);
  };
}

function release(query: Query): void {
  queue.delete(query);
  leaveBatch(query);
  if (queries.size > 400) {
    queries.delete(JSON.stringify(query.want));
    write(query.result, unknown);
  }
}

function leaveBatch(query: Query): void {
  const batch = query.batch;
  if (!batch) return;
  query.batch = null;
  query.stale = true;
  batch.waiting.delete(query);
  if (batch.waiting.size === 0) batch.abort.abort();
}

function ask(query: Query): void {
  query.stale = true;
  queue.add(query);
  write(query.result, { ...read(query.result), pending: true });
  if (scheduled) return;
  scheduled = true;
  setTimeout(flush, 0);
}

/** Marks results as no longer good; those on the screen are asked for again. */
export function invalidate(affected: (wanted: Want) => boolean): void {
  for (const query of queries.values()) {
    if (!affected(query.want)) continue;
    query.stale = true;
    if (query.watchers > 0) ask(query);
    else if (query.batch) leaveBatch(query);
  }
}

/** Gives up what is being asked of an element, here and on the server. A request is given up as a whole, so what else it
 * asked for is asked again. */
export function cancelQueries(el: string): void {
  const given = new Set<Batch>();
  for (const query of queries.values()) {
    if (query.want.el !== el || query.want.part === "options" || !read(query.result).pending) continue;
    if (query.watchers === 0) continue;
    queue.delete(query);
    if (query.batch) given.add(query.batch);
    query.batch?.waiting.delete(query);
    query.batch = null;
    query.stale = true;
    write(query.result, { table: read(query.result).table, failure: { code: cancelled, message: "Cancelled before it was done.", detail: null }, pending: false });
  }
  for (const batch of given) {
    for (const query of batch.waiting) {
      query.batch = null;
      ask(query);
    }
    batch.abort.abort();
  }
}

export function refreshData(elements: string[]): void {
  invalidate(({ el }) => elements.length === 0 || elements.includes(el));
}

function flush(): void {
  scheduled = false;
  const asked = [...queue].filter((query) => query.watchers > 0);
  queue.clear();
  if (asked.length === 0) return;
  const number = ++seq;
  for (const query of asked) leaveBatch(query);
  const batch: Batch = { abort: new AbortController(), waiting: new Set(asked) };
  for (const query of asked) {
    query.seq = number;
    query.batch = batch;
    query.stale = false;
  }
  void send(number, batch, asked);
}

async function send(number: number, batch: Batch, asked: Query[]): Promise<void> {
  const plan = read(planKey);
  const request: QueryRequest = {
    workbook: plan.workbook,
    seq: number,
    controls: explicitValues(plan),
    want: asked.map((query) => query.want),
  };
  try {
    const response = await fetch("/api/v1/query", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(request),
      signal: batch.abort.signal,
    });
    if (!response.ok || !response.body) throw new Error(await refusal(response));
    await readLines(response.body, (line) => receive(JSON.parse(line) as QueryLine, batch));
    fail(batch, { code: "query-failed", message: "The server ended its answer early.", detail: null });
  } catch (error) {
    if (batch.abort.signal.aborted) return;
    fail(batch, { code: "unreachable", message: unreachable(error), detail: null });
  }
}

/** What the server said when it refused a request. */
export async function refusal(response: Response): Promise<string> {
  const text = await response.text();
  try {
    const { message, error } = JSON.parse(text) as { message?: string; error?: string };
    return message ?? error ?? text;
  } catch {
    return text.length > 0 && text.length < 300 ? text : `The server answered ${response.status} ${response.statusText}.`;
  }
}

function unreachable(error: unknown): string {
  return error instanceof TypeError ? "The server cannot be reached." : error instanceof Error ? error.message : String(error);
}

function receive(line: QueryLine, batch: Batch): void {
  for (const query of batch.waiting) {
    if (query.want.el !== line.el || query.want.part !== line.part || query.seq !== line.seq) continue;
    if (!answers(line, query.want)) continue;
    settle(query, batch, line.ok ?? null, line.err ?? null);
    return;
  }
}

/** Several pages of one element may be in a batch: the offset tells which one a line is. A page beyond the end may be
 * answered from the end on. */
function answers(line: QueryLine, wanted: Want): boolean {
  if (!line.ok || wanted.rows === null) return true;
  const { offset, count } = line.ok;
  return offset === wanted.rows[0] || (wanted.rows[0] >= count && offset >= count);
}

function settle(query: Query, batch: Batch, table: Table | null, failure: QueryFailure | null): void {
  batch.waiting.delete(query);
  query.batch = null;
  write(query.result, { table: table ?? read(query.result).table, failure, pending: query.stale });
}

function fail(batch: Batch, failure: QueryFailure): void {
  for (const query of [...batch.waiting]) settle(query, batch, null, failure);
}

onControlsChange((changed) => {
  const { data } = read(planKey);
  invalidate((wanted) =>
    wanted.part === "options" ? !changed.includes(wanted.el) : (data[wanted.el]?.controls.some((id) => changed.includes(id)) ?? false),
  );
});
