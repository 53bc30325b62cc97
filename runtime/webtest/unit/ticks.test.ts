import { describe, expect, it } from "vitest";
import { timeTicks } from "../../web/src/charts/ticks";

const day = (text: string) => Date.parse(`${text}T00:00:00Z`);
const labels = (from: string, to: string, width: number) => {
  const { at, text } = timeTicks([day(from), day(to)], width);
  return at.map(text);
};

describe("labels of a time axis", () => {
  it.each<[string, string, number, string[]]>([
    ["2026-08-01", "2026-08-05", 500, ["Aug 1", "Aug 2", "Aug 3", "Aug 4", "Aug 5"]],
    ["2026-08-01", "2026-08-03", 900, ["Aug 1", "Aug 2", "Aug 3"]],
    ["2026-08-01", "2026-10-31", 560, ["Aug 1", "Aug 15", "Aug 29", "Sep 12", "Sep 26", "Oct 10", "Oct 24"]],
    ["2026-08-01", "2026-10-31", 280, ["Aug 2026", "Sep 2026", "Oct 2026"]],
    ["2024-11-01", "2026-10-01", 600, ["Jan 2025", "Apr 2025", "Jul 2025", "Oct 2025", "Jan 2026", "Apr 2026", "Jul 2026", "Oct 2026"]],
    ["2020-01-01", "2026-01-01", 600, ["2020", "2021", "2022", "2023", "2024", "2025", "2026"]],
    ["2026-08-01", "2026-08-01", 600, ["Aug 1, 2026"]],
  ])("from %s to %s on %d pixels", (from, to, width, found) => {
    expect(labels(from, to, width)).toEqual(found);
  });

  it("name the day where hours begin anew", () => {
    const { at, text } = timeTicks([day("2026-08-01") + 3_600_000, day("2026-08-02") + 43_200_000], 400);
    expect(at.map(text)).toEqual(["06:00", "12:00", "18:00", "Aug 2", "06:00", "12:00"]);
  });

  it("never are more than there is room for", () => {
    for (const width of [120, 300, 700, 1600])
      for (const to of ["2026-01-02", "2026-01-20", "2026-06-01", "2028-01-01", "2050-01-01", "2290-01-01"])
        expect(labels("2026-01-01", to, width).length).toBeLessThanOrEqual(Math.max(2, Math.floor(width / 64)));
  });

  it("stand at the points of weekly data", () => {
    const { at } = timeTicks([day("2026-08-03"), day("2026-08-31")], 600);
    expect(at.every((time) => (time - day("2026-08-03")) % (86_400_000 * 7) === 0)).toBe(true);
  });

  it("at the ends are not centred over the edge", () => {
    expect(timeTicks([day("2026-08-01"), day("2026-10-24")], 560).tight).toEqual([true, true]);
    expect(timeTicks([day("2024-11-15"), day("2026-09-15")], 600).tight).toEqual([false, false]);
  });
});
