use proptest::prelude::*;

use super::*;
use crate::diag::Severity;
use crate::formula::ast::{Reference, UnaryOp};
use crate::formula::print;
use crate::span::FileId;

const BASE: u32 = 100;

fn parsed(text: &str) -> (Expr, Diagnostics) {
    let end = BASE + u32::try_from(text.len()).unwrap();
    let map = TextMap::linear(Span::new(FileId(0), BASE, end), BASE);
    let mut sink = Diagnostics::default();
    let expr = parse(text, &map, &mut sink);
    (expr, sink)
}

/// Applies the fix of the only finding.
fn fixed(text: &str, sink: &Diagnostics) -> Option<String> {
    let mut edits = sink.iter().next()?.fix.clone()?.edits;
    edits.sort_by_key(|e| std::cmp::Reverse(e.span));
    let mut out = text.to_owned();
    for edit in edits {
        out.replace_range(
            (edit.span.start - BASE) as usize..(edit.span.end - BASE) as usize,
            &edit.text,
        );
    }
    Some(out)
}

/// A tree without its places.
fn bare(expr: &Expr) -> Expr {
    let kind = match &expr.kind {
        ExprKind::Reference(r) => ExprKind::Reference(Reference {
            segments: r
                .segments
                .iter()
                .map(|(n, _)| (n.clone(), Span::default()))
                .collect(),
        }),
        ExprKind::Call { name, args, .. } => ExprKind::Call {
            name: name.clone(),
            name_span: Span::default(),
            args: args.iter().map(bare).collect(),
        },
        ExprKind::Unary { op, operand } => ExprKind::Unary {
            op: *op,
            operand: Box::new(bare(operand)),
        },
        ExprKind::Binary {
            op, left, right, ..
        } => ExprKind::Binary {
            op: *op,
            op_span: Span::default(),
            left: Box::new(bare(left)),
            right: Box::new(bare(right)),
        },
        ExprKind::Path { base, key } => ExprKind::Path {
            base: Box::new(bare(base)),
            key: key.clone(),
        },
        ExprKind::Index { base, index } => ExprKind::Index {
            base: Box::new(bare(base)),
            index: Box::new(bare(index)),
        },
        other => other.clone(),
    };
    Expr {
        kind,
        span: Span::default(),
    }
}

#[test]
fn formulas_print_in_the_canonical_form() {
    for (text, expected) in [
        ("1+2*3", "1 + 2 * 3"),
        ("(1+2)*3", "(1 + 2) * 3"),
        ("1-(2-3)", "1 - (2 - 3)"),
        ("(1-2)-3", "1 - 2 - 3"),
        ("2^3^2", "2 ^ 3 ^ 2"),
        ("(2^3)^2", "(2 ^ 3) ^ 2"),
        ("-2^2", "-2 ^ 2"),
        ("(-2)^2", "(-2) ^ 2"),
        ("2^-3*4", "2 ^ -3 * 4"),
        ("- -1", "--1"),
        ("not(true)", "Not True"),
        ("Not [A]=1 and [B] or [C]", "Not ([A] = 1) And [B] Or [C]"),
        ("([A] Or [B]) And [C]", "([A] Or [B]) And [C]"),
        ("[A]<>'x'", "[A] != \"x\""),
        ("[A] & \"b\"\"c\" & '\\n'", "[A] & \"b\\\"c\" & \"\\n\""),
        ("sum( [Orders/Revenue] )", "Sum([Orders/Revenue])"),
        ("coalesce(.5, 1e3, NULL)", "Coalesce(.5, 1e3, Null)"),
        ("[P].utm.\"so urce\"[0]", "[P].utm.\"so urce\"[0]"),
        ("Json([P]).a", "Json([P]).a"),
        ("[ A / B / C ]", "[A/B/C]"),
        ("1 = 1 & \"\"", "1 = 1 & \"\""),
        ("Not (a(1)) = 2", "Not (a(1) = 2)"),
        ("[A] = Not [B]", "[A] = (Not [B])"),
        ("Pi()", "Pi()"),
        ("[Amount] > 5\n  And [Paid]", "[Amount] > 5 And [Paid]"),
    ] {
        let (expr, sink) = parsed(text);
        assert!(sink.is_empty(), "{text}: {sink:?}");
        assert_eq!(print(&expr), expected, "{text}");
        assert_eq!(
            bare(&parsed(expected).0),
            bare(&parsed(&print(&expr)).0),
            "{text}"
        );
    }
}

#[test]
#[expect(clippy::too_many_lines, reason = "a table of cases")]
fn one_mistake_is_one_message_with_its_fix() {
    for (text, code, place, fix) in [
        ("", "empty-formula", "", None),
        ("  ", "empty-formula", "  ", None),
        ("=1", "leading-equals", "=", Some("1")),
        ("[A] == 1", "foreign-operator", "==", Some("[A] = 1")),
        ("[A]&&[B]", "foreign-operator", "&&", Some("[A] And [B]")),
        ("[A] || [B]", "foreign-operator", "||", Some("[A] Or [B]")),
        (
            "!IsNull([A])",
            "foreign-operator",
            "!",
            Some("Not IsNull([A])"),
        ),
        (
            "[A] \u{2265} 1",
            "foreign-operator",
            "\u{2265}",
            Some("[A] >= 1"),
        ),
        (
            "[A] in (1, 2)",
            "foreign-operator",
            "in",
            Some("In([A], 1, 2)"),
        ),
        (
            "[A] not in (1, 2)",
            "foreign-operator",
            "not in",
            Some("Not In([A], 1, 2)"),
        ),
        (
            "[A] like \"x%\"",
            "foreign-operator",
            "like",
            Some("Like([A], \"x%\")"),
        ),
        (
            "And([A], [B] > 1, [C])",
            "connective-call",
            "And",
            Some("([A] And [B] > 1 And [C])"),
        ),
        ("1 + or([A])", "connective-call", "or", Some("1 + ([A])")),
        ("[A] is null", "null-test", "is null", Some("IsNull([A])")),
        (
            "[A] IS NOT NULL And [B]",
            "null-test",
            "IS NOT NULL",
            Some("IsNotNull([A]) And [B]"),
        ),
        (
            "[A] & \u{201c}x\u{201d}",
            "curly-quotes",
            "\u{201c}x\u{201d}",
            Some("[A] & \"x\""),
        ),
        ("Sum([A]", "unclosed-parenthesis", "(", Some("Sum([A])")),
        (
            "Sum(If([A], 1",
            "unclosed-parenthesis",
            "(",
            Some("Sum(If([A], 1))"),
        ),
        ("Sum([A]))", "stray-parenthesis", ")", Some("Sum([A])")),
        ("Sum([A)", "unclosed-bracket", "[A", Some("Sum([A])")),
        (
            "[Net Price * 2",
            "unclosed-bracket",
            "[Net Price",
            Some("[Net Price] * 2"),
        ),
        ("[A + [B]", "unclosed-bracket", "[A", Some("[A] + [B]")),
        ("\"abc", "unclosed-text", "\"abc", Some("\"abc\"")),
        (
            "If([A], \"x, 1)",
            "unclosed-text",
            "\"x, 1)",
            Some("If([A], \"x\", 1)"),
        ),
        ("If([A],,1)", "missing-argument", ",", None),
        ("If([A],1,)", "missing-argument", ",", Some("If([A],1)")),
        (
            "If([A]; 1; 2)",
            "argument-separator",
            ";",
            Some("If([A], 1, 2)"),
        ),
        (
            "case when [A] > 1 then 2 else 3 end",
            "foreign-conditional",
            "case",
            Some("If([A] > 1, 2, 3)"),
        ),
        (
            "CASE [A] WHEN 1 THEN \"a\" END",
            "foreign-conditional",
            "CASE",
            Some("Switch([A], 1, \"a\")"),
        ),
        (
            "IF [A] THEN 1 ELSE 2",
            "foreign-conditional",
            "IF",
            Some("If([A], 1, 2)"),
        ),
        (
            "IF [A] THEN 1 ELSEIF [B] THEN 2 END + 1",
            "foreign-conditional",
            "IF",
            Some("If([A], 1, [B], 2) + 1"),
        ),
        ("If [A] = 1", "foreign-conditional", "If", None),
        (
            "1 < [A] < 3",
            "chained-comparison",
            "<",
            Some("(1 < [A] And [A] < 3)"),
        ),
        (
            "(1 + 2) * 1 < 2 = 3",
            "chained-comparison",
            "=",
            Some("((1 + 2) * 1 < 2 And 2 = 3)"),
        ),
        (
            "[A] between 1 and 2 + 1 And [B]",
            "foreign-operator",
            "between",
            Some("Between([A], 1, 2 + 1) And [B]"),
        ),
        (
            "[A] not between 1 and 2",
            "foreign-operator",
            "not between",
            Some("Not Between([A], 1, 2)"),
        ),
        (
            "Sum([A]) over (partition by [B])",
            "missing-operator",
            "over",
            None,
        ),
        ("{fixed [A] : Sum([B])} + 1", "unknown-character", "{", None),
        ("[A] ? 1 : 2", "unknown-character", "?", None),
        ("12ab + 1", "bad-number", "12ab", None),
        ("1. + 1", "bad-number", "1.", Some("1 + 1")),
        ("[] + 1", "empty-reference", "[]", None),
        ("[A/] + 1", "empty-reference", "[A/]", None),
        ("Sold At + 1", "bare-name", "Sold At", Some("[Sold At] + 1")),
        ("today - 7", "bare-name", "today", Some("Today() - 7")),
        ("Sum(Amount)", "bare-name", "Amount", Some("Sum([Amount])")),
        (
            "Orders/Amount",
            "bare-name",
            "Orders/Amount",
            Some("[Orders/Amount]"),
        ),
        ("1 $ 2", "unknown-character", "$", None),
        ("\"\\d+\"", "unknown-escape", "\\", Some("\"\\\\d+\"")),
        ("[A] [B]", "missing-operator", "[B]", None),
        ("Sum([A]) Sum([B])", "missing-operator", "Sum", None),
        ("1 + ", "missing-operand", "", None),
        ("Sum([A] + ) + 1", "missing-operand", ")", None),
        ("* 2 + Sum(1)", "missing-operand", "*", None),
        ("1, 2", "unexpected-token", ",", None),
        ("[A].1 + 2", "missing-operator", ".1", None),
        ("()", "missing-operand", ")", None),
        ("f(g(1 2), 3) + h(", "missing-operator", "2", None),
    ] {
        let (_, sink) = parsed(text);
        let first = sink
            .iter()
            .next()
            .unwrap_or_else(|| panic!("no finding: {text}"));
        let expected = if text.ends_with("h(") { 2 } else { 1 };
        assert_eq!(sink.len(), expected, "{text}: {sink:#?}");
        assert_eq!(first.code.name, code, "{text}");
        let span = first.primary.span;
        let found = text
            .get((span.start - BASE) as usize..(span.end - BASE) as usize)
            .unwrap();
        assert_eq!(found, place, "{text}");
        assert_eq!(fixed(text, &sink).as_deref(), fix, "{text}");
        if let (Some(fix), true) = (fix, first.severity == Severity::Error && expected == 1) {
            let again = parsed(fix).1;
            let known = ["unclosed-parenthesis"];
            assert!(
                again.is_empty() || again.iter().all(|d| known.contains(&d.code.name)),
                "{fix}: {again:?}"
            );
        }
    }
}

#[test]
fn spans_cover_what_was_written() {
    let text = "(1 + [O/Net Price]) * -Sum([A])";
    let (expr, _) = parsed(text);
    let at = |span: Span| {
        text.get((span.start - BASE) as usize..(span.end - BASE) as usize)
            .unwrap()
    };
    assert_eq!(at(expr.span), text);
    let ExprKind::Binary {
        left,
        right,
        op_span,
        ..
    } = &expr.kind
    else {
        panic!("{expr:?}")
    };
    assert_eq!(at(*op_span), "*");
    assert_eq!(at(left.span), "1 + [O/Net Price]");
    assert_eq!(at(right.span), "-Sum([A])");
    let ExprKind::Binary {
        right: reference, ..
    } = &left.kind
    else {
        panic!("{left:?}")
    };
    let ExprKind::Reference(reference) = &reference.kind else {
        panic!("{reference:?}")
    };
    assert_eq!(
        reference
            .segments
            .iter()
            .map(|(_, s)| at(*s))
            .collect::<Vec<_>>(),
        ["O", "Net Price"]
    );
}

#[test]
fn deep_and_long_formulas_are_refused_without_overflow() {
    for text in [
        "(".repeat(100_000),
        "-".repeat(100_000),
        "f(".repeat(50_000),
        "Not ".repeat(50_000),
    ] {
        let (_, sink) = parsed(&text);
        assert_eq!(
            sink.iter().map(|d| d.code.name).collect::<Vec<_>>(),
            ["nesting-too-deep"]
        );
    }
    for text in [
        format!("1{}", "+1".repeat(50_000)),
        format!("[A]{}", ".a".repeat(50_000)),
        "1<".repeat(9_000),
    ] {
        let (_, sink) = parsed(&text);
        assert!(
            sink.has_errors() && sink.len() <= 2,
            "{:?}",
            sink.iter().map(|d| d.code.name).collect::<Vec<_>>()
        );
    }
}

#[test]
fn prose_is_split_at_formulas() {
    let text = "a \\{{ b {{ Sum([A]) }}{{\"}}\"}} c {{1 +}} d";
    let map = TextMap::linear(Span::new(FileId(0), 0, 60), 0);
    let mut sink = Diagnostics::default();
    let parts = parse_template(text, &map, &mut sink);
    let shown: Vec<String> = parts
        .iter()
        .map(|part| match part {
            TemplatePart::Text(text) => text.clone(),
            TemplatePart::Formula(expr) => format!("={}", print(expr)),
        })
        .collect();
    assert_eq!(
        shown,
        ["a {{ b ", "=Sum([A])", "=\"}}\"", " c ", "=Null", " d"]
    );
    assert_eq!(sink.len(), 1);
    let TemplatePart::Formula(sum) = &parts[1] else {
        panic!("{parts:?}")
    };
    assert_eq!(
        text.get(sum.span.start as usize..sum.span.end as usize),
        Some("Sum([A])")
    );
    let mut sink = Diagnostics::default();
    assert_eq!(
        parse_template("x {{[A]", &map, &mut sink),
        [TemplatePart::Text("x {{[A]".into())]
    );
    assert_eq!(
        sink.iter().map(|d| d.code.name).collect::<Vec<_>>(),
        ["unclosed-template"]
    );
}

fn place(kind: ExprKind) -> Expr {
    Expr {
        kind,
        span: Span::default(),
    }
}

fn trees() -> impl Strategy<Value = Expr> {
    let leaf = prop_oneof![
        "[0-9]{1,3}(\\.[0-9]{1,2})?".prop_map(ExprKind::Number),
        any::<String>().prop_map(ExprKind::Text),
        any::<bool>().prop_map(ExprKind::Logical),
        Just(ExprKind::Null),
        prop::collection::vec("[A-Za-z(&.-][A-Za-z ()&.-]{0,5}[a-z]", 1..3).prop_map(|names| {
            ExprKind::Reference(Reference {
                segments: names.into_iter().map(|n| (n, Span::default())).collect(),
            })
        }),
    ]
    .prop_map(place);
    leaf.prop_recursive(6, 40, 3, |inner| {
        let boxed = inner.clone().prop_map(Box::new);
        let op = prop::sample::select(vec![
            BinaryOp::Or,
            BinaryOp::And,
            BinaryOp::Equal,
            BinaryOp::LessEqual,
            BinaryOp::Concat,
            BinaryOp::Add,
            BinaryOp::Subtract,
            BinaryOp::Divide,
            BinaryOp::Power,
        ]);
        prop_oneof![
            (op, boxed.clone(), boxed.clone()).prop_map(|(op, left, right)| ExprKind::Binary {
                op,
                op_span: Span::default(),
                left,
                right
            }),
            (any::<bool>(), boxed.clone()).prop_map(|(not, operand)| ExprKind::Unary {
                op: if not { UnaryOp::Not } else { UnaryOp::Negate },
                operand
            }),
            ("F[a-z]{2,5}9", prop::collection::vec(inner, 0..3)).prop_map(|(name, args)| {
                ExprKind::Call {
                    name,
                    name_span: Span::default(),
                    args,
                }
            }),
            (boxed.clone(), any::<String>()).prop_map(|(base, key)| ExprKind::Path { base, key }),
            (boxed.clone(), boxed).prop_map(|(base, index)| ExprKind::Index { base, index }),
        ]
        .prop_map(place)
    })
}

proptest! {
    #[test]
    fn printing_and_parsing_gives_the_same_tree(tree in trees()) {
        let text = print(&tree);
        let (again, sink) = parsed(&text);
        prop_assert!(sink.is_empty(), "{}: {:?}", text, sink);
        prop_assert_eq!(bare(&again), tree, "{}", text);
    }

    #[test]
    fn any_text_parses_without_panic_and_with_places_inside(text in "[\\[\\]()\"'a-cA-C0-9.,;=<>&|!+*/^%{}\\\\ \u{201c}\u{e9}-]{0,40}") {
        let (expr, sink) = parsed(&text);
        let end = BASE + u32::try_from(text.len()).unwrap();
        prop_assert!(expr.span.end <= end);
        for finding in &sink {
            let span = finding.primary.span;
            prop_assert!(span.start >= BASE && span.end <= end);
            prop_assert!(text.get((span.start - BASE) as usize..(span.end - BASE) as usize).is_some());
        }
        prop_assert!(sink.has_errors() || bare(&parsed(&print(&expr)).0) == bare(&expr), "{}", text);
    }
}
