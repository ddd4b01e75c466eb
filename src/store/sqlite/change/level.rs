//! The level of a new version: never below that of the one before, unless two people decided so.

use rusqlite::{OptionalExtension, named_params, params};
use serde_json::Value;
use uuid::Uuid;

use super::super::millis;
use super::super::purge::purged_level;
use super::super::sealed::level_of;
use super::super::statements::statements_of;
use super::{Current, Sitting};
use crate::disclose::Seal;
use crate::domain::{Draft, FieldLevel, Kind, Sensitivity};
use crate::store::{Change, StoreResult};

/// What is said to who lowers a level alone.
const NEEDS_TWO: &str =
    "lowering a level needs a second person and a reason: post it to …/lowerings";

impl Sitting<'_> {
    /// The seal of the new version: left out, a level stays as it was; lowered, it is refused.
    pub(super) fn seal(
        &mut self,
        index: usize,
        change: &Change,
        current: Option<&Current>,
    ) -> StoreResult<Seal> {
        let draft = &change.draft;
        // Before the seal: what is published has no embargo, and a level that is left out is that of before.
        let kept =
            current.map(|before| self.gate.rules().levels.of_kind(draft.kind).max(before.level));
        let level = draft.sensitivity.or(kept);
        let mut seal = self.gate.seal(draft.kind, &draft.body, draft.place, level);
        let Some(current) = current else { return Ok(seal) };
        if let (Some(place), Some(before)) = (draft.place, current.masked_place)
            && place.distance_km(before) <= self.gate.rules().mask_km
        {
            // A small correction must not tell on which side of a line of the grid it lies.
            seal.masked_place = Some(before);
        }
        if change.lowers {
            return Ok(seal);
        }
        if seal.level < current.level {
            let detail = format!("must not be below {}; {NEEDS_TWO}", current.level);
            self.refuse(index, "/sensitivity".to_owned(), detail);
        }
        for field in self.lowered_fields(draft, current)? {
            let detail = format!("must not lower or leave out {field}; {NEEDS_TWO}");
            self.refuse(index, "/field_sensitivity".to_owned(), detail);
        }
        seal.place_level = seal.place_level.max(current.place_level);
        seal.whole_level = seal.whole_level.max(current.place_level);
        Ok(seal)
    }

    /// The levels of single fields that the version before had and the draft has no more.
    fn lowered_fields(&self, draft: &Draft, current: &Current) -> StoreResult<Vec<FieldLevel>> {
        const LEVELS: &str = "SELECT body ->> '$.field_sensitivity' FROM ledger_body
            WHERE sequence = ?1 AND instr(body, '\"field_sensitivity\"') > 0";
        let text: Option<Option<String>> = self
            .connection
            .prepare_cached(LEVELS)?
            .query_row([current.version], |row| row.get(0))
            .optional()?;
        let Some(text) = text.flatten() else { return Ok(Vec::new()) };
        let before: Value = serde_json::from_str(&text).unwrap_or(Value::Null);
        let before = before.as_array().into_iter().flatten();
        let before = before.filter_map(|level| level.as_str()?.parse::<FieldLevel>().ok());
        let kept = |old: &FieldLevel| {
            draft.field_levels.iter().any(|new| new.field == old.field && new.level >= old.level)
        };
        Ok(before.filter(|old| !kept(old)).collect())
    }

    /// From which level a version is seen: its own, or that of a record that it is about where that is higher.
    pub(super) fn seen_from(
        &mut self,
        kind: Kind,
        draft: &Draft,
        level: Sensitivity,
    ) -> StoreResult<Sensitivity> {
        let about = kind.is_about();
        let mut seen_from = level;
        for mention in draft.mentions.iter().filter(|mention| about.contains(&mention.kind)) {
            let sql = format!(
                "SELECT seen_from FROM {} WHERE code = ?1 AND retired_by IS NULL",
                mention.kind
            );
            let mut statement = self.connection.prepare_cached(&sql)?;
            let found: Option<i64> =
                statement.query_row([&mention.code], |row| row.get(0)).optional()?;
            let found = match found {
                Some(level) => Some(level_of(level)?),
                None => purged_level(self.connection, mention.kind, &mention.code)?,
            };
            seen_from = found.unwrap_or(seen_from).max(seen_from);
        }
        self.highest = self.highest.max(seen_from);
        Ok(seen_from)
    }

    /// What is known now of a record's level holds for its past too: older versions are no way in. So it does for
    /// the records that are about it.
    pub(super) fn raise(
        &self,
        change: &Change,
        id: Uuid,
        version: i64,
        seen_from: Sensitivity,
        seal: &Seal,
    ) -> StoreResult<()> {
        let kind = change.draft.kind;
        self.connection.prepare_cached(&statements_of(kind)?.raise)?.execute(named_params! {
            ":id": id.as_bytes(), ":version": version, ":seen_from": seen_from as i64,
            ":place_from": seal.place_level as i64, ":embargo_until": seal.embargo_until.map(millis),
        })?;
        Ok(())
    }

    /// Do records name this one that were there before it?
    pub(super) fn is_awaited(&self, kind: Kind, code: &str) -> StoreResult<bool> {
        const AWAITED: &str =
            "SELECT EXISTS (SELECT 1 FROM mention WHERE target_kind = ?1 AND target_code = ?2)";
        let mut statement = self.connection.prepare_cached(AWAITED)?;
        Ok(statement.query_row(params![kind.as_str(), code], |row| row.get(0))?)
    }

    /// The records that are about this one are seen by those who may know of it. They are opened only where two people
    /// lowered its level: it may have the code of another, which was purged.
    pub(super) fn raise_dependents(&self, kind: Kind, code: &str, lowers: bool) -> StoreResult<()> {
        let least = if lowers { "0" } else { "seen_from" };
        for dependent in Kind::ALL.iter().filter(|other| other.is_about().contains(&kind)) {
            let sql = format!(
                "UPDATE {dependent} SET seen_from = max({least},
                     (SELECT max(v.sensitivity) FROM {dependent} v WHERE v.id = {dependent}.id AND v.version >= {dependent}.version),
                     (SELECT seen_from FROM {kind} WHERE code = ?1 AND retired_by IS NULL){})
                  WHERE version IN (SELECT version FROM mention
                      WHERE target_kind = ?2 AND target_code = ?1 AND kind = ?3)",
                others_it_is_about(*dependent)
            );
            self.connection.prepare_cached(&sql)?.execute(params![
                code,
                kind.as_str(),
                dependent.as_str()
            ])?;
        }
        Ok(())
    }
}

/// The levels of all that a version is about, as further arguments of a `max`.
fn others_it_is_about(dependent: Kind) -> String {
    let level = |of: &Kind| {
        format!(
            ", (SELECT coalesce(max(t.seen_from), 0) FROM mention o JOIN {of} t ON t.code = o.target_code AND t.retired_by IS NULL
                 WHERE o.kind = '{dependent}' AND o.version = {dependent}.version AND o.target_kind = '{of}')"
        )
    };
    dependent.is_about().iter().map(level).collect()
}
