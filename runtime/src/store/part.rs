//! A request to edit, on its way through the store.

use bookwright_compiler::plan::input::InputTable;

use super::edit::{self, Entry};
use super::validate::{self, Allowed};
use crate::protocol::edit::{EditReply, EditRequest, EditResult};

/// Whether operations stand for themselves.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Rule {
    Each,
    AllOrNothing,
}

/// One transaction's share of a request.
pub(super) struct Part<'a> {
    pub(super) table: &'a InputTable,
    pub(super) request: usize,
    pub(super) batch: String,
    pub(super) entries: Vec<Entry>,
    pub(super) results: Vec<EditResult>,
    pub(super) edit_num: u64,
}

impl<'a> Part<'a> {
    pub(super) fn new(
        table: &'a InputTable,
        request: &EditRequest,
        request_index: usize,
        range: std::ops::Range<usize>,
        batch: String,
        allowed: &Allowed,
    ) -> Self {
        let mut checked = Vec::new();
        let mut results = Vec::new();
        for (index, op) in request
            .ops
            .get(range)
            .unwrap_or_default()
            .iter()
            .enumerate()
        {
            match validate::check(table, op, allowed) {
                Ok(edit) => {
                    checked.push((index, edit));
                    results.push(EditResult::Ok);
                }
                Err(sentence) => results.push(EditResult::Rejected(sentence)),
            }
        }
        Self {
            table,
            request: request_index,
            batch,
            entries: edit::entries(checked),
            results,
            edit_num: 0,
        }
    }

    pub(super) fn refused(&self) -> Option<&str> {
        self.results.iter().find_map(|result| match result {
            EditResult::Rejected(sentence) => Some(sentence.as_str()),
            EditResult::Ok => None,
        })
    }

    /// Marks the operations of entries that were not done.
    pub(super) fn settle(&mut self, mut done: impl FnMut(&Entry) -> bool) {
        for entry in &self.entries {
            if done(entry) {
                continue;
            }
            for op in &entry.ops {
                if let Some(result) = self.results.get_mut(*op) {
                    *result = EditResult::Rejected(edit::miss(&entry.edit));
                }
            }
        }
    }
}

/// One reply for each request, from its parts.
pub(super) fn replies(requests: usize, parts: Vec<Part<'_>>) -> Vec<EditReply> {
    let mut replies = vec![
        EditReply {
            edit_num: 0,
            results: Vec::new()
        };
        requests
    ];
    for part in parts {
        if let Some(reply) = replies.get_mut(part.request) {
            reply.edit_num = reply.edit_num.max(part.edit_num);
            reply.results.extend(part.results);
        }
    }
    replies
}
