//! What changed since the last report, line by line, in words that page and text share.

use super::StaleChange;
use std::collections::BTreeSet;

use super::convoys::Fate;
use super::runouts::{RunoutCause, RunoutDay, Shift};
use super::stale::Estimate;
use super::{ConvoyChange, Novelty, PauseChange, PopulationChange, RunoutChange, Since};
use crate::report::stated::Stated;
use crate::report::{Report, phrase};
use crate::situation::outlook::OutlookStatus;
use crate::tongue::{Tongue, say};

/// How many records are named that moved a day; the data has all of them.
const MOST_CAUSES: usize = 4;

/// Lines of one sort under a heading.
pub(in crate::report) struct Group {
    /// The name of the heading.
    pub(in crate::report) heading: &'static str,
    /// What matters most first.
    pub(in crate::report) lines: Vec<Line>,
}

/// One change in a sentence or two.
pub(in crate::report) struct Line {
    /// The sentences.
    pub(in crate::report) text: String,
    /// Was it learned late, or is it no longer told?
    pub(in crate::report) novelty: Novelty,
    /// The codes of the sources.
    pub(in crate::report) sources: Vec<String>,
}

impl Line {
    /// Each source once, however many figures of the line it gives.
    fn of<'c>(
        text: String,
        novelty: Novelty,
        sources: impl IntoIterator<Item = &'c String>,
    ) -> Self {
        let sources: BTreeSet<&String> = sources.into_iter().collect();
        Self { text, novelty, sources: sources.into_iter().cloned().collect() }
    }
}

/// The changes of a report; empty where there are none, and in reports made before they were told.
pub(in crate::report) fn groups(t: Tongue<'_>, report: &Report) -> Vec<Group> {
    let Some(since) = &report.changes.since else { return Vec::new() };
    let runouts = since.runouts.iter().map(|change| runout(t, change));
    let convoys = since.convoys.iter().map(|change| convoy(t, change));
    let pauses = since.pauses.iter().map(|change| pause(t, change));
    let populations = since.populations.iter().map(|change| population(t, change));
    let stale = since.stale.iter().map(|change| stale(t, change));
    let all = [
        ("since-runouts", runouts.collect()),
        ("since-convoys", convoys.collect()),
        ("since-pauses", pauses.collect()),
        ("since-populations", populations.collect()),
        ("since-stale", stale.collect()),
    ];
    let told = all.into_iter().filter(|(_, lines): &(_, Vec<Line>)| !lines.is_empty());
    told.map(|(heading, lines)| Group { heading, lines }).collect()
}

/// What the marks of the lines mean, of those that stand there.
pub(in crate::report) fn marks(t: Tongue<'_>, report: &Report) -> Vec<String> {
    let Some(since) = &report.changes.since else { return Vec::new() };
    let told = novelties(since);
    let late = if report.before.is_report { "since-late-report" } else { "since-late-begin" };
    let notes = [(Novelty::Late, late), (Novelty::TakenBack, "since-taken-back-means")];
    let notes = notes.into_iter().filter(|(novelty, _)| told.contains(novelty));
    notes.map(|(_, name)| t.word(name)).collect()
}

fn novelties(since: &Since) -> Vec<Novelty> {
    let causes = since.runouts.iter().flat_map(|change| &change.causes);
    let causes = causes.map(|cause| cause.novelty);
    let convoys = since.convoys.iter().map(|change| change.novelty);
    let pauses = since.pauses.iter().map(|change| change.novelty);
    let populations = since.populations.iter().map(|change| change.novelty);
    causes.chain(convoys).chain(pauses).chain(populations).collect()
}

/// The mark of a line or of a record; none where it happened since.
pub(in crate::report) fn mark(t: Tongue<'_>, novelty: Novelty) -> Option<String> {
    match novelty {
        Novelty::Since => None,
        Novelty::Late => Some(t.word("since-late")),
        Novelty::TakenBack => Some(t.word("since-taken-back")),
    }
}

fn runout(t: Tongue<'_>, change: &RunoutChange) -> Line {
    let then = change.then.as_ref().map_or_else(|| t.not_known(), |day| told_day(t, day));
    let moved = say!(
        t,
        "since-runout",
        area = t.name(&change.name),
        shift = shift(t, change),
        then = then,
        now = told_day(t, &change.now)
    );
    let sources = change.causes.iter().flat_map(|cause| &cause.sources);
    let text = format!("{moved} {}", why(t, change));
    Line::of(text, Novelty::Since, sources)
}

/// Where the day went, and by how many days where that is known.
fn shift(t: Tongue<'_>, change: &RunoutChange) -> String {
    let name = match (change.shift, change.moved_days, change.is_floor) {
        (Shift::Nearer, Some(_), false) => "since-nearer-days",
        (Shift::Nearer, Some(_), true) => "since-floor-nearer",
        (Shift::Nearer | Shift::Later, None, true) => "since-floor",
        (Shift::Nearer, None, false) => "since-nearer",
        (Shift::Later, Some(_), false) => "since-later-days",
        (Shift::Later, Some(_), true) => "since-floor-later",
        (Shift::Later, None, false) => "since-later",
        (Shift::Gone, ..) => "since-gone",
        (Shift::Known, ..) => "since-known",
        (Shift::Unknown, ..) => "since-unknown",
    };
    match change.moved_days {
        Some(days) => say!(t, name, count = days.unsigned_abs()),
        None => t.word(name),
    }
}

fn told_day(t: Tongue<'_>, day: &RunoutDay) -> String {
    let about = |on| say!(t, "since-about", day = t.short_date(on));
    match day.status {
        OutlookStatus::Dated => day.runs_out_on.p50.map_or_else(|| t.not_known(), about),
        OutlookStatus::AlreadyOut => t.word("since-eaten"),
        OutlookStatus::NotWithinHorizon => say!(t, "since-not-within", days = day.horizon_days),
        OutlookStatus::NoNeed => t.word("lasts-nobody"),
        OutlookStatus::UnknownStock
        | OutlookStatus::UnknownPopulation
        | OutlookStatus::UnknownNeed => day.not_before.map_or_else(
            || t.not_known(),
            |on| say!(t, "since-not-before", day = t.short_date(on)),
        ),
    }
}

/// Why the day moved: by what moves it that way. What was learned too and moves it the other way is said beside it.
fn why(t: Tongue<'_>, change: &RunoutChange) -> String {
    let (with, against): (Vec<_>, Vec<_>) =
        change.causes.iter().partition(|cause| cause.may_move(change.shift));
    let beside = (!against.is_empty())
        .then(|| format!(" {}", say!(t, "since-why-although", causes = row_of(t, &against))));
    let why = if !with.is_empty() {
        say!(t, "since-why", causes = row_of(t, &with))
    } else if !against.is_empty() {
        t.word("since-why-not-told")
    } else if change.shift == Shift::Gone {
        t.word("since-why-eaten")
    } else {
        t.word("since-why-none")
    };
    format!("{why}{}", beside.unwrap_or_default())
}

/// The first of them, and how many more.
fn row_of(t: Tongue<'_>, causes: &[&RunoutCause]) -> String {
    let each = causes.iter().take(MOST_CAUSES).map(|told| cause(t, told));
    let left = causes.len().saturating_sub(MOST_CAUSES);
    let left = (left > 0).then(|| t.several(left, "since-more-causes"));
    t.parts(&each.chain(left).collect::<Vec<_>>())
}

/// A record that moved the day.
pub(in crate::report) fn cause(t: Tongue<'_>, cause: &RunoutCause) -> String {
    let name = format!("since-cause-{}", cause.cause.as_str());
    let told = say!(t, &name, day = t.short_day(cause.day));
    match mark(t, cause.novelty) {
        Some(mark) => say!(t, "since-marked", told = told, mark = mark),
        None => told,
    }
}

fn convoy(t: Tongue<'_>, change: &ConvoyChange) -> Line {
    let to = if change.to.is_empty() { t.word("area-not-named") } else { t.names(&change.to) };
    let (fate, day) = (t.choice("fate", change.fate.as_str()), t.some_day(change.day.as_ref()));
    let text = match (&change.convoy, &change.incident) {
        (Some(code), None) => {
            let mission = (!change.carries_goods).then(|| t.word("since-mission"));
            let convoy = format!("{}{}", t.text(code), mission.unwrap_or_default());
            let what = say!(t, "since-convoy", convoy = convoy, to = to, fate = fate, day = day);
            format!("{what} {}", people(t, change))
        }
        (code, _) => {
            let named = change.title.as_ref().or(code.as_ref());
            let what = named.map_or_else(|| t.word("since-a-convoy"), |title| t.text(title));
            say!(t, "since-on-a-convoy", what = what, to = to, fate = fate, day = day)
        }
    };
    Line::of(text, change.novelty, &change.sources)
}

fn people(t: Tongue<'_>, change: &ConvoyChange) -> String {
    match change.fate {
        Fate::Arrived => say!(t, "since-reached", people = t.range(change.people_reached)),
        Fate::Attacked | Fate::Looted | Fate::Lost | Fate::Denied | Fate::TurnedBack => {
            let (trucks, people) = (t.range(change.trucks), t.range(change.people_targeted));
            say!(t, "since-meant", trucks = trucks, people = people)
        }
    }
}

fn pause(t: Tongue<'_>, change: &PauseChange) -> Line {
    let broken = change.broken.as_ref().map(|breach| phrase::violation_line(t, breach));
    let answered = change.answered.as_ref().map(|answer| {
        let line = say!(
            t,
            "answer-line",
            party = t.name(&answer.party),
            answer = t.choice("answer", answer.answer.as_str()),
            day = t.some_day(answer.day.as_ref())
        );
        let conditions = answer.conditions.as_ref();
        let conditions =
            conditions.map(|text| say!(t, "answer-conditions", conditions = t.text(text)));
        format!("{line}{}", conditions.unwrap_or_default())
    });
    let quoted = say!(t, "pause-quoted", pause = t.text(&change.title));
    let what = broken.or(answered).unwrap_or_default();
    Line::of(say!(t, "since-pause", pause = quoted, what = what), change.novelty, change.source())
}

fn population(t: Tongue<'_>, change: &PopulationChange) -> Line {
    let (place, metric) = (t.name(&change.name), t.choice("metric", change.metric.as_str()));
    let figure = |stated: &Stated| {
        let day = t.some_day(stated.day.as_ref());
        say!(t, "since-counted", people = t.range(stated.figure), day = day)
    };
    let either = change.now.as_ref().or(change.then.as_ref());
    let by = t.author(either.and_then(|stated| stated.by.as_ref()));
    let head = say!(t, "since-count-of", place = place, metric = metric, by = by);
    let text = match (&change.then, &change.now) {
        (Some(then), Some(now)) => {
            say!(t, "since-count", of = head, then = figure(then), now = figure(now))
        }
        (Some(then), None) => say!(t, "since-count-gone", of = head, then = figure(then)),
        (None, now) => {
            let now = now.as_ref().map_or_else(|| t.not_known(), figure);
            let first = say!(t, "since-count-first", of = head, now = now);
            let beside = change.newest_then.as_ref().map(|newest| {
                let by = t.author(newest.by.as_ref());
                format!(" {}", say!(t, "since-count-beside", figure = figure(newest), by = by))
            });
            format!("{first}{}", beside.unwrap_or_default())
        }
    };
    Line::of(text, change.novelty, change.sources())
}

fn stale(t: Tongue<'_>, change: &StaleChange) -> Line {
    let name = match change.estimate {
        Estimate::People => "since-stale-people",
        Estimate::Stock => "since-stale-stock",
    };
    let text = say!(
        t,
        name,
        area = t.name(&change.name),
        day = t.some_day(change.day.as_ref()),
        age = change.age_days,
        limit = change.limit_days
    );
    Line::of(text, Novelty::Since, &change.sources)
}
