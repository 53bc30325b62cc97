//! Mathematics.

use super::declare::{LOGICAL, NUMBER, SAME, number, same, scalar};
use super::lowering::Lowering;
use super::signature::{Category, Function};
use crate::formula::eval::{math, number as num};

const M: Category = Category::Math;

/// The family.
pub(super) static FUNCTIONS: &[Function] = &[
    scalar(M, "Abs", &[number("number")], NUMBER, "The size of a number, without its sign.").example("Abs(-3.5)", "3.5").eval(math::abs),
    scalar(M, "Sign", &[number("number")], NUMBER, "-1, 0 or 1, as the number is negative, zero or positive.").example("Sign(-3.5)", "-1").eval(math::sign).template("sign({0})"),
    scalar(M, "Round", &[number("number"), number("digits").optional()], NUMBER, "Rounds to a number of digits (0), halves away from zero, by the number's written digits.").example("Round(2.675, 2)", "2.68").eval(math::round_half_away),
    scalar(M, "RoundDown", &[number("number"), number("digits").optional()], NUMBER, "Rounds toward minus infinity.").example("RoundDown(-6.25417, 3)", "-6.255").eval(math::round_down),
    scalar(M, "RoundUp", &[number("number"), number("digits").optional()], NUMBER, "Rounds toward plus infinity.").example("RoundUp(-3.141, 2)", "-3.14").eval(math::round_up),
    scalar(M, "Trunc", &[number("number"), number("digits").optional()], NUMBER, "Cuts a number to some digits (0), toward zero.").example("Trunc(-5.2463, 2)", "-5.24").eval(math::trunc).sql(Lowering::ByCount(&[(1, "trunc({0})")])),
    scalar(M, "Int", &[number("number")], NUMBER, "The largest whole number that is not above a number.").example("Int(-3.2)", "-4").eval(math::floor).template("floor({0})"),
    scalar(M, "Floor", &[number("number"), number("factor").optional()], NUMBER, "Rounds down to a multiple of a factor (1).").example("Floor(47, 10)", "40").eval(math::floor).sql(Lowering::ByCount(&[(1, "floor({0})")])),
    scalar(M, "Ceiling", &[number("number"), number("factor").optional()], NUMBER, "Rounds up to a multiple of a factor (1).").example("Ceiling(1.02, 0.05)", "1.05").eval(math::ceiling).sql(Lowering::ByCount(&[(1, "ceil({0})")])),
    scalar(M, "MRound", &[number("number"), number("factor").optional()], NUMBER, "Rounds to the nearest multiple of a factor (1), whose sign does not matter.").example("MRound(7, 5)", "5").eval(math::round_multiple),
    scalar(M, "Mod", &[number("dividend"), number("divisor")], NUMBER, "Remainder of a division, with the sign of the dividend; Null when the divisor is 0.").example("Mod(17, 5)", "2").eval(num::modulo),
    scalar(M, "Div", &[number("dividend"), number("divisor")], NUMBER, "Whole part of a quotient; Null when the divisor is 0.").example("Div(-19, 5)", "-3").eval(math::div),
    scalar(M, "Power", &[number("number"), number("power")], NUMBER, "Raises a number to a power.").example("Power(2, 0.5) ^ 2", "2").eval(num::power),
    scalar(M, "Sqrt", &[number("number")], NUMBER, "Square root; Null for negative numbers.").example("Sqrt(16)", "4").eval(math::sqrt).template("sqrt({0})"),
    scalar(M, "Exp", &[number("number")], NUMBER, "The number e raised to a power.").example("Exp(0)", "1").eval(math::exp),
    scalar(M, "Ln", &[number("number")], NUMBER, "Natural logarithm; Null for zero and negative numbers.").example("Ln(0)", "Null").eval(math::ln).template("ln({0})"),
    scalar(M, "Log", &[number("value"), number("base").optional()], NUMBER, "Logarithm of a value to a base (10); Null for zero and negative numbers.").example("Log(8, 2)", "3").eval(math::log).sql(Lowering::ByCount(&[(1, "log10({0})")])),
    scalar(M, "Pi", &[], NUMBER, "The circle number.").example("Round(Pi(), 4)", "3.1416").eval(math::pi).template("pi()"),
    scalar(M, "Sin", &[number("value")], NUMBER, "Sine of an angle in radians.").example("Sin(0)", "0").eval(math::sin).template("sin({0})"),
    scalar(M, "Cos", &[number("value")], NUMBER, "Cosine of an angle in radians.").example("Cos(0)", "1").eval(math::cos).template("cos({0})"),
    scalar(M, "Tan", &[number("value")], NUMBER, "Tangent of an angle in radians.").example("Tan(0)", "0").eval(math::tan).template("tan({0})"),
    scalar(M, "Cot", &[number("value")], NUMBER, "Cotangent of an angle in radians; Null at 0.").example("Cot(0)", "Null").eval(math::cot),
    scalar(M, "Asin", &[number("value")], NUMBER, "Angle in radians with a given sine; Null outside of -1 to 1.").example("Asin(0)", "0").eval(math::asin).template("asin({0})"),
    scalar(M, "Acos", &[number("value")], NUMBER, "Angle in radians with a given cosine; Null outside of -1 to 1.").example("Acos(2)", "Null").eval(math::acos).template("acos({0})"),
    scalar(M, "Atan", &[number("value")], NUMBER, "Angle in radians with a given tangent.").example("Atan(0)", "0").eval(math::atan).template("atan({0})"),
    scalar(M, "Atan2", &[number("y"), number("x")], NUMBER, "Angle in radians of the point (x, y); y comes first.").example("Degrees(Atan2(1, 1))", "45").eval(math::atan2).template("atan2({0}, {1})"),
    scalar(M, "Degrees", &[number("angle")], NUMBER, "Radians as degrees.").example("Degrees(Pi())", "180").eval(math::degrees).template("degrees({0})"),
    scalar(M, "Radians", &[number("angle")], NUMBER, "Degrees as radians.").example("Radians(180) = Pi()", "True").eval(math::radians).template("radians({0})"),
    scalar(M, "IsEven", &[number("value")], LOGICAL, "Whether the whole part of a number is even.").example("IsEven(-4.9)", "True").eval(math::is_even).template("(CAST({0} AS INTEGER) % 2 = 0)"),
    scalar(M, "IsOdd", &[number("value")], LOGICAL, "Whether the whole part of a number is odd.").example("IsOdd(-3)", "True").eval(math::is_odd).template("(CAST({0} AS INTEGER) % 2 <> 0)"),
    scalar(M, "BitAnd", &[number("number1"), number("number2")], NUMBER, "Bits that both whole numbers have.").example("BitAnd(12, 23)", "4").eval(math::bit_and).template("({0} & {1})"),
    scalar(M, "BitOr", &[number("number1"), number("number2")], NUMBER, "Bits that at least one of two whole numbers has.").example("BitOr(12, 23)", "31").eval(math::bit_or).template("({0} | {1})"),
    scalar(M, "Greatest", &[same("values").many()], SAME, "The largest argument; Null when one is Null.").example("Greatest(3, 7, 5)", "7").eval(math::greatest).sql(Lowering::ByCount(&[(1, "{0}"), (2, "max({0..})"), (3, "max({0..})"), (4, "max({0..})")])),
    scalar(M, "Least", &[same("values").many()], SAME, "The smallest argument; Null when one is Null.").example("Least(3, Null, 5)", "Null").eval(math::least).sql(Lowering::ByCount(&[(1, "{0}"), (2, "min({0..})"), (3, "min({0..})"), (4, "min({0..})")])),
    scalar(M, "GreatestNonNull", &[same("values").many()], SAME, "The largest argument that is not Null.").example("GreatestNonNull(3, Null, 5)", "5").eval(math::greatest).aware(),
    scalar(M, "LeastNonNull", &[same("values").many()], SAME, "The smallest argument that is not Null.").example("LeastNonNull(3, Null, 5)", "3").eval(math::least).aware(),
    scalar(M, "RowAvg", &[number("numbers").many()], NUMBER, "Mean of the arguments that are not Null.").example("RowAvg(1, Null, 4)", "2.5").eval(math::row_average).aware(),
    scalar(M, "BinFixed", &[number("value"), number("min"), number("max"), number("bins")], NUMBER, "Number of the bin a value falls into, of equal bins between two ends; 0 below, one more than the bins above.").example("BinFixed(45, 0, 90, 3)", "2").eval(math::bin_fixed),
    scalar(M, "BinRange", &[same("value"), same("cutoffs").many()], NUMBER, "Number of the bin a value falls into, between ascending bounds; the first bin is 1.").example("BinRange(100, 50, 100, 200)", "3").eval(math::bin_range),
    scalar(M, "DistancePlane", &[number("x1"), number("y1"), number("x2"), number("y2")], NUMBER, "Straight distance of two points.").example("DistancePlane(0, 0, 3, 4)", "5").eval(math::distance_plane),
    scalar(M, "DistanceGlobe", &[number("latitude1"), number("longitude1"), number("latitude2"), number("longitude2")], NUMBER, "Kilometres between two places on the globe; latitude first.").example("Round(DistanceGlobe(0, 0, 0, 90), 0)", "10008").eval(math::distance_globe),
];
