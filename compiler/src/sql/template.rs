//! Fills the templates of the function registry.

use std::borrow::Cow;

use super::error::SqlError;
use super::scalar::Scalars;
use super::tree::{Expr, Piece};
use crate::bind::date::start_of_day;
use crate::formula::functions::lowering::{self, pieces};
use crate::plan::WeekStart;
use crate::value::Value;

/// Most parts of an expression on engines whose templates repeat their arguments.
const LARGEST: usize = 20_000;

impl Scalars<'_> {
    /// A template with its holes filled; an error when a hole needs an argument that the call does not
    /// have, or the result would be too large.
    pub(super) fn fill(&self, name: &str, template: &str, args: &[Expr]) -> Result<Expr, SqlError> {
        let wrong = || SqlError::WrongArguments(name.to_owned());
        let pieces = pieces(template);
        if !self.dialect.has_natives() && !is_bounded(&pieces, args) {
            return Err(SqlError::TooLong);
        }
        let mut filled = Vec::new();
        self.fill_pieces(&pieces, args, &mut filled)
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
        args: &[Expr],
        filled: &mut Vec<Piece>,
    ) -> Option<()> {
        for piece in pieces {
            let expr = match piece {
                lowering::Piece::Sql(text) => {
                    filled.push(Piece::Text(Cow::Owned((*text).to_owned())));
                    continue;
                }
                lowering::Piece::Rest { from, separator } => {
                    for (position, arg) in args.get(*from..)?.iter().enumerate() {
                        if position > 0 {
                            filled.push(Piece::Text(Cow::Owned((*separator).to_owned())));
                        }
                        filled.push(Piece::Expr(arg.clone()));
                    }
                    continue;
                }
                lowering::Piece::ArgumentOr(index, absent)
                | lowering::Piece::Inline(index, Some(absent))
                    if *index >= args.len() =>
                {
                    self.fill_pieces(absent, args, filled)?;
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

/// Whether the filled template is no larger than an expression may be: templates may mention an argument more than
/// once, and nesting multiplies.
fn is_bounded(pieces: &[lowering::Piece<'_>], args: &[Expr]) -> bool {
    let weights: Vec<usize> = args.iter().map(weight).collect();
    filled_weight(pieces, &weights) <= LARGEST
}

fn filled_weight(pieces: &[lowering::Piece<'_>], weights: &[usize]) -> usize {
    let each = pieces.iter().map(|piece| match piece {
        lowering::Piece::Argument(index) => weights.get(*index).copied().unwrap_or(1),
        lowering::Piece::ArgumentOr(index, absent) => weights
            .get(*index)
            .copied()
            .unwrap_or_else(|| filled_weight(absent, weights)),
        lowering::Piece::Rest { from, .. } => weights.iter().skip(*from).sum(),
        _ => 1,
    });
    each.sum()
}

fn weight(expr: &Expr) -> usize {
    1 + expr.parts().into_iter().map(weight).sum::<usize>()
}
