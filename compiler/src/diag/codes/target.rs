//! Codes of target support.

codes! {
    MISSING_FEATURE = 7001, "missing-capability", Error, "something the target cannot do";
}
