//! Components of web addresses on Snowflake.

use super::super::table::when;
use crate::formula::functions::lowering::Case;

/// Before the fragment.
macro_rules! whole_path {
    () => {
        "SPLIT_PART({1}, '#', 1)"
    };
}

/// Before the query as well.
macro_rules! address {
    () => {
        concat!("SPLIT_PART(", whole_path!(), ", '?', 1)")
    };
}

/// Behind the scheme; what has none is nothing but a path.
macro_rules! behind_scheme {
    () => {
        concat!(
            "SUBSTRING(",
            address!(),
            ", CHARINDEX('://', ",
            address!(),
            ") + 3)"
        )
    };
}

macro_rules! authority {
    () => {
        concat!("SPLIT_PART(", behind_scheme!(), ", '/', 1)")
    };
}

/// Host and port.
macro_rules! server {
    () => {
        concat!("SPLIT_PART(", authority!(), ", '@', -1)")
    };
}

macro_rules! with_scheme {
    ($part:expr) => {
        concat!(
            "(CASE WHEN CHARINDEX('://', ",
            address!(),
            ") > 0 THEN ",
            $part,
            " END)"
        )
    };
}

/// Cases by component.
pub(super) const PARTS: &[Case] = &[
    when().literal(0, "scheme").sql(with_scheme!(concat!(
        "SPLIT_PART(",
        address!(),
        ", '://', 1)"
    ))),
    when()
        .literal(0, "authority")
        .sql(with_scheme!(authority!())),
    when().literal(0, "userinfo").sql(with_scheme!(concat!(
        "CASE WHEN CONTAINS(",
        authority!(),
        ", '@') THEN LEFT(",
        authority!(),
        ", LENGTH(",
        authority!(),
        ") - LENGTH(",
        server!(),
        ") - 1) END"
    ))),
    when().literal(0, "host").sql(with_scheme!(concat!(
        "REGEXP_REPLACE(",
        server!(),
        ", ':[0-9]*$', '')"
    ))),
    when().literal(0, "port").sql(with_scheme!(concat!(
        "CASE WHEN REGEXP_LIKE(",
        server!(),
        ", '.*:[0-9]*') THEN SPLIT_PART(",
        server!(),
        ", ':', -1) END"
    ))),
    when().literal(0, "path").sql(concat!(
        "(CASE WHEN CHARINDEX('://', ",
        address!(),
        ") > 0 THEN SUBSTRING(",
        behind_scheme!(),
        ", LENGTH(",
        authority!(),
        ") + 1) ELSE ",
        address!(),
        " END)"
    )),
    when().literal(0, "query").sql(concat!(
        "(CASE WHEN CONTAINS(",
        whole_path!(),
        ", '?') THEN SUBSTRING(",
        whole_path!(),
        ", CHARINDEX('?', ",
        whole_path!(),
        ") + 1) END)"
    )),
    when()
        .literal(0, "fragment")
        .sql("(CASE WHEN CONTAINS({1}, '#') THEN SUBSTRING({1}, CHARINDEX('#', {1}) + 1) END)"),
    when().refused("needs a literal component"),
];
