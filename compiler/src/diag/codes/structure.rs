//! Codes of structure.

codes! {
    UNKNOWN_KEY = 2001, "unknown-key", Error, "A map has a key that it may not have.";
    MISSING_KEY = 2002, "missing-key", Error, "A map lacks a key that it needs.";
    WRONG_KIND = 2003, "wrong-kind", Error, "A value is of another kind than its key takes.";
    UNKNOWN_WORD = 2004, "unknown-word", Error, "A value is none of the words its key takes.";
    OUT_OF_RANGE = 2005, "out-of-range", Error, "A number is smaller or larger than its key takes.";
    UNKNOWN_KIND = 2006, "unknown-kind", Error, "An item of a body is of no known kind.";
    UNKNOWN_EFFECT = 2007, "unknown-effect", Error, "A step of an action is no known effect.";
    INVALID_NAME = 2008, "invalid-name", Error, "A name is empty, or holds what names may not hold.";
    BRACKETS_IN_PATH = 2009, "brackets-in-path", Error, "A path to a column is written with brackets.";
    INVALID_PATH = 2010, "invalid-path", Error, "A text is not a path to a column.";
    INVALID_COLOR = 2011, "invalid-color", Error, "A text is not a colour.";
    INVALID_WINDOW = 2012, "invalid-window", Error, "A text is not a window of time.";
    NOT_SUPPORTED_YET = 2013, "not-supported-yet", Error, "A part of the language is read and does not run yet.";
}
