//! HTTP: the page shell, the wire protocol, the live channel.
//!
//! In: requests. Out: what a [`Workspace`](crate::session::workspace::Workspace) knows, as HTML, JSON and messages.
//! [`router::router`] has every route; [`guard`] refuses what does not come from our own pages; [`error`] decides what
//! leaves the process when something fails; [`listen`] owns the socket.

pub mod address;
pub mod app;
pub mod asset;
pub mod drawing;
pub mod edit;
pub mod error;
pub mod export;
pub mod figure;
pub mod find;
pub mod guard;
pub mod headers;
pub mod listen;
pub mod live;
pub mod query;
pub mod router;
pub mod shell;

#[cfg(test)]
mod tests;
