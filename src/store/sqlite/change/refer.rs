//! What a change names: it must be there, or come with the same write; positions must lie where their area does.

use rusqlite::{Connection, OptionalExtension, named_params};

use super::super::purge::purged_level;
use super::super::sealed;
use super::super::statements::statements_of;
use super::super::{alert, delivery, merge, millis};
use super::{MOST_REFUSALS, Sitting};
use crate::domain::{Clearance, Kind, Mention, Place, Problem, Sensitivity, country};
use crate::store::{Change, StoreError, StoreResult};

/// Is there such a record under its own code, that this reader may know of?
pub(super) fn exists_itself(
    connection: &Connection,
    clearance: &Clearance,
    kind: Kind,
    code: &str,
) -> StoreResult<bool> {
    let is_there: Option<bool> = connection
        .prepare_cached(&statements_of(kind)?.exists)?
        .query_row([code], |row| row.get::<_, bool>(0).map(|withdrawn| !withdrawn))
        .optional()?;
    let may = clearance.level == Sensitivity::StrictlyConfidential
        || sealed::may_know(connection, clearance, kind, code)?;
    Ok(may && is_there.unwrap_or(false))
}

/// Is there such a record, that this reader may know of?
fn exists(
    connection: &Connection,
    clearance: &Clearance,
    kind: Kind,
    code: &str,
) -> StoreResult<bool> {
    if clearance.level < Sensitivity::StrictlyConfidential
        && !sealed::may_know(connection, clearance, kind, code)?
    {
        return Ok(false);
    }
    let withdrawn: Option<bool> = connection
        .prepare_cached(&statements_of(kind)?.exists)?
        .query_row([code], |row| row.get(0))
        .optional()?;
    // What was purged may still be named: the records that name it can be changed as before.
    match withdrawn {
        Some(false) => Ok(true),
        // The code of a record that was merged stands for the one it was merged into.
        Some(true) => match merge::winner(connection, kind, code)? {
            Some(into) => exists_itself(connection, clearance, kind, &into),
            None => Ok(false),
        },
        None => Ok(purged_level(connection, kind, code)?.is_some()),
    }
}

/// What is not there of what is named, as a write of this reader would find it.
pub(in crate::store::sqlite) fn unknown(
    connection: &Connection,
    clearance: &Clearance,
    mentions: Vec<Mention>,
) -> StoreResult<Vec<Problem>> {
    let mut missing = Vec::new();
    for Mention { kind, code, pointer } in mentions {
        if !exists(connection, clearance, kind, &code)? {
            missing.push(Problem { pointer, detail: no_such(kind, &code) });
        }
    }
    Ok(missing)
}

fn no_such(kind: Kind, code: &str) -> String {
    format!("there is no {kind} {code}")
}

impl Sitting<'_> {
    pub(super) fn mention(
        &mut self,
        index: usize,
        change: &Change,
        version: i64,
        code: &str,
    ) -> StoreResult<()> {
        const INSERT: &str = "
            INSERT INTO mention (target_kind, target_code, kind, version)
            VALUES (:target_kind, :target_code, :kind, :version) ON CONFLICT DO NOTHING";
        for mention in &change.draft.mentions {
            self.connection.prepare_cached(INSERT)?.execute(named_params! {
                ":target_kind": mention.kind.as_str(), ":target_code": mention.code,
                ":kind": change.draft.kind.as_str(), ":version": version,
            })?;
            let own = mention.kind == change.draft.kind;
            if own && self.stands_for(mention.kind, &mention.code)? == code {
                let detail = "must be another record than this one".to_owned();
                self.refuse(index, mention.pointer.clone(), detail);
            }
            let target = (mention.kind, mention.code.clone());
            // What a record names may be gone when it is taken back itself.
            if !change.action.takes_back() && !self.known.contains(&target) {
                if self.exists(mention.kind, &mention.code)? {
                    self.known.insert(target);
                } else {
                    // It may still come with a later change of the same write.
                    self.missing.push((index, mention.kind, target.1, mention.pointer.clone()));
                }
            }
        }
        Ok(())
    }

    /// Is so much wrong that what comes after is not worth reading? What was named before it was there is looked for
    /// again when much of it is waiting.
    pub(in crate::store::sqlite) fn is_refused(&mut self) -> StoreResult<bool> {
        /// How many names may wait for their records. Records of a kind come after what they name, but for pauses and
        /// the incidents that broke them, and for records of one kind that name each other.
        const MOST_WAITING: usize = 20_000;
        if self.refusals.len() >= MOST_REFUSALS {
            return Ok(true);
        }
        if self.missing.len() < MOST_WAITING {
            return Ok(false);
        }
        for missing in std::mem::take(&mut self.missing) {
            if !self.exists(missing.1, &missing.2)? {
                self.missing.push(missing);
            }
        }
        Ok(self.missing.len() >= MOST_WAITING / 2)
    }

    /// Is there such a record, that who writes may know of?
    fn exists(&self, kind: Kind, code: &str) -> StoreResult<bool> {
        exists(self.connection, &self.head.clearance, kind, code)
    }

    /// Notes a position, to be checked when its area is there.
    pub(super) fn note_position(&mut self, index: usize, change: &Change) {
        let draft = &change.draft;
        let checked = draft.kind != Kind::Area && !change.action.takes_back();
        let area = draft.mentions.iter().find(|mention| mention.kind == Kind::Area);
        if let (Some(place), Some(area)) = (draft.place.filter(|_| checked), area) {
            self.placed.push((index, area.code.clone(), place));
        }
    }

    /// A facility far outside the country of its area has a mistyped position.
    fn check_position(&mut self, index: usize, area: &str, place: Place) -> StoreResult<()> {
        const COUNTRY: &str = "SELECT country FROM area WHERE code = ?1 AND retired_by IS NULL";
        // Of an area that who writes may not know of, not even the country is told.
        if !self.exists(Kind::Area, area)? {
            return Ok(());
        }
        let country: Option<String> = self
            .connection
            .prepare_cached(COUNTRY)?
            .query_row([area], |row| row.get(0))
            .optional()?
            .flatten();
        if let Some(Err(detail)) = country.map(|iso3| country::check(&iso3, place)) {
            self.refuse(index, "/position".to_owned(), detail);
        }
        Ok(())
    }

    /// Looks again for what was mentioned before it was there; then says all that is wrong.
    pub(in crate::store::sqlite) fn finish(mut self) -> StoreResult<()> {
        for (index, area, place) in std::mem::take(&mut self.placed) {
            self.check_position(index, &area, place)?;
        }
        for (index, kind, code, pointer) in std::mem::take(&mut self.missing) {
            if !self.exists(kind, &code)? {
                self.refuse(index, pointer, no_such(kind, &code));
            }
        }
        if self.refusals.is_empty() {
            if !self.closes {
                return Ok(());
            }
            delivery::take_back_reports(self.connection, millis(self.head.recorded_at), None)?;
            return alert::take_back(self.connection);
        }
        self.refusals.sort_by_key(|refusal| refusal.index);
        Err(StoreError::Refused(self.refusals))
    }
}
