//! How long what areas have will last: of one area with all that it rests on, or of all by urgency.

use actix_web::{HttpRequest, HttpResponse, web};
use serde_json::json;

use super::auth::Reader;
use super::error::ApiError;
use super::figure::{area, situation};
use super::params::Params;
use super::{State, body, computed};
use crate::assess::holding::Sector;
use crate::domain::stock::RationPolicy;
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
    let standards = state.app.standards();
    let mut asked = question(&mut params, &standards);
    let situation = situation(&mut params, &state, &reader).await?;
    params.finish()?;
    asked.areas = vec![area(&situation, &reference)?.code.to_string()];
    let found = outlooks(&situation, &asked).into_iter().next();
    let outlook = serde_json::to_value(found).map_err(ApiError::unwritable)?;
    let mut answer = json!({ "as_of": situation.as_of, "known_at": situation.known_at });
    if let (Some(answer), serde_json::Value::Object(fields)) = (answer.as_object_mut(), outlook) {
        answer.extend(fields);
    }
    body::answer(&request, &answer)
}

/// `GET /api/v1/outlook`: of all areas, the most urgent first.
pub(super) async fn list(
    request: HttpRequest,
    state: web::Data<State>,
    reader: Reader,
) -> Result<HttpResponse, ApiError> {
    let mut params = Params::of(&request)?;
    let (areas, admin1) = (params.list("area"), params.text("admin1"));
    let expand = params.text("expand");
    if expand.as_deref().is_some_and(|expand| expand != "all") {
        params.wrong("expand", "must be all");
    }
    let standards = state.app.standards();
    let OutlookQuestion { supply, horizon_days, .. } = question(&mut params, &standards);
    let (sector, policy, include_planned) = (supply.sector, supply.policy, supply.include_planned);
    let situation = situation(&mut params, &state, &reader).await?;
    for code in areas.iter().filter(|code| situation.world.areas.get(code).is_none()) {
        params.wrong("area", &format!("there is no area {code}"));
    }
    params.finish()?;
    let with_inputs = expand.is_some();
    let (as_of, known_at) = (situation.as_of, situation.known_at);
    let found = computed(move || {
        let supply = SupplyQuestion { sector, policy, include_planned, standards: &standards };
        let asked = OutlookQuestion { supply, horizon_days, areas, admin1, with_inputs };
        outlooks(&situation, &asked)
    })
    .await?;
    body::answer(
        &request,
        &json!({ "as_of": as_of, "known_at": known_at, "sector": sector, "data": found, "total": found.len() }),
    )
}
