import { describe, expect, it } from "vitest";
import { columnWindow, frozenCount, moved, orderedIds, shownIds, without, type Arrangement } from "../../web/src/grid/arrange";

const ids = ["a", "b", "c", "d"];
const start: Arrangement = { order: null, hidden: [], frozen: null };
const shown = (arrangement: Arrangement, of = ids) => shownIds(of, arrangement).join("");

describe("columns", () => {
  it.each<[string, string, number, string]>([
    ["to the right", "a", 2, "bacd"],
    ["to the end", "b", 4, "acdb"],
    ["to the front", "d", 0, "dabc"],
    ["to where it is", "b", 1, "abcd"],
    ["behind itself", "b", 2, "abcd"],
  ])("move %s", (_, id, to, expected) => {
    expect(shown(moved(ids, start, id, to))).toBe(expected);
  });

  it("move among those that are shown", () => {
    const hidden = without(ids, start, "b");
    expect(shown(moved(ids, hidden, "a", 2))).toBe("cad");
    expect(orderedIds(ids, moved(ids, hidden, "a", 2).order)).toEqual(["b", "c", "a", "d"]);
  });

  it("cannot all be hidden", () => {
    const one = ids.reduce((arrangement, id) => without(ids, arrangement, id), start);
    expect(shown(one)).toBe("d");
    expect(shown({ ...start, hidden: ids })).toBe("abcd");
  });

  it("that the author adds stand where the author put them, those taken away are gone", () => {
    const arrangement = moved(ids, start, "a", 4);
    expect(shown(arrangement)).toBe("bcda");
    expect(shown(arrangement, ["a", "x", "b", "d", "e"])).toBe("bdeax");
    expect(shown(arrangement, ["n", "b", "a"])).toBe("nba");
  });

  it("are frozen up to one, also when that one is hidden or moves away", () => {
    const frozen = { ...start, frozen: "b" };
    expect(frozenCount(ids, frozen)).toBe(2);
    expect(frozenCount(ids, without(ids, frozen, "b"))).toBe(1);
    expect(frozenCount(ids, moved(ids, frozen, "b", 4))).toBe(1);
    expect(frozenCount(ids, moved(ids, frozen, "d", 0))).toBe(3);
    expect(frozenCount(ids, { ...frozen, frozen: "gone" })).toBe(0);
  });
});

describe("of two hundred columns", () => {
  const widths = Array.from({ length: 200 }, () => 100);
  const places = { widths, lefts: widths.map((_, at) => at * 100) };

  it.each<[string, number, number, number, [number, number]]>([
    ["the first are drawn at the left", 0, 0, 1000, [0, 11]],
    ["those in sight are drawn in the middle", 0, 5000, 6000, [48, 61]],
    ["none twice that are frozen", 3, 300, 1000, [3, 11]],
    ["the last are drawn at the right", 0, 19_000, 20_000, [188, 199]],
  ])("%s", (_, frozen, from, to, expected) => {
    expect(columnWindow(places, frozen, from, to)).toEqual(expected);
  });
});
