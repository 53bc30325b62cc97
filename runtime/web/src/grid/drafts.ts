// Rows of an input table that cannot be saved yet, and where they stand among the others.

import type { Cell } from "../protocol.gen";
import type { Row } from "./ops";

export interface Draft {
  row: Row;
  /** Row that it stands behind: none for an empty text; at the end for null. */
  after: string | null;
}

export class Drafts {
  private rows = new Map<string, Draft>();

  get count(): number {
    return this.rows.size;
  }

  has(key: string): boolean {
    return this.rows.has(key);
  }

  /** Keeps a row; one that is kept already stays where it is. */
  put(row: Row, after: string | null): void {
    this.rows.set(row.key, { row, after: this.rows.get(row.key)?.after ?? after });
  }

  set(key: string, column: string, value: Cell): void {
    const draft = this.rows.get(key);
    if (draft) draft.row.cells[column] = value;
  }

  delete(key: string): void {
    this.rows.delete(key);
  }

  /** What a row stands behind. */
  place(key: string): string | null {
    return this.rows.get(key)?.after ?? null;
  }

  /** The saved row behind which something stands that stands behind a draft. */
  savedPlace(after: string | null): string | null {
    let at = after;
    for (let draft = this.rows.get(at ?? ""); draft; draft = this.rows.get(at ?? "")) at = draft.after;
    return at;
  }

  /** All rows in order: saved ones, drafts among them, `behind` rows that were not asked for yet, drafts at the end. */
  among(saved: Row[], behind: number): (Row | undefined)[] {
    const rows: (Row | undefined)[] = [...saved];
    for (const { row, after } of this.rows.values()) {
      if (after === null) continue;
      const at = after === "" ? 0 : rows.findIndex((other) => other?.key === after) + 1;
      rows.splice(at === 0 && after !== "" ? rows.length : at, 0, row);
    }
    for (let missing = 0; missing < behind; missing += 1) rows.push(undefined);
    for (const { row, after } of this.rows.values()) if (after === null) rows.push(row);
    return rows;
  }
}
