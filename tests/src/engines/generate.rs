//! Formulas that nobody wrote: made by type, from the same seed every time.

use bookwright_compiler::value::Type;

use super::cases::{Case, Shape};

/// Deepest nesting.
const DEPTH: usize = 4;

/// The first `count` generated cases: of every four three in rows and one in groups; every other one in rows beneath
/// groups as well, when it is a window's.
pub fn generated(count: usize) -> Vec<Case> {
    let types = [Type::Number, Type::Text, Type::Logical, Type::Date];
    let mut dice = Dice(0x9e37_79b9_7f4a_7c15);
    (0..count)
        .map(|index| {
            let ty = types
                .get(index / 4 % types.len())
                .copied()
                .unwrap_or(Type::Number);
            let formula = match index % 4 {
                0 => dice.outer(aggregates(ty)),
                1 => dice.outer(windows(ty)),
                _ => dice.formula(ty, DEPTH),
            };
            let mut case = Case::new("generated", Some("generated"), &formula, "cases");
            if index % 8 == 1 {
                case.shape = Shape::Beneath;
            }
            case
        })
        .collect()
}

/// A source of numbers that repeats.
struct Dice(u64);

impl Dice {
    fn throw(&mut self, sides: usize) -> usize {
        // An xorshift generator: quality matters less than that it is the same everywhere.
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 11).unwrap_or_default() % sides
    }

    fn pick(&mut self, words: &[&'static str]) -> &'static str {
        let at = self.throw(words.len());
        words.get(at).copied().unwrap_or_default()
    }

    /// A formula of one of these shapes.
    fn outer(&mut self, shapes: &[&'static str]) -> String {
        let shape = self.pick(shapes);
        self.filled(shape, DEPTH - 1)
    }

    fn formula(&mut self, ty: Type, depth: usize) -> String {
        if depth == 0 || self.throw(5) == 0 {
            return self.pick(leaves(ty)).to_owned();
        }
        let shape = self.pick(shapes(ty));
        self.filled(shape, depth)
    }

    fn filled(&mut self, shape: &str, depth: usize) -> String {
        let mut formula = shape.to_owned();
        for (hole, ty) in [
            ("#n", Type::Number),
            ("#t", Type::Text),
            ("#l", Type::Logical),
            ("#d", Type::Date),
            ("#v", Type::Variant),
        ] {
            while let Some(at) = formula.find(hole) {
                let inner = self.formula(ty, depth - 1);
                formula.replace_range(at..at + hole.len(), &inner);
            }
        }
        formula
    }
}

fn leaves(ty: Type) -> &'static [&'static str] {
    match ty {
        Type::Text => &["[S]", "[U]", "\"apple\"", "\"\"", "\"\u{e9}%\""],
        Type::Logical => &["[L]", "True", "False"],
        Type::Date => &["[D]", "[E]", "Date(\"2026-02-28 12:30:00\")"],
        Type::Variant => &["[V]", "Array([J], 2)", "Array([U], \"a\", Null)"],
        _ => &["[J]", "[G]", "3", "-2", "0.5", "0"],
    }
}

/// What a group gives. Floats are added in another order by every engine, so nothing cuts what is added.
fn aggregates(ty: Type) -> &'static [&'static str] {
    match ty {
        Type::Text => &[
            "Min(#t)",
            "Max(#t)",
            "ListAgg(#t)",
            "ListAggDistinct(#t, \"|\")",
            "MaxIf(#t, #l)",
        ],
        Type::Date => &["Min(#d)", "Max(#d)", "MinIf(#d, #l)"],
        Type::Logical => &[
            "(Count(#t) > CountDistinct(#t))",
            "IsNull(Min(#d))",
            "(CountIf(#l) > 2)",
        ],
        _ => &[
            "Count(#t)",
            "Count(#n)",
            "CountDistinct(#t)",
            "CountDistinct(#d)",
            "CountIf(#l)",
            "Sum(#n)",
            "SumIf(#n, #l)",
            "Avg(#n)",
            "Min(#n)",
            "Max(#n)",
            "Median(#n)",
            "PercentileCont(#n, 0.9)",
            "(Sum(#n) / Count())",
        ],
    }
}

/// What the rows around a row give.
fn windows(ty: Type) -> &'static [&'static str] {
    match ty {
        Type::Text => &[
            "Lag(#t)",
            "Lead(#t, 2)",
            "First(#t)",
            "Last(#t)",
            "FillDown(#t)",
        ],
        Type::Date => &["Lag(#d)", "First(#d)", "FillDown(#d)"],
        Type::Logical => &["(Rank(#n) = 1)", "(RowNumber() > 3)", "(Lag(#n) < #n)"],
        _ => &[
            "CumulativeSum(#n)",
            "CumulativeCount(#t)",
            "MovingSum(#n, 2, 1)",
            "MovingMax(#n, 3)",
            "Lag(#n, 2, 0)",
            "Rank(#n)",
            "RankDense(#t, \"desc\")",
            "CumeDist(#n)",
            "(#n - Lag(#n))",
        ],
    }
}

fn shapes(ty: Type) -> &'static [&'static str] {
    match ty {
        Type::Text => &[
            "(#t & #t)",
            "Upper(#t)",
            "Lower(#t)",
            "Trim(#t)",
            "Left(#t, 3)",
            "Left(#t, -2)",
            "Right(#t, 2)",
            "Mid(#t, 2, 3)",
            "Mid(#t, #n)",
            "Replace(#t, \"a\", \"b\")",
            "SplitPart(#t, \",\", 2)",
            "LPad(#t, 6, \"*\")",
            "Text(#d)",
            "Text(#l)",
            "DateFormat(#d, \"%Y-%m-%d\")",
            "If(#l, #t, #t)",
            "Coalesce(#t, #t)",
            "Switch(#t, \"a\", #t, #t)",
            "Text(#v)",
            "ArrayJoin(#v, \"-\")",
        ],
        Type::Logical => &[
            "(#n < #n)",
            "(#n = #n)",
            "(#t = #t)",
            "(#t < #t)",
            "(#d >= #d)",
            "(#l And #l)",
            "(#l Or #l)",
            "Not (#l)",
            "IsNull(#t)",
            "IsNotNull(#n)",
            "Contains(#t, \"a\")",
            "StartsWith(#t, \"a\")",
            "EndsWith(#t, \"e\")",
            "Like(#t, \"%p%\")",
            "Between(#n, -2, 3)",
            "In(#n, 0, 3)",
            "In(#t, \"a\", #t)",
            "IsNull(#v)",
            "ArrayContains(#v, 2)",
            "InDateRange(#d, \"last\", \"year\")",
        ],
        Type::Date => &[
            "DateAdd(\"day\", 3, #d)",
            "DateAdd(\"month\", -1, #d)",
            "DateAdd(\"hour\", [J], #d)",
            "DateTrunc(\"month\", #d)",
            "DateTrunc(\"week\", #d)",
            "DateTrunc(\"hour\", #d)",
            "EndOfMonth(#d)",
            "MakeDate(2026, [J], 31)",
            "If(#l, #d, #d)",
            "Coalesce(#d, #d)",
            "Greatest(#d, #d)",
            "Date(Left([S], 10))",
        ],
        Type::Variant => &[
            "ArrayConcat(#v, #v)",
            "ArrayDistinct(#v)",
            "ArraySlice(#v, 1)",
            "ArrayCompact(#v)",
            "SplitToArray(#t, \",\")",
            "Array([J], [id])",
            "If(#l, #v, #v)",
        ],
        _ => &[
            "(#n + #n)",
            "(#n - #n)",
            "(#n * #n)",
            "(#n / #n)",
            "(#n % 7)",
            "Abs(#n)",
            "Sign(#n)",
            "Round(#n)",
            "Floor(#n)",
            "Ceiling(#n)",
            "Len(#t)",
            "Find(#t, \"p\")",
            "Number(#t)",
            "If(#l, #n, #n)",
            "Coalesce(#n, #n)",
            "Zn(#n)",
            "NullIf(#n, #n)",
            "Greatest(#n, #n)",
            "LeastNonNull(#n, #n)",
            "Year(#d)",
            "Month(#d)",
            "Weekday(#d)",
            "DatePart(\"week\", #d)",
            "DateDiff(\"day\", #d, #d)",
            "DateDiff(\"month\", #d, #d)",
            "ArrayLength(#v)",
            "Number(#v)",
        ],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_formulas_come_every_time_and_are_nested() {
        assert_eq!(generated(40), generated(40));
        assert!(generated(40).iter().any(|case| case.formula.len() > 60));
    }
}
