//! The situation room: the page that `web/` is built into, carried inside the binary.
//!
//! It is built by `make page`. A program that was built without it works all the same, and `/` says how to get it.

use actix_web::http::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, ETAG, IF_NONE_MATCH};
use actix_web::{HttpRequest, HttpResponse, web};
use rust_embed::{EmbeddedFile, RustEmbed};

use crate::api::{At, State, at};

/// What `npm run build` leaves.
#[derive(RustEmbed)]
#[folder = "web/dist"]
struct Built;

/// Where the page begins.
const PAGE: &str = "index.html";

/// What has its hash in its name never changes: kept for a year.
const FOR_EVER: &str = "public, max-age=31536000, immutable";

/// Whose work the page carries; its name stays.
const LICENCES: &str = "licences.md";

/// Is the page inside this program?
pub(super) fn is_built() -> bool {
    Built::get(PAGE).is_some()
}

/// The files of the page.
pub(super) fn paths() -> Vec<At> {
    vec![at("/assets/{name}").open_get(asset)]
}

/// The page, or `None` where it was not built.
pub(super) fn page(request: &HttpRequest, state: &State) -> Option<HttpResponse> {
    let file = Built::get(PAGE)?;
    let policy = policy(&state.app.settings.room.tile_url);
    let etag = format!("\"{}\"", blake3::hash(&file.data).to_hex());
    // The page names its files by their hashes, so it is asked for each time, and rarely sent.
    let known = request.headers().get(IF_NONE_MATCH).is_some_and(|given| given == etag.as_str());
    let mut answer = if known { HttpResponse::NotModified() } else { HttpResponse::Ok() };
    answer.insert_header((CONTENT_SECURITY_POLICY, policy)).insert_header((ETAG, etag));
    if known {
        return Some(answer.finish());
    }
    Some(answer.content_type("text/html; charset=utf-8").body(file.data))
}

/// `GET /assets/{name}`.
async fn asset(name: web::Path<String>) -> HttpResponse {
    let is_plain = !name.contains(['/', '\\']);
    let file = is_plain.then(|| Built::get(&format!("assets/{name}"))).flatten();
    let Some(EmbeddedFile { data, .. }) = file else {
        return HttpResponse::NotFound()
            .content_type("text/plain")
            .body("no such file of the page");
    };
    let kept = if *name == LICENCES { "private, no-cache" } else { FOR_EVER };
    HttpResponse::Ok()
        .content_type(media_type(&name))
        .insert_header((CACHE_CONTROL, kept))
        .body(data)
}

/// Of the files that the page is made of.
fn media_type(name: &str) -> &'static str {
    match name.rsplit_once('.').map(|(_, ending)| ending) {
        Some("js" | "mjs") => "text/javascript; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("svg") => "image/svg+xml",
        Some("json") => "application/json",
        Some("md") => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

/// What the page may load: its own files and answers, and map tiles from where the settings say.
///
/// The map draws in a worker that it makes of a file of its own.
fn policy(tile_url: &str) -> String {
    let tiles = tile_origin(tile_url).map(|origin| format!(" {origin}")).unwrap_or_default();
    format!(
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:{tiles}; \
         connect-src 'self'{tiles}; worker-src 'self' blob:; frame-src 'self'; font-src 'self'; \
         form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
    )
}

/// Scheme, host and port of an address.
fn tile_origin(url: &str) -> Option<&str> {
    let (scheme, rest) = url.split_once("://")?;
    let host = rest.split(['/', '?', '#']).next()?;
    url.get(..scheme.len() + "://".len() + host.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_server_of_the_tiles_is_let_in_beside_the_program() {
        assert!(!policy("").contains("http"));
        let told = policy("https://tiles.example.org:8443/a/{z}/{x}/{y}.png?k=1");
        assert_eq!(told.matches(" https://tiles.example.org:8443;").count(), 2, "{told}");
        for policy in [policy(""), told] {
            assert!(!policy.contains("unsafe"), "{policy}");
        }
    }

    #[test]
    fn scripts_and_styles_are_told_apart_by_their_endings() {
        assert_eq!(media_type("index-D3.js"), "text/javascript; charset=utf-8");
        assert_eq!(media_type("index-D3.css"), "text/css; charset=utf-8");
        assert_eq!(media_type("odd"), "application/octet-stream");
    }
}
