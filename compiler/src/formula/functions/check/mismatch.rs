//! Arguments of the wrong type.

use super::{ArgInfo, Call};
use crate::diag::codes::types as codes;
use crate::diag::{Diagnostic, Edit, Fix};
use crate::formula::functions::signature::{Accepts, Category, Param};
use crate::span::Span;
use crate::value::{Type, Value};

/// What compares by greater and less.
const ORDERING: &[&str] = &[
    "<",
    "<=",
    ">",
    ">=",
    "Between",
    "BinRange",
    "Greatest",
    "GreatestNonNull",
    "Least",
    "LeastNonNull",
    "Max",
    "MaxIf",
    "Min",
    "MinIf",
];

impl Call<'_> {
    /// The first finding about types.
    pub(super) fn types(&self) -> Option<Diagnostic> {
        self.arithmetic()
            .or_else(|| self.unordered())
            .or_else(|| self.moved())
            .or_else(|| self.swapped())
            .or_else(|| self.argument())
            .or_else(|| self.common(Accepts::Same))
            .or_else(|| self.common(Accepts::Key))
            .or_else(|| self.pairs())
    }

    /// `+` and `-` on text and dates.
    fn arithmetic(&self) -> Option<Diagnostic> {
        let [left, right] = self.args else {
            return None;
        };
        let types = [left.ty, right.ty];
        let name = self.function.name;
        if name == "+" && types.contains(&Type::Text) {
            return Some(
                Diagnostic::new(
                    &codes::TEXT_ADDITION,
                    self.name_span,
                    "text is joined with `&`, not with `+`",
                )
                .also(left.span, left.ty.as_str())
                .also(right.span, right.ty.as_str())
                .fix("write `&`", self.name_span, "&"),
            );
        }
        if !matches!(name, "+" | "-") || !types.contains(&Type::Date) {
            return None;
        }
        let finding = Diagnostic::new(&codes::DATE_ARITHMETIC, self.name_span, format!("`{name}` does not take dates"))
            .help("dates move with `DateAdd(unit, amount, date)`, `DateDiff(unit, start, end)` measures them");
        let (Some(a), Some(b)) = ((self.text)(left.span), (self.text)(right.span)) else {
            return Some(finding);
        };
        let text = match (types, name) {
            ([Type::Date, Type::Date], "-") => format!("DateDiff(\"day\", {b}, {a})"),
            ([Type::Date, Type::Number], "+") => format!("DateAdd(\"day\", {b}, {a})"),
            ([Type::Date, Type::Number], _) => format!("DateAdd(\"day\", -({b}), {a})"),
            ([Type::Number, Type::Date], "+") => format!("DateAdd(\"day\", {a}, {b})"),
            _ => return Some(finding),
        };
        Some(finding.fix(format!("write `{text}`"), self.whole, text))
    }

    /// A variant or geography where values are put in order.
    fn unordered(&self) -> Option<Diagnostic> {
        if !ORDERING.contains(&self.function.name) {
            return None;
        }
        let unordered = |ty| matches!(ty, Type::Variant | Type::Geography);
        let wrong = |(_, arg, param): &(usize, &ArgInfo<'_>, &Param)| {
            param.accepts == Accepts::Same && unordered(arg.ty)
        };
        let (index, arg, _) = self.params().find(wrong)?;
        // Beside a value of another type, that type says which conversion is meant.
        if self
            .args
            .iter()
            .any(|other| is_known(other.ty) && other.ty != arg.ty && other.ty != Type::Logical)
        {
            return None;
        }
        let (name, found) = (self.function.name, arg.ty.as_str());
        let subject = if self.function.category == Category::Operator {
            format!("`{name}` puts values in order")
        } else {
            format!("argument {} of `{name}` is put in order", index + 1)
        };
        let message = format!("{subject}, and a {found} has none");
        let finding = Diagnostic::new(&codes::ARGUMENT_TYPE, arg.span, message).label(found);
        Some(if arg.ty == Type::Variant {
            finding.help("say what is in it: `Number(…)`, `Text(…)`, `Date(…)` or `Logical(…)`")
        } else {
            finding
        })
    }

    /// A word that belongs in front and stands behind: `DateDiff(start, end, "day")`.
    fn moved(&self) -> Option<Diagnostic> {
        let Accepts::Choice(words) = self.function.params.first()?.accepts else {
            return None;
        };
        let listed = |arg: &ArgInfo<'_>| match arg.literal {
            Some(Value::Text(text)) => words.iter().any(|w| w.eq_ignore_ascii_case(text)),
            _ => false,
        };
        let at = self.args.iter().position(listed).filter(|at| *at > 1)?;
        let count = self.args.len();
        let mut order: Vec<&ArgInfo<'_>> = self.args.iter().collect();
        let word = order.remove(at);
        order.insert(0, word);
        let fits = |(index, arg): (usize, &&ArgInfo<'_>)| {
            self.function
                .param(index, count)
                .is_some_and(|param| accepts(param, arg.ty))
        };
        if !order.iter().enumerate().all(fits) {
            return None;
        }
        let name = self.function.name;
        let first = self.function.params.first()?.name;
        let mut finding = Diagnostic::new(
            &codes::SWAPPED_ARGUMENTS,
            word.span,
            format!("the {first} of `{name}` comes first"),
        )
        .help(format!("`{}`", super::usage(self.function)));
        let texts: Option<Vec<String>> = order.iter().map(|arg| (self.text)(arg.span)).collect();
        if let Some(texts) = texts {
            let edits = self.args.iter().zip(texts);
            finding.fix = Some(Fix {
                title: "put it in front".into(),
                edits: edits
                    .map(|(arg, text)| Edit {
                        span: arg.span,
                        text,
                    })
                    .collect(),
            });
        }
        Some(finding)
    }

    /// Two arguments that fit when they change places.
    fn swapped(&self) -> Option<Diagnostic> {
        let wrong = self
            .params()
            .filter(|(_, arg, param)| !accepts(param, arg.ty));
        // Nearly always none, which allocates nothing.
        let wrong: Vec<_> = wrong.collect();
        let (first, second) = match wrong.as_slice() {
            [first, second] => (*first, *second),
            // Where any value will do, a condition in its place gives the swap away.
            [second] if self.function.filtered.is_some() && second.0 == 1 => {
                (self.params().next()?, *second)
            }
            _ => return None,
        };
        let ((_, one, left), (_, other, right)) = (first, second);
        let known = is_known(one.ty) && is_known(other.ty) && one.ty != other.ty;
        if !known || !accepts(left, other.ty) || !accepts(right, one.ty) {
            return None;
        }
        let remark = |ty: Type, param: &Param| {
            format!("{}, where {} is expected", ty.as_str(), expected(param))
        };
        let message = format!(
            "arguments {} and {} of `{}` are in the wrong order",
            first.0 + 1,
            second.0 + 1,
            self.function.name
        );
        let mut finding = Diagnostic::new(&codes::SWAPPED_ARGUMENTS, self.name_span, message)
            .also(one.span, remark(one.ty, left))
            .also(other.span, remark(other.ty, right))
            .help(format!("`{}`", super::usage(self.function)));
        if let (Some(x), Some(y)) = ((self.text)(one.span), (self.text)(other.span)) {
            let edits = vec![
                Edit {
                    span: one.span,
                    text: y,
                },
                Edit {
                    span: other.span,
                    text: x,
                },
            ];
            finding.fix = Some(Fix {
                title: "swap them".into(),
                edits,
            });
        }
        Some(finding)
    }

    /// An argument whose own type is wrong.
    fn argument(&self) -> Option<Diagnostic> {
        let (index, arg, param) = self
            .params()
            .find(|(_, arg, param)| !accepts(param, arg.ty))?;
        let found = arg.ty.as_str();
        let name = self.function.name;
        if arg.ty == Type::Number && param.accepts == Accepts::One(Type::Logical) {
            return Some(self.number_as_condition(arg));
        }
        let subject = if self.function.category == Category::Operator {
            format!("`{name}` expects {}", expected(param))
        } else {
            format!(
                "argument {} of `{name}` expects {}",
                index + 1,
                expected(param)
            )
        };
        let finding = Diagnostic::new(
            &codes::ARGUMENT_TYPE,
            arg.span,
            format!("{subject}, found {found}"),
        )
        .label(found);
        let finding = match (name, (self.text)(arg.span)) {
            ("CountIf", Some(column)) => finding.help(format!(
                "`CountIf` takes conditions only; to count values, `CountIf(IsNotNull({column}), …)` or `CountDistinctIf({column}, …)`"
            )),
            ("CountIf", None) => finding.help("`CountIf` takes conditions only; `CountDistinctIf(value, condition)` counts values"),
            _ => finding,
        };
        let conversion = match param.accepts {
            Accepts::One(wanted) => conversion(arg.ty, wanted),
            _ => None,
        };
        Some(match conversion {
            Some(conversion) => wrapped(finding, arg.span, conversion),
            None => finding,
        })
    }

    fn number_as_condition(&self, arg: &ArgInfo<'_>) -> Diagnostic {
        let end = arg.span.at_end();
        Diagnostic::new(
            &codes::NUMBER_AS_CONDITION,
            arg.span,
            format!("`{}` expects a condition, found number", self.function.name),
        )
        .help("a number is not a condition: compare it")
        .fix("compare with 1", end, " = 1")
    }

    /// Arguments that must share one type.
    fn common(&self, set: Accepts) -> Option<Diagnostic> {
        let members = self.params().filter(|(_, _, param)| param.accepts == set);
        let mut first: Option<&ArgInfo<'_>> = None;
        for (_, arg, _) in members {
            match first {
                Some(other) if other.ty.unify(arg.ty).is_none() => {
                    return Some(self.mixed(other, arg));
                }
                Some(_) => {}
                None if is_known(arg.ty) => first = Some(arg),
                None => {}
            }
        }
        None
    }

    /// Neighbours that must share one type (`Lookup`).
    fn pairs(&self) -> Option<Diagnostic> {
        let keys: Vec<_> = self
            .params()
            .filter(|(_, _, param)| param.accepts == Accepts::Pair)
            .collect();
        let (pairs, _) = keys.as_chunks::<2>();
        let wrong = pairs.iter().find(|[a, b]| a.1.ty.unify(b.1.ty).is_none());
        wrong.map(|[a, b]| self.mixed(a.1, b.1))
    }

    fn mixed(&self, first: &ArgInfo<'_>, second: &ArgInfo<'_>) -> Diagnostic {
        let (a, b) = (first.ty.as_str(), second.ty.as_str());
        let name = self.function.name;
        let message = if self.function.category == Category::Operator {
            format!("`{name}` compares values of one type, found {a} and {b}")
        } else {
            format!("arguments of `{name}` must have one type, found {a} and {b}")
        };
        let finding = Diagnostic::new(&codes::MIXED_TYPES, second.span, message)
            .label(b)
            .also(first.span, a);
        // A literal bends to the column; a variant bends to anything.
        let (bent, wanted) = match (first, second) {
            (f, s) if f.ty == Type::Variant => (f, s.ty),
            (f, s) if s.ty == Type::Variant || s.literal.is_some() => (s, f.ty),
            (f, s) if f.literal.is_some() => (f, s.ty),
            (f, s) if f.ty == Type::Text => (s, Type::Text),
            (f, _) => (f, second.ty),
        };
        match conversion(bent.ty, wanted) {
            Some(conversion) => wrapped(finding, bent.span, conversion),
            None => finding.help("convert one of them with `Text`, `Number`, `Date` or `Logical`"),
        }
    }
}

/// Puts a conversion around an argument.
fn wrapped(mut finding: Diagnostic, span: Span, conversion: &str) -> Diagnostic {
    let edits = vec![
        Edit {
            span: span.at_start(),
            text: format!("{conversion}("),
        },
        Edit {
            span: span.at_end(),
            text: ")".into(),
        },
    ];
    finding.fix = Some(Fix {
        title: format!("convert with `{conversion}`"),
        edits,
    });
    finding
}

fn is_known(ty: Type) -> bool {
    !matches!(ty, Type::Unknown | Type::Null)
}

/// Whether an argument of a type may stand for a parameter.
fn accepts(param: &Param, ty: Type) -> bool {
    if !is_known(ty) {
        return true;
    }
    match param.accepts {
        Accepts::One(wanted) => ty == wanted,
        Accepts::OneOf(types) => types.contains(&ty),
        Accepts::Choice(_) => ty == Type::Text,
        Accepts::Any | Accepts::Same | Accepts::Key | Accepts::Pair | Accepts::Aggregate => true,
    }
}

/// The types of a parameter, in words.
fn expected(param: &Param) -> String {
    match param.accepts {
        Accepts::One(ty) => ty.as_str().to_owned(),
        Accepts::Choice(_) => format!("a {} in quotes", param.name),
        Accepts::OneOf(types) => {
            let names: Vec<&str> = types.iter().map(|t| t.as_str()).collect();
            match names.split_last() {
                Some((last, rest)) if !rest.is_empty() => format!("{} or {last}", rest.join(", ")),
                _ => names.concat(),
            }
        }
        Accepts::Any | Accepts::Same | Accepts::Key | Accepts::Pair | Accepts::Aggregate => {
            "any value".to_owned()
        }
    }
}

/// The function that turns a type into another.
fn conversion(from: Type, to: Type) -> Option<&'static str> {
    match (from, to) {
        (Type::Unknown | Type::Null, _) => None,
        (Type::Text | Type::Number | Type::Date | Type::Logical | Type::Variant, Type::Text) => {
            Some("Text")
        }
        (Type::Text | Type::Variant, Type::Number) => Some("Number"),
        (Type::Text | Type::Variant, Type::Date) => Some("Date"),
        (Type::Text | Type::Variant, Type::Logical) => Some("Logical"),
        (Type::Text | Type::Geography, Type::Variant) => Some("Json"),
        (Type::Text | Type::Variant, Type::Geography) => Some("Geography"),
        (Type::Geography, Type::Text) => Some("Text"),
        _ => None,
    }
}
