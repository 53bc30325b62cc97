//! The rows of a CSV text, typed.

use bookwright_compiler::host::CatalogTable;
use bookwright_compiler::value::{Type, Value};
use indicatif::ProgressBar;

use super::describe::{header, next, same_width};
use super::infer;
use super::scan::Scanner;
use crate::adapter::RowSource;

/// Rows between two movements of the progress bar.
const ROWS_PER_TICK: u64 = 8192;

/// Reads the text a second time, now that the types are known.
pub(crate) struct CsvRows {
    text: String,
    file: String,
    columns: Vec<(String, Type)>,
    scanner: Scanner,
    rows: u64,
    progress: ProgressBar,
}

impl CsvRows {
    /// Rows of `text`, which `describe` found to be `table`.
    ///
    /// # Errors
    /// When the text has no header.
    pub(crate) fn new(
        text: String,
        file: &str,
        table: &CatalogTable,
        progress: ProgressBar,
    ) -> Result<Self, String> {
        let mut scanner = Scanner::new(&text);
        header(&mut scanner, &text, file, &mut Vec::new())?;
        let columns = table
            .columns
            .iter()
            .map(|column| (column.name.clone(), column.ty))
            .collect();
        Ok(Self {
            text,
            file: file.to_owned(),
            columns,
            scanner,
            rows: 0,
            progress,
        })
    }
}

impl RowSource for CsvRows {
    fn next_row(&mut self, row: &mut Vec<Value>) -> Result<bool, String> {
        let mut fields = Vec::with_capacity(self.columns.len());
        let Some(line) = next(&mut self.scanner, &self.text, &self.file, &mut fields)? else {
            return Ok(false);
        };
        same_width(&self.file, line, self.columns.len(), fields.len())?;
        for (field, (name, ty)) in fields.iter().zip(&self.columns) {
            row.push(infer::value(field, *ty).ok_or_else(|| {
                format!(
                    "{}:{line}: `{}` in column `{name}` is no {}",
                    self.file,
                    field.text,
                    ty.as_str()
                )
            })?);
        }
        self.rows += 1;
        if self.rows.is_multiple_of(ROWS_PER_TICK) {
            self.progress.set_position(self.scanner.position() as u64);
        }
        Ok(true)
    }
}
