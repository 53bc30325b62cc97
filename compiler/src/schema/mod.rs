//! JSON Schemas of the files an author writes, generated from the document types. Editors use them; the compiler reads
//! without them and says more.

#[cfg(test)]
mod tests;

use schemars::generate::SchemaSettings;
use serde_json::{Value, json};

use crate::document::project::Project;
use crate::document::read::Read;
use crate::document::workbook::Workbook;

/// Where the schemas are published.
const BASE: &str = "https://raw.githubusercontent.com/bookwright/bookwright/main/schemas";

/// Schema of `bookwright.yaml`.
pub fn project() -> Value {
    document::<Project>("project", "Bookwright project")
}

/// Schema of a workbook file, or of a fragment for `include`.
pub fn workbook() -> Value {
    document::<Workbook>("workbook", "Bookwright workbook")
}

/// Schema of a compiled plan.
pub fn plan() -> Value {
    let generator = SchemaSettings::draft2020_12().into_generator();
    titled(
        generator
            .into_root_schema_for::<crate::plan::Plan>()
            .to_value(),
        "plan",
        "Bookwright plan",
    )
}

fn document<T: Read>(file: &str, title: &str) -> Value {
    titled(of::<T>(), file, title)
}

fn titled(mut schema: Value, file: &str, title: &str) -> Value {
    if let Value::Object(object) = &mut schema {
        object.shift_insert(
            1,
            "$id".to_owned(),
            json!(format!("{BASE}/{file}.schema.json")),
        );
        object.shift_insert(2, "title".to_owned(), json!(title));
    }
    schema
}

/// Schema of any document type.
pub fn of<T: Read>() -> Value {
    let mut generator = SchemaSettings::draft2020_12().into_generator();
    let root = T::schema(&mut generator).to_value();
    let mut schema = json!({ "$schema": "https://json-schema.org/draft/2020-12/schema" });
    if let (Value::Object(schema), Value::Object(root)) = (&mut schema, root) {
        schema.extend(root);
        let mut definitions = generator.take_definitions(false);
        definitions.sort_keys();
        schema.insert("$defs".to_owned(), Value::Object(definitions));
    }
    schema
}
