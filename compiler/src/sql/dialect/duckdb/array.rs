//! Arrays and variants on `DuckDB`.

use super::super::table::{Table, cases, sql, when};

/// Items of the first array, without repetitions, that meet a condition: `s.a` are the items, `s.k` their keys, `s.b`
/// the keys of the other array.
macro_rules! distinct {
    ($other:expr, $condition:literal) => {
        concat!(
            "list_transform([struct_pack(a := ",
            items!("{0}"),
            ", b := ",
            $other,
            ")], ",
            "lambda s: list_transform([struct_pack(a := (s).a, k := ",
            keys!("(s).a"),
            ", b := ",
            keys!("(s).b"),
            ")], ",
            "lambda s: to_json(list_filter((s).a, lambda j, i: list_position((s).k, (s).k[i]) = i",
            $condition,
            ")))[1])[1]"
        )
    };
}

/// An item, a whole float as an integer.
macro_rules! item_json {
    ($x:literal) => {
        concat!(
            "CASE WHEN json_type(",
            $x,
            ") = 'DOUBLE' THEN ",
            number_json!(concat!("CAST(", $x, " ->> '$' AS DOUBLE)")),
            " ELSE ",
            $x,
            " END"
        )
    };
}

/// Points of a series: categories in their order, and values.
macro_rules! series {
    ($value:expr) => {
        concat!(
            "to_json(struct_pack(sparkline := list_transform(list(struct_pack(x := to_json({0}), y := {1}) ORDER BY {0} NULLS FIRST){over}, ",
            "lambda p: struct_pack(x := list_transform([(p).x], lambda j: ", item_json!("j"), ")[1], y := ", $value, "))))"
        )
    };
}

/// Keys of items.
macro_rules! keys {
    ($items:literal) => {
        concat!(
            "list_transform(",
            $items,
            ", lambda j: coalesce(",
            item_key!("j"),
            ", 'null'))"
        )
    };
}

/// Whether an array holds a value of this key: of Null, nothing is known but that it is listed.
macro_rules! contains {
    ($key:expr) => {
        concat!(
            "list_transform([struct_pack(k := ", keys!("TRY_CAST({0} AS JSON[])"), ", x := ", $key, ")], ",
            "lambda s: list_contains((s).k, coalesce((s).x, 'null')) OR CASE WHEN (s).x IS NOT NULL THEN FALSE END)[1]"
        )
    };
}

/// Items from `s.a` on, counted from 0, for which a condition holds.
macro_rules! slice {
    ($fields:literal, $condition:literal) => {
        concat!(
            "list_transform([struct_pack(l := ",
            items!("{0}"),
            ", a := round({1})",
            $fields,
            ")], ",
            "lambda s: to_json(CASE WHEN (s).a",
            $condition,
            " IS NOT NULL THEN list_filter((s).l, lambda j, i: ",
            "i > CASE WHEN (s).a < 0 THEN greatest(len((s).l) + (s).a, 0) ELSE (s).a END"
        )
    };
}

/// Items as texts, joined. `array_to_string` wants a constant separator.
macro_rules! joined {
    ($text:literal, $items:expr, $unknown:literal) => {
        concat!(
            "list_transform([list_transform(", $items, ", ", $text, ")], ",
            "lambda l: CASE WHEN {1?','} IS NULL", $unknown, " THEN NULL WHEN len(l) = 0 THEN '' ELSE list_reduce(l, lambda x, y: x || {1?','} || y) END)[1]"
        )
    };
}

/// The family.
pub(super) const TABLE: Table = &[
    ("Array", cases(&[
        when().count(0).sql("CAST('[]' AS JSON)"),
        when().sql(concat!(
            "to_json(list_transform([to_json({0..:), to_json(})], lambda j: ", item_json!("j"), "))"
        )),
    ])),
    // `[Item]` is the parameter of a lambda.
    ("Item", sql("item")),
    ("ArrayFilter", sql(concat!("to_json(list_filter(", items!("{0}"), ", lambda item: {1}))"))),
    ("ArrayTransform", cases(&[
        when().types("*n").sql(concat!("to_json(list_transform(", items!("{0}"), ", lambda item: ", number_json!("{1}"), "))")),
        when().sql(concat!("to_json(list_transform(", items!("{0}"), ", lambda item: to_json({1})))")),
    ])),
    ("RaggedHierarchy", sql(concat!(
        "list_transform([list_transform([to_json({0..:), to_json(})], lambda j: ", item_json!("j"), ")], ",
        "lambda l: to_json(l[1:coalesce(list_position(l, NULL) - 1, len(l))]))[1]"
    ))),
    ("Sparkline", sql(concat!(
        "(CASE WHEN json_type({0}) = 'ARRAY' THEN to_json(struct_pack(sparkline := list_transform(list_filter(", items!("{0}"), ", lambda j: json_exists(j, '$.x') AND ",
        "coalesce(json_type(j, '$.y'), 'NULL') IN ('BIGINT', 'UBIGINT', 'DOUBLE', 'NULL')), ",
        "lambda j: struct_pack(x := json_extract(j, '$.x'), y := json_extract(j, '$.y'))))) END)"
    ))),
    ("SparklineAgg", cases(&[
        when().types("*n").sql(series!(number_json!("(p).y"))),
        when().sql(series!("to_json((p).y)")),
    ])),
    ("ArrayCompact", sql(concat!("to_json(list_filter(", items!("{0}"), ", lambda j: j IS NOT NULL))"))),
    ("ArrayConcat", sql("to_json(TRY_CAST({0..: AS JSON[]) || TRY_CAST(} AS JSON[]))")),
    ("ArrayContains", cases(&[
        when().types("*n").sql(contains!(number_text!("{1}"))),
        when().types("*v").sql(contains!(item_key!("{1}"))),
        when().sql(contains!("CAST(to_json({1}) AS VARCHAR)")),
    ])),
    ("ArrayDistinct", sql(distinct!("CAST([] AS JSON[])", ""))),
    ("ArrayExcept", sql(concat!(
        "(CASE WHEN json_type({1}) = 'ARRAY' THEN ", distinct!(items!("{1}"), " AND NOT list_contains((s).b, (s).k[i])"), " END)"
    ))),
    ("ArrayIntersection", sql(concat!(
        "(CASE WHEN {0} IS NOT NULL AND {1} IS NOT NULL THEN coalesce(",
        distinct!(items!("{1}"), " AND list_contains((s).b, (s).k[i])"), ", CAST('[]' AS JSON)) END)"
    ))),
    ("ArrayJoin", cases(&[
        when().count(3).sql(joined!("lambda j: coalesce(j ->> '$', {2})", items!("{0}"), " OR {2} IS NULL")),
        when().sql(joined!("lambda j: j ->> '$'", concat!("list_filter(", items!("{0}"), ", lambda j: j IS NOT NULL)"), "")),
    ])),
    ("ArrayLength", sql("(CASE WHEN json_type({0}) = 'ARRAY' THEN CAST(json_array_length({0}) AS BIGINT) END)")),
    ("ArraySlice", cases(&[
        when().count(2).sql(concat!(slice!("", ""), ") END))[1]")),
        when().sql(concat!(slice!(", n := round({2})", " + (s).n"), " AND i <= (s).n + CASE WHEN (s).a < 0 THEN greatest(len((s).l) + (s).a, 0) ELSE (s).a END) END))[1]")),
    ])),
    ("Sequence", sql(concat!(
        "list_transform([struct_pack(a := CAST(round({0}) AS BIGINT), z := CAST(round({1}) AS BIGINT), n := CAST(round({2?1}) AS BIGINT))], ",
        "lambda s: to_json(CASE WHEN (s).a IS NULL OR (s).z IS NULL THEN NULL WHEN (s).n = 0 THEN CAST([] AS BIGINT[]) ",
        "WHEN (CAST((s).z AS DOUBLE) - (s).a) / (s).n < 100000 THEN generate_series((s).a, (s).z, (s).n) END))[1]"
    ))),
    ("SplitToArray", sql("(CASE WHEN {1} IS NOT NULL THEN to_json(string_split({0}, {1})) END)")),
];
