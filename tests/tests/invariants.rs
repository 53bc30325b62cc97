//! What holds for every formula, over formulas that people wrote, cases that fuzzers found, and ones made at random.

use arbitrary::Unstructured;
use bookwright_tests::mistakes::random::Random;
use bookwright_tests::{formulas, invariants};

const SEED: u64 = 20_261_123;

/// Formulas that once broke an invariant.
const FOUND: &[&str] = &[
    "MovingMin([Amount], -1, 2)",
    "CurrentUserInTeam(\"Growth\")",
];

/// What random formulas are made of.
const TOKENS: &[&str] = &[
    "[Amount]",
    "[Name]",
    "[Day]",
    "[Sales/City]",
    "[",
    "]",
    "(",
    ")",
    ",",
    ".",
    "a",
    "1",
    "2.5",
    ".5",
    "1e9",
    "\"a\"",
    "'b'",
    "\"",
    "'",
    "\\",
    "=",
    "!=",
    "<",
    ">=",
    "+",
    "-",
    "*",
    "/",
    "%",
    "^",
    "&",
    "And",
    "Or",
    "Not ",
    "Null",
    "True",
    "Sum(",
    "If(",
    "Count(",
    "DateTrunc(",
    "Lookup(",
    "Rank(",
    " ",
    "\n",
    "{{",
    "}}",
    "\u{201c}",
    "\u{2212}",
    "\u{e9}",
    "\u{1f600}",
    "\u{feff}",
];

#[test]
fn what_broke_an_invariant_once_keeps_it() {
    for formula in FOUND {
        invariants::tokens(formula);
        invariants::formula(formula);
        invariants::prose(&format!("{{{{{formula}}}}}"));
        invariants::column(formula);
    }
}

#[test]
fn formulas_that_people_write_print_and_parse_to_the_same() -> std::io::Result<()> {
    let written = formulas::written()?;
    assert!(written.len() > 100, "{} formulas", written.len());
    for formula in &written {
        invariants::tokens(formula);
        invariants::formula(formula);
    }
    for example in formulas::examples() {
        invariants::tokens(example);
        assert!(invariants::formula(example), "{example} has a finding");
    }
    Ok(())
}

#[test]
fn random_tokens_never_break_the_parser() {
    let mut random = Random::new(SEED);
    for _ in 0..3000 {
        let text = soup(&mut random);
        invariants::tokens(&text);
        invariants::formula(&text);
        invariants::prose(&text);
    }
}

#[test]
fn a_slip_in_a_formula_never_breaks_the_checker() {
    let mut random = Random::new(SEED);
    let all: Vec<String> = formulas::over_the_fuzzed_table().collect();
    for _ in 0..250 {
        let formula = slipped(&mut random, &all);
        invariants::formula(&formula);
        invariants::column(&formula);
    }
}

#[test]
fn random_trees_print_and_parse_to_the_same() {
    let mut random = Random::new(SEED);
    for _ in 0..3000 {
        let bytes: Vec<u8> = (0..120)
            .map(|_| u8::try_from(random.below(256)).unwrap_or(0))
            .collect();
        if let Ok(tree) = invariants::expression(&mut Unstructured::new(&bytes)) {
            invariants::printed(&tree);
        }
    }
}

fn soup(random: &mut Random) -> String {
    let length = 1 + random.below(14);
    (0..length)
        .map(|_| TOKENS[random.below(TOKENS.len())])
        .collect()
}

/// A formula with a token left out, put in, or taken from another formula.
fn slipped(random: &mut Random, all: &[String]) -> String {
    let mut pick = |list: &[String]| list[random.below(list.len())].clone();
    let (formula, other) = (pick(all), pick(all));
    let tokens = pieces(&formula);
    let others = pieces(&other);
    let mut tokens: Vec<&str> = tokens.iter().map(String::as_str).collect();
    let at = random.below(tokens.len());
    match random.below(4) {
        0 => drop(tokens.remove(at)),
        1 => tokens.insert(at, TOKENS[random.below(TOKENS.len())]),
        2 => tokens[at] = &others[random.below(others.len())],
        _ => tokens[at] = TOKENS[random.below(TOKENS.len())],
    }
    tokens.concat()
}

/// The text of a formula cut behind each token.
fn pieces(formula: &str) -> Vec<String> {
    let mut last = 0;
    let mut list = Vec::new();
    for token in bookwright_compiler::formula::tokens(formula) {
        let piece = formula.get(last..token.end);
        list.extend(piece.map(str::to_owned));
        last = token.end;
    }
    list
}
