import { expect, open, settled, test } from "./server";

test.describe.configure({ mode: "serial" });

test("a saved change shows without a reload, and typed text, selection and control values stay", async ({ page, app }) => {
  await open(page, app, "overview?min-mrr=min:100,max:");
  await page.evaluate(() => ((globalThis as { mark?: boolean }).mark = true));
  const field = page.getByRole("textbox", { name: "Account" });
  await field.fill("C-10");
  await app.edit("kpi: Revenue", "kpi: Recurring revenue");
  await expect(page.getByRole("heading", { name: "Recurring revenue" })).toBeVisible();
  await expect(field).toHaveValue("C-10");
  await expect(page).toHaveURL(/min-mrr=min:100,max:/);
  expect(await page.evaluate(() => (globalThis as { mark?: boolean }).mark)).toBe(true);
});

test("a mistake shows where it is, the page stays, and the next good save clears it", async ({ page, app }) => {
  await open(page, app, "overview");
  await app.edit("value: Sum([Events])", "value: Sum([Evnts])");
  const overlay = page.getByRole("alertdialog");
  await expect(overlay).toBeVisible();
  await expect(overlay).toContainText("workbooks/churn.yaml");
  await expect(overlay).toContainText("Sum([Evnts])");
  await expect(page.getByRole("grid", { name: "Customer list" })).toBeVisible();
  await app.edit("value: Sum([Evnts])", "value: Sum([Events])");
  await expect(overlay).toBeHidden();
  await settled(page);
});
