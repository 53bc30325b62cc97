//! Control values in the address of a page.

use bookwright_compiler::bind::{json, url};
use bookwright_compiler::plan::Plan;
use indexmap::IndexMap;
use serde_json::Value as Json;

/// Control values that a query string (without its `?`) sets, in their natural JSON form. Unknown controls and values
/// that a control cannot have are left out: an old link still opens its page.
pub fn control_values(plan: &Plan, query: &str) -> IndexMap<String, Json> {
    url::pairs(query)
        .into_iter()
        .filter_map(|(id, text)| {
            let control = plan.controls.get(&id)?;
            let value = url::parse(&control.kind, text, &plan.settings).ok()?;
            Some((id, json::to_json(&value)))
        })
        .collect()
}
