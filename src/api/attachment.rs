//! Files attached to records over HTTP: seen by those who see the record whole, given away as files and never as pages.

use actix_web::{HttpRequest, HttpResponse, web};
use serde_json::{Value, json};
use uuid::Uuid;

use super::auth::{self, Reader};
use super::error::ApiError;
use super::extract::{Page, Wanted};
use super::params::Params;
use super::upload::{self, Form, Spool};
use super::{State, body, computed, export, record};
use crate::clock;
use crate::domain::{Kind, Problems};
use crate::exchange::attached;
use crate::exchange::extract::service;
use crate::jobs::import;
use crate::store::{Attachment, Cut, Detaching, NewAttachment, Reference, Stored};

/// How many files one record may have, withdrawn ones too.
const MOST: usize = 100;

/// The longest note, characters.
const LONGEST_NOTE: usize = 2_000;

/// Beside what every answer says: whatever is opened in a browser may do nothing.
const POLICY: &str = "default-src 'none'; sandbox; frame-ancestors 'none'";

/// `POST /api/v1/{kinds}/{ref}/attachments`: one file, with a name and a note. The same bytes twice are one file.
pub(super) async fn create(
    kind: Kind,
    request: HttpRequest,
    state: web::Data<State>,
    reader: Reader,
    reference: web::Path<String>,
    payload: web::Payload,
) -> Result<HttpResponse, ApiError> {
    Params::of(&request)?.finish()?;
    let of = record::changeable(kind, &state, &reader, &reference).await?;
    if of.withdrawn {
        return Err(ApiError::Withdrawn(format!("{kind} {}", of.code)));
    }
    let at = auth::known_by(&state);
    let there = state.app.store.attachments(kind, of.id, &reader.clearance, at).await?;
    let id = clock::new_id();
    let spool = Spool::make(import::folder(&state.app.data, id)).await?;
    let most = state.app.settings.upload.attachment_bytes;
    let form = upload::receive(&request, payload, spool.path(), most).await?;
    let new = taken(id, &of, &state, &reader, form, &spool, there.len() >= MOST).await?;
    let (attachment, is_new) = state.app.store.attach(new, &reader.clearance).await?;
    let mut response = if is_new { HttpResponse::Created() } else { HttpResponse::Ok() };
    let here = format!("/api/v1/attachments/{}", attachment.id);
    Ok(response.insert_header(("Location", here)).json(shown(&attachment, &of)))
}

/// The file that a form holds; all that is wrong with it is said at once.
async fn taken(
    id: Uuid,
    of: &Stored,
    state: &State,
    reader: &Reader,
    mut form: Form,
    spool: &Spool,
    is_full: bool,
) -> Result<NewAttachment, ApiError> {
    let mut problems = std::mem::take(&mut form.problems);
    let note = form.fields.remove("note");
    if note.as_ref().is_some_and(|note| note.chars().count() > LONGEST_NOTE) {
        problems.add_field("note", format!("must have at most {LONGEST_NOTE} characters"));
    }
    let named = form.fields.remove("name").map(|name| upload::safe_name(&name));
    let named = named.transpose().map_err(|why| problems.add_field("name", why)).unwrap_or(None);
    for name in form.fields.keys() {
        problems.add_field(name, "is no field of an attachment; known are file, name, note");
    }
    if form.files.len() > 1 {
        problems.add_field("file", "must be one file");
    }
    if is_full {
        problems.add_field("file", format!("this record has {MOST} files, which is the most"));
    }
    let Some(file) = form.files.pop().filter(|_| problems.is_empty()) else {
        return Err(ApiError::Invalid(problems));
    };
    let (path, name) = (spool.path().join(&file.name), named.unwrap_or(file.name));
    let look = {
        let name = name.clone();
        move || std::fs::read(path).map(|content| attached::kept(&name, content))
    };
    let looked = computed(look).await?.map_err(upload::unwritten)?;
    let kept = looked.map_err(|why| {
        let mut problems = Problems::default();
        problems.add_field("file", why);
        ApiError::Invalid(problems)
    })?;
    Ok(NewAttachment {
        id,
        kind: of.kind,
        record: of.id,
        name,
        note,
        media_type: kept.media_type.to_owned(),
        content: kept.content,
        sent_digest: *file.digest.as_bytes(),
        actor: reader.actor.clone(),
        recorded_at: state.app.clock.recorded_at(),
    })
}

/// `GET /api/v1/{kinds}/{ref}/attachments`: what is attached, the first one first.
pub(super) async fn list(
    kind: Kind,
    request: HttpRequest,
    state: web::Data<State>,
    reader: Reader,
    reference: web::Path<String>,
) -> Result<HttpResponse, ApiError> {
    let mut params = Params::of(&request)?;
    let wanted = Wanted::of_list(&request, &mut params, &reader, &service::ATTACHMENTS)?;
    params.finish()?;
    let at = auth::known_by(&state);
    let (reference, cut) = (Reference::parse(&reference), Cut { as_of: None, known_at: at });
    let of = state.app.store.record(kind, &reference, cut, &reader.clearance).await?;
    // Files tell what fields do not: who sees the record in part is told that there may be some. A table without rows
    // would say that there are none.
    if of.seen.is_part && wanted.is_file() {
        return Err(ApiError::FilesHidden);
    }
    let rows: Vec<Value> = if of.seen.is_part {
        Vec::new()
    } else {
        let found = state.app.store.attachments(kind, of.id, &reader.clearance, at).await?;
        found.iter().map(|attachment| shown(attachment, &of)).collect()
    };
    let total = rows.len();
    let answer = json!({ "data": rows, "total": total, "withheld": of.seen.is_part });
    wanted.give_page(&request, &state, &reader, Page::of_one(at, answer, total)).await
}

/// `GET /api/v1/attachments/{id}`: the bytes.
pub(super) async fn get(
    request: HttpRequest,
    state: web::Data<State>,
    reader: Reader,
    id: web::Path<String>,
) -> Result<HttpResponse, ApiError> {
    Params::of(&request)?.finish()?;
    let (attachment, of) = found(&state, &reader, &id).await?;
    if let Some((by, at, reason)) = &attachment.withdrawn {
        let day = at.format("%Y-%m-%d");
        let why = format!("this file was withdrawn on {day} by {by}, because: {reason}");
        return Err(ApiError::Detached(why));
    }
    let tag = format!("\"{}\"", hex(&attachment.digest));
    export::note(&state, &reader, of.kind, "attachment", [&of]).await?;
    if body::matches(&request, "If-None-Match", &tag) {
        return Ok(HttpResponse::NotModified().insert_header(("ETag", tag)).finish());
    }
    let at = auth::known_by(&state);
    let content = state.app.store.attached_bytes(attachment.id, &reader.clearance, at).await?;
    let content = content.ok_or_else(|| none(&id))?;
    Ok(HttpResponse::Ok()
        .insert_header(("Content-Type", attachment.media_type.as_str()))
        .insert_header(("Content-Disposition", disposition(&attachment.name)))
        .insert_header(("Content-Security-Policy", POLICY))
        .insert_header(("ETag", tag))
        .body(content))
}

/// `POST /api/v1/attachments/{id}/withdraw {reason}`: given to nobody any more. Twice does no more than once.
pub(super) async fn withdraw(
    request: HttpRequest,
    state: web::Data<State>,
    reader: Reader,
    id: web::Path<String>,
    sent: web::Bytes,
) -> Result<HttpResponse, ApiError> {
    Params::of(&request)?.finish()?;
    let reason = record::reason(&request, &sent)?;
    let (attachment, of) = found(&state, &reader, &id).await?;
    reader.changes(of.seen.owner.as_ref())?;
    let order = Detaching {
        id: attachment.id,
        actor: reader.actor.clone(),
        reason,
        recorded_at: state.app.clock.recorded_at(),
    };
    if !state.app.store.detach(order, &reader.clearance).await? {
        return Err(none(&id));
    }
    let (attachment, of) = found(&state, &reader, &id).await?;
    Ok(HttpResponse::Ok().json(shown(&attachment, &of)))
}

async fn found(state: &State, reader: &Reader, id: &str) -> Result<(Attachment, Stored), ApiError> {
    let parsed: Uuid = id.parse().map_err(|_no_id| none(id))?;
    let at = auth::known_by(state);
    let found = state.app.store.attachment(parsed, &reader.clearance, at).await?;
    found.ok_or_else(|| none(id))
}

fn none(id: &str) -> ApiError {
    ApiError::NoPath(format!("attachment {id}"))
}

fn hex(digest: &[u8; 32]) -> String {
    blake3::Hash::from_bytes(*digest).to_hex().to_string()
}

fn shown(attachment: &Attachment, of: &Stored) -> Value {
    let (attached_by, attached_at) = &attachment.attached;
    let withdrawn = attachment
        .withdrawn
        .as_ref()
        .map(|(by, at, reason)| json!({ "by": by, "at": at, "reason": reason }));
    json!({
        "id": attachment.id, "kind": of.kind, "record": of.code, "name": attachment.name,
        "note": attachment.note, "media_type": attachment.media_type, "bytes": attachment.bytes,
        "blake3": hex(&attachment.digest), "sent_blake3": hex(&attachment.sent_digest),
        "attached_by": attached_by, "attached_at": attached_at, "withdrawn": withdrawn,
    })
}

/// To be kept as a file under this name; in plain letters for programs that know no others (RFC 6266).
fn disposition(name: &str) -> String {
    use std::fmt::Write;
    let is_plain = |letter: char| letter.is_ascii_alphanumeric() || "-_.".contains(letter);
    let plain: String =
        name.chars().map(|letter| if is_plain(letter) { letter } else { '_' }).collect();
    let whole = name.bytes().fold(String::new(), |mut text, byte| {
        // Writing to a string cannot fail.
        let _ = match char::from(byte) {
            letter if is_plain(letter) => write!(text, "{letter}"),
            _ => write!(text, "%{byte:02X}"),
        };
        text
    });
    format!("attachment; filename=\"{plain}\"; filename*=UTF-8''{whole}")
}
