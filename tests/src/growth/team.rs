//! The people of the growth and success teams.

use std::io;

use super::calendar::{Day, day_text};
use super::market::Region;
use super::table::{Destination, Table};

/// A team member.
#[derive(Debug)]
pub struct Member {
    /// Full name, unique.
    pub name: &'static str,
    /// Job.
    pub role: &'static str,
    /// Part of the world whose customers the member looks after.
    pub region: Region,
    /// First day at work.
    pub since: Day,
}

/// Everybody: three success managers per region in the order of [`Region::ALL`], then marketing.
pub const TEAM: [Member; 16] = [
    member(
        "Maya Torres",
        "Customer Success",
        Region::NorthAmerica,
        19_810,
    ),
    member(
        "Daniel Whitfield",
        "Customer Success",
        Region::NorthAmerica,
        20_102,
    ),
    member(
        "Priya Raman",
        "Customer Success",
        Region::NorthAmerica,
        20_390,
    ),
    member(
        "Jonas Lindqvist",
        "Customer Success",
        Region::Europe,
        19_755,
    ),
    member(
        "Camille Laurent",
        "Customer Success",
        Region::Europe,
        20_060,
    ),
    member("Piotr Nowak", "Customer Success", Region::Europe, 20_437),
    member("Hana Sato", "Customer Success", Region::AsiaPacific, 19_998),
    member(
        "Arjun Mehta",
        "Customer Success",
        Region::AsiaPacific,
        20_214,
    ),
    member("Lucy Chen", "Customer Success", Region::AsiaPacific, 20_501),
    member(
        "Rafael Duarte",
        "Customer Success",
        Region::LatinAmerica,
        20_131,
    ),
    member(
        "Valentina Rojas",
        "Customer Success",
        Region::LatinAmerica,
        20_290,
    ),
    member(
        "Diego Paredes",
        "Customer Success",
        Region::LatinAmerica,
        20_566,
    ),
    member(
        "Ellen Brandt",
        "Performance Marketing",
        Region::Europe,
        19_661,
    ),
    member(
        "Marcus Reid",
        "Lifecycle Marketing",
        Region::NorthAmerica,
        19_903,
    ),
    member(
        "Sofia Almeida",
        "Partnerships",
        Region::LatinAmerica,
        20_020,
    ),
    member(
        "Noah Kim",
        "Events and Content",
        Region::AsiaPacific,
        20_177,
    ),
];

/// How many success managers a region has.
pub const MANAGERS_PER_REGION: usize = 3;

const fn member(name: &'static str, role: &'static str, region: Region, since: Day) -> Member {
    Member {
        name,
        role,
        region,
        since,
    }
}

/// The success managers of a region.
pub fn managers(region: Region) -> &'static [Member] {
    let first = region as usize * MANAGERS_PER_REGION;
    &TEAM[first..first + MANAGERS_PER_REGION]
}

/// Writes the table `team`.
///
/// # Errors
/// When the destination refuses.
pub fn write<D: Destination>(destination: &mut D) -> io::Result<u64> {
    let mut table = Table::start(destination, "team", "name,role,region,email,since")?;
    for Member {
        name,
        role,
        region,
        since,
    } in &TEAM
    {
        let mail = name.to_lowercase().replace(' ', ".");
        table.row(format_args!(
            "{name},{role},{},{mail}@lumen.example,{}",
            region.name(),
            day_text(*since)
        ))?;
    }
    table.end(destination)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn managers_look_after_their_own_region() {
        for region in Region::ALL {
            assert!(
                managers(region)
                    .iter()
                    .all(|m| m.region == region && m.role == "Customer Success")
            );
        }
    }
}
