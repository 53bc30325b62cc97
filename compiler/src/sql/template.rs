//! Fills the templates of the function registry.

use std::borrow::Cow;

use super::error::SqlError;
use super::scalar::Scalars;
use super::tree::{Expr, Piece};
use crate::bind::date::start_of_day;
use crate::formula::functions::lowering::{self, pieces};
use crate::plan::WeekStart;
use crate::plan::relation;
use crate::value::Value;

/// Most parts of an expression on engines whose templates repeat their arguments.
const LARGEST: usize = 20_000;

/// What the holes of a template stand for.
#[derive(Clone, Copy)]
struct Call<'c> {
    plan: &'c [relation::Expr],
    args: &'c [Expr],
    /// The argument that a list is at.
    item: Option<usize>,
}

impl Scalars<'_> {
    /// A template with its holes filled; an error when a hole needs an argument that the call does not
    /// have, or the result would be too large.
    pub(super) fn fill(
        &self,
        name: &str,
        template: &str,
        plan: &[relation::Expr],
        args: &[Expr],
    ) -> Result<Expr, SqlError> {
        let wrong = || SqlError::WrongArguments(name.to_owned());
        let pieces = pieces(template);
        if !self.dialect.has_natives() && !is_bounded(&pieces, args) {
            return Err(SqlError::TooLong);
        }
        let mut filled = Vec::new();
        let call = Call {
            plan,
            args,
            item: None,
        };
        self.fill_pieces(&pieces, call, &mut filled)
            .ok_or_else(wrong)?;
        let filled = match filled.pop() {
            Some(Piece::Expr(only)) if filled.is_empty() => Some(only),
            Some(last) => {
                filled.push(last);
                Some(Expr::Template(filled))
            }
            None => None,
        };
        filled.ok_or_else(wrong)
    }

    fn fill_pieces(
        &self,
        pieces: &[lowering::Piece<'_>],
        call: Call<'_>,
        filled: &mut Vec<Piece>,
    ) -> Option<()> {
        let args = call.args;
        for piece in pieces {
            let expr = match piece {
                lowering::Piece::Sql(text) => {
                    filled.push(Piece::Text(Cow::Owned((*text).to_owned())));
                    continue;
                }
                lowering::Piece::Rest {
                    from,
                    separator,
                    each,
                } => {
                    for position in *from..args.len().max(*from) {
                        let item = Some(position);
                        if position > *from {
                            self.fill_pieces(separator, call, filled)?;
                        }
                        self.fill_pieces(each, Call { item, ..call }, filled)?;
                    }
                    continue;
                }
                lowering::Piece::Item => args.get(call.item?)?.clone(),
                lowering::Piece::ItemOf(function) => self.within(function, call, call.item?)?,
                lowering::Piece::ArgumentOf(index, function) => {
                    self.within(function, call, *index)?
                }
                lowering::Piece::ArgumentOr(index, absent)
                | lowering::Piece::Inline(index, Some(absent))
                    if *index >= args.len() =>
                {
                    self.fill_pieces(absent, call, filled)?;
                    continue;
                }
                lowering::Piece::Over => {
                    filled.push(Piece::Behind);
                    continue;
                }
                lowering::Piece::Inline(index, _) => match args.get(*index)? {
                    Expr::Value(value) => Expr::Inline(value.clone()),
                    _ => return None,
                },
                lowering::Piece::Argument(index) | lowering::Piece::ArgumentOr(index, _) => {
                    args.get(*index)?.clone()
                }
                lowering::Piece::Type(ty) => {
                    filled.push(Piece::Text(Cow::Borrowed(self.dialect.type_name(*ty))));
                    continue;
                }
                lowering::Piece::Week => Expr::word(match self.bindings.settings.week_start {
                    WeekStart::Sunday => "0",
                    WeekStart::Monday => "1",
                }),
                lowering::Piece::Weekday => Expr::word(match self.bindings.settings.week_start {
                    WeekStart::Sunday => "SUNDAY",
                    WeekStart::Monday => "MONDAY",
                }),
                lowering::Piece::Zone => {
                    Expr::Value(Value::text(self.bindings.settings.time_zone.as_str()))
                }
                lowering::Piece::Now => Expr::Value(Value::Date(self.bindings.now)),
                lowering::Piece::Today => Expr::Value(Value::Date(start_of_day(self.bindings.now))),
            };
            filled.push(Piece::Expr(expr));
        }
        Some(())
    }
}

impl Scalars<'_> {
    /// An argument within a function of one argument.
    fn within(&self, function: &str, call: Call<'_>, index: usize) -> Option<Expr> {
        let plan = call.plan.get(index..=index)?;
        let arg = call.args.get(index)?.clone();
        self.registered(function, plan, vec![arg]).ok()
    }
}

/// Whether the filled template is no larger than an expression may be: templates may mention an argument more than
/// once, and nesting multiplies.
fn is_bounded(pieces: &[lowering::Piece<'_>], args: &[Expr]) -> bool {
    let weights: Vec<usize> = args.iter().map(weight).collect();
    filled_weight(pieces, &weights, 1) <= LARGEST
}

/// `item` is the weight of the argument that a list is at.
fn filled_weight(pieces: &[lowering::Piece<'_>], weights: &[usize], item: usize) -> usize {
    let each = pieces.iter().map(|piece| match piece {
        lowering::Piece::Argument(index) | lowering::Piece::ArgumentOf(index, _) => {
            weights.get(*index).copied().unwrap_or(1)
        }
        lowering::Piece::ArgumentOr(index, absent) => weights
            .get(*index)
            .copied()
            .unwrap_or_else(|| filled_weight(absent, weights, item)),
        lowering::Piece::Rest {
            from,
            separator,
            each,
        } => {
            let items = weights.iter().skip(*from);
            items
                .map(|weight| {
                    filled_weight(separator, weights, 1) + filled_weight(each, weights, *weight)
                })
                .sum()
        }
        lowering::Piece::Item | lowering::Piece::ItemOf(_) => item,
        _ => 1,
    });
    each.sum()
}

fn weight(expr: &Expr) -> usize {
    1 + expr.parts().into_iter().map(weight).sum::<usize>()
}
