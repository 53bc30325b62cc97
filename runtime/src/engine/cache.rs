//! Results by what they were computed from: statement, values, and versions of the tables read.
//!
//! Bounded by bytes; the result unused for longest goes first. Equal queries that run at the same time run once.

use std::collections::BTreeMap;
use std::future::Future;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use bookwright_compiler::value::Value;
use tokio::sync::OnceCell;

use crate::adapter::{AdapterError, Batch};

/// Bytes kept.
pub const BYTES: usize = 64 << 20;

/// Content hash of everything a result depends on.
pub type Key = [u8; 32];

type Flight = Arc<OnceCell<Result<Arc<Batch>, AdapterError>>>;

/// Results of queries.
#[derive(Debug)]
pub struct Cache {
    limit: usize,
    state: Mutex<State>,
}

#[derive(Debug, Default)]
struct State {
    entries: BTreeMap<Key, Entry>,
    /// Keys by last use.
    uses: BTreeMap<u64, Key>,
    clock: u64,
    bytes: usize,
    flights: BTreeMap<Key, Flight>,
}

#[derive(Debug)]
struct Entry {
    batch: Arc<Batch>,
    bytes: usize,
    used: u64,
}

impl Default for Cache {
    fn default() -> Self {
        Self::new(BYTES)
    }
}

impl Cache {
    /// An empty cache of at most `limit` bytes.
    pub fn new(limit: usize) -> Self {
        Self {
            limit,
            state: Mutex::default(),
        }
    }

    /// The result of `key`, computed by `compute` when nobody has it or is at it.
    ///
    /// # Errors
    /// The failure of `compute`, for all who wait for it; failures are not kept.
    pub async fn get<F>(&self, key: Key, compute: F) -> Result<Arc<Batch>, AdapterError>
    where
        F: Future<Output = Result<Batch, AdapterError>>,
    {
        let flight = {
            let mut state = self.lock();
            if let Some(batch) = state.touch(&key) {
                return Ok(batch);
            }
            Arc::clone(state.flights.entry(key).or_default())
        };
        let _landing = Landing { cache: self, key };
        // When the one who computes goes away, the next of those who wait takes over.
        let result = flight
            .get_or_init(|| async { compute.await.map(Arc::new) })
            .await
            .clone();
        let mut state = self.lock();
        if state
            .flights
            .get(&key)
            .is_some_and(|current| Arc::ptr_eq(current, &flight))
        {
            state.flights.remove(&key);
            if let Ok(batch) = &result {
                state.insert(key, Arc::clone(batch), self.limit);
            }
        }
        drop(state);
        result
    }

    /// Forgets everything.
    pub fn clear(&self) {
        *self.lock() = State::default();
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Forgets a query that nobody waits for any more, whether it was answered or given up.
struct Landing<'a> {
    cache: &'a Cache,
    key: Key,
}

impl Drop for Landing<'_> {
    fn drop(&mut self) {
        let mut state = self.cache.lock();
        // One reference is the map's, one that of the call that ends here.
        if state
            .flights
            .get(&self.key)
            .is_some_and(|flight| Arc::strong_count(flight) <= 2)
        {
            state.flights.remove(&self.key);
        }
    }
}

impl State {
    fn touch(&mut self, key: &Key) -> Option<Arc<Batch>> {
        self.clock += 1;
        let entry = self.entries.get_mut(key)?;
        self.uses.remove(&entry.used);
        entry.used = self.clock;
        self.uses.insert(self.clock, *key);
        Some(Arc::clone(&entry.batch))
    }

    fn insert(&mut self, key: Key, batch: Arc<Batch>, limit: usize) {
        let bytes = size(&batch);
        if bytes > limit / 4 {
            return;
        }
        self.clock += 1;
        self.bytes += bytes;
        self.uses.insert(self.clock, key);
        if let Some(old) = self.entries.insert(
            key,
            Entry {
                batch,
                bytes,
                used: self.clock,
            },
        ) {
            self.bytes -= old.bytes;
            self.uses.remove(&old.used);
        }
        while self.bytes > limit
            && let Some((_, oldest)) = self.uses.pop_first()
        {
            if let Some(entry) = self.entries.remove(&oldest) {
                self.bytes -= entry.bytes;
            }
        }
    }
}

/// Bytes a batch takes, about.
fn size(batch: &Batch) -> usize {
    let cell = |value: &Value| match value {
        Value::Text(text) => 40 + text.len(),
        Value::Variant(json) => 40 + json.to_string().len(),
        Value::Null | Value::Logical(_) | Value::Integer(_) | Value::Float(_) | Value::Date(_) => {
            24
        }
    };
    256 + batch
        .columns
        .iter()
        .map(|column| 24 + column.iter().map(cell).sum::<usize>())
        .sum::<usize>()
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;

    fn batch(n: i64) -> Batch {
        Batch {
            columns: vec![vec![Value::Integer(n)]],
            rows: 1,
            truncated: false,
        }
    }

    async fn get(cache: &Cache, key: u8, calls: &AtomicUsize) -> Value {
        let compute = async {
            calls.fetch_add(1, Ordering::Relaxed);
            tokio::task::yield_now().await;
            Ok(batch(i64::from(key)))
        };
        cache
            .get([key; 32], compute)
            .await
            .unwrap()
            .row(0)
            .remove(0)
    }

    #[tokio::test]
    async fn equal_queries_at_one_time_run_once_and_are_kept() {
        let (cache, calls) = (Cache::default(), AtomicUsize::new(0));
        let answers = tokio::join!(
            get(&cache, 1, &calls),
            get(&cache, 1, &calls),
            get(&cache, 2, &calls)
        );
        assert_eq!(
            answers,
            (Value::Integer(1), Value::Integer(1), Value::Integer(2))
        );
        get(&cache, 1, &calls).await;
        assert_eq!(calls.load(Ordering::Relaxed), 2);
    }

    #[tokio::test]
    async fn the_result_unused_for_longest_goes_first() {
        let calls = AtomicUsize::new(0);
        let cache = Cache::new(size(&batch(0)) * 4);
        for key in [1, 2, 3, 4, 1, 5, 1, 2] {
            get(&cache, key, &calls).await;
        }
        assert_eq!(calls.load(Ordering::Relaxed), 6, "1 stayed, 2 was dropped");
    }

    #[tokio::test]
    async fn a_query_given_up_leaves_nothing_behind() {
        let cache = Cache::default();
        let endless = cache.get([1; 32], std::future::pending());
        let wait = std::time::Duration::from_millis(1);
        assert!(tokio::time::timeout(wait, endless).await.is_err());
        assert!(cache.lock().flights.is_empty());
        assert!(cache.get([1; 32], async { Ok(batch(1)) }).await.is_ok());
        assert!(cache.lock().flights.is_empty());
    }

    #[tokio::test]
    async fn failures_are_not_kept() {
        let cache = Cache::default();
        let failing = async { Err(AdapterError::closed()) };
        assert!(cache.get([1; 32], failing).await.is_err());
        assert!(cache.get([1; 32], async { Ok(batch(1)) }).await.is_ok());
    }
}
