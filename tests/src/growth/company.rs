//! Names of companies.

/// A company name; unique for the first 60,680 customers.
pub fn company(number: u64) -> String {
    let word = |list: &[&'static str], number: u64| -> &'static str {
        list[usize::try_from(number % list.len() as u64).unwrap_or_default()]
    };
    // 40, 37 and 41 have no common divisor: the three remainders together repeat only after their product.
    let mixed = number.wrapping_mul(6_113);
    format!(
        "{} {}{}",
        word(&FIRST_WORDS, mixed),
        word(&SECOND_WORDS, mixed),
        word(&FORMS, mixed)
    )
}

const FIRST_WORDS: [&str; 40] = [
    "Amber",
    "Anchor",
    "Aspen",
    "Bright",
    "Cedar",
    "Cobalt",
    "Copper",
    "Coral",
    "Crescent",
    "Delta",
    "Ember",
    "Evergreen",
    "Falcon",
    "Fern",
    "Granite",
    "Harbor",
    "Hazel",
    "Highland",
    "Indigo",
    "Ivory",
    "Juniper",
    "Keystone",
    "Lakeside",
    "Lantern",
    "Linden",
    "Maple",
    "Meridian",
    "Northern",
    "Oak",
    "Orchard",
    "Pioneer",
    "Quartz",
    "Raven",
    "River",
    "Sable",
    "Silver",
    "Summit",
    "Tidal",
    "Violet",
    "Willow",
];

const SECOND_WORDS: [&str; 37] = [
    "Analytics",
    "Apparel",
    "Bank",
    "Books",
    "Brewing",
    "Care",
    "Clinics",
    "Coffee",
    "Design",
    "Dynamics",
    "Energy",
    "Farms",
    "Finance",
    "Foods",
    "Freight",
    "Games",
    "Goods",
    "Health",
    "Home",
    "Hotels",
    "Insurance",
    "Labs",
    "Learning",
    "Legal",
    "Logistics",
    "Media",
    "Mobility",
    "Motors",
    "Networks",
    "Outdoor",
    "Partners",
    "Robotics",
    "Software",
    "Sports",
    "Studio",
    "Systems",
    "Travel",
];

const FORMS: [&str; 41] = [
    "",
    " Group",
    " Co",
    " Works",
    " Collective",
    " Global",
    " Holdings",
    " One",
    " West",
    " East",
    " North",
    " South",
    " Central",
    " Online",
    " Direct",
    " Plus",
    " Pro",
    " Hub",
    " Point",
    " Line",
    " House",
    " Union",
    " Trust",
    " Guild",
    " Lab",
    " Team",
    " Net",
    " Cloud",
    " Base",
    " Craft",
    " Field",
    " Gate",
    " Park",
    " Bay",
    " Port",
    " Valley",
    " Ridge",
    " Grove",
    " Square",
    " Street",
    " Bridge",
];

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn company_names_do_not_repeat_in_the_full_data_set() {
        let names: BTreeSet<String> = (1..=50_000).map(company).collect();
        assert_eq!(names.len(), 50_000);
    }
}
