//! Letters, at a mail server that takes them and at one that does not.
#![cfg(test)]

use std::path::Path;

use passage::domain::{Channel, Language, Sensitivity};
use passage::jobs::deliver::email::{File, Letter, UNSIGNED, compose, readdressed};
use passage::jobs::deliver::{Deliverers, Outcome};
use passage::store::Delivery;
use uuid::Uuid;

use crate::authority::Authority;
use crate::smtp::{Mood, Offer, Server};
use crate::{CANARY, again, deliverers, never, now, parcel};

const FROM: &str = "Passage <passage@example.org>";
const TO: &str = "kanari7q@hub.example.org";

fn letter() -> Delivery {
    from(FROM)
}

fn from(sender: &str) -> Delivery {
    let letter = Letter {
        id: Uuid::from_u128(7),
        thread: Some(Uuid::from_u128(3)),
        to: TO.to_owned(),
        subject: "داريا: ينفد الغذاء خلال 6 أيام".to_owned(),
        text: "Daraya: food ends in 6 days.\n.\n..\nSource: Kanari7q\n".to_owned(),
        html: Some("<p><img src=\"cid:areas.png\">Daraya</p>".to_owned()),
        pictures: vec![File {
            name: "areas.png".to_owned(),
            media_type: "image/png".to_owned(),
            content: vec![0x89, b'P', b'N', b'G', 13, 10, 26, 10],
        }],
        attachments: Vec::new(),
        made_at: now(),
        language: Language::Ar,
    };
    parcel(Channel::Email, TO, &compose(&letter, sender).unwrap())
}

fn post(port: u16, tls: &str, data: &Path, more: &str) -> Deliverers {
    let set = format!(
        "[mail]\nserver = 'localhost'\nport = {port}\ntls = '{tls}'\nfrom = '{FROM}'\ntimeout_seconds = 1\ntaken_seconds = 3\n{more}"
    );
    deliverers(&set, data)
}

#[tokio::test]
async fn a_letter_arrives_as_it_was_composed() {
    let (server, data) = (Server::start(Offer::Nothing), tempfile::tempdir().unwrap());
    let sent = letter();
    let outcome = post(server.port, "none", data.path(), "").deliver(&sent, now()).await;
    assert_eq!(outcome, Outcome::Delivered);
    let taken = server.taken();
    assert_eq!(taken.len(), 1);
    assert_eq!(taken[0].from, "MAIL FROM:<passage@example.org>");
    assert_eq!(taken[0].to, [format!("RCPT TO:<{TO}>")]);
    assert_eq!(
        String::from_utf8_lossy(&taken[0].letter).trim_end(),
        String::from_utf8_lossy(&sent.payload).trim_end()
    );
}

#[tokio::test]
async fn what_a_refusal_means_depends_on_what_was_refused() {
    let (server, data) = (Server::start(Offer::Nothing), tempfile::tempdir().unwrap());
    let post = post(server.port, "none", data.path(), "");
    for (at, code) in [("RCPT", 550), ("RCPT", 553), ("DATA", 554), (".", 552), (".", 554)] {
        server.be(Mood::Refuses(at, code));
        let outcome = post.deliver(&letter(), now()).await;
        let said = never(&outcome);
        assert!(said.contains(&code.to_string()), "{at}: {said}");
        assert!(!said.to_lowercase().contains("kanari7q"), "{said}");
    }
    for (at, code) in [
        ("EHLO", 554),
        ("MAIL", 550),
        ("MAIL", 451),
        ("RCPT", 450),
        ("RCPT", 451),
        ("RCPT", 530),
        ("DATA", 421),
        (".", 452),
    ] {
        server.be(Mood::Refuses(at, code));
        let outcome = post.deliver(&letter(), now()).await;
        let said = again(&outcome);
        assert!(said.contains(&code.to_string()), "{at}: {said}");
        assert!(!said.to_lowercase().contains("kanari7q"), "{said}");
    }
    assert!(server.taken().is_empty());
}

#[tokio::test]
async fn a_server_that_hangs_or_breaks_off_is_tried_again() {
    let (server, data) = (Server::start(Offer::Nothing), tempfile::tempdir().unwrap());
    let post = post(server.port, "none", data.path(), "");
    for at in ["EHLO", "MAIL", "RCPT", "DATA", "."] {
        server.be(Mood::Closes(at));
        again(&post.deliver(&letter(), now()).await);
    }
    for at in ["EHLO", "RCPT", "."] {
        server.be(Mood::Hangs(at));
        let outcome = post.deliver(&letter(), now()).await;
        assert!(again(&outcome).contains("in time"), "{at}: {outcome:?}");
    }
}

#[tokio::test]
async fn a_server_that_is_down_is_tried_again_and_the_letter_arrives_when_it_is_back() {
    let data = tempfile::tempdir().unwrap();
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    drop(listener);
    let sender = post(port, "none", data.path(), "");
    let outcome = sender.deliver(&letter(), now()).await;
    assert!(again(&outcome).contains("cannot be reached"), "{outcome:?}");
    let server = Server::at(port, Offer::Nothing);
    assert_eq!(sender.deliver(&letter(), now()).await, Outcome::Delivered);
    assert_eq!(server.taken().len(), 1);
}

#[tokio::test]
async fn a_letter_that_comes_twice_is_known_by_its_id_and_is_the_same_byte_for_byte() {
    let (server, data) = (Server::start(Offer::Nothing), tempfile::tempdir().unwrap());
    let post = post(server.port, "none", data.path(), "");
    // The server has taken it, but its word for that is lost.
    server.be(Mood::Closes("."));
    again(&post.deliver(&letter(), now()).await);
    server.be(Mood::Well);
    assert_eq!(
        post.deliver(&letter(), now() + chrono::TimeDelta::hours(1)).await,
        Outcome::Delivered
    );
    let taken = server.taken();
    assert_eq!(taken.len(), 2);
    assert_eq!(taken[0].letter, taken[1].letter);
    let id = format!("Message-ID: <{}@example.org>", letter().id);
    assert!(String::from_utf8_lossy(&taken[1].letter).contains(&id));
}

#[tokio::test]
async fn over_tls_of_either_kind_it_logs_in_and_sends() {
    let data = tempfile::tempdir().unwrap();
    let authority = Authority::new("an authority of a test");
    let password = data.path().join("password");
    std::fs::write(&password, "open sesame\n").unwrap();
    let only_owner = std::os::unix::fs::PermissionsExt::from_mode(0o600);
    std::fs::set_permissions(&password, only_owner).unwrap();
    let more = format!(
        "tls_ca = '{}'\nuser = 'passage'\npassword_file = '{}'",
        authority.file(data.path()).display(),
        password.display()
    );
    let config = authority.server("localhost");
    for (offer, tls) in [(Offer::Tls(config.clone()), "tls"), (Offer::Starttls(config), "starttls")]
    {
        let server = Server::start(offer);
        let outcome = post(server.port, tls, data.path(), &more).deliver(&letter(), now()).await;
        assert_eq!(outcome, Outcome::Delivered, "{tls}");
        let taken = &server.taken()[0];
        assert!(taken.is_encrypted, "{tls}");
        // \0passage\0open sesame, in base64.
        assert_eq!(taken.login.as_deref(), Some("AHBhc3NhZ2UAb3BlbiBzZXNhbWU="), "{tls}");
    }
}

#[tokio::test]
async fn without_the_tls_that_is_set_nothing_of_a_letter_is_said() {
    let data = tempfile::tempdir().unwrap();
    let authority = Authority::new("an authority of a test");
    let trusted = format!("tls_ca = '{}'", authority.file(data.path()).display());
    let own = Offer::Starttls(authority.server("localhost"));
    let other_name = Offer::Starttls(authority.server("mail.example.org"));
    let stranger = Offer::Tls(Authority::new("a stranger").server("localhost"));
    for (offer, tls, why) in [
        (Offer::Nothing, "starttls", "it is not offered"),
        (Offer::Nothing, "tls", "there is none"),
        (stranger, "tls", "nobody vouches for it"),
        (other_name, "starttls", "it is for another host"),
    ] {
        let server = Server::start(offer);
        let outcome = post(server.port, tls, data.path(), &trusted).deliver(&letter(), now()).await;
        again(&outcome);
        let heard = server.heard();
        let is_silent = heard
            .iter()
            .all(|said| said.starts_with("EHLO") || said == "STARTTLS" || said == "QUIT");
        assert!(is_silent && server.taken().is_empty(), "{why}: {heard:?}");
        assert!(!heard.iter().any(|said| said.contains(CANARY)), "{why}: {heard:?}");
    }
    let server = Server::start(own);
    let outcome =
        post(server.port, "starttls", data.path(), &trusted).deliver(&letter(), now()).await;
    assert_eq!(outcome, Outcome::Delivered, "the same with what is trusted");
}

#[tokio::test]
async fn letters_go_to_the_domains_that_are_set_and_tell_no_more_than_is_set() {
    let (server, data) = (Server::start(Offer::Nothing), tempfile::tempdir().unwrap());
    let named = |domains: &str| {
        post(server.port, "none", data.path(), &format!("to_domains = [{domains}]"))
    };
    let sent = letter();
    let elsewhere = named("'example.org', 'other.example.org'");
    let refused = elsewhere.check(Channel::Email, TO).unwrap_err();
    assert!(refused.contains("example.org, other.example.org"), "{refused}");
    assert!(never(&elsewhere.deliver(&sent, now()).await).contains("mail.to_domains"));
    let there = named("'HUB.example.org'");
    there.check(Channel::Email, TO).unwrap();
    let confidential = Delivery { level: Sensitivity::Confidential, ..sent.clone() };
    assert!(never(&there.deliver(&confidential, now()).await).contains("mail.most"));
    assert!(there.check_level(Channel::Email, Sensitivity::Confidential).is_err());
    there.check_level(Channel::Webhook, Sensitivity::Confidential).unwrap();
    assert_eq!(server.taken().len(), 0, "nothing was handed over");
    let trusted = post(server.port, "none", data.path(), "most = 'confidential'");
    assert_eq!(trusted.deliver(&confidential, now()).await, Outcome::Delivered);
    assert_eq!(there.deliver(&sent, now()).await, Outcome::Delivered);
}

#[tokio::test]
async fn a_server_that_looks_through_a_letter_for_long_gets_it_once() {
    let (server, data) = (Server::start(Offer::Nothing), tempfile::tempdir().unwrap());
    let post = post(server.port, "none", data.path(), "");
    // Longer than it may take for any other answer.
    server.be(Mood::Waits(".", std::time::Duration::from_millis(1_500)));
    assert_eq!(post.deliver(&letter(), now()).await, Outcome::Delivered);
    assert_eq!(server.taken().len(), 1);
}

#[tokio::test]
async fn a_letter_that_was_made_while_mail_was_not_set_comes_from_who_is_set_when_it_is_sent() {
    let (server, data) = (Server::start(Offer::Nothing), tempfile::tempdir().unwrap());
    let outcome = post(server.port, "none", data.path(), "").deliver(&from(UNSIGNED), now()).await;
    assert_eq!(outcome, Outcome::Delivered);
    let taken = server.taken().remove(0);
    assert_eq!(taken.from, "MAIL FROM:<passage@example.org>");
    let (sent, whole) = (String::from_utf8(taken.letter).unwrap(), letter().payload);
    assert_eq!(sent.trim_end(), String::from_utf8(whole).unwrap().trim_end());
}

#[tokio::test]
async fn a_letter_to_another_address_names_it_in_itself_too() {
    let (server, data) = (Server::start(Offer::Nothing), tempfile::tempdir().unwrap());
    let to = "desk@hub.example.org";
    let payload = readdressed(&letter().payload, to).unwrap();
    let moved = Delivery { address: to.to_owned(), payload, ..letter() };
    let outcome = post(server.port, "none", data.path(), "").deliver(&moved, now()).await;
    assert_eq!(outcome, Outcome::Delivered);
    let taken = server.taken().remove(0);
    let sent = String::from_utf8(taken.letter).unwrap();
    assert_eq!(taken.to, [format!("RCPT TO:<{to}>")]);
    assert!(sent.contains(&format!("To: {to}\r\n")) && !sent.contains(TO), "{sent}");
}
