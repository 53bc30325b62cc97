//! Formulas that nobody wrote: made by type, from the same seed every time.

use bookwright_compiler::value::Type;

use super::cases::Case;

/// Deepest nesting.
const DEPTH: usize = 4;

/// The first `count` generated cases.
pub fn generated(count: usize) -> Vec<Case> {
    let types = [Type::Number, Type::Text, Type::Logical, Type::Date];
    let mut dice = Dice(0x9e37_79b9_7f4a_7c15);
    (0..count)
        .map(|index| {
            let ty = types
                .get(index % types.len())
                .copied()
                .unwrap_or(Type::Number);
            let formula = dice.formula(ty, DEPTH);
            Case::new("generated", Some("generated"), &formula, "cases")
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

    fn formula(&mut self, ty: Type, depth: usize) -> String {
        if depth == 0 || self.throw(5) == 0 {
            return self.pick(leaves(ty)).to_owned();
        }
        let mut formula = self.pick(shapes(ty)).to_owned();
        for (hole, ty) in [
            ("#n", Type::Number),
            ("#t", Type::Text),
            ("#l", Type::Logical),
            ("#d", Type::Date),
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
        _ => &["[J]", "[G]", "3", "-2", "0.5", "0"],
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
            "Right(#t, 2)",
            "Mid(#t, 2, 3)",
            "Replace(#t, \"a\", \"b\")",
            "If(#l, #t, #t)",
            "Coalesce(#t, #t)",
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
            "Between(#n, -2, 3)",
            "In(#n, 0, 3)",
        ],
        Type::Date => &[
            "DateAdd(\"day\", 3, #d)",
            "DateAdd(\"month\", -1, #d)",
            "DateTrunc(\"month\", #d)",
            "DateTrunc(\"hour\", #d)",
            "If(#l, #d, #d)",
            "Coalesce(#d, #d)",
        ],
        _ => &[
            "(#n + #n)",
            "(#n - #n)",
            "(#n * #n)",
            "(#n / #n)",
            "Abs(#n)",
            "Len(#t)",
            "Find(#t, \"p\")",
            "If(#l, #n, #n)",
            "Coalesce(#n, #n)",
            "Zn(#n)",
            "NullIf(#n, #n)",
            "Year(#d)",
            "Month(#d)",
            "DateDiff(\"day\", #d, #d)",
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
