//! Arguments of the wrong type.

use super::{ArgInfo, Call};
use crate::diag::codes::types as codes;
use crate::diag::{Diagnostic, Edit, Fix};
use crate::formula::functions::signature::{Accepts, Category, Param};
use crate::formula::print;
use crate::value::Type;

impl Call<'_> {
    /// The first finding about types.
    pub(super) fn types(&self) -> Option<Diagnostic> {
        self.arithmetic()
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
                .also(left.expr.span, left.ty.as_str())
                .also(right.expr.span, right.ty.as_str())
                .fix("write `&`", self.name_span, "&"),
            );
        }
        if !matches!(name, "+" | "-") || !types.contains(&Type::Date) {
            return None;
        }
        let (a, b) = (print(left.expr), print(right.expr));
        let text = match (types, name) {
            ([Type::Date, Type::Date], "-") => Some(format!("DateDiff(\"day\", {b}, {a})")),
            ([Type::Date, Type::Number], "+") => Some(format!("DateAdd(\"day\", {b}, {a})")),
            ([Type::Date, Type::Number], _) => Some(format!("DateAdd(\"day\", -({b}), {a})")),
            ([Type::Number, Type::Date], "+") => Some(format!("DateAdd(\"day\", {a}, {b})")),
            _ => None,
        };
        let finding = Diagnostic::new(
            &codes::DATE_ARITHMETIC,
            self.name_span,
            format!("`{name}` does not take dates"),
        );
        Some(match text {
            Some(text) => finding.fix(format!("write `{text}`"), self.call_span, text),
            None => finding.help("dates move with `DateAdd(unit, amount, date)`, `DateDiff(unit, start, end)` measures them"),
        })
    }

    /// Two arguments that fit when they change places.
    fn swapped(&self) -> Option<Diagnostic> {
        let params: Vec<_> = self.params().collect();
        let wrong = params
            .iter()
            .filter(|(_, arg, param)| !accepts(param, arg.ty));
        let wrong: Vec<_> = wrong.collect();
        let ((i, a, p), (j, b, q)) = match wrong.as_slice() {
            [first, second] => (**first, **second),
            // Where any value will do, a condition in its place gives the swap away.
            [second] if self.function.filtered.is_some() && second.0 == 1 => {
                (*params.first()?, **second)
            }
            _ => return None,
        };
        if !(accepts(p, b.ty) && accepts(q, a.ty))
            || a.ty == b.ty
            || !is_known(a.ty)
            || !is_known(b.ty)
        {
            return None;
        }
        let edits = vec![
            Edit {
                span: a.expr.span,
                text: print(b.expr),
            },
            Edit {
                span: b.expr.span,
                text: print(a.expr),
            },
        ];
        let name = self.function.name;
        let mut finding = Diagnostic::new(
            &codes::SWAPPED_ARGUMENTS,
            self.name_span,
            format!(
                "arguments {} and {} of `{name}` are in the wrong order",
                i + 1,
                j + 1
            ),
        )
        .also(
            a.expr.span,
            format!("{}, where {} is expected", a.ty.as_str(), expected(p)),
        )
        .also(
            b.expr.span,
            format!("{}, where {} is expected", b.ty.as_str(), expected(q)),
        )
        .help(format!("`{}`", super::usage(self.function)));
        finding.fix = Some(Fix {
            title: "swap them".into(),
            edits,
        });
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
        let mut finding = Diagnostic::new(
            &codes::ARGUMENT_TYPE,
            arg.expr.span,
            format!("{subject}, found {found}"),
        )
        .label(found);
        if name == "CountIf" {
            let column = print(arg.expr);
            finding = finding.help(format!(
                "`CountIf` takes conditions only; to count values, `CountIf(IsNotNull({column}), …)` or `CountDistinctIf({column}, …)`"
            ));
        }
        if let Accepts::One(wanted) = param.accepts
            && let Some(conversion) = conversion(arg.ty, wanted)
        {
            let text = format!("{conversion}({})", print(arg.expr));
            finding = finding.fix(format!("write `{text}`"), arg.expr.span, text);
        }
        Some(finding)
    }

    fn number_as_condition(&self, arg: &ArgInfo<'_>) -> Diagnostic {
        let text = format!("{} = 1", print(arg.expr));
        let atom = matches!(arg.expr.kind, crate::formula::ast::ExprKind::Reference(_));
        let finding = Diagnostic::new(
            &codes::NUMBER_AS_CONDITION,
            arg.expr.span,
            format!("`{}` expects a condition, found number", self.function.name),
        )
        .help("a number is not a condition: compare it");
        // Anything but a column is not a flag, and what it should be compared with is not known.
        if atom {
            finding.fix(format!("write `{text}`"), arg.expr.span, text)
        } else {
            finding
        }
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
        let finding = Diagnostic::new(&codes::MIXED_TYPES, second.expr.span, message)
            .label(b)
            .also(first.expr.span, a);
        // A literal bends to the column; a variant bends to anything.
        let (bent, wanted) = match (first, second) {
            (f, s) if f.ty == Type::Variant => (f, s.ty),
            (f, s) if s.ty == Type::Variant || s.literal.is_some() => (s, f.ty),
            (f, s) if f.literal.is_some() => (f, s.ty),
            (f, s) if f.ty == Type::Text => (s, Type::Text),
            (f, _) => (f, second.ty),
        };
        match conversion(bent.ty, wanted) {
            Some(conversion) => {
                let text = format!("{conversion}({})", print(bent.expr));
                finding.fix(format!("write `{text}`"), bent.expr.span, text)
            }
            None => finding.help("convert one of them with `Text`, `Number`, `Date` or `Logical`"),
        }
    }
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
        (Type::Text, Type::Variant) => Some("Json"),
        _ => None,
    }
}
