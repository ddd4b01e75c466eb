//! What was changed about tokens and people, for auditors and admins.

use actix_web::{HttpRequest, HttpResponse, web};
use serde_json::json;

use super::State;
use super::auth::Reader;
use super::error::ApiError;
use super::extract::{Page, Wanted};
use super::params::Params;
use crate::exchange::extract::service;

/// `GET /api/v1/account_changes?after=&limit=`: in order, from a place on.
pub(super) async fn list(
    request: HttpRequest,
    state: web::Data<State>,
    reader: Reader,
) -> Result<HttpResponse, ApiError> {
    let mut params = Params::of(&request)?;
    let wanted = Wanted::of_list(&request, &mut params, &reader, &service::ACCOUNT_CHANGES)?;
    let (after, limit) = (params.after(), wanted.rows(&mut params));
    params.finish()?;
    let rows = state.app.store.account_changes(after, limit).await?;
    let last = (rows.len() == limit).then(|| rows.last().map(|row| row.sequence)).flatten();
    let next = last.map(|last| ("after", last.to_string()));
    let answer = json!({ "data": rows, "next": last });
    wanted.give_page(&request, &state, &reader, Page::of_now(&state, answer, next, None)).await
}
