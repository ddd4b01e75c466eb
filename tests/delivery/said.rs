//! Whatever goes wrong, no line of the log and no sentence repeats an address, a secret or what was sent.
#![cfg(test)]

use std::path::Path;
use std::process::Command;

use passage::config::Log;
use passage::domain::Channel;
use passage::jobs::deliver::webhook::secret;
use passage::jobs::deliver::{Deliverers, Outcome};
use passage::keys::{Keys, Purpose};
use passage::store::Delivery;

use crate::authority::Authority;
use crate::receiver::{Mood as Calls, Receiver};
use crate::result::variable;
use crate::smtp::{Mood as Letters, Offer, Server};
use crate::{CANARY, deliverers, now, parcel};

/// Names the data folder of the process that delivers.
const DATA: &str = "PASSAGE_TEST_DELIVERS_INTO";

#[tokio::test]
async fn no_line_of_the_log_and_no_sentence_repeats_an_address_a_secret_or_a_body() {
    if let Some(data) = variable(DATA) {
        return Box::pin(deliver_badly(Path::new(&data))).await;
    }
    let data = tempfile::tempdir().unwrap();
    let test = "said::no_line_of_the_log_and_no_sentence_repeats_an_address_a_secret_or_a_body";
    let mut again = Command::new(std::env::current_exe().unwrap());
    again.args(["--exact", test, "--nocapture"]).env(DATA, data.path());
    let ended = again.output().unwrap();
    let said = String::from_utf8_lossy(&ended.stderr).to_lowercase();
    assert!(ended.status.success(), "{said}");
    assert!(said.matches("what became of it").count() > 15, "it tells what became of each: {said}");
    let secret = secret(&Keys::of(data.path()).key(Purpose::Webhook).unwrap(), "hub");
    for withheld in [CANARY.to_lowercase().as_str(), &secret, "open sesame", "localhost", "v1="] {
        assert!(!said.contains(withheld), "{withheld} in {said}");
    }
}

/// Every way and many faults, with the log at its finest.
async fn deliver_badly(data: &Path) {
    passage::telemetry::start(&Log { filter: "trace".to_owned(), json: false }).unwrap();
    let password = data.join("password");
    std::fs::write(&password, "open sesame").unwrap();
    std::fs::set_permissions(&password, std::os::unix::fs::PermissionsExt::from_mode(0o600))
        .unwrap();
    let authority = Authority::new("an authority of a test");
    let mail = Server::start(Offer::Nothing);
    let set = format!(
        "[mail]\nserver = '127.0.0.1'\ntls = 'none'\nport = {}\nfrom = 'passage@example.org'\nuser = 'kanari7q'\npassword_file = '{}'\ntimeout_seconds = 1\n[webhook]\nallow_private = ['127.0.0.1', 'localhost']\ntimeout_seconds = 1\ntls_ca = '{}'",
        mail.port,
        password.display(),
        authority.file(data).display()
    );
    let deliverers = deliverers(&set, data);
    send_letters(&deliverers, &mail).await;
    make_calls(&deliverers, &authority).await;
    for (address, content) in [("kanari7q", "one"), ("kanari7q", "two"), ("../kanari7q", "two")] {
        tell(&deliverers, &parcel(Channel::Folder, address, content.as_bytes())).await;
    }
}

async fn send_letters(deliverers: &Deliverers, mail: &Server) {
    for mood in [
        Letters::Well,
        Letters::Refuses("RCPT", 550),
        Letters::Refuses("AUTH", 535),
        Letters::Refuses(".", 554),
        Letters::Hangs("RCPT"),
        Letters::Closes("DATA"),
    ] {
        mail.be(mood);
        tell(deliverers, &parcel(Channel::Email, "kanari7q@example.org", CANARY.as_bytes())).await;
    }
}

async fn make_calls(deliverers: &Deliverers, authority: &Authority) {
    let receiver = Receiver::start(None);
    // Vouched for, but by another name: what is said of that must not name either.
    let misnamed = Receiver::start(Some(authority.server("kanari7q.example.org")));
    let strange = Receiver::start(Some(Authority::new("a stranger").server("localhost")));
    let url = format!("http://127.0.0.1:{}/kanari7q", receiver.port);
    for mood in [
        Calls::Answers(200),
        Calls::Answers(500),
        Calls::Answers(410),
        Calls::Hangs,
        Calls::Closes,
        Calls::Redirects(302, "http://kanari7q.example.org".to_owned()),
    ] {
        receiver.be(mood);
        tell(deliverers, &parcel(Channel::Webhook, &url, CANARY.as_bytes())).await;
    }
    for url in [
        format!("https://localhost:{}/kanari7q", misnamed.port),
        format!("https://localhost:{}/kanari7q", strange.port),
        "https://kanari7q.invalid/".to_owned(),
        "http://kanari7q.example.org/".to_owned(),
        "https://user:kanari7q@example.org".to_owned(),
        "kanari7q".to_owned(),
    ] {
        tell(deliverers, &parcel(Channel::Webhook, &url, CANARY.as_bytes())).await;
    }
}

async fn tell(deliverers: &Deliverers, parcel: &Delivery) {
    let outcome: Outcome = deliverers.deliver(parcel, now()).await;
    tracing::info!(?outcome, ?parcel, "What became of it");
}
