//! Codes of YAML.

codes! {
    YAML_SYNTAX = 1001, "yaml-syntax", Error, "The text is not YAML.";
    UNQUOTED_VALUE = 1002, "unquoted-value", Error, "YAML reads an unquoted value as something else than the text it shows.";
    TAB_INDENTATION = 1003, "tab-indentation", Error, "A tab stands where YAML takes only blanks.";
    DUPLICATE_KEY = 1004, "duplicate-key", Error, "A map has the same key twice.";
    COMPLEX_KEY = 1005, "complex-key", Error, "A key is not plain text.";
    MERGE_KEY = 1006, "merge-key", Error, "The merge key `<<` is not part of YAML 1.2.";
    TAG = 1007, "tag", Error, "A value carries a YAML tag.";
    UNKNOWN_ANCHOR = 1008, "unknown-anchor", Error, "An alias names an anchor that no earlier value has.";
    ALIAS_CYCLE = 1009, "alias-cycle", Error, "An alias stands inside the value it repeats.";
    TOO_MANY_NODES = 1010, "too-many-nodes", Error, "Aliases expand to more values than a file may hold.";
    TOO_DEEP = 1011, "too-deep", Error, "Lists and maps are nested too deep.";
    SEVERAL_DOCUMENTS = 1012, "several-documents", Error, "A file holds more than one YAML document.";
    FILE_TOO_LARGE = 1013, "file-too-large", Error, "A file is too large to be read.";
}

/// Whether a finding of this code means that some lines were not read.
pub(crate) fn hides_lines(code: &super::Code) -> bool {
    [&YAML_SYNTAX, &TAB_INDENTATION, &MERGE_KEY].contains(&code)
}
