//! Codes that stand for another record: which, now and as known at a moment.

use rusqlite::{Connection, OptionalExtension, params};

use super::record::one;
use super::sealed::Eyes;
use crate::domain::Kind;
use crate::domain::merge::Merges;
use crate::store::{Cut, Reference, StoreError, StoreResult, Stored};

/// The kinds that can be merged.
pub(super) fn kinds() -> impl Iterator<Item = Kind> {
    Kind::ALL.iter().copied().filter(|kind| kind.can_merge())
}

/// What the record was merged into with this version.
pub(super) fn into(
    connection: &Connection,
    kind: Kind,
    version: i64,
) -> StoreResult<Option<String>> {
    if !kind.can_merge() {
        return Ok(None);
    }
    let sql = format!("SELECT merged_into FROM {kind} WHERE version = ?1");
    let found = connection.prepare_cached(&sql)?.query_row([version], |row| row.get(0));
    Ok(found.optional()?.flatten())
}

/// The record that this code stands for now, where that is another.
pub(super) fn winner(
    connection: &Connection,
    kind: Kind,
    code: &str,
) -> StoreResult<Option<String>> {
    if !kind.can_merge() {
        return Ok(None);
    }
    let sql = format!("SELECT merged_into FROM {kind} WHERE code = ?1 AND retired_by IS NULL");
    let found = connection.prepare_cached(&sql)?.query_row([code], |row| row.get(0));
    Ok(found.optional()?.flatten())
}

/// The codes that stand for this record now beside its own, in order.
pub(super) fn losers(connection: &Connection, kind: Kind, into: &str) -> StoreResult<Vec<String>> {
    if !kind.can_merge() {
        return Ok(Vec::new());
    }
    let sql = format!(
        "SELECT code FROM {kind} WHERE merged_into = ?1 AND retired_by IS NULL ORDER BY code"
    );
    let mut statement = connection.prepare_cached(&sql)?;
    let codes = statement.query_map([into], |row| row.get(0))?;
    Ok(codes.collect::<Result<_, _>>()?)
}

/// All codes that stood for the same record as this one at a moment; that of the record itself first.
pub(super) fn same_at(
    connection: &Connection,
    kind: Kind,
    code: &str,
    known_at: i64,
) -> StoreResult<Vec<String>> {
    const KNOWN: &str =
        "merged_into IS NOT NULL AND learned_at <= ?2 AND (retired_at IS NULL OR retired_at > ?2)";
    if !kind.can_merge() {
        return Ok(vec![code.to_owned()]);
    }
    let up = format!("SELECT merged_into FROM {kind} WHERE code = ?1 AND {KNOWN}");
    let winner: Option<String> = connection
        .prepare_cached(&up)?
        .query_row(params![code, known_at], |row| row.get(0))
        .optional()?;
    let mut same = vec![winner.unwrap_or_else(|| code.to_owned())];
    let down = format!("SELECT code FROM {kind} WHERE merged_into = ?1 AND {KNOWN} ORDER BY code");
    let mut statement = connection.prepare_cached(&down)?;
    let losers: Vec<String> = statement
        .query_map(params![same[0], known_at], |row| row.get(0))?
        .collect::<Result<_, _>>()?;
    same.extend(losers);
    Ok(same)
}

/// The codes by which records may name this one, of those that the reader may know of: all that stand for it.
pub(super) fn known_as(
    eyes: &mut Eyes<'_>,
    kind: Kind,
    code: &str,
    known_at: i64,
) -> StoreResult<Vec<String>> {
    let mut known = Vec::new();
    if eyes.knows(kind, code)? {
        for same in same_at(eyes.connection(), kind, code, known_at)? {
            if eyes.knows(kind, &same)? {
                known.push(same);
            }
        }
    }
    Ok(known)
}

/// The codes, and those of the records that stand for them.
pub(super) fn with_winners(
    eyes: &Eyes<'_>,
    kind: Kind,
    codes: &[String],
    known_at: i64,
) -> StoreResult<Vec<String>> {
    let mut all = codes.to_vec();
    for code in codes {
        let same = same_at(eyes.connection(), kind, code, known_at)?;
        all.extend(same.into_iter().take(1).filter(|winner| winner != code));
    }
    Ok(all)
}

/// The version that the cut shows of the record that is meant: a code that was merged stands for another.
pub(super) fn meant(
    connection: &Connection,
    kind: Kind,
    reference: &Reference,
    cut: Cut,
    eyes: &mut Eyes<'_>,
) -> StoreResult<Stored> {
    let found = one(connection, kind, reference, cut, eyes)?;
    let by_code = matches!(reference, Reference::Code(_)) && found.withdrawn;
    match if by_code { into(connection, kind, found.version)? } else { None } {
        // Once: what was merged into another does not stand for a third.
        Some(winner) => one(connection, kind, &Reference::Code(winner), cut, eyes),
        None => Ok(found),
    }
}

/// All that stood for others at a moment, as far as the reader may know of both.
pub(super) fn all_at(eyes: &mut Eyes<'_>, known_at: i64) -> StoreResult<Merges> {
    let mut merges = Merges::default();
    for kind in kinds() {
        let sql = format!(
            "SELECT code, merged_into FROM {kind} WHERE merged_into IS NOT NULL AND learned_at <= ?1
                AND (retired_at IS NULL OR retired_at > ?1) ORDER BY version"
        );
        let mut statement = eyes.connection().prepare_cached(&sql)?;
        let found = statement.query_map([known_at], |row| Ok((row.get(0)?, row.get(1)?)))?;
        let found: Vec<(String, String)> = found.collect::<Result<_, _>>()?;
        for (code, into) in found {
            if eyes.knows(kind, &code)? && eyes.knows(kind, &into)? {
                merges.note(kind, &code, Some(&into));
            }
        }
    }
    Ok(merges)
}

/// Puts into whole bodies what stands for what they name.
pub(super) fn redirect(rows: &mut [Stored], known_at: i64, eyes: &mut Eyes<'_>) -> StoreResult<()> {
    let merges = all_at(eyes, known_at)?;
    for row in rows.iter_mut().filter(|row| !row.withdrawn) {
        let body = merges.redirected(row.kind, &row.body);
        let body =
            body.map_err(|fault| StoreError::Corrupt(format!("{} {}: {fault}", row.kind, row.id)))?;
        row.body = body.unwrap_or(std::mem::take(&mut row.body));
    }
    Ok(())
}

/// The codes of a kind that were merged, or are not any more, since a place in the ledger.
pub(super) fn changed_since(
    connection: &Connection,
    kind: Kind,
    sequence: i64,
) -> StoreResult<Vec<String>> {
    if !kind.can_merge() {
        return Ok(Vec::new());
    }
    let sql = format!(
        "SELECT DISTINCT k.code FROM {kind} k LEFT JOIN {kind} before ON before.id = k.id AND before.retired_by = k.version
          WHERE k.version > ?1 AND k.merged_into IS NOT before.merged_into ORDER BY k.code"
    );
    let mut statement = connection.prepare_cached(&sql)?;
    let codes = statement.query_map([sequence], |row| row.get(0))?;
    Ok(codes.collect::<Result<_, _>>()?)
}
