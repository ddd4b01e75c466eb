//! What stands beside the ledger and rests on it: the entries of imports, the bytes of attached files.

use rusqlite::{Connection, OptionalExtension};
use serde_json::Value;

use super::super::ledger::hex;
use super::{Fault, first};
use crate::store::StoreResult;

/// The first fault among imports and attached files. Called where the chain is whole.
pub(super) fn first_fault(connection: &Connection) -> StoreResult<Option<Fault>> {
    let imports = first(stray_span(connection)?, foreign_entry(connection)?);
    Ok(first(imports, first(lost_file(connection)?, changed_file(connection)?)))
}

/// A span that runs into the next one, or beyond the end.
fn stray_span(connection: &Connection) -> StoreResult<Option<Fault>> {
    const STRAY: &str = "
        SELECT a.first_sequence FROM import_span a
         WHERE a.last_sequence > (SELECT max(sequence) FROM ledger)
            OR EXISTS (SELECT 1 FROM import_span b
                        WHERE b.first_sequence > a.first_sequence AND b.first_sequence <= a.last_sequence)
         ORDER BY 1 LIMIT 1";
    fault(connection, STRAY, "an import claims entries that are not its own")
}

/// A span with an entry of somebody else in it.
fn foreign_entry(connection: &Connection) -> StoreResult<Option<Fault>> {
    const FOREIGN: &str = "
        SELECT l.sequence FROM import_span s JOIN ledger own ON own.sequence = s.first_sequence
          JOIN ledger l ON l.sequence BETWEEN s.first_sequence AND s.last_sequence
         WHERE l.actor <> own.actor OR l.recorded_at <> own.recorded_at
         ORDER BY 1 LIMIT 1";
    fault(connection, FOREIGN, "an import claims an entry of somebody else")
}

/// An entry that attached a file which is not there, and was not purged.
fn lost_file(connection: &Connection) -> StoreResult<Option<Fault>> {
    const LOST: &str = "
        SELECT l.sequence FROM ledger l JOIN ledger_body b ON b.sequence = l.sequence
         WHERE l.action = 'attach' AND NOT EXISTS (SELECT 1 FROM attachment a WHERE a.sequence = l.sequence)
            OR l.action = 'detach' AND NOT EXISTS (SELECT 1 FROM attachment a WHERE a.withdrawn_by = l.sequence)
         ORDER BY 1 LIMIT 1";
    fault(connection, LOST, "the attached file is missing")
}

fn fault(connection: &Connection, sql: &str, how: &str) -> StoreResult<Option<Fault>> {
    let found = connection.prepare(sql)?.query_row([], |row| row.get(0)).optional()?;
    Ok(found.map(|sequence: i64| (sequence, how.to_owned())))
}

/// A file that is not what its entry says.
fn changed_file(connection: &Connection) -> StoreResult<Option<Fault>> {
    const FILES: &str = "
        SELECT a.sequence, a.kind, a.record, a.name, a.media_type, a.bytes, a.digest, l.kind AS entry_kind, l.id, l.action,
               b.body, c.content
          FROM attachment a JOIN ledger l ON l.sequence = a.sequence
          LEFT JOIN ledger_body b ON b.sequence = a.sequence
          LEFT JOIN attachment_content c ON c.attachment = a.id
         ORDER BY a.sequence";
    let mut statement = connection.prepare(FILES)?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let digest: [u8; 32] = row.get("digest")?;
        let text: Option<String> = row.get("body")?;
        let said: Value =
            text.and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default();
        let content: Option<Vec<u8>> = row.get("content")?;
        let is_same = content.is_some_and(|content| *blake3::hash(&content).as_bytes() == digest);
        let (name, media_type): (String, String) = (row.get("name")?, row.get("media_type")?);
        let bytes: i64 = row.get("bytes")?;
        let fits = said["blake3"].as_str() == Some(hex(&digest).as_str())
            && said["name"].as_str() == Some(name.as_str())
            && said["media_type"].as_str() == Some(media_type.as_str())
            && said["bytes"].as_i64() == Some(bytes)
            && row.get::<_, [u8; 16]>("record")? == row.get::<_, [u8; 16]>("id")?
            && row.get::<_, String>("kind")? == row.get::<_, String>("entry_kind")?
            && row.get::<_, String>("action")? == "attach";
        if !is_same || !fits {
            let how = "the attached file is not what the entry says".to_owned();
            return Ok(Some((row.get("sequence")?, how)));
        }
    }
    Ok(None)
}
