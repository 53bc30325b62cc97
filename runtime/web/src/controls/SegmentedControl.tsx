// One of a few, side by side.

import { ToggleButton, ToggleButtonGroup } from "react-aria-components";
import type { ControlValue } from "../protocol.gen";
import { canClear, labelText, type ControlProps } from "./ControlView";
import { choiceKey, choiceValue, useChoices } from "./options";

const most = 7;
const none = "none";

export function SegmentedControl({ id, view, kind, value, onChange }: ControlProps<"segmented">) {
  const { list } = useChoices(id, view, kind.value_type, "", true);
  const choices = list.slice(0, most);
  const offersNone = canClear(view) && !choices.some((choice) => choice.value === null);
  const selected = value === null ? none : choiceKey(Array.isArray(value) ? (value[0] ?? null) : (value as string));
  return (
    <div className="field">
      <span className="field-label" id={`label-${id}`}>
        {labelText(view)}
      </span>
      <ToggleButtonGroup
        className="segments"
        aria-labelledby={`label-${id}`}
        selectionMode="single"
        disallowEmptySelection
        selectedKeys={[selected]}
        onSelectionChange={(keys) => {
          const name = String([...keys][0] ?? none);
          const chosen = name === none ? null : (choiceValue(name) as ControlValue);
          // A segment that stands for Null is a value; no segment is none.
          onChange(chosen === null && name !== none ? [null] : chosen);
        }}
      >
        {offersNone && (
          <ToggleButton id={none} className="segment">
            None
          </ToggleButton>
        )}
        {choices.map((choice) => (
          <ToggleButton key={choiceKey(choice.value)} id={choiceKey(choice.value)} className="segment">
            {choice.label}
          </ToggleButton>
        ))}
      </ToggleButtonGroup>
    </div>
  );
}
