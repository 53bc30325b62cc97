//! What all engines but `SQLite` write alike. An engine's own entry comes before.

mod aggregate;
mod array;
mod date;
mod financial;
mod logical;
mod math;
mod operators;
mod system;
mod text;
mod types;
mod window;

use super::table::Table;

/// All families.
pub(super) const FAMILIES: &[Table] = &[
    operators::TABLE,
    logical::TABLE,
    text::TABLE,
    math::TABLE,
    date::TABLE,
    types::TABLE,
    aggregate::TABLE,
    window::TABLE,
    array::TABLE,
    system::TABLE,
    financial::TABLE,
];
