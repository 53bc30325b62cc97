//! The `query:` line.

use bookwright::engine::Grain;

use crate::bench::Ask;

/// Reads `ELEMENT [--level NAME] [--totals] [--set Control=value]…`.
///
/// # Errors
/// A sentence, for an option that is not known.
pub fn ask(line: &str) -> Result<Ask, String> {
    let mut parts = line.split(" --");
    let mut ask = Ask {
        element: parts.next().unwrap_or_default().trim().to_owned(),
        ..Ask::default()
    };
    for part in parts {
        let (word, rest) = part.trim().split_once(' ').unwrap_or((part.trim(), ""));
        match (word, rest.split_once('=')) {
            ("level", _) => ask.grain = Grain::Level(rest.trim().to_owned()),
            ("totals", _) => ask.grain = Grain::Totals,
            ("set", Some((name, value))) => ask
                .set
                .push((name.trim().to_owned(), value.trim().to_owned())),
            _ => return Err(format!("`--{part}` is no option of a query")),
        }
    }
    Ok(ask)
}
