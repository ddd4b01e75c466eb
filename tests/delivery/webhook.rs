//! Calls, at a receiver that takes them and at one that does not.
#![cfg(test)]

use std::fmt::Write;
use std::path::Path;

use passage::domain::Channel;
use passage::jobs::deliver::webhook::secret;
use passage::jobs::deliver::{Deliverers, Outcome};
use passage::keys::{Keys, Purpose};
use passage::store::Delivery;
use sha2::{Digest, Sha256};

use crate::authority::Authority;
use crate::receiver::{Canary, Mood, Receiver};
use crate::result::record;
use crate::{again, deliverers, never, now, parcel};

const BODY: &[u8] = br#"{"version":"4","alerts":[{"labels":{"subject":"Kanari7q"}}]}"#;

fn caller(data: &Path) -> Deliverers {
    deliverers("[webhook]\nallow_private = ['127.0.0.1', 'localhost']\ntimeout_seconds = 1", data)
}

fn call(receiver: &Receiver) -> Delivery {
    let url = format!("http://127.0.0.1:{}/kanari7q?token=Kanari7q", receiver.port);
    parcel(Channel::Webhook, &url, BODY)
}

/// HMAC-SHA256 by the letter of RFC 2104, so that the signature is not checked by what made it.
fn hmac(key: &[u8], text: &[u8]) -> String {
    let padded = |with: u8| {
        let mut block = [with; 64];
        block.iter_mut().zip(key).for_each(|(byte, key)| *byte ^= key);
        block
    };
    let inner = Sha256::new().chain_update(padded(0x36)).chain_update(text).finalize();
    let outer = Sha256::new().chain_update(padded(0x5c)).chain_update(inner).finalize();
    outer.iter().fold(String::new(), |mut digits, byte| {
        write!(digits, "{byte:02x}").unwrap();
        digits
    })
}

#[tokio::test]
async fn a_call_says_which_it_is_and_when_and_is_signed_by_the_recipients_own_secret() {
    let (receiver, data) = (Receiver::start(None), tempfile::tempdir().unwrap());
    let sent = call(&receiver);
    assert_eq!(caller(data.path()).deliver(&sent, now()).await, Outcome::Delivered);
    let calls = receiver.calls();
    assert_eq!(calls.len(), 1);
    let call = &calls[0];
    assert!(call.head.starts_with("POST /kanari7q?token=Kanari7q HTTP/1.1\r\n"), "{}", call.head);
    assert_eq!(call.body, BODY);
    assert_eq!(call.header("Content-Type"), "application/json");
    assert_eq!(call.header("Passage-Delivery"), sent.id.to_string());
    assert_eq!(call.header("Passage-Timestamp"), "1467356400");
    assert!(call.header("User-Agent").starts_with("Passage/"), "{}", call.head);
    let secret = secret(&Keys::of(data.path()).key(Purpose::Webhook).unwrap(), "hub");
    let signed = [b"1467356400.", BODY].concat();
    assert_eq!(
        call.header("Passage-Signature"),
        format!("v1={}", hmac(secret.as_bytes(), &signed))
    );
}

#[tokio::test]
async fn a_receiver_that_fails_and_hangs_and_breaks_off_gets_the_same_when_it_is_back() {
    let (receiver, data) = (Receiver::start(None), tempfile::tempdir().unwrap());
    let (caller, sent) = (caller(data.path()), call(&receiver));
    let moods = [Mood::Answers(500), Mood::Answers(404), Mood::Hangs, Mood::Closes];
    let words = ["500", "404", "in time", "broke off"];
    for (mood, word) in moods.into_iter().zip(words) {
        receiver.be(mood);
        let outcome = caller.deliver(&sent, now()).await;
        let said = again(&outcome);
        assert!(said.contains(word) && !said.to_lowercase().contains("kanari7q"), "{said}");
    }
    receiver.be(Mood::Answers(204));
    let later = now() + chrono::TimeDelta::hours(6);
    assert_eq!(caller.deliver(&sent, later).await, Outcome::Delivered);
    let calls = receiver.calls();
    assert_eq!(calls.len(), words.len() + 1);
    for call in &calls {
        assert_eq!(
            (call.header("Passage-Delivery"), call.body.as_slice()),
            (sent.id.to_string().as_str(), BODY)
        );
    }
    // Each attempt is signed with its own time, so that an old one cannot be played again.
    let times: Vec<_> =
        [&calls[0], &calls[words.len()]].map(|call| call.header("Passage-Timestamp")).to_vec();
    assert_eq!(times, ["1467356400", "1467378000"]);
    assert_ne!(
        calls[0].header("Passage-Signature"),
        calls[words.len()].header("Passage-Signature")
    );
}

#[tokio::test]
async fn a_receiver_that_is_down_is_tried_again_and_one_that_is_gone_is_not() {
    let (receiver, data) = (Receiver::start(None), tempfile::tempdir().unwrap());
    receiver.be(Mood::Answers(410));
    let outcome = caller(data.path()).deliver(&call(&receiver), now()).await;
    assert!(never(&outcome).contains("410"), "{outcome:?}");
    let canary = Canary::start();
    let port = canary.port;
    drop(canary);
    let nobody = parcel(Channel::Webhook, &format!("http://127.0.0.1:{port}/"), BODY);
    let outcome = caller(data.path()).deliver(&nobody, now()).await;
    assert_eq!(again(&outcome), "the receiver cannot be reached: connection refused");
}

#[tokio::test]
async fn a_redirect_is_not_followed_even_to_where_one_may_call() {
    let (receiver, data) = (Receiver::start(None), tempfile::tempdir().unwrap());
    let (caller, canary) = (caller(data.path()), Canary::start());
    for status in [301, 302, 303, 307, 308] {
        for host in ["127.0.0.1", "localhost"] {
            receiver.be(Mood::Redirects(status, format!("http://{host}:{}/", canary.port)));
            let outcome = caller.deliver(&call(&receiver), now()).await;
            assert!(never(&outcome).contains("redirects are not followed"), "{outcome:?}");
        }
    }
    let connections = canary.count();
    record("G30", &format!("10 redirects of 5 kinds: {connections} connections"), connections == 0);
    assert_eq!(connections, 0);
}

#[tokio::test]
async fn an_answer_without_end_is_an_answer() {
    let (receiver, data) = (Receiver::start(None), tempfile::tempdir().unwrap());
    receiver.be(Mood::Endless);
    let outcome = caller(data.path()).deliver(&call(&receiver), now()).await;
    assert_eq!(outcome, Outcome::Delivered);
}

#[tokio::test]
async fn a_receiver_is_trusted_by_its_certificate_alone() {
    let data = tempfile::tempdir().unwrap();
    let authority = Authority::new("an authority of a test");
    let set = format!(
        "[webhook]\nallow_private = ['localhost']\ntls_ca = '{}'",
        authority.file(data.path()).display()
    );
    let caller = deliverers(&set, data.path());
    let calls = async |server| {
        let receiver = Receiver::start(Some(server));
        let url = format!("https://localhost:{}/kanari7q", receiver.port);
        let outcome = caller.deliver(&parcel(Channel::Webhook, &url, BODY), now()).await;
        (outcome, receiver.calls().len())
    };
    assert_eq!(calls(authority.server("localhost")).await, (Outcome::Delivered, 1));
    for (server, word) in [
        (Authority::new("a stranger").server("localhost"), "authority that is not trusted"),
        (authority.server("other.example.org"), "another host"),
    ] {
        let (outcome, count) = calls(server).await;
        assert!(again(&outcome).contains(word), "{outcome:?}");
        assert_eq!(count, 0, "{word}: nothing was said to it");
    }
}
