//! Codes of types.

codes! {
    UNKNOWN_FUNCTION = 5001, "unknown-function", Error, "A function does not exist.";
    FUNCTION_NOT_AVAILABLE = 5002, "function-not-available", Error, "A function of the platform is not available here.";
    FOREIGN_FUNCTION = 5003, "foreign-function", Error, "A function of another language is called.";
    ARGUMENT_COUNT = 5004, "argument-count", Error, "A call has too few or too many arguments.";
    ARGUMENT_TYPE = 5005, "argument-type", Error, "An argument has the wrong type.";
    LITERAL_REQUIRED = 5006, "literal-required", Error, "An argument must be a literal.";
    UNKNOWN_CHOICE = 5007, "unknown-choice", Error, "An argument is not one of the words allowed.";
    MIXED_TYPES = 5008, "mixed-types", Error, "Values that must share one type do not.";
    SWAPPED_ARGUMENTS = 5009, "swapped-arguments", Error, "Arguments are in the wrong order.";
    TEXT_ADDITION = 5010, "text-addition", Error, "Text is joined with `+`.";
    NUMBER_AS_CONDITION = 5011, "number-as-condition", Error, "A number is used as a condition.";
    DATE_ARITHMETIC = 5012, "date-arithmetic", Error, "Dates are added or subtracted like numbers.";
    CONSTANT_REQUIRED = 5013, "constant-required", Error, "An argument depends on the row.";
    INVALID_PATTERN = 5014, "invalid-pattern", Error, "A regular expression is not valid.";
    INVALID_DATE = 5015, "invalid-date", Error, "A date literal is not ISO.";
    NULL_COMPARISON = 5017, "null-comparison", Warning, "A value is compared with Null.";
    ARGUMENT_RANGE = 5016, "argument-range", Error, "A literal argument is out of range.";
}
