import { describe, expect, it } from "vitest";
import type { ViewPlan } from "../../web/src/protocol.gen";
import { reconcile, share } from "../../web/src/state/plan";

function plan(change: (plan: ViewPlan) => void = () => undefined): ViewPlan {
  const style = { background: null, border_color: null, border_width: null, radius: null, padding: null, color: null };
  const element = (id: string) => ({ id, title: null, description: null, style, kind: { kind: "divider" as const }, data: null, prose: null, hash: `h-${id}` });
  const data = { name: "K", columns: [], levels: [], base: false, totals: false, controls: ["c"], input_tables: [], hash: "d1" };
  const control = { name: "C", label: "C", kind: { type: "number-range" as const }, default: null, required: false, clearable: true, options: null, options_query: false, on_change: null, hash: "c1" };
  const made: ViewPlan = {
    v: 1, rev: 1, hash: "p1", workbook: "w", title: "W", description: null,
    settings: { time_zone: "UTC", week_start: "sunday", locale: "en-US", currency: "USD" },
    pages: [{ id: "p", title: "P", hidden: false, body: [{ element: "a", column: 1, row: 1, width: 24, height: 2 }] }],
    overlays: [], elements: { a: element("a"), b: element("b") }, data: { k: data, l: { ...data, hash: "d2" } }, controls: { c: control }, input_tables: {},
  };
  change(made);
  return made;
}

describe("a new plan", () => {
  it("keeps every object that did not change", () => {
    const old = plan();
    const change = reconcile(old, plan((fresh) => { fresh.rev = 2; fresh.hash = "p2"; fresh.elements.b = { ...fresh.elements.b!, hash: "other", description: "new" }; }));
    expect(change.plan.elements.a).toBe(old.elements.a);
    expect(change.plan.elements.b).not.toBe(old.elements.b);
    expect(change.plan.pages).toBe(old.pages);
    expect(change.plan.rev).toBe(2);
    expect([change.staleData, change.resetControls]).toEqual([[], []]);
  });

  it("names data whose results are no longer good", () => {
    const change = reconcile(plan(), plan((fresh) => { fresh.data.k = { ...fresh.data.k!, hash: "d9" }; delete fresh.data.l; }));
    expect(change.staleData).toEqual(["k", "l"]);
  });

  it("names controls that lose their value", () => {
    expect(reconcile(plan(), plan((fresh) => { fresh.controls.c = { ...fresh.controls.c!, hash: "c2" }; })).resetControls).toEqual(["c"]);
    expect(reconcile(plan(), plan((fresh) => { delete fresh.controls.c; })).resetControls).toEqual(["c"]);
  });
});

describe("sharing", () => {
  it("gives the old object back when all is equal", () => {
    const old = { a: [1, { b: null }], c: "x" };
    expect(share(old, structuredClone(old))).toBe(old);
  });

  it("notices a name that went away, and a list that grew", () => {
    expect(share({ a: 1, b: 2 }, { a: 1 })).toEqual({ a: 1 });
    expect(share([1], [1, 2])).toEqual([1, 2]);
  });

  it("takes the word of equal hashes", () => {
    const old = { hash: "x", deep: { n: 1 } };
    expect(share(old, { hash: "x", deep: { n: 1 } })).toBe(old);
  });
});
