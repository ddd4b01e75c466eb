//! Parts that are added to a record by themselves: events, accounts, answers, violations.

use actix_web::{HttpRequest, HttpResponse, web};
use serde_json::Value;

use super::auth::Reader;
use super::error::ApiError;
use super::record::{answered_before, changeable, read_json, require_match, revise, shown_as};
use super::{State, body};
use crate::domain::{Kind, Problem, Problems, draft};
use crate::store::{Action, StoreError, Stored};

/// `POST /api/v1/{kinds}/{ref}/{parts}`: adds a part at the end of a list inside the record.
pub(super) async fn append(
    kind: Kind,
    field: &'static str,
    request: HttpRequest,
    state: web::Data<State>,
    reader: Reader,
    reference: web::Path<String>,
    sent: web::Bytes,
) -> Result<HttpResponse, ApiError> {
    /// How often it is tried again when somebody else changed the record in between.
    const TRIES: usize = 20;
    let part = read_json(&request, &sent)?;
    // Whoever names the version they saw adds to that one alone.
    let is_bound = request.headers().contains_key("If-Match");
    let mut tries = 0;
    loop {
        let current = changeable(kind, &state, &reader, &reference).await?;
        if is_bound && let Err(fault) = require_match(&request, kind, &current) {
            return again(kind, fault, (&request, &state, &reader), &sent).await;
        }
        let mut fields = body::parsed(&current)?;
        let place = add_part(&mut fields, field, part.clone());
        // What was confirmed is not what is there from now on.
        if let Some(fields) = fields.as_object_mut() {
            fields.remove("confirmed");
        }
        if let Err(fault) = can_grow(&current, field, &fields, place) {
            return again(kind, fault, (&request, &state, &reader), &sent).await;
        }
        let draft = draft(kind, &fields).map_err(|problems| in_part(problems, field, place))?;
        let done =
            revise(&request, &state, &reader, &current, draft, Action::Revise, None, &sent).await;
        tries += 1;
        match done {
            // Where a version was named, the next turn says that it is no longer the newest.
            Err(ApiError::Store(StoreError::Stale { .. })) if tries < TRIES => {}
            // Who named no version cannot mend a stale one, but can come again.
            Err(ApiError::Store(StoreError::Stale { .. })) => return Err(StoreError::Busy.into()),
            Err(ApiError::Invalid(problems)) => return Err(in_part(problems, field, place)),
            Ok(stored) => return shown_as(&mut HttpResponse::Created(), &stored),
            Err(fault) => return Err(fault),
        }
    }
}

/// What cannot be done now may be so because this very request has done it before: it is answered as it was then.
async fn again(
    kind: Kind,
    fault: ApiError,
    (request, state, reader): (&HttpRequest, &State, &Reader),
    sent: &web::Bytes,
) -> Result<HttpResponse, ApiError> {
    let before = answered_before(kind, request, state, reader, sent).await?;
    let answer = |stored: Stored| shown_as(&mut HttpResponse::Created(), &stored);
    before.map_or(Err(fault), answer)
}

/// Was the record not taken back, and is the new part, if it is a move, a possible one?
fn can_grow(current: &Stored, field: &str, fields: &Value, place: usize) -> Result<(), ApiError> {
    if current.withdrawn {
        return Err(ApiError::Withdrawn(format!("{} {}", current.kind, current.code)));
    }
    super::convoy::possible_move(current.kind, field, fields, place)
}

/// Puts a part at the end and gives its place.
fn add_part(fields: &mut Value, field: &str, part: Value) -> usize {
    if !fields[field].is_array() {
        fields[field] = Value::Array(Vec::new());
    }
    let list = fields[field].as_array_mut();
    list.map_or(0, |list| {
        list.push(part);
        list.len() - 1
    })
}

/// Problems inside the new part are pointed at from the part.
fn in_part(problems: Problems, field: &str, place: usize) -> ApiError {
    let prefix = format!("/{field}/{place}");
    let problems = problems.0.into_iter().map(|problem| Problem {
        pointer: problem
            .pointer
            .strip_prefix(&prefix)
            .map(str::to_owned)
            .unwrap_or(problem.pointer),
        ..problem
    });
    ApiError::Invalid(Problems(problems.collect()))
}
