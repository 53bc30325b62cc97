//! The runtime: command line, server, engines.

pub mod assets;
pub mod protocol;
