// One batch of edits to the server.

import type { EditReply, EditRequest } from "../protocol.gen";
import { tabId } from "../state/boot";
import { refusal } from "../state/queries";

export interface EditAnswer {
  num: number;
  /** Why each operation was refused; null for those that are durable. */
  refusals: (string | null)[];
}

/** Sends a batch; the same id may be sent again after a lost connection. */
export async function sendEdits(batch: Omit<EditRequest, "by">): Promise<EditAnswer | "unreachable"> {
  let response: Response;
  try {
    response = await fetch("/api/v1/edit", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ ...batch, by: tabId } satisfies EditRequest),
    });
  } catch {
    return "unreachable";
  }
  // The server is there but not well: the batch is worth another try.
  if (response.status >= 502 && response.status <= 504) return "unreachable";
  if (!response.ok) {
    const message = await refusal(response);
    return { num: 0, refusals: batch.ops.map(() => message) };
  }
  const reply = (await response.json()) as EditReply;
  return { num: reply.edit_num, refusals: reply.results.map((result) => (result === "ok" ? null : result.rejected)) };
}
