// Where a time axis has its labels, and what they say: whole steps, as many as there is room for.

import { formatTime } from "../format/date";

const day = 86_400_000;
const hour = 3_600_000;
/** Pixels of a label with the space around it. */
const labelRoom = 64;

interface Step {
  /** Least time from one label to the next. */
  about: number;
  text: (at: number) => string;
  /** Labels from the first to the last moment, both perhaps included. */
  from: (first: number, last: number) => number[];
}

const steps: Step[] = [
  ...[1, 3, 6, 12].map((count) => even(count * hour, (at) => formatTime(at, at % day === 0 ? "%b %-d" : "%H:%M"))),
  ...[1, 2, 7, 14].map((count) => even(count * day, (at) => formatTime(at, "%b %-d"))),
  ...[1, 2, 3, 6].map((count) => months(count, "%b %Y")),
  ...[1, 2, 5, 10, 25, 50, 100].map((count) => months(count * 12, "%Y")),
];

/** Steps of one length, counted from the first moment, so that labels of weekly data stand at its points. */
function even(length: number, text: Step["text"]): Step {
  return {
    about: length,
    text,
    from: (first, last) => {
      const start = length < day ? Math.ceil(first / length) * length : first;
      return Array.from({ length: Math.floor((last - start) / length) + 1 }, (_, index) => start + index * length);
    },
  };
}

function months(count: number, pattern: string): Step {
  return {
    about: count * 30 * day,
    text: (at) => formatTime(at, pattern),
    from: (first, last) => {
      const found: number[] = [];
      const start = new Date(first);
      let month = Math.floor((start.getUTCFullYear() * 12 + start.getUTCMonth()) / count) * count;
      for (let at = firstOf(month); at <= last; month += count, at = firstOf(month)) if (at >= first) found.push(at);
      return found;
    },
  };
}

function firstOf(month: number): number {
  return Date.UTC(Math.floor(month / 12), month % 12, 1);
}

export interface Ticks {
  at: number[];
  text: (at: number) => string;
  /** Whether the first and the last label stand too near to an end of the axis to be centred there. */
  tight: [boolean, boolean];
}

/** Labels between the first and the last of these moments, in ascending order, on an axis of this many pixels. */
export function timeTicks(times: number[], width: number): Ticks {
  const [first, last] = [times[0] ?? 0, times.at(-1) ?? 0];
  const daily = times.every((time) => time % day === 0);
  if (first === last) return { at: [first], text: (time) => formatTime(time, "%b %-d, %Y"), tight: [false, false] };
  const most = Math.max(2, Math.floor(width / labelRoom));
  const fits = (step: Step) => (!daily || step.about >= day) && (last - first) / step.about <= most + 1 && step.from(first, last).length <= most;
  const step = steps.find(fits) ?? steps.at(-1);
  const found = step?.from(first, last) ?? [];
  const at = found.length > 0 ? found : [first];
  const near = (from: number, to: number) => ((to - from) / (last - first || 1)) * width < labelRoom / 2;
  return { at, text: step?.text ?? String, tight: [near(first, at[0] ?? first), near(at.at(-1) ?? last, last)] };
}
