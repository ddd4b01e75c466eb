//! Rate limits: by address, so that a flood is refused before anything is looked up, and by token.

use std::hash::{BuildHasher, RandomState};
use std::net::{IpAddr, Ipv6Addr};
use std::time::{Duration, Instant};

use actix_web::body::MessageBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::middleware::Next;
use actix_web::{Error, HttpMessage, HttpRequest, web};

use super::pace::Pace;
use crate::api::State;
use crate::api::auth::{COOKIE, bearer};
use crate::api::error::ApiError;
use crate::config;

/// The answer to a wrong token or cookie, as [`ApiError::Unauthorised`] gives it.
const UNAUTHORISED: u16 = 401;

/// Left with a request whose password was wrong, whatever its answer looks like.
pub struct WrongPassword;

/// Who has asked how often.
pub struct Limits {
    addresses: Pace,
    tokens: Pace,
    /// Keyed anew at each start, so that nobody can aim at the place of another.
    hasher: RandomState,
    begun: Instant,
    failed_cost: u32,
    trusted: Vec<IpAddr>,
}

impl Limits {
    /// As set.
    #[must_use]
    pub fn of_settings(settings: &config::Server) -> Self {
        Self {
            addresses: Pace::new(
                settings.requests_per_address,
                settings.requests_per_address_burst,
            ),
            tokens: Pace::new(settings.requests_per_token, settings.requests_per_token_burst),
            hasher: RandomState::new(),
            begun: Instant::now(),
            failed_cost: settings.failed_login_cost,
            trusted: settings.trusted_proxies.clone(),
        }
    }

    /// Takes a request, or says after how long to come again.
    fn admit(&self, address: u64, token: Option<u64>) -> Result<(), Duration> {
        let now = self.begun.elapsed();
        self.addresses.take(address, now)?;
        token.map_or(Ok(()), |token| self.tokens.take(token, now))
    }

    /// The address that a request is counted for.
    fn address(&self, request: &ServiceRequest) -> u64 {
        self.hasher.hash_one(self.client(request.request()))
    }

    /// From where a request comes: the nearest address that is not one of our proxies, as it is counted.
    pub(in crate::api) fn client(&self, request: &HttpRequest) -> IpAddr {
        let peer = request.peer_addr().map_or(IpAddr::V6(Ipv6Addr::UNSPECIFIED), |peer| peer.ip());
        let forwarded = request.headers().get_all("X-Forwarded-For");
        // A line that cannot be read is none that names an address, and ends the walk.
        let forwarded = forwarded.map(|value| value.to_str().unwrap_or_default());
        counted(client(peer, forwarded, &self.trusted))
    }

    /// What a request shows of who sends it, as it is looked up and not as it is written, with the secret: whoever
    /// holds another's id alone cannot spend for it.
    fn token(&self, request: &ServiceRequest) -> Option<u64> {
        match request.headers().get("Authorization") {
            Some(header) => bearer(header).map(|token| self.hasher.hash_one(token)),
            None => request.cookie(COOKIE).map(|cookie| self.hasher.hash_one(cookie.value())),
        }
    }
}

/// The nearest address that is not one of our proxies.
fn client<'a>(
    peer: IpAddr,
    forwarded: impl DoubleEndedIterator<Item = &'a str>,
    trusted: &[IpAddr],
) -> IpAddr {
    let is_trusted = |address: IpAddr| trusted.contains(&address.to_canonical());
    if !is_trusted(peer) {
        return peer;
    }
    let named = forwarded.rev().flat_map(|line| line.rsplit(',')).map(|word| word.trim().parse());
    // What stands before a word that is no address cannot be believed.
    let mut named = named.map_while(Result::ok);
    named.find(|address| !is_trusted(*address)).unwrap_or(peer)
}

/// Addresses that one holder has at will count as one: of IPv6 a /64.
pub(super) fn counted(address: IpAddr) -> IpAddr {
    const HOST: u128 = u64::MAX as u128;
    match address.to_canonical() {
        IpAddr::V6(v6) => IpAddr::V6(Ipv6Addr::from_bits(v6.to_bits() & !HOST)),
        v4 @ IpAddr::V4(_) => v4,
    }
}

/// Refuses what comes too fast, before a token is looked up or a body read.
pub(super) async fn limited(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<impl MessageBody>, Error> {
    let Some(state) = request.app_data::<web::Data<State>>().cloned() else {
        return Ok(next.call(request).await?.map_into_left_body());
    };
    let address = state.limits.address(&request);
    if let Err(wait) = state.limits.admit(address, state.limits.token(&request)) {
        let seconds = wait.as_secs() + u64::from(wait.subsec_nanos() > 0);
        return Ok(request.error_response(ApiError::TooMany(seconds)).map_into_right_body());
    }
    let answered = next.call(request).await;
    let status = answered
        .as_ref()
        .map_or_else(|fault| fault.as_response_error().status_code(), ServiceResponse::status);
    let was_wrong =
        |answer: &ServiceResponse<_>| answer.request().extensions().contains::<WrongPassword>();
    if status.as_u16() == UNAUTHORISED || answered.as_ref().is_ok_and(was_wrong) {
        let now = state.limits.begun.elapsed();
        state.limits.addresses.charge(address, state.limits.failed_cost, now);
    }
    Ok(answered?.map_into_left_body())
}

#[cfg(test)]
mod tests {
    use actix_web::test::TestRequest;

    use super::*;

    fn ip(text: &str) -> IpAddr {
        text.parse().unwrap()
    }

    #[test]
    fn what_a_stranger_says_about_its_address_is_not_heard() {
        let forged = ["1.1.1.1"];
        assert_eq!(client(ip("9.9.9.9"), forged.into_iter(), &[]), ip("9.9.9.9"));
        assert_eq!(client(ip("9.9.9.9"), forged.into_iter(), &[ip("10.0.0.7")]), ip("9.9.9.9"));
    }

    #[test]
    fn of_a_chain_of_proxies_the_nearest_that_is_not_ours_counts() {
        let trusted = [ip("10.0.0.7"), ip("10.0.0.8")];
        let chain = ["1.1.1.1, 2.2.2.2", "3.3.3.3,10.0.0.8"];
        assert_eq!(client(ip("10.0.0.7"), chain.into_iter(), &trusted), ip("3.3.3.3"));
        assert_eq!(client(ip("10.0.0.7"), ["x, 10.0.0.8"].into_iter(), &trusted), ip("10.0.0.7"));
        assert_eq!(client(ip("10.0.0.7"), [].into_iter(), &trusted), ip("10.0.0.7"));
        assert_eq!(client(ip("::ffff:10.0.0.7"), ["4.4.4.4"].into_iter(), &trusted), ip("4.4.4.4"));
    }

    #[test]
    fn the_addresses_of_one_holder_count_as_one() {
        assert_eq!(counted(ip("2001:db8::1")), counted(ip("2001:db8::ffff:1")));
        assert_ne!(counted(ip("2001:db8::1")), counted(ip("2001:db8:0:1::1")));
        assert_eq!(counted(ip("::ffff:1.2.3.4")), ip("1.2.3.4"));
    }

    #[test]
    fn a_token_or_a_cookie_is_the_same_whatever_stands_around_it() {
        let settings = config::Settings::layered("f", "", std::iter::empty()).unwrap();
        let limits = Limits::of_settings(&settings.server);
        let key = |name, value| {
            let request = TestRequest::default().insert_header((name, value));
            limits.token(&request.to_srv_request())
        };
        let cookie = key("Cookie", "__Host-passage=a.b");
        assert_eq!(key("Cookie", "x=1; __Host-passage=a.b; y=2"), cookie);
        assert_ne!(key("Cookie", "__Host-passage=a.c"), cookie);
        assert_eq!(key("Cookie", "x=1"), None);
        assert_eq!(key("Authorization", "bearer   a.b "), key("Authorization", "Bearer a.b"));
        assert_eq!(key("Authorization", "Basic a.b"), None);
    }
}
