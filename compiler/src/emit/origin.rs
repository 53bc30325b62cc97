//! Where things were written, for messages at run time.

use indexmap::IndexMap;

use crate::plan::Origin;
use crate::resolve::{Model, control_id};
use crate::source::SourceMap;
use crate::span::Span;
use crate::typing::Checked;

/// Places of data elements, controls and actions.
pub(super) fn origins(
    model: &Model<'_>,
    checked: &Checked,
    sources: &SourceMap,
) -> IndexMap<String, Origin> {
    let mut origins = IndexMap::new();
    let mut add = |id: String, span: Span| {
        let file = sources.file(span.file);
        let at = file.position(span.start);
        origins.insert(
            id,
            Origin {
                file: file.path.clone(),
                line: at.line,
                column: at.column,
            },
        );
    };
    for element in &checked.elements {
        add(element.id.clone(), element.span);
    }
    for control in model.controls.values() {
        add(control_id(control), control.name.span);
    }
    for action in model.actions.values() {
        add(action.id.clone(), action.name.span);
    }
    origins
}
