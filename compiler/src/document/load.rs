//! A workbook file and everything it includes, merged into one document.

use std::collections::BTreeSet;

use super::primitive::{Entries, Text};
use super::read::Reader;
use super::workbook::Workbook;
use crate::diag::codes::names as codes;
use crate::diag::{Diagnostic, Diagnostics};
use crate::host::Host;
use crate::source::SourceMap;

/// A merged workbook and what reading it touched.
#[derive(Debug)]
pub(crate) struct Loaded {
    /// The document; none when the file itself could not be read.
    pub(crate) workbook: Option<Workbook>,
    /// Names of entries that could not be read.
    pub(crate) failed: BTreeSet<String>,
    /// Paths that were asked for.
    pub(crate) dependencies: BTreeSet<String>,
}

/// Reads `path` and its `include`s. An include is not looked into for further includes.
pub(crate) fn load(
    host: &dyn Host,
    path: &str,
    sources: &mut SourceMap,
    sink: &mut Diagnostics,
) -> Loaded {
    let mut loaded = Loaded {
        workbook: None,
        failed: BTreeSet::new(),
        dependencies: BTreeSet::new(),
    };
    loaded.dependencies.insert(path.to_owned());
    let Some(mut workbook) = read(host, path, None, sources, sink, &mut loaded.failed) else {
        return loaded;
    };
    let includes: Vec<Text> = workbook.include.iter().flat_map(|i| i.0.clone()).collect();
    for include in includes {
        let paths = if include.value.contains(['*', '?']) {
            host.list(&include.value)
        } else {
            vec![include.value.clone()]
        };
        loaded.dependencies.insert(include.value.clone());
        for path in paths {
            loaded.dependencies.insert(path.clone());
            if let Some(fragment) = read(
                host,
                &path,
                Some(&include),
                sources,
                sink,
                &mut loaded.failed,
            ) {
                merge(&mut workbook, fragment, sink);
            }
        }
    }
    loaded.workbook = Some(workbook);
    loaded
}

fn read(
    host: &dyn Host,
    path: &str,
    from: Option<&Text>,
    sources: &mut SourceMap,
    sink: &mut Diagnostics,
    failed: &mut BTreeSet<String>,
) -> Option<Workbook> {
    let text = match host.read(path) {
        Ok(text) => text,
        Err(message) => {
            let span = from.map_or_else(
                || {
                    let file = sources.add(path, "");
                    crate::span::Span::new(file, 0, 0)
                },
                |include| include.span,
            );
            sink.push(Diagnostic::new(&codes::UNREADABLE_FILE, span, message));
            return None;
        }
    };
    let file = sources.add(path, std::sync::Arc::clone(&text));
    let node = crate::yaml::parse(file, &text, sink)?;
    let mut reader = Reader::new(sources, sink);
    let workbook = reader.read::<Workbook>(&node);
    failed.append(&mut reader.failed);
    workbook
}

/// Adds the maps of a fragment; what is defined twice is found when names are resolved.
fn merge(into: &mut Workbook, fragment: Workbook, sink: &mut Diagnostics) {
    append(&mut into.queries, fragment.queries);
    append(&mut into.input_tables, fragment.input_tables);
    append(&mut into.controls, fragment.controls);
    append(&mut into.actions, fragment.actions);
    append(&mut into.modals, fragment.modals);
    append(&mut into.drawers, fragment.drawers);
    append(&mut into.pages, fragment.pages);
    if let Some(name) = fragment.workbook {
        sink.push(
            Diagnostic::new(
                &codes::INCLUDED_WORKBOOK,
                name.span,
                "an included file is a workbook of its own",
            )
            .label("only fragments are included")
            .help("move what both share into a file without `workbook:`"),
        );
    }
}

fn append<T>(into: &mut Entries<T>, mut from: Entries<T>) {
    into.append(&mut from);
}
