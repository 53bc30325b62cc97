// What must hold for every page, whatever is on it.

import axe from "axe-core";
import { expect, type Page } from "@playwright/test";

/** Violations of the accessibility rules, with the elements they are found at. */
export async function violations(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  return page.evaluate(async () => {
    const found = await (globalThis as unknown as { axe: typeof axe }).axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"] });
    return found.violations.map((one) => `${one.id}: ${one.nodes.map((node) => node.target.join(" ")).join(", ")}`);
  });
}

/** What overlaps, is cut, or sticks out. */
export function geometryFaults(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const found: string[] = [];
    if (document.documentElement.scrollWidth > innerWidth) found.push(`the page scrolls sideways: ${document.documentElement.scrollWidth} > ${innerWidth}`);
    const name = (element: Element) => element.closest("[data-place]")?.getAttribute("data-place") ?? element.className;
    for (const grid of document.querySelectorAll(".grid24")) {
      const places = [...grid.children].filter((place) => place.getClientRects().length > 0).map((place) => ({ name: name(place), box: place.getBoundingClientRect() }));
      const around = grid.getBoundingClientRect();
      places.forEach((a, index) => {
        if (a.box.left < around.left - 1 || a.box.right > around.right + 1) found.push(`${a.name} sticks out of its grid`);
        for (const b of places.slice(index + 1)) {
          const apart = a.box.right <= b.box.left + 1 || b.box.right <= a.box.left + 1 || a.box.bottom <= b.box.top + 1 || b.box.bottom <= a.box.top + 1;
          if (!apart) found.push(`${a.name} overlaps ${b.name}`);
        }
      });
    }
    for (const element of document.querySelectorAll(".place > .element:not(.card)")) {
      if (element.scrollHeight > element.clientHeight + 1) found.push(`${name(element)} is higher than its place by ${element.scrollHeight - element.clientHeight}`);
      if (element.scrollWidth > element.clientWidth + 1) found.push(`${name(element)} is wider than its place by ${element.scrollWidth - element.clientWidth}`);
    }
    for (const card of document.querySelectorAll(".place > .card")) {
      const [box, place] = [card.getBoundingClientRect(), (card.parentElement as Element).getBoundingClientRect()];
      if (Math.abs(box.width - place.width) > 1 || Math.abs(box.height - place.height) > 1) found.push(`${name(card)} does not fill its place`);
    }
    for (const text of document.querySelectorAll(".kpi-value, .element-title, .button, .tab, .field-label, .grid-totals .grid-text, .grid-heading-text, .dialog-title"))
      if (text.scrollWidth > text.clientWidth + 1 && text.clientWidth > 0) found.push(`“${text.textContent}” is cut in ${name(text)}`);
    return found;
  });
}

/** The page has nothing that overlaps and nothing that keeps somebody out. */
export async function expectSound(page: Page, what: string): Promise<void> {
  expect.soft(await geometryFaults(page), `geometry of ${what}`).toEqual([]);
  expect.soft(await violations(page), `accessibility of ${what}`).toEqual([]);
}
