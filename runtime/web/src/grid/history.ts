// Undo and redo: each step is a batch with its opposite.

import type { EditOp } from "../protocol.gen";

export interface Step {
  forward: EditOp[];
  back: EditOp[];
}

const deepest = 200;

export class History {
  private done: Step[] = [];
  private undone: Step[] = [];

  record(step: Step): void {
    if (step.forward.length === 0) return;
    this.done.push(step);
    if (this.done.length > deepest) this.done.shift();
    this.undone = [];
  }

  /** Operations that take the last step back. */
  undo(): EditOp[] | null {
    const step = this.done.pop();
    if (!step) return null;
    this.undone.push(step);
    return step.back;
  }

  redo(): EditOp[] | null {
    const step = this.undone.pop();
    if (!step) return null;
    this.done.push(step);
    return step.forward;
  }

  get canUndo(): boolean {
    return this.done.length > 0;
  }

  get canRedo(): boolean {
    return this.undone.length > 0;
  }
}
