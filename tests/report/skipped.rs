//! A report that was due and not made is told as an alert; one that is none of those is not.
#![cfg(test)]

use std::fs;
use std::path::Path;
use std::sync::Arc;

use chrono::{DateTime, Utc};
use passage::app::App;
use passage::clock::Clock;
use passage::config::Settings;
use passage::domain::{Clearance, Kind, Rule, Sensitivity, draft};
use passage::jobs::look::look;
use passage::jobs::schedule::{run_due, run_forever};
use passage::pulse::Task;
use passage::store::{Action, Basis, Change, DeliveryQuery, Write};
use serde_json::{Value, json};
use uuid::Uuid;

const DAILY: &str =
    "[[schedule]]\nname = 'daily'\ncron = '0 7 * * *'\ntime_zone = 'UTC'\nperiod_days = 7\n";

fn at(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

/// The program at a time at which it stands still.
async fn app(data: &Path, now: &str, settings: &str) -> App {
    let settings = Settings::layered("test", settings, std::iter::empty()).unwrap();
    App::build(data, Clock::Fixed(at(now)), settings).await.unwrap()
}

async fn put(app: &App, known: &str, kind: Kind, basis: Basis, body: &Value) {
    let change = Change {
        action: Action::Create,
        new_id: Uuid::now_v7(),
        lowers: false,
        basis,
        learned_at: None,
        reason: None,
        draft: draft(kind, body).unwrap(),
    };
    let write = Write {
        actor: "tests".to_owned(),
        owner: None,
        clearance: Clearance::ALL,
        recorded_at: at(known),
        learned_at: at(known),
        idempotency: None,
        changes: vec![change],
    };
    app.store.write(write).await.unwrap();
}

/// A data folder with an area in it.
async fn folder() -> tempfile::TempDir {
    let data = tempfile::tempdir().unwrap();
    let app = app(data.path(), "2016-07-01T00:00:00Z", "").await;
    let area = json!({ "code": "duma", "names": { "en": "Duma" } });
    put(&app, "2016-07-01T00:00:00Z", Kind::Area, Basis::New, &area).await;
    data
}

/// Makes what is due and looks, as the program does when it runs at that time; gives the sentence of the alert.
async fn lives(data: &Path, now: &str, settings: &str) -> Option<String> {
    let app = app(data, now, settings).await;
    run_due(&app, data).await.unwrap();
    look(&app).await.unwrap();
    let open = app.store.open_episodes(Sensitivity::Internal).await.unwrap();
    let skipped = open.into_iter().find(|episode| episode.rule == Rule::ReportSkipped)?;
    let body: Value = serde_json::from_str(&skipped.body).unwrap();
    body["text"].as_str().map(str::to_owned)
}

#[tokio::test]
async fn what_was_due_while_nothing_ran_is_told_however_long_that_was_and_for_a_week() {
    let data = folder().await;
    assert_eq!(lives(data.path(), "2016-07-10T09:00:00Z", DAILY).await, None);
    let told = lives(data.path(), "2016-07-26T09:00:00Z", DAILY).await.unwrap();
    assert!(told.contains("15"), "those of 11 to 25 July: {told}");
    for day in 27..=31 {
        let now = format!("2016-07-{day}T09:00:00Z");
        let still = lives(data.path(), &now, DAILY).await.unwrap();
        assert!(still.contains("15"), "{now}: {still}");
    }
    lives(data.path(), "2016-08-01T09:00:00Z", DAILY).await;
    assert_eq!(lives(data.path(), "2016-08-02T09:00:00Z", DAILY).await, None);
}

#[tokio::test]
async fn a_report_of_a_clock_that_was_ahead_says_nothing_of_what_is_still_to_come() {
    let data = folder().await;
    lives(data.path(), "2016-07-10T09:00:00Z", DAILY).await;
    // The clock is a year ahead for a while, and set right.
    lives(data.path(), "2017-07-10T09:00:00Z", DAILY).await;
    assert_eq!(lives(data.path(), "2016-07-11T09:00:00Z", DAILY).await, None);
}

#[tokio::test]
async fn what_was_not_to_be_made_while_a_schedule_was_paused_or_another_was_not_skipped() {
    let data = folder().await;
    let post = async |known: &str, more: Value| {
        let app = app(data.path(), known, "").await;
        let mut body = json!({ "code": "daily", "cron": "0 7 * * *", "time_zone": "UTC" });
        body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        put(&app, known, Kind::Schedule, Basis::Code, &body).await;
    };
    post("2016-07-09T12:00:00Z", json!({})).await;
    assert_eq!(lives(data.path(), "2016-07-10T09:00:00Z", "").await, None);
    post("2016-07-10T12:00:00Z", json!({ "paused": true })).await;
    assert_eq!(lives(data.path(), "2016-07-12T09:00:00Z", "").await, None);
    post("2016-07-13T12:00:00Z", json!({})).await;
    assert_eq!(lives(data.path(), "2016-07-14T09:00:00Z", "").await, None, "it was paused");
    post("2016-07-14T12:00:00Z", json!({ "cron": "0 * * * *" })).await;
    assert_eq!(lives(data.path(), "2016-07-14T13:30:00Z", "").await, None, "it was another");
    // From then on it counts, also what was due before the first that was made.
    let told = lives(data.path(), "2016-07-14T18:30:00Z", "").await.unwrap();
    assert!(told.contains('4'), "14 to 17 o'clock: {told}");
}

/// Posts the schedule `weekly`, due on Mondays at 7, with more.
async fn weekly(data: &Path, known: &str, more: Value) {
    let app = app(data, known, "").await;
    let mut body = json!({ "code": "weekly", "cron": "0 7 * * 1", "time_zone": "UTC" });
    body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    put(&app, known, Kind::Schedule, Basis::Code, &body).await;
}

async fn made(data: &Path, now: &str) -> Vec<String> {
    let made = run_due(&app(data, now, "").await, data).await.unwrap();
    let weekly = made.into_iter().filter(|made| made.schedule == "weekly");
    weekly.map(|made| made.period_end.to_rfc3339()).collect()
}

#[tokio::test]
async fn what_was_due_while_a_schedule_was_paused_or_another_is_not_made_up() {
    let data = folder().await;
    // 4, 11, 18 and 25 July 2016 are Mondays.
    weekly(data.path(), "2016-07-01T12:00:00Z", json!({})).await;
    assert_eq!(made(data.path(), "2016-07-04T08:00:00Z").await, ["2016-07-04T07:00:00+00:00"]);
    weekly(data.path(), "2016-07-06T12:00:00Z", json!({ "paused": true })).await;
    weekly(data.path(), "2016-07-13T12:00:00Z", json!({})).await;
    assert_eq!(made(data.path(), "2016-07-13T13:00:00Z").await, [""; 0], "it was paused on Monday");
    assert_eq!(made(data.path(), "2016-07-18T08:00:00Z").await, ["2016-07-18T07:00:00+00:00"]);
    weekly(data.path(), "2016-07-20T12:00:00Z", json!({ "cron": "0 9 * * 2" })).await;
    assert_eq!(
        made(data.path(), "2016-07-20T13:00:00Z").await,
        [""; 0],
        "it was another on Tuesday"
    );
    assert_eq!(made(data.path(), "2016-07-26T10:00:00Z").await, ["2016-07-26T09:00:00+00:00"]);
}

#[tokio::test]
async fn of_more_than_can_be_counted_it_is_said_that_there_are_more() {
    let data = folder().await;
    let often = DAILY.replace("0 7 * * *", "* * * * *");
    assert_eq!(lives(data.path(), "2016-07-10T09:00:00Z", &often).await, None);
    let told = lives(data.path(), "2018-07-26T09:00:00Z", &often).await.unwrap();
    assert!(told.starts_with("1,000 reports daily or more, from 10 Jul"), "{told}");
}

#[tokio::test]
async fn a_report_whose_files_cannot_be_written_holds_up_no_other() {
    let data = folder().await;
    let settings = [DAILY, &DAILY.replace("daily", "aaa")].concat();
    let app = Arc::new(app(data.path(), "2016-07-10T09:00:00Z", &settings).await);
    run_due(&app, data.path()).await.unwrap();
    fs::remove_dir_all(data.path().join("reports")).unwrap();
    // A later one of the first schedule that nobody can read.
    let mut damaged = app.store.report_before("aaa", "", at("2100-01-01T00:00:00Z")).await;
    let mut damaged = damaged.as_mut().unwrap().take().unwrap();
    (damaged.period_end, damaged.body) = (at("2016-07-10T08:00:00Z"), "{}".to_owned());
    app.store.keep_report(vec![damaged.into()]).await.unwrap();
    run_forever(app, data.path().to_owned()).await;
    let files = fs::read_dir(data.path().join("reports")).unwrap();
    let names: Vec<_> = files.map(|file| file.unwrap().file_name()).collect();
    assert!(names.iter().any(|name| name == "daily-2016-07-10T0700Z.html"), "{names:?}");
}

#[tokio::test]
async fn a_report_that_was_kept_without_its_files_gets_them_when_the_program_runs_again() {
    let data = folder().await;
    let now = "2016-07-10T09:00:00Z";
    fs::write(data.path().join("reports"), "in the way").unwrap();
    let first = app(data.path(), now, DAILY).await;
    assert!(run_due(&first, data.path()).await.is_err());
    assert_eq!(first.store.reports(None, 9, Sensitivity::Internal).await.unwrap().len(), 1);
    drop(first);
    fs::remove_file(data.path().join("reports")).unwrap();
    let again = Arc::new(app(data.path(), now, DAILY).await);
    run_forever(again, data.path().to_owned()).await;
    assert_eq!(fs::read_dir(data.path().join("reports")).unwrap().count(), 4);
}

/// A schedule, stored as an earlier program took it, with doubles.
async fn stored_with_doubles(data: &Path, known: &str) {
    let app = app(data, known, "").await;
    let desk = json!({ "code": "desk", "name": "Desk", "channel": "folder", "address": "desk" });
    put(&app, known, Kind::Recipient, Basis::New, &desk).await;
    let body = json!({
        "code": "daily", "cron": "0 7 * * *", "time_zone": "UTC", "recipients": ["desk"], "formats": ["text"],
    });
    let mut draft = draft(Kind::Schedule, &body).unwrap();
    draft.body["recipients"] = json!(["desk", "desk"]);
    draft.body["formats"] = json!(["text", "text"]);
    let change = Change {
        action: Action::Create,
        new_id: Uuid::now_v7(),
        lowers: false,
        basis: Basis::New,
        learned_at: None,
        reason: None,
        draft,
    };
    let write = Write {
        actor: "tests".to_owned(),
        owner: None,
        clearance: Clearance::ALL,
        recorded_at: at(known),
        learned_at: at(known),
        idempotency: None,
        changes: vec![change],
    };
    app.store.write(write).await.unwrap();
}

#[tokio::test]
async fn what_stands_twice_in_a_stored_schedule_is_made_and_sent_once() {
    let data = folder().await;
    stored_with_doubles(data.path(), "2016-07-09T12:00:00Z").await;
    let app = app(data.path(), "2016-07-10T09:00:00Z", "").await;
    assert_eq!(run_due(&app, data.path()).await.unwrap().len(), 1);
    let made = app.store.reports(None, 9, Sensitivity::Confidential).await.unwrap();
    assert_eq!(made[0].copies.len(), 2, "that of the folder, and one for the desk");
    let all = DeliveryQuery { state: None, recipient: None, after: None, limit: 9 };
    let sent = app.store.deliveries(all, Sensitivity::Confidential).await.unwrap();
    assert_eq!(sent.len(), 2, "the text and the checkpoint");
}

#[tokio::test]
async fn what_could_not_be_made_is_told_at_once_with_why_until_it_was_made() {
    let data = folder().await;
    let app = app(data.path(), "2016-07-10T09:00:00Z", DAILY).await;
    let key = data.path().join("keys/checkpoint.key");
    fs::write(&key, "no key").unwrap();
    assert!(run_due(&app, data.path()).await.is_err());
    look(&app).await.unwrap();
    let told = async || {
        let open = app.store.open_episodes(Sensitivity::Internal).await.unwrap();
        open.into_iter().find(|episode| episode.rule == Rule::ReportSkipped).map(|one| one.body)
    };
    let body = told().await.unwrap();
    assert!(body.contains("It could not be made: ") && body.contains("checkpoint.key"), "{body}");
    assert!(!body.contains("did not run"), "it ran: {body}");
    fs::remove_file(&key).unwrap();
    run_due(&app, data.path()).await.unwrap();
    look(&app).await.unwrap();
    assert_eq!(told().await, None);
}

#[tokio::test]
async fn after_a_downtime_it_is_known_when_the_schedules_last_ran() {
    let data = tempfile::tempdir().unwrap();
    let first = app(data.path(), "2016-07-10T09:00:00Z", DAILY).await;
    assert_eq!(first.pulse.last(Task::Schedule), None);
    run_due(&first, data.path()).await.unwrap();
    let ran = first.pulse.last(Task::Schedule);
    assert!(ran.is_some(), "also with nothing to report on");
    drop(first);
    let again = app(data.path(), "2016-07-10T09:00:00Z", DAILY).await;
    assert_eq!(again.pulse.last(Task::Schedule), ran);
}

#[tokio::test]
async fn a_schedule_of_the_settings_that_is_sent_to_nobody_is_an_alert_to_who_may_know_recipients()
{
    let data = folder().await;
    let settings = format!("{DAILY}recipients = ['desk']\n");
    let told = async |now: &str, level| {
        let app = app(data.path(), now, &settings).await;
        look(&app).await.unwrap();
        let open = app.store.open_episodes(level).await.unwrap();
        open.into_iter().find(|one| one.key == "delivery_failed/schedule/daily").map(|one| one.body)
    };
    let body = told("2016-07-10T06:00:00Z", Sensitivity::Confidential).await.unwrap();
    assert!(body.contains("is to be sent to desk, and there is no such recipient"), "{body}");
    assert_eq!(told("2016-07-10T06:00:00Z", Sensitivity::Internal).await, None);
    let known = app(data.path(), "2016-07-10T06:00:00Z", "").await;
    let desk = json!({ "code": "desk", "name": "Desk", "channel": "folder", "address": "desk" });
    put(&known, "2016-07-10T06:00:00Z", Kind::Recipient, Basis::New, &desk).await;
    drop(known);
    assert_eq!(told("2016-07-10T06:01:00Z", Sensitivity::Confidential).await, None);
}
