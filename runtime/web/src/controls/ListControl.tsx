// A list of values: search, several at once or one, all or none.

import { useState } from "react";
import { Button, Dialog, DialogTrigger, ListBox, ListBoxItem, Popover, type Selection } from "react-aria-components";
import { plainNumber } from "../format/number";
import { Icon } from "../layout/icons";
import { popups } from "../layout/popups";
import type { Cell } from "../protocol.gen";
import { invalidate } from "../state/queries";
import { describeEntry } from "../state/values";
import { canClear, labelText, type ControlProps } from "./ControlView";
import { choiceKey, choiceValue, useChoices, type Choices } from "./options";

type Scalar = null | boolean | number | string;

export function ListControl(props: ControlProps<"list">) {
  const { id, view, kind, value, onChange } = props;
  const [open, setOpen] = useState(false);
  const chosen = chosenValues(value, kind.multiple);
  // The label of the one chosen comes from the list, which may not have been opened yet.
  const only = chosen.length === 1 ? (chosen[0] ?? null) : null;
  const named = useChoices(id, view, kind.value_type, String(only), only !== null);
  const words = summary(props, chosen, named);
  const clear = canClear(view) && chosen.length > 0;
  return (
    <div className="field">
      <span className="field-label" id={`label-${id}`}>
        {labelText(view)}
        {kind.exclude && <span className="field-hint"> (leave out)</span>}
      </span>
      <div className="field-box field-trigger">
        <DialogTrigger isOpen={open} onOpenChange={setOpen}>
          <Button className="field-button" aria-labelledby={`label-${id} value-${id}`}>
            <span id={`value-${id}`} className={chosen.length === 0 ? "field-value placeholder" : "field-value"}>
              {words}
            </span>
            <Icon name="chevron-down" size={14} />
          </Button>
          <Popover className="popover" UNSTABLE_portalContainer={popups()} placement="bottom start">
            <Dialog className="popover-dialog" aria-label={view.label}>
              <Picker {...props} chosen={chosen} onDone={() => setOpen(false)} />
            </Dialog>
          </Popover>
        </DialogTrigger>
        {clear && (
          <button type="button" className="icon-button field-clear" aria-label={`Clear ${view.label}`} onClick={() => onChange(kind.multiple ? [] : null)}>
            <Icon name="x" size={14} />
          </button>
        )}
      </div>
    </div>
  );
}

function chosenValues(value: unknown, multiple: boolean): Scalar[] {
  if (multiple) return Array.isArray(value) ? (value as Scalar[]) : value === null || value === undefined ? [] : [value as Scalar];
  // One chosen null travels as a list of it, since a plain null says that nothing is chosen.
  if (Array.isArray(value)) return value.slice(0, 1) as Scalar[];
  return value === null || value === undefined ? [] : [value as Scalar];
}

function summary({ view, kind }: ControlProps<"list">, chosen: Scalar[], named: Choices): string {
  if (chosen.length === 0) return kind.multiple ? "All" : view.required ? "Choose…" : "Any";
  if (chosen.length > 2) return `${chosen.length} selected`;
  return chosen.map((entry) => named.list.find((choice) => choice.value === entry)?.label ?? describeEntry(view, entry)).join(", ");
}

function Picker(props: ControlProps<"list"> & { chosen: Scalar[]; onDone: () => void }) {
  const { id, view, kind, chosen, onChange, onDone } = props;
  const [search, setSearch] = useState("");
  const choices = useChoices(id, view, kind.value_type, search, true);
  const shown = choices.list.map((choice) => choice.value as Scalar);
  const select = (selection: Selection) => {
    const picked = selection === "all" ? shown : ([...selection].map((name) => choiceValue(String(name))) as Scalar[]);
    if (!kind.multiple) {
      onChange(picked[0] === null ? [null] : (picked[0] ?? null));
      onDone();
      return;
    }
    // What the search hides stays chosen.
    onChange([...chosen.filter((entry) => !shown.includes(entry)), ...shown.filter((entry) => picked.includes(entry))]);
  };
  return (
    <div className="picker">
      <label className="picker-search">
        <Icon name="search" size={14} />
        <input type="search" placeholder="Search" aria-label={`Search ${view.label}`} value={search} autoFocus onChange={(event) => setSearch(event.target.value)} />
      </label>
      {kind.multiple && (
        <div className="picker-tools">
          <button type="button" className="button button-text" onClick={() => select("all")} disabled={shown.length === 0}>
            Select all
          </button>
          <button type="button" className="button button-text" onClick={() => onChange([])} disabled={chosen.length === 0}>
            Clear
          </button>
          <span className="picker-count">{chosen.length === 0 ? "All shown" : `${chosen.length} selected`}</span>
        </div>
      )}
      <ChoiceList id={id} view={view.label} choices={choices} multiple={kind.multiple} chosen={chosen} onSelect={select} />
    </div>
  );
}

function ChoicesFailed({ id, message }: { id: string; message: string }) {
  return (
    <div className="picker-note picker-error" role="alert">
      <p>{message}</p>
      <button type="button" className="button button-secondary" onClick={() => invalidate((wanted) => wanted.el === id && wanted.part === "options")}>
        Retry
      </button>
    </div>
  );
}

interface ChoiceListProps {
  id: string;
  view: string;
  choices: Choices;
  multiple: boolean;
  chosen: Scalar[];
  onSelect: (selection: Selection) => void;
}

function ChoiceList({ id, view, choices, multiple, chosen, onSelect }: ChoiceListProps) {
  const { list, result, more } = choices;
  if (result?.failure && !result.pending) return <ChoicesFailed id={id} message={result.failure.message} />;
  if (result?.pending && list.length === 0) return <p className="picker-note">Loading…</p>;
  const shown = new Set(list.map((choice) => choiceKey(choice.value)));
  return (
    <>
      <ListBox
        className={`choices${result?.pending ? " choices-pending" : ""}`}
        aria-label={view}
        selectionMode={multiple ? "multiple" : "single"}
        escapeKeyBehavior="none"
        selectedKeys={chosen.map((entry: Cell) => choiceKey(entry)).filter((name) => shown.has(name))}
        onSelectionChange={onSelect}
        renderEmptyState={() => <p className="picker-note">Nothing found.</p>}
      >
        {list.map((choice) => (
          <ListBoxItem key={choiceKey(choice.value)} id={choiceKey(choice.value)} textValue={choice.label} className="choice">
            <span className="choice-check">
              <Icon name="check" size={14} />
            </span>
            <span className={choice.value === null ? "choice-label placeholder" : "choice-label"}>{choice.label}</span>
            {choice.count !== null && <span className="choice-count">{plainNumber(choice.count)}</span>}
          </ListBoxItem>
        ))}
      </ListBox>
      {more && <p className="picker-note">More values: search to find them.</p>}
    </>
  );
}
