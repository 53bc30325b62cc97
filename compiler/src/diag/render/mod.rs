//! Diagnostics as text. One renderer per format, all pure: findings and sources in, a string out.

pub mod concise;
pub mod human;
pub mod json;
#[cfg(test)]
mod tests;

use super::{Diagnostics, Severity};

/// Numbers of findings.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Counts {
    /// Errors.
    pub errors: usize,
    /// Warnings.
    pub warnings: usize,
}

impl Counts {
    /// Counts a list.
    pub fn of(diagnostics: &Diagnostics) -> Self {
        let count = |severity| {
            diagnostics
                .iter()
                .filter(|d| d.severity == severity)
                .count()
        };
        Self {
            errors: count(Severity::Error),
            warnings: count(Severity::Warning),
        }
    }
}

/// `2 errors, 1 warning`, or nothing when there is neither.
impl std::fmt::Display for Counts {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let some = |count: usize, word: &str| {
            (count > 0).then(|| format!("{count} {word}{}", if count == 1 { "" } else { "s" }))
        };
        let parts: Vec<String> = [some(self.errors, "error"), some(self.warnings, "warning")]
            .into_iter()
            .flatten()
            .collect();
        f.write_str(&parts.join(", "))
    }
}
