// Colours that authors write: `#rrggbb`, or `theme.NAME` for a token of ours.

import type { Style } from "../protocol.gen";
import type { CSSProperties } from "react";

const tokens: Record<string, string> = {
  accent: "--accent",
  background: "--bg",
  surface: "--surface",
  border: "--line",
  line: "--line",
  text: "--ink",
  ink: "--ink",
  muted: "--ink-3",
  success: "--ok",
  ok: "--ok",
  error: "--bad",
  danger: "--bad",
  bad: "--bad",
  warning: "--warn",
  warn: "--warn",
};

export function cssColor(color: string | null | undefined): string | undefined {
  if (!color) return undefined;
  if (!color.startsWith("theme.")) return color;
  const name = color.slice("theme.".length);
  const series = /^(?:series|color)[-_.]?(\d)$/.exec(name);
  return series ? `var(--series-${series[1]})` : `var(${tokens[name] ?? "--accent"})`;
}

/** Red, green and blue from 0 to 255. */
export function parseHex(color: string): [number, number, number] | null {
  const short = /^#([0-9a-f])([0-9a-f])([0-9a-f])$/i.exec(color);
  const digits = short ? `${short[1]}${short[1]}${short[2]}${short[2]}${short[3]}${short[3]}` : /^#([0-9a-f]{6})/i.exec(color)?.[1];
  if (!digits) return null;
  return [0, 2, 4].map((at) => Number.parseInt(digits.slice(at, at + 2), 16)) as [number, number, number];
}

function luminance([red, green, blue]: [number, number, number]): number {
  const linear = (part: number) => (part / 255 <= 0.04045 ? part / 255 / 12.92 : ((part / 255 + 0.055) / 1.055) ** 2.4);
  return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);
}

/** Dark or light text, whichever reads better on a fixed colour. */
export function inkOn(color: string): string | undefined {
  const parts = parseHex(color);
  if (!parts) return undefined;
  return luminance(parts) > 0.2 ? "#172033" : "#ffffff";
}

/** Cards in light and dark, which texts stand on. */
const surfaces: [string, string] = ["#ffffff", "#171d2b"];

/** An author's colour for text: as written where it can be read on a card, lighter or darker where it could not. */
export function textColor(color: string | null | undefined): string | undefined {
  const parts = color ? parseHex(color) : null;
  if (!parts) return cssColor(color);
  const [light, dark] = surfaces.map((surface) => readable(parts, parseHex(surface) ?? parts));
  return `light-dark(${light}, ${dark})`;
}

type Rgb = [number, number, number];

function readable(color: Rgb, surface: Rgb): string {
  const target = luminance(surface) > 0.2 ? 0 : 255;
  for (let share = 0; share < 1; share += 0.1) {
    const mixed = color.map((part) => Math.round(part + (target - part) * share)) as Rgb;
    if (contrast(mixed, surface) >= 4.6) return hex(mixed);
  }
  return hex([target, target, target]);
}

function contrast(a: Rgb, b: Rgb): number {
  const [low, high] = [luminance(a), luminance(b)].sort((x, y) => x - y) as [number, number];
  return (high + 0.05) / (low + 0.05);
}

function hex(parts: Rgb): string {
  return `#${parts.map((part) => part.toString(16).padStart(2, "0")).join("")}`;
}

/** Above this lightness a background is a tint of white, which would glare on a dark page. */
const paleFrom = 0.75;

/** What stands for a pale background on a dark page: as much of the same hue, mixed into a dark card. */
export function dimmed(color: string): string | null {
  const parts = parseHex(color);
  if (!parts) return null;
  const [most, least] = [Math.max(...parts), Math.min(...parts)];
  const lightness = (most + least) / 510;
  if (lightness < paleFrom) return null;
  const strength = 0.9 * Math.min(1, (1 - lightness) / 0.2) ** 0.6;
  // Of the same hue, half as saturated as can be, at a third of the lightness.
  const target = parts.map((part) => (most === least ? 82 : 41 + ((part - least) / (most - least)) * 82));
  return hex((parseHex(surfaces[1]) ?? parts).map((part, index) => Math.round(part + ((target[index] ?? part) - part) * strength)) as Rgb);
}

/** An author's background with text that reads on it, in light and dark. */
export function paint(background: string, text?: string | null): { background: string; color: string | undefined } {
  const pale = dimmed(background);
  const ink = text ?? inkOn(background);
  if (pale === null) return { background: cssColor(background) ?? background, color: cssColor(ink) };
  const [written, under] = [parseHex(text ?? ""), parseHex(pale)];
  const onDark = written && under ? readable(written, under) : text ? cssColor(text) : inkOn(pale);
  return { background: `light-dark(${background}, ${pale})`, color: `light-dark(${cssColor(ink)}, ${onDark})` };
}

/** A colour of a scale at a place from 0 to 1. */
export function interpolate(scale: string[], place: number): string {
  const stops = scale.map((color) => parseHex(color) ?? [128, 128, 128]);
  const at = Math.min(1, Math.max(0, place)) * (stops.length - 1);
  const low = stops[Math.floor(at)] ?? [128, 128, 128];
  const high = stops[Math.ceil(at)] ?? low;
  return hex(low.map((part, index) => Math.round(part + ((high[index] ?? part) - part) * (at - Math.floor(at)))) as Rgb);
}

/** Looks of a box. Text on an author's fixed background gets a colour that reads on it. */
export function boxStyle(style: Style): CSSProperties {
  const look: CSSProperties = {};
  if (style.background) {
    const { background, color } = paint(style.background, style.color);
    look.background = background;
    if (color) Object.assign(look, { color }, style.color ? {} : { "--ink": color, "--ink-2": color, "--ink-3": color });
  } else if (style.color) {
    look.color = textColor(style.color);
  }
  if (style.border_color) look.borderColor = cssColor(style.border_color);
  if (style.border_width !== null && style.border_width !== undefined) {
    look.borderWidth = style.border_width;
    look.borderStyle = "solid";
  }
  if (style.radius !== null && style.radius !== undefined) look.borderRadius = style.radius;
  if (style.padding !== null && style.padding !== undefined) look.padding = style.padding;
  return look;
}
