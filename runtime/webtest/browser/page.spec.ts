import { geometryFaults, violations } from "./checks";
import { expect, open, settled, test } from "./server";

for (const scheme of ["light", "dark"] as const) {
  for (const path of ["overview", "plans"]) {
    test(`${path} has no accessibility violations in ${scheme} colours`, async ({ page, app }) => {
      await page.emulateMedia({ colorScheme: scheme });
      await open(page, app, path);
      expect(await violations(page)).toEqual([]);
    });
  }
}

test("an open list has no accessibility violations", async ({ page, app }) => {
  await open(page, app, "overview");
  await page.getByRole("button", { name: /Pick Region/ }).first().click();
  await expect(page.getByRole("listbox")).toBeVisible();
  expect(await violations(page)).toEqual([]);
});

for (const width of [320, 390, 768, 1024, 1440, 1920]) {
  test(`nothing overlaps or is cut at ${width} pixels`, async ({ page, app }) => {
    await page.setViewportSize({ width, height: 900 });
    await open(page, app, "overview");
    expect(await geometryFaults(page)).toEqual([]);
  });
}

test("a list filters what depends on it, is in the address, and Back undoes it", async ({ page, app }) => {
  await open(page, app, "overview");
  const table = page.getByRole("grid", { name: "Customer list" });
  const all = await table.getAttribute("aria-rowcount");
  await page.getByRole("button", { name: /Pick Region/ }).first().click();
  await page.getByRole("option", { name: /North/ }).click();
  await page.keyboard.press("Escape");
  await expect(table).not.toHaveAttribute("aria-rowcount", all ?? "");
  await expect(page).toHaveURL(/pick-region=North/);
  await page.goBack();
  await expect(table).toHaveAttribute("aria-rowcount", all ?? "");
  await expect(page).not.toHaveURL(/pick-region/);
});

test("an empty result names the filter and offers to clear it", async ({ page, app }) => {
  await open(page, app, "overview?account=nobody");
  const list = page.getByRole("region", { name: "Customer list" });
  await expect(list).toContainText("No rows with Account: nobody");
  await list.getByRole("button", { name: "Clear this filter" }).click();
  await expect(page.getByRole("grid", { name: "Customer list" })).toBeVisible();
});

test("a modal opens, keeps the focus, and gives it back", async ({ page, app }) => {
  await open(page, app, "overview");
  const button = page.getByRole("button", { name: "New plan" });
  await button.click();
  const dialog = page.getByRole("dialog", { name: "New plan" });
  await expect(dialog).toBeVisible();
  for (let press = 0; press < 6; press += 1) {
    await page.keyboard.press("Tab");
    expect(await dialog.evaluate((element) => element.contains(document.activeElement))).toBe(true);
  }
  await page.keyboard.press("Escape");
  await expect(dialog).toBeHidden();
  await expect(button).toBeFocused();
});

test("the primary button of a modal runs its action with the values of its controls", async ({ page, app }) => {
  await open(page, app, "overview");
  await page.getByRole("button", { name: "New plan" }).click();
  const dialog = page.getByRole("dialog", { name: "New plan" });
  await dialog.getByRole("radio", { name: "Webinar" }).click();
  await dialog.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Hello Webinar")).toBeVisible();
  await expect(dialog).toBeHidden();
});

test("a heading sorts: ascending, descending, not at all", async ({ page, app }) => {
  await open(page, app, "overview");
  const table = page.getByRole("grid", { name: "Customer list" });
  const heading = table.getByRole("columnheader", { name: "MRR" });
  const first = table.locator("[data-row='0'][data-column='3']");
  await heading.getByRole("button").click();
  await expect(heading).toHaveAttribute("aria-sort", "ascending");
  await settled(page);
  const least = await first.textContent();
  await heading.getByRole("button").click();
  await expect(heading).toHaveAttribute("aria-sort", "descending");
  await expect(first).not.toHaveText(least ?? "");
  await heading.getByRole("button").click();
  await expect(heading).not.toHaveAttribute("aria-sort");
});

test("a chart has a name and shows its figures as a table", async ({ page, app }) => {
  await open(page, app, "overview");
  const chart = page.getByRole("region", { name: "Customers by plan" });
  await expect(chart.getByRole("img")).toHaveAccessibleName(/bar chart by Plan/);
  await chart.getByRole("button", { name: "View as table" }).click();
  await expect(chart.getByRole("columnheader", { name: "Plan" })).toBeVisible();
  await expect(chart.getByRole("row")).not.toHaveCount(1);
});
