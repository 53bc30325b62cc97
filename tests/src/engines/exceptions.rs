//! Where a stand-in of an engine is known to be wrong.
//!
//! `tests/engines/ENGINE.exceptions` holds one per line: a function, a whole formula or the name of a literate
//! case, ` # `, and what the engine itself
//! does by its documentation. What is listed and fails is no failure; what is listed and never fails is one.

use std::collections::BTreeSet;
use std::sync::{Mutex, PoisonError};

use super::cases::Case;
use super::folder;

/// The exceptions of one engine.
#[derive(Debug, Default)]
pub struct Exceptions {
    entries: Vec<(String, String)>,
    used: Mutex<BTreeSet<usize>>,
}

impl Exceptions {
    /// Those of an engine; none without a file.
    ///
    /// # Errors
    /// When a line has no reason.
    #[expect(
        clippy::disallowed_methods,
        reason = "they are read before anything runs"
    )]
    pub fn of(engine: &str) -> Result<Self, String> {
        let path = folder().join(format!("{engine}.exceptions"));
        let text = std::fs::read_to_string(path).unwrap_or_default();
        Self::read(&text)
    }

    fn read(text: &str) -> Result<Self, String> {
        let lines = text.lines().map(str::trim);
        let entry = |line: &str| {
            line.split_once(" # ")
                .map(|(what, why)| (what.trim().to_owned(), why.trim().to_owned()))
                .ok_or_else(|| format!("`{line}` does not say why, behind ` # `"))
        };
        let entries = lines
            .filter(|line| !line.is_empty() && !line.starts_with('#'))
            .map(entry)
            .collect::<Result<_, _>>()?;
        Ok(Self {
            entries,
            used: Mutex::default(),
        })
    }

    /// Why a case may fail.
    pub fn excuse(&self, case: &Case) -> Option<&str> {
        let fits = |what: &str| {
            case.formula == what || case.function == what || case.calls().contains(&what)
        };
        self.first(fits)
    }

    /// Why a case of the literate suite may fail.
    pub fn excuse_name(&self, name: &str) -> Option<&str> {
        self.first(|what| what == name)
    }

    fn first(&self, fits: impl Fn(&str) -> bool) -> Option<&str> {
        let found = self.entries.iter().position(|(what, _)| fits(what))?;
        self.used
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .insert(found);
        self.entries.get(found).map(|(_, why)| why.as_str())
    }

    /// Whether the stand-in cannot compute a function at all.
    pub fn lists(&self, function: &str) -> bool {
        self.entries.iter().any(|(what, _)| what == function)
    }

    /// Those that no failing case needed.
    pub fn unused(&self) -> Vec<&str> {
        let used = self.used.lock().unwrap_or_else(PoisonError::into_inner);
        let entries = self.entries.iter().enumerate();
        entries
            .filter(|(index, _)| !used.contains(index))
            .map(|(_, (what, _))| what.as_str())
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn functions_and_formulas_are_excused_and_the_rest_is_unused() {
        let text = "# why\nUpper # long letters\nLeft([S], 1) # bytes\nSin # never\n";
        let exceptions = Exceptions::read(text).unwrap();
        let case = |formula: &str| Case::new("text", None, formula, "cases");
        assert_eq!(
            exceptions.excuse(&case("Len(Upper([S]))")),
            Some("long letters")
        );
        assert_eq!(exceptions.excuse(&case("Left([S], 1)")), Some("bytes"));
        assert_eq!(exceptions.excuse(&case("Left([S], 2)")), None);
        assert_eq!(exceptions.unused(), ["Sin"]);
        assert!(exceptions.lists("Upper") && !exceptions.lists("Left"));
        assert!(Exceptions::read("Upper").is_err());
    }
}
