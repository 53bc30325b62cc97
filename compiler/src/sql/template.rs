//! Fills the templates of the function registry.

use std::borrow::Cow;

use super::scalar::Scalars;
use super::tree::{Expr, Piece};
use crate::bind::date::start_of_day;
use crate::formula::functions::lowering::{self, pieces};
use crate::plan::WeekStart;
use crate::value::Value;

impl Scalars<'_> {
    /// A template with its holes filled; `None` when a hole needs an argument that the call does not have.
    pub(super) fn fill(&self, template: &'static str, args: &[Expr]) -> Option<Expr> {
        let mut filled = Vec::new();
        self.fill_pieces(&pieces(template), args, &mut filled)?;
        match filled.pop() {
            Some(Piece::Expr(only)) if filled.is_empty() => Some(only),
            Some(last) => {
                filled.push(last);
                Some(Expr::Template(filled))
            }
            None => None,
        }
    }

    fn fill_pieces(
        &self,
        pieces: &[lowering::Piece<'static>],
        args: &[Expr],
        filled: &mut Vec<Piece>,
    ) -> Option<()> {
        for piece in pieces {
            let expr = match piece {
                lowering::Piece::Sql(text) => {
                    filled.push(Piece::Text(Cow::Borrowed(text)));
                    continue;
                }
                lowering::Piece::Rest { from, separator } => {
                    for (position, arg) in args.get(*from..)?.iter().enumerate() {
                        if position > 0 {
                            filled.push(Piece::Text(Cow::Borrowed(separator)));
                        }
                        filled.push(Piece::Expr(arg.clone()));
                    }
                    continue;
                }
                lowering::Piece::ArgumentOr(index, absent) if *index >= args.len() => {
                    self.fill_pieces(absent, args, filled)?;
                    continue;
                }
                lowering::Piece::Argument(index) | lowering::Piece::ArgumentOr(index, _) => {
                    args.get(*index)?.clone()
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
