//! Regions, and the channels customers come through.

/// A part of the world.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Region {
    NorthAmerica,
    Europe,
    AsiaPacific,
    LatinAmerica,
}

impl Region {
    /// All regions.
    pub const ALL: [Self; 4] = [
        Self::NorthAmerica,
        Self::Europe,
        Self::AsiaPacific,
        Self::LatinAmerica,
    ];

    /// The words in the data.
    pub fn name(self) -> &'static str {
        match self {
            Self::NorthAmerica => "North America",
            Self::Europe => "Europe",
            Self::AsiaPacific => "Asia Pacific",
            Self::LatinAmerica => "Latin America",
        }
    }

    /// Hours to add to local time for UTC.
    pub fn hours_to_utc(self) -> i64 {
        match self {
            Self::NorthAmerica => 6,
            Self::Europe => -1,
            Self::AsiaPacific => -8,
            Self::LatinAmerica => 3,
        }
    }

    /// Its countries with their weights.
    pub fn countries(self) -> &'static [(&'static str, u64)] {
        match self {
            Self::NorthAmerica => &[("United States", 82), ("Canada", 18)],
            Self::Europe => &[
                ("Germany", 27),
                ("United Kingdom", 26),
                ("France", 17),
                ("Netherlands", 12),
                ("Spain", 10),
                ("Poland", 8),
            ],
            Self::AsiaPacific => &[
                ("Australia", 28),
                ("Japan", 24),
                ("India", 24),
                ("Singapore", 14),
                ("South Korea", 10),
            ],
            Self::LatinAmerica => &[
                ("Brazil", 46),
                ("Mexico", 28),
                ("Chile", 14),
                ("Colombia", 12),
            ],
        }
    }
}

/// Where a customer came from.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Channel {
    OrganicSearch,
    Direct,
    PaidSearch,
    PaidSocial,
    Referral,
    Partner,
    Webinar,
    Email,
}

impl Channel {
    /// The words in the data.
    pub fn name(self) -> &'static str {
        match self {
            Self::OrganicSearch => "Organic Search",
            Self::Direct => "Direct",
            Self::PaidSearch => "Paid Search",
            Self::PaidSocial => "Paid Social",
            Self::Referral => "Referral",
            Self::Partner => "Partner",
            Self::Webinar => "Webinar",
            Self::Email => "Email",
        }
    }

    /// How likely its customers are to pay, in per cent of the usual.
    pub fn quality(self) -> u64 {
        match self {
            Self::OrganicSearch | Self::Direct | Self::Email => 100,
            Self::PaidSearch => 95,
            Self::PaidSocial => 65,
            Self::Referral => 135,
            Self::Partner | Self::Webinar => 120,
        }
    }
}
