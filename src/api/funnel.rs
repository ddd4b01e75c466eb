//! The funnel: of all convoys, and of one.

use actix_web::{HttpRequest, HttpResponse, web};
use chrono::{DateTime, Utc};

use super::auth::Reader;
use super::error::ApiError;
use super::extract::{self, Wanted};
use super::params::Params;
use super::{State, alert, body, computed, figure, list, record};
use crate::assess::delivery::ConvoyFacts;
use crate::domain::{Convoy, Text, typed};
use crate::exchange::extract::figures;
use crate::situation::funnel::convoy::convoy_funnel;
use crate::situation::funnel::{By, FunnelQuestion, funnel};
use crate::situation::{Known, Situation};
use crate::store::Reference;

/// `GET /api/v1/funnel`.
pub(super) async fn get(
    request: HttpRequest,
    state: web::Data<State>,
    reader: Reader,
) -> Result<HttpResponse, ApiError> {
    let mut params = Params::of(&request)?;
    let wanted = Wanted::of(&request, &mut params, &reader, &figures::FUNNEL)?;
    let situation = figure::situation(&mut params, &state, &reader).await?;
    let (from, to) = period(&mut params);
    let question = FunnelQuestion {
        by: params.parsed("by").unwrap_or(By::Month),
        from,
        to,
        areas: figure::areas(&mut params, &situation),
        admin1: params.text("admin1"),
        modes: alert::words(&mut params, "mode"),
    };
    known_places(&mut params, &situation, &question.areas, question.admin1.as_deref());
    params.finish()?;
    // By these, a row is what was taken off; the flow of goods is only told of everything together.
    let wanted = match question.by {
        By::Authority | By::Reason => wanted.unless_named("removals"),
        _ => wanted,
    };
    let asked = situation.clone();
    let answer = extract::json(&computed(move || funnel(&asked, &question)).await?)?;
    wanted.give(&request, &state, &reader, &situation, answer).await
}

/// `GET /api/v1/convoys/{ref}/funnel`.
pub(super) async fn of_convoy(
    request: HttpRequest,
    state: web::Data<State>,
    reader: Reader,
    reference: web::Path<String>,
) -> Result<HttpResponse, ApiError> {
    let mut params = Params::of(&request)?;
    let wanted = Wanted::of(&request, &mut params, &reader, &figures::CONVOY_FUNNEL)?;
    let cut = list::cut(&mut params, &state);
    params.finish()?;
    let reference = Reference::parse(&reference);
    let stored = record::convoy(&state, &reader, &reference, cut).await?;
    let convoy: Convoy = typed(&body::parsed(&stored)?).map_err(ApiError::Invalid)?;
    let row = Known {
        code: stored.code.into(),
        id: stored.id,
        version: stored.version,
        level: stored.seen.level,
        learned_at: stored.learned_at,
        record: ConvoyFacts::of(&convoy, state.app.ration()),
    };
    let answer = convoy_funnel(&row, cut.as_of.unwrap_or(cut.known_at), cut.known_at);
    wanted.give_one(&request, &state, &reader, cut, &answer).await
}

/// `from` and `to`, in their order.
pub(super) fn period(params: &mut Params) -> (Option<DateTime<Utc>>, Option<DateTime<Utc>>) {
    let (from, to) = (params.moment("from", false), params.moment("to", true));
    if from.zip(to).is_some_and(|(from, to)| from > to) {
        params.wrong("from", "must not lie after to");
    }
    (from, to)
}

/// Notes the areas and the first-level unit that there are not.
pub(super) fn known_places(
    params: &mut Params,
    situation: &Situation,
    areas: &[String],
    admin1: Option<&str>,
) {
    let known = &situation.world.areas;
    for area in areas.iter().filter(|code| known.get(code).is_none()) {
        params.wrong("area", &format!("there is no area {area}"));
    }
    let is_in = |only: &str| {
        known.iter().any(|area| area.record.admin1_pcode.as_ref().map(Text::as_str) == Some(only))
    };
    if let Some(only) = admin1.filter(|only| !is_in(only)) {
        params.wrong("admin1", &format!("no area lies in {only}"));
    }
}
