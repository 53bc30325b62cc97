//! Codes of target support.

codes! {
    UNSUPPORTED_FEATURE = 7001, "unsupported-feature", Error, "the workbook needs an ability that the target does not have";
}
