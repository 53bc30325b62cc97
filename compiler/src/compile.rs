//! From files to plan: the stages in order.

use crate::diag::Diagnostics;
use crate::plan::Plan;
use crate::source::SourceMap;

/// What came out of compiling one workbook.
#[derive(Clone, Debug)]
pub struct Compilation {
    /// The plan; `None` when there are errors.
    pub plan: Option<Plan>,
    /// Everything found, sorted.
    pub diagnostics: Diagnostics,
    /// Texts that were read, for rendering.
    pub sources: SourceMap,
    /// Paths that were asked for, found or not, relative to the project, sorted: what a watcher watches.
    pub dependencies: Vec<String>,
}
