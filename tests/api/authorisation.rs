//! Who may do what to which record: every operation of the description, every role, every level, every bad token.
//!
//! `authorisation.csv` says what is expected; an operation that is not in it fails here.
#![cfg(test)]

use std::collections::{BTreeMap, BTreeSet};

use passage::clock::Clock;
use passage::disclose::policy::{Operation, who_may};
use passage::domain::{Kind, Role, Sensitivity, Shape, Standing};
use passage::people::{self, NewUser, password, session};
use passage::token::{self, NewToken, in_days};
use reqwest::Method;
use reqwest::blocking::RequestBuilder;
use reqwest::header::HeaderValue;
use serde_json::{Value, json};

use crate::harness::{Passage, Sends};
use crate::record::{filled, minimal, with_bases};
use crate::result::{is_night, record};

const MATRIX: &str = include_str!("authorisation.csv");

/// Who asks, in the order of the columns: somebody without a token, then the roles.
const STRANGER: &str = "stranger";

/// The record of each kind that others are merged into.
const STAYS: &str = "stays";

/// What an operation with its level answers to each.
type Row = BTreeMap<String, u16>;

/// The file: by method and path, then by level.
fn matrix() -> BTreeMap<(String, String), BTreeMap<String, Row>> {
    let mut lines = MATRIX.lines().filter(|line| !line.starts_with('#'));
    let header: Vec<&str> = lines.next().unwrap().split(',').collect();
    assert_eq!(header[3..], [&[STRANGER][..], Role::WORDS].concat(), "who is in the matrix");
    let mut found: BTreeMap<(String, String), BTreeMap<String, Row>> = BTreeMap::new();
    for line in lines {
        let cells: Vec<&str> = line.split(',').collect();
        assert_eq!(cells.len(), header.len(), "{line}");
        let row = header[3..].iter().zip(&cells[3..]);
        let row = row.map(|(who, status)| ((*who).to_owned(), status.parse().unwrap())).collect();
        let levels = found.entry((cells[0].to_owned(), cells[1].to_owned())).or_default();
        assert!(levels.insert(cells[2].to_owned(), row).is_none(), "twice: {line}");
    }
    found
}

/// Every operation of the description.
fn operations(passage: &Passage) -> Vec<(Method, String)> {
    let document = passage.anybody(Method::GET, "/openapi.json").answer().ok(200);
    let mut found = Vec::new();
    for (path, operations) in document["paths"].as_object().unwrap() {
        for verb in operations.as_object().unwrap().keys() {
            let method = Method::from_bytes(verb.to_uppercase().as_bytes()).unwrap();
            found.push((method, path.clone()));
        }
    }
    found
}

/// The kind whose records a path is about.
fn kind_of(path: &str) -> Option<Kind> {
    let path = path.strip_prefix("/api/v1/")?;
    let word = path.strip_prefix("templates/").unwrap_or(path).split(['/', '.']).next()?;
    Kind::ALL.iter().find(|kind| kind.plural() == word).copied()
}

/// The row of an operation: by its own path, or by that of all kinds.
fn row_of(path: &str) -> Vec<String> {
    let mut candidates = vec![path.to_owned()];
    if let Some(kind) = kind_of(path) {
        candidates.push(path.replacen(kind.plural(), "{kinds}", 1));
    }
    candidates
}

/// What is sent with an operation that changes something.
fn body(method: &Method, path: &str, level: &str, unique: &str) -> Option<Value> {
    if *method == Method::GET {
        return None;
    }
    let last = path.rsplit('/').next().unwrap();
    let password = "seven green bicycles";
    Some(match (path, last) {
        ("/api/v1/tokens" | "/api/v1/tokens/{id}" | "/api/v1/users/{id}", _) => {
            json!({ "name": "x", "role": "viewer" })
        }
        ("/api/v1/users", _) => {
            json!({ "login": unique, "name": "x", "role": "viewer", "password": password })
        }
        ("/api/v1/users/{id}/password", _) => json!({ "password": password }),
        (_, "withdraw" | "confirm" | "dismiss" | "undo" | "unmerge") => {
            json!({ "reason": "a test" })
        }
        (_, "merge") => json!({ "into": STAYS, "reason": "a test" }),
        (_, "lowerings") => json!({ "sensitivity": "public", "reason": "a test" }),
        (
            _,
            "throughput" | "revoke" | "disable" | "enable" | "approve" | "refuse" | "ack"
            | "preview" | "retry" | "commit",
        ) => json!({}),
        _ => {
            let kind = kind_of(path).unwrap();
            match kind.schema().field(last).map(|field| field.shape) {
                Some(Shape::List(Shape::Part(_))) if last == "events" => {
                    json!({ "stage": "planned", "at": "2016-07-01" })
                }
                Some(Shape::List(Shape::Part(schema))) => filled(schema),
                _ => {
                    let mut body = minimal(kind);
                    if level != "-" {
                        body["sensitivity"] = json!(level);
                    }
                    if *method == Method::POST {
                        body["code"] = json!(unique);
                    }
                    body
                }
            }
        }
    })
}

/// One question of the matrix.
struct Case {
    method: Method,
    path: String,
    level: String,
    who: String,
    expected: u16,
}

impl Case {
    /// Told apart from every other case, as a code and a login name.
    fn unique(&self, at: usize) -> String {
        format!("{}-{}-{at}", self.level, self.who)
    }
}

fn cases(passage: &Passage) -> Vec<Case> {
    let matrix = matrix();
    let mut cases = Vec::new();
    let mut used = BTreeSet::new();
    for (method, path) in operations(passage) {
        let key = row_of(&path)
            .into_iter()
            .map(|path| (method.to_string(), path))
            .find(|key| matrix.contains_key(key))
            .unwrap_or_else(|| panic!("{method} {path} is not in tests/api/authorisation.csv"));
        let levels = &matrix[&key];
        if !levels.contains_key("-") {
            let every: BTreeSet<&str> = Sensitivity::WORDS.iter().copied().collect();
            let there: BTreeSet<&str> = levels.keys().map(String::as_str).collect();
            assert_eq!(there, every, "{method} {path}: a row for each level");
        }
        for (level, row) in levels {
            for (who, expected) in row {
                let (method, path) = (method.clone(), path.clone());
                let (level, who, expected) = (level.clone(), who.clone(), *expected);
                cases.push(Case { method, path, level, who, expected });
            }
        }
        used.insert(key);
    }
    let unused: Vec<_> = matrix.keys().filter(|key| !used.contains(*key)).collect();
    assert!(unused.is_empty(), "not in the description: {unused:?}");
    cases
}

/// Makes a record of its own for each case that needs one, and gives their versions by code.
fn with_records(passage: &Passage, cases: &[Case]) -> BTreeMap<(Kind, String), i64> {
    let mut bodies: BTreeMap<Kind, Vec<Value>> = BTreeMap::new();
    for (at, case) in cases.iter().enumerate() {
        let Some(kind) = kind_of(&case.path).filter(|_| case.path.contains("{reference}")) else {
            continue;
        };
        let mut body = minimal(kind);
        body["code"] = json!(case.unique(at));
        if case.level != "-" {
            body["sensitivity"] = json!(case.level);
        }
        bodies.entry(kind).or_default().push(body);
    }
    for kind in Kind::ALL.iter().copied().filter(|kind| kind.can_merge()) {
        let mut body = minimal(kind);
        body["code"] = json!(STAYS);
        body["sensitivity"] = json!("public");
        bodies.entry(kind).or_default().push(body);
    }
    let mut versions = BTreeMap::new();
    for (kind, bodies) in bodies {
        let path = format!("/api/v1/{}", kind.plural());
        let made = passage.admin(Method::POST, &path, &json!(bodies)).ok(201);
        for row in made["data"].as_array().unwrap() {
            let code = row["code"].as_str().unwrap().to_owned();
            versions.insert((kind, code), row["version"].as_i64().unwrap());
        }
    }
    versions
}

/// The id of a new token, user or import; an import that is to be committed is one of who asks.
fn new_id(passage: &Passage, path: &str, unique: &str, who: &str) -> String {
    if path.contains("/attachments/") {
        let form = crate::attachment::file("a.txt", unique);
        let lists = "/api/v1/areas/base-area/attachments";
        let sent = passage.with(&passage.admin, Method::POST, lists).multipart(form);
        return sent.answer().ok(201)["id"].as_str().unwrap().to_owned();
    }
    if path.contains("/imports/") {
        let is_tried = path.ends_with("/commit");
        let sender = if is_tried || path.ends_with("/undo") { who } else { "admin" };
        let form = crate::import::areas(&[&format!("x{unique}")]);
        let form = if is_tried { form.text("dry_run", "true") } else { form };
        let token = passage.token(sender.parse().unwrap());
        let sent = passage.with(token, Method::POST, "/api/v1/imports").multipart(form);
        return sent.answer().ok(201)["id"].as_str().unwrap().to_owned();
    }
    let lists = if path.contains("/tokens") { "/api/v1/tokens" } else { "/api/v1/users" };
    let body = body(&Method::POST, lists, "-", &format!("new-{unique}")).unwrap();
    let made = passage.admin(Method::POST, lists, &body).ok(201);
    made["id"].as_str().unwrap().to_owned()
}

/// The path of a case, with something in it that is there where that is needed.
fn path_of(passage: &Passage, case: &Case, unique: &str) -> String {
    let mut path = case.path.replace("{reference}", unique);
    if path.contains("{id}") {
        // Only who is let in needs one that is there, and who is told whose it is.
        let is_needed = case.expected < 300 || path.contains("/attachments/");
        let id = if is_needed { new_id(passage, &path, unique, &case.who) } else { "x".to_owned() };
        path = path.replace("{id}", &id);
    }
    path = path.replace("{z}/{x}/{y}", "0/0/0");
    if path.ends_with("/stream") {
        // Else it would not end.
        path += "?for_seconds=0";
    }
    if path.ends_with("/encode_app_identifier") {
        path += "?application=matrix&email=a%40example.org";
    }
    path
}

/// A request with what is sent in the case.
fn sent_with(request: RequestBuilder, case: &Case, unique: &str) -> RequestBuilder {
    match case.path.rsplit('/').next() {
        Some("imports") if case.method == Method::POST => {
            request.multipart(crate::import::areas(&[&format!("x{unique}")]))
        }
        Some("attachments") if case.method == Method::POST => {
            request.multipart(crate::attachment::file("a.txt", unique.to_owned()))
        }
        _ => match body(&case.method, &case.path, &case.level, unique) {
            Some(body) => request.json(&body),
            None => request,
        },
    }
}

#[test]
fn every_operation_answers_every_role_at_every_level_as_the_matrix_says() {
    let passage = with_bases();
    let cases = cases(&passage);
    let versions = with_records(&passage, &cases);
    let mut wrong = Vec::new();
    for (at, case) in cases.iter().enumerate() {
        let unique = case.unique(at);
        let path = path_of(&passage, case, &unique);
        let mut request = passage.anybody(case.method.clone(), &path);
        if case.who != STRANGER {
            request = request.bearer_auth(passage.token(case.who.parse().unwrap()));
        }
        if let Some(version) = kind_of(&path).and_then(|kind| versions.get(&(kind, unique.clone())))
            && case.method == Method::PUT
        {
            request = request.header("If-Match", format!("\"{version}\""));
        }
        let answer = sent_with(request, case, &unique).answer();
        if answer.status != case.expected {
            let Case { method, path, level, who, expected } = case;
            let text: String = answer.text.chars().take(160).collect();
            wrong.push(format!(
                "{method} {path} {level} {who}: {} not {expected}: {text}",
                answer.status
            ));
        }
    }
    let told = format!(
        "{} cases of operation, role and level: {} answered otherwise than the matrix says",
        cases.len(),
        wrong.len()
    );
    record("G20", &told, wrong.is_empty());
    assert!(cases.len() > 3_000, "the whole matrix was walked: {}", cases.len());
    let shown: Vec<&String> = wrong.iter().take(60).collect();
    assert!(wrong.is_empty(), "{} of {} are wrong:\n{shown:#?}", wrong.len(), cases.len());
}

#[test]
fn what_may_not_be_seen_answers_as_what_is_not_there() {
    let passage = with_bases();
    let mut body = minimal(Kind::Convoy);
    body["code"] = json!("hidden");
    body["sensitivity"] = json!("strictly_confidential");
    passage.admin(Method::POST, "/api/v1/convoys", &body).ok(201);
    let told = |code: &str| {
        let answer = passage.get(&format!("/api/v1/convoys/{code}"));
        let headers: Vec<String> = answer.headers.keys().map(ToString::to_string).collect();
        (answer.status, answer.text.replace(code, "CODE"), headers)
    };
    assert_eq!(told("hidden"), told("absent"));
}

/// Sends one bad credential.
type Bad = Box<dyn Fn(&Passage, Method, &str) -> RequestBuilder>;

fn header(value: impl AsRef<[u8]>) -> Bad {
    let value = HeaderValue::from_bytes(value.as_ref()).unwrap();
    Box::new(move |passage, method, path| {
        passage.anybody(method, path).header("Authorization", value.clone())
    })
}

fn cookie(value: &str) -> Bad {
    let value = format!("__Host-passage={value}");
    Box::new(move |passage, method, path| {
        let request = passage.anybody(method, path).header("Cookie", &value);
        request.header("Origin", format!("http://{}", passage.address))
    })
}

/// Cookies of a person who was disabled, and of a session that is over.
async fn dead_cookies(passage: &Passage) -> [String; 2] {
    let (store, now) = (passage.store(), Clock::Wall.recorded_at());
    let key = passage::app::token_key(passage.home()).unwrap();
    let limits = passage::config::Settings::layered("", "", std::iter::empty()).unwrap().login;
    let user = async |login: &str| {
        let new = NewUser {
            login: login.to_owned(),
            name: login.to_owned(),
            standing: Standing::usual(Role::Admin),
            password_hash: password::hash("seven green bicycles").unwrap(),
            must_change_password: false,
            expires_at: None,
            by: "test".to_owned(),
        };
        people::add(&store, new, now).await.unwrap().unwrap()
    };
    let (gone, old) = (user("gone").await, user("old").await);
    let begin = async |user: &str, at| {
        session::begin(&store, (&key, limits, at), user, "a browser").await.unwrap()
    };
    let of_gone = begin(&gone.id, now).await;
    let over = begin(&old.id, now - chrono::TimeDelta::hours(13)).await;
    // Disabled by hand, so that the session is still there.
    let file = passage.file();
    file.execute("UPDATE user SET disabled_at = 1 WHERE login = 'gone'", []).unwrap();
    [of_gone, over]
}

fn bad_credentials(passage: &Passage, other: &Passage) -> Vec<(&'static str, Bad)> {
    let (id, secret) = passage.admin.split_once('.').unwrap();
    let unknown = format!("psg_000000000000.{secret}");
    let wrong = format!("{id}.{}", "0".repeat(64));
    let revoked = {
        let body = json!({ "name": "x", "role": "admin" });
        let made = passage.admin(Method::POST, "/api/v1/tokens", &body).ok(201);
        let path = format!("/api/v1/tokens/{}/revoke", made["id"].as_str().unwrap());
        passage.admin(Method::POST, &path, &json!({})).ok(200);
        made["token"].as_str().unwrap().to_owned()
    };
    let [disabled, over] = actix_web::rt::System::new().block_on(dead_cookies(passage));
    let admin = passage.admin.clone();
    let in_query: Bad = Box::new(move |passage, method, path| {
        passage.anybody(method, &format!("{path}?token={admin}&access_token={admin}"))
    });
    let admin = &passage.admin;
    vec![
        ("none", Box::new(Passage::anybody)),
        ("malformed", header("Bearer")),
        ("an unknown id", header(format!("Bearer {unknown}"))),
        ("a wrong secret", header(format!("Bearer {wrong}"))),
        ("expired", header(format!("Bearer {}", passage.expired))),
        ("revoked", header(format!("Bearer {revoked}"))),
        ("the session of who is disabled", cookie(&disabled)),
        ("of another Passage", header(format!("Bearer {}", other.admin))),
        ("cut off", header(format!("Bearer {}", &admin[..admin.len() - 1]))),
        ("too long", header(format!("Bearer {admin}{}", "0".repeat(4_000)))),
        ("not ASCII", header(b"Bearer \xff\xfe")),
        ("Basic", header(format!("Basic {admin}"))),
        ("in the query", in_query),
        ("a session that is over", cookie(&over)),
        ("a token as a cookie", cookie(admin)),
        ("a cookie as a token", header(format!("Bearer {over}"))),
    ]
}

/// The operations that need somebody to be known.
fn guarded(passage: &Passage) -> Vec<(Method, String)> {
    let matrix = matrix();
    let is_guarded = |(method, path): &(Method, String)| {
        let rows =
            row_of(path).into_iter().find_map(|path| matrix.get(&(method.to_string(), path)));
        rows.unwrap().values().all(|row| row[STRANGER] == 401)
    };
    operations(passage).into_iter().filter(is_guarded).collect()
}

fn filled_path(path: &str) -> String {
    path.replace("{reference}", "base-area").replace("{id}", "x")
}

#[test]
fn no_operation_takes_a_bad_token() {
    let (passage, other) = (Passage::start(), Passage::start());
    let bad = bad_credentials(&passage, &other);
    assert!(bad.len() >= 14);
    let guarded = guarded(&passage);
    assert!(guarded.len() > 150, "{}", guarded.len());
    let mut wrong = Vec::new();
    let count = guarded.len();
    for (method, path) in guarded {
        for (name, send) in &bad {
            let answer = send(&passage, method.clone(), &filled_path(&path)).answer();
            if answer.status != 401 {
                wrong.push(format!("{method} {path}, {name}: {} {}", answer.status, answer.text));
            }
        }
    }
    let told = format!(
        "{} bad credentials on each of {count} operations: {} let in",
        bad.len(),
        wrong.len()
    );
    record("G20", &told, wrong.is_empty());
    assert!(wrong.is_empty(), "{}: {:#?}", wrong.len(), &wrong[..wrong.len().min(20)]);
}

#[test]
fn no_operation_reads_the_body_of_a_stranger() {
    let passage = Passage::start();
    let writes = guarded(&passage).into_iter().filter(|(method, _)| *method != Method::GET);
    for (method, path) in writes {
        // The body never comes; a server that waited for it would not answer.
        let head = format!(
            "{method} {} HTTP/1.1\r\nHost: p\r\nContent-Type: application/json\r\nContent-Length: 1000000\r\n\r\n",
            filled_path(&path)
        );
        let answer = passage.raw(head.as_bytes());
        assert!(answer.starts_with("HTTP/1.1 401"), "{method} {path}: {answer}");
    }
}

#[test]
fn nobody_says_yes_to_more_than_the_policy_does() {
    // The matrix is written by hand and the policy is code: each checks the other.
    let ways = passage::api::Ways::of(&passage::api::paths(), passage::disclose::policy::POLICY);
    let ways = ways.unwrap();
    let matrix = matrix();
    for (method, path, operation) in ways.all().filter(|(method, ..)| *method != "HEAD") {
        let mut keys = row_of(path).into_iter().map(|path| (method.to_owned(), path));
        let Some(levels) = keys.find_map(|key| matrix.get(&key)) else {
            assert_eq!(operation, None, "{method} {path} is not in the matrix and not open");
            continue;
        };
        for row in levels.values() {
            match operation {
                None => assert_eq!(row[STRANGER], 200, "{method} {path} is open"),
                Some(_) => assert_eq!(row[STRANGER], 401, "{method} {path}"),
            }
            for role in Role::ALL {
                let may = operation.is_none_or(|operation| who_may(operation).contains(role));
                let status = row[role.as_str()];
                assert!(
                    may || status == 403,
                    "{method} {path}: the policy refuses {role}, not the matrix"
                );
            }
        }
    }
}

#[test]
fn the_table_in_the_docs_is_the_policy() {
    use std::fmt::Write;
    let mut table =
        format!("| | {} |\n|---|{}\n", Role::WORDS.join(" | "), "---|".repeat(Role::ALL.len()));
    for operation in Operation::ALL {
        let cell = |role: &Role| match (who_may(*operation).contains(role), role, operation) {
            (false, ..) => " ",
            (
                true,
                Role::Partner,
                Operation::RecordRevise
                | Operation::RecordAppend
                | Operation::RecordWithdraw
                | Operation::ImportUndo
                | Operation::AttachmentAdd
                | Operation::AttachmentWithdraw,
            ) => "own",
            (true, ..) => "yes",
        };
        let cells: Vec<&str> = Role::ALL.iter().map(cell).collect();
        writeln!(table, "| `{operation}` | {} |", cells.join(" | ")).unwrap();
    }
    let docs = include_str!("../../docs/WHO_MAY.md");
    assert!(docs.contains(&table), "docs/WHO_MAY.md wants this table:\n{table}");
}

/// Each is refused; the times are compared before a release only: that wants a quiet machine.
#[test]
fn where_a_wrong_token_is_wrong_shows_by_nothing() {
    let samples = if is_night() { 100_000 } else { 200 };
    let home = tempfile::tempdir().unwrap();
    let key = passage::app::token_key(home.path()).unwrap();
    let secret = token::random_hex::<32>().unwrap();
    let kept = token::hash(&key, &secret);
    let other = |at: usize| {
        let mut wrong = secret.clone().into_bytes();
        wrong[at] = if wrong[at] == b'0' { b'1' } else { b'0' };
        String::from_utf8(wrong).unwrap()
    };
    // The hash hides where a secret is wrong; a hash that is wrong at one end is what a comparison could leak.
    let wrong_hash = |at: usize| {
        let mut wrong = kept;
        wrong[at] ^= 1;
        wrong
    };
    let secrets = [other(0), other(63)];
    let hashes = [wrong_hash(0), wrong_hash(31)];
    let ask =
        |(secret, kept): &(String, Option<[u8; 32]>)| token::is_secret(&key, secret, kept.as_ref());
    // Made anew before each question, so that where it lies in memory does not tell the two apart.
    let of_secrets = welch(samples, |at| (secrets[at].clone(), Some(kept)), ask);
    let of_hashes = welch(samples, |at| (secret.clone(), Some(hashes[at])), ask);
    let of_ids = welch(samples, |at| (secrets[0].clone(), [Some(kept), None][at]), ask);
    if !is_night() {
        record("G23", &format!("{} wrong secrets and hashes refused", 6 * samples), true);
        return;
    }
    let told = format!(
        "Welch t of {samples} samples each: secrets {of_secrets:.2}, hashes {of_hashes:.2}, unknown id {of_ids:.2}"
    );
    let passed = [of_secrets, of_hashes, of_ids].iter().all(|t| t.abs() < 4.5);
    record("G23", &told, passed);
    assert!(passed, "{told}");
}

/// Welch's t of how long two ways take, asked in turn; the slowest tenth, where the machine did other things, is left out.
fn welch<T>(samples: usize, make: impl Fn(usize) -> T, ask: impl Fn(&T) -> bool) -> f64 {
    let mut took = [Vec::with_capacity(samples), Vec::with_capacity(samples)];
    for round in 0..samples {
        for at in [round % 2, 1 - round % 2] {
            let question = std::hint::black_box(make(at));
            let begun = std::time::Instant::now();
            let same = std::hint::black_box(ask(&question));
            took[at].push(begun.elapsed());
            assert!(!same);
        }
    }
    let [one, other] = took.map(|mut took| {
        took.sort_unstable();
        took.truncate(samples * 9 / 10);
        let nanos: Vec<f64> = took.iter().map(|took| took.as_secs_f64() * 1e9).collect();
        let count = f64::from(u32::try_from(nanos.len()).unwrap());
        let mean = nanos.iter().sum::<f64>() / count;
        let variance = nanos.iter().map(|n| (n - mean).powi(2)).sum::<f64>() / (count - 1.0);
        (mean, variance / count)
    });
    (one.0 - other.0) / (one.1 + other.1).sqrt()
}

/// A token of a role, made for who needs one more.
#[test]
fn a_partner_posts_and_does_not_change_what_is_not_its_own() {
    let passage = with_bases();
    let key = passage::app::token_key(passage.home()).unwrap();
    let now = Clock::Wall.recorded_at();
    let organisation = Some("base-organisation".parse().unwrap());
    let standing = Standing { organisation, ..Standing::usual(Role::Partner) };
    let new = NewToken {
        name: "P".to_owned(),
        standing,
        expires_at: in_days(now, 1),
        by: "test".to_owned(),
    };
    let token = actix_web::rt::System::new()
        .block_on(async { token::create(&passage.store(), &key, new, now).await.unwrap() });
    let ask = |method: Method, path: &str, body: &Value| {
        passage.with(&token, method, path).json(body).answer()
    };
    let mut body = minimal(Kind::Convoy);
    body["code"] = json!("mine");
    assert_eq!(ask(Method::POST, "/api/v1/convoys", &body).status, 201);
    let reason = json!({ "reason": "a test" });
    let refused = ask(Method::POST, "/api/v1/areas/base-area/withdraw", &reason);
    refused.problem(403, "not_yours");
    ask(Method::POST, "/api/v1/areas/base-area/confirm", &reason).problem(403, "forbidden");
}
