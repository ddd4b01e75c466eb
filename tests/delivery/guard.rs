//! G30: no webhook reaches this machine or a private network, however its address is spelled and wherever it leads.
#![cfg(test)]

use std::net::{IpAddr, SocketAddr};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use passage::domain::Channel;
use passage::jobs::deliver::Outcome;
use passage::jobs::deliver::webhook::Caller;
use reqwest::dns::{Addrs, Name, Resolve, Resolving};

use crate::receiver::Canary;
use crate::result::record;
use crate::{again, deliverers, never, now, parcel, settings};

/// Hosts that are this machine, a private network or the service that clouds tell their secrets by, as people who try
/// write them.
const HOSTS: [&str; 80] = [
    // This machine, by IPv4.
    "127.0.0.1",
    "127.0.0.1.",
    "127.1",
    "127.0.1",
    "127.127.127.127",
    "127.255.255.254",
    "0",
    "0.",
    "0.0.0.0",
    "0x0",
    "2130706433",
    "2130706433.",
    "0x7f000001",
    "0X7F000001",
    "0x7f.1",
    "0x7f.0x0.0x0.0x1",
    "0x7f.0.0.1",
    "0177.1",
    "0177.0.0.1",
    "0177.0.0.01",
    "00000177.0.0.1",
    "017700000001",
    "127.0.0.0x1",
    "0x7f.0.1",
    "%31%32%37.0.0.1",
    "127%2E0%2E0%2E1",
    "１２７.0.0.1",
    "127。0。0。1",
    "127．0．0．1",
    "①②⑦.0.0.1",
    "127.0.0.1%00",
    "0x7F.0x00.1",
    // This machine, by IPv6.
    "[::1]",
    "[0:0:0:0:0:0:0:1]",
    "[0000::0001]",
    "[::]",
    "[::ffff:127.0.0.1]",
    "[::ffff:7f00:1]",
    "[::FFFF:7F00:0001]",
    "[0:0:0:0:0:ffff:127.0.0.1]",
    "[::127.0.0.1]",
    "[::7f00:1]",
    "[::ffff:0:127.0.0.1]",
    "[64:ff9b::127.0.0.1]",
    "[64:ff9b::7f00:1]",
    "[64:ff9b:1::127.0.0.1]",
    "[2002:7f00:1::]",
    "[2002:7f00:1::1]",
    "[2001:0:7f00:1::]",
    "[::1%25lo]",
    "[fe80::1]",
    "[fe80::1%25eth0]",
    "[fc00::1]",
    "[fd00:ec2::254]",
    "[ff02::1]",
    // This machine, by name.
    "localhost",
    "LOCALHOST",
    "LocalHost.",
    "localhost.",
    "a.localhost",
    "a.b.localhost.",
    "%6c%6f%63%61%6c%68%6f%73%74",
    "ⓛocalhost",
    "ｌｏｃａｌｈｏｓｔ",
    // Private networks, and where clouds tell secrets.
    "169.254.169.254",
    "2852039166",
    "0xa9fea9fe",
    "0251.0376.0251.0376",
    "[::ffff:169.254.169.254]",
    "[2002:a9fe:a9fe::1]",
    "[64:ff9b::a9fe:a9fe]",
    "10.0.0.1",
    "10.1",
    "167772161",
    "172.16.0.1",
    "172.31.255.255",
    "192.168.0.1",
    "192.168.257",
    "100.64.0.1",
    "224.0.0.1",
];

/// Whole URLs that look as if they led elsewhere.
const TRICKS: [&str; 11] = [
    "https://hooks.invalid@127.0.0.1:PORT/",
    "https://hooks.invalid:443@127.0.0.1:PORT/",
    "https://hooks.invalid%40127.0.0.1:PORT/",
    "https://127.0.0.1:PORT#@example.org/",
    "https://127.0.0.1:PORT?@example.org/",
    "https://127.0.0.1:PORT\\@example.org/",
    "https:/\\127.0.0.1:PORT/",
    "https:127.0.0.1:PORT",
    "//127.0.0.1:PORT/",
    " https://127.0.0.1:PORT/",
    "https://127.0.\t0.1:PORT/",
];

#[tokio::test]
async fn no_spelling_of_a_private_address_is_called() {
    let (canary, data) = (Canary::start(), tempfile::tempdir().unwrap());
    // The port is allowed, so that nothing but the host is in the way.
    let set = format!("[webhook]\ntimeout_seconds = 1\nports = [{}]", canary.port);
    let deliverers = deliverers(&set, data.path());
    // What the door lets in, the guard must stop alone.
    let caller = Caller::of(&settings(&set).webhook, data.path()).unwrap();
    let mut spellings: Vec<String> =
        TRICKS.iter().map(|url| url.replace("PORT", &canary.port.to_string())).collect();
    for host in HOSTS {
        spellings
            .extend(["https", "http"].map(|scheme| format!("{scheme}://{host}:{}/", canary.port)));
    }
    for url in &spellings {
        let call = parcel(Channel::Webhook, url, b"{}");
        for outcome in [deliverers.deliver(&call, now()).await, caller.call(&call, now()).await] {
            let said = never(&outcome);
            assert!(said.starts_with("the address of the"), "{url}: {said}");
        }
        deliverers.check(Channel::Webhook, url).unwrap_err();
    }
    let connections = canary.count();
    let (hosts, tricks) = (HOSTS.len(), TRICKS.len());
    let told = format!(
        "{hosts} spellings of private hosts, by https and http, and {tricks} other tricks: {connections} connections"
    );
    record("G30", &told, connections == 0);
    assert_eq!(connections, 0);
}

/// A server of names that gives one answer after the other, and the last one for ever.
struct Turning {
    answers: Vec<Vec<IpAddr>>,
    asked: AtomicUsize,
}

impl Turning {
    fn new(answers: &[&[&str]]) -> Arc<Self> {
        let read =
            |answer: &&[&str]| answer.iter().map(|address| address.parse().unwrap()).collect();
        Arc::new(Self { answers: answers.iter().map(read).collect(), asked: AtomicUsize::new(0) })
    }
}

impl Resolve for Turning {
    fn resolve(&self, _name: Name) -> Resolving {
        let asked = self.asked.fetch_add(1, Ordering::SeqCst);
        let answer = self.answers[asked.min(self.answers.len() - 1)].clone();
        let found = answer.into_iter().map(|address| SocketAddr::new(address, 0));
        Box::pin(std::future::ready(Ok(Box::new(found) as Addrs)))
    }
}

/// Public by its number, and given to nobody since 2006: nobody is bothered by a test that calls there.
const NOBODY: &str = "3ffe::1";

async fn calls(
    times: usize,
    names: Arc<Turning>,
    url: &str,
    more: &str,
    data: &Path,
) -> Vec<Outcome> {
    let port = url.parse::<reqwest::Url>().unwrap().port_or_known_default().unwrap();
    let set = settings(&format!("[webhook]\ntimeout_seconds = 1\nports = [{port}]\n{more}"));
    let names: Arc<dyn Resolve> = names;
    let caller = Caller::with_names(&set.webhook, data, &names).unwrap();
    let mut outcomes = Vec::new();
    for _attempt in 0..times {
        outcomes.push(caller.call(&parcel(Channel::Webhook, url, b"{}"), now()).await);
    }
    outcomes
}

#[tokio::test]
async fn a_name_that_leads_to_a_private_address_is_not_called_whatever_it_led_to_before() {
    let (canary, data) = (Canary::start(), tempfile::tempdir().unwrap());
    let url = format!("https://hooks.example.org:{}/", canary.port);
    let private: [&[&str]; 7] = [
        &["127.0.0.1"],
        &["::1"],
        &["::ffff:127.0.0.1"],
        &["0.0.0.0"],
        &["127.0.0.1", "::1"],
        &["64:ff9b::7f00:1"],
        &["10.0.0.1"],
    ];
    // At once; after a public one; and beside one, in either order.
    let turns = private.iter().flat_map(|answer| {
        let beside = [answer, &[NOBODY] as &[_]].concat();
        let before = [&[NOBODY], *answer].concat();
        [
            Turning::new(&[answer]),
            Turning::new(&[&[NOBODY], answer]),
            Turning::new(&[&beside, &before, answer]),
        ]
    });
    let calls = turns.map(|names| calls(names.answers.len(), names, &url, "", data.path()));
    let outcomes = futures_util::future::join_all(calls).await;
    for outcomes in &outcomes {
        let (last, before) = outcomes.split_last().unwrap();
        assert!(again(last).contains("leads to a private address"), "{last:?}");
        for outcome in before {
            again(outcome);
        }
    }
    let attempts = outcomes.iter().map(Vec::len).sum::<usize>();
    let connections = canary.count();
    let told = format!(
        "{attempts} calls by names that turn to private addresses: {connections} connections"
    );
    record("G30", &told, connections == 0);
    assert_eq!(connections, 0);
}

#[tokio::test]
async fn the_same_canary_is_reached_where_the_settings_name_the_host() {
    let (canary, data) = (Canary::start(), tempfile::tempdir().unwrap());
    let (near, port) = (["127.0.0.1"], canary.port);
    let allowed = "allow_private = ['hooks.example.org']";
    let names = || Turning::new(&[&near]);
    calls(4, names(), &format!("http://hooks.example.org:{port}/"), allowed, data.path()).await;
    assert_eq!(canary.count(), 4, "so the tests above can see a connection");
    calls(4, names(), &format!("https://other.example.org:{port}/"), allowed, data.path()).await;
    let outcomes =
        calls(4, names(), &format!("http://other.example.org:{port}/"), allowed, data.path()).await;
    assert!(never(&outcomes[0]).contains("https"), "{outcomes:?}");
    assert_eq!(canary.count(), 0, "another name is not allowed with it");
}
