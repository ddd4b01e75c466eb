//! What the gate keeps beside a version: does it withhold at least what the body and the rules ask for?
//!
//! The bounds are one-sided where the gate raises over time: who hides more than must be leaks nothing.

use std::collections::HashMap;

use rusqlite::Connection;
use rusqlite::types::Value as Sql;

use super::super::millis;
use super::Fault;
use super::end::Version;
use super::first;
use super::row::KindRow;
use crate::disclose::{Gate, Seal};
use crate::domain::{Draft, Kind, Place, Sensitivity};
use crate::store::StoreResult;

/// What the body of a version asks for, where later versions decide with it.
pub(super) struct OwnSeal {
    place_from: i64,
    embargo_until: Option<i64>,
}

/// What a row says, where other versions decide with it.
#[derive(Clone, Default)]
pub(super) struct RowSeal {
    level: i64,
    seen_from: i64,
    place_from: i64,
    embargo_until: Option<i64>,
    owner: Option<Box<str>>,
}

impl RowSeal {
    pub(super) fn of(row: &KindRow) -> Self {
        let number = |column| row.number(column).unwrap_or(-1);
        let owner = if let Sql::Text(owner) = row.value("owner") { Some(owner) } else { None };
        Self {
            level: number("sensitivity"),
            seen_from: number("seen_from"),
            place_from: number("place_from"),
            embargo_until: row.number("embargo_until"),
            owner: owner.map(|owner| owner.as_str().into()),
        }
    }
}

impl OwnSeal {
    /// Seals the body anew and compares what follows from it alone.
    pub(super) fn check(
        gate: &Gate,
        draft: &Draft,
        level: i64,
        row: &KindRow,
    ) -> Result<Self, String> {
        let kind = draft.kind;
        let level = usize::try_from(level).ok().and_then(|at| Sensitivity::ALL.get(at).copied());
        let seal = gate.seal(kind, &draft.body, draft.place, level);
        let at_least = |column, least: Sensitivity| {
            row.number(column).is_some_and(|number| number >= least as i64)
        };
        let wrong = [
            ("whole_from", !at_least("whole_from", seal.whole_level)),
            ("small", row.number("small") != Some(seal.small as i64)),
            ("masked_lon, masked_lat", !is_masked(gate, &seal, draft.place, row)),
        ];
        if let Some((column, _)) = wrong.iter().find(|(_, is_wrong)| *is_wrong) {
            return Err(format!("the {kind} is not what the gate makes of its body: {column}"));
        }
        let embargo_until = seal.embargo_until.map(millis);
        Ok(Self { place_from: seal.place_level as i64, embargo_until })
    }
}

/// A masked position is there where a position is. It need not be that of this version: a small correction keeps the
/// one before; but it is the middle of a cell near by, and so tells no more than a cell.
fn is_masked(gate: &Gate, seal: &Seal, place: Option<Place>, row: &KindRow) -> bool {
    let Some(place) = place else {
        return ["masked_lon", "masked_lat"].iter().all(|column| *row.value(column) == Sql::Null);
    };
    let (Sql::Real(lon), Sql::Real(lat)) = (row.value("masked_lon"), row.value("masked_lat"))
    else {
        return false;
    };
    let Ok(masked) = Place::new(*lon, *lat) else { return false };
    seal.masked_place == Some(masked)
        || gate.is_masked(masked) && masked.distance_km(place) <= gate.rules().mask_km
}

/// The first version of a record that is seen by more than it and the versions after it allow.
pub(super) fn of_record(
    kind: Kind,
    versions: &[&Version],
    seals: &HashMap<i64, OwnSeal>,
) -> Option<Fault> {
    let (mut level, mut place_from, mut found) = (0, 0, None);
    let newest = versions.last().and_then(|last| seals.get(&last.sequence));
    let owner = versions.first().and_then(|first| first.sealed.owner.as_deref());
    for version in versions.iter().rev().filter(|version| version.has_row) {
        let row = &version.sealed;
        level = row.level.max(level);
        place_from = seals.get(&version.sequence).map_or(0, |own| own.place_from).max(place_from);
        let wrong = [
            ("seen_from", row.seen_from < level),
            ("place_from", row.place_from < place_from),
            (
                "embargo_until",
                newest.is_some_and(|newest| row.embargo_until != newest.embargo_until),
            ),
            ("owner", row.owner.as_deref() != owner),
        ];
        if let Some((column, _)) = wrong.iter().find(|(_, is_wrong)| *is_wrong) {
            let how = format!("the {kind} is not what its versions ask of the gate: {column}");
            found = first(found, Some((version.sequence, how)));
        }
    }
    found
}

/// The first version that is seen by who may not know of a record that it is about.
pub(super) fn seen_too_early(connection: &Connection) -> StoreResult<Option<Fault>> {
    let mut found = None;
    for kind in Kind::ALL {
        for about in kind.is_about() {
            let sql = format!(
                "SELECT min(k.version) FROM {about} t
                   JOIN mention m ON m.target_kind = '{about}' AND m.target_code = t.code AND m.kind = '{kind}'
                   JOIN {kind} k ON k.version = m.version AND k.seen_from < t.sensitivity
                  WHERE t.retired_by IS NULL AND t.sensitivity > (SELECT min(seen_from) FROM {kind})"
            );
            let early: Option<i64> = connection.query_row(&sql, [], |row| row.get(0))?;
            let how =
                || format!("the {kind} is seen by who may not know of the {about} it is about");
            found = first(found, early.map(|early| (early, how())));
        }
    }
    Ok(found)
}

/// The first purge of which it is no longer known, or known by more than could see the record, what was purged.
pub(super) fn purged_too_open(connection: &Connection) -> StoreResult<Option<Fault>> {
    const OPEN: &str = "
        SELECT min(l.sequence) FROM ledger l JOIN ledger_body b ON b.sequence = l.sequence
          LEFT JOIN purged p ON p.sequence = l.sequence AND p.kind = l.kind AND p.id = l.id AND p.level = b.sensitivity
         WHERE l.action = 'purge' AND p.sequence IS NULL";
    let open: Option<i64> = connection.query_row(OPEN, [], |row| row.get(0))?;
    Ok(open.map(|at| (at, "what was purged is not what its entry says: purged".to_owned())))
}
