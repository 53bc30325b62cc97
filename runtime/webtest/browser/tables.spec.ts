// Tables: arranging columns, finding, groups of several pages, two hundred columns, files.

import { readFile } from "node:fs/promises";
import type { Locator, Page } from "@playwright/test";
import { violations } from "./checks";
import { expect, open as openPage, settled, test as base, type App } from "./server";
import { groups, openWorkshop, wide } from "./workshop";

const test = base.extend<object, { workshop: App }>({
  workshop: [
    async ({}, use) => {
      const app = await openWorkshop();
      await use(app);
      await app.close();
    },
    { scope: "worker", timeout: 60_000 },
  ],
});

const open = (page: Page, app: App, path: string) => openPage(page, app, path, "workshop");
const wideTable = (page: Page) => page.getByRole("grid", { name: "Wide rows" });
const shops = (page: Page) => page.getByRole("treegrid", { name: "By shop" });
const cell = (table: Locator, row: number, column: number) => table.locator(`[data-row="${row}"][data-column="${column}"]`);
const heading = (table: Locator, name: string) => table.getByRole("columnheader", { name });
const headings = (table: Locator) => table.getByRole("columnheader").locator(".grid-sort").allTextContents();
const scroller = (page: Page, table: Locator) => page.locator(".grid-scroller", { has: table });

test("of two hundred columns those in sight are drawn, and all can be reached", async ({ page, workshop }) => {
  await open(page, workshop, "tables");
  const table = wideTable(page);
  await expect(table).toHaveAttribute("aria-colcount", String(wide));
  expect(await table.getByRole("columnheader").count()).toBeLessThan(40);
  await cell(table, 0, 0).click();
  await page.keyboard.press("End");
  await expect(cell(table, 0, wide - 1)).toBeFocused();
  await expect(cell(table, 0, wide - 1)).toBeInViewport();
  await expect(cell(table, 0, wide - 1)).toHaveText(String(wide - 1));
  await expect(heading(table, "C200")).toBeInViewport();
  expect(await table.locator("[role=gridcell][data-row='3']").count()).toBeLessThan(40);
});

test("a column is frozen, moved by keys and by dragging, hidden and shown again, and stays so over a hot reload", async ({ page, workshop }) => {
  await open(page, workshop, "tables");
  const table = wideTable(page);
  const first = heading(table, "C001").locator(".grid-sort");
  await first.focus();
  await page.keyboard.press("Alt+ArrowDown");
  await expect(page.getByRole("menu", { name: "Column C001" })).toBeVisible();
  expect(await violations(page)).toEqual([]);
  await page.getByRole("menuitem", { name: "Freeze this column" }).press("Enter");
  await expect(first).toBeFocused();
  await scroller(page, table).evaluate((element) => (element.scrollLeft = 4_000));
  await expect(heading(table, "C001")).toBeInViewport();
  await expect(cell(table, 2, 0)).toBeInViewport();
  await expect(heading(table, "C003")).toHaveCount(0);
  await scroller(page, table).evaluate((element) => (element.scrollLeft = 0));

  await heading(table, "C002").locator(".grid-sort").focus();
  await page.keyboard.press("Control+Shift+ArrowRight");
  await expect.poll(async () => (await headings(table)).slice(0, 4)).toEqual(["C001", "C003", "C002", "C004"]);
  await expect(heading(table, "C002").locator(".grid-sort")).toBeFocused();
  await heading(table, "C005").locator(".grid-sort").dragTo(heading(table, "C003").locator(".grid-sort"), { targetPosition: { x: 36, y: 16 } });
  await expect.poll(async () => (await headings(table)).slice(0, 4)).toEqual(["C001", "C005", "C003", "C002"]);

  await heading(table, "C003").click({ button: "right" });
  await page.getByRole("menuitem", { name: "Hide" }).click();
  await expect(heading(table, "C003")).toHaveCount(0);
  await expect(heading(table, "C002").locator(".grid-sort")).toBeFocused();

  await workshop.edit("        height: 12", "        height: 13");
  await expect(page.locator("[data-place]", { has: table })).toHaveCSS("--height", "13");
  expect((await headings(table)).slice(0, 3)).toEqual(["C001", "C005", "C002"]);
  await page.getByRole("button", { name: "1 hidden" }).click();
  expect((await headings(table)).slice(0, 4)).toEqual(["C001", "C005", "C003", "C002"]);
});

test("a text is found in rows that are not here, and Enter goes from one to the next", async ({ page, workshop }) => {
  await open(page, workshop, "tables");
  const table = wideTable(page);
  await cell(table, 0, 0).click();
  await page.keyboard.press("Control+f");
  const field = page.getByRole("textbox", { name: "Find in table" });
  await field.fill("row 99");
  await expect(page.getByRole("search").getByText("11 rows in all 1,000 rows")).toBeVisible();
  await field.press("Enter");
  await expect(cell(table, 98, 0)).toBeInViewport();
  await field.press("Enter");
  await expect(cell(table, 989, 0)).toHaveText("row 990");
  await expect(cell(table, 989, 0)).toHaveClass(/found/);
  await field.press("Escape");
  await expect(field).toBeHidden();
  await expect(cell(table, 989, 0)).toBeFocused();
});

test("opening a group far down leaves groups of other pages as they are", async ({ page, workshop }) => {
  await open(page, workshop, "tables");
  const table = shops(page);
  await page.getByRole("button", { name: "Open shop 001" }).click();
  await expect(table).toHaveAttribute("aria-rowcount", String(groups + 2 + 1));
  await scroller(page, table).evaluate((element) => (element.scrollTop = element.scrollHeight));
  await settled(page);
  await page.getByRole("button", { name: "Open shop 440" }).click();
  await expect(table).toHaveAttribute("aria-rowcount", String(groups + 4 + 1));
  await page.getByRole("button", { name: "Open shop 448" }).click();
  await expect(table).toHaveAttribute("aria-rowcount", String(groups + 6 + 1));
  await scroller(page, table).evaluate((element) => (element.scrollTop = 0));
  await settled(page);
  await expect(page.getByRole("button", { name: "Close shop 001" })).toBeVisible();
  await page.getByRole("button", { name: "Close shop 001" }).click();
  await expect(table).toHaveAttribute("aria-rowcount", String(groups + 4 + 1));
});

test("the menu of an element: all rows as a file and as text, and the full window", async ({ page, workshop }) => {
  await open(page, workshop, "tables");
  const menu = page.getByRole("button", { name: "Menu of By shop" });
  const item = (name: string) => page.getByRole("menuitem", { name, exact: true });
  const file = async (name: string) => {
    await menu.click();
    const [download] = await Promise.all([page.waitForEvent("download"), item(name).click()]);
    return (await readFile(await download.path(), "utf8")).replace("\uFEFF", "").trimEnd().split("\r\n");
  };
  const rows = await file("Download CSV");
  expect(rows.slice(0, 2)).toEqual(["Shop,Total", "shop 000,1"]);
  expect(rows).toHaveLength(groups + 1);
  expect(await file("Download rows in groups as CSV")).toHaveLength(groups * 2 + 1);

  await menu.focus();
  await page.keyboard.press("Enter");
  await item("Copy as text").press("Enter");
  await expect(page.getByText(`Copied ${groups} rows.`)).toBeVisible();
  expect((await page.evaluate(() => navigator.clipboard.readText())).split(/\r?\n/).slice(0, 2)).toEqual(["Shop\tTotal", "shop 000\t1"]);
  await expect(menu).toBeFocused();

  await page.keyboard.press("Enter");
  await item("Full window").press("Enter");
  const window = page.getByRole("dialog", { name: "By shop" });
  await expect(window).toBeVisible();
  await expect(menu).toBeFocused();
  expect(await window.boundingBox()).toMatchObject({ x: 0, y: 0, width: 1440, height: 900 });
  await expect(page.getByRole("grid", { name: "Wide rows" })).toBeHidden();
  expect(await violations(page)).toEqual([]);
  await page.keyboard.press("Escape");
  await expect(window).toBeHidden();
  await expect(wideTable(page)).toBeVisible();
  await expect(menu).toBeFocused();
});

test("a chart is zoomed by dragging, shows one series by a double click, and can be had as a picture", async ({ page, workshop }) => {
  await open(page, workshop, "charts");
  const chart = page.getByRole("region", { name: "Over time" });
  const box = await chart.getByRole("img").boundingBox();
  if (!box) throw new Error("The chart has no box.");
  const labels = () => chart.locator("svg text").allTextContents();
  const all = await labels();
  await page.mouse.move(box.x + box.width * 0.4, box.y + box.height / 2);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width * 0.5, box.y + box.height / 2, { steps: 4 });
  await page.mouse.up();
  const reset = chart.getByRole("button", { name: "Reset zoom" });
  await expect(reset).toBeVisible();
  await expect.poll(labels).not.toEqual(all);
  await reset.click();
  await expect.poll(labels).toEqual(all);

  const parts = page.getByRole("region", { name: "By part" });
  const bars = () => parts.locator("svg path[fill^='#']").count();
  const before = await bars();
  await parts.locator("svg text", { hasText: "some" }).dblclick();
  await expect.poll(bars).toBeLessThan(before);
  await page.getByRole("button", { name: "Menu of By part" }).click();
  const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("menuitem", { name: "Download PNG" }).click()]);
  expect(download.suggestedFilename()).toBe("By part.png");
  expect((await readFile(await download.path())).subarray(1, 4).toString()).toBe("PNG");
});

test("a query that takes long can be cancelled, on the server too, and tried again", async ({ page, workshop }) => {
  test.setTimeout(90_000);
  await page.goto(`${workshop.url}/w/workshop/slow`);
  // All connections are busy with these: nothing else is answered until they are interrupted.
  for (const number of [1, 2, 3, 4]) {
    const tile = page.getByRole("region", { name: `Never ${number}` });
    await expect(tile.getByText("Still working…")).toBeVisible();
  }
  for (const number of [1, 2, 3, 4]) {
    const tile = page.getByRole("region", { name: `Never ${number}` });
    await tile.getByRole("button", { name: "Cancel" }).click();
    await expect(tile.getByText("Cancelled before it was done.")).toBeVisible();
  }
  await page.getByRole("link", { name: "Tables" }).click();
  await expect(cell(wideTable(page), 0, 0)).toHaveText("row 1");
  await page.getByRole("link", { name: "Slow" }).click();
  const tile = page.getByRole("region", { name: "Never 1" });
  await expect(tile.getByText("Still working…")).toBeVisible();
  await tile.getByRole("button", { name: "Cancel" }).click();
  await tile.getByRole("button", { name: "Retry" }).click();
  await expect(tile.getByText("Still working…")).toBeVisible();
});
