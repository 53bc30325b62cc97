//! Columns of a CSV file, without loading it.

use std::collections::BTreeMap;

use bookwright_compiler::host::{CatalogColumn, CatalogTable};
use bookwright_compiler::value::Type;

use super::infer::Guess;
use super::scan::{Field, ScanError, Scanner};

/// The text of a file's bytes.
///
/// # Errors
/// A sentence with the line that is not UTF-8.
pub fn text_of(bytes: Vec<u8>, file: &str) -> Result<String, String> {
    String::from_utf8(bytes).map_err(|error| {
        let valid = error.utf8_error().valid_up_to();
        let before = error.as_bytes().get(..valid).unwrap_or_default();
        let line = before.split(|byte| *byte == b'\n').count();
        format!("{file}:{line}: the text is not UTF-8")
    })
}

/// Columns of a CSV text: names of the header as they are, types from all rows. `types` override by name.
///
/// # Errors
/// A sentence with file and line: no header, a name twice, a ragged row, a broken quote, a type for no column.
pub fn describe(
    text: &str,
    file: &str,
    table: &[String],
    types: &BTreeMap<String, Type>,
) -> Result<CatalogTable, String> {
    let mut scanner = Scanner::new(text);
    let mut fields = Vec::new();
    let names = header(&mut scanner, text, file, &mut fields)?;
    if let Some(missing) = types.keys().find(|name| !names.contains(name)) {
        return Err(format!(
            "{file}: `types` names the column `{missing}`, which the file does not have"
        ));
    }
    let mut guesses = vec![Guess::default(); names.len()];
    while let Some(line) = next(&mut scanner, text, file, &mut fields)? {
        same_width(file, line, names.len(), fields.len())?;
        for (guess, field) in guesses.iter_mut().zip(&fields) {
            guess.see(field);
        }
    }
    let columns = names.into_iter().zip(guesses).map(|(name, guess)| {
        let (found, zoned) = guess.finish();
        let ty = types.get(&name).copied().unwrap_or(found);
        CatalogColumn {
            name,
            ty,
            zoned: zoned && ty == Type::Date,
        }
    });
    Ok(CatalogTable {
        path: table.to_vec(),
        columns: columns.collect(),
    })
}

/// Reads the header row.
pub(super) fn header<'t>(
    scanner: &mut Scanner,
    text: &'t str,
    file: &str,
    fields: &mut Vec<Field<'t>>,
) -> Result<Vec<String>, String> {
    let Some(line) = next(scanner, text, file, fields)? else {
        return Err(format!(
            "{file}:1: the file is empty; its first line must name the columns"
        ));
    };
    let mut names: Vec<String> = Vec::with_capacity(fields.len());
    for (index, field) in fields.iter().enumerate() {
        let name = field.text.as_ref();
        if name.trim().is_empty() {
            return Err(format!("{file}:{line}: column {} has no name", index + 1));
        }
        if let Some(other) = names.iter().find(|other| other.eq_ignore_ascii_case(name)) {
            return Err(format!(
                "{file}:{line}: two columns are named `{name}` and `{other}`"
            ));
        }
        names.push(name.to_owned());
    }
    Ok(names)
}

/// Reads the next record and returns its line.
pub(super) fn next<'t>(
    scanner: &mut Scanner,
    text: &'t str,
    file: &str,
    fields: &mut Vec<Field<'t>>,
) -> Result<Option<u64>, String> {
    scanner
        .record(text, fields)
        .map_err(|ScanError { line, message }| format!("{file}:{line}: {message}"))
}

/// Refuses a row that is not as wide as the header.
pub(super) fn same_width(file: &str, line: u64, header: usize, row: usize) -> Result<(), String> {
    if header == row {
        return Ok(());
    }
    Err(format!(
        "{file}:{line}: the row has {row} fields, but the header has {header}"
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn describe_plain(text: &str) -> Result<Vec<(String, Type)>, String> {
        let table = describe(text, "a.csv", &["a".to_owned()], &BTreeMap::new())?;
        Ok(table
            .columns
            .into_iter()
            .map(|column| (column.name, column.ty))
            .collect())
    }

    #[test]
    fn header_names_stay_as_they_are() {
        let found = describe_plain("Customer Id,mrr\nc1,5\n").unwrap();
        assert_eq!(
            found,
            [
                ("Customer Id".to_owned(), Type::Text),
                ("mrr".to_owned(), Type::Number)
            ]
        );
    }

    #[test]
    fn mistakes_are_sentences_with_file_and_line() {
        let cases = [
            (
                "",
                "a.csv:1: the file is empty; its first line must name the columns",
            ),
            ("a,A\n", "a.csv:1: two columns are named `A` and `a`"),
            ("a,,b\n", "a.csv:1: column 2 has no name"),
            (
                "a,b\n1,2\n3\n",
                "a.csv:3: the row has 1 fields, but the header has 2",
            ),
            ("a\n\"1\n", "a.csv:2: a quoted field is not closed"),
        ];
        for (text, expected) in cases {
            assert_eq!(describe_plain(text).unwrap_err(), expected);
        }
        assert_eq!(
            text_of(b"a\nb\n\xff".to_vec(), "a.csv").unwrap_err(),
            "a.csv:3: the text is not UTF-8"
        );
    }

    #[test]
    fn given_types_win_and_must_name_a_column() {
        let types = |name: &str| BTreeMap::from([(name.to_owned(), Type::Text)]);
        let table = describe("zip\n12345\n", "z.csv", &[], &types("zip")).unwrap();
        assert_eq!(table.columns[0].ty, Type::Text);
        assert!(
            describe("zip\n1\n", "z.csv", &[], &types("zap"))
                .unwrap_err()
                .contains("`zap`")
        );
    }
}
