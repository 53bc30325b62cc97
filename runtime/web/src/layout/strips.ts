// A body cut into strips: ranges of grid rows that no element crosses. A strip of tables is as high as their rows need,
// at most as high as the author said, so that a short table leaves no blank space beneath it.

import type { Element, Placement } from "../protocol.gen";

export interface Strip {
  /** First grid row, from 1. */
  row: number;
  /** Empty grid rows between the strip before and this one. */
  skipped: number;
  /** In reading order. */
  places: Placement[];
  /** Its height follows what is in it. */
  snug: boolean;
  /** All of it shows more when it is higher. */
  growing: boolean;
  /** Nothing but key figures. */
  figures: boolean;
}

type KindName = Element["kind"]["kind"];

/** Kinds whose height follows their rows. */
const flexible: ReadonlySet<KindName> = new Set<KindName>(["table", "input_table", "tabs"]);
/** Kinds that may stand beside these without a height of their own. */
const plain: ReadonlySet<KindName> = new Set<KindName>(["text", "control", "button"]);
const roomy: ReadonlySet<KindName> = new Set<KindName>(["table", "input_table", "chart"]);

export function strips(body: Placement[], elements: Record<string, Element | undefined>): Strip[] {
  const inOrder = [...body].sort((a, b) => a.row - b.row || a.column - b.column);
  const found: Strip[] = [];
  let end = 1;
  for (const placement of inOrder) {
    const last = found.at(-1);
    if (last && placement.row < end) last.places.push(placement);
    else found.push({ row: placement.row, skipped: placement.row - end, places: [placement], snug: false, growing: false, figures: false });
    end = Math.max(end, placement.row + placement.height);
  }
  const kind = ({ element }: Placement) => elements[element]?.kind.kind ?? "spacer";
  for (const strip of found) {
    strip.snug =
      strip.places.some((place) => flexible.has(kind(place))) &&
      strip.places.every((place) => place.row === strip.row && (flexible.has(kind(place)) || plain.has(kind(place))));
    strip.growing = strip.places.every((place) => place.row === strip.row && roomy.has(kind(place)));
    strip.figures = strip.places.every((place) => kind(place) === "kpi");
  }
  return found;
}
