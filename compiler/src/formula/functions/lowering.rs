//! How a function becomes SQL, as data.
//!
//! The SQL printer reads these; nothing here prints. The registry holds the lowerings of `SQLite`, the tables of a
//! dialect those of every other engine. Storage on `SQLite`: dates are canonical text
//! ([`format_date`](crate::formula::datetime::format_date)), logicals 0 and 1, variants JSON text, numbers INTEGER or
//! REAL.

mod case;
mod made;

pub use case::{Case, Guard, Written, always, when};
pub use made::{Made, Writing};

/// How a call is written.
///
/// # Template language
///
/// A template is SQL with holes in braces. Every other character is copied.
///
/// | hole | stands for |
/// |---|---|
/// | `{0}` | SQL of argument 0 |
/// | `{1?x}` | SQL of argument 1, or the template `x` when the call has no such argument |
/// | `{0..}` | SQL of all arguments from 0 on, joined by `, ` |
/// | `{0..: \|\| }` | the same, joined by the template behind the colon |
/// | `{0..: + :coalesce({}, 0)}` | the same, each argument within the template behind the second colon, where it is `{}` |
/// | `{1@Variant}` | argument 1 as the function `Variant` writes it on the engine |
/// | `{0..:, :{@Variant}}` | the same, each as the function `Variant` writes it on the engine |
/// | `{week}` | `0` when a plain week starts on Sunday, `1` when on Monday |
/// | `{weekday}` | `SUNDAY` or `MONDAY`, with which a plain week starts |
/// | `{zone}` | the project's time zone as a SQL text literal |
/// | `{1!}`, `{1!?x}` | argument 1, which must be a constant, written into the text instead of bound; or `x` when absent |
/// | `{float}`, `{integer}`, `{text}`, `{date}`, `{logical}`, `{variant}` | the engine's name of a type |
/// | `{over}` | where `FILTER (WHERE …)` and `OVER (…)` go; behind everything when a template does not say |
/// | `{now}`, `{today}` | bound parameters: the request's frozen instant, and midnight of its day |
///
/// On `SQLite` each argument is mentioned at most once, so that nesting cannot make a statement grow exponentially; on
/// other engines the size of a statement is bounded instead. Every template
/// is self-contained: one with an operator at its top brings its own parentheses, so neither a template nor its
/// arguments need further ones.
///
/// [`pieces`] takes a template apart. Templates of aggregates and of window functions are a single function call, so
/// that `FILTER (WHERE …)` and `OVER (…)` may follow, or say where these go.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum Lowering {
    /// The same template for every call.
    Template(&'static str),
    /// A template by the number of arguments; any other number is [`Lowering::Native`].
    ByCount(&'static [(usize, &'static str)]),
    /// A template by a text literal (compared ignoring case). When that argument is no literal, is not listed, or the
    /// call has not exactly `count` arguments, [`Lowering::Native`].
    ByLiteral {
        /// Position of the literal.
        argument: usize,
        /// Number of arguments the templates are made for.
        count: usize,
        /// Literal and template.
        cases: &'static [(&'static str, &'static str)],
    },
    /// The first case that fits the call; a call that fits none is refused.
    Cases(&'static [Case]),
    /// A function the runtime registers under [`native_name`] and that calls the evaluator. When
    /// [`Function::is_tagged`](super::Function::is_tagged), the first SQL argument is a text literal with one
    /// [`type_letter`](super::type_letter) per argument, and the arguments follow. What is `ByCount` or `ByLiteral` is registered as well.
    Native,
    /// A window function: the call, followed by `OVER (PARTITION BY … ORDER BY … frame)`.
    Window {
        /// Template of the call.
        call: &'static str,
        /// Frame and order.
        frame: Frame,
    },
    /// As [`Lowering::Native`], with the arguments: a tag of types, the array, the second argument as a plan expression
    /// in JSON, and the values that this one reads as its columns, in order.
    PerItem,
    /// The first argument, a literal, names a function of the engine, which gets the others.
    Passthrough,
    /// A window function whose call is the first case that fits.
    WindowCases {
        /// Cases of the call.
        cases: &'static [Case],
        /// Frame and order.
        frame: Frame,
    },
    /// A date by the `%` pattern that is the second argument, a literal: a template for each specifier, and under `-`
    /// the one that takes leading zeros off; all are texts, and texts between them are joined by `||`.
    Pattern(&'static [(char, &'static str)]),
    /// A template made for the call, from its literals and types.
    Made(Made),
    /// The engine cannot compute it, for this reason.
    Refused(&'static str),
    /// The printer writes the name itself (`If`, `Switch`, `Choose`, `In`, `FillDown`, …).
    Special,
    /// Never reaches SQL: an earlier stage replaces it.
    Replaced,
}

/// What stands in the `OVER` clause of a window function.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Frame {
    /// `ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW`, in the plan's order.
    Running,
    /// `ROWS BETWEEN above PRECEDING AND below FOLLOWING`, in the plan's order. `above` is the argument at the given
    /// position, `below` the next one (0 when absent). A negative number counts to the other side:
    /// `(x, 8, -4)` is 8 to 4 preceding, `(x, -2, 6)` is 2 to 6 following.
    Moving(usize),
    /// `ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING`, in the plan's order.
    Whole,
    /// No frame, in the plan's order (`Lag`, `Lead`).
    Position,
    /// No frame. Ordered by the value argument at the given position in the direction of the next one (`"asc"` when
    /// absent; nulls first ascending, last descending), and by the plan's order when the call has no value.
    Rank(usize),
    /// As [`Frame::Rank`], with the plan's order behind the value to break ties (`RowNumber`, `Ntile`).
    RankUnique(usize),
}

/// Types as engines store them: numbers are whole or not.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[expect(missing_docs, reason = "the names say it")]
pub enum SqlType {
    Float,
    Integer,
    Text,
    /// A timestamp without zone.
    Date,
    Logical,
    /// JSON.
    Variant,
}

/// A piece of a template.
#[derive(Clone, PartialEq, Debug)]
pub enum Piece<'a> {
    /// SQL to copy.
    Sql(&'a str),
    /// An argument.
    Argument(usize),
    /// An argument, or these pieces when it is absent.
    ArgumentOr(usize, Vec<Piece<'a>>),
    /// All arguments from this one on.
    Rest {
        /// First argument.
        from: usize,
        /// What stands between two.
        separator: Vec<Piece<'a>>,
        /// How each is written.
        each: Vec<Piece<'a>>,
    },
    /// An argument as a function of one argument writes it.
    ArgumentOf(usize, &'a str),
    /// The argument that [`Piece::Rest`] is at.
    Item,
    /// The same as a function of one argument writes it.
    ItemOf(&'a str),
    /// A constant argument as a literal, or these pieces when it is absent.
    Inline(usize, Option<Vec<Piece<'a>>>),
    /// `{over}`
    Over,
    /// `{float}` and its kin
    Type(SqlType),
    /// `{week}`
    Week,
    /// `{weekday}`
    Weekday,
    /// `{zone}`
    Zone,
    /// `{now}`
    Now,
    /// `{today}`
    Today,
}

/// Takes a template apart. A hole that is none is copied as it is.
pub fn pieces(template: &str) -> Vec<Piece<'_>> {
    let mut out = Vec::new();
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        let Some((hole, behind)) = split_hole(after) else {
            break;
        };
        if !before.is_empty() {
            out.push(Piece::Sql(before));
        }
        out.push(piece(hole));
        rest = behind;
    }
    if !rest.is_empty() {
        out.push(Piece::Sql(rest));
    }
    out
}

/// Splits at the brace that closes a hole, which may hold another hole.
fn split_hole(text: &str) -> Option<(&str, &str)> {
    let mut depth = 0_usize;
    for (at, c) in text.char_indices() {
        match c {
            '{' => depth += 1,
            '}' if depth == 0 => return Some((text.get(..at)?, text.get(at + 1..)?)),
            '}' => depth -= 1,
            _ => {}
        }
    }
    None
}

fn piece(hole: &str) -> Piece<'_> {
    let digits = hole
        .find(|c: char| !c.is_ascii_digit())
        .unwrap_or(hole.len());
    let (number, tail) = hole.split_at(digits);
    match (hole, number.parse()) {
        ("", _) => Piece::Item,
        ("week", _) => Piece::Week,
        ("weekday", _) => Piece::Weekday,
        ("over", _) => Piece::Over,
        ("float", _) => Piece::Type(SqlType::Float),
        ("integer", _) => Piece::Type(SqlType::Integer),
        ("text", _) => Piece::Type(SqlType::Text),
        ("date", _) => Piece::Type(SqlType::Date),
        ("logical", _) => Piece::Type(SqlType::Logical),
        ("variant", _) => Piece::Type(SqlType::Variant),
        ("zone", _) => Piece::Zone,
        ("now", _) => Piece::Now,
        ("today", _) => Piece::Today,
        (_, Ok(index)) if tail.is_empty() => Piece::Argument(index),
        (_, Ok(index)) if tail.starts_with('@') => {
            Piece::ArgumentOf(index, tail.trim_start_matches('@'))
        }
        (_, Ok(from)) if tail.starts_with("..") => {
            let joined = tail.strip_prefix("..:").unwrap_or(", ");
            let (separator, each) = joined.split_once(':').unwrap_or((joined, "{}"));
            Piece::Rest {
                from,
                separator: pieces(separator),
                each: pieces(each),
            }
        }
        (_, Ok(index)) => match tail.strip_prefix('!') {
            Some(absent) => Piece::Inline(index, absent.strip_prefix('?').map(pieces)),
            None => Piece::ArgumentOr(index, pieces(tail.strip_prefix('?').unwrap_or(tail))),
        },
        (_, Err(_)) => hole
            .strip_prefix('@')
            .map_or(Piece::Sql(hole), Piece::ItemOf),
    }
}

/// Name under which the runtime registers the evaluator of a function: `bw_` and the canonical name in snake case
/// (`DateAdd` is `bw_date_add`, `LPad` is `bw_lpad`, `RegressionR2` is `bw_regression_r2`). The operators `%` and `^`
/// share the names of `Mod` and `Power`.
pub fn native_name(name: &str) -> String {
    let name = match name {
        "%" => "Mod",
        "^" => "Power",
        other => other,
    };
    let mut out = String::from("bw_");
    let mut after_small = false;
    for c in name.chars() {
        if c.is_ascii_uppercase() && after_small {
            out.push('_');
        }
        after_small = c.is_ascii_lowercase() || c.is_ascii_digit();
        out.push(c.to_ascii_lowercase());
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn templates_come_apart_into_pieces() {
        assert_eq!(
            pieces("f({0}, {1?{today}}, {2?NULL}) {3..} {0..: {1} :g({}, {@Text})}'{week}'"),
            [
                Piece::Sql("f("),
                Piece::Argument(0),
                Piece::Sql(", "),
                Piece::ArgumentOr(1, vec![Piece::Today]),
                Piece::Sql(", "),
                Piece::ArgumentOr(2, vec![Piece::Sql("NULL")]),
                Piece::Sql(") "),
                Piece::Rest {
                    from: 3,
                    separator: vec![Piece::Sql(", ")],
                    each: vec![Piece::Item]
                },
                Piece::Sql(" "),
                Piece::Rest {
                    from: 0,
                    separator: vec![Piece::Sql(" "), Piece::Argument(1), Piece::Sql(" ")],
                    each: vec![
                        Piece::Sql("g("),
                        Piece::Item,
                        Piece::Sql(", "),
                        Piece::ItemOf("Text"),
                        Piece::Sql(")")
                    ]
                },
                Piece::Sql("'"),
                Piece::Week,
                Piece::Sql("'"),
            ]
        );
    }

    #[test]
    fn native_names_are_snake_case() {
        for (name, expected) in [
            ("DateAdd", "bw_date_add"),
            ("LPad", "bw_lpad"),
            ("MD5", "bw_md5"),
            ("RegressionR2", "bw_regression_r2"),
            ("DateFromUnixMs", "bw_date_from_unix_ms"),
            ("%", "bw_mod"),
        ] {
            assert_eq!(native_name(name), expected);
        }
    }
}
