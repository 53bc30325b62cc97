//! Calls: which kind of function it is decides what its arguments see.

use super::grain::finest;
use super::scope::{Place, Typer};
use super::{Typed, TypedKind};
use crate::diag::Diagnostic;
use crate::diag::codes::{plan as codes, types as type_codes};
use crate::formula::ast::Expr;
use crate::formula::eval::OTHERS;
use crate::formula::functions::{self, Evaluator, Found, Function, Kind};
use crate::plan::relation::Parameter;
use crate::span::Span;
use crate::value::{Type, Value};

/// A call of a known function as written, and where it stands.
#[derive(Clone, Copy)]
pub(super) struct Call<'e> {
    pub(super) function: &'static Function,
    /// Of the name.
    pub(super) name: Span,
    pub(super) args: &'e [Expr],
    /// Of the whole call.
    pub(super) span: Span,
    pub(super) place: Place<'e>,
}

impl Call<'_> {
    /// The call as an expression.
    pub(super) fn typed(self, kind: TypedKind, ty: Type) -> Typed {
        Typed {
            kind,
            ty,
            span: self.span,
        }
    }

    /// The same call for its arguments: they stand inside an aggregate.
    fn inside(self) -> Self {
        let place = Place {
            aggregate: Some(self.function.name),
            ..self.place
        };
        Self { place, ..self }
    }

    /// The same call where no item of an array is at hand: its arguments are of other rows.
    fn outside(self) -> Self {
        let place = Place {
            item: false,
            ..self.place
        };
        Self { place, ..self }
    }

    /// A call that did not type; a finding says why.
    pub(super) fn error(self) -> Typed {
        Typed::error(self.span)
    }
}

impl Typer<'_, '_, '_> {
    pub(super) fn call(
        &mut self,
        name: &str,
        name_span: Span,
        args: &[Expr],
        span: Span,
        place: Place<'_>,
    ) -> Typed {
        let Some(function) = functions::resolve(name, name_span, &mut self.checker.sink) else {
            let lookup = matches!(
                functions::find(name),
                Found::Unknown {
                    nearest: Some("Lookup" | "Rollup")
                }
            );
            // Arguments are still looked at: their mistakes are their own. Those of a lookup mean another element.
            for arg in args.iter().filter(|_| !lookup) {
                self.expr(arg, place);
            }
            return Typed::error(span);
        };
        let call = Call {
            function,
            name: name_span,
            args,
            span,
            place,
        };
        match function.kind {
            Kind::Scalar if matches!(function.evaluate, Evaluator::PerItem(_)) => {
                self.per_item(call)
            }
            Kind::Scalar => {
                let (args, ty) = self.checked(call);
                let function = of_geography(function, &args);
                call.typed(TypedKind::Call { function, args }, ty)
            }
            Kind::System => self.system(call),
            Kind::Aggregate if function.name == "SparklineAgg" => self.series(call.outside()),
            Kind::Aggregate => self.aggregate(call.outside()),
            Kind::Window => self.window(call.outside()),
            Kind::Total => self.total(call.outside()),
            Kind::Lookup => self.lookup(call.outside()),
        }
    }

    /// The arguments where the call stands, and the type of the result.
    pub(super) fn checked(&mut self, call: Call<'_>) -> (Vec<Typed>, Type) {
        let args = self.arguments(call.args, call.place);
        let ty = self.check_call(call.function, &args, call.span, call.name);
        (args, ty)
    }

    fn arguments(&mut self, args: &[Expr], place: Place<'_>) -> Vec<Typed> {
        args.iter().map(|arg| self.expr(arg, place)).collect()
    }

    /// `Today`, `Now`, the person who asks.
    fn system(&mut self, call: Call<'_>) -> Typed {
        let (args, ty) = self.checked(call);
        let property = |property: &str| Parameter::User {
            property: property.to_owned(),
        };
        let parameter = match call.function.name {
            "Today" => Parameter::Today,
            "Now" => Parameter::Now,
            "CurrentUserEmail" => property("email"),
            "CurrentUserFirstName" => property("first_name"),
            "CurrentUserFullName" => property("full_name"),
            "CurrentUserAttributeText" => match args.first().map(|a| &a.kind) {
                Some(TypedKind::Literal(Value::Text(name))) => {
                    property(&format!("attribute:{name}"))
                }
                _ => return call.error(),
            },
            "CurrentUserInTeam" => return in_team(call, &args, ty),
            "CurrentTimezone" => {
                let zone = Value::text(self.checker.settings.time_zone.as_str());
                return call.typed(TypedKind::Literal(zone), ty);
            }
            _ => {
                let function = call.function;
                return call.typed(TypedKind::Call { function, args }, ty);
            }
        };
        call.typed(TypedKind::Parameter(parameter), ty)
    }

    fn aggregate(&mut self, call: Call<'_>) -> Typed {
        let Call {
            function, place, ..
        } = call;
        if let Some(outer) = place.aggregate {
            self.checker.sink.push(
                Diagnostic::new(
                    &codes::AGGREGATE_OF_AGGREGATE,
                    call.span,
                    format!("`{}` inside `{outer}` has no level of its own", function.name),
                )
                .label("an aggregate of an aggregate")
                .help("compute the inner one as a column of a grouping, then aggregate that column in an outer one"),
            );
            return call.error();
        }
        let (args, ty) = self.checked(call.inside());
        if function.alternate == Some(Kind::Window) && self.is_row_level(&args, place) {
            return call.typed(TypedKind::Window { function, args }, ty);
        }
        plain_aggregate(call, args, ty)
    }

    fn window(&mut self, call: Call<'_>) -> Typed {
        let Call {
            function, place, ..
        } = call;
        if function.alternate == Some(Kind::Aggregate) {
            let args = self.arguments(call.args, call.inside().place);
            if !self.is_row_level(&args, place) {
                let ty = self.check_call(function, &args, call.span, call.name);
                return plain_aggregate(call, args, ty);
            }
        }
        if let Some(outer) = place.aggregate {
            self.checker.sink.push(
                Diagnostic::new(
                    &codes::WINDOW_IN_AGGREGATE,
                    call.span,
                    format!("`{}` cannot be an argument of `{outer}`", function.name),
                )
                .label("a window function")
                .help("give it a column of its own, and aggregate that column in an outer grouping or a child"),
            );
            return call.error();
        }
        let (args, ty) = self.checked(call);
        if function.name == "VisibilityLimit" {
            return visibility_limit(call, args);
        }
        call.typed(TypedKind::Window { function, args }, ty)
    }

    /// `ArrayFilter`, `ArrayTransform`: the second argument is computed for each item.
    fn per_item(&mut self, call: Call<'_>) -> Typed {
        let within = Place {
            item: true,
            ..call.place
        };
        let places = [call.place, within];
        let args: Vec<Typed> = call
            .args
            .iter()
            .zip(places.into_iter().chain(std::iter::repeat(call.place)))
            .map(|(arg, place)| self.expr(arg, place))
            .collect();
        let ty = self.check_call(call.function, &args, call.span, call.name);
        let function = call.function;
        let mut engine = None;
        if let Some(each) = args.get(1) {
            each.walk(&mut |typed| match typed.kind {
                TypedKind::Call { function, .. }
                    if matches!(function.evaluate, Evaluator::Engine) =>
                {
                    engine = Some((typed.span, function.name));
                }
                _ => {}
            });
        }
        if let Some((span, inner)) = engine {
            self.checker.sink.push(
                Diagnostic::new(
                    &type_codes::ARGUMENT_RANGE,
                    span,
                    format!("`{inner}` cannot be called for each item of an array"),
                )
                .label(format!(
                    "the engine does not see the items of `{}`",
                    function.name
                )),
            );
            return call.error();
        }
        call.typed(TypedKind::Call { function, args }, ty)
    }

    /// `SparklineAgg`: an aggregate per category of the group.
    fn series(&mut self, call: Call<'_>) -> Typed {
        if call.place.aggregate.is_some() {
            return self.aggregate(call);
        }
        let inside = call.inside().place;
        let mut args = Vec::new();
        for (index, arg) in call.args.iter().enumerate() {
            args.push(self.expr(arg, if index == 0 { inside } else { call.place }));
        }
        let ty = self.check_call(call.function, &args, call.span, call.name);
        let plain = args
            .get(1)
            .filter(|arg| arg.ty != Type::Unknown && !super::grain::aggregates(arg));
        if let Some(plain) = plain {
            self.checker.sink.push(
                Diagnostic::new(
                    &codes::AGGREGATE_REQUIRED,
                    plain.span,
                    "argument 2 of `SparklineAgg` is an aggregate, one value per category",
                )
                .label("needs an aggregate"),
            );
            return call.error();
        }
        plain_aggregate(call, args, ty)
    }

    /// Whether the arguments live where the formula does, rather than beneath it.
    fn is_row_level(&self, args: &[Typed], place: Place<'_>) -> bool {
        let depth = place.depth.unwrap_or(self.levels + 1);
        args.iter()
            .all(|arg| finest(arg, &self.depths(), self.levels + 1) <= depth)
    }
}

/// `Json` and `Variant` of a geography are its `GeoJSON`.
fn of_geography(function: &'static Function, args: &[Typed]) -> &'static Function {
    let geography = args.first().is_some_and(|arg| arg.ty == Type::Geography);
    match functions::function("GeoJson") {
        Some(geo_json) if geography && matches!(function.name, "Json" | "Variant") => geo_json,
        _ => function,
    }
}

/// `If(rank <= limit, text, "Others")`
fn visibility_limit(call: Call<'_>, args: Vec<Typed>) -> Typed {
    let kind = match args.get(2).map(|kind| &kind.kind) {
        Some(TypedKind::Literal(Value::Text(kind))) => kind.to_string(),
        _ => "Rank".to_owned(),
    };
    let mut args = args.into_iter();
    let (Some(rank), Some(text), Some(limit)) =
        (functions::function(&kind), args.next(), args.next())
    else {
        return call.error();
    };
    let (Some(not_above), Some(choose)) = (functions::function("<="), functions::function("If"))
    else {
        return call.error();
    };
    let rank = TypedKind::Window {
        function: rank,
        args: Vec::new(),
    };
    let test = TypedKind::Call {
        function: not_above,
        args: vec![call.typed(rank, Type::Number), limit],
    };
    let others = TypedKind::Literal(Value::text(OTHERS));
    let args = vec![
        call.typed(test, Type::Logical),
        text,
        call.typed(others, Type::Text),
    ];
    call.typed(
        TypedKind::Call {
            function: choose,
            args,
        },
        Type::Text,
    )
}

/// Whether the person who asks is in one of several teams: whoever is, has a property that is not Null for it.
fn in_team(call: Call<'_>, teams: &[Typed], ty: Type) -> Typed {
    let (Some(or), Some(known)) = (functions::function("Or"), functions::function("IsNotNull"))
    else {
        return call.error();
    };
    let member = |team: &Typed| {
        let TypedKind::Literal(Value::Text(name)) = &team.kind else {
            return None;
        };
        let property = Parameter::User {
            property: format!("team:{name}"),
        };
        let property = Typed {
            kind: TypedKind::Parameter(property),
            ty: Type::Text,
            span: team.span,
        };
        let args = vec![property];
        let function = known;
        Some(call.typed(TypedKind::Call { function, args }, ty))
    };
    let any = teams.iter().filter_map(member).reduce(|left, right| {
        let (function, args) = (or, vec![left, right]);
        call.typed(TypedKind::Call { function, args }, ty)
    });
    any.unwrap_or_else(|| call.error())
}

/// An aggregate with the conditions of an `…If` form as its filter.
fn plain_aggregate(call: Call<'_>, mut args: Vec<Typed>, ty: Type) -> Typed {
    let Some(filtered) = call.function.filtered else {
        let kind = TypedKind::Aggregate {
            function: call.function.name,
            args,
            filter: None,
        };
        return call.typed(kind, ty);
    };
    let conditions = args.split_off(filtered.conditions_from.min(args.len()));
    let and = functions::function("And");
    let filter = conditions.into_iter().reduce(|left, right| {
        let span = left.span;
        match and {
            Some(function) => Typed {
                kind: TypedKind::Call {
                    function,
                    args: vec![left, right],
                },
                ty: Type::Logical,
                span,
            },
            None => left,
        }
    });
    let kind = TypedKind::Aggregate {
        function: filtered.base,
        args,
        filter: filter.map(Box::new),
    };
    call.typed(kind, ty)
}
