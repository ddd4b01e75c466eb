//! Writing versions: the row, the body, what it mentions and the ledger entry, together or not at all.

mod each;
mod level;
mod merge;
mod own;
mod refer;

pub(super) use self::each::import_all;
pub(super) use self::refer::unknown;

use std::collections::HashSet;

use chrono::{DateTime, Utc};
use rusqlite::types::Value as Sql;
use rusqlite::{Connection, OptionalExtension, Row, named_params, params, params_from_iter};
use serde_json::Value;
use uuid::Uuid;

use super::idempotency::{answered_before, remember_answer};
use super::ledger::Link;
use super::sealed::Eyes;
use super::statements::{sql_value, statements_of};
use super::{instant, is_unique_violation, millis, sealed};
use crate::disclose::{Gate, Seal};
use crate::domain::{Kind, Place, Problem, Problems, Sensitivity};
use crate::store::{Action, Basis, Change, Refusal, StoreError, StoreResult, Write, Written};

/// How many refusals are told; a file of which as much is refused is not read on.
pub(super) const MOST_REFUSALS: usize = 1_000;

/// Makes all changes of a write, or gives back what is wrong with each.
pub(super) fn write_all(
    connection: &Connection,
    gate: &Gate,
    write: &Write,
) -> StoreResult<Vec<Written>> {
    let before = answered_before(connection, &write.actor, write.idempotency.as_ref())?;
    if let Some(written) = before {
        return Ok(written);
    }
    let mut sitting = Sitting::new(connection, gate, write)?;
    let mut written = Vec::with_capacity(write.changes.len());
    for (index, change) in write.changes.iter().enumerate() {
        written.push(sitting.make(index, change)?);
    }
    sitting.finish()?;
    remember_answer(connection, write, &written)?;
    Ok(written)
}

/// The version that a change builds on.
struct Current {
    version: i64,
    id: Uuid,
    code: String,
    retired_at: Option<DateTime<Utc>>,
    level: Sensitivity,
    place_level: Sensitivity,
    owner: Option<String>,
    masked_place: Option<Place>,
}

/// One write on its way: the chain so far, and the references still to be found.
pub(super) struct Sitting<'w> {
    connection: &'w Connection,
    gate: &'w Gate,
    head: &'w Write,
    link: Link,
    known: HashSet<(Kind, String)>,
    missing: Vec<(usize, Kind, String, String)>,
    placed: Vec<(usize, String, Place)>,
    refusals: Vec<Refusal>,
    was_new: bool,
    /// Did something become closed to readers who could see it?
    closes: bool,
    /// The highest level of what was written.
    highest: Sensitivity,
    /// The eyes of who writes.
    eyes: Eyes<'w>,
}

impl<'w> Sitting<'w> {
    pub(super) fn new(
        connection: &'w Connection,
        gate: &'w Gate,
        head: &'w Write,
    ) -> StoreResult<Self> {
        let link = Link::last(connection)?;
        let (known, missing, refusals) = (HashSet::new(), Vec::new(), Vec::new());
        let (placed, was_new, closes) = (Vec::new(), false, false);
        let eyes = Eyes::new(connection, gate, &head.clearance, head.recorded_at);
        let sitting = Self {
            connection,
            gate,
            head,
            link,
            known,
            missing,
            placed,
            refusals,
            was_new,
            closes,
            highest: Sensitivity::Public,
            eyes,
        };
        Ok(sitting)
    }

    /// Writes one change; what is wrong with it is noted, and said by [`Sitting::finish`].
    pub(super) fn make(&mut self, index: usize, change: &Change) -> StoreResult<Written> {
        let kind = change.draft.kind;
        let recorded_at = self.head.recorded_at;
        let learned_at = change.learned_at.unwrap_or(self.head.learned_at).min(recorded_at);
        let current = self.current(index, change, learned_at)?;
        self.was_new = current.is_none();
        if let Some(before) = &current
            && !self.may_change(index, change, before)?
        {
            // Nothing more is said of a record that is not theirs; the whole is refused.
            return Ok(before.unchanged());
        }
        let id = current.as_ref().map_or(change.new_id, |current| current.id);
        let code = self.code(index, change, id, current.as_ref());
        self.check_merge(index, change, current.as_ref())?;
        let action = action_of(change, self.was_new);
        let seal = self.seal(index, change, current.as_ref())?;
        self.link = self.link.next(
            self.head,
            change,
            action,
            (id, &code, seal.level),
            learned_at,
            self.connection,
        )?;
        let version = self.link.sequence;
        let owner = match &current {
            Some(current) => current.owner.clone(),
            None => self.head.owner.as_ref().map(ToString::to_string),
        };
        let level = seal.level;
        let seen_from = self.seen_from(kind, &change.draft, level)?;
        if let Some(current) = &current {
            self.retire(kind, current.id, version, learned_at)?;
            self.raise(change, current.id, version, seen_from, &seal)?;
        }
        let row = NewRow { version, id, code: &code, learned_at, owner, seen_from, seal };
        self.insert(index, change, row)?;
        self.note_merge(change, version)?;
        let is_awaited = match &current {
            Some(current) => current.level != level,
            None => self.is_awaited(kind, &code)?,
        };
        if is_awaited {
            self.raise_dependents(kind, &code, change.lowers)?;
            self.raise_merged(kind, &code)?;
        }
        self.closes |= is_awaited || current.is_some_and(|before| seen_from > before.level);
        self.mention(index, change, version, &code)?;
        self.note_position(index, change);
        Ok(Written { id, code, version })
    }

    /// The version that the change builds on; `None` for a new record.
    fn current(
        &self,
        index: usize,
        change: &Change,
        learned_at: DateTime<Utc>,
    ) -> StoreResult<Option<Current>> {
        let kind = change.draft.kind;
        let sql = statements_of(kind)?;
        let by_code = || match &change.draft.code {
            Some(code) => self.one(&sql.by_code, code.as_str()),
            None => Ok(None),
        };
        match change.basis {
            Basis::Code => match by_code()? {
                Some(current) => Ok(Some(current)),
                None => match self.one(&sql.by_id, change.new_id.as_bytes())? {
                    None => Ok(None),
                    Some(taken) => Err(StoreError::Taken { kind, code: taken.code, index }),
                },
            },
            Basis::New => {
                let taken = by_code()?.map_or_else(
                    || self.one(&sql.by_id, change.new_id.as_bytes()),
                    |c| Ok(Some(c)),
                )?;
                match taken {
                    None => Ok(None),
                    Some(taken) => Err(StoreError::Taken { kind, code: taken.code, index }),
                }
            }
            Basis::Version(version) => {
                let found = self.one(&sql.by_version, version)?.ok_or_else(|| {
                    StoreError::NotFound { kind, reference: format!("at version {version}") }
                })?;
                // Clocks are read before the queue: only who writes into the past may pass over what came after.
                let backdated = learned_at < self.head.recorded_at;
                let unseen = |retired| backdated && retired > learned_at;
                if found.retired_at.is_none_or(unseen) {
                    return Ok(Some(found));
                }
                let known_at = if backdated { millis(learned_at) } else { i64::MAX };
                let current: Option<i64> = self
                    .connection
                    .prepare_cached(&sql.latest)?
                    .query_row(params![found.id.as_bytes(), known_at], |row| row.get(0))?;
                let current = current.unwrap_or(found.version);
                Err(StoreError::Stale { kind, reference: found.code, current })
            }
        }
    }

    fn one(&self, sql: &str, key: impl rusqlite::ToSql) -> StoreResult<Option<Current>> {
        let mut statement = self.connection.prepare_cached(sql)?;
        let row = statement
            .query_row([key], |row| {
                let retired_at: Option<i64> = row.get("retired_at")?;
                Ok(current_from_row(row, retired_at))
            })
            .optional()?;
        row.transpose()
    }

    /// The code of the record: it never changes; a new record without one gets one.
    fn code(
        &mut self,
        index: usize,
        change: &Change,
        id: Uuid,
        current: Option<&Current>,
    ) -> String {
        let given = change.draft.code.as_ref().map(|code| code.as_str().to_owned());
        match (given, current) {
            (Some(given), Some(current)) if given != current.code => {
                let detail = format!("a code never changes; this record is {}", current.code);
                self.refuse(index, "/code".to_owned(), detail);
                given
            }
            (Some(given), _) => given,
            (None, Some(current)) => current.code.clone(),
            (None, None) => {
                let id = id.simple().to_string();
                format!("{}-{}", change.draft.kind.prefix(), &id[id.len() - 12..])
            }
        }
    }

    fn retire(
        &self,
        kind: Kind,
        id: Uuid,
        version: i64,
        learned_at: DateTime<Utc>,
    ) -> StoreResult<()> {
        self.connection.prepare_cached(&statements_of(kind)?.retire)?.execute(named_params! {
            ":id": id.as_bytes(), ":version": version, ":learned_at": millis(learned_at),
        })?;
        Ok(())
    }

    fn insert(&self, index: usize, change: &Change, new: NewRow<'_>) -> StoreResult<()> {
        let draft = &change.draft;
        let (place, masked) = (draft.place, new.seal.masked_place);
        let mut row: Vec<Sql> = vec![
            new.version.into(),
            new.id.as_bytes().to_vec().into(),
            new.code.to_owned().into(),
            draft.happened_at.map(millis).into(),
            (new.seal.level as i64).into(),
            place.map(Place::lon).into(),
            place.map(Place::lat).into(),
            masked.map(Place::lon).into(),
            masked.map(Place::lat).into(),
        ];
        row.extend(draft.columns.iter().map(sql_value));
        row.extend([
            Value::Object(draft.summary.clone()).to_string().into(),
            i64::from(change.action.takes_back()).into(),
            millis(new.learned_at).into(),
            millis(self.head.recorded_at).into(),
            new.owner.into(),
            (new.seen_from as i64).into(),
            (new.seal.place_level as i64).into(),
            (new.seal.whole_level as i64).into(),
            new.seal.embargo_until.map(millis).into(),
            (new.seal.small as i64).into(),
        ]);
        let inserted = self
            .connection
            .prepare_cached(&statements_of(draft.kind)?.insert)?
            .execute(params_from_iter(row));
        match inserted {
            Err(fault) if is_unique_violation(&fault) => {
                Err(StoreError::Taken { kind: draft.kind, code: new.code.to_owned(), index })
            }
            other => other.map(|_| ()).map_err(StoreError::from),
        }
    }

    fn refuse(&mut self, index: usize, pointer: String, detail: String) {
        if self.refusals.len() < MOST_REFUSALS {
            self.refusals
                .push(Refusal { index, problems: Problems(vec![Problem { pointer, detail }]) });
        }
    }
}

/// What a new version has beside its draft.
struct NewRow<'n> {
    version: i64,
    id: Uuid,
    code: &'n str,
    learned_at: DateTime<Utc>,
    owner: Option<String>,
    seen_from: Sensitivity,
    seal: Seal,
}

fn current_from_row(row: &Row<'_>, retired_at: Option<i64>) -> StoreResult<Current> {
    let id: [u8; 16] = row.get("id")?;
    let (lon, lat): (Option<f64>, Option<f64>) = (row.get("masked_lon")?, row.get("masked_lat")?);
    Ok(Current {
        version: row.get("version")?,
        id: Uuid::from_bytes(id),
        code: row.get("code")?,
        retired_at: retired_at.map(instant).transpose()?,
        level: sealed::level_of(row.get("sensitivity")?)?,
        place_level: sealed::level_of(row.get("place_from")?)?,
        owner: row.get("owner")?,
        masked_place: lon.zip(lat).and_then(|(lon, lat)| Place::new(lon, lat).ok()),
    })
}

/// What was done: who changes by code cannot know whether the record was there.
fn action_of(change: &Change, was_new: bool) -> Action {
    match (change.basis, change.action) {
        (Basis::Code, Action::Create | Action::Revise) if was_new => Action::Create,
        (Basis::Code, Action::Create | Action::Revise) => Action::Revise,
        (_, action) => action,
    }
}

/// The body as it is stored and hashed.
pub(super) fn canonical(change: &Change) -> String {
    change.draft.body.to_string()
}
