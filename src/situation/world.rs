//! All that is known: the current version of every record, patched by what is newly written, never reloaded for it.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};
use serde_json::Value;

use super::arrivals::{self, AreaVisits};
use super::of_area::{self, InArea, OfArea};
use super::table::{Known, Table};
use crate::assess::delivery::{AssumedRation, ConvoyFacts};
use crate::domain::merge::{MERGED_INTO, Merges, merged_into};
use crate::domain::{
    AccessRequest, Area, AreaGroup, Called, Convoy, Facility, Incident, Kind, Logistics,
    Observation, Organisation, Party, Pause, Plan, Population, Recipient, Record, Saying, Schedule,
    Silence, Source, Status, Stock, typed,
};
use crate::store::{Snapshot, StoreError, StoreResult, Stored};

/// All that is known at a moment.
#[derive(Debug, Clone, Default)]
#[expect(missing_docs, reason = "each is the table of its kind")]
pub struct World {
    /// The place in the ledger up to which this is read.
    pub sequence: i64,
    /// When the last of it became known, which a clock that was set back has yet to show.
    pub learned_at: DateTime<Utc>,
    pub sources: Table<Source>,
    pub organisations: Table<Organisation>,
    pub parties: Table<Party>,
    pub areas: Table<Area>,
    pub area_groups: Table<AreaGroup>,
    pub facilities: Table<Facility>,
    pub statuses: Table<Status>,
    pub populations: Table<Population>,
    pub convoys: Table<ConvoyFacts>,
    pub pauses: Table<Pause>,
    pub access_requests: Table<AccessRequest>,
    pub stocks: Table<Stock>,
    pub incidents: Table<Incident>,
    pub observations: Table<Observation>,
    pub logistics: Table<Logistics>,
    pub plans: Table<Plan>,
    pub recipients: Table<Recipient>,
    pub schedules: Table<Schedule>,
    pub silences: Table<Silence>,
    /// For each area the drops that go to it.
    pub visits: Table<AreaVisits>,
    /// For each area the other records that its figures rest on.
    pub of_area: Table<OfArea>,
    /// The convoys that are a part of others, by code.
    pub parts: Table<()>,
    /// Until when convoys are withheld from who sees this world, because they are under way; by code.
    pub embargoed: BTreeMap<Box<str>, DateTime<Utc>>,
    /// The areas whose exact position fewer may see than who sees this world; by code.
    pub exact: BTreeSet<Box<str>>,
    /// The areas whose position is masked for who sees this world; by code.
    pub masked: BTreeSet<Box<str>>,
    /// The records that were merged.
    pub merged: Merges,
}

impl World {
    /// Puts in, replaces or takes out every version of the snapshot, in its order.
    ///
    /// # Errors
    ///
    /// When a stored body does not pass its door any more.
    pub fn patch(&mut self, snapshot: Snapshot, ration: AssumedRation) -> StoreResult<()> {
        // First what stands for what: the others are read by it.
        snapshot.records.iter().for_each(|stored| self.note_merge(stored));
        for stored in snapshot.records {
            self.put(stored, ration)?;
        }
        self.sequence = snapshot.sequence;
        Ok(())
    }

    /// Puts in, replaces or takes out one version.
    ///
    /// # Errors
    ///
    /// When the body does not pass its door any more.
    pub fn put(&mut self, stored: Stored, ration: AssumedRation) -> StoreResult<()> {
        self.learned_at = self.learned_at.max(stored.learned_at);
        self.note_merge(&stored);
        let stored = self.redirected(stored)?;
        if let Some(until) = stored.seen.embargo_until.filter(|_| !stored.withdrawn) {
            // Of a convoy under way nothing is known that a figure could rest on.
            let code = stored.code.as_str().into();
            self.put_convoy(Stored { withdrawn: true, ..stored }, ration)?;
            self.embargoed.insert(code, until);
            return Ok(());
        }
        match stored.kind {
            Kind::Source => put(&mut self.sources, stored, same),
            Kind::Organisation => put(&mut self.organisations, stored, same),
            Kind::Party => put(&mut self.parties, stored, same),
            Kind::Area => self.put_area(stored),
            Kind::AreaGroup => put(&mut self.area_groups, stored, same),
            Kind::Facility => put(&mut self.facilities, stored, same),
            Kind::Status => put(&mut self.statuses, stored, same),
            Kind::Population => put_in_area(&mut self.populations, &mut self.of_area, stored),
            Kind::Convoy => self.put_convoy(stored, ration),
            Kind::Pause => put(&mut self.pauses, stored, same),
            Kind::AccessRequest => put(&mut self.access_requests, stored, same),
            Kind::Stock => put_in_area(&mut self.stocks, &mut self.of_area, stored),
            Kind::Incident => put_in_area(&mut self.incidents, &mut self.of_area, stored),
            Kind::Observation => put(&mut self.observations, stored, same),
            Kind::Logistics => put_in_area(&mut self.logistics, &mut self.of_area, stored),
            Kind::Plan => put(&mut self.plans, stored, same),
            Kind::Recipient => put(&mut self.recipients, stored, same),
            Kind::Schedule => put(&mut self.schedules, stored, same),
            Kind::Silence => put(&mut self.silences, stored, same),
        }
    }
}

impl World {
    /// The code that a code stands for: its own, or that of the record it was merged into.
    #[must_use]
    pub fn stands_for<'w>(&'w self, kind: Kind, code: &'w str) -> &'w str {
        self.merged.winner(kind, code).unwrap_or(code)
    }

    /// When the next convoy that is withheld comes in sight.
    #[must_use]
    pub fn embargo_ends(&self) -> Option<DateTime<Utc>> {
        self.embargoed.values().min().copied()
    }

    /// Went a convoy out of sight that was in sight in the world before this one, or the other way round? The other
    /// records in it name it as they did then.
    #[must_use]
    pub fn shows_other_convoys_than(&self, before: &Self) -> bool {
        let shows = |world: &Self, code: &str| world.convoys.get(code).is_some();
        self.embargoed.keys().any(|code| shows(before, code))
            || before.embargoed.keys().any(|code| shows(self, code))
    }

    /// Notes what a record was merged into, or that it stands for itself.
    fn note_merge(&mut self, stored: &Stored) {
        if !stored.kind.can_merge() {
            return;
        }
        let is_merged = stored.withdrawn && stored.body.contains(MERGED_INTO);
        let body = if is_merged { serde_json::from_str::<Value>(&stored.body).ok() } else { None };
        self.merged.note(stored.kind, &stored.code, body.as_ref().and_then(merged_into));
    }

    /// The version, naming what stands for what it names.
    fn redirected(&self, stored: Stored) -> StoreResult<Stored> {
        if stored.withdrawn {
            return Ok(stored);
        }
        let body = self.merged.redirected(stored.kind, &stored.body).map_err(|fault| {
            StoreError::Corrupt(format!(
                "{} {} version {}: {fault}",
                stored.kind, stored.id, stored.version
            ))
        })?;
        Ok(match body {
            Some(body) => Stored { body, ..stored },
            None => stored,
        })
    }

    fn put_area(&mut self, stored: Stored) -> StoreResult<()> {
        if stored.seen.exact_position && !stored.withdrawn {
            self.exact.insert(stored.code.as_str().into());
        } else {
            self.exact.remove(stored.code.as_str());
        }
        let is_masked = stored.seen.withheld.iter().any(|field| field == "position");
        if is_masked && !stored.withdrawn {
            self.masked.insert(stored.code.as_str().into());
        } else {
            self.masked.remove(stored.code.as_str());
        }
        put(&mut self.areas, stored, same)
    }

    /// A convoy also stands in the list of each area it goes to.
    fn put_convoy(&mut self, stored: Stored, ration: AssumedRation) -> StoreResult<()> {
        let code = stored.code.clone();
        self.embargoed.remove(code.as_str());
        if let Some(before) = self.convoys.get(&code).cloned() {
            arrivals::index(&mut self.visits, &before, false);
            self.parts.remove(&code);
        }
        put(&mut self.convoys, stored, |convoy: Convoy| ConvoyFacts::of(&convoy, ration))?;
        if let Some(after) = self.convoys.get(&code).cloned() {
            arrivals::index(&mut self.visits, &after, true);
            if !after.record.part_of.is_empty() {
                self.parts.change(&code, |()| ());
            }
        }
        Ok(())
    }
}

/// A record that figures of an area rest on also stands in the lists of that area.
fn put_in_area<R: InArea>(
    table: &mut Table<R>,
    of_area: &mut Table<OfArea>,
    stored: Stored,
) -> StoreResult<()> {
    let code = stored.code.clone();
    let before = table.get(&code).cloned();
    put(table, stored, same)?;
    of_area::index(of_area, before.as_ref(), table.get(&code));
    Ok(())
}

fn same<T>(record: T) -> T {
    record
}

fn put<R: Record, T>(
    table: &mut Table<T>,
    stored: Stored,
    keep: impl Fn(R) -> T,
) -> StoreResult<()> {
    if stored.withdrawn {
        table.remove(&stored.code);
        return Ok(());
    }
    // By id and place: what stands there may be a name or a position, and this goes to a log.
    let damaged = |detail: String| {
        StoreError::Corrupt(format!(
            "{} {} version {}: {detail}",
            stored.kind, stored.id, stored.version
        ))
    };
    let body: Value =
        serde_json::from_str(&stored.body).map_err(|fault| damaged(fault.to_string()))?;
    let record = typed::<R>(&body)
        .map_err(|problems| damaged(format!("not by the rules at {}", problems.places())))?;
    table.put(Known {
        code: stored.code.into(),
        id: stored.id,
        version: stored.version,
        level: stored.seen.level,
        learned_at: stored.learned_at,
        record: keep(record),
    });
    Ok(())
}

/// What a question is asked of: the world, cut at a day.
#[derive(Debug, Clone)]
pub struct Situation {
    /// All that is known.
    pub world: std::sync::Arc<World>,
    /// How was it then: its last instant.
    pub as_of: DateTime<Utc>,
    /// What did we know by then.
    pub known_at: DateTime<Utc>,
}

impl Situation {
    /// What who sees this must know of what they do not see; `None` where no convoy is withheld from them.
    #[must_use]
    pub fn withheld(&self) -> Option<Saying> {
        let convoys = self.world.embargoed.len();
        #[expect(clippy::cast_precision_loss, reason = "convoys stay far below 2^53")]
        let count = convoys as f64;
        (convoys > 0).then(|| Saying::of("withheld").number("count", count))
    }

    /// What an area is called: by its names, else by its code.
    #[must_use]
    pub fn area_called(&self, code: &str) -> Called {
        let area = self.world.areas.get(code);
        area.map_or_else(|| Called::only(code), |area| Called::of(&area.record.names))
    }

    /// What a party is called: by its names, else by its code.
    #[must_use]
    pub fn party_called(&self, code: &str) -> Called {
        let party = self.world.parties.get(code);
        party.map_or_else(|| Called::only(code), |party| Called::of(&party.record.names))
    }
}
