//! Lists of records: filters, pages, `GeoJSON` and CSV.

use std::sync::Arc;

use actix_web::{HttpRequest, HttpResponse, web};
use chrono::{DateTime, Utc};
use serde_json::{Value, json};
use uuid::Uuid;

use super::admin::{ADMIN_COMPUTED, Admin};
use super::answers::Answer;
use super::auth::{self, Reader};
use super::error::ApiError;
use super::params::Params;
use super::within::{Places, asks_for};
use super::{State, body, export};
use crate::domain::{Kind, Shape};
use crate::situation::World;
use crate::store::{Cut, Filter, Page, Query, Sort, Stored};

/// How many rows a page has, unless asked otherwise.
const ROWS: usize = 100;
/// How many rows a page can have.
const MOST_ROWS: usize = 1_000;

/// In which form a list is given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    Json,
    GeoJson,
    Csv,
}

impl Form {
    const fn as_str(self) -> &'static str {
        match self {
            Self::Json => "json",
            Self::GeoJson => "geojson",
            Self::Csv => "csv",
        }
    }
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

/// `GET /api/v1/{kinds}`, `….geojson`, `….csv`.
pub(super) async fn list(
    kind: Kind,
    form: Form,
    request: HttpRequest,
    state: web::Data<State>,
    reader: Reader,
) -> Result<HttpResponse, ApiError> {
    // What rests on boundaries holds until more are imported.
    let rests_on_boundaries = kind == Kind::Area || asks_for(&request, "within");
    let imports = if rests_on_boundaries { state.app.atlases.imports().await? } else { 0 };
    let address = format!("{:?} {} {imports}", reader.clearance, request.uri());
    let sequence = state.app.situations.world().sequence;
    if let Some(answer) = state.answers.get(&address, sequence, auth::now(&state)) {
        return Ok(body::given(&request, answer));
    }
    let places = Places::of(&request, &state, &reader).await?;
    let query = query(kind, form, &request, &state, places.as_ref())?;
    let admin = Admin::of(kind, &state, query.cut).await?;
    let page = state.app.store.records(query.clone(), &reader.clearance).await?;
    // The areas whose exact positions stand for records that have none.
    let mut of_areas = Vec::new();
    let answer = match form {
        Form::Json => json_page(&request, &query, &page, admin.as_ref())?,
        Form::GeoJson => {
            let world = world_of(&request, &state, &query, &reader).await?;
            geojson_page(&request, &world, &query, &page, admin.as_ref(), &mut of_areas)?
        }
        Form::Csv => csv_page(kind, &page)?,
    };
    let in_rows = kind.summary().contains(&"position");
    let gives_positions = form != Form::Json || query.expand || in_rows;
    if gives_positions {
        export::note(&state, &reader, kind, form.as_str(), &page.rows).await?;
    }
    let gives_areas = !of_areas.is_empty();
    export::note_of(&state, &reader, Kind::Area, form.as_str(), of_areas).await?;
    let answer = match link_to_next(&request, &query, &page) {
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

/// Where the next page is, also for forms that have no place to say it (RFC 8288).
fn link_to_next(request: &HttpRequest, query: &Query, page: &Page) -> Option<String> {
    let cursor = write_cursor(page.next.as_ref()?, query, &question(request));
    let others = request.query_string().split('&').filter(|part| !part.starts_with("cursor="));
    let question: String =
        others.filter(|part| !part.is_empty()).flat_map(|part| [part, "&"]).collect();
    Some(format!("<{}?{question}cursor={cursor}>; rel=\"next\"", request.uri().path()))
}

/// Reads what is asked of a list.
fn query(
    kind: Kind,
    form: Form,
    request: &HttpRequest,
    state: &State,
    places: Option<&Places>,
) -> Result<Query, ApiError> {
    let mut params = Params::of(request)?;
    let cut = cut(&mut params, state);
    let mut filter = filter(&mut params, kind);
    filter.within = places.and_then(|places| places.read(&mut params));
    let sort = params.parsed("sort").unwrap_or(Sort::Version);
    let limit = params.whole("limit", 1..=MOST_ROWS).unwrap_or(ROWS);
    let expand = params.text("expand");
    if expand.as_deref().is_some_and(|expand| expand != "all") {
        params.wrong("expand", "must be all");
    }
    let of_a_day = kind == Kind::Convoy && cut.as_of.is_some();
    if of_a_day && filter.columns.contains_key("stage") {
        params
            .wrong("stage", "is that of now: leave out as_of, or look at the stages of the answer");
    }
    let expand = expand.is_some() || form != Form::Json || of_a_day;
    let mut query = Query { kind, cut, filter, sort, limit, after: None, expand };
    if let Some(cursor) = params.text("cursor") {
        go_on(&mut params, &mut query, &cursor, &question(request));
        // Whoever wrote the cursor may have written a day to come into it.
        query.cut.known_at = query.cut.known_at.min(auth::known_by(state));
    }
    params.finish()?;
    Ok(query)
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
        as_of if wants_whole(request) => Ok(whole(stored, as_of, admin)?.to_string()),
        Some(as_of) if query.expand => body::row_as_of(stored, as_of),
        _ => Ok(row(stored, admin)),
    };
    let rows: Vec<String> = page.rows.iter().map(row).collect::<Result<_, _>>()?;
    let next = page.next.as_ref().map(|after| write_cursor(after, query, &question(request)));
    let text = format!(
        "{{\"data\":[{}],\"next\":{},\"total\":{}}}",
        rows.join(","),
        json!(next),
        page.total
    );
    Ok(Answer::of("application/json", text))
}

/// A whole record, with the codes of units that follow from where it lies.
fn whole(
    stored: &Stored,
    as_of: Option<DateTime<Utc>>,
    admin: Option<&Admin>,
) -> Result<Value, ApiError> {
    let mut whole = body::record_as_of(stored, as_of)?;
    if let Some(computed) = admin.and_then(|admin| admin.beside(stored, &whole)) {
        whole[ADMIN_COMPUTED] = computed;
    }
    Ok(whole)
}

/// A row, with the code of the first-level unit where nobody recorded one.
fn row(stored: &Stored, admin: Option<&Admin>) -> String {
    let row = body::row(stored);
    let Some(admin) = admin else { return row };
    let Ok(mut parsed) = serde_json::from_str::<Value>(&row) else { return row };
    let Some(computed) = admin.in_row(stored, &parsed) else { return row };
    parsed[ADMIN_COMPUTED] = computed;
    parsed.to_string()
}

/// The world that places are read from: of now, or as it was known when the list asks for that.
async fn world_of(
    request: &HttpRequest,
    state: &State,
    query: &Query,
    reader: &Reader,
) -> Result<Arc<World>, ApiError> {
    let asks_for_past = request.query_string().split('&').any(|part| part.starts_with("known_at="));
    let known_at = Some(query.cut.known_at).filter(|_| asks_for_past);
    let as_of = query.cut.as_of.unwrap_or(query.cut.known_at);
    Ok(state.app.situations.situation(as_of, known_at, &reader.clearance).await?.world)
}

fn geojson_page(
    request: &HttpRequest,
    world: &World,
    query: &Query,
    page: &Page,
    admin: Option<&Admin>,
    of_areas: &mut Vec<Uuid>,
) -> Result<Answer, ApiError> {
    let mut features = Vec::with_capacity(page.rows.len());
    for stored in &page.rows {
        let properties = whole(stored, query.cut.as_of, admin)?;
        let geometry = geometry(&properties, world, of_areas);
        let id = stored.id;
        features.push(
            json!({ "type": "Feature", "id": id, "geometry": geometry, "properties": properties }),
        );
    }
    let next = page.next.as_ref().map(|after| write_cursor(after, query, &question(request)));
    let collection = json!({ "type": "FeatureCollection", "features": features, "next": next, "total": page.total });
    Ok(Answer::of("application/geo+json", collection.to_string()))
}

/// The record's own outline or point, else the points of the areas it names; `null` where there is none. The areas
/// whose exact positions fewer may see are told.
fn geometry(properties: &Value, world: &World, of_areas: &mut Vec<Uuid>) -> Value {
    if !properties["outline"].is_null() {
        return properties["outline"].clone();
    }
    let point = |place: &Value| json!([place["lon"], place["lat"]]);
    if !properties["position"].is_null() {
        return json!({ "type": "Point", "coordinates": point(&properties["position"]) });
    }
    let one = properties["area"].as_str().into_iter();
    let several = properties["areas"].as_array().into_iter().flatten().filter_map(Value::as_str);
    let mut points = Vec::new();
    for area in one.chain(several).filter_map(|code| world.areas.get(code)) {
        let Some(place) = area.record.position else { continue };
        points.push(json!([place.lon(), place.lat()]));
        of_areas.extend(world.exact.contains(&area.code).then_some(area.id));
    }
    match points.len() {
        0 => Value::Null,
        1 => json!({ "type": "Point", "coordinates": points[0] }),
        _ => json!({ "type": "MultiPoint", "coordinates": points }),
    }
}

fn csv_page(kind: Kind, page: &Page) -> Result<Answer, ApiError> {
    let mut bodies = Vec::with_capacity(page.rows.len());
    for stored in &page.rows {
        bodies.push((stored, body::parsed(stored)?));
    }
    let rows = bodies
        .iter()
        .map(|(stored, body): &(&Stored, Value)| (stored.code.as_str(), stored.id, body));
    let withheld = page.rows.iter().any(|stored| stored.seen.is_part);
    let text = crate::exchange::csv::kind_csv(kind, rows, withheld);
    let file = format!("attachment; filename=\"{}.csv\"", kind.plural());
    Ok(Answer::of("text/csv; charset=utf-8", text).with("Content-Disposition", file))
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
