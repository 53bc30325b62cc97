// One element may fill the window: it stays the same element, so that nothing of it is lost, and Escape puts it back.

import { useEffect, useRef, type KeyboardEvent, type RefObject } from "react";
import { enlarge, enlargedKey } from "../state/elements";
import { read, useSelected } from "../state/store";

interface Enlarged {
  is: boolean;
  frame: RefObject<HTMLElement & HTMLDivElement | null>;
  /** What the frame is to screen readers and keys meanwhile. */
  role: { role?: string; "aria-modal"?: boolean; tabIndex?: number; onKeyDown?: (event: KeyboardEvent) => void };
}

export function useEnlarged(id: string): Enlarged {
  const is = useSelected(enlargedKey, (enlarged) => enlarged === id);
  const frame = useRef<HTMLElement & HTMLDivElement>(null);
  useEffect(() => {
    if (!is) return;
    const element = frame.current;
    const before = document.activeElement;
    // The menu gives the focus back to its button; from anywhere else it would be out of sight.
    if (element && !element.contains(before) && before?.closest("[role=menu]") === null) element.focus();
    const escape = (event: globalThis.KeyboardEvent) => {
      if (event.key === "Escape" && !event.defaultPrevented) putBack(element);
    };
    document.addEventListener("keydown", escape);
    return () => {
      document.removeEventListener("keydown", escape);
      if (read(enlargedKey) === id) enlarge(null);
    };
  }, [is, id]);
  if (!is) return { is, frame, role: {} };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== "Escape" || event.defaultPrevented) return;
    // A dialog around it stays open.
    event.stopPropagation();
    putBack(frame.current);
  };
  return { is, frame, role: { role: "dialog", "aria-modal": true, tabIndex: -1, onKeyDown } };
}

function putBack(frame: HTMLElement | null): void {
  enlarge(null);
  frame?.querySelector<HTMLElement>(":scope > .element-menu")?.focus();
}
