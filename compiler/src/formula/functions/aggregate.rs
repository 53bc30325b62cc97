//! Aggregates and totals.

use super::declare::{
    NUMBER, SAME, TEXT, VARIANT, aggregate, any, choice, date, logical, number, param, replaced,
    text,
};
use super::lowering::Lowering;
use super::signature::{Accepts, Category, Function, Kind, Param, Valid};
use crate::formula::eval::aggregates as eval;
use crate::value::Type;

const DIRECTION: &[&str] = &["asc", "desc"];
const MODES: &[&str] = &[
    "grand_total",
    "parent_grouping",
    "color",
    "x_axis",
    "trellis_column",
    "trellis_row",
    "column",
    "row",
    "column_parent",
    "row_parent",
];

/// A value whose type is the result's; variants must be converted first.
const fn value() -> Param {
    param("value", Accepts::Same)
}

const fn inner() -> Param {
    param("aggregate", Accepts::Aggregate)
}

/// The family.
pub(super) static FUNCTIONS: &[Function] = &[
    aggregate(
        "Sum",
        &[number("value")],
        NUMBER,
        "Sum of the values; Null when there is none.",
    )
    .example("Sum([N])", "20")
    .over_rows(eval::sum)
    .template("sum({0})"),
    aggregate("Avg", &[number("value")], NUMBER, "Mean of the values.")
        .example("Avg([N])", "5")
        .over_rows(eval::average)
        .template("avg({0})"),
    aggregate("Min", &[value()], SAME, "The smallest value.")
        .example("Min([T])", "\"\"")
        .over_rows(eval::min)
        .template("min({0})"),
    aggregate("Max", &[value()], SAME, "The largest value.")
        .example("Max([D])", "Date(\"2026-03-01\")")
        .over_rows(eval::max)
        .template("max({0})"),
    aggregate(
        "Count",
        &[any("value").optional()],
        NUMBER,
        "Number of rows, or of values that are neither Null nor empty text.",
    )
    .example("Count([T])", "3")
    .over_rows(eval::count)
    .sql(Lowering::ByCount(&[
        (0, "count(*)"),
        (1, "count(nullif({0}, ''))"),
    ])),
    aggregate(
        "CountDistinct",
        &[any("value")],
        NUMBER,
        "Number of different values that are neither Null nor empty text.",
    )
    .example("CountDistinct([T])", "2")
    .over_rows(eval::count_distinct)
    .template("count(DISTINCT nullif({0}, ''))"),
    aggregate(
        "Ndv",
        &[any("value")],
        NUMBER,
        "The same as `CountDistinct`.",
    )
    .example("Ndv([T])", "2")
    .over_rows(eval::count_distinct)
    .template("count(DISTINCT nullif({0}, ''))"),
    aggregate(
        "SumIf",
        &[number("value"), logical("condition").many()],
        NUMBER,
        "Sum of the values in rows where all conditions hold.",
    )
    .example("SumIf([N], [L])", "12")
    .filtered("Sum", 1),
    aggregate(
        "AvgIf",
        &[number("value"), logical("condition")],
        NUMBER,
        "Mean of the values in rows where a condition holds.",
    )
    .example("AvgIf([N], [L])", "6")
    .filtered("Avg", 1),
    aggregate(
        "MinIf",
        &[value(), logical("condition")],
        SAME,
        "The smallest value in rows where a condition holds.",
    )
    .example("MinIf([N], [N] > 2)", "4")
    .filtered("Min", 1),
    aggregate(
        "MaxIf",
        &[value(), logical("condition")],
        SAME,
        "The largest value in rows where a condition holds.",
    )
    .example("MaxIf([N], [N] < 10)", "4")
    .filtered("Max", 1),
    aggregate(
        "CountIf",
        &[logical("condition").many()],
        NUMBER,
        "Number of rows where all conditions hold.",
    )
    .example("CountIf([N] > 2)", "3")
    .filtered("Count", 0),
    aggregate(
        "CountDistinctIf",
        &[any("value"), logical("condition").many()],
        NUMBER,
        "Number of different values in rows where all conditions hold.",
    )
    .example("CountDistinctIf([N], [N] > 2)", "2")
    .filtered("CountDistinct", 1),
    aggregate(
        "SumProduct",
        &[number("value").many()],
        NUMBER,
        "Sum of the products of the arguments.",
    )
    .example("SumProduct([N], [N])", "136")
    .over_rows(eval::sum_product)
    .template("sum({0..: * })"),
    aggregate(
        "Median",
        &[number("value")],
        NUMBER,
        "The middle value, or the mean of the two middle ones.",
    )
    .example("Median([N])", "4")
    .over_rows(eval::median),
    aggregate(
        "PercentileCont",
        &[
            number("value"),
            number("k").constant().valid(Valid::Fraction),
        ],
        NUMBER,
        "The value below which a fraction of the values lies, interpolated.",
    )
    .example("PercentileCont([N], 0.9)", "8.2")
    .over_rows(eval::percentile_cont),
    aggregate(
        "Percentile",
        &[
            number("value"),
            number("k").constant().valid(Valid::Fraction),
        ],
        NUMBER,
        "The same as `PercentileCont`.",
    )
    .example("Percentile([N], 0.5)", "4")
    .over_rows(eval::percentile_cont),
    aggregate(
        "PercentileDisc",
        &[
            number("value"),
            number("k").constant().valid(Valid::Fraction),
        ],
        NUMBER,
        "The first value whose cumulative share reaches a fraction.",
    )
    .example("PercentileDisc([N], 0.75)", "4")
    .over_rows(eval::percentile_disc),
    aggregate(
        "StdDev",
        &[number("value")],
        NUMBER,
        "Standard deviation of a sample; Null for fewer than two values.",
    )
    .example("Round(StdDev([N]), 4)", "3.4641")
    .over_rows(eval::std_dev),
    aggregate(
        "Variance",
        &[number("value")],
        NUMBER,
        "Variance of a sample; Null for fewer than two values.",
    )
    .example("Variance([N])", "12")
    .over_rows(eval::variance),
    aggregate(
        "VariancePop",
        &[number("value")],
        NUMBER,
        "Variance of a whole population.",
    )
    .example("VariancePop([N])", "9")
    .over_rows(eval::variance_pop),
    aggregate(
        "Corr",
        &[number("dependent"), number("independent")],
        NUMBER,
        "Correlation of pairs, between -1 and 1.",
    )
    .example("Corr([N], 2 * [N])", "1")
    .over_rows(eval::correlation),
    aggregate(
        "RegressionSlope",
        &[number("y"), number("x")],
        NUMBER,
        "Slope of the line that fits the pairs best; y comes first.",
    )
    .example("RegressionSlope(2 * [N] + 1, [N])", "2")
    .over_rows(eval::slope),
    aggregate(
        "RegressionIntercept",
        &[number("y"), number("x")],
        NUMBER,
        "Where the line that fits the pairs best crosses x = 0.",
    )
    .example("RegressionIntercept(2 * [N] + 1, [N])", "1")
    .over_rows(eval::intercept),
    aggregate(
        "RegressionR2",
        &[number("y"), number("x")],
        NUMBER,
        "How much of the variation of y the line explains, between 0 and 1.",
    )
    .example("RegressionR2(2 * [N] + 1, [N])", "1")
    .over_rows(eval::r_squared),
    aggregate(
        "ListAgg",
        &[text("value"), text("separator").optional().constant()],
        TEXT,
        "The values joined in ascending order, with a comma unless said.",
    )
    .example("ListAgg([T], \"|\")", "\"|a|a|b\"")
    .over_rows(eval::list),
    aggregate(
        "ListAggDistinct",
        &[
            text("value"),
            text("separator").optional().constant(),
            choice("direction", DIRECTION).optional(),
        ],
        TEXT,
        "The different values joined in order, with a comma unless said.",
    )
    .example("ListAggDistinct([T], \"|\", \"desc\")", "\"b|a|\"")
    .over_rows(eval::list_distinct),
    aggregate(
        "ArrayAgg",
        &[any("value")],
        VARIANT,
        "An array of the values in ascending order.",
    )
    .example("ArrayAgg([N])", "Array(2, 4, 4, 10)")
    .over_rows(eval::collect)
    .also(Kind::Window),
    aggregate(
        "ArrayAggDistinct",
        &[any("value"), choice("direction", DIRECTION).optional()],
        VARIANT,
        "An array of the different values in order.",
    )
    .example("ArrayAggDistinct([N], \"desc\")", "Array(10, 4, 2)")
    .over_rows(eval::collect_distinct),
    aggregate(
        "XNPV",
        &[number("rate").constant(), number("values"), date("dates")],
        NUMBER,
        "Present value of dated cash flows, as of the first date.",
    )
    .example("Round(XNPV(0.1, [N], [D]), 4)", "15.8325")
    .over_rows(eval::net_present_value),
    replaced(
        Category::Aggregate,
        Kind::Total,
        "GrandTotal",
        &[inner()],
        SAME,
        "An aggregate over all rows of the element.",
    )
    .example("GrandTotal(Sum([N]))", "20"),
    replaced(
        Category::Aggregate,
        Kind::Total,
        "Subtotal",
        &[
            inner(),
            choice("mode", MODES),
            number("levels").optional().literal(),
        ],
        SAME,
        "An aggregate over the rows of a coarser level.",
    )
    .example("Subtotal(Sum([N]), \"grand_total\")", "20"),
    replaced(
        Category::Aggregate,
        Kind::Total,
        "PercentOfTotal",
        &[
            inner(),
            choice("mode", MODES).optional(),
            number("levels").optional().literal(),
        ],
        super::Returns::One(Type::Number),
        "An aggregate as a fraction of that of a coarser level.",
    )
    .example("PercentOfTotal(Sum([N]), \"grand_total\")", "1"),
];
