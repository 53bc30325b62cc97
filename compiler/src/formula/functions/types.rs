//! Conversions.

use super::declare::{DATE, LOGICAL, NUMBER, TEXT, VARIANT, any, param, scalar};
use super::signature::{Accepts, Category, Function, Valid};
use crate::formula::eval::convert;
use crate::value::Type::{Date, Geography, Logical, Number, Text, Variant};

const T: Category = Category::Type;

/// The family.
pub(super) static FUNCTIONS: &[Function] = &[
    scalar(
        T,
        "Text",
        &[any("value")],
        TEXT,
        "The value as text; dates in full ISO form, geographies in WKT.",
    )
    .example(
        "Text(Date(\"2026-01-31\")) & Text(1.50) & Text(True)",
        "\"2026-01-31 00:00:001.5true\"",
    )
    .eval(convert::text),
    scalar(
        T,
        "Number",
        &[param(
            "value",
            Accepts::OneOf(&[Number, Text, Date, Variant]),
        )],
        NUMBER,
        "Text read as a number, Null when it is none; a date as seconds since 1970.",
    )
    .example("Number(\"1,200\")", "Null")
    .eval(convert::number),
    scalar(
        T,
        "Date",
        &[param("value", Accepts::OneOf(&[Date, Text, Number, Variant])).valid(Valid::IsoDate)],
        DATE,
        "ISO text, or seconds since 1970, as a date; Null when it is none.",
    )
    .example("Date(\"2026-01-31\") = MakeDate(2026, 1, 31)", "True")
    .eval(convert::date),
    scalar(
        T,
        "Logical",
        &[param(
            "value",
            Accepts::OneOf(&[Logical, Text, Number, Variant]),
        )],
        LOGICAL,
        "`true` and `false` in any letter case, and numbers other than 0, as a logical value.",
    )
    .example("Logical(\"TRUE\")", "True")
    .eval(convert::logical),
    scalar(
        T,
        "Json",
        &[param("value", Accepts::OneOf(&[Text, Variant, Geography]))],
        VARIANT,
        "Text parsed as JSON, Null when it is none; a geography as GeoJSON.",
    )
    .example("Number(Json(\"[1, 2]\")[1])", "2")
    .eval(convert::json),
    scalar(
        T,
        "Variant",
        &[any("value")],
        VARIANT,
        "A value as a variant; text is not parsed, a geography is GeoJSON.",
    )
    .example("Text(Variant(\"[1]\"))", "\"[1]\"")
    .eval(convert::variant),
];
