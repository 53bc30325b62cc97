// One day, typed or picked.

import { parseDate, type CalendarDate } from "@internationalized/date";
import { Button, Calendar, CalendarCell, CalendarGrid, DateInput, DatePicker, DateSegment, Dialog, Group, Heading, I18nProvider, Label, Popover } from "react-aria-components";
import { parseWallClock } from "../format/calendar";
import { locale } from "../format/locale";
import { Icon } from "../layout/icons";
import { popups } from "../layout/popups";
import { usePlan } from "../state/plan";
import { describeDates, isRange } from "../state/values";
import { canClear, labelText, type ControlProps } from "./ControlView";

const comparisons: Record<string, string> = { "=": "", "!=": "≠", "<": "before", "<=": "until", ">": "after", ">=": "from" };

/** The day of a wall-clock text, for the calendar. */
export function calendarDate(value: unknown): CalendarDate | null {
  if (typeof value !== "string" || parseWallClock(value) === null) return null;
  return parseDate(value.slice(0, 10));
}

export function DateControl({ view, kind, value, onChange }: ControlProps<"date">) {
  const weekStart = usePlan((plan) => plan.settings.week_start);
  const date = calendarDate(value);
  const sign = comparisons[kind.mode] ?? "";
  return (
    <I18nProvider locale={locale().tag}>
      <DatePicker className="field" value={date} onChange={(next) => onChange(next ? next.toString() : null)} firstDayOfWeek={weekStart === "monday" ? "mon" : "sun"}>
        <Label className="field-label">
          {labelText(view)}
          {isRange(value) && <span className="field-hint"> ({describeDates(value)})</span>}
        </Label>
        <Group className="field-box">
          {sign && (
            <span className="field-sign" aria-hidden="true">
              {sign}
            </span>
          )}
          <DateInput className="field-input date-input">{(segment) => <DateSegment segment={segment} className="date-segment" />}</DateInput>
          {date && canClear(view) && (
            <button type="button" className="icon-button field-clear" aria-label={`Clear ${view.label}`} onClick={() => onChange(null)}>
              <Icon name="x" size={14} />
            </button>
          )}
          <Button className="icon-button" aria-label="Open calendar">
            <Icon name="calendar" size={14} />
          </Button>
        </Group>
        <Popover className="popover" UNSTABLE_portalContainer={popups()}>
          <Dialog className="popover-dialog" aria-label={view.label}>
            <Calendar className="calendar">
              <CalendarHeader />
              <CalendarGrid>{(day) => <CalendarCell date={day} className="day" />}</CalendarGrid>
            </Calendar>
          </Dialog>
        </Popover>
      </DatePicker>
    </I18nProvider>
  );
}

export function CalendarHeader() {
  return (
    <header className="calendar-header">
      <Button slot="previous" className="icon-button">
        <Icon name="chevron-left" size={14} />
      </Button>
      <Heading className="calendar-title" />
      <Button slot="next" className="icon-button">
        <Icon name="chevron-right" size={14} />
      </Button>
    </header>
  );
}
