//! Who asks, and values of other elements. Earlier stages replace all of these.

use super::declare::{LOGICAL, SAME, TEXT, param, replaced, text};
use super::signature::{Accepts, Category, Function, Kind, Param};

const S: Category = Category::System;
const J: Category = Category::Join;
const KEYS: &[Param] = &[
    param("formula", Accepts::Same),
    param("local_key", Accepts::Pair).group(),
    param("external_key", Accepts::Pair).group(),
];

/// The family.
pub(super) static FUNCTIONS: &[Function] = &[
    replaced(
        S,
        Kind::System,
        "CurrentUserEmail",
        &[],
        TEXT,
        "The e-mail address of the person who asks.",
    )
    .example("CurrentUserEmail()", "Null"),
    replaced(
        S,
        Kind::System,
        "CurrentUserFirstName",
        &[],
        TEXT,
        "The first name of the person who asks.",
    )
    .example("CurrentUserFirstName()", "Null"),
    replaced(
        S,
        Kind::System,
        "CurrentUserFullName",
        &[],
        TEXT,
        "The full name of the person who asks.",
    )
    .example("CurrentUserFullName()", "Null"),
    replaced(
        S,
        Kind::System,
        "CurrentUserAttributeText",
        &[text("attribute_name").literal()],
        TEXT,
        "An attribute of the person who asks; Null when there is none.",
    )
    .example("CurrentUserAttributeText(\"Region\")", "Null"),
    replaced(
        S,
        Kind::System,
        "CurrentUserInTeam",
        &[text("teams").many().literal()],
        LOGICAL,
        "Whether the person who asks is in one of the teams; Null when nobody is known to ask.",
    )
    .example("CurrentUserInTeam(\"Growth\")", "Null"),
    replaced(
        S,
        Kind::System,
        "CurrentTimezone",
        &[],
        TEXT,
        "The project's time zone.",
    )
    .example("CurrentTimezone()", "\"UTC\"")
    .template("{zone}"),
    replaced(
        J,
        Kind::Lookup,
        "Lookup",
        KEYS,
        SAME,
        "The value of a formula in another element, for the rows whose keys match.",
    )
    .example("Lookup([Other/N], [T], [Other/T])", "Null"),
    replaced(
        J,
        Kind::Lookup,
        "LookupMatchNulls",
        KEYS,
        SAME,
        "As `Lookup`; a Null key matches a Null key.",
    )
    .example("LookupMatchNulls([Other/N], [T], [Other/T])", "Null"),
    replaced(
        J,
        Kind::Lookup,
        "Rollup",
        KEYS,
        SAME,
        "An aggregate over the rows of another element whose keys match.",
    )
    .example("Rollup(Sum([Other/N]), [T], [Other/T])", "Null"),
];
