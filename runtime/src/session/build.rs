//! One build: from files to plan, with what was asked on the way and how long it took.

use std::time::{Duration, Instant};

use bookwright_compiler::compile::Compilation;
use bookwright_compiler::diag::Diagnostic;
use bookwright_compiler::diag::codes::target::UNSUPPORTED_FEATURE;
use bookwright_compiler::host::Host;
use bookwright_compiler::project::Project;
use bookwright_compiler::span::Span;

use super::backend::Backend;
use crate::host::{Asked, FsHost, Spent};

/// The compiler, as a value so that tests can put another in its place.
pub type Compile = fn(&dyn Host, &Project, &str) -> Compilation;

/// What came out.
#[derive(Debug)]
pub struct Build {
    /// Path of the workbook's file.
    pub path: String,
    /// What the compiler says.
    pub compilation: Compilation,
    /// What it asked for.
    pub asked: Asked,
    /// Where the time went.
    pub timing: Timing,
}

/// Where the time of a build went.
#[derive(Clone, Copy, Debug, Default)]
pub struct Timing {
    /// Reading files and asking the engine.
    pub spent: Spent,
    /// The compiler without that.
    pub compile: Duration,
    /// Bringing input tables in line, making the view, telling the pages.
    pub push: Duration,
}

impl Timing {
    /// All of it.
    pub fn total(&self) -> Duration {
        self.spent.reading + self.spent.asking + self.compile + self.push
    }
}

impl std::fmt::Display for Timing {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let ms = |duration: Duration| duration.as_secs_f64() * 1e3;
        write!(
            f,
            "{:.1} ms (read {:.1}, compile {:.1}, query {:.1}, push {:.1})",
            ms(self.total()),
            ms(self.spent.reading),
            ms(self.compile),
            ms(self.spent.asking),
            ms(self.push)
        )
    }
}

/// Builds one workbook for a target: what the target cannot do is a finding, and then there is no plan. Blocks: reads
/// files and may ask the engine.
pub fn build(
    compile: Compile,
    host: &FsHost,
    project: &Project,
    backend: &dyn Backend,
    path: &str,
) -> Build {
    let before = host.spent();
    let (mut compilation, all) = timed(|| compile(host, project, path));
    let spent = host.spent() - before;
    let missing = compilation
        .plan
        .as_ref()
        .map(|plan| backend.missing(plan))
        .unwrap_or_default();
    for sentence in missing {
        compilation.diagnostics.push(Diagnostic::new(
            &UNSUPPORTED_FEATURE,
            Span::default(),
            sentence,
        ));
        compilation.plan = None;
    }
    Build {
        path: path.to_owned(),
        compilation,
        asked: host.asked(),
        timing: Timing {
            spent,
            compile: all.saturating_sub(spent.reading + spent.asking),
            push: Duration::ZERO,
        },
    }
}

/// Measures a piece of work.
#[derive(Clone, Copy, Debug)]
pub struct Stopwatch(Instant);

impl Stopwatch {
    /// Begins now.
    #[expect(clippy::disallowed_methods, reason = "timing is what this is for")]
    pub fn start() -> Self {
        Self(Instant::now())
    }

    /// Time since the start.
    pub fn elapsed(self) -> Duration {
        self.0.elapsed()
    }
}

/// Runs something and tells how long it took.
pub fn timed<T>(run: impl FnOnce() -> T) -> (T, Duration) {
    let begun = Stopwatch::start();
    let out = run();
    (out, begun.elapsed())
}
