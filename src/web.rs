//! The pages inside the binary: how to get started, logging in, one's account, and the readable docs of the API.
//!
//! The situation room alone needs scripts, which are files of its own. No page takes anything from another host, unless
//! map tiles are set.

pub mod page;
mod room;
mod words;

use actix_web::{HttpRequest, HttpResponse, web};
use utoipa_swagger_ui::{Config, SwaggerUi};

use crate::api::{At, State, at};

const START: &str = include_str!("web/start.html");

/// What the first page says of the room where it is not inside the program, and where it is.
const ABSENT: &str = "The situation room is not inside this program: build it with <code>make page</code> \
    (it needs npm), then build the program again. Without it, this program answers over its API.";
const PRESENT: &str =
    "<a href=\"/\">The situation room</a> is where people look; programs ask over the API.";
const STYLE: &str = include_str!("web/page.css");
const ICON: &str = include_str!("web/icon.svg");

/// What a page may load and where its forms may go; everything else is forbidden.
pub(crate) const CONTENT_POLICY: &str = "default-src 'none'; style-src 'self'; img-src 'self'; \
    form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

/// The docs, which stand outside the table of routes.
const DOCS: &str = "/docs";

/// The pages that everybody may see.
pub(crate) fn paths() -> Vec<At> {
    let own = vec![
        at("/").open_get(begin),
        at("/start").open_get(start),
        at("/page.css").open_get(style),
        at("/icon.svg").open_get(icon),
    ];
    own.into_iter().chain(room::paths()).collect()
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

/// The situation room, where it was built into the program; else how to get it, and how to get on without it.
async fn begin(request: HttpRequest, state: web::Data<State>) -> HttpResponse {
    room::page(&request, &state).unwrap_or_else(|| html(START.to_owned(), "en"))
}

/// The same without the room, which needs scripts.
async fn start() -> HttpResponse {
    let page = if room::is_built() { START.replace(ABSENT, PRESENT) } else { START.to_owned() };
    html(page, "en")
}

async fn style() -> HttpResponse {
    HttpResponse::Ok().content_type("text/css; charset=utf-8").body(STYLE)
}

async fn icon() -> HttpResponse {
    HttpResponse::Ok().content_type("image/svg+xml").body(ICON)
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
