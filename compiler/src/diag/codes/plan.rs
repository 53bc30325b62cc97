//! Codes of plan.

codes! {}
