//! One way of writing a call, and the calls it is for.

use crate::formula::functions::signature::type_letter;
use crate::plan::relation::{Expr, ExprKind};
use crate::value::Value;

/// One way of writing a call.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Case {
    /// Calls it is for.
    pub guard: Guard,
    /// How these are written.
    pub written: Written,
}

/// How a case ends.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Written {
    /// By a template.
    Sql(&'static str),
    /// Not at all, for this reason.
    Refused(&'static str),
}

/// Calls a case is for: all conditions must hold.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Guard {
    count: Option<usize>,
    literal: [Option<(usize, &'static str)>; 2],
    whole: [Option<(usize, i64)>; 2],
    between: [Option<(usize, i64, i64)>; 2],
    /// A bit for each position.
    constants: u32,
    types: &'static str,
}

/// Every call; conditions may follow.
pub const fn when() -> Guard {
    Guard {
        count: None,
        literal: [None; 2],
        whole: [None; 2],
        between: [None; 2],
        constants: 0,
        types: "",
    }
}

/// The template of every call that is left.
pub const fn always(template: &'static str) -> Case {
    when().sql(template)
}

impl Guard {
    /// With exactly this many arguments.
    #[must_use]
    pub const fn count(mut self, count: usize) -> Self {
        self.count = Some(count);
        self
    }

    /// With this word as the argument at a position, as a literal, ignoring case. At most two
    /// positions.
    #[must_use]
    pub const fn literal(mut self, position: usize, word: &'static str) -> Self {
        let [first, _] = self.literal;
        self.literal = [Some((position, word)), first];
        self
    }

    /// With a literal whole number, no smaller than `least`, as the argument at a position. At most two positions.
    #[must_use]
    pub const fn whole(mut self, position: usize, least: i64) -> Self {
        let [first, _] = self.whole;
        self.whole = [Some((position, least)), first];
        self
    }

    /// With any constant as the argument at a position.
    #[must_use]
    pub const fn constant(mut self, position: usize) -> Self {
        self.constants |= 1 << position;
        self
    }

    /// With a number from `low` to `high` as the argument at a position, as a literal. At most two positions.
    #[must_use]
    pub const fn between(mut self, position: usize, low: i64, high: i64) -> Self {
        let [first, _] = self.between;
        self.between = [Some((position, low, high)), first];
        self
    }

    /// With first arguments of these types, one letter each (`t n d l v`, see
    /// [`type_letter`](crate::formula::functions::type_letter)); `*` is any type. A Null fits every letter.
    #[must_use]
    pub const fn types(mut self, types: &'static str) -> Self {
        self.types = types;
        self
    }

    /// Such calls are written so.
    pub const fn sql(self, template: &'static str) -> Case {
        Case {
            guard: self,
            written: Written::Sql(template),
        }
    }

    /// Such calls are refused.
    pub const fn refused(self, reason: &'static str) -> Case {
        Case {
            guard: self,
            written: Written::Refused(reason),
        }
    }

    /// Whether it holds for a call with these arguments.
    pub fn fits(&self, args: &[Expr]) -> bool {
        self.count.is_none_or(|count| count == args.len())
            && self.literal.iter().flatten().all(|(position, word)| {
                matches!(args.get(*position).map(|arg| &arg.kind),
                    Some(ExprKind::Literal { value: Value::Text(text) }) if text.eq_ignore_ascii_case(word))
            })
            && self.whole.iter().flatten().all(|(position, least)| {
                matches!(args.get(*position).map(|arg| &arg.kind),
                    Some(ExprKind::Literal { value: Value::Integer(number) }) if number >= least)
            })
            && (0..u32::BITS as usize)
                .filter(|position| self.constants & (1 << position) != 0)
                .all(|position| {
                    matches!(
                        args.get(position).map(|arg| &arg.kind),
                        Some(ExprKind::Literal { .. })
                    )
                })
            && self.between.iter().flatten().all(|bounds| is_between(args, *bounds))
            && self.types_fit(args)
    }

    fn types_fit(&self, args: &[Expr]) -> bool {
        self.types.chars().enumerate().all(|(position, wanted)| {
            args.get(position).is_some_and(|arg| {
                let letter = type_letter(arg.ty);
                wanted == '*' || letter == '-' || letter == wanted
            })
        })
    }
}

#[expect(
    clippy::cast_precision_loss,
    reason = "bounds are small, and no literal is near a large one"
)]
fn is_between(args: &[Expr], (position, low, high): (usize, i64, i64)) -> bool {
    match args.get(position).map(|arg| &arg.kind) {
        Some(ExprKind::Literal { value }) => value
            .as_f64()
            .is_some_and(|number| (low as f64..=high as f64).contains(&number)),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::value::Type;

    #[test]
    fn a_case_fits_by_count_words_constants_and_types() {
        let column = Expr::column(0, Type::Text);
        let day = Expr::literal(Value::text("Day"));
        let two = [column, day];
        let three = [
            two[0].clone(),
            two[1].clone(),
            Expr::literal(Value::Integer(3)),
        ];
        let cases = [
            (when(), true),
            (when().count(2), true),
            (when().count(1), false),
            (when().literal(1, "day"), true),
            (when().literal(0, "day"), false),
            (when().constant(1), true),
            (when().constant(0), false),
            (when().constant(1).constant(0), false),
            (when().types("t"), true),
            (when().types("*t"), true),
            (when().types("nt"), false),
            (when().types("ttt"), false),
        ];
        for (guard, expected) in cases {
            assert_eq!(guard.fits(&two), expected, "{guard:?}");
        }
        assert!(when().whole(2, 3).fits(&three));
        assert!(!when().whole(2, 4).fits(&three));
        assert!(!when().whole(1, 0).fits(&three));
        assert!(!when().literal(1, "day").literal(0, "day").fits(&two));
        assert!(when().types("n").fits(&[Expr::literal(Value::Null)]));
        let numbers = [Value::Integer(3), Value::Float(0.5)].map(Expr::literal);
        for (guard, expected) in [
            (when().between(0, 0, 3), true),
            (when().between(0, 0, 3).between(1, 0, 1), true),
            (when().between(0, 4, 9), false),
            (when().between(0, 0, 3).between(1, 1, 9), false),
            (when().between(2, 0, 9), false),
        ] {
            assert_eq!(guard.fits(&numbers), expected, "{guard:?}");
        }
    }
}
