//! Whatever goes wrong is answered in one form, and to nobody but the one who asked.

use std::panic::AssertUnwindSafe;

use actix_web::body::MessageBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::middleware::Next;
use actix_web::{Error, web};
use futures_util::FutureExt;

use crate::api::State;
use crate::api::error::ApiError;
use crate::api::upload::body_limit;

/// A handler that panics costs its own client a 500 and nobody else anything.
pub(super) async fn survived(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<impl MessageBody>, Error> {
    let answered = AssertUnwindSafe(next.call(request)).catch_unwind().await;
    // The hook has logged where; what the panic says may name people and goes nowhere.
    answered.unwrap_or_else(|_panic| Err(ApiError::BrokeOff("a handler panicked".into()).into()))
}

/// Errors of the framework (a body over the limit, a broken upload) get the same form as ours.
pub(super) async fn in_our_form(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<impl MessageBody>, Error> {
    let limit = request
        .app_data::<web::Data<State>>()
        .map_or(0, |state| body_limit(&state.app.settings, request.method(), request.path()));
    let announced: Option<usize> = request
        .headers()
        .get("Content-Length")
        .and_then(|value| value.to_str().ok())
        .and_then(|value| value.parse().ok());
    if announced.is_some_and(|length| length > limit) {
        return Ok(request.error_response(ApiError::TooLarge(limit)));
    }
    let response = next.call(request).await;
    let response = match response {
        Ok(response) => response,
        Err(fault) => return Err(as_problem(fault, limit)),
    };
    let foreign =
        response.response().error().filter(|error| error.as_error::<ApiError>().is_none());
    if let Some(foreign) = foreign {
        let problem = problem_of(
            &foreign.to_string(),
            foreign.as_response_error().status_code().as_u16(),
            limit,
        );
        return Ok(response.error_response(problem).map_into_boxed_body());
    }
    Ok(response.map_into_boxed_body())
}

fn as_problem(fault: Error, limit: usize) -> Error {
    if fault.as_error::<ApiError>().is_some() {
        return fault;
    }
    let status = fault.as_response_error().status_code().as_u16();
    problem_of(&fault.to_string(), status, limit).into()
}

fn problem_of(text: &str, status: u16, limit: usize) -> ApiError {
    match status {
        413 => ApiError::TooLarge(limit),
        _ => ApiError::Unreadable(text.to_owned()),
    }
}

#[cfg(test)]
#[path = "../../../tests/promises/result.rs"]
mod result;

#[cfg(test)]
mod tests {
    use actix_web::middleware::from_fn;
    use actix_web::{App, HttpResponse, test};

    use super::*;

    async fn panics() -> HttpResponse {
        panic!("the secret of convoy 7")
    }

    #[actix_web::test]
    async fn a_handler_that_panics_costs_its_own_client_a_500_and_nobody_else_anything() {
        let fine = || async { HttpResponse::Ok().body("fine") };
        let app = App::new().wrap(from_fn(survived)).route("/panics", web::get().to(panics));
        let app = test::init_service(app.route("/fine", web::get().to(fine))).await;
        let ask = |path: &str| test::TestRequest::get().uri(path).to_request();
        let other = test::call_service(&app, ask("/fine"));
        let fault = test::try_call_service(&app, ask("/panics")).await.err().unwrap();
        let answer = fault.error_response();
        assert_eq!(answer.status().as_u16(), 500);
        assert_eq!(answer.headers().get("content-type").unwrap(), "application/problem+json");
        let body = actix_web::body::to_bytes(answer.into_body()).await.ok().unwrap();
        let body = String::from_utf8(body.to_vec()).unwrap();
        assert!(body.contains("\"internal\"") && !body.contains("secret"), "{body}");
        assert!(other.await.status().is_success());
        assert!(test::call_service(&app, ask("/fine")).await.status().is_success());
        let told = "a panic in a handler: 500 to its client, the others are answered";
        result::record("G18", told, true);
    }
}
