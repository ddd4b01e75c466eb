//! Lists of records: filters and pages, as JSON or as a file, or whole in one go.

mod file;
mod whole;

use std::sync::Arc;

use actix_web::{HttpRequest, HttpResponse, web};
use chrono::{DateTime, Utc};
use serde_json::json;

use self::file::Given;
use super::admin::{self, Admin};
use super::answers::Answer;
use super::auth::{self, Reader};
use super::error::ApiError;
use super::params::Params;
use super::within::{Places, asks_for};
use super::{State, body, export, extract};
use crate::disclose::policy::Operation;
use crate::domain::{Kind, Language, Shape};
use crate::exchange::extract::Form;
use crate::exchange::extract::records::Of;
use crate::situation::Situation;
use crate::store::{Cut, Filter, Page, Query, Sort, Stored};

/// How many rows a page has, unless asked otherwise.
const ROWS: usize = 100;
/// How many rows a page can have.
const MOST_ROWS: usize = 1_000;

/// What is asked of a list.
pub(super) struct Asked {
    query: Query,
    /// The table that a file with one table holds.
    of: Of,
    /// All pages in one go?
    whole: bool,
    language: Language,
}

/// `as_of` and `known_at`, which every read takes.
pub(super) fn cut(params: &mut Params, state: &State) -> Cut {
    let as_of = params.moment("as_of", true);
    let known_at = known_at(params, state).unwrap_or_else(|| auth::known_by(state));
    Cut { as_of, known_at }
}

/// `known_at`, never later than now: an embargo is judged then, and what a day to come would uncover is not asked for.
pub(super) fn known_at(params: &mut Params, state: &State) -> Option<DateTime<Utc>> {
    params.moment("known_at", true).map(|known_at| known_at.min(auth::known_by(state)))
}

/// `GET /api/v1/{kinds}`, and with `.csv`, `.xlsx`, `.geojson` or `.parquet` behind it.
pub(super) async fn list(
    kind: Kind,
    request: HttpRequest,
    state: web::Data<State>,
    reader: Reader,
) -> Result<HttpResponse, ApiError> {
    let form = extract::form(&request, Form::ALL);
    if form.is_some() {
        reader.needs(Operation::ExportRead)?;
    }
    // What rests on boundaries holds until more are imported.
    let rests_on_boundaries = kind == Kind::Area || asks_for(&request, "within");
    let imports = if rests_on_boundaries { state.app.atlases.imports().await? } else { 0 };
    let address = format!("{:?} {form:?} {} {imports}", reader.clearance, request.uri());
    let sequence = state.app.situations.world().sequence;
    if let Some(answer) = state.answers.get(&address, sequence, auth::now(&state)) {
        return Ok(body::given(&request, answer));
    }
    let places = Places::of(&request, &state, &reader).await?;
    let asked = Arc::new(asked(kind, form, &request, &state, places.as_ref())?);
    if let Some(form) = form.filter(|_| asked.whole) {
        let given = given(&request, &state, &reader, Arc::clone(&asked), form).await?;
        return whole::answer(given, state, reader).await;
    }
    let query = &asked.query;
    let page = state.app.store.records(query.clone(), &reader.clearance).await?;
    // The areas whose exact positions stand for records that have none.
    let (answer, of_areas) = match form {
        None => {
            let admin = Admin::of(kind, &state, query.cut).await?;
            (json_page(&request, query, &page, admin.as_ref())?, Vec::new())
        }
        Some(form) => {
            let given = given(&request, &state, &reader, Arc::clone(&asked), form).await?;
            file::page(&request, given, &page)?
        }
    };
    let in_rows = kind.summary().contains(&"position");
    let gives_positions = form.is_some() || query.expand || in_rows;
    let word = form.map_or("json", Form::as_str);
    if gives_positions {
        export::note(&state, &reader, kind, word, &page.rows).await?;
    }
    let gives_areas = !of_areas.is_empty();
    export::note_of(&state, &reader, Kind::Area, word, of_areas).await?;
    let answer = match link_to_next(&request, query, &page) {
        Some(link) => answer.with("Link", link),
        None => answer,
    };
    // What must be written down each time is not kept.
    let exact = |stored: &Stored| gives_positions && stored.seen.exact_position;
    if !gives_areas && !page.rows.iter().any(exact) {
        state.answers.keep(address, sequence, &answer, page.until);
    }
    Ok(body::given(&request, answer))
}

/// What a file is written with: maps need to know where areas are, workbooks what sources are.
async fn given(
    request: &HttpRequest,
    state: &State,
    reader: &Reader,
    asked: Arc<Asked>,
    form: Form,
) -> Result<Given, ApiError> {
    let mut about = file::said(state, reader, &asked);
    about.asked = extract::asked(request);
    let (mut world, mut admin) = (None, None);
    if form == Form::GeoJson {
        admin = Admin::of(asked.query.kind, state, asked.query.cut).await?;
    }
    if matches!(form, Form::GeoJson | Form::Xlsx) {
        let situation = situation_of(request, state, &asked.query, reader).await?;
        about.ledger = Some(extract::ledger(state).await?);
        world = Some(situation.world);
    }
    Ok(Given { asked, form, about, world, admin, marks: file::may_lack(reader), is_large: false })
}

/// Where the next page is.
fn link_to_next(request: &HttpRequest, query: &Query, page: &Page) -> Option<String> {
    let cursor = write_cursor(page.next.as_ref()?, query, &question(request));
    Some(extract::link(request, "cursor", &cursor))
}

/// Reads what is asked of a list.
fn asked(
    kind: Kind,
    form: Option<Form>,
    request: &HttpRequest,
    state: &State,
    places: Option<&Places>,
) -> Result<Asked, ApiError> {
    let mut params = Params::of(request)?;
    let cut = cut(&mut params, state);
    let mut filter = filter(&mut params, kind);
    filter.within = places.and_then(|places| places.read(&mut params));
    let sort = params.parsed("sort").unwrap_or(Sort::Version);
    let whole = form.is_some() && params.is("limit", "all");
    let limit = if whole { None } else { params.whole("limit", 1..=MOST_ROWS) }.unwrap_or(ROWS);
    let expand = params.text("expand");
    if expand.as_deref().is_some_and(|expand| expand != "all") {
        params.wrong("expand", "must be all");
    }
    let of_a_day = kind == Kind::Convoy && cut.as_of.is_some();
    if of_a_day && filter.columns.contains_key("stage") {
        params
            .wrong("stage", "is that of now: leave out as_of, or look at the stages of the answer");
    }
    let expand = expand.is_some() || form.is_some() || of_a_day;
    let count = true;
    let mut query = Query { kind, cut, filter, sort, limit, after: None, expand, count };
    if let Some(cursor) = params.text("cursor") {
        go_on(&mut params, &mut query, &cursor, &question(request));
        // Whoever wrote the cursor may have written a day to come into it.
        query.cut.known_at = query.cut.known_at.min(auth::known_by(state));
    }
    let (of, language) = of_file(&mut params, kind, form);
    params.finish()?;
    Ok(Asked { query, of, whole, language })
}

/// Which table a file of one table holds, and the language of a workbook.
fn of_file(params: &mut Params, kind: Kind, form: Option<Form>) -> (Of, Language) {
    let language = match form {
        Some(Form::Xlsx) => params.parsed("language"),
        _ => None,
    };
    let part = match form {
        Some(Form::Csv | Form::Parquet) => params.text("part"),
        _ => None,
    };
    let of = part.and_then(|part| {
        let of = Of::part(kind, &part);
        if of.is_none() {
            let there = Of::parts(kind).join(", ");
            let there = if there.is_empty() { "none is there".to_owned() } else { there };
            params.wrong("part", &format!("must be a list in the records: {there}; got {part}"));
        }
        of
    });
    (of.unwrap_or_else(|| Of::kind(kind)), language.unwrap_or(Language::En))
}

/// Reads every filter: the common ones, those named like a field of the kind, like a kind that it mentions.
fn filter(params: &mut Params, kind: Kind) -> Filter {
    let mut filter = Filter {
        codes: params.list("code"),
        from: params.moment("from", false),
        to: params.moment("to", true),
        bbox: params.bbox(),
        near: params.near(),
        withdrawn: params.parsed("withdrawn").unwrap_or(false),
        ..Filter::default()
    };
    for column in kind.columns() {
        let values = params.list(column);
        check_words(params, kind, column, &values);
        if !values.is_empty() {
            filter.columns.insert((*column).to_owned(), values);
        }
    }
    for target in kind.mentions() {
        let codes = params.list(target.as_str());
        if !codes.is_empty() {
            filter.mentions.insert(target, codes);
        }
    }
    filter
}

/// Goes on after the page that the cursor ended, with what was known then.
fn go_on(params: &mut Params, query: &mut Query, cursor: &str, question: &str) {
    let Some((after, known_at)) = read_cursor(cursor, question) else {
        params
            .wrong("cursor", "is not a cursor of this list with these filters; begin without one");
        return;
    };
    query.after = Some(after);
    query.cut.known_at = known_at.unwrap_or(query.cut.known_at);
}

/// A word that no record can have is a mistake of whoever asks.
fn check_words(params: &mut Params, kind: Kind, column: &str, values: &[String]) {
    let shape = kind.schema().field(column).map(|field| field.shape);
    let words = match shape {
        Some(Shape::Choice(words)) => words,
        None if column == "stage" => crate::domain::Stage::WORDS,
        _ => return,
    };
    for value in values.iter().filter(|value| !words.contains(&value.as_str())) {
        params.wrong(column, &format!("must be one of {}, got {value}", words.join(", ")));
    }
}

/// Whole records instead of rows?
fn wants_whole(request: &HttpRequest) -> bool {
    request.query_string().split('&').any(|part| part == "expand=all")
}

fn json_page(
    request: &HttpRequest,
    query: &Query,
    page: &Page,
    admin: Option<&Admin>,
) -> Result<Answer, ApiError> {
    let row = |stored: &Stored| match query.cut.as_of {
        as_of if wants_whole(request) => Ok(admin::record(stored, as_of, admin)?.to_string()),
        Some(as_of) if query.expand => body::row_as_of(stored, as_of),
        _ => Ok(admin::row(stored, admin)),
    };
    let rows: Vec<String> = page.rows.iter().map(row).collect::<Result<_, _>>()?;
    let next = page.next.as_ref().map(|after| write_cursor(after, query, &question(request)));
    let text = format!(
        "{{\"data\":[{}],\"next\":{},\"total\":{}}}",
        rows.join(","),
        json!(next),
        page.total
    );
    Ok(Answer::of("application/json", text).with("Vary", "Accept".to_owned()))
}

/// The situation that places and sources are read from: of now, or as it was known when the list asks for that.
async fn situation_of(
    request: &HttpRequest,
    state: &State,
    query: &Query,
    reader: &Reader,
) -> Result<Situation, ApiError> {
    let asks_for_past = request.query_string().split('&').any(|part| part.starts_with("known_at="));
    let known_at = Some(query.cut.known_at).filter(|_| asks_for_past);
    let as_of = query.cut.as_of.unwrap_or(query.cut.known_at);
    Ok(state.app.situations.situation(as_of, known_at, &reader.clearance).await?)
}

/// What the list is, without the place in it: a cursor holds only for the same question.
fn question(request: &HttpRequest) -> String {
    let mut parts: Vec<&str> = request
        .query_string()
        .split('&')
        .filter(|part| !part.starts_with("cursor=") && !part.starts_with("limit="))
        .collect();
    parts.sort_unstable();
    format!("{}?{}", request.path(), parts.join("&"))
}

/// A place in a list: version, what was known, sort key, and a mark of the question.
fn write_cursor((key, version): &(Option<String>, i64), query: &Query, question: &str) -> String {
    let mark = blake3::hash(question.as_bytes()).to_hex();
    let known_at = query.cut.known_at.timestamp_millis();
    // Hexadecimal: a cursor can be put into an address as it stands.
    let key = key.as_deref().map_or_else(|| "-".to_owned(), |key| format!("_{}", to_hex(key)));
    format!("{}.{version}.{known_at}.{key}", &mark[..16])
}

type Place = ((Option<String>, i64), Option<DateTime<Utc>>);

fn read_cursor(cursor: &str, question: &str) -> Option<Place> {
    let mut parts = cursor.splitn(4, '.');
    let (mark, version, known_at, key) =
        (parts.next()?, parts.next()?, parts.next()?, parts.next()?);
    if mark != &blake3::hash(question.as_bytes()).to_hex()[..16] {
        return None;
    }
    let known_at = DateTime::from_timestamp_millis(known_at.parse().ok()?);
    let key = if key == "-" { None } else { Some(from_hex(key.strip_prefix('_')?)?) };
    Some(((key, version.parse().ok()?), known_at))
}

fn to_hex(text: &str) -> String {
    use std::fmt::Write;
    text.bytes().fold(String::new(), |mut hex, byte| {
        // Writing to a string cannot fail.
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}

fn from_hex(hex: &str) -> Option<String> {
    let pairs = hex.as_bytes().chunks(2).map(|pair| std::str::from_utf8(pair).ok());
    let bytes: Option<Vec<u8>> = pairs.map(|pair| u8::from_str_radix(pair?, 16).ok()).collect();
    String::from_utf8(bytes?).ok()
}
