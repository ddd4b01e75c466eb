//! What only convoys have: impossible moves, and whom one fed.

use actix_web::{HttpRequest, HttpResponse, web};
use serde::Serialize;
use serde_json::Value;

use super::auth::Reader;
use super::error::ApiError;
use super::extract::Wanted;
use super::params::Params;
use super::{State, body, list, record};
use crate::domain::convoy::impossible_move;
use crate::domain::{Convoy, Kind, Stage, typed};
use crate::exchange::extract::figures as tables;
use crate::situation::coverage::{ConvoyFigures, drop_figures, figures};
use crate::situation::standards::Losses;
use crate::store::{Cut, Reference};

/// A move that cannot follow the stage the convoy is in is a conflict, not a mistake of form.
pub(super) fn possible_move(
    kind: Kind,
    field: &str,
    fields: &Value,
    place: usize,
) -> Result<(), ApiError> {
    if (kind, field) != (Kind::Convoy, "events") {
        return Ok(());
    }
    let stage = |event: &Value| event["stage"].as_str().and_then(|word| word.parse::<Stage>().ok());
    let events = fields["events"].as_array().map_or(&[][..], Vec::as_slice);
    let before = events[..place].iter().rev().find_map(stage);
    match (before, stage(&events[place])) {
        (Some(before), Some(next)) if !before.next().contains(&next) => {
            Err(ApiError::ImpossibleMove(impossible_move(before, next)))
        }
        _ => Ok(()),
    }
}

#[derive(Serialize)]
struct CoverageBody {
    convoy: String,
    version: i64,
    as_of: chrono::DateTime<chrono::Utc>,
    known_at: chrono::DateTime<chrono::Utc>,
    stage: Stage,
    /// `arrived`, or `planned` for what is still on the road: such figures are never delivered or covered.
    status: &'static str,
    days: f64,
    food_kcal_per_person_day: f64,
    losses: Losses,
    drops: Vec<DropBody>,
    total: ConvoyFigures,
    removed: Vec<Value>,
    accounts: Vec<Value>,
    sources: Vec<String>,
    flags: Vec<String>,
}

#[derive(Serialize)]
struct DropBody {
    areas: Vec<String>,
    #[serde(flatten)]
    figures: ConvoyFigures,
}

/// `GET /api/v1/convoys/{ref}/coverage?days=`.
pub(super) async fn coverage(
    request: HttpRequest,
    state: web::Data<State>,
    reader: Reader,
    reference: web::Path<String>,
) -> Result<HttpResponse, ApiError> {
    const LONGEST_DAYS: f64 = 3_660.0;
    let mut params = Params::of(&request)?;
    let wanted = Wanted::of(&request, &mut params, &reader, &tables::CONVOY_COVERAGE)?;
    let cut = list::cut(&mut params, &state);
    let days = params
        .number("days", 1.0, LONGEST_DAYS)
        .unwrap_or(state.app.settings.standard.assumed_ration_days);
    params.finish()?;
    let reference = Reference::parse(&reference);
    let stored = record::convoy(&state, &reader, &reference, cut).await?;
    let whole = body::parsed(&stored)?;
    let convoy: Convoy = typed(&whole).map_err(ApiError::Invalid)?;
    let answer = coverage_of(&state, &stored, &convoy, &whole, cut, days);
    wanted.give_one(&request, &state, &reader, cut, &answer).await
}

fn coverage_of(
    state: &State,
    stored: &crate::store::Stored,
    convoy: &Convoy,
    whole: &Value,
    cut: Cut,
    days: f64,
) -> CoverageBody {
    let as_of = cut.as_of.unwrap_or(cut.known_at);
    let facts = crate::assess::delivery::ConvoyFacts::of(convoy, state.app.ration());
    let losses = state.app.losses();
    let reached = facts.stage_at(as_of);
    let total = figures(&facts.drops, days, losses);
    let drops = facts.drops.iter().map(|drop| DropBody {
        areas: drop.areas.iter().map(ToString::to_string).collect(),
        figures: drop_figures(drop, days, losses),
    });
    let arrived = facts.arrived_by(as_of).is_some();
    let mut flags: Vec<String> = total.flags.iter().map(serde_word).collect();
    flags.extend((!arrived).then(|| "not_arrived".to_owned()));
    flags.extend((!convoy.part_of.is_empty()).then(|| "part_of_other_convoys".to_owned()));
    CoverageBody {
        convoy: stored.code.clone(),
        version: stored.version,
        as_of,
        known_at: cut.known_at,
        stage: reached,
        status: if arrived { "arrived" } else { "planned" },
        days,
        food_kcal_per_person_day: crate::assess::cargo::ENERGY_NEED_KCAL,
        losses,
        drops: drops.collect(),
        total,
        removed: removed(whole),
        accounts: whole["accounts"].as_array().cloned().unwrap_or_default(),
        sources: facts.sources.iter().map(ToString::to_string).collect(),
        flags,
    }
}

/// The word of a flag, as JSON has it.
fn serde_word(flag: &impl Serialize) -> String {
    serde_json::to_value(flag).ok().and_then(|v| v.as_str().map(str::to_owned)).unwrap_or_default()
}

/// What was taken off: each line with where, by whom and why; and what sources say of it in words.
fn removed(whole: &Value) -> Vec<Value> {
    let lists = |of: &Value, field: &str| of[field].as_array().cloned().unwrap_or_default();
    let mut found = Vec::new();
    for drop in lists(whole, "drops") {
        for line in lists(&drop, "lines") {
            if line["removed"].is_number() || !lists(&line, "removals").is_empty() {
                found.push(serde_json::json!({
                    "areas": drop["areas"], "commodity": line["commodity"], "description": line["description"],
                    "removed": line["removed"], "unit": line["unit"], "removals": lists(&line, "removals"),
                }));
            }
        }
    }
    for account in
        lists(whole, "accounts").iter().filter(|account| account["items_removed"].is_string())
    {
        found.push(serde_json::json!({
            "items_removed": account["items_removed"], "obstructed_by": account["obstructed_by"],
            "source": account["source"],
        }));
    }
    found
}
