//! Codes of names.

codes! {}
