//! Text as JSON. The engine raises on what is none, and before version 16 has no way to ask.

use super::iso::literal;
use crate::formula::functions::lowering::Writing;
use crate::plan::relation::Expr;
use crate::value::{Type, Value};

/// A text within JSON. The engine cannot hold the character 0.
const STRING: &str = r#""(?:[^"\\\x01-\x1f]|\\(?:["\\/bfnrt]|u(?:(?!0000|[dD][89a-fA-F])[0-9a-fA-F]{4}|[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2})))*""#;
/// A number or a word of JSON.
const SCALAR: &str = "-?(?:0|[1-9][0-9]*)(?:[.][0-9]+)?(?:[eE][-+]?[0-9]+)?|true|false|null";
/// White space of JSON.
const SPACE: &str = "[ \\t\\n\\r]+";
/// An array or object of scalars, when texts are empty, numbers and words are 0, and there are no spaces.
const FLAT: &str = r#"\[(?:(?:""|0)(?:,(?:""|0))*)?\]|\{(?:"":(?:""|0)(?:,"":(?:""|0))*)?\}"#;
/// What is left of JSON.
const LEFT: &str = r#"^(?:""|0)$"#;
/// How deep arrays and objects may be nested.
const DEEPEST: usize = 16;

/// `Json`: text is parsed. Text that is nested deeper than 16 levels is Null.
pub(super) fn json(args: &[Expr]) -> Writing {
    if let Some(text) = literal(args, 0) {
        let parsed = serde_json::from_str::<serde_json::Value>(text).ok();
        return match parsed.filter(|json| !json.is_null()) {
            Some(json) => Writing {
                template: "{1}".to_owned(),
                values: vec![Value::Variant(json.into())],
            },
            None => Writing::plain("CAST(NULL AS JSONB)".to_owned()),
        };
    }
    if args.first().is_some_and(|arg| arg.ty == Type::Variant) {
        return Writing::plain("{0}".to_owned());
    }
    let patterns = [STRING, SCALAR, SPACE, FLAT, LEFT];
    let hole = |position: usize| format!("{{{}}}", args.len() + position);
    let replaced = |text: String, pattern: usize, by: &str| {
        format!("regexp_replace({text}, {}, '{by}', 'g')", hole(pattern))
    };
    let scalars = replaced(replaced("{0}".to_owned(), 0, "\"\""), 1, "0");
    let bare = replaced(scalars, 2, "");
    let flat = (0..DEEPEST).fold(bare, |text, _| replaced(text, 3, "0"));
    Writing {
        template: format!(
            "(CASE WHEN {flat} ~ {} THEN NULLIF(CAST({{0}} AS JSONB), 'null') END)",
            hole(4)
        ),
        values: patterns.into_iter().map(Value::text).collect(),
    }
}
