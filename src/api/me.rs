//! Who asks, and what they may do: for pages, which offer nothing that would be refused.

use actix_web::{HttpRequest, HttpResponse, web};
use serde_json::json;

use super::auth::{self, Reader};
use super::error::ApiError;
use super::params::Params;
use super::{State, body};
use crate::disclose::policy::{self, Operation};

/// `GET /api/v1/me`: the standing of whoever asks, the time of the program, and what a page needs to know of its settings.
pub(super) async fn get(
    request: HttpRequest,
    state: web::Data<State>,
    reader: Reader,
) -> Result<HttpResponse, ApiError> {
    Params::of(&request)?.finish()?;
    let may = Operation::ALL.iter().filter(|operation| policy::may(reader.role, **operation));
    let tile_url = &state.app.settings.room.tile_url;
    body::answer(
        &request,
        &json!({
            "id": reader.name().map(|_| reader.token_id()),
            "user": reader.name(),
            "role": reader.role,
            "level": reader.clearance.level,
            "organisation": reader.organisation,
            "may": may.collect::<Vec<_>>(),
            "now": auth::now(&state),
            "is_demo": state.open_reading,
            "tile_url": Some(tile_url).filter(|url| !url.is_empty()),
        }),
    )
}
