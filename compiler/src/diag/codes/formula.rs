//! Codes of formula syntax.

codes! {
    EMPTY_FORMULA = 3001, "empty-formula", Error, "A formula is empty.";
    UNEXPECTED_TOKEN = 3002, "unexpected-token", Error, "A formula goes on where it should end.";
    MISSING_OPERAND = 3003, "missing-operand", Error, "A value is missing.";
    MISSING_OPERATOR = 3004, "missing-operator", Error, "Two values stand side by side.";
    UNCLOSED_BRACKET = 3005, "unclosed-bracket", Error, "A `[` is never closed.";
    UNCLOSED_PARENTHESIS = 3006, "unclosed-parenthesis", Error, "A `(` is never closed.";
    STRAY_PARENTHESIS = 3007, "stray-parenthesis", Error, "A `)` closes nothing.";
    UNCLOSED_TEXT = 3008, "unclosed-text", Error, "A text literal is never closed.";
    MISSING_ARGUMENT = 3009, "missing-argument", Error, "An argument between commas is missing.";
    ARGUMENT_SEPARATOR = 3010, "argument-separator", Error, "Arguments are separated by something else than commas.";
    CURLY_QUOTES = 3011, "curly-quotes", Error, "Text is written in typographic quotes.";
    LEADING_EQUALS = 3012, "leading-equals", Warning, "A formula begins with `=`.";
    FOREIGN_OPERATOR = 3013, "foreign-operator", Error, "An operator is written as in another language.";
    CONNECTIVE_CALL = 3014, "connective-call", Error, "`And` or `Or` is written as a call.";
    NULL_TEST = 3015, "null-test", Error, "A test for Null is written as in SQL.";
    FOREIGN_CONDITIONAL = 3016, "foreign-conditional", Error, "A condition is written as in SQL or BASIC.";
    CHAINED_COMPARISON = 3017, "chained-comparison", Error, "Comparisons are chained.";
    BAD_NUMBER = 3018, "bad-number", Error, "A number is not written as one.";
    EMPTY_REFERENCE = 3019, "empty-reference", Error, "A reference holds no name.";
    BARE_NAME = 3020, "bare-name", Error, "A name stands without brackets.";
    UNKNOWN_CHARACTER = 3021, "unknown-character", Error, "A character means nothing in a formula.";
    UNKNOWN_ESCAPE = 3022, "unknown-escape", Warning, "A backslash in text escapes nothing.";
    NESTING_TOO_DEEP = 3023, "nesting-too-deep", Error, "A formula nests too deeply.";
    FORMULA_TOO_LONG = 3024, "formula-too-long", Error, "A formula has too many operators.";
    UNCLOSED_TEMPLATE = 3025, "unclosed-template", Error, "A `{{` in prose is never closed.";
}
