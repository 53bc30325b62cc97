// Values of controls: `undefined` means untouched, which is the default of the workbook.

import type { ControlValue, ViewPlan } from "../protocol.gen";
import { isEmptyValue, sameValue } from "./values";
import { planKey } from "./plan";
import { key, read, subscribe, useValue, write, type Key } from "./store";
import { writeAddress } from "./address";

const keys = new Map<string, Key<ControlValue | undefined>>();

export function valueKey(control: string): Key<ControlValue | undefined> {
  let found = keys.get(control);
  if (!found) keys.set(control, (found = key<ControlValue | undefined>(`control:${control}`, undefined)));
  return found;
}

type Listener = (changed: string[]) => void;
const listeners = new Set<Listener>();

/** Calls back with the ids of controls whose value changed. */
export function onControlsChange(listener: Listener): void {
  listeners.add(listener);
}

/** How a change came about: a visitor's change can be undone with Back. */
export type Cause = "visitor" | "program" | "history";

/** Sets several controls at once; `undefined` goes back to the default. */
export function setControls(values: Record<string, ControlValue | undefined>, cause: Cause): string[] {
  const plan = read(planKey);
  const changed: string[] = [];
  for (const [id, wanted] of Object.entries(values)) {
    const view = plan.controls[id];
    if (!view) continue;
    const value = wanted !== undefined && sameValue(wanted, view.default) ? undefined : wanted;
    if (sameValue(value, read(valueKey(id)))) continue;
    write(valueKey(id), value);
    changed.push(id);
  }
  if (changed.length === 0) return changed;
  if (cause !== "history") writeAddress(cause === "visitor" ? "push" : "replace");
  for (const listener of listeners) listener(changed);
  return changed;
}

/** Value in force: what was set, else the default. */
export function currentValue(plan: ViewPlan, id: string): ControlValue {
  const value = read(valueKey(id));
  return value === undefined ? (plan.controls[id]?.default ?? null) : value;
}

export function useControlValue(id: string): ControlValue {
  const value = useValue(valueKey(id));
  const fallback = read(planKey).controls[id]?.default ?? null;
  return value === undefined ? fallback : value;
}

/** Values that differ from the defaults, as requests carry them. */
export function explicitValues(plan: ViewPlan): Record<string, ControlValue> {
  const values: Record<string, ControlValue> = {};
  for (const id of Object.keys(plan.controls)) {
    const value = read(valueKey(id));
    if (value !== undefined) values[id] = value;
  }
  return values;
}

/** Whether any of these controls narrows what is shown. */
export function narrowing(plan: ViewPlan, ids: string[]): string[] {
  return ids.filter((id) => {
    const view = plan.controls[id];
    return view !== undefined && !isEmptyValue(currentValue(plan, id));
  });
}

export function subscribeControl(id: string, listener: () => void): () => void {
  return subscribe(valueKey(id), listener);
}
