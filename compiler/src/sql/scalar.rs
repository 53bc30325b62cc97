//! Scalar expressions of the plan as SQL.

use std::borrow::Cow;

use super::dialect::Dialect;
use super::error::SqlError;
use super::tree::{Comparison, Expr, Infix};
use crate::bind::Bindings;
use crate::bind::date::parse;
use crate::formula::functions::lowering::{Case, Written};
use crate::formula::functions::signature::type_letter;
use crate::formula::functions::{
    self, Function, Kind, Lowering, NullRule, Returns, is_engine_function, native_name,
};
use crate::plan::relation::{self, ExprKind};
use crate::value::{Type, Value};

/// Deepest nesting of an expression: engines have limits of their own not far above.
const DEEPEST: usize = 500;

/// Columns of the input as SQL; `None` where nobody needs them.
pub(super) type Columns = [Option<Expr>];

/// What scalar SQL depends on.
#[derive(Clone, Copy)]
pub(super) struct Scalars<'a> {
    pub(super) dialect: &'a dyn Dialect,
    pub(super) bindings: &'a Bindings,
}

impl Scalars<'_> {
    /// The SQL of an expression over `columns`.
    pub(super) fn lower(&self, expr: &relation::Expr, columns: &Columns) -> Result<Expr, SqlError> {
        self.lower_at(expr, columns, 0)
    }

    /// The SQL of several expressions.
    pub(super) fn lower_all(
        &self,
        exprs: &[relation::Expr],
        columns: &Columns,
    ) -> Result<Vec<Expr>, SqlError> {
        exprs.iter().map(|expr| self.lower(expr, columns)).collect()
    }

    fn lower_at(
        &self,
        expr: &relation::Expr,
        columns: &Columns,
        depth: usize,
    ) -> Result<Expr, SqlError> {
        if depth > DEEPEST {
            return Err(SqlError::TooDeep);
        }
        match &expr.kind {
            ExprKind::Column { index } => column(columns, *index),
            ExprKind::Literal { value } => Ok(Expr::Value(value.clone())),
            ExprKind::Call { function, args } => {
                if let Some(item) = self.item(function) {
                    return Ok(item);
                }
                self.not_refused(function)?;
                if let [array, each] = args.as_slice()
                    && let Some(function) = self.looks_at_items(function)
                {
                    let array = self.lower_at(array, columns, depth + 1)?;
                    return per_item(function, (array, &args[0]), each, columns);
                }
                let lowered = args
                    .iter()
                    .map(|arg| self.lower_at(arg, columns, depth + 1))
                    .collect::<Result<_, _>>()?;
                self.call(function, args, lowered)
            }
            ExprKind::Parameter { .. }
            | ExprKind::ControlFilter { .. }
            | ExprKind::ColumnFilter { .. } => {
                Err(SqlError::UnknownFunction("an unbound parameter".to_owned()))
            }
        }
    }

    fn call(
        &self,
        function: &str,
        plan: &[relation::Expr],
        args: Vec<Expr>,
    ) -> Result<Expr, SqlError> {
        let wrong = || SqlError::WrongArguments(function.to_owned());
        if !self.is_special(function) {
            return self.registered(function, plan, args);
        }
        if let Some(comparison) = comparison(function) {
            let [left, right] = <[Expr; 2]>::try_from(args).map_err(|_| wrong())?;
            return Ok(Expr::compare(left, comparison, right));
        }
        match (function, plan) {
            ("And", [_, _, ..]) => Ok(Expr::Infix {
                operator: Infix::And,
                operands: args,
            }),
            ("Or", [_, _, ..]) => Ok(Expr::Infix {
                operator: Infix::Or,
                operands: args,
            }),
            ("Not", [_]) => Ok(Expr::Not(args.into_iter().next().ok_or_else(wrong)?.into())),
            ("IsNull" | "IsNotNull", [_]) => {
                let value = args.into_iter().next().ok_or_else(wrong)?.into();
                Ok(Expr::IsNull {
                    value,
                    negated: function == "IsNotNull",
                })
            }
            ("If", [_, ..]) => Ok(case(None, args)),
            ("Switch", [_, ..]) => {
                let mut args = args;
                let subject = args.remove(0);
                Ok(case(Some(subject.into()), args))
            }
            ("Choose", [_, ..]) => Ok(choose(args)),
            ("In", [_, candidates @ ..]) => Ok(is_in(candidates, args)),
            ("ArrayContains", [array, wanted]) if elements(array).is_some() => {
                let elements = elements(array).unwrap_or_default();
                let candidates: Vec<_> = elements
                    .iter()
                    .filter_map(|json| element(json, wanted.ty))
                    .collect();
                let value = args.into_iter().nth(1).ok_or_else(wrong)?;
                if candidates.is_empty() {
                    // An empty list holds no value, and of Null nothing is known.
                    let there = Expr::IsNull {
                        value: value.into(),
                        negated: true,
                    };
                    let no = Expr::Value(Value::Logical(false));
                    return Ok(case(None, vec![there, no]));
                }
                let lowered = candidates.iter().cloned().map(Expr::Value);
                let lowered = std::iter::once(value).chain(lowered).collect();
                let candidates: Vec<_> = candidates
                    .into_iter()
                    .map(relation::Expr::literal)
                    .collect();
                Ok(is_in(&candidates, lowered))
            }
            _ => self.registered(function, plan, args),
        }
    }

    /// Whether the printer writes a function itself: where the engine's table asks for it.
    pub(super) fn is_special(&self, function: &str) -> bool {
        self.dialect.has_natives()
            || functions::function(function)
                .is_none_or(|known| self.dialect.lowering(known) == Lowering::Special)
    }

    /// A call by what the registry, or the table of the dialect, says.
    pub(super) fn registered(
        &self,
        name: &str,
        plan: &[relation::Expr],
        args: Vec<Expr>,
    ) -> Result<Expr, SqlError> {
        let function =
            functions::function(name).ok_or_else(|| SqlError::UnknownFunction(name.to_owned()))?;
        // A bare NULL has no type by which an engine could choose among its functions of a name.
        let is_null = |arg: &relation::Expr| matches!(&arg.kind, ExprKind::Literal { value } if value.is_null());
        if !self.dialect.has_natives()
            && function.kind == Kind::Scalar
            && function.nulls == NullRule::Propagate
            && plan.iter().any(is_null)
        {
            return Ok(Expr::Value(Value::Null));
        }
        self.written(function, self.dialect.lowering(function), plan, args)
    }

    /// A call in a given way.
    pub(super) fn written(
        &self,
        function: &'static Function,
        lowering: Lowering,
        plan: &[relation::Expr],
        args: Vec<Expr>,
    ) -> Result<Expr, SqlError> {
        let name = function.name;
        let template = match lowering {
            Lowering::Template(template) => Some(template),
            Lowering::Cases(cases) => Some(self.fitting(name, cases, plan)?),
            Lowering::ByCount(templates) => templates
                .iter()
                .find(|(count, _)| *count == args.len())
                .map(|(_, template)| *template),
            Lowering::ByLiteral {
                argument,
                count,
                cases,
            } => by_literal(plan, argument, count, cases),
            Lowering::Native => None,
            Lowering::Pattern(specifiers) => {
                return self.pattern(function, specifiers, plan, &args);
            }
            Lowering::Made(made) => {
                let made = (made.write)(plan).map_err(|reason| self.unsupported(name, reason))?;
                let mut args = args;
                args.extend(made.values.into_iter().map(Expr::Value));
                return self.fill(name, &made.template, plan, &args);
            }
            Lowering::Passthrough => return self.passthrough(function, plan, args),
            Lowering::Refused(reason) => return Err(self.unsupported(name, reason)),
            Lowering::Window { .. }
            | Lowering::WindowCases { .. }
            | Lowering::PerItem
            | Lowering::Special
            | Lowering::Replaced => {
                return Err(SqlError::UnknownFunction(name.to_owned()));
            }
        };
        match template {
            Some(template) => self.fill(name, template, plan, &args),
            None => Ok(native(function, plan, args)),
        }
    }

    /// The template of the first case that fits.
    pub(super) fn fitting(
        &self,
        name: &str,
        cases: &'static [Case],
        plan: &[relation::Expr],
    ) -> Result<&'static str, SqlError> {
        match cases.iter().find(|case| case.guard.fits(plan)) {
            Some(Case {
                written: Written::Sql(template),
                ..
            }) => Ok(template),
            Some(Case {
                written: Written::Refused(reason),
                ..
            }) => Err(self.unsupported(name, reason)),
            None => Err(self.unsupported(name, "not with these arguments")),
        }
    }

    pub(super) fn unsupported(&self, name: &str, reason: &'static str) -> SqlError {
        SqlError::Unsupported {
            function: name.to_owned(),
            dialect: self.dialect.name(),
            reason,
        }
    }
}

/// A call of the evaluator for every item of an array: what it computes is handed over in JSON, with its columns
/// numbered by the values that follow.
fn per_item(
    function: &Function,
    (array, plan): (Expr, &relation::Expr),
    each: &relation::Expr,
    columns: &Columns,
) -> Result<Expr, SqlError> {
    let mut each = each.clone();
    let mut read: Vec<(usize, Type)> = Vec::new();
    renumber(&mut each, &mut read);
    let wrong = |_| SqlError::WrongArguments(function.name.to_owned());
    let text = serde_json::to_string(&each).map_err(wrong)?;
    let types = [plan.ty, Type::Text]
        .into_iter()
        .chain(read.iter().map(|(_, ty)| *ty));
    let tag: String = types.map(type_letter).collect();
    let mut args = vec![
        Expr::Word(Cow::Owned(format!("'{tag}'"))),
        array,
        Expr::Value(Value::text(text)),
    ];
    for (index, _) in read {
        args.push(column(columns, index)?);
    }
    Ok(Expr::call(native_name(function.name), args))
}

/// Numbers the columns of an expression anew, in the order of `read`.
fn renumber(expr: &mut relation::Expr, read: &mut Vec<(usize, Type)>) {
    match &mut expr.kind {
        ExprKind::Column { index } => {
            let known = read.iter().position(|(known, _)| known == index);
            let position = known.unwrap_or_else(|| {
                read.push((*index, expr.ty));
                read.len() - 1
            });
            *index = position;
        }
        ExprKind::Call { args, .. } => args.iter_mut().for_each(|arg| renumber(arg, read)),
        ExprKind::ControlFilter { value, .. } | ExprKind::ColumnFilter { value, .. } => {
            renumber(value, read);
        }
        ExprKind::Literal { .. } | ExprKind::Parameter { .. } => {}
    }
}

impl Scalars<'_> {
    /// An error for a function that the engine refuses: what its arguments hold may have no SQL without it.
    fn not_refused(&self, name: &str) -> Result<(), SqlError> {
        match functions::function(name).map(|known| self.dialect.lowering(known)) {
            Some(Lowering::Refused(reason)) => Err(self.unsupported(name, reason)),
            _ => Ok(()),
        }
    }

    /// The item at hand, where functions that look at each item of an array are subqueries.
    fn item(&self, name: &str) -> Option<Expr> {
        (name == "Item").then(|| self.dialect.item()).flatten()
    }

    /// A function of the items of an array, where the evaluator can be called.
    fn looks_at_items(&self, name: &str) -> Option<&'static Function> {
        let function = functions::function(name)?;
        (self.dialect.lowering(function) == Lowering::PerItem).then_some(function)
    }

    /// A call of a function of the engine. Its name is copied into the statement, so it is looked at again here.
    fn passthrough(
        &self,
        function: &Function,
        plan: &[relation::Expr],
        mut args: Vec<Expr>,
    ) -> Result<Expr, SqlError> {
        let name = match plan.first().map(|name| &name.kind) {
            Some(ExprKind::Literal {
                value: Value::Text(name),
            }) if is_engine_function(name) => Cow::Owned(name.as_ref().to_owned()),
            _ => return Err(SqlError::WrongArguments(function.name.to_owned())),
        };
        args.remove(0);
        let Returns::One(ty) = function.returns else {
            return Err(SqlError::WrongArguments(function.name.to_owned()));
        };
        Ok(match function.kind {
            Kind::Aggregate => Expr::Aggregate {
                name,
                distinct: false,
                args,
                order: Vec::new(),
            },
            _ => self.dialect.foreign(Expr::Call { name, args }, ty),
        })
    }
}

/// Membership in which a listed Null is found too, and a miss is False whatever else is listed.
fn is_in(candidates: &[relation::Expr], args: Vec<Expr>) -> Expr {
    let mut args = args.into_iter();
    let Some(value) = args.next() else {
        return Expr::Value(Value::Logical(false));
    };
    let args: Vec<Expr> = args.collect();
    if args.is_empty() {
        return Expr::Value(Value::Logical(false));
    }
    if !candidates
        .iter()
        .all(|candidate| matches!(candidate.kind, ExprKind::Literal { .. }))
    {
        return any_of(&value, args);
    }
    let (nulls, candidates): (Vec<_>, Vec<_>) = args
        .into_iter()
        .partition(|arg| matches!(arg, Expr::Value(Value::Null)));
    let is_null = Expr::IsNull {
        value: value.clone().into(),
        negated: false,
    };
    match (candidates.is_empty(), nulls.is_empty()) {
        (true, _) => is_null,
        (false, true) => Expr::In {
            value: value.into(),
            candidates,
        },
        (false, false) => {
            let found = Expr::In {
                value: value.into(),
                candidates,
            };
            Expr::Infix {
                operator: Infix::Or,
                operands: vec![found, is_null],
            }
        }
    }
}

/// A column of the input.
pub(super) fn column(columns: &Columns, index: usize) -> Result<Expr, SqlError> {
    columns
        .get(index)
        .cloned()
        .flatten()
        .ok_or(SqlError::MissingColumn(index))
}

/// The comparison of an operator's name.
pub(super) fn comparison(function: &str) -> Option<Comparison> {
    Some(match function {
        "=" => Comparison::Equal,
        "!=" => Comparison::NotEqual,
        "<" => Comparison::Less,
        "<=" => Comparison::LessEqual,
        ">" => Comparison::Greater,
        ">=" => Comparison::GreaterEqual,
        _ => return None,
    })
}

/// A call of the evaluator that the runtime registers, with the types of its arguments where it needs them.
fn native(function: &Function, plan: &[relation::Expr], mut args: Vec<Expr>) -> Expr {
    if function.is_tagged() {
        let tag: String = plan.iter().map(|arg| type_letter(arg.ty)).collect();
        args.insert(0, Expr::Word(Cow::Owned(format!("'{tag}'"))));
    }
    Expr::call(native_name(function.name), args)
}

fn by_literal(
    plan: &[relation::Expr],
    argument: usize,
    count: usize,
    cases: &'static [(&'static str, &'static str)],
) -> Option<&'static str> {
    let ExprKind::Literal {
        value: Value::Text(word),
    } = &plan.get(argument)?.kind
    else {
        return None;
    };
    let found = cases
        .iter()
        .find(|(case, _)| case.eq_ignore_ascii_case(word));
    found
        .filter(|_| plan.len() == count)
        .map(|(_, template)| *template)
}

/// Pairs of condition and result, then perhaps an else.
fn case(subject: Option<Box<Expr>>, args: Vec<Expr>) -> Expr {
    let mut branches = Vec::with_capacity(args.len() / 2);
    let mut args = args.into_iter();
    let mut otherwise = None;
    while let Some(condition) = args.next() {
        match args.next() {
            Some(result) => branches.push((condition, result)),
            None => otherwise = Some(condition.into()),
        }
    }
    if branches.is_empty() {
        return otherwise.map_or(Expr::Value(Value::Null), |otherwise: Box<Expr>| *otherwise);
    }
    Expr::Case {
        subject,
        branches,
        otherwise,
    }
}

fn choose(mut args: Vec<Expr>) -> Expr {
    // A fractional index is cut.
    let index = match args.remove(0) {
        index @ Expr::Value(Value::Integer(_)) => index,
        index => Expr::call("floor", vec![index]),
    };
    let branches: Vec<_> = (1_i64..)
        .zip(args)
        .map(|(position, value)| (Expr::Value(Value::Integer(position)), value))
        .collect();
    if branches.is_empty() {
        Expr::Value(Value::Null)
    } else {
        Expr::Case {
            subject: Some(index.into()),
            branches,
            otherwise: None,
        }
    }
}

/// Membership among expressions, any of which may be Null.
fn any_of(value: &Expr, candidates: Vec<Expr>) -> Expr {
    let compare = |candidate| Expr::compare(value.clone(), Comparison::NullSafeEqual, candidate);
    let mut branches: Vec<_> = candidates
        .into_iter()
        .map(|candidate| (compare(candidate), Expr::Value(Value::Logical(true))))
        .collect();
    let known = Expr::IsNull {
        value: value.clone().into(),
        negated: true,
    };
    branches.push((known, Expr::Value(Value::Logical(false))));
    Expr::Case {
        subject: None,
        branches,
        otherwise: None,
    }
}

/// Elements of a constant array.
fn elements(array: &relation::Expr) -> Option<&[serde_json::Value]> {
    match &array.kind {
        ExprKind::Literal {
            value: Value::Variant(json),
        } => json.as_array().map(Vec::as_slice),
        _ => None,
    }
}

/// An element as a value of the type it is compared with; `None` when it equals no such value.
pub(super) fn element(json: &serde_json::Value, ty: Type) -> Option<Value> {
    use serde_json::Value as Json;
    match (json, ty) {
        (Json::Null, _) => Some(Value::Null),
        (Json::Bool(truth), Type::Logical | Type::Unknown) => Some(Value::Logical(*truth)),
        (Json::Number(number), Type::Number | Type::Unknown) => number
            .as_i64()
            .map(Value::Integer)
            .or_else(|| number.as_f64().map(Value::Float)),
        (Json::String(text), Type::Date) => parse(text, "UTC")
            .ok()
            .map(|moment| Value::Date(moment.micros)),
        (Json::String(text), Type::Text | Type::Unknown) => Some(Value::text(text.as_str())),
        (_, Type::Variant) => Some(Value::Variant(json.clone().into())),
        _ => None,
    }
}
