//! Loans and returns.

use super::declare::{NUMBER, number, scalar};
use super::signature::{Category, Function, Param};
use crate::formula::eval::finance as eval;

const F: Category = Category::Financial;

/// Of a function about one of the payments of a loan.
const ONE_PAYMENT: &[Param] = &[
    number("rate"),
    number("period"),
    number("nperiods"),
    number("pv"),
    number("fv").optional(),
    number("type").optional(),
];

/// The family.
pub(super) static FUNCTIONS: &[Function] = &[
    scalar(
        F,
        "CAGR",
        &[
            number("periods"),
            number("begin_value"),
            number("end_value"),
        ],
        NUMBER,
        "Constant growth rate between two values; the number of periods comes first.",
    )
    .example("CAGR(4, 3000, 48000)", "1")
    .eval(eval::growth_rate),
    scalar(
        F,
        "Effect",
        &[number("nominal_rate"), number("periods_per_year")],
        NUMBER,
        "Effective yearly rate of a nominal one.",
    )
    .example("Round(Effect(0.0678, 12), 6)", "0.069947")
    .eval(eval::effective_rate),
    scalar(
        F,
        "Nominal",
        &[number("effective_rate"), number("periods_per_year")],
        NUMBER,
        "Nominal yearly rate of an effective one.",
    )
    .example("Round(Nominal(0.07, 12), 6)", "0.06785")
    .eval(eval::nominal_rate),
    scalar(
        F,
        "FV",
        &[
            number("rate"),
            number("nperiods"),
            number("pmt"),
            number("pv").optional(),
            number("type").optional(),
        ],
        NUMBER,
        "What constant payments come to in the end; cash paid out is negative.",
    )
    .example("Round(FV(0.1 / 12, 60, -1000), 2)", "77437.07")
    .eval(eval::future_value),
    scalar(
        F,
        "PV",
        &[
            number("rate"),
            number("nperiods"),
            number("pmt"),
            number("fv").optional(),
            number("type").optional(),
        ],
        NUMBER,
        "What constant payments are worth today; cash paid out is negative.",
    )
    .example("Round(PV(0.1, 5, 12000), 2)", "-45489.44")
    .eval(eval::present_value),
    scalar(
        F,
        "Pmt",
        &[
            number("rate"),
            number("nperiods"),
            number("pv"),
            number("fv").optional(),
            number("type").optional(),
        ],
        NUMBER,
        "The constant payment of a loan; cash paid out is negative.",
    )
    .example("Round(Pmt(0.07 / 12, 24, 10000), 2)", "-447.73")
    .eval(eval::pmt),
    scalar(
        F,
        "IPmt",
        ONE_PAYMENT,
        NUMBER,
        "The interest in one payment of a loan.",
    )
    .example("Round(IPmt(0.07 / 12, 1, 24, 10000), 2)", "-58.33")
    .eval(eval::interest_payment),
    scalar(
        F,
        "PPmt",
        ONE_PAYMENT,
        NUMBER,
        "The repayment in one payment of a loan.",
    )
    .example("Round(PPmt(0.07 / 12, 1, 24, 10000), 2)", "-389.39")
    .eval(eval::principal_payment),
    scalar(
        F,
        "NPer",
        &[
            number("rate"),
            number("pmt"),
            number("pv"),
            number("fv").optional(),
            number("type").optional(),
        ],
        NUMBER,
        "How many constant payments pay a loan off.",
    )
    .example("Round(NPer(0.07 / 12, -1000, 100000), 2)", "150.52")
    .eval(eval::periods),
];
