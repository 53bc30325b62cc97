//! One workbook of a running project, and the pages that show it.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use bookwright_compiler::compile::Memory;
use tokio::sync::{broadcast, watch};

use super::revision::Revision;
use crate::protocol::live::{DiagnosticView, ServerMessage};
use crate::protocol::view::ViewPlan;

/// Messages that a slow page may lag behind before it is given the whole plan again.
const BACKLOG: usize = 256;

/// What is known of a workbook now.
#[derive(Clone, Debug, Default)]
pub struct Current {
    /// The last good build.
    pub revision: Option<Arc<Revision>>,
    /// What the last build found.
    pub findings: Vec<DiagnosticView>,
    /// Whether the last build failed, so that `revision` is older than the files.
    pub failed: bool,
}

/// A workbook and its listeners.
#[derive(Debug)]
pub struct Slot {
    /// Path of its file in the project.
    pub path: String,
    /// Ids it had before: pages opened then still ask for them.
    former: Mutex<Vec<String>>,
    current: watch::Sender<Arc<Current>>,
    /// What the compiler keeps for the next build.
    memory: Mutex<Memory>,
    live: broadcast::Sender<Arc<str>>,
}

impl Slot {
    /// A workbook that has not been built yet.
    pub fn new(path: String) -> Self {
        Self {
            path,
            former: Mutex::default(),
            current: watch::Sender::new(Arc::default()),
            memory: Mutex::default(),
            live: broadcast::Sender::new(BACKLOG),
        }
    }

    /// What the compiler keeps from build to build. A build that panicked leaves nothing behind.
    pub fn memory(&self) -> MutexGuard<'_, Memory> {
        self.memory.lock().unwrap_or_else(|poisoned| {
            self.memory.clear_poison();
            let mut memory = poisoned.into_inner();
            *memory = Memory::default();
            memory
        })
    }

    /// What is known now.
    pub fn current(&self) -> Arc<Current> {
        Arc::clone(&self.current.borrow())
    }

    /// Id in addresses: that of the last good plan, else the file's name without extension.
    pub fn id(&self) -> String {
        match &self.current.borrow().revision {
            Some(revision) => revision.view.workbook.clone(),
            None => {
                let name = self.path.rsplit('/').next().unwrap_or(&self.path);
                name.split('.').next().unwrap_or(name).to_owned()
            }
        }
    }

    /// Whether it had an id before.
    pub fn was(&self, id: &str) -> bool {
        self.former().iter().any(|former| former == id)
    }

    /// A poisoned lock only means that another thread panicked while it held plain data.
    fn former(&self) -> MutexGuard<'_, Vec<String>> {
        self.former.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Takes over what a build found, and tells the pages.
    pub fn adopt(&self, current: Current) {
        let current = Arc::new(current);
        let before = self.id();
        let shown = self.current.send_replace(Arc::clone(&current));
        if before != self.id() && !self.was(&before) {
            self.former().push(before);
        }
        self.tell(&match (&shown.revision, &current.revision) {
            (Some(shown), Some(revision)) if !current.failed => {
                change(&shown.view, &revision.view, &current.findings)
            }
            _ => state_message(&current),
        });
    }

    /// Messages of this workbook from now on, each one JSON text.
    pub fn live(&self) -> broadcast::Receiver<Arc<str>> {
        self.live.subscribe()
    }

    /// Sends a message to all pages; nobody listening is fine.
    pub fn tell(&self, message: &ServerMessage) {
        if self.live.receiver_count() > 0 {
            drop(self.live.send(text(message)));
        }
    }
}

/// What a page that shows a plan must know to show the next one.
fn change(shown: &ViewPlan, next: &ViewPlan, findings: &[DiagnosticView]) -> ServerMessage {
    let mut plan = next.clone();
    plan.elements.retain(|id, element| {
        let old = shown.elements.get(id);
        old.is_none_or(|old| old.hash != element.hash)
    });
    plan.data.retain(|id, data| {
        let old = shown.data.get(id);
        old.is_none_or(|old| old.hash != data.hash)
    });
    let elements = shown.elements.keys();
    let data = shown.data.keys();
    ServerMessage::Change {
        base: shown.hash.clone(),
        plan: Arc::new(plan),
        gone_elements: elements
            .filter(|id| !next.elements.contains_key(*id))
            .cloned()
            .collect(),
        gone_data: data
            .filter(|id| !next.data.contains_key(*id))
            .cloned()
            .collect(),
        diagnostics: findings.to_vec(),
    }
}

/// What a page must know to show the current state.
pub fn state_message(current: &Current) -> ServerMessage {
    match &current.revision {
        Some(revision) if !current.failed => ServerMessage::Plan {
            plan: Arc::clone(&revision.view),
            diagnostics: current.findings.clone(),
        },
        _ => ServerMessage::Diag {
            diagnostics: current.findings.clone(),
        },
    }
}

/// A message as JSON.
pub fn text(message: &ServerMessage) -> Arc<str> {
    serde_json::to_string(message).unwrap_or_default().into()
}
