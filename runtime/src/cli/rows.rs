//! Rows for terminals and programs.

use bookwright_compiler::bind::date;
use bookwright_compiler::value::{Type, Value};
use clap::ValueEnum;
use serde_json::{Value as Json, json};

use crate::engine::wire;
use crate::session::backend::Rows;
use crate::session::view::cell;

/// Form of rows.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, ValueEnum)]
pub(crate) enum RowFormat {
    /// For people
    #[default]
    Table,
    /// For programs
    Json,
    /// Comma-separated values
    Csv,
}

/// Rows in a form, each line ended.
pub(crate) fn render(rows: &Rows, format: RowFormat) -> anyhow::Result<String> {
    match format {
        RowFormat::Table => Ok(table(rows)),
        RowFormat::Json => Ok(to_json(rows).to_string() + "\n"),
        RowFormat::Csv => to_csv(rows),
    }
}

fn to_json(rows: &Rows) -> Json {
    let columns: Vec<Json> = rows
        .columns
        .iter()
        .map(|(name, ty)| json!({ "name": name, "type": ty.as_str() }))
        .collect();
    let values: Vec<Vec<Json>> = rows
        .rows
        .iter()
        .map(|row| row.iter().map(json_cell).collect())
        .collect();
    json!({ "columns": columns, "rows": values })
}

/// A cell for programs: a day without its time when that is midnight, as ISO 8601 allows.
pub(crate) fn json_cell(value: &Value) -> Json {
    match value {
        Value::Date(micros) => Json::String(date::iso_text(*micros)),
        other => cell(other),
    }
}

fn to_csv(rows: &Rows) -> anyhow::Result<String> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(rows.columns.iter().map(|(name, _)| name))?;
    for row in &rows.rows {
        writer.write_record(row.iter().map(wire::text))?;
    }
    Ok(String::from_utf8(writer.into_inner()?)?)
}

/// Columns as wide as their widest cell, numbers to the right, two spaces between.
fn table(rows: &Rows) -> String {
    let cells: Vec<Vec<String>> = rows
        .rows
        .iter()
        .map(|row| row.iter().map(shown).collect())
        .collect();
    let widths: Vec<usize> = rows
        .columns
        .iter()
        .enumerate()
        .map(|(at, (name, _))| {
            let cells = cells
                .iter()
                .filter_map(|row| row.get(at))
                .map(|cell| cell.chars().count());
            cells
                .chain([name.chars().count()])
                .max()
                .unwrap_or_default()
        })
        .collect();
    let mut out = String::new();
    let names: Vec<String> = rows.columns.iter().map(|(name, _)| name.clone()).collect();
    let rule: Vec<String> = widths.iter().map(|width| "─".repeat(*width)).collect();
    for line in [&names, &rule].into_iter().chain(&cells) {
        let mut text = String::new();
        for ((cell, width), (_, ty)) in line.iter().zip(&widths).zip(&rows.columns) {
            let gap = if text.is_empty() { "" } else { "  " };
            let padded = match ty {
                Type::Number => format!("{gap}{cell:>width$}"),
                _ => format!("{gap}{cell:<width$}"),
            };
            text.push_str(&padded);
        }
        out.push_str(text.trim_end());
        out.push('\n');
    }
    let count = rows.rows.len();
    let noun = if count == 1 { "row" } else { "rows" };
    out.extend([count.to_string().as_str(), " ", noun, "\n"]);
    out
}

/// A cell on one line of a terminal, without what could steer it.
fn shown(value: &Value) -> String {
    match value {
        Value::Null => "–".to_owned(),
        other => wire::text(other)
            .chars()
            .map(|c| if c.is_control() { ' ' } else { c })
            .collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows() -> Rows {
        Rows {
            columns: vec![
                ("Plan".to_owned(), Type::Text),
                ("MRR".to_owned(), Type::Number),
                ("At".to_owned(), Type::Date),
            ],
            rows: vec![
                vec![Value::text("Pro, \"x\""), Value::Integer(3), Value::Date(0)],
                vec![
                    Value::Null,
                    Value::Integer(9_007_199_254_740_993),
                    Value::Date(1_500_000),
                ],
            ],
            waiting_for: Vec::new(),
        }
    }

    #[test]
    fn json_has_the_shape_that_programs_rely_on() {
        assert_eq!(
            render(&rows(), RowFormat::Json).unwrap(),
            "{\"columns\":[{\"name\":\"Plan\",\"type\":\"text\"},{\"name\":\"MRR\",\"type\":\"number\"},\
             {\"name\":\"At\",\"type\":\"date\"}],\"rows\":[[\"Pro, \\\"x\\\"\",3,\"1970-01-01\"],\
             [null,\"9007199254740993\",\"1970-01-01T00:00:01.5\"]]}\n"
        );
    }

    #[test]
    fn csv_is_quoted_and_null_is_empty() {
        let text = render(&rows(), RowFormat::Csv).unwrap();
        assert!(
            text.starts_with("Plan,MRR,At\n\"Pro, \"\"x\"\"\",3,1970-01-01\n,9007199254740993,"),
            "{text}"
        );
    }

    #[test]
    fn tables_align_numbers_to_the_right() {
        let text = render(&rows(), RowFormat::Table).unwrap();
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(lines[0], "Plan                   MRR  At");
        assert_eq!(lines[2], "Pro, \"x\"                 3  1970-01-01");
        assert_eq!(lines[4], "2 rows");
    }
}
