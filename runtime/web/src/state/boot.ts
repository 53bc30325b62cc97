// What the page shell hands over, and who this tab is.

import type { Boot } from "../protocol.gen";

let boot: Boot | undefined;

/** The shell's data; the page cannot start without it. */
export function readBoot(): Boot {
  if (boot) return boot;
  const text = document.getElementById("boot")?.textContent;
  if (!text) throw new Error("The page shell carries no workbook.");
  boot = JSON.parse(text) as Boot;
  return boot;
}

/** A random id of 32 hexadecimal digits. `crypto.randomUUID` is missing on plain HTTP addresses. */
export function randomId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** Id of this tab, so that it recognises the echo of its own edits. */
export const tabId = randomId().slice(0, 12);
