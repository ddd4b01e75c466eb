//! How the HTTP server is set.

use std::net::IpAddr;

use serde::Deserialize;

use crate::domain::channel::{Channel, check_address};

/// The longest of times in seconds, a day: a clock cannot be asked for any time ahead.
const LONGEST_SECONDS: u64 = 86_400;

/// The HTTP server.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "config.toml says what each is, with its unit")]
pub struct Server {
    pub listen: String,
    pub allow_plain_http: bool,
    pub tls_certificate: String,
    pub tls_key: String,
    pub tls_client_ca: String,
    pub tls_client_crl: String,
    pub workers: usize,
    pub body_limit_bytes: usize,
    pub request_timeout_seconds: u64,
    pub body_timeout_seconds: u64,
    pub slowest_bytes_per_second: u64,
    pub slow_answer_seconds: u64,
    pub shutdown_seconds: u64,
    pub max_connections: usize,
    pub max_connections_per_address: usize,
    pub requests_per_token: u32,
    pub requests_per_token_burst: u32,
    pub requests_per_address: u32,
    pub requests_per_address_burst: u32,
    pub failed_login_cost: u32,
    pub trusted_proxies: Vec<IpAddr>,
    pub public_url: String,
}

impl Server {
    pub(super) fn check(&self) -> Result<(), String> {
        let set = |path: &str| !path.is_empty();
        if set(&self.tls_certificate) != set(&self.tls_key) {
            return Err("server: set tls_certificate and tls_key, or neither".to_owned());
        }
        if set(&self.tls_client_ca) && !set(&self.tls_certificate) {
            return Err("server: tls_client_ca needs tls_certificate and tls_key".to_owned());
        }
        if set(&self.tls_client_crl) && !set(&self.tls_client_ca) {
            return Err("server: tls_client_crl needs tls_client_ca".to_owned());
        }
        self.check_public_url()?;
        let least_one = [
            ("workers", self.workers as u64),
            ("request_timeout_seconds", self.request_timeout_seconds),
            ("body_timeout_seconds", self.body_timeout_seconds),
            ("slowest_bytes_per_second", self.slowest_bytes_per_second),
            ("slow_answer_seconds", self.slow_answer_seconds),
            ("max_connections", self.max_connections as u64),
            ("max_connections_per_address", self.max_connections_per_address as u64),
            ("requests_per_token", self.requests_per_token.into()),
            ("requests_per_token_burst", self.requests_per_token_burst.into()),
            ("requests_per_address", self.requests_per_address.into()),
            ("requests_per_address_burst", self.requests_per_address_burst.into()),
        ];
        let none = least_one.iter().find(|(_, number)| *number == 0);
        none.map_or(Ok(()), |(name, _)| Err(format!("server.{name}: must be 1 or more, got 0")))?;
        let seconds = [
            ("request_timeout_seconds", self.request_timeout_seconds),
            ("body_timeout_seconds", self.body_timeout_seconds),
            ("slow_answer_seconds", self.slow_answer_seconds),
            ("shutdown_seconds", self.shutdown_seconds),
        ];
        let wrong = seconds.iter().find(|(_, seconds)| *seconds > LONGEST_SECONDS);
        wrong.map_or(Ok(()), |(name, seconds)| {
            Err(format!("server.{name}: must be at most {LONGEST_SECONDS}, got {seconds}"))
        })
    }

    /// Paths are put behind it, so it must end where they begin.
    fn check_public_url(&self) -> Result<(), String> {
        let url = &self.public_url;
        if url.is_empty() {
            return Ok(());
        }
        check_address(Channel::Webhook, url)
            .map_err(|detail| format!("server.public_url: {detail}, got {url:?}"))?;
        if url.ends_with('/') || url.contains(['?', '#']) {
            return Err(format!(
                "server.public_url: must not end with / and hold no ? or #, got {url:?}"
            ));
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use std::net::IpAddr;

    use crate::config::Settings;

    #[test]
    fn half_a_pair_of_tls_files_or_a_limit_of_nothing_stops_the_start() {
        for (set, named) in [
            ("tls_certificate = 'a.pem'", "tls_key"),
            ("tls_client_ca = 'a.pem'", "tls_certificate"),
            ("requests_per_token = 0", "requests_per_token"),
            ("public_url = 'passage.example.org'", "server.public_url: must begin with https://"),
            ("public_url = 'https://passage.example.org/'", "must not end with /"),
            ("public_url = 'https://desk:x@passage.example.org'", "no user name"),
        ] {
            let fault = Settings::layered("f", &format!("[server]\n{set}"), std::iter::empty());
            let said = fault.unwrap_err().to_string();
            assert!(said.contains(named), "{set}: {said}");
        }
    }

    #[test]
    fn a_list_is_set_by_the_environment_with_commas() {
        let set = ("PASSAGE_SERVER__TRUSTED_PROXIES".to_owned(), "10.0.0.7, ::1".to_owned());
        let settings = Settings::layered("f", "", std::iter::once(set)).unwrap();
        let named = ["10.0.0.7", "::1"].map(|address| address.parse::<IpAddr>().unwrap());
        assert_eq!(settings.server.trusted_proxies, named);
    }
}
