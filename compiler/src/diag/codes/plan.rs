//! Codes of plan: levels, filters, layout and actions.

codes! {
    AGGREGATE_REQUIRED = 6001, "aggregate-required", Error, "a column with many values where one is expected";
    AGGREGATE_OF_AGGREGATE = 6002, "aggregate-of-aggregate", Error, "an aggregate inside an aggregate";
    AGGREGATE_AT_BASE = 6003, "aggregate-at-base", Warning, "an aggregate over a single row";
    WINDOW_IN_AGGREGATE = 6004, "window-in-aggregate", Error, "a window function as the argument of an aggregate";
    SORT_BY_SUMMARY = 6005, "sort-by-summary", Error, "a sort by a summary";
    FILTER_WITHOUT_TEST = 6006, "filter-without-test", Error, "a column filter that says not what it keeps";
    FILTER_TYPE = 6007, "value-type", Error, "a constant of another type than the column it goes to";
    JOIN_CONDITION = 6008, "join-condition", Error, "a join condition that is no comparison";
    JOIN_TYPES = 6009, "join-types", Error, "a join that compares different types";
    SQL_REFUSED = 6010, "sql-refused", Error, "custom SQL that the database refuses";
    MISSING_CHANNEL = 6011, "missing-channel", Error, "a chart without a channel its type needs";
    COMPARE_WITHOUT_PERIOD = 6012, "compare-without-period", Error, "`compare: previous` of a KPI without `by`";
    LAYOUT_OVERLAP = 6013, "layout-overlap", Error, "two elements on one cell of the grid";
    MIXED_LAYOUT = 6014, "mixed-layout", Error, "a body in which only some items have `at`";
    LAYOUT_OUT_OF_GRID = 6015, "layout-out-of-grid", Error, "a place or width outside the 24 columns";
    MISSING_WHERE = 6016, "missing-where", Error, "an update or delete that says not which rows";
    CONTROL_OPTION = 6017, "control-setting", Error, "a setting that does not fit the control's type";
    UNUSED_DEFAULT = 6018, "default-not-an-option", Error, "a default that is not among the options";
    READ_ONLY_COLUMN = 6019, "read-only-column", Error, "a value for a column that nobody may write";
    SELECTION_WITHOUT_ELEMENT = 6020, "nothing-selected", Error, "`selected: true` where nothing can be selected";
    CIRCULAR_ACTION = 6021, "circular-action", Error, "an action that runs itself";
    EXPECTED_LOGICAL = 6023, "condition-not-logical", Error, "a condition that is not True or False";
    UNKNOWN_FORMAT = 6024, "unknown-format", Error, "a format that is no word and no pattern";
    UNSUPPORTED_CHART = 6022, "chart-not-supported-yet", Error, "a chart type that is not drawn yet";
}
