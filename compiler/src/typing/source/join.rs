//! Joins: legs side by side, and the conditions that match their rows.

use std::sync::Arc;

use crate::diag::Diagnostic;
use crate::diag::codes::{names as codes, plan as plan_codes};
use crate::document::data::{JoinLeg, JoinType};
use crate::document::primitive::{Entry, Formula};
use crate::formula::ast::{BinaryOp, Expr, ExprKind};
use crate::plan::relation::JoinKind;
use crate::span::Span;
use crate::typing::scope::{Bare, Checker, Place, Typer};
use crate::typing::{Leg, Source, SourceKind, Typed};

impl<'d> Checker<'_, 'd> {
    pub(super) fn join(&mut self, legs: &'d [Entry<JoinLeg>], span: Span) -> Source {
        let mut joined = Source {
            kind: SourceKind::Unit,
            ..Source::unit()
        };
        let mut list = Vec::new();
        for (index, leg) in legs.iter().enumerate() {
            let mut source = self.leg(&leg.value, span);
            let prefix: Arc<str> = leg.name.value.as_str().into();
            for column in &mut source.columns {
                column.prefix = Arc::clone(&prefix);
            }
            let kind = leg.value.r#type.map_or(JoinType::Left, |t| t.value);
            let on = if index == 0 {
                Vec::new()
            } else {
                self.join_conditions(&joined, &source, leg)
            };
            joined.columns.extend(source.columns.iter().cloned());
            joined.open |= source.open;
            list.push(Leg {
                source,
                kind: join_kind(kind),
                on,
            });
        }
        joined.kind = SourceKind::Join(list);
        joined
    }

    fn leg(&mut self, leg: &'d JoinLeg, span: Span) -> Source {
        if let Some(table) = &leg.table {
            self.table(table)
        } else if let Some(query) = leg.query.as_ref().or(leg.input_table.as_ref()) {
            self.reading(query, leg.level.as_ref()).as_ref().clone()
        } else if let Some(csv) = &leg.csv {
            self.csv(csv)
        } else {
            self.sink.push(
                Diagnostic::new(
                    &codes::MISSING_SOURCE,
                    if leg.span.is_empty() { span } else { leg.span },
                    "the leg has no source",
                )
                .help("add one of `query`, `table`, `input_table`, `csv`"),
            );
            Source::broken()
        }
    }

    fn join_conditions(
        &mut self,
        left: &Source,
        right: &Source,
        leg: &Entry<JoinLeg>,
    ) -> Vec<(Typed, String, Typed)> {
        let conditions = leg
            .value
            .on
            .as_ref()
            .map(|on| on.0.as_slice())
            .unwrap_or_default();
        if conditions.is_empty() {
            self.sink.push(
                Diagnostic::new(
                    &codes::MISSING_JOIN_CONDITION,
                    leg.name.span,
                    format!("the leg `{}` does not say what it joins on", leg.name.value),
                )
                .label("joined on what?")
                .help(format!("add `on: \"[…/Key] = [{}/Key]\"`", leg.name.value)),
            );
        }
        conditions
            .iter()
            .filter_map(|on| self.join_condition(left, right, on, &leg.name.value))
            .collect()
    }

    fn join_condition(
        &mut self,
        left: &Source,
        right: &Source,
        on: &Formula,
        leg: &str,
    ) -> Option<(Typed, String, Typed)> {
        let ExprKind::Binary {
            op,
            left: a,
            right: b,
            ..
        } = &on.expr.kind
        else {
            return self.bad_condition(on);
        };
        if !matches!(
            op,
            BinaryOp::Equal
                | BinaryOp::NotEqual
                | BinaryOp::Less
                | BinaryOp::LessEqual
                | BinaryOp::Greater
                | BinaryOp::GreaterEqual
        ) {
            return self.bad_condition(on);
        }
        // The side that names this leg is the right one, however it was written.
        let swapped = mentions(a, leg) && !mentions(b, leg);
        let (mine, theirs) = if swapped { (b, a) } else { (a, b) };
        let mine = self.side(left, mine);
        let theirs = self.side(right, theirs);
        if mine.ty.unify(theirs.ty).is_none() {
            self.sink.push(
                Diagnostic::new(
                    &plan_codes::JOIN_TYPES,
                    on.span,
                    format!(
                        "the join compares {} with {}",
                        mine.ty.as_str(),
                        theirs.ty.as_str()
                    ),
                )
                .help("convert one side: `Text(…)`, `Number(…)`"),
            );
        }
        let op = if swapped { turned(*op) } else { *op };
        Some((mine, op.as_str().to_owned(), theirs))
    }

    fn bad_condition(&mut self, on: &Formula) -> Option<(Typed, String, Typed)> {
        if !matches!(on.expr.kind, ExprKind::Error) {
            self.sink.push(
                Diagnostic::new(
                    &plan_codes::JOIN_CONDITION,
                    on.span,
                    "a join condition compares a column of one leg with one of another",
                )
                .help("write `[Left/Key] = [Right/Key]`; several conditions are a list"),
            );
        }
        None
    }

    fn side(&mut self, source: &Source, expr: &Expr) -> Typed {
        let mut typer = Typer::over(self, source, "join");
        typer.expr(
            expr,
            Place {
                bare: Bare::Source,
                ..Place::free()
            },
        )
    }
}

fn join_kind(kind: JoinType) -> JoinKind {
    match kind {
        JoinType::Left | JoinType::Lookup => JoinKind::Left,
        JoinType::Inner => JoinKind::Inner,
        JoinType::Right => JoinKind::Right,
        JoinType::Full => JoinKind::Full,
    }
}

fn turned(op: BinaryOp) -> BinaryOp {
    match op {
        BinaryOp::Less => BinaryOp::Greater,
        BinaryOp::LessEqual => BinaryOp::GreaterEqual,
        BinaryOp::Greater => BinaryOp::Less,
        BinaryOp::GreaterEqual => BinaryOp::LessEqual,
        other => other,
    }
}

/// Whether an expression has a reference with this prefix.
fn mentions(expr: &Expr, prefix: &str) -> bool {
    match &expr.kind {
        ExprKind::Reference(r) => r.segments.len() == 2 && r.segments[0].0 == prefix,
        ExprKind::Call { args, .. } => args.iter().any(|a| mentions(a, prefix)),
        ExprKind::Unary { operand, .. } => mentions(operand, prefix),
        ExprKind::Binary { left, right, .. } => mentions(left, prefix) || mentions(right, prefix),
        ExprKind::Path { base, .. } => mentions(base, prefix),
        ExprKind::Index { base, index } => mentions(base, prefix) || mentions(index, prefix),
        ExprKind::Number(_)
        | ExprKind::Text(_)
        | ExprKind::Logical(_)
        | ExprKind::Null
        | ExprKind::Error => false,
    }
}
