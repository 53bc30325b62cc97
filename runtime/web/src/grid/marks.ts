// Marks on cells of an input table, by row key and column: what is wrong with them.

import type { Problem } from "./model";

export class Marks {
  private problems = new Map<string, Map<string, Problem>>();

  get count(): number {
    let count = 0;
    for (const row of this.problems.values()) count += row.size;
    return count;
  }

  get(key: string, column: string): Problem | null {
    return this.problems.get(key)?.get(column) ?? null;
  }

  has(key: string): boolean {
    return this.problems.has(key);
  }

  set(key: string, column: string, problem: Problem): void {
    const row = this.problems.get(key);
    if (row) row.set(column, problem);
    else this.problems.set(key, new Map([[column, problem]]));
  }

  delete(key: string, column: string): void {
    const row = this.problems.get(key);
    row?.delete(column);
    if (row?.size === 0) this.problems.delete(key);
  }

  deleteRow(key: string): void {
    this.problems.delete(key);
  }

  /** Forgets marks of columns that are gone. */
  keepColumns(known: ReadonlySet<string>): void {
    for (const [key, row] of [...this.problems]) for (const column of [...row.keys()]) if (!known.has(column)) this.delete(key, column);
  }
}
