// The bar to find a text in the table. Enter goes to the next row that holds it, Shift+Enter to the one before.

import { useEffect, useRef, useState, type KeyboardEvent } from "react";
import { Icon } from "../layout/icons";
import { announce } from "../state/notices";
import { foundText, needlesOf, nextFound } from "./find";
import type { Found, GridModel } from "./model";

interface Props {
  find: NonNullable<GridModel["find"]>;
  /** Counts the presses of Ctrl+F: each puts the cursor into the field. */
  asked: number;
  /** Row that has the focus of the grid. */
  row: number;
  onNeedles: (needles: string[] | null) => void;
  onGo: (row: number) => void;
  onClose: () => void;
}

export function FindBar({ find, asked, row, onNeedles, onGo, onClose }: Props) {
  const field = useRef<HTMLInputElement>(null);
  const [text, setText] = useState("");
  const [found, setFound] = useState<Found | string | null>(null);
  // Enter before the answer is there goes as soon as it is.
  const eager = useRef(false);
  useEffect(() => {
    field.current?.focus();
    field.current?.select();
  }, [asked]);
  useEffect(() => {
    const needles = needlesOf(text);
    onNeedles(needles.length > 0 ? needles : null);
    if (needles.length === 0) {
      setFound(null);
      return;
    }
    const abort = new AbortController();
    const timer = setTimeout(() => {
      find(needles, abort.signal).then(
        (answer) => {
          setFound(answer);
          announce(foundText(answer));
          const first = answer.rows.find((candidate) => candidate >= row) ?? answer.rows[0];
          if (eager.current && first !== undefined) onGo(first);
          eager.current = false;
        },
        (error: unknown) => {
          if (!abort.signal.aborted) setFound(error instanceof TypeError ? "The server cannot be reached." : String((error as Error).message));
        },
      );
    }, 200);
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [text, find]);
  useEffect(() => () => onNeedles(null), []);

  const step = (back: boolean) => {
    if (found === null || typeof found === "string") {
      eager.current = true;
      return;
    }
    const next = nextFound(found.rows, row, back);
    if (next !== null) onGo(next);
  };
  const keyDown = (event: KeyboardEvent) => {
    if (event.key === "Enter") step(event.shiftKey);
    else if (event.key === "Escape") onClose();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const none = found === null || typeof found === "string" || found.rows.length === 0;
  return (
    <div className="grid-find" role="search" aria-label="Find in table" onKeyDown={keyDown}>
      <Icon name="search" size={14} />
      <input
        ref={field}
        type="text"
        value={text}
        aria-label="Find in table"
        placeholder="Find in table"
        spellCheck={false}
        autoComplete="off"
        onChange={(event) => {
          setText(event.target.value);
          setFound(null);
        }}
      />
      <span className="grid-find-result">{typeof found === "string" ? found : found ? foundText(found) : text.trim() === "" ? "" : "Looking…"}</span>
      <button type="button" className="icon-button" aria-label="Row before" disabled={none} onClick={() => step(true)}>
        <Icon name="arrow-up" size={14} />
      </button>
      <button type="button" className="icon-button" aria-label="Next row" disabled={none} onClick={() => step(false)}>
        <Icon name="arrow-down" size={14} />
      </button>
      <button type="button" className="icon-button" aria-label="Close find" onClick={onClose}>
        <Icon name="x" size={14} />
      </button>
    </div>
  );
}
