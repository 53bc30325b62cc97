// One keyed store for everything the page shows. A component subscribes to the keys it reads and to nothing else.

import { useCallback, useSyncExternalStore } from "react";

/** Names a value of the store and says what it is before anyone sets it. */
export interface Key<T> {
  readonly id: string;
  readonly initial: T;
}

export function key<T>(id: string, initial: T): Key<T> {
  return { id, initial };
}

const values = new Map<string, unknown>();
const listeners = new Map<string, Set<() => void>>();

export function read<T>(k: Key<T>): T {
  return values.has(k.id) ? (values.get(k.id) as T) : k.initial;
}

export function write<T>(k: Key<T>, value: T): void {
  if (Object.is(read(k), value)) return;
  values.set(k.id, value);
  for (const listener of [...(listeners.get(k.id) ?? [])]) listener();
}

export function update<T>(k: Key<T>, change: (value: T) => T): void {
  write(k, change(read(k)));
}

export function subscribe<T>(k: Key<T>, listener: () => void): () => void {
  let set = listeners.get(k.id);
  if (!set) listeners.set(k.id, (set = new Set()));
  set.add(listener);
  return () => {
    set.delete(listener);
    if (set.size === 0) listeners.delete(k.id);
  };
}

export function useValue<T>(k: Key<T>): T {
  return useSelected(k, identity);
}

/** Reads part of a value; the component re-renders only when that part is another object. */
export function useSelected<T, P>(k: Key<T>, select: (value: T) => P): P {
  const subscribeTo = useCallback((listener: () => void) => subscribe(k, listener), [k.id]);
  return useSyncExternalStore(subscribeTo, () => select(read(k)));
}

function identity<T>(value: T): T {
  return value;
}
