//! Harnesses that need more than one crate, real engines or a browser, and the generators of data.

pub mod bench;
pub mod broken;
pub mod corpus;
pub mod engines;
pub mod folder;
pub mod formulas;
pub mod generated;
pub mod growth;
pub mod invariants;
pub mod literate;
pub mod mistakes;
pub mod parts;
pub mod synthetic;
pub mod vega;
