import { describe, expect, it } from "vitest";
import { History } from "../../web/src/grid/history";
import { applyOps, invertOps, type Row } from "../../web/src/grid/ops";
import type { EditOp } from "../../web/src/protocol.gen";

const rows: Row[] = [
  { key: "r1", cells: { a: 1, b: "x" } },
  { key: "r2", cells: { a: 2, b: null } },
];
const stored = ["a", "b"];

describe("edits and their opposites", () => {
  it.each<[string, EditOp[]]>([
    ["a set", [{ op: "set", key: "r1", col: "a", value: 9 }]],
    ["two sets of one cell", [{ op: "set", key: "r1", col: "a", value: 8 }, { op: "set", key: "r1", col: "a", value: 9 }]],
    ["an insert", [{ op: "insert", key: "n", after: "r1", values: { a: 5 } }]],
    ["a delete from the middle", [{ op: "delete", key: "r2" }]],
    ["deletes of neighbours", [{ op: "delete", key: "r1" }, { op: "delete", key: "r2" }]],
    ["an insert, then a set of it", [{ op: "insert", key: "n", after: null, values: { a: 5 } }, { op: "set", key: "n", col: "a", value: 6 }]],
  ])("%s", (_, ops) => {
    const after = applyOps(rows, ops);
    expect(after).not.toEqual(rows);
    expect([...applyOps(after, invertOps(rows, ops, stored))].sort((x, y) => (x.key < y.key ? -1 : 1))).toEqual(rows);
  });

  it("rows that do not change stay the same objects", () => {
    expect(applyOps(rows, [{ op: "set", key: "r1", col: "a", value: 9 }])[1]).toBe(rows[1]);
  });

  it("an edit of a row that is gone is harmless", () => {
    expect(applyOps(rows, [{ op: "set", key: "zz", col: "a", value: 1 }, { op: "delete", key: "zz" }])).toEqual(rows);
  });

  it("the same insert twice makes one row", () => {
    const insert: EditOp = { op: "insert", key: "n", after: null, values: {} };
    expect(applyOps(rows, [insert, insert])).toHaveLength(3);
  });
});

describe("undo and redo", () => {
  const step = (value: number) => ({ forward: [{ op: "set" as const, key: "r1", col: "a", value }], back: [{ op: "set" as const, key: "r1", col: "a", value: value - 1 }] });

  it("walk back and forth by batch", () => {
    const history = new History();
    history.record(step(2));
    history.record(step(3));
    expect(history.undo()).toEqual(step(3).back);
    expect(history.undo()).toEqual(step(2).back);
    expect(history.undo()).toBeNull();
    expect(history.redo()).toEqual(step(2).forward);
  });

  it("a new step forgets what was undone", () => {
    const history = new History();
    history.record(step(2));
    history.undo();
    history.record(step(5));
    expect(history.redo()).toBeNull();
    expect(history.canUndo).toBe(true);
  });

  it("a step without operations is none", () => {
    const history = new History();
    history.record({ forward: [], back: [] });
    expect(history.canUndo).toBe(false);
  });
});
