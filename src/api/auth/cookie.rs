//! The cookie of a person who has logged in, and the check that it is their own page that uses it.

use actix_web::cookie::{Cookie, SameSite};
use actix_web::http::Method;
use actix_web::{HttpRequest, http::header};

use super::super::State;
use super::super::error::ApiError;
use super::Reader;
use crate::people::session;
use crate::store::{Session, User};

/// `__Host-` makes a browser take it only over HTTPS (or from this very machine), for this host and every path.
pub(in crate::api) const COOKIE: &str = "__Host-passage";

/// Who has logged in, and with which session.
pub(in crate::api) struct SignedIn {
    /// The session.
    pub(in crate::api) session: Session,
    /// Whose it is.
    pub(in crate::api) user: User,
}

impl SignedIn {
    /// As whoever asks.
    pub(in crate::api) fn reader(&self) -> Reader {
        Reader::new(&self.user.name, &self.user.id, &self.user.standing)
    }
}

/// Who has logged in; `None` where there is no cookie, or, where everybody may read, none that holds.
///
/// # Errors
///
/// [`ApiError::Unauthorised`] where the cookie does not hold.
pub(in crate::api) async fn signed_in(
    request: &HttpRequest,
    state: &State,
) -> Result<Option<SignedIn>, ApiError> {
    let Some(cookie) = request.cookie(COOKIE) else { return Ok(None) };
    let app = &state.app;
    let held = (&app.token_key, app.settings.login, app.clock.recorded_at());
    let found = session::check(&*app.store, held, cookie.value()).await?;
    match found {
        Some((session, user)) => Ok(Some(SignedIn { session, user })),
        None if state.open_reading => Ok(None),
        None => Err(ApiError::Unauthorised),
    }
}

/// The cookie that a browser is given; it goes when the browser is closed.
pub(in crate::api) fn issued(value: String) -> Cookie<'static> {
    Cookie::build(COOKIE, value)
        .path("/")
        .secure(true)
        .http_only(true)
        .same_site(SameSite::Strict)
        .finish()
}

/// The cookie that takes the other one away.
pub(in crate::api) fn ended() -> Cookie<'static> {
    let mut cookie = issued(String::new());
    cookie.make_removal();
    cookie
}

/// Does a request that changes something come from another page than ours, or from one that does not say?
pub(in crate::api) fn is_cross_site(request: &HttpRequest) -> bool {
    if [Method::GET, Method::HEAD, Method::OPTIONS].contains(request.method()) {
        return false;
    }
    let text = |name: header::HeaderName| {
        request.headers().get(name).map(|value| value.to_str().unwrap_or("unreadable"))
    };
    let site = text(header::HeaderName::from_static("sec-fetch-site"));
    let origin = text(header::ORIGIN);
    match (site, origin) {
        (None, None) => true,
        (Some(site), None) => site != "same-origin",
        (site, Some(origin)) => {
            let host = text(header::HOST).unwrap_or_default();
            site.is_some_and(|site| site != "same-origin") || !is_of_host(origin, host)
        }
    }
}

/// Is this the origin of that host? Whether over HTTP or HTTPS is not compared: a proxy in front may speak the other.
fn is_of_host(origin: &str, host: &str) -> bool {
    let authority = origin.strip_prefix("https://").or_else(|| origin.strip_prefix("http://"));
    authority.is_some_and(|authority| authority.eq_ignore_ascii_case(host))
}

#[cfg(test)]
mod tests {
    use actix_web::test::TestRequest;

    use super::*;

    fn post(headers: &[(&'static str, &'static str)]) -> HttpRequest {
        let request = TestRequest::post().insert_header(("Host", "passage.example:8443"));
        headers
            .iter()
            .fold(request, |request, header| request.insert_header(*header))
            .to_http_request()
    }

    #[test]
    fn only_a_page_of_the_same_origin_changes_anything() {
        let own = "https://passage.example:8443";
        for headers in [
            &[("Origin", own)][..],
            &[("Origin", own), ("Sec-Fetch-Site", "same-origin")],
            &[("Sec-Fetch-Site", "same-origin")],
            &[("Origin", "http://passage.example:8443")],
        ] {
            assert!(!is_cross_site(&post(headers)), "{headers:?}");
        }
        for headers in [
            &[][..],
            &[("Origin", "null")],
            &[("Origin", "https://evil.example")],
            &[("Origin", "https://passage.example")],
            &[("Origin", "https://passage.example:8443.evil.example")],
            &[("Origin", "ftp://passage.example:8443")],
            &[("Origin", own), ("Sec-Fetch-Site", "cross-site")],
            &[("Sec-Fetch-Site", "same-site")],
            &[("Sec-Fetch-Site", "none")],
        ] {
            assert!(is_cross_site(&post(headers)), "{headers:?}");
        }
    }

    #[test]
    fn reading_is_no_change() {
        let request = TestRequest::get().insert_header(("Origin", "https://evil.example"));
        assert!(!is_cross_site(&request.to_http_request()));
    }

    #[test]
    fn the_cookie_stays_with_this_host_this_site_and_the_server() {
        let cookie = issued("x".to_owned()).to_string();
        assert_eq!(cookie, "__Host-passage=x; HttpOnly; SameSite=Strict; Secure; Path=/");
        assert!(ended().to_string().contains("Max-Age=0"));
    }
}
