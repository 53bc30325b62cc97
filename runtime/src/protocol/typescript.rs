//! Writes `runtime/web/src/protocol.gen.ts` from the wire types, and fails when the checked-in file differs.
//! `UPDATE=1 cargo test -p bookwright typescript` writes it.

use std::collections::BTreeMap;

use ts_rs::{Config, TS, TypeVisitor};

use super::{action, edit, export, find, live, query, view};

/// Collects declarations of a type and of everything it mentions, by name.
struct Declarations<'a> {
    config: &'a Config,
    found: BTreeMap<String, String>,
}

impl TypeVisitor for Declarations<'_> {
    fn visit<T: TS + 'static + ?Sized>(&mut self) {
        if T::output_path().is_none() || self.found.contains_key(&T::ident(self.config)) {
            return;
        }
        let docs = T::docs().unwrap_or_default();
        self.found.insert(
            T::ident(self.config),
            format!("{docs}export {}", T::decl(self.config)),
        );
        T::visit_dependencies(self);
    }
}

const HEADER: &str = "// Generated from the Rust types in runtime/src/protocol. Do not edit:
// UPDATE=1 cargo test -p bookwright typescript

/** One cell: null, logical, number, text or date text; variants as JSON. */
export type Cell = null | boolean | number | string | Json;
/** Any JSON. */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
/** A control's value in its natural form. */
export type ControlValue = null | boolean | number | string | (null | boolean | number | string)[] | { min: Cell; max: Cell } | DateWindowValue;
/** A window of time. */
export type DateWindowValue = { window: string; count?: number; unit?: string; to_date?: boolean; date?: string; start?: Json; end?: Json };

";

#[test]
#[expect(
    clippy::disallowed_methods,
    reason = "the checked-in file is compared with the types, and written when UPDATE asks for it"
)]
fn typescript_declarations_are_fresh() {
    let config = Config::default().with_large_int("number");
    let mut declarations = Declarations {
        config: &config,
        found: BTreeMap::new(),
    };
    declarations.visit::<view::Boot>();
    declarations.visit::<query::QueryRequest>();
    declarations.visit::<query::QueryLine>();
    declarations.visit::<find::FindRequest>();
    declarations.visit::<find::FindReply>();
    declarations.visit::<export::ExportRequest>();
    declarations.visit::<edit::EditRequest>();
    declarations.visit::<edit::EditReply>();
    declarations.visit::<action::ActionRequest>();
    declarations.visit::<action::ActionReply>();
    declarations.visit::<live::ServerMessage>();
    declarations.visit::<live::ClientMessage>();
    let text = HEADER.to_owned()
        + &declarations
            .found
            .into_values()
            .collect::<Vec<_>>()
            .join("\n\n")
        + "\n";

    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/web/src/protocol.gen.ts");
    let old = std::fs::read_to_string(path).unwrap_or_default();
    if std::env::var("UPDATE").is_ok() && old != text {
        std::fs::create_dir_all(concat!(env!("CARGO_MANIFEST_DIR"), "/web/src")).unwrap();
        std::fs::write(path, &text).unwrap();
        return;
    }
    assert!(
        old == text,
        "protocol.gen.ts is stale: UPDATE=1 cargo test -p bookwright typescript"
    );
}

/// Members of a declared object that are not optional.
fn required<T: TS + 'static>() -> Vec<String> {
    let declared = T::decl(&Config::default());
    let members = declared.lines().filter_map(|line| line.split_once(": "));
    members
        .map(|(name, _)| name.trim_start_matches("export type").trim())
        .filter(|name| name.chars().all(|c| c.is_ascii_lowercase() || c == '_'))
        .map(str::to_owned)
        .collect()
}

#[test]
fn a_member_that_a_reply_may_leave_out_is_optional() {
    let table = query::Table {
        count: 0,
        offset: 0,
        columns: Vec::new(),
        values: Vec::new(),
        depth: None,
        kind: None,
        keys: None,
        edit_num: None,
        waiting_for: Vec::new(),
        truncated: false,
    };
    let line = query::QueryLine {
        el: String::new(),
        part: query::Part::Rows,
        seq: 0,
        ok: None,
        err: None,
        ms: 0.0,
    };
    let sent = |value: serde_json::Value| -> Vec<String> {
        let members = value.as_object().unwrap().keys();
        members.cloned().collect()
    };
    assert_eq!(
        required::<query::Table>(),
        sent(serde_json::to_value(table).unwrap())
    );
    assert_eq!(
        required::<query::QueryLine>(),
        sent(serde_json::to_value(line).unwrap())
    );
}
