// What elements show while their data is on its way, when there is none, and when a query fails. Answers are held back,
// emptied and broken on their way to the page, so nothing here waits for a clock.

import type { Locator, Page, Route } from "@playwright/test";
import type { QueryLine, QueryRequest } from "../../web/src/protocol.gen";
import { expectSound } from "./checks";
import { expect, settled, test, type App } from "./server";

/** Elements of the small project: their data, and where they are. */
interface Subject {
  data: string;
  path: string;
  place: (page: Page) => Locator;
  /** What is there once there is data. */
  ready: (place: Locator) => Locator;
}

const region = (name: string) => (page: Page) => page.getByRole("region", { name, exact: true });
const subjects: Record<string, Subject> = {
  "a table": { data: "customer-list", path: "overview", place: region("Customer list"), ready: (place) => place.getByRole("grid") },
  "a key figure": { data: "revenue", path: "overview", place: region("Revenue"), ready: (place) => place.locator(".kpi-value") },
  "a chart": { data: "customers-by-plan", path: "overview", place: region("Customers by plan"), ready: (place) => place.getByRole("img") },
  "an input table": { data: "retention-plans", path: "plans", place: region("Retention Plans"), ready: (place) => place.getByRole("grid") },
};

type Answer = (line: QueryLine) => QueryLine;

/** Changes the answers for one data element until it is told to stop; gives the way to stop. */
async function answering(page: Page, data: string, answer: Answer): Promise<() => void> {
  let active = true;
  await page.route("**/api/v1/query", async (route: Route) => {
    const response = await route.fetch();
    const lines = (await response.text()).split("\n").filter((line) => line !== "");
    const changed = lines.map((line) => {
      const read = JSON.parse(line) as QueryLine;
      return JSON.stringify(active && belongs(read.el, data) ? answer(read) : read);
    });
    await route.fulfill({ response, body: `${changed.join("\n")}\n` });
  });
  return () => {
    active = false;
  };
}

/** Holds back requests that want a data element; gives the way to let them go. */
async function holding(page: Page, data: string): Promise<() => void> {
  let release = () => {};
  const released = new Promise<void>((resolve) => (release = resolve));
  await page.route("**/api/v1/query", async (route: Route) => {
    const request = route.request().postDataJSON() as QueryRequest;
    if (request.want.some(({ el }) => belongs(el, data))) await released;
    await route.continue();
  });
  return release;
}

/** Data elements are named after the page and the element. */
function belongs(el: string, data: string): boolean {
  return el === data || el.endsWith(`.${data}`);
}

const failing: Answer = ({ ok: _, ...line }) => ({ ...line, err: { code: "query-failed", message: "The query could not be run.", detail: "no such table: CUSTOMERS" } }) as QueryLine;
const emptied: Answer = (line) => (line.ok ? { ...line, ok: { ...line.ok, count: 0, values: line.ok.values.map(() => []), keys: line.ok.keys ? [] : null } } : line);

async function visit(page: Page, app: App, path: string): Promise<void> {
  await page.goto(`${app.url}/w/churn-watch/${path}`);
  await expect(page.locator("main .element").first()).toBeVisible();
}

async function expectSoundInBothThemes(page: Page, what: string): Promise<void> {
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    await expectSound(page, `${what}, ${colorScheme}`);
  }
}

for (const [name, { data, path, place, ready }] of Object.entries(subjects)) {
  test(`${name} shows its shape while its data is on its way`, async ({ page, app }) => {
    const release = await holding(page, data);
    await visit(page, app, path);
    await expect(place(page).locator(".skeleton")).toBeVisible();
    await expect(ready(place(page))).toHaveCount(0);
    await expectSoundInBothThemes(page, `${name} on its way`);
    release();
    await expect(ready(place(page))).toBeVisible();
    await expect(place(page).locator(".skeleton")).toHaveCount(0);
  });

  test(`${name} whose query fails says so, and Retry asks again`, async ({ page, app }) => {
    const mend = await answering(page, data, failing);
    await visit(page, app, path);
    const alert = place(page).getByRole("alert");
    await expect(alert).toContainText("The query could not be run.");
    await expect(page.getByRole("alert")).toHaveCount(1);
    await alert.getByText("Details").click();
    await expect(alert.getByText("no such table: CUSTOMERS")).toBeVisible();
    for (const other of Object.values(subjects).filter((subject) => subject.path === path && subject.data !== data))
      await expect(other.ready(other.place(page))).toBeVisible();
    await expectSoundInBothThemes(page, `${name} that failed`);
    mend();
    await alert.getByRole("button", { name: "Retry" }).click();
    await expect(ready(place(page))).toBeVisible();
    await expect(page.getByRole("alert")).toHaveCount(0);
  });
}

for (const [name, words] of [
  ["a table", "No rows."],
  ["a chart", "Nothing to draw yet."],
] as const) {
  test(`${name} without rows says so`, async ({ page, app }) => {
    const { data, path, place } = subjects[name] as Subject;
    await answering(page, data, emptied);
    await visit(page, app, path);
    await expect(place(page)).toContainText(words);
    await settled(page);
    await expectSoundInBothThemes(page, `${name} without rows`);
  });
}

test("a key figure of nothing is a dash, not an error", async ({ page, app }) => {
  await visit(page, app, "overview?account=nobody");
  const revenue = region("Revenue")(page);
  await expect(revenue.locator(".kpi-value")).toHaveText("–");
  await settled(page);
  await expectSoundInBothThemes(page, "key figures of nothing");
});

test("an input table without rows is a place to type", async ({ page, own }) => {
  await answering(page, "retention-plans", emptied);
  await visit(page, own, "plans");
  const grid = page.getByRole("grid", { name: "Retention Plans" });
  await expect(grid.getByText("Add a row")).toBeVisible();
  await expect(region("Retention Plans")(page)).toContainText("0 rows");
  await expectSoundInBothThemes(page, "an input table without rows");
});

test("a chart that a filter emptied names the filter and clears it", async ({ page, app }) => {
  await visit(page, app, "overview?account=nobody");
  const chart = region("Customers by plan")(page);
  await expect(chart).toContainText("No rows with Account: nobody");
  await expectSoundInBothThemes(page, "a chart that a filter emptied");
  await chart.getByRole("button", { name: "Clear this filter" }).click();
  await expect(chart.getByRole("img")).toBeVisible();
});

test("a refreshed element keeps its old data until the new has arrived", async ({ page, app }) => {
  await visit(page, app, "overview");
  const { place, ready } = subjects["a table"] as Subject;
  await expect(ready(place(page))).toBeVisible();
  await settled(page);
  const release = await holding(page, "customer-list");
  await page.getByRole("textbox", { name: "Account" }).fill("1");
  await page.keyboard.press("Enter");
  await expect(place(page).locator("[aria-busy='true']")).toBeVisible();
  await expect(ready(place(page))).toBeVisible();
  await expectSoundInBothThemes(page, "a table that waits for newer rows");
  release();
  await settled(page);
  await expect(place(page).locator("[aria-busy='true']")).toHaveCount(0);
});

test.describe("a list of choices", () => {
  const button = (page: Page) => page.getByRole("button", { name: /Pick Region/ });
  const options = (line: QueryLine) => line.part === "options";

  test("says that they are on their way", async ({ page, app }) => {
    await visit(page, app, "overview");
    await settled(page);
    const release = await holding(page, "pick-region");
    await button(page).click();
    await expect(page.getByText("Loading…")).toBeVisible();
    await expectSoundInBothThemes(page, "choices on their way");
    release();
    await expect(page.getByRole("option").first()).toBeVisible();
  });

  test("says that they cannot be had, and asks again", async ({ page, app }) => {
    await visit(page, app, "overview");
    await settled(page);
    const mend = await answering(page, "pick-region", (line) => (options(line) ? failing(line) : line));
    await button(page).click();
    await expect(page.getByRole("alert")).toContainText("The query could not be run.");
    await expectSoundInBothThemes(page, "choices that failed");
    mend();
    await page.getByRole("button", { name: "Retry" }).click();
    await expect(page.getByRole("option").first()).toBeVisible();
  });

  test("says that none matches", async ({ page, app }) => {
    await visit(page, app, "overview");
    await settled(page);
    await button(page).click();
    await page.getByRole("searchbox").fill("nowhere");
    await expect(page.getByText("Nothing found.")).toBeVisible();
    await expectSoundInBothThemes(page, "choices that do not match");
  });
});
