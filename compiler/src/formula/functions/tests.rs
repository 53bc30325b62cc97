use std::collections::BTreeSet;

use super::*;
use crate::diag::Diagnostics;
use crate::formula::ast::{Expr as Tree, ExprKind as TreeKind, UnaryOp};
use crate::formula::eval::{self, Context, Partition};
use crate::formula::parse;
use crate::plan::Settings;
use crate::plan::relation::{Expr, ExprKind};
use crate::span::{FileId, Span};
use crate::value::{Type, Value};
use crate::yaml::TextMap;

fn tree(text: &str) -> Tree {
    let map = TextMap::linear(
        Span::new(FileId(0), 0, u32::try_from(text.len()).unwrap()),
        0,
    );
    let mut sink = Diagnostics::default();
    let tree = parse(text, &map, &mut sink);
    assert!(sink.is_empty(), "{text}: {sink:?}");
    tree
}

fn plan(tree: &Tree) -> Expr {
    let literal = |value| ExprKind::Literal { value };
    let call = |function: &str, args: Vec<Expr>| ExprKind::Call {
        function: function.to_owned().into(),
        args,
    };
    let kind = match &tree.kind {
        TreeKind::Number(text) => literal(eval::parse_number(text).unwrap()),
        TreeKind::Text(text) => literal(Value::text(text.as_str())),
        TreeKind::Logical(b) => literal(Value::Logical(*b)),
        TreeKind::Null => literal(Value::Null),
        TreeKind::Reference(r) if r.segments[0].0 == "Item" => call("Item", Vec::new()),
        TreeKind::Reference(r) => ExprKind::Column {
            index: sample::COLUMNS
                .iter()
                .position(|c| *c == r.segments[0].0)
                .unwrap(),
        },
        TreeKind::Call { name, args, .. } => {
            let of_geography = matches!(args.as_slice(), [Tree { kind: TreeKind::Call { name, .. }, .. }]
                if function(name).is_some_and(|f| f.returns == Returns::One(Type::Geography)));
            let name = match name.as_str() {
                "Json" if of_geography => "GeoJson",
                name => name,
            };
            call(name, args.iter().map(plan).collect())
        }
        TreeKind::Unary {
            op: UnaryOp::Not,
            operand,
        } => call("Not", vec![plan(operand)]),
        TreeKind::Unary {
            op: UnaryOp::Negate,
            operand,
        } => call("Negate", vec![plan(operand)]),
        TreeKind::Binary {
            op, left, right, ..
        } => call(op.as_str(), vec![plan(left), plan(right)]),
        TreeKind::Path { base, key } => {
            let key = Expr {
                kind: literal(Value::text(key.as_str())),
                ty: Type::Text,
            };
            call("Path", vec![plan(base), key])
        }
        TreeKind::Index { base, index } => call("Index", vec![plan(base), plan(index)]),
        TreeKind::Error => panic!("error in {tree:?}"),
    };
    Expr {
        kind,
        ty: Type::Unknown,
    }
}

fn context() -> Context {
    Context::new(
        Settings::default(),
        crate::formula::datetime::parse_date("2026-02-15 10:30:00").unwrap(),
    )
}

fn arguments(tree: &Tree) -> Vec<Vec<Value>> {
    let TreeKind::Call { args, .. } = &tree.kind else {
        panic!("{tree:?}")
    };
    let args: Vec<Expr> = args.iter().map(plan).collect();
    sample::rows()
        .iter()
        .map(|row| {
            args.iter()
                .map(|a| eval::eval(a, row, &context()))
                .collect()
        })
        .collect()
}

fn value(text: &str) -> Value {
    eval::eval(&plan(&tree(text)), &[], &context())
}

/// The value of an example, an array for window functions. Calls around an aggregate apply to its result.
fn run(tree: &Tree) -> Value {
    if let TreeKind::Call { name, args, .. } = &tree.kind {
        let function = function(name).unwrap_or_else(|| panic!("no function {name}"));
        let rows = arguments_of(function, tree);
        match function.kind {
            _ if matches!(function.evaluate, Evaluator::PerItem(_)) => {}
            Kind::Aggregate if function.name == "SparklineAgg" => return series(function, args),
            Kind::Aggregate => return eval::aggregate(function, &rows, &context()),
            Kind::Window => {
                let peers: Vec<usize> = (0..rows.len()).collect();
                let values = eval::window(
                    function,
                    &Partition {
                        rows: &rows,
                        peers: &peers,
                    },
                    &context(),
                );
                return eval::from_json(values.iter().map(eval::to_json).collect());
            }
            Kind::Scalar | Kind::System | Kind::Lookup | Kind::Total => {
                let args: Vec<Value> = args.iter().map(run).collect();
                return eval::call(function, &args, &context());
            }
        }
    }
    eval::eval(&plan(tree), &[], &context())
}

/// An aggregate per category, and the series of these.
fn series(function: &Function, args: &[Tree]) -> Value {
    let TreeKind::Call {
        name, args: inner, ..
    } = &args[1].kind
    else {
        panic!("{args:?}")
    };
    let aggregate = super::function(name).unwrap();
    let mut groups: std::collections::BTreeMap<String, (Value, Vec<Vec<Value>>)> =
        std::collections::BTreeMap::new();
    for row in sample::rows() {
        let category = eval::eval(&plan(&args[0]), &row, &context());
        let value = eval::eval(&plan(&inner[0]), &row, &context());
        let group = groups.entry(format!("{category:?}"));
        group.or_insert((category, Vec::new())).1.push(vec![value]);
    }
    let rows: Vec<Vec<Value>> = groups
        .into_values()
        .map(|(category, rows)| vec![category, eval::aggregate(aggregate, &rows, &context())])
        .collect();
    eval::aggregate(function, &rows, &context())
}

fn arguments_of(function: &Function, tree: &Tree) -> Vec<Vec<Value>> {
    if matches!(function.kind, Kind::Aggregate | Kind::Window) {
        arguments(tree)
    } else {
        Vec::new()
    }
}

fn near(left: f64, right: f64) -> bool {
    (left - right).abs() <= 1e-9 * left.abs().max(right.abs()).max(1e-3)
}

fn close(left: &Value, right: &Value) -> bool {
    match (left, right) {
        (Value::Variant(x), Value::Variant(y)) => match (x.as_array(), y.as_array()) {
            (Some(x), Some(y)) => {
                let wrap = |j: &serde_json::Value| match j.as_f64() {
                    Some(f) => Value::Float(f),
                    None => eval::from_json(j.clone()),
                };
                x.len() == y.len() && x.iter().zip(y).all(|(x, y)| close(&wrap(x), &wrap(y)))
            }
            _ => x == y,
        },
        _ => match (left.as_f64(), right.as_f64()) {
            (Some(x), Some(y)) => near(x, y),
            _ => left == right,
        },
    }
}

#[test]
fn every_example_gives_what_it_says() {
    for f in all() {
        let Example { formula, expected } = f.example;
        if matches!(f.evaluate, Evaluator::Replaced | Evaluator::Engine) && f.filtered.is_none() {
            continue;
        }
        let tree = tree(formula);
        let found = if f.category == Category::Operator {
            value(formula)
        } else {
            run(&tree)
        };
        let wanted = value(expected);
        assert!(
            close(&found, &wanted),
            "{formula}: {found:?}, expected {expected} = {wanted:?}"
        );
    }
}

#[test]
fn every_function_is_declared_once_and_completely() {
    let mut names = BTreeSet::new();
    for f in all() {
        assert!(names.insert(f.name.to_lowercase()), "{} twice", f.name);
        assert!(f.doc.ends_with('.') && f.doc.len() > 5, "{}", f.name);
        assert!(!f.example.formula.is_empty(), "{}", f.name);
        assert!(
            f.params
                .iter()
                .skip_while(|p| p.occurs != Occurs::Optional)
                .all(|p| p.occurs == Occurs::Optional)
        );
        if let Some(filtered) = f.filtered {
            assert_eq!(
                function(filtered.base).map(|b| b.kind),
                Some(Kind::Aggregate)
            );
        }
        if f.category != Category::Operator {
            let expected = f.example.formula.to_lowercase();
            let called = expected.contains(&format!("{}(", f.name.to_lowercase()));
            assert!(called, "{}: {expected}", f.name);
        }
    }
    assert!(names.len() > 200, "{}", names.len());
}

#[test]
fn templates_are_self_contained_and_mention_arguments_once() {
    for f in all() {
        let templates: Vec<&str> = match f.lowering {
            Lowering::Template(t) => vec![t],
            Lowering::ByCount(list) => list.iter().map(|(_, t)| *t).collect(),
            Lowering::ByLiteral { cases, .. } => cases.iter().map(|(_, t)| *t).collect(),
            Lowering::Window { call, .. } => vec![call],
            Lowering::Native
            | Lowering::PerItem
            | Lowering::Passthrough
            | Lowering::Special
            | Lowering::Replaced => Vec::new(),
            Lowering::Cases(_)
            | Lowering::WindowCases { .. }
            | Lowering::Pattern(_)
            | Lowering::Made(_)
            | Lowering::Refused(_) => {
                panic!("{} is written for other engines", f.name)
            }
        };
        for template in templates {
            let mut mentioned = Vec::new();
            for piece in lowering::pieces(template) {
                match piece {
                    lowering::Piece::Argument(i) | lowering::Piece::ArgumentOr(i, _) => {
                        mentioned.push(i);
                    }
                    lowering::Piece::Rest { from, .. } => {
                        assert!(mentioned.iter().all(|i| *i < from), "{template}");
                    }
                    _ => {}
                }
            }
            let distinct: BTreeSet<_> = mentioned.iter().collect();
            assert_eq!(distinct.len(), mentioned.len(), "{template}");
            assert!(is_self_contained(template), "{template}");
        }
    }
}

#[test]
fn templates_call_only_natives_that_are_registered() {
    let native = |f: &&Function| {
        matches!(
            f.lowering,
            Lowering::Native | Lowering::ByCount(_) | Lowering::ByLiteral { .. }
        )
    };
    let registered: BTreeSet<String> = all().filter(native).map(|f| native_name(f.name)).collect();
    let text = format!("{:?}", all().map(|f| f.lowering).collect::<Vec<_>>());
    let called: BTreeSet<&str> = text
        .split("bw_")
        .skip(1)
        .filter_map(|t| t.split('(').next())
        .collect();
    assert!(called.len() >= 4, "{called:?}");
    for name in called {
        assert!(registered.contains(&format!("bw_{name}")), "{name}");
    }
}

/// One call, one hole, or all in one pair of parentheses.
fn is_self_contained(template: &str) -> bool {
    let start = template.find('(');
    let prefix = start.and_then(|at| template.get(..at)).unwrap_or(template);
    if start.is_none() {
        return template.starts_with('{') && template.ends_with('}');
    }
    let mut depth = 0;
    for (at, c) in template.char_indices() {
        depth += i32::from(c == '(') - i32::from(c == ')');
        if depth == 0 && c == ')' {
            return at + 1 == template.len()
                && prefix
                    .chars()
                    .all(|c| c.is_ascii_alphanumeric() || c == '_');
        }
    }
    false
}

/// Names with the function, or the words, that they lead to.
const BROUGHT: &str = "
    Length Len | RunningSum CumulativeSum | RunningAvg CumulativeAvg | Mode AggNumber | SumOver Subtotal | AvgOver Rollup
    CountOver GrandTotal | MinOver grouping | MaxOver grouping | RankOver Rank | And And | Or Or | Case Switch | IIf If
    IfNull Coalesce | NVL Coalesce | IsIn In | IfError Coalesce | CountD CountDistinct | CountRows Count | Average Avg
    AverageIf AvgIf | SumIfs SumIf | CountIfs CountIf | StdDevPop VariancePop | StdDevP VariancePop | VarPop VariancePop
    VarianceP VariancePop | PercentileInc PercentileCont | Covar Corr | CovarP Corr | DivideSafe / | SafeDivide /
    ToText Text | ToString Text | ToNumber Number | Week DatePart | WeekNum DatePart | WeekOfYear DatePart
    DayName WeekdayName | DayOfWeek Weekday | DateSub DateAdd | Random CallNumber | Substitute Replace | Ifs If
    BinCount BinFixed | VLookup Lookup | XLookup Lookup
    VLOOKUP Lookup | IFERROR Coalesce | SUMIFS SumIf | COUNTIFS CountIf | DATEDIF DateDiff | IFNULL Coalesce
    TO_DATE DateParse | TODATE Date | DATE_TRUNC DateTrunc | STRFTIME DateFormat | CASE If | ATTR Min | WINDOW_SUM MovingSum
    RUNNING_SUM CumulativeSum | FIXED Rollup | COUNTD CountDistinct | SPLIT_PART SplitPart | date_part DatePart
    REGEXP_REPLACE RegexpReplace | ARRAY_LENGTH ArrayLength | ST_DISTANCE Distance | Nvl2 IsNotNull | EDATE DateAdd";

#[test]
fn names_people_bring_along_lead_to_the_right_one() {
    let mut names = BTreeSet::new();
    for (name, replacement, advice) in absent::instead() {
        assert!(names.insert(name.to_lowercase()), "{name} twice");
        let callable = function(name).is_some_and(|f| f.category != Category::Operator);
        assert!(!callable, "{name} is a function");
        assert!(replacement.is_none_or(|r| function(r).is_some()), "{name}");
        // What is advised as a whole call is one.
        if !advice.contains('`') && advice.contains('(') {
            let called = advice.split('(').next().unwrap_or_default();
            assert!(function(called).is_some(), "{name}: {advice}");
        }
    }
    for pair in BROUGHT
        .split(['|', '\n'])
        .map(str::trim)
        .filter(|p| !p.is_empty())
    {
        let (name, wanted) = pair.split_once(' ').unwrap();
        let advice = match find(name) {
            Found::Instead { name, advice } => format!("{} {advice}", name.unwrap_or_default()),
            Found::Unknown { nearest } => nearest.unwrap_or_default().to_owned(),
            Found::Function(function) => panic!("{name} is {function:?}"),
        };
        assert!(advice.contains(wanted), "{name}: {advice}");
    }
    assert_eq!(find("sum"), Found::Function(function("Sum").unwrap()));
    assert_eq!(
        find("Rnak"),
        Found::Unknown {
            nearest: Some("Rank")
        }
    );
    assert_eq!(find("Qqqqqqqq"), Found::Unknown { nearest: None });
}

#[test]
#[expect(clippy::too_many_lines, reason = "a table of cases")]
fn values_follow_the_rules_of_the_language() {
    for (formula, expected) in [
        ("9223372036854775807 + 1", "9223372036854775808.0"),
        ("1 / 0", "Null"),
        ("0 * -1", "0"),
        ("5 % 0", "Null"),
        ("5.5 % 2", "1.5"),
        ("2 ^ -1", "0.5"),
        ("(-8) ^ (1 / 3)", "Null"),
        ("Null = Null", "Null"),
        ("\"a\" < \"B\"", "False"),
        ("Null And True", "Null"),
        ("Null Or False", "Null"),
        ("Not Null", "Null"),
        ("\"a\" & Null", "Null"),
        ("If(Null, 1, 2)", "2"),
        ("If(False, 1)", "Null"),
        ("Switch(Null, Null, 1, 2)", "2"),
        ("Choose(0, 1)", "Null"),
        ("Choose(Null, 1)", "Null"),
        ("In(Null, 1, Null)", "True"),
        ("In(2, 1, Null)", "False"),
        ("In(Null, 1)", "Null"),
        ("Between(1, 2, Null)", "False"),
        ("Between(Null, 2, 3)", "Null"),
        ("Left(\"abc\", -5)", "\"\""),
        ("Right(\"abc\", 0)", "\"\""),
        ("Right(\"abc\", 9)", "\"abc\""),
        ("Mid(\"abc\", 0, 2)", "\"a\""),
        ("Mid(\"abc\", 5)", "\"\""),
        ("Mid(\"abc\", 2, -1)", "\"\""),
        ("SplitPart(\"a,b\", \",\", 3)", "\"\""),
        ("SplitPart(\"a,b\", \",\", -3)", "\"\""),
        ("Repeat(\"x\", 0)", "Null"),
        ("Replace(\"abc\", \"\", \"x\")", "\"abc\""),
        ("Contains(\"abc\", \"\")", "True"),
        ("LPad(\"abcdef\", 3)", "\"abc\""),
        ("LPad(\"a\", 3, \"\")", "\"a\""),
        ("Like(\"50%\", \"50%\")", "True"),
        ("Like(\"abc\", \"a_\")", "False"),
        ("RegexpExtract(\"a1b2\", \"[0-9]\", 2)", "\"2\""),
        ("RegexpExtract(\"abc\", \"[0-9]\")", "Null"),
        ("RegexpReplace(\"a.b\", \"\\\\.\", \"$\")", "\"a$b\""),
        ("Text(1e21)", "\"1e21\""),
        ("Text(0.1 + 0.2)", "\"0.30000000000000004\""),
        ("Text(3.0)", "\"3\""),
        ("Number(\" 12.50 \")", "12.5"),
        ("Number(\"0x10\")", "Null"),
        ("Number(\"inf\")", "Null"),
        ("Number(Date(\"1970-01-02\"))", "86400"),
        (
            "Date(\"2026-01-31T23:00:00-03:00\")",
            "Date(\"2026-02-01 02:00:00\")",
        ),
        ("Date(86400.5)", "Date(\"1970-01-02 00:00:00.5\")"),
        ("Logical(\"yes\")", "Null"),
        ("Json(\"{\")", "Null"),
        ("Text(Json(\"{\"\"a\"\": [1, \"\"b\"\"]}\").a[1])", "\"b\""),
        ("Json(\"null\")", "Null"),
        (
            "DateAdd(\"month\", 1, Date(\"2024-01-31\"))",
            "Date(\"2024-02-29\")",
        ),
        ("DateAdd(\"year\", 9000, Date(\"2024-01-31\"))", "Null"),
        ("DateAdd(\"day\", 1e300, Date(\"2024-01-31\"))", "Null"),
        (
            "DateDiff(\"week\", Date(\"2026-01-31\"), Date(\"2026-02-01\"))",
            "1",
        ),
        (
            "DateDiff(\"hour\", Date(\"2026-01-31 10:59\"), Date(\"2026-01-31 11:01\"))",
            "1",
        ),
        (
            "DateDiff(\"month\", Date(\"2026-03-01\"), Date(\"2026-02-28\"))",
            "-1",
        ),
        (
            "DateTrunc(\"week\", Date(\"2026-02-04 12:00\"))",
            "Date(\"2026-02-01\")",
        ),
        (
            "DateTrunc(\"week_starting_monday\", Date(\"2026-02-01\"))",
            "Date(\"2026-01-26\")",
        ),
        (
            "DateTrunc(\"day\", Date(\"2026-02-01 01:00\"), \"America/Sao_Paulo\")",
            "Date(\"2026-01-31\")",
        ),
        ("DatePart(\"week\", Date(\"2026-01-03\"))", "1"),
        ("DatePart(\"week\", Date(\"2026-01-04\"))", "2"),
        ("DatePart(\"epoch\", Date(\"1969-12-31 23:59:59.5\"))", "-1"),
        (
            "LastDay(Date(\"2026-02-01\"), \"week\")",
            "Date(\"2026-02-07 23:59:59\")",
        ),
        (
            "EndOfMonth(Date(\"9999-12-01\"))",
            "Date(\"9999-12-31 23:59:59\")",
        ),
        (
            "InDateRange(Date(\"2026-02-01\"), \"last\", \"month\")",
            "False",
        ),
        (
            "InDateRange(Date(\"2026-01-25\"), \"last\", \"week\", 1, 3)",
            "True",
        ),
        (
            "InDateRange(Date(\"2025-02-15\"), \"to_date\", \"year\", 1, -1)",
            "True",
        ),
        (
            "InDateRange(Date(\"2025-02-16\"), \"to_date\", \"year\", 1, -1)",
            "False",
        ),
        (
            "InDateRange(Date(\"2026-03-31 23:00\"), \"next\", \"month\", 1)",
            "True",
        ),
        (
            "InDateRange(Date(\"2026-02-28\"), \"current\", \"month\")",
            "True",
        ),
        (
            "BusinessDays(Date(\"2026-02-02\"), Date(\"2026-01-30\"))",
            "-2",
        ),
        (
            "MakeDate(2026, 1, 31, 13, 5, 9)",
            "Date(\"2026-01-31 13:05:09\")",
        ),
        (
            "DateFormat(Date(\"2026-05-07\"), \"%Y-Q%q %A %a %e%%\")",
            "\"2026-Q2 Thursday Thu  7%\"",
        ),
        ("Ceiling(-3.6)", "-3"),
        ("Floor(0.3, 0.1)", "0.3"),
        ("Floor(10, 0)", "Null"),
        ("MRound(-456, 100)", "-500"),
        ("BinFixed(95, 0, 90, 3)", "4"),
        ("BinFixed(-1, 0, 90, 3)", "0"),
        ("Greatest(1, Null)", "Null"),
        ("Log(0)", "Null"),
        ("ArraySlice(Array(1, 2), -5)", "Array(1, 2)"),
        ("ArrayContains(Array(1, 2.0), 2)", "True"),
        ("ArrayJoin(Array(1, Null), \",\", \"-\")", "\"1,-\""),
        ("Sequence(1, 3, 0)", "Array()"),
        ("SplitToArray(\"ab\", \"\")", "Array(\"a\", \"b\")"),
    ] {
        let (found, wanted) = (value(formula), value(expected));
        assert!(
            close(&found, &wanted),
            "{formula}: {found:?}, expected {expected} = {wanted:?}"
        );
    }
}

#[test]
fn weeks_follow_the_setting() {
    let mut cx = context();
    cx.settings.week_start = crate::plan::WeekStart::Monday;
    let at = |text: &str| eval::eval(&plan(&tree(text)), &[], &cx);
    assert_eq!(
        at("DateTrunc(\"week\", Date(\"2026-02-01\"))"),
        at("Date(\"2026-01-26\")")
    );
    assert_eq!(
        at("DatePart(\"week\", Date(\"2021-01-01\"))"),
        Value::Integer(53)
    );
}

#[test]
fn instants_are_shown_in_the_zone_of_the_project() {
    let settings = Settings {
        time_zone: "America/Sao_Paulo".into(),
        ..Settings::default()
    };
    let cx = Context::new(settings, 0);
    let at = |text: &str| eval::eval(&plan(&tree(text)), &[], &cx);
    assert_eq!(at("DateFromUnix(0)"), at("Date(\"1969-12-31 21:00:00\")"));
    assert_eq!(
        at("Number(Date(\"1969-12-31 21:00:00\"))"),
        Value::Integer(0)
    );
    assert_eq!(
        at("Date(\"1970-01-01T00:00:00Z\")"),
        at("Date(\"1969-12-31 21:00:00\")")
    );
    assert_eq!(
        at("DateFormat(Date(\"2026-01-31\"), \"%Z\")"),
        Value::text("-03:00")
    );
}

#[test]
fn extreme_arguments_do_not_panic() {
    let extremes = [
        Value::Null,
        Value::Integer(i64::MIN),
        Value::Integer(i64::MAX),
        Value::Integer(0),
        Value::Float(-1e308),
        Value::Float(1e308),
        Value::Text("".into()),
        Value::Text("day".into()),
        Value::Text("last".into()),
        Value::Text("\u{1f600}\u{e9}".into()),
        Value::Date(i64::MIN),
        Value::Date(crate::formula::datetime::parse_date("9999-12-31 23:59:59").unwrap()),
        Value::Logical(true),
        eval::from_json(serde_json::json!([1, null, {"a": 1}])),
    ];
    let cx = context();
    for f in all() {
        let (least, most) = f.arity();
        for count in least..=most.unwrap_or(least + 2).min(6) {
            for shift in 0..extremes.len() * 3 {
                let at = |i: usize| {
                    extremes[(i * (1 + shift / extremes.len()) + shift) % extremes.len()].clone()
                };
                let args: Vec<Value> = (0..count).map(at).collect();
                eval::call(f, &args, &cx);
                let rows = vec![args.clone(), args];
                eval::aggregate(f, &rows, &cx);
                eval::window(
                    f,
                    &Partition {
                        rows: &rows,
                        peers: &[0, 1],
                    },
                    &cx,
                );
            }
        }
    }
}
