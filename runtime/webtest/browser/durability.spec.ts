// The server is killed while rows are written. What it acknowledged is there when it is back; what it did not, the page
// still has, says so, and sends again.

import type { Page } from "@playwright/test";
import { expect, open, test } from "./server";

const grid = (page: Page) => page.getByRole("grid", { name: "Retention Plans" });
const dataRows = async (page: Page) => Number(await grid(page).getAttribute("aria-rowcount")) - 2;
const reconnects = (page: Page) => expect(page.getByText("Reconnecting…")).toBeHidden({ timeout: 15_000 });

interface Burst {
  acknowledged: string[];
}

/** Writes rows from the page as fast as the server takes them, several at a time, until it stops answering. */
function burst(page: Page): Promise<void> {
  return page.evaluate(() => {
    const state: Burst = { acknowledged: [] };
    (globalThis as unknown as { burst: Burst }).burst = state;
    const writer = async (number: number) => {
      for (let index = 0; ; index += 1) {
        const name = `W${number}-${index}`;
        const body = { workbook: "churn-watch", table: "retention-plans", id: `${name}-${Date.now()}`, by: "burst", ops: [{ op: "insert", key: name, after: null, values: { "customer-id": name } }] };
        try {
          const response = await fetch("/api/v1/edit", { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) });
          const reply = (await response.json()) as { results?: unknown[] };
          if (response.ok && reply.results?.[0] === "ok") state.acknowledged.push(name);
          else return;
        } catch {
          return;
        }
      }
    };
    for (let number = 0; number < 6; number += 1) void writer(number);
  });
}

test("every acknowledged edit is there after the server was killed in a burst of them", async ({ page, own, complaints }) => {
  test.setTimeout(60_000);
  await open(page, own, "plans");
  const before = await dataRows(page);
  await burst(page);
  const acknowledged = () => page.evaluate(() => (globalThis as unknown as { burst: Burst }).burst.acknowledged);
  await expect.poll(async () => (await acknowledged()).length, { timeout: 15_000, intervals: [20] }).toBeGreaterThan(60);
  await own.kill();
  const kept = await acknowledged();
  await own.restart();
  await reconnects(page);
  // The page that stayed open and a new one agree.
  const visitor = await page.context().newPage();
  await open(visitor, own, "plans");
  expect(await dataRows(visitor)).toBeGreaterThanOrEqual(before + kept.length);
  await expect.poll(() => dataRows(page), { timeout: 15_000 }).toBe(await dataRows(visitor));
  const names = await allNames(visitor);
  expect(kept.filter((name) => !names.has(name)), "acknowledged and lost").toEqual([]);
  await visitor.close();
  // Requests that met no server are named on the console; nothing else may be.
  expect(complaints.splice(0).filter((text) => !/ERR_|WebSocket/.test(text))).toEqual([]);
});

test("rows pasted while the server dies are kept, marked unsaved, and sent once it is back", async ({ page, own, complaints }) => {
  test.setTimeout(60_000);
  await open(page, own, "plans");
  const before = await dataRows(page);
  await own.kill();
  await page.evaluate((text) => navigator.clipboard.writeText(text), Array.from({ length: 200 }, (_, index) => `P-${index}\tCall`).join("\n"));
  await page.locator(`[role=gridcell][data-row="${before}"][data-column="0"]`).click();
  await page.keyboard.press("Control+v");
  await expect(page.getByText(/^Offline: \d+ unsaved/)).toBeVisible();
  await expect(page.getByText("Reconnecting…")).toBeVisible();
  await own.restart();
  await reconnects(page);
  await expect(page.getByText("Saved", { exact: true })).toBeVisible({ timeout: 20_000 });
  await page.reload();
  await expect(grid(page)).toHaveAttribute("aria-rowcount", String(before + 200 + 2));
  const names = await allNames(page);
  expect([...names].filter((name) => name.startsWith("P-"))).toHaveLength(200);
  expect(complaints.splice(0).filter((text) => !/ERR_|WebSocket/.test(text))).toEqual([]);
});

/** First cells of all rows, read while scrolling through the table. */
async function allNames(page: Page): Promise<Set<string>> {
  const count = await dataRows(page);
  const found = new Map<number, string>();
  for (let row = 0; found.size < count && row < count + 20; row += 12) {
    await page.locator(".grid-scroller").evaluate((element, top) => (element.scrollTop = top), row * 30);
    await expect(page.locator(`[role=gridcell][data-row="${Math.min(row, count - 1)}"][data-column="0"]`)).toBeAttached();
    const cells = await page.evaluate(() => [...document.querySelectorAll("[role=gridcell][data-column='0']")].map((cell) => [Number(cell.getAttribute("data-row")), cell.textContent ?? ""] as const));
    for (const [index, text] of cells) if (index < count) found.set(index, text);
  }
  return new Set(found.values());
}
