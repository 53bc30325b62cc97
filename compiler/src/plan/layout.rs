//! What stands where: pages, overlays, and the elements on them.

use indexmap::IndexMap;
use serde::{Deserialize, Serialize};

/// A page.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, schemars::JsonSchema)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct Page {
    /// Slug.
    pub id: String,
    /// Shown in the page list.
    pub title: String,
    /// Not in the page list.
    pub hidden: bool,
    /// Top-level placements.
    pub body: Vec<Placement>,
}

/// A modal or drawer.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, schemars::JsonSchema)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct Overlay {
    /// Slug.
    pub id: String,
    /// Heading; values are columns of `prose`.
    pub title: Prose,
    /// Id of the data element (kind `text`) that computes the heading's formulas.
    pub prose: Option<String>,
    /// What it is.
    pub kind: OverlayKind,
    /// `small`, `medium`, `large` or `full`.
    pub width: String,
    /// Placements inside.
    pub body: Vec<Placement>,
    /// Main button of the footer.
    pub primary: Option<FooterButton>,
    /// Second button of the footer.
    pub secondary: Option<FooterButton>,
    /// Program run after it closes.
    pub on_close: Option<String>,
}

/// Kind of an overlay.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the names say it")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub enum OverlayKind {
    Modal,
    DrawerLeft,
    DrawerRight,
}

/// A button of an overlay's footer.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, schemars::JsonSchema)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct FooterButton {
    /// Words on it.
    pub text: String,
    /// Program it runs.
    pub action: Option<String>,
}

/// An element and its cell in the grid of its parent (24 columns; rows of 30 px).
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, schemars::JsonSchema)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct Placement {
    /// Element id.
    pub element: String,
    /// First column, 1 to 24.
    pub column: u32,
    /// First row, from 1.
    pub row: u32,
    /// Columns covered, 1 to 24.
    pub width: u32,
    /// Rows covered.
    pub height: u32,
}

/// Something on a page.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, schemars::JsonSchema)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct Element {
    /// Slug id.
    pub id: String,
    /// Heading shown above it; `None` shows none.
    pub title: Option<Title>,
    /// Text below the heading.
    pub description: Option<String>,
    /// Looks.
    pub style: Style,
    /// What it is.
    pub kind: ElementKind,
    /// Id of the data element behind it.
    pub data: Option<String>,
    /// Id of the data element (kind `text`) that computes the formulas of its prose (title, text, label), in order.
    pub prose: Option<String>,
    /// Content hash of everything above: equal hash, nothing to redraw.
    pub hash: String,
}

/// A heading.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, schemars::JsonSchema)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct Title {
    /// Text; values are numbered in the order of the element's `prose` columns.
    pub text: Prose,
    /// Font size in pixels.
    pub size: Option<u32>,
    /// Colour.
    pub color: Option<String>,
    /// `normal`, `bold`.
    pub weight: Option<String>,
}

/// Prose whose formulas are columns of the element's `prose` data element.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, schemars::JsonSchema)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct Prose(pub Vec<ProsePart>);

/// A piece of prose.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub enum ProsePart {
    /// As written (Markdown in text elements).
    Text(String),
    /// Column of the `prose` data element.
    Value(usize),
}

/// Looks shared by all elements. Colours are `#rrggbb` or `theme.NAME`.
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize, schemars::JsonSchema)]
#[expect(missing_docs, reason = "the names say it; lengths are pixels")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct Style {
    pub background: Option<String>,
    pub border_color: Option<String>,
    pub border_width: Option<u32>,
    pub radius: Option<u32>,
    pub padding: Option<u32>,
    pub color: Option<String>,
}

/// How a number or date looks.
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize, schemars::JsonSchema)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct Format {
    /// d3-format (numbers) or strftime (dates) pattern.
    pub pattern: String,
    /// Before the value.
    pub prefix: Option<String>,
    /// Behind the value.
    pub suffix: Option<String>,
    /// Shown for Null; an en dash unless said.
    pub null_as: Option<String>,
    /// Currency symbol for `$` in the pattern.
    pub symbol: Option<String>,
}

/// What an element is.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(tag = "kind", rename_all = "snake_case")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub enum ElementKind {
    /// Markdown.
    Text {
        /// Text.
        text: Prose,
        /// `left`, `center`, `right`.
        align: Option<String>,
    },
    /// A picture.
    Image {
        /// Address.
        url: Prose,
        /// Words for those who do not see it.
        alt: String,
        /// `contain`, `cover` or `none`.
        fit: Option<String>,
    },
    /// A line.
    Divider,
    /// Nothing.
    Spacer,
    /// A button.
    Button {
        /// Words on it.
        label: Prose,
        /// `primary`, `secondary`, `text` or `danger`.
        variant: String,
        /// Icon name.
        icon: Option<String>,
        /// Program it runs.
        on_click: Option<String>,
    },
    /// A control.
    Control {
        /// Control id.
        control: String,
    },
    /// A table, grouped or not.
    Table {
        /// Conditional formats.
        highlight: Vec<Highlight>,
        /// Program run when a row is selected.
        on_select: Option<String>,
    },
    /// A grid to type into.
    InputTable {
        /// Input table id.
        table: String,
        /// Program run when a row is selected.
        on_select: Option<String>,
    },
    /// A key figure. The value is the first column of the data element's rows, then `Previous` and `Change`.
    Kpi {
        /// Format of the value.
        format: Option<Format>,
        /// How the change is judged and shown.
        compare: Option<Compare>,
        /// `line`, `area`, `bar` for the trend beneath.
        trend: Option<String>,
        /// `left`, `center`, `right`.
        align: Option<String>,
    },
    /// A chart.
    Chart(Box<Chart>),
    /// A bordered group with a grid of its own.
    Container {
        /// Heading.
        body: Vec<Placement>,
        /// Scrolls within its height.
        scroll: bool,
    },
    /// Bodies of which one is shown.
    Tabs {
        /// Tabs by id.
        tabs: IndexMap<String, Tab>,
        /// Id of the one shown first.
        default: String,
    },
    /// A place that is compiled but not drawn yet; the text says what it is.
    Unsupported {
        /// Kind as the author wrote it.
        what: String,
    },
}

/// A tab.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, schemars::JsonSchema)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct Tab {
    /// Words on it.
    pub title: String,
    /// What it shows.
    pub body: Vec<Placement>,
}

/// A conditional format.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, schemars::JsonSchema)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct Highlight {
    /// Index of the (hidden, logical) column that says where it applies.
    pub when: Option<usize>,
    /// Indexes of the columns it paints; all of the row when empty.
    pub columns: Vec<usize>,
    /// Colour scale: colours from least to greatest value.
    pub scale: Vec<String>,
    /// Bars of this colour behind the numbers.
    pub bars: Option<String>,
    /// Painted like this.
    pub style: Style,
    /// Bold text.
    pub bold: bool,
}

/// Comparison of a KPI.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, schemars::JsonSchema)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct Compare {
    /// What it is compared with, in words.
    pub label: String,
    /// Whether a rise is good.
    pub higher_is_better: bool,
}

/// A chart; column numbers index the data element's columns.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, schemars::JsonSchema)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct Chart {
    /// `bar`, `line`, `area`, `scatter`, `pie`, `donut`, `combo`.
    pub mark: String,
    /// Category or x value.
    pub x: Option<Axis>,
    /// Series.
    pub y: Vec<Series>,
    /// Column that splits into series, or the slices of a pie.
    pub color: Option<usize>,
    /// One colour for all marks.
    pub fixed_color: Option<String>,
    /// Named colour scheme.
    pub scheme: Option<String>,
    /// Column for the size of scatter marks.
    pub size: Option<usize>,
    /// Further columns in the tooltip.
    pub tooltip: Vec<usize>,
    /// `none`, `normal`, `full`.
    pub stack: String,
    /// `vertical` or `horizontal`.
    pub orientation: String,
    /// `right`, `left`, `top`, `bottom`, `none`.
    pub legend: String,
    /// Values at the marks.
    pub labels: bool,
    /// Radius of the hole of a donut, 0 to 1.
    pub hole: Option<f64>,
    /// Horizontal and vertical lines at fixed values: `(axis x|y, value, label)`.
    pub marks: Vec<ReferenceLine>,
    /// Program run when a mark is selected.
    pub on_select: Option<String>,
}

/// An axis.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, schemars::JsonSchema)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct Axis {
    /// Column.
    pub column: usize,
    /// Title; `None` takes the column's name.
    pub title: Option<String>,
    /// `linear`, `log`, `time`, `category`; `None` follows the type.
    pub scale: Option<String>,
}

/// A series.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, schemars::JsonSchema)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct Series {
    /// Column.
    pub column: usize,
    /// Mark of this series in a combo chart.
    pub mark: Option<String>,
    /// `left` or `right`.
    pub axis: String,
    /// Axis title.
    pub title: Option<String>,
}

/// A line at a fixed value.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, schemars::JsonSchema)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct ReferenceLine {
    /// `x` or `y`.
    pub axis: String,
    /// Where.
    pub value: f64,
    /// Words beside it.
    pub label: Option<String>,
}
