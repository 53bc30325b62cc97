//! Zones named by a formula.

use jiff::tz::TimeZone;

use super::iso::literal;
use crate::formula::functions::lowering::Writing;
use crate::plan::relation::Expr;

/// A template of a date, `$d` in it, for a call in which a zone may follow the date: an instant in UTC is then read as
/// the zone's wall clock.
pub(super) fn in_zone(args: &[Expr], date: usize, template: &str) -> Writing {
    let hole = format!("{{{date}}}");
    if args.len() <= date + 1 {
        return Writing::plain(template.replace("$d", &hole));
    }
    let local = format!("({hole} AT TIME ZONE 'UTC' AT TIME ZONE {{{}}})", date + 1);
    Writing::plain(known(args, date + 1, &template.replace("$d", &local)))
}

/// A template that is Null when the argument at a position names no zone, for which the engine would raise.
pub(super) fn known(args: &[Expr], zone: usize, template: &str) -> String {
    match literal(args, zone) {
        Some(name) if TimeZone::get(name).is_ok() => template.to_owned(),
        Some(_) => format!("(CASE WHEN FALSE THEN {template} END)"),
        None => format!(
            "(CASE WHEN lower({{{zone}}} COLLATE \"C\") IN (SELECT lower(name COLLATE \"C\") FROM pg_timezone_names) THEN {template} END)"
        ),
    }
}
