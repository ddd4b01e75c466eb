//! Lowerings in `SQLite`.

use std::sync::Arc;

use async_trait::async_trait;
use rusqlite::{OptionalExtension, Row, named_params};
use uuid::Uuid;

use super::sealed::{Eyes, level_of};
use super::{SqliteStore, change, instant, millis, record};
use crate::domain::{Clearance, FieldLevel};
use crate::store::lowering::{Decision, Lowering, LoweringStore};
use crate::store::{Cut, Reference, StoreError, StoreResult, Stored, Write, Written};

const INSERT: &str = "
    INSERT INTO lowering (id, kind, record_id, version, sensitivity, field_sensitivity, reason, proposed_by, proposed_at)
    VALUES (:id, :kind, :record_id, :version, :sensitivity, :field_sensitivity, :reason, :proposed_by, :proposed_at)";

const SELECT: &str = "
    SELECT id, kind, record_id, version, sensitivity, field_sensitivity, reason, proposed_by, proposed_at,
           decided_by, decided_at, decision FROM lowering";

const DECIDE: &str = "
    UPDATE lowering SET decided_by = :by, decided_at = :at, decision = :decision
     WHERE id = :id AND decision IS NULL AND proposed_by <> :by";

#[async_trait]
impl LoweringStore for SqliteStore {
    async fn propose_lowering(&self, lowering: Lowering) -> StoreResult<()> {
        self.write_in_turn(move |connection| {
            let fields = lowering.field_sensitivity.as_ref().map(|levels| {
                levels.iter().map(ToString::to_string).collect::<Vec<_>>().join(";")
            });
            connection.execute(
                INSERT,
                named_params! {
                    ":id": lowering.id.to_string(), ":kind": lowering.kind.as_str(),
                    ":record_id": lowering.record_id.as_bytes(), ":version": lowering.version,
                    ":sensitivity": lowering.sensitivity.map(|level| level as i64),
                    ":field_sensitivity": fields, ":reason": lowering.reason,
                    ":proposed_by": lowering.proposed_by, ":proposed_at": millis(lowering.proposed_at),
                },
            )?;
            Ok(())
        })
        .await
    }

    async fn lowerings(
        &self,
        limit: usize,
        cut: Cut,
        clearance: &Clearance,
    ) -> StoreResult<Vec<(Lowering, Stored)>> {
        let (clearance, gate) = (clearance.clone(), Arc::clone(&self.gate));
        self.read(move |connection| {
            let mut eyes = Eyes::new(connection, &gate, &clearance, cut.known_at);
            let sql = format!("{SELECT} ORDER BY decision IS NOT NULL, proposed_at DESC, id");
            let mut statement = connection.prepare_cached(&sql)?;
            let mut rows = statement.query([])?;
            let mut found = Vec::new();
            while found.len() < limit
                && let Some(row) = rows.next()?
            {
                let lowering = lowering_from_row(row)?;
                let id = Reference::Id(lowering.record_id);
                match record::one(connection, lowering.kind, &id, cut, &mut eyes) {
                    Ok(stored) if !stored.seen.is_part => found.push((lowering, stored)),
                    Ok(_) | Err(StoreError::NotFound { .. }) => {}
                    Err(fault) => return Err(fault),
                }
            }
            Ok(found)
        })
        .await
    }

    async fn lowering(&self, id: Uuid) -> StoreResult<Option<Lowering>> {
        self.read(move |connection| {
            connection
                .prepare_cached(&format!("{SELECT} WHERE id = :id"))?
                .query_row(named_params! { ":id": id.to_string() }, |row| {
                    Ok(lowering_from_row(row))
                })
                .optional()?
                .transpose()
        })
        .await
    }

    async fn decide_lowering(
        &self,
        id: Uuid,
        decision: Decision,
        write: Write,
    ) -> StoreResult<Option<Vec<Written>>> {
        self.must_be_sealed_alike()?;
        let gate = Arc::clone(&self.gate);
        self.write_in_turn(move |connection| {
            let decided = connection.execute(
                DECIDE,
                named_params! {
                    ":id": id.to_string(), ":by": write.actor, ":at": millis(write.recorded_at),
                    ":decision": decision.as_str(),
                },
            )?;
            if decided == 0 {
                return Ok(None);
            }
            change::write_all(connection, &gate, &write).map(Some)
        })
        .await
    }
}

fn lowering_from_row(row: &Row<'_>) -> StoreResult<Lowering> {
    let corrupt =
        |fault: &dyn std::fmt::Display| StoreError::Corrupt(format!("a lowering: {fault}"));
    let (id, kind): (String, String) = (row.get("id")?, row.get("kind")?);
    let record_id: [u8; 16] = row.get("record_id")?;
    let level: Option<i64> = row.get("sensitivity")?;
    let fields: Option<String> = row.get("field_sensitivity")?;
    let fields = fields.map(|text| {
        let levels = text.split(';').filter(|level| !level.is_empty());
        levels.map(str::parse).collect::<Result<Vec<FieldLevel>, _>>()
    });
    let decision: Option<String> = row.get("decision")?;
    let decided_at: Option<i64> = row.get("decided_at")?;
    Ok(Lowering {
        id: id.parse().map_err(|fault: uuid::Error| corrupt(&fault))?,
        kind: kind.parse().map_err(|fault: crate::domain::InvalidValue| corrupt(&fault))?,
        record_id: Uuid::from_bytes(record_id),
        version: row.get("version")?,
        sensitivity: level.map(level_of).transpose()?,
        field_sensitivity: fields.transpose().map_err(|fault| corrupt(&fault))?,
        reason: row.get("reason")?,
        proposed_by: row.get("proposed_by")?,
        proposed_at: instant(row.get("proposed_at")?)?,
        decided_by: row.get("decided_by")?,
        decided_at: decided_at.map(instant).transpose()?,
        decision: decision
            .map(|word| word.parse::<Decision>())
            .transpose()
            .map_err(|fault| corrupt(&fault))?,
    })
}
