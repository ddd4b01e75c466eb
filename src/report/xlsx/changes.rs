//! The sheet of what changed: every change a row, also those that the page leaves out.

use super::table::{Cell, Table, whole_name};
use crate::domain::Figure;
use crate::report::change::runouts::RunoutDay;
use crate::report::change::words as since;
use crate::report::change::{
    Changes, ConvoyChange, Novelty, PauseChange, PopulationChange, RunoutChange, Since, StaleChange,
};
use crate::report::stated::{Day, Stated};
use crate::report::{Finding, Report, phrase};
use crate::tongue::{Tongue, say};

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
            Cell::choice("book-change", self.change),
            Cell::words(self.subject),
            Cell::words(self.name),
            Cell::words(self.by),
            Cell::words(self.then),
            Cell::words(self.now),
        ];
        let learned = self
            .novelty
            .map_or(Cell::Empty, |novelty| Cell::choice("book-learned", novelty.as_str()));
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
pub(super) fn changes(report: &Report, t: Tongue<'_>) -> Table {
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
    let numbers = numbers(&report.changes, t).chain(listings(&report.changes, t));
    let since = report.changes.since.iter().flat_map(|since| happened(since, t));
    for row in numbers.chain(since).chain(alerts(report, t)) {
        table.row(row.cells());
    }
    table
}

fn numbers(changes: &Changes, t: Tongue<'_>) -> impl Iterator<Item = Row> {
    changes.headline.iter().map(move |change| Row {
        name: t.word(phrase::what(change.number)),
        people: [change.then.figure, change.now.figure],
        sources: change.now.sources.clone(),
        ..Row::of("number", change.number.as_str())
    })
}

fn listings(changes: &Changes, t: Tongue<'_>) -> impl Iterator<Item = Row> {
    changes.listings.iter().map(move |change| Row {
        name: whole_name(t, &change.name),
        by: t.choice("short-scheme", change.scheme.as_str()),
        then: change.then.map(|then| t.status(Some(then))).unwrap_or_default(),
        now: change.now.map(|now| t.status(Some(now))).unwrap_or_default(),
        sources: change.sources.clone(),
        ..Row::of("listing", &change.area)
    })
}

fn happened(since: &Since, t: Tongue<'_>) -> impl Iterator<Item = Row> {
    let runouts = since.runouts.iter().map(move |change| runout(change, t));
    let convoys = since.convoys.iter().map(move |change| convoy(change, t));
    let pauses = since.pauses.iter().map(move |change| pause(change, t));
    let populations = since.populations.iter().map(move |change| population(change, t));
    let stale = since.stale.iter().map(move |change| stale(change, t));
    runouts.chain(convoys).chain(pauses).chain(populations).chain(stale)
}

fn runout(change: &RunoutChange, t: Tongue<'_>) -> Row {
    let causes = change.causes.iter();
    let why = causes.clone().map(|cause| {
        let told = since::cause(t, cause);
        format!("{told}, {}", t.text(&cause.record))
    });
    #[expect(clippy::cast_precision_loss, reason = "days of centuries stay below 2^53")]
    let moved_days = change.moved_days.map(|days| days as f64);
    Row {
        name: whole_name(t, &change.name),
        by: t.choice("book-shift", change.shift.as_str()),
        then: change.then.as_ref().map(|then| day(then, t)).unwrap_or_default(),
        now: day(&change.now, t),
        moved_days,
        why: why.collect(),
        sources: causes.flat_map(|cause| cause.sources.iter().cloned()).collect(),
        ..Row::of("runout", &change.area)
    }
}

/// The day on which food ends; what is known where there is none.
fn day(told: &RunoutDay, t: Tongue<'_>) -> String {
    let status = t.choice("book-outlook", told.status.as_str());
    match (told.runs_out_on.p50, told.not_before) {
        (Some(on), _) => t.date(on),
        (None, Some(on)) => say!(t, "book-not-before", status = status, day = t.date(on)),
        (None, None) => status,
    }
}

fn convoy(change: &ConvoyChange, t: Tongue<'_>) -> Row {
    let code = change.convoy.as_ref().or(change.incident.as_ref());
    Row {
        name: change.to.iter().map(|to| whole_name(t, to)).collect::<Vec<_>>().join("; "),
        now: t.choice("fate", change.fate.as_str()),
        people: [Figure::UNKNOWN, change.people_reached],
        day: change.day,
        why: change.title.iter().cloned().collect(),
        novelty: Some(change.novelty),
        sources: change.sources.clone(),
        ..Row::of("convoy", code.cloned().unwrap_or_default())
    }
}

fn pause(change: &PauseChange, t: Tongue<'_>) -> Row {
    let answer = change.answered.as_ref();
    let breach = change.broken.as_ref();
    let now = match (breach.map(|breach| breach.terminal), answer) {
        (Some(Some(true)), _) => t.word("book-broken_and_ended"),
        (Some(_), _) => t.word("book-broken"),
        (None, Some(answer)) => t.choice("answer", answer.answer.as_str()),
        (None, None) => String::new(),
    };
    let by = answer.map(|answer| whole_name(t, &answer.party));
    Row {
        name: change.title.clone(),
        by: by.or_else(|| breach?.attributed_to.clone()).unwrap_or_default(),
        now,
        day: breach.and_then(|breach| breach.day).or_else(|| answer?.day),
        why: answer.and_then(|answer| answer.conditions.clone()).into_iter().collect(),
        novelty: Some(change.novelty),
        sources: change.source().cloned().into_iter().collect(),
        ..Row::of("pause", &change.pause)
    }
}

fn population(change: &PopulationChange, t: Tongue<'_>) -> Row {
    let either = change.now.as_ref().or(change.then.as_ref());
    let metric = t.choice("metric", change.metric.as_str());
    let figure =
        |stated: &Option<Stated>| stated.as_ref().map_or(Figure::UNKNOWN, |stated| stated.figure);
    Row {
        name: whole_name(t, &change.name),
        by: either.and_then(|of| of.by.as_ref()).map(|by| whole_name(t, by)).unwrap_or_default(),
        then: change.then.as_ref().map(|_| metric.clone()).unwrap_or_default(),
        now: change.now.as_ref().map(|_| metric.clone()).unwrap_or_default(),
        people: [figure(&change.then), figure(&change.now)],
        day: either.and_then(|stated| stated.day),
        novelty: Some(change.novelty),
        sources: either.map(|stated| stated.sources.clone()).unwrap_or_default(),
        ..Row::of("people", &change.place)
    }
}

fn stale(change: &StaleChange, t: Tongue<'_>) -> Row {
    Row {
        name: whole_name(t, &change.name),
        now: t.choice("book-estimate", change.estimate.as_str()),
        day: change.day,
        why: vec![say!(t, "book-older", age = change.age_days, limit = change.limit_days)],
        sources: change.sources.clone(),
        ..Row::of("stale", &change.area)
    }
}

fn alerts(report: &Report, t: Tongue<'_>) -> impl Iterator<Item = Row> {
    let alert = move |change: &'static str, alert: &Finding| Row {
        name: phrase::alert(t, alert),
        now: t.severity(alert.severity),
        sources: alert.sources.clone(),
        ..Row::of(change, &alert.key)
    };
    let graver = report.changes.graver.iter().filter_map(move |change| {
        let found = report.alerts.iter().find(|alert| alert.key == change.key)?;
        Some(Row { then: t.severity(change.was), ..alert("alert_graver", found) })
    });
    let new = report.alerts.iter().filter(|alert| alert.is_new);
    let new = new.map(move |found| alert("alert_new", found));
    let ended = report.changes.ended.iter().map(move |found| alert("alert_ended", found));
    graver.chain(new).chain(ended)
}
