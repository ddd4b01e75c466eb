//! What changed since the last report: the three numbers, the listings of areas, the alerts, and in `change/` what
//! happened, moved or was learned since.
//!
//! All of it is the difference of two situations. What is dated before the last report and was learned after it is a
//! difference too, and is told with a mark.

pub mod convoys;
mod novelty;
pub mod pauses;
pub mod populations;
pub mod runouts;
mod side;
pub mod stale;
pub(super) mod words;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

pub use self::convoys::ConvoyChange;
pub use self::novelty::Novelty;
pub use self::pauses::PauseChange;
pub use self::populations::PopulationChange;
pub use self::runouts::RunoutChange;
pub(super) use self::side::Side;
pub use self::stale::StaleChange;
use super::Finding;
use super::area::{AreaRow, Listing};
use super::headline::Headline;
use super::stated::{self, Stated};
use crate::domain::Scheme;
use crate::domain::choice::choice;
use crate::domain::status::SiegeStatus;
use crate::situation::alert::{Alert, Severity};

/// What changed.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Changes {
    /// The three numbers, then and now.
    pub headline: Vec<NumberChange>,
    /// Areas that are called something else than before.
    pub listings: Vec<ListingChange>,
    /// The keys of alerts that were not there before.
    pub new: Vec<String>,
    /// Alerts that got graver.
    pub graver: Vec<Graver>,
    /// Alerts that are over.
    pub ended: Vec<Finding>,
    /// What happened, moved or was learned since; `null` in reports made before this was told.
    #[serde(default)]
    pub since: Option<Since>,
}

/// What happened, moved or was learned since the last report; in each list what matters most stands first.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Since {
    /// Days on which food ends that moved.
    #[serde(default)]
    pub runouts: Vec<RunoutChange>,
    /// Convoys that were attacked, refused, or arrived.
    #[serde(default)]
    pub convoys: Vec<ConvoyChange>,
    /// Pauses that were broken or answered.
    #[serde(default)]
    pub pauses: Vec<PauseChange>,
    /// Counts of people that changed, by who counts.
    #[serde(default)]
    pub populations: Vec<PopulationChange>,
    /// Estimates that went stale.
    #[serde(default)]
    pub stale: Vec<StaleChange>,
}

choice! {
    /// One of the three numbers.
    Number {
        /// People besieged, by the list of the United Nations.
        Besieged = "people_besieged",
        /// People reached by convoys that arrived in the period.
        Reached = "people_reached",
        /// People in areas without a known arrival.
        WithoutArrival = "people_without_arrival",
    }
}

/// One of the three numbers, then and now.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct NumberChange {
    /// Which.
    #[serde(deserialize_with = "stated::word")]
    pub number: Number,
    /// As it was.
    pub then: Stated,
    /// As it is.
    pub now: Stated,
    /// How many places or convoys stand behind it, then and now.
    pub count: (Option<u64>, Option<u64>),
}

/// An area that a scheme calls something else than before.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ListingChange {
    /// The code of the area.
    pub area: String,
    /// Its name.
    pub name: String,
    /// By whose count.
    #[serde(deserialize_with = "stated::word")]
    pub scheme: Scheme,
    /// What it was called.
    #[serde(deserialize_with = "stated::word_or_none")]
    pub then: Option<SiegeStatus>,
    /// What it is called.
    #[serde(deserialize_with = "stated::word_or_none")]
    pub now: Option<SiegeStatus>,
    /// The codes of the sources.
    pub sources: Vec<String>,
}

/// An alert that got graver.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Graver {
    /// The key of the alert.
    pub key: String,
    /// How grave it was.
    #[serde(deserialize_with = "stated::word")]
    pub was: Severity,
}

impl Changes {
    /// Did nothing change but numbers of days?
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.headline.iter().all(|change| !change.differs())
            && self.listings.is_empty()
            && self.new.is_empty()
            && self.graver.is_empty()
            && self.ended.is_empty()
            && self.since.as_ref().is_none_or(Since::is_empty)
    }
}

impl Since {
    /// Is there nothing to tell?
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.runouts.is_empty()
            && self.convoys.is_empty()
            && self.pauses.is_empty()
            && self.populations.is_empty()
            && self.stale.is_empty()
    }

    /// The codes of the sources, in the order of the page.
    pub(super) fn sources(&self) -> impl Iterator<Item = &String> {
        let runouts = self.runouts.iter().flat_map(|change| &change.causes);
        let runouts = runouts.flat_map(|cause| &cause.sources);
        let convoys = self.convoys.iter().flat_map(|change| &change.sources);
        let pauses = self.pauses.iter().filter_map(PauseChange::source);
        let populations = self.populations.iter().flat_map(PopulationChange::sources);
        let stale = self.stale.iter().flat_map(|change| &change.sources);
        runouts.chain(convoys).chain(pauses).chain(populations).chain(stale)
    }

    /// The names of places, parties and authors.
    pub(super) fn names(&self) -> impl Iterator<Item = &String> {
        let runouts = self.runouts.iter().map(|change| &change.name);
        let convoys = self.convoys.iter().flat_map(|change| &change.to);
        let parties = self.pauses.iter().filter_map(|change| change.answered.as_ref());
        let parties = parties.map(|answer| &answer.party);
        let populations = self.populations.iter().flat_map(PopulationChange::names);
        let stale = self.stale.iter().map(|change| &change.name);
        runouts.chain(convoys).chain(parties).chain(populations).chain(stale)
    }
}

impl NumberChange {
    /// Is the number another than before?
    #[must_use]
    pub fn differs(&self) -> bool {
        self.then.figure != self.now.figure || self.count.0 != self.count.1
    }
}

pub(super) fn of(then: &Side<'_>, now: &Side<'_>) -> Changes {
    let old: BTreeMap<&str, &Alert> =
        then.alerts.iter().map(|alert| (alert.key.as_str(), alert)).collect();
    let new = now.alerts.iter().filter(|alert| !old.contains_key(alert.key.as_str()));
    let graver = now.alerts.iter().filter_map(|alert| {
        let was = old.get(alert.key.as_str())?.severity;
        (was < alert.severity).then(|| Graver { key: alert.key.clone(), was })
    });
    let is_over = |old: &&Alert| now.alerts.iter().all(|alert| alert.key != old.key);
    let ended = then.alerts.iter().filter(is_over);
    Changes {
        headline: numbers(&then.headline, &now.headline),
        listings: listings(&then.areas, &now.areas),
        new: new.map(|alert| alert.key.clone()).collect(),
        graver: graver.collect(),
        ended: ended.map(|alert| Finding::of(alert, false)).collect(),
        since: Some(Since {
            runouts: runouts::of(then, now),
            convoys: convoys::of(then, now),
            pauses: pauses::of(then, now),
            populations: populations::of(then, now),
            stale: stale::of(then, now),
        }),
    }
}

fn numbers(then: &Headline, now: &Headline) -> Vec<NumberChange> {
    let besieged = |headline: &Headline| {
        let un = headline.besieged.un();
        un.map_or_else(|| (Stated::default(), None), |un| (un.people.clone(), un.places))
    };
    let reached = |headline: &Headline| {
        (headline.reached.people.clone(), Some(headline.reached.convoys.arrived as u64))
    };
    let waiting = |headline: &Headline| {
        (headline.without_arrival.people.clone(), Some(headline.without_arrival.areas as u64))
    };
    let change = |number, of: &dyn Fn(&Headline) -> (Stated, Option<u64>)| {
        let (then, now) = (of(then), of(now));
        NumberChange { number, then: then.0, now: now.0, count: (then.1, now.1) }
    };
    vec![
        change(Number::Besieged, &besieged),
        change(Number::Reached, &reached),
        change(Number::WithoutArrival, &waiting),
    ]
}

fn listings(then: &[AreaRow], now: &[AreaRow]) -> Vec<ListingChange> {
    let mut all: BTreeMap<(&str, &str, Scheme), [Option<&Listing>; 2]> = BTreeMap::new();
    for (which, rows) in [then, now].into_iter().enumerate() {
        for row in rows {
            for listing in &row.listings {
                let key = (row.name.as_str(), row.code.as_str(), listing.scheme);
                all.entry(key).or_default()[which] = Some(listing);
            }
        }
    }
    let changed =
        all.into_iter().filter(|(_, [then, now])| then.map(|l| l.status) != now.map(|l| l.status));
    changed
        .map(|((name, code, scheme), [then, now])| ListingChange {
            area: code.to_owned(),
            name: name.to_owned(),
            scheme,
            then: then.map(|listing| listing.status),
            now: now.map(|listing| listing.status),
            sources: now.or(then).map_or_else(Vec::new, |listing| listing.sources.clone()),
        })
        .collect()
}
