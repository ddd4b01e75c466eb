//! The pages inside the binary: how to get started, logging in, one's account, and the readable docs of the API.
//!
//! No page needs a script, and none takes anything from another host.

pub mod page;
mod words;

use actix_web::{HttpResponse, web};
use utoipa_swagger_ui::{Config, SwaggerUi};

use crate::api::{At, at};

const START: &str = include_str!("web/start.html");
const STYLE: &str = include_str!("web/page.css");

/// What a page may load and where its forms may go; everything else is forbidden.
pub(crate) const CONTENT_POLICY: &str = "default-src 'none'; style-src 'self'; img-src 'self'; \
    form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

/// The docs, which stand outside the table of routes.
const DOCS: &str = "/docs";

/// The pages that everybody may see.
pub(crate) fn paths() -> Vec<At> {
    vec![at("/").open_get(start), at("/page.css").open_get(style)]
}

/// `/docs`.
pub fn routes(config: &mut web::ServiceConfig) {
    config
        .service(web::redirect(DOCS, "/docs/"))
        // The default validator is a server on the internet, which would be told where this one stands.
        .service(
            SwaggerUi::new("/docs/{_:.*}")
                .config(Config::from("/openapi.json").validator_url("none")),
        );
}

/// Does a path belong to the docs?
pub(crate) fn has(path: &str) -> bool {
    path == DOCS || path.strip_prefix(DOCS).is_some_and(|rest| rest.starts_with('/'))
}

async fn start() -> HttpResponse {
    html(START.to_owned(), "en")
}

async fn style() -> HttpResponse {
    HttpResponse::Ok().content_type("text/css; charset=utf-8").body(STYLE)
}

/// A page. Its address goes to no other host, but its own forms say where they come from.
pub(crate) fn html(page: String, language: &str) -> HttpResponse {
    HttpResponse::Ok()
        .content_type("text/html; charset=utf-8")
        .insert_header(("Content-Security-Policy", CONTENT_POLICY))
        .insert_header(("Referrer-Policy", "same-origin"))
        .insert_header(("Content-Language", language))
        .insert_header(("Vary", "Accept-Language"))
        .body(page)
}
