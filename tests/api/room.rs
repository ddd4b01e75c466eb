//! The situation room: the page, who looks at it, and what its stream tells.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use reqwest::Method;
use serde_json::{Value, json};

use crate::harness::{How, Passage, Sends, area, area_at};

#[test]
fn the_page_runs_its_own_files_alone_and_without_it_the_first_page_says_how_to_get_it() {
    let passage = Passage::start();
    let page = passage.anybody(Method::GET, "/").answer();
    assert_eq!(page.status, 200);
    assert_eq!(page.header("X-Frame-Options"), "DENY");
    let policy = page.header("Content-Security-Policy");
    assert!(policy.starts_with("default-src 'none'"), "{policy}");
    assert!(!policy.contains("unsafe") && !policy.contains("http"), "{policy}");
    assert!(!page.text.contains("<style") && !page.text.contains(" style="), "{}", page.text);
    if !Path::new(env!("CARGO_MANIFEST_DIR")).join("web/dist/index.html").exists() {
        assert!(page.text.contains("make page"), "{}", page.text);
        return;
    }
    let files: Vec<&str> =
        page.text.split('"').filter(|part| part.starts_with("/assets/")).collect();
    assert!(files.len() >= 2, "{}", page.text);
    assert_eq!(page.text.matches("<script").count(), page.text.matches("src=\"/assets/").count());
    for file in files {
        let file = passage.anybody(Method::GET, file).answer();
        assert_eq!(
            (file.status, file.header("Cache-Control")),
            (200, "public, max-age=31536000, immutable")
        );
        assert_eq!(file.header("X-Content-Type-Options"), "nosniff");
    }
    let licences = passage.anybody(Method::GET, "/assets/licences.md").answer();
    assert_eq!(licences.header("Cache-Control"), "private, no-cache");
    for work in ["preact", "maplibre-gl", "uplot"] {
        assert!(licences.text.contains(work), "{work}: {}", licences.text);
    }
    let known = passage.anybody(Method::GET, "/").header("If-None-Match", page.header("ETag"));
    assert_eq!(known.send().unwrap().status(), 304);
}

#[test]
fn a_file_that_is_not_of_the_page_is_not_there() {
    let passage = Passage::start();
    for path in
        ["/assets/none.js", "/assets/..%2Findex.html", "/assets/%2e%2e%2f%2e%2e%2fCargo.toml"]
    {
        assert_eq!(passage.anybody(Method::GET, path).answer().status, 404, "{path}");
    }
    let start = passage.anybody(Method::GET, "/start").answer();
    assert!(start.status == 200 && start.text.contains("/docs/"), "{}", start.text);
}

#[test]
fn tiles_of_another_host_are_let_in_where_they_are_set_and_nowhere_else() {
    let tile_url = "https://tiles.example.org/{z}/{x}/{y}.png";
    let settings = format!("[room]\ntile_url = \"{tile_url}\"");
    let passage = Passage::start_as(How { settings, ..How::default() });
    assert_eq!(passage.read("/api/v1/me")["tile_url"], tile_url);
    assert_eq!(Passage::start().read("/api/v1/me")["tile_url"], Value::Null);
}

#[test]
fn whoever_asks_is_told_what_they_may_do() {
    let passage = Passage::start();
    passage.anybody(Method::GET, "/api/v1/me").answer().problem(401, "unauthorised");
    let me = |token: &str| passage.with(token, Method::GET, "/api/v1/me").answer().ok(200);
    let coordinator = me(&passage.coordinator);
    assert_eq!(
        (&coordinator["role"], &coordinator["is_demo"]),
        (&json!("coordinator"), &json!(false))
    );
    assert_eq!(coordinator["now"], "2016-07-26T23:59:59.999Z");
    assert!(coordinator["id"].as_str().is_some_and(|id| id.starts_with("psg_")), "{coordinator}");
    let may = |me: &Value, what: &str| me["may"].as_array().unwrap().contains(&json!(what));
    assert!(may(&coordinator, "record.create") && !may(&coordinator, "user.manage"));
    assert!(!may(&me(&passage.viewer), "record.create"));
    let partner = me(&passage.partner);
    assert_eq!(partner["organisation"], "sarc");
    let demo = Passage::start_as(How { open_reading: true, ..How::default() });
    let anybody = demo.anybody(Method::GET, "/api/v1/me").answer().ok(200);
    assert_eq!(anybody["id"], Value::Null);
    let told = (&anybody["user"], &anybody["role"], &anybody["is_demo"]);
    assert_eq!(told, (&Value::Null, &json!("viewer"), &json!(true)));
}

#[test]
fn alerts_are_told_in_the_language_that_is_asked_for() {
    let passage = Passage::start_as(How { is_seeded: true, ..How::default() });
    let texts = |language: &str| -> Vec<String> {
        let list = passage.read(&format!("/api/v1/alerts?language={language}"));
        let rows = list["data"].as_array().unwrap().clone();
        rows.iter().map(|alert| alert["text"].as_str().unwrap().to_owned()).collect()
    };
    let (english, arabic, french) = (texts("en"), texts("ar"), texts("fr"));
    assert!(english.len() > 5 && english.len() == arabic.len() && english.len() == french.len());
    let is_arabic =
        |text: &String| text.chars().any(|sign| ('\u{600}'..='\u{6ff}').contains(&sign));
    assert!(arabic.iter().all(is_arabic), "{arabic:?}");
    assert!(arabic.iter().any(|text| text.contains("حلب")), "places have their names: {arabic:?}");
    assert!(english.iter().zip(&french).all(|(english, french)| english != french), "{french:?}");
    passage.get("/api/v1/alerts?language=de").problem(422, "invalid").at("language");
}

#[test]
fn a_report_may_be_shown_in_a_frame_of_this_page_alone() {
    let passage = Passage::start();
    passage.create("/api/v1/areas", &area_at("duma", 36.4, 33.57));
    let report = passage.get("/api/v1/reports/preview");
    assert_eq!((report.status, report.header("X-Frame-Options")), (200, "SAMEORIGIN"));
    let policy = report.header("Content-Security-Policy");
    assert!(
        policy.contains("frame-ancestors 'self'") && !policy.contains("script-src"),
        "{policy}"
    );
}

#[test]
fn the_stream_tells_that_something_was_written_to_whom_it_may_be_known() {
    let passage = Arc::new(Passage::start());
    let listen = |token: String| {
        let passage = Arc::clone(&passage);
        std::thread::spawn(move || {
            let path = "/api/v1/alerts/stream?for_seconds=4";
            passage.with(&token, Method::GET, path).answer().text
        })
    };
    let write = |code: &str, level: &str| {
        let mut area = area(code);
        area["sensitivity"] = json!(level);
        std::thread::sleep(Duration::from_secs(1));
        passage.admin(Method::POST, "/api/v1/areas", &area).ok(201);
    };
    let (viewer, admin) = (listen(passage.viewer.clone()), listen(passage.admin.clone()));
    write("closed", "strictly_confidential");
    let (viewer, admin) = (viewer.join().unwrap(), admin.join().unwrap());
    assert!(admin.contains("event: written"), "{admin}");
    assert!(!viewer.contains("event: written"), "{viewer}");
    let viewer = listen(passage.viewer.clone());
    write("open", "public");
    let viewer = viewer.join().unwrap();
    assert!(viewer.contains("event: written") && !viewer.contains("open"), "{viewer}");
}
