//! The runtime: command line, server, engines.

pub mod protocol;
