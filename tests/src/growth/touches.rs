//! Messages of lifecycle campaigns, one row per message.

use std::io;

use super::calendar::{LAST_DAY, is_weekend, moment_text};
use super::campaigns::{CAMPAIGNS, Campaign, Goal, campaign_id};
use super::customers::Customer;
use super::rng::Rng;
use super::table::{Destination, Table};

/// The table `touches` while it is written.
#[derive(Debug)]
pub struct TouchTable<W> {
    table: Table<W>,
    number: u64,
    sent: Vec<u64>,
}

impl<W: io::Write> TouchTable<W> {
    /// Starts the table.
    ///
    /// # Errors
    /// When the destination refuses.
    pub fn start<D: Destination<Writer = W>>(destination: &mut D) -> io::Result<Self> {
        let header = "touch_id,campaign_id,customer_id,sent_at,opened,clicked,unsubscribed";
        let table = Table::start(destination, "touches", header)?;
        Ok(Self {
            table,
            number: 0,
            sent: vec![0; CAMPAIGNS.len()],
        })
    }

    /// Writes the messages one customer got.
    ///
    /// # Errors
    /// When the destination refuses.
    pub fn rows(&mut self, seed: u64, customer: &Customer) -> io::Result<()> {
        let rng = &mut Rng::new(seed, "touches", customer.number);
        for (index, campaign) in CAMPAIGNS
            .iter()
            .enumerate()
            .filter(|(_, c)| c.goal == Goal::Lifecycle)
        {
            let Some(day) = day_of(rng, campaign, customer) else {
                continue;
            };
            let opened = rng.chance(380);
            let clicked = opened && rng.chance(210 * campaign.quality / 100);
            let unsubscribed = opened && !clicked && rng.chance(18);
            let at = moment_text(day * 86_400 + rng.between(8 * 60, 17 * 60) * 60);
            self.number += 1;
            self.sent[index] += 1;
            let (touch, campaign, customer) = (self.number, campaign_id(index), customer.id());
            self.table.row(format_args!(
                "{touch},{campaign},{customer},{at},{opened},{clicked},{unsubscribed}"
            ))?;
            if unsubscribed {
                break;
            }
        }
        Ok(())
    }

    /// Ends the table and tells how many messages each campaign sent.
    ///
    /// # Errors
    /// When the destination refuses.
    pub fn end<D: Destination<Writer = W>>(self, destination: &mut D) -> io::Result<Vec<u64>> {
        self.table.end(destination)?;
        Ok(self.sent)
    }
}

/// The day a campaign writes to a customer, if it does: soon after sign-up when the campaign runs for months, else on
/// one of its days, to customers of at least ten days.
fn day_of(rng: &mut Rng, campaign: &Campaign, customer: &Customer) -> Option<i64> {
    let reached = rng.chance(campaign.pull);
    let day = if campaign.length > 90 {
        customer.signed_up + rng.between(1, 3)
    } else {
        let day = rng.between(campaign.first_day(), campaign.last_day());
        if is_weekend(day) { day - 2 } else { day }
    };
    let known = campaign.length > 90 || customer.signed_up + 10 <= day;
    (reached && known && campaign.runs_on(day) && day <= LAST_DAY).then_some(day)
}
