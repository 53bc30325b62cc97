// What a key means in the grid while no editor is open.

export interface Key {
  key: string;
  ctrl: boolean;
  shift: boolean;
  alt: boolean;
}

export type Command =
  | { do: "move"; down: number; right: number; extend: boolean; jump: boolean }
  | { do: "page"; down: number; extend: boolean }
  | { do: "row-edge"; end: boolean; extend: boolean }
  | { do: "table-edge"; end: boolean; extend: boolean }
  | { do: "select-all" }
  | { do: "select-row" }
  | { do: "edit"; keep: boolean }
  | { do: "type" }
  | { do: "clear" }
  | { do: "fill-down" }
  | { do: "fill-right" }
  | { do: "undo" }
  | { do: "redo" }
  | { do: "delete-rows" }
  | { do: "insert-rows"; above: boolean }
  | { do: "find" }
  | { do: "toggle" }
  | { do: "activate"; back: boolean }
  | { do: "next"; back: boolean }
  | { do: "leave" };

const arrows: Record<string, [number, number]> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
};

export function commandFor({ key, ctrl, shift, alt }: Key, editable: boolean): Command | null {
  const arrow = arrows[key];
  if (arrow && !alt) return { do: "move", down: arrow[0], right: arrow[1], extend: shift, jump: ctrl };
  if (ctrl && !alt) return withCtrl(key.toLowerCase(), shift, editable);
  if (alt) return null;
  switch (key) {
    case "PageDown":
      return { do: "page", down: 1, extend: shift };
    case "PageUp":
      return { do: "page", down: -1, extend: shift };
    case "Home":
      return { do: "row-edge", end: false, extend: shift };
    case "End":
      return { do: "row-edge", end: true, extend: shift };
    case "Enter":
      return { do: "activate", back: shift };
    case "Tab":
      return editable ? { do: "next", back: shift } : null;
    case "Escape":
      return { do: "leave" };
    case " ":
      return shift ? { do: "select-row" } : { do: "toggle" };
  }
  if (!editable) return null;
  if (key === "F2") return { do: "edit", keep: true };
  if (key === "Delete" || key === "Backspace") return { do: "clear" };
  // A single character, or the start of a composition, replaces the cell's text.
  return [...key].length === 1 || key === "Process" ? { do: "type" } : null;
}

function withCtrl(key: string, shift: boolean, editable: boolean): Command | null {
  switch (key) {
    case "home":
      return { do: "table-edge", end: false, extend: shift };
    case "end":
      return { do: "table-edge", end: true, extend: shift };
    case "a":
      return { do: "select-all" };
    case "f":
      return { do: "find" };
  }
  if (!editable) return null;
  switch (key) {
    case "d":
      return { do: "fill-down" };
    case "r":
      return { do: "fill-right" };
    case "z":
      return shift ? { do: "redo" } : { do: "undo" };
    case "y":
      return { do: "redo" };
    case "-":
      return { do: "delete-rows" };
    case "enter":
      return { do: "insert-rows", above: shift };
  }
  return null;
}
