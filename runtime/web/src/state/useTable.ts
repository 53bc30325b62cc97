// The rows of a request, as a component sees them.

import { useEffect, useMemo } from "react";
import type { Want } from "../protocol.gen";
import { resultKey, watch, type Result } from "./queries";
import { key, useValue } from "./store";

const nothing = key<Result>("query:none", { table: null, failure: null, pending: false });

/** Follows a request; `null` asks for nothing. */
export function useTable(wanted: Want | null): Result {
  const id = wanted === null ? "" : JSON.stringify(wanted);
  const stable = useMemo(() => (id === "" ? null : (JSON.parse(id) as Want)), [id]);
  useEffect(() => (stable ? watch(stable) : undefined), [stable]);
  return useValue(stable ? resultKey(stable) : nothing);
}
