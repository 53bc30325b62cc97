//! Codes of formula syntax.

codes! {}
