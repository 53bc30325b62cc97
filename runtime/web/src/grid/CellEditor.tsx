// The editor of one cell: a text field, with a list to pick from for columns with options.

import { useId, useLayoutEffect, useRef, useState, type KeyboardEvent } from "react";
import { createPortal } from "react-dom";
import { popups } from "../layout/popups";
import type { OptionView } from "../protocol.gen";
import type { GridColumn } from "./model";

/** Where the selection goes after a text was accepted. */
export type After = "down" | "up" | "right" | "left" | "stay";

interface Props {
  column: GridColumn;
  text: string;
  /** The editor was opened by typing: arrows accept the text and move on. */
  replacing: boolean;
  options: OptionView[];
  onText: (text: string) => void;
  onAccept: (text: string, after: After) => void;
  onCancel: () => void;
}

export function CellEditor(props: Props) {
  const { column, text, replacing, options, onText, onAccept, onCancel } = props;
  const field = useRef<HTMLTextAreaElement>(null);
  const settled = useRef(false);
  const listId = useId();
  const [marked, setMarked] = useState(-1);
  const picks = column.input?.kind === "select" || column.input?.kind === "multi_select";
  const found = picks ? candidates(options, text, column.input?.kind === "multi_select") : [];
  useLayoutEffect(() => {
    const element = field.current;
    if (!element) return;
    element.focus({ preventScroll: true });
    element.setSelectionRange(element.value.length, element.value.length);
  }, []);
  const accept = (value: string, after: After) => {
    if (settled.current) return;
    settled.current = true;
    onAccept(value, after);
  };
  const pick = (option: OptionView, after: After) => {
    if (column.input?.kind !== "multi_select") return accept(option.label, after);
    const others = text.split(/[,;]/).slice(0, -1).map((part) => part.trim());
    onText([...others, option.label].join(", ") + ", ");
    setMarked(-1);
  };
  const keyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    const chosen = found[marked];
    const handled = () => {
      event.preventDefault();
      event.stopPropagation();
    };
    event.stopPropagation();
    if (picks && (event.key === "ArrowDown" || event.key === "ArrowUp") && found.length > 0) {
      handled();
      const step = event.key === "ArrowDown" ? 1 : -1;
      setMarked((old) => (old + step + found.length) % found.length);
    } else if (event.key === "Enter" && event.altKey) {
      handled();
      onText(`${text}\n`);
    } else if (event.key === "Enter") {
      handled();
      if (chosen) pick(chosen, event.shiftKey ? "up" : "down");
      else accept(bestText(text, found, picks), event.shiftKey ? "up" : "down");
    } else if (event.key === "Tab") {
      handled();
      if (chosen && column.input?.kind === "select") pick(chosen, event.shiftKey ? "left" : "right");
      else accept(bestText(text, found, picks), event.shiftKey ? "left" : "right");
    } else if (event.key === "Escape") {
      handled();
      settled.current = true;
      onCancel();
    } else if (replacing && !picks && arrowAfter[event.key] && !event.shiftKey) {
      handled();
      accept(text, arrowAfter[event.key] ?? "stay");
    }
  };
  return (
    <>
      <textarea
        ref={field}
        rows={1}
        className="grid-editor"
        aria-label={column.name}
        aria-controls={picks ? listId : undefined}
        aria-activedescendant={marked >= 0 ? `${listId}-${marked}` : undefined}
        value={text}
        spellCheck={false}
        autoComplete="off"
        onChange={(event) => {
          setMarked(-1);
          onText(event.target.value);
        }}
        onKeyDown={keyDown}
        onPointerDown={(event) => event.stopPropagation()}
        onBlur={() => accept(bestText(text, found, picks), "stay")}
      />
      {picks && found.length > 0 && <Options id={listId} anchor={field} options={found} marked={marked} onPick={(option) => pick(option, "stay")} />}
    </>
  );
}

const arrowAfter: Record<string, After> = { ArrowUp: "up", ArrowDown: "down", ArrowLeft: "left", ArrowRight: "right" };

function candidates(options: OptionView[], text: string, several: boolean): OptionView[] {
  const typed = (several ? (text.split(/[,;]/).at(-1) ?? "") : text).trim().toLocaleLowerCase();
  if (options.some((option) => option.label.toLocaleLowerCase() === typed)) return options.slice(0, 200);
  return options.filter((option) => option.label.toLocaleLowerCase().includes(typed)).slice(0, 200);
}

/** Typing the beginning of the only fitting option is enough. */
function bestText(text: string, found: OptionView[], picks: boolean): string {
  return picks && text.trim() !== "" && found.length === 1 ? (found[0]?.label ?? text) : text;
}

interface OptionsProps {
  id: string;
  anchor: React.RefObject<HTMLElement | null>;
  options: OptionView[];
  marked: number;
  onPick: (option: OptionView) => void;
}

function Options({ id, anchor, options, marked, onPick }: OptionsProps) {
  const list = useRef<HTMLUListElement>(null);
  const [place, setPlace] = useState<{ left: number; top: number; minWidth: number } | null>(null);
  useLayoutEffect(() => {
    const box = anchor.current?.getBoundingClientRect();
    if (!box) return;
    const height = Math.min(240, options.length * 28 + 10);
    const below = box.bottom + height < innerHeight || box.top < height;
    setPlace({ left: box.left, top: below ? box.bottom + 2 : box.top - height - 2, minWidth: Math.max(140, box.width) });
  }, [anchor, options.length]);
  useLayoutEffect(() => {
    list.current?.children[marked]?.scrollIntoView({ block: "nearest" });
  }, [marked]);
  return createPortal(
    <ul ref={list} id={id} role="listbox" aria-label="Options" className="grid-options" style={place ? { ...place } : { visibility: "hidden" }}>
      {options.map((option, index) => (
        <li
          key={index}
          id={`${id}-${index}`}
          role="option"
          aria-selected={index === marked}
          // Taking the focus would close the editor first.
          onPointerDown={(event) => {
            event.preventDefault();
            onPick(option);
          }}
        >
          {option.label}
        </li>
      ))}
    </ul>,
    popups(),
  );
}
