//! Answers what a page asks, from a plan and an engine.

pub mod wire;
