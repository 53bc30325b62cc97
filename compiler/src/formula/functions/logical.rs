//! Conditions and nulls.

use super::declare::{LOGICAL, NUMBER, SAME, any, logical, number, param, same, scalar};
use super::lowering::Lowering;
use super::signature::{Accepts, Category, Function};
use crate::formula::eval::logic;

const LOGIC: Category = Category::Logical;

/// The family.
pub(super) static FUNCTIONS: &[Function] = &[
    scalar(LOGIC, "If", &[logical("condition").group(), same("value").group(), same("else").optional()], SAME,
        "The value behind the first condition that holds, else the last argument, else Null.")
        .example("If(1 > 2, \"a\", 2 > 1, \"b\", \"c\")", "\"b\"").eval(logic::choose_if).aware().sql(Lowering::Special),
    scalar(LOGIC, "Switch", &[param("value", Accepts::Key), param("case", Accepts::Key).group(), same("result").group(), same("else").optional()], SAME,
        "The result behind the first case that equals the value, else the last argument, else Null.")
        .example("Switch(2, 1, \"one\", 2, \"two\", \"many\")", "\"two\"").eval(logic::switch).aware().sql(Lowering::Special),
    scalar(LOGIC, "Choose", &[number("index"), same("values").many()], SAME,
        "The value at a position, counted from 1; Null when there is none.")
        .example("Choose(2, \"a\", \"b\")", "\"b\"").eval(logic::choose).aware().sql(Lowering::Special),
    scalar(LOGIC, "Coalesce", &[same("values").many()], SAME,
        "The first argument that is not Null.")
        .example("Coalesce(Null, 1 / 0, 3)", "3").eval(logic::coalesce).aware().sql(Lowering::ByCount(&[
            (1, "{0}"), (2, "coalesce({0..})"), (3, "coalesce({0..})"), (4, "coalesce({0..})"), (5, "coalesce({0..})"), (6, "coalesce({0..})"),
        ])),
    scalar(LOGIC, "Zn", &[number("value")], NUMBER, "The number, or 0 when it is Null.")
        .example("Zn(Null)", "0").eval(logic::zn).aware().template("coalesce({0}, 0)"),
    scalar(LOGIC, "IsNull", &[any("value")], LOGICAL, "Whether a value is Null; empty text is a value.")
        .example("IsNull(\"\")", "False").eval(logic::is_null).aware().template("({0} IS NULL)"),
    scalar(LOGIC, "IsNotNull", &[any("value")], LOGICAL, "Whether a value is not Null.")
        .example("IsNotNull(0)", "True").eval(logic::is_not_null).aware().template("({0} IS NOT NULL)"),
    scalar(LOGIC, "NullIf", &[same("value1"), same("value2")], SAME, "Null when both arguments are equal, else the first one.")
        .example("NullIf(0, 0)", "Null").eval(logic::null_if).aware().template("nullif({0}, {1})"),
    scalar(LOGIC, "In", &[same("value"), same("candidates").many()], LOGICAL, "Whether a value is one of several; a listed Null is found too.")
        .example("In(\"b\", \"a\", \"b\")", "True").eval(logic::is_in).aware().sql(Lowering::Special),
    scalar(LOGIC, "Between", &[same("value"), same("lower"), same("upper")], LOGICAL, "Whether a value lies between two others, both included.")
        .example("Between(5, 1, 5)", "True").eval(logic::between).aware().template("({0} BETWEEN {1} AND {2})"),
];
