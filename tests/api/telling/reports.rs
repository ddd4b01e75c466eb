//! Reports that are scheduled by record: for each recipient a copy, kept byte for byte as it was sent.

use chrono::{DateTime, TimeDelta, Utc};
use passage::app::App;
use passage::clock::Clock;
use passage::domain::Role;
use reqwest::Method;
use serde_json::{Value, json};

use super::{brought, cut_off, recipient, with};
use crate::harness::{NOW, Passage, Sends, rows};

/// Makes the reports that are due so many days later.
fn run(passage: &Passage, days: i64) -> usize {
    let now: DateTime<Utc> = NOW.parse().unwrap();
    let at = Clock::Fixed(now + TimeDelta::days(days));
    passage.at_work(at, async |app: &App| {
        passage::jobs::schedule::run_due(app, &app.data)
            .await
            .unwrap()
            .into_iter()
            .filter(|made| made.schedule == "weekly")
            .count()
    })
}

fn scheduled() -> Passage {
    let passage = Passage::start();
    cut_off(&passage, "duma");
    recipient(&passage, "desk", &json!({ "language": "ar" }));
    let schedule = json!({
        "code": "weekly", "cron": "0 7 * * *", "time_zone": "UTC", "recipients": ["desk"],
        "formats": ["html", "text", "xlsx", "json"],
    });
    passage.create("/api/v1/schedules", &schedule);
    passage
}

#[test]
fn a_report_is_made_once_for_everybody_and_is_read_again_byte_for_byte() {
    let passage = scheduled();
    assert_eq!(run(&passage, 0), 0, "what was due before it was posted is not made up");
    assert_eq!(run(&passage, 1), 1);
    assert_eq!(run(&passage, 1), 0, "never twice");
    passage.bring_out();
    let files = brought(&passage, "desk");
    let names: Vec<&str> = files.iter().map(|(name, _)| name.as_str()).collect();
    let stem = "weekly-2016-07-27T0700Z-desk";
    for form in ["html", "txt", "xlsx", "json", "checkpoint"] {
        assert!(names.contains(&format!("{stem}.{form}").as_str()), "{names:?}");
    }
    let report = "/api/v1/reports/weekly/2016-07-27T07:00:00Z";
    for (format, ending) in [("html", "html"), ("text", "txt"), ("json", "json")] {
        let read = passage.get(&format!("{report}?format={format}&recipient=desk"));
        let sent = files.iter().find(|(name, _)| *name == format!("{stem}.{ending}")).unwrap();
        assert_eq!(read.text.as_bytes(), sent.1, "{format}");
    }
    let arabic = passage.get(&format!("{report}?format=html&recipient=desk")).text;
    assert!(arabic.contains("dir=\"rtl\""), "in the language of the recipient");
    let own = passage.get(&format!("{report}?format=html")).text;
    assert!(own.contains("<html lang=\"en\""), "the copy in the folder is in that of the schedule");
    let listed: Value = passage.read("/api/v1/reports");
    let own: Vec<_> =
        rows(&listed).iter().filter(|row| row["schedule"] == "weekly").map(copies).collect();
    assert_eq!(own, [[Value::Null, json!("desk")]], "the copy of the folder and that of the desk");
    passage.get(&format!("{report}?format=html&recipient=nobody")).problem(404, "not_found");
}

/// Whose copies a row of the list tells of.
fn copies(row: &Value) -> Vec<Value> {
    row["copies"].as_array().unwrap().iter().map(|copy| copy["recipient"].clone()).collect()
}

#[test]
fn the_list_of_reports_tells_what_they_are_and_not_what_they_say_page_by_page() {
    let passage = scheduled();
    for days in 1..=3 {
        run(&passage, days);
    }
    let all = passage.read("/api/v1/reports");
    assert!(all["next"].is_null(), "{all}");
    let row = &rows(&all)[0];
    assert!(row.get("report").is_none() && row["made_at"].is_string(), "{row}");
    let (mut paged, mut next) = (Vec::new(), String::new());
    loop {
        let page = passage.read(&format!("/api/v1/reports?limit=1{next}"));
        paged.extend(rows(&page).iter().cloned());
        let Some(cursor) = page["next"].as_str() else { break };
        next = format!("&cursor={cursor}");
    }
    assert!(paged.len() >= 3, "{paged:?}");
    assert_eq!(paged, rows(&all));
    let refused = passage.get("/api/v1/reports?cursor=nowhere").problem(422, "invalid");
    assert!(refused.at("cursor").contains("begin without one"), "{}", refused.0);
    passage.get("/api/v1/reports?limit=0").problem(422, "invalid");
}

#[test]
fn whose_copy_it_is_stays_unknown_to_who_may_not_know_of_the_recipient() {
    let passage = scheduled();
    recipient(&passage, "open", &json!({ "sensitivity": "internal", "clearance": "internal" }));
    let schedule = json!({
        "code": "other", "cron": "0 7 * * *", "time_zone": "UTC", "recipients": ["desk", "open"],
    });
    passage.create("/api/v1/schedules", &schedule);
    recipient(&passage, "quiet", &json!({ "clearance": "internal" }));
    let schedule = json!({
        "code": "third", "cron": "0 7 * * *", "time_zone": "UTC", "recipients": ["quiet"],
    });
    passage.create("/api/v1/schedules", &schedule);
    run(&passage, 1);
    let seen = |token: &str, schedule: &str| {
        let list = passage.with(token, Method::GET, "/api/v1/reports").answer().ok(200);
        let row = rows(&list).iter().find(|row| row["schedule"] == schedule).cloned().unwrap();
        copies(&row)
    };
    let (viewer, analyst) = (passage.token(Role::Viewer), &*passage.analyst);
    assert_eq!(seen(analyst, "third"), [Value::Null, json!("quiet")]);
    assert_eq!(seen(viewer, "third"), [Value::Null, Value::Null], "a copy of nobody it may know");
    assert_eq!(seen(viewer, "other"), [Value::Null, json!("open")]);
    let path = "/api/v1/reports/third/2016-07-27T07:00:00Z?format=text&recipient=quiet";
    let read = |token: &str| passage.with(token, Method::GET, path).answer();
    read(viewer).problem(404, "not_found");
    assert_eq!(read(analyst).status, 200);
}

#[test]
fn a_recipient_who_joins_later_is_told_since_the_last_that_it_had() {
    let passage = scheduled();
    run(&passage, 1);
    recipient(&passage, "new", &json!({}));
    let before = passage.read("/api/v1/schedules/weekly");
    let mut schedule =
        json!({ "cron": "0 7 * * *", "time_zone": "UTC", "recipients": ["desk", "new"] });
    schedule["formats"] = json!(["json"]);
    let version = &before["version"];
    let put = passage.with(&passage.analyst, Method::PUT, "/api/v1/schedules/weekly");
    put.header("If-Match", format!("\"{version}\"")).json(&schedule).answer().ok(200);
    assert_eq!(run(&passage, 2), 1);
    let compared = |recipient: &str| {
        let path = format!("/api/v1/reports/weekly/2016-07-28T07:00:00Z?recipient={recipient}");
        passage.read(&path)["before"].clone()
    };
    assert_eq!(compared("desk")["is_report"], true);
    assert_eq!(compared("new")["is_report"], false);
}

#[test]
fn of_some_areas_alone_a_report_tells_of_no_other() {
    let passage = scheduled();
    cut_off(&passage, "homs");
    let schedule =
        json!({ "code": "homs", "cron": "0 7 * * *", "time_zone": "UTC", "areas": ["homs"] });
    passage.create("/api/v1/schedules", &schedule);
    run(&passage, 1);
    let report = passage.read("/api/v1/reports/homs/2016-07-27T07:00:00Z");
    let areas: Vec<&str> = report["areas"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| row["code"].as_str().unwrap())
        .collect();
    assert_eq!(areas, ["homs"]);
    assert!(!report["alerts"].to_string().contains("duma"), "{}", report["alerts"]);
}

#[test]
fn what_was_not_made_while_nobody_ran_it_is_an_alert() {
    let passage = scheduled();
    run(&passage, 1);
    run(&passage, 4);
    let now: DateTime<Utc> = NOW.parse().unwrap();
    let at = Clock::Fixed(now + TimeDelta::days(4));
    let skipped = passage.at_work(at, async |app: &App| {
        passage::jobs::look::look(app).await.unwrap();
        app.store.open_episodes(passage::domain::Sensitivity::Internal).await.unwrap()
    });
    let told: Vec<&str> = skipped.iter().map(|episode| episode.key.as_str()).collect();
    assert!(told.contains(&"report_skipped/weekly"), "{told:?}");
}

#[test]
fn what_was_not_made_by_a_schedule_of_the_settings_is_shown_and_can_be_taken_on() {
    let passage = with("[[schedule]]\nname = 'daily'\ncron = '0 7 * * *'\ntime_zone = 'UTC'");
    cut_off(&passage, "duma");
    run(&passage, 1);
    run(&passage, 4);
    let now: DateTime<Utc> = NOW.parse().unwrap();
    let at = Clock::Fixed(now + TimeDelta::days(4));
    passage.at_work(at, async |app: &App| passage::jobs::look::look(app).await.unwrap());
    let alerts = passage.read("/api/v1/alerts?rule=report_skipped");
    assert_eq!(alerts["data"][0]["subject"]["code"], "daily", "{alerts}");
    let id = alerts["data"][0]["life"]["id"].as_str().unwrap();
    let ack = format!("/api/v1/alerts/{id}/ack");
    let taken = passage.with(&passage.coordinator, Method::POST, &ack).answer().ok(200);
    assert_eq!(taken["life"]["state"], "acknowledged");
}
