// The address bar: `/w/{workbook}/{page}?control=value`. Parameters of the page itself begin with a colon.

import type { ControlValue, ViewPlan } from "../protocol.gen";
import { setControls, valueKey } from "./controls";
import { planKey } from "./plan";
import { key, read, useValue, write } from "./store";
import { decodeValue, encodeValue, splitQuery } from "./url";

export const pageKey = key("page", "");

const tabPrefix = ":tab.";
/** Chosen tab by element id of the tabs. */
export const tabsKey = key<Record<string, string>>("tabs", {});

export function useTab(element: string): string | undefined {
  return useValue(tabsKey)[element];
}

export function selectTab(element: string, tab: string): void {
  write(tabsKey, { ...read(tabsKey), [element]: tab });
  writeAddress("replace");
}

function address(plan: ViewPlan, page: string): string {
  const pairs: string[] = [];
  for (const [id, view] of Object.entries(plan.controls)) {
    const value = read(valueKey(id));
    if (value !== undefined) pairs.push(`${encodeURIComponent(id)}=${encodeValue(view, value)}`);
  }
  for (const [element, tab] of Object.entries(read(tabsKey))) {
    if (plan.elements[element]) pairs.push(`${tabPrefix}${encodeURIComponent(element)}=${encodeURIComponent(tab)}`);
  }
  const query = pairs.length === 0 ? "" : `?${pairs.join("&")}`;
  return `/w/${encodeURIComponent(plan.workbook)}/${encodeURIComponent(page)}${query}`;
}

export function writeAddress(how: "push" | "replace"): void {
  const plan = read(planKey);
  if (plan.workbook === "") return;
  const url = address(plan, read(pageKey));
  if (url === location.pathname + location.search) return;
  if (how === "push") history.pushState(null, "", url);
  else history.replaceState(null, "", url);
}

/** Address of a page with the present control values. */
export function pageAddress(plan: ViewPlan, page: string): string {
  return address(plan, page);
}

export function goToPage(page: string): void {
  const plan = read(planKey);
  if (!plan.pages.some((candidate) => candidate.id === page) || read(pageKey) === page) return;
  write(pageKey, page);
  writeAddress("push");
  scrollTo({ top: 0 });
}

/** Values that the address sets, by control id. */
export function addressValues(plan: ViewPlan, search: string): Record<string, ControlValue> {
  const values: Record<string, ControlValue> = {};
  for (const [name, text] of splitQuery(search)) {
    const view = plan.controls[name];
    const value = view && decodeValue(view, text);
    if (value !== undefined) values[name] = value;
  }
  return values;
}

function addressTabs(search: string): Record<string, string> {
  const tabs: Record<string, string> = {};
  for (const [name, text] of splitQuery(search)) {
    if (name.startsWith(tabPrefix)) tabs[name.slice(tabPrefix.length)] = decodeURIComponent(text);
  }
  return tabs;
}

/** Takes page, tabs and controls from the address, after Back or Forward. */
function followAddress(): void {
  const plan = read(planKey);
  const page = decodeURIComponent(location.pathname.split("/")[3] ?? "");
  if (plan.pages.some((candidate) => candidate.id === page)) write(pageKey, page);
  write(tabsKey, { ...read(tabsKey), ...addressTabs(location.search) });
  const untouched = Object.fromEntries(Object.keys(plan.controls).map((id) => [id, undefined]));
  setControls({ ...untouched, ...addressValues(plan, location.search) }, "history");
}

export function startAddress(): void {
  write(tabsKey, addressTabs(location.search));
  addEventListener("popstate", followAddress);
}
