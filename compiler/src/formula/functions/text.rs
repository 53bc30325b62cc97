//! Text functions.

use super::declare::{LOGICAL, NUMBER, TEXT, choice, number, scalar, text};
use super::lowering::Lowering;
use super::signature::{Category, Function, Valid};
use crate::formula::eval::{hash, pattern, text as eval};

const T: Category = Category::Text;
const URL_PARTS: &[&str] = &[
    "scheme",
    "authority",
    "userinfo",
    "host",
    "port",
    "path",
    "query",
    "fragment",
];

/// The family.
pub(super) static FUNCTIONS: &[Function] = &[
    scalar(T, "Concat", &[text("values").many()], TEXT, "Joins texts without a separator.")
        .example("Concat(\"a\", \"b\", \"c\")", "\"abc\"").eval(eval::join).template("({0..: || })"),
    scalar(T, "Contains", &[text("text"), text("substrings").many()], LOGICAL, "Whether a text holds at least one of the substrings, letter case included.")
        .example("Contains(\"brand search\", \"generic\", \"brand\")", "True").eval(eval::contains).sql(Lowering::ByCount(&[(2, "(instr({0}, {1}) > 0)")])),
    scalar(T, "StartsWith", &[text("text"), text("substring")], LOGICAL, "Whether a text begins with another, letter case included.")
        .example("StartsWith(\"2026-q1\", \"2026\")", "True").eval(eval::starts_with).template("(instr({0}, {1}) = 1)"),
    scalar(T, "EndsWith", &[text("text"), text("substring")], LOGICAL, "Whether a text ends with another, letter case included.")
        .example("EndsWith(\"a@example.com\", \".com\")", "True").eval(eval::ends_with),
    scalar(T, "Find", &[text("text"), text("substring")], NUMBER, "Position of a substring, counted from 1; 0 when it is absent.")
        .example("Find(\"banana\", \"na\")", "3").eval(eval::find).template("instr({0}, {1})"),
    scalar(T, "Like", &[text("text"), text("pattern")], LOGICAL, "Whether a text fits a pattern in which `%` is any run and `_` one character.")
        .example("Like(\"summer_br\", \"sum%_br\")", "True").eval(pattern::like),
    scalar(T, "ILike", &[text("text"), text("pattern")], LOGICAL, "As `Like`, without regard to letter case.")
        .example("ILike(\"Summer\", \"sum%\")", "True").eval(pattern::ilike),
    scalar(T, "Left", &[text("text"), number("length")], TEXT, "The first characters; a negative length drops that many from the end.")
        .example("Left(\"San Francisco\", -5)", "\"San Fran\"").eval(eval::left),
    scalar(T, "Right", &[text("text"), number("length")], TEXT, "The last characters; a negative length drops that many from the start.")
        .example("Right(\"555-1234\", 4)", "\"1234\"").eval(eval::right),
    scalar(T, "Mid", &[text("text"), number("start"), number("length").optional()], TEXT, "Characters from a position on, counted from 1; to the end without a length.")
        .example("Mid(\"abcdef\", 2, 3)", "\"bcd\"").eval(eval::mid),
    scalar(T, "Substring", &[text("text"), number("start"), number("length").optional()], TEXT, "The same as `Mid`.")
        .example("Substring(\"abcdef\", 5)", "\"ef\"").eval(eval::mid),
    scalar(T, "Len", &[text("text")], NUMBER, "Number of characters.")
        .example("Len(\"caf\u{e9} \")", "5").eval(eval::len).template("length({0})"),
    scalar(T, "Lower", &[text("text")], TEXT, "The text in small letters.")
        .example("Lower(\"\u{c9}A\")", "\"\u{e9}a\"").eval(eval::lower),
    scalar(T, "Upper", &[text("text")], TEXT, "The text in capitals.")
        .example("Upper(\"\u{e9}a\")", "\"\u{c9}A\"").eval(eval::upper),
    scalar(T, "Proper", &[text("text")], TEXT, "The text with a capital at the start of each word.")
        .example("Proper(\"new YORK\")", "\"New York\"").eval(eval::proper),
    scalar(T, "Trim", &[text("text")], TEXT, "The text without spaces at both ends.")
        .example("Trim(\"  a b \")", "\"a b\"").eval(eval::trim).template("trim({0})"),
    scalar(T, "LTrim", &[text("text")], TEXT, "The text without spaces at its start.")
        .example("LTrim(\"  a \")", "\"a \"").eval(eval::trim_start).template("ltrim({0})"),
    scalar(T, "RTrim", &[text("text")], TEXT, "The text without spaces at its end.")
        .example("RTrim(\" a  \")", "\" a\"").eval(eval::trim_end).template("rtrim({0})"),
    scalar(T, "LPad", &[text("text"), number("length"), text("fill").optional()], TEXT, "Fills a text at its start up to a length, with spaces unless said; a longer one is cut.")
        .example("LPad(\"42\", 5, \"0\")", "\"00042\"").eval(eval::pad_start),
    scalar(T, "RPad", &[text("text"), number("length"), text("fill").optional()], TEXT, "Fills a text at its end up to a length, with spaces unless said; a longer one is cut.")
        .example("RPad(\"ab\", 4, \"-\")", "\"ab--\"").eval(eval::pad_end),
    scalar(T, "Repeat", &[text("text"), number("times")], TEXT, "A text several times over; Null for zero times or fewer.")
        .example("Repeat(\"*\", 3)", "\"***\"").eval(eval::repeat),
    scalar(T, "Replace", &[text("text"), text("substring"), text("replacement")], TEXT, "Replaces every occurrence of a substring.")
        .example("Replace(\"a%20b\", \"%20\", \" \")", "\"a b\"").eval(eval::replace),
    scalar(T, "Reverse", &[text("text")], TEXT, "The characters in opposite order.")
        .example("Reverse(\"abc\")", "\"cba\"").eval(eval::reverse),
    scalar(T, "SplitPart", &[text("text"), text("delimiter"), number("position")], TEXT, "One part of a text cut at a delimiter, counted from 1, or from the end when negative; empty when there is none.")
        .example("SplitPart(\"a@example.com\", \"@\", -1)", "\"example.com\"").eval(eval::split_part),
    scalar(T, "TextJoin", &[text("delimiter"), text("values").many()], TEXT, "Joins texts with a delimiter between them; a Null counts as empty.")
        .example("TextJoin(\" > \", \"a\", Null, \"b\")", "\"a >  > b\"").eval(eval::text_join).aware(),
    scalar(T, "RegexpMatch", &[text("text"), text("pattern").valid(Valid::Pattern)], LOGICAL, "Whether a regular expression fits anywhere in a text.")
        .example("RegexpMatch(\"order 66\", \"\\\\d+\")", "True").eval(pattern::regexp_match),
    scalar(T, "RegexpExtract", &[text("text"), text("pattern").valid(Valid::Pattern), number("position").optional()], TEXT, "What a regular expression, or its first group, matches at a given match; Null when nothing does.")
        .example("RegexpExtract(\"utm_campaign=fall&x=1\", \"utm_campaign=([^&]+)\")", "\"fall\"").eval(pattern::regexp_extract),
    scalar(T, "RegexpReplace", &[text("text"), text("pattern").valid(Valid::Pattern), text("replacement")], TEXT, "Replaces every match of a regular expression; `\\1` is its first group.")
        .example("RegexpReplace(\"a-1\", \"(\\\\w)-(\\\\d)\", \"\\\\2\\\\1\")", "\"1a\"").eval(pattern::regexp_replace),
    scalar(T, "RegexpCount", &[text("text"), text("pattern").valid(Valid::Pattern)], NUMBER, "How often a regular expression matches.")
        .example("RegexpCount(\"a1b22\", \"\\\\d+\")", "2").eval(pattern::regexp_count),
    scalar(T, "UrlPart", &[choice("component", URL_PARTS), text("url")], TEXT, "One component of a web address; Null when it is absent.")
        .example("UrlPart(\"host\", \"https://example.com:80/a?b=1\")", "\"example.com\"").eval(eval::url_part),
    scalar(T, "MD5", &[text("text")], TEXT, "The MD5 digest in hexadecimal.")
        .example("MD5(\"abc\")", "\"900150983cd24fb0d6963f7d28e17f72\"").eval(hash::md5),
    scalar(T, "SHA256", &[text("text")], TEXT, "The SHA-256 digest in hexadecimal.")
        .example("SHA256(\"abc\")", "\"ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad\"").eval(hash::sha256),
];
