//! The rules that raise alerts, how grave what they find is, and what can happen to it.

use uuid::Uuid;

use super::choice::choice;

/// Where an alert is read, below the address of the server.
#[must_use]
pub fn path(id: Uuid) -> String {
    format!("/api/v1/alerts/{id}")
}

/// Where an alert is read, for who is told of it elsewhere; empty where no address of the server is set.
#[must_use]
pub fn link(public_url: &str, id: Uuid) -> String {
    if public_url.is_empty() { String::new() } else { format!("{public_url}{}", path(id)) }
}

choice! {
    /// How grave it is.
    Severity {
        /// Mend when there is time.
        Low = "low",
        /// Look at it.
        Medium = "medium",
        /// Act.
        High = "high",
        /// Act now.
        Critical = "critical",
    }
}

choice! {
    /// A rule.
    Rule {
        /// A pause is about to end and convoys are still inside.
        PauseEnding = "pause_ending",
        /// What there is to eat ends soon.
        Runout = "runout",
        /// Nothing has arrived for too long.
        NoDelivery = "no_delivery",
        /// What arrived meets too little of the need.
        LowCoverage = "low_coverage",
        /// A good part of the stock was destroyed.
        StockDestroyed = "stock_destroyed",
        /// A convoy is on the road and nothing is heard of it.
        ConvoyStalled = "convoy_stalled",
        /// A convoy has not arrived when it should have.
        ConvoyOverdue = "convoy_overdue",
        /// A convoy was denied or turned back.
        ConvoyDenied = "convoy_denied",
        /// A convoy was attacked.
        ConvoyAttacked = "convoy_attacked",
        /// Goods were taken off a convoy.
        ItemsRemoved = "items_removed",
        /// A pause was asked for and somebody has not answered.
        PauseUnanswered = "pause_unanswered",
        /// A pause was broken.
        PauseViolated = "pause_violated",
        /// An estimate is old.
        StaleEstimate = "stale_estimate",
        /// A count of people changed or sources contradict each other.
        PopulationJump = "population_jump",
        /// A health facility, bakery or water station was hit.
        FacilityAttacked = "facility_attacked",
        /// The way into an area was cut.
        RouteCut = "route_cut",
        /// Somebody says that an area is besieged who did not before.
        NewlyBesieged = "newly_besieged",
        /// The day on which food ends cannot be told, for want of a count.
        DataGap = "data_gap",
        /// A record is dated in the future.
        FutureDated = "future_dated",
        /// More was delivered than loaded, or than there are people.
        OverDelivery = "over_delivery",
        /// A report was due and was not made.
        ReportSkipped = "report_skipped",
        /// Something could not be brought to somebody who is to be told.
        DeliveryFailed = "delivery_failed",
    }
}

impl Rule {
    /// Is it about the service itself, and not about what is known of areas?
    #[must_use]
    pub const fn is_of_the_service(self) -> bool {
        matches!(self, Self::ReportSkipped | Self::DeliveryFailed)
    }
}

/// Some of the rules.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct RuleSet(u32);

impl RuleSet {
    /// Is a rule among them?
    #[must_use]
    pub const fn contains(self, rule: Rule) -> bool {
        self.0 & Self::bit(rule) != 0
    }

    /// All of them, in the order of the rules.
    pub fn iter(self) -> impl Iterator<Item = Rule> {
        Rule::ALL.iter().copied().filter(move |rule| self.contains(*rule))
    }

    const fn bit(rule: Rule) -> u32 {
        const { assert!(Rule::ALL.len() <= 32, "one bit for each rule") };
        1 << rule as u32
    }
}

impl FromIterator<Rule> for RuleSet {
    fn from_iter<I: IntoIterator<Item = Rule>>(rules: I) -> Self {
        Self(rules.into_iter().fold(0, |set, rule| set | Self::bit(rule)))
    }
}

impl<'de> serde::Deserialize<'de> for RuleSet {
    fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        Ok(Vec::<Rule>::deserialize(from)?.into_iter().collect())
    }
}

choice! {
    /// What happened to an alert.
    Step {
        /// It was open when one began to look.
        Open = "open",
        /// It was raised.
        Raised = "raised",
        /// It became graver or less grave, or rests on other records.
        Updated = "updated",
        /// Somebody took it on; it is quiet until it resolves.
        Acknowledged = "acknowledged",
        /// A silence began to fit it, or a graver alert to mute it.
        Silenced = "silenced",
        /// Nothing keeps it quiet any more.
        Unsilenced = "unsilenced",
        /// The rule finds it no longer.
        Resolved = "resolved",
    }
}
