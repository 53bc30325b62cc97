// A control of the page: its value is in the store and in the address.

import type { ComponentType } from "react";
import type { ElementProps } from "../elements/ElementView";
import type { ControlKind, ControlValue, ControlView as View } from "../protocol.gen";
import { changeControl } from "../state/actions";
import { useControlValue } from "../state/controls";
import { useControlView } from "../state/plan";
import { CheckboxControl, SwitchControl } from "./Toggle";
import { DateControl } from "./DateControl";
import { DateRangeControl } from "./DateRangeControl";
import { ListControl } from "./ListControl";
import { NumberControl, NumberRangeControl, TopNControl } from "./NumberControl";
import { SegmentedControl } from "./SegmentedControl";
import { SliderControl, RangeSliderControl } from "./SliderControl";
import { TextControl } from "./TextControl";

export type ControlType = ControlKind["type"];

export interface ControlProps<T extends ControlType = ControlType> {
  id: string;
  view: View;
  kind: Extract<ControlKind, { type: T }>;
  value: ControlValue;
  onChange: (value: ControlValue) => void;
}

const widgets: { [T in ControlType]: ComponentType<ControlProps<T>> } = {
  text: TextControl,
  number: NumberControl,
  "number-range": NumberRangeControl,
  slider: SliderControl,
  "range-slider": RangeSliderControl,
  list: ListControl,
  segmented: SegmentedControl,
  checkbox: CheckboxControl,
  switch: SwitchControl,
  date: DateControl,
  "date-range": DateRangeControl,
  "top-n": TopNControl,
};

export default function ControlView({ kind }: ElementProps<"control">) {
  const id = kind.control;
  const view = useControlView(id);
  const value = useControlValue(id);
  if (!view) return null;
  const Widget = widgets[view.kind.type] as ComponentType<ControlProps>;
  return <Widget id={id} view={view} kind={view.kind} value={value} onChange={(next) => changeControl(id, next)} />;
}

/** Words of a label, with a mark when the page waits for a value. */
export function labelText(view: View): string {
  return view.required ? `${view.label} *` : view.label;
}

/** Whether a visitor may empty it: not when the page waits for its value. */
export function canClear(view: View): boolean {
  return view.clearable && !view.required;
}
