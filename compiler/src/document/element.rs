//! Elements: one record per kind of item.

use super::action::Trigger;
use super::data::{Align, Column, Format, From, Shape, Style};
use super::item::Item;
use super::primitive::{
    Color, Entries, Formula, Later, NameOr, OneOrMany, Prose, Raw, SortEntry, Text,
};
use super::read::macros::{keyword, record};
use crate::span::Spanned;

record! {
    /// Words shared by all elements.
    pub struct Common {
        /// Pins the id.
        id: Option<Text>,
        /// Name, where something addresses the element.
        name: Option<Text>,
        /// Heading; the name unless said.
        title: Option<Title>,
        /// Text below the heading.
        description: Option<Prose>,
        /// Looks.
        style: Option<Style>,
        /// In a row: columns of 24.
        width: Option<Spanned<u32>>,
        /// Grid rows of 30 px.
        height: Option<Spanned<u32>>,
        /// Explicit place in the grid of the parent.
        at: Option<At>,
        /// Merged last into the exported element.
        sigma: Option<Raw>,
    }
}

/// `title`: prose, `false`, or a map.
#[derive(Clone, Debug)]
pub enum Title {
    /// None is shown.
    Hidden,
    /// Shown.
    Shown(TitleText),
}

record! {
    /// A heading.
    pub struct TitleText short text {
        /// Text.
        text: Option<Prose>,
        /// Pixels.
        size: Option<Spanned<u32>>,
        /// Letters.
        color: Option<Color>,
        /// `normal` or `bold`.
        weight: Option<Spanned<Weight>>,
    }
}

keyword! {
    /// Weights.
    pub enum Weight { Normal = "normal", Bold = "bold" }
}

record! {
    /// A place in the grid of the parent, from 1, of 24 columns.
    pub struct At {
        /// First column.
        column: Spanned<u32>,
        /// First row.
        row: Spanned<u32>,
        /// Columns covered.
        width: Spanned<u32>,
        /// Rows covered.
        height: Spanned<u32>,
    }
}

record! {
    /// Markdown.
    pub struct TextItem {
        /// The prose.
        text: Prose,
        /// Side.
        align: Option<Spanned<Align>>,
        /// Shared words.
        @flatten common: Common,
    }
}

record! {
    /// A picture.
    pub struct Image {
        /// Address.
        image: Prose,
        /// Words for those who do not see it.
        alt: Option<Text>,
        /// `contain`, `cover`, `none`.
        fit: Option<Spanned<Fit>>,
        /// Side.
        align: Option<Spanned<Align>>,
        /// Runs on click.
        on_click: Option<Later<Trigger>>,
        /// Shared words.
        @flatten common: Common,
    }
}

keyword! {
    /// How a picture fills its place.
    pub enum Fit { Contain = "contain", Cover = "cover", None = "none" }
}

record! {
    /// A line.
    pub struct Divider {
        /// Nothing.
        divider: Option<Raw>,
        /// Shared words.
        @flatten common: Common,
    }
}

record! {
    /// Nothing.
    pub struct Spacer {
        /// Nothing.
        spacer: Option<Raw>,
        /// Shared words.
        @flatten common: Common,
    }
}

record! {
    /// A button.
    pub struct Button {
        /// Its name, and the words on it.
        button: Prose,
        /// Importance.
        variant: Option<Spanned<Variant>>,
        /// Icon name.
        icon: Option<Text>,
        /// Side.
        align: Option<Spanned<Align>>,
        /// Runs on click.
        on_click: Option<Trigger>,
        /// Shared words.
        @flatten common: Common,
    }
}

keyword! {
    /// Importance of a button.
    pub enum Variant { Primary = "primary", Secondary = "secondary", Text = "text", Danger = "danger" }
}

record! {
    /// A control on a page.
    pub struct ControlItem {
        /// Name of the control.
        control: Text,
        /// Shared words.
        @flatten common: Common,
    }
}

record! {
    /// A table. Without `from` it shows the query of its name.
    pub struct Table {
        /// Its name.
        table: Text,
        /// Where rows come from.
        from: Option<From>,
        /// Level of a grouped source.
        level: Option<Text>,
        /// What is made of them.
        @flatten shape: Shape,
        /// Conditional formats.
        highlight: Vec<Highlight>,
        /// Columns grouped under headings.
        folders: Option<Later<Entries<Vec<Text>>>>,
        /// Looks of the grid.
        look: Option<Later<Raw>>,
        /// Not offered as a source.
        internal: Option<Spanned<bool>>,
        /// Runs when a row is selected.
        on_select: Option<Trigger>,
        /// Shared words.
        @flatten common: Common,
    }
}

record! {
    /// A conditional format.
    pub struct Highlight {
        /// Where it applies.
        when: Option<Formula>,
        /// What it paints; the whole row when absent.
        columns: Option<OneOrMany<Text>>,
        /// Colours from least to greatest.
        scale: Option<Vec<Color>>,
        /// Bars of this colour behind the numbers.
        bars: Option<Color>,
        /// Letters that grow with the value.
        font_scale: Option<Later<Raw>>,
        /// How it is painted.
        style: Option<Style>,
    }
}

record! {
    /// The grid of an input table.
    pub struct InputTableItem {
        /// Name of the input table.
        input_table: Text,
        /// Rows kept.
        filters: Vec<super::data::Filter>,
        /// Order.
        sort: Option<OneOrMany<SortEntry>>,
        /// Conditional formats.
        highlight: Option<Later<Vec<Highlight>>>,
        /// Runs when a row is selected.
        on_select: Option<Trigger>,
        /// Shared words.
        @flatten common: Common,
    }
}

record! {
    /// A key figure.
    pub struct Kpi {
        /// Its name.
        kpi: Text,
        /// Where rows come from.
        from: From,
        /// Level of a grouped source.
        level: Option<Text>,
        /// Rows kept.
        filters: Vec<super::data::Filter>,
        /// Columns its formulas may use.
        columns: Option<super::data::Columns>,
        /// Named aggregates.
        metrics: Entries<super::data::Metric>,
        /// The figure, an aggregate.
        value: Formula,
        /// Period of its trend.
        by: Option<Channel>,
        /// `previous` or an aggregate to compare with.
        compare: Option<KpiCompare>,
        /// Drawn beneath.
        trend: Option<Spanned<Trend>>,
        /// How it looks.
        format: Option<Format>,
        /// Whether a rise is good; yes unless said.
        higher_is_better: Option<Spanned<bool>>,
        /// Side.
        align: Option<Spanned<Align>>,
        /// Shared words.
        @flatten common: Common,
    }
}

/// `compare`: `previous`, or a formula.
#[derive(Clone, Debug)]
pub enum KpiCompare {
    /// The period before.
    Previous(crate::span::Span),
    /// Another aggregate.
    Formula(Formula),
}

keyword! {
    /// Trend of a KPI.
    pub enum Trend { None = "none", Line = "line", Area = "area", Bar = "bar" }
}

record! {
    /// A chart.
    pub struct Chart {
        /// Its name.
        chart: Text,
        /// What is drawn.
        r#type: Spanned<ChartType>,
        /// Where rows come from.
        from: From,
        /// Level of a grouped source.
        level: Option<Text>,
        /// Rows kept.
        filters: Vec<super::data::Filter>,
        /// Columns its formulas may use.
        columns: Option<super::data::Columns>,
        /// Named aggregates.
        metrics: Entries<super::data::Metric>,
        /// Category or position.
        x: Option<Channels>,
        /// Series.
        y: Option<Channels>,
        /// Pie and donut: size of the slices.
        value: Option<Channel>,
        /// Splits into series or slices, or one colour for all.
        color: Option<ColorChannel>,
        /// Size of scatter marks.
        size: Option<Channel>,
        /// Further columns in the tooltip.
        tooltip: Option<Channels>,
        /// Values at the marks.
        labels: Option<Spanned<bool>>,
        /// Where the legend stands.
        legend: Option<Spanned<Legend>>,
        /// How series share a category.
        stack: Option<Spanned<Stack>>,
        /// Direction of bars.
        orientation: Option<Spanned<Orientation>>,
        /// Space between bars, 0 to 1.
        gap: Option<Later<Spanned<f64>>>,
        /// Lines at fixed values.
        marks: Vec<Mark>,
        /// Trend line.
        trend: Option<Later<Raw>>,
        /// Small multiples.
        trellis: Option<Later<Raw>>,
        /// Hole of a donut, 0 to 1.
        hole: Option<Spanned<f64>>,
        /// Order of the rows.
        sort: Option<OneOrMany<SortEntry>>,
        /// Rows kept of the order.
        limit: Option<Spanned<u64>>,
        /// Runs when a mark is selected.
        on_select: Option<Trigger>,
        /// Shared words.
        @flatten common: Common,
    }
}

keyword! {
    /// Every chart of the platform.
    pub enum ChartType {
        Bar = "bar", Line = "line", Area = "area", Scatter = "scatter", Pie = "pie", Donut = "donut", Combo = "combo",
        Box = "box", Funnel = "funnel", Gauge = "gauge", Sankey = "sankey", Waterfall = "waterfall",
    }
}

keyword! {
    /// Where a legend stands.
    pub enum Legend { None = "none", Right = "right", Left = "left", Top = "top", Bottom = "bottom" }
}

keyword! {
    /// How series share a category.
    pub enum Stack { None = "none", Normal = "normal", Full = "full" }
}

keyword! {
    /// Direction of bars.
    pub enum Orientation { Vertical = "vertical", Horizontal = "horizontal" }
}

record! {
    /// A line at a fixed value.
    pub struct Mark {
        /// On the x axis.
        x: Option<Spanned<f64>>,
        /// On the y axis.
        y: Option<Spanned<f64>>,
        /// Words beside it.
        label: Option<Text>,
    }
}

record! {
    /// A channel of a chart: a formula, and how it is drawn.
    pub struct Channel short formula {
        /// What it computes.
        formula: Formula,
        /// Name of the column; inferred unless said.
        name: Option<Text>,
        /// Order of its values: `Column` or `-Column`.
        sort: Option<SortEntry>,
        /// Side of its axis.
        axis: Option<Spanned<AxisSide>>,
        /// Mark of this series in a combo chart.
        r#type: Option<Spanned<ChartType>>,
        /// Scale of its axis.
        scale: Option<Spanned<ScaleType>>,
        /// Title of its axis.
        title: Option<Text>,
        /// How values look.
        format: Option<Format>,
    }
}

keyword! {
    /// Sides of an axis.
    pub enum AxisSide { Left = "left", Right = "right" }
}

keyword! {
    /// Scales of an axis.
    pub enum ScaleType { Linear = "linear", Log = "log", Time = "time", Category = "category" }
}

/// `x`, `y`, `tooltip`: one channel, a list of them, or a map name to formula (a map that has `formula` is one channel).
#[derive(Clone, Debug)]
pub struct Channels {
    /// Channels in order; a map's names are in `name`.
    pub list: Vec<Channel>,
    /// Place.
    pub span: crate::span::Span,
}

/// `color`: a channel, `{ formula, scheme }`, or a constant colour (`"#e31837"`, a CSS name, `theme.accent`).
#[expect(clippy::large_enum_variant, reason = "a chart has one")]
#[derive(Clone, Debug)]
pub enum ColorChannel {
    /// One colour.
    Fixed(Color),
    /// Split by a column.
    Split {
        /// The column.
        channel: Channel,
        /// Named scheme.
        scheme: Option<Text>,
    },
}

record! {
    /// A bordered group.
    pub struct Container {
        /// Its name.
        container: Text,
        /// What stands in it.
        body: Vec<Item>,
        /// Scrolls within its height.
        scroll: Option<Spanned<bool>>,
        /// Shared words.
        @flatten common: Common,
    }
}

record! {
    /// Items side by side.
    pub struct Row {
        /// The items.
        row: Vec<Item>,
        /// Shared words.
        @flatten common: Common,
    }
}

record! {
    /// Bodies of which one is shown.
    pub struct Tabs {
        /// Tab to body.
        tabs: Entries<Vec<Item>>,
        /// Tab shown first.
        default: Option<Text>,
        /// Shared words.
        @flatten common: Common,
    }
}

/// An element that does not run yet: any words, kept as they are.
#[derive(Clone, Debug)]
pub struct Other {
    /// Kind.
    pub kind: Text,
    /// Name, when its value is text.
    pub name: Option<Text>,
    /// Everything.
    pub raw: Raw,
}

/// What an overlay's button does: words, and an action.
pub type Footer = NameOr<FooterButton>;

record! {
    /// A button of an overlay's footer.
    pub struct FooterButton {
        /// Words on it.
        text: Text,
        /// Name of an action.
        run: Option<Text>,
        /// Effects.
        r#do: Option<Trigger>,
    }
}

/// Kept for elements that name a column of their own.
pub type NamedColumn = super::primitive::Entry<Column>;
