//! Literals in the engine's words, and texts in the order of the language.

use crate::formula::functions::lowering::Writing;
use crate::plan::relation::Expr;
use crate::sql::dialect::{Dialect, Postgres};
use crate::value::{Type, Value};

fn call(literals: &[&str]) -> Vec<Expr> {
    let literals = literals
        .iter()
        .map(|text| Expr::literal(Value::text(*text)));
    std::iter::once(Expr::column(0, Type::Text))
        .chain(literals)
        .collect()
}

fn values(writing: Result<Writing, &'static str>) -> Result<Vec<String>, &'static str> {
    let text = |value: &Value| match value {
        Value::Text(text) => text.to_string(),
        other => format!("{other:?}"),
    };
    writing.map(|writing| writing.values.iter().map(text).collect())
}

#[test]
fn patterns_are_written_in_the_flavour_of_the_engine() {
    for (pattern, expected) in [
        ("^a.c$", "\\Aa[^\\n]c\\Z"),
        ("(?s)a.c", "a.c"),
        ("\\bfoo\\b", "\\yfoo\\y"),
        ("[a-f\\d_-]{2,}", "[a-f\\d\\_\\-]{2,}"),
        ("(?P<n>\\s+)x", "(\\s+)x"),
        ("[[:upper:]]{3}", "[A-Z]{3}"),
        ("(?:ab|cd)+?", "(?:ab|cd)+?"),
        ("a\\tb", "a\\x09b"),
        ("\\w", "[\\w\\u0300-\\u036F\\u200C\\u200D]"),
    ] {
        let written = values(super::pattern::regexp_match(&call(&[pattern])));
        assert_eq!(written, Ok(vec![expected.to_owned()]), "{pattern}");
    }
}

#[test]
fn patterns_that_the_engine_reads_otherwise_are_refused() {
    let reason = |pattern: &str| super::pattern::regexp_extract(&call(&[pattern])).err();
    for (pattern, refused) in [
        ("[a-z]+", false),
        ("apple|pear", false),
        ("ab|cd|ac", false),
        ("<.+?>", false),
        ("a|ab", true),
        ("\\w+|\\d+x", true),
        ("x*", true),
        ("a+?b+", true),
        ("a(?i)b", true),
        ("a{300}", true),
        ("[a-z&&[^b]]", true),
    ] {
        assert_eq!(reason(pattern).is_some(), refused, "{pattern}");
    }
    assert_eq!(
        reason("a|ab").map(|reason| super::pattern::REASONS.contains(&reason)),
        Some(true)
    );
    assert!(
        super::pattern::regexp_extract(&[Expr::column(0, Type::Text), Expr::column(1, Type::Text)])
            .is_err()
    );
}

#[test]
fn replacements_name_groups_as_the_engine_does() {
    let written = values(super::pattern::regexp_replace(&call(&[
        "p",
        "\\0-\\1&$\\\\",
    ])));
    assert_eq!(written, Ok(vec!["p".to_owned(), "\\&-\\1&$\\".to_owned()]));
}

#[test]
fn formats_of_dates_are_those_of_the_engine() {
    for (format, expected) in [
        ("%Y-%m-%d", &["YYYY\"-\"MM\"-\"DD"][..]),
        ("%-d.%-m %p", &["FMDD\".\"FMMM\" \"AM"]),
        ("%B\\\"%%", &["FMMonth\"\\\\\"\"\\\"\"\"%\""]),
        ("%Y %e", &["YYYY\" \""]),
    ] {
        let written = values(super::format::date_format(&call(&[format])));
        let expected: Vec<String> = expected.iter().map(|&text| text.to_owned()).collect();
        assert_eq!(written, Ok(expected), "{format}");
    }
}

#[test]
fn dates_are_read_by_patterns_that_do_not_give_back() {
    let written = values(super::parse::date_parse(&call(&["%d/%m %Y"])));
    let two = "([0-9]{2}|[0-9]{1,1}(?![0-9]))";
    let four = "([0-9]{4}|[0-9]{1,3}(?![0-9]))";
    assert_eq!(
        written,
        Ok(vec![format!(
            "^[[:space:]]*{two}\\/{two}[[:space:]]*{four}$"
        )])
    );
    assert_eq!(
        values(super::parse::date_parse(&call(&["%Q"]))),
        Ok(Vec::new())
    );
}

#[test]
fn constants_are_read_before_the_engine_is_asked() {
    let date = |text: &str| values(Ok(super::iso::date(&[Expr::literal(Value::text(text))])));
    assert_eq!(date("1970-01-01"), Ok(vec!["Date(0)".to_owned()]));
    assert_eq!(date("1970-02-30"), Ok(Vec::new()));
    let json = super::json::json(&[Expr::literal(Value::text("[1"))]);
    assert_eq!(values(Ok(json)), Ok(Vec::new()));
}

#[test]
fn text_literals_mean_the_same_whatever_the_server_makes_of_backslashes() {
    assert_eq!(Postgres.text_literal("it's"), "'it''s'");
    assert_eq!(Postgres.text_literal("a\\'b"), "E'a\\\\''b'");
}
