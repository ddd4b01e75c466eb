//! Our records as HDX HAPI gives its own (`/api/v2`), read without a token, by everybody at public clearance.
//!
//! The only routes whose faults have another form than `application/problem+json`: programs that read HAPI know the form
//! of HAPI.

use actix_web::{HttpRequest, HttpResponse, web};
use base64::prelude::{BASE64_STANDARD, Engine};
use serde_json::{Value, json};

use super::answers::Answer;
use super::error::ApiError;
use super::{State, auth, body, computed};
use crate::domain::{Clearance, Sensitivity};
use crate::exchange::hapi::{self, Detail, Fault, Question, Resource, Rows, UnitNames};
use crate::situation::Situation;

/// The version of HAPI whose shapes these are.
const API_VERSION: &str = "2.0.0";
/// The shortest name of an application that HAPI takes, and the longest of anything, characters.
const NAME_LENGTH: std::ops::RangeInclusive<usize> = 4..=512;

type Pairs = Vec<(String, String)>;

/// The parameters as they are given.
fn pairs(request: &HttpRequest) -> Result<Pairs, ApiError> {
    web::Query::<Pairs>::from_query(request.query_string())
        .map(web::Query::into_inner)
        .map_err(|fault| ApiError::Unreadable(format!("the query cannot be read: {fault}")))
}

/// `GET` of a resource.
pub(super) async fn get(
    resource: &'static Resource,
    request: HttpRequest,
    state: web::Data<State>,
) -> Result<HttpResponse, ApiError> {
    let question = match Question::read(resource, &pairs(&request)?) {
        Ok(question) => question,
        Err(fault) => return Ok(refused(&fault)),
    };
    let situation = situation(&question, &state).await?;
    let day = situation.as_of.date_naive();
    let atlas = state.app.atlases.atlas(day, situation.known_at).await?;
    let next = next_page(&request);
    let answer = computed(move || {
        let units = UnitNames::of(&situation.world, &atlas);
        answered(&question, resource.rows(&situation, &units), resource, &next)
    })
    .await?;
    Ok(body::given(&request, answer))
}

/// What everybody may know; of places, only where all that a figure is about are known.
async fn situation(question: &Question, state: &State) -> Result<Situation, ApiError> {
    // What a day to come would uncover is not asked for.
    let known_at = question.known_at.map(|known_at| known_at.min(auth::known_by(state)));
    let as_of = question.as_of.or(known_at).unwrap_or_else(|| auth::now(state));
    let everybody = Clearance::of(Sensitivity::Public);
    let situations = &state.app.situations;
    let seen = situations.situation(as_of, known_at, &everybody).await?;
    // Which lists of areas are whole is told by those that are: nothing else is taken from it.
    let all = situations.situation(as_of, known_at, &Clearance::ALL).await?;
    computed(move || hapi::with_whole_places(&seen, &all.world)).await
}

/// Says where the page that begins at an offset is.
fn next_page(request: &HttpRequest) -> impl Fn(usize) -> String + Send + 'static {
    let path = request.path().to_owned();
    let others = request.query_string().split('&').filter(|part| !part.starts_with("offset="));
    let question: String =
        others.filter(|part| !part.is_empty()).flat_map(|part| [part, "&"]).collect();
    move |offset| format!("<{path}?{question}offset={offset}>; rel=\"next\"")
}

fn answered(
    question: &Question,
    found: Rows,
    resource: &Resource,
    next_page: &dyn Fn(usize) -> String,
) -> Answer {
    let (rows, total) = question.page(found.rows);
    let answer = if question.is_csv {
        let text = hapi::csv(resource, question.expand, &rows);
        let file = "attachment; filename=results.csv".to_owned();
        Answer::of("text/csv; charset=utf-8", text).with("Content-Disposition", file)
    } else {
        Answer::of("application/json", hapi::json(resource, question.expand, &rows))
    };
    // HAPI's body has no place for these, and a strict reader would stumble over them there.
    let answer = answer
        .with("X-Total-Count", total.to_string())
        .with("X-Left-Out-Count", found.left_out.to_string());
    match question.next_offset(total) {
        Some(offset) => answer.with("Link", next_page(offset)),
        None => answer,
    }
}

/// A fault in HAPI's form.
fn refused(fault: &Fault) -> HttpResponse {
    match fault {
        Fault::Bad(sentence) => HttpResponse::BadRequest().json(json!({ "detail": sentence })),
        Fault::Wrong(details) => {
            let details: Vec<Value> = details.iter().map(told).collect();
            HttpResponse::UnprocessableEntity().json(json!({ "detail": details }))
        }
    }
}

fn told(detail: &Detail) -> Value {
    json!({ "type": detail.word, "loc": ["query", detail.name], "msg": detail.message, "input": detail.input })
}

/// `GET /api/v2/encode_app_identifier?application=&email=`: what HAPI asks programs to name themselves by. It is not
/// needed here, and taken where it is sent.
pub(super) async fn encode_app_identifier(request: HttpRequest) -> Result<HttpResponse, ApiError> {
    let given = pairs(&request)?;
    let mut wrong = Vec::new();
    let mut text = |name: &str, message: &str, is_right: &dyn Fn(&str) -> bool| {
        let last = given.iter().rev().find(|(given, _)| given == name);
        let text = last.map_or("", |(_, value)| value.as_str());
        if !(text.chars().count() <= *NAME_LENGTH.end() && is_right(text)) {
            let word = if last.is_some() { "value_error" } else { "missing" };
            let (name, message, input) = (name.to_owned(), message.to_owned(), text.to_owned());
            wrong.push(Detail { name, word, message, input });
        }
        text.to_owned()
    };
    let long_enough = |text: &str| text.chars().count() >= *NAME_LENGTH.start();
    let application = text("application", "4 to 512 characters", &long_enough);
    let email = text("email", "an email address", &|text| is_address(text));
    if !wrong.is_empty() {
        return Ok(refused(&Fault::Wrong(wrong)));
    }
    let identifier = BASE64_STANDARD.encode(format!("{application}:{email}"));
    body::answer(&request, &json!({ "encoded_app_identifier": identifier }))
}

fn is_address(text: &str) -> bool {
    let of_letters = |part: &str| {
        !part.is_empty() && !part.contains(|c: char| c.is_whitespace() || c.is_control())
    };
    text.split_once('@').is_some_and(|(name, host)| {
        of_letters(name) && of_letters(host) && !host.contains('@') && host.contains('.')
    })
}

/// `GET /api/v2/util/version`.
pub(super) async fn version(request: HttpRequest) -> Result<HttpResponse, ApiError> {
    let version = json!({ "api_version": API_VERSION,
        "hapi_sqlalchemy_schema_version": "none",
        "passage_version": env!("CARGO_PKG_VERSION") });
    body::answer(&request, &version)
}
