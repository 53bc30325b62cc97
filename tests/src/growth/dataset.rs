//! Writes the whole data set, customer by customer, so that memory holds customers but never events.

use std::io;

use super::activity::{ActivityTables, shares};
use super::customers::{CustomerTable, generate};
use super::subscriptions::SubscriptionTable;
use super::table::Destination;
use super::touches::TouchTable;
use super::{campaigns, spend, team};

/// What to make.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Settings {
    /// Number of customers; every table grows with it.
    pub customers: u64,
    /// Same seed, same bytes.
    pub seed: u64,
}

impl Settings {
    /// The full data set: 50,000 customers, 1,000,000 events.
    pub const FULL: Self = Self {
        customers: 50_000,
        seed: 1,
    };

    /// The sample that is kept with the sources: 850 customers, 17,000 events.
    pub const SAMPLE: Self = Self {
        customers: 850,
        ..Self::FULL
    };
}

/// How many rows were written.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Written {
    /// Rows of `customers`.
    pub customers: u64,
    /// Rows of `events`.
    pub events: u64,
    /// Rows of all tables.
    pub rows: u64,
}

/// Writes all tables.
///
/// # Errors
/// When the destination refuses.
pub fn write<D: Destination>(destination: &mut D, settings: Settings) -> io::Result<Written> {
    let Settings {
        customers: count,
        seed,
    } = settings;
    let customers = generate(seed, count);
    let mut customer_table = CustomerTable::start(destination)?;
    let mut subscription_table = SubscriptionTable::start(destination)?;
    let mut activity = ActivityTables::start(destination)?;
    let mut touches = TouchTable::start(destination)?;
    for (customer, share) in customers.iter().zip(shares(&customers)) {
        let last_seen = activity.rows(seed, customer, share)?;
        customer_table.row(customer, last_seen)?;
        subscription_table.rows(customer)?;
        touches.rows(seed, customer)?;
    }
    let written = customer_table.end(destination)?;
    let subscriptions = subscription_table.end(destination)?;
    let (sessions, events) = activity.end(destination)?;
    let sent = touches.end(destination)?;
    let costs = spend::costs(&customers, &sent);
    let rest = campaigns::write(destination, &costs)?
        + spend::write(destination, seed, &costs)?
        + team::write(destination)?;
    let rows = written + subscriptions + sessions + events + sent.iter().sum::<u64>() + rest;
    Ok(Written {
        customers: written,
        events,
        rows,
    })
}
