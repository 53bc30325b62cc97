// A chart: drawn by ECharts, or as a table of its figures.

import { useEffect, useLayoutEffect, useMemo, useRef, useState, type RefObject } from "react";
import type { ElementProps } from "../elements/ElementView";
import { DataState } from "../elements/DataState";
import { proseText } from "../elements/Prose";
import { Icon } from "../layout/icons";
import type { Cell, Chart, DataView, Table } from "../protocol.gen";
import { runAction } from "../state/actions";
import { chartKey } from "../state/charts";
import { offerPicture } from "../state/elements";
import { useDataView } from "../state/plan";
import { want } from "../state/queries";
import { useValue } from "../state/store";
import { themeKey } from "../state/theme";
import { useTable } from "../state/useTable";
import { Brush } from "./Brush";
import { DataTable } from "./DataTable";
import { init } from "./echarts";
import type { Size } from "./frame";
import { withState, zoomAxis } from "./interaction";
import { describeChart, drawChart, type Drawing } from "./option";
import { drawPicture } from "./picture";
import { rowCount } from "./series";
import { readTheme } from "./theme";
import { useLegend } from "./useLegend";

/** Above this many marks a canvas is faster than a tree of shapes. */
const canvasBeyond = 2_000;

export default function ChartView({ element, kind }: ElementProps<"chart">) {
  const view = useDataView(element.data);
  const result = useTable(element.data !== null ? want(element.data, "rows") : null);
  const [asTable, setAsTable] = useState(false);
  if (element.data === null || !view) return null;
  const select = (table: Table, row: number) => {
    if (kind.on_select) void runAction(kind.on_select, element.id, [rowCells(view, table, row)]);
  };
  const title = element.title ? proseText(element.title.text, []) : "";
  return (
    <>
      <button type="button" className="icon-button element-tool" aria-pressed={asTable} aria-label="View as table" title={asTable ? "View as chart" : "View as table"} onClick={() => setAsTable(!asTable)}>
        <Icon name={asTable ? "chart" : "table"} />
      </button>
      <DataState result={result} data={element.data} kind="chart">
        {(table) =>
          asTable ? (
            <DataTable view={view} table={table} onSelect={kind.on_select ? (row) => select(table, row) : null} />
          ) : (
            <Picture element={element.id} chart={kind} view={view} table={table} title={title} onSelect={(row) => select(table, row)} />
          )
        }
      </DataState>
    </>
  );
}

/** A row as actions receive it: cells by column id. */
export function rowCells(view: DataView, table: Table, row: number): Record<string, Cell> {
  const cells: Record<string, Cell> = {};
  table.columns.forEach((index, at) => {
    const column = view.columns[index];
    if (column) cells[column.id] = table.values[at]?.[row] ?? null;
  });
  return cells;
}

interface PictureProps {
  element: string;
  chart: Chart;
  view: DataView;
  table: Table;
  title: string;
  onSelect: (row: number) => void;
}

function Picture({ element, chart, view, table, title, onSelect }: PictureProps) {
  const box = useRef<HTMLDivElement>(null);
  const size = useSize(box);
  const theme = useValue(themeKey);
  const state = useValue(chartKey(element));
  const drawing = useMemo(() => (size ? drawChart(chart, view, table, readTheme(), size) : null), [chart, view, table, size, theme]);
  const axis = drawing ? zoomAxis(chart, view, drawing.option) : null;
  const seen = useMemo(() => (drawing ? { ...drawing, option: withState(drawing.option, drawing.names, state, axis) } : null), [drawing, state, axis]);
  const legend = useLegend(element);
  const instance = useDrawing(box, seen, onSelect, (name) => legend(drawing?.names ?? [], name));
  useEffect(() => (seen && size ? offerPicture(element, () => drawPicture(seen.option, size, title, readTheme())) : undefined), [element, seen, size, title]);
  const words = drawing ? describeChart(chart, view, drawing.names, rowCount(table)) : "";
  return (
    <>
      <Brush element={element} axis={axis} chart={instance} label={title === "" ? words : `${title}, ${words}`}>
        <div ref={box} className="chart-drawing" aria-hidden="true" />
      </Brush>
      {table.truncated && <p className="element-note">First {rowCount(table).toLocaleString()} rows are drawn.</p>}
    </>
  );
}

function useSize(box: RefObject<HTMLDivElement | null>): Size | null {
  const [size, setSize] = useState<Size | null>(null);
  useLayoutEffect(() => {
    const element = box.current;
    if (!element) return;
    const measure = () => {
      const { clientWidth: width, clientHeight: height } = element;
      setSize((old) => (width === 0 || height === 0 || (old?.width === width && old.height === height) ? old : { width, height }));
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, [box]);
  return size;
}

/** Keeps one ECharts instance up to date. */
function useDrawing(box: RefObject<HTMLDivElement | null>, drawing: Drawing | null, onSelect: (row: number) => void, onLegend: (name: string) => void): RefObject<ReturnType<typeof init> | null> {
  const instance = useRef<ReturnType<typeof init> | null>(null);
  const legend = useRef(onLegend);
  legend.current = onLegend;
  const click = useRef<(series: number, index: number) => void>(() => undefined);
  click.current = (series, index) => {
    const row = drawing?.rowOf(series, index) ?? null;
    if (row !== null) onSelect(row);
  };
  const renderer = drawing && drawing.marks > canvasBeyond ? "canvas" : "svg";
  const ready = drawing !== null;
  useEffect(() => {
    if (!box.current || !ready) return;
    const chart = init(box.current, null, { renderer });
    chart.on("click", (event) => click.current(event.seriesIndex ?? 0, event.dataIndex));
    chart.on("legendselectchanged", (event) => legend.current((event as { name: string }).name));
    instance.current = chart;
    return () => {
      instance.current = null;
      chart.dispose();
    };
  }, [box, renderer, ready]);
  useEffect(() => {
    if (!drawing || !instance.current) return;
    instance.current.resize({ silent: true });
    instance.current.setOption(drawing.option, { replaceMerge: ["series", "xAxis", "yAxis", "dataZoom"], lazyUpdate: false });
  }, [drawing, renderer]);
  return instance;
}
