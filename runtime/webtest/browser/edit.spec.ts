import type { Locator, Page } from "@playwright/test";
import { expect, open, test } from "./server";

const at = (page: Page, row: number, column: number): Locator => page.locator(`[role=gridcell][data-row="${row}"][data-column="${column}"]`);
const rows = (page: Page): Locator => page.getByRole("grid", { name: "Retention Plans" });

test.describe.configure({ mode: "serial" });

test("typing replaces, Enter moves down, and the row is there after a reload", async ({ page, app }) => {
  await open(page, app, "plans");
  await at(page, 0, 0).click();
  await page.keyboard.type("Acme");
  await page.keyboard.press("Enter");
  await expect(at(page, 0, 0)).toHaveText("Acme");
  await expect(at(page, 1, 0)).toBeFocused();
  await expect(page.getByText("Saved", { exact: true })).toBeVisible();
  await page.reload();
  await expect(at(page, 0, 0)).toHaveText("Acme");
});

test("Escape leaves the cell as it was; F2 edits its text", async ({ page, app }) => {
  await open(page, app, "plans");
  await at(page, 1, 0).click();
  await page.keyboard.press("F2");
  await page.keyboard.type("x");
  await page.keyboard.press("Escape");
  await expect(at(page, 1, 0)).toHaveText("C-1001");
  await page.keyboard.press("F2");
  await page.keyboard.type("-b");
  await page.keyboard.press("Tab");
  await expect(at(page, 1, 0)).toHaveText("C-1001-b");
  await expect(at(page, 1, 1)).toBeFocused();
});

test("a value against the rules is marked, kept and not saved", async ({ page, app }) => {
  await open(page, app, "plans");
  await at(page, 2, 2).click();
  await page.keyboard.type("80%");
  await page.keyboard.press("Enter");
  await expect(at(page, 2, 2)).toHaveAttribute("aria-invalid", "true");
  await expect(at(page, 2, 2)).toHaveText("80%");
  await at(page, 2, 2).click();
  await expect(page.getByRole("alert")).toContainText("must be at most");
  await page.keyboard.type("30%");
  await page.keyboard.press("Enter");
  await expect(at(page, 2, 2)).not.toHaveAttribute("aria-invalid");
  await expect(page.getByText("Saved", { exact: true })).toBeVisible();
});

test("a pasted block adds rows, and one undo takes all of it back", async ({ page, app }) => {
  await open(page, app, "plans");
  const before = Number(await rows(page).getAttribute("aria-rowcount"));
  await at(page, before - 2, 0).click();
  await page.evaluate(() => navigator.clipboard.writeText("P-1\tCall\t12%\r\n\"P\n2\"\tWebinar\t(0)\r\n"));
  await page.keyboard.press("Control+v");
  await expect(rows(page)).toHaveAttribute("aria-rowcount", String(before + 2));
  await expect(at(page, before - 1, 0)).toContainText("P");
  await page.keyboard.press("Control+z");
  await expect(rows(page)).toHaveAttribute("aria-rowcount", String(before));
});

test("Ctrl+D fills down, Space checks, Delete clears", async ({ page, app }) => {
  await open(page, app, "plans");
  await at(page, 0, 1).click();
  await at(page, 2, 1).click({ modifiers: ["Shift"] });
  await page.keyboard.press("Control+d");
  await expect(at(page, 2, 1)).toHaveText("Call");
  await at(page, 3, 4).click({ position: { x: 4, y: 4 } });
  await page.keyboard.press("Space");
  await expect(at(page, 3, 4).getByRole("img", { name: "Yes" })).toBeVisible();
  await at(page, 3, 1).click();
  await page.keyboard.press("Delete");
  await expect(at(page, 3, 1)).toHaveText("");
});

test("another visitor sees an edit at once, but not over an open editor", async ({ page, context, app }) => {
  await open(page, app, "plans");
  const other = await context.newPage();
  await open(other, app, "plans");
  await at(other, 1, 0).dblclick();
  await other.keyboard.type("mine");
  await at(page, 1, 0).click();
  await page.keyboard.type("theirs");
  await page.keyboard.press("Enter");
  await at(page, 0, 0).click();
  await page.keyboard.type("seen");
  await page.keyboard.press("Enter");
  await expect(at(other, 0, 0)).toHaveText("seen");
  await expect(at(other, 1, 0).getByRole("textbox")).toHaveValue(/mine$/);
  await other.close();
});
