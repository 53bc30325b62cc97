//! What customers pay: the history of every subscription as changes of monthly recurring revenue.

use std::io;

use super::calendar::{Day, LAST_DAY, day_text};
use super::customers::Customer;
use super::rng::Rng;
use super::table::{Destination, Table};

/// A plan.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Plan {
    Free,
    Starter,
    Pro,
    Enterprise,
}

impl Plan {
    /// The word in the data.
    pub fn name(self) -> &'static str {
        match self {
            Self::Free => "Free",
            Self::Starter => "Starter",
            Self::Pro => "Pro",
            Self::Enterprise => "Enterprise",
        }
    }

    /// Dollars per seat and month.
    fn price(self) -> u64 {
        match self {
            Self::Free => 0,
            Self::Starter => 19,
            Self::Pro => 39,
            Self::Enterprise => 69,
        }
    }

    /// Share of subscriptions that end in a month, per mille.
    fn monthly_churn(self) -> u64 {
        match self {
            Self::Free => 0,
            Self::Starter => 44,
            Self::Pro => 25,
            Self::Enterprise => 11,
        }
    }

    /// Events per 30 days of use, relative to others.
    fn intensity(self) -> u64 {
        match self {
            Self::Free => 4,
            Self::Starter => 9,
            Self::Pro => 15,
            Self::Enterprise => 28,
        }
    }
}

/// Kind of a change.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Change {
    New,
    Expansion,
    Contraction,
    Churn,
    Reactivation,
}

impl Change {
    /// The word in the data.
    pub fn name(self) -> &'static str {
        match self {
            Self::New => "New",
            Self::Expansion => "Expansion",
            Self::Contraction => "Contraction",
            Self::Churn => "Churn",
            Self::Reactivation => "Reactivation",
        }
    }
}

/// A change of a subscription.
#[derive(Clone, Copy, Debug)]
pub struct Movement {
    /// When.
    pub day: Day,
    /// What happened.
    pub change: Change,
    /// Plan afterwards; the plan that was left when it is a churn.
    pub plan: Plan,
    /// Seats afterwards.
    pub seats: u64,
    /// Dollars per month afterwards.
    pub mrr: u64,
}

/// What becomes of a customer.
#[derive(Debug)]
pub struct Life {
    /// Changes, oldest first.
    pub movements: Vec<Movement>,
    /// Plan on the last day of the story.
    pub plan: Plan,
    /// Last day on which the customer may have used the product.
    pub last_active: Day,
    /// Relative number of its events.
    pub weight: u64,
}

/// Days between two looks at a subscription.
const MONTH: i64 = 30;

/// Lives through the months after sign-up. `quality` is in per cent of the usual readiness to pay.
pub fn lifecycle(rng: &mut Rng, signed_up: Day, segment: &str, quality: u64) -> Life {
    let first_paid = signed_up + rng.between(2, 34);
    let pays = rng.chance((340 * quality / 100).min(780));
    let mut movements = Vec::new();
    if pays && first_paid <= LAST_DAY {
        subscribe(rng, &mut movements, first_paid, segment, Change::New);
        live_on(rng, &mut movements, segment, quality);
    }
    let plan = movements
        .last()
        .filter(|m| m.mrr > 0)
        .map_or(Plan::Free, |m| m.plan);
    let last_active = match movements.last() {
        None => match signed_up + free_life(rng) {
            day if day > LAST_DAY => LAST_DAY - quiet_days(rng),
            day => day,
        },
        Some(m) if m.mrr == 0 => m.day - rng.between(0, 40),
        Some(_) => LAST_DAY - quiet_days(rng),
    };
    let last_active = last_active.clamp(signed_up, LAST_DAY);
    let months = u64::try_from(last_active - signed_up).unwrap_or_default();
    let intensity = movements.last().map_or(Plan::Free, |m| m.plan).intensity();
    let weight =
        (40 + months * intensity / 3) * u64::try_from(rng.between(60, 150)).unwrap_or_default();
    Life {
        movements,
        plan,
        last_active,
        weight,
    }
}

/// Days a customer who never pays keeps coming.
fn free_life(rng: &mut Rng) -> i64 {
    let (low, high) = rng.weighted(&[((0, 3), 36), ((4, 21), 26), ((22, 90), 20), ((91, 730), 18)]);
    rng.between(low, high)
}

/// Days since a customer who still comes was last seen.
fn quiet_days(rng: &mut Rng) -> i64 {
    let (low, high) = rng.weighted(&[
        ((0, 5), 22),
        ((6, 14), 32),
        ((15, 30), 31),
        ((31, 60), 11),
        ((61, 110), 4),
    ]);
    rng.between(low, high)
}

fn subscribe(
    rng: &mut Rng,
    movements: &mut Vec<Movement>,
    day: Day,
    segment: &str,
    change: Change,
) {
    let (plan, seats) = match segment {
        "Startup" => (
            rng.weighted(&[(Plan::Starter, 78), (Plan::Pro, 22)]),
            rng.between(1, 6),
        ),
        "Small Business" => (
            rng.weighted(&[(Plan::Starter, 58), (Plan::Pro, 42)]),
            rng.between(2, 12),
        ),
        "Mid-Market" => (
            rng.weighted(&[(Plan::Starter, 12), (Plan::Pro, 70), (Plan::Enterprise, 18)]),
            rng.between(5, 35),
        ),
        _ => (
            rng.weighted(&[(Plan::Pro, 32), (Plan::Enterprise, 68)]),
            rng.between(15, 90),
        ),
    };
    push(
        movements,
        day,
        change,
        plan,
        u64::try_from(seats).unwrap_or(1),
    );
}

fn push(movements: &mut Vec<Movement>, day: Day, change: Change, plan: Plan, seats: u64) {
    let mrr = if change == Change::Churn {
        0
    } else {
        seats * plan.price()
    };
    movements.push(Movement {
        day,
        change,
        plan,
        seats,
        mrr,
    });
}

/// Goes month by month from the first payment to the last day of the story.
fn live_on(rng: &mut Rng, movements: &mut Vec<Movement>, segment: &str, quality: u64) {
    let mut months = 0;
    while let Some(&Movement { plan, seats, .. }) = movements.last() {
        let start = movements[0].day + months * MONTH;
        months += 1;
        let day = start + MONTH + rng.between(-6, 6);
        if day > LAST_DAY {
            return;
        }
        let early = if months <= 3 { 160 } else { 100 };
        let poor = if quality < 60 { 170 } else { 100 };
        if rng.chance(plan.monthly_churn() * early * poor / 10_000) {
            push(movements, day, Change::Churn, plan, seats);
            let back = day + rng.between(45, 150);
            if movements.len() > 6 || back > LAST_DAY || !rng.chance(130) {
                return;
            }
            subscribe(rng, movements, back, segment, Change::Reactivation);
            months = (back - movements[0].day) / MONTH;
        } else {
            change_seats_or_plan(rng, movements, day, plan, seats);
        }
    }
}

fn change_seats_or_plan(
    rng: &mut Rng,
    movements: &mut Vec<Movement>,
    day: Day,
    plan: Plan,
    seats: u64,
) {
    match rng.below(1_000) {
        0..14 if plan == Plan::Starter => push(movements, day, Change::Expansion, Plan::Pro, seats),
        0..5 if plan == Plan::Pro && seats >= 10 => {
            push(movements, day, Change::Expansion, Plan::Enterprise, seats);
        }
        14..60 => push(
            movements,
            day,
            Change::Expansion,
            plan,
            seats + 1 + rng.below(seats / 4 + 2),
        ),
        60..75 if seats > 2 => push(
            movements,
            day,
            Change::Contraction,
            plan,
            seats - 1 - rng.below(seats / 3),
        ),
        _ => {}
    }
}

/// Dollars paid until the last day of the story: each level of revenue for the months it lasted, begun months in full.
pub fn lifetime_revenue(movements: &[Movement]) -> u64 {
    let ends = movements
        .iter()
        .skip(1)
        .map(|m| m.day)
        .chain([LAST_DAY + 1]);
    movements
        .iter()
        .zip(ends)
        .map(|(m, end)| {
            m.mrr * u64::try_from((end - m.day + MONTH - 1) / MONTH).unwrap_or_default()
        })
        .sum()
}

/// The table `subscriptions` while it is written: one row per change.
#[derive(Debug)]
pub struct SubscriptionTable<W> {
    table: Table<W>,
    number: u64,
}

impl<W: io::Write> SubscriptionTable<W> {
    /// Starts the table.
    ///
    /// # Errors
    /// When the destination refuses.
    pub fn start<D: Destination<Writer = W>>(destination: &mut D) -> io::Result<Self> {
        let header = "change_id,customer_id,changed_on,change,plan,seats,mrr,mrr_change";
        Ok(Self {
            table: Table::start(destination, "subscriptions", header)?,
            number: 0,
        })
    }

    /// Writes the history of one customer.
    ///
    /// # Errors
    /// When the destination refuses.
    pub fn rows(&mut self, customer: &Customer) -> io::Result<()> {
        let mut before = 0;
        for Movement {
            day,
            change,
            plan,
            seats,
            mrr,
        } in &customer.movements
        {
            self.number += 1;
            self.table.row(format_args!(
                "{},{},{},{},{},{seats},{mrr},{}",
                self.number,
                customer.id(),
                day_text(*day),
                change.name(),
                plan.name(),
                i128::from(*mrr) - before,
            ))?;
            before = i128::from(*mrr);
        }
        Ok(())
    }

    /// Ends the table and tells how many rows it got.
    ///
    /// # Errors
    /// When the destination refuses.
    pub fn end<D: Destination<Writer = W>>(self, destination: &mut D) -> io::Result<u64> {
        self.table.end(destination)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::growth::calendar::FIRST_DAY;

    fn lives() -> Vec<Life> {
        (0..800)
            .map(|n| lifecycle(&mut Rng::new(5, "life", n), FIRST_DAY, "Mid-Market", 100))
            .collect()
    }

    #[test]
    fn a_history_begins_new_moves_forward_and_keeps_its_signs() {
        for life in lives() {
            assert!(life.movements.is_sorted_by(|a, b| a.day < b.day));
            assert!(
                life.movements
                    .first()
                    .is_none_or(|m| m.change == Change::New)
            );
            for pair in life.movements.windows(2) {
                let grows = matches!(pair[1].change, Change::Expansion | Change::Reactivation);
                assert_eq!(pair[1].mrr > pair[0].mrr, grows, "{pair:?}");
            }
        }
    }

    #[test]
    fn about_a_third_pay_and_some_of_them_leave() {
        let lives = lives();
        let paid = lives.iter().filter(|l| !l.movements.is_empty()).count();
        let left = lives
            .iter()
            .filter(|l| l.movements.last().is_some_and(|m| m.mrr == 0))
            .count();
        assert!((220..330).contains(&paid), "{paid}");
        assert!((40..180).contains(&left), "{left}");
    }

    #[test]
    fn revenue_counts_each_level_for_its_months() {
        let at = |day, mrr| Movement {
            day,
            change: Change::New,
            plan: Plan::Pro,
            seats: 1,
            mrr,
        };
        assert_eq!(lifetime_revenue(&[]), 0);
        assert_eq!(lifetime_revenue(&[at(LAST_DAY, 10)]), 10);
        assert_eq!(
            lifetime_revenue(&[
                at(LAST_DAY - 89, 10),
                at(LAST_DAY - 59, 20),
                at(LAST_DAY - 29, 0)
            ]),
            30
        );
    }
}
