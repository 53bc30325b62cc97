//! One line per finding: `file:line:column: error[code]: message`.

use std::fmt::Write;

use crate::diag::Diagnostics;
use crate::source::SourceMap;

/// Lines in the order of the list, each ended by a line break.
pub fn render(diagnostics: &Diagnostics, sources: &SourceMap) -> String {
    let mut out = String::new();
    for finding in diagnostics {
        let file = sources.file(finding.primary.span.file);
        let at = file.position(finding.primary.span.start);
        let (severity, code) = (finding.severity.as_str(), finding.code.name);
        let message = finding.message.replace('\n', " ");
        // Writing to a string cannot fail.
        let _ = writeln!(
            out,
            "{}:{}:{}: {severity}[{code}]: {message}",
            file.path, at.line, at.column
        );
    }
    out
}
