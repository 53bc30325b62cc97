// The program under test: each worker gets a copy of a project and a server of its own, so that tests that edit rows
// or files do not see each other.

import { spawn, type ChildProcess } from "node:child_process";
import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { expect, test as base, type Page } from "@playwright/test";

const program = process.env.BOOKWRIGHT_BIN;
const repository = join(import.meta.dirname, "..", "..", "..");
/** The project of most tests. */
export const small = join(import.meta.dirname, "project");
/** The suite of workbooks that the repository ships. */
export const growth = join(repository, "workbooks", "growth");

export function example(name: string): string {
  return join(repository, "examples", name);
}

export interface App {
  url: string;
  /** Replaces text in the workbook's file, as an author's save does. */
  edit: (from: string, to: string) => Promise<void>;
  /** Ends the server without a chance to tidy up. */
  kill: () => Promise<void>;
  /** Starts it again, at the same address. */
  restart: () => Promise<void>;
  close: () => Promise<void>;
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

async function start(folder: string, port: number): Promise<ChildProcess> {
  if (!program) throw new Error("BOOKWRIGHT_BIN names no program.");
  const child = spawn(program, ["dev", folder, "--bind", `127.0.0.1:${port}`], { stdio: ["ignore", "pipe", "pipe"] });
  let output = "";
  child.stdout?.on("data", (text) => (output += String(text)));
  child.stderr?.on("data", (text) => (output += String(text)));
  for (let tries = 0; tries < 200; tries += 1) {
    if (child.exitCode !== null) throw new Error(`The program stopped with ${child.exitCode}:\n${output}`);
    const answered = await fetch(`http://127.0.0.1:${port}`).then(
      (response) => response.status < 500,
      () => false,
    );
    if (answered) return child;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  child.kill("SIGKILL");
  throw new Error(`The program does not answer:\n${output}`);
}

function stop(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    child.once("exit", () => resolve());
    child.kill(signal);
  });
}

/** Serves a copy of a project; `workbook` is the file that `edit` changes. */
export async function launch(project: string, workbook = "workbooks/churn.yaml"): Promise<App> {
  const folder = await mkdtemp(join(tmpdir(), "bookwright-browser-"));
  await cp(project, folder, { recursive: true, filter: (path) => basename(path) !== ".bookwright" });
  const port = await freePort();
  const file = join(folder, workbook);
  let child = await start(folder, port);
  return {
    url: `http://127.0.0.1:${port}`,
    edit: async (from, to) => {
      const text = await readFile(file, "utf8");
      if (!text.includes(from)) throw new Error(`The workbook does not hold ${JSON.stringify(from)}.`);
      await writeFile(file, text.replace(from, to));
    },
    kill: () => stop(child, "SIGKILL"),
    restart: async () => {
      child = await start(folder, port);
    },
    close: async () => {
      await stop(child, "SIGTERM");
      await rm(folder, { recursive: true, force: true });
    },
  };
}

interface Fixtures {
  /** Complaints of the page; any fails the test. */
  complaints: string[];
  /** A server for one test, which may change files and rows, and kill it. */
  own: App;
}

interface WorkerFixtures {
  app: App;
  /** The suite `workbooks/growth`; its tests change nothing. */
  suite: App;
}

export const test = base.extend<Fixtures, WorkerFixtures>({
  app: [
    async ({}, use) => {
      const app = await launch(small);
      await use(app);
      await app.close();
    },
    { scope: "worker", timeout: 60_000 },
  ],
  suite: [
    async ({}, use) => {
      const app = await launch(growth, "workbooks/churn-watch.yaml");
      await use(app);
      await app.close();
    },
    { scope: "worker", timeout: 60_000 },
  ],
  own: async ({}, use) => {
    const app = await launch(small);
    await use(app);
    await app.close();
  },
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

/** Opens a page of a workbook and waits until its elements have their data. */
export async function open(page: Page, app: App, path: string, workbook = "churn-watch"): Promise<void> {
  await page.goto(`${app.url}/w/${workbook}/${path}`);
  await expect(page.locator("main .element").first()).toBeVisible();
  await settled(page);
}

/** Waits until nothing is loading. */
export async function settled(page: Page): Promise<void> {
  await expect(page.locator(".skeleton, .data-pending, .grid-cell .bone")).toHaveCount(0);
}

export { expect };
