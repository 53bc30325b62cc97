// The authoring loop: every save shows, and what a visitor was at stays as it was.

import type { Page } from "@playwright/test";
import { expect, open, settled, test, type App } from "./server";

/** Marks the document, so that a reload would be seen. */
const mark = (page: Page) => page.evaluate(() => void ((globalThis as { mark?: boolean }).mark = true));
const isMarked = (page: Page) => page.evaluate(() => (globalThis as { mark?: boolean }).mark === true);

interface Step {
  name: string;
  save: (app: App) => Promise<void>;
  shows: (page: Page) => Promise<void>;
}

const kpi = (page: Page, name: string) => page.getByRole("region", { name }).locator(".kpi-value");
const overlay = (page: Page) => page.locator(".findings-error");
let revenue = "";

/** Saves of an author, one after the other. */
const steps: Step[] = [
  {
    name: "a title",
    save: (app) => app.edit("kpi: Revenue", "kpi: Revenue\n            title: Recurring revenue"),
    shows: async (page) => {
      await expect(page.locator(".element-title", { hasText: "Recurring revenue" })).toBeVisible();
      revenue = (await page.locator("[data-element] .kpi-value").first().textContent()) ?? "";
    },
  },
  {
    name: "a formula",
    save: (app) => app.edit("value: Sum([MRR])", "value: Sum([MRR]) * 2"),
    shows: async (page) => {
      const amount = (text: string) => Number(text.replace(/[^\d.]/g, ""));
      await expect.poll(async () => amount((await page.locator("[data-element] .kpi-value").first().textContent()) ?? "")).toBeCloseTo(amount(revenue) * 2, 0);
    },
  },
  {
    name: "the layout",
    save: (app) => app.edit("          - chart: Customers by plan\n", "          - chart: Customers by plan\n            width: 16\n"),
    shows: async (page) => {
      const width = async (name: string) => (await page.locator("section", { has: page.locator(".element-title", { hasText: name }) }).boundingBox())?.width ?? 0;
      await expect.poll(async () => (await width("Customers by plan")) > 1.8 * (await width("Events per month"))).toBe(true);
    },
  },
  {
    name: "a mistake",
    save: (app) => app.edit("value: Sum([Events])", "value: Sum([Evnts])"),
    shows: async (page) => {
      await expect(overlay(page)).toBeVisible();
      await expect(overlay(page)).toContainText("workbooks/churn.yaml");
      await expect(overlay(page)).toContainText("Sum([Evnts])");
    },
  },
  {
    name: "its correction",
    save: (app) => app.edit("value: Sum([Evnts])", "value: Sum([Events])"),
    shows: (page) => expect(overlay(page)).toBeHidden(),
  },
];

test("control values, scroll and selection stay over every save", async ({ page, own }) => {
  await page.setViewportSize({ width: 1440, height: 700 });
  await open(page, own, "overview");
  await mark(page);
  const field = page.getByRole("textbox", { name: "Account" });
  await field.fill("C-1");
  await page.getByRole("button", { name: /Pick Region/ }).first().click();
  await page.getByRole("option", { name: /North/ }).click();
  await page.keyboard.press("Escape");
  await settled(page);
  const table = page.getByRole("grid", { name: "Customer list" });
  const rows = await table.getAttribute("aria-rowcount");
  await table.locator("[data-row='1'][data-column='1']").click();
  await page.keyboard.press("Shift+ArrowDown");
  const scroller = page.locator(".grid-scroller");
  await scroller.evaluate((element) => (element.scrollTop = 300));
  await page.evaluate(() => scrollTo(0, 160));
  const state = async () => ({
    account: await field.inputValue(),
    address: new URL(page.url()).search,
    scrolled: await page.evaluate(() => scrollY),
    tableScrolled: await scroller.evaluate((element) => element.scrollTop),
    rows: await table.getAttribute("aria-rowcount"),
    selected: await table.locator("[aria-selected=true]").count(),
    focused: await page.evaluate(() => `${document.activeElement?.getAttribute("data-row")}:${document.activeElement?.getAttribute("data-column")}`),
  });
  await expect(page).toHaveURL(/pick-region=North/);
  const before = await state();
  expect(before).toMatchObject({ account: "C-1", rows });
  expect(before.scrolled).toBeGreaterThan(0);
  expect(before.tableScrolled).toBeGreaterThan(0);
  for (const step of steps) {
    await step.save(own);
    await step.shows(page);
    await settled(page);
    expect(await state(), `after ${step.name}`).toEqual(before);
  }
  expect(await isMarked(page), "the page was not loaded again").toBe(true);
});

test("an open modal stays open, with what was chosen in it", async ({ page, own }) => {
  await open(page, own, "overview");
  await mark(page);
  await page.getByRole("button", { name: "New plan" }).click();
  const dialog = page.getByRole("dialog", { name: "New plan" });
  await dialog.getByRole("radio", { name: "Webinar" }).click();
  for (const step of steps) {
    await step.save(own);
    await step.shows(page);
    await expect(dialog, `after ${step.name}`).toBeVisible();
    await expect(dialog.getByRole("radio", { name: "Webinar" })).toBeChecked();
  }
  expect(await isMarked(page)).toBe(true);
  await page.keyboard.press("Escape");
  await expect(dialog).toBeHidden();
});

test("a cell that is not saved yet stays in its editor, and is saved by Enter afterwards", async ({ page, own }) => {
  await open(page, own, "plans");
  await mark(page);
  const cell = page.locator("[role=gridcell][data-row='2'][data-column='0']");
  await cell.dblclick();
  await page.keyboard.press("Control+a");
  await page.keyboard.type("half-typ");
  const editor = cell.getByRole("textbox");
  for (const [from, to] of [
    ["input_table: Retention Plans", "input_table: Retention Plans\n        title: All plans"],
    ["Discount: { type: number, min: 0, max: 0.5,", "Discount: { type: number, min: 0, max: 0.6,"],
    ["height: 14", "height: 10"],
    ["Sum([Events])", "Sum([Evnts])"],
    ["Sum([Evnts])", "Sum([Events])"],
  ] as const) {
    await own.edit(from, to);
    if (to.includes("title")) await expect(page.locator(".element-title", { hasText: "All plans" })).toBeVisible();
    if (to.includes("Evnts")) await expect(overlay(page)).toBeVisible();
    else await expect(overlay(page)).toBeHidden();
    await expect(editor).toHaveValue("half-typ");
    await expect(editor).toBeFocused();
  }
  await page.keyboard.type("ed");
  await page.keyboard.press("Enter");
  await expect(cell).toHaveText("half-typed");
  await expect(page.getByText("Saved", { exact: true })).toBeVisible();
  expect(await isMarked(page)).toBe(true);
  await page.reload();
  await expect(cell).toHaveText("half-typed");
});

test("a page follows its workbook to another name", async ({ page, own }) => {
  await open(page, own, "overview?pick-region=North");
  await mark(page);
  await own.edit("workbook: Churn Watch", "workbook: Leaving");
  await expect(page).toHaveURL(/\/w\/leaving\/overview\?pick-region=North$/);
  await settled(page);
  await expect(page.getByRole("grid", { name: "Customer list" }).locator("[data-row='1'][data-column='1']")).not.toBeEmpty();
  expect(await isMarked(page), "the page was not loaded again").toBe(true);
  await page.reload();
  await settled(page);
  await page.goto(`${own.url}/w/churn-watch/overview`);
  await expect(page).toHaveURL(/\/w\/leaving\/overview$/);
});

test("a save reaches the screen at once", async ({ page, own }) => {
  await open(page, own, "overview");
  const took: number[] = [];
  let written = "kpi: Revenue";
  for (const title of ["One", "Two", "Three"]) {
    const seen = page.evaluate(
      (text) =>
        new Promise<number>((resolve) => {
          const look = () => ([...document.querySelectorAll(".element-title")].some((element) => element.textContent === text) ? resolve(Date.now()) : requestAnimationFrame(look));
          look();
        }),
      title,
    );
    const next = `kpi: Revenue\n            title: ${title}`;
    const saved = Date.now();
    await own.edit(written, next);
    took.push((await seen) - saved);
    written = next;
  }
  // A quarter of a second is the aim; other tests run beside this one.
  expect(Math.min(...took)).toBeLessThan(1_000);
});
