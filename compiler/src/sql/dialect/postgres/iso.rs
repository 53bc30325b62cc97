//! Text, numbers and variants as dates.

use super::forms::{exact, scalar_text, trimmed};
use super::parse::parse;
use crate::formula::datetime::read_date;
use crate::formula::functions::lowering::Writing;
use crate::plan::relation::{Expr, ExprKind};
use crate::value::{Type, Value};

/// A date that exists, from year 1 on, perhaps with a time, perhaps with a zone.
const ISO: &str = "^(?!0000)(?:[0-9][0-9][0-9][0-9]-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12][0-9]|3[01])\
|(?:0[469]|11)-(?:0[1-9]|[12][0-9]|30)|02-(?:0[1-9]|1[0-9]|2[0-8]))\
|(?:[0-9][0-9](?:0[48]|[2468][048]|[13579][26])|(?:[02468][048]|[13579][26])00)-02-29)\
(?:[Tt ](?:[01][0-9]|2[0-3]):[0-5][0-9](?::[0-5][0-9](?:[.][0-9]+)?)?\
(?:[Zz]|[-+](?:0[0-9]|1[0-5])(?::?[0-5][0-9])?)?)?$";

/// A time with a zone behind it.
const ZONED: &str = "[Tt ].*(?:[Zz]|[-+][0-9:]+)$";

/// ISO text as a date. The engine would round digits behind the microsecond; they are cut.
fn of_text(text: &str) -> String {
    let cut = format!(r"regexp_replace({text}, '([.][0-9][0-9][0-9][0-9][0-9][0-9])[0-9]+', '\1')");
    format!(
        "(CASE WHEN {text} ~ '{ISO}' THEN CASE WHEN {text} ~ '{ZONED}' THEN CAST({cut} AS TIMESTAMPTZ) AT TIME ZONE {{zone}} \
         ELSE CAST({cut} AS TIMESTAMP) END END)"
    )
}

/// A number of units since 1970 as a date, where a second has `per_second` of them.
pub(super) fn of_unix(number: &str, unit: &str, per_second: i64) -> String {
    let (first, end) = (-62_167_219_200 * per_second, 253_402_300_800 * per_second);
    format!(
        "(CASE WHEN {number} >= {first} AND {number} < {end} THEN \
         (TIMESTAMP '1970-01-01' + {number} * INTERVAL '1 {unit}') AT TIME ZONE 'UTC' AT TIME ZONE {{zone}} END)"
    )
}

/// The same for microseconds, of which halves are rounded away from zero.
pub(super) fn of_unix_us() -> String {
    let number = concat!("round(", exact!("{0}"), ")");
    of_unix(number, "microsecond", 1_000_000)
}

/// The text of a literal argument.
pub(super) fn literal(args: &[Expr], position: usize) -> Option<&str> {
    match &args.get(position)?.kind {
        ExprKind::Literal {
            value: Value::Text(text),
        } => Some(text),
        _ => None,
    }
}

/// `Date`
pub(super) fn date(args: &[Expr]) -> Writing {
    let none = || Writing::plain("CAST(NULL AS TIMESTAMP)".to_owned());
    if let Some(text) = literal(args, 0) {
        return match read_date(text) {
            Some((date, zoned)) => Writing {
                template: if zoned {
                    "({1} AT TIME ZONE 'UTC' AT TIME ZONE {zone})".to_owned()
                } else {
                    "{1}".to_owned()
                },
                values: vec![Value::Date(date)],
            },
            None => none(),
        };
    }
    Writing::plain(match args.first().map(|arg| arg.ty) {
        Some(Type::Text) => of_text(trimmed!("{0}")),
        Some(Type::Number) => of_unix("{0}", "second", 1),
        Some(Type::Variant) => format!(
            "(CASE jsonb_typeof({{0}}) WHEN 'string' THEN {} WHEN 'number' THEN {} END)",
            of_text(trimmed!(scalar_text!("{0}"))),
            of_unix(
                concat!("CAST(", scalar_text!("{0}"), " AS NUMERIC)"),
                "second",
                1
            )
        ),
        _ => "CAST({0} AS TIMESTAMP)".to_owned(),
    })
}

/// `DateTime`: as `Date`, and `mm/dd/yyyy` with or without a time.
pub(super) fn date_time(args: &[Expr]) -> Writing {
    let mut writing = date(args);
    if args.first().is_some_and(|arg| arg.ty == Type::Text) {
        let mut each = vec![writing.template];
        for pattern in ["%m/%d/%Y", "%m/%d/%Y %H:%M:%S"] {
            let place = args.len() + writing.values.len();
            let american =
                parse(pattern, place).unwrap_or_else(|| Writing::plain("NULL".to_owned()));
            each.push(american.template);
            writing.values.extend(american.values);
        }
        writing.template = format!("coalesce({})", each.join(", "));
    }
    writing
}
