// Numbers on a track. The value applies on release; it can be typed as well.

import { useEffect, useState } from "react";
import { Input, Label, NumberField, Slider, SliderFill, SliderThumb, SliderTrack } from "react-aria-components";
import { plainNumber } from "../format/number";
import { isRange } from "../state/values";
import { labelText, type ControlProps } from "./ControlView";

export function SliderControl({ view, kind, value, onChange }: ControlProps<"slider">) {
  const current = typeof value === "number" ? value : kind.mode === "<=" || kind.mode === "<" ? kind.max : kind.min;
  return (
    <Track
      {...kind}
      label={labelText(view)}
      names={[view.label]}
      value={[current]}
      onChange={([next]) => onChange(next ?? null)}
    />
  );
}

export function RangeSliderControl({ view, kind, value, onChange }: ControlProps<"range-slider">) {
  const range = isRange(value) ? value : { min: null, max: null };
  const current = [Number(range.min ?? kind.min), Number(range.max ?? kind.max)];
  return (
    <Track
      {...kind}
      label={labelText(view)}
      names={[`${view.label}, from`, `${view.label}, to`]}
      value={current}
      onChange={([min, max]) => onChange({ min: min ?? null, max: max ?? null })}
    />
  );
}

interface TrackProps {
  label: string;
  names: string[];
  min: number;
  max: number;
  step: number;
  value: number[];
  onChange: (value: number[]) => void;
}

function Track({ label, names, min, max, step, value, onChange }: TrackProps) {
  const [moving, setMoving] = useState(value);
  const settled = value.join();
  useEffect(() => setMoving(settled.split(",").map(Number)), [settled]);
  const typed = (index: number, next: number) => {
    if (Number.isNaN(next)) return;
    onChange(value.map((old, at) => (at === index ? Math.min(max, Math.max(min, next)) : old)).sort((a, b) => a - b));
  };
  return (
    <Slider className="field slider" value={moving} onChange={(next) => setMoving(next as number[])} onChangeEnd={(next) => onChange(next as number[])} minValue={min} maxValue={max} step={step}>
      <div className="slider-top">
        <Label className="field-label">{label}</Label>
        <span className="slider-values">
          {moving.map((position, index) => (
            <NumberField key={index} aria-label={`${names[index]}, typed`} value={position} minValue={min} maxValue={max} step={step} onChange={(next) => typed(index, next)}>
              <Input className="slider-value numeric" style={{ width: `${plainNumber(max).length + 3}ch` }} />
            </NumberField>
          ))}
        </span>
      </div>
      <SliderTrack className="slider-track">
        <SliderFill className="slider-fill" />
        {moving.map((_, index) => (
          <SliderThumb key={index} index={index} className="slider-thumb" aria-label={names[index]} />
        ))}
      </SliderTrack>
    </Slider>
  );
}
