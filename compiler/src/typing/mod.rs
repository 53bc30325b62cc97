//! The checked workbook: every name resolved, every formula typed, every column at its level.
//!
//! Enters: the [`Model`](crate::resolve::Model) of a document and a [`Host`](crate::host::Host). Leaves:
//! [`Checked`] elements, in which a formula is a [`Typed`] tree whose leaves are positions, not names, and findings.
//! Nothing here builds relations (`lower` does) and nothing later looks at names again.

pub(crate) mod call;
pub(crate) mod chart;
pub(crate) mod columns;
pub(crate) mod control;
pub(crate) mod element;
pub(crate) mod expr;
pub(crate) mod filter;
pub(crate) mod format;
pub(crate) mod grain;
pub(crate) mod input;
pub(crate) mod kpi;
pub(crate) mod lookup;
pub(crate) mod mirror;
pub(crate) mod reference;
pub(crate) mod scope;
pub(crate) mod shape;
pub(crate) mod source;
mod sql_guard;
mod sql_text;
mod total;
pub(crate) mod trail;
mod typed;

use std::sync::Arc;

pub(crate) use self::typed::{Lookup, Typed, TypedKind};
use crate::plan::control::{FilterKind, RankKind};
use crate::plan::element::DataKind;
use crate::plan::layout::Format;
use crate::plan::relation::{JoinKind, Nulls};
use crate::span::Span;
use crate::value::Type;

/// How deep a column lives: 0 for the whole element, 1 to n for its groupings from outer to inner, n + 1 for base rows.
pub(crate) type Depth = usize;

/// A checked data element.
#[derive(Clone, Debug)]
pub(crate) struct Element {
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) kind: DataKind,
    pub(crate) span: Span,
    pub(crate) source: Arc<Source>,
    pub(crate) columns: Vec<Column>,
    pub(crate) levels: Vec<Level>,
    pub(crate) filters: Vec<Filter>,
    /// Order of base rows.
    pub(crate) sort: Vec<Sort>,
    pub(crate) limit: Option<u64>,
    /// Charts: keys that partition windows, and the order within.
    pub(crate) window: Option<(Vec<usize>, Vec<Sort>)>,
    /// What `rows` shows.
    pub(crate) shows: Shows,
    /// KPI with a period: the level of its series.
    pub(crate) series: bool,
    /// Element that this one shows with its levels: columns of the same index are the same, and its controls count.
    pub(crate) mirrors: Option<usize>,
    /// Named aggregates, for elements that read this one: name and formula.
    pub(crate) metrics: Arc<[Metric]>,
    /// The source did not check: names may be missing.
    pub(crate) broken: bool,
    /// Charts: which columns are which channels.
    pub(crate) roles: Roles,
    /// Tables: the hidden column behind each `highlight` that has a condition, in order.
    pub(crate) highlights: Vec<Option<usize>>,
}

/// Columns behind the channels of a chart.
#[derive(Clone, Debug, Default)]
pub(crate) struct Roles {
    pub(crate) x: Vec<usize>,
    pub(crate) y: Vec<usize>,
    pub(crate) color: Option<usize>,
    pub(crate) size: Option<usize>,
    pub(crate) tooltip: Vec<usize>,
}

/// What an element shows by default.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Shows {
    Base,
    Innermost,
    Totals,
    /// The latest group: a KPI with a period.
    Latest,
}

/// A metric as written; it is typed where it is used.
#[derive(Clone, Debug)]
pub(crate) struct Metric {
    pub(crate) name: String,
    pub(crate) formula: Option<crate::formula::ast::Expr>,
    pub(crate) ty: Option<Type>,
}

/// A column, with what it computes: a checked expression, and before that what is [specified](columns::Spec).
#[derive(Clone, Debug)]
pub(crate) struct Column<E = Typed> {
    pub(crate) id: Arc<str>,
    pub(crate) name: Arc<str>,
    pub(crate) span: Span,
    pub(crate) depth: Depth,
    pub(crate) key: bool,
    pub(crate) summary: bool,
    pub(crate) hidden: bool,
    pub(crate) format: Option<Arc<Format>>,
    pub(crate) description: Option<String>,
    pub(crate) width: Option<u32>,
    pub(crate) align: Option<String>,
    pub(crate) expr: E,
}

/// A checked grouping.
#[derive(Clone, Debug)]
pub(crate) struct Level {
    pub(crate) name: String,
    pub(crate) keys: Vec<usize>,
    pub(crate) sort: Vec<Sort>,
    pub(crate) limit: Option<u64>,
}

/// A sort by a column of the element.
#[derive(Clone, Debug)]
pub(crate) struct Sort {
    pub(crate) column: usize,
    pub(crate) descending: bool,
    pub(crate) nulls: Nulls,
}

/// A checked filter, applied to rows of `depth`.
#[derive(Clone, Debug)]
pub(crate) struct Filter {
    pub(crate) depth: Depth,
    pub(crate) test: Test,
    /// Element it was written for, when another one takes it over: it looks that one up before it is filtered.
    pub(crate) of: Option<usize>,
}

#[derive(Clone, Debug)]
pub(crate) enum Test {
    /// Kept where True.
    Formula(Typed),
    /// On one column.
    Column { value: Typed, filter: FilterKind },
    /// First of an order.
    Top {
        value: Typed,
        count: Typed,
        percent: bool,
        bottom: bool,
        rank: RankKind,
        keep_nulls: bool,
    },
    /// A control's own test.
    Control { value: Typed, control: String },
}

/// Where rows come from.
#[derive(Clone, Debug)]
pub(crate) struct Source {
    pub(crate) kind: SourceKind,
    pub(crate) columns: Vec<SourceColumn>,
    /// Columns are not known (no catalog, or the source is in error): any name passes, of unknown type.
    pub(crate) open: bool,
    /// Metrics of the element it reads.
    pub(crate) metrics: Arc<[Metric]>,
}

#[derive(Clone, Debug)]
pub(crate) enum SourceKind {
    /// A physical table; one scan column per source column.
    Scan {
        table: Vec<String>,
        zoned: Vec<bool>,
    },
    /// Custom SQL.
    Sql {
        parts: Vec<SqlText>,
        zoned: Vec<bool>,
    },
    /// A checked element at one of its depths; `columns[i]` is its column index behind source column i.
    Element {
        element: usize,
        depth: Depth,
        columns: Vec<usize>,
    },
    /// Stored columns of an input table, by column id.
    Input { table: String, columns: Vec<String> },
    /// Joined legs; source columns are those of all legs in order.
    Join(Vec<Leg>),
    /// Inputs with, for each output column, the input's column or none.
    Union(Vec<(Arc<Source>, Vec<Option<usize>>)>),
    /// One row without columns.
    Unit,
    /// In error.
    Broken,
}

#[derive(Clone, Debug)]
pub(crate) enum SqlText {
    Text(String),
    Table(Vec<String>),
    Value(Typed),
}

#[derive(Clone, Debug)]
pub(crate) struct Leg {
    pub(crate) source: Source,
    pub(crate) kind: JoinKind,
    /// Left side over the columns of all legs before (as [`TypedKind::Source`]), right side over this leg's own.
    pub(crate) on: Vec<(Typed, String, Typed)>,
}

#[derive(Clone, Debug)]
pub(crate) struct SourceColumn {
    pub(crate) name: Arc<str>,
    /// First segment it answers to in `[Prefix/Name]`.
    pub(crate) prefix: Arc<str>,
    /// Physical: case and `_` for space do not matter.
    pub(crate) loose: bool,
    pub(crate) ty: Type,
    pub(crate) format: Option<Arc<Format>>,
    pub(crate) hidden: bool,
}

/// All checked elements; named ones keep their index from the model.
#[derive(Debug, Default)]
pub(crate) struct Checked {
    pub(crate) elements: Vec<Arc<Element>>,
}

impl Element {
    /// Depth of base rows.
    pub(crate) fn base_depth(&self) -> Depth {
        self.levels.len() + 1
    }

    /// Depth of the rows it shows and offers by default.
    pub(crate) fn rows_depth(&self) -> Depth {
        match self.shows {
            Shows::Base => self.base_depth(),
            Shows::Innermost | Shows::Latest => self.levels.len(),
            Shows::Totals => 0,
        }
    }

    /// Indexes of the columns that a row of `depth` carries: coarser ones repeated, no finer ones.
    pub(crate) fn columns_at(&self, depth: Depth) -> Vec<usize> {
        (0..self.columns.len())
            .filter(|i| self.columns[*i].depth <= depth)
            .collect()
    }
}
