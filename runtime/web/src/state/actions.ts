// Runs action programs on the server and applies what they ask of the page, in order.

import type { ActionFailure, ActionReply, ActionRequest, Cell, Effect } from "../protocol.gen";
import { goToPage, selectTab } from "./address";
import { tabId } from "./boot";
import { explicitValues, setControls } from "./controls";
import { notify } from "./notices";
import { closeOverlay, openOverlay } from "./overlays";
import { planKey } from "./plan";
import { invalidate, refreshData, refusal } from "./queries";
import { read } from "./store";

export type Selection = Record<string, Cell>[];

/** Runs a program of an element, overlay or control; resolves to whether all of it succeeded. */
export async function runAction(action: string, host: string, selection: Selection = []): Promise<boolean> {
  const plan = read(planKey);
  const request: ActionRequest = { workbook: plan.workbook, action, by: tabId, host, controls: explicitValues(plan), selection };
  try {
    const response = await fetch("/api/v1/action", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(request),
    });
    if (!response.ok) throw new Error(await refusal(response));
    const reply = (await response.json()) as ActionReply;
    for (const effect of reply.effects) applyEffect(effect);
    if (reply.failure) report(reply.failure);
    return !reply.failure;
  } catch (error) {
    const text = error instanceof TypeError ? "The server cannot be reached; nothing was done." : String((error as Error).message);
    notify(text, { level: "error" });
    return false;
  }
}

function report(failure: ActionFailure): void {
  notify(`Step ${failure.step}: ${failure.message}`, { level: "error", details: failure.done.map((line) => `Done before: ${line}`) });
}

function applyEffect(effect: Effect): void {
  switch (effect.do) {
    case "set":
      setControls({ [effect.control]: effect.value }, "program");
      break;
    case "open":
      openOverlay(effect.overlay);
      break;
    case "close":
      closeOverlay(effect.overlay ?? null);
      break;
    case "navigate":
      goToPage(effect.page);
      break;
    case "select_tab":
      selectTab(effect.tabs, effect.tab);
      break;
    case "refresh":
      refreshData(effect.elements);
      break;
    case "open_url":
      openAddress(effect.url, effect.new_tab);
      break;
    case "notify":
      notify(effect.text, { level: "ok" });
      break;
    case "edited":
      tableEdited(effect.table);
      break;
  }
}

/** Asks again for everything that reads an input table. */
export function tableEdited(table: string): void {
  const { data } = read(planKey);
  invalidate(({ el }) => el === table || (data[el]?.input_tables.includes(table) ?? false));
}

function openAddress(url: string, newTab: boolean): void {
  if (!/^(https?|mailto):/i.test(url)) return;
  if (newTab) window.open(url, "_blank", "noopener");
  else location.assign(url);
}

/** A visitor's change of a control: sets it, then runs its program. */
export function changeControl(id: string, value: Parameters<typeof setControls>[0][string]): void {
  const changed = setControls({ [id]: value }, "visitor");
  const program = read(planKey).controls[id]?.on_change;
  if (changed.length > 0 && program) void runAction(program, id);
}
