// The program under test: each worker gets a copy of the project and a server of its own, so that tests that edit rows
// or files do not see each other.

import { spawn, type ChildProcess } from "node:child_process";
import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test as base, type Page } from "@playwright/test";

const project = join(import.meta.dirname, "project");
const program = process.env.BOOKWRIGHT_BIN;

export interface App {
  url: string;
  /** Replaces text in the workbook's file, as an author's save does. */
  edit: (from: string, to: string) => Promise<void>;
}

async function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() => (address && typeof address === "object" ? resolve(address.port) : reject(new Error("no port"))));
    });
  });
}

async function start(folder: string): Promise<{ process: ChildProcess; url: string }> {
  if (!program) throw new Error("BOOKWRIGHT_BIN names no program.");
  const port = await freePort();
  const child = spawn(program, ["dev", folder, "--bind", `127.0.0.1:${port}`], { stdio: ["ignore", "pipe", "pipe"] });
  let output = "";
  child.stdout?.on("data", (text) => (output += String(text)));
  child.stderr?.on("data", (text) => (output += String(text)));
  const url = `http://127.0.0.1:${port}`;
  for (let tries = 0; tries < 150; tries += 1) {
    if (child.exitCode !== null) throw new Error(`The program stopped with ${child.exitCode}:\n${output}`);
    const answered = await fetch(url).then(
      (response) => response.status < 500,
      () => false,
    );
    if (answered) return { process: child, url };
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  child.kill();
  throw new Error(`The program does not answer:\n${output}`);
}

interface Fixtures {
  /** Complaints of the page; any fails the test. */
  complaints: string[];
}

export const test = base.extend<Fixtures, { app: App }>({
  app: [
    async ({}, use) => {
      const folder = await mkdtemp(join(tmpdir(), "bookwright-browser-"));
      await cp(project, folder, { recursive: true });
      const server = await start(folder);
      const file = join(folder, "workbooks", "churn.yaml");
      const edit = async (from: string, to: string) => {
        const text = await readFile(file, "utf8");
        if (!text.includes(from)) throw new Error(`The workbook does not hold ${JSON.stringify(from)}.`);
        await writeFile(file, text.replace(from, to));
      };
      await use({ url: server.url, edit });
      server.process.kill();
      await rm(folder, { recursive: true, force: true });
    },
    { scope: "worker", timeout: 60_000 },
  ],
  complaints: [
    async ({ page }, use) => {
      const complaints: string[] = [];
      page.on("pageerror", (error) => complaints.push(error.message));
      page.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
      await use(complaints);
      expect(complaints, "errors on the console").toEqual([]);
    },
    { auto: true },
  ],
});

/** Opens a page of the workbook and waits until its elements have their data. */
export async function open(page: Page, app: App, path: string): Promise<void> {
  await page.goto(`${app.url}/w/churn-watch/${path}`);
  await expect(page.locator("main .element").first()).toBeVisible();
  await settled(page);
}

/** Waits until nothing is loading. */
export async function settled(page: Page): Promise<void> {
  await expect(page.locator(".skeleton, .data-pending, .grid-cell .bone")).toHaveCount(0);
}

export { expect };
