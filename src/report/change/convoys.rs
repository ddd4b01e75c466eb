//! Convoys that were attacked, looted, refused or lost since the last report, or that arrived.

use std::collections::{BTreeSet, HashSet};

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::{Novelty, Side};
use crate::assess::delivery::ConvoyFacts;
use crate::domain::choice::choice;
use crate::domain::incident::IncidentType;
use crate::domain::{Figure, Incident, Moment, Stage};
use crate::report::convoy::{counts_by_itself, sum};
use crate::report::stated::{self, Day};
use crate::report::words::{area_name, places};
use crate::situation::coverage::counted_otherwise;
use crate::situation::{Known, Situation};

choice! {
    /// What became of a convoy.
    Fate {
        /// It was attacked.
        Attacked = "attacked",
        /// It was looted.
        Looted = "looted",
        /// It will not arrive; what was on it is lost or gone.
        Lost = "lost",
        /// It was denied.
        Denied = "denied",
        /// It was sent back.
        TurnedBack = "turned_back",
        /// The goods came off the trucks where they were meant to.
        Arrived = "arrived",
    }
}

/// What became of a convoy since.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ConvoyChange {
    /// Its code; `null` where only an incident on it is recorded.
    pub convoy: Option<String>,
    /// The code of that incident.
    pub incident: Option<String>,
    /// What the incident is called, where it has a name.
    pub title: Option<String>,
    /// The names of the areas it goes to.
    pub to: Vec<String>,
    /// What became of it.
    #[serde(deserialize_with = "stated::word")]
    pub fate: Fate,
    /// When.
    #[serde(flatten)]
    pub day: Option<Day>,
    /// Trucks.
    pub trucks: Figure,
    /// People it is for, as claimed.
    pub people_targeted: Figure,
    /// People it reached, as claimed.
    pub people_reached: Figure,
    /// Does it carry goods?
    pub carries_goods: bool,
    /// Did it happen since, or was it only learned since?
    #[serde(deserialize_with = "stated::word")]
    pub novelty: Novelty,
    /// The codes of the sources.
    pub sources: Vec<String>,
}

/// The gravest first, of these the latest.
pub(super) fn of(then: &Side<'_>, now: &Side<'_>) -> Vec<ConvoyChange> {
    let (then_apart, now_apart) =
        (counted_otherwise(then.situation), counted_otherwise(now.situation));
    let fates_then = |row: &Known<ConvoyFacts>| fates(then, row, &then_apart);
    let fates_now = |row: &Known<ConvoyFacts>| fates(now, row, &now_apart);
    let mut found = Vec::new();
    for row in now.situation.world.convoys.iter() {
        let before = then.situation.world.convoys.get(&row.code);
        let told = before.map_or_else(Vec::new, |old| fates_then(old));
        let precision = Some(row.record.date_precision);
        found.extend(beyond(&fates_now(row), &told).into_iter().map(|(fate, at)| {
            let novelty = Novelty::of(Some(at), precision, then);
            change(now.situation, row, (fate, at), novelty)
        }));
    }
    for row in then.situation.world.convoys.iter().filter(|row| !now.withholds(&row.code)) {
        let after = now.situation.world.convoys.get(&row.code);
        let told = after.map_or_else(Vec::new, |new| fates_now(new));
        let gone = beyond(&fates_then(row), &told).into_iter();
        found.extend(gone.map(|what| change(then.situation, row, what, Novelty::TakenBack)));
    }
    found.extend(incidents(then, now));
    found.sort_by(|a, b| {
        let rank = |change: &ConvoyChange| (change.novelty == Novelty::TakenBack, change.fate);
        rank(a)
            .cmp(&rank(b))
            .then_with(|| b.day.cmp(&a.day))
            .then_with(|| (&a.convoy, &a.incident).cmp(&(&b.convoy, &b.incident)))
    });
    found
}

/// What became of a convoy, and when.
type Happened = (Fate, Moment);

/// What became of a convoy by the day of a situation. The arrival of a part of another one is that one's.
fn fates(side: &Side<'_>, row: &Known<ConvoyFacts>, left_out: &HashSet<&str>) -> Vec<Happened> {
    let as_of = side.situation.as_of;
    let on_the_way =
        row.record.moves_by(as_of).filter_map(|(stage, at)| Some((fate(*stage)?, *at)));
    let counts = !row.record.carries_goods || counts_by_itself(row, left_out);
    let arrived = row.record.arrived_by(as_of).filter(|_| counts);
    on_the_way.chain(arrived.map(|at| (Fate::Arrived, at))).collect()
}

const fn fate(stage: Stage) -> Option<Fate> {
    match stage {
        Stage::Attacked => Some(Fate::Attacked),
        Stage::Looted => Some(Fate::Looted),
        Stage::ClosedWithLoss => Some(Fate::Lost),
        Stage::Denied => Some(Fate::Denied),
        Stage::TurnedBack => Some(Fate::TurnedBack),
        Stage::Planned
        | Stage::Requested
        | Stage::Approved
        | Stage::Loaded
        | Stage::Departed
        | Stage::AtCheckpoint
        | Stage::Entered
        | Stage::Offloaded
        | Stage::Completed
        | Stage::Postponed
        | Stage::Cancelled => None,
    }
}

/// What stands in one list and not in the other. A day that was corrected is no second attack.
fn beyond(own: &[Happened], other: &[Happened]) -> Vec<Happened> {
    let times = |all: &[Happened], fate| all.iter().filter(|(own, _)| *own == fate).count();
    let is_more = |(fate, at): &&Happened| {
        times(own, *fate) > times(other, *fate) && !other.contains(&(*fate, *at))
    };
    own.iter().filter(is_more).copied().collect()
}

fn change(
    situation: &Situation,
    row: &Known<ConvoyFacts>,
    (fate, at): Happened,
    novelty: Novelty,
) -> ConvoyChange {
    let convoy = &row.record;
    let to: BTreeSet<String> =
        convoy.areas().map(|area| area_name(situation, area.as_str())).collect();
    ConvoyChange {
        convoy: Some(row.code.to_string()),
        incident: None,
        title: None,
        to: to.into_iter().collect(),
        fate,
        day: Some(Day::of(at, Some(convoy.date_precision))),
        trucks: sum(convoy, |drop| drop.trucks),
        people_targeted: sum(convoy, |drop| drop.people_targeted),
        people_reached: sum(convoy, |drop| drop.people_reached),
        carries_goods: convoy.carries_goods,
        novelty,
        sources: convoy.sources.iter().map(ToString::to_string).collect(),
    }
}

/// Attacks on convoys that are recorded as incidents alone.
fn incidents(then: &Side<'_>, now: &Side<'_>) -> Vec<ConvoyChange> {
    let rows = now.situation.world.incidents.iter();
    let new = rows.filter_map(|row| {
        let fate = struck(now, row)?;
        let before = then.situation.world.incidents.get(&row.code);
        let was_told = before.is_some_and(|old| happened(&old.record, then.situation.as_of));
        let (at, precision) = (row.record.date, row.record.date_precision);
        let novelty = Novelty::of(Some(at), precision, then);
        (!was_told).then(|| incident(now.situation, row, fate, novelty))
    });
    let rows = then.situation.world.incidents.iter();
    let gone = rows.filter_map(|row| {
        let fate = struck(then, row)?;
        let after = now.situation.world.incidents.get(&row.code);
        let is_told = after.is_some_and(|new| happened(&new.record, now.situation.as_of));
        (!is_told).then(|| incident(then.situation, row, fate, Novelty::TakenBack))
    });
    new.chain(gone).collect()
}

fn happened(incident: &Incident, as_of: DateTime<Utc>) -> bool {
    incident.incident_type.is_on_a_convoy() && incident.date.start() <= as_of
}

/// What an incident did to a convoy of which no record tells it.
fn struck(side: &Side<'_>, row: &Known<Incident>) -> Option<Fate> {
    let (incident, as_of) = (&row.record, side.situation.as_of);
    let convoy = incident.convoy.as_ref();
    let convoy = convoy.and_then(|code| side.situation.world.convoys.get(code.as_str()));
    let mut moves = convoy.iter().flat_map(|convoy| convoy.record.moves_by(as_of));
    if !happened(incident, as_of)
        || moves.any(|(stage, _)| matches!(stage, Stage::Attacked | Stage::Looted))
    {
        return None;
    }
    let is_looted = incident.incident_type == IncidentType::ConvoyLooted;
    Some(if is_looted { Fate::Looted } else { Fate::Attacked })
}

fn incident(
    situation: &Situation,
    row: &Known<Incident>,
    fate: Fate,
    novelty: Novelty,
) -> ConvoyChange {
    let incident = &row.record;
    let own = incident.source.iter();
    let accounts = incident.accounts.iter().filter_map(|account| account.source.as_ref());
    let sources: BTreeSet<String> = own.chain(accounts).map(ToString::to_string).collect();
    ConvoyChange {
        convoy: incident.convoy.as_ref().map(ToString::to_string),
        incident: Some(row.code.to_string()),
        title: incident.title.as_ref().map(ToString::to_string),
        to: places(situation, &incident.areas, &[], incident.place.as_ref()),
        fate,
        day: Some(Day::of(incident.date, incident.date_precision)),
        trucks: Figure::UNKNOWN,
        people_targeted: Figure::UNKNOWN,
        people_reached: Figure::UNKNOWN,
        carries_goods: true,
        novelty,
        sources: sources.into_iter().collect(),
    }
}
