//! Codes of types.

codes! {}
