//! Formula trees to typed trees.

use super::reference::control_value;
use super::scope::{Place, Typer};
use super::{Typed, TypedKind};
use crate::formula::ast::{BinaryOp, Expr, ExprKind, UnaryOp};
use crate::formula::functions::{self, ArgInfo};
use crate::plan::Feature;
use crate::plan::relation::ControlPart;
use crate::span::Span;
use crate::value::{Type, Value};
use crate::yaml::written;

impl Typer<'_, '_, '_> {
    /// Types a formula; findings go to the checker's list.
    pub(crate) fn expr(&mut self, expr: &Expr, place: Place<'_>) -> Typed {
        let span = expr.span;
        match &expr.kind {
            ExprKind::Number(text) => literal(number(text), span),
            ExprKind::Text(text) => literal(Value::text(text.as_str()), span),
            ExprKind::Logical(value) => literal(Value::Logical(*value), span),
            ExprKind::Null => literal(Value::Null, span),
            ExprKind::Reference(reference) => self.reference(reference, span, place),
            ExprKind::Call {
                name,
                name_span,
                args,
            } => self.call(name, *name_span, args, span, place),
            ExprKind::Unary { op, operand } => {
                let name = match op {
                    UnaryOp::Negate => "Negate",
                    UnaryOp::Not => "Not",
                };
                let operand = self.expr(operand, place);
                self.operator(name, span.at_start(), vec![operand], span)
            }
            ExprKind::Binary {
                op,
                op_span,
                left,
                right,
            } => self.binary(*op, *op_span, (left, right), span, place),
            ExprKind::Path { base, key } => self.path(base, key, span, place),
            ExprKind::Index { base, index } => {
                let args = vec![self.expr(base, place), self.expr(index, place)];
                self.operator("Index", span, args, span)
            }
            ExprKind::Error => Typed::error(span),
        }
    }

    fn binary(
        &mut self,
        op: BinaryOp,
        op_span: Span,
        sides: (&Expr, &Expr),
        span: Span,
        place: Place<'_>,
    ) -> Typed {
        let args = vec![self.expr(sides.0, place), self.expr(sides.1, place)];
        self.operator(op.as_str(), op_span, args, span)
    }

    /// `.min`, `.max`, `.start`, `.end` of a range control, else a key of a variant.
    fn path(&mut self, base: &Expr, key: &str, span: Span, place: Place<'_>) -> Typed {
        if let ExprKind::Reference(reference) = &base.kind
            && let Some((name, _)) = reference.segments.last()
            && let Some(part) = part(key)
            && let Some(control) = self.checker.control(name)
            && super::control::is_range(control.def)
        {
            return control_value(&control, part, span);
        }
        let base = self.expr(base, place);
        let key = literal(Value::text(key), span);
        self.operator("Path", span, vec![base, key], span)
    }

    /// A scalar function or operator whose arguments are typed.
    pub(crate) fn operator(
        &mut self,
        name: &str,
        name_span: Span,
        args: Vec<Typed>,
        span: Span,
    ) -> Typed {
        let Some(function) = functions::function(name) else {
            return Typed::error(span);
        };
        let ty = self.check_call(function, &args, span, name_span);
        Typed {
            kind: TypedKind::Call { function, args },
            ty,
            span,
        }
    }

    /// Checks arguments against the declaration of a function.
    pub(crate) fn check_call(
        &mut self,
        function: &'static functions::Function,
        args: &[Typed],
        span: Span,
        name_span: Span,
    ) -> Type {
        if let Some(feature) = Feature::behind(function.name) {
            self.checker.need(feature, name_span);
        }
        let infos: Vec<ArgInfo<'_>> = args.iter().map(info).collect();
        let sources = self.checker.sources;
        let text = |span: Span| {
            // Only a finding asks for it, so the file is looked through again here.
            let scalars = written::scalars(span.file, &sources.file(span.file).text);
            let raw = sources.text(span);
            Some(written::around(&scalars, span).map_or_else(|| raw.to_owned(), |w| w.content(raw)))
        };
        functions::check_with_text(
            function,
            &infos,
            span,
            name_span,
            &text,
            &mut self.checker.sink,
        )
    }
}

fn info(arg: &Typed) -> ArgInfo<'_> {
    let value = match &arg.kind {
        TypedKind::Literal(value) => Some(value),
        _ => None,
    };
    ArgInfo {
        ty: arg.ty,
        span: arg.span,
        literal: value,
        constant: is_constant(arg),
    }
}

/// Whether a value does not depend on any row.
pub(crate) fn is_constant(typed: &Typed) -> bool {
    let mut constant = true;
    typed.walk(&mut |t| {
        constant &= matches!(
            t.kind,
            TypedKind::Literal(_)
                | TypedKind::Parameter(_)
                | TypedKind::Call { .. }
                | TypedKind::Error
        );
    });
    constant
}

pub(crate) fn literal(value: Value, span: Span) -> Typed {
    Typed {
        ty: value.ty(),
        kind: TypedKind::Literal(value),
        span,
    }
}

fn part(key: &str) -> Option<ControlPart> {
    match key {
        "min" | "start" => Some(ControlPart::Low),
        "max" | "end" => Some(ControlPart::High),
        _ => None,
    }
}

/// A number literal: an integer when it fits, else a float.
pub(crate) fn number(text: &str) -> Value {
    if let Ok(integer) = text.parse::<i64>() {
        return Value::Integer(integer);
    }
    match text.parse::<f64>() {
        Ok(float) if float.is_finite() => Value::Float(float),
        _ => Value::Null,
    }
}
