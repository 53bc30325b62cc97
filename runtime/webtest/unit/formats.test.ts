import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { axisPattern } from "../../web/src/format/date";
import { formatCell, formatKeyFigure } from "../../web/src/format/cell";
import { axisNumber } from "../../web/src/format/number";
import type { Cell, Format, Type } from "../../web/src/protocol.gen";

interface Case {
  type: Type;
  value: Cell;
  pattern: string | null;
  prefix?: string;
  suffix?: string;
  null_as?: string;
  symbol?: string;
  text: string;
}

const cases = JSON.parse(readFileSync(new URL("../../../tests/fixtures/formats.json", import.meta.url), "utf8")) as Case[];

describe("the shared format cases", () => {
  for (const one of cases) {
    it(`${JSON.stringify(one.value)} as ${one.pattern ?? "plain"} is ${one.text}`, () => {
      const { prefix = null, suffix = null, null_as = null, symbol = null } = one;
      const format: Format | null = one.pattern === null ? null : { pattern: one.pattern, prefix, suffix, null_as, symbol };
      expect(formatCell(one.value, one.type, format)).toBe(one.text);
    });
  }
});

describe("numbers where room is short", () => {
  it.each([
    [0, false, "0"],
    [950, false, "950"],
    [1200, false, "1.2k"],
    [2_500_000_000, false, "2.5B"],
    [0.25, true, "25%"],
    [-1500, false, "−1.5k"],
  ])("an axis shows %d (percent: %s) as %s", (value, percent, text) => {
    expect(axisNumber(value, percent)).toBe(text);
  });

  it.each([
    [18_423, "18,423"],
    [756_800, "757k"],
    [12.345, "12.35"],
    [1_000_000_000, "1B"],
  ])("a key figure without a format shows %d as %s", (value, text) => {
    expect(formatKeyFigure(value, "number", null)).toBe(text);
  });
});

describe("dates on an axis", () => {
  it.each([
    [["2025-01-01T00:00:00", "2026-01-01T00:00:00"], "%Y"],
    [["2026-01-01T00:00:00", "2026-02-01T00:00:00"], "%b %Y"],
    [["2026-01-05T00:00:00", "2026-01-12T00:00:00"], "%b %-d"],
    [["2025-12-29T00:00:00", "2026-01-05T00:00:00"], "%b %-d, %Y"],
    [["2026-01-05T10:00:00", "2026-01-05T11:30:00"], "%H:%M"],
  ])("%j need %s", (dates, pattern) => {
    expect(axisPattern(dates)).toBe(pattern);
  });
});
