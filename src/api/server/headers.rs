//! What every answer says to browsers: keep it to yourself, load nothing, show it in no frame.

use actix_web::body::MessageBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header::{HeaderMap, HeaderName, HeaderValue};
use actix_web::middleware::Next;
use actix_web::{Error, HttpResponse};

const ALWAYS: [(&str, &str); 5] = [
    ("x-content-type-options", "nosniff"),
    ("referrer-policy", "no-referrer"),
    ("x-frame-options", "DENY"),
    ("cache-control", "private, no-cache"),
    ("cross-origin-resource-policy", "same-origin"),
];

/// A year, as browsers ask for it.
const ONLY_TLS: (&str, &str) = ("strict-transport-security", "max-age=31536000");

const POLICY: &str = "content-security-policy";

/// Of answers for programs.
const NOTHING: &str = "default-src 'none'; frame-ancestors 'none'";

/// Of pages that bring their own style and set no policy themselves.
const OWN_STYLE: &str = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; \
    base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// Of the readable docs, whose scripts are files of ours.
const DOCS: &str = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; \
    img-src 'self' data:; font-src 'self'; connect-src 'self'; base-uri 'none'; \
    form-action 'none'; frame-ancestors 'none'";

/// Reports are shown inside the page; no page of others may show them.
const REPORTS: &str = "/api/v1/reports/";
const OWN_FRAME: &str = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; \
    base-uri 'none'; form-action 'none'; frame-ancestors 'self'";

fn allow_own_frame(headers: &mut HeaderMap) {
    let frame = HeaderName::from_static("x-frame-options");
    headers.insert(frame, HeaderValue::from_static("SAMEORIGIN"));
    headers.insert(HeaderName::from_static(POLICY), HeaderValue::from_static(OWN_FRAME));
}

/// Adds what the handler has not set itself.
pub(super) async fn added(
    secure: bool,
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<impl MessageBody>, Error> {
    let docs = request.path().starts_with("/docs");
    let framed = request.path().starts_with(REPORTS);
    let mut response = next.call(request).await?;
    if framed {
        allow_own_frame(response.headers_mut());
    }
    add(response.headers_mut(), secure, docs);
    Ok(response)
}

/// The answer to a request that broke off.
pub(super) fn of_error(secure: bool, fault: &Error) -> HttpResponse {
    let mut response = fault.error_response();
    add(response.headers_mut(), secure, false);
    response
}

fn add(headers: &mut HeaderMap, secure: bool, docs: bool) {
    let kind = headers.get("content-type").and_then(|kind| kind.to_str().ok());
    let page = kind.is_some_and(|kind| kind.starts_with("text/html"));
    let policy = match (docs, page) {
        (true, _) => DOCS,
        (false, true) => OWN_STYLE,
        (false, false) => NOTHING,
    };
    let tls = secure.then_some(ONLY_TLS);
    for (name, value) in ALWAYS.into_iter().chain(tls).chain([(POLICY, policy)]) {
        let name = HeaderName::from_static(name);
        if !headers.contains_key(&name) {
            headers.insert(name, HeaderValue::from_static(value));
        }
    }
}
