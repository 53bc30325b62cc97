//! The predicate of a text comparison.

use super::predicate::{call, compare, not};
use crate::plan::control::TextMode;
use crate::plan::relation::Expr;
use crate::value::{Type, Value};

/// `column mode wanted`; Null for a Null column.
///
/// Without case both sides are folded to lower case, except for regular expressions, where folding the pattern would
/// change its classes: those get the inline flag.
pub(super) fn matches(mode: TextMode, case_sensitive: bool, column: &Expr, wanted: &str) -> Expr {
    if matches!(mode, TextMode::MatchesRegexp | TextMode::DoesNotMatchRegexp) {
        let pattern = if case_sensitive {
            wanted.to_owned()
        } else {
            format!("(?i){wanted}")
        };
        let found = compare("RegexpMatch", column, Value::text(pattern));
        return if mode == TextMode::MatchesRegexp {
            found
        } else {
            not(found)
        };
    }
    let (column, wanted) = if case_sensitive {
        (column.clone(), wanted.to_owned())
    } else {
        (
            Expr::call("Lower", vec![column.clone()], Type::Text),
            wanted.to_lowercase(),
        )
    };
    let test = |function: &'static str| {
        call(
            function,
            vec![column.clone(), Expr::literal(Value::text(wanted.as_str()))],
        )
    };
    match mode {
        TextMode::Equals => test("="),
        TextMode::DoesNotEqual => test("!="),
        TextMode::Contains => test("Contains"),
        TextMode::DoesNotContain => not(test("Contains")),
        TextMode::StartsWith => test("StartsWith"),
        TextMode::DoesNotStartWith => not(test("StartsWith")),
        TextMode::EndsWith => test("EndsWith"),
        TextMode::DoesNotEndWith => not(test("EndsWith")),
        TextMode::Like => test("Like"),
        TextMode::NotLike => not(test("Like")),
        TextMode::MatchesRegexp | TextMode::DoesNotMatchRegexp => test("RegexpMatch"),
    }
}
