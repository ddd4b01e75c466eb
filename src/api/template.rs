//! Workbooks to fill in.

use actix_web::{HttpRequest, HttpResponse, web};

use super::auth::{self, Reader};
use super::error::ApiError;
use super::params::Params;
use super::{State, body, computed};
use crate::domain::{Kind, Language};
use crate::exchange::template::{offered, workbook};
use crate::store::StoreError;

/// The media type of a workbook.
pub(super) const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// `GET /api/v1/templates/{kinds}.xlsx?language=`: what can be chosen from is what the reader may see.
pub(super) async fn get(
    kind: Kind,
    request: HttpRequest,
    state: web::Data<State>,
    reader: Reader,
) -> Result<HttpResponse, ApiError> {
    let mut params = Params::of(&request)?;
    let language = params.parsed("language").unwrap_or(Language::En);
    params.finish()?;
    let known = offered(&*state.app.store, kind, auth::known_by(&state), &reader.clearance).await?;
    let bytes = computed(move || workbook(kind, language, &known)).await?;
    let bytes = bytes.map_err(|fault| StoreError::Backend(Box::new(fault)))?;
    Ok(body::bytes(&request, XLSX, bytes))
}
