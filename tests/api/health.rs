//! What watches the server, and paths and methods that lead nowhere.
#![cfg(test)]

use reqwest::Method;
use serde_json::json;

use crate::harness::{How, NOW, Passage, Sends, area};

#[test]
fn it_says_that_it_lives_and_is_ready_without_a_token() {
    let passage = Passage::start();
    let alive = passage.anybody(Method::GET, "/healthz").answer().ok(200);
    let last_ran = json!({ "schedule": null, "look": null, "deliver": null });
    let expected = json!({
        "status": "ok", "version": env!("CARGO_PKG_VERSION"), "now": NOW, "last_ran": last_ran,
        "stand_still": [],
    });
    assert_eq!(alive, expected, "its tasks do not run here");
    passage.create("/api/v1/areas", &area("duma"));
    let ready = passage.anybody(Method::GET, "/readyz").answer().ok(200);
    assert_eq!(ready, json!({ "status": "ready", "behind": 0 }));
}

#[test]
fn metrics_need_a_token_and_name_no_records() {
    let passage = Passage::start();
    passage.anybody(Method::GET, "/metrics").answer().problem(401, "unauthorised");
    passage.create("/api/v1/areas", &area("duma"));
    passage.read("/api/v1/areas/duma");
    let metrics = passage.get("/metrics");
    assert_eq!(metrics.status, 200);
    assert!(metrics.header("Content-Type").starts_with("text/plain"));
    assert!(metrics.text.contains("passage_ledger_sequence 1\n"), "{}", metrics.text);
    let line = "passage_request_seconds_count{method=\"GET\",route=\"/api/v1/areas/{reference}\",status=\"200\"} 1\n";
    assert!(metrics.text.contains(line), "{}", metrics.text);
    assert!(!metrics.text.contains("duma"), "{}", metrics.text);
}

#[test]
fn an_unknown_path_is_a_problem_and_so_is_a_wrong_method() {
    let passage = Passage::start();
    passage.anybody(Method::GET, "/nothing").answer().problem(404, "not_found");
    passage.anybody(Method::GET, "/api/v1/nothing").answer().problem(401, "unauthorised");
    for path in
        ["/api/v1/nothing", "/api/v2", "/api/v1/areas/a/b/c", "/api/v1/areas/", "/api/v1/areas.pdf"]
    {
        let problem = passage.get(path).problem(404, "not_found");
        assert!(problem.detail().contains(path), "{}", problem.detail());
    }
    let wrong = [
        (Method::DELETE, "/api/v1/areas"),
        (Method::PUT, "/api/v1/areas"),
        (Method::PATCH, "/api/v1/areas/a"),
        (Method::POST, "/api/v1/areas/a"),
        (Method::POST, "/api/v1/totals"),
        (Method::DELETE, "/healthz"),
        (Method::POST, "/api/v1/areas.csv"),
        (Method::GET, "/api/v1/areas/a/withdraw"),
    ];
    for (method, path) in wrong {
        let answer = passage.with(&passage.coordinator, method.clone(), path).answer();
        let problem = answer.problem(405, "method_not_allowed");
        assert!(problem.detail().starts_with(method.as_str()), "{}", problem.detail());
    }
}

#[test]
fn who_asks_for_the_headers_only_gets_them_without_a_body() {
    let passage = Passage::start();
    for path in ["/healthz", "/api/v1/areas"] {
        let answer = passage.with(&passage.coordinator, Method::HEAD, path).answer();
        assert_eq!(answer.status, 200, "{path}");
        assert!(answer.text.is_empty(), "{path}");
    }
}

#[test]
fn a_wrong_method_is_told_which_ones_are_right() {
    let passage = Passage::start();
    let answer = passage.with(&passage.coordinator, Method::DELETE, "/api/v1/areas").answer();
    // RFC 9110, 15.5.6: a 405 must carry Allow.
    assert_eq!(answer.header("Allow"), "GET, HEAD, POST");
}

#[test]
fn every_answer_forbids_sniffing_framing_and_telling_where_one_came_from() {
    let passage = Passage::start();
    for path in ["/healthz", "/nothing", "/docs/", "/api/v1/areas"] {
        let answer = passage.anybody(Method::GET, path).answer();
        assert_eq!(answer.header("X-Content-Type-Options"), "nosniff", "{path}");
        assert_eq!(answer.header("X-Frame-Options"), "DENY", "{path}");
        assert_eq!(answer.header("Referrer-Policy"), "no-referrer", "{path}");
    }
}

#[test]
fn the_docs_come_from_inside_and_fetch_nothing_from_outside() {
    let passage = Passage::start();
    let moved = passage.anybody(Method::GET, "/docs").answer();
    assert_eq!((moved.status, moved.header("Location")), (307, "/docs/"));
    for path in ["/", "/docs/", "/docs/index.html", "/docs/swagger-initializer.js"] {
        let page = passage.anybody(Method::GET, path).answer();
        assert_eq!(page.status, 200, "{path}");
        for fetch in ["src=\"http", "src='http", "src=\"//", "href=\"//", "@import", "url(http"] {
            assert!(!page.text.contains(fetch), "{path} has {fetch}");
        }
        for sheet in page.text.split("<link").skip(1) {
            let sheet = sheet.split('>').next().unwrap();
            assert!(!sheet.contains("http"), "{path}: <link{sheet}>");
        }
    }
    for file in ["swagger-ui.css", "swagger-ui-bundle.js", "swagger-ui-standalone-preset.js"] {
        assert_eq!(
            passage.anybody(Method::GET, &format!("/docs/{file}")).answer().status,
            200,
            "{file}"
        );
    }
}

#[test]
fn the_docs_tell_no_validator_outside_where_this_server_stands() {
    let passage = Passage::start();
    let begin = passage.anybody(Method::GET, "/docs/swagger-initializer.js").answer();
    // Left out, Swagger UI shows a badge from validator.swagger.io, which sends it the address of /openapi.json.
    assert!(begin.text.contains("\"validatorUrl\": \"none\""), "{}", begin.text);
}

#[test]
fn with_open_reading_anybody_reads_and_nobody_writes() {
    let passage = Passage::start_as(How { open_reading: true, ..How::default() });
    for path in
        ["/api/v1/areas", "/api/v1/totals", "/api/v1/alerts", "/api/v1/coverage", "/api/v1/changes"]
    {
        assert_eq!(passage.anybody(Method::GET, path).answer().status, 200, "{path}");
    }
    let post = passage.anybody(Method::POST, "/api/v1/areas").json(&area("a")).answer();
    post.problem(401, "unauthorised");
    passage.anybody(Method::GET, "/api/v1/tokens").answer().problem(401, "unauthorised");
    let wrong = passage.with("psg_0.0", Method::GET, "/api/v1/areas").answer();
    wrong.problem(401, "unauthorised");
    assert_eq!(passage.counts("areas"), (0, 0));
}
