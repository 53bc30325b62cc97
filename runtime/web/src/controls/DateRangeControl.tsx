// A window of time: presets, which stay relative, and fixed dates typed or picked.

import { useState } from "react";
import { Button, CalendarCell, CalendarGrid, DateField, DateInput, DateSegment, Dialog, DialogTrigger, I18nProvider, Input, NumberField, Popover, RangeCalendar } from "react-aria-components";
import { locale } from "../format/locale";
import { Icon } from "../layout/icons";
import { popups } from "../layout/popups";
import type { ControlValue, DateWindowValue } from "../protocol.gen";
import { usePlan } from "../state/plan";
import { describeValue, describeWindow, isEmptyValue, isRange, isWindow, sameValue } from "../state/values";
import { canClear, labelText, type ControlProps } from "./ControlView";
import { calendarDate, CalendarHeader } from "./DateControl";

const presets: DateWindowValue[] = [
  { window: "current", unit: "day" },
  { window: "last", count: 7, unit: "day", to_date: true },
  { window: "last", count: 30, unit: "day", to_date: true },
  { window: "last", count: 90, unit: "day", to_date: true },
  { window: "current", unit: "week" },
  { window: "current", unit: "month" },
  { window: "last", count: 1, unit: "month", to_date: false },
  { window: "current", unit: "quarter" },
  { window: "last", count: 1, unit: "quarter", to_date: false },
  { window: "current", unit: "year" },
  { window: "last", count: 1, unit: "year", to_date: false },
  { window: "last", count: 12, unit: "month", to_date: false },
];

const units = ["day", "week", "month", "quarter", "year"];

export function DateRangeControl({ id, view, value, onChange }: ControlProps<"date-range">) {
  const [open, setOpen] = useState(false);
  const empty = isEmptyValue(value);
  const words = describeValue(view, value);
  const choose = (next: ControlValue) => {
    onChange(next);
    setOpen(false);
  };
  return (
    <div className="field">
      <span className="field-label" id={`label-${id}`}>
        {labelText(view)}
      </span>
      <div className="field-box field-trigger window-trigger">
        <DialogTrigger isOpen={open} onOpenChange={setOpen}>
          <Button className="field-button" aria-labelledby={`label-${id} value-${id}`}>
            <span id={`value-${id}`} className={`field-value window-words${empty ? " placeholder" : ""}`} title={words}>
              {words}
            </span>
            {(empty || !canClear(view)) && <Icon name="calendar" size={14} />}
          </Button>
          <Popover className="popover" UNSTABLE_portalContainer={popups()} placement="bottom start">
            <Dialog className="popover-dialog window-dialog" aria-label={view.label}>
              <Presets value={value} onChoose={choose} />
              <div className="window-fixed">
                <LastUnits value={value} onChange={onChange} />
                <FixedDates label={view.label} value={value} onChange={onChange} />
              </div>
            </Dialog>
          </Popover>
        </DialogTrigger>
        {!empty && canClear(view) && (
          <button type="button" className="icon-button field-clear" aria-label={`Clear ${view.label}`} onClick={() => onChange(null)}>
            <Icon name="x" size={14} />
          </button>
        )}
      </div>
    </div>
  );
}

function Presets({ value, onChoose }: { value: ControlValue; onChoose: (value: ControlValue) => void }) {
  return (
    <div className="window-presets" role="group" aria-label="Usual windows">
      {presets.map((preset) => {
        const words = describeWindow(preset);
        return (
          <button key={words} type="button" className="window-preset" aria-pressed={sameValue(normal(value), normal(preset))} onClick={() => onChoose(preset)}>
            {words}
          </button>
        );
      })}
    </div>
  );
}

/** Leaves out what a window does not use, so that equal windows compare equal. */
function normal(value: ControlValue): ControlValue {
  if (!isWindow(value) || value.window !== "current") return value;
  return { window: "current", unit: value.unit };
}

interface PartProps {
  value: ControlValue;
  onChange: (value: ControlValue) => void;
}

function LastUnits({ value, onChange }: PartProps) {
  const current: DateWindowValue = isWindow(value) && value.window === "last" ? value : { window: "last", count: 30, unit: "day", to_date: true };
  const set = (change: Partial<DateWindowValue>) => onChange({ ...current, ...change });
  return (
    <div className="window-last" role="group" aria-label="Last units">
      <span>Last</span>
      <NumberField aria-label="How many" minValue={1} maxValue={9999} value={current.count ?? 1} onChange={(count) => set({ count: Number.isNaN(count) ? 1 : count })}>
        <Input className="field-input numeric window-count" />
      </NumberField>
      <select aria-label="Unit" value={(current.unit ?? "day").replace(/-starting-.*/, "")} onChange={(event) => set({ unit: event.target.value })}>
        {units.map((unit) => (
          <option key={unit} value={unit}>
            {unit}s
          </option>
        ))}
      </select>
      <label className="window-running">
        <input type="checkbox" checked={current.to_date ?? false} onChange={(event) => set({ to_date: event.target.checked })} /> to date
      </label>
    </div>
  );
}

function FixedDates({ label, value, onChange }: PartProps & { label: string }) {
  const weekStart = usePlan((plan) => plan.settings.week_start);
  const [start, end] = fixedEnds(value);
  const set = (from: string | null, to: string | null) => {
    if (from === null && to === null) onChange(null);
    else onChange(from !== null && from === to ? { window: "on", date: from } : { min: from, max: to });
  };
  const [first, last] = [calendarDate(start), calendarDate(end)];
  return (
    <I18nProvider locale={locale().tag}>
      <div className="window-ends">
        <DateField aria-label={`${label}, from`} value={first} onChange={(date) => set(date ? date.toString() : null, end)}>
          <DateInput className="field-box date-input">{(segment) => <DateSegment segment={segment} className="date-segment" />}</DateInput>
        </DateField>
        <span aria-hidden="true">–</span>
        <DateField aria-label={`${label}, to`} value={last} onChange={(date) => set(start, date ? date.toString() : null)}>
          <DateInput className="field-box date-input">{(segment) => <DateSegment segment={segment} className="date-segment" />}</DateInput>
        </DateField>
      </div>
      <RangeCalendar
        className="calendar"
        aria-label={label}
        firstDayOfWeek={weekStart === "monday" ? "mon" : "sun"}
        value={first && last ? { start: first, end: last } : null}
        onChange={(range) => set(range.start.toString(), range.end.toString())}
      >
        <CalendarHeader />
        <CalendarGrid>{(day) => <CalendarCell date={day} className="day" />}</CalendarGrid>
      </RangeCalendar>
    </I18nProvider>
  );
}

/** Fixed dates of a window; relative ones have none to show. */
function fixedEnds(value: ControlValue): [string | null, string | null] {
  const text = (bound: unknown) => (typeof bound === "string" && /^\d{4}-/.test(bound) ? bound.slice(0, 10) : null);
  if (isRange(value)) return [text(value.min), text(value.max)];
  return isWindow(value) && value.window === "on" ? [text(value.date), text(value.date)] : [null, null];
}
