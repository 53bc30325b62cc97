//! What customers do: sessions, and the events in them.

use std::io;

use super::calendar::{Day, Moment, is_weekend, moment_text, weekday};
use super::campaigns::campaign_id;
use super::customers::Customer;
use super::rng::Rng;
use super::subscriptions::Plan;
use super::table::{Destination, Table};

/// Events of the data set per customer.
pub const EVENTS_PER_CUSTOMER: u64 = 20;

/// How many events each customer has: at least one, by weight, together exactly [`EVENTS_PER_CUSTOMER`] times as many
/// as there are customers.
pub fn shares(customers: &[Customer]) -> Vec<u64> {
    let by_weight = u128::from((EVENTS_PER_CUSTOMER - 1) * customers.len() as u64);
    let total: u128 = customers.iter().map(|c| u128::from(c.weight)).sum();
    let (mut weight, mut given) = (0, 0);
    let mut shares = Vec::with_capacity(customers.len());
    for customer in customers {
        weight += u128::from(customer.weight);
        let until = by_weight * weight / total;
        shares.push(1 + u64::try_from(until - given).unwrap_or_default());
        given = until;
    }
    shares
}

/// The tables `sessions` and `events` while they are written.
#[derive(Debug)]
pub struct ActivityTables<W> {
    sessions: Table<W>,
    events: Table<W>,
    session: u64,
    event: u64,
}

impl<W: io::Write> ActivityTables<W> {
    /// Starts both tables.
    ///
    /// # Errors
    /// When the destination refuses.
    pub fn start<D: Destination<Writer = W>>(destination: &mut D) -> io::Result<Self> {
        let sessions = "session_id,customer_id,started_at,minutes,events,device,source";
        let events = "event_id,session_id,customer_id,at,event";
        Ok(Self {
            sessions: Table::start(destination, "sessions", sessions)?,
            events: Table::start(destination, "events", events)?,
            session: 0,
            event: 0,
        })
    }

    /// Writes `count` events of a customer and returns the time of the last one.
    ///
    /// # Errors
    /// When the destination refuses.
    pub fn rows(&mut self, seed: u64, customer: &Customer, count: u64) -> io::Result<Moment> {
        let rng = &mut Rng::new(seed, "activity", customer.number);
        let sizes = session_sizes(rng, count);
        let days = session_days(rng, customer, sizes.len());
        let mut last_seen = customer.signed_up * 86_400;
        for (index, (size, day)) in sizes.iter().zip(days).enumerate() {
            let start = day * 86_400 + second_of_day(rng, customer);
            last_seen = last_seen.max(self.session(rng, customer, index == 0, *size, start)?);
        }
        Ok(last_seen)
    }

    fn session(
        &mut self,
        rng: &mut Rng,
        c: &Customer,
        first: bool,
        size: u64,
        start: Moment,
    ) -> io::Result<Moment> {
        self.session += 1;
        let id = c.id();
        let midnight = (start.div_euclid(86_400) + 1) * 86_400 - 1;
        let mut at = start;
        for position in 0..size {
            if position > 0 {
                at = (at + rng.between(8, 420)).min(midnight);
            }
            self.event += 1;
            let event = event_name(rng, c, first, position);
            self.events.row(format_args!(
                "{},{},{id},{},{event}",
                self.event,
                self.session,
                moment_text(at)
            ))?;
        }
        let device = rng.weighted(&[
            ("Desktop", 58),
            ("Laptop app", 17),
            ("iPhone", 15),
            ("Android", 10),
        ]);
        let source = session_source(rng, c, first);
        let minutes = (at - start) / 60 + 1;
        let start = moment_text(start);
        self.sessions.row(format_args!(
            "{},{id},{start},{minutes},{size},{device},{source}",
            self.session
        ))?;
        Ok(at)
    }

    /// Ends both tables and tells how many rows they got, sessions first.
    ///
    /// # Errors
    /// When the destination refuses.
    pub fn end<D: Destination<Writer = W>>(self, destination: &mut D) -> io::Result<(u64, u64)> {
        Ok((
            self.sessions.end(destination)?,
            self.events.end(destination)?,
        ))
    }
}

/// Cuts `count` events into sessions of 2 to 7 (the last one takes what is left).
fn session_sizes(rng: &mut Rng, count: u64) -> Vec<u64> {
    let mut sizes = Vec::new();
    let mut rest = count;
    while rest > 0 {
        let size = (2 + rng.below(3) + rng.below(4)).min(rest);
        sizes.push(size);
        rest -= size;
    }
    sizes
}

/// Days of the sessions in order: sign-up first, the last active day last, between them denser at the beginning.
fn session_days(rng: &mut Rng, customer: &Customer, count: usize) -> Vec<Day> {
    let length = customer.last_active - customer.signed_up;
    let mut days: Vec<Day> = (0..count)
        .map(|index| {
            let day = match index {
                0 => customer.signed_up,
                1 => customer.last_active,
                _ => customer.signed_up + early(rng, length),
            };
            workday(rng, day, customer.signed_up)
        })
        .collect();
    days.sort_unstable();
    days
}

/// A number from 0 to `length`; the first third of the range gets half of the draws.
fn early(rng: &mut Rng, length: i64) -> i64 {
    if rng.chance(250) {
        rng.between(0, length / 3)
    } else {
        rng.between(0, length)
    }
}

/// Moves two of three weekend days to a working day of the same week.
fn workday(rng: &mut Rng, day: Day, first: Day) -> Day {
    if !is_weekend(day) || rng.chance(340) || day == first {
        return day;
    }
    let monday = day - weekday(day);
    let moved = monday + rng.between(0, 4);
    if moved >= first { moved } else { day }
}

/// A second of the working day of the customer, in UTC, most often around noon.
fn second_of_day(rng: &mut Rng, customer: &Customer) -> i64 {
    let local = rng.between(7 * 3_600, 13 * 3_600) + rng.between(0, 7 * 3_600);
    (local + customer.region.hours_to_utc() * 3_600).rem_euclid(86_400)
}

fn event_name(rng: &mut Rng, customer: &Customer, first: bool, position: u64) -> &'static str {
    if first {
        return match position {
            0 => "signed_up",
            1 => "profile_completed",
            2 => "project_created",
            _ => rng.weighted(&[
                ("data_connected", 5),
                ("report_viewed", 3),
                ("teammate_invited", 3),
            ]),
        };
    }
    let events: &[(&str, u64)] = match customer.plan {
        Plan::Free => &[
            ("report_viewed", 44),
            ("project_created", 12),
            ("data_connected", 7),
            ("teammate_invited", 5),
            ("export_downloaded", 10),
            ("pricing_viewed", 17),
            ("support_opened", 5),
        ],
        Plan::Starter | Plan::Pro | Plan::Enterprise => &[
            ("report_viewed", 40),
            ("report_shared", 16),
            ("dashboard_edited", 14),
            ("project_created", 6),
            ("data_connected", 6),
            ("teammate_invited", 5),
            ("export_downloaded", 8),
            ("alert_created", 3),
            ("support_opened", 2),
        ],
    };
    rng.weighted(events)
}

/// Where a session came from: the winning channel or campaign the first time, mostly direct later.
fn session_source(rng: &mut Rng, customer: &Customer, first: bool) -> String {
    match (first, customer.campaign) {
        (true, Some(index)) => campaign_id(index),
        (true, None) => customer.channel.name().to_owned(),
        _ => rng
            .weighted(&[
                ("Direct", 62),
                ("Email", 24),
                ("Organic Search", 9),
                ("Referral", 5),
            ])
            .to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::growth::calendar::LAST_DAY;
    use crate::growth::customers::generate;

    #[test]
    fn shares_add_up_exactly_and_leave_nobody_out() {
        let customers = generate(9, 777);
        let shares = shares(&customers);
        assert_eq!(shares.iter().sum::<u64>(), 777 * EVENTS_PER_CUSTOMER);
        assert!(shares.iter().all(|s| *s > 0));
    }

    #[test]
    fn session_sizes_add_up() {
        let rng = &mut Rng::new(2, "sizes", 0);
        for count in 1..60 {
            assert_eq!(session_sizes(rng, count).iter().sum::<u64>(), count);
        }
    }

    #[test]
    fn sessions_stay_between_sign_up_and_the_last_day() {
        for customer in generate(4, 300) {
            let days = session_days(&mut Rng::new(4, "days", customer.number), &customer, 12);
            assert!(days.is_sorted());
            assert!(
                days.iter()
                    .all(|day| (customer.signed_up..=LAST_DAY).contains(day))
            );
        }
    }
}
