import { describe, expect, it, vi } from "vitest";
import { pieOption, slices } from "../../web/src/charts/pie";
import { chartSeries, shares } from "../../web/src/charts/series";
import { axisTooltip } from "../../web/src/charts/tooltip";
import { cellLook } from "../../web/src/elements/highlight";
import { fillHtml } from "../../web/src/elements/Prose";
import { asText, marker } from "../../web/src/overlay/Diagnostics";
import type { Cell, Chart, DataColumn, DataView, Highlight, Table, Type } from "../../web/src/protocol.gen";
import { readLines } from "../../web/src/state/lines";

const column = (name: string, type: Type): DataColumn => ({ id: name, name, type, format: null, hidden: false, description: null, width: null, align: null, level: null, key: false, summary: false });
const view = (...columns: DataColumn[]): DataView => ({ name: "D", columns, levels: [], base: false, totals: false, controls: [], input_tables: [], hash: "" });
const table = (...values: Cell[][]): Table => ({ count: values[0]?.length ?? 0, offset: 0, columns: values.map((_, index) => index), values });
const chart = (rest: Partial<Chart>): Chart => ({
  mark: "bar", x: { column: 0, title: null, scale: null }, y: [{ column: 1, mark: null, axis: "left", title: null }], color: null, fixed_color: null, scheme: null, size: null, tooltip: [],
  stack: "none", orientation: "vertical", legend: "right", labels: false, hole: null, marks: [], on_select: null, ...rest,
});

describe("series of a chart", () => {
  const split = view(column("Plan", "text"), column("N", "number"), column("Risk", "text"));
  const rows = table(["Pro", "Pro", "Free"], [5, 3, 1], ["High", "Low", "High"]);

  it("are split by colour; what is missing is a gap, not zero", () => {
    const { categories, series } = chartSeries(chart({ color: 2 }), split, rows);
    expect(categories).toEqual(["Pro", "Free"]);
    expect(series.map(({ name, values, rows: behind }) => [name, values, behind])).toEqual([["High", [5, 1], [0, 2]], ["Low", [3, null], [1, null]]]);
  });

  it("have shares of each category", () => {
    const { series } = chartSeries(chart({ color: 2 }), split, rows);
    expect(shares(series, 2)).toEqual([[5 / 8, 1], [3 / 8, null]]);
  });

  it("run in the order of time", () => {
    const dates = view(column("At", "date"), column("N", "number"));
    const { categories } = chartSeries(chart({ mark: "line" }), dates, table(["2026-02-01", "2026-01-01"], [2, 1]));
    expect(categories).toEqual(["2026-01-01", "2026-02-01"]);
  });

  it("keep the colour of a category when a filter takes others away", () => {
    const all = chartSeries(chart({ color: 2 }), split, rows).series.find((one) => one.name === "Low");
    const some = chartSeries(chart({ color: 2 }), split, table(["Pro"], [3], ["Low"])).series[0];
    expect(some?.place).toBe(all?.place);
  });

  it("show text of the data as text in tooltips", () => {
    const hostile = view(column("Plan", "text"), column("<img src=x>", "number"));
    const values = table(["a"], [1]);
    const data = chartSeries(chart({}), hostile, values);
    const html = axisTooltip(chart({}), hostile, values, data, "<b>", [{ seriesIndex: 0, dataIndex: 0, color: "red" }]);
    expect(html).not.toMatch(/<img|<b>/);
  });
});

it("a pie has at most seven slices and the rest as one", () => {
  const many = Array.from({ length: 10 }, (_, index) => index + 1);
  const found = slices(chart({ mark: "pie", x: null, color: 0 }), view(column("Who", "text"), column("N", "number")), table(many.map(String), many));
  expect(found.map((slice) => slice.value)).toEqual([10, 9, 8, 7, 6, 5, 4, 6]);
  expect(found.at(-1)).toMatchObject({ name: "Other (3)", row: null });
});

describe("the legend of a pie", () => {
  const regions = view(column("Region", "text"), column("Revenue", "number"));
  const rows = table(["North America", "Europe"], [3, 1]);
  const theme = { surface: "#fff", ink: "#000", ink2: "#111", ink3: "#222", line: "#ddd", font: "sans-serif", series: ["#2f5fd0", "#d9651a"] };
  vi.stubGlobal("matchMedia", () => ({ matches: true }));
  const drawn = (width: number, rest: Partial<Chart> = {}) => pieOption(chart({ mark: "pie", x: null, color: 0, ...rest }), regions, rows, theme, { width, height: 300 }).option;
  const words = (option: ReturnType<typeof drawn>) => (option.legend as { formatter?: (name: string) => string }).formatter?.("North America");

  it("stands beside it with the shares, both in the middle", () => {
    const option = drawn(700);
    const [slice] = option.series;
    const legend = option.legend as { left: number; top: string };
    expect(words(option)).toBe("{name|North America}{share|75.0%}");
    expect(legend.top).toBe("middle");
    const [start, end] = [(slice?.center[0] ?? 0) - (slice?.radius[1] ?? 0), legend.left];
    expect(start).toBeGreaterThan(100);
    expect(end).toBeGreaterThan((slice?.center[0] ?? 0) + (slice?.radius[1] ?? 0));
  });

  it("stands above it where that is too narrow", () => {
    expect(words(drawn(300))).toBe("North America  75.0%");
  });

  it("leaves the shares to the slices when these have labels", () => {
    const option = drawn(700, { labels: true });
    expect(words(option)).toBeUndefined();
    expect(option.series[0]?.label.formatter({ dataIndex: 0 })).toBe("75.0%");
    expect(drawn(700, { labels: true, legend: "none" }).series[0]?.label.formatter({ dataIndex: 0 })).toBe("North America\n75.0%");
  });
});

describe("conditional formats", () => {
  const style = { background: null, border_color: null, border_width: null, radius: null, padding: null, color: null };
  const format = (rest: Partial<Highlight>): Highlight => ({ when: null, columns: [], scale: [], bars: null, style, bold: false, ...rest });
  const span = () => ({ least: 0, greatest: 10 });

  it("apply where their column is True", () => {
    const only = [format({ when: 3, style: { ...style, background: "#ffe9a8" } })];
    expect(cellLook(only, 0, "x", () => true, span)).toMatchObject({ background: "light-dark(#ffe9a8, #695929)", color: "light-dark(#172033, #ffffff)" });
    expect(cellLook(only, 0, "x", () => false, span)).toBeUndefined();
    expect(cellLook(only, 0, "x", () => null, span)).toBeUndefined();
  });

  it("paint scales by value, and nothing on Null", () => {
    const scale = [format({ columns: [1], scale: ["#000000", "#ffffff"] })];
    expect(cellLook(scale, 1, 0, () => null, span)?.background).toBe("#000000");
    expect(cellLook(scale, 1, null, () => null, span)?.background).toBeUndefined();
    expect(cellLook(scale, 2, 10, () => null, span)).toBeUndefined();
  });

  it("draw bars from zero", () => {
    const bars = [format({ bars: "#2f5fd0" })];
    expect(cellLook(bars, 1, 5, () => null, span)?.backgroundImage).toContain("50.0%");
  });
});

describe("prose", () => {
  it("fills its places, and data stays text", () => {
    expect(fillHtml('<p><span data-value="0"></span> of <span data-value="1"></span></p>', ["<b>3</b>", "5"])).toBe(
      '<p><span data-value="0">&lt;b&gt;3&lt;/b&gt;</span> of <span data-value="1">5</span></p>',
    );
  });

  it("keeps a place open while its value is on its way", () => {
    expect(fillHtml('<span data-value="0"></span>', [null])).toMatch(/<span data-value="0">\s+<\/span>/);
  });
});

describe("a finding", () => {
  const finding = { severity: "error", code: "unknown-column", message: "no column `X`", file: "a.yaml", line: 2, column: 4, end_line: 2, end_column: 7, excerpt: [[1, "a"], [2, "\tb: [X]"]] as [number, string][], help: ["use `Y`"], fix: null };

  it("is marked beneath its characters, tabs kept", () => {
    expect(marker(finding, "\tb: [X]")).toBe("\t  ^^^");
    expect(marker({ ...finding, end_line: 5 }, "\tb: [X]")).toBe("\t  ^^^^");
    expect(marker({ ...finding, column: 3, end_column: 3 }, "😀x")).toBe("  ^");
  });

  it("can be copied as text", () => {
    expect(asText(finding)).toBe("error[unknown-column]: no column `X`\n  --> a.yaml:2:4\n1 | a\n2 | \tb: [X]\n  | \t  ^^^\n  help: use `Y`");
  });
});

it("lines arrive whole, however the stream is cut", async () => {
  const bytes = new TextEncoder().encode('{"a":"ü"}\n\n{"b":1}');
  const stream = new ReadableStream<Uint8Array>({
    start(controller) {
      for (const byte of bytes) controller.enqueue(Uint8Array.of(byte));
      controller.close();
    },
  });
  const lines: string[] = [];
  await readLines(stream, (line) => lines.push(line));
  expect(lines).toEqual(['{"a":"ü"}', '{"b":1}']);
});
