// A key figure: value, change against an earlier period, trend.

import type { CSSProperties } from "react";
import { formatCell, formatKeyFigure, numeric } from "../format/cell";
import { formatNumber } from "../format/number";
import type { Cell, DataView, Format, Table } from "../protocol.gen";
import { useDataView } from "../state/plan";
import { want } from "../state/queries";
import { useTable } from "../state/useTable";
import { DataState } from "./DataState";
import type { ElementProps, Kind } from "./ElementView";
import { Sparkline, type Point } from "./Sparkline";
import { align } from "./Text";

export function Kpi({ element, kind }: ElementProps<"kpi">) {
  const view = useDataView(element.data);
  const rows = useTable(element.data !== null ? want(element.data, "rows") : null);
  const series = useTable(element.data !== null && kind.trend ? want(element.data, "series") : null);
  if (element.data === null || !view) return null;
  return (
    <DataState result={rows} data={element.data} kind="kpi">
      {(table) => <Figure kind={kind} view={view} table={table} series={series.table} />}
    </DataState>
  );
}

interface FigureProps {
  kind: Kind<"kpi">;
  view: DataView;
  table: Table;
  series: Table | null;
}

function Figure({ kind, view, table, series }: FigureProps) {
  // One row, or one for each period: then the last is the present one.
  const cell = (position: number): Cell => table.values[position]?.at(-1) ?? null;
  const column = view.columns[table.columns[0] ?? 0];
  const format = kind.format ?? column?.format ?? null;
  const type = column?.type ?? "number";
  const points = series && kind.trend ? trendPoints(series, view, format) : [];
  const text = formatKeyFigure(cell(0), type, format);
  return (
    <div className="kpi" style={{ textAlign: align(kind.align) }}>
      <p className="kpi-value" style={{ "--signs": Math.max(1, text.length) } as CSSProperties} title={formatCell(cell(0), type, null)}>
        {text}
      </p>
      {kind.compare && <Change value={cell(0)} previous={cell(1)} compare={kind.compare} format={format} />}
      {points.length > 1 && <Sparkline points={points} mark={kind.trend ?? "line"} />}
    </div>
  );
}

interface ChangeProps {
  value: Cell;
  previous: Cell;
  compare: NonNullable<Kind<"kpi">["compare"]>;
  format: Format | null;
}

function Change({ value, previous, compare, format }: ChangeProps) {
  const [now, before] = [numeric(value), numeric(previous)];
  if (now === null || before === null) {
    return (
      <p className="kpi-change">
        <span className="kpi-change-label">no {compare.label}</span>
      </p>
    );
  }
  const difference = now - before;
  const direction = Math.sign(difference);
  const good = direction === 0 ? "even" : direction > 0 === compare.higher_is_better ? "good" : "bad";
  const words = direction > 0 ? "up" : direction < 0 ? "down" : "unchanged";
  return (
    <p className="kpi-change" title={`${formatCell(previous, "number", format)} before`}>
      <span className={`kpi-change-figure kpi-${good}`}>
        <span aria-hidden="true">{direction > 0 ? "▲" : direction < 0 ? "▼" : "■"}</span>
        <span className="visually-hidden">{words}</span> {changeText(difference, before, format)}
      </span>{" "}
      <span className="kpi-change-label">vs {compare.label}</span>
    </p>
  );
}

/** Change in percent; the plain difference when there is nothing to relate it to. */
function changeText(difference: number, before: number, format: Format | null): string {
  if (before === 0) {
    const sign = difference > 0 ? "+" : "";
    return sign + formatKeyFigure(difference, "number", format);
  }
  return formatNumber(difference / Math.abs(before), "+,.1%", null) ?? "";
}

function trendPoints(series: Table, view: DataView, format: Format | null): Point[] {
  const period = view.columns[series.columns[0] ?? -1];
  const [periods, values] = series.values;
  if (!periods || !values) return [];
  return periods.map((label, index) => ({
    label: formatCell(label, period?.type ?? "date", period?.format ?? null),
    text: formatKeyFigure(values[index], "number", format),
    value: numeric(values[index]),
  }));
}
