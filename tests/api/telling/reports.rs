//! Reports that are scheduled by record: for each recipient a copy, kept byte for byte as it was sent.

use chrono::{DateTime, TimeDelta, Utc};
use passage::app::App;
use passage::clock::Clock;
use reqwest::Method;
use serde_json::{Value, json};

use super::{brought, cut_off, recipient, with};
use crate::harness::{NOW, Passage, Sends};

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
    let own = listed["data"].as_array().unwrap().iter().filter(|row| row["schedule"] == "weekly");
    assert_eq!(own.count(), 2, "the copy of the folder and that of the desk");
    passage.get(&format!("{report}?format=html&recipient=nobody")).problem(404, "not_found");
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
