// Text: applies on Enter, on leaving the field, or after a short rest.

import { useEffect, useRef, useState } from "react";
import { Input, Label, TextArea, TextField } from "react-aria-components";
import { Icon } from "../layout/icons";
import { canClear, labelText, type ControlProps } from "./ControlView";

const rest = 400;

export function TextControl({ view, kind, value, onChange }: ControlProps<"text">) {
  const current = typeof value === "string" ? value : "";
  const [draft, setDraft] = useState<string | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  const apply = (text: string) => {
    clearTimeout(timer.current);
    setDraft(null);
    if (text !== current) onChange(text === "" ? null : text);
  };
  const type = (text: string) => {
    setDraft(text);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => apply(text), rest);
  };
  const shown = draft ?? current;
  return (
    <TextField className={`field${kind.multiline ? " field-tall" : ""}`} value={shown} onChange={type} onBlur={() => draft !== null && apply(draft)}>
      <Label className="field-label">{labelText(view)}</Label>
      <div className="field-box">
        {kind.multiline ? (
          <TextArea className="field-input field-area" />
        ) : (
          <Input className="field-input" onKeyDown={(event) => event.key === "Enter" && draft !== null && apply(draft)} />
        )}
        {shown !== "" && canClear(view) && (
          <button type="button" className="icon-button field-clear" aria-label={`Clear ${view.label}`} onClick={() => apply("")}>
            <Icon name="x" size={14} />
          </button>
        )}
      </div>
    </TextField>
  );
}
