//! Window functions. Examples give one element per row of the sample.

use super::Frame;
use super::declare::{NUMBER, SAME, TEXT, any, choice, number, same, text, window};
use super::lowering::Lowering;
use super::signature::{Function, Kind, Valid};
use crate::formula::eval::windows as eval;

const DIRECTION: &[&str] = &["asc", "desc"];

const fn over(call: &'static str, frame: Frame) -> Lowering {
    Lowering::Window { call, frame }
}

/// The family.
pub(super) static FUNCTIONS: &[Function] = &[
    window(
        "CumulativeSum",
        &[number("value")],
        NUMBER,
        "Sum up to and including the row.",
    )
    .example("CumulativeSum([N])", "Array(2, 6, 6, 10, 20)")
    .over_partition(eval::cumulative_sum)
    .sql(over("sum({0})", Frame::Running)),
    window(
        "CumulativeAvg",
        &[number("value")],
        NUMBER,
        "Mean up to and including the row.",
    )
    .example("CumulativeAvg([N])", "Array(2, 3, 3, 10 / 3, 5)")
    .over_partition(eval::cumulative_average)
    .sql(over("avg({0})", Frame::Running)),
    window(
        "CumulativeCount",
        &[any("value")],
        NUMBER,
        "Number of values up to and including the row.",
    )
    .example("CumulativeCount([N])", "Array(1, 2, 2, 3, 4)")
    .over_partition(eval::cumulative_count)
    .sql(over("count(nullif({0}, ''))", Frame::Running)),
    window(
        "CumulativeMax",
        &[number("value")],
        NUMBER,
        "Largest value up to and including the row.",
    )
    .example("CumulativeMax([N])", "Array(2, 4, 4, 4, 10)")
    .over_partition(eval::cumulative_max)
    .sql(over("max({0})", Frame::Running)),
    window(
        "CumulativeMin",
        &[number("value")],
        NUMBER,
        "Smallest value up to and including the row.",
    )
    .example("CumulativeMin([N])", "Array(2, 2, 2, 2, 2)")
    .over_partition(eval::cumulative_min)
    .sql(over("min({0})", Frame::Running)),
    window(
        "CumulativeStdDev",
        &[number("value")],
        NUMBER,
        "Standard deviation up to and including the row.",
    )
    .example(
        "CumulativeStdDev(If(IsNull([N]), [N], 1))",
        "Array(Null, 0, 0, 0, 0)",
    )
    .over_partition(eval::cumulative_std_dev)
    .sql(over("bw_std_dev({0})", Frame::Running)),
    window(
        "CumulativeVariance",
        &[number("value")],
        NUMBER,
        "Variance up to and including the row.",
    )
    .example("CumulativeVariance([N])", "Array(Null, 2, 2, 4 / 3, 12)")
    .over_partition(eval::cumulative_variance)
    .sql(over("bw_variance({0})", Frame::Running)),
    window(
        "CumulativeCorr",
        &[number("dependent"), number("independent")],
        NUMBER,
        "Correlation up to and including the row.",
    )
    .example("CumulativeCorr([N], [N])", "Array(Null, 1, 1, 1, 1)")
    .over_partition(eval::cumulative_correlation)
    .sql(over("bw_corr({0}, {1})", Frame::Running)),
    window(
        "MovingSum",
        &[
            number("value"),
            number("above").constant(),
            number("below").optional().constant(),
        ],
        NUMBER,
        "Sum over some rows before and after.",
    )
    .example("MovingSum([N], 1)", "Array(2, 6, 4, 4, 14)")
    .over_partition(eval::moving_sum)
    .sql(over("sum({0})", Frame::Moving(1))),
    window(
        "MovingAvg",
        &[
            number("value"),
            number("above").constant(),
            number("below").optional().constant(),
        ],
        NUMBER,
        "Mean over some rows before and after.",
    )
    .example("MovingAvg([N], 1, 1)", "Array(3, 3, 4, 7, 7)")
    .over_partition(eval::moving_average)
    .sql(over("avg({0})", Frame::Moving(1))),
    window(
        "MovingCount",
        &[
            any("value"),
            number("above").constant(),
            number("below").optional().constant(),
        ],
        NUMBER,
        "Number of values in some rows before and after.",
    )
    .example("MovingCount([N], 2, -1)", "Array(0, 1, 2, 1, 1)")
    .over_partition(eval::moving_count)
    .sql(over("count(nullif({0}, ''))", Frame::Moving(1))),
    window(
        "MovingMax",
        &[
            number("value"),
            number("above").constant(),
            number("below").optional().constant(),
        ],
        NUMBER,
        "Largest value in some rows before and after.",
    )
    .example("MovingMax([N], 1)", "Array(2, 4, 4, 4, 10)")
    .over_partition(eval::moving_max)
    .sql(over("max({0})", Frame::Moving(1))),
    window(
        "MovingMin",
        &[
            number("value"),
            number("above").constant(),
            number("below").optional().constant(),
        ],
        NUMBER,
        "Smallest value in some rows before and after.",
    )
    .example("MovingMin([N], -1, 2)", "Array(4, 4, 4, 10, Null)")
    .over_partition(eval::moving_min)
    .sql(over("min({0})", Frame::Moving(1))),
    window(
        "MovingStdDev",
        &[
            number("value"),
            number("above").constant(),
            number("below").optional().constant(),
        ],
        NUMBER,
        "Standard deviation over some rows before and after.",
    )
    .example(
        "MovingStdDev(1 + 0 * [N], 1)",
        "Array(Null, 0, Null, Null, 0)",
    )
    .over_partition(eval::moving_std_dev)
    .sql(over("bw_std_dev({0})", Frame::Moving(1))),
    window(
        "MovingVariance",
        &[
            number("value"),
            number("above").constant(),
            number("below").optional().constant(),
        ],
        NUMBER,
        "Variance over some rows before and after.",
    )
    .example("MovingVariance([N], 1)", "Array(Null, 2, Null, Null, 18)")
    .over_partition(eval::moving_variance)
    .sql(over("bw_variance({0})", Frame::Moving(1))),
    window(
        "MovingCorr",
        &[
            number("dependent"),
            number("independent"),
            number("above").constant(),
            number("below").optional().constant(),
        ],
        NUMBER,
        "Correlation over some rows before and after.",
    )
    .example(
        "MovingCorr([N], 0 - [N], 1)",
        "Array(Null, -1, Null, Null, -1)",
    )
    .over_partition(eval::moving_correlation)
    .sql(over("bw_corr({0}, {1})", Frame::Moving(2))),
    window(
        "Lag",
        &[
            same("value"),
            number("offset").optional().constant(),
            same("default").optional(),
        ],
        SAME,
        "The value some rows (1) before, else the default.",
    )
    .example("Lag([N], 1, 0)", "Array(0, 2, 4, Null, 4)")
    .over_partition(eval::lag)
    .sql(over("lag({0}, {1?1}, {2?NULL})", Frame::Position)),
    window(
        "Lead",
        &[
            same("value"),
            number("offset").optional().constant(),
            same("default").optional(),
        ],
        SAME,
        "The value some rows (1) after, else the default.",
    )
    .example("Lead([N])", "Array(4, Null, 4, 10, Null)")
    .over_partition(eval::lead)
    .sql(over("lead({0}, {1?1}, {2?NULL})", Frame::Position)),
    window(
        "First",
        &[same("value")],
        SAME,
        "The value of the first row.",
    )
    .example("First([N])", "Array(2, 2, 2, 2, 2)")
    .over_partition(eval::first)
    .sql(over("first_value({0})", Frame::Whole))
    .also(Kind::Aggregate),
    window("Last", &[same("value")], SAME, "The value of the last row.")
        .example("Last([N])", "Array(10, 10, 10, 10, 10)")
        .over_partition(eval::last)
        .sql(over("last_value({0})", Frame::Whole))
        .also(Kind::Aggregate),
    window(
        "Nth",
        &[same("value"), number("n").constant().valid(Valid::Positive)],
        SAME,
        "The value of a row, counted from 1.",
    )
    .example("Nth([N], 2)", "Array(4, 4, 4, 4, 4)")
    .over_partition(eval::nth)
    .sql(over("nth_value({0}, {1})", Frame::Whole))
    .also(Kind::Aggregate),
    window(
        "FirstNonNull",
        &[same("value")],
        SAME,
        "The first value that is not Null.",
    )
    .example("FirstNonNull([N])", "Array(2, 2, 2, 2, 2)")
    .over_partition(eval::first_non_null)
    .sql(Lowering::Special)
    .also(Kind::Aggregate),
    window(
        "LastNonNull",
        &[same("value")],
        SAME,
        "The last value that is not Null.",
    )
    .example("LastNonNull([N])", "Array(10, 10, 10, 10, 10)")
    .over_partition(eval::last_non_null)
    .sql(Lowering::Special)
    .also(Kind::Aggregate),
    window(
        "FillDown",
        &[same("value")],
        SAME,
        "The value, or the last one above that is not Null.",
    )
    .example("FillDown([N])", "Array(2, 4, 4, 4, 10)")
    .over_partition(eval::fill_down)
    .sql(Lowering::Special),
    window(
        "Rank",
        &[
            any("value").optional(),
            choice("direction", DIRECTION).optional(),
        ],
        NUMBER,
        "Place in the order of the value, with gaps behind ties.",
    )
    .example("Rank([N], \"desc\")", "Array(4, 2, 5, 2, 1)")
    .over_partition(eval::rank)
    .sql(over("rank()", Frame::Rank(0))),
    window(
        "RankDense",
        &[
            any("value").optional(),
            choice("direction", DIRECTION).optional(),
        ],
        NUMBER,
        "Place in the order of the value, without gaps.",
    )
    .example("RankDense([N])", "Array(2, 3, 1, 3, 4)")
    .over_partition(eval::rank_dense)
    .sql(over("dense_rank()", Frame::Rank(0))),
    window(
        "RankPercentile",
        &[any("value"), choice("direction", DIRECTION).optional()],
        NUMBER,
        "Share of the other rows that come before the row.",
    )
    .example("RankPercentile([N])", "Array(0.25, 0.5, 0, 0.5, 1)")
    .over_partition(eval::rank_percentile)
    .sql(over("percent_rank()", Frame::Rank(0))),
    window(
        "CumeDist",
        &[any("value"), choice("direction", DIRECTION).optional()],
        NUMBER,
        "Share of the rows up to and including the row's value.",
    )
    .example("CumeDist([N])", "Array(0.4, 0.8, 0.2, 0.8, 1)")
    .over_partition(eval::cumulative_distribution)
    .sql(over("cume_dist()", Frame::Rank(0))),
    window(
        "RowNumber",
        &[
            any("value").optional(),
            choice("direction", DIRECTION).optional(),
        ],
        NUMBER,
        "Number of the row in the order of the value, or of the level.",
    )
    .example("RowNumber()", "Array(1, 2, 3, 4, 5)")
    .over_partition(eval::row_number)
    .sql(over("row_number()", Frame::RankUnique(0))),
    window(
        "VisibilityLimit",
        &[
            text("output"),
            number("limit").constant().valid(Valid::Positive),
            choice("rank_type", &["Rank", "RankDense", "RowNumber"]).optional(),
        ],
        TEXT,
        "The text on the first rows in the order of the level, and `Others` on the rest; rows are counted by `Rank` unless said.",
    )
    .example(
        "VisibilityLimit([T], 2)",
        "Array(\"b\", \"a\", \"Others\", \"Others\", \"Others\")",
    )
    .over_partition(eval::visibility_limit)
    .sql(Lowering::Replaced),
    window(
        "Ntile",
        &[
            number("ranks").constant().valid(Valid::Positive),
            any("value").optional(),
            choice("direction", DIRECTION).optional(),
        ],
        NUMBER,
        "Number of the bucket of the row, of a number of equal ones; the number comes first.",
    )
    .example("Ntile(2, [N])", "Array(1, 1, 1, 2, 2)")
    .over_partition(eval::ntile)
    .sql(over("ntile({0})", Frame::RankUnique(1))),
];
