//! Codes of run time.

codes! {}
