// Text with values in it. The formulas of an element are the columns of one row of its `prose` data element.

import { formatCell } from "../format/cell";
import type { DataView, Prose, Table } from "../protocol.gen";
import { useDataView } from "../state/plan";
import { want } from "../state/queries";
import { useTable } from "../state/useTable";

/** Values of a prose as text; `null` while they are on their way. */
export type ProseValues = (string | null)[];

/** Stands for a value that has not arrived: as wide as a short word, so that little moves. */
const unknown = "\u2007\u2007\u2007";

export function useProseValues(data: string | null): ProseValues {
  const view = useDataView(data);
  const { table } = useTable(data !== null && view ? want(data, "rows") : null);
  return view ? proseValues(view, table) : [];
}

function proseValues(view: DataView, table: Table | null): ProseValues {
  return view.columns.map((column, index) => {
    if (!table) return null;
    const at = table.columns.indexOf(index);
    return formatCell(at < 0 ? null : table.values[at]?.[0], column.type, column.format);
  });
}

export function proseText(prose: Prose, values: ProseValues): string {
  return prose.map((part) => ("text" in part ? part.text : (values[part.value] ?? unknown))).join("");
}

export function ProseText({ prose, data }: { prose: Prose; data: string | null }) {
  const values = useProseValues(data);
  return <>{proseText(prose, values)}</>;
}

/** Fills the placeholders of sanitised HTML; values are escaped, since data may hold anything. */
export function fillHtml(html: string, values: ProseValues): string {
  return html.replace(/<span data-value="(\d+)">\s*<\/span>/g, (_, index: string) => {
    const value = values[Number(index)];
    const text = value === null || value === undefined ? unknown : escapeHtml(value);
    return `<span data-value="${index}">${text}</span>`;
  });
}

function escapeHtml(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}
