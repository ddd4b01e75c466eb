//! When a pause holds and how it stands, and what it would let through.

use std::sync::Arc;

use actix_web::{HttpRequest, HttpResponse, web};
use serde::Serialize;
use serde_json::{Value, json};

use super::auth::Reader;
use super::error::ApiError;
use super::extract::{self, Wanted};
use super::figure::situation;
use super::params::Params;
use super::record::read_json;
use super::{State, computed};
use crate::domain::{Kind, Moment, Pause, Problem, Problems};
use crate::exchange::extract::figures;
use crate::situation::pause::throughput::{end_of, throughput as throughput_of};
use crate::situation::pause::windows::{WindowsQuestion, windows as windows_of};
use crate::situation::{Known, Situation};

/// The pause of a code or an id, as it is known in the situation.
fn pause(situation: &Situation, reference: &str) -> Result<Arc<Known<Pause>>, ApiError> {
    let pauses = &situation.world.pauses;
    let by_id = |id: uuid::Uuid| pauses.iter().find(|pause| pause.id == id);
    let found = pauses.get(reference).or_else(|| reference.parse().ok().and_then(by_id));
    found.cloned().ok_or_else(|| ApiError::not_found(Kind::Pause, reference))
}

/// What was found, with the two clocks it holds for.
fn with_clocks(situation: &Situation, found: &impl Serialize) -> Result<Value, ApiError> {
    let found = extract::json(found)?;
    let mut answer = json!({ "as_of": situation.as_of, "known_at": situation.known_at });
    if let (Some(answer), Value::Object(fields)) = (answer.as_object_mut(), found) {
        answer.extend(fields);
    }
    Ok(answer)
}

/// Problems of parameters are pointed at by their names.
fn of_parameters(problems: Problems) -> ApiError {
    let named = problems.0.into_iter().map(|problem| Problem {
        pointer: problem.pointer.trim_start_matches('/').to_owned(),
        ..problem
    });
    ApiError::Invalid(Problems(named.collect()))
}

/// `GET /api/v1/pauses/{ref}/windows?from=&to=`.
pub(super) async fn windows(
    request: HttpRequest,
    state: web::Data<State>,
    reader: Reader,
    reference: web::Path<String>,
) -> Result<HttpResponse, ApiError> {
    let mut params = Params::of(&request)?;
    let wanted = Wanted::of(&request, &mut params, &reader, &figures::WINDOWS)?;
    let to = params.parsed::<Moment>("to").map(end_of);
    let asked = WindowsQuestion { from: params.moment("from", false), to };
    if asked.from.zip(asked.to).is_some_and(|(from, to)| from >= to) {
        params.wrong("from", "must lie before to");
    }
    let situation = situation(&mut params, &state, &reader).await?;
    params.finish()?;
    let pause = pause(&situation, &reference)?;
    let (situation, found) = computed(move || {
        let found = windows_of(&situation, &pause, &asked);
        (situation, found)
    })
    .await?;
    let answer = with_clocks(&situation, &found.map_err(of_parameters)?)?;
    wanted.give(&request, &state, &reader, &situation, answer).await
}

/// `POST /api/v1/pauses/{ref}/throughput`: computes, and writes nothing.
pub(super) async fn throughput(
    request: HttpRequest,
    state: web::Data<State>,
    reader: Reader,
    reference: web::Path<String>,
    sent: web::Bytes,
) -> Result<HttpResponse, ApiError> {
    let mut params = Params::of(&request)?;
    let wanted = Wanted::of(&request, &mut params, &reader, &figures::THROUGHPUT)?;
    let situation = situation(&mut params, &state, &reader).await?;
    params.finish()?;
    let pause = pause(&situation, &reference)?;
    let asked = read_json(&request, &sent)?;
    let standards = state.app.standards();
    let (situation, found) = computed(move || {
        let found = throughput_of(&situation, &pause, &asked, &standards);
        (situation, found)
    })
    .await?;
    let answer = with_clocks(&situation, &found.map_err(ApiError::Invalid)?)?;
    wanted.give(&request, &state, &reader, &situation, answer).await
}
