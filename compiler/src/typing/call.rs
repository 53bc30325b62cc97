//! Calls: which kind of function it is decides what its arguments see.

use super::grain::finest;
use super::scope::{Place, Typer};
use super::{Typed, TypedKind};
use crate::diag::Diagnostic;
use crate::diag::codes::{plan as codes, types as type_codes};
use crate::formula::ast::Expr;
use crate::formula::functions::{self, Found, Function, Kind};
use crate::plan::relation::Parameter;
use crate::span::Span;
use crate::value::{Type, Value};

impl Typer<'_, '_, '_> {
    pub(super) fn call(
        &mut self,
        name: &str,
        name_span: Span,
        args: &[Expr],
        span: Span,
        place: Place<'_>,
    ) -> Typed {
        let function = match functions::find(name) {
            Found::Function(function) => function,
            other => {
                let lookup = matches!(
                    &other,
                    Found::Unknown {
                        nearest: Some("Lookup" | "Rollup")
                    }
                );
                self.unknown_function(name, name_span, other);
                // Arguments are still looked at: their mistakes are their own. Those of a lookup mean another element.
                for arg in args.iter().filter(|_| !lookup) {
                    self.expr(arg, place);
                }
                return Typed::error(span);
            }
        };
        match function.kind {
            Kind::Scalar => {
                let args = self.arguments(args, place);
                let ty = self.check_call(function, &args, span, name_span);
                Typed {
                    kind: TypedKind::Call { function, args },
                    ty,
                    span,
                }
            }
            Kind::System => self.system(function, name_span, args, span, place),
            Kind::Aggregate => self.aggregate(function, name_span, args, span, place),
            Kind::Window => self.window(function, name_span, args, span, place),
            Kind::Total => self.total(function, name_span, args, span, place),
            Kind::Lookup => self.lookup(function, name_span, args, span, place),
        }
    }

    fn arguments(&mut self, args: &[Expr], place: Place<'_>) -> Vec<Typed> {
        args.iter().map(|arg| self.expr(arg, place)).collect()
    }

    fn unknown_function(&mut self, name: &str, span: Span, found: Found) {
        let diagnostic = match found {
            Found::Function(_) => return,
            Found::NotYet(canonical) => Diagnostic::new(
                &type_codes::FUNCTION_NOT_AVAILABLE,
                span,
                format!("`{canonical}` is a function of the platform that is not available yet"),
            )
            .label("known, not yet available"),
            Found::Instead {
                name: instead,
                advice,
            } => {
                let found = Diagnostic::new(
                    &type_codes::FOREIGN_FUNCTION,
                    span,
                    format!("no function named `{name}`"),
                )
                .label("not a function of this language")
                .help(format!("use `{advice}`"));
                match instead {
                    Some(instead) => found.fix(format!("write `{instead}`"), span, instead),
                    None => found,
                }
            }
            Found::Unknown { nearest } => {
                let found = Diagnostic::new(
                    &type_codes::UNKNOWN_FUNCTION,
                    span,
                    format!("no function named `{name}`"),
                );
                match nearest {
                    Some(near) => found
                        .label(format!("a function with a similar name exists: `{near}`"))
                        .fix(format!("write `{near}`"), span, near),
                    None => found.label("not found"),
                }
            }
        };
        self.checker.sink.push(diagnostic);
    }

    /// `Today`, `Now`, the person who asks.
    fn system(
        &mut self,
        function: &'static Function,
        at: Span,
        args: &[Expr],
        span: Span,
        place: Place<'_>,
    ) -> Typed {
        let args = self.arguments(args, place);
        let ty = self.check_call(function, &args, span, at);
        let property = |property: &str| Parameter::User {
            property: property.to_owned(),
        };
        let parameter = match function.name {
            "Today" => Parameter::Today,
            "Now" => Parameter::Now,
            "CurrentUserEmail" => property("email"),
            "CurrentUserFirstName" => property("first_name"),
            "CurrentUserFullName" => property("full_name"),
            "CurrentUserAttributeText" => match args.first().map(|a| &a.kind) {
                Some(TypedKind::Literal(Value::Text(name))) => {
                    property(&format!("attribute:{name}"))
                }
                _ => return Typed::error(span),
            },
            "CurrentTimezone" => {
                let zone = Value::text(self.checker.settings.time_zone.as_str());
                return Typed {
                    kind: TypedKind::Literal(zone),
                    ty,
                    span,
                };
            }
            _ => {
                return Typed {
                    kind: TypedKind::Call { function, args },
                    ty,
                    span,
                };
            }
        };
        Typed {
            kind: TypedKind::Parameter(parameter),
            ty,
            span,
        }
    }

    fn aggregate(
        &mut self,
        function: &'static Function,
        at: Span,
        args: &[Expr],
        span: Span,
        place: Place<'_>,
    ) -> Typed {
        if let Some(outer) = place.aggregate {
            self.checker.sink.push(
                Diagnostic::new(
                    &codes::AGGREGATE_OF_AGGREGATE,
                    span,
                    format!("`{}` inside `{outer}` has no level of its own", function.name),
                )
                .label("an aggregate of an aggregate")
                .help("compute the inner one as a column of a grouping, then aggregate that column in an outer one"),
            );
            return Typed::error(span);
        }
        let inner = Place {
            aggregate: Some(function.name),
            ..place
        };
        let args = self.arguments(args, inner);
        let ty = self.check_call(function, &args, span, at);
        if function.alternate == Some(Kind::Window) && self.is_row_level(&args, place) {
            return Typed {
                kind: TypedKind::Window { function, args },
                ty,
                span,
            };
        }
        plain_aggregate(function, args, ty, span)
    }

    fn window(
        &mut self,
        function: &'static Function,
        at: Span,
        args: &[Expr],
        span: Span,
        place: Place<'_>,
    ) -> Typed {
        if function.alternate == Some(Kind::Aggregate) {
            let inner = Place {
                aggregate: Some(function.name),
                ..place
            };
            let typed = self.arguments(args, inner);
            if !self.is_row_level(&typed, place) {
                let ty = self.check_call(function, &typed, span, at);
                return plain_aggregate(function, typed, ty, span);
            }
        }
        if let Some(outer) = place.aggregate {
            self.checker.sink.push(
                Diagnostic::new(
                    &codes::WINDOW_IN_AGGREGATE,
                    span,
                    format!("`{}` cannot be an argument of `{outer}`", function.name),
                )
                .label("a window function")
                .help("give it a column of its own, and aggregate that column in an outer grouping or a child"),
            );
            return Typed::error(span);
        }
        let args = self.arguments(args, place);
        let ty = self.check_call(function, &args, span, at);
        Typed {
            kind: TypedKind::Window { function, args },
            ty,
            span,
        }
    }

    /// Whether the arguments live where the formula does, rather than beneath it.
    fn is_row_level(&self, args: &[Typed], place: Place<'_>) -> bool {
        let depth = place.depth.unwrap_or(self.levels + 1);
        args.iter()
            .all(|arg| finest(arg, &self.depths(), self.levels + 1) <= depth)
    }

    /// `GrandTotal`, `Subtotal`, `PercentOfTotal`.
    fn total(
        &mut self,
        function: &'static Function,
        at: Span,
        args: &[Expr],
        span: Span,
        place: Place<'_>,
    ) -> Typed {
        let args = self.arguments(args, place);
        let ty = self.check_call(function, &args, span, at);
        let mut list = args.into_iter();
        let Some(aggregate) = list.next() else {
            return Typed::error(span);
        };
        let rest: Vec<Typed> = list.collect();
        let Some(outwards) = self.total_mode(function, &rest) else {
            return Typed::error(span);
        };
        let result = aggregate.ty;
        let total = |aggregate: Typed| Typed {
            kind: TypedKind::Total {
                aggregate: Box::new(aggregate),
                outwards,
            },
            ty: result,
            span,
        };
        if function.name != "PercentOfTotal" {
            return total(aggregate);
        }
        let Some(divide) = functions::function("/") else {
            return Typed::error(span);
        };
        let args = vec![aggregate.clone(), total(aggregate)];
        Typed {
            kind: TypedKind::Call {
                function: divide,
                args,
            },
            ty,
            span,
        }
    }

    /// How many levels outwards a total reaches; `Some(None)` is the whole element. `None` after a finding.
    fn total_mode(&mut self, function: &Function, rest: &[Typed]) -> Option<Option<usize>> {
        let default = if self.chart || function.name == "GrandTotal" {
            "grand_total"
        } else {
            "parent_grouping"
        };
        let mode = match rest.first().map(|m| &m.kind) {
            Some(TypedKind::Literal(Value::Text(mode))) => mode.to_lowercase(),
            Some(_) => return None,
            None => default.to_owned(),
        };
        match mode.as_str() {
            "grand_total" => Some(None),
            "parent_grouping" => Some(Some(match rest.get(1).map(|n| &n.kind) {
                Some(TypedKind::Literal(Value::Integer(n))) => usize::try_from(*n).unwrap_or(1),
                _ => 1,
            })),
            other => {
                let span = rest[0].span;
                self.checker.sink.push(
                    Diagnostic::new(
                        &type_codes::FUNCTION_NOT_AVAILABLE,
                        span,
                        format!("mode `{other}` of `{}` is not available yet", function.name),
                    )
                    .help("`\"grand_total\"` and `\"parent_grouping\"` are"),
                );
                None
            }
        }
    }
}

/// An aggregate with the conditions of an `…If` form as its filter.
fn plain_aggregate(
    function: &'static Function,
    mut args: Vec<Typed>,
    ty: Type,
    span: Span,
) -> Typed {
    let Some(filtered) = function.filtered else {
        return Typed {
            kind: TypedKind::Aggregate {
                function: function.name,
                args,
                filter: None,
            },
            ty,
            span,
        };
    };
    let conditions = args.split_off(filtered.conditions_from.min(args.len()));
    let and = functions::function("And");
    let filter = conditions.into_iter().reduce(|left, right| {
        let joined = left.span;
        match and {
            Some(function) => Typed {
                kind: TypedKind::Call {
                    function,
                    args: vec![left, right],
                },
                ty: Type::Logical,
                span: joined,
            },
            None => left,
        }
    });
    Typed {
        kind: TypedKind::Aggregate {
            function: filtered.base,
            args,
            filter: filter.map(Box::new),
        },
        ty,
        span,
    }
}
