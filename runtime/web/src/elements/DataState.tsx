// What an element shows instead of data: loading, empty, failed, waiting for a required control.

import { useEffect, useState, type ReactNode } from "react";
import type { QueryFailure, Table, Want } from "../protocol.gen";
import { currentValue, narrowing, setControls } from "../state/controls";
import { planKey, useDataView } from "../state/plan";
import { cancelled, cancelQueries, invalidate, type Result } from "../state/queries";
import { Icon } from "../layout/icons";
import { read } from "../state/store";
import { describeValue } from "../state/values";
import type { KindName } from "./ElementView";
import { Skeleton } from "./Skeleton";

interface Props {
  result: Result;
  /** Data element behind the result. */
  data: string;
  kind: KindName;
  /** Whether no rows is a state of its own; an input table without rows is a place to type. */
  emptyMatters?: boolean;
  children: (table: Table) => ReactNode;
}

export function DataState({ result, data, kind, emptyMatters = true, children }: Props) {
  const { table, failure, pending } = result;
  const slow = useSlow(pending);
  if (failure && !pending) return <Failed failure={failure} data={data} />;
  const working = slow ? <StillWorking data={data} /> : null;
  if (!table) {
    return (
      <>
        {working}
        <Skeleton kind={kind} />
      </>
    );
  }
  if (table.waiting_for?.length) return <Waiting controls={table.waiting_for} />;
  if (emptyMatters && table.count === 0) return <Empty data={data} kind={kind} />;
  return (
    <>
      {working}
      <div className={`data${pending ? " data-pending" : ""}`} aria-busy={pending}>
        {children(table)}
      </div>
    </>
  );
}

/** After so many milliseconds people want to know that something is going on. */
const patience = 2_000;

function useSlow(pending: boolean): boolean {
  const [slow, setSlow] = useState(false);
  useEffect(() => {
    if (!pending) return;
    const timer = setTimeout(() => setSlow(true), patience);
    return () => {
      clearTimeout(timer);
      setSlow(false);
    };
  }, [pending]);
  return slow && pending;
}

function StillWorking({ data }: { data: string }) {
  return (
    <div className="still-working" role="status">
      <span>Still working…</span>
      <button type="button" className="button button-quiet" onClick={() => cancelQueries(data)}>
        Cancel
      </button>
    </div>
  );
}

function Failed({ failure, data }: { failure: QueryFailure; data: string }) {
  const retry = () => invalidate((wanted: Want) => wanted.el === data);
  const stopped = failure.code === cancelled;
  return (
    <div className={stopped ? "state" : "state state-error"} role={stopped ? "status" : "alert"}>
      <p>
        {!stopped && <Icon name="warning" />} {failure.message}
      </p>
      {failure.detail && (
        <details>
          <summary>Details</summary>
          <pre tabIndex={0}>{failure.detail}</pre>
        </details>
      )}
      <button type="button" className="button button-secondary" onClick={retry}>
        Retry
      </button>
    </div>
  );
}

function Waiting({ controls }: { controls: string[] }) {
  const views = read(planKey).controls;
  const names = controls.map((id) => views[id]?.label ?? id);
  return (
    <div className="state">
      <Icon name="filter" size={20} />
      <p>Choose {joinWords(names)} to see this.</p>
    </div>
  );
}

function Empty({ data, kind }: { data: string; kind: KindName }) {
  const view = useDataView(data);
  const plan = read(planKey);
  const active = view ? narrowing(plan, view.controls) : [];
  if (active.length === 0) {
    return (
      <div className="state">
        <Icon name={kind === "chart" ? "chart" : "table"} size={20} />
        <p>{kind === "chart" ? "Nothing to draw yet." : "No rows."}</p>
      </div>
    );
  }
  const filters = active.flatMap((id) => {
    const control = plan.controls[id];
    return control ? [`${control.label}: ${describeValue(control, currentValue(plan, id))}`] : [];
  });
  const clearable = active.filter((id) => plan.controls[id]?.clearable);
  const clear = () => setControls(Object.fromEntries(clearable.map((id) => [id, null])), "visitor");
  return (
    <div className="state">
      <Icon name="filter" size={20} />
      <p>No rows with {filters.join(", ")}.</p>
      {clearable.length > 0 && (
        <button type="button" className="button button-secondary" onClick={clear}>
          Clear {clearable.length === 1 ? "this filter" : "these filters"}
        </button>
      )}
    </div>
  );
}

export function joinWords(words: string[]): string {
  if (words.length < 2) return words.join("");
  return `${words.slice(0, -1).join(", ")} and ${words.at(-1)}`;
}
