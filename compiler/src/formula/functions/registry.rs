//! Names to functions.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::{Category, Function, absent, families};

static BY_NAME: LazyLock<BTreeMap<String, &'static Function>> =
    LazyLock::new(|| all().map(|f| (f.name.to_ascii_lowercase(), f)).collect());

static BY_SPELLING: LazyLock<FxHashMap<&'static str, &'static Function>> =
    LazyLock::new(|| all().map(|f| (f.name, f)).collect());

/// What a name means.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum Found {
    /// An available function; its `name` is the canonical spelling.
    Function(&'static Function),
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
    families().into_iter().flatten()
}

/// An available function or operator by its name, ignoring case.
pub fn function(name: &str) -> Option<&'static Function> {
    // Most are written as they are spelt.
    let exact = BY_SPELLING.get(name);
    exact
        .or_else(|| BY_NAME.get(&name.to_ascii_lowercase()))
        .copied()
}

/// What a called name means, ignoring case. Operators are not called.
pub fn find(name: &str) -> Found {
    let callable = |f: &&Function| f.category != Category::Operator;
    if let Some(function) = function(name).filter(callable) {
        return Found::Function(function);
    }
    let exact = absent::instead().find(|(known, _, _)| known.eq_ignore_ascii_case(name));
    let loose = || absent::instead().find(|(known, _, _)| same_letters(known, name));
    if let Some((_, name, advice)) = exact.or_else(loose) {
        return Found::Instead {
            name: *name,
            advice,
        };
    }
    // `DATE_TRUNC` is `DateTrunc`.
    if let Some(function) = all()
        .filter(callable)
        .find(|f| name.contains('_') && same_letters(f.name, name))
    {
        return Found::Unknown {
            nearest: Some(function.name),
        };
    }
    let names = all().filter(callable).map(|f| f.name);
    Found::Unknown {
        nearest: crate::diag::nearest(name, names),
    }
}

/// Whether two names are the same but for letter case and underscores.
fn same_letters(left: &str, right: &str) -> bool {
    let letters = |name: &str| -> Vec<u8> {
        name.bytes()
            .filter(|b| *b != b'_')
            .map(|b| b.to_ascii_lowercase())
            .collect()
    };
    letters(left) == letters(right)
}
