//! Lowerings in `SQLite`.

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use rusqlite::{OptionalExtension, Row, named_params};
use uuid::Uuid;

use super::sealed::level_of;
use super::{SqliteStore, instant, millis};
use crate::domain::FieldLevel;
use crate::store::lowering::{Decision, Lowering, LoweringStore};
use crate::store::{StoreError, StoreResult};

const INSERT: &str = "
    INSERT INTO lowering (id, kind, record_id, sensitivity, field_sensitivity, reason, proposed_by, proposed_at)
    VALUES (:id, :kind, :record_id, :sensitivity, :field_sensitivity, :reason, :proposed_by, :proposed_at)";

const SELECT: &str = "
    SELECT id, kind, record_id, sensitivity, field_sensitivity, reason, proposed_by, proposed_at,
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
                    ":record_id": lowering.record_id.as_bytes(),
                    ":sensitivity": lowering.sensitivity.map(|level| level as i64),
                    ":field_sensitivity": fields, ":reason": lowering.reason,
                    ":proposed_by": lowering.proposed_by, ":proposed_at": millis(lowering.proposed_at),
                },
            )?;
            Ok(())
        })
        .await
    }

    async fn lowerings(&self, limit: usize) -> StoreResult<Vec<Lowering>> {
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        self.read(move |connection| {
            let sql = format!(
                "{SELECT} ORDER BY decision IS NOT NULL, proposed_at DESC, id LIMIT :limit"
            );
            let mut statement = connection.prepare_cached(&sql)?;
            let rows = statement
                .query_map(named_params! { ":limit": limit }, |row| Ok(lowering_from_row(row)))?;
            rows.map(|row| row?).collect()
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
        by: &str,
        at: DateTime<Utc>,
        decision: Decision,
    ) -> StoreResult<bool> {
        let by = by.to_owned();
        self.write_in_turn(move |connection| {
            let decided = connection.execute(
                DECIDE,
                named_params! {
                    ":id": id.to_string(), ":by": by, ":at": millis(at),
                    ":decision": decision.as_str(),
                },
            )?;
            Ok(decided == 1)
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
