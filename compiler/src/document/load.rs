//! A workbook file and everything it includes, merged into one document.

use std::collections::BTreeSet;
use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::primitive::Text;
use super::read::Reader;
use super::workbook::Workbook;
use crate::diag::codes::names as codes;
use crate::diag::{Diagnostic, Diagnostics};
use crate::host::Host;
use crate::source::SourceMap;
use crate::span::{FileId, Span};

/// A workbook file and what it includes, as one document.
#[derive(Clone, Debug)]
pub(crate) struct Document {
    /// The workbook's own file.
    pub(crate) main: Arc<Workbook>,
    /// Included files, in order.
    included: Vec<Arc<Workbook>>,
}

impl Document {
    /// All files, the workbook's own first. What is defined twice is found when names are resolved.
    pub(crate) fn parts(&self) -> impl Iterator<Item = &Workbook> {
        std::iter::once(&self.main)
            .chain(&self.included)
            .map(Arc::as_ref)
    }
}

/// A file that was read: kept, so that the next compilation need not read it again.
#[derive(Clone, Debug)]
pub(crate) struct Known {
    file: FileId,
    text: Arc<str>,
    workbook: Option<Arc<Workbook>>,
    failed: BTreeSet<String>,
    findings: Vec<Diagnostic>,
}

/// A document and what reading it touched.
#[derive(Debug)]
pub(crate) struct Loaded {
    /// The document; none when the file itself could not be read.
    pub(crate) document: Option<Document>,
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
    known: &mut FxHashMap<String, Known>,
    sink: &mut Diagnostics,
) -> Loaded {
    let mut loaded = Loaded {
        document: None,
        failed: BTreeSet::new(),
        dependencies: BTreeSet::new(),
    };
    loaded.dependencies.insert(path.to_owned());
    let mut reading = Reading {
        host,
        sources,
        known,
        sink,
    };
    let Some(main) = reading.read(path, None, &mut loaded.failed) else {
        return loaded;
    };
    let mut document = Document {
        main: Arc::clone(&main),
        included: Vec::new(),
    };
    for include in main.include.iter().flat_map(|i| &i.0) {
        let paths = if include.value.contains(['*', '?']) {
            host.list(&include.value)
        } else {
            vec![include.value.clone()]
        };
        loaded.dependencies.insert(include.value.clone());
        for path in paths {
            loaded.dependencies.insert(path.clone());
            if let Some(fragment) = reading.read(&path, Some(include), &mut loaded.failed) {
                reading.refuse_workbook(&fragment);
                document.included.push(fragment);
            }
        }
    }
    known.retain(|path, _| loaded.dependencies.contains(path));
    loaded.document = Some(document);
    loaded
}

/// What reading a file needs.
struct Reading<'r> {
    host: &'r dyn Host,
    sources: &'r mut SourceMap,
    known: &'r mut FxHashMap<String, Known>,
    sink: &'r mut Diagnostics,
}

impl Reading<'_> {
    fn read(
        &mut self,
        path: &str,
        from: Option<&Text>,
        failed: &mut BTreeSet<String>,
    ) -> Option<Arc<Workbook>> {
        let text = match self.host.read(path) {
            Ok(text) => text,
            Err(message) => {
                let span = from.map_or_else(
                    || {
                        let file = self.sources.add(path, "");
                        Span::new(file, 0, 0)
                    },
                    |include| include.span,
                );
                self.sink
                    .push(Diagnostic::new(&codes::UNREADABLE_FILE, span, message));
                return None;
            }
        };
        let file = self.sources.add(path, Arc::clone(&text));
        let same = |known: &Known| known.file == file && known.text == text;
        if !self.known.get(path).is_some_and(same) {
            let known = self.parse(file, text);
            self.known.insert(path.to_owned(), known);
        }
        let known = self.known.get(path)?;
        known
            .findings
            .iter()
            .for_each(|finding| self.sink.push(finding.clone()));
        failed.extend(known.failed.iter().cloned());
        known.workbook.clone()
    }

    fn parse(&self, file: FileId, text: Arc<str>) -> Known {
        let mut sink = Diagnostics::default();
        let node = crate::yaml::parse(file, &text, &mut sink);
        let mut reader = Reader::new(self.sources, &mut sink);
        let workbook = node.and_then(|node| reader.read::<Workbook>(&node));
        let failed = std::mem::take(&mut reader.failed);
        Known {
            file,
            text,
            workbook: workbook.map(Arc::new),
            failed,
            findings: sink.iter().cloned().collect(),
        }
    }

    fn refuse_workbook(&mut self, fragment: &Workbook) {
        if let Some(name) = &fragment.workbook {
            self.sink.push(
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
}
