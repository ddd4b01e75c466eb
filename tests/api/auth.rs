//! Tokens: who may read, write and manage, decided before anything of the request is read.
#![cfg(test)]

use reqwest::Method;
use serde_json::{Value, json};

use crate::harness::{Passage, Sends, area, rows};

const UNKNOWN: &str =
    "psg_000000000000.0000000000000000000000000000000000000000000000000000000000000000";

fn authorised(passage: &Passage, header: &str) -> u16 {
    let request = passage.anybody(Method::GET, "/api/v1/areas").header("Authorization", header);
    let answer = request.answer();
    if answer.status == 401 {
        assert_eq!(answer.header("WWW-Authenticate"), "Bearer");
        answer.problem(401, "unauthorised");
        return 401;
    }
    answer.status
}

#[test]
fn whoever_sends_no_token_that_holds_is_told_to() {
    let passage = Passage::start();
    let (id, secret) = passage.viewer.split_once('.').unwrap();
    assert_eq!(authorised(&passage, &format!("Bearer {}", passage.viewer)), 200);
    for wrong in [
        String::new(),
        "Bearer".to_owned(),
        "Bearer ".to_owned(),
        "Bearer .".to_owned(),
        passage.viewer.clone(),
        format!("Basic {}", passage.viewer),
        format!("Bearer {id}"),
        format!("Bearer {id}."),
        format!("Bearer {id}.{}", &secret[1..]),
        format!("Bearer {id}.{secret}0"),
        format!("Bearer {secret}.{id}"),
        format!("Bearer {UNKNOWN}"),
        format!("Bearer {}", passage.expired),
        format!("Token {}", passage.viewer),
        format!("Bearer {}", "x".repeat(6_000)),
    ] {
        assert_eq!(authorised(&passage, &wrong), 401, "{wrong}");
    }
    passage.anybody(Method::GET, "/api/v1/areas").answer().problem(401, "unauthorised");
}

#[test]
fn a_header_that_is_no_text_is_no_token() {
    let passage = Passage::start();
    let request = b"GET /api/v1/areas HTTP/1.1\r\nHost: p\r\nAuthorization: Bearer \xff\xfe\r\nConnection: close\r\n\r\n";
    assert!(passage.raw(request).starts_with("HTTP/1.1 401"));
}

#[test]
fn the_word_bearer_may_be_written_in_any_case() {
    // RFC 9110, 11.1: the scheme is case-insensitive.
    let passage = Passage::start();
    assert_eq!(authorised(&passage, &format!("bearer {}", passage.viewer)), 200);
    assert_eq!(authorised(&passage, &format!("BEARER {}", passage.viewer)), 200);
}

#[test]
fn a_viewer_reads_a_coordinator_writes_and_an_admin_manages() {
    let passage = Passage::start();
    let status = |token: &str, method: Method, path: &str| {
        passage.with(token, method, path).json(&json!({})).answer().status
    };
    for (token, read, write, manage) in [
        (&passage.viewer, 200, 403, 403),
        (&passage.coordinator, 200, 422, 403),
        (&passage.admin, 200, 422, 200),
    ] {
        assert_eq!(status(token, Method::GET, "/api/v1/areas"), read);
        assert_eq!(status(token, Method::GET, "/metrics"), read);
        assert_eq!(status(token, Method::POST, "/api/v1/areas"), write);
        assert_eq!(status(token, Method::POST, "/api/v1/convoys"), write);
        assert_eq!(status(token, Method::GET, "/api/v1/tokens"), manage);
    }
    let put =
        passage.with(&passage.viewer, Method::PUT, "/api/v1/areas/a").json(&area("a")).answer();
    assert!(put.problem(403, "forbidden").detail().contains("coordinator"));
    for path in [
        "areas/a/withdraw",
        "areas/a/confirm",
        "convoys/c/events",
        "convoys/c/accounts",
        "pauses/p/answers",
    ] {
        let answer = passage
            .with(&passage.viewer, Method::POST, &format!("/api/v1/{path}"))
            .json(&json!({}))
            .answer();
        answer.problem(403, "forbidden");
    }
    let token = json!({ "name": "x", "role": "admin" });
    let made = passage.post("/api/v1/tokens", &token).problem(403, "forbidden");
    assert!(made.detail().contains("admin"), "{}", made.detail());
}

#[test]
fn a_role_cannot_be_got_round_by_writing_the_path_in_another_way() {
    let passage = Passage::start();
    let token = json!({ "name": "intruder", "role": "admin" });
    for path in ["/api/v1/%74okens", "/api/v1/toke%6es", "/%61pi/v1/tokens", "/api/%76%31/tokens"] {
        let made = passage.post(path, &token);
        assert!(
            [401, 403, 404].contains(&made.status),
            "a coordinator at {path}: {} {}",
            made.status,
            made.text
        );
        let seen = passage.get(path);
        assert!(
            [401, 403, 404].contains(&seen.status),
            "a viewer at {path}: {} {}",
            seen.status,
            seen.text
        );
    }
    for path in
        ["/%6detrics", "/m%65trics", "/%61pi/v1/areas", "/ap%69/v1/tokens", "/api/v1/%74okens"]
    {
        let answer = passage.anybody(Method::GET, path).answer();
        assert!(
            [401, 404].contains(&answer.status),
            "anybody at {path}: {} {}",
            answer.status,
            answer.text
        );
    }
    for path in [
        "//api/v1/tokens",
        "/api//v1/tokens",
        "/api/v1/tokens/",
        "/API/v1/tokens",
        "/api/v1/tokens;x=1",
        "/api/v1/./tokens",
    ] {
        let request = format!(
            "GET {path} HTTP/1.1\r\nHost: p\r\nConnection: close\r\nAuthorization: Bearer {}\r\n\r\n",
            passage.viewer
        );
        let answer = passage.raw(request.as_bytes());
        assert!(answer.starts_with("HTTP/1.1 40"), "{path}: {answer}");
    }
    let listed = passage.with(&passage.admin, Method::GET, "/api/v1/tokens").answer().ok(200);
    assert_eq!(listed["total"], 7, "nobody got a token: {listed}");
}

#[test]
fn nobody_is_asked_for_a_body_before_they_may_send_one() {
    let passage = Passage::start();
    let head = |token: &str| {
        format!(
            "POST /api/v1/areas HTTP/1.1\r\nHost: p\r\nContent-Type: application/json\r\nContent-Length: 1000000\r\n{token}\r\n"
        )
    };
    // The body never comes; a server that waited for it would not answer.
    let stranger = passage.raw(head("").as_bytes());
    assert!(stranger.starts_with("HTTP/1.1 401"), "{stranger}");
    let viewer =
        passage.raw(head(&format!("Authorization: Bearer {}\r\n", passage.viewer)).as_bytes());
    assert!(viewer.starts_with("HTTP/1.1 403"), "{viewer}");
}

#[test]
fn an_admin_makes_a_token_that_holds_at_once() {
    let passage = Passage::start();
    passage.read("/api/v1/areas");
    let body = json!({ "name": "Homs desk", "role": "coordinator" });
    let made =
        passage.with(&passage.admin, Method::POST, "/api/v1/tokens").json(&body).answer().ok(201);
    assert_eq!((&made["name"], &made["role"]), (&json!("Homs desk"), &json!("coordinator")));
    let token = made["token"].as_str().unwrap();
    let used = passage.with(token, Method::POST, "/api/v1/areas").json(&area("a")).answer();
    assert_eq!(used.status, 201, "{}", used.text);
    let entry = &rows(&passage.read("/api/v1/changes"))[0]["actor"].clone();
    assert!(entry.as_str().unwrap().starts_with("Homs desk (psg_"), "{entry}");
}

#[test]
fn a_revoked_token_holds_no_longer() {
    let passage = Passage::start();
    assert_eq!(authorised(&passage, &format!("Bearer {}", passage.viewer)), 200);
    let (id, _) = passage.viewer.split_once('.').unwrap();
    let path = format!("/api/v1/tokens/{id}/revoke");
    let revoke = || passage.with(&passage.admin, Method::POST, &path).answer();
    assert_eq!(revoke().ok(200), json!({ "id": id, "revoked": true }));
    assert_eq!(authorised(&passage, &format!("Bearer {}", passage.viewer)), 401);
    revoke().problem(404, "not_found");
    passage
        .with(&passage.admin, Method::POST, "/api/v1/tokens/psg_x/revoke")
        .answer()
        .problem(404, "not_found");
    passage.with(&passage.coordinator, Method::POST, &path).answer().problem(403, "forbidden");
}

#[test]
fn tokens_are_listed_without_their_secrets() {
    let passage = Passage::start();
    let list = passage.with(&passage.admin, Method::GET, "/api/v1/tokens").answer().ok(200);
    let mut names: Vec<&str> =
        rows(&list).iter().map(|row| row["name"].as_str().unwrap()).collect();
    names.sort_unstable();
    assert_eq!(names, ["Ada", "Anna", "Cora", "Odo", "Old", "Paul", "Vera"]);
    let text = list.to_string();
    for token in [&passage.viewer, &passage.coordinator, &passage.admin] {
        let (id, secret) = token.split_once('.').unwrap();
        assert!(text.contains(id) && !text.contains(secret), "{text}");
    }
}

#[test]
fn a_wrong_token_is_not_made() {
    let passage = Passage::start();
    let make = |body: &Value| {
        passage
            .with(&passage.admin, Method::POST, "/api/v1/tokens")
            .json(body)
            .answer()
            .problem(422, "invalid")
    };
    let wrong =
        make(&json!({ "name": " ", "role": "king", "expires_at": "2016-02-30", "secret": "x" }));
    let mut pointers = wrong.pointers();
    pointers.sort_unstable();
    assert_eq!(pointers, ["/expires_at", "/name", "/role", "/secret"]);
    assert!(wrong.at("/role").contains("viewer, partner, coordinator"), "{}", wrong.0);
    let mut empty = make(&json!({})).pointers().join(" ");
    empty.retain(|c| c != ' ');
    assert_eq!(empty, "/name/role");
    for body in [json!([]), json!("x"), json!(null)] {
        make(&body);
    }
    let list = passage.with(&passage.admin, Method::GET, "/api/v1/tokens").answer().ok(200);
    assert_eq!(list["total"], 7);
}

#[test]
fn a_token_that_would_be_dead_from_the_start_is_refused() {
    let passage = Passage::start();
    let body = json!({ "name": "x", "role": "viewer", "expires_at": "2016-07-27" });
    let made = passage.with(&passage.admin, Method::POST, "/api/v1/tokens").json(&body).answer();
    assert_eq!(made.problem(422, "invalid").pointers(), ["/expires_at"]);
}

#[test]
fn a_token_holds_by_the_true_time_where_the_clock_stands_still() {
    let passage = Passage::start();
    // The clock of this server stands in 2016: ninety days from then are long past by the true time.
    let body = json!({ "name": "x", "role": "viewer" });
    let made =
        passage.with(&passage.admin, Method::POST, "/api/v1/tokens").json(&body).answer().ok(201);
    let list = passage.with(&passage.admin, Method::GET, "/api/v1/tokens").answer().ok(200);
    let row = &rows(&list)[7];
    assert_eq!(row["expires_at"], made["expires_at"]);
    let day =
        |name: &str| row[name].as_str().unwrap().parse::<chrono::DateTime<chrono::Utc>>().unwrap();
    assert_eq!((day("expires_at") - day("created_at")).num_days(), 90, "{row}");
    assert!(row["created_at"].as_str().unwrap() > "2020", "{row}");
    assert_eq!(authorised(&passage, &format!("Bearer {}", made["token"].as_str().unwrap())), 200);
}

#[test]
fn a_token_holds_for_a_year_at_most() {
    let passage = Passage::start();
    let body = json!({ "name": "x", "role": "viewer", "expires_at": "2100-01-01" });
    let made = passage.with(&passage.admin, Method::POST, "/api/v1/tokens").json(&body).answer();
    assert!(made.problem(422, "invalid").at("/expires_at").contains("not lie after"));
}
