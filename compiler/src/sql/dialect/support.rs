//! What an engine can compute, as its tables say.

use super::Dialect;
use crate::formula::functions::lowering::{Case, Lowering, Written};
use crate::formula::functions::{self, Function};

/// Why a date is not written by a pattern that only the rows know.
pub const NEEDS_PATTERN: &str = "needs a literal pattern";

/// Whether an engine computes a function.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Support {
    /// In every form.
    Yes,
    /// In some forms; reasons for the others.
    Partly(Vec<&'static str>),
    /// Not at all.
    No(&'static str),
}

/// Whether `dialect` computes `function`.
pub fn support(dialect: &dyn Dialect, function: &Function) -> Support {
    // An aggregate with conditions is the plain one over fewer rows.
    if let Some(base) = function.filtered.and_then(|f| functions::function(f.base)) {
        return support(dialect, base);
    }
    match dialect.lowering(function) {
        Lowering::Refused(reason) => Support::No(reason),
        Lowering::Pattern(_) => Support::Partly(vec![NEEDS_PATTERN]),
        Lowering::Cases(cases) | Lowering::WindowCases { cases, .. } => by_cases(cases),
        Lowering::Made(made) if !made.reasons.is_empty() => Support::Partly(made.reasons.to_vec()),
        _ => Support::Yes,
    }
}

fn by_cases(cases: &[Case]) -> Support {
    let mut reasons: Vec<&'static str> = Vec::new();
    for case in cases {
        if let Written::Refused(reason) = case.written
            && !reasons.contains(&reason)
        {
            reasons.push(reason);
        }
    }
    let refused = |case: &Case| matches!(case.written, Written::Refused(_));
    match reasons.first() {
        None => Support::Yes,
        Some(only) if cases.iter().all(refused) => Support::No(only),
        Some(_) => Support::Partly(reasons),
    }
}
