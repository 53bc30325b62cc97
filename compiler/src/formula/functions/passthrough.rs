//! Calls of the engine's own functions. The name is a literal and checked to be a plain name; the prefix says whether
//! it reads one row or a group, the suffix what it gives.

use super::declare::{
    DATE, GEOGRAPHY, LOGICAL, NUMBER, TEXT, VARIANT, aggregate, any, scalar, text,
};
use super::lowering::Lowering;
use super::signature::{Category, Evaluator, Function, NullRule, Param, Returns, Valid};

const PARAMS: &[Param] = &[
    text("function_name").literal().valid(Valid::EngineFunction),
    any("arguments").any_number(),
];

const fn call(name: &'static str, returns: Returns, doc: &'static str) -> Function {
    through(scalar(Category::Passthrough, name, PARAMS, returns, doc))
}

const fn group(name: &'static str, returns: Returns, doc: &'static str) -> Function {
    through(aggregate(name, PARAMS, returns, doc)).family(Category::Passthrough)
}

const fn through(mut f: Function) -> Function {
    f.evaluate = Evaluator::Engine;
    f.nulls = NullRule::Aware;
    f.lowering = Lowering::Passthrough;
    f
}

/// The family.
pub(super) static FUNCTIONS: &[Function] = &[
    call(
        "CallText",
        TEXT,
        "Calls a function of the engine by its name; what it gives is taken as text.",
    )
    .example("CallText(\"printf\", \"%05d\", 42)", "\"00042\""),
    call(
        "CallNumber",
        NUMBER,
        "Calls a function of the engine by its name; what it gives is taken as a number.",
    )
    .example("CallNumber(\"unicode\", \"A\")", "65"),
    call(
        "CallDatetime",
        DATE,
        "Calls a function of the engine by its name; what it gives is taken as a date.",
    )
    .example("CallDatetime(\"datetime\", \"2026-01-31\", \"+1 day\")", "Date(\"2026-02-01\")"),
    call(
        "CallLogical",
        LOGICAL,
        "Calls a function of the engine by its name; what it gives is taken as a logical value.",
    )
    .example("CallLogical(\"glob\", \"a*\", \"abc\")", "True"),
    call(
        "CallVariant",
        VARIANT,
        "Calls a function of the engine by its name; what it gives is taken as a variant.",
    )
    .example("CallVariant(\"json_array\", 1, 2)", "Array(1, 2)"),
    call(
        "CallGeography",
        GEOGRAPHY,
        "Calls a function of the engine by its name; what it gives is taken as a geography.",
    )
    .example("CallGeography(\"lower\", \"POINT(1 2)\")", "MakePoint(1, 2)"),
    group(
        "AggText",
        TEXT,
        "Calls an aggregate function of the engine by its name; what it gives is taken as text.",
    )
    .example("AggText(\"min\", [T])", "\"\""),
    group(
        "AggNumber",
        NUMBER,
        "Calls an aggregate function of the engine by its name; what it gives is taken as a number.",
    )
    .example("AggNumber(\"total\", [N])", "20"),
    group(
        "AggDatetime",
        DATE,
        "Calls an aggregate function of the engine by its name; what it gives is taken as a date.",
    )
    .example("AggDatetime(\"max\", [D])", "Date(\"2026-03-01\")"),
    group(
        "AggLogical",
        LOGICAL,
        "Calls an aggregate function of the engine by its name; what it gives is taken as a logical value.",
    )
    .example("AggLogical(\"max\", [L])", "True"),
    group(
        "AggVariant",
        VARIANT,
        "Calls an aggregate function of the engine by its name; what it gives is taken as a variant.",
    )
    .example("AggVariant(\"json_group_array\", [N])", "Array(2, 4, Null, 4, 10)"),
    group(
        "AggGeography",
        GEOGRAPHY,
        "Calls an aggregate function of the engine by its name; what it gives is taken as a geography.",
    )
    .example("AggGeography(\"max\", MakePoint([N], 0))", "MakePoint(4, 0)"),
];
