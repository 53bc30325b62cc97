//! JSON or YAML to JSON.

use bookwright_compiler::diag::Diagnostics;
use bookwright_compiler::span::FileId;
use bookwright_compiler::yaml::{self, Kind, Node, Resolved};
use serde_json::Value;

/// Reads a document in either form.
///
/// # Errors
/// A sentence, when it is neither.
pub(super) fn read(text: &str) -> Result<Value, String> {
    if text.trim_start().starts_with('{') {
        return serde_json::from_str(text).map_err(|error| error.to_string());
    }
    let mut sink = Diagnostics::default();
    let node = yaml::parse(FileId(0), text, &mut sink);
    if let Some(found) = sink.iter().next() {
        return Err(found.message.clone());
    }
    node.map(|node| value(&node))
        .ok_or_else(|| "there is nothing".to_owned())
}

fn value(node: &Node) -> Value {
    match &node.kind {
        Kind::Scalar(scalar) => match &scalar.value {
            Resolved::Null => Value::Null,
            Resolved::Bool(truth) => (*truth).into(),
            Resolved::Integer(number) => (*number).into(),
            Resolved::Float(number) => (*number).into(),
            Resolved::Text => scalar.text.clone().into(),
        },
        Kind::Sequence(items) => items.iter().map(value).collect(),
        Kind::Mapping(pairs) => {
            let pairs = pairs
                .iter()
                .map(|pair| (pair.key.clone(), value(&pair.value)));
            Value::Object(pairs.collect())
        }
    }
}
