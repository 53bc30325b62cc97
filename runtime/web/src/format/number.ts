// Numbers as text: d3-format patterns, with B for billions and the project's currency behind `$`.

import { locale } from "./locale";

const compiled = new Map<string, ((value: number) => string) | null>();

/** Formats by a d3-format pattern; `null` when the pattern is not one. */
export function formatNumber(value: number, pattern: string, symbol: string | null): string | null {
  const words = locale();
  const currency = symbol ?? words.currencySymbol;
  const id = `${words.tag} ${currency} ${pattern}`;
  let format = compiled.get(id);
  if (format === undefined) {
    format = compile(pattern, currency);
    compiled.set(id, format);
  }
  return format === null ? null : format(value);
}

function compile(pattern: string, currency: string): ((value: number) => string) | null {
  try {
    const format = locale().numbers(currency).format(pattern);
    // The SI prefix of 10⁹ is G; people read billions.
    return pattern.includes("s") ? (value) => format(value).replace(/G$/, "B") : format;
  } catch {
    return null;
  }
}

/** A number nobody gave a format: thousands separators and at most six decimals. */
export function plainNumber(value: number): string {
  if (!Number.isFinite(value)) return String(value);
  const size = Math.abs(value);
  if (size !== 0 && (size < 1e-6 || size >= 1e21)) return formatNumber(value, ".6~g", null) ?? String(value);
  return formatNumber(value, ",.6~f", null) ?? String(value);
}

/** A number on an axis: short, at most three significant digits. */
export function axisNumber(value: number, percent: boolean): string {
  if (percent) return formatNumber(value, ".3~p", null) ?? String(value);
  if (value === 0) return "0";
  const size = Math.abs(value);
  if (size < 1000) return formatNumber(value, size < 0.001 ? ".3~g" : ",.3~r", null) ?? String(value);
  return formatNumber(value, ".3~s", null) ?? String(value);
}

/** A key figure nobody gave a format: exact while it is short, then k, M, B. */
export function keyFigure(value: number): string {
  const size = Math.abs(value);
  if (size >= 100_000) return formatNumber(value, ".3~s", null) ?? String(value);
  return formatNumber(value, size >= 1000 || Number.isInteger(value) ? ",.0f" : ",.2~f", null) ?? String(value);
}
