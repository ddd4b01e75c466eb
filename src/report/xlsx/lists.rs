//! The sheets of what happened and was said: convoys, pauses, answers, incidents, statements, alerts, sources.

use super::table::{Cell, Table};
use crate::report::stated::Day;
use crate::report::statement::IncidentRow;
use crate::report::{Report, phrase};
use crate::tongue::Tongue;

/// The word of how exactly a day is known; empty where it is known to the day.
fn precision(day: Option<&Day>) -> Cell {
    let known = day.and_then(|day| day.precision);
    known.map_or(Cell::Empty, |precision| Cell::choice("book-precision", precision.as_str()))
}

pub(super) fn convoys(report: &Report) -> Table {
    let mut table = Table::new(
        "sheet_convoys",
        &[
            "convoy",
            "to",
            "mode",
            "stage",
            "date",
            "date_precision",
            "trucks*",
            "people_targeted*",
            "people_reached*",
            "people_fed*",
            "cargo_is_assumed",
            "cargo_is_partly_unknown",
            "goods_removed",
            "removed_share",
            "medical_removed",
            "part_of",
            "is_counted",
            "sources",
        ],
    );
    for row in &report.convoys {
        let head = [
            Cell::words(&row.code),
            Cell::names(&row.to),
            Cell::choice("book-mode", row.mode.as_str()),
            Cell::choice("stage", row.stage.as_str()),
            Cell::day(row.day.as_ref()),
            precision(row.day.as_ref()),
        ];
        let figures = [row.trucks, row.people_targeted, row.people_reached, row.people_fed_30_days];
        let tail = [
            Cell::yes(row.cargo_is_assumed),
            Cell::yes(row.cargo_is_partly_unknown),
            Cell::yes(row.goods_removed),
            row.removed_share.map_or(Cell::Empty, Cell::Share),
            Cell::yes(row.medical_removed),
            Cell::list(&row.part_of),
            Cell::yes(row.is_counted),
            Cell::list(&row.sources),
        ];
        table.row(head.into_iter().chain(figures.into_iter().flat_map(Cell::figure)).chain(tail));
    }
    table
}

pub(super) fn pauses(report: &Report, t: Tongue<'_>) -> Table {
    let mut table = Table::new(
        "sheet_pauses",
        &[
            "pause",
            "name",
            "pause_type",
            "state",
            "by",
            "of",
            "areas",
            "announced",
            "start",
            "end",
            "duration_hours",
            "recurrence",
            "no_answer_from",
            "violations",
            "sources",
        ],
    );
    for row in &report.pauses {
        table.row([
            Cell::words(&row.code),
            Cell::words(&row.title),
            Cell::choice("book-pause", row.pause_type.as_str()),
            Cell::choice("state", row.state.as_str()),
            Cell::some_name(row.by.as_ref()),
            Cell::some_name(row.of.as_ref()),
            Cell::names(&row.areas),
            Cell::day(row.announced.as_ref()),
            Cell::day(row.start.as_ref()),
            Cell::day(row.end.as_ref()),
            Cell::number(row.duration_hours),
            row.recurrence
                .as_ref()
                .map_or(Cell::Empty, |again| Cell::words(phrase::recurrence(t, again))),
            Cell::names(&row.silent),
            Cell::count(row.violations.len()),
            Cell::list(&row.sources),
        ]);
    }
    table
}

pub(super) fn answers(report: &Report) -> Table {
    let columns = ["pause", "name", "party", "answer", "date", "conditions", "sources"];
    let mut table = Table::new("sheet_answers", &columns);
    for (row, answer) in
        report.pauses.iter().flat_map(|row| row.answers.iter().map(move |answer| (row, answer)))
    {
        table.row([
            Cell::words(&row.code),
            Cell::words(&row.title),
            Cell::name(&answer.party),
            Cell::choice("answer", answer.answer.as_str()),
            Cell::day(answer.day.as_ref()),
            Cell::some(answer.conditions.as_ref()),
            Cell::some(answer.source.as_ref()),
        ]);
    }
    table
}

/// In the words of its source, else what kind of thing it is.
fn incident_title(row: &IncidentRow) -> Cell {
    let kind = row.incident_type.as_str();
    if row.title == Tongue::ENGLISH.capital("incident", kind) {
        return Cell::choice("incident", kind);
    }
    Cell::words(&row.title)
}

pub(super) fn incidents(report: &Report) -> Table {
    let mut table = Table::new(
        "sheet_incidents",
        &[
            "incident",
            "name",
            "incident_type",
            "date",
            "date_precision",
            "until",
            "areas",
            "killed*",
            "injured*",
            "attributed_to",
            "sources",
        ],
    );
    for row in &report.incidents {
        let head = [
            Cell::words(&row.code),
            incident_title(row),
            Cell::choice("incident", row.incident_type.as_str()),
            Cell::day(row.day.as_ref()),
            precision(row.day.as_ref()),
            Cell::day(row.until.as_ref()),
            Cell::names(&row.areas),
        ];
        let figures = Cell::figure(row.killed).into_iter().chain(Cell::figure(row.injured));
        let tail = [Cell::some(row.attributed_to.as_ref()), Cell::list(&row.sources)];
        table.row(head.into_iter().chain(figures).chain(tail));
    }
    table
}

pub(super) fn statements(report: &Report) -> Table {
    let mut table = Table::new(
        "sheet_statements",
        &[
            "statement",
            "topic",
            "date",
            "date_precision",
            "areas",
            "by",
            "said",
            "value*",
            "unit",
            "sources",
        ],
    );
    for row in &report.statements {
        let head = [
            Cell::words(&row.code),
            Cell::choice("book-topic", row.topic.as_str()),
            Cell::day(row.day.as_ref()),
            precision(row.day.as_ref()),
            Cell::names(&row.areas),
            Cell::some_name(row.by.as_ref()),
            Cell::words(&row.text),
        ];
        let tail = [Cell::some(row.unit.as_ref()), Cell::list(&row.sources)];
        table.row(head.into_iter().chain(Cell::figure(row.value)).chain(tail));
    }
    table
}

pub(super) fn alerts(report: &Report, t: Tongue<'_>) -> Table {
    let columns = ["severity", "rule", "alert", "since", "is_new", "numbers", "key", "sources"];
    let mut table = Table::new("sheet_alerts", &columns);
    for alert in &report.alerts {
        let numbers = phrase::exact_numbers(t, alert);
        table.row([
            Cell::choice("severity", alert.severity.as_str()),
            Cell::choice("rule", alert.rule.as_str()),
            Cell::words(phrase::alert(t, alert)),
            alert.since.map_or(Cell::Empty, Cell::Instant),
            Cell::yes(alert.is_new),
            Cell::list(&numbers),
            Cell::words(&alert.key),
            Cell::list(&alert.sources),
        ]);
    }
    table
}

pub(super) fn sources(report: &Report) -> Table {
    let columns = ["number", "source", "name", "publisher", "published", "date_precision", "url"];
    let mut table = Table::new("sheet_sources", &columns);
    for (place, row) in report.sources.iter().enumerate() {
        table.row([
            Cell::count(place + 1),
            Cell::words(&row.code),
            Cell::words(&row.name),
            Cell::some(row.publisher.as_ref()),
            Cell::day(row.published.as_ref()),
            precision(row.published.as_ref()),
            Cell::some(row.url.as_ref()),
        ]);
    }
    table
}
