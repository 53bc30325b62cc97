// The view plan, and how a new one replaces an old one without disturbing what did not change.

import type { ControlView, DataView, Element, InputTableView, ViewPlan } from "../protocol.gen";
import { key, useSelected } from "./store";

const none: ViewPlan = {
  v: 1,
  rev: 0,
  hash: "",
  workbook: "",
  title: "",
  description: null,
  settings: { time_zone: "UTC", week_start: "sunday", locale: "en-US", currency: "USD" },
  pages: [],
  overlays: [],
  elements: {},
  data: {},
  controls: {},
  input_tables: {},
};

export const planKey = key<ViewPlan>("plan", none);

/** What a new plan changes, for the parts of the page that hold state. */
export interface PlanChange {
  /** The new plan, sharing every equal part with the old one, so that components compare by identity. */
  plan: ViewPlan;
  /** Data elements whose results are no longer good, or that are gone. */
  staleData: string[];
  /** Controls whose value must be forgotten. */
  resetControls: string[];
}

export function reconcile(old: ViewPlan, fresh: ViewPlan): PlanChange {
  const staleData = Object.keys(old.data).filter((id) => old.data[id]?.hash !== fresh.data[id]?.hash);
  const resetControls = Object.keys(old.controls).filter((id) => old.controls[id]?.hash !== fresh.controls[id]?.hash);
  return { plan: share(old, fresh), staleData, resetControls };
}

/** Returns `fresh`, with every part that equals the same part of `old` replaced by that very object. */
export function share<T>(old: unknown, fresh: T): T {
  if (Object.is(old, fresh)) return fresh;
  if (typeof old !== "object" || typeof fresh !== "object" || old === null || fresh === null) return fresh;
  if (Array.isArray(fresh)) return Array.isArray(old) ? (shareList(old, fresh) as T) : fresh;
  if (Array.isArray(old)) return fresh;
  return shareMap(old as Record<string, unknown>, fresh as Record<string, unknown>) as T;
}

function shareList(old: unknown[], fresh: unknown[]): unknown[] {
  let equal = old.length === fresh.length;
  const list = fresh.map((item, index) => {
    const shared = share(old[index], item);
    if (!Object.is(shared, old[index])) equal = false;
    return shared;
  });
  return equal ? old : list;
}

function shareMap(old: Record<string, unknown>, fresh: Record<string, unknown>): Record<string, unknown> {
  // A content hash of the same name says it without a walk. Plans carry a revision, so they are walked.
  if (typeof fresh.hash === "string" && fresh.hash !== "" && !("rev" in fresh) && old.hash === fresh.hash) return old;
  const names = Object.keys(fresh);
  let equal = Object.keys(old).length === names.length;
  const map: Record<string, unknown> = {};
  for (const name of names) {
    const shared = share(old[name], fresh[name]);
    map[name] = shared;
    if (!(name in old) || !Object.is(shared, old[name])) equal = false;
  }
  return equal ? old : map;
}

export function usePlan<P>(select: (plan: ViewPlan) => P): P {
  return useSelected(planKey, select);
}

export function useElement(id: string): Element | undefined {
  return usePlan((plan) => plan.elements[id]);
}

export function useDataView(id: string | null): DataView | undefined {
  return usePlan((plan) => (id === null ? undefined : plan.data[id]));
}

export function useControlView(id: string): ControlView | undefined {
  return usePlan((plan) => plan.controls[id]);
}

export function useInputTableView(id: string): InputTableView | undefined {
  return usePlan((plan) => plan.input_tables[id]);
}
