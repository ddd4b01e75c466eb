//! Users and tokens over the API: added, changed, disabled, and never above whoever does it.
#![cfg(test)]

use passage::store::TokenStore;
use reqwest::Method;
use serde_json::{Value, json};

use crate::harness::{Passage, Sends, rows};

const PASSWORD: &str = "seven green bicycles";

fn add(passage: &Passage, body: &Value) -> Value {
    passage.admin(Method::POST, "/api/v1/users", body).ok(201)
}

/// An admin who may not know everything.
fn lower_admin(passage: &Passage) -> String {
    let body = json!({ "name": "Low", "role": "admin", "clearance": "internal" });
    let made = passage.admin(Method::POST, "/api/v1/tokens", &body).ok(201);
    made["token"].as_str().unwrap().to_owned()
}

#[test]
fn a_person_is_added_listed_and_read_without_their_password() {
    let passage = Passage::start();
    let body =
        json!({ "login": "Amal", "name": "Amal K", "role": "analyst", "password": PASSWORD });
    let made = add(&passage, &body);
    assert_eq!(made["login"], "amal");
    assert_eq!(
        (&made["clearance"], &made["must_change_password"]),
        (&json!("confidential"), &json!(true))
    );
    assert!(made["created_by"].as_str().unwrap().starts_with("Ada (psg_"), "{made}");
    let id = made["id"].as_str().unwrap();
    for reference in [id, "amal"] {
        let read = passage.admin(Method::GET, &format!("/api/v1/users/{reference}"), &json!({}));
        assert_eq!(read.ok(200), made);
    }
    let list = passage.admin(Method::GET, "/api/v1/users", &json!({})).ok(200);
    assert_eq!(rows(&list), [made]);
    assert!(!list.to_string().contains("argon2"), "{list}");
    let again = passage.admin(Method::POST, "/api/v1/users", &body);
    assert_eq!(again.problem(409, "taken").pointers(), ["/login"]);
}

#[test]
fn a_wrong_person_is_not_added_and_every_reason_is_said() {
    let passage = Passage::start();
    let wrong = json!({ "login": "a b", "name": "", "role": "king", "clearance": "top", "password": "short", "admin": true });
    let problem = passage.admin(Method::POST, "/api/v1/users", &wrong).problem(422, "invalid");
    let mut pointers = problem.pointers();
    pointers.sort_unstable();
    assert_eq!(pointers, ["/admin", "/clearance", "/login", "/name", "/password", "/role"]);
    assert!(problem.at("/password").contains("12"), "{}", problem.0);
    assert!(!problem.0.to_string().contains("short"), "{}", problem.0);
    let partner = json!({ "login": "p", "name": "P", "role": "partner", "password": PASSWORD });
    let problem = passage.admin(Method::POST, "/api/v1/users", &partner).problem(422, "invalid");
    assert_eq!(problem.pointers(), ["/organisation"]);
    let mut nobodys = partner.clone();
    nobodys["organisation"] = json!("nobody");
    let problem = passage.admin(Method::POST, "/api/v1/users", &nobodys).problem(422, "invalid");
    assert!(problem.at("/organisation").contains("no organisation nobody"));
    passage.create("/api/v1/organisations", &json!({ "code": "nobody", "names": "N" }));
    assert_eq!(add(&passage, &nobodys)["organisation"], "nobody");
}

#[test]
fn nobody_gives_or_takes_over_more_than_they_have() {
    let passage = Passage::start();
    let low = lower_admin(&passage);
    let high = json!({ "login": "high", "name": "H", "role": "viewer", "clearance": "confidential", "password": PASSWORD });
    let ask = |method: Method, path: &str, body: &Value| {
        passage.with(&low, method, path).json(body).answer()
    };
    ask(Method::POST, "/api/v1/users", &high).problem(403, "above_you");
    let token = json!({ "name": "x", "role": "viewer", "clearance": "confidential" });
    ask(Method::POST, "/api/v1/tokens", &token).problem(403, "above_you");
    let id = add(&passage, &high)["id"].as_str().unwrap().to_owned();
    let one = format!("/api/v1/users/{id}");
    let lower = json!({ "name": "H", "role": "viewer", "clearance": "public" });
    ask(Method::PUT, &one, &lower).problem(403, "above_you");
    ask(Method::POST, &format!("{one}/password"), &json!({ "password": PASSWORD }))
        .problem(403, "above_you");
    let (own, _) = passage.admin.split_once('.').unwrap();
    let weaker = json!({ "name": "x", "role": "viewer", "clearance": "public" });
    ask(Method::PUT, &format!("/api/v1/tokens/{own}"), &weaker).problem(403, "above_you");
    let same = json!({ "login": "low", "name": "L", "role": "admin", "clearance": "internal", "password": PASSWORD });
    assert_eq!(ask(Method::POST, "/api/v1/users", &same).status, 201);
}

#[test]
fn a_token_is_changed_from_the_next_request_on() {
    let passage = Passage::start();
    let body = json!({ "name": "desk", "role": "viewer" });
    let made = passage.admin(Method::POST, "/api/v1/tokens", &body).ok(201);
    let (id, token) = (made["id"].as_str().unwrap(), made["token"].as_str().unwrap());
    let post =
        || passage.with(token, Method::POST, "/api/v1/areas").json(&json!({})).answer().status;
    assert_eq!(post(), 403);
    let path = format!("/api/v1/tokens/{id}");
    let body = json!({ "name": "desk 2", "role": "coordinator", "clearance": "public" });
    let changed = passage.admin(Method::PUT, &path, &body).ok(200);
    assert_eq!(changed["expires_at"], made["expires_at"], "left out, it stays");
    assert_eq!(changed["clearance"], "public");
    assert_eq!(passage.admin(Method::GET, &path, &json!({})).ok(200), changed);
    assert_eq!(post(), 422);
    passage.admin(Method::PUT, "/api/v1/tokens/psg_x", &body).problem(404, "not_found");
    passage.admin(Method::GET, "/api/v1/tokens/psg_x", &json!({})).problem(404, "not_found");
}

#[test]
fn the_end_of_a_person_stays_where_it_is_left_out_and_goes_where_it_is_null() {
    let passage = Passage::start();
    let body = json!({
        "login": "amal", "name": "Amal", "role": "viewer", "password": PASSWORD,
        "expires_at": "2099-01-01",
    });
    let made = add(&passage, &body);
    assert!(made["expires_at"].is_string(), "{made}");
    let put = |body: &Value| passage.admin(Method::PUT, "/api/v1/users/amal", body).ok(200);
    let mut body = json!({ "name": "Amal K", "role": "viewer" });
    assert_eq!(put(&body)["expires_at"], made["expires_at"], "left out, it stays");
    body["expires_at"] = json!("2098-01-01");
    assert_ne!(put(&body)["expires_at"], made["expires_at"]);
    body["expires_at"] = Value::Null;
    assert_eq!(put(&body)["expires_at"], Value::Null);
}

#[test]
fn a_token_that_another_program_revokes_holds_no_longer() {
    let passage = Passage::start();
    let read = || passage.with(&passage.viewer, Method::GET, "/api/v1/areas").answer();
    assert_eq!(read().status, 200);
    let (id, _) = passage.viewer.split_once('.').unwrap();
    let now = passage::clock::Clock::Wall.recorded_at();
    let revoked = actix_web::rt::System::new()
        .block_on(async { passage.store().revoke_token(id, "command line", now).await });
    assert!(revoked.unwrap());
    read().problem(401, "unauthorised");
}

#[test]
fn the_auditor_reads_who_changed_what_about_whom() {
    let passage = Passage::start();
    let body = json!({ "login": "amal", "name": "Amal", "role": "viewer", "password": PASSWORD });
    let id = add(&passage, &body)["id"].as_str().unwrap().to_owned();
    passage.admin(Method::POST, &format!("/api/v1/users/{id}/disable"), &json!({})).ok(200);
    let read = |path: &str| passage.with(&passage.auditor, Method::GET, path).answer();
    let all = read("/api/v1/account_changes").ok(200);
    // Seven tokens were made before.
    let told = &rows(&all)[7..];
    let actions: Vec<&str> = told.iter().map(|row| row["action"].as_str().unwrap()).collect();
    assert_eq!(actions, ["create", "disable"]);
    assert!(told.iter().all(|row| row["subject"] == "user" && row["id"] == id.as_str()));
    assert!(told.iter().all(|row| row["actor"].as_str().unwrap().starts_with("Ada (psg_")));
    assert!(!all.to_string().contains(PASSWORD) && !all.to_string().contains("argon2"));
    let page = read("/api/v1/account_changes?after=7&limit=1").ok(200);
    assert_eq!((rows(&page).len(), &page["next"]), (1, &json!(8)));
    read("/api/v1/account_changes?limit=0").problem(422, "invalid");
}

/// Runs the program on the folder of a server, with a line for its standard input.
pub fn command(passage: &Passage, arguments: &[&str], line: &str) -> (bool, String) {
    use std::io::Write;
    use std::process::{Command, Stdio};
    let mut child = Command::new(env!("CARGO_BIN_EXE_passage"))
        .args(arguments)
        .arg("--data")
        .arg(passage.home())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(line.as_bytes()).unwrap();
    let done = child.wait_with_output().unwrap();
    let told = [done.stdout, done.stderr].concat();
    (done.status.success(), String::from_utf8(told).unwrap())
}

#[test]
fn the_command_line_adds_people_and_tokens_and_the_server_knows_at_once() {
    let passage = Passage::start();
    let create = ["user", "create", "amal", "--name", "Amal", "--role", "viewer"];
    let (done, told) = command(&passage, &create, "short\n");
    assert!(!done && told.contains("12 to 256 characters"), "{told}");
    for days in ["0", "999999999999"] {
        let (done, told) = command(&passage, &[&create[..], &["--days", days]].concat(), "");
        assert!(!done && told.contains("1 to 36600"), "{told}");
    }
    let (done, told) = command(&passage, &create, &format!("{PASSWORD}\n"));
    assert!(done && told.contains("added amal as usr_"), "{told}");
    assert!(!told.contains(PASSWORD), "{told}");
    let user = passage.admin(Method::GET, "/api/v1/users/amal", &json!({})).ok(200);
    assert_eq!(
        (&user["created_by"], &user["must_change_password"]),
        (&json!("command line"), &json!(true))
    );
    assert!(command(&passage, &["user", "disable", "amal"], "").0);
    let user = passage.admin(Method::GET, "/api/v1/users/amal", &json!({})).ok(200);
    assert!(user["disabled_at"].is_string(), "{user}");

    let partner = ["token", "create", "--name", "x", "--role", "partner"];
    let (done, told) = command(&passage, &partner, "");
    assert!(!done && told.contains("--organisation"), "{told}");
    let long = ["token", "create", "--name", "x", "--role", "viewer", "--days", "367"];
    let (done, told) = command(&passage, &long, "");
    assert!(!done && told.contains("1 to 366"), "{told}");
    let (done, token) =
        command(&passage, &["token", "create", "--name", "x", "--role", "viewer"], "");
    assert!(done, "{token}");
    let token = token.lines().find(|line| line.starts_with("psg_")).unwrap();
    let read = || passage.with(token, Method::GET, "/api/v1/areas").answer().status;
    assert_eq!(read(), 200);
    let (id, _) = token.split_once('.').unwrap();
    assert!(command(&passage, &["token", "revoke", id], "").0);
    assert_eq!(read(), 401);
}

#[test]
fn the_command_line_takes_no_empty_name_and_none_with_control_characters() {
    let passage = Passage::start();
    let create_user = ["user", "create", "amal", "--role", "viewer", "--name"];
    let create_token = ["token", "create", "--role", "viewer", "--name"];
    for wrong in ["", "  ", "\u{1b}[2J"] {
        for create in [&create_user[..], &create_token] {
            let (done, told) =
                command(&passage, &[create, &[wrong]].concat(), &format!("{PASSWORD}\n"));
            assert!(!done && told.contains("must have"), "{wrong:?}: {told}");
        }
    }
    let (done, told) = command(&passage, &[&create_token[..], &["  desk "]].concat(), "");
    assert!(done, "{told}");
    let all = passage.admin(Method::GET, "/api/v1/tokens", &json!({})).ok(200);
    assert!(rows(&all).iter().any(|token| token["name"] == "desk"), "{all}");
}
