//! The report as plain text for mail and slow lines: at most 76 columns, always under 20 KB.
//!
//! Where the lists are too long for that, each is cut after its first lines and says how many are left out.

mod lines;
mod outlook;
mod rows;
mod since;

use std::collections::HashMap;

use super::{Finding, Report, phrase, words};
use crate::domain::{Language, Scheme, Section};
use crate::situation::alert::Severity;
use crate::tongue::{Tongue, say};

/// Bytes in a report, fewer than.
pub const LIMIT_BYTES: usize = 20_000;

/// What is kept of the lists, the most generous first. Areas and sources may have three times as many lines.
const LIMITS: [Limits; 12] = [
    Limits { lines: usize::MAX, letters: 900, has_addresses: true },
    Limits { lines: usize::MAX, letters: 900, has_addresses: false },
    Limits { lines: 24, letters: 700, has_addresses: false },
    Limits { lines: 18, letters: 600, has_addresses: false },
    Limits { lines: 14, letters: 600, has_addresses: false },
    Limits { lines: 11, letters: 500, has_addresses: false },
    Limits { lines: 9, letters: 400, has_addresses: false },
    Limits { lines: 7, letters: 300, has_addresses: false },
    Limits { lines: 5, letters: 240, has_addresses: false },
    Limits { lines: 3, letters: 200, has_addresses: false },
    Limits { lines: 1, letters: 160, has_addresses: false },
    Limits { lines: 0, letters: 80, has_addresses: false },
];

#[derive(Clone, Copy)]
struct Limits {
    lines: usize,
    letters: usize,
    has_addresses: bool,
}

/// The report as plain text in a language, under [`LIMIT_BYTES`].
#[must_use]
pub fn plain(report: &Report, language: Language) -> String {
    let mut text = String::new();
    for limits in LIMITS {
        text = Page::new(report, language, limits).written();
        if text.len() < LIMIT_BYTES {
            break;
        }
    }
    text
}

/// Writes one part.
type Write<'r> = fn(&mut Page<'r>);

struct Page<'r> {
    report: &'r Report,
    t: Tongue<'r>,
    limits: Limits,
    places: HashMap<&'r str, usize>,
    out: String,
}

impl<'r> Page<'r> {
    fn new(report: &'r Report, language: Language, limits: Limits) -> Self {
        let sources = report.sources.iter().enumerate();
        let places = sources.map(|(place, source)| (source.code.as_str(), place + 1)).collect();
        Self { report, t: report.tongue(language), limits, places, out: String::new() }
    }

    fn written(mut self) -> String {
        self.head();
        self.ends_first();
        self.numbers();
        let parts: [(Section, Write<'r>); 8] = [
            (Section::Changes, Self::changes),
            (Section::Outlook, Self::outlook),
            (Section::Alerts, Self::alerts),
            (Section::Areas, Self::areas),
            (Section::Convoys, Self::convoys),
            (Section::Pauses, Self::pauses),
            (Section::Statements, Self::statements),
            (Section::Incidents, Self::incidents),
        ];
        for (section, write) in parts {
            if self.report.has(section) {
                write(&mut self);
            }
        }
        self.notes();
        self.ledger();
        self.out
    }

    fn head(&mut self) {
        let (report, t) = (self.report, self.t);
        self.line(&t.word("situation-report").to_uppercase());
        self.line(&t.word("slogan"));
        self.line(&t.date(report.as_of.date_naive()));
        self.line("");
        self.frame("frame-shows", &t.instant(report.as_of));
        self.frame("frame-known-by", &t.instant(report.known_at));
        self.frame("frame-period", &t.span(report.period));
        self.frame("frame-compared", &phrase::compared(t, report));
        if let Some(withheld) = phrase::withheld(t, report) {
            self.line("");
            self.paragraph("", 0, &withheld);
        }
        let shortened = match (self.limits.lines, self.limits.has_addresses) {
            (usize::MAX, true) => return,
            (usize::MAX, false) => "addresses-left-out",
            _ => "lists-shortened",
        };
        self.line("");
        self.sentence("", shortened);
    }

    fn frame(&mut self, name: &str, text: &str) {
        const WIDTH: usize = 15;
        let label = say!(self.t, "label", label = self.t.word(name));
        self.paragraph(&format!("{label:<WIDTH$}"), WIDTH, text);
    }

    fn numbers(&mut self) {
        let (t, head) = (self.t, &self.report.headline);
        self.heading("three-numbers");
        match head.besieged.un() {
            None => self.sentence("1. ", "besieged-not-known"),
            Some(un) => {
                let single = words::is_single(un.people.figure);
                let single = single.then(|| t.word("single-figure"));
                let text = say!(t, "besieged-line", total = self.total(un));
                let text: Vec<String> = std::iter::once(text).chain(single).collect();
                self.paragraph("1. ", 3, &text.join(" "));
            }
        }
        for other in head.besieged.counts.iter().filter(|count| count.scheme != Scheme::Un) {
            let (by, total) = (t.scheme(other.scheme), self.total(other));
            self.paragraph("   ", 3, &say!(t, "counted-by", by = by, total = total));
        }
        if let Some(spread) = head.besieged.spread {
            self.paragraph("   ", 3, &say!(t, "spread-text", share = t.percent(spread)));
        }
        let unknown = head.reached.arrivals_of_unknown_size;
        let unknown = (unknown > 0).then(|| t.several(unknown, "reached-number-not-known"));
        let text = say!(
            t,
            "reached-line",
            people = t.for_reading(head.reached.people.figure),
            cite = self.cite(&head.reached.people.sources),
            arrived = phrase::arrived(t, &head.reached)
        );
        let text: Vec<String> = std::iter::once(text).chain(unknown).collect();
        self.paragraph("2. ", 3, &text.join(" "));
        self.waiting();
    }

    fn waiting(&mut self) {
        let (t, waiting) = (self.t, &self.report.headline.without_arrival);
        let what = say!(t, "waiting", days = waiting.threshold_days);
        if waiting.areas_listed == 0 {
            self.paragraph("3. ", 3, &say!(t, "waiting-not-known", what = what));
            return;
        }
        let text = say!(
            t,
            "waiting-line",
            what = what,
            areas = waiting.areas,
            listed = waiting.areas_listed,
            people = t.for_reading(waiting.people.figure),
            uncounted = phrase::without_count(t, waiting),
            cite = self.cite(&waiting.people.sources),
            without = waiting.areas_without_any
        );
        self.paragraph("3. ", 3, &text);
    }

    fn changes(&mut self) {
        let report = self.report;
        self.heading("what-changed");
        self.paragraph("", 0, &phrase::since(self.t, report));
        if report.before.is_blank {
            self.sentence("- ", "nothing-before");
            return;
        }
        if report.changes.is_empty() {
            self.sentence("- ", "no-change");
            if report.changes.since.is_some() {
                self.sentence("- ", "since-none");
            }
            return;
        }
        self.since();
        let lines = self.changed();
        self.list_of(&lines, self.limits.lines.saturating_mul(2), "left-out-change");
    }

    fn changed(&self) -> Vec<String> {
        let (t, changes, alerts) = (self.t, &self.report.changes, &self.report.alerts);
        let numbers = changes.headline.iter().map(|change| {
            format!("{}{}", phrase::number_change(t, change), self.cite(&change.now.sources))
        });
        let listings = changes.listings.iter().map(|change| {
            let (then, now) = (t.status(change.then), t.status(change.now));
            let (by, cite) = (t.scheme(change.scheme), self.cite(&change.sources));
            let area = t.name(&change.name);
            say!(t, "listing-changed", area = area, then = then, now = now, by = by, cite = cite)
        });
        let new = alerts.iter().filter(|alert| alert.is_new);
        let (grave, milder): (Vec<&Finding>, Vec<&Finding>) =
            new.partition(|alert| alert.severity >= Severity::High);
        let grave = grave.iter().map(|alert| {
            let (severity, text) = (t.severity(alert.severity), phrase::alert(t, alert));
            say!(t, "new-alert", severity = severity, text = text)
        });
        let graver = changes.graver.iter().filter_map(|change| {
            let alert = alerts.iter().find(|alert| alert.key == change.key)?;
            let (severity, was) = (t.severity(alert.severity), t.severity(change.was));
            let text = phrase::alert(t, alert);
            Some(say!(t, "graver-alert", severity = severity, was = was, text = text))
        });
        let ended = changes.ended.iter();
        let ended = ended.map(|alert| say!(t, "ended-alert", text = phrase::alert(t, alert)));
        let milder = (!milder.is_empty()).then(|| t.several(milder.len(), "new-milder"));
        numbers.chain(listings).chain(grave).chain(graver).chain(ended).chain(milder).collect()
    }

    fn alerts(&mut self) {
        self.heading("alerts");
        if self.report.alerts.is_empty() {
            self.sentence("", "alerts-none");
        }
        for severity in Severity::ALL.iter().rev() {
            let own: Vec<&Finding> =
                self.report.alerts.iter().filter(|alert| alert.severity == *severity).collect();
            if own.is_empty() {
                continue;
            }
            let name = self.t.severity(*severity).to_uppercase();
            self.line(&format!("{name} ({})", own.len()));
            // Each rule has its share of the lines, or thirty late deliveries would hide the one hospital.
            for group in own.chunk_by(|a, b| a.rule == b.rule) {
                let lines: Vec<String> = group.iter().map(|alert| self.alert(alert)).collect();
                self.list_of(&lines, self.limits.lines.div_ceil(2), "left-out-alert");
            }
        }
    }

    fn alert(&self, alert: &Finding) -> String {
        let text = format!("{}{}", phrase::alert(self.t, alert), self.cite(&alert.sources));
        if alert.is_new { format!("{} {text}", self.t.word("new-mark")) } else { text }
    }
}
