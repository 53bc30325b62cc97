//! A page of text for each function and operator, from the registry alone.

use super::signature::{
    Accepts, Category, Evaluator, Fixed, Function, Kind, NullRule, Occurs, Param, Returns, Valid,
};
use super::{Frame, Lowering, absent, all, usage};

/// The title: the name, in backticks for operators.
pub fn title(function: &Function) -> String {
    match function.category {
        Category::Operator => format!("Operator `{}`", function.name),
        _ => function.name.to_owned(),
    }
}

/// Name of the page's file, without an extension; unique whatever letter case a file system keeps.
pub fn file_stem(function: &Function) -> String {
    let word = match function.name {
        _ if function.category != Category::Operator => return function.name.to_owned(),
        "+" => "add",
        "-" => "subtract",
        "*" => "multiply",
        "/" => "divide",
        "%" => "remainder",
        "^" => "power",
        "&" => "join",
        "=" => "equal",
        "!=" => "not-equal",
        "<" => "less",
        "<=" => "less-or-equal",
        ">" => "greater",
        ">=" => "greater-or-equal",
        word => return format!("operator-{}", word.to_lowercase()),
    };
    format!("operator-{word}")
}

/// How a call is written.
pub fn written(function: &Function) -> String {
    match (function.category, function.name, function.params) {
        (Category::Operator, "Negate", _) => "-number".to_owned(),
        (Category::Operator, "Path", _) => "variant.key".to_owned(),
        (Category::Operator, "Index", _) => "variant[index]".to_owned(),
        (Category::Operator, "Item", _) => "[Item]".to_owned(),
        (Category::Operator, "GeoJson", _) => "Json(geography)".to_owned(),
        (Category::Operator, name, [left, right]) => format!("{} {name} {}", left.name, right.name),
        (Category::Operator, name, [operand]) => format!("{name} {}", operand.name),
        _ => usage(function),
    }
}

/// The group a function is listed under, in words.
pub fn family(category: Category) -> &'static str {
    match category {
        Category::Operator => "Operators",
        Category::Logical => "Conditions and nulls",
        Category::Text => "Text",
        Category::Math => "Numbers",
        Category::Date => "Dates",
        Category::Type => "Conversions",
        Category::Aggregate => "Aggregates",
        Category::Window => "Window functions",
        Category::Array => "Arrays",
        Category::System => "Who asks",
        Category::Join => "Values of other elements",
        Category::Financial => "Finance",
        Category::Passthrough => "Functions of the engine",
        Category::Geography => "Geography",
    }
}

/// The page, in Markdown.
pub fn page(function: &Function) -> String {
    let mut parts = vec![
        format!("# {}", title(function)),
        format!("```\n{}\n```", written(function)),
        function.doc.to_owned(),
    ];
    if !function.params.is_empty() {
        parts.push(arguments(function));
    }
    parts.push(format!("Gives {}. {}", result(function), nulls(function)));
    parts.push(level(function).to_owned());
    parts.extend(alternate(function).map(str::to_owned));
    let example = function.example;
    let sample = super::sample::COLUMNS
        .iter()
        .any(|column| example.formula.contains(&format!("[{column}]")));
    parts.push(format!(
        "## Example\n\n```\n{}\n```\n\ngives `{}`{}",
        example.formula,
        example.expected,
        if sample { SAMPLE } else { "." }
    ));
    parts.extend(others(function));
    parts.join("\n\n") + "\n"
}

const SAMPLE: &str = " over the rows `N` 2, 4, Null, 4, 10; `T` b, a, Null, empty text, a; `D` 2026-01-01, 2026-01-15, \
2026-02-01, Null, 2026-03-01; `L` True, False, True, Null, True.";

fn arguments(function: &Function) -> String {
    let rows = function.params.iter().map(|param| {
        let mut notes = vec![occurs(param.occurs)];
        notes.extend(match param.fixed {
            Fixed::No => None,
            Fixed::Literal => Some("a literal"),
            Fixed::Constant => Some("the same for every row: a literal or a control"),
        });
        notes.extend(match param.valid {
            Valid::Any => None,
            Valid::Fraction => Some("from 0 to 1"),
            Valid::Positive => Some("1 or more"),
            Valid::Pattern => Some("a regular expression"),
            Valid::IsoDate => Some("text in ISO form"),
            Valid::DateFormat => {
                Some("parts such as `%Y-%m-%d`: see [words and literals](constants.md)")
            }
            Valid::EngineFunction => Some("a plain name, with dots where it is qualified"),
        });
        format!(
            "| `{}` | {} | {} |",
            param.name,
            types(param),
            notes.join("; ")
        )
    });
    let rows: Vec<String> = rows.collect();
    format!("| argument | type | |\n|---|---|---|\n{}", rows.join("\n"))
}

fn occurs(occurs: Occurs) -> &'static str {
    match occurs {
        Occurs::Once => "required",
        Occurs::Optional => "optional",
        Occurs::Any => "any number of times",
        Occurs::Many => "one or more times",
        Occurs::Group => "repeats with its neighbours, once or more",
    }
}

fn types(param: &Param) -> String {
    match param.accepts {
        Accepts::One(ty) => ty.as_str().to_owned(),
        Accepts::OneOf(types) => {
            let names: Vec<&str> = types.iter().map(|ty| ty.as_str()).collect();
            names.join(", ")
        }
        Accepts::Any => "any".to_owned(),
        Accepts::Same => "any, one for all".to_owned(),
        Accepts::Key => "any, that of the value compared".to_owned(),
        Accepts::Pair => "any, that of its neighbour".to_owned(),
        Accepts::Aggregate => "an aggregate formula".to_owned(),
        Accepts::Choice(words) => {
            let words: Vec<String> = words.iter().map(|word| format!("`\"{word}\"`")).collect();
            words.join(", ")
        }
    }
}

fn result(function: &Function) -> String {
    match function.returns {
        Returns::One(ty) => {
            let article = if ty == crate::value::Type::Text {
                ""
            } else {
                "a "
            };
            format!("{article}{}", ty.as_str())
        }
        Returns::Same => "the type of its values".to_owned(),
    }
}

fn nulls(function: &Function) -> &'static str {
    match (function.nulls, function.evaluate) {
        (_, Evaluator::Engine) => "What it does with Null is up to the engine.",
        (NullRule::Propagate, _) if function.params.is_empty() => "It is never Null.",
        (NullRule::Propagate, _) => "Null when an argument is.",
        (NullRule::Aware, _) => "It has a rule of its own for Null.",
        (NullRule::Skip, _) => "Nulls are left out.",
    }
}

fn level(function: &Function) -> &'static str {
    match function.kind {
        Kind::Scalar if matches!(function.evaluate, Evaluator::Engine) => {
            "The engine computes it row by row; the reference evaluator gives Null, as nobody else knows its functions."
        }
        Kind::Scalar => {
            "Computed row by row, at the level of the column: from columns of this level and of outer ones."
        }
        Kind::Aggregate => {
            "Aggregates the rows of a group in a column of a grouping, and all rows as a summary. At base level it sees one row only."
        }
        Kind::Window if depends_on_order(function) => {
            "Looks at the rows of its level, in the sort of that level; it starts anew in each group of the next level outwards. Without a sort of its own the level comes in the order of its keys."
        }
        Kind::Window => {
            "Looks at the rows of its level; it starts anew in each group of the next level outwards."
        }
        Kind::Lookup if function.category == Category::Date => {
            "Looks among the rows of its level, by date and within the group outwards. Rows that are not there give Null."
        }
        Kind::Lookup => {
            "Reads another element by key, after its filters. It never multiplies rows."
        }
        Kind::System => "Known when a page asks: the same for every row.",
        Kind::Total => {
            "Computes its aggregate again from the rows of a coarser level, and repeats it on every row of its own; it does not add up cells."
        }
    }
}

fn depends_on_order(function: &Function) -> bool {
    !matches!(
        function.lowering,
        Lowering::Window {
            frame: Frame::Rank(_) | Frame::RankUnique(_),
            ..
        }
    )
}

fn alternate(function: &Function) -> Option<&'static str> {
    Some(match function.alternate? {
        Kind::Aggregate => "With arguments of a finer level it is an aggregate of them.",
        Kind::Window => {
            "With arguments of its own level it is a window function over all rows of the group outwards."
        }
        Kind::Scalar | Kind::Lookup | Kind::System | Kind::Total => return None,
    })
}

/// Names under which other tools know it.
fn others(function: &Function) -> Option<String> {
    let names = absent::instead().filter(|(_, name, _)| *name == Some(function.name));
    let names: Vec<String> = names.map(|(other, _, _)| format!("`{other}`")).collect();
    (!names.is_empty()).then(|| format!("Known elsewhere as {}.", names.join(", ")))
}

/// The index of all pages, by family.
pub fn index() -> String {
    let mut text = String::from(
        "# Functions\n\n\
         Generated from the registry of functions (`compiler/src/formula/functions`), as is each page. Brackets hold what may\n\
         be left out, `…` stands behind what repeats. [Words and literals](constants.md) that arguments may be have a page too.\n",
    );
    let mut last = None;
    for function in all() {
        if last != Some(function.category) {
            last = Some(function.category);
            text.push_str(&["\n## ", family(function.category), "\n\n"].concat());
        }
        let (written, stem) = (written(function), file_stem(function));
        let line = format!("- [`{written}`]({stem}.md): {}\n", function.doc);
        text.push_str(&line);
    }
    text
}

/// The page of literals, and of words that arguments may be.
pub fn constants() -> String {
    let mut text = String::from(CONSTANTS);
    let mut seen: Vec<&[&str]> = Vec::new();
    for param in all().flat_map(|function| function.params) {
        let Accepts::Choice(words) = param.accepts else {
            continue;
        };
        if seen.contains(&words) {
            continue;
        }
        seen.push(words);
        let users =
            all().filter(|function| function.params.iter().any(|p| p.accepts == param.accepts));
        let users: Vec<String> = users
            .map(|user| format!("[`{}`]({}.md)", user.name, file_stem(user)))
            .collect();
        let listed: Vec<String> = words.iter().map(|word| format!("`\"{word}\"`")).collect();
        let section = format!(
            "\n## {}\n\n{}\n\nTaken by {}.\n",
            param.name,
            listed.join(", "),
            users.join(", ")
        );
        text.push_str(&section);
    }
    text
}

const CONSTANTS: &str = "# Words and literals\n\n\
`True`, `False` and `Null` are literals, in any letter case. Words are text literals, in quotes and in any letter case.\n\n\
## Parts of date formats\n\n\
`DateFormat` writes and `DateParse` reads `%Y` and `%y` (year of four and of two digits), `%q` (quarter, written only), `%m` \
(month), `%B` and `%b` (its name, in full and short), `%d` and `%e` (day, with a zero or a space in front), `%j` (day of the \
year, written only), `%A` and `%a` (weekday, in full and short), `%H` and `%I` (hour of 24 and of 12), `%M` (minute), `%S` \
(second), `%p` (AM or PM), `%L` and `%f` (milliseconds and microseconds), `%Z` (offset, such as `-07:00`) and `%%`.\n";

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_page_has_a_name_of_its_own_and_shows_its_function() {
        let mut stems = BTreeSet::new();
        for function in all() {
            let stem = file_stem(function);
            assert!(stems.insert(stem.to_lowercase()), "{stem} twice");
            assert!(
                stem.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-'),
                "{stem}"
            );
            let text = page(function);
            for part in [function.doc, function.example.formula, &written(function)] {
                assert!(text.contains(part), "{text}");
            }
        }
        assert!(
            index()
                .lines()
                .filter(|line| line.starts_with("- "))
                .count()
                == stems.len()
        );
        assert!(!stems.contains("readme") && !stems.contains("constants"));
    }
}
