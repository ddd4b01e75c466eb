//! Imports over HTTP: sent as files, tried or committed, followed while they run.

mod shown;
mod undo;

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use actix_web::{HttpRequest, HttpResponse, web};
use chrono::DateTime;
use serde_json::{Value, json};
use uuid::Uuid;

use self::shown::shown;
pub(super) use self::undo::undo;
use super::auth::{self, Reader};
use super::error::ApiError;
use super::extract::{Page, Wanted};
use super::params::Params;
use super::upload::{self, Form, Spool};
use super::{State, computed};
use crate::clock;
use crate::disclose::policy::Operation;
use crate::domain::{Kind, Problems};
use crate::exchange::extract::service;
use crate::exchange::import::{Options, flag};
use crate::jobs::import::{self as job, Running};
use crate::store::{ImportQuery, ImportReader, ImportState, KeptImport, NewImport, StoreError};

/// What has doors and deciders of its own is posted there.
const BARRED: &[Kind] = &[Kind::Plan, Kind::Recipient, Kind::Schedule, Kind::Silence];

/// `POST /api/v1/imports`: files, and how they are to be read.
pub(super) async fn create(
    request: HttpRequest,
    state: web::Data<State>,
    reader: Reader,
    payload: web::Payload,
) -> Result<HttpResponse, ApiError> {
    let id = clock::new_id();
    let spool = Spool::make(job::folder(&state.app.data, id)).await?;
    let most = state.app.settings.upload.import_bytes;
    let mut form = upload::receive(&request, payload, spool.path(), most).await?;
    let options = asked(&mut form, &reader)?;
    let new = on_record(id, &request, &state, &reader, &form, &options)?;
    if let Some(before) = state.app.store.begin_import(new).await? {
        return created(&request, &state, &reader, &before);
    }
    spool.keep();
    // Nobody else knows its id.
    let running = state.imports.take(id).ok_or(StoreError::Busy)?;
    finished(&state, running, options).await?;
    let kept = found(&state, &reader, &id.to_string()).await?;
    created(&request, &state, &reader, &kept)
}

/// What a form asks for; all that is wrong with it is said at once.
fn asked(form: &mut Form, reader: &Reader) -> Result<Options, ApiError> {
    let mut problems = std::mem::take(&mut form.problems);
    let dry_run = form.fields.remove("dry_run").map_or(Ok(false), |word| flag(&word));
    let dry_run = dry_run.map_err(|why| problems.add_field("dry_run", why)).unwrap_or_default();
    match options(&form.fields, reader, dry_run) {
        Err(ApiError::Invalid(others)) => problems.0.extend(others.0),
        Ok(options) if problems.is_empty() => return Ok(options),
        Err(fault) => return Err(fault),
        Ok(_) => {}
    }
    Err(ApiError::Invalid(problems))
}

fn options(
    fields: &BTreeMap<String, String>,
    reader: &Reader,
    dry_run: bool,
) -> Result<Options, ApiError> {
    let usual = Options {
        dry_run,
        clearance: reader.clearance.clone(),
        owner: reader.organisation.clone(),
        barred: BARRED,
        ..Options::by(reader.actor.clone())
    };
    let options = usual.asking(fields).map_err(ApiError::Invalid)?;
    if options.as_reported {
        reader.needs(Operation::ImportAsReported)?;
    }
    Ok(options)
}

/// The import as it begins. The same files and fields under the same key are the same request.
fn on_record(
    id: Uuid,
    request: &HttpRequest,
    state: &State,
    reader: &Reader,
    form: &Form,
    options: &Options,
) -> Result<NewImport, ApiError> {
    let mut fields: BTreeMap<&str, String> = options.asked();
    if options.dry_run {
        fields.insert("dry_run", "true".to_owned());
    }
    let files: Vec<Value> = form
        .files
        .iter()
        .map(|file| json!({ "file": file.name, "bytes": file.bytes, "blake3": file.digest.to_hex().as_str() }))
        .collect();
    let (asked, files) = (json!(fields).to_string(), json!(files).to_string());
    Ok(NewImport {
        id,
        actor: reader.actor.clone(),
        idempotency: auth::idempotency(request, format!("{asked}\n{files}").as_bytes())?,
        begun_at: state.app.clock.recorded_at(),
        asked,
        files,
    })
}

/// Runs an import and waits for a while; it goes on by itself.
async fn finished(state: &State, running: Running, options: Options) -> Result<(), ApiError> {
    let work = actix_web::rt::spawn(job::run(Arc::clone(&state.app), running, options));
    let patience = Duration::from_secs(state.app.settings.upload.wait_seconds);
    match tokio::time::timeout(patience, work).await {
        Ok(Ok(done)) => Ok(done?),
        Ok(Err(_broke_off)) => Err(ApiError::BrokeOff("an import broke off".into())),
        Err(_it_runs) => Ok(()),
    }
}

/// The answer to who sent files.
fn created(
    request: &HttpRequest,
    state: &State,
    reader: &Reader,
    kept: &KeptImport,
) -> Result<HttpResponse, ApiError> {
    let whole = shown(kept, state, reader)?;
    let mut response = match kept.state {
        ImportState::Running => HttpResponse::Accepted(),
        ImportState::Refused if whole["asked"]["dry_run"].is_null() => {
            return Err(refused(whole));
        }
        _ => HttpResponse::Created(),
    };
    let here = format!("{}/{}", request.path(), kept.new.id);
    Ok(response.insert_header(("Location", here)).json(whole))
}

fn refused(whole: Value) -> ApiError {
    ApiError::ImportRefused(Box::new(whole))
}

fn import_reader(reader: &Reader) -> ImportReader {
    ImportReader { actor: reader.actor.clone(), level: reader.clearance.level }
}

async fn found(state: &State, reader: &Reader, id: &str) -> Result<KeptImport, ApiError> {
    let none = || ApiError::NoPath(format!("import {id}"));
    let parsed: Uuid = id.parse().map_err(|_no_id| none())?;
    let kept = state.app.store.kept_import(parsed, &import_reader(reader)).await?;
    kept.ok_or_else(none)
}

/// `GET /api/v1/imports/{id}`: how far it is, and what came of it; with `.csv`, `.xlsx` or
/// `.parquet` behind the id what is wrong, once that is known.
pub(super) async fn get(
    request: HttpRequest,
    state: web::Data<State>,
    reader: Reader,
    path: web::Path<String>,
) -> Result<HttpResponse, ApiError> {
    let mut params = Params::of(&request)?;
    let wanted = Wanted::of_list(&request, &mut params, &reader, &service::PROBLEMS_OF_ONE)?;
    params.finish()?;
    let ending = format!(".{}", wanted.form_or(""));
    let id = path.strip_suffix(&ending).unwrap_or(&path);
    let kept = found(&state, &reader, id).await?;
    let mut told = shown(&kept, &state, &reader)?;
    let mut total = None;
    if wanted.is_file() {
        if told["state"] == json!(ImportState::Running) {
            return Err(ApiError::StillRuns);
        }
        let more = told["more"].as_u64().unwrap_or(0);
        told = service::problems_of(&told);
        total = told["data"].as_array().map(|rows| rows.len() as u64 + more);
    }
    wanted.give_page(&request, &state, &reader, Page::of_now(&state, told, None, total)).await
}

/// `GET /api/v1/imports?state=&limit=&cursor=`: the latest first.
pub(super) async fn list(
    request: HttpRequest,
    state: web::Data<State>,
    reader: Reader,
) -> Result<HttpResponse, ApiError> {
    let mut params = Params::of(&request)?;
    let wanted = Wanted::of_list(&request, &mut params, &reader, &service::IMPORTS)?;
    let limit = wanted.rows(&mut params);
    let mut query = ImportQuery { state: params.parsed("state"), after: None, limit };
    if let Some(cursor) = params.text("cursor") {
        query.after = cursor.split_once('.').and_then(|(at, id)| {
            Some((DateTime::from_timestamp_millis(at.parse().ok()?)?, id.parse().ok()?))
        });
        if query.after.is_none() {
            params.wrong("cursor", "is not a cursor of this list; begin without one");
        }
    }
    params.finish()?;
    let (kept, total) = state.app.store.kept_imports(query, &import_reader(&reader)).await?;
    let last = kept.last().filter(|_| kept.len() == limit).map(|last| &last.new);
    let next =
        last.map(|last| format!("{}.{}", last.begun_at.timestamp_millis(), last.id.simple()));
    let rows = kept.iter().map(|kept| shown(kept, &state, &reader));
    let rows = rows.collect::<Result<Vec<Value>, ApiError>>()?;
    let answer = json!({ "data": rows, "next": next, "total": total });
    let next = next.map(|next| ("cursor", next));
    let page = Page::of_now(&state, answer, next, Some(total));
    wanted.give_page(&request, &state, &reader, page).await
}

/// `POST /api/v1/imports/{id}/commit`: imports just what was tried. Twice does no more than once.
pub(super) async fn commit(
    request: HttpRequest,
    state: web::Data<State>,
    reader: Reader,
    id: web::Path<String>,
) -> Result<HttpResponse, ApiError> {
    Params::of(&request)?.finish()?;
    let kept = found(&state, &reader, &id).await?;
    let Some(running) = state.imports.take(kept.new.id) else {
        return Ok(HttpResponse::Accepted().json(shown(&kept, &state, &reader)?));
    };
    // Once more, as it may have come to its end just before.
    let kept = found(&state, &reader, &id).await?;
    match kept.state {
        ImportState::Tried => {}
        ImportState::Committed => {
            drop(running);
            return Ok(HttpResponse::Ok().json(shown(&kept, &state, &reader)?));
        }
        other => return Err(ApiError::NotTried(other)),
    }
    let mut fields: BTreeMap<String, String> =
        serde_json::from_str(&kept.new.asked).map_err(ApiError::unwritable)?;
    fields.remove("dry_run");
    let options = options(&fields, &reader, false)?;
    let files = shown::parsed(&kept.new.files)?;
    let folder = job::folder(&state.app.data, kept.new.id);
    if !computed(move || job::is_whole(&folder, &files)).await? {
        let wrong = "the files that were tried are not whole any more: send them again";
        return Err(ApiError::Invalid(Problems(vec![crate::domain::Problem {
            pointer: "/file".to_owned(),
            detail: wrong.to_owned(),
        }])));
    }
    finished(&state, running, options).await?;
    let kept = found(&state, &reader, &id).await?;
    let whole = shown(&kept, &state, &reader)?;
    match kept.state {
        ImportState::Refused => Err(refused(whole)),
        ImportState::Committed => Ok(HttpResponse::Ok().json(whole)),
        _ => Ok(HttpResponse::Accepted().json(whole)),
    }
}
