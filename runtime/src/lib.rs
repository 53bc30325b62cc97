//! The runtime: command line, server, engines.

pub mod action;
pub mod adapter;
pub mod assets;
pub mod cli;
pub mod engine;
pub mod host;
pub mod protocol;
pub mod seeds;
pub mod server;
pub mod session;
pub mod store;
pub mod target;
pub mod watch;
