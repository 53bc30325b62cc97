//! Types of one call: number of arguments, their types, what must be a literal, and the result.

mod literals;
mod mismatch;
#[cfg(test)]
mod tests;

use super::registry::{Found, find};
use super::signature::{Accepts, Function, Param, Returns};
use crate::diag::codes::types as codes;
use crate::diag::{Diagnostic, Diagnostics};
use crate::span::Span;
use crate::value::{Type, Value};

/// What is known about an argument.
#[derive(Clone, Copy, Debug)]
pub struct ArgInfo<'a> {
    /// Its type.
    pub ty: Type,
    /// Its place.
    pub span: Span,
    /// Its value, when it is a literal.
    pub literal: Option<&'a Value>,
    /// Whether it is the same for every row.
    pub constant: bool,
}

/// The function a called name means, ignoring case. When there is none, says so, with what to write instead.
pub fn resolve(name: &str, name_span: Span, sink: &mut Diagnostics) -> Option<&'static Function> {
    let finding = match find(name) {
        Found::Function(function) => return Some(function),
        Found::Instead {
            name: replacement,
            advice,
        } => {
            let finding = Diagnostic::new(
                &codes::FOREIGN_FUNCTION,
                name_span,
                format!("no function named `{name}`"),
            )
            .label("not a function of this language")
            .help(if advice.contains('`') {
                format!("use {advice}")
            } else {
                format!("use `{advice}`")
            });
            match replacement {
                Some(new) => finding.fix(format!("write `{new}`"), name_span, new),
                None => finding,
            }
        }
        Found::Unknown { nearest } => {
            let finding = Diagnostic::new(
                &codes::UNKNOWN_FUNCTION,
                name_span,
                format!("no function named `{name}`"),
            );
            match nearest {
                Some(near) => finding
                    .label(format!("a function with a similar name exists: `{near}`"))
                    .fix(format!("write `{near}`"), name_span, near),
                None => finding.label("not found"),
            }
        }
    };
    sink.push(finding);
    None
}

/// Checks a call and gives its type. Arguments of unknown type are taken on trust, and one mistake is reported once.
///
/// For an operator, `name_span` is the place of its symbol. Fixes that move arguments need their text: see
/// [`check_with_text`].
pub fn check(
    function: &Function,
    args: &[ArgInfo<'_>],
    call_span: Span,
    name_span: Span,
    sink: &mut Diagnostics,
) -> Type {
    check_with_text(function, args, call_span, name_span, &|_| None, sink)
}

/// As [`check`]; `text` gives what is written at a place, for fixes that move arguments.
pub fn check_with_text(
    function: &Function,
    args: &[ArgInfo<'_>],
    call_span: Span,
    name_span: Span,
    text: &dyn Fn(Span) -> Option<String>,
    sink: &mut Diagnostics,
) -> Type {
    let call = Call {
        function,
        args,
        whole: call_span,
        name_span,
        text,
    };
    let Some(finding) = call
        .arity()
        .or_else(|| call.types())
        .or_else(|| call.literals())
    else {
        if let Some(remark) = call.null_comparison() {
            sink.push(remark);
        }
        return call.result();
    };
    sink.push(finding);
    match function.returns {
        Returns::One(ty) => ty,
        Returns::Same => Type::Unknown,
    }
}

/// A call under examination.
struct Call<'a> {
    function: &'a Function,
    args: &'a [ArgInfo<'a>],
    whole: Span,
    name_span: Span,
    text: &'a dyn Fn(Span) -> Option<String>,
}

impl Call<'_> {
    fn params(&self) -> impl Iterator<Item = (usize, &ArgInfo<'_>, &'static Param)> {
        let count = self.args.len();
        self.args
            .iter()
            .enumerate()
            .filter_map(move |(i, arg)| Some((i, arg, self.function.param(i, count)?)))
    }

    fn result(&self) -> Type {
        match self.function.returns {
            Returns::One(ty) => ty,
            Returns::Same => self
                .params()
                .filter(|(_, _, param)| matches!(param.accepts, Accepts::Same | Accepts::Aggregate))
                .try_fold(Type::Null, |ty, (_, arg, _)| ty.unify(arg.ty))
                .unwrap_or(Type::Unknown),
        }
    }

    /// `= Null`, `!= Null`: a remark, as the call itself is sound.
    fn null_comparison(&self) -> Option<Diagnostic> {
        let name = self.function.name;
        let test = match name {
            "=" => "IsNull",
            "!=" => "IsNotNull",
            _ => return None,
        };
        let null = |arg: &ArgInfo<'_>| matches!(arg.literal, Some(Value::Null));
        let value = match self.args {
            [value, other] if !null(value) && null(other) => value,
            [other, value] if !null(value) && null(other) => value,
            _ => return None,
        };
        let finding = Diagnostic::new(
            &codes::NULL_COMPARISON,
            self.name_span,
            format!("`{name} Null` is never True"),
        )
        .help(format!("a test for Null is written `{test}(…)`"));
        let text = (self.text)(value.span).map(|text| format!("{test}({text})"));
        Some(match text {
            Some(text) => finding.fix(format!("write `{text}`"), self.whole, text),
            None => finding,
        })
    }

    fn arity(&self) -> Option<Diagnostic> {
        let (least, most) = self.function.arity();
        let count = self.args.len();
        let name = self.function.name;
        let fits = count >= least && most.is_none_or(|most| count <= most);
        if fits && (0..count).all(|i| self.function.param(i, count).is_some()) {
            return None;
        }
        let expected = match most {
            _ if fits => "pairs behind the first argument".to_owned(),
            Some(most) if most == least => plural(least),
            Some(most) => format!("{least} to {}", plural(most)),
            None => format!("at least {}", plural(least)),
        };
        let surplus = most
            .and_then(|most| self.args.get(most))
            .filter(|_| count > least);
        let place = surplus.map_or(self.name_span, |arg| arg.span);
        let finding = Diagnostic::new(
            &codes::ARGUMENT_COUNT,
            place,
            format!("`{name}` takes {expected}, found {count}"),
        )
        .help(format!("`{}`", usage(self.function)));
        if self.function.filtered.is_some() && surplus.is_some() {
            return Some(finding.help("conditions are joined by `And`"));
        }
        if name == "IsNull" && count == 2 {
            return Some(
                finding
                    .help("`Coalesce(value, fallback)` replaces Null")
                    .fix("write `Coalesce`", self.name_span, "Coalesce"),
            );
        }
        // The last argument that there may be, and what goes with the surplus ones.
        let kept = most.and_then(|most| self.args.get(most.checked_sub(1)?));
        Some(match (surplus, kept, self.args.last()) {
            (Some(_), Some(kept), Some(last)) => {
                let rest = kept.span.at_end().to(last.span.at_end());
                finding.fix("remove what is too much", rest, "")
            }
            _ => finding,
        })
    }
}

fn plural(count: usize) -> String {
    match count {
        0 => "no arguments".to_owned(),
        1 => "1 argument".to_owned(),
        n => format!("{n} arguments"),
    }
}

/// A function as its parameters read: `Round(number, [digits])`.
pub fn usage(function: &Function) -> String {
    use super::signature::Occurs;
    let mut out = Vec::new();
    let mut repeats = false;
    for param in function.params {
        let open = matches!(param.occurs, Occurs::Many | Occurs::Any | Occurs::Group);
        if repeats && !open {
            out.push("…".to_owned());
        }
        repeats = open;
        out.push(match param.occurs {
            Occurs::Optional | Occurs::Any => format!("[{}]", param.name),
            Occurs::Once | Occurs::Many | Occurs::Group => param.name.to_owned(),
        });
    }
    if repeats {
        out.push("…".to_owned());
    }
    format!("{}({})", function.name, out.join(", "))
}
