//! Calls of a recipient's program: JSON by POST, signed, to public places or to those that are allowed by name.
//!
//! The body of an answer is not read.

mod address;
mod alerts;
mod answer;

use std::io;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, Utc};
use hmac::{Hmac, KeyInit, Mac};
use reqwest::dns::Resolve;
use reqwest::header::CONTENT_TYPE;
use reqwest::{Certificate, Client, redirect};
use sha2::Sha256;

use self::address::Names;
pub use self::address::{Guard, SystemNames, is_public};
pub use self::alerts::{AlertTold, alerts};
use self::answer::{answered, not_answered};
use super::{Outcome, authorities, of_setting};
use crate::config;
use crate::keys::{Key, Keys, Purpose};
use crate::store::Delivery;

/// The id of the delivery, the same on every copy.
const DELIVERY: &str = "Passage-Delivery";
/// When this attempt was made: seconds since 1970.
const TIMESTAMP: &str = "Passage-Timestamp";
/// See [`signature`].
const SIGNATURE: &str = "Passage-Signature";
/// Who calls.
const AGENT: &str = concat!("Passage/", env!("CARGO_PKG_VERSION"));

/// Calls receivers.
pub struct Caller {
    client: Client,
    guard: Guard,
    key: Key,
}

impl std::fmt::Debug for Caller {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Caller").finish_non_exhaustive()
    }
}

impl Caller {
    /// As set, with the names of the system.
    ///
    /// # Errors
    ///
    /// When the key cannot be read or made, or a file of authorities holds none.
    pub fn of(settings: &config::Webhook, data: &Path) -> io::Result<Self> {
        let system: Arc<dyn Resolve> = Arc::new(SystemNames);
        Self::with_names(settings, data, &system)
    }

    /// The same with names that are looked up elsewhere. What they lead to is held against the same rules.
    ///
    /// # Errors
    ///
    /// As [`Caller::of`].
    pub fn with_names(
        settings: &config::Webhook,
        data: &Path,
        names: &Arc<dyn Resolve>,
    ) -> io::Result<Self> {
        super::use_ring();
        let guard = Guard::of(settings);
        let client = |authorities: Authorities| {
            let names = Names::new(Arc::clone(names), guard.clone());
            client(Duration::from_secs(settings.timeout_seconds), names, authorities)
        };
        let own = own_authorities(&settings.tls_ca)?;
        // A machine without any authorities still calls by plain http who may be called so.
        let client = client(Authorities::WithSystem(own)).or_else(|fault| {
            tracing::warn!("No receiver of webhooks can be trusted: {fault}");
            client(Authorities::None)
        });
        let client = client
            .map_err(|fault| io::Error::other(format!("webhooks cannot be called: {fault}")))?;
        Ok(Self { client, guard, key: Keys::of(data).key(Purpose::Webhook)? })
    }

    /// Refuses a URL that no attempt would go to.
    pub(super) fn check(&self, address: &str) -> Result<(), String> {
        self.guard.url(address).map(drop)
    }

    /// Tries once.
    pub async fn call(&self, delivery: &Delivery, now: DateTime<Utc>) -> Outcome {
        let url = match self.guard.url(&delivery.address) {
            Ok(url) => url,
            Err(refused) => return Outcome::Never(format!("the address of the webhook {refused}")),
        };
        let secret = secret(&self.key, &delivery.recipient);
        let stamp = now.timestamp();
        let request = self
            .client
            .post(url)
            .header(CONTENT_TYPE, "application/json")
            .header(DELIVERY, delivery.id.to_string())
            .header(TIMESTAMP, stamp.to_string())
            .header(SIGNATURE, signature(&secret, stamp, &delivery.payload))
            .body(delivery.payload.clone());
        match request.send().await {
            Ok(answer) => answered(answer.status().as_u16()),
            Err(fault) => Outcome::Again(not_answered(&fault)),
        }
    }
}

/// Whose certificates are trusted.
enum Authorities {
    /// Those of the system and these.
    WithSystem(Vec<Certificate>),
    /// Nobody's.
    None,
}

/// No connection is kept: each attempt looks its name up again and holds the answer against the guard.
fn client(wait: Duration, names: Names, trusted: Authorities) -> reqwest::Result<Client> {
    let builder = Client::builder()
        .user_agent(AGENT)
        .timeout(wait)
        .redirect(redirect::Policy::none())
        .referer(false)
        .no_proxy()
        .http1_only()
        .pool_max_idle_per_host(0)
        .dns_resolver(names);
    let builder = match trusted {
        Authorities::WithSystem(own) => builder.tls_certs_merge(own),
        Authorities::None => builder.tls_certs_only([]),
    };
    builder.build()
}

/// The authorities that the settings name, as the library takes them.
fn own_authorities(path: &str) -> io::Result<Vec<Certificate>> {
    let each = authorities("webhook.tls_ca", path)?.into_iter();
    let each = each.map(|own| Certificate::from_der(&own));
    each.collect::<Result<_, _>>().map_err(|fault| of_setting("webhook.tls_ca", path, &fault))
}

/// The secret that a recipient's receiver checks signatures with: 64 hexadecimal digits, used as they are written.
///
/// It follows from the key and the recipient's code, so the store keeps none, and who knows one learns no other.
#[must_use]
pub fn secret(key: &Key, recipient: &str) -> String {
    hex(mac(key.expose(), &[b"passage webhook secret\n", recipient.as_bytes()]))
}

/// `v1=` and the HMAC-SHA256, in hexadecimal digits, of the timestamp, a dot and the body, by the secret.
///
/// A receiver computes the same and compares; a timestamp that is minutes old may be a call that somebody repeats.
#[must_use]
pub fn signature(secret: &str, timestamp: i64, body: &[u8]) -> String {
    let timestamp = timestamp.to_string();
    let mac = mac(secret.as_bytes(), &[timestamp.as_bytes(), b".", body]);
    format!("v1={}", hex(mac))
}

fn mac(key: &[u8], parts: &[&[u8]]) -> [u8; 32] {
    // Our keys and secrets fit into one block of SHA-256, and HMAC itself fills shorter ones up with zeros.
    let mut block = [0; 64];
    for (place, byte) in block.iter_mut().zip(key) {
        *place = *byte;
    }
    let mut mac = Hmac::<Sha256>::new(&block.into());
    for part in parts {
        mac.update(part);
    }
    mac.finalize().into_bytes().into()
}

fn hex(bytes: [u8; 32]) -> String {
    blake3::Hash::from_bytes(bytes).to_hex().to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// RFC 4231, test case 2: a key and a text that everybody's HMAC-SHA256 is tried with.
    #[test]
    fn the_hmac_is_that_of_the_standard() {
        let mac = hex(mac(b"Jefe", &[b"what do ya want ", b"for nothing?"]));
        assert_eq!(mac, "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
    }

    #[test]
    fn each_recipient_has_a_secret_of_its_own_that_stays_the_same() {
        let data = tempfile::tempdir().unwrap();
        let key = Keys::of(data.path()).key(Purpose::Webhook).unwrap();
        let hub = secret(&key, "hub");
        assert_eq!(hub, secret(&Keys::of(data.path()).key(Purpose::Webhook).unwrap(), "hub"));
        assert_ne!(hub, secret(&key, "hub2"));
        assert_eq!(hub.len(), 64, "all of it counts in a signature");
    }
}
