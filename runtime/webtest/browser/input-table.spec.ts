// An input table from the first row to the five hundredth, in the workbook that the repository ships.

import type { Locator, Page } from "@playwright/test";
import { expect, growth, launch, open, settled, test } from "./server";

const grid = (page: Page): Locator => page.getByRole("grid", { name: "Retention Plans" });
const at = (page: Page, row: number, column: number): Locator => grid(page).locator(`[role=gridcell][data-row="${row}"][data-column="${column}"]`);
const saved = (page: Page) => expect(page.getByText("Saved", { exact: true })).toBeVisible();
/** Rows with data: neither the heading nor the row to type into. */
const rows = async (page: Page) => Number(await grid(page).getAttribute("aria-rowcount")) - 2;
const expectRows = (page: Page, count: number) => expect(grid(page)).toHaveAttribute("aria-rowcount", String(count + 2));

// Columns as the page shows them.
const [customer, company, offer, , due, , note] = [0, 1, 2, 3, 4, 5, 6];

test("add, edit, paste 500 rows, undo, redo, delete; all of it is there after a reload", async ({ page }) => {
  test.setTimeout(90_000);
  const app = await launch(growth, "workbooks/churn-watch.yaml");
  try {
    await open(page, app, "retention-plan");
    expect(await rows(page)).toBe(0);

    // Add.
    await at(page, 0, customer).click();
    await page.keyboard.type("C00567");
    await page.keyboard.press("Enter");
    await expectRows(page, 1);
    await saved(page);
    await expect(at(page, 0, company)).toHaveText("Quartz Learning Online");

    // Edit.
    await at(page, 0, due).click();
    await page.keyboard.type("2026-11-02");
    await page.keyboard.press("Enter");
    await at(page, 0, note).click();
    await page.keyboard.type("first");
    await page.keyboard.press("Enter");
    await expect(at(page, 0, note)).toHaveText("first");
    await at(page, 0, note).click();
    await page.keyboard.press("F2");
    await page.keyboard.type(" call");
    await page.keyboard.press("Enter");
    await expect(at(page, 0, note)).toHaveText("first call");
    await saved(page);

    // Paste: the calculated column is skipped.
    const lines = Array.from({ length: 500 }, (_, index) => `C${String(100 + index).padStart(5, "0")}\tskipped\t${index % 2 === 0 ? "Call" : "Webinar"}\t\t2026-12-01\t\tpasted ${index}\tfalse`);
    await page.evaluate((text) => navigator.clipboard.writeText(text), lines.join("\r\n"));
    await at(page, 1, customer).click();
    await page.keyboard.press("Control+v");
    await expectRows(page, 501);
    await saved(page);
    await expect(at(page, 1, offer)).toHaveText("Call");

    // Undo and redo: all 500 at once.
    await page.keyboard.press("Control+z");
    await expectRows(page, 1);
    await saved(page);
    await page.keyboard.press("Control+y");
    await expectRows(page, 501);
    await saved(page);

    // Delete three rows.
    await at(page, 1, customer).click();
    await at(page, 3, customer).click({ modifiers: ["Shift"] });
    const gone = await Promise.all([1, 2, 3].map((row) => at(page, row, note).textContent()));
    await page.keyboard.press("Control+-");
    await expectRows(page, 498);
    await saved(page);

    await page.reload();
    await settled(page);
    await expectRows(page, 498);
    const notes = await allNotes(page);
    expect(notes).toContain("first call");
    for (const text of gone) expect(notes).not.toContain(text);
    const pasted = lines.map((_, index) => `pasted ${index}`).filter((text) => !gone.includes(text));
    expect(notes.filter((text) => text !== "first call").sort()).toEqual(pasted.sort());
    // Key figures of the page count them: those that say they are not done.
    await expect(page.getByRole("region", { name: "Plans open" })).toContainText("497");
  } finally {
    await app.close();
  }
});

/** Notes of all rows, read while scrolling through the table. */
async function allNotes(page: Page): Promise<string[]> {
  const count = await rows(page);
  const found = new Map<number, string>();
  const scroller = page.locator(".grid-scroller", { has: grid(page) });
  for (let row = 0; found.size < count && row < count + 20; row += 12) {
    await scroller.evaluate((element, top) => (element.scrollTop = top), row * 30);
    await expect(at(page, Math.min(row, count - 1), note)).toBeAttached();
    for (const [index, text] of await grid(page).evaluate(
      (table, column) => [...table.querySelectorAll(`[role=gridcell][data-column="${column}"]`)].map((cell) => [Number(cell.getAttribute("data-row")), cell.textContent ?? ""] as const),
      note,
    ))
      if (index < count) found.set(index, text);
  }
  return [...found.values()];
}
