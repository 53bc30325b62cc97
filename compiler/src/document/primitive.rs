//! Leaves of the document: formulas, constants, prose, paths, named entries, and values with several short forms.

use crate::formula::ast::Expr;
use crate::span::{Span, Spanned};
use crate::value::Value;

/// Text with its place.
pub type Text = Spanned<String>;

/// A formula: parsed, syntax findings already reported.
#[derive(Clone, Debug)]
pub struct Formula {
    /// Text as written (after YAML unescaping).
    pub text: String,
    /// Its tree.
    pub expr: Expr,
    /// Place of the whole scalar.
    pub span: Span,
}

/// A constant, or a formula when the text starts with `=`; `{ value: "=x" }` is the text `=x`.
#[derive(Clone, Debug)]
pub enum Constant {
    /// A literal. Dates are texts here; the column or control they go to decides.
    Literal(Spanned<Value>),
    /// A list of literals (controls with several values).
    List(Spanned<Vec<Spanned<Value>>>),
    /// What stands behind `=`.
    Formula(Formula),
}

impl Constant {
    /// Place of the constant.
    pub fn span(&self) -> Span {
        match self {
            Self::Literal(literal) => literal.span,
            Self::List(list) => list.span,
            Self::Formula(formula) => formula.span,
        }
    }
}

/// Text with `{{formula}}` inside.
#[derive(Clone, Debug)]
pub struct Prose {
    /// Pieces in order.
    pub parts: Vec<ProsePart>,
    /// Place of the whole scalar.
    pub span: Span,
}

/// A piece of prose.
#[derive(Clone, Debug)]
pub enum ProsePart {
    /// As written.
    Text(String),
    /// Between `{{` and `}}`.
    Formula(Expr),
}

impl Prose {
    /// The text when there is no formula inside.
    pub fn plain(&self) -> Option<String> {
        self.parts
            .iter()
            .map(|part| match part {
                ProsePart::Text(text) => Some(text.as_str()),
                ProsePart::Formula(_) => None,
            })
            .collect()
    }
}

/// `Column` or `Element/Column`, without brackets.
#[derive(Clone, Debug)]
pub struct ColumnPath {
    /// Element, when said.
    pub element: Option<Text>,
    /// Column.
    pub column: Text,
    /// Place of the whole path.
    pub span: Span,
}

/// One entry of a map whose keys are names.
#[derive(Clone, Debug)]
pub struct Entry<T> {
    /// The name and its place.
    pub name: Text,
    /// What it names.
    pub value: T,
}

/// A map whose keys are names, in order. Names are unique, not empty, without `/ [ ]` and outer spaces.
pub type Entries<T> = Vec<Entry<T>>;

/// `- Name` or `-Name`, the `-` for descending, or `{ column, descending, nulls: first | last }`.
#[derive(Clone, Debug)]
pub struct SortEntry {
    /// Sorted by.
    pub column: ColumnPath,
    /// Largest first.
    pub descending: bool,
    /// Where nulls go, when said.
    pub nulls_first: Option<bool>,
}

/// A part of the language that is read, checked for structure and in the schema, but not run yet: reading one gives a
/// `not-supported-yet` finding at its key.
#[derive(Clone, Debug)]
pub struct Later<T>(pub T);

/// Any YAML, for `sigma:`.
#[derive(Clone, Debug)]
pub struct Raw {
    /// As JSON.
    pub json: serde_json::Value,
    /// Place.
    pub span: Span,
}

/// A colour: `#rgb`, `#rrggbb`, a CSS colour name, or `theme.NAME`. Kept as `#rrggbb` or `theme.NAME`.
#[derive(Clone, Debug)]
pub struct Color {
    /// Normal form.
    pub value: String,
    /// Place.
    pub span: Span,
}

/// One value or a list of them.
#[derive(Clone, Debug)]
pub struct OneOrMany<T>(pub Vec<T>);

/// A name, or the thing itself.
#[derive(Clone, Debug)]
pub enum NameOr<T> {
    /// Its name.
    Name(Text),
    /// Written in place.
    Inline(Box<T>),
}
