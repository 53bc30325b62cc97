//! Codes of structure.

codes! {}
