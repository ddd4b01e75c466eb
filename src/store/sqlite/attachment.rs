//! Attached files in `SQLite`: bytes beside what is known of them, each attaching an entry of the ledger.

use std::sync::Arc;

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use rusqlite::{Connection, OptionalExtension, Row, named_params, params};
use serde_json::json;
use uuid::Uuid;

use super::ledger::{Link, Note, hex};
use super::sealed::{self, Eyes, SEALED};
use super::{SqliteStore, instant, record, uuid, word};
use crate::domain::{Clearance, Kind, Sensitivity};
use crate::store::{
    Action, Attachment, AttachmentStore, Detaching, NewAttachment, StoreError, StoreResult, Stored,
};

const INSERT: &str = "
    INSERT INTO attachment (id, kind, record, name, note, media_type, bytes, digest, sent_digest, sequence)
    VALUES (:id, :kind, :record, :name, :note, :media_type, :bytes, :digest, :sent_digest, :sequence)";

const INSERT_CONTENT: &str = "INSERT INTO attachment_content (attachment, content) VALUES (?1, ?2)";

const SELECT: &str = "
    SELECT a.id, a.kind, a.record, a.name, a.note, a.media_type, a.bytes, a.digest, a.sent_digest, a.sequence,
           l.actor, l.recorded_at, w.actor AS withdrawn_by, w.recorded_at AS withdrawn_at, b.reason
      FROM attachment a JOIN ledger l ON l.sequence = a.sequence
      LEFT JOIN ledger w ON w.sequence = a.withdrawn_by LEFT JOIN ledger_body b ON b.sequence = a.withdrawn_by";

const SELECT_CONTENT: &str = "SELECT content FROM attachment_content WHERE attachment = ?1";

const DETACH: &str = "UPDATE attachment SET withdrawn_by = ?2 WHERE id = ?1";

#[async_trait]
impl AttachmentStore for SqliteStore {
    async fn attach(
        &self,
        new: NewAttachment,
        clearance: &Clearance,
    ) -> StoreResult<(Attachment, bool)> {
        let (clearance, gate) = (clearance.clone(), Arc::clone(&self.gate));
        self.write_in_turn(move |connection| {
            let mut eyes = Eyes::new(connection, &gate, &clearance, new.recorded_at);
            let missing = || {
                let (kind, reference) = (new.kind, new.record.to_string());
                StoreError::NotFound { kind, reference }
            };
            let of = seen_whole(connection, new.kind, new.record, &mut eyes)?;
            let of = of.filter(|of| may_change(of, &clearance)).ok_or_else(missing)?;
            let digest = *blake3::hash(&new.content).as_bytes();
            if let Some(before) = same(connection, &new, &digest)? {
                return Ok((before, false));
            }
            attach(connection, &new, &of, &digest)?;
            let attached = one(connection, new.id)?.ok_or_else(missing)?;
            Ok((attached.0, true))
        })
        .await
    }

    async fn attachments(
        &self,
        kind: Kind,
        record: Uuid,
        clearance: &Clearance,
        at: DateTime<Utc>,
    ) -> StoreResult<Vec<Attachment>> {
        let (clearance, gate) = (clearance.clone(), Arc::clone(&self.gate));
        self.read(move |connection| {
            let mut eyes = Eyes::new(connection, &gate, &clearance, at);
            if seen_whole(connection, kind, record, &mut eyes)?.is_none() {
                return Err(StoreError::NotFound { kind, reference: record.to_string() });
            }
            let sql = format!("{SELECT} WHERE a.kind = ?1 AND a.record = ?2 ORDER BY a.sequence");
            let mut statement = connection.prepare_cached(&sql)?;
            let of = params![kind.as_str(), record.as_bytes()];
            let rows = statement.query_map(of, |row| Ok(attachment_from_row(row)))?;
            rows.map(|row| row?).collect()
        })
        .await
    }

    async fn attachment(
        &self,
        id: Uuid,
        clearance: &Clearance,
        at: DateTime<Utc>,
    ) -> StoreResult<Option<(Attachment, Stored)>> {
        let (clearance, gate) = (clearance.clone(), Arc::clone(&self.gate));
        self.read(move |connection| {
            let mut eyes = Eyes::new(connection, &gate, &clearance, at);
            seen(connection, id, &mut eyes)
        })
        .await
    }

    async fn attached_bytes(
        &self,
        id: Uuid,
        clearance: &Clearance,
        at: DateTime<Utc>,
    ) -> StoreResult<Option<Vec<u8>>> {
        let (clearance, gate) = (clearance.clone(), Arc::clone(&self.gate));
        self.read(move |connection| {
            let mut eyes = Eyes::new(connection, &gate, &clearance, at);
            let Some((attachment, _)) = seen(connection, id, &mut eyes)? else { return Ok(None) };
            let content: Vec<u8> = connection
                .prepare_cached(SELECT_CONTENT)?
                .query_row([id.as_bytes()], |row| row.get(0))?;
            if *blake3::hash(&content).as_bytes() == attachment.digest {
                return Ok(Some(content));
            }
            Err(StoreError::Corrupt(format!("the bytes of attachment {id} are not those attached")))
        })
        .await
    }

    async fn detach(&self, order: Detaching, clearance: &Clearance) -> StoreResult<bool> {
        let (clearance, gate) = (clearance.clone(), Arc::clone(&self.gate));
        self.write_in_turn(move |connection| {
            let mut eyes = Eyes::new(connection, &gate, &clearance, order.recorded_at);
            let found = seen(connection, order.id, &mut eyes)?;
            let Some((attachment, of)) = found.filter(|(_, of)| may_change(of, &clearance)) else {
                return Ok(false);
            };
            if attachment.withdrawn.is_none() {
                let who = (order.actor.as_str(), order.recorded_at);
                let reason = Some(order.reason.as_str());
                let body = json!({ "attachment": order.id }).to_string();
                let entry = enter(connection, Action::Detach, &of, who, (&body, reason))?;
                connection.prepare_cached(DETACH)?.execute(params![order.id.as_bytes(), entry])?;
            }
            Ok(true)
        })
        .await
    }
}

/// The record as it is now, where the reader sees all of it.
fn seen_whole(
    connection: &Connection,
    kind: Kind,
    id: Uuid,
    eyes: &mut Eyes<'_>,
) -> StoreResult<Option<Stored>> {
    let sql = format!(
        "SELECT {SEALED}, b.body AS body FROM {kind} k JOIN ledger_body b ON b.sequence = k.version
          WHERE k.id = ?1 AND k.retired_by IS NULL AND {}",
        sealed::may_see("k", "?2", "?3"),
    );
    let of = params![id.as_bytes(), eyes.level(), eyes.organisation()];
    let found = record::all(connection, kind, &sql, of, |raw| eyes.body(raw))?;
    Ok(found.into_iter().next().filter(|stored| !stored.seen.is_part))
}

/// A partner changes what belongs to it alone.
fn may_change(of: &Stored, clearance: &Clearance) -> bool {
    clearance.organisation.is_none() || clearance.owns(of.seen.owner.as_ref())
}

/// A file, where the reader sees all of its record.
fn seen(
    connection: &Connection,
    id: Uuid,
    eyes: &mut Eyes<'_>,
) -> StoreResult<Option<(Attachment, Stored)>> {
    let Some((attachment, kind, record)) = one(connection, id)? else { return Ok(None) };
    Ok(seen_whole(connection, kind, record, eyes)?.map(|of| (attachment, of)))
}

fn one(connection: &Connection, id: Uuid) -> StoreResult<Option<(Attachment, Kind, Uuid)>> {
    let found = connection
        .prepare_cached(&format!("{SELECT} WHERE a.id = ?1"))?
        .query_row([id.as_bytes()], |row| {
            let whole =
                || Ok((attachment_from_row(row)?, word(row, "kind")?, uuid(row, "record")?));
            Ok(whole())
        })
        .optional()?;
    found.transpose()
}

/// The same bytes with the same record.
fn same(
    connection: &Connection,
    new: &NewAttachment,
    digest: &[u8; 32],
) -> StoreResult<Option<Attachment>> {
    let sql = format!(
        "{SELECT} WHERE a.kind = ?1 AND a.record = ?2 AND a.digest = ?3 AND a.withdrawn_by IS NULL"
    );
    let of = params![new.kind.as_str(), new.record.as_bytes(), digest];
    let found = connection
        .prepare_cached(&sql)?
        .query_row(of, |row| Ok(attachment_from_row(row)))
        .optional()?;
    found.transpose()
}

/// Writes the entry, what is known of the file, and its bytes.
fn attach(
    connection: &Connection,
    new: &NewAttachment,
    of: &Stored,
    digest: &[u8; 32],
) -> StoreResult<()> {
    let body = json!({
        "attachment": new.id, "name": new.name, "note": new.note, "media_type": new.media_type,
        "bytes": new.content.len(), "blake3": hex(digest), "sent_blake3": hex(&new.sent_digest),
    });
    let who = (new.actor.as_str(), new.recorded_at);
    let sequence = enter(connection, Action::Attach, of, who, (&body.to_string(), None))?;
    connection.prepare_cached(INSERT)?.execute(named_params! {
        ":id": new.id.as_bytes(), ":kind": new.kind.as_str(), ":record": new.record.as_bytes(),
        ":name": new.name, ":note": new.note, ":media_type": new.media_type,
        ":bytes": i64::try_from(new.content.len()).unwrap_or(i64::MAX), ":digest": digest,
        ":sent_digest": new.sent_digest, ":sequence": sequence,
    })?;
    connection.prepare_cached(INSERT_CONTENT)?.execute(params![new.id.as_bytes(), new.content])?;
    Ok(())
}

/// Writes an entry about a record of which no version comes.
fn enter(
    connection: &Connection,
    action: Action,
    of: &Stored,
    (actor, recorded_at): (&str, DateTime<Utc>),
    (body, reason): (&str, Option<&str>),
) -> StoreResult<i64> {
    let level = of.seen.level.unwrap_or(Sensitivity::StrictlyConfidential);
    let note = Note {
        recorded_at,
        learned_at: recorded_at,
        actor,
        action,
        kind: of.kind,
        id: of.id,
        code: &of.code,
        sensitivity: level as i64,
        body,
        reason,
    };
    Ok(Link::last(connection)?.note(connection, &note)?.sequence)
}

/// Destroys the files of a record that is purged, and what the ledger says of them.
pub(super) fn purge(connection: &Connection, kind: Kind, id: &[u8; 16]) -> StoreResult<()> {
    const OF: &str = "SELECT id FROM attachment WHERE kind = ?1 AND record = ?2";
    const ENTRIES: &str = "
        SELECT sequence FROM attachment WHERE kind = ?1 AND record = ?2
        UNION SELECT withdrawn_by FROM attachment WHERE kind = ?1 AND record = ?2 AND withdrawn_by IS NOT NULL";
    for sql in [
        format!("DELETE FROM attachment_content WHERE attachment IN ({OF})"),
        format!("DELETE FROM ledger_body WHERE sequence IN ({ENTRIES})"),
        "DELETE FROM attachment WHERE kind = ?1 AND record = ?2".to_owned(),
    ] {
        connection.prepare_cached(&sql)?.execute(params![kind.as_str(), id])?;
    }
    Ok(())
}

fn attachment_from_row(row: &Row<'_>) -> StoreResult<Attachment> {
    let bytes: i64 = row.get("bytes")?;
    let withdrawn_by: Option<String> = row.get("withdrawn_by")?;
    let withdrawn = match withdrawn_by {
        None => None,
        Some(by) => {
            let reason: Option<String> = row.get("reason")?;
            Some((by, instant(row.get("withdrawn_at")?)?, reason.unwrap_or_default()))
        }
    };
    Ok(Attachment {
        id: uuid(row, "id")?,
        name: row.get("name")?,
        note: row.get("note")?,
        media_type: row.get("media_type")?,
        bytes: bytes.unsigned_abs(),
        digest: row.get("digest")?,
        sent_digest: row.get("sent_digest")?,
        sequence: row.get("sequence")?,
        attached: (row.get("actor")?, instant(row.get("recorded_at")?)?),
        withdrawn,
    })
}
