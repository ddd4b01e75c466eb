//! Boundaries of administrative units, to list and to draw.

use std::sync::Arc;

use actix_web::{HttpRequest, HttpResponse, web};
use geo::{Coord, MapCoords, MultiPolygon};
use serde_json::{Value, json};

use super::answers::Answer;
use super::auth::Reader;
use super::error::ApiError;
use super::extract::{Page, Wanted};
use super::params::Params;
use super::{State, body, extract, list, within};
use crate::atlas::near::suggestions;
use crate::atlas::{Atlas, Detail, Unit};
use crate::domain::boundary::{DEEPEST_LEVEL, key};
use crate::exchange::extract::{Form, service};

/// What is asked of the list.
struct Question {
    levels: Vec<u8>,
    within: Option<Arc<Unit>>,
    pcodes: Vec<String>,
    after: Option<String>,
    limit: usize,
}

/// `GET /api/v1/boundaries`: without outlines, unless `Accept` likes a map best.
pub(super) async fn list(
    request: HttpRequest,
    state: web::Data<State>,
    reader: Reader,
) -> Result<HttpResponse, ApiError> {
    if extract::form(&request, Form::ALL) == Some(Form::GeoJson) {
        return geojson(request, state).await;
    }
    let mut params = Params::of(&request)?;
    let wanted = Wanted::of_list(&request, &mut params, &reader, &service::BOUNDARIES)?;
    let cut = list::cut(&mut params, &state);
    let atlas = within::atlas(&state, cut).await?;
    let limit = wanted.rows(&mut params);
    let question = question(&mut params, &atlas, limit);
    params.finish()?;
    let Found { units, next, total } = found(&atlas, &question);
    let rows: Vec<Value> = units.iter().map(|unit| row(unit)).collect();
    let answer = json!({ "data": rows, "next": next, "total": total });
    let next = next.map(|pcode| ("cursor", pcode));
    let page = Page { cut, answer, next, total: Some(total as u64) };
    wanted.give_page(&request, &state, &reader, page).await
}

/// `GET /api/v1/boundaries.geojson`: with outlines.
pub(super) async fn geojson(
    request: HttpRequest,
    state: web::Data<State>,
) -> Result<HttpResponse, ApiError> {
    let mut params = Params::of(&request)?;
    let cut = list::cut(&mut params, &state);
    let detail = params.parsed("outline").unwrap_or(Detail::Display);
    let atlas = within::atlas(&state, cut).await?;
    let limit = if params.is("limit", "all") { usize::MAX } else { params.limit() };
    let question = question(&mut params, &atlas, limit);
    params.finish()?;
    let Found { units, next, total } = found(&atlas, &question);
    let features: Vec<Value> = units.iter().map(|unit| feature(unit, detail)).collect();
    let collection =
        json!({ "type": "FeatureCollection", "features": features, "next": next, "total": total });
    let answer = Answer::of(Form::GeoJson.media_type(), collection.to_string());
    Ok(body::given(&request, answer.with("Vary", "Accept".to_owned())))
}

fn question(params: &mut Params, atlas: &Atlas, limit: usize) -> Question {
    let mut levels = Vec::new();
    for text in params.list("level") {
        match text.parse() {
            Ok(level) if level <= DEEPEST_LEVEL => levels.push(level),
            _ => params.wrong("level", &format!("must be 0 to {DEEPEST_LEVEL}, got {text:.20}")),
        }
    }
    let unit = |params: &mut Params, name: &str, text: &str| {
        let found = atlas.unit(text).cloned();
        if found.is_none() {
            params.wrong(name, &within::unknown(text, suggestions(atlas)));
        }
        found
    };
    let within = params.text("within").and_then(|text| unit(params, "within", &text));
    let pcodes = params.list("pcode");
    let pcodes =
        pcodes.iter().filter_map(|text| Some(unit(params, "pcode", text)?.boundary().pcode.key()));
    let pcodes = pcodes.collect::<Vec<_>>();
    let after = params.text("cursor");
    Question { levels, within, pcodes, after, limit }
}

struct Found<'a> {
    units: Vec<&'a Arc<Unit>>,
    /// The P-code to go on from.
    next: Option<String>,
    total: usize,
}

fn found<'a>(atlas: &'a Atlas, question: &'a Question) -> Found<'a> {
    let mut units: Vec<&Arc<Unit>> = question
        .within
        .as_ref()
        .map_or_else(|| atlas.units().iter().collect(), |unit| atlas.below(unit));
    units.retain(|unit| {
        let own = unit.boundary();
        let is_named =
            question.pcodes.is_empty() || question.pcodes.contains(&key(own.pcode.as_str()));
        is_named && (question.levels.is_empty() || question.levels.contains(&own.level))
    });
    units.sort_by(|a, b| a.boundary().pcode.cmp(&b.boundary().pcode));
    let total = units.len();
    if let Some(after) = &question.after {
        units.retain(|unit| unit.boundary().pcode.as_str() > after.as_str());
    }
    let has_more = units.len() > question.limit;
    units.truncate(question.limit);
    let last = units.last().filter(|_| has_more);
    let next = last.map(|unit| unit.boundary().pcode.to_string());
    Found { units, next, total }
}

fn row(unit: &Unit) -> Value {
    let own = unit.boundary();
    json!({
        "pcode": own.pcode, "level": own.level, "names": own.names, "parent": own.parent,
        "country": own.country, "valid_from": own.valid_from, "valid_to": own.valid_to,
        "bbox": unit.bounds, "source": unit.known.source, "learned_at": unit.known.learned_at,
    })
}

fn feature(unit: &Unit, detail: Detail) -> Value {
    let own = unit.boundary();
    let outline = match detail {
        Detail::Display => rounded(&own.display),
        Detail::Exact => own.outline.clone(),
    };
    let mut properties = row(unit);
    properties["tolerance_m"] = match detail {
        Detail::Display => json!(unit.known.tolerance_m),
        Detail::Exact => json!(0),
    };
    json!({ "type": "Feature", "id": own.pcode, "geometry": geojson::Geometry::from(&outline), "properties": properties })
}

/// To six decimals, a tenth of a metre: the same for every ring that shares a corner.
fn rounded(outline: &MultiPolygon) -> MultiPolygon {
    let round = |degrees: f64| (degrees * 1e6).round() / 1e6;
    outline.map_coords(|corner| Coord { x: round(corner.x), y: round(corner.y) })
}
