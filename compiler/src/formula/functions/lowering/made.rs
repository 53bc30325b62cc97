//! Templates that are made for one call.

use crate::plan::relation::Expr;
use crate::value::Value;

/// A template and values for it.
#[derive(Clone, PartialEq, Debug)]
pub struct Writing {
    /// In the template language.
    pub template: String,
    /// Values to bind, which stand behind the arguments of the call: of a call with two arguments, `{2}` is the first.
    pub values: Vec<Value>,
}

impl Writing {
    /// A template without values.
    pub fn plain(template: String) -> Self {
        Self {
            template,
            values: Vec::new(),
        }
    }
}

/// Makes the template of a call from its arguments.
#[derive(Clone, Copy)]
pub struct Made {
    /// The template, or why there is none for these arguments.
    pub write: fn(&[Expr]) -> Result<Writing, &'static str>,
    /// Every reason it may give.
    pub reasons: &'static [&'static str],
}

impl PartialEq for Made {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::fn_addr_eq(self.write, other.write)
    }
}

impl std::fmt::Debug for Made {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Made")
            .field("reasons", &self.reasons)
            .finish_non_exhaustive()
    }
}
