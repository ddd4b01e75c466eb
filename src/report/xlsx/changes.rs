//! The sheet of what changed: every change a row, also those that the page leaves out.

use super::table::{Cell, Table};
use crate::domain::status::SiegeStatus;
use crate::domain::{Figure, Scheme};
use crate::report::change::runouts::RunoutDay;
use crate::report::change::{
    Changes, ConvoyChange, Novelty, PauseChange, PopulationChange, RunoutChange, Since, StaleChange,
};
use crate::report::stated::{Day, Stated};
use crate::report::{Finding, Report};

/// A row of the sheet; what a change does not have stays empty.
#[derive(Default)]
struct Row {
    change: &'static str,
    /// A code.
    subject: String,
    name: String,
    by: String,
    then: String,
    now: String,
    people: [Figure; 2],
    day: Option<Day>,
    moved_days: Option<f64>,
    why: Vec<String>,
    novelty: Option<Novelty>,
    sources: Vec<String>,
}

impl Row {
    fn of(change: &'static str, subject: impl Into<String>) -> Self {
        Self { change, subject: subject.into(), ..Self::default() }
    }

    fn cells(self) -> impl Iterator<Item = Cell> {
        let head = [
            Cell::words(self.change),
            Cell::words(self.subject),
            Cell::words(self.name),
            Cell::words(self.by),
            Cell::words(self.then),
            Cell::words(self.now),
        ];
        let learned = self.novelty.map_or(Cell::Empty, |novelty| Cell::words(novelty.as_str()));
        let tail = [
            Cell::day(self.day.as_ref()),
            Cell::number(self.moved_days),
            Cell::list(&self.why),
            learned,
            Cell::list(&self.sources),
        ];
        head.into_iter().chain(self.people.into_iter().flat_map(Cell::figure)).chain(tail)
    }
}

/// What changed since.
pub(super) fn changes(report: &Report) -> Table {
    let columns = [
        "change",
        "subject",
        "name",
        "by",
        "then",
        "now",
        "then_people*",
        "now_people*",
        "date",
        "moved_days",
        "why",
        "learned",
        "sources",
    ];
    let mut table = Table::new("sheet_changes", &columns);
    let numbers = numbers(&report.changes).chain(listings(&report.changes));
    let since = report.changes.since.iter().flat_map(since);
    for row in numbers.chain(since).chain(alerts(report)) {
        table.row(row.cells());
    }
    table
}

fn numbers(changes: &Changes) -> impl Iterator<Item = Row> {
    changes.headline.iter().map(|change| Row {
        people: [change.then.figure, change.now.figure],
        sources: change.now.sources.clone(),
        ..Row::of("number", change.number.as_str())
    })
}

fn listings(changes: &Changes) -> impl Iterator<Item = Row> {
    let word = |status: Option<SiegeStatus>| status.map_or("", SiegeStatus::as_str).to_owned();
    changes.listings.iter().map(move |change| Row {
        name: change.name.clone(),
        by: Scheme::as_str(change.scheme).to_owned(),
        then: word(change.then),
        now: word(change.now),
        sources: change.sources.clone(),
        ..Row::of("listing", &change.area)
    })
}

fn since(since: &Since) -> impl Iterator<Item = Row> {
    let runouts = since.runouts.iter().map(runout);
    let convoys = since.convoys.iter().map(convoy);
    let pauses = since.pauses.iter().map(pause);
    let populations = since.populations.iter().map(population);
    let stale = since.stale.iter().map(stale);
    runouts.chain(convoys).chain(pauses).chain(populations).chain(stale)
}

fn runout(change: &RunoutChange) -> Row {
    let causes = change.causes.iter();
    let why = causes.clone().map(|cause| {
        let late = match cause.novelty {
            Novelty::Since => String::new(),
            Novelty::Late | Novelty::TakenBack => format!(" ({})", cause.novelty),
        };
        format!("{} {} {}{late}", cause.cause, cause.record, cause.day.date)
    });
    #[expect(clippy::cast_precision_loss, reason = "days of centuries stay below 2^53")]
    let moved_days = change.moved_days.map(|days| days as f64);
    Row {
        name: change.name.clone(),
        by: change.shift.to_string(),
        then: change.then.as_ref().map(day).unwrap_or_default(),
        now: day(&change.now),
        moved_days,
        why: why.collect(),
        sources: causes.flat_map(|cause| cause.sources.iter().cloned()).collect(),
        ..Row::of("runout", &change.area)
    }
}

/// The day on which food ends, as programs write it; what is known where there is none.
fn day(told: &RunoutDay) -> String {
    match (told.runs_out_on.p50, told.not_before) {
        (Some(on), _) => format!("{} {on}", told.status),
        (None, Some(on)) => format!("{}, not before {on}", told.status),
        (None, None) => told.status.to_string(),
    }
}

fn convoy(change: &ConvoyChange) -> Row {
    let code = change.convoy.as_ref().or(change.incident.as_ref());
    Row {
        name: change.to.join("; "),
        now: change.fate.to_string(),
        people: [Figure::UNKNOWN, change.people_reached],
        day: change.day,
        why: change.title.iter().cloned().collect(),
        novelty: Some(change.novelty),
        sources: change.sources.clone(),
        ..Row::of("convoy", code.cloned().unwrap_or_default())
    }
}

fn pause(change: &PauseChange) -> Row {
    let answer = change.answered.as_ref();
    let breach = change.broken.as_ref();
    let now = match (breach.map(|breach| breach.terminal), answer) {
        (Some(Some(true)), _) => "broken_and_ended",
        (Some(_), _) => "broken",
        (None, Some(answer)) => answer.answer.as_str(),
        (None, None) => "",
    };
    let by = answer.map(|answer| answer.party.clone());
    Row {
        name: change.title.clone(),
        by: by.or_else(|| breach?.attributed_to.clone()).unwrap_or_default(),
        now: now.to_owned(),
        day: breach.and_then(|breach| breach.day).or_else(|| answer?.day),
        why: answer.and_then(|answer| answer.conditions.clone()).into_iter().collect(),
        novelty: Some(change.novelty),
        sources: change.source().cloned().into_iter().collect(),
        ..Row::of("pause", &change.pause)
    }
}

fn population(change: &PopulationChange) -> Row {
    let either = change.now.as_ref().or(change.then.as_ref());
    let figure =
        |stated: &Option<Stated>| stated.as_ref().map_or(Figure::UNKNOWN, |stated| stated.figure);
    Row {
        name: change.name.clone(),
        by: either.and_then(|stated| stated.by.clone()).unwrap_or_default(),
        then: change.then.as_ref().map(|_| change.metric.to_string()).unwrap_or_default(),
        now: change.now.as_ref().map(|_| change.metric.to_string()).unwrap_or_default(),
        people: [figure(&change.then), figure(&change.now)],
        day: either.and_then(|stated| stated.day),
        novelty: Some(change.novelty),
        sources: either.map(|stated| stated.sources.clone()).unwrap_or_default(),
        ..Row::of("people", &change.place)
    }
}

fn stale(change: &StaleChange) -> Row {
    Row {
        name: change.name.clone(),
        now: change.estimate.to_string(),
        day: change.day,
        why: vec![format!("{} > {}", change.age_days, change.limit_days)],
        sources: change.sources.clone(),
        ..Row::of("stale", &change.area)
    }
}

fn alerts(report: &Report) -> impl Iterator<Item = Row> {
    let alert = |change: &'static str, alert: &Finding| Row {
        name: alert.text.clone(),
        now: alert.severity.to_string(),
        sources: alert.sources.clone(),
        ..Row::of(change, &alert.key)
    };
    let graver = report.changes.graver.iter().filter_map(move |change| {
        let found = report.alerts.iter().find(|alert| alert.key == change.key)?;
        Some(Row { then: change.was.to_string(), ..alert("alert_graver", found) })
    });
    let new = report.alerts.iter().filter(|alert| alert.is_new);
    let new = new.map(move |found| alert("alert_new", found));
    let ended = report.changes.ended.iter().map(move |found| alert("alert_ended", found));
    graver.chain(new).chain(ended)
}
