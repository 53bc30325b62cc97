//! Codes of target support.

codes! {}
