// On or off.

import { Checkbox, Switch } from "react-aria-components";
import { Icon } from "../layout/icons";
import { labelText, type ControlProps } from "./ControlView";

export function CheckboxControl({ view, value, onChange }: ControlProps<"checkbox">) {
  return (
    <div className="field field-toggle">
      <Checkbox className="checkbox" isSelected={value === true} isIndeterminate={value === null} onChange={onChange}>
        {({ isIndeterminate }) => (
          <>
            <span className="checkbox-box">
              <Icon name={isIndeterminate ? "minus" : "check"} size={14} />
            </span>
            <span>{labelText(view)}</span>
          </>
        )}
      </Checkbox>
    </div>
  );
}

export function SwitchControl({ view, value, onChange }: ControlProps<"switch">) {
  return (
    <div className="field field-toggle">
      <Switch className="switch" isSelected={value === true} onChange={onChange}>
        <span className="switch-track">
          <span className="switch-thumb" />
        </span>
        <span>{labelText(view)}</span>
      </Switch>
    </div>
  );
}
