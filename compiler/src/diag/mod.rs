//! Diagnostics: what is told to an author, as data.
//!
//! Every stage pushes [`Diagnostic`]s into a [`Diagnostics`] sink and goes on. Renderers live in [`render`]; the
//! registry of codes in [`codes`]. A message stands alone on one line (present tense, lower-case start, no final stop,
//! names in backticks, never "you"); detail goes to labels, notes and help.

pub mod codes;
pub mod render;

use crate::span::Span;

pub use codes::Code;

/// How much a finding matters.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Severity {
    /// The workbook cannot run as written.
    Error,
    /// It runs, and probably not as meant.
    Warning,
    /// Worth knowing.
    Note,
}

impl Severity {
    /// The word used in every output format.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Note => "note",
        }
    }
}

/// A place with a remark. An empty message underlines without words.
#[derive(Clone, PartialEq, Debug)]
pub struct Label {
    /// Place.
    pub span: Span,
    /// Short remark; may be empty.
    pub message: String,
}

/// Replaces the text under `span`; an empty span inserts.
#[derive(Clone, PartialEq, Debug)]
pub struct Edit {
    /// Text to replace.
    pub span: Span,
    /// Its replacement.
    pub text: String,
}

/// A change that mends the finding.
#[derive(Clone, PartialEq, Debug)]
pub struct Fix {
    /// What applying it does, as an imperative: "rename to `Region`".
    pub title: String,
    /// Non-overlapping edits.
    pub edits: Vec<Edit>,
}

/// One finding.
#[derive(Clone, PartialEq, Debug)]
pub struct Diagnostic {
    /// Registered code.
    pub code: &'static Code,
    /// Defaults to the code's.
    pub severity: Severity,
    /// One line that stands alone.
    pub message: String,
    /// The place of the mistake.
    pub primary: Label,
    /// Other places that explain it.
    pub secondary: Vec<Label>,
    /// Facts that help to understand.
    pub notes: Vec<String>,
    /// Ways out, in words.
    pub help: Vec<String>,
    /// The way out as an edit, when one is known.
    pub fix: Option<Fix>,
}

impl Diagnostic {
    /// A finding of `code` at `span`, with the code's severity.
    pub fn new(code: &'static Code, span: Span, message: impl Into<String>) -> Self {
        Self {
            code,
            severity: code.severity,
            message: message.into(),
            primary: Label {
                span,
                message: String::new(),
            },
            secondary: Vec::new(),
            notes: Vec::new(),
            help: Vec::new(),
            fix: None,
        }
    }

    /// Words under the primary place.
    #[must_use]
    pub fn label(mut self, message: impl Into<String>) -> Self {
        self.primary.message = message.into();
        self
    }

    /// Adds another place.
    #[must_use]
    pub fn also(mut self, span: Span, message: impl Into<String>) -> Self {
        self.secondary.push(Label {
            span,
            message: message.into(),
        });
        self
    }

    /// Adds a fact.
    #[must_use]
    pub fn note(mut self, note: impl Into<String>) -> Self {
        self.notes.push(note.into());
        self
    }

    /// Adds a way out in words.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help.push(help.into());
        self
    }

    /// Sets the way out as one replacement of the text under `span`.
    #[must_use]
    pub fn fix(mut self, title: impl Into<String>, span: Span, text: impl Into<String>) -> Self {
        self.fix = Some(Fix {
            title: title.into(),
            edits: vec![Edit {
                span,
                text: text.into(),
            }],
        });
        self
    }
}

/// The list every stage pushes into.
#[derive(Clone, Debug, Default)]
pub struct Diagnostics {
    list: Vec<Diagnostic>,
}

impl Diagnostics {
    /// Adds a finding.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        self.list.push(diagnostic);
    }

    /// The finding that was added last.
    pub(crate) fn last_mut(&mut self) -> Option<&mut Diagnostic> {
        self.list.last_mut()
    }

    /// Adds all of another list.
    pub fn append(&mut self, mut other: Self) {
        self.list.append(&mut other.list);
    }

    /// Drops all but the first so many findings.
    pub fn truncate(&mut self, len: usize) {
        self.list.truncate(len);
    }

    /// Whether any finding is an error.
    pub fn has_errors(&self) -> bool {
        self.list.iter().any(|d| d.severity == Severity::Error)
    }

    /// Findings in the order they were pushed.
    pub fn iter(&self) -> std::slice::Iter<'_, Diagnostic> {
        self.list.iter()
    }

    /// Changes every finding.
    pub(crate) fn each_mut(&mut self, change: impl FnMut(&mut Diagnostic)) {
        self.list.iter_mut().for_each(change);
    }

    /// Keeps only some findings.
    pub(crate) fn retain(&mut self, keep: impl FnMut(&Diagnostic) -> bool) {
        self.list.retain(keep);
    }

    /// Number of findings.
    pub fn len(&self) -> usize {
        self.list.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// Sorts by file, place, then code, and drops exact repetitions.
    pub fn sort(&mut self) {
        self.list.sort_by_key(|d| (d.primary.span, d.code.number));
        self.list.dedup();
    }
}

impl<'d> IntoIterator for &'d Diagnostics {
    type Item = &'d Diagnostic;
    type IntoIter = std::slice::Iter<'d, Diagnostic>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

/// Whether two texts begin with one letter, ignoring case: in short names it is the only sure sign.
fn starts_alike(a: &str, b: &str) -> bool {
    let first = |text: &str| text.chars().next().map(|c| c.to_lowercase().to_string());
    first(a) == first(b)
}

/// The nearest of `candidates` to `found` when it is near enough to be meant, ignoring case.
pub fn nearest<'a>(found: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let wanted = found.to_lowercase();
    // A third of the letters may differ; in a name of two, one.
    let limit = wanted.chars().count().max(3) / 3;
    candidates
        .into_iter()
        .filter(|c| found.chars().count() > 2 || starts_alike(found, c))
        .map(|c| (strsim::damerau_levenshtein(&wanted, &c.to_lowercase()), c))
        .filter(|(d, _)| *d <= limit)
        .min_by(|a, b| a.0.cmp(&b.0))
        .map(|(_, c)| c)
}
