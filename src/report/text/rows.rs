//! The lists of the text: areas, convoys, pauses, statements, incidents, notes, sources.

use super::Page;
use super::lines::clipped;
use crate::report::area::AreaRow;
use crate::report::convoy::ConvoyRow;
use crate::report::pause::PauseRow;
use crate::report::phrase;
use crate::report::words::{self, range, some_day};

impl Page<'_> {
    pub(super) fn areas(&mut self) {
        self.heading("Areas listed as besieged or hard to reach");
        let lines: Vec<String> = self.report.areas.iter().map(|row| self.area(row)).collect();
        if lines.is_empty() {
            self.paragraph("", 0, "No area was known to be listed by anybody.");
        }
        self.paragraph(
            "",
            0,
            "Where nothing is said of food or convoys, no arrival of the last 30 days and no convoy of the period is known.",
        );
        self.list_of(&lines, self.limits.lines.saturating_mul(3), "area");
    }

    fn area(&self, row: &AreaRow) -> String {
        let admin1 = row.admin1.as_ref().map(|admin1| format!(" ({admin1})")).unwrap_or_default();
        let listed: Vec<String> = row
            .listings
            .iter()
            .map(|l| {
                format!(
                    "{}: {}, {}{}",
                    words::short_scheme(l.scheme),
                    words::status(Some(l.status)),
                    some_day(l.day.as_ref()),
                    self.cite(&l.sources)
                )
            })
            .collect();
        let people = self.people(row);
        let differ = if row.sources_differ { "; sources differ" } else { "" };
        let arrival = match row.last_arrival {
            None => "none known".to_owned(),
            Some(day) => format!(
                "{}, {}{}",
                words::short_day(day),
                phrase::days_ago(row),
                self.cite(&row.last_arrival_sources)
            ),
        };
        let total = phrase::running_total(row)
            .map(|total| format!(" ({total}{})", self.cite(&row.running_total_sources)));
        let arrival = format!("{arrival}{}", total.unwrap_or_default());
        let food = match row.arrivals_in_30_days {
            0 => String::new(),
            _ => format!(" Food need met in 30 days: {}.", words::share(row.coverage)),
        };
        let convoys = match row.convoys.planned {
            0 => String::new(),
            _ => format!(" Convoys of the period: {}.", phrase::convoys(row)),
        };
        let listed = listed.join("; ");
        format!(
            "{}{admin1}. {listed}. People: {people}{differ}. Last known arrival: {arrival}.{food}{convoys}",
            row.name
        )
    }

    /// The count that is used; for want of one, what is counted of several areas together.
    fn people(&self, row: &AreaRow) -> String {
        if let Some(people) = row.people.first() {
            return format!("{} {}", range(people.figure), self.by(people));
        }
        let groups = row.group_counts.iter();
        let groups: Vec<String> = groups
            .map(|count| format!("{}{}", phrase::of_group(count), self.cite(&count.people.sources)))
            .collect();
        if groups.is_empty() {
            return words::NOT_KNOWN.to_owned();
        }
        format!("{} for it alone ({})", words::NOT_KNOWN, groups.join("; "))
    }

    pub(super) fn convoys(&mut self) {
        self.heading("Convoys of the period");
        let lines: Vec<String> = self.report.convoys.iter().map(|row| self.convoy(row)).collect();
        if lines.is_empty() {
            self.paragraph(
                "",
                0,
                "No convoy is known to have been planned, asked for or on its way.",
            );
        }
        self.list(&lines, "convoy");
    }

    fn convoy(&self, row: &ConvoyRow) -> String {
        let to = if row.to.is_empty() { "an area not named".to_owned() } else { row.to.join(", ") };
        let uncounted =
            if row.is_counted { String::new() } else { format!(" ({})", phrase::uncounted(row)) };
        let assumed = if row.cargo_is_assumed { ", cargo assumed" } else { "" };
        format!(
            "{} to {to}{uncounted}: {}, {}. Trucks: {}. People meant: {}, reached: {}, by the sources. Its cargo feeds \
             for 30 days: {}{assumed}. Taken off: {}{}.",
            row.code,
            words::plain(row.stage.as_str()).to_lowercase(),
            some_day(row.day.as_ref()),
            range(row.trucks),
            range(row.people_targeted),
            range(row.people_reached),
            range(row.people_fed_30_days),
            phrase::removed(row),
            self.cite(&row.sources)
        )
    }

    pub(super) fn pauses(&mut self) {
        self.heading("Pauses in fighting, and who has not answered");
        let lines: Vec<String> = self.report.pauses.iter().map(|row| self.pause(row)).collect();
        if lines.is_empty() {
            self.paragraph("", 0, "No pause is known to be asked for or in force.");
        }
        self.list(&lines, "pause");
    }

    fn pause(&self, row: &PauseRow) -> String {
        let mut parts = vec![format!("{} ({}).", row.title, phrase::state(row.state))];
        // Who is silent goes first: what stands last is cut off where the text is too long.
        if !row.silent.is_empty() {
            parts.push(format!("No answer is known from: {}.", row.silent.join("; ")));
        }
        parts.push(format!("{}{}", phrase::pause_line(row), self.cite(&row.sources)));
        parts.extend(row.answers.iter().map(|answer| {
            let what = words::plain(answer.answer.as_str()).to_lowercase();
            format!("{}: {what}, {}.", answer.party, some_day(answer.day.as_ref()))
        }));
        parts.extend(
            row.violations
                .iter()
                .map(|violation| format!("{}.", phrase::violation_line(violation))),
        );
        parts.join(" ")
    }

    pub(super) fn said(&mut self) {
        self.heading("What sources say");
        let statements = self.report.statements.iter();
        let lines: Vec<String> = statements
            .map(|row| {
                format!(
                    "{}. {}{}",
                    some_day(row.day.as_ref()),
                    phrase::said(row),
                    self.cite(&row.sources)
                )
            })
            .collect();
        if lines.is_empty() {
            self.paragraph("", 0, "No statement of the period is recorded.");
        }
        self.list(&lines, "statement");
        self.heading("Incidents of the period, as reported");
        let incidents = self.report.incidents.iter();
        let lines: Vec<String> = incidents
            .map(|row| {
                let by = row
                    .attributed_to
                    .as_ref()
                    .map(|by| format!(" Attributed by the source to: {by}."))
                    .unwrap_or_default();
                format!(
                    "{}: {}. Killed: {}. Injured: {}.{by}{}",
                    phrase::days(row),
                    row.title,
                    range(row.killed),
                    range(row.injured),
                    self.cite(&row.sources)
                )
            })
            .collect();
        if lines.is_empty() {
            self.paragraph("", 0, "No incident of the period is recorded.");
        }
        self.list(&lines, "incident");
    }

    pub(super) fn notes(&mut self) {
        self.heading("How to read this report");
        for term in &self.report.how_to_read {
            self.paragraph("", 2, &format!("{}: {}", term.term, term.meaning));
        }
        self.heading("Sources");
        let sources = self.report.sources.iter().enumerate();
        let lines: Vec<String> = sources
            .map(|(place, source)| {
                let url = source.url.as_ref().filter(|_| self.limits.has_addresses);
                let url = url.map(|url| format!(" {url}")).unwrap_or_default();
                format!("[{}] {}{}{url}", place + 1, source.name, phrase::published(source))
            })
            .collect();
        let kept = self.limits.lines.saturating_mul(3);
        for line in lines.iter().take(kept) {
            self.paragraph("", 5, &clipped(line, self.limits.letters));
        }
        self.left_out(lines.len().saturating_sub(kept), "source");
    }

    /// The last line, so that it is easily found.
    pub(super) fn ledger(&mut self) {
        if let Some(mark) = &self.report.ledger {
            let text = format!("Ledger: entry {}, head {}", mark.sequence, mark.head);
            self.line("");
            self.paragraph("", 0, &text);
        }
    }
}
