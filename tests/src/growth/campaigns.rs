//! The campaigns: fixed, because a marketing calendar is written by people.

use std::io;

use super::calendar::{Day, FIRST_DAY, LAST_DAY, day_text};
use super::market::Channel;
use super::table::{Destination, Table};

/// What a campaign is for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Goal {
    /// Wins customers.
    Acquisition,
    /// Writes to customers there are.
    Lifecycle,
}

impl Goal {
    /// The word in the data.
    pub fn name(self) -> &'static str {
        match self {
            Self::Acquisition => "Acquisition",
            Self::Lifecycle => "Lifecycle",
        }
    }
}

/// A campaign.
#[derive(Debug)]
pub struct Campaign {
    /// Name, unique.
    pub name: &'static str,
    /// Where it runs.
    pub channel: Channel,
    /// What it is for.
    pub goal: Goal,
    /// First day, in days after the first day of the story.
    pub start: i64,
    /// Number of days it runs.
    pub length: i64,
    /// Acquisition: how strongly it lifts sign-ups, per mille of a plain day. Lifecycle: per mille of customers reached.
    pub pull: u64,
    /// How likely its customers are to pay (or its readers to click), in per cent of the usual.
    pub quality: u64,
    /// Acquisition: dollars spent per customer won. Lifecycle: cents per message.
    pub unit_cost: u64,
}

impl Campaign {
    /// First day.
    pub fn first_day(&self) -> Day {
        FIRST_DAY + self.start
    }

    /// Last day, within the story.
    pub fn last_day(&self) -> Day {
        (self.first_day() + self.length - 1).min(LAST_DAY)
    }

    /// Whether it runs on a day.
    pub fn runs_on(&self, day: Day) -> bool {
        (self.first_day()..=self.last_day()).contains(&day)
    }
}

/// All campaigns in the order of their ids, which start at 1.
#[rustfmt::skip]
pub const CAMPAIGNS: [Campaign; 28] = [
    won("Launch Week",               Channel::PaidSocial,  10,  21, 420,  90,  288),
    won("Brand Search 2025",         Channel::PaidSearch,  20, 345, 110, 125,  264),
    won("Comparison Pages",          Channel::PaidSearch,  60, 240, 140, 115, 426),
    told("Welcome Series 2025",      0,   425, 900, 130, 2),
    won("New Year Reset",            Channel::PaidSocial,  61,  30, 380,  70, 354),
    won("Analytics Academy",         Channel::Webinar,     90,  60, 160, 150, 492),
    told("Spring Feature Tour",      128,  14, 420, 100, 3),
    won("Partner Bundle One",        Channel::Partner,    120, 120, 150, 140, 393),
    won("Giveaway Tour",             Channel::PaidSocial, 165,  25, 620,  28,  123),
    won("Competitor Switch",         Channel::PaidSearch, 190, 150, 170, 135, 564),
    told("Summer Win-back",          235,  21, 300,  60, 3),
    won("Data Leaders Summit",       Channel::Webinar,    260,  20, 300, 165, 708),
    won("Creator Stories",           Channel::PaidSocial, 275,  60, 210,  75, 378),
    told("Annual Plan Offer",        300,  30, 350,  95, 4),
    won("Back to Business",          Channel::PaidSearch, 304,  45, 240, 110, 402),
    told("Black Friday Upgrade",     386,   8, 640, 110, 3),
    won("Black Friday Search",       Channel::PaidSearch, 383,  12, 460,  95, 327),
    won("Brand Search 2026",         Channel::PaidSearch, 366, 364, 130, 125,  282),
    told("Welcome Series 2026",      425, 305, 900, 145, 2),
    won("Planning Season",           Channel::PaidSocial, 426,  35, 320,  80, 363),
    won("Partner Bundle Two",        Channel::Partner,    455, 150, 190, 145, 381),
    won("Retention Masterclass",     Channel::Webinar,    500,  45, 220, 170, 516),
    told("Health Check Nudge",       540,  60, 380, 120, 3),
    won("Short Video Test",          Channel::PaidSocial, 560,  40, 360,  45,  216),
    won("Enterprise Outreach",       Channel::Partner,    585, 110, 120, 190, 1230),
    told("Summer Win-back 2026",     600,  21, 300,  75, 3),
    won("Autumn Product Launch",     Channel::PaidSocial, 670,  45, 340, 105, 336),
    told("Annual Plan Offer 2026",   665,  30, 360, 115, 4),
];

const fn won(
    name: &'static str,
    channel: Channel,
    start: i64,
    length: i64,
    pull: u64,
    quality: u64,
    unit_cost: u64,
) -> Campaign {
    Campaign {
        name,
        channel,
        goal: Goal::Acquisition,
        start,
        length,
        pull,
        quality,
        unit_cost,
    }
}

const fn told(
    name: &'static str,
    start: i64,
    length: i64,
    pull: u64,
    quality: u64,
    unit_cost: u64,
) -> Campaign {
    Campaign {
        name,
        channel: Channel::Email,
        goal: Goal::Lifecycle,
        start,
        length,
        pull,
        quality,
        unit_cost,
    }
}

/// The id of the campaign with this index.
pub fn campaign_id(index: usize) -> String {
    format!("CMP-{:02}", index + 1)
}

/// Writes the table `campaigns`; `costs` gives dollars spent by index.
///
/// # Errors
/// When the destination refuses.
pub fn write<D: Destination>(destination: &mut D, costs: &[u64]) -> io::Result<u64> {
    let header = "campaign_id,name,channel,goal,owner,started_on,ended_on,budget";
    let mut table = Table::start(destination, "campaigns", header)?;
    for (index, (campaign, cost)) in CAMPAIGNS.iter().zip(costs).enumerate() {
        // Budgets are round, and a little above what was spent, or a little below when it ran over.
        let budget = (cost * (92 + index as u64 * 7 % 23) / 100)
            .next_multiple_of(if *cost > 5_000 { 500 } else { 50 });
        table.row(format_args!(
            "{},{},{},{},{},{},{},{budget}",
            campaign_id(index),
            campaign.name,
            campaign.channel.name(),
            campaign.goal.name(),
            owner(campaign.channel),
            day_text(campaign.first_day()),
            day_text(campaign.last_day()),
        ))?;
    }
    table.end(destination)
}

/// Who answers for the campaigns of a channel.
fn owner(channel: Channel) -> &'static str {
    match channel {
        Channel::Email => "Marcus Reid",
        Channel::Partner => "Sofia Almeida",
        Channel::Webinar => "Noah Kim",
        Channel::OrganicSearch
        | Channel::Direct
        | Channel::PaidSearch
        | Channel::PaidSocial
        | Channel::Referral => "Ellen Brandt",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::growth::team::TEAM;

    #[test]
    fn names_are_unique_and_owners_are_on_the_team() {
        for (index, campaign) in CAMPAIGNS.iter().enumerate() {
            assert!(
                !CAMPAIGNS[..index].iter().any(|c| c.name == campaign.name),
                "{}",
                campaign.name
            );
            assert!(TEAM.iter().any(|m| m.name == owner(campaign.channel)));
            assert!(
                campaign.first_day() <= campaign.last_day(),
                "{}",
                campaign.name
            );
        }
    }
}
