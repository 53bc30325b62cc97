import { beforeEach, describe, expect, it, vi } from "vitest";
import { InputRows } from "../../web/src/grid/inputRows";
import type { DataView, EditRequest, EditResult, InputColumnView, InputTableView, Table } from "../../web/src/protocol.gen";

const column = (id: string, rules: Partial<InputColumnView> = {}): InputColumnView => ({
  id, name: id, kind: "text", type: "text", required: false, min: null, max: null, max_length: null, options: [], options_query: false, ...rules,
});

const view: InputTableView = { name: "T", editable: true, columns: [column("name", { required: true }), column("size", { kind: "number", type: "number", min: 0 })] };
const data = { name: "T", columns: view.columns.map(({ id, name, type }) => ({ id, name, type })) } as unknown as DataView;

function table(rows: [string, string, number | null][], editNum: number): Table {
  return { count: rows.length, offset: 0, columns: [0, 1], values: [rows.map((row) => row[1]), rows.map((row) => row[2])], keys: rows.map((row) => row[0]), edit_num: editNum };
}

let sent: EditRequest[];
let answer: (request: EditRequest) => EditResult[] | "down";
let rows: InputRows;
const shown = () => rows.rows.map((row) => (row ? [row.cells.name ?? null, row.cells.size ?? null] : "later"));
const type = (row: number, column: string, text: string) => rows.change([{ row, column, text }], () => []);
const sentOps = () => sent.flatMap((request) => request.ops);

beforeEach(() => {
  sent = [];
  answer = ({ ops }) => ops.map(() => "ok" as const);
  vi.stubGlobal("fetch", async (_: string, init: { body: string }) => {
    const request = JSON.parse(init.body) as EditRequest;
    const results = answer(request);
    if (results === "down") throw new TypeError("down");
    sent.push(request);
    return new Response(JSON.stringify({ edit_num: 10 + sent.length, results }));
  });
  rows = new InputRows("w", "t", () => undefined);
  rows.setColumns(view);
  rows.load([table([["r1", "a", 1], ["r2", "b", 2]], 10)], data);
});

const settled = () => vi.waitFor(() => expect(rows.saveState().unsaved).toBe(0));

describe("an edit", () => {
  it("shows at once, is sent by row and column, and stays until the server's rows include it", async () => {
    type(0, "size", "5");
    expect(shown()[0]).toEqual(["a", 5]);
    await settled();
    expect(sentOps()).toEqual([{ op: "set", key: "r1", col: "size", value: 5 }]);
    rows.load([table([["r1", "a", 1], ["r2", "b", 2]], 10)], data);
    expect(shown()[0]).toEqual(["a", 5]);
    rows.load([table([["r1", "a", 5], ["r2", "c", 2]], 11)], data);
    expect(shown()).toEqual([["a", 5], ["c", 2]]);
  });

  it("that changes nothing is not sent", () => {
    type(0, "size", "1");
    expect(rows.saveState().unsaved).toBe(0);
  });

  it("against the rules stays here, with its text", () => {
    type(0, "size", "-1");
    expect(rows.problem(0, "size")).toEqual({ text: "-1", message: "must be at least 0" });
    expect(rows.saveState()).toMatchObject({ unsaved: 0, problems: 1 });
    type(0, "size", "3");
    expect(rows.problem(0, "size")).toBeNull();
  });

  it("that the server refuses is marked, and the value before it is back beneath", async () => {
    answer = () => [{ rejected: "not today" }];
    type(0, "size", "7");
    await settled();
    expect(rows.problem(0, "size")).toEqual({ text: "7", message: "not today" });
    expect(shown()[0]).toEqual(["a", 1]);
  });

  it("waits while the server is away, and is sent again with the same id", async () => {
    const ids: string[] = [];
    answer = (request) => {
      ids.push(request.id);
      return ids.length < 2 ? "down" : request.ops.map(() => "ok" as const);
    };
    type(0, "size", "8");
    await vi.waitFor(() => expect(rows.saveState()).toMatchObject({ offline: true, unsaved: 1 }));
    await settled();
    expect(new Set(ids).size).toBe(1);
    expect(ids).toHaveLength(2);
  });
});

describe("a new row", () => {
  it("is sent once it has all it needs", async () => {
    type(2, "size", "4");
    expect(rows.saveState()).toMatchObject({ drafts: 1, unsaved: 0 });
    expect(rows.problem(2, "name")?.message).toBe("name is required");
    type(2, "name", "c");
    await settled();
    expect(sentOps()).toMatchObject([{ op: "insert", after: null, values: { name: "c", size: 4 } }]);
    expect(rows.saveState()).toMatchObject({ drafts: 0, problems: 0 });
  });

  it("nobody typed anything into is no row", () => {
    type(2, "size", "");
    expect(rows.rows).toHaveLength(2);
  });

  it("comes from every line of a pasted block", async () => {
    rows.change([{ row: 1, column: "name", text: "x" }, { row: 2, column: "name", text: "y" }, { row: 3, column: "name", text: "z" }], () => []);
    expect(shown().map((row) => row[0])).toEqual(["a", "x", "y", "z"]);
    await settled();
    expect(sent).toHaveLength(1);
    rows.undo();
    expect(shown().map((row) => row[0])).toEqual(["a", "b"]);
    rows.redo();
    expect(shown().map((row) => row[0])).toEqual(["a", "x", "y", "z"]);
  });
});

describe("inserted rows", () => {
  const free: InputTableView = { ...view, columns: [column("name"), column("size", { kind: "number", type: "number" }), column("done", { kind: "checkbox", type: "logical" })] };

  it("stand where they were inserted, and undo and redo take all of them", async () => {
    rows.setColumns(free);
    rows.insertRows(1, 2);
    rows.insertRows(0, 1);
    const empty = [null, null];
    const all = [empty, ["a", 1], empty, empty, ["b", 2]];
    expect(shown()).toEqual(all);
    await settled();
    const [first, second, third] = sentOps();
    expect(first).toMatchObject({ op: "insert", after: "r1", values: {} });
    expect(second).toMatchObject({ op: "insert", after: first?.key });
    expect(third).toMatchObject({ op: "insert", after: "" });
    rows.undo();
    rows.undo();
    expect(shown()).toEqual([["a", 1], ["b", 2]]);
    rows.redo();
    rows.redo();
    expect(shown()).toEqual(all);
    await settled();
  });

  it("that lack something wait at their place until they have it", async () => {
    rows.insertRows(1, 1);
    expect(shown()).toEqual([["a", 1], [null, null], ["b", 2]]);
    expect(rows.saveState()).toMatchObject({ unsaved: 0, drafts: 1 });
    rows.undo();
    expect(rows.saveState()).toMatchObject({ drafts: 0, problems: 0 });
    rows.redo();
    type(1, "name", "new");
    await settled();
    expect(shown()).toEqual([["a", 1], ["new", null], ["b", 2]]);
    expect(sentOps()).toMatchObject([{ op: "insert", after: "r1", values: { name: "new" } }]);
  });

  it("have check marks that nobody set: neither yes nor no", async () => {
    rows.setColumns(free);
    rows.insertRows(2, 1);
    const done = () => rows.rows[2]?.cells.done ?? null;
    expect(done()).toBeNull();
    for (const [text, value] of [["true", true], ["false", false], ["", null]] as const) {
      type(2, "done", text);
      expect(done()).toBe(value);
    }
    await settled();
    expect(sentOps().map((op) => (op.op === "set" ? op.value : op.op))).toEqual(["insert", true, false, null]);
  });
});

describe("rows", () => {
  it("come back behind their neighbour when a deletion is undone", async () => {
    rows.deleteRows(1, 1);
    expect(shown()).toEqual([["a", 1]]);
    await settled();
    rows.undo();
    expect(shown()).toEqual([["a", 1], ["b", 2]]);
  });

  it("come back to the first place when their deletion is undone", async () => {
    rows.deleteRows(0, 0);
    rows.undo();
    expect(shown()).toEqual([["a", 1], ["b", 2]]);
    await settled();
    expect(sentOps().at(-1)).toMatchObject({ op: "insert", key: "r1", after: "" });
  });

  it("that were not asked for yet keep their places, and cannot be edited", () => {
    rows.load([{ ...table([["r1", "a", 1], ["r2", "b", 2]], 10), count: 4 }], data);
    expect(shown()).toEqual([["a", 1], ["b", 2], "later", "later"]);
    type(2, "size", "5");
    expect(rows.saveState()).toMatchObject({ unsaved: 0, drafts: 0 });
    const next = { ...table([["r2", "b", 2], ["r3", "c", 3], ["r4", "d", 4]], 10), offset: 1, count: 4 };
    rows.load([{ ...table([["r1", "a", 1], ["r2", "b", 2]], 10), count: 4 }, next], data);
    expect(shown()).toEqual([["a", 1], ["b", 2], ["c", 3], ["d", 4]]);
  });

  it("take edits of others, beneath what is on its way", async () => {
    answer = () => "down";
    type(0, "size", "5");
    rows.receive(11, [{ op: "set", key: "r1", col: "size", value: 9 }, { op: "set", key: "r2", col: "name", value: "theirs" }]);
    expect(shown()).toEqual([["a", 5], ["theirs", 2]]);
    expect(rows.flashes(1, "name")).toBe(true);
    answer = ({ ops }) => ops.map(() => "ok" as const);
    await settled();
  });

  it("ignore edits they already include", () => {
    rows.receive(9, [{ op: "set", key: "r1", col: "name", value: "old" }]);
    expect(shown()[0]).toEqual(["a", 1]);
  });
});
