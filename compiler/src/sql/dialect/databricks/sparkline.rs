//! Small lines in a cell on Databricks.

use super::super::table::{Lowering, cases, sql, when};
use super::fragments::{bind, canonical, items};

/// The points of a small line.
macro_rules! drawn {
    ($points:expr) => {
        concat!(
            "to_variant_object(named_struct('sparkline', ",
            $points,
            "))"
        )
    };
}

/// Points of a group in the order of the categories, a Null first; values are numbers, texts or logicals.
macro_rules! points {
    ($category:expr, $value:expr) => {
        drawn!(concat!(
            "transform(sort_array(collect_list(struct({0} AS c, {1} AS y)){over}), x -> named_struct('x', CAST(", $category,
            " AS VARIANT), 'y', CAST(", $value, " AS VARIANT)))"
        ))
    };
}

/// A number that is whole as a whole number, in a variant.
macro_rules! number {
    ($x:expr) => {
        bind!(concat!("CAST(", $x, " AS VARIANT)"), "v", canonical!("v"))
    };
}

/// `Sparkline`
pub(super) const SPARKLINE: Lowering = sql(bind!(
    concat!(
        "transform(",
        items!("{0}"),
        ", i -> try_cast(i AS MAP<STRING, VARIANT>))"
    ),
    "a",
    concat!(
        "CASE WHEN a IS NOT NULL THEN ",
        drawn!(concat!(
            "transform(filter(a, i -> map_contains_key(i, 'x') AND ",
            "coalesce(regexp_like(to_json(try_element_at(i, 'y')), '^(-?[0-9]|null$)'), TRUE)), ",
            "i -> named_struct('x', i['x'], 'y', try_element_at(i, 'y')))"
        )),
        " END"
    )
));

/// `SparklineAgg`
pub(super) const SPARKLINE_AGG: Lowering = cases(&[
    when()
        .types("*v")
        .refused("variants have no order on the engine"),
    when()
        .types("v*")
        .refused("variants have no order on the engine"),
    when()
        .types("dn")
        .sql(points!("CAST(x.c AS STRING)", number!("x.y"))),
    when()
        .types("dd")
        .sql(points!("CAST(x.c AS STRING)", "CAST(x.y AS STRING)")),
    when().types("d").sql(points!("CAST(x.c AS STRING)", "x.y")),
    when()
        .types("nn")
        .sql(points!(number!("x.c"), number!("x.y"))),
    when()
        .types("nd")
        .sql(points!(number!("x.c"), "CAST(x.y AS STRING)")),
    when().types("n").sql(points!(number!("x.c"), "x.y")),
    when().types("*n").sql(points!("x.c", number!("x.y"))),
    when()
        .types("*d")
        .sql(points!("x.c", "CAST(x.y AS STRING)")),
    when().sql(points!("x.c", "x.y")),
]);
