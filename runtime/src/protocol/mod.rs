//! What browser and server say to each other, version 1. All JSON under `/api/v1`; the TypeScript side
//! (`runtime/web/src/protocol.gen.ts`) is generated from these types and compared in a test.
//!
//! Cells on the wire: null, boolean, number, text; dates as `YYYY-MM-DDTHH:MM:SS[.ffffff]` wall-clock time of the
//! project's zone; integers beyond 2^53 as text (the column type says number); variants as JSON.

pub mod action;
pub mod edit;
pub mod export;
pub mod find;
pub mod live;
pub mod query;
#[cfg(test)]
mod typescript;
pub mod view;
