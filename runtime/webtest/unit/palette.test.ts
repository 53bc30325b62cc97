import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { dimmed, inkOn, interpolate, paint, parseHex } from "../../web/src/format/color";

const css = readFileSync(new URL("../../web/src/styles/tokens.css", import.meta.url), "utf8");
const [light = "", dark = ""] = css.split(':root[data-theme="dark"]');

function token(part: string, name: string): [number, number, number] {
  const value = new RegExp(`--${name}: (#[0-9a-f]{3,6});`).exec(part)?.[1] ?? "";
  return parseHex(value) ?? [0, 0, 0];
}

function luminance(color: [number, number, number]): number {
  const [red, green, blue] = color.map((part) => (part / 255 <= 0.04045 ? part / 255 / 12.92 : ((part / 255 + 0.055) / 1.055) ** 2.4)) as [number, number, number];
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(a: [number, number, number], b: [number, number, number]): number {
  const [bright, dim] = [luminance(a), luminance(b)].sort((x, y) => y - x) as [number, number];
  return (bright + 0.05) / (dim + 0.05);
}

describe.each([["light", light], ["dark", dark]])("the %s theme", (_, part) => {
  it.each(["ink", "ink-2", "ink-3", "accent", "ok", "bad"])("%s reads on surface and background", (name) => {
    expect(contrast(token(part, name), token(part, "surface"))).toBeGreaterThanOrEqual(4.5);
    expect(contrast(token(part, name), token(part, "bg"))).toBeGreaterThanOrEqual(4.5);
  });

  it("borders of controls can be seen", () => {
    expect(contrast(token(part, "line-strong"), token(part, "surface"))).toBeGreaterThanOrEqual(3);
  });

  it.each([1, 2, 3, 4, 5, 6, 7, 8])("series %d can be seen", (index) => {
    expect(contrast(token(part, `series-${index}`), token(part, "surface"))).toBeGreaterThanOrEqual(3);
  });

  it("warnings read on their background", () => {
    expect(contrast(token(part, "warn"), token(part, "warn-soft"))).toBeGreaterThanOrEqual(4.5);
    expect(contrast(token(part, "bad"), token(part, "bad-soft"))).toBeGreaterThanOrEqual(4.5);
  });
});

it("text on an author's colour is dark or light, whichever reads", () => {
  expect([inkOn("#172033"), inkOn("#ffe9a8"), inkOn("#d9761f"), inkOn("theme.accent")]).toEqual(["#ffffff", "#172033", "#172033", undefined]);
});

it("a scale runs through its stops", () => {
  expect([interpolate(["#000000", "#ffffff"], 0), interpolate(["#000000", "#ffffff"], 1), interpolate(["#000000", "#ff0000", "#ffffff"], 0.5)]).toEqual(["#000000", "#ffffff", "#ff0000"]);
});

describe("a pale background on a dark page", () => {
  const dark: [number, number, number] = [23, 29, 43];

  it.each(["#fde2e0", "#dff3e8", "#fff4e0", "#bcd0f7", "#f7b4ae", "#ffe9a8"])("%s keeps its hue and does not glare", (color) => {
    const found = parseHex(dimmed(color) ?? "") ?? [255, 255, 255];
    expect(luminance(found)).toBeLessThan(0.13);
    const strongest = (parts: [number, number, number]) => parts.indexOf(Math.max(...parts));
    expect(strongest(found)).toBe(strongest(parseHex(color) ?? dark));
  });

  it.each([
    ["#fde2e0", "#8c1d18"],
    ["#dff3e8", null],
    ["#bcd0f7", "#1b4497"],
  ])("%s under %s can be read in both themes", (background, text) => {
    const { background: under, color } = paint(background, text);
    const pairs = [under, color ?? ""].map((value) => /light-dark\((#\w+), (#\w+)\)/.exec(value) ?? []);
    for (const theme of [1, 2]) {
      const [surface, ink] = pairs.map((pair) => parseHex(pair[theme] ?? "") ?? [128, 128, 128]) as [[number, number, number], [number, number, number]];
      expect(contrast(surface, ink)).toBeGreaterThanOrEqual(4.5);
    }
  });

  it("is the card itself when it is white; strong colours stay as they are written", () => {
    expect([dimmed("#ffffff"), dimmed("#2f5fd0"), dimmed("theme.accent")]).toEqual(["#171d2b", null, null]);
    expect(paint("#2f5fd0")).toEqual({ background: "#2f5fd0", color: "#ffffff" });
  });
});
