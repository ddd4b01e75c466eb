//! The report as plain text for mail and slow lines: at most 76 columns, always under 20 KB.
//!
//! Where the lists are too long for that, each is cut after its first lines and says how many are left out.

mod lines;
mod outlook;
mod rows;

use std::collections::HashMap;

use super::words::{self, range, several};
use super::{Finding, Report, phrase};
use crate::domain::Scheme;
use crate::situation::alert::Severity;

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

/// The report as plain text, under [`LIMIT_BYTES`].
#[must_use]
pub fn plain(report: &Report) -> String {
    let mut text = String::new();
    for limits in LIMITS {
        text = Page::new(report, limits).written();
        if text.len() < LIMIT_BYTES {
            break;
        }
    }
    text
}

struct Page<'r> {
    report: &'r Report,
    limits: Limits,
    places: HashMap<&'r str, usize>,
    out: String,
}

impl<'r> Page<'r> {
    fn new(report: &'r Report, limits: Limits) -> Self {
        let sources = report.sources.iter().enumerate();
        let places = sources.map(|(place, source)| (source.code.as_str(), place + 1)).collect();
        Self { report, limits, places, out: String::new() }
    }

    fn written(mut self) -> String {
        self.head();
        self.ends_first();
        self.numbers();
        self.changes();
        self.outlook();
        self.alerts();
        self.areas();
        self.convoys();
        self.pauses();
        self.said();
        self.notes();
        self.ledger();
        self.out
    }

    fn head(&mut self) {
        let report = self.report;
        self.line("SITUATION REPORT");
        self.line("Who is cut off, and what got through");
        self.line(&words::date(report.as_of.date_naive()));
        self.line("");
        self.paragraph("Shows:         ", 15, &words::instant(report.as_of));
        self.paragraph("Known by:      ", 15, &words::instant(report.known_at));
        self.paragraph("Period:        ", 15, &words::period(report.period));
        self.paragraph("Compared with: ", 15, &phrase::compared(report));
        if let Some(withheld) = &report.withheld {
            self.line("");
            self.paragraph("", 0, withheld);
        }
        let shortened = match (self.limits.lines, self.limits.has_addresses) {
            (usize::MAX, true) => return,
            (usize::MAX, false) => "Addresses of sources are left out",
            _ => "Lists are shortened and addresses of sources left out",
        };
        self.line("");
        let text = format!(
            "{shortened} so that this text stays under 20 KB. The HTML and JSON forms are complete."
        );
        self.paragraph("", 0, &text);
    }

    fn numbers(&mut self) {
        let head = &self.report.headline;
        self.heading("Three numbers");
        match head.besieged.un() {
            None => self.paragraph(
                "1. ",
                3,
                "People besieged: not known. No total of the United Nations list was known.",
            ),
            Some(un) => {
                let single = if words::is_single(un.people.figure) {
                    " One figure, given without a range."
                } else {
                    ""
                };
                let text = format!("People besieged: {}.{single}", self.total(un));
                self.paragraph("1. ", 3, &text);
            }
        }
        for other in head.besieged.counts.iter().filter(|count| count.scheme != Scheme::Un) {
            let text =
                format!("Counted by {}: {}.", words::scheme(other.scheme), self.total(other));
            self.paragraph("   ", 3, &text);
        }
        if let Some(spread) = head.besieged.spread {
            let text = format!(
                "The smaller total is {} % below the larger; they rest on different lists and are not added.",
                phrase::percent(spread)
            );
            self.paragraph("   ", 3, &text);
        }
        let unknown = match head.reached.arrivals_of_unknown_size {
            0 => String::new(),
            some => format!(" For {} the number is not known.", several(some, "arrival")),
        };
        let text = format!(
            "People reached by convoys that arrived in the period: {}{}. {}{unknown}",
            range(head.reached.people.figure),
            self.cite(&head.reached.people.sources),
            phrase::arrived(&head.reached)
        );
        self.paragraph("2. ", 3, &text);
        self.waiting();
    }

    fn waiting(&mut self) {
        let waiting = &self.report.headline.without_arrival;
        let days = words::number(waiting.threshold_days);
        let what = format!(
            "Besieged or hard-to-reach areas with no known arrival for {days} days or more"
        );
        if waiting.areas_listed == 0 {
            self.paragraph(
                "3. ",
                3,
                &format!("{what}: not known. No area was known to be listed by anybody."),
            );
            return;
        }
        let uncounted = match waiting.areas_without_count {
            0 => String::new(),
            some => format!("; for {} there is no count of their own", several(some, "area")),
        };
        let text = format!(
            "{what}: {} of {} that anybody lists. People there: {} by {}{uncounted}{}. In {} of them no arrival was ever \
             recorded here, which does not prove that nothing arrived.",
            waiting.areas,
            waiting.areas_listed,
            range(waiting.people.figure),
            words::BY_LATEST,
            self.cite(&waiting.people.sources),
            waiting.areas_without_any
        );
        self.paragraph("3. ", 3, &text);
    }

    fn changes(&mut self) {
        let report = self.report;
        self.heading("What changed");
        let since = if report.before.is_report {
            "the last report of this schedule"
        } else {
            "the beginning of the period; there is no earlier report of this schedule"
        };
        self.paragraph("", 0, &format!("Since {}, {since}.", words::instant(report.before.as_of)));
        if report.before.is_blank {
            self.paragraph(
                "- ",
                2,
                "Nothing was recorded here for that time, so that no change can be told.",
            );
            return;
        }
        if report.changes.is_empty() {
            self.paragraph(
                "- ",
                2,
                "No change in the three numbers, in the lists or in the alerts.",
            );
            return;
        }
        let lines = self.changed();
        self.list_of(&lines, self.limits.lines.saturating_mul(2), "change");
    }

    fn changed(&self) -> Vec<String> {
        let (changes, alerts) = (&self.report.changes, &self.report.alerts);
        let numbers = changes.headline.iter().map(|change| {
            format!("{}{}", phrase::number_change(change), self.cite(&change.now.sources))
        });
        let listings = changes.listings.iter().map(|change| {
            let (then, now) = (words::status(change.then), words::status(change.now));
            let (by, cite) = (words::scheme(change.scheme), self.cite(&change.sources));
            format!("{}: {then} before, now {now}, by the count of {by}{cite}.", change.name)
        });
        let new = alerts.iter().filter(|alert| alert.is_new);
        let (grave, milder): (Vec<&Finding>, Vec<&Finding>) =
            new.partition(|alert| alert.severity >= Severity::High);
        let grave = grave.iter().map(|alert| format!("New, {}: {}", alert.severity, alert.text));
        let graver = changes.graver.iter().filter_map(|change| {
            let alert = alerts.iter().find(|alert| alert.key == change.key)?;
            Some(format!("Graver, {}, was {}: {}", alert.severity, change.was, alert.text))
        });
        let ended = changes.ended.iter().map(|alert| format!("No longer an alert: {}", alert.text));
        let milder = (!milder.is_empty()).then(|| {
            format!("New, of medium or low severity: {}.", several(milder.len(), "further alert"))
        });
        numbers.chain(listings).chain(grave).chain(graver).chain(ended).chain(milder).collect()
    }

    fn alerts(&mut self) {
        self.heading("Alerts");
        if self.report.alerts.is_empty() {
            self.paragraph("", 0, "No rule found anything.");
        }
        for severity in Severity::ALL.iter().rev() {
            let own: Vec<&Finding> =
                self.report.alerts.iter().filter(|alert| alert.severity == *severity).collect();
            if own.is_empty() {
                continue;
            }
            self.line(&format!("{} ({})", severity.as_str().to_uppercase(), own.len()));
            // Each rule has its share of the lines, or thirty late deliveries would hide the one hospital.
            for group in own.chunk_by(|a, b| a.rule == b.rule) {
                let lines: Vec<String> = group.iter().map(|alert| self.alert(alert)).collect();
                self.list_of(&lines, self.limits.lines.div_ceil(2), "alert");
            }
        }
    }

    fn alert(&self, alert: &Finding) -> String {
        let new = if alert.is_new { "(new) " } else { "" };
        format!("{new}{}{}", alert.text, self.cite(&alert.sources))
    }
}
