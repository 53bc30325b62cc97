//! Tables of lowerings, and the words they are written in.

use rustc_hash::FxHashMap;

use super::NO_LOWERING;
use crate::formula::functions::Function;
pub(super) use crate::formula::functions::lowering::{Case, Lowering};
use crate::formula::functions::lowering::{Frame, Made, Writing};
pub(super) use crate::formula::functions::lowering::{always, when};
use crate::plan::relation::Expr;

/// Functions by canonical name, and how each is written.
pub(super) type Table = &'static [(&'static str, Lowering)];

/// One template for every call.
pub(super) const fn sql(template: &'static str) -> Lowering {
    Lowering::Template(template)
}

/// The first case that fits.
pub(super) const fn cases(cases: &'static [Case]) -> Lowering {
    Lowering::Cases(cases)
}

/// A window function.
pub(super) const fn over(call: &'static str, frame: Frame) -> Lowering {
    Lowering::Window { call, frame }
}

/// A window function whose call depends on its arguments.
pub(super) const fn over_cases(cases: &'static [Case], frame: Frame) -> Lowering {
    Lowering::WindowCases { cases, frame }
}

/// A template made for each call; all reasons why there may be none.
pub(super) const fn made(
    write: fn(&[Expr]) -> Result<Writing, &'static str>,
    reasons: &'static [&'static str],
) -> Lowering {
    Lowering::Made(Made { write, reasons })
}

/// Not on this engine, for this reason.
pub(super) const fn refused(reason: &'static str) -> Lowering {
    Lowering::Refused(reason)
}

/// The printer's own form.
pub(super) const PRINTED: Lowering = Lowering::Special;

/// Why formulas over the items of an array stay with the embedded engine.
const ONLY_EVALUATED: &str = "a formula for each item of an array is computed by our own evaluator, which the engine cannot call";

/// All tables of an engine, by function.
pub(super) struct Lowerings(FxHashMap<&'static str, Lowering>);

impl Lowerings {
    /// What an engine writes, over what all write alike.
    pub(super) fn new(standard: &[Table], engine: &[Table]) -> Self {
        let entries = standard.iter().chain(engine);
        Self(entries.flat_map(|table| table.iter().copied()).collect())
    }

    /// How a function is written. What an earlier stage replaces needs no entry; `Item` has one where an engine looks
    /// at the items of an array itself.
    pub(super) fn get(&self, function: &Function) -> Lowering {
        let written = self.0.get(function.name).copied();
        written.unwrap_or(match function.lowering {
            Lowering::Replaced => Lowering::Replaced,
            // Every engine has functions of its own.
            Lowering::Passthrough => Lowering::Passthrough,
            Lowering::PerItem => Lowering::Refused(ONLY_EVALUATED),
            _ => Lowering::Refused(NO_LOWERING),
        })
    }
}
