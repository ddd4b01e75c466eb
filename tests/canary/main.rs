//! Canaries: whatever is sent, no log and no metric repeats a name, a position, a token or a body.
//!
//! The program runs in a process of its own with its log at the finest. Its standard output is for who calls it: an
//! import shows them the value that it refuses, a new token is shown once. Its standard error is the log.
#![cfg(test)]

mod bodies;
#[path = "../promises/client.rs"]
mod client;
mod program;
#[path = "../promises/result.rs"]
mod result;

use std::path::Path;

use passage::domain::{Kind, draft};
use passage::store::{Action, Basis, Change, Filter, Stored, Write};
use reqwest::Method;
use serde_json::{Value, json};

use self::bodies::Filling;
use self::program::{Program, run};
use self::result::record;

/// Stands in every text, code, name and plate that is sent.
const WORD: &str = "Kanari7q";
/// A token that nobody made.
const FORGED: &str = "psg_0123456789ab.Kanari7q0123456789";
/// Where everything is, and how it would be found if it were rounded.
const LON: f64 = 36.123_457;
const LAT: f64 = 33.654_321;
const ROUNDED: [&str; 2] = ["36.123", "33.654"];

fn filling() -> Filling<'static> {
    Filling { text: "Kanari7q ", code: WORD, lon: LON, lat: LAT }
}

/// What was sent and must not be found again.
struct Canaries(Vec<String>);

impl Canaries {
    fn with(tokens: &[&str]) -> Self {
        let secrets = tokens.iter().filter_map(|token| Some(token.split_once('.')?.1.to_owned()));
        let rounded = ROUNDED.iter().map(ToString::to_string);
        Self(secrets.chain(rounded).chain([WORD.to_lowercase()]).collect())
    }

    /// The lines that hold one.
    fn found_in(&self, said: &str) -> Vec<String> {
        let holds = |line: &&str| {
            let line = line.to_lowercase();
            self.0.iter().any(|canary| line.contains(canary.as_str()))
        };
        said.lines().filter(holds).map(str::to_owned).collect()
    }

    #[track_caller]
    fn assert_none_in(&self, said: &str) {
        let found = self.found_in(said);
        assert!(found.is_empty(), "{} lines, the first: {}", found.len(), found[0]);
    }
}

/// Sends a body, whatever is answered; gives the status.
fn send(program: &Program, method: Method, path: &str, body: &Value) -> u16 {
    let request = program.ask(method, path).header("If-Match", "\"1\"");
    let request = request.header("Idempotency-Key", format!("{WORD}-{path}"));
    request.json(body).send().unwrap().status().as_u16()
}

/// Records of every kind that are taken, then others of every kind that are not.
fn write_records(program: &Program) -> usize {
    let mut taken = 0;
    for kind in Kind::ALL {
        let path = format!("/api/v1/{}", kind.plural());
        taken +=
            usize::from(send(program, Method::POST, &path, &filling().first_body(*kind)) == 201);
    }
    for kind in Kind::ALL {
        let path = format!("/api/v1/{}", kind.plural());
        let one = format!("{path}/{}", filling().code_of(kind.as_str()));
        let body = filling().body(*kind);
        send(program, Method::PUT, &one, &body);
        send(program, Method::POST, &path, &body);
        let wrong: serde_json::Map<String, Value> = kind
            .schema()
            .fields
            .iter()
            .map(|field| (field.name.to_owned(), json!(format!("{WORD} {LON}"))))
            .chain([(WORD.to_owned(), json!([LON, { "deep": LAT }]))])
            .collect();
        assert_eq!(send(program, Method::POST, &path, &json!(wrong)), 422, "{kind}");
        let position = json!({ "position": { "lon": LON * 10.0, "lat": LAT }, "names": WORD });
        send(program, Method::POST, &path, &json!([position, body]));
        for action in ["confirm", "withdraw", "drops", "events", "accounts", "answers"] {
            let body = json!({ "reason": WORD, "text": WORD, "note": { "at": [LON, LAT] } });
            send(program, Method::POST, &format!("{one}/{action}"), &body);
        }
    }
    taken
}

/// Everything that can be read, also with names and positions in paths and questions.
fn read_all(program: &Program) {
    let questions = [
        String::new(),
        format!("?area={WORD}&q={WORD}"),
        format!("?{WORD}={LON}"),
        format!("?bbox={LON},{LAT},{},{}", LON + 1.0, LAT + 1.0),
        format!("?near={LON},{LAT}&within_km=3"),
        format!("?near={WORD}"),
        format!("?cursor={WORD}&sort={WORD}"),
        "?as_of=2016-07-26&expand=true".to_owned(),
    ];
    let kinds = Kind::ALL.iter().map(|kind| format!("/api/v1/{}", kind.plural()));
    let figures =
        ["totals", "coverage", "changes", "alerts", "outlook", "funnel", "access/scorecard"];
    let figures = figures.iter().map(|figure| format!("/api/v1/{figure}"));
    for path in kinds.clone().chain(figures) {
        for question in &questions {
            program.ask(Method::GET, &format!("{path}{question}")).send().unwrap();
        }
    }
    for path in kinds {
        let code = filling().code_of(path.trim_start_matches("/api/v1/").trim_end_matches('s'));
        for tail in [".csv", ".geojson", &format!("/{code}"), &format!("/{code}/history")] {
            program.ask(Method::GET, &format!("{path}{tail}")).send().unwrap();
        }
    }
    for format in ["html", "text", "json", WORD] {
        let path = format!("/api/v1/reports/preview?format={format}&as_of=2016-07-26");
        program.ask(Method::GET, &path).send().unwrap();
    }
}

/// What no reader of records would send.
fn misuse(program: &Program) {
    let areas = "/api/v1/areas";
    for (kind, body) in [
        ("application/json", format!("{{\"names\": \"{WORD}\", ")),
        ("application/json", format!("[{{\"names\": {WORD}}}]")),
        ("application/json", format!("\"{}\"", WORD.repeat(20_000))),
        (WORD, format!("{WORD}={LON}")),
        ("text/csv", format!("code,names\n{WORD},{LON}")),
    ] {
        let request = program.ask(Method::POST, areas).header("Content-Type", kind);
        assert!(request.body(body).send().unwrap().status().is_client_error());
    }
    let not_utf8: Vec<u8> = [WORD.as_bytes(), &[0xff, 0xfe]].concat();
    program.ask(Method::POST, areas).body(not_utf8).send().unwrap();
    for path in [format!("/{WORD}"), format!("/api/v1/{WORD}/{LON}"), format!("{areas}/%FF{WORD}")]
    {
        program.ask(Method::GET, &path).send().unwrap();
    }
    for token in [FORGED, WORD, "", "psg_0123456789ab"] {
        let request = program.anybody(Method::GET, areas).bearer_auth(token);
        assert_eq!(request.header("Cookie", WORD).send().unwrap().status(), 401);
    }
    program.anybody(Method::GET, areas).basic_auth(WORD, Some(FORGED)).send().unwrap();
    program.ask(Method::from_bytes(WORD.as_bytes()).unwrap(), areas).send().unwrap();
    let token = &program.token;
    for raw in [
        format!("{WORD} /{WORD} HTTP/9.9\r\n\r\n"),
        format!("GET /{WORD}\u{7} HTTP/1.1\r\nAuthorization: Bearer {token}\r\n\r\n"),
        format!("GET / HTTP/1.1\r\nX-{WORD}: {}\r\n\r\n", WORD.repeat(20_000)),
        format!(
            "POST {areas} HTTP/1.1\r\nTransfer-Encoding: chunked\r\nAuthorization: Bearer {token}\r\n\r\nzz{WORD}\r\n"
        ),
    ] {
        program.raw(raw.as_bytes());
    }
}

/// Makes and revokes a token for somebody whose name must not be logged.
fn manage_tokens(program: &Program) -> String {
    let body = json!({ "name": WORD, "role": "viewer" });
    let made = program.ask(Method::POST, "/api/v1/tokens").json(&body).send().unwrap();
    let made: Value = made.json().unwrap();
    let token = made["token"].as_str().unwrap().to_owned();
    program.anybody(Method::GET, "/api/v1/areas").bearer_auth(&token).send().unwrap();
    program.anybody(Method::POST, "/api/v1/areas").bearer_auth(&token).send().unwrap();
    let id = token.split_once('.').unwrap().0;
    for id in [id, FORGED, WORD] {
        program.ask(Method::POST, &format!("/api/v1/tokens/{id}/revoke")).send().unwrap();
    }
    token
}

/// The commands, on the same folder; gives what they logged.
fn run_commands(data: &Path, json: bool) -> String {
    let bad = format!(
        "code,names_en,position_lon\n#meta+code,#loc+name+i_en,#geo+lon\n{WORD},{WORD},{WORD}\n"
    );
    std::fs::write(data.join("areas.csv"), bad).unwrap();
    let file = data.join("areas.csv").display().to_string();
    let out = data.join("out").display().to_string();
    let mut logged = String::new();
    let imported = run(data, json, &["import", &file]);
    let shown = String::from_utf8(imported.stdout).unwrap();
    assert!(shown.contains("row 3, column position_lon") && shown.contains(WORD), "{shown}");
    logged += &String::from_utf8_lossy(&imported.stderr);
    for arguments in [
        &["export", out.as_str()][..],
        &["verify"],
        &["report", "--as-of", "2016-07-26", "--schedule", "weekly"],
        &["token", "create", "--role", "viewer", "--name", WORD],
        &["token", "list"],
        &["token", "revoke", FORGED],
    ] {
        let done = run(data, json, arguments);
        // What was asked for by that word is named when it is not there.
        let named = arguments.contains(&FORGED);
        logged += &String::from_utf8_lossy(if named { &[] } else { &done.stderr });
    }
    logged
}

/// The same without the seconds of its times, which at 36.123 would read like a position.
fn without_times(log: &str) -> String {
    let is_second = |text: &str| text.chars().all(|sign| sign.is_ascii_digit() || sign == '.');
    let pieces = log.split_inclusive('Z').map(|piece| {
        let second = piece.strip_suffix('Z').and_then(|piece| piece.rsplit_once(':'));
        second.filter(|(_, second)| is_second(second)).map_or(piece, |(before, _)| before)
    });
    pieces.collect()
}

#[test]
fn a_second_of_a_time_is_no_position() {
    let log = "2026-11-30T18:22:36.123038Z DEBUG at 36.123\n{\"timestamp\":\"2026-11-30T18:22:36.123038Z\"}";
    assert_eq!(
        without_times(log),
        "2026-11-30T18:22 DEBUG at 36.123\n{\"timestamp\":\"2026-11-30T18:22\"}"
    );
    assert_eq!(without_times("AZ 36.123 Z"), "AZ 36.123 Z");
}

fn nothing_is_repeated(json: bool) {
    let home = tempfile::tempdir().unwrap();
    let data = home.path();
    let program = Program::serve(data, json);
    let core =
        program.limits().lines().find(|line| line.starts_with("Max core")).map(str::to_owned);
    let core = core.expect("the system has such a limit");
    assert_eq!(core.split_whitespace().filter(|word| *word == "0").count(), 2, "{core}");
    let taken = write_records(&program);
    assert!(taken >= 14, "only {taken} kinds were taken");
    read_all(&program);
    misuse(&program);
    let made = manage_tokens(&program);
    let canaries = Canaries::with(&[&program.token.clone(), &made, FORGED]);
    let metrics = program.ask(Method::GET, "/metrics").send().unwrap().text().unwrap();
    assert!(metrics.contains("passage_request_seconds_count"), "{metrics}");
    canaries.assert_none_in(&metrics);
    let logged = without_times(&program.stop());
    assert!(
        logged.lines().count() > 300,
        "the log is at its finest: {} lines",
        logged.lines().count()
    );
    assert!(logged.contains("answered 422") && logged.contains("answered 413"));
    canaries.assert_none_in(&logged);
    let commands = without_times(&run_commands(data, json));
    canaries.assert_none_in(&commands);
    let told = format!(
        "{} canaries (tokens, names, positions) in {} lines of log{}: 0",
        canaries.0.len(),
        logged.lines().chain(commands.lines()).count(),
        if json { " in JSON" } else { "" },
    );
    record("G27", &told, true);
}

#[test]
fn a_log_in_words_repeats_nothing() {
    nothing_is_repeated(false);
}

#[test]
fn a_log_in_json_repeats_nothing() {
    nothing_is_repeated(true);
}

#[test]
fn what_travels_through_the_program_does_not_print_itself() {
    let body = filling().body(Kind::Facility);
    let draft = draft(Kind::Facility, &body).unwrap();
    let at = chrono::DateTime::UNIX_EPOCH;
    let (code, place) = (WORD.to_owned(), draft.place);
    let change = Change {
        action: Action::Create,
        draft,
        new_id: uuid::Uuid::nil(),
        lowers: false,
        basis: Basis::New,
        learned_at: None,
        reason: Some(code.clone()),
    };
    let write = Write {
        actor: code.clone(),
        owner: None,
        clearance: passage::domain::Clearance::ALL,
        recorded_at: at,
        learned_at: at,
        idempotency: Some((code.clone(), [7; 32])),
        changes: vec![change],
    };
    let stored = Stored {
        kind: Kind::Facility,
        id: uuid::Uuid::nil(),
        code: code.clone(),
        version: 1,
        recorded_at: at,
        learned_at: at,
        retired_at: None,
        withdrawn: false,
        body: body.to_string(),
        seen: passage::store::Seen::default(),
    };
    let filter =
        Filter { codes: vec![code], bbox: Some([LON, LAT, LON, LAT]), ..Filter::default() };
    let printed = format!("{write:#?} {stored:?} {filter:?} {place:?}");
    assert!(printed.contains("Stored") && place.is_some());
    Canaries::with(&[FORGED]).assert_none_in(&printed);
}

#[test]
fn a_record_that_was_damaged_in_the_file_is_named_and_not_shown() {
    let home = tempfile::tempdir().unwrap();
    let data = home.path();
    let program = Program::serve(data, false);
    let body = json!({ "code": WORD, "names": WORD, "position": { "lon": LON, "lat": LAT } });
    assert_eq!(send(&program, Method::POST, "/api/v1/areas", &body), 201);
    program.kill();
    let file = rusqlite::Connection::open(data.join("passage.sqlite")).unwrap();
    let damaged =
        json!({ "names": WORD, "position": { "lon": WORD, "lat": LAT }, "country": WORD });
    file.execute_batch("DROP TRIGGER IF EXISTS ledger_body_is_never_changed").unwrap();
    file.execute("UPDATE ledger_body SET body = ?1", [damaged.to_string()]).unwrap();
    let canaries = Canaries::with(&[FORGED]);
    for arguments in [&["report", "--as-of", "2016-07-26"][..], &["verify"]] {
        let done = run(data, false, arguments);
        let said = String::from_utf8_lossy(&[done.stdout, done.stderr].concat()).into_owned();
        assert!(!done.status.success(), "{said}");
        canaries.assert_none_in(&said);
    }
}
