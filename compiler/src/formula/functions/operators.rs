//! Operators, under their symbols and words.

use super::declare::{
    LOGICAL, NUMBER, TEXT, VARIANT, geography, logical, number, param, replaced, same, scalar,
    text, variant,
};
use super::lowering::Lowering;
use super::signature::{Accepts, Category, Function, Kind};
use crate::formula::eval::{geography as geo, logic, number as num, text as txt, variant as var};
use crate::value::Type;

const OP: Category = Category::Operator;
const KEY: &[Type] = &[Type::Text, Type::Number];

/// The family.
pub(super) static FUNCTIONS: &[Function] = &[
    scalar(
        OP,
        "+",
        &[number("left"), number("right")],
        NUMBER,
        "Adds two numbers.",
    )
    .example("1 + 2", "3")
    .eval(num::add)
    .template("({0} + {1})"),
    scalar(
        OP,
        "-",
        &[number("left"), number("right")],
        NUMBER,
        "Subtracts the second number from the first.",
    )
    .example("5 - 2.5", "2.5")
    .eval(num::subtract)
    .template("({0} - {1})"),
    scalar(
        OP,
        "*",
        &[number("left"), number("right")],
        NUMBER,
        "Multiplies two numbers.",
    )
    .example("3 * 4", "12")
    .eval(num::multiply)
    .template("({0} * {1})"),
    scalar(
        OP,
        "/",
        &[number("left"), number("right")],
        NUMBER,
        "Divides, never as whole numbers; Null when the divisor is 0.",
    )
    .example("1 / 4", "0.25")
    .eval(num::divide)
    .template("(CAST({0} AS REAL) / {1})"),
    scalar(
        OP,
        "%",
        &[number("left"), number("right")],
        NUMBER,
        "Remainder of a division, with the sign of the dividend; Null when the divisor is 0.",
    )
    .example("-7 % 4", "-3")
    .eval(num::modulo),
    scalar(
        OP,
        "^",
        &[number("left"), number("right")],
        NUMBER,
        "Raises a number to a power.",
    )
    .example("2 ^ 10", "1024")
    .eval(num::power),
    scalar(
        OP,
        "Negate",
        &[number("number")],
        NUMBER,
        "Changes the sign of a number.",
    )
    .example("-(2 + 3)", "-5")
    .eval(num::negate)
    .template("(- {0})"),
    scalar(
        OP,
        "&",
        &[text("left"), text("right")],
        TEXT,
        "Joins two texts.",
    )
    .example("\"a\" & \"b\"", "\"ab\"")
    .eval(txt::join)
    .template("({0} || {1})"),
    scalar(
        OP,
        "=",
        &[same("left"), same("right")],
        LOGICAL,
        "Whether two values are equal; text with its letter case.",
    )
    .example("\"a\" = \"A\"", "False")
    .eval(logic::equal)
    .template("({0} = {1})"),
    scalar(
        OP,
        "!=",
        &[same("left"), same("right")],
        LOGICAL,
        "Whether two values differ.",
    )
    .example("1 != 2", "True")
    .eval(logic::not_equal)
    .template("({0} <> {1})"),
    scalar(
        OP,
        "<",
        &[same("left"), same("right")],
        LOGICAL,
        "Whether the first value comes before the second.",
    )
    .example("1 < 2", "True")
    .eval(logic::less)
    .template("({0} < {1})"),
    scalar(
        OP,
        "<=",
        &[same("left"), same("right")],
        LOGICAL,
        "Whether the first value comes before the second or equals it.",
    )
    .example("2 <= 2", "True")
    .eval(logic::less_equal)
    .template("({0} <= {1})"),
    scalar(
        OP,
        ">",
        &[same("left"), same("right")],
        LOGICAL,
        "Whether the first value comes after the second.",
    )
    .example("\"b\" > \"a\"", "True")
    .eval(logic::greater)
    .template("({0} > {1})"),
    scalar(
        OP,
        ">=",
        &[same("left"), same("right")],
        LOGICAL,
        "Whether the first value comes after the second or equals it.",
    )
    .example("Null >= 1", "Null")
    .eval(logic::greater_equal)
    .template("({0} >= {1})"),
    replaced(
        OP,
        Kind::Scalar,
        "Item",
        &[],
        VARIANT,
        "The item at hand, inside of `ArrayFilter` and `ArrayTransform`; written `[Item]`.",
    )
    .example(
        "ArrayTransform(Array(1, 2), Number([Item]) + 1)",
        "Array(2, 3)",
    ),
    scalar(
        OP,
        "GeoJson",
        &[geography("geography")],
        VARIANT,
        "The GeoJSON of a geography: what `Json` and `Variant` give of one.",
    )
    .example("Json(MakePoint(1, 2)).coordinates[0]", "Variant(1)")
    .eval(geo::geo_json),
    scalar(
        OP,
        "And",
        &[logical("left"), logical("right")],
        LOGICAL,
        "Whether both hold; a Null leaves the answer open unless the other side is False.",
    )
    .example("Null And False", "False")
    .eval(logic::and)
    .aware()
    .template("({0} AND {1})"),
    scalar(
        OP,
        "Or",
        &[logical("left"), logical("right")],
        LOGICAL,
        "Whether at least one holds; a Null leaves the answer open unless the other side is True.",
    )
    .example("Null Or True", "True")
    .eval(logic::or)
    .aware()
    .template("({0} OR {1})"),
    scalar(
        OP,
        "Not",
        &[logical("value")],
        LOGICAL,
        "The opposite of a logical value.",
    )
    .example("Not (1 = 2)", "True")
    .eval(logic::not)
    .template("(NOT {0})"),
    scalar(
        OP,
        "Path",
        &[variant("base"), text("key")],
        VARIANT,
        "The value under a key of an object; Null when there is none.",
    )
    .example("Json(\"{\"\"a\"\": {\"\"b\"\": 1}}\").a.b", "Variant(1)")
    .eval(var::path),
    scalar(
        OP,
        "Index",
        &[variant("base"), param("index", Accepts::OneOf(KEY))],
        VARIANT,
        "The element of an array, counted from 0; Null when there is none.",
    )
    .example("Array(\"a\", \"b\")[1]", "Variant(\"b\")")
    .eval(var::index)
    .sql(Lowering::Native),
];
