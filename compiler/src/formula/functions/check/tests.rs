use super::*;
use crate::formula::ast::{Expr, ExprKind};
use crate::formula::functions::function;
use crate::formula::{parse, print};
use crate::span::FileId;
use crate::yaml::TextMap;

/// Types a formula over columns that are named by the first letter of their type.
fn typed(expr: &Expr, source: &str, sink: &mut Diagnostics) -> (Type, Option<Value>, bool) {
    let (name, name_span, operands): (&str, Span, Vec<&Expr>) = match &expr.kind {
        ExprKind::Number(text) => {
            return (Type::Number, crate::formula::eval::parse_number(text), true);
        }
        ExprKind::Text(text) => return (Type::Text, Some(Value::text(text.as_str())), true),
        ExprKind::Logical(b) => return (Type::Logical, Some(Value::Logical(*b)), true),
        ExprKind::Null => return (Type::Null, Some(Value::Null), true),
        ExprKind::Error => return (Type::Unknown, None, false),
        ExprKind::Reference(r) => {
            let name = r.segments.last().map_or("", |(n, _)| n.as_str());
            let letter = name.chars().next().unwrap_or('?').to_ascii_lowercase();
            return (
                crate::formula::functions::letter_type(letter),
                None,
                name.ends_with("Control"),
            );
        }
        ExprKind::Call {
            name,
            name_span,
            args,
        } => {
            let Some(function) = resolve(name, *name_span, sink) else {
                return (Type::Unknown, None, false);
            };
            (function.name, *name_span, args.iter().collect())
        }
        ExprKind::Unary { op, operand } => {
            let name = if *op == crate::formula::ast::UnaryOp::Not {
                "Not"
            } else {
                "Negate"
            };
            (name, expr.span, vec![operand])
        }
        ExprKind::Binary {
            op,
            op_span,
            left,
            right,
        } => (op.as_str(), *op_span, vec![left, right]),
        ExprKind::Path { .. } => return (Type::Variant, None, false),
        ExprKind::Index { base, index } => ("Index", expr.span, vec![base, index]),
    };
    let known: Vec<_> = operands.iter().map(|e| typed(e, source, sink)).collect();
    let args: Vec<ArgInfo<'_>> = operands
        .iter()
        .zip(&known)
        .map(|(expr, (ty, literal, constant))| ArgInfo {
            ty: *ty,
            span: expr.span,
            literal: literal.as_ref(),
            constant: *constant,
        })
        .collect();
    let constant = args.iter().all(|a| a.constant);
    let text = |span: Span| {
        source
            .get(span.start as usize..span.end as usize)
            .map(str::to_owned)
    };
    (
        check_with_text(
            function(name).unwrap(),
            &args,
            expr.span,
            name_span,
            &text,
            sink,
        ),
        None,
        constant,
    )
}

fn checked(text: &str) -> (Type, Diagnostics) {
    let map = TextMap::linear(
        Span::new(FileId(0), 0, u32::try_from(text.len()).unwrap()),
        0,
    );
    let mut sink = Diagnostics::default();
    let expr = parse(text, &map, &mut sink);
    let ty = typed(&expr, text, &mut sink).0;
    (ty, sink)
}

fn fixed(text: &str, finding: &Diagnostic) -> Option<String> {
    let mut edits = finding.fix.clone()?.edits;
    edits.sort_by_key(|e| std::cmp::Reverse(e.span));
    let mut out = text.to_owned();
    for edit in edits {
        out.replace_range(edit.span.start as usize..edit.span.end as usize, &edit.text);
    }
    Some(out)
}

#[test]
fn calls_have_the_type_of_their_signature() {
    for (text, expected) in [
        ("If([L], [N], Null)", Type::Number),
        ("If([L], Null, [L2], [D])", Type::Date),
        ("If([L], Null)", Type::Null),
        ("If([?], [?], 1)", Type::Number),
        ("Switch([T], \"a\", [D], \"b\", [D], Null)", Type::Date),
        ("Coalesce([?], [N])", Type::Number),
        ("Coalesce(Null, [T])", Type::Text),
        ("Max([D])", Type::Date),
        ("SumIf([N], [L], [T] = \"x\")", Type::Number),
        ("Count()", Type::Number),
        ("Lag([T], 1, \"\")", Type::Text),
        ("Lookup([O/D], [T], [O/T], [N], [O/N])", Type::Date),
        ("DateTrunc(\"MONTH\", [D])", Type::Date),
        ("DateTrunc([T Control], [D])", Type::Date),
        ("GrandTotal(Max([D]))", Type::Date),
        ("Array()", Type::Variant),
        ("[T] & Text([N])", Type::Text),
        ("[L] And Not [L]", Type::Logical),
        ("MovingAvg([N], [N Control])", Type::Number),
        ("Ntile(4, [D], \"desc\")", Type::Number),
        ("Distance(\"Miles\", [G], MakePoint(1, 2))", Type::Number),
        ("MakeLine([G], [G2], [G3])", Type::Geography),
        ("Geography([T])", Type::Geography),
        ("Text([G])", Type::Text),
        ("Json([G])", Type::Variant),
        ("CallDatetime(\"my_schema.parse_9\", [T], [N])", Type::Date),
        ("AggGeography(\"ST_COLLECT\", [G])", Type::Geography),
        ("CallNumber(\"RANDOM\")", Type::Number),
        ("RaggedHierarchy([T], [N])", Type::Variant),
        ("Sparkline([V])", Type::Variant),
        (
            "VisibilityLimit([T], [N Control], \"rowNumber\")",
            Type::Text,
        ),
        ("[V] = [V2]", Type::Logical),
    ] {
        let (ty, sink) = checked(text);
        assert!(sink.is_empty(), "{text}: {sink:#?}");
        assert_eq!(ty, expected, "{text}");
    }
}

#[test]
#[expect(clippy::too_many_lines, reason = "a table of cases")]
fn mistakes_are_reported_once_with_a_fix() {
    for (text, code, message, fix) in [
        (
            "Rond([N])",
            "unknown-function",
            "no function named `Rond`",
            Some("Round([N])"),
        ),
        (
            "runningsum([N])",
            "foreign-function",
            "no function named `runningsum`",
            Some("CumulativeSum([N])"),
        ),
        (
            "Negate([N])",
            "unknown-function",
            "no function named `Negate`",
            None,
        ),
        (
            "Round([N], 1, 2)",
            "argument-count",
            "`Round` takes 1 to 2 arguments, found 3",
            Some("Round([N], 1)"),
        ),
        (
            "Upper()",
            "argument-count",
            "`Upper` takes 1 argument, found 0",
            None,
        ),
        (
            "If([L])",
            "argument-count",
            "`If` takes at least 2 arguments, found 1",
            None,
        ),
        (
            "Lookup([N], [T])",
            "argument-count",
            "`Lookup` takes at least 3 arguments, found 2",
            None,
        ),
        (
            "Lookup([N], [T], [T], [T])",
            "argument-count",
            "`Lookup` takes pairs behind the first argument, found 4",
            None,
        ),
        (
            "Pi(1)",
            "argument-count",
            "`Pi` takes no arguments, found 1",
            None,
        ),
        (
            "CountIf([T], [L])",
            "argument-type",
            "argument 1 of `CountIf` expects logical, found text",
            Some("CountIf(Logical([T]), [L])"),
        ),
        (
            "Upper([N])",
            "argument-type",
            "argument 1 of `Upper` expects text, found number",
            Some("Upper(Text([N]))"),
        ),
        (
            "Sum([V].a)",
            "argument-type",
            "argument 1 of `Sum` expects number, found variant",
            Some("Sum(Number([V].a))"),
        ),
        (
            "[T] & [N]",
            "argument-type",
            "`&` expects text, found number",
            Some("[T] & Text([N])"),
        ),
        (
            "[T] * 2",
            "argument-type",
            "`*` expects number, found text",
            Some("Number([T]) * 2"),
        ),
        (
            "Date([L])",
            "argument-type",
            "argument 1 of `Date` expects date, text, number or variant, found logical",
            None,
        ),
        (
            "DateAdd([T], 1, [D])",
            "literal-required",
            "argument 1 of `DateAdd` must be a literal",
            None,
        ),
        (
            "PercentileCont([N], [N2])",
            "constant-required",
            "argument 2 of `PercentileCont` must not depend on the row",
            None,
        ),
        (
            "DateTrunc(\"months\", [D])",
            "unknown-choice",
            "`DateTrunc` knows no precision `months`",
            Some("DateTrunc(\"month\", [D])"),
        ),
        (
            "Rank([N], \"descending\")",
            "unknown-choice",
            "`Rank` knows no direction `descending`",
            None,
        ),
        (
            "If([L], [N], \"a\")",
            "mixed-types",
            "arguments of `If` must have one type, found number and text",
            Some("If([L], [N], Number(\"a\"))"),
        ),
        (
            "[D] = \"2026-01-31\"",
            "mixed-types",
            "`=` compares values of one type, found date and text",
            Some("[D] = Date(\"2026-01-31\")"),
        ),
        (
            "[V].a = \"x\"",
            "mixed-types",
            "`=` compares values of one type, found variant and text",
            Some("Text([V].a) = \"x\""),
        ),
        (
            "[N] = [T]",
            "mixed-types",
            "`=` compares values of one type, found number and text",
            Some("Text([N]) = [T]"),
        ),
        (
            "Switch([N], \"a\", 1)",
            "mixed-types",
            "arguments of `Switch` must have one type, found number and text",
            Some("Switch([N], Number(\"a\"), 1)"),
        ),
        (
            "Lookup([D], [T], [N])",
            "mixed-types",
            "arguments of `Lookup` must have one type, found text and number",
            Some("Lookup([D], [T], Text([N]))"),
        ),
        (
            "SumIf([L], [N])",
            "swapped-arguments",
            "arguments 1 and 2 of `SumIf` are in the wrong order",
            Some("SumIf([N], [L])"),
        ),
        (
            "MaxIf([L], [D])",
            "swapped-arguments",
            "arguments 1 and 2 of `MaxIf` are in the wrong order",
            Some("MaxIf([D], [L])"),
        ),
        (
            "DateTrunc([D], \"month\")",
            "swapped-arguments",
            "arguments 1 and 2 of `DateTrunc` are in the wrong order",
            Some("DateTrunc(\"month\", [D])"),
        ),
        (
            "DateDiff([D], Today(), \"day\")",
            "swapped-arguments",
            "the unit of `DateDiff` comes first",
            Some("DateDiff(\"day\", [D], Today())"),
        ),
        (
            "DateAdd([D], 1, \"Day\")",
            "swapped-arguments",
            "arguments 1 and 3 of `DateAdd` are in the wrong order",
            Some("DateAdd(\"Day\", 1, [D])"),
        ),
        (
            "[N] = Null",
            "null-comparison",
            "`= Null` is never True",
            Some("IsNull([N])"),
        ),
        (
            "Null != [T] & [T2]",
            "null-comparison",
            "`!= Null` is never True",
            Some("IsNotNull([T] & [T2])"),
        ),
        (
            "DateFormat([D], \"YYYY-MM-DD\")",
            "argument-range",
            "argument 2 of `DateFormat` holds no part of a date",
            Some("DateFormat([D], \"%Y-%m-%d\")"),
        ),
        (
            "DateParse([T], \"dd/MM/yyyy HH:mm:ss\")",
            "argument-range",
            "argument 2 of `DateParse` holds no part of a date",
            Some("DateParse([T], \"%d/%m/%Y %H:%M:%S\")"),
        ),
        (
            "DateFormat([D], \"day\")",
            "argument-range",
            "argument 2 of `DateFormat` holds no part of a date",
            None,
        ),
        (
            "IsNull([N], 0)",
            "argument-count",
            "`IsNull` takes 1 argument, found 2",
            Some("Coalesce([N], 0)"),
        ),
        (
            "DateAdd(\"day\", [D], 1)",
            "swapped-arguments",
            "arguments 2 and 3 of `DateAdd` are in the wrong order",
            Some("DateAdd(\"day\", 1, [D])"),
        ),
        (
            "[T] + \"!\"",
            "text-addition",
            "text is joined with `&`, not with `+`",
            Some("[T] & \"!\""),
        ),
        (
            "[D] - 7",
            "date-arithmetic",
            "`-` does not take dates",
            Some("DateAdd(\"day\", -(7), [D])"),
        ),
        (
            "[D] - [D2]",
            "date-arithmetic",
            "`-` does not take dates",
            Some("DateDiff(\"day\", [D2], [D])"),
        ),
        (
            "If([N], 1)",
            "number-as-condition",
            "`If` expects a condition, found number",
            Some("If([N] = 1, 1)"),
        ),
        (
            "[N] And [L]",
            "number-as-condition",
            "`And` expects a condition, found number",
            Some("[N] = 1 And [L]"),
        ),
        (
            "RegexpMatch([T], \"(a\")",
            "invalid-pattern",
            "the regular expression is not valid",
            None,
        ),
        (
            "Date(\"31/01/2026\")",
            "invalid-date",
            "`31/01/2026` is not an ISO date",
            None,
        ),
        (
            "PercentileCont([N], 90)",
            "argument-range",
            "argument 2 of `PercentileCont` is a fraction from 0 to 1",
            None,
        ),
        (
            "CallText(\"a; drop table b\", 1)",
            "argument-range",
            "argument 1 of `CallText` is the name of a function of the engine",
            None,
        ),
        (
            "CallText(\"a.2b\", 1)",
            "argument-range",
            "argument 1 of `CallText` is the name of a function of the engine",
            None,
        ),
        (
            "AggNumber([T], [N])",
            "literal-required",
            "argument 1 of `AggNumber` must be a literal",
            None,
        ),
        (
            "Latitude([T])",
            "argument-type",
            "argument 1 of `Latitude` expects geography, found text",
            Some("Latitude(Geography([T]))"),
        ),
        (
            "Upper([G])",
            "argument-type",
            "argument 1 of `Upper` expects text, found geography",
            Some("Upper(Text([G]))"),
        ),
        (
            "Area([G], \"square_miles\")",
            "swapped-arguments",
            "arguments 1 and 2 of `Area` are in the wrong order",
            Some("Area(\"square_miles\", [G])"),
        ),
        (
            "Distance(\"km\", [G], [G2])",
            "unknown-choice",
            "`Distance` knows no units `km`",
            None,
        ),
        (
            "Max([V])",
            "argument-type",
            "argument 1 of `Max` is put in order, and a variant has none",
            None,
        ),
        (
            "[V] < [V2]",
            "argument-type",
            "`<` puts values in order, and a variant has none",
            None,
        ),
        (
            "[V] < 1",
            "mixed-types",
            "`<` compares values of one type, found variant and number",
            Some("Number([V]) < 1"),
        ),
        (
            "AvgIf([N], [L], [L2])",
            "argument-count",
            "`AvgIf` takes 2 arguments, found 3",
            None,
        ),
        (
            "ArrayFilter([V], [N])",
            "number-as-condition",
            "`ArrayFilter` expects a condition, found number",
            Some("ArrayFilter([V], [N] = 1)"),
        ),
        (
            "VisibilityLimit([T], 0)",
            "argument-range",
            "argument 2 of `VisibilityLimit` is 1 or more",
            None,
        ),
        (
            "Ntile(0, [N])",
            "argument-range",
            "argument 1 of `Ntile` is 1 or more",
            None,
        ),
    ] {
        let (_, sink) = checked(text);
        assert_eq!(sink.len(), 1, "{text}: {sink:#?}");
        let finding = sink.iter().next().unwrap();
        assert_eq!(finding.code.name, code, "{text}");
        assert_eq!(finding.message, message, "{text}");
        assert_eq!(fixed(text, finding).as_deref(), fix, "{text}");
    }
}

#[test]
fn a_mistake_inside_does_not_spread() {
    let (ty, sink) = checked("Upper(Rond([N])) & If([L], Foo(1), \"b\")");
    assert_eq!(ty, Type::Text);
    assert_eq!(
        sink.iter().map(|d| d.code.name).collect::<Vec<_>>(),
        ["unknown-function", "unknown-function"]
    );
}

#[test]
fn usage_reads_like_a_signature() {
    for (name, expected) in [
        ("Round", "Round(number, [digits])"),
        ("If", "If(condition, value, …, [else])"),
        ("Concat", "Concat(values, …)"),
        ("Lookup", "Lookup(formula, local_key, external_key, …)"),
    ] {
        assert_eq!(usage(function(name).unwrap()), expected);
    }
    assert_eq!(
        print(&parse(
            "rank()",
            &TextMap::linear(Span::default(), 0),
            &mut Diagnostics::default()
        )),
        "Rank()"
    );
}
