// Whole elements as files and as text for the clipboard.

import type { ExportForm, ExportRequest } from "../protocol.gen";
import { explicitValues } from "../state/controls";
import { planKey } from "../state/plan";
import { refusal } from "../state/queries";
import { read } from "../state/store";
import { tableKey } from "../state/tables";

/** All rows of an element, in the visitor's order, as the server reads them. */
async function exported(element: string, data: string, form: ExportForm, level: string | null): Promise<Response> {
  const plan = read(planKey);
  const request: ExportRequest = { workbook: plan.workbook, el: data, controls: explicitValues(plan), sort: read(tableKey(element)).sort, level, form };
  const response = await fetch("/api/v1/export", { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(request) });
  if (!response.ok) throw new Error(await refusal(response));
  return response;
}

/** `level` is that of the rows of a grouped table; null for its innermost groups. */
export async function csvFile(element: string, data: string, level: string | null): Promise<Blob> {
  return (await exported(element, data, "csv", level)).blob();
}

/** Tab-separated rows, at most so many beneath the heading. */
export async function plainText(element: string, data: string, most: number): Promise<{ text: string; rows: number; cut: boolean }> {
  const response = await exported(element, data, "tsv", null);
  return firstLines(await response.text(), most);
}

/** The heading and the first rows; line breaks within quotes do not end a row. */
export function firstLines(text: string, most: number): { text: string; rows: number; cut: boolean } {
  let quoted = false;
  let rows = -1;
  for (let at = 0; at < text.length; at += 1) {
    if (text[at] === '"') quoted = !quoted;
    if (text[at] !== "\n" || quoted) continue;
    rows += 1;
    if (rows === most && at + 1 < text.length) return { text: text.slice(0, at + 1), rows, cut: true };
  }
  return { text, rows: Math.max(0, rows), cut: false };
}

/** Gives a file to the browser's downloads. */
export function save(file: Blob, name: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(file);
  link.download = name;
  link.click();
  // The download has its own hold on the file by then.
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

/** A name that every file system takes. */
export function fileName(name: string, ending: string): string {
  const safe = name.replace(/[\u0000-\u001f<>:"/\\|?*]+/g, " ").replace(/\s+/g, " ").trim().replace(/\.+$/, "");
  return `${safe.slice(0, 120) || "data"}.${ending}`;
}
