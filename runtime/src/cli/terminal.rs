//! What people see: stdout for results, stderr for the rest, colours only where they show.

use std::io::{IsTerminal, Write};
use std::sync::{Arc, Mutex, PoisonError};

use bookwright_compiler::diag::render::human::Colors;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::session::backend::Progress;
use crate::session::choice::Findings;

/// Writes a result. A reader that went away (`| head`) is no failure.
pub(crate) fn result(text: &str) -> anyhow::Result<()> {
    write(&mut anstream::stdout().lock(), text)
}

/// Writes a result and ends its line.
pub(crate) fn result_line(text: &str) -> anyhow::Result<()> {
    result(&format!("{text}\n"))
}

fn write(out: &mut impl Write, text: &str) -> anyhow::Result<()> {
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => Ok(()),
        other => Ok(other?),
    }
}

/// Tells people something; a closed stderr is no failure.
pub(crate) fn notice(text: &str) {
    let mut err = anstream::stderr().lock();
    drop(writeln!(err, "{text}"));
}

/// Tells why a command could not run, with its causes.
pub(crate) fn problem(error: &anyhow::Error) {
    notice(&format!("\u{1b}[1;31merror\u{1b}[0m: {error:#}"));
}

/// Shows findings as people read them.
pub(crate) fn findings(findings: &Findings) {
    if !findings.diagnostics.is_empty() {
        let text = bookwright_compiler::diag::render::human::render(
            &findings.diagnostics,
            &findings.sources,
            colors(std::io::stderr().is_terminal()),
        );
        notice(text.trim_end());
    }
}

/// Colours for a terminal; `NO_COLOR` is respected by the stream that writes them.
pub(crate) fn colors(terminal: bool) -> Colors {
    if terminal { Colors::On } else { Colors::Off }
}

/// A progress bar on stderr, and nothing when that is no terminal.
pub(crate) fn progress() -> Progress {
    let bar: Arc<Mutex<Option<ProgressBar>>> = Arc::default();
    Arc::new(move |what, done, of| {
        let mut bar = bar.lock().unwrap_or_else(PoisonError::into_inner);
        if of.is_some_and(|of| done >= of) {
            if let Some(bar) = bar.take() {
                bar.finish_and_clear();
            }
            return;
        }
        let bar = bar.get_or_insert_with(|| new_bar(of));
        bar.set_message(what.to_owned());
        bar.set_position(done);
    })
}

fn new_bar(of: Option<u64>) -> ProgressBar {
    let bar = ProgressBar::with_draw_target(of, ProgressDrawTarget::stderr());
    if let Ok(style) = ProgressStyle::with_template("{bar:24} {pos}/{len} {msg}") {
        bar.set_style(style);
    }
    bar
}
