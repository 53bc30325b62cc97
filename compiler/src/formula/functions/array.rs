//! Arrays.

use super::declare::{
    LOGICAL, NUMBER, TEXT, VARIANT, aggregate, any, logical, number, param, scalar, text, variant,
};
use super::signature::{Accepts, Category, Function};
use crate::formula::eval::{sparkline, variant as eval};

const A: Category = Category::Array;

/// The family.
pub(super) static FUNCTIONS: &[Function] = &[
    scalar(
        A,
        "Array",
        &[any("values").any_number()],
        VARIANT,
        "An array of the arguments; nulls are kept.",
    )
    .example("ArrayLength(Array(1, Null, \"a\"))", "3")
    .eval(eval::make)
    .aware(),
    scalar(
        A,
        "ArrayCompact",
        &[variant("array")],
        VARIANT,
        "The array without its nulls.",
    )
    .example("ArrayCompact(Array(1, Null, 2))", "Array(1, 2)")
    .eval(eval::compact),
    scalar(
        A,
        "ArrayConcat",
        &[variant("array").many()],
        VARIANT,
        "The items of all arrays in one.",
    )
    .example("ArrayConcat(Array(1), Array(2, 3))", "Array(1, 2, 3)")
    .eval(eval::concat),
    scalar(
        A,
        "ArrayContains",
        &[variant("list"), any("target")],
        LOGICAL,
        "Whether an array holds a value.",
    )
    .example("ArrayContains(Array(\"a\", \"b\"), \"b\")", "True")
    .aware()
    .eval(eval::contains),
    scalar(
        A,
        "ArrayDistinct",
        &[variant("array")],
        VARIANT,
        "The different items, in order of appearance.",
    )
    .example("ArrayDistinct(Array(2, 1, 2))", "Array(2, 1)")
    .eval(eval::unique),
    scalar(
        A,
        "ArrayExcept",
        &[variant("array1"), variant("array2")],
        VARIANT,
        "Items of the first array that the second does not hold.",
    )
    .example("ArrayExcept(Array(1, 2, 3), Array(2))", "Array(1, 3)")
    .eval(eval::except),
    scalar(
        A,
        "ArrayFilter",
        &[variant("array"), logical("condition")],
        VARIANT,
        "The items for which a condition is True; in the condition, `[Item]` is the item, a variant.",
    )
    .example("ArrayFilter(Array(1, 5, 3), Number([Item]) > 2)", "Array(5, 3)")
    .per_item(eval::filter),
    scalar(
        A,
        "ArrayIntersection",
        &[variant("array1"), variant("array2")],
        VARIANT,
        "Items that both arrays hold.",
    )
    .example("ArrayIntersection(Array(1, 2), Array(2, 3))", "Array(2)")
    .eval(eval::intersection),
    scalar(
        A,
        "ArrayJoin",
        &[
            variant("array"),
            text("separator").optional(),
            text("null_replacement").optional(),
        ],
        TEXT,
        "The items joined, with a comma unless said; nulls are left out unless replaced.",
    )
    .example("ArrayJoin(Array(\"a\", Null, 2), \" > \")", "\"a > 2\"")
    .eval(eval::join),
    scalar(
        A,
        "ArrayLength",
        &[variant("array")],
        NUMBER,
        "Number of items.",
    )
    .example("ArrayLength(Array())", "0")
    .eval(eval::length),
    scalar(
        A,
        "ArraySlice",
        &[
            variant("array"),
            number("start"),
            number("length").optional(),
        ],
        VARIANT,
        "Items from a position on, counted from 0, or from the end when negative.",
    )
    .example("ArraySlice(Array(1, 2, 3), -2, 1)", "Array(2)")
    .eval(eval::slice),
    scalar(
        A,
        "ArrayTransform",
        &[variant("array"), any("expression")],
        VARIANT,
        "What an expression gives for each item; in the expression, `[Item]` is the item, a variant.",
    )
    .example("ArrayTransform(Array(1, 2), Number([Item]) * 10)", "Array(10, 20)")
    .per_item(eval::transform),
    scalar(
        A,
        "RaggedHierarchy",
        &[any("level").many()],
        VARIANT,
        "The levels of a branch, from the top, as an array; a Null ends the branch.",
    )
    .example(
        "RaggedHierarchy(\"Europe\", \"France\", Null)",
        "Array(\"Europe\", \"France\")",
    )
    .aware()
    .eval(eval::branch),
    scalar(
        A,
        "Sparkline",
        &[variant("json")],
        VARIANT,
        "A small line in the cell, through the points of an array of `{\"x\": …, \"y\": …}`.",
    )
    .example(
        "Sparkline(Json(\"[{\"\"x\"\": 1, \"\"y\"\": 5}]\")).sparkline[0].y",
        "Variant(5)",
    )
    .eval(sparkline::of_array),
    aggregate(
        "SparklineAgg",
        &[
            any("category"),
            param("aggregate", Accepts::Aggregate),
        ],
        VARIANT,
        "A small line in the cell: an aggregate for each category of the group, in the order of the categories.",
    )
    .example(
        "SparklineAgg([T], Sum([N]))",
        "Json(\"{\"\"sparkline\"\": [{\"\"x\"\": null, \"\"y\"\": null}, {\"\"x\"\": \"\"\"\", \"\"y\"\": 4}, {\"\"x\"\": \"\"a\"\", \"\"y\"\": 14}, {\"\"x\"\": \"\"b\"\", \"\"y\"\": 2}]}\")",
    )
    .over_rows(sparkline::of_group)
    .family(A),
    scalar(
        A,
        "Sequence",
        &[number("start"), number("end"), number("step").optional()],
        VARIANT,
        "Whole numbers from one end to the other.",
    )
    .example("Sequence(1, 7, 3)", "Array(1, 4, 7)")
    .eval(eval::sequence),
    scalar(
        A,
        "SplitToArray",
        &[text("text"), text("delimiter")],
        VARIANT,
        "The parts of a text cut at a delimiter.",
    )
    .example("SplitToArray(\"a_b\", \"_\")", "Array(\"a\", \"b\")")
    .eval(eval::split),
];
