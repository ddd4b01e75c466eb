//! The schedules, those of the settings and those that were posted: when each is due, and who is not there to be sent it.

use chrono::{DateTime, Utc};

use super::super::backup::in_words as span;
use super::Line;
use super::lines::UNKNOWN;
use crate::config::Settings;
use crate::domain::{Schedule, typed};
use crate::jobs::schedule;
use crate::store::Health;

/// The word of these lines.
const ABOUT: &str = "schedule";

/// A schedule, and since when it is so where it was posted.
struct One {
    code: String,
    since: Option<DateTime<Utc>>,
    schedule: Schedule,
}

/// A line for each schedule. Those that were posted go before one of the settings with the same code.
pub(super) fn of(settings: &Settings, health: Option<&Health>, now: DateTime<Utc>) -> Vec<Line> {
    let (mut all, mut lines) = (Vec::new(), Vec::new());
    for (code, since, body) in health.iter().flat_map(|health| &health.schedules) {
        let body = serde_json::from_str(body).unwrap_or_default();
        match typed(&body) {
            Ok(schedule) => all.push(One { code: code.clone(), since: Some(*since), schedule }),
            Err(problems) => {
                let says = format!("{code}: cannot be read: {}", problems.places());
                lines.push(Line::look(ABOUT, says, "put a next version of it"));
            }
        }
    }
    let of_settings = settings.schedule.iter().filter(|(code, _)| {
        health.is_none_or(|health| health.schedules.iter().all(|(own, ..)| own != code.as_str()))
    });
    let of_settings = of_settings.map(|(code, schedule)| One {
        code: code.to_string(),
        since: None,
        schedule: schedule.clone(),
    });
    let all: Vec<One> = of_settings.chain(all).collect();
    for one in all {
        lines.push(due(&one, health, now));
        lines.extend(health.and_then(|health| sent_to_nobody(&one, health)));
    }
    lines
}

fn due(one: &One, health: Option<&Health>, now: DateTime<Utc>) -> Line {
    let code = &one.code;
    if one.schedule.paused == Some(true) {
        return Line::ok(ABOUT, format!("{code}: paused"));
    }
    let reports = health.iter().flat_map(|health| &health.reports);
    let last = reports.into_iter().find(|(name, _)| name == code).map(|(_, end)| *end);
    let next = schedule::next(&one.schedule, now);
    let next =
        next.map_or("never".to_owned(), |next| next.format("%Y-%m-%d %H:%M UTC").to_string());
    let made = match last {
        Some(last) => format!("last report {} ago", span(now - last)),
        None if health.is_some() => "no report yet".to_owned(),
        None => UNKNOWN.to_owned(),
    };
    let says = format!("{code}: {made}, next {next}");
    let has_records =
        health.and_then(|health| health.head.as_ref()).is_some_and(|head| head.sequence > 0);
    if has_records && !schedule::due(&one.schedule, last.max(one.since), now).is_empty() {
        let todo = "start the server: it makes up the latest; where it runs, its log says why not";
        return Line::look(ABOUT, format!("{says}; one was missed"), todo);
    }
    Line::ok(ABOUT, says)
}

/// The recipients of a schedule that are not there.
fn sent_to_nobody(one: &One, health: &Health) -> Option<Line> {
    let codes = one.schedule.recipients();
    let codes = codes.iter().map(crate::domain::RecipientCode::as_str);
    let unknown: Vec<&str> =
        codes.filter(|code| !health.recipients.iter().any(|known| known == code)).collect();
    if unknown.is_empty() {
        return None;
    }
    let says = format!("{}: recipients: there is no recipient {}", one.code, unknown.join(", "));
    Some(Line::look(ABOUT, says, "post the recipient, or take it out of the schedule"))
}
