//! The invariants of the test member, without the engines and servers it needs for the rest.

#[path = "../src/invariants/mod.rs"]
pub mod invariants;
