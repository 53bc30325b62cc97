// Which columns stand where, after what a visitor hid, moved and froze.

export interface Arrangement {
  /** Order of all columns by id; null is the author's. */
  order: string[] | null;
  hidden: string[];
  /** The last of the columns that stay at the left. */
  frozen: string | null;
}

/** All columns in the visitor's order. Those that the author added later stand behind the one they follow. */
export function orderedIds(ids: string[], order: string[] | null): string[] {
  if (order === null) return ids;
  const there = new Set(ids);
  const kept = order.filter((id) => there.has(id));
  const placed = new Set(kept);
  ids.forEach((id, at) => {
    if (placed.has(id)) return;
    kept.splice(at === 0 ? 0 : kept.indexOf(ids[at - 1] ?? "") + 1, 0, id);
    placed.add(id);
  });
  return kept;
}

/** The columns to show, in order; all when nothing would be left. */
export function shownIds(ids: string[], { order, hidden }: Arrangement): string[] {
  const all = orderedIds(ids, order);
  const shown = all.filter((id) => !hidden.includes(id));
  return shown.length > 0 ? shown : all;
}

/** How many of the shown columns stay at the left. */
export function frozenCount(ids: string[], arrangement: Arrangement): number {
  const { frozen } = arrangement;
  if (frozen === null) return 0;
  const all = orderedIds(ids, arrangement.order);
  const border = all.indexOf(frozen);
  return shownIds(ids, arrangement).filter((id) => all.indexOf(id) <= border).length;
}

/** Moves a column before the shown column with this index, or behind the last. */
export function moved(ids: string[], arrangement: Arrangement, id: string, to: number): Arrangement {
  const shown = shownIds(ids, arrangement);
  const at = shown.indexOf(id);
  if (at < 0 || to === at || to === at + 1) return arrangement;
  const others = orderedIds(ids, arrangement.order).filter((other) => other !== id);
  const before = shown[to];
  const place = before === undefined ? others.indexOf(shown.filter((other) => other !== id).at(-1) ?? "") + 1 : others.indexOf(before);
  others.splice(place, 0, id);
  // The border stays where it was when the column at it goes elsewhere.
  const frozen = arrangement.frozen === id ? (shown[at - 1] ?? null) : arrangement.frozen;
  return { ...arrangement, order: others, frozen };
}

/** Hides a column, unless it is the last one to see. */
export function without(ids: string[], arrangement: Arrangement, id: string): Arrangement {
  if (shownIds(ids, arrangement).length < 2 || arrangement.hidden.includes(id)) return arrangement;
  return { ...arrangement, hidden: [...arrangement.hidden, id] };
}

/** First and last column of those behind the frozen ones that are in sight, with some to spare. */
export function columnWindow(places: { lefts: number[]; widths: number[] }, frozen: number, from: number, to: number): [number, number] {
  const spare = 2;
  const count = places.lefts.length;
  let first = frozen;
  while (first < count - 1 && (places.lefts[first] ?? 0) + (places.widths[first] ?? 0) <= from) first += 1;
  let last = first;
  while (last < count - 1 && (places.lefts[last + 1] ?? 0) < to) last += 1;
  return [Math.max(frozen, first - spare), Math.min(count - 1, last + spare)];
}
