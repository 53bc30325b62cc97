//! Names to functions.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use super::Function;

/// All families, in the order the reference lists them.
static FAMILIES: &[&[Function]] = &[
    super::operators::FUNCTIONS,
    super::logical::FUNCTIONS,
    super::text::FUNCTIONS,
];

static BY_NAME: LazyLock<BTreeMap<String, &'static Function>> =
    LazyLock::new(|| all().map(|f| (f.name.to_ascii_lowercase(), f)).collect());

/// What a name means.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum Found {
    /// An available function; its `name` is the canonical spelling.
    Function(&'static Function),
    /// A function of the platform that this version does not have; the canonical spelling.
    NotYet(&'static str),
    /// No function, but something else does what is meant.
    Instead {
        /// The function to write, when it is a plain replacement of the name.
        name: Option<&'static str>,
        /// What to write, as a formula or a few words.
        advice: &'static str,
    },
    /// Nothing known.
    Unknown {
        /// A function with a similar name.
        nearest: Option<&'static str>,
    },
}

/// Every available function and operator, family by family.
pub fn all() -> impl Iterator<Item = &'static Function> {
    FAMILIES.iter().copied().flatten()
}

/// An available function or operator by its name, ignoring case.
pub fn function(name: &str) -> Option<&'static Function> {
    BY_NAME.get(&name.to_ascii_lowercase()).copied()
}

/// What a name means, ignoring case.
pub fn find(name: &str) -> Found {
    if let Some(function) = function(name) {
        return Found::Function(function);
    }
    Found::Unknown {
        nearest: crate::diag::nearest(name, all().map(|f| f.name)),
    }
}
