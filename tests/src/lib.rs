//! Harnesses that need more than one crate, real engines or a browser, and the generators of data.

pub mod broken;
pub mod generated;
pub mod growth;
pub mod synthetic;
pub mod vega;
