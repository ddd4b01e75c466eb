//! A real server on a free port with a store of its own, and a client that says what it asks in one line.
#![cfg(test)]

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::sync::mpsc;
use std::thread::JoinHandle;
use std::time::Duration;

use chrono::{DateTime, Utc};
use passage::app::App;
use passage::clock::Clock;
use passage::config::Settings;
use passage::domain::{Role, Standing};
use passage::token::{self, NewToken, in_days};
use reqwest::Method;
use reqwest::blocking::{Client, RequestBuilder, Response};
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::client::client;

/// The day that the tests live on.
pub const NOW: &str = "2016-07-26T23:59:59.999Z";

/// A server that runs until it is dropped.
pub struct Passage {
    pub address: SocketAddr,
    pub viewer: String,
    /// Of the organisation `sarc`.
    pub partner: String,
    pub coordinator: String,
    pub analyst: String,
    pub admin: String,
    pub auditor: String,
    pub expired: String,
    client: Client,
    handle: actix_web::dev::ServerHandle,
    thread: Option<JoinHandle<()>>,
    /// The folder of the store, which goes when the server does.
    home: TempDir,
    clock: Clock,
    pub settings: String,
}

/// How a server is started.
pub struct How {
    pub clock: Clock,
    pub open_reading: bool,
    pub settings: String,
    /// With the history of Syria in it, as it became known.
    pub is_seeded: bool,
}

impl Default for How {
    fn default() -> Self {
        let now: DateTime<Utc> = NOW.parse().unwrap();
        let clock = Clock::Fixed(now);
        Self { clock, open_reading: false, settings: String::new(), is_seeded: false }
    }
}

struct Started {
    address: SocketAddr,
    handle: actix_web::dev::ServerHandle,
    tokens: [String; 7],
}

impl Passage {
    /// At the end of 26 July 2016, with an empty store.
    pub fn start() -> Self {
        Self::start_as(How::default())
    }

    /// By the true time, with an empty store.
    pub fn start_today() -> Self {
        Self::start_as(How { clock: Clock::Wall, ..How::default() })
    }

    pub fn start_as(how: How) -> Self {
        let home = tempfile::tempdir().unwrap();
        let (clock, own) = (how.clock, how.settings.clone());
        let folder = home.path().to_owned();
        let (tell, told) = mpsc::channel();
        let thread = std::thread::spawn(move || {
            actix_web::rt::System::new().block_on(async move {
                // The limits have tests of their own (tests/server).
                let unlimited = ["TOKEN", "TOKEN_BURST", "ADDRESS", "ADDRESS_BURST"]
                    .map(|of| (format!("PASSAGE_SERVER__REQUESTS_PER_{of}"), "1000000".to_owned()));
                let variables = unlimited.into_iter();
                let settings = Settings::layered("test", &how.settings, variables).unwrap();
                crate::fixed_mask::make(&folder.join(passage::app::STORE_FILE));
                if how.is_seeded {
                    seed(&folder).await;
                }
                let app = App::build(&folder, how.clock, settings).await.unwrap();
                let app = std::sync::Arc::new(app);
                let tokens = tokens(&app).await;
                let serving = passage::api::serve(&app, "127.0.0.1:0", how.open_reading).unwrap();
                let (address, handle) = (serving.listening, serving.server.handle());
                tell.send(Started { address, handle, tokens }).unwrap();
                serving.server.await.unwrap();
            });
        });
        let Started { address, handle, tokens } = told.recv().expect("the server starts");
        let [viewer, partner, coordinator, analyst, admin, auditor, expired] = tokens;
        let client = client()
            .redirect(reqwest::redirect::Policy::none())
            .timeout(Duration::from_mins(2))
            .build()
            .unwrap();
        let thread = Some(thread);
        Self {
            address,
            viewer,
            partner,
            coordinator,
            analyst,
            admin,
            auditor,
            expired,
            client,
            handle,
            thread,
            home,
            clock,
            settings: own,
        }
    }

    /// The folder of its store, for what another program does to it.
    pub fn home(&self) -> &std::path::Path {
        self.home.path()
    }

    /// Does what the server does by itself: its jobs, at a time.
    pub fn at_work<T>(&self, at: Clock, work: impl AsyncFnOnce(&App) -> T) -> T {
        let settings = Settings::layered("test", &self.settings, std::iter::empty()).unwrap();
        let run = async { work(&App::build(self.home(), at, settings).await.unwrap()).await };
        actix_web::rt::System::new().block_on(run)
    }

    /// Looks for alerts; gives how many messages are to be delivered.
    pub fn look(&self) -> usize {
        let look = async |app: &App| passage::jobs::look::look(app).await.unwrap();
        self.at_work(self.clock, look).messages
    }

    /// Brings out what waits.
    pub fn bring_out(&self) -> usize {
        self.at_work(self.clock, async |app: &App| {
            let ways = passage::jobs::deliver::Deliverers::of(&app.settings, &app.data).unwrap();
            passage::jobs::outbox::run_due(app, &ways, &passage::jobs::outbox::Unnoted::default())
                .await
                .unwrap()
        })
    }

    /// The store of another program on the same folder.
    pub fn store(&self) -> passage::store::SqliteStore {
        let file = self.home().join(passage::app::STORE_FILE);
        passage::store::SqliteStore::open(&file, 1).unwrap()
    }

    /// Asks the API as an admin.
    pub fn admin(&self, method: Method, path: &str, body: &Value) -> Answer {
        self.with(&self.admin, method, path).json(body).answer()
    }

    /// The file of the store, to look into and to break.
    pub fn file(&self) -> rusqlite::Connection {
        rusqlite::Connection::open(self.home().join(passage::app::STORE_FILE)).unwrap()
    }

    /// The token of a role.
    pub fn token(&self, role: Role) -> &str {
        match role {
            Role::Viewer => &self.viewer,
            Role::Partner => &self.partner,
            Role::Coordinator => &self.coordinator,
            Role::Analyst => &self.analyst,
            Role::Admin => &self.admin,
            Role::Auditor => &self.auditor,
        }
    }

    /// Who confirms and keeps plans is an analyst; everything else a coordinator writes.
    fn writer(&self, path: &str) -> &str {
        let of_analysts = ["/api/v1/plans", "/api/v1/recipients", "/api/v1/schedules"];
        let decides =
            path.ends_with("/confirm") || of_analysts.iter().any(|kinds| path.starts_with(kinds));
        if decides { &self.analyst } else { &self.coordinator }
    }

    /// A request without a token.
    pub fn anybody(&self, method: Method, path: &str) -> RequestBuilder {
        self.client.request(method, format!("http://{}{path}", self.address))
    }

    /// A request with a token.
    pub fn with(&self, token: &str, method: Method, path: &str) -> RequestBuilder {
        self.anybody(method, path).bearer_auth(token)
    }

    /// Reads, as a coordinator, who also sees convoys under way.
    pub fn get(&self, path: &str) -> Answer {
        self.with(&self.coordinator, Method::GET, path).answer()
    }

    /// Reads what must be there.
    pub fn read(&self, path: &str) -> Value {
        self.get(path).ok(200)
    }

    /// Posts, as whoever may.
    pub fn post(&self, path: &str, body: &Value) -> Answer {
        self.with(self.writer(path), Method::POST, path).json(body).answer()
    }

    /// Posts what must be taken, and gives what was made of it.
    pub fn create(&self, path: &str, body: &Value) -> Value {
        self.post(path, body).ok(201)
    }

    /// Posts a text that need not be JSON, as `application/json`.
    pub fn post_text(&self, path: &str, body: impl Into<reqwest::blocking::Body>) -> Answer {
        self.with(self.writer(path), Method::POST, path)
            .header("Content-Type", "application/json")
            .body(body)
            .answer()
    }

    /// Puts the next version in place of the one that is named.
    pub fn put(&self, path: &str, version: &Value, body: &Value) -> Answer {
        self.with(self.writer(path), Method::PUT, path)
            .header("If-Match", format!("\"{version}\""))
            .json(body)
            .answer()
    }

    /// The codes in a list, in its order.
    pub fn codes(&self, path: &str) -> Vec<String> {
        codes(&self.read(path))
    }

    /// How many records of a kind there are, and how many entries the ledger has.
    pub fn counts(&self, kinds: &str) -> (u64, usize) {
        let total = self.read(&format!("/api/v1/{kinds}?withdrawn=true"))["total"].as_u64();
        let changes = self.read("/api/v1/changes?limit=1000")["data"].as_array().unwrap().len();
        (total.unwrap(), changes)
    }

    /// Sends bytes as they are, and gives whatever comes back until the server closes or says nothing more.
    pub fn raw(&self, bytes: &[u8]) -> String {
        const PATIENCE: Duration = Duration::from_secs(20);
        let mut stream = TcpStream::connect(self.address).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        // The server may answer and close before everything is sent: that is its right.
        let _ = stream.write_all(bytes);
        let mut answer = Vec::new();
        let mut piece = [0; 4096];
        while !is_whole(&answer) {
            match stream.read(&mut piece) {
                Ok(0) | Err(_) => break,
                Ok(read) => answer.extend_from_slice(&piece[..read]),
            }
        }
        String::from_utf8_lossy(&answer).into_owned()
    }
}

/// Has the head come, and as much body as it announces?
fn is_whole(answer: &[u8]) -> bool {
    let text = String::from_utf8_lossy(answer).to_ascii_lowercase();
    let Some((head, body)) = text.split_once("\r\n\r\n") else { return false };
    let length = head.lines().find_map(|line| line.strip_prefix("content-length: "));
    length.is_some_and(|length| body.len() >= length.trim().parse::<usize>().unwrap())
}

impl Drop for Passage {
    fn drop(&mut self) {
        drop(self.handle.stop(false));
        let ended = self.thread.take().map(JoinHandle::join);
        if let Some(Err(_)) = ended
            && !std::thread::panicking()
        {
            panic!("the server panicked");
        }
    }
}

/// Imports the history of Syria.
async fn seed(data: &std::path::Path) {
    use passage::exchange::import::{Options, run};
    let seeds = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("seeds/syria-2016");
    let store = passage::store::SqliteStore::open(&data.join(passage::app::STORE_FILE), 1).unwrap();
    let options = Options { as_reported: true, ..Options::by("test") };
    run(&store, &[seeds], &options, Clock::Wall, &mut |_| ()).await.unwrap();
}

/// One of each role, and one that has expired.
async fn tokens(app: &App) -> [String; 7] {
    let now = app.clock.recorded_at();
    let make = async |name: &str, role: Role, days: u64| {
        let organisation = (role == Role::Partner).then(|| "sarc".parse().unwrap());
        let standing = Standing { organisation, ..Standing::usual(role) };
        let (name, by) = (name.to_owned(), "test".to_owned());
        let new = NewToken { name, standing, expires_at: in_days(now, days), by };
        token::create(&*app.store, &app.token_key, new, now).await.unwrap()
    };
    [
        make("Vera", Role::Viewer, 90).await,
        make("Paul", Role::Partner, 90).await,
        make("Cora", Role::Coordinator, 90).await,
        make("Anna", Role::Analyst, 90).await,
        make("Ada", Role::Admin, 90).await,
        make("Odo", Role::Auditor, 90).await,
        make("Old", Role::Admin, 0).await,
    ]
}

/// What was answered.
pub struct Answer {
    pub status: u16,
    pub headers: reqwest::header::HeaderMap,
    pub text: String,
}

/// Sends a request, whatever is answered.
pub trait Sends {
    fn answer(self) -> Answer;
}

impl Sends for RequestBuilder {
    fn answer(self) -> Answer {
        let response: Response = self.send().expect("the server answers");
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        Answer { status, headers, text: response.text().expect("the answer is a text") }
    }
}

impl Answer {
    /// The body, JSON.
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or_else(|fault| panic!("{fault}: {}", self.text))
    }

    /// The body of an answer with this status.
    #[track_caller]
    pub fn ok(self, status: u16) -> Value {
        assert_eq!(self.status, status, "{}", self.text);
        self.json()
    }

    /// A header as a text; empty where it is missing.
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().expect("a header is ASCII"))
    }

    /// A problem as RFC 9457 has it, with this status and code.
    #[track_caller]
    pub fn problem(self, status: u16, code: &str) -> Problem {
        assert_eq!(self.status, status, "{}", self.text);
        assert_eq!(self.header("Content-Type"), "application/problem+json", "{}", self.text);
        let body = self.json();
        assert_eq!(body["status"], json!(status), "{body}");
        assert_eq!(body["code"], json!(code), "{body}");
        assert!(body["title"].as_str().is_some_and(|title| !title.is_empty()), "{body}");
        assert!(body["detail"].as_str().is_some_and(|detail| !detail.is_empty()), "{body}");
        Problem(body)
    }
}

/// The body of a problem.
pub struct Problem(pub Value);

impl Problem {
    pub fn detail(&self) -> &str {
        self.0["detail"].as_str().unwrap()
    }

    /// The pointers, in order.
    pub fn pointers(&self) -> Vec<&str> {
        let errors = self.0["errors"].as_array().map_or(&[][..], Vec::as_slice);
        errors.iter().map(|error| error["pointer"].as_str().unwrap()).collect()
    }

    /// What is said at a pointer.
    #[track_caller]
    pub fn at(&self, pointer: &str) -> &str {
        let errors = self.0["errors"].as_array().map_or(&[][..], Vec::as_slice);
        let found = errors.iter().find(|error| error["pointer"] == pointer);
        found.unwrap_or_else(|| panic!("nothing at {pointer}: {}", self.0))["detail"]
            .as_str()
            .unwrap()
    }
}

/// The codes in a list, in its order.
pub fn codes(list: &Value) -> Vec<String> {
    rows(list).iter().map(|row| row["code"].as_str().unwrap().to_owned()).collect()
}

/// The rows of a list.
#[track_caller]
pub fn rows(list: &Value) -> &[Value] {
    list["data"].as_array().unwrap_or_else(|| panic!("no list: {list}"))
}

/// Are two numbers the same, but for rounding?
#[track_caller]
pub fn assert_close(found: &Value, expected: f64) {
    let number = found.as_f64().unwrap_or_else(|| panic!("no number: {found}"));
    assert!((number - expected).abs() < 0.005, "{number} is not {expected}");
}

/// An area without a place.
pub fn area(code: &str) -> Value {
    json!({ "code": code, "names": { "en": code } })
}

/// An area with a place.
pub fn area_at(code: &str, lon: f64, lat: f64) -> Value {
    json!({ "code": code, "names": { "en": code }, "position": { "lon": lon, "lat": lat } })
}

/// A convoy to one area that was offloaded on a day.
pub fn arrival(code: &str, area: &str, day: &str, drop: &Value) -> Value {
    let mut drop = drop.clone();
    drop["areas"] = json!([area]);
    json!({
        "code": code, "mode": "cross_line", "date": day, "drops": [drop],
        "events": [{ "stage": "offloaded", "at": day }],
    })
}
