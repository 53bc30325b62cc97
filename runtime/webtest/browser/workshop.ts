// A project made for a test: a table of two hundred columns, one of many groups, queries that do not end, and an input
// table of some thousand rows.

import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { launch, type App } from "./server";

/** Columns of the wide table. */
export const wide = 200;
/** Groups of the grouped table, two rows in each. */
export const groups = 450;
/** Rows of the input table. */
export const notes = 3_000;

// While the program looks at a statement, its controls are empty: it ends at once then.
const endless = (number: number) => `
  Endless ${number}:
    sql: |
      WITH RECURSIVE steps(n) AS (SELECT ${number} UNION ALL SELECT n + 1 FROM steps WHERE n < {{Steps}})
      SELECT count(*) AS "N" FROM steps`;
const endlessKpi = (number: number) => `
          - kpi: Never ${number}
            from: Endless ${number}
            value: Sum([N])`;
/** As many as the program has connections to read with. */
const readers = [1, 2, 3, 4];

const workbook = `
workbook: Workshop
queries:
  Wide: { table: WIDE }
  Sales:
    table: SALES
    columns:
      Shop: "[SALES/SHOP]"
      Day: "[SALES/DAY]"
      Amount: "[SALES/AMOUNT]"
${readers.map(endless).join("")}
controls:
  Steps: { type: number, default: 9000000000 }
input_tables:
  Notes:
    csv: data/notes.csv
    entry: everyone
    columns:
      Name: text
      Size: number
      Due: date
      Done: checkbox
pages:
  Tables:
    body:
      - table: Wide rows
        from: Wide
        height: 12
      - table: By shop
        from: Sales
        group_by:
          - keys: [Shop]
            columns: { Total: "Sum([Amount])" }
        columns: [Day, Amount]
        height: 14
  Notes:
    body:
      - input_table: Notes
        height: 14
  Charts:
    body:
      - chart: Over time
        type: line
        from: Sales
        x: "[Day]"
        y: Sum([Amount])
        height: 10
      - chart: By part
        type: bar
        from: Sales
        x: DateTrunc("month", [Day])
        y: Sum([Amount])
        color: If([Amount] > 600, "much", [Amount] > 300, "some", "little")
        stack: normal
        height: 10
  Slow:
    body:
      - row:${readers.map(endlessKpi).join("")}
`;

function csv(rows: (string | number)[][]): string {
  return rows.map((row) => row.join(",")).join("\n") + "\n";
}

function day(number: number): string {
  return new Date(Date.UTC(2026, 0, 1 + number)).toISOString().slice(0, 10);
}

/** Serves the project; `close` removes it too. */
export async function openWorkshop(): Promise<App> {
  const folder = await mkdtemp(join(tmpdir(), "bookwright-workshop-"));
  await mkdir(join(folder, "data"));
  await mkdir(join(folder, "workbooks"));
  const names = Array.from({ length: wide }, (_, at) => `C${String(at + 1).padStart(3, "0")}`);
  const wideRows = Array.from({ length: 1_000 }, (_, row) => names.map((_, at) => (at === 0 ? `row ${row + 1}` : row * 1000 + at)));
  const sales = Array.from({ length: groups * 2 }, (_, at) => [`shop ${String(Math.floor(at / 2)).padStart(3, "0")}`, day(at % 120), at]);
  const written = Array.from({ length: notes }, (_, at) => [`note ${at + 1}`, at * at, day((at * at) % 300), at % 2 === 0 ? "true" : "false"]);
  await Promise.all([
    writeFile(join(folder, "bookwright.yaml"), "project: workshop\n"),
    writeFile(join(folder, "workbooks", "workshop.yaml"), workbook),
    writeFile(join(folder, "data", "wide.csv"), csv([names, ...wideRows])),
    writeFile(join(folder, "data", "sales.csv"), csv([["SHOP", "DAY", "AMOUNT"], ...sales])),
    writeFile(join(folder, "data", "notes.csv"), csv([["Name", "Size", "Due", "Done"], ...written])),
  ]);
  const app = await launch(folder, "workbooks/workshop.yaml");
  return {
    ...app,
    close: async () => {
      await app.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
