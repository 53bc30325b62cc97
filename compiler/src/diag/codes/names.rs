//! Codes of names.

codes! {
    UNKNOWN_COLUMN = 4001, "unknown-column", Error, "a name that is no column of the element, of its source, and no control";
    UNKNOWN_ELEMENT = 4002, "unknown-element", Error, "a name that is no query, input table or element";
    UNKNOWN_CONTROL = 4003, "unknown-control", Error, "a name that is no control";
    UNKNOWN_PLACE = 4004, "unknown-place", Error, "a name that is no page, modal or drawer";
    UNKNOWN_ACTION = 4005, "unknown-action", Error, "a name that is no action";
    UNKNOWN_TAB = 4006, "unknown-tab", Error, "a name that is no tab of the named tabs";
    UNKNOWN_LEVEL = 4007, "unknown-level", Error, "a name that is no level of the element that is read";
    UNKNOWN_METRIC = 4008, "unknown-metric", Error, "a name that is no metric of the element or its source";
    UNKNOWN_TABLE = 4009, "unknown-table", Error, "a table that the target does not have";
    AMBIGUOUS_TABLE = 4010, "ambiguous-table", Error, "a table name that several tables of the target match";
    AMBIGUOUS_COLUMN = 4011, "ambiguous-column", Error, "a bare name that several legs of a join have";
    NOT_THE_SOURCE = 4012, "not-the-source", Error, "a column of an element that is not the source";
    CIRCULAR_REFERENCE = 4013, "circular-reference", Error, "something that depends on itself";
    DUPLICATE_NAME = 4014, "duplicate-name", Error, "two things of one name space with one name";
    NAME_DIFFERS_ONLY_BY_CASE = 4015, "name-differs-only-by-case", Error, "two names that differ only in case or in `_` for a space";
    DUPLICATE_ID = 4016, "duplicate-id", Error, "two things with one id";
    SHADOWED_CONTROL = 4017, "shadowed-control", Warning, "a bare name that a column and a control both answer to";
    NO_SELECTION = 4018, "no-selection", Error, "`[Selection/…]` where nothing is clicked";
    TWO_ELEMENTS = 4019, "two-elements-in-lookup", Error, "a lookup that reads two other elements";
    MISSING_SOURCE = 4020, "missing-source", Error, "a query, leg or element without a source";
    SEVERAL_SOURCES = 4021, "several-sources", Error, "a query with two sources";
    UNREADABLE_FILE = 4022, "unreadable-file", Error, "a file that cannot be read";
    MISSING_JOIN_CONDITION = 4023, "missing-join-condition", Error, "a leg of a join without `on`";
    INCLUDED_WORKBOOK = 4025, "included-workbook", Error, "an included file that is a workbook of its own";
    WRONG_KIND_OF_NAME = 4024, "wrong-kind-of-name", Error, "a name that exists, as something else";
}
