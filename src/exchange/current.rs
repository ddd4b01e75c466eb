//! What the store has already, as digests: enough to leave out what would change nothing.

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, Utc};
use serde_json::Value;
use uuid::Uuid;

use super::intake::{Digest, digest};
use super::reported::Dates;
use crate::domain::merge::merged_into;
use crate::domain::{Clearance, Kind};
use crate::store::{Cut, Filter, ImportStore, Query, RecordStore, Sort, StoreResult, Stored};

/// How many records are read at a time.
const PAGE: usize = 1_000;

/// The records of one kind that are there, and those that came since: 64 bytes each.
#[derive(Debug, Clone, Default)]
pub(super) struct Current {
    /// The digest of the body by that of the code.
    bodies: HashMap<Digest, Digest>,
    /// The same as it is known now, of what a clock that ran ahead of ours wrote since: a file that was taken away
    /// today says this.
    known_now: HashMap<Digest, Digest>,
    /// The digest of the code by the id.
    owners: HashMap<Uuid, Digest>,
    /// What was withdrawn, by the digest of the code, and the record that stands for it, where it was merged.
    gone: HashMap<Digest, Option<String>>,
}

/// What becomes of a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Fate {
    /// It was not there.
    New,
    /// It is there with another body.
    Changed,
    /// It is there as it is.
    Unchanged,
    /// It was withdrawn and stays so, or it was merged into this record.
    Gone(Option<String>),
}

impl Current {
    /// Reads what is there, and what was withdrawn, unless it was an undoing that withdrew it.
    pub(super) async fn load(
        store: &dyn ImportStore,
        kind: Kind,
        now: DateTime<Utc>,
        clearance: &Clearance,
    ) -> StoreResult<Self> {
        let mut current = Self::default();
        // Whatever is there, also where the clocks that wrote it ran ahead of ours.
        let far = DateTime::<Utc>::MAX_UTC;
        let mut ahead = HashSet::new();
        let undone = store.undone_spans().await?;
        let is_undone = |stored: &Stored| {
            let is_in = |(first, last): &(i64, i64)| (*first..=*last).contains(&stored.version);
            stored.withdrawn && undone.iter().any(is_in)
        };
        let filter = Filter { withdrawn: true, ..Filter::default() };
        each(store, kind, far, filter, clearance, |stored| {
            let code = digest(&stored.code);
            if stored.learned_at > now {
                ahead.insert(code);
            }
            if !stored.withdrawn {
                current.bodies.insert(code, digest(&stored.body));
            } else if !is_undone(&stored) {
                let body = serde_json::from_str::<Value>(&stored.body).unwrap_or_default();
                current.gone.insert(code, merged_into(&body).map(str::to_owned));
            }
            current.owners.insert(stored.id, code);
        })
        .await?;
        if !ahead.is_empty() {
            each(store, kind, now, Filter::default(), clearance, |stored| {
                let code = digest(&stored.code);
                if ahead.contains(&code) {
                    current.known_now.insert(code, digest(&stored.body));
                }
            })
            .await?;
        }
        Ok(current)
    }

    /// Notes the last version of a record and says what becomes of it. A record that was not there is kept in mind
    /// only where `may_return` says that another file may have it too.
    pub(super) fn note(&mut self, code: &str, body: &Value, may_return: bool) -> Fate {
        let (code, body) = (digest(code), digest(&body.to_string()));
        if let Some(into) = self.gone.get(&code) {
            return Fate::Gone(into.clone());
        }
        let before = self.bodies.get(&code).copied();
        if may_return || before.is_some() {
            self.bodies.insert(code, body);
        }
        match before {
            None => Fate::New,
            Some(before) if before == body => Fate::Unchanged,
            Some(_) if self.known_now.get(&code) == Some(&body) => Fate::Unchanged,
            Some(_) => Fate::Changed,
        }
    }

    /// Is there a record of this code, or was there one in this import that is kept in mind?
    pub(super) fn has(&self, code: &str) -> bool {
        self.bodies.contains_key(&digest(code))
    }

    /// Gives the id to the record of this code, unless another has it.
    pub(super) fn claim(&mut self, id: Uuid, code: &str) -> bool {
        let code = digest(code);
        *self.owners.entry(id).or_insert(code) == code
    }
}

/// The dates of all sources that are there.
pub(super) async fn source_dates(
    store: &dyn RecordStore,
    known_at: DateTime<Utc>,
) -> StoreResult<Dates> {
    let mut dates = Dates::default();
    each(store, Kind::Source, known_at, Filter::default(), &Clearance::ALL, |stored| {
        if let Ok(body) = serde_json::from_str(&stored.body) {
            dates.note(&stored.code, &body);
        }
    })
    .await?;
    Ok(dates)
}

/// Runs over all records of a kind in the order of their codes, a page at a time.
pub(super) async fn each(
    store: &dyn RecordStore,
    kind: Kind,
    known_at: DateTime<Utc>,
    filter: Filter,
    clearance: &Clearance,
    mut visit: impl FnMut(Stored),
) -> StoreResult<()> {
    let cut = Cut { as_of: None, known_at };
    let mut query = Query {
        kind,
        cut,
        filter,
        sort: Sort::Code,
        limit: PAGE,
        after: None,
        expand: true,
        count: false,
    };
    loop {
        let page = store.records(query.clone(), clearance).await?;
        page.rows.into_iter().for_each(&mut visit);
        query.after = page.next;
        if query.after.is_none() {
            return Ok(());
        }
    }
}
