//! An import as it is shown: in whole to who sent it and to who sees every level, to others without what cells held.

use serde_json::{Map, Value, json};

use super::super::State;
use super::super::auth::Reader;
use super::super::error::ApiError;
use crate::domain::Sensitivity;
use crate::exchange::import::by_fields;
use crate::store::{ImportState, KeptImport, StoreError};

/// What may tell what cells held.
const TELLING: [&str; 8] =
    ["received", "problems", "notes", "offers", "taken", "suggestions", "duplicates", "skipped"];

/// JSON as it is kept with an import.
pub(super) fn parsed(text: &str) -> Result<Value, ApiError> {
    serde_json::from_str(text).map_err(|fault| {
        let column = fault.column();
        let what = format!("an import on record cannot be read at character {column}");
        ApiError::Store(StoreError::Corrupt(what))
    })
}

/// An import for a reader who may know of it.
pub(super) fn shown(kept: &KeptImport, state: &State, reader: &Reader) -> Result<Value, ApiError> {
    let new = &kept.new;
    let progress = state.imports.progress(new.id);
    // One that was tried says so until it is in; while it is being committed it runs.
    let state_now = if progress.is_some() { ImportState::Running } else { kept.state };
    let mut report = parsed(&kept.report)?;
    let mut field = |name: &str| report.get_mut(name).map(Value::take);
    let list = |value: Option<Value>| value.unwrap_or_else(|| json!([]));
    let (files, tried) = (list(field("files")), field("tried"));
    let differs = tried.as_ref().map(|tried| *tried != files);
    let progress = progress.map(|progress| {
        json!({ "file": progress.file, "rows": progress.rows, "bytes": progress.bytes,
            "total_bytes": progress.total_bytes })
    });
    let undone = kept
        .undone
        .as_ref()
        .map(|(by, at, reason)| json!({ "by": by, "at": at, "reason": reason }));
    let mut shown = json!({
        "id": new.id, "state": state_now, "by": new.actor, "level": kept.level,
        "begun_at": new.begun_at, "ended_at": kept.ended_at, "kept_until": kept.kept_until,
        "asked": parsed(&new.asked)?, "received": parsed(&new.files)?, "files": files,
        "tried": tried, "differs": differs, "progress": progress, "undone": undone,
        "first_sequence": kept.spans.first().map(|span| span.0),
        "last_sequence": kept.spans.last().map(|span| span.1),
        "more": field("more").unwrap_or_else(|| json!(0)),
        "stopped": field("stopped").unwrap_or(Value::Bool(false)), "withheld": [],
    });
    for name in TELLING.into_iter().filter(|name| *name != "received") {
        shown[name] = list(field(name));
    }
    for list in ["problems", "notes"] {
        shown[list].as_array_mut().into_iter().flatten().for_each(for_forms);
    }
    let is_own = new.actor == reader.actor;
    if !is_own && reader.clearance.level < Sensitivity::StrictlyConfidential {
        withhold(&mut shown);
    }
    Ok(shown)
}

/// What is wrong, for who sends forms and knows no command line.
fn for_forms(problem: &mut Value) {
    if let Some(reason) = problem.get("reason").and_then(Value::as_str) {
        problem["reason"] = by_fields(reason).into();
    }
}

fn withhold(shown: &mut Value) {
    for name in TELLING {
        shown[name] = json!([]);
    }
    shown["progress"] = Value::Null;
    shown["withheld"] = json!(TELLING);
    // A file may be named after what is in it; its kind tells as much as others need.
    for list in ["files", "tried"] {
        let rows = shown[list].as_array_mut().into_iter().flatten();
        rows.filter_map(Value::as_object_mut).for_each(|row: &mut Map<String, Value>| {
            row.insert("file".to_owned(), Value::Null);
        });
    }
}
