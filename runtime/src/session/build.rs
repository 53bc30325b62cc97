//! One build: from files to plan, with what was asked on the way and how long it took.

use std::time::{Duration, Instant};

use bookwright_compiler::compile::{Compilation, Goal, Memory, Stage};
use bookwright_compiler::host::Host;
use bookwright_compiler::plan::Feature;
use bookwright_compiler::project::Project;

use super::backend::Backend;
use crate::host::{Asked, FsHost, Spent};

/// The compiler, as a value so that tests can put another in its place.
pub type Compile =
    fn(&dyn Host, &Project, &str, Goal, &mut Memory, &mut dyn FnMut(Stage)) -> Compilation;

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
    /// From text to document, without reading.
    pub parse: Duration,
    /// From document to plan, without asking.
    pub check: Duration,
    /// Bringing input tables in line, making the view, telling the pages.
    pub push: Duration,
}

impl Timing {
    /// All of it.
    pub fn total(&self) -> Duration {
        self.spent.reading + self.spent.asking + self.parse + self.check + self.push
    }
}

impl std::fmt::Display for Timing {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let ms = |duration: Duration| duration.as_secs_f64() * 1e3;
        write!(
            f,
            "{:.1} ms (read {:.1}, parse {:.1}, check {:.1}, query {:.1}, push {:.1})",
            ms(self.total()),
            ms(self.spent.reading),
            ms(self.parse),
            ms(self.check),
            ms(self.spent.asking),
            ms(self.push)
        )
    }
}

/// Measures the stages of the compiler, without what its host does meanwhile.
struct Laps<'h> {
    host: &'h FsHost,
    timing: Timing,
    running: Option<(Stage, Stopwatch, Spent)>,
}

impl Laps<'_> {
    /// Ends the running stage.
    fn end(&mut self) {
        let Some((stage, begun, before)) = self.running.take() else {
            return;
        };
        let spent = self.host.spent() - before;
        let own = begun.elapsed().saturating_sub(spent.reading + spent.asking);
        self.timing.spent.reading += spent.reading;
        self.timing.spent.asking += spent.asking;
        match stage {
            Stage::Parse => self.timing.parse += own,
            Stage::Check => self.timing.check += own,
        }
    }

    fn begin(&mut self, stage: Stage) {
        self.end();
        self.running = Some((stage, Stopwatch::start(), self.host.spent()));
    }
}

/// Builds one workbook for a target: what the target cannot do is a finding, and then there is no plan. Blocks: reads
/// files and may ask the engine.
pub fn build(
    (compile, goal, memory): (Compile, Goal, &mut Memory),
    host: &FsHost,
    project: &Project,
    backend: &dyn Backend,
    path: &str,
) -> Build {
    let mut laps = Laps {
        host,
        timing: Timing::default(),
        running: None,
    };
    let mut compilation = compile(host, project, path, goal, memory, &mut |stage| {
        laps.begin(stage);
    });
    laps.end();
    if !compilation.diagnostics.has_errors() {
        let needs: Vec<Feature> = compilation.needs.keys().copied().collect();
        for (feature, sentence) in backend.missing(&needs) {
            compilation.refuse(feature, &sentence);
        }
    }
    Build {
        path: path.to_owned(),
        compilation,
        asked: host.asked(),
        timing: laps.timing,
    }
}

/// Refuses a build whose workbook has an id that is taken. `taken` are other workbooks: their ids and files.
pub fn refuse_taken_id<'a>(build: &mut Build, taken: impl IntoIterator<Item = (&'a str, &'a str)>) {
    let Some(id) = &build.compilation.id else {
        return;
    };
    let other = taken
        .into_iter()
        .find(|(other, file)| other == id && *file != build.path);
    if let Some((_, file)) = other {
        build.compilation.refuse_id(file);
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_line_of_a_save_shows_its_parts() {
        let timing = Timing {
            spent: Spent {
                reading: Duration::from_micros(100),
                asking: Duration::from_millis(2),
            },
            parse: Duration::from_micros(1500),
            check: Duration::from_millis(3),
            push: Duration::from_micros(400),
        };
        assert_eq!(
            timing.to_string(),
            "7.0 ms (read 0.1, parse 1.5, check 3.0, query 2.0, push 0.4)"
        );
    }
}
