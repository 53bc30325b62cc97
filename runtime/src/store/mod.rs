//! Input tables: rows, edit log, and the live stream of numbered edits.
//!
//! Per table in the write schema: `SIGDS_<id>` current rows, `SIGDS_WAL_<id>` the edit log, and two views. An edit is
//! one transaction (append to the log, apply to the rows) that is durable before it is acknowledged; waiting edits
//! share a commit. The last writer of a cell wins. Numbers of edits have no gaps; `<id>` is workbook and table.
//! Not here: who may edit.

mod convert;
mod edit;
mod fill;
mod log;
mod names;
mod part;
mod schema;
#[cfg(test)]
mod tests;
mod validate;

use std::collections::BTreeMap;
use std::sync::{Arc, PoisonError, RwLock};

use bookwright_compiler::plan::Plan;
use tokio::sync::{Mutex, broadcast};

pub use edit::Author;
pub use log::{CATCH_UP, LiveEdits};
pub use names::scanned;
pub use validate::Allowed;

use crate::adapter::{Adapter, AdapterError, ErrorKind, Limits, Statement};
use crate::protocol::edit::{EditReply, EditRequest};
use edit::Writing;
use names::Names;
use part::{Part, Rule, replies};
use schema::Aligned;

/// Operations of one transaction at most.
pub const OPS_PER_TRANSACTION: usize = 5000;
/// Messages a slow listener may fall behind before it must catch up from the log.
const BACKLOG: usize = 1024;

/// What bringing the store in line with a plan found.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct OpenReport {
    /// Names of tables made now.
    pub made: Vec<String>,
    /// Sentences about what could not be done, and about tables that disappeared while others appeared.
    pub problems: Vec<String>,
}

/// The text of a project file, or a sentence.
pub type ReadFile<'a> = &'a (dyn Fn(&str) -> Result<String, String> + Sync);

/// The input tables of one target.
pub struct Store {
    adapter: Arc<dyn Adapter>,
    live: broadcast::Sender<LiveEdits>,
    /// Last edit told to listeners, by store id.
    told: RwLock<BTreeMap<String, Arc<Mutex<u64>>>>,
    seen: RwLock<BTreeMap<String, u64>>,
}

impl std::fmt::Debug for Store {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Store")
            .field("seen", &self.seen)
            .finish_non_exhaustive()
    }
}

impl Store {
    /// The store of an engine. Nothing is made before [`open`](Self::open).
    pub fn new(adapter: Arc<dyn Adapter>) -> Self {
        Self {
            adapter,
            live: broadcast::channel(BACKLOG).0,
            told: RwLock::default(),
            seen: RwLock::default(),
        }
    }

    /// Brings tables in line with a plan and fills new ones from their CSV. `now` is wall-clock microseconds.
    ///
    /// # Errors
    /// When the engine does not answer. What is wrong with single tables is in the report.
    pub async fn open(
        &self,
        plan: &Plan,
        read: ReadFile<'_>,
        now: i64,
    ) -> Result<OpenReport, AdapterError> {
        let mut report = OpenReport::default();
        let adapter = self.adapter.as_ref();
        let schema = Names::new(adapter.write_schema(), "", "").schema;
        if plan.input_tables.is_empty() && !self.has_registry(&schema).await {
            return Ok(report);
        }
        schema::prepare(adapter, &schema).await?;
        let known = schema::registered(adapter, &schema, &plan.id).await?;
        for table in plan.input_tables.values() {
            let names = self.names(plan, &table.id);
            match schema::align(adapter, plan, table, &names, known.get(&table.id), now).await {
                Ok(Aligned::Made) => {
                    report.made.push(table.name.clone());
                    if let Err(problem) = self.fill(plan, table, read, now).await {
                        report.problems.push(problem);
                    }
                }
                Ok(Aligned::Kept) => {}
                Err(problem) => {
                    report.problems.push(problem);
                    continue;
                }
            }
            let last = self.last_edit(&names).await?;
            *self.told(&names.id).lock().await = last;
            self.note(&names.id, last);
        }
        report.problems.extend(renamed(plan, &known, &report.made));
        Ok(report)
    }

    /// Numbered edits as they are committed, of all tables. A listener that lags asks [`edits_since`](Self::edits_since).
    pub fn subscribe(&self) -> broadcast::Receiver<LiveEdits> {
        self.live.subscribe()
    }

    /// Number of the last known edit of a table; 0 when the table is not open.
    pub fn edit_num(&self, workbook: &str, table: &str) -> u64 {
        let seen = self.seen.read().unwrap_or_else(PoisonError::into_inner);
        seen.get(&names::store_id(workbook, table))
            .copied()
            .unwrap_or_default()
    }

    /// Edits of a table behind number `after`, in order; at most [`CATCH_UP`] log entries.
    ///
    /// # Errors
    /// When the engine does not answer.
    pub async fn edits_since(
        &self,
        plan: &Plan,
        table: &str,
        after: u64,
    ) -> Result<Vec<LiveEdits>, AdapterError> {
        log::since(
            self.adapter.as_ref(),
            &self.names(plan, table),
            &plan.id,
            table,
            after,
        )
        .await
    }

    /// Checks and does a batch of edits. When this returns, what is `Ok` is durable. A batch sent again is not done
    /// again. `allowed` are the options of selects that take them from data.
    ///
    /// # Errors
    /// When the table is unknown or the engine fails; nothing of the failing transaction is done then.
    pub async fn apply(
        &self,
        plan: &Plan,
        request: &EditRequest,
        author: &Author,
        allowed: &Allowed,
    ) -> Result<EditReply, AdapterError> {
        let replies = self
            .apply_all(
                plan,
                std::slice::from_ref(request),
                author,
                allowed,
                Rule::Each,
            )
            .await?;
        replies.into_iter().next().ok_or_else(AdapterError::closed)
    }

    /// Does several batches as one transaction, or nothing: an operation that breaks a rule refuses all. One whose row
    /// somebody else just removed changes nothing, as on the platform.
    ///
    /// # Errors
    /// When an operation is refused (its sentence, kind [`ErrorKind::Data`]), or the engine fails.
    pub async fn apply_together(
        &self,
        plan: &Plan,
        requests: &[EditRequest],
        author: &Author,
        allowed: &Allowed,
    ) -> Result<Vec<EditReply>, AdapterError> {
        self.apply_all(plan, requests, author, allowed, Rule::AllOrNothing)
            .await
    }

    async fn apply_all(
        &self,
        plan: &Plan,
        requests: &[EditRequest],
        author: &Author,
        allowed: &Allowed,
        rule: Rule,
    ) -> Result<Vec<EditReply>, AdapterError> {
        let mut parts = Vec::new();
        for (request_index, request) in requests.iter().enumerate() {
            let table = plan.input_tables.get(&request.table).ok_or_else(|| {
                AdapterError::new(
                    ErrorKind::Data,
                    format!("there is no input table `{}`", request.table),
                )
            })?;
            let size = if rule == Rule::Each {
                OPS_PER_TRANSACTION
            } else {
                usize::MAX
            };
            let length = request.ops.len().max(1);
            for (chunk, from) in (0..length).step_by(size.min(length)).enumerate() {
                let batch = if chunk == 0 {
                    request.id.clone()
                } else {
                    format!("{}#{chunk}", request.id)
                };
                let upto = from.saturating_add(size).min(request.ops.len());
                parts.push(Part::new(
                    table,
                    request,
                    request_index,
                    from..upto,
                    batch,
                    allowed,
                ));
            }
        }
        if rule == Rule::AllOrNothing
            && let Some(refused) = parts.iter().find_map(Part::refused)
        {
            return Err(AdapterError::new(ErrorKind::Data, refused));
        }
        match rule {
            Rule::Each => {
                for part in &mut parts {
                    self.commit(plan, std::slice::from_mut(part), author)
                        .await?;
                }
            }
            Rule::AllOrNothing => self.commit(plan, &mut parts, author).await?,
        }
        Ok(replies(requests.len(), parts))
    }

    /// Writes parts as one transaction and fills in their results.
    async fn commit(
        &self,
        plan: &Plan,
        parts: &mut [Part<'_>],
        author: &Author,
    ) -> Result<(), AdapterError> {
        let mut statements = Vec::new();
        let mut places = Vec::new();
        let all_names: Vec<Names> = parts
            .iter()
            .map(|part| self.names(plan, &part.table.id))
            .collect();
        for (part, names) in parts.iter().zip(&all_names) {
            let writing = Writing {
                names,
                table: part.table,
                workbook: &plan.id,
                author,
                batch: &part.batch,
            };
            let (own, told) = writing.statements(&part.entries);
            places.push((statements.len(), told, own.len()));
            statements.extend(own);
        }
        if parts.iter().all(|part| part.entries.is_empty()) {
            for (part, names) in parts.iter_mut().zip(&all_names) {
                part.edit_num = self.last_edit(names).await?;
            }
            return Ok(());
        }
        let written = match self.adapter.write(statements).await {
            Ok(written) => written,
            Err(error) if matches!(error.kind, ErrorKind::Unmet(_)) => {
                for (part, names) in parts.iter_mut().zip(&all_names) {
                    let (done, last) =
                        log::replay(self.adapter.as_ref(), names, &part.batch).await?;
                    part.settle(|entry| entry.ops.iter().all(|op| done.contains(op)));
                    part.edit_num = last;
                }
                return Ok(());
            }
            Err(error) => return Err(error),
        };
        for (part, (start, told, length)) in parts.iter_mut().zip(places) {
            let mut told = told.into_iter();
            part.settle(|_| {
                told.next()
                    .and_then(|at| written.get(start + at))
                    .is_some_and(|w| w.changed > 0)
            });
            let last = written
                .get(start + length - 1)
                .and_then(|w| w.returned.first()?.first().map(log::unsigned));
            part.edit_num = last.unwrap_or_default();
        }
        for (part, names) in parts.iter().zip(&all_names) {
            self.tell(plan, &part.table.id, names, part.edit_num)
                .await?;
        }
        Ok(())
    }

    /// Tells listeners about edits up to `last`, and about others' edits before it, in order.
    async fn tell(
        &self,
        plan: &Plan,
        table: &str,
        names: &Names,
        last: u64,
    ) -> Result<(), AdapterError> {
        let told = self.told(&names.id);
        let mut told = told.lock().await;
        if last <= *told {
            return Ok(());
        }
        for edits in log::since(self.adapter.as_ref(), names, &plan.id, table, *told).await? {
            *told = edits.edit_num;
            self.note(&names.id, edits.edit_num);
            // Nobody listens: nobody misses anything.
            drop(self.live.send(edits));
        }
        Ok(())
    }

    /// Looks for edits of other processes and tells about them; returns the number of the last edit.
    ///
    /// # Errors
    /// When the engine does not answer.
    pub async fn refresh(&self, plan: &Plan, table: &str) -> Result<u64, AdapterError> {
        let names = self.names(plan, table);
        let last = self.last_edit(&names).await?;
        self.tell(plan, table, &names, last).await?;
        Ok(last)
    }

    fn names(&self, plan: &Plan, table: &str) -> Names {
        Names::new(self.adapter.write_schema(), &plan.id, table)
    }

    fn told(&self, id: &str) -> Arc<Mutex<u64>> {
        let mut all = self.told.write().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(all.entry(id.to_owned()).or_default())
    }

    fn note(&self, id: &str, number: u64) {
        let mut seen = self.seen.write().unwrap_or_else(PoisonError::into_inner);
        let entry = seen.entry(id.to_owned()).or_default();
        *entry = number.max(*entry);
    }

    async fn last_edit(&self, names: &Names) -> Result<u64, AdapterError> {
        let sql = format!("SELECT coalesce(max(EDIT_NUM), 0) FROM {}", names.log);
        let batch = self
            .adapter
            .query(Statement::new(sql, Vec::new()), Limits::default())
            .await?
            .collect()
            .await?;
        Ok(batch.row(0).first().map_or(0, log::unsigned))
    }

    async fn has_registry(&self, schema: &str) -> bool {
        let sql = format!("SELECT 1 FROM {schema}{} LIMIT 0", names::REGISTRY);
        self.adapter
            .query(Statement::new(sql, Vec::new()), Limits::default())
            .await
            .is_ok()
    }
}

/// A table that is gone from the plan while another appeared was probably renamed.
fn renamed(
    plan: &Plan,
    known: &BTreeMap<String, schema::Registered>,
    made: &[String],
) -> Vec<String> {
    if made.is_empty() {
        return Vec::new();
    }
    let gone = known
        .iter()
        .filter(|(id, _)| !plan.input_tables.contains_key(*id));
    gone.map(|(id, table)| {
        format!(
            "the input table `{}` is gone and {} appeared; its rows are kept: if it was renamed, write `id: {id}`",
            table.name,
            made.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
        )
    })
    .collect()
}
