//! Tables of the target and CSV files.

use std::rc::Rc;
use std::sync::Arc;

use crate::diag::codes::names as codes;
use crate::diag::{Diagnostic, nearest};
use crate::document::primitive::Text;
use crate::host::{CatalogColumn, CatalogTable};
use crate::typing::scope::Checker;
use crate::typing::{Source, SourceColumn, SourceKind};

impl Checker<'_, '_> {
    pub(super) fn table(&mut self, table: &Text) -> Source {
        let path: Vec<String> = table.value.split('.').map(str::to_owned).collect();
        let prefix = path.last().cloned().unwrap_or_default();
        let Some(found) = self.host.tables(&path) else {
            return Source::broken();
        };
        match found.as_slice() {
            [table] => scan(table, &prefix),
            [] => {
                let names = self.host.table_names();
                let found = Diagnostic::new(
                    &codes::UNKNOWN_TABLE,
                    table.span,
                    format!("no table `{}`", table.value),
                );
                let loud = !table.value.contains(char::is_lowercase);
                let near = nearest_table(&table.value, &names).map(|near| {
                    if loud {
                        near.to_uppercase()
                    } else {
                        near.to_owned()
                    }
                });
                self.sink.push(match near {
                    Some(near) => found
                        .label(format!("a table with a similar name exists: `{near}`"))
                        .fix(format!("write `{near}`"), table.span, near.clone()),
                    None if names.is_empty() => found.label("the target has no tables").help(
                        "put a CSV file into `data/`, or list it under `seeds` of the project file",
                    ),
                    None => found
                        .label("not found")
                        .note(format!("there are `{}`", names.join("`, `"))),
                });
                Source::broken()
            }
            several => {
                let names: Vec<String> = several
                    .iter()
                    .map(|t| format!("`{}`", t.path.join(".")))
                    .collect();
                self.sink.push(
                    Diagnostic::new(
                        &codes::AMBIGUOUS_TABLE,
                        table.span,
                        format!("`{}` could be any of {}", table.value, names.join(", ")),
                    )
                    .help("write more of its path"),
                );
                Source::broken()
            }
        }
    }

    pub(super) fn csv(&mut self, path: &Text) -> Source {
        self.files.insert(path.value.clone());
        match self.host.describe_csv(&path.value) {
            Ok(table) => {
                let name = path.value.rsplit('/').next().unwrap_or(&path.value);
                let stem = name.strip_suffix(".csv").unwrap_or(name);
                scan(&table, stem)
            }
            Err(message) => {
                self.sink
                    .push(Diagnostic::new(&codes::UNREADABLE_FILE, path.span, message));
                Source::broken()
            }
        }
    }
}

fn scan(table: &CatalogTable, prefix: &str) -> Source {
    let zoned = table.columns.iter().map(|c| c.zoned).collect();
    let prefix: Arc<str> = prefix.into();
    let columns = table
        .columns
        .iter()
        .cloned()
        .map(|c| physical(c, &prefix))
        .collect();
    Source {
        kind: SourceKind::Scan {
            table: table.path.clone(),
            zoned,
        },
        columns,
        open: false,
        metrics: Rc::default(),
    }
}

pub(super) fn physical(column: CatalogColumn, prefix: &Arc<str>) -> SourceColumn {
    SourceColumn {
        name: column.name.into(),
        prefix: Arc::clone(prefix),
        loose: true,
        ty: column.ty,
        format: None,
        hidden: false,
    }
}

fn nearest_table<'n>(written: &str, names: &'n [String]) -> Option<&'n str> {
    let last = written.rsplit('.').next().unwrap_or(written);
    let by_end = names.iter().find(|name| {
        name.rsplit('.')
            .next()
            .is_some_and(|n| n.eq_ignore_ascii_case(last))
    });
    by_end
        .map(String::as_str)
        .or_else(|| nearest(written, names.iter().map(String::as_str)))
        .or_else(|| {
            let ends: Vec<&str> = names
                .iter()
                .filter_map(|name| name.rsplit('.').next())
                .collect();
            let near = nearest(last, ends.iter().copied())?;
            names
                .iter()
                .map(String::as_str)
                .find(|name| name.ends_with(near))
        })
}
