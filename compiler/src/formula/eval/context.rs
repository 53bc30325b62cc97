//! What an evaluation may know beside its row.

use jiff::tz::TimeZone;

use crate::plan::Settings;
use crate::value::Value;

/// Settings and the frozen instant of one evaluation.
#[derive(Clone, Debug)]
pub struct Context {
    /// Time zone, week start, locale, currency.
    pub settings: Settings,
    /// The frozen instant, in microseconds of the project's wall-clock time.
    pub now: i64,
    /// The project's time zone; UTC when its name is unknown.
    pub zone: TimeZone,
}

impl Context {
    /// A context; the zone is looked up by the name in `settings`.
    pub fn new(settings: Settings, now: i64) -> Self {
        let zone = TimeZone::get(&settings.time_zone).unwrap_or(TimeZone::UTC);
        Self {
            settings,
            now,
            zone,
        }
    }
}

/// The rows of one partition, in the plan's order.
#[derive(Clone, Copy, Debug)]
pub struct Partition<'a> {
    /// Argument values of each row.
    pub rows: &'a [Vec<Value>],
    /// For each row the number of its peer group: rows that the plan's order does not tell apart share one.
    pub peers: &'a [usize],
}
