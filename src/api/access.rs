//! Access: who was asked, and what was answered.

use actix_web::{HttpRequest, HttpResponse, web};

use super::auth::Reader;
use super::error::ApiError;
use super::extract::{self, Wanted};
use super::funnel::{known_places, period};
use super::params::Params;
use super::{State, computed, figure};
use crate::exchange::extract::figures;
use crate::situation::scorecard::{By, ScorecardQuestion, scorecard as scorecard_of};

/// `GET /api/v1/access/scorecard`.
pub(super) async fn scorecard(
    request: HttpRequest,
    state: web::Data<State>,
    reader: Reader,
) -> Result<HttpResponse, ApiError> {
    let mut params = Params::of(&request)?;
    let wanted = Wanted::of(&request, &mut params, &reader, &figures::SCORECARD)?;
    let situation = figure::situation(&mut params, &state, &reader).await?;
    let (from, to) = period(&mut params);
    let question = ScorecardQuestion {
        by: params.parsed("by").unwrap_or(By::Authority),
        from,
        to,
        areas: figure::areas(&mut params, &situation),
        admin1: params.text("admin1"),
        authorities: params.list("authority"),
    };
    known_places(&mut params, &situation, &question.areas, question.admin1.as_deref());
    let parties = &situation.world.parties;
    for code in question.authorities.iter().filter(|code| parties.get(code).is_none()) {
        params.wrong("authority", &format!("there is no party {code}"));
    }
    params.finish()?;
    let asked = situation.clone();
    let answer = extract::json(&computed(move || scorecard_of(&asked, &question)).await?)?;
    wanted.give(&request, &state, &reader, &situation, answer).await
}
