//! The one instant of a request.

use bookwright_compiler::bind::date;

/// The current instant as microseconds of wall-clock time in `zone` (an IANA name; UTC when unknown).
/// `BOOKWRIGHT_NOW` (an ISO date with or without zone) replaces the clock, for tests.
pub fn now(zone: &str) -> i64 {
    #[expect(
        clippy::disallowed_methods,
        reason = "this is the clock of the runtime"
    )]
    let fixed = std::env::var("BOOKWRIGHT_NOW").ok();
    if let Some(moment) = fixed.and_then(|text| date::parse(&text, zone).ok()) {
        return moment.micros;
    }
    date::from_unix_millis(jiff::Timestamp::now().as_millisecond(), zone)
        .or_else(|_| date::from_unix_millis(jiff::Timestamp::now().as_millisecond(), "UTC"))
        .unwrap_or_default()
}
