//! A workbook file and everything it includes, merged into one document.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, PoisonError};

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
    let entry = Entry {
        path: path.to_owned(),
        from: None,
    };
    let main = reading.read(&[entry], &mut loaded.failed).pop();
    let Some(main) = main.flatten() else {
        return loaded;
    };
    let mut entries = Vec::new();
    for include in main.include.iter().flat_map(|i| &i.0) {
        let paths = if include.value.contains(['*', '?']) {
            host.list(&include.value)
        } else {
            vec![include.value.clone()]
        };
        loaded.dependencies.insert(include.value.clone());
        loaded.dependencies.extend(paths.iter().cloned());
        entries.extend(paths.into_iter().map(|path| Entry {
            path,
            from: Some(include),
        }));
    }
    let included = reading.read(&entries, &mut loaded.failed);
    let included: Vec<_> = included.into_iter().flatten().collect();
    included
        .iter()
        .for_each(|fragment| reading.refuse_workbook(fragment));
    let document = Document {
        main: Arc::clone(&main),
        included,
    };
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

/// A file to read, and the `include` that names it.
struct Entry<'e> {
    path: String,
    from: Option<&'e Text>,
}

impl Reading<'_> {
    /// The files in the order given; none for one that cannot be read.
    fn read(
        &mut self,
        entries: &[Entry<'_>],
        failed: &mut BTreeSet<String>,
    ) -> Vec<Option<Arc<Workbook>>> {
        let texts: Vec<_> = entries.iter().map(|entry| self.text(entry)).collect();
        let unknown = |(entry, text): (&Entry<'_>, &Option<(FileId, Arc<str>)>)| {
            let (file, text) = text.as_ref()?;
            let known = self.known.get(&entry.path);
            let same = known.is_some_and(|known| known.file == *file && known.text == *text);
            (!same).then(|| (entry.path.clone(), *file, Arc::clone(text)))
        };
        let unknown: Vec<_> = entries.iter().zip(&texts).filter_map(unknown).collect();
        let parsed = parse_all(self.sources, unknown);
        self.known.extend(parsed);
        let given = entries.iter().zip(texts).map(|(entry, text)| {
            text?;
            let known = self.known.get(&entry.path)?;
            known
                .findings
                .iter()
                .for_each(|finding| self.sink.push(finding.clone()));
            failed.extend(known.failed.iter().cloned());
            known.workbook.clone()
        });
        given.collect()
    }

    fn text(&mut self, entry: &Entry<'_>) -> Option<(FileId, Arc<str>)> {
        match self.host.read(&entry.path) {
            Ok(text) => Some((self.sources.add(&entry.path, Arc::clone(&text)), text)),
            Err(message) => {
                let span = entry.from.map_or_else(
                    || Span::new(self.sources.add(&entry.path, ""), 0, 0),
                    |include| include.span,
                );
                self.sink
                    .push(Diagnostic::new(&codes::UNREADABLE_FILE, span, message));
                None
            }
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

/// Parses files, on all cores when there is enough to parse.
fn parse_all(sources: &SourceMap, files: Vec<(String, FileId, Arc<str>)>) -> Vec<(String, Known)> {
    /// Less text than this is parsed before a thread has begun.
    const WORTH_A_THREAD: usize = 32 * 1024;
    let bytes: usize = files.iter().map(|(_, _, text)| text.len()).sum();
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let helpers = (bytes / WORTH_A_THREAD).min(cores).min(files.len());
    let queue = Mutex::new(files.into_iter());
    let work = || {
        let mut done = Vec::new();
        loop {
            let next = queue.lock().unwrap_or_else(PoisonError::into_inner).next();
            let Some((path, file, text)) = next else {
                return done;
            };
            done.push((path, parse(sources, file, text)));
        }
    };
    std::thread::scope(|scope| {
        // A thread that the system refuses is one helper less.
        let spawn = |_| std::thread::Builder::new().spawn_scoped(scope, work).ok();
        let helpers: Vec<_> = (1..helpers).filter_map(spawn).collect();
        let mut done = work();
        for helper in helpers {
            match helper.join() {
                Ok(parsed) => done.extend(parsed),
                Err(panic) => std::panic::resume_unwind(panic),
            }
        }
        done
    })
}

fn parse(sources: &SourceMap, file: FileId, text: Arc<str>) -> Known {
    let mut sink = Diagnostics::default();
    let node = crate::yaml::parse(file, &text, &mut sink);
    let mut reader = Reader::new(sources, &mut sink);
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
