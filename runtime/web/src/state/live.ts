// The WebSocket of this tab: plans, diagnostics, stale data and edits of others.

import { flushSync } from "react-dom";
import type { ClientMessage, DiagnosticView, EditOp, ServerMessage, ViewPlan } from "../protocol.gen";
import { pageKey, writeAddress } from "./address";
import { readBoot, tabId } from "./boot";
import { valueKey } from "./controls";
import { notify } from "./notices";
import { overlaysKey } from "./overlays";
import { planKey, reconcile } from "./plan";
import { invalidate, refreshData } from "./queries";
import { key, read, write } from "./store";

export const onlineKey = key("online", true);
/** Errors of the last save; the page shows the plan before it. */
export const errorsKey = key<DiagnosticView[]>("errors", []);
export const warningsKey = key<DiagnosticView[]>("warnings", []);

type EditsListener = (table: string, editNum: number, ops: EditOp[]) => void;
const editsListeners = new Set<EditsListener>();

/** Calls back with edits made by others. */
export function onEdits(listener: EditsListener): () => void {
  editsListeners.add(listener);
  return () => editsListeners.delete(listener);
}

const shortest = 250;
const longest = 8_000;
let delay = shortest;
let socket: WebSocket | null = null;
let connectedBefore = false;

export function connect(): void {
  const { workbook } = read(planKey);
  const scheme = location.protocol === "https:" ? "wss" : "ws";
  socket = new WebSocket(`${scheme}://${location.host}/ws?workbook=${encodeURIComponent(workbook)}`);
  socket.onmessage = (event) => receive(JSON.parse(String(event.data)) as ServerMessage);
  socket.onopen = () => {
    delay = shortest;
    write(onlineKey, true);
  };
  socket.onclose = () => {
    // A first failure is not worth a word: the server may be restarting.
    if (delay > shortest) write(onlineKey, false);
    setTimeout(connect, delay * (0.75 + Math.random() / 2));
    delay = Math.min(longest, delay * 2);
  };
}

function send(message: ClientMessage): void {
  if (socket?.readyState === WebSocket.OPEN) socket.send(JSON.stringify(message));
}

function receive(message: ServerMessage): void {
  switch (message.t) {
    case "hello":
      greet(message.hash, message.assets);
      break;
    case "plan":
      showPlan(message.plan, message.diagnostics);
      break;
    case "change":
      takeChange(message);
      break;
    case "diag":
      showDiagnostics(message.diagnostics);
      break;
    case "stale":
      refreshData(message.els);
      break;
    case "edits":
      if (message.by !== tabId) for (const listener of editsListeners) listener(message.table, message.edit_num, message.ops);
      break;
  }
}

function greet(hash: string, assets: string): void {
  const plan = read(planKey);
  if (hash !== plan.hash || connectedBefore) send({ t: "catchup", rev: plan.rev });
  connectedBefore = true;
  const loaded = readBoot().assets;
  if (assets !== "" && loaded !== "" && assets !== loaded) {
    notify("A newer version of this page is available.", { action: { text: "Reload", run: () => location.reload() } });
  }
}

/** Sorts findings into the overlay (errors) and the corner counter (the rest). */
export function showDiagnostics(diagnostics: DiagnosticView[]): void {
  write(errorsKey, diagnostics.filter((finding) => finding.severity === "error"));
  write(warningsKey, diagnostics.filter((finding) => finding.severity !== "error"));
}

/** Completes the plan that is shown; a page that shows another one asks for the whole. */
function takeChange(change: Extract<ServerMessage, { t: "change" }>): void {
  const old = read(planKey);
  if (old.hash !== change.base) {
    send({ t: "catchup", rev: old.rev });
    return;
  }
  const elements = without({ ...old.elements, ...change.plan.elements }, change.gone_elements);
  const data = without({ ...old.data, ...change.plan.data }, change.gone_data);
  showPlan({ ...change.plan, elements, data }, change.diagnostics);
}

function without<T>(map: Record<string, T>, ids: string[]): Record<string, T> {
  for (const id of ids) delete map[id];
  return map;
}

function showPlan(fresh: ViewPlan, diagnostics: DiagnosticView[]): void {
  const received = performance.now();
  flushSync(() => {
    adoptPlan(fresh);
    showDiagnostics(diagnostics);
  });
  const painted = () => send({ t: "painted", rev: fresh.rev, ms: performance.now() - received });
  requestAnimationFrame(() => requestAnimationFrame(painted));
}

/** Puts a new plan in place of the old one and keeps every state that still has a home. */
export function adoptPlan(fresh: ViewPlan): void {
  const old = read(planKey);
  const change = reconcile(old, fresh);
  const place = read(pageKey);
  const lost = change.resetControls.filter((id) => read(valueKey(id)) !== undefined);
  write(planKey, change.plan);
  if (!fresh.pages.some((page) => page.id === read(pageKey))) {
    const next = fresh.pages.find((page) => !page.hidden) ?? fresh.pages[0];
    if (next) write(pageKey, next.id);
  }
  const renamed = old.workbook !== fresh.workbook;
  if (renamed || place !== read(pageKey)) writeAddress("replace");
  if (renamed) refreshData([]);
  write(overlaysKey, read(overlaysKey).filter((id) => fresh.overlays.some((overlay) => overlay.id === id)));
  for (const id of lost) write(valueKey(id), undefined);
  if (lost.length > 0) {
    writeAddress("replace");
    const names = lost.map((id) => old.controls[id]?.label ?? id).join(", ");
    notify(`The value of ${names} was reset, because the control changed.`);
  }
  const stale = new Set(change.staleData);
  invalidate(({ el, part }) => stale.has(el) || (part === "options" && change.resetControls.includes(el)));
  if (lost.length > 0) {
    invalidate(({ el }) => change.plan.data[el]?.controls.some((id) => lost.includes(id)) ?? false);
  }
}
