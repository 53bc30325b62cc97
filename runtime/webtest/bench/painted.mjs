// From the save of a workbook to the painted frame in a browser: `node painted.mjs PROGRAM PROJECT ELEMENTS`.
//
// Starts `dev` over the project, opens its first page in Chromium and saves one change after the other. The page
// answers every new plan with `painted` when it is on screen; the time is taken from just before the file is written
// until that message passes the browser's door. Prints rows of the table of benches.

import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { createInterface } from "node:readline";
import { join } from "node:path";
import { chromium } from "@playwright/test";

const [program, project, elements] = process.argv.slice(2);
const runs = 60;
const warm = 5;
// Large workbooks are cut into files.
const parts = join(project, "parts/0000.yaml");
const file = existsSync(parts) ? parts : join(project, "synthetic.yaml");

const server = spawn(program, ["dev", project, "--bind", "127.0.0.1:0"], { stdio: ["ignore", "pipe", "ignore"] });
const address = await new Promise((resolve, reject) => {
  server.once("exit", (code) => reject(new Error(`the program ended with ${code}`)));
  createInterface({ input: server.stdout }).on("line", (line) => {
    const found = /http:\/\/[\d.:]+/.exec(line);
    if (found) resolve(found[0]);
  });
});

// Whatever fails below, the server goes with this process.
process.on("exit", () => server.kill());

const browser = await chromium.launch({
  executablePath: process.env.BOOKWRIGHT_CHROMIUM ?? "/usr/bin/chromium",
  args: ["--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"],
});
const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
let painted = () => {};
page.on("websocket", (socket) =>
  socket.on("framesent", ({ payload }) => {
    const message = JSON.parse(String(payload));
    if (message.t === "painted") painted(message.ms);
  }),
);
await page.goto(`${address}/w/synthetic/page-0`);
await page.locator("main .element").first().waitFor();
await page.waitForTimeout(2_000);

const walls = [];
const pages = [];
const text = await readFile(file, "utf8");
for (let run = 0; run < runs + warm; run += 1) {
  const shown = new Promise((resolve, reject) => {
    painted = resolve;
    setTimeout(() => reject(new Error("no frame within 30 s")), 30_000).unref();
  });
  const changed = text.replace("Figure 4\n", `Figure 4 v${run}\n`);
  const start = performance.now();
  await writeFile(file, changed);
  const ms = await shown;
  if (run >= warm) {
    walls.push(performance.now() - start);
    pages.push(ms);
  }
  await page.waitForTimeout(150);
}

const quantile = (list, part) => [...list].sort((a, b) => a - b)[Math.round(part * (list.length - 1))].toFixed(1);
const row = (what, list) => `| ${what} | ${elements} | ${quantile(list, 0)} | ${quantile(list, 0.5)} | ${quantile(list, 0.99)} | | ms | ${runs} |`;
console.log(row("save to painted frame", walls));
console.log(row("— of it in the page, from message to frame", pages));

await browser.close();
process.exit();
