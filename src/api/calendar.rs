//! Pauses as a calendar that programs subscribe to.

use actix_web::{HttpRequest, HttpResponse, web};

use super::auth::Reader;
use super::error::ApiError;
use super::figure::situation;
use super::params::Params;
use super::{State, body, computed};
use crate::exchange::ical;

/// `GET /api/v1/pauses.ics`.
pub(super) async fn pauses(
    request: HttpRequest,
    state: web::Data<State>,
    reader: Reader,
) -> Result<HttpResponse, ApiError> {
    let mut params = Params::of(&request)?;
    let situation = situation(&mut params, &state, &reader).await?;
    params.finish()?;
    let calendar = computed(move || ical::pauses(&situation)).await?;
    Ok(body::text(&request, ical::MEDIA_TYPE, calendar))
}
