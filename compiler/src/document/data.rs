//! Queries, sources, columns, levels, filters, formats: what makes a data element.

use super::primitive::{
    Color, ColumnPath, Constant, Entries, Formula, Later, NameOr, OneOrMany, Prose, Raw, SortEntry,
    Text,
};
use super::read::macros::{keyword, record};
use crate::span::Spanned;
use crate::value::Type;
use crate::value::Value;

record! {
    /// A query: exactly one source, and what is made of it.
    pub struct Query {
        /// Pins the id.
        id: Option<Text>,
        /// What it is for.
        description: Option<Prose>,
        /// Where rows come from.
        @flatten source: Source,
        /// What is made of them.
        @flatten shape: Shape,
        /// Merged last into the exported element.
        sigma: Option<Raw>,
    }
}

record! {
    /// A source; exactly one of its keys (`level`, `connection`, `match`, `merge` … go with some of them).
    pub struct Source {
        /// Warehouse table or seed: `SCHEMA.TABLE`.
        table: Option<Text>,
        /// Custom SQL, a read-only query.
        sql: Option<Text>,
        /// A query of the workbook.
        query: Option<Text>,
        /// An input table of the workbook.
        input_table: Option<Text>,
        /// A CSV file of the project.
        csv: Option<Text>,
        /// Joined legs; the first is the primary one.
        join: Option<Entries<JoinLeg>>,
        /// Queries whose rows are put together.
        union: Option<Vec<Text>>,
        /// A query turned from wide to long or back.
        transpose: Option<Later<Text>>,
        /// `Model/Element` of a data model.
        data_model: Option<Later<Text>>,
        /// Logical connection of `table` and `sql`; the default one when absent.
        connection: Option<Text>,
        /// Level of a grouped query that is read: a level's name, or `base`.
        level: Option<Text>,
        /// Union: output column to the column of each input, `null` for none.
        r#match: Option<Entries<Vec<Option<Text>>>>,
        /// Transpose to long: columns that become rows.
        merge: Option<Later<Vec<Text>>>,
        /// Transpose to long: column of the labels.
        label: Option<Later<Text>>,
        /// Transpose: column of the values.
        value: Option<Later<Text>>,
        /// Transpose to wide: column whose values become columns.
        spread: Option<Later<Text>>,
        /// Transpose to wide: the columns made.
        into: Option<Later<Vec<Text>>>,
        /// Transpose to wide: how several values become one.
        aggregate: Option<Later<Text>>,
    }
}

record! {
    /// A leg of a join: one source, how it joins, and on what.
    pub struct JoinLeg {
        /// A query.
        query: Option<Text>,
        /// A table.
        table: Option<Text>,
        /// An input table.
        input_table: Option<Text>,
        /// A CSV file.
        csv: Option<Text>,
        /// Level of a grouped query.
        level: Option<Text>,
        /// How; `left` unless said. Not on the first leg.
        r#type: Option<Spanned<JoinType>>,
        /// Conditions, each `left op right`.
        on: Option<OneOrMany<Formula>>,
    }
}

keyword! {
    /// How a leg joins.
    pub enum JoinType { Left = "left", Inner = "inner", Right = "right", Full = "full", Lookup = "lookup" }
}

record! {
    /// Columns, filters, groupings, order: shared by queries and all data elements.
    pub struct Shape {
        /// Output columns; all of the source when absent.
        columns: Option<Columns>,
        /// Rows kept.
        filters: Vec<Filter>,
        /// Groupings, outermost first.
        group_by: Vec<Level>,
        /// One value over everything each.
        summary: Entries<Column>,
        /// Named aggregates, as `[Metrics/Name]`.
        metrics: Entries<Metric>,
        /// Order.
        sort: Option<OneOrMany<SortEntry>>,
        /// Rows kept of the order; the first so many.
        limit: Option<Spanned<u64>>,
    }
}

/// `columns`: a map in display order, or a list of names, `"*"` and one-entry maps.
#[derive(Clone, Debug)]
pub struct Columns {
    /// Entries in order.
    pub entries: Vec<ColumnEntry>,
    /// Place.
    pub span: crate::span::Span,
}

/// An entry of `columns`.
#[derive(Clone, Debug)]
pub enum ColumnEntry {
    /// `"*"`: every column of the source.
    All(crate::span::Span),
    /// A column of the source by its name.
    Name(Text),
    /// A named column.
    Column(Box<super::primitive::Entry<Column>>),
}

record! {
    /// A column.
    pub struct Column short formula {
        /// What it computes; a column that only declares a type (custom SQL, metrics) has none.
        formula: Option<Formula>,
        /// Declared type.
        r#type: Option<Spanned<TypeName>>,
        /// How it looks.
        format: Option<Format>,
        /// Only for others.
        hidden: Option<Spanned<bool>>,
        /// Tooltip of its header.
        description: Option<Prose>,
        /// Pixels.
        width: Option<Spanned<u32>>,
        /// Side.
        align: Option<Spanned<Align>>,
        /// Pins the id.
        id: Option<Text>,
    }
}

record! {
    /// A named aggregate.
    pub struct Metric short formula {
        /// What it computes.
        formula: Option<Formula>,
        /// Declared type of a metric that is defined elsewhere.
        r#type: Option<Spanned<TypeName>>,
        /// How it looks.
        format: Option<Format>,
        /// What it means.
        description: Option<Prose>,
    }
}

keyword! {
    /// Types.
    pub enum TypeName { Text = "text", Number = "number", Date = "date", Logical = "logical", Variant = "variant", Geography = "geography" }
}

impl TypeName {
    /// The type of values it names.
    pub(crate) fn ty(self) -> Type {
        match self {
            Self::Text => Type::Text,
            Self::Number => Type::Number,
            Self::Date => Type::Date,
            Self::Logical => Type::Logical,
            Self::Variant => Type::Variant,
            Self::Geography => Type::Geography,
        }
    }
}

keyword! {
    /// Sides.
    pub enum Align { Left = "left", Center = "center", Right = "right" }
}

record! {
    /// A grouping: its keys, then its calculations.
    pub struct Level {
        /// Name; the keys joined with `, ` unless said.
        name: Option<Text>,
        /// Names of columns, or one-entry maps name to formula.
        keys: Vec<LevelKey>,
        /// Calculations.
        columns: Option<Columns>,
        /// Order of this level.
        sort: Option<OneOrMany<SortEntry>>,
        /// Groups kept of the order, within each group of the outer level.
        limit: Option<Spanned<u64>>,
        /// Starts closed.
        collapsed: Option<Spanned<bool>>,
    }
}

/// A key of a grouping.
#[derive(Clone, Debug)]
pub enum LevelKey {
    /// A column by its name.
    Name(Text),
    /// A computed key.
    Column(Box<super::primitive::Entry<Column>>),
}

/// A filter.
#[derive(Clone, Debug)]
pub enum Filter {
    /// Kept where True.
    Formula(Formula),
    /// On one column.
    Column(Box<ColumnFilter>),
}

record! {
    /// A filter on one column; exactly one of the tests.
    pub struct ColumnFilter {
        /// The column.
        column: ColumnPath,
        /// Keep these.
        include: Option<Vec<Spanned<Value>>>,
        /// Keep all but these.
        exclude: Option<Vec<Spanned<Value>>>,
        /// Least, included.
        min: Option<Constant>,
        /// Greatest, included.
        max: Option<Constant>,
        /// A window of time: `last 90 days`.
        range: Option<Window>,
        /// Text comparisons.
        equals: Option<Text>,
        /// Negation of `equals`.
        does_not_equal: Option<Text>,
        /// The text occurs in it.
        contains: Option<Text>,
        /// Negation of `contains`.
        does_not_contain: Option<Text>,
        /// It begins so.
        starts_with: Option<Text>,
        /// Negation of `starts_with`.
        does_not_start_with: Option<Text>,
        /// It ends so.
        ends_with: Option<Text>,
        /// Negation of `ends_with`.
        does_not_end_with: Option<Text>,
        /// `%` any run, `_` one character.
        like: Option<Text>,
        /// Negation of `like`.
        not_like: Option<Text>,
        /// A regular expression.
        matches_regexp: Option<Text>,
        /// Negation of `matches_regexp`.
        does_not_match_regexp: Option<Text>,
        /// Letter case of text comparisons; `sensitive` unless said.
        case: Option<Spanned<Case>>,
        /// The largest so many.
        top: Option<Spanned<f64>>,
        /// The smallest so many.
        bottom: Option<Spanned<f64>>,
        /// `top` and `bottom` count percent.
        percent: Option<Spanned<bool>>,
        /// How ties count.
        rank: Option<Spanned<Rank>>,
        /// What becomes of nulls.
        nulls: Option<Spanned<NullWord>>,
        /// Off when `false`.
        enabled: Option<Spanned<bool>>,
    }
}

keyword! {
    /// Letter case.
    pub enum Case { Sensitive = "sensitive", Insensitive = "insensitive" }
}

keyword! {
    /// How ties count.
    pub enum Rank { Rank = "rank", Dense = "dense", RowNumber = "row_number" }
}

keyword! {
    /// What becomes of nulls.
    pub enum NullWord { Always = "always", Never = "never", WhenUnset = "when_unset" }
}

/// A window of time as written (`last 90 days to date`, `on 2026-01-31`, `2026-01-01 to 2026-03-31`), parsed.
#[derive(Clone, Debug)]
pub struct Window {
    /// Meaning.
    pub window: crate::plan::control::DateWindow,
    /// Place.
    pub span: crate::span::Span,
}

/// `format`: a name, a pattern, or a map.
#[derive(Clone, Debug)]
pub struct Format {
    /// Name (`currency`) or pattern (`"$,.2f"`, `"%b %Y"`).
    pub pattern: Option<Text>,
    /// Before the value.
    pub prefix: Option<Text>,
    /// Behind the value.
    pub suffix: Option<Text>,
    /// Shown for Null.
    pub null_as: Option<Text>,
    /// Currency symbol.
    pub symbol: Option<Text>,
    /// Place.
    pub span: crate::span::Span,
}

/// `from`: a name, or a source itself.
pub type From = NameOr<Source>;

record! {
    /// Looks of a highlighted row, cell or element.
    pub struct Style {
        /// Behind everything.
        background: Option<Color>,
        /// Letters.
        color: Option<Color>,
        /// Line around.
        border_color: Option<Color>,
        /// Pixels.
        border_width: Option<Spanned<u32>>,
        /// Pixels.
        radius: Option<Spanned<u32>>,
        /// Pixels.
        padding: Option<Spanned<u32>>,
        /// Bold letters.
        bold: Option<Spanned<bool>>,
    }
}
