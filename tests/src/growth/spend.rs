//! What campaigns cost and how often they were seen, per day.

use std::io;

use super::calendar::{Day, day_text, is_weekend};
use super::campaigns::{CAMPAIGNS, Goal, campaign_id};
use super::customers::Customer;
use super::market::Channel;
use super::rng::Rng;
use super::table::{Destination, Table};

/// Dollars spent by each campaign, by index: what it won times its price, or what it sent times its price.
pub fn costs(customers: &[Customer], sent: &[u64]) -> Vec<u64> {
    CAMPAIGNS
        .iter()
        .zip(sent)
        .enumerate()
        .map(|(index, (campaign, sent))| match campaign.goal {
            Goal::Acquisition => {
                let won = customers
                    .iter()
                    .filter(|c| c.campaign == Some(index))
                    .count() as u64;
                won.max(1) * campaign.unit_cost
            }
            Goal::Lifecycle => sent * campaign.unit_cost / 100 + 40,
        })
        .collect()
}

/// Writes the table `campaign_spend`; `costs` gives dollars by index, and the days of a campaign add up to them.
///
/// # Errors
/// When the destination refuses.
pub fn write<D: Destination>(destination: &mut D, seed: u64, costs: &[u64]) -> io::Result<u64> {
    let mut table = Table::start(
        destination,
        "campaign_spend",
        "campaign_id,day,spend,impressions,clicks",
    )?;
    for (index, (campaign, cost)) in CAMPAIGNS.iter().zip(costs).enumerate() {
        if campaign.goal == Goal::Lifecycle {
            let (id, day) = (campaign_id(index), day_text(campaign.first_day()));
            table.row(format_args!("{id},{day},{cost},0,0"))?;
            continue;
        }
        let rng = &mut Rng::new(seed, "spend", index as u64);
        for (day, spend) in daily(rng, campaign.first_day(), campaign.last_day(), *cost) {
            let impressions = spend * 1_000 / dollars_per_thousand(campaign.channel)
                * (900 + rng.below(200))
                / 1_000;
            let clicks = impressions * (click_rate(campaign.channel) + rng.below(4)) / 1_000;
            let (id, day) = (campaign_id(index), day_text(day));
            table.row(format_args!("{id},{day},{spend},{impressions},{clicks}"))?;
        }
    }
    table.end(destination)
}

/// Spreads a cost over days: less at weekends, a little uneven, exact in the sum.
fn daily(rng: &mut Rng, first: Day, last: Day, cost: u64) -> Vec<(Day, u64)> {
    let weights: Vec<(Day, u64)> = (first..=last)
        .map(|day| {
            (
                day,
                (80 + rng.below(41)) * if is_weekend(day) { 45 } else { 100 },
            )
        })
        .collect();
    let total: u64 = weights.iter().map(|(_, weight)| weight).sum();
    let (mut weight, mut given) = (0, 0);
    weights
        .into_iter()
        .map(|(day, own)| {
            weight += own;
            let until = cost * weight / total;
            let spend = until - given;
            given = until;
            (day, spend)
        })
        .collect()
}

/// Price of a thousand impressions.
fn dollars_per_thousand(channel: Channel) -> u64 {
    match channel {
        Channel::PaidSearch => 38,
        Channel::PaidSocial => 11,
        Channel::Webinar => 52,
        Channel::Partner => 64,
        Channel::OrganicSearch | Channel::Direct | Channel::Referral | Channel::Email => 20,
    }
}

/// Clicks per thousand impressions, the low end.
fn click_rate(channel: Channel) -> u64 {
    match channel {
        Channel::PaidSearch => 34,
        Channel::PaidSocial => 9,
        Channel::Webinar => 26,
        Channel::Partner => 31,
        Channel::OrganicSearch | Channel::Direct | Channel::Referral | Channel::Email => 15,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_add_up_to_the_cost() {
        for cost in [0, 1, 999, 123_456] {
            let days = daily(&mut Rng::new(1, "spend", 0), 20_100, 20_160, cost);
            assert_eq!(days.len(), 61);
            assert_eq!(days.iter().map(|(_, spend)| spend).sum::<u64>(), cost);
        }
    }
}
