//! Merging: which records may be found to be the same, and that a code which stands for another is not written to.

use rusqlite::params;

use super::super::merge;
use super::refer::exists_itself;
use super::{Current, Sitting};
use crate::domain::Kind;
use crate::domain::merge::merged_into;
use crate::store::{Action, Change, StoreResult};

/// Where in what is asked the record that stays stands.
const INTO: &str = "/into";

impl Sitting<'_> {
    /// Refuses what cannot be merged, and to write to what is.
    pub(super) fn check_merge(
        &mut self,
        index: usize,
        change: &Change,
        current: Option<&Current>,
    ) -> StoreResult<()> {
        let kind = change.draft.kind;
        let Some(current) = current.filter(|_| kind.can_merge()) else { return Ok(()) };
        let before = merge::into(self.connection, kind, current.version)?;
        match (change.action, before) {
            (Action::Unmerge, None) => {
                let detail = format!("{} is not merged into another", current.code);
                self.refuse(index, String::new(), detail);
            }
            (Action::Merge, None) => {
                let into = merged_into(&change.draft.body).unwrap_or_default().to_owned();
                if let Some(detail) = self.cannot_stay(kind, current, &into)? {
                    self.refuse(index, INTO.to_owned(), detail);
                }
            }
            (Action::Unmerge, Some(_)) | (_, None) => {}
            (_, Some(into)) => {
                let detail = format!(
                    "{} is merged into {into}: write {into}, or undo the merge first",
                    current.code
                );
                self.refuse(index, "/code".to_owned(), detail);
            }
        }
        Ok(())
    }

    /// Why this record cannot stay in place of the current one; `None` where it can.
    fn cannot_stay(
        &self,
        kind: Kind,
        current: &Current,
        into: &str,
    ) -> StoreResult<Option<String>> {
        let code = &current.code;
        if into == code {
            return Ok(Some("must be another record than this one".to_owned()));
        }
        if let Some(other) = merge::winner(self.connection, kind, into)? {
            return Ok(Some(format!("{into} is itself merged into {other}; name that one")));
        }
        if !exists_itself(self.connection, &self.head.clearance, kind, into)? {
            return Ok(Some(format!("there is no {kind} {into}")));
        }
        let losers = merge::losers(self.connection, kind, code)?;
        if !losers.is_empty() {
            let losers = losers.join(", ");
            return Ok(Some(format!("{losers} is merged into {code}; undo that merge first")));
        }
        if self.lies_in(kind, into, code)? {
            return Ok(Some(format!(
                "{into} is a part of {code}, and would be one of itself; take that out first"
            )));
        }
        let closed: bool = self.connection.prepare_cached(&format!(
            "SELECT stays.seen_from > goes.seen_from FROM {kind} stays, {kind} goes
              WHERE stays.code = ?1 AND stays.retired_by IS NULL AND goes.code = ?2 AND goes.retired_by IS NULL"
        ))?.query_row(params![into, code], |row| row.get(0))?;
        Ok(closed.then(|| {
            format!("fewer may see {into} than {code}: merge it the other way round, or raise {code} first")
        }))
    }

    /// Is the record a part of the other, or of a part of it?
    fn lies_in(&self, kind: Kind, code: &str, whole: &str) -> StoreResult<bool> {
        let sql = format!(
            "WITH RECURSIVE above (code) AS (
                SELECT ?1
                UNION SELECT coalesce(w.merged_into, m.target_code) FROM above a
                    JOIN {kind} k ON k.code = a.code AND k.retired_by IS NULL
                    JOIN mention m ON m.version = k.version AND m.kind = '{kind}' AND m.target_kind = '{kind}'
                    LEFT JOIN {kind} w ON w.code = m.target_code AND w.retired_by IS NULL)
             SELECT EXISTS (SELECT 1 FROM above WHERE code = ?2)"
        );
        let mut statement = self.connection.prepare_cached(&sql)?;
        Ok(statement.query_row([code, whole], |row| row.get(0))?)
    }

    /// Keeps beside the version what it was merged into, to be found fast.
    pub(super) fn note_merge(&self, change: &Change, version: i64) -> StoreResult<()> {
        if change.action == Action::Merge {
            let sql =
                format!("UPDATE {} SET merged_into = ?2 WHERE version = ?1", change.draft.kind);
            let into = merged_into(&change.draft.body);
            self.connection.prepare_cached(&sql)?.execute(params![version, into])?;
        }
        Ok(())
    }

    /// The code that a code stands for: its own, or that of the record it was merged into.
    pub(super) fn stands_for(&self, kind: Kind, code: &str) -> StoreResult<String> {
        let winner = merge::winner(self.connection, kind, code)?;
        Ok(winner.unwrap_or_else(|| code.to_owned()))
    }

    /// What was merged into a record that fewer may see now is seen by as few, and so is what is about it.
    pub(super) fn raise_merged(&self, kind: Kind, code: &str) -> StoreResult<()> {
        for loser in merge::losers(self.connection, kind, code)? {
            let sql = format!(
                "UPDATE {kind} SET seen_from = max(seen_from,
                     (SELECT seen_from FROM {kind} WHERE code = ?1 AND retired_by IS NULL))
                  WHERE id = (SELECT id FROM {kind} WHERE code = ?2 AND retired_by IS NULL)"
            );
            self.connection.prepare_cached(&sql)?.execute([code, &loser])?;
            self.raise_dependents(kind, &loser, false)?;
        }
        Ok(())
    }
}
