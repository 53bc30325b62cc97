// Generated from the Rust types in runtime/src/protocol. Do not edit:
// UPDATE=1 cargo test -p bookwright typescript

/** One cell: null, logical, number, text or date text; variants as JSON. */
export type Cell = null | boolean | number | string | Json;
/** Any JSON. */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
/** A control's value in its natural form. */
export type ControlValue = null | boolean | number | string | (null | boolean | number | string)[] | { min: Cell; max: Cell } | DateWindowValue;
/** A window of time. */
export type DateWindowValue = { window: string; count?: number; unit?: string; to_date?: boolean; date?: string; start?: Json; end?: Json };

/**
 * Why a sequence stopped.
 */
export type ActionFailure = { 
/**
 * Step, counted from 1.
 */
step: number, 
/**
 * One sentence: what failed and why.
 */
message: string, 
/**
 * What had already happened, in words.
 */
done: Array<string>, };

/**
 * What happened.
 */
export type ActionReply = { 
/**
 * Interface effects, in order.
 */
effects: Array<Effect>, 
/**
 * Why the sequence stopped, when it did.
 */
failure: ActionFailure | null, };

/**
 * A run.
 */
export type ActionRequest = { 
/**
 * Workbook id.
 */
workbook: string, 
/**
 * Action id.
 */
action: string, 
/**
 * Id of the browser tab.
 */
by: string, 
/**
 * Id of the element or overlay that was clicked, or of the control that was changed: that one's `on_change` does
 * not run again when the program sets it.
 */
host: string | null, 
/**
 * Control values by id.
 */
controls: Record<string, ControlValue>, 
/**
 * Clicked or selected rows: cells by column id, and `_row_id` for input tables.
 */
selection: Record<string, Cell>[], };

/**
 * An axis.
 */
export type Axis = { 
/**
 * Column.
 */
column: number, 
/**
 * Title; `None` takes the column's name.
 */
title: string | null, 
/**
 * `linear`, `log`, `time`, `category`; `None` follows the type.
 */
scale: string | null, };

/**
 * What the page shell carries in `<script id="boot">`.
 */
export type Boot = { 
/**
 * The view plan.
 */
plan: ViewPlan, 
/**
 * Page the address names.
 */
page: string, 
/**
 * Control values the address sets.
 */
values: Record<string, ControlValue>, 
/**
 * Hash of the bundle, to notice a newer one.
 */
assets: string, 
/**
 * `dev` or `serve`.
 */
mode: string, 
/**
 * Diagnostics of the last build, when it failed or warned.
 */
diagnostics: Array<DiagnosticView>, };

/**
 * A chart; column numbers index the data element's columns.
 */
export type Chart = { 
/**
 * `bar`, `line`, `area`, `scatter`, `pie`, `donut`, `combo`.
 */
mark: string, 
/**
 * Category or x value.
 */
x: Axis | null, 
/**
 * Series.
 */
y: Array<Series>, 
/**
 * Column that splits into series, or the slices of a pie.
 */
color: number | null, 
/**
 * One colour for all marks.
 */
fixed_color: string | null, 
/**
 * Named colour scheme.
 */
scheme: string | null, 
/**
 * Column for the size of scatter marks.
 */
size: number | null, 
/**
 * Further columns in the tooltip.
 */
tooltip: Array<number>, 
/**
 * `none`, `normal`, `full`.
 */
stack: string, 
/**
 * `vertical` or `horizontal`.
 */
orientation: string, 
/**
 * `right`, `left`, `top`, `bottom`, `none`.
 */
legend: string, 
/**
 * Values at the marks.
 */
labels: boolean, 
/**
 * Radius of the hole of a donut, 0 to 1.
 */
hole: number | null, 
/**
 * Horizontal and vertical lines at fixed values: `(axis x|y, value, label)`.
 */
marks: Array<ReferenceLine>, 
/**
 * Program run when a mark is selected.
 */
on_select: string | null, };

/**
 * Browser to server.
 */
export type ClientMessage = { "t": "catchup", 
/**
 * Revision the tab has.
 */
rev: number, } | { "t": "painted", 
/**
 * Revision.
 */
rev: number, 
/**
 * Milliseconds from message to painted frame.
 */
ms: number, };

/**
 * Comparison of a KPI.
 */
export type Compare = { 
/**
 * What it is compared with, in words.
 */
label: string, 
/**
 * Whether a rise is good.
 */
higher_is_better: boolean, };

/**
 * Comparisons of a number or date control.
 */
export type Comparison = "=" | "!=" | "<" | "<=" | ">" | ">=";

/**
 * Type of a control.
 */
export type ControlKind = { "type": "text", 
/**
 * Comparison used as a filter.
 */
mode: TextMode, 
/**
 * Whether letter case matters.
 */
case_sensitive: boolean, 
/**
 * Several lines.
 */
multiline: boolean, } | { "type": "number", 
/**
 * Comparison used as a filter.
 */
mode: Comparison, } | { "type": "number-range" } | { "type": "slider", 
/**
 * Least.
 */
min: number, 
/**
 * Greatest.
 */
max: number, 
/**
 * Distance of two positions.
 */
step: number, 
/**
 * Comparison used as a filter.
 */
mode: Comparison, } | { "type": "range-slider", 
/**
 * Least.
 */
min: number, 
/**
 * Greatest.
 */
max: number, 
/**
 * Distance of two positions.
 */
step: number, } | { "type": "list", 
/**
 * Several at once.
 */
multiple: boolean, 
/**
 * Keep everything but the chosen.
 */
exclude: boolean, 
/**
 * Type of the options.
 */
value_type: Type, } | { "type": "segmented", 
/**
 * Type of the options.
 */
value_type: Type, } | { "type": "checkbox", 
/**
 * Off means no filter rather than False.
 */
all_when_off: boolean, } | { "type": "switch", 
/**
 * Off means no filter rather than False.
 */
all_when_off: boolean, } | { "type": "date", 
/**
 * Comparison used as a filter.
 */
mode: Comparison, } | { "type": "date-range" } | { "type": "top-n", 
/**
 * Largest or smallest first.
 */
bottom: boolean, 
/**
 * How ties count.
 */
rank: RankKind, };

/**
 * A control as the browser sees it. Values travel in a natural JSON form: null when empty; a scalar; an array for
 * multiple selection; `{"min":…,"max":…}` for ranges, dates as ISO text; `{"window":"last","count":90,"unit":"day",
 * "to_date":true}` and its likes for relative windows.
 */
export type ControlView = { 
/**
 * Handle in formulas.
 */
name: string, 
/**
 * Shown label.
 */
label: string, 
/**
 * Type and settings.
 */
kind: ControlKind, 
/**
 * Value before anyone touches it.
 */
default: ControlValue, 
/**
 * Whether its page shows nothing while it is empty.
 */
required: boolean, 
/**
 * Whether the visitor can empty it.
 */
clearable: boolean, 
/**
 * Fixed choices; `None` when they are asked for with a query of part `options` (or there are none).
 */
options: Array<OptionView> | null, 
/**
 * Choices come from data.
 */
options_query: boolean, 
/**
 * Id of the program run after a visitor's change.
 */
on_change: string | null, 
/**
 * Content hash: equal hash, the value is kept on reload.
 */
hash: string, };

/**
 * A column of a data element.
 */
export type DataColumn = { 
/**
 * Slug, unique in the element.
 */
id: string, 
/**
 * Display name, unique in the element.
 */
name: string, 
/**
 * Type.
 */
type: Type, 
/**
 * Number or date format; `None` shows the value plainly.
 */
format: Format | null, 
/**
 * Not shown.
 */
hidden: boolean, 
/**
 * Description, shown as a tooltip of the header.
 */
description: string | null, 
/**
 * Width in pixels, when the author says so.
 */
width: number | null, 
/**
 * `left`, `center` or `right`, when the author says so.
 */
align: string | null, 
/**
 * Index into `levels` of the level it lives at; `None` for base columns and summaries.
 */
level: number | null, 
/**
 * Part of a level's keys.
 */
key: boolean, 
/**
 * A summary (one value for the whole element).
 */
summary: boolean, };

/**
 * A data element as the browser sees it.
 */
export type DataView = { 
/**
 * Display name.
 */
name: string, 
/**
 * All columns; layouts and replies refer to them by index.
 */
columns: Array<DataColumn>, 
/**
 * Groupings, outermost first.
 */
levels: Array<LevelView>, 
/**
 * Whether groups can be opened to base rows.
 */
base: boolean, 
/**
 * Whether there is a totals row.
 */
totals: boolean, 
/**
 * Ids of the controls whose change makes results stale.
 */
controls: Array<string>, 
/**
 * Ids of the input tables whose edits make results stale.
 */
input_tables: Array<string>, 
/**
 * Changes when its relations or columns change: equal hash, results still good.
 */
hash: string, };

/**
 * A finding as the page shows it.
 */
export type DiagnosticView = { 
/**
 * `error`, `warning`, `note`.
 */
severity: string, 
/**
 * Code name.
 */
code: string, 
/**
 * One line.
 */
message: string, 
/**
 * File relative to the project.
 */
file: string, 
/**
 * Line from 1.
 */
line: number, 
/**
 * Column from 1, in characters.
 */
column: number, 
/**
 * End line.
 */
end_line: number, 
/**
 * End column.
 */
end_column: number, 
/**
 * Lines around the place: number and text.
 */
excerpt: Array<[number, string]>, 
/**
 * Ways out.
 */
help: Array<string>, 
/**
 * What the fix would do.
 */
fix: string | null, };

/**
 * Direction of a sort.
 */
export type Direction = "asc" | "desc";

/**
 * One operation. Rows are addressed by row id; new rows bring an id made by the browser.
 */
export type EditOp = { "op": "set", 
/**
 * Row id.
 */
key: string, 
/**
 * Column id.
 */
col: string, 
/**
 * New value; null empties.
 */
value: Cell, } | { "op": "insert", 
/**
 * Row id of the new row, unique (1 to 64 of `A-Za-z0-9_-`).
 */
key: string, 
/**
 * Row after which it stands; before all others when it is an empty text, at the end when absent.
 */
after: string | null, 
/**
 * Values by column id.
 */
values: Record<string, Cell>, } | { "op": "delete", 
/**
 * Row id.
 */
key: string, };

/**
 * The reply.
 */
export type EditReply = { 
/**
 * Number of the last edit of the table.
 */
edit_num: number, 
/**
 * One per operation, in order.
 */
results: Array<EditResult>, };

/**
 * A batch of edits; one undo step, one transaction per 5,000 operations.
 */
export type EditRequest = { 
/**
 * Workbook id.
 */
workbook: string, 
/**
 * Input table id.
 */
table: string, 
/**
 * Id of the browser tab, so that it can ignore its own echo.
 */
by: string, 
/**
 * Unique id of the batch; sending it again is harmless.
 */
id: string, 
/**
 * Operations in order.
 */
ops: Array<EditOp>, };

/**
 * Fate of an operation.
 */
export type EditResult = "ok" | { "rejected": string };

/**
 * An effect for the browser to apply.
 */
export type Effect = { "do": "set", 
/**
 * Control id.
 */
control: string, 
/**
 * Value in its natural JSON form.
 */
value: ControlValue, } | { "do": "open", 
/**
 * Overlay id.
 */
overlay: string, } | { "do": "close", 
/**
 * Overlay id.
 */
overlay: string | null, } | { "do": "navigate", 
/**
 * Page id.
 */
page: string, } | { "do": "select_tab", 
/**
 * Element id of the tabs.
 */
tabs: string, 
/**
 * Tab id.
 */
tab: string, } | { "do": "refresh", 
/**
 * Data element ids.
 */
elements: Array<string>, } | { "do": "open_url", 
/**
 * Address.
 */
url: string, 
/**
 * In a new tab.
 */
new_tab: boolean, } | { "do": "notify", 
/**
 * Text.
 */
text: string, } | { "do": "edited", 
/**
 * Input table id.
 */
table: string, 
/**
 * Rows inserted, updated or deleted.
 */
rows: number, };

/**
 * Something on a page.
 */
export type Element = { 
/**
 * Slug id.
 */
id: string, 
/**
 * Heading shown above it; `None` shows none.
 */
title: Title | null, 
/**
 * Text below the heading.
 */
description: string | null, 
/**
 * Looks.
 */
style: Style, 
/**
 * What it is.
 */
kind: ElementKind, 
/**
 * Id of the data element behind it.
 */
data: string | null, 
/**
 * Id of the data element (kind `text`) that computes the formulas of its prose (title, text, label), in order.
 */
prose: string | null, 
/**
 * Content hash of everything above: equal hash, nothing to redraw.
 */
hash: string, };

/**
 * What an element is.
 */
export type ElementKind = { "kind": "text", 
/**
 * Text.
 */
text: Prose, 
/**
 * `left`, `center`, `right`.
 */
align: string | null, } | { "kind": "image", 
/**
 * Address.
 */
url: Prose, 
/**
 * Words for those who do not see it.
 */
alt: string, 
/**
 * `contain`, `cover` or `none`.
 */
fit: string | null, } | { "kind": "divider" } | { "kind": "spacer" } | { "kind": "button", 
/**
 * Words on it.
 */
label: Prose, 
/**
 * `primary`, `secondary`, `text` or `danger`.
 */
variant: string, 
/**
 * Icon name.
 */
icon: string | null, 
/**
 * Program it runs.
 */
on_click: string | null, } | { "kind": "control", 
/**
 * Control id.
 */
control: string, } | { "kind": "table", 
/**
 * Conditional formats.
 */
highlight: Array<Highlight>, 
/**
 * Program run when a row is selected.
 */
on_select: string | null, } | { "kind": "input_table", 
/**
 * Input table id.
 */
table: string, 
/**
 * Program run when a row is selected.
 */
on_select: string | null, } | { "kind": "kpi", 
/**
 * Format of the value.
 */
format: Format | null, 
/**
 * How the change is judged and shown.
 */
compare: Compare | null, 
/**
 * `line`, `area`, `bar` for the trend beneath.
 */
trend: string | null, 
/**
 * `left`, `center`, `right`.
 */
align: string | null, } | { "kind": "chart" } & Chart | { "kind": "container", 
/**
 * Heading.
 */
body: Array<Placement>, 
/**
 * Scrolls within its height.
 */
scroll: boolean, } | { "kind": "tabs", 
/**
 * Tabs by id.
 */
tabs: { [key in string]: Tab }, 
/**
 * Id of the one shown first.
 */
default: string, } | { "kind": "unsupported", 
/**
 * Kind as the author wrote it.
 */
what: string, };

/**
 * Form of a file. Exact values; days without their midnight; UTF-8.
 */
export type ExportForm = "csv" | "tsv";

/**
 * What goes into the file.
 */
export type ExportRequest = { 
/**
 * Workbook id.
 */
workbook: string, 
/**
 * Id of a data element.
 */
el: string, 
/**
 * Control values by id; a missing one has its default.
 */
controls: Record<string, ControlValue>, 
/**
 * The visitor's own sort.
 */
sort: Array<[string, Direction]>, 
/**
 * Level of a grouped table, `base` for the rows beneath the groups; the innermost groups when absent.
 */
level: string | null, 
/**
 * Form of the file.
 */
form: ExportForm, };

/**
 * Where it stands.
 */
export type FindReply = { 
/**
 * Indexes of the rows in the shown list, ascending; the first 10,000.
 */
rows: Array<number>, 
/**
 * Rows that hold it.
 */
count: number, 
/**
 * Rows looked at.
 */
searched: number, };

/**
 * What is looked for, and in which list.
 */
export type FindRequest = { 
/**
 * Workbook id.
 */
workbook: string, 
/**
 * Control values by id; a missing one has its default.
 */
controls: Record<string, ControlValue>, 
/**
 * The element, with the visitor's sort and open groups.
 */
want: Want, 
/**
 * What was typed, and what it may stand for (`1,234` for 1234): any of them, in the exact value, ignoring case.
 */
texts: Array<string>, };

/**
 * A button of an overlay's footer.
 */
export type FooterButton = { 
/**
 * Words on it.
 */
text: string, 
/**
 * Program it runs.
 */
action: string | null, };

/**
 * How a number or date looks.
 */
export type Format = { 
/**
 * d3-format (numbers) or strftime (dates) pattern.
 */
pattern: string, 
/**
 * Before the value.
 */
prefix: string | null, 
/**
 * Behind the value.
 */
suffix: string | null, 
/**
 * Shown for Null; an en dash unless said.
 */
null_as: string | null, 
/**
 * Currency symbol for `$` in the pattern.
 */
symbol: string | null, };

/**
 * A conditional format.
 */
export type Highlight = { 
/**
 * Index of the (hidden, logical) column that says where it applies.
 */
when: number | null, 
/**
 * Indexes of the columns it paints; all of the row when empty.
 */
columns: Array<number>, 
/**
 * Colour scale: colours from least to greatest value.
 */
scale: Array<string>, 
/**
 * Bars of this colour behind the numbers.
 */
bars: string | null, 
/**
 * Painted like this.
 */
style: Style, 
/**
 * Bold text.
 */
bold: boolean, };

/**
 * A stored column.
 */
export type InputColumnView = { 
/**
 * Slug id.
 */
id: string, 
/**
 * Display name.
 */
name: string, 
/**
 * Kind.
 */
kind: InputKind, 
/**
 * Type of values.
 */
type: Type, 
/**
 * Refuses empty cells.
 */
required: boolean, 
/**
 * Least value.
 */
min: Cell, 
/**
 * Greatest value.
 */
max: Cell, 
/**
 * Longest text in characters.
 */
max_length: number | null, 
/**
 * Allowed values.
 */
options: Array<OptionView>, 
/**
 * Allowed values come from data: ask with part `options` and `el` = `TABLE/COLUMN`.
 */
options_query: boolean, };

/**
 * Kind of a stored column.
 */
export type InputKind = "text" | "number" | "date" | "checkbox" | "select" | "multi_select" | "created_at" | "created_by" | "updated_at" | "updated_by";

/**
 * An input table as the browser sees it.
 */
export type InputTableView = { 
/**
 * Display name.
 */
name: string, 
/**
 * Stored columns in order.
 */
columns: Array<InputColumnView>, 
/**
 * Whether this server lets this visitor edit.
 */
editable: boolean, };

/**
 * A grouping.
 */
export type LevelView = { 
/**
 * Name.
 */
name: string, 
/**
 * Indexes of its own key columns.
 */
keys: Array<number>, 
/**
 * Indexes of all columns its rows carry.
 */
columns: Array<number>, };

/**
 * One choice.
 */
export type OptionView = { 
/**
 * Value.
 */
value: Cell, 
/**
 * Shown.
 */
label: string, };

/**
 * A modal or drawer.
 */
export type Overlay = { 
/**
 * Slug.
 */
id: string, 
/**
 * Heading; values are columns of `prose`.
 */
title: Prose, 
/**
 * Id of the data element (kind `text`) that computes the heading's formulas.
 */
prose: string | null, 
/**
 * What it is.
 */
kind: OverlayKind, 
/**
 * `small`, `medium`, `large` or `full`.
 */
width: string, 
/**
 * Placements inside.
 */
body: Array<Placement>, 
/**
 * Main button of the footer.
 */
primary: FooterButton | null, 
/**
 * Second button of the footer.
 */
secondary: FooterButton | null, 
/**
 * Program run after it closes.
 */
on_close: string | null, };

/**
 * Kind of an overlay.
 */
export type OverlayKind = "modal" | "drawer_left" | "drawer_right";

/**
 * A page.
 */
export type Page = { 
/**
 * Slug.
 */
id: string, 
/**
 * Shown in the page list.
 */
title: string, 
/**
 * Not in the page list.
 */
hidden: boolean, 
/**
 * Top-level placements.
 */
body: Array<Placement>, };

/**
 * Part of a data element.
 */
export type Part = "rows" | "totals" | "series" | "options";

/**
 * An element and its cell in the grid of its parent (24 columns; rows of 30 px).
 */
export type Placement = { 
/**
 * Element id.
 */
element: string, 
/**
 * First column, 1 to 24.
 */
column: number, 
/**
 * First row, from 1.
 */
row: number, 
/**
 * Columns covered, 1 to 24.
 */
width: number, 
/**
 * Rows covered.
 */
height: number, };

/**
 * Prose whose formulas are columns of the element's `prose` data element.
 */
export type Prose = Array<ProsePart>;

/**
 * A piece of prose.
 */
export type ProsePart = { "text": string } | { "value": number };

/**
 * Why a query failed.
 */
export type QueryFailure = { 
/**
 * Registered code name (`query-failed`, `query-timeout`, …).
 */
code: string, 
/**
 * One sentence.
 */
message: string, 
/**
 * More, for the author (dev only): engine message, place in the author's file.
 */
detail: string | null, };

/**
 * One line of the reply.
 */
export type QueryLine = { 
/**
 * Echo of `Want::el`.
 */
el: string, 
/**
 * Echo of `Want::part`.
 */
part: Part, 
/**
 * Echo of `QueryRequest::seq`.
 */
seq: number, 
/**
 * The result …
 */
ok?: Table, 
/**
 * … or why there is none.
 */
err?: QueryFailure, 
/**
 * Milliseconds spent.
 */
ms: number, };

/**
 * A batch.
 */
export type QueryRequest = { 
/**
 * Workbook id.
 */
workbook: string, 
/**
 * Counts the browser's requests; echoed.
 */
seq: number, 
/**
 * Control values by id; a missing one has its default.
 */
controls: Record<string, ControlValue>, 
/**
 * What is asked.
 */
want: Array<Want>, };

/**
 * How ties count.
 */
export type RankKind = "rank" | "dense" | "row_number";

/**
 * A line at a fixed value.
 */
export type ReferenceLine = { 
/**
 * `x` or `y`.
 */
axis: string, 
/**
 * Where.
 */
value: number, 
/**
 * Words beside it.
 */
label: string | null, };

/**
 * Kind of a row in a grouped table.
 */
export type RowKind = "leaf" | "open" | "closed";

/**
 * A series.
 */
export type Series = { 
/**
 * Column.
 */
column: number, 
/**
 * Mark of this series in a combo chart.
 */
mark: string | null, 
/**
 * `left` or `right`.
 */
axis: string, 
/**
 * Axis title.
 */
title: string | null, };

/**
 * Server to browser.
 */
export type ServerMessage = { "t": "hello", 
/**
 * Revision of the server's plan.
 */
rev: number, 
/**
 * Its hash: reload the plan when it differs.
 */
hash: string, 
/**
 * Hash of the bundle: offer a reload when it differs.
 */
assets: string, } | { "t": "plan", 
/**
 * The plan.
 */
plan: ViewPlan, 
/**
 * Warnings of the build.
 */
diagnostics: Array<DiagnosticView>, } | { "t": "change", 
/**
 * Hash of the plan before. A page that shows another one asks for the whole.
 */
base: string, 
/**
 * The plan, of whose elements and data only those are there that are not the same as before.
 */
plan: ViewPlan, 
/**
 * Ids of elements that are gone.
 */
gone_elements: Array<string>, 
/**
 * Ids of data elements that are gone.
 */
gone_data: Array<string>, 
/**
 * Warnings of the build.
 */
diagnostics: Array<DiagnosticView>, } | { "t": "diag", 
/**
 * What is wrong.
 */
diagnostics: Array<DiagnosticView>, } | { "t": "stale", 
/**
 * Data element ids; everything when empty.
 */
els: Array<string>, } | { "t": "edits", 
/**
 * Input table id.
 */
table: string, 
/**
 * Number of the last edit.
 */
edit_num: number, 
/**
 * Tab that made them.
 */
by: string, 
/**
 * Operations.
 */
ops: Array<EditOp>, };

/**
 * Project-wide meaning of dates and numbers.
 */
export type Settings = { 
/**
 * IANA name.
 */
time_zone: string, 
/**
 * First day of a plain `week`.
 */
week_start: WeekStart, 
/**
 * BCP 47 tag; how numbers and dates look.
 */
locale: string, 
/**
 * ISO 4217 code.
 */
currency: string, };

/**
 * Looks shared by all elements. Colours are `#rrggbb` or `theme.NAME`.
 */
export type Style = { background: string | null, border_color: string | null, border_width: number | null, radius: number | null, padding: number | null, color: string | null, };

/**
 * A tab.
 */
export type Tab = { 
/**
 * Words on it.
 */
title: string, 
/**
 * What it shows.
 */
body: Array<Placement>, };

/**
 * Columnar rows.
 */
export type Table = { 
/**
 * Rows there are in all.
 */
count: number, 
/**
 * Index of the first row sent.
 */
offset: number, 
/**
 * For each column sent, its index in `DataView::columns` (for options: 0 value, 1 label, 2 count).
 */
columns: Array<number>, 
/**
 * For each column sent, its cells.
 */
values: Cell[][], 
/**
 * Grouped tables: depth of each row, 0 for the outermost group.
 */
depth?: Array<number>, 
/**
 * Grouped tables: whether each row is a group or a base row.
 */
kind?: Array<RowKind>, 
/**
 * Grouped tables: key path of each group, to open and close it. Input tables: row ids.
 */
keys?: Array<string>, 
/**
 * Number of the last edit that the rows include (input tables).
 */
edit_num?: number, 
/**
 * A required control of the page is empty: nothing is shown, and these controls must be filled.
 */
waiting_for?: Array<string>, 
/**
 * Rows beyond the server's limit were left out.
 */
truncated?: boolean, };

/**
 * Text comparisons.
 */
export type TextMode = "equals" | "does_not_equal" | "contains" | "does_not_contain" | "starts_with" | "does_not_start_with" | "ends_with" | "does_not_end_with" | "like" | "not_like" | "matches_regexp" | "does_not_match_regexp";

/**
 * A heading.
 */
export type Title = { 
/**
 * Text; values are numbered in the order of the element's `prose` columns.
 */
text: Prose, 
/**
 * Font size in pixels.
 */
size: number | null, 
/**
 * Colour.
 */
color: string | null, 
/**
 * `normal`, `bold`.
 */
weight: string | null, };

/**
 * The platform's six types, and two that only the checker knows.
 */
export type Type = "text" | "number" | "date" | "logical" | "variant" | "geography" | "null" | "unknown";

/**
 * The view plan of one workbook.
 */
export type ViewPlan = { 
/**
 * Protocol version, 1.
 */
v: number, 
/**
 * Grows with every successful build of a running server.
 */
rev: number, 
/**
 * Content hash of the plan.
 */
hash: string, 
/**
 * Workbook id (first path segment after `/w/`).
 */
workbook: string, 
/**
 * Workbook name.
 */
title: string, 
/**
 * Description, plain text.
 */
description: string | null, 
/**
 * Project-wide meaning of dates and numbers.
 */
settings: Settings, 
/**
 * Pages in order.
 */
pages: Array<Page>, 
/**
 * Modals and drawers.
 */
overlays: Array<Overlay>, 
/**
 * Elements by id; `hash` tells whether one changed.
 */
elements: { [key in string]: Element }, 
/**
 * Data elements by id.
 */
data: { [key in string]: DataView }, 
/**
 * Controls by id.
 */
controls: { [key in string]: ControlView }, 
/**
 * Input tables by id.
 */
input_tables: { [key in string]: InputTableView }, };

/**
 * One request.
 */
export type Want = { 
/**
 * Id of a data element; for `options` the id of a control or `INPUT_TABLE/COLUMN`.
 */
el: string, 
/**
 * Which part.
 */
part: Part, 
/**
 * First row (from 0) and number of rows; all (up to the server's limit) when absent.
 */
rows: [number, number] | null, 
/**
 * The visitor's own sort: column id and direction; replaces the element's.
 */
sort: Array<[string, Direction]>, 
/**
 * Which groups are open in a grouped table: `None` opens every level but base rows.
 */
open: Array<string> | null, 
/**
 * Groups that the visitor opened or closed since: the other way round than `open` says.
 */
toggled: Array<string>, 
/**
 * Text that options must contain, ignoring case.
 */
search: string | null, };

/**
 * First day of the week.
 */
export type WeekStart = "sunday" | "monday";
