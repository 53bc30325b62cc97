//! Codes of the project file and of choosing a target (29xx of the structure range).

codes! {
    MISSING_VARIABLE = 2901, "missing-variable", Error, "an environment variable that the target in use needs is not set";
    UNKNOWN_TARGET = 2902, "unknown-target", Error, "a target that the project does not have";
    AMBIGUOUS_TARGET = 2903, "ambiguous-target", Error, "several targets and none chosen";
    CONTRADICTORY_ENVIRONMENT = 2904, "contradictory-environment", Error, "two environment variables that ask for different targets";
    RESERVED_TARGET = 2905, "reserved-target", Error, "a target with the reserved name `sigma`";
    INVALID_SETTING = 2906, "invalid-setting", Error, "a time zone, locale or currency that does not exist";
    INCOMPLETE_TARGET = 2907, "incomplete-target", Error, "a target without the engine its mode needs";
    INVALID_REFERENCE = 2908, "invalid-reference", Error, "a `${…}` that is not closed or names no variable";
    UNREADABLE_PROJECT = 2909, "unreadable-project", Error, "the project file cannot be read";
}
