// Rows of an input table: filled, inserted, undone; check marks that nobody set; thousands of rows.

import type { Locator, Page } from "@playwright/test";
import { expect, open as openPage, test as base, type App } from "./server";
import { notes, openWorkshop } from "./workshop";

const test = base.extend<{ workshop: App }>({
  workshop: async ({ page }, use) => {
    const app = await openWorkshop();
    await use(app);
    await page.close();
    await app.close();
  },
});

const table = (page: Page): Locator => page.getByRole("grid", { name: "Notes" });
const cell = (page: Page, row: number, column: number) => table(page).locator(`[role=gridcell][data-row="${row}"][data-column="${column}"]`);
const saved = (page: Page) => expect(page.getByText("Saved", { exact: true })).toBeVisible();
const expectRows = (page: Page, count: number) => expect(table(page)).toHaveAttribute("aria-rowcount", String(count + 2));
const [name, size, due, done] = [0, 1, 2, 3];

test.setTimeout(60_000);

test("the handle goes on with a series; one undo takes it back", async ({ page, workshop }) => {
  await openPage(page, workshop, "notes", "workshop");
  await cell(page, 0, size).click();
  await cell(page, 1, due).click({ modifiers: ["Shift"] });
  await table(page).locator("[data-fill]").dragTo(cell(page, 4, due), { targetPosition: { x: 20, y: 20 } });
  await expect(cell(page, 4, size)).toHaveText("4");
  await expect(cell(page, 4, due)).toHaveText("2026-01-05");
  await page.keyboard.press("Control+z");
  await expect(cell(page, 4, size)).toHaveText("16");
  await expect(cell(page, 4, due)).toHaveText("2026-01-17");
  await page.keyboard.press("Control+y");
  await expect(cell(page, 4, due)).toHaveText("2026-01-05");
  await cell(page, 5, size).click();
  await cell(page, 7, size).click({ modifiers: ["Shift"] });
  await page.keyboard.press("Control+d");
  await expect(cell(page, 7, size)).toHaveText("25");
  await page.keyboard.press("Control+z");
  await expect(cell(page, 7, size)).toHaveText("49");
  await page.keyboard.press("Control+y");
  await expect(cell(page, 7, size)).toHaveText("25");
  await saved(page);
});

test("rows are inserted above and below, with check marks that are neither yes nor no", async ({ page, workshop }) => {
  await openPage(page, workshop, "notes", "workshop");
  await expectRows(page, notes);
  await cell(page, 0, name).click();
  await page.keyboard.press("Control+Shift+Enter");
  await expectRows(page, notes + 1);
  await expect(cell(page, 0, name)).toBeFocused();
  await expect(cell(page, 1, name)).toHaveText("note 1");
  const mark = cell(page, 0, done).getByRole("img");
  await expect(mark).toHaveAccessibleName("Not set");
  for (let column = name; column < done; column += 1) await page.keyboard.press("ArrowRight");
  for (const [key, state] of [["Space", "Yes"], ["Space", "No"], ["Delete", "Not set"]] as const) {
    await cell(page, 0, done).press(key);
    await expect(mark).toHaveAccessibleName(state);
  }
  await cell(page, 1, name).click({ button: "right" });
  await page.getByRole("menuitem", { name: "Insert row below" }).click();
  await expectRows(page, notes + 2);
  await expect(cell(page, 2, name)).toHaveText("");
  await page.keyboard.press("Control+z");
  await expectRows(page, notes + 1);
  await page.keyboard.press("Control+y");
  await expectRows(page, notes + 2);
  await saved(page);
  await page.reload();
  await expect(cell(page, 1, name)).toHaveText("note 1");
  await expect(cell(page, 0, done).getByRole("img")).toHaveAccessibleName("Not set");
  await expect(cell(page, 3, name)).toHaveText("note 2");
});

test("thousands of rows come page by page, and the last can be edited", async ({ page, workshop }) => {
  const asked: number[] = [];
  page.on("request", (request) => {
    if (!request.url().endsWith("/api/v1/query")) return;
    const { want } = request.postDataJSON() as { want: { el: string; rows: [number, number] | null }[] };
    asked.push(...want.flatMap(({ el, rows }) => (el === "notes" && rows ? [rows[0]] : [])));
  });
  await openPage(page, workshop, "notes", "workshop");
  await expectRows(page, notes);
  expect(asked).toEqual([0]);
  await cell(page, 0, name).click();
  await page.keyboard.press("Control+End");
  await expect(cell(page, notes - 1, name)).toHaveText(`note ${notes}`);
  await cell(page, notes - 1, name).click();
  await page.keyboard.type("the last");
  await page.keyboard.press("Enter");
  await saved(page);
  await page.reload();
  await cell(page, 0, name).click();
  await page.keyboard.press("Control+End");
  await expect(cell(page, notes - 1, name)).toHaveText("the last");
  await page.keyboard.press("Control+f");
  await page.getByRole("textbox", { name: "Find in table" }).fill("the last");
  await expect(page.getByRole("search").getByText(`1 row in all ${notes.toLocaleString("en-US")} rows`)).toBeVisible();
});
