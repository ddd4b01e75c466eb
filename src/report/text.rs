//! The report as plain text for mail and slow lines: at most 76 columns, always under 20 KB.
//!
//! Where the lists are too long for that, each is cut after its first lines and says how many are left out.

use std::collections::HashMap;

use super::area::AreaRow;
use super::convoy::ConvoyRow;
use super::pause::PauseRow;
use super::stated::Stated;
use super::words::{self, range, several, some_day};
use super::{Finding, Report, phrase};
use crate::domain::Scheme;
use crate::situation::alert::Severity;

/// Characters in a line, at most.
const COLUMNS: usize = 76;

/// Bytes in a report, fewer than.
pub const LIMIT_BYTES: usize = 20_000;

/// Characters of a paragraph, at most: a name or a text of a source can be very long.
const LONGEST: usize = 900;

/// How many lines of a list and characters of a line are kept, the most generous first.
const LIMITS: [Limits; 13] = [
    Limits { lines: usize::MAX, letters: 600 },
    Limits { lines: 60, letters: 600 },
    Limits { lines: 45, letters: 500 },
    Limits { lines: 35, letters: 400 },
    Limits { lines: 27, letters: 300 },
    Limits { lines: 21, letters: 300 },
    Limits { lines: 16, letters: 300 },
    Limits { lines: 12, letters: 240 },
    Limits { lines: 9, letters: 240 },
    Limits { lines: 6, letters: 200 },
    Limits { lines: 4, letters: 160 },
    Limits { lines: 2, letters: 120 },
    Limits { lines: 0, letters: 80 },
];

#[derive(Clone, Copy)]
struct Limits {
    lines: usize,
    letters: usize,
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
        self.numbers();
        self.changes();
        self.alerts();
        self.areas();
        self.convoys();
        self.pauses();
        self.said();
        self.notes();
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
        if self.limits.lines != usize::MAX {
            self.line("");
            self.paragraph(
                "",
                0,
                "The lists below are shortened so that this text stays under 20 KB. They are complete in the HTML and \
                 JSON forms of this report.",
            );
        }
    }

    fn numbers(&mut self) {
        let head = &self.report.headline;
        self.heading("Three numbers");
        match head.besieged.un() {
            None => self.paragraph("1. ", 3, "People besieged: not known. No total of the United Nations list was known."),
            Some(un) => {
                let places = un.places.map(|places| format!(" in {places} places")).unwrap_or_default();
                let single = if words::is_single(un.people.figure) { " One figure, given without a range." } else { "" };
                let text = format!("People besieged: {}{places}, {}.{single}", range(un.people.figure), self.by(&un.people));
                self.paragraph("1. ", 3, &text);
            }
        }
        for other in head.besieged.counts.iter().filter(|count| count.scheme != Scheme::Un) {
            let places = other.places.map(|places| format!(" in {places} places")).unwrap_or_default();
            let text = format!("{} counts {}{places}, {}.", words::scheme(other.scheme), range(other.people.figure), self.by(&other.people));
            self.paragraph("   ", 3, &text);
        }
        if let Some(spread) = head.besieged.spread {
            let text = format!("The smaller total is {} % below the larger; they rest on different lists and are not added.", phrase::percent(spread));
            self.paragraph("   ", 3, &text);
        }
        let unknown = match head.reached.arrivals_of_unknown_size {
            0 => String::new(),
            some => format!(" For {} the number is not known.", several(some, "arrival")),
        };
        let text = format!(
            "People reached by convoys that arrived in the period: {}{}. {}{unknown}",
            range(head.reached.people.figure), self.cite(&head.reached.people.sources), phrase::arrived(&head.reached)
        );
        self.paragraph("2. ", 3, &text);
        self.waiting();
    }

    fn waiting(&mut self) {
        let waiting = &self.report.headline.without_arrival;
        let days = words::number(waiting.threshold_days);
        let what = format!("Besieged or hard-to-reach areas with no known arrival for {days} days or more");
        if waiting.areas_listed == 0 {
            self.paragraph("3. ", 3, &format!("{what}: not known. No area was known to be listed by anybody."));
            return;
        }
        let uncounted = match waiting.areas_without_count {
            0 => String::new(),
            some => format!("; for {} there is no count", several(some, "area")),
        };
        let text = format!(
            "{what}: {} of {} listed by anybody. People there: {} by {}{uncounted}{}. In {} of them no arrival was ever \
             recorded here, which does not prove that nothing arrived.",
            waiting.areas, waiting.areas_listed, range(waiting.people.figure), words::BY_LATEST,
            self.cite(&waiting.people.sources), waiting.areas_without_any
        );
        self.paragraph("3. ", 3, &text);
    }

    fn changes(&mut self) {
        let report = self.report;
        self.heading("What changed");
        let since = if report.before.is_report { "the last report of this schedule" } else { "the beginning of the period; there is no earlier report of this schedule" };
        self.paragraph("", 0, &format!("Since {}, {since}.", words::instant(report.before.as_of)));
        if report.before.is_blank {
            self.paragraph("- ", 2, "Nothing was recorded here for that time, so that no change can be told.");
            return;
        }
        if report.changes.is_empty() {
            self.paragraph("- ", 2, "No change in the three numbers, in the lists or in the alerts.");
            return;
        }
        let numbers = report.changes.headline.iter().map(|c| format!("{}{}", phrase::number_change(c), self.cite(&c.now.sources)));
        let mut lines: Vec<String> = numbers.collect();
        lines.extend(report.changes.listings.iter().map(|change| {
            let (then, now) = (words::status(change.then), words::status(change.now));
            let by = words::scheme(change.scheme);
            format!("{}: {then} before, now {now}, by the count of {by}{}.", change.name, self.cite(&change.sources))
        }));
        let new = report.alerts.iter().filter(|alert| alert.is_new);
        let (grave, milder): (Vec<&Finding>, Vec<&Finding>) = new.partition(|alert| alert.severity >= Severity::High);
        lines.extend(grave.iter().map(|alert| format!("New, {}: {}", alert.severity, alert.text)));
        lines.extend(report.changes.graver.iter().filter_map(|change| {
            let alert = report.alerts.iter().find(|alert| alert.key == change.key)?;
            Some(format!("Graver, {}, was {}: {}", alert.severity, change.was, alert.text))
        }));
        lines.extend(report.changes.ended.iter().map(|alert| format!("Over: {} This no longer holds.", alert.text)));
        if !milder.is_empty() {
            lines.push(format!("{} of medium or low severity new.", several(milder.len(), "further alert")));
        }
        self.list(&lines, "change");
    }

    fn alerts(&mut self) {
        self.heading("Alerts");
        if self.report.alerts.is_empty() {
            self.paragraph("", 0, "No rule found anything.");
        }
        for severity in Severity::ALL.iter().rev() {
            let own: Vec<&Finding> = self.report.alerts.iter().filter(|alert| alert.severity == *severity).collect();
            if own.is_empty() {
                continue;
            }
            self.line(&format!("{} ({})", severity.as_str().to_uppercase(), own.len()));
            let lines: Vec<String> = own
                .iter()
                .map(|alert| format!("{}{}{}", if alert.is_new { "(new) " } else { "" }, alert.text, self.cite(&alert.sources)))
                .collect();
            self.list(&lines, "alert");
        }
    }

    fn areas(&mut self) {
        self.heading("Areas listed as besieged or hard to reach");
        let lines: Vec<String> = self.report.areas.iter().map(|row| self.area(row)).collect();
        if lines.is_empty() {
            self.paragraph("", 0, "No area was known to be listed by anybody.");
        }
        self.list(&lines, "area");
    }

    fn area(&self, row: &AreaRow) -> String {
        let admin1 = row.admin1.as_ref().map(|admin1| format!(" ({admin1})")).unwrap_or_default();
        let listed: Vec<String> = row
            .listings
            .iter()
            .map(|l| format!("{} {}, {}{}", words::short_scheme(l.scheme), words::status(Some(l.status)), some_day(l.day.as_ref()), self.cite(&l.sources)))
            .collect();
        let people = match row.people.first() {
            None => words::NOT_KNOWN.to_owned(),
            Some(people) => format!("{} {}", range(people.figure), self.by(people)),
        };
        let differ = if row.sources_differ { "; sources differ" } else { "" };
        let arrival = match row.last_arrival {
            None => "none known".to_owned(),
            Some(day) => format!("{}, {}{}", words::short_day(day), phrase::days_ago(row), self.cite(&row.last_arrival_sources)),
        };
        let need = if row.arrivals_in_30_days == 0 { "no arrival known".to_owned() } else { words::share(row.share_of_need) };
        format!(
            "{}{admin1}. {}. People: {people}{differ}. Last known arrival: {arrival}. Food need met in 30 days: {need}. Convoys of the period: {}.",
            row.name, listed.join("; "), phrase::convoys(row)
        )
    }

    fn convoys(&mut self) {
        self.heading("Convoys of the period");
        let lines: Vec<String> = self.report.convoys.iter().map(|row| self.convoy(row)).collect();
        if lines.is_empty() {
            self.paragraph("", 0, "No convoy is known to have been planned, asked for or on its way.");
        }
        self.list(&lines, "convoy");
    }

    fn convoy(&self, row: &ConvoyRow) -> String {
        let to = if row.to.is_empty() { "an area not named".to_owned() } else { row.to.join(", ") };
        let uncounted = if row.is_counted { String::new() } else { format!(" ({})", phrase::uncounted(row)) };
        let assumed = if row.cargo_is_assumed { ", cargo assumed" } else { "" };
        format!(
            "{} to {to}{uncounted}: {}, {}. Trucks: {}. People meant: {}, reached: {}, by the sources. Its cargo feeds \
             for 30 days: {}{assumed}. Taken off: {}{}.",
            row.code, words::plain(row.stage.as_str()).to_lowercase(), some_day(row.day.as_ref()), range(row.trucks),
            range(row.people_targeted), range(row.people_reached), range(row.people_fed_30_days), phrase::removed(row),
            self.cite(&row.sources)
        )
    }

    fn pauses(&mut self) {
        self.heading("Pauses in fighting, and who has not answered");
        let lines: Vec<String> = self.report.pauses.iter().map(|row| self.pause(row)).collect();
        if lines.is_empty() {
            self.paragraph("", 0, "No pause is known to be asked for or in force.");
        }
        self.list(&lines, "pause");
    }

    fn pause(&self, row: &PauseRow) -> String {
        let mut parts = vec![format!("{} ({}). {}{}", row.title, phrase::state(row.state), phrase::pause_line(row), self.cite(&row.sources))];
        parts.extend(row.answers.iter().map(|answer| {
            let what = words::plain(answer.answer.as_str()).to_lowercase();
            format!("{}: {what}, {}.", answer.party, some_day(answer.day.as_ref()))
        }));
        if !row.silent.is_empty() {
            parts.push(format!("No answer is known from: {}.", row.silent.join("; ")));
        }
        parts.extend(row.violations.iter().map(|violation| format!("{}.", phrase::violation_line(violation))));
        parts.join(" ")
    }

    fn said(&mut self) {
        self.heading("What sources say");
        let statements = self.report.statements.iter();
        let lines: Vec<String> = statements
            .map(|row| format!("{}, {}: {}{}", some_day(row.day.as_ref()), row.by.as_deref().unwrap_or("author not named"), row.text, self.cite(&row.sources)))
            .collect();
        if lines.is_empty() {
            self.paragraph("", 0, "No statement of the period is recorded.");
        }
        self.list(&lines, "statement");
        self.heading("Incidents of the period, as reported");
        let incidents = self.report.incidents.iter();
        let lines: Vec<String> = incidents
            .map(|row| {
                let by = row.attributed_to.as_ref().map(|by| format!(" Attributed by the source to: {by}.")).unwrap_or_default();
                format!("{}: {}. Killed: {}. Injured: {}.{by}{}", phrase::days(row), row.title, range(row.killed), range(row.injured), self.cite(&row.sources))
            })
            .collect();
        if lines.is_empty() {
            self.paragraph("", 0, "No incident of the period is recorded.");
        }
        self.list(&lines, "incident");
    }

    fn notes(&mut self) {
        self.heading("How to read this report");
        for term in &self.report.how_to_read {
            self.paragraph("", 2, &format!("{}: {}", term.term, term.meaning));
        }
        self.heading("Sources");
        let sources = self.report.sources.iter().enumerate();
        let lines: Vec<String> = sources
            .map(|(place, source)| {
                let url = source.url.as_ref().map(|url| format!(" {url}")).unwrap_or_default();
                format!("[{}] {}{}{url}", place + 1, source.name, phrase::published(source))
            })
            .collect();
        for line in lines.iter().take(self.limits.lines) {
            self.paragraph("", 5, line);
        }
        self.left_out(lines.len(), "source");
    }

    /// `by …, 21 Jul 2016 [3]`.
    fn by(&self, stated: &Stated) -> String {
        let by = stated.by.as_deref().unwrap_or("an author not named");
        format!("by {by}, {}{}", some_day(stated.day.as_ref()), self.cite(&stated.sources))
    }

    fn cite(&self, codes: &[String]) -> String {
        let mut places: Vec<usize> = codes.iter().filter_map(|code| self.places.get(code.as_str()).copied()).collect();
        places.sort_unstable();
        let places: Vec<String> = places.iter().map(ToString::to_string).collect();
        if places.is_empty() { String::new() } else { format!(" [{}]", places.join(", ")) }
    }

    fn heading(&mut self, text: &str) {
        self.line("");
        self.line(&text.to_uppercase());
        self.line(&"-".repeat(text.chars().count()));
    }

    fn list(&mut self, lines: &[String], what: &str) {
        for line in lines.iter().take(self.limits.lines) {
            self.paragraph("- ", 2, &clipped(line, self.limits.letters));
        }
        self.left_out(lines.len(), what);
    }

    fn left_out(&mut self, all: usize, what: &str) {
        let left = all.saturating_sub(self.limits.lines);
        if left > 0 {
            self.paragraph("  ", 2, &format!("… and {}, in the HTML and JSON forms.", several(left, &format!("more {what}"))));
        }
    }

    fn line(&mut self, text: &str) {
        self.out.push_str(text);
        self.out.push('\n');
    }

    /// Writes a text that begins with `first` and goes on under it, never wider than the page.
    fn paragraph(&mut self, first: &str, hang: usize, text: &str) {
        let mut line = first.to_owned();
        let mut is_begun = false;
        for word in clipped(text, LONGEST).split_whitespace() {
            if is_begun && line.chars().count() + 1 + word.chars().count() > COLUMNS {
                self.line(line.trim_end());
                line = " ".repeat(hang);
                is_begun = false;
            }
            if is_begun {
                line.push(' ');
            }
            is_begun = true;
            for letter in word.chars() {
                // Only a word wider than the page, such as a long address, is broken.
                if line.chars().count() == COLUMNS {
                    self.line(&line);
                    line = " ".repeat(hang);
                }
                line.push(letter);
            }
        }
        self.line(line.trim_end());
    }
}

/// The text, cut where it is too long, and marked so.
fn clipped(text: &str, letters: usize) -> String {
    match text.char_indices().nth(letters) {
        None => text.to_owned(),
        Some((end, _)) => format!("{} (…)", text.get(..end).unwrap_or_default().trim_end()),
    }
}
