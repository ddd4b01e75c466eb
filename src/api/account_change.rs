//! What was changed about tokens and people, for auditors and admins.

use actix_web::{HttpRequest, HttpResponse, web};
use serde_json::json;

use super::State;
use super::error::ApiError;
use super::params::Params;

/// `GET /api/v1/account_changes?after=&limit=`: in order, from a place on.
pub(super) async fn list(
    request: HttpRequest,
    state: web::Data<State>,
) -> Result<HttpResponse, ApiError> {
    let mut params = Params::of(&request)?;
    let (after, limit) = params.after_and_limit();
    params.finish()?;
    let rows = state.app.store.account_changes(after, limit).await?;
    let next = (rows.len() == limit).then(|| rows.last().map(|row| row.sequence)).flatten();
    Ok(HttpResponse::Ok().json(json!({ "data": rows, "next": next })))
}
