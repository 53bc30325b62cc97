//! From nodes to document types: tolerant, exact, and the source of the JSON Schemas.

pub(crate) mod macros;
