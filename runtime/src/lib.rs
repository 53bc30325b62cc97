//! The runtime: command line, server, engines.

pub mod adapter;
pub mod protocol;
pub mod seeds;
