// One number, two numbers, and the number of a ranking.

import { Group, Input, Label, NumberField } from "react-aria-components";
import type { Cell } from "../protocol.gen";
import { isRange } from "../state/values";
import { labelText, type ControlProps } from "./ControlView";

const comparisons: Record<string, string> = { "=": "", "!=": "≠", "<": "<", "<=": "≤", ">": ">", ">=": "≥" };
const plain: Intl.NumberFormatOptions = { maximumFractionDigits: 12 };

export function NumberControl({ view, kind, value, onChange }: ControlProps<"number">) {
  return <OneNumber label={labelText(view)} sign={comparisons[kind.mode] ?? ""} value={value as Cell} onChange={onChange} />;
}

export function TopNControl({ view, kind, value, onChange }: ControlProps<"top-n">) {
  return <OneNumber label={labelText(view)} sign={kind.bottom ? "Bottom" : "Top"} value={value as Cell} onChange={onChange} least={1} whole />;
}

interface OneNumberProps {
  label: string;
  /** Stands before the number. */
  sign: string;
  value: Cell;
  onChange: (value: number | null) => void;
  least?: number;
  whole?: boolean;
}

function OneNumber({ label, sign, value, onChange, least, whole }: OneNumberProps) {
  return (
    <NumberField
      className="field"
      value={typeof value === "number" ? value : Number.NaN}
      onChange={(next) => onChange(Number.isNaN(next) ? null : next)}
      formatOptions={whole ? { maximumFractionDigits: 0 } : plain}
      minValue={least}
    >
      <Label className="field-label">{label}</Label>
      <Group className="field-box">
        {sign && (
          <span className="field-sign" aria-hidden="true">
            {sign}
          </span>
        )}
        <Input className="field-input numeric" placeholder="Any" />
      </Group>
    </NumberField>
  );
}

export function NumberRangeControl({ view, value, onChange }: ControlProps<"number-range">) {
  const range = isRange(value) ? value : { min: null, max: null };
  const set = (end: "min" | "max", next: number) => {
    const changed = { ...range, [end]: Number.isNaN(next) ? null : next };
    onChange(changed.min === null && changed.max === null ? null : changed);
  };
  return (
    <div className="field" role="group" aria-label={view.label}>
      <span className="field-label" aria-hidden="true">
        {labelText(view)}
      </span>
      <div className="field-box field-pair">
        <End label={`${view.label}, from`} placeholder="Min" value={range.min} onChange={(next) => set("min", next)} />
        <span aria-hidden="true">–</span>
        <End label={`${view.label}, to`} placeholder="Max" value={range.max} onChange={(next) => set("max", next)} />
      </div>
    </div>
  );
}

interface EndProps {
  label: string;
  placeholder: string;
  value: Cell;
  onChange: (value: number) => void;
}

function End({ label, placeholder, value, onChange }: EndProps) {
  return (
    <NumberField className="field-end" aria-label={label} value={typeof value === "number" ? value : Number.NaN} onChange={onChange} formatOptions={plain}>
      <Input className="field-input numeric" placeholder={placeholder} />
    </NumberField>
  );
}
