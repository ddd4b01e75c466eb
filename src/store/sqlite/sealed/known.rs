//! The records that a version names: may its reader know of them?

use rusqlite::{Connection, OptionalExtension, params};

use super::super::millis;
use super::super::purge::purged_level;
use super::{Eyes, level_of, owner_of};
use crate::domain::{Clearance, Kind, Sensitivity};
use crate::store::{StoreError, StoreResult, Stored};

impl Eyes<'_> {
    /// The records that a version names and that the reader may not know of.
    pub(super) fn hidden(&mut self, of: &Stored) -> StoreResult<Vec<(Kind, String)>> {
        const MENTIONED: &str =
            "SELECT target_kind, target_code FROM mention WHERE kind = ?1 AND version = ?2";
        let mut hidden = Vec::new();
        if !self.may_name_hidden(of.kind)? {
            return Ok(hidden);
        }
        let mut statement = self.connection.prepare_cached(MENTIONED)?;
        let mut rows = statement.query(params![of.kind.as_str(), of.version])?;
        while let Some(row) = rows.next()? {
            let (kind, code): (String, String) = (row.get(0)?, row.get(1)?);
            let kind: Kind = kind.parse().map_err(|fault: crate::domain::InvalidValue| {
                StoreError::Corrupt(format!("kind of a mention: {fault}"))
            })?;
            if self.is_closed(kind)? && !self.knows(kind, &code)? {
                hidden.push((kind, code));
            }
        }
        Ok(hidden)
    }

    fn may_name_hidden(&mut self, kind: Kind) -> StoreResult<bool> {
        if let Some(may) = self.names_hidden.get(&kind) {
            return Ok(*may);
        }
        let mut may = false;
        for target in kind.mentions() {
            may = may || self.is_closed(target)?;
        }
        self.names_hidden.insert(kind, may);
        Ok(may)
    }

    /// Has the kind records that the reader may not know of?
    fn is_closed(&mut self, kind: Kind) -> StoreResult<bool> {
        // Below internal nearly everything is closed; from there on an index knows.
        if self.clearance.level < Sensitivity::Internal {
            return Ok(true);
        }
        if let Some(closed) = self.closed.get(&kind) {
            return Ok(*closed);
        }
        let sql = format!(
            "SELECT EXISTS (SELECT 1 FROM {kind} WHERE retired_by IS NULL AND seen_from > 1 AND seen_from > ?1)
                 OR EXISTS (SELECT 1 FROM purged WHERE kind = '{kind}' AND level > 1 AND level > ?1)"
        );
        let level = self.clearance.level as i64;
        let closed = self.connection.prepare_cached(&sql)?.query_row([level], |row| row.get(0))?;
        let closed = closed || kind == Kind::Convoy && self.is_under_way(None)?;
        self.closed.insert(kind, closed);
        Ok(closed)
    }

    /// Is this convoy, or any, under embargo for the reader?
    fn is_under_way(&self, code: Option<&str>) -> StoreResult<bool> {
        let condition = self.under_embargo("k", Kind::Convoy, "?2", "?3");
        if condition == "0" {
            return Ok(false);
        }
        let sql = format!(
            "SELECT EXISTS (SELECT 1 FROM convoy k WHERE k.retired_by IS NULL AND (?1 IS NULL OR k.code = ?1) AND {condition})"
        );
        let values = params![code, millis(self.at), self.organisation()];
        Ok(self.connection.prepare_cached(&sql)?.query_row(values, |row| row.get(0))?)
    }

    /// May the reader know of the record with this code?
    pub(in super::super) fn knows(&mut self, kind: Kind, code: &str) -> StoreResult<bool> {
        if self.sees_all() {
            return Ok(true);
        }
        let key = (kind, code.to_owned());
        if let Some(known) = self.known.get(&key) {
            return Ok(*known);
        }
        // A convoy under way is known, but not what it has to do with: other records would tell its way.
        let known = may_know(self.connection, self.clearance, kind, code)?
            && !(kind == Kind::Convoy && self.is_under_way(Some(code))?);
        self.known.insert(key, known);
        Ok(known)
    }
}

/// May the reader know of the record with this code? One that was purged is as closed as it was; one that never was
/// there is nobody's secret.
pub(in super::super) fn may_know(
    connection: &Connection,
    clearance: &Clearance,
    kind: Kind,
    code: &str,
) -> StoreResult<bool> {
    let sql = format!("SELECT seen_from, owner FROM {kind} WHERE code = ?1 AND retired_by IS NULL");
    let found: Option<(i64, Option<String>)> = connection
        .prepare_cached(&sql)?
        .query_row([code], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    let Some((level, owner)) = found else {
        let purged = purged_level(connection, kind, code)?;
        return Ok(purged.is_none_or(|level| clearance.sees(level, None)));
    };
    Ok(clearance.sees(level_of(level)?, owner_of(owner)?.as_ref()))
}
