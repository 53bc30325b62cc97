//! Types of columns as `SQLite` declares them. Our own names carry the type and have an affinity that does no harm.

use bookwright_compiler::host::CatalogColumn;
use bookwright_compiler::value::Type;

/// Type name of a column we make.
pub fn name(ty: Type, zoned: bool) -> &'static str {
    match ty {
        Type::Text | Type::Null | Type::Unknown => "TEXT",
        Type::Number => "NUMBER",
        Type::Date if zoned => "INSTANT_TEXT",
        Type::Date => "DATE_TEXT",
        Type::Logical => "BOOLEAN",
        Type::Variant => "JSON_TEXT",
        Type::Geography => "GEOGRAPHY_TEXT",
    }
}

/// Type a declaration means, ours or another author's, and whether its dates are instants. `None` when it says nothing.
pub fn read(declared: &str) -> Option<(Type, bool)> {
    let word = declared.to_ascii_uppercase();
    let has = |part: &str| word.contains(part);
    let ty = if has("JSON") || has("VARIANT") {
        Type::Variant
    } else if has("GEOGRAPHY") || has("GEOMETRY") {
        Type::Geography
    } else if has("BOOL") {
        Type::Logical
    } else if has("INSTANT") || has("DATE") || has("TIMESTAMP") {
        Type::Date
    } else if ["INT", "REAL", "FLOA", "DOUB", "NUM", "DEC"]
        .iter()
        .any(|part| has(part))
    {
        Type::Number
    } else if ["CHAR", "CLOB", "TEXT", "STRING", "UUID", "ENUM"]
        .iter()
        .any(|part| has(part))
    {
        Type::Text
    } else {
        return None;
    };
    let zoned = ty == Type::Date && (has("INSTANT") || has("TIMESTAMPTZ") || has("WITH TIME ZONE"));
    Some((ty, zoned))
}

/// `"name" TYPE` for `CREATE TABLE` and `ALTER TABLE`.
pub fn column(column: &CatalogColumn) -> String {
    format!("{} {}", quote(&column.name), name(column.ty, column.zoned))
}

/// An identifier in double quotes.
pub fn quote(identifier: &str) -> String {
    format!("\"{}\"", identifier.replace('"', "\"\""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn our_own_declarations_read_back() {
        for ty in [
            Type::Text,
            Type::Number,
            Type::Date,
            Type::Logical,
            Type::Variant,
            Type::Geography,
        ] {
            assert_eq!(read(name(ty, false)), Some((ty, false)));
        }
        assert_eq!(read(name(Type::Date, true)), Some((Type::Date, true)));
    }

    #[test]
    fn usual_declarations_are_understood() {
        let cases = [
            ("INTEGER", Some((Type::Number, false))),
            ("varchar(20)", Some((Type::Text, false))),
            ("DECIMAL(10,2)", Some((Type::Number, false))),
            ("timestamp", Some((Type::Date, false))),
            ("TIMESTAMPTZ", Some((Type::Date, true))),
            ("boolean", Some((Type::Logical, false))),
            ("BLOB", None),
            ("", None),
        ];
        for (declared, expected) in cases {
            assert_eq!(read(declared), expected, "{declared}");
        }
    }

    #[test]
    fn quotes_in_names_are_doubled() {
        assert_eq!(quote("a\"b.c"), "\"a\"\"b.c\"");
    }
}
