// Finding a text in all rows of a table, most of which are not here.

import { plainNumber } from "../format/number";
import type { FindReply, FindRequest, Want } from "../protocol.gen";
import { explicitValues } from "../state/controls";
import { planKey } from "../state/plan";
import { refusal } from "../state/queries";
import { read } from "../state/store";
import type { Found } from "./model";

export function findOnServer(wanted: Want): (texts: string[], signal: AbortSignal) => Promise<Found> {
  return async (texts, signal) => {
    const plan = read(planKey);
    const request: FindRequest = { workbook: plan.workbook, controls: explicitValues(plan), want: wanted, texts };
    const response = await fetch("/api/v1/find", { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(request), signal });
    if (!response.ok) throw new Error(await refusal(response));
    const { rows, count, searched } = (await response.json()) as FindReply;
    const grouped = (plan.data[wanted.el]?.levels.length ?? 0) > 0;
    const all = `${plainNumber(searched)} ${searched === 1 ? "row" : "rows"}`;
    return { rows, count, scope: grouped ? `the ${all} of open groups` : `all ${all}` };
  };
}
