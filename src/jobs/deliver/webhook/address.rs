//! Where a webhook may go: a public place by https, or a host that the settings allow by name.
//!
//! Looked at twice, since a URL can hold an address and a name can lead to one: the URL as it was understood, and every
//! address that a name leads to. No name is looked up beforehand: what was held against the rules is what is connected
//! to, so a name that leads elsewhere the next moment gains nothing.

use std::collections::BTreeSet;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, ToSocketAddrs};
use std::sync::Arc;

use reqwest::Url;
use reqwest::dns::{Addrs, Name, Resolve, Resolving};

use crate::config;

/// What may be called.
#[derive(Debug, Clone)]
pub struct Guard {
    allowed: BTreeSet<String>,
    ports: Vec<u16>,
}

impl Guard {
    /// Public places on some ports, and hosts that are allowed wherever they are.
    #[must_use]
    pub fn of(settings: &config::Webhook) -> Self {
        let allowed = settings.allow_private.iter().map(|host| plain(host)).collect();
        Self { allowed, ports: settings.ports.clone() }
    }

    /// The URL as it is understood, where it may be called.
    ///
    /// # Errors
    ///
    /// A sentence, to follow "the address", that does not repeat it.
    pub fn url(&self, address: &str) -> Result<Url, String> {
        let url = Url::parse(address).map_err(|fault| format!("cannot be read: {fault}"))?;
        if !url.username().is_empty() || url.password().is_some() {
            return Err("must hold no user name or password".to_owned());
        }
        let host = plain(url.host_str().unwrap_or_default());
        if host.is_empty() {
            return Err("must name a host".to_owned());
        }
        if self.allowed.contains(&host) {
            return match url.scheme() {
                "https" | "http" => Ok(url),
                _ => Err("must begin with https:// or http://".to_owned()),
            };
        }
        let is_private = match host.parse::<IpAddr>() {
            Ok(address) => !is_public(address),
            Err(_name) => host == "localhost" || host.ends_with(".localhost"),
        };
        if is_private {
            return Err(
                "lies on this machine or in a private network; whoever runs the server can allow its host in webhook.allow_private".to_owned()
            );
        }
        if url.scheme() != "https" {
            return Err("must begin with https://".to_owned());
        }
        let port = url.port_or_known_default().unwrap_or_default();
        if !self.ports.contains(&port) {
            return Err(format!(
                "must not name port {port}; whoever runs the server can allow it in webhook.ports"
            ));
        }
        Ok(url)
    }

    fn may_reach(&self, host: &str, address: IpAddr) -> bool {
        is_public(address) || self.allowed.contains(&plain(host))
    }
}

/// One spelling of a host: in small letters, without brackets, without the dot at its end.
fn plain(host: &str) -> String {
    let bare = host.trim_start_matches('[').trim_end_matches(']').trim_end_matches('.');
    bare.parse::<IpAddr>()
        .map_or_else(|_name| bare.to_ascii_lowercase(), |address| address.to_string())
}

/// Networks that are not public, by their first address and the length of their prefix.
/// Source: IANA special-purpose address registries, IPv4 and IPv6.
const PRIVATE_V4: [(Ipv4Addr, u32); 15] = [
    (Ipv4Addr::UNSPECIFIED, 8),
    (Ipv4Addr::new(10, 0, 0, 0), 8),
    (Ipv4Addr::new(100, 64, 0, 0), 10),
    (Ipv4Addr::new(127, 0, 0, 0), 8),
    (Ipv4Addr::new(169, 254, 0, 0), 16),
    (Ipv4Addr::new(172, 16, 0, 0), 12),
    (Ipv4Addr::new(192, 0, 0, 0), 24),
    (Ipv4Addr::new(192, 0, 2, 0), 24),
    (Ipv4Addr::new(192, 88, 99, 0), 24),
    (Ipv4Addr::new(192, 168, 0, 0), 16),
    (Ipv4Addr::new(198, 18, 0, 0), 15),
    (Ipv4Addr::new(198, 51, 100, 0), 24),
    (Ipv4Addr::new(203, 0, 113, 0), 24),
    (Ipv4Addr::new(224, 0, 0, 0), 4),
    (Ipv4Addr::new(240, 0, 0, 0), 4),
];

/// Of IPv6 only `2000::/3` is given out as public, without these: protocols of their own (Teredo and others),
/// documentation twice, and 6to4, behind which lies an address of IPv4.
const PRIVATE_V6: [(Ipv6Addr, u32); 4] = [
    (Ipv6Addr::new(0x2001, 0, 0, 0, 0, 0, 0, 0), 23),
    (Ipv6Addr::new(0x2001, 0xdb8, 0, 0, 0, 0, 0, 0), 32),
    (Ipv6Addr::new(0x2002, 0, 0, 0, 0, 0, 0, 0), 16),
    (Ipv6Addr::new(0x3fff, 0, 0, 0, 0, 0, 0, 0), 20),
];

/// Is it an address of the public internet? Those of IPv6 that hold one of IPv4 (mapped, compatible, NAT64, 6to4) are
/// none, whatever they hold.
///
/// ```
/// use passage::jobs::deliver::webhook::is_public;
/// assert!(is_public("9.9.9.9".parse()?));
/// assert!(!is_public("::ffff:9.9.9.9".parse()?));
/// # Ok::<(), std::net::AddrParseError>(())
/// ```
#[must_use]
pub fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => {
            let lies_in = |(network, length): &(Ipv4Addr, u32)| {
                (address.to_bits() ^ network.to_bits()) >> (u32::BITS - length) == 0
            };
            !PRIVATE_V4.iter().any(lies_in)
        }
        IpAddr::V6(address) => {
            let lies_in = |(network, length): &(Ipv6Addr, u32)| {
                (address.to_bits() ^ network.to_bits()) >> (u128::BITS - length) == 0
            };
            lies_in(&(Ipv6Addr::new(0x2000, 0, 0, 0, 0, 0, 0, 0), 3))
                && !PRIVATE_V6.iter().any(lies_in)
        }
    }
}

/// A name led to private addresses alone.
#[derive(Debug, Clone, Copy, thiserror::Error)]
#[error(
    "the host of the webhook leads to a private address, which is not called unless webhook.allow_private names the host"
)]
pub(super) struct OnlyPrivate;

/// Looks names up and lets through what may be connected to.
pub(super) struct Names {
    names: Arc<dyn Resolve>,
    guard: Guard,
}

impl Names {
    pub(super) fn new(names: Arc<dyn Resolve>, guard: Guard) -> Self {
        Self { names, guard }
    }
}

impl Resolve for Names {
    fn resolve(&self, name: Name) -> Resolving {
        let (host, guard) = (name.as_str().to_owned(), self.guard.clone());
        let found = self.names.resolve(name);
        Box::pin(async move {
            let found: Vec<SocketAddr> = found.await?.collect();
            let is_known = !found.is_empty();
            let may: Vec<SocketAddr> =
                found.into_iter().filter(|found| guard.may_reach(&host, found.ip())).collect();
            if may.is_empty() && is_known {
                return Err(OnlyPrivate.into());
            }
            Ok(Box::new(may.into_iter()) as Addrs)
        })
    }
}

/// Names as the operating system knows them.
#[derive(Debug, Clone, Copy)]
pub struct SystemNames;

impl Resolve for SystemNames {
    fn resolve(&self, name: Name) -> Resolving {
        let host = name.as_str().to_owned();
        Box::pin(async move {
            // The system answers when it can, so a thread waits for it.
            let found = tokio::task::spawn_blocking(move || {
                (host.as_str(), 0).to_socket_addrs().map(Iterator::collect::<Vec<_>>)
            });
            Ok(Box::new(found.await??.into_iter()) as Addrs)
        })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn public(address: &str) -> bool {
        is_public(address.parse().unwrap())
    }

    #[test]
    fn each_private_network_ends_where_it_ends() {
        for (inside, outside) in [
            ("0.255.255.255", "1.0.0.0"),
            ("10.0.0.0", "9.255.255.255"),
            ("10.255.255.255", "11.0.0.0"),
            ("100.64.0.0", "100.63.255.255"),
            ("100.127.255.255", "100.128.0.0"),
            ("127.0.0.0", "126.255.255.255"),
            ("127.255.255.255", "128.0.0.0"),
            ("169.254.169.254", "169.253.255.255"),
            ("172.16.0.0", "172.15.255.255"),
            ("172.31.255.255", "172.32.0.0"),
            ("192.0.0.255", "192.0.1.0"),
            ("192.0.2.1", "192.0.3.0"),
            ("192.88.99.1", "192.88.98.255"),
            ("192.168.255.255", "192.169.0.0"),
            ("198.19.255.255", "198.20.0.0"),
            ("198.51.100.7", "198.51.101.0"),
            ("203.0.113.7", "203.0.114.0"),
            ("224.0.0.0", "223.255.255.255"),
            ("255.255.255.255", "9.9.9.9"),
            ("2001:1ff::", "2001:200::"),
            ("2001:db8::1", "2001:db9::"),
            ("2002:7f00:1::", "2003::"),
            ("3fff:fff::", "3fff:1000::"),
            ("1fff::", "2000::"),
            ("4000::", "3ffe::1"),
        ] {
            assert!(!public(inside), "{inside} is private");
            assert!(public(outside), "{outside} is public");
        }
    }

    #[test]
    fn of_ipv6_what_holds_another_address_or_stays_near_is_private() {
        for address in [
            "::",
            "::1",
            "::ffff:9.9.9.9",
            "::9.9.9.9",
            "64:ff9b::9.9.9.9",
            "64:ff9b:1::1",
            "100::1",
            "fc00::1",
            "fd12::1",
            "fe80::1",
            "fec0::1",
            "ff02::1",
            "5f00::1",
            "2001::1",
        ] {
            assert!(!public(address), "{address}");
        }
    }

    fn guard(allowed: &[&str]) -> Guard {
        let set = config::Settings::layered("test", "", std::iter::empty()).unwrap();
        let mut settings = set.webhook;
        settings.allow_private = allowed.iter().map(|host| (*host).to_owned()).collect();
        Guard::of(&settings)
    }

    #[test]
    fn a_public_host_is_called_on_the_ports_that_are_set() {
        let guard = guard(&["bridge.lan"]);
        for good in ["https://example.org/x", "https://example.org:443/", "http://bridge.lan:22/"] {
            guard.url(good).unwrap_or_else(|refused| panic!("{good} {refused}"));
        }
        let refused = guard.url("https://example.org:22/").unwrap_err();
        assert!(refused.contains("port 22") && refused.contains("webhook.ports"), "{refused}");
    }

    #[test]
    fn a_host_is_allowed_however_it_is_spelled_and_its_neighbours_are_not() {
        let guard = guard(&["Bridge.lan", "10.0.0.7", "::1"]);
        for good in [
            "http://bridge.lan/x",
            "https://BRIDGE.LAN./x",
            "http://10.0.0.7:9093",
            "http://0xa.7",
            "http://[0::1]/",
        ] {
            guard.url(good).unwrap_or_else(|refused| panic!("{good} {refused}"));
        }
        for bad in [
            "https://10.0.0.8",
            "http://bridge.lan.example.org",
            "ftp://bridge.lan",
            "http://x@bridge.lan",
        ] {
            guard.url(bad).unwrap_err();
        }
        assert!(guard.may_reach("bridge.lan", IpAddr::from([10, 0, 0, 9])));
        // An address that is allowed in a URL is not one that any name may lead to.
        assert!(!guard.may_reach("other.example.org", IpAddr::from([10, 0, 0, 7])));
    }

    proptest! {
        /// Whatever number of IPv4 is private, no form of IPv6 that holds it, and no way of writing it, gets through.
        #[test]
        fn no_spelling_of_a_private_address_is_let_through(at in 0..PRIVATE_V4.len(), any: u32) {
            let (network, length) = PRIVATE_V4[at];
            let bits = network.to_bits() | (any & (u32::MAX >> length));
            let address = Ipv4Addr::from_bits(bits);
            let [a, b, c, d] = address.octets();
            let guard = guard(&[]);
            for host in [
                format!("{address}"), format!("{address}."), format!("{bits}"), format!("{bits:#x}"), format!("0{bits:o}"),
                format!("{a:#x}.{b:#o}.{c}.{d}").replace("0o", "0"),
                format!("{a}.{}", bits & 0x00FF_FFFF), format!("{a}.{b}.{}", bits & 0xFFFF),
                format!("[::ffff:{address}]"), format!("[::{address}]"), format!("[64:ff9b::{address}]"),
                format!("[2002:{:x}:{:x}::1]", bits >> 16, bits & 0xFFFF),
            ] {
                prop_assert!(guard.url(&format!("https://{host}/")).is_err(), "{host}");
            }
        }
    }
}
