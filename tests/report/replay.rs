//! What would have been raised and when, from what was known at each moment alone.

use std::path::Path;
use std::process::Command;

use passage::app::App;
use passage::domain::{Clearance, Moment, Sensitivity};
use passage::jobs::replay::{Ask, replay};
use passage::situation::alert::life::{Event, Step};
use passage::situation::alert::{Severity, alerts};
use serde_json::Value;

use crate::made::syria;
use crate::world::{end_of, settings};

const AREA: &str = "SY-EAST-ALEPPO";

async fn replayed(app: &App, from: &str, to: &str) -> Vec<Event> {
    let from = from.parse::<Moment>().unwrap().start();
    let clearance = Clearance::of(Sensitivity::Internal);
    replay(app, &Ask { from, to: end_of(to), clearance }, |_, _| ()).await.unwrap()
}

#[tokio::test]
async fn of_eastern_aleppo_it_is_told_when_the_run_out_was_seen_and_each_look_finds_what_is_told() {
    let (_data, app) = syria("2016-10-31", settings()).await;
    let events = replayed(&app, "2016-07-10", "2016-07-27").await;
    let key = format!("runout/{AREA}");
    let of_it: Vec<(String, Step, Severity)> = events
        .iter()
        .filter(|event| event.episode.alert.key == key)
        .map(|event| (event.at.date_naive().to_string(), event.step, event.episode.alert.severity))
        .take(2)
        .collect();
    let told = |day: &str, step, severity| (day.to_owned(), step, severity);
    assert_eq!(
        of_it,
        [
            told("2016-07-16", Step::Raised, Severity::High),
            told("2016-07-17", Step::Updated, Severity::Critical)
        ]
    );
    let clearance = Clearance::of(Sensitivity::Internal);
    for event in
        events.iter().filter(|event| event.episode.alert.areas.iter().any(|area| area == AREA))
    {
        let situation =
            app.situations.situation(event.at, Some(event.at), &clearance).await.unwrap();
        let found = alerts(&situation, &app.standards());
        let same = found.iter().find(|alert| alert.key == event.episode.alert.key);
        assert_eq!(same.is_none(), event.step == Step::Resolved, "{event:?}");
        assert!(same.is_none_or(|same| same.text == event.episode.alert.text), "{event:?}");
    }
}

#[tokio::test]
async fn what_came_later_changes_nothing_of_what_is_told_before() {
    let (_data, app) = syria("2016-10-31", settings()).await;
    let all = replayed(&app, "2016-07-20", "2016-08-03").await;
    let until = end_of("2016-07-26");
    let some = replayed(&app, "2016-07-20", "2016-07-26").await;
    let before: Vec<Event> = all.into_iter().filter(|event| event.at <= until).collect();
    assert!(some.iter().any(|event| event.step == Step::Raised), "{some:?}");
    assert_eq!(some, before);
}

/// What the command says, and whether it went well.
fn said(data: &Path, arguments: &[&str]) -> (bool, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_passage"));
    let done = command.arg("alerts").arg("--data").arg(data).args(arguments).output().unwrap();
    let told = [done.stdout, done.stderr].concat();
    (done.status.success(), String::from_utf8(told).unwrap())
}

#[tokio::test]
async fn the_command_prints_lines_that_fit_a_terminal_and_json_that_can_be_read() {
    let (data, app) = syria("2016-10-31", settings()).await;
    drop(app);
    let days = ["--from", "2016-07-15", "--to", "2016-07-24", "--area", AREA];
    let (done, told) = said(data.path(), &days);
    assert!(
        done && told.contains("2016-07-17 23:59  updated   high -> critical  runout/"),
        "{told}"
    );
    assert!(told.lines().all(|line| line.chars().count() <= 80), "{told}");
    assert!(told.ends_with("open at last.\n"), "{told}");
    let (_, told) = said(data.path(), &[&days[..], &["--rule", "runout", "--json"]].concat());
    let lines: Vec<Value> = told.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert!(lines.len() >= 2, "{told}");
    assert_eq!((&lines[0]["step"], &lines[1]["was"]), (&"raised".into(), &"high".into()));
    let (_, told) = said(data.path(), &[&days[..], &["--severity", "critical"]].concat());
    assert!(told.contains("raised    high"), "it was critical later: {told}");
    for (wrong, word) in [
        (["--from", "2016-07-15", "--to", "2016-07-01"], "--from must not be later"),
        (["--from", "2016-07-15", "--rule", "hunger"], "runout"),
        (["--from", "July", "--to", "2016-07-18"], "--from"),
        (["--from", "2016-07-15", "--area", "NOWHERE"], "there is no area NOWHERE"),
    ] {
        let (done, told) = said(data.path(), &wrong);
        assert!(!done && told.contains(word), "{wrong:?}: {told}");
    }
}

#[tokio::test]
async fn what_the_docs_say_of_eastern_aleppo_is_what_is_replayed() {
    let docs = include_str!("../../docs/EASTERN_ALEPPO.md");
    let told: Vec<String> = docs
        .lines()
        .filter(|line| line.starts_with("| 2016-"))
        .map(|line| line.split('|').take(3).map(str::trim).collect::<Vec<_>>()[1..].join(" "))
        .collect();
    assert_eq!(told.len(), 14, "{told:?}");
    let (_data, app) = syria("2016-10-31", settings()).await;
    let events = replayed(&app, "2016-07-01", "2016-10-31").await;
    let found: Vec<String> = events
        .iter()
        .filter(|event| event.episode.alert.areas.iter().any(|area| area == AREA))
        .map(|event| {
            let (day, episode) = (event.at.format("%Y-%m-%d"), &event.episode);
            format!("{day} {}, {}, {}", event.step, episode.alert.severity, episode.alert.rule)
        })
        .collect();
    for line in told {
        assert!(found.contains(&line), "{line}: {found:#?}");
    }
}
