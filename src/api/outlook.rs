//! How long what areas have will last: of one area with all that it rests on, or of all by urgency.

use actix_web::{HttpRequest, HttpResponse, web};
use chrono::{DateTime, TimeDelta, Utc};
use serde::Serialize;
use serde_json::{Value, json};

use super::auth::Reader;
use super::error::ApiError;
use super::extract::{self, Wanted};
use super::figure::{area, areas, situation};
use super::funnel::known_places;
use super::params::Params;
use super::{State, computed};
use crate::assess::holding::Sector;
use crate::domain::stock::RationPolicy;
use crate::exchange::extract::figures;
use crate::situation::Situation;
use crate::situation::gap::{AskedHaulage, GapQuestion, area_gap, area_gaps};
use crate::situation::outlook::{OutlookQuestion, outlooks};
use crate::situation::standards::Standards;
use crate::situation::supply::SupplyQuestion;

/// How far ahead one can look, days.
const FARTHEST_DAYS: u32 = 3_660;

/// The question, but for the areas.
fn question<'q>(params: &mut Params, standards: &'q Standards) -> OutlookQuestion<'q> {
    OutlookQuestion {
        supply: SupplyQuestion {
            sector: params.parsed("sector").unwrap_or(Sector::Food),
            policy: params.parsed::<RationPolicy>("policy"),
            include_planned: params.parsed("include_planned").unwrap_or(false),
            standards,
        },
        horizon_days: params.whole("horizon_days", 1..=FARTHEST_DAYS),
        areas: Vec::new(),
        admin1: None,
        with_inputs: true,
    }
}

/// `GET /api/v1/areas/{ref}/outlook`.
pub(super) async fn get(
    request: HttpRequest,
    state: web::Data<State>,
    reader: Reader,
    reference: web::Path<String>,
) -> Result<HttpResponse, ApiError> {
    let mut params = Params::of(&request)?;
    let wanted = Wanted::of(&request, &mut params, &reader, &figures::OUTLOOK)?;
    let standards = state.app.standards();
    let mut asked = question(&mut params, &standards);
    let situation = situation(&mut params, &state, &reader).await?;
    params.finish()?;
    asked.areas = vec![area(&situation, &reference)?.code.to_string()];
    let found = outlooks(&situation, &asked).into_iter().next();
    let answer = with_clocks(&situation, &found)?;
    wanted.give(&request, &state, &reader, &situation, answer).await
}

/// A figure of one record, with the day it is for and what was known by then.
fn with_clocks(situation: &Situation, figure: &impl Serialize) -> Result<Value, ApiError> {
    let figure = extract::json(figure)?;
    let mut answer = json!({ "as_of": situation.as_of, "known_at": situation.known_at });
    if let (Some(answer), Value::Object(fields)) = (answer.as_object_mut(), figure) {
        answer.extend(fields);
    }
    Ok(answer)
}

/// What is asked of a gap, but for where.
struct GapAsked {
    from: DateTime<Utc>,
    to: DateTime<Utc>,
    policy: Option<RationPolicy>,
    include_planned: bool,
    haulage: AskedHaulage,
}

impl GapAsked {
    /// By default the next 30 days.
    fn of(params: &mut Params, situation: &Situation) -> Self {
        const PERIOD: TimeDelta = TimeDelta::days(30);
        const LARGEST: f64 = 1_000_000.0;
        let from = params.moment("from", false);
        let to = params.moment("to", true);
        let from = from.unwrap_or_else(|| situation.as_of + TimeDelta::milliseconds(1));
        let to = to.unwrap_or(from + PERIOD - TimeDelta::milliseconds(1));
        if from > to {
            params.wrong("from", "must not lie after to");
        }
        let haulage = AskedHaulage {
            ration_kg: params.number("ration_kg", 0.01, 100.0),
            loss: params.number("loss", 0.0, 0.99),
            payload_tonnes: params.number("payload_tonnes", 0.1, 1_000.0),
            trucks_per_convoy: params.number("trucks_per_convoy", 1.0, LARGEST),
        };
        let policy = params.parsed::<RationPolicy>("policy");
        let include_planned = params.parsed("include_planned").unwrap_or(false);
        Self { from, to, policy, include_planned, haulage }
    }

    fn question<'q>(&self, standards: &'q Standards) -> GapQuestion<'q> {
        let (policy, include_planned) = (self.policy, self.include_planned);
        let supply = SupplyQuestion { sector: Sector::Food, policy, include_planned, standards };
        GapQuestion { from: self.from, to: self.to, supply, asked: self.haulage }
    }
}

/// `GET /api/v1/areas/{ref}/gap?from=&to=`: what it lacks, by default in the next 30 days.
pub(super) async fn gap(
    request: HttpRequest,
    state: web::Data<State>,
    reader: Reader,
    reference: web::Path<String>,
) -> Result<HttpResponse, ApiError> {
    let mut params = Params::of(&request)?;
    let wanted = Wanted::of(&request, &mut params, &reader, &figures::GAP)?;
    let standards = state.app.standards();
    let situation = situation(&mut params, &state, &reader).await?;
    let asked = GapAsked::of(&mut params, &situation);
    params.finish()?;
    let area = area(&situation, &reference)?;
    let found = area_gap(&situation, area, &asked.question(&standards));
    let answer = with_clocks(&situation, &found)?;
    wanted.give(&request, &state, &reader, &situation, answer).await
}

/// `GET /api/v1/gap?from=&to=&area=&admin1=`: what every area lacks, by code.
pub(super) async fn gaps(
    request: HttpRequest,
    state: web::Data<State>,
    reader: Reader,
) -> Result<HttpResponse, ApiError> {
    let mut params = Params::of(&request)?;
    let wanted = Wanted::of(&request, &mut params, &reader, &figures::GAP)?;
    let standards = state.app.standards();
    let situation = situation(&mut params, &state, &reader).await?;
    let (areas, admin1) = (areas(&mut params, &situation), params.text("admin1"));
    let asked = GapAsked::of(&mut params, &situation);
    known_places(&mut params, &situation, &areas, admin1.as_deref());
    params.finish()?;
    let (from, to, of) = (asked.from, asked.to, situation.clone());
    let found =
        computed(move || area_gaps(&of, &asked.question(&standards), &areas, admin1.as_deref()))
            .await?;
    let answer = json!({
        "as_of": situation.as_of, "known_at": situation.known_at, "from": from, "to": to,
        "notes": situation.withheld().into_iter().collect::<Vec<_>>(),
        "data": found, "total": found.len(),
    });
    wanted.give(&request, &state, &reader, &situation, answer).await
}

/// `GET /api/v1/outlook`: of all areas, the most urgent first.
pub(super) async fn list(
    request: HttpRequest,
    state: web::Data<State>,
    reader: Reader,
) -> Result<HttpResponse, ApiError> {
    let mut params = Params::of(&request)?;
    let wanted = Wanted::of(&request, &mut params, &reader, &figures::OUTLOOK)?;
    let expand = params.text("expand");
    if expand.as_deref().is_some_and(|expand| expand != "all") {
        params.wrong("expand", "must be all");
    }
    let standards = state.app.standards();
    let OutlookQuestion { supply, horizon_days, .. } = question(&mut params, &standards);
    let (sector, policy, include_planned) = (supply.sector, supply.policy, supply.include_planned);
    let situation = situation(&mut params, &state, &reader).await?;
    let (areas, admin1) = (areas(&mut params, &situation), params.text("admin1"));
    for code in areas.iter().filter(|code| situation.world.areas.get(code).is_none()) {
        params.wrong("area", &format!("there is no area {code}"));
    }
    params.finish()?;
    // A file has tables of what it rests on, and names its sources.
    let with_inputs = expand.is_some() || wanted.is_file();
    let of = situation.clone();
    let found = computed(move || {
        let supply = SupplyQuestion { sector, policy, include_planned, standards: &standards };
        let asked = OutlookQuestion { supply, horizon_days, areas, admin1, with_inputs };
        outlooks(&of, &asked)
    })
    .await?;
    let (as_of, known_at) = (situation.as_of, situation.known_at);
    let answer = json!({ "as_of": as_of, "known_at": known_at, "sector": sector, "data": found, "total": found.len() });
    wanted.give(&request, &state, &reader, &situation, answer).await
}
