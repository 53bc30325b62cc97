//! Customers: when they signed up, where from, and what became of them.

use std::io;

use super::calendar::{
    DAYS, Day, FIRST_DAY, Moment, civil, day_text, is_weekend, moment_text, optional_day_text,
};
use super::campaigns::{CAMPAIGNS, Campaign, Goal, campaign_id};
use super::company::company;
use super::market::{Channel, Region};
use super::rng::Rng;
use super::subscriptions::{Movement, Plan, lifecycle};
use super::table::{Destination, Table};
use super::team::managers;

/// A customer with everything that happened to it but its sessions.
#[derive(Debug)]
pub struct Customer {
    /// Counts from 1 in the order of sign-up.
    pub number: u64,
    /// Where it is.
    pub region: Region,
    /// Day of sign-up.
    pub signed_up: Day,
    /// Where it came from.
    pub channel: Channel,
    /// Index of the campaign that won it.
    pub campaign: Option<usize>,
    /// Changes of its subscription, oldest first; empty for one that never paid.
    pub movements: Vec<Movement>,
    /// Plan today, `Free` after churn.
    pub plan: Plan,
    /// Last day on which it may have used the product.
    pub last_active: Day,
    /// Relative number of its events.
    pub weight: u64,
    company: String,
    segment: &'static str,
    country: &'static str,
    owner: &'static str,
    nps: Option<u64>,
}

impl Customer {
    /// The id in the data.
    pub fn id(&self) -> String {
        customer_id(self.number)
    }

    fn seats(&self) -> u64 {
        self.movements.last().map_or(1, |m| m.seats)
    }

    fn mrr(&self) -> u64 {
        self.movements.last().map_or(0, |m| m.mrr)
    }

    /// The day the subscription ended, when it has.
    fn churned(&self) -> Option<Day> {
        self.movements.last().filter(|m| m.mrr == 0).map(|m| m.day)
    }
}

/// The id of the customer with this number.
pub fn customer_id(number: u64) -> String {
    format!("C{number:05}")
}

/// Makes `count` customers, in the order of sign-up.
pub fn generate(seed: u64, count: u64) -> Vec<Customer> {
    let weights: Vec<u64> = (FIRST_DAY..FIRST_DAY + DAYS).map(day_weight).collect();
    let total: u64 = weights.iter().sum();
    let mut customers = Vec::new();
    let (mut day, mut passed) = (0, 0);
    for index in 0..count {
        // Customers stand at equal distances on the axis of summed weights, so that they come sorted by day.
        let position = (total * (2 * index + 1)) / (2 * count);
        while passed + weights[day] <= position {
            passed += weights[day];
            day += 1;
        }
        customers.push(customer(
            seed,
            index + 1,
            FIRST_DAY + i64::try_from(day).unwrap_or_default(),
        ));
    }
    customers
}

/// How many customers sign up on a day, relative to others: growth, week, season, and campaigns.
fn day_weight(day: Day) -> u64 {
    let age = u64::try_from(day - FIRST_DAY).unwrap_or_default();
    let trend = 1_000 + age * 3;
    let week = if is_weekend(day) { 45 } else { 100 };
    let season = match civil(day) {
        (_, 12, 20..) | (_, 1, 1) => 45,
        (_, 7 | 8, _) => 82,
        (_, 1 | 9, _) => 112,
        _ => 100,
    };
    let lift: u64 = running(day).map(|(_, c)| c.pull).sum();
    trend * week * season / 10_000 * (1_000 + lift) / 1_000
}

fn running(day: Day) -> impl Iterator<Item = (usize, &'static Campaign)> {
    CAMPAIGNS
        .iter()
        .enumerate()
        .filter(move |(_, c)| c.goal == Goal::Acquisition && c.runs_on(day))
}

/// The campaign and channel a sign-up of this day comes from.
fn origin(rng: &mut Rng, day: Day) -> (Channel, Option<usize>) {
    let mut origins = vec![
        ((Channel::OrganicSearch, None), 330),
        ((Channel::Direct, None), 190),
    ];
    origins.extend([
        ((Channel::Referral, None), 170),
        ((Channel::Email, None), 60),
        ((Channel::PaidSearch, None), 120),
    ]);
    origins.extend([
        ((Channel::PaidSocial, None), 70),
        ((Channel::Partner, None), 60),
    ]);
    origins.extend(running(day).map(|(index, c)| ((c.channel, Some(index)), c.pull)));
    rng.weighted(&origins)
}

fn customer(seed: u64, number: u64, signed_up: Day) -> Customer {
    let rng = &mut Rng::new(seed, "customer", number);
    let region = rng.weighted(&[
        (Region::NorthAmerica, 42),
        (Region::Europe, 31),
        (Region::AsiaPacific, 17),
        (Region::LatinAmerica, 10),
    ]);
    let (channel, campaign) = origin(rng, signed_up);
    let quality = channel.quality() * campaign.map_or(100, |index| CAMPAIGNS[index].quality) / 100;
    let segment = rng.weighted(&[
        ("Startup", 38),
        ("Small Business", 34),
        ("Mid-Market", 20),
        ("Enterprise", 8),
    ]);
    let life = lifecycle(rng, signed_up, segment, quality);
    Customer {
        number,
        region,
        signed_up,
        channel,
        campaign,
        plan: life.plan,
        last_active: life.last_active,
        weight: life.weight,
        company: company(number),
        segment,
        country: rng.weighted(region.countries()),
        owner: rng.pick(managers(region)).name,
        nps: rng
            .chance(380)
            .then(|| nps(rng, life.plan, life.movements.last())),
        movements: life.movements,
    }
}

/// An answer from 0 to 10 to "would you recommend us".
fn nps(rng: &mut Rng, plan: Plan, last: Option<&Movement>) -> u64 {
    let base = match (plan, last) {
        (Plan::Free, Some(_)) => 3,
        (Plan::Free, None) => 6,
        (Plan::Starter, _) => 7,
        (Plan::Pro | Plan::Enterprise, _) => 8,
    };
    (base + rng.below(5)).saturating_sub(2).min(10)
}

/// The table `customers` while it is written.
#[derive(Debug)]
pub struct CustomerTable<W>(Table<W>);

impl<W: io::Write> CustomerTable<W> {
    /// Starts the table.
    ///
    /// # Errors
    /// When the destination refuses.
    pub fn start<D: Destination<Writer = W>>(destination: &mut D) -> io::Result<Self> {
        let header = "customer_id,company,segment,region,country,plan,channel,campaign_id,owner,signed_up_on,\
                      first_paid_on,churned_on,last_seen_at,seats,mrr,lifetime_revenue,nps";
        Table::start(destination, "customers", header).map(Self)
    }

    /// Writes a customer that was last seen at `last_seen`.
    ///
    /// # Errors
    /// When the destination refuses.
    pub fn row(&mut self, c: &Customer, last_seen: Moment) -> io::Result<()> {
        self.0.row(format_args!(
            "{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{}",
            c.id(),
            c.company,
            c.segment,
            c.region.name(),
            c.country,
            c.plan.name(),
            c.channel.name(),
            c.campaign.map(campaign_id).unwrap_or_default(),
            c.owner,
            day_text(c.signed_up),
            optional_day_text(c.movements.first().map(|m| m.day)),
            optional_day_text(c.churned()),
            moment_text(last_seen),
            c.seats(),
            c.mrr(),
            super::subscriptions::lifetime_revenue(&c.movements),
            c.nps.map(|n| n.to_string()).unwrap_or_default(),
        ))
    }

    /// Ends the table and tells how many rows it got.
    ///
    /// # Errors
    /// When the destination refuses.
    pub fn end<D: Destination<Writer = W>>(self, destination: &mut D) -> io::Result<u64> {
        self.0.end(destination)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn customers_come_sorted_by_sign_up_and_grow_in_number() {
        let customers = generate(1, 2_000);
        assert!(customers.is_sorted_by_key(|c| c.signed_up));
        let half = FIRST_DAY + DAYS / 2;
        let early = customers.iter().filter(|c| c.signed_up < half).count();
        assert!(
            (500..900).contains(&early),
            "{early} of 2000 in the first year"
        );
    }

    #[test]
    fn a_campaign_wins_customers_only_while_it_runs() {
        for customer in generate(3, 2_000) {
            let Some(campaign) = customer.campaign.map(|index| &CAMPAIGNS[index]) else {
                continue;
            };
            assert!(campaign.runs_on(customer.signed_up));
            assert_eq!(campaign.channel, customer.channel);
        }
    }
}
