//! Arrays and variants on `PostgreSQL`, as JSONB.

use super::super::table::{Table, always, cases, made, sql, when};
use super::forms::{compact, date_text, exact};
use crate::formula::functions::lowering::Writing;
use crate::plan::relation::Expr;
use crate::value::Type;

/// What holds for arrays only.
macro_rules! if_array {
    ($then:expr) => {
        concat!(
            "(CASE WHEN jsonb_typeof({0}) = 'array' THEN ",
            $then,
            " END)"
        )
    };
}

/// The items of an array that fit a condition, each once, where they first appear.
macro_rules! distinct {
    ($array:literal, $condition:literal) => {
        concat!(
            "coalesce((SELECT jsonb_agg(d.item ORDER BY d.place) FROM (SELECT e.item, min(e.place) AS place FROM jsonb_array_elements(",
            $array, ") WITH ORDINALITY AS e(item, place) ", $condition, "GROUP BY e.item) AS d), '[]')"
        )
    };
}

/// A number rounded to a whole one.
macro_rules! rounded {
    ($number:expr) => {
        concat!("round(", exact!($number), ")")
    };
}

/// The first position of a slice, from 0.
macro_rules! start {
    () => {
        concat!(
            "(CASE WHEN ",
            rounded!("{1}"),
            " < 0 THEN greatest(jsonb_array_length({0}) + ",
            rounded!("{1}"),
            ", 0) ELSE least(",
            rounded!("{1}"),
            ", 1000000000) END)"
        )
    };
}

/// The items from `$from` to `$to`, both positions.
macro_rules! slice {
    ($to:expr) => {
        if_array!(concat!(
            "jsonb_path_query_array({0}, '$[$a to $b]', jsonb_build_object('a', ",
            start!(),
            ", 'b', ",
            $to,
            "))"
        ))
    };
}

/// A sequence by a step that is not 0.
macro_rules! sequence {
    ($step:expr) => {
        concat!(
            "CASE WHEN (",
            rounded!("{1}"),
            " - ",
            rounded!("{0}"),
            ") / ",
            $step,
            " >= 100000 THEN NULL ELSE coalesce((SELECT jsonb_agg(s.n) FROM generate_series(",
            rounded!("{0}"),
            ", ",
            rounded!("{1}"),
            ", ",
            $step,
            ") AS s(n)), '[]') END"
        )
    };
}

/// An argument as an item of an array.
pub(super) fn item(position: usize, ty: Type) -> String {
    match ty {
        Type::Date => date_text!("{N}").replace('N', &position.to_string()),
        Type::Null => "CAST(NULL AS TEXT)".to_owned(),
        _ => format!("{{{position}}}"),
    }
}

fn array(args: &[Expr]) -> Writing {
    let items = args.iter().enumerate().map(|(at, arg)| item(at, arg.ty));
    let items: Vec<String> = items.collect();
    Writing::plain(format!("jsonb_build_array({})", items.join(", ")))
}

fn contains(args: &[Expr]) -> Writing {
    let ty = args.get(1).map_or(Type::Null, |arg| arg.ty);
    let item = item(1, ty);
    let found = if matches!(ty, Type::Variant | Type::Unknown) {
        // Containment would look into arrays and objects.
        "coalesce({1}, 'null') IN (SELECT jsonb_array_elements({0}))".to_owned()
    } else {
        format!("{{0}} @> jsonb_build_array({item})")
    };
    Writing::plain(format!(
        "(CASE WHEN jsonb_typeof({{0}}) = 'array' THEN CASE WHEN {found} THEN TRUE WHEN {item} IS NOT NULL THEN FALSE END END)"
    ))
}

/// Levels from the top down to the first that is Null.
fn branch(args: &[Expr]) -> Writing {
    let mut cases = String::new();
    let mut items = String::new();
    for (at, arg) in args.iter().enumerate() {
        cases = format!("{cases} WHEN {{{at}}} IS NULL THEN jsonb_build_array({items})");
        let comma = if at > 0 { ", " } else { "" };
        items = format!("{items}{comma}{}", item(at, arg.ty));
    }
    Writing::plain(format!("(CASE{cases} ELSE jsonb_build_array({items}) END)"))
}

/// What an expression gives for each item.
fn transform(args: &[Expr]) -> Writing {
    let ty = args.get(1).map_or(Type::Null, |arg| arg.ty);
    Writing::plain(format!(
        "(CASE WHEN jsonb_typeof({{0}}) = 'array' THEN coalesce((SELECT jsonb_agg({} ORDER BY e.place) \
         FROM jsonb_array_elements({{0}}) WITH ORDINALITY AS e(item, place)), '[]') END)",
        item(1, ty)
    ))
}

/// Points of a group, in the order of their categories.
fn series(args: &[Expr]) -> Writing {
    let ty = |at: usize| args.get(at).map_or(Type::Null, |arg| arg.ty);
    let order = match ty(0) {
        Type::Text => "{0} COLLATE \"C\"",
        Type::Variant => concat!(compact!("{0}"), " COLLATE \"C\""),
        _ => "{0}",
    };
    Writing::plain(format!(
        "jsonb_build_object('sparkline', coalesce(jsonb_agg(jsonb_build_object('x', {}, 'y', {}) \
         ORDER BY {order} NULLS FIRST){{over}}, '[]'))",
        item(0, ty(0)),
        item(1, ty(1))
    ))
}

/// The family.
pub(super) const TABLE: Table = &[
    ("Array", made(|args| Ok(array(args)), &[])),
    ("ArrayCompact", sql(if_array!("jsonb_path_query_array({0}, 'strict $[*] ? (@ != null)')"))),
    ("ArrayConcat", sql("(CASE WHEN jsonb_typeof({0..:) = 'array' AND jsonb_typeof(}) = 'array' THEN {0..: || } END)")),
    ("ArrayContains", made(|args| Ok(contains(args)), &[])),
    ("ArrayDistinct", sql(if_array!(distinct!("{0}", "")))),
    ("ArrayExcept", sql(concat!(
        "(CASE WHEN jsonb_typeof({0}) = 'array' AND jsonb_typeof({1}) = 'array' THEN ",
        distinct!("{0}", "WHERE e.item <> ALL (SELECT jsonb_array_elements({1})) "), " END)"
    ))),
    ("ArrayIntersection", sql(concat!(
        "(CASE WHEN jsonb_typeof({0}) = 'array' AND jsonb_typeof({1}) = 'array' THEN ",
        distinct!("{0}", "WHERE e.item IN (SELECT jsonb_array_elements({1})) "), " WHEN num_nulls({0..}) = 0 THEN '[]' END)"
    ))),
    ("ArrayJoin", cases(&[
        when().count(1).sql(if_array!(concat!("coalesce((SELECT string_agg(CASE jsonb_typeof(e.item) WHEN 'string' THEN e.item ->> 0 ELSE ", compact!("e.item"), " END, ',' ORDER BY e.place) FROM jsonb_array_elements({0}) WITH ORDINALITY AS e(item, place) WHERE e.item <> 'null'), '')"))),
        when().count(2).sql(if_array!(concat!("CASE WHEN {1} IS NOT NULL THEN coalesce((SELECT string_agg(CASE jsonb_typeof(e.item) WHEN 'string' THEN e.item ->> 0 ELSE ", compact!("e.item"), " END, {1} ORDER BY e.place) FROM jsonb_array_elements({0}) WITH ORDINALITY AS e(item, place) WHERE e.item <> 'null'), '') END"))),
        always(if_array!(concat!("CASE WHEN num_nulls({1..}) = 0 THEN coalesce((SELECT string_agg(CASE jsonb_typeof(e.item) WHEN 'string' THEN e.item ->> 0 WHEN 'null' THEN {2} ELSE ", compact!("e.item"), " END, {1} ORDER BY e.place) FROM jsonb_array_elements({0}) WITH ORDINALITY AS e(item, place)), '') END"))),
    ])),
    ("ArrayLength", sql(if_array!("CAST(jsonb_array_length({0}) AS BIGINT)"))),
    ("ArraySlice", cases(&[
        when().count(2).sql(concat!("(CASE WHEN {1} IS NOT NULL THEN ", slice!("1000000000"), " END)")),
        always(concat!("(CASE WHEN num_nulls({0..}) = 0 THEN ", slice!(concat!("greatest(least(", start!(), " + ", rounded!("{2}"), " - 1, 1000000000), -1)")), " END)")),
    ])),
    ("Sequence", cases(&[
        when().count(2).sql(concat!("(CASE WHEN num_nulls({0..}) = 0 THEN ", sequence!("1"), " END)")),
        always(concat!("(CASE WHEN num_nulls({0..}) > 0 THEN NULL WHEN ", rounded!("{2}"), " = 0 THEN '[]' ELSE ", sequence!(concat!("NULLIF(", rounded!("{2}"), ", 0)")), " END)")),
    ])),
    ("ArrayFilter", sql(if_array!("coalesce((SELECT jsonb_agg(e.item ORDER BY e.place) FROM jsonb_array_elements({0}) WITH ORDINALITY AS e(item, place) WHERE {1}), '[]')"))),
    ("ArrayTransform", made(|args| Ok(transform(args)), &[])),
    ("RaggedHierarchy", made(|args| Ok(branch(args)), &[])),
    ("Sparkline", sql(if_array!("jsonb_build_object('sparkline', coalesce((SELECT jsonb_agg(jsonb_build_object('x', e.item -> 'x', 'y', coalesce(e.item -> 'y', 'null')) ORDER BY e.place) FROM jsonb_array_elements({0}) WITH ORDINALITY AS e(item, place) WHERE e.item -> 'x' IS NOT NULL AND coalesce(jsonb_typeof(e.item -> 'y'), 'null') IN ('number', 'null')), '[]'))"))),
    ("SparklineAgg", made(|args| Ok(series(args)), &[])),
    ("SplitToArray", sql("(CASE WHEN {1} IS NULL THEN NULL WHEN {0} = '' THEN CAST('[\"\"]' AS JSONB) ELSE to_jsonb(string_to_array({0}, NULLIF({1}, ''))) END)")),
];
