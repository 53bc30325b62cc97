//! Dates as text, by `%` patterns.

use super::forms::{day_before, instant};
use super::iso::literal;
use crate::formula::functions::lowering::Writing;
use crate::plan::relation::Expr;
use crate::value::Value;

/// Why there is no template.
pub(super) const NEEDS_FORMAT: &str = "needs a literal format";

/// The offset of the project's zone from UTC.
const OFFSET: &str = concat!(
    "(({0} AT TIME ZONE 'UTC') - ",
    instant!("{0}", "{zone}"),
    ")"
);

/// A piece of a formatted date.
enum Part {
    /// By `to_char`.
    Format(String),
    /// By other SQL.
    Sql(String),
}

/// `DateFormat`
pub(super) fn date_format(args: &[Expr]) -> Result<Writing, &'static str> {
    let pattern = literal(args, 1).ok_or(NEEDS_FORMAT)?;
    let mut values = Vec::new();
    let mut texts = Vec::new();
    for part in parts(pattern) {
        texts.push(match part {
            Part::Format(format) => {
                values.push(Value::text(format));
                format!("to_char({{0}}, {{{}}})", args.len() + values.len() - 1)
            }
            Part::Sql(sql) => sql,
        });
    }
    let template = match texts.as_slice() {
        [] => "(CASE WHEN {0} IS NOT NULL THEN '' END)".to_owned(),
        [only] => only.clone(),
        many => format!("({})", many.join(" || ")),
    };
    Ok(Writing { template, values })
}

fn parts(pattern: &str) -> Vec<Part> {
    let mut parts = Vec::new();
    let mut chars = pattern.chars();
    while let Some(c) = chars.next() {
        if c != '%' {
            push(&mut parts, &quoted(c));
            continue;
        }
        match chars.next() {
            Some('-') => match chars.next() {
                Some(c @ ('m' | 'd' | 'j' | 'H' | 'I' | 'M' | 'S')) => {
                    push(
                        &mut parts,
                        &format!("FM{}", format_of(c).unwrap_or_default()),
                    );
                }
                Some(c) => bare(&mut parts, c),
                None => {}
            },
            Some(c) => match (format_of(c), special(c)) {
                (Some(format), _) => push(&mut parts, format),
                (None, Some(sql)) => parts.push(Part::Sql(sql)),
                (None, None) => {
                    push(&mut parts, &quoted('%'));
                    if c != '%' {
                        push(&mut parts, &quoted(c));
                    }
                }
            },
            None => push(&mut parts, &quoted('%')),
        }
    }
    parts
}

/// Adds to a format, which the engine reads in one go.
fn push(parts: &mut Vec<Part>, format: &str) {
    match parts.last_mut() {
        Some(Part::Format(so_far)) => so_far.push_str(format),
        _ => parts.push(Part::Format(format.to_owned())),
    }
}

/// A character that stands for itself.
fn quoted(c: char) -> String {
    match c {
        '"' | '\\' => format!("\"\\{c}\""),
        c => format!("\"{c}\""),
    }
}

/// What `to_char` calls a specifier. An empty text ends a prefix.
fn format_of(specifier: char) -> Option<&'static str> {
    Some(match specifier {
        'Y' => "YYYY",
        'y' => "YY",
        'q' => "Q",
        'm' => "MM",
        'B' => "FMMonth",
        'b' => "Mon",
        'A' => "FMDay",
        'a' => "Dy",
        'd' => "DD",
        'j' => "DDD",
        'H' => "HH24",
        'I' => "HH12",
        'M' => "MI",
        'S' => "SS",
        'p' => "AM",
        'L' => "MS",
        'f' => "US",
        _ => return None,
    })
}

/// What `to_char` has no word for.
fn special(specifier: char) -> Option<String> {
    match specifier {
        'e' => Some("lpad(to_char({0}, 'FMDD'), 2)".to_owned()),
        'Z' => Some(format!(
            "(CASE WHEN {OFFSET} < INTERVAL '0' THEN '-' ELSE '+' END || to_char(greatest({OFFSET}, - {OFFSET}), 'HH24:MI'))"
        )),
        _ => None,
    }
}

/// A specifier without leading zeros.
fn bare(parts: &mut Vec<Part>, specifier: char) {
    if specifier == '%' {
        return push(parts, &quoted('%'));
    }
    let text = format_of(specifier).map(|format| format!("to_char({{0}}, '{format}')"));
    if let Some(text) = text.or_else(|| special(specifier)) {
        parts.push(Part::Sql(format!("regexp_replace({text}, '^0+(?=.)', '')")));
    }
}
