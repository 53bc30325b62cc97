// Every page of the suite and of the examples: sound at three widths, light and dark, with everything opened that opens.

import type { Page } from "@playwright/test";
import { expectSound, geometryFaults } from "./checks";
import { example, expect, launch, open, settled, test } from "./server";

const suites: Record<string, string[]> = {
  "churn-watch": ["overview", "segments", "journeys", "retention-plan"],
  campaigns: ["overview", "funnel", "segments", "messages"],
};
const widths = [1440, 1024, 390];

async function expectSoundAtAllWidths(page: Page, what: string): Promise<void> {
  for (const width of widths) {
    await page.setViewportSize({ width, height: 900 });
    await page.evaluate(() => scrollTo(0, 0));
    await settled(page);
    await expectSound(page, `${what} at ${width}`);
  }
}

for (const [workbook, pages] of Object.entries(suites)) {
  for (const path of pages) {
    for (const scheme of ["light", "dark"] as const) {
      test(`${workbook}/${path} is sound in ${scheme} colours at every width`, async ({ page, suite }) => {
        test.setTimeout(60_000);
        await page.emulateMedia({ colorScheme: scheme, reducedMotion: "reduce" });
        await open(page, suite, path, workbook);
        if (scheme === "light") await expectSoundAtAllWidths(page, path);
        else await expectSound(page, path);
        for (const tab of await page.getByRole("tab").all()) {
          await tab.click();
          await settled(page);
          const name = `tab ${await tab.textContent()} of ${path}`;
          expect.soft(await geometryFaults(page), `geometry of ${name}`).toEqual([]);
          if (scheme === "light") {
            await page.setViewportSize({ width: 1440, height: 900 });
            // Under the sticky header targets count as too small.
            await page.evaluate(() => scrollTo(0, 0));
            await settled(page);
            await expectSound(page, name);
            await page.setViewportSize({ width: 390, height: 900 });
          }
        }
      });
    }
  }
}

/** What opens over a page, and how. */
const overlays: { name: string; workbook: string; path: string; open: (page: Page) => Promise<void> }[] = [
  { name: "How to read this", workbook: "churn-watch", path: "overview", open: (page) => page.getByRole("button", { name: "How to read this" }).click() },
  { name: "New retention plan", workbook: "churn-watch", path: "retention-plan", open: (page) => page.getByRole("button", { name: "New plan" }).click() },
  { name: "Remove plans that are done?", workbook: "churn-watch", path: "retention-plan", open: (page) => page.getByRole("button", { name: "Remove done plans" }).click() },
  {
    name: "Account",
    workbook: "churn-watch",
    path: "overview",
    open: async (page) => {
      await page.getByRole("tab", { name: "All customers" }).click();
      await page.getByRole("grid", { name: "All customers" }).locator("[data-row='1'][data-column='1']").click();
    },
  },
  {
    name: "What next for",
    workbook: "campaigns",
    path: "overview",
    open: async (page) => {
      await page.getByRole("tab", { name: "Decisions" }).click();
      await page.getByRole("button", { name: "New decision" }).click();
    },
  },
];

for (const overlay of overlays) {
  test(`“${overlay.name}” is sound at every width and gives the focus back`, async ({ page, suite }) => {
    test.setTimeout(60_000);
    await open(page, suite, overlay.path, overlay.workbook);
    await overlay.open(page);
    const dialog = page.getByRole("dialog", { name: overlay.name });
    await expect(dialog).toBeVisible();
    await expectSoundAtAllWidths(page, overlay.name);
    await page.emulateMedia({ colorScheme: "dark", reducedMotion: "reduce" });
    await expectSound(page, `${overlay.name} in dark colours`);
    const box = await dialog.boundingBox();
    expect(box && box.x >= 0 && box.x + box.width <= 390, "inside the narrow screen").toBe(true);
    await page.keyboard.press("Escape");
    await expect(dialog).toBeHidden();
    // The focus goes back in the frame after the overlay is gone.
    await expect
      .poll(() => page.evaluate(() => document.activeElement !== document.body), { message: "the focus is somewhere" })
      .toBe(true);
  });
}

test("popovers of controls are sound, inside the screen, and work from the keyboard", async ({ page, suite }) => {
  test.setTimeout(60_000);
  await open(page, suite, "overview");
  for (const width of [1440, 390]) {
    await page.setViewportSize({ width, height: 900 });
    for (const [button, popover] of [
      [page.getByRole("button", { name: /Pick Region/ }), page.getByRole("listbox")],
      [page.getByRole("button", { name: /^Window/ }), page.getByRole("dialog", { name: "Window" })],
      [page.getByRole("button", { name: "Open calendar" }), page.getByRole("dialog", { name: /As Of/ })],
    ] as const) {
      await button.first().focus();
      await page.keyboard.press("Enter");
      await expect(popover).toBeVisible();
      await expectSound(page, `popover at ${width}`);
      const box = await page.locator(".popover").boundingBox();
      expect(box && box.x >= 0 && box.x + box.width <= width, "inside the screen").toBe(true);
      await page.keyboard.press("Escape");
      await expect(popover).toBeHidden();
    }
  }
});

for (const name of ["hello", "join", "groupings", "controls", "actions", "modal-form"]) {
  test(`the example ${name} is sound at every width`, async ({ page }) => {
    test.setTimeout(60_000);
    const app = await launch(example(name));
    try {
      const book = await fetch(app.url, { redirect: "follow" });
      await page.goto(book.url);
      const first = page.locator("main .element").or(page.locator(".workbooks a")).first();
      await expect(first).toBeVisible();
      await settled(page);
      await expectSoundAtAllWidths(page, name);
      await page.emulateMedia({ colorScheme: "dark", reducedMotion: "reduce" });
      await expectSound(page, `${name} in dark colours`);
    } finally {
      await page.close();
      await app.close();
    }
  });
}
