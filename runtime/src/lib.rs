//! The runtime: command line, server, engines.

pub mod host;
pub mod protocol;
