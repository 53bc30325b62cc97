// Number and date words of the project's locale, made once from the browser's own tables.

import { formatLocale, type FormatLocaleObject } from "d3-format";
import { timeFormatLocale, type TimeLocaleObject } from "d3-time-format";
import type { Settings } from "../protocol.gen";

export interface Locale {
  tag: string;
  currencySymbol: string;
  numbers: (symbol: string) => FormatLocaleObject;
  dates: TimeLocaleObject;
}

let current: Locale = makeLocale("en-US", "USD");
let source = "en-US USD";

export function locale(): Locale {
  return current;
}

/** Takes the settings of a plan; cheap when they did not change. */
export function takeSettings(settings: Settings): void {
  const wanted = `${settings.locale} ${settings.currency}`;
  if (wanted === source) return;
  source = wanted;
  current = makeLocale(settings.locale, settings.currency);
}

function makeLocale(wantedTag: string, currency: string): Locale {
  const tag = supported(wantedTag);
  const parts = new Intl.NumberFormat(tag).formatToParts(12345.6);
  const decimal = parts.find((part) => part.type === "decimal")?.value ?? ".";
  const thousands = parts.find((part) => part.type === "group")?.value ?? ",";
  const bySymbol = new Map<string, FormatLocaleObject>();
  return {
    tag,
    currencySymbol: currencySymbol(tag, currency),
    numbers: (symbol) => {
      let found = bySymbol.get(symbol);
      if (!found) bySymbol.set(symbol, (found = formatLocale({ decimal, thousands, grouping: [3], currency: [symbol, ""] })));
      return found;
    },
    dates: dateLocale(tag),
  };
}

function supported(tag: string): string {
  try {
    return new Intl.NumberFormat(tag).resolvedOptions().locale;
  } catch {
    return "en-US";
  }
}

function currencySymbol(tag: string, currency: string): string {
  try {
    const format = new Intl.NumberFormat(tag, { style: "currency", currency, currencyDisplay: "narrowSymbol" });
    return format.formatToParts(1).find((part) => part.type === "currency")?.value ?? "$";
  } catch {
    return "$";
  }
}

function dateLocale(tag: string): TimeLocaleObject {
  const names = (options: Intl.DateTimeFormatOptions, dates: number[]) => {
    const format = new Intl.DateTimeFormat(tag, { ...options, timeZone: "UTC" });
    return dates.map((date) => format.format(date));
  };
  const months = Array.from({ length: 12 }, (_, month) => Date.UTC(2026, month, 1));
  // 2026-02-01 is a Sunday.
  const days = Array.from({ length: 7 }, (_, day) => Date.UTC(2026, 1, 1 + day));
  return timeFormatLocale({
    dateTime: "%Y-%m-%d %H:%M:%S",
    date: "%Y-%m-%d",
    time: "%H:%M:%S",
    periods: ["AM", "PM"],
    days: names({ weekday: "long" }, days) as DayNames,
    shortDays: names({ weekday: "short" }, days) as DayNames,
    months: names({ month: "long" }, months) as MonthNames,
    shortMonths: names({ month: "short" }, months) as MonthNames,
  });
}

type DayNames = [string, string, string, string, string, string, string];
type MonthNames = [string, string, string, string, string, string, string, string, string, string, string, string];
