//! Rows as text.

use bookwright_compiler::formula::datetime::format_date;
use bookwright_compiler::value::Value;

/// Rows with the names of their columns.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Rows {
    /// Names.
    pub columns: Vec<String>,
    /// Rows, each as wide as the names.
    pub rows: Vec<Vec<Value>>,
}

impl std::fmt::Display for Rows {
    /// CSV: a header, then a line per row; see [`cell`].
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let names: Vec<String> = self.columns.iter().map(|name| quoted(name)).collect();
        writeln!(f, "{}", names.join(","))?;
        for row in &self.rows {
            let cells: Vec<String> = row.iter().map(cell).collect();
            // A line with nothing in it would be no line.
            let only_null = matches!(row.as_slice(), [Value::Null]);
            writeln!(
                f,
                "{}",
                if only_null {
                    "null".into()
                } else {
                    cells.join(",")
                }
            )?;
        }
        Ok(())
    }
}

/// A cell: nothing for Null, `""` for empty text, numbers to 12 digits, dates without a time of midnight.
pub fn cell(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::Logical(truth) => truth.to_string(),
        Value::Integer(number) => number.to_string(),
        Value::Float(number) => float(*number),
        Value::Text(text) => quoted(text),
        Value::Date(instant) => {
            let text = format_date(*instant);
            text.strip_suffix(" 00:00:00")
                .map_or_else(|| text.clone(), str::to_owned)
        }
        Value::Variant(json) => quoted(&json.to_string()),
    }
}

/// Twelve significant digits: engines may add floats in another order.
fn float(number: f64) -> String {
    let rounded: f64 = format!("{number:.11e}").parse().unwrap_or(number);
    // Negative zero is zero.
    format!("{}", rounded + 0.0)
}

fn quoted(text: &str) -> String {
    if text.is_empty() || text.contains([',', '"', '\n']) {
        format!("\"{}\"", text.replace('"', "\"\""))
    } else {
        text.to_owned()
    }
}
