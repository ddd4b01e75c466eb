//! The lists of the text: areas, convoys, pauses, statements, incidents, notes, sources.

use super::Page;
use super::lines::clipped;
use crate::report::area::{AreaRow, Listing};
use crate::report::convoy::ConvoyRow;
use crate::report::pause::PauseRow;
use crate::report::phrase;
use crate::report::source::SourceRow;
use crate::report::statement::{IncidentRow, StatementRow};
use crate::tongue::say;

impl Page<'_> {
    pub(super) fn areas(&mut self) {
        self.heading("areas-heading-text");
        let lines: Vec<String> = self.report.areas.iter().map(|row| self.area(row)).collect();
        if lines.is_empty() {
            self.sentence("", "no-area-listed");
        }
        self.sentence("", "areas-lead-text");
        self.list_of(&lines, self.limits.lines.saturating_mul(3), "left-out-area");
    }

    fn area(&self, row: &AreaRow) -> String {
        let t = self.t;
        let admin1 = row.admin1.as_ref();
        let admin1 = admin1.map(|admin1| format!(" ({})", t.name(admin1))).unwrap_or_default();
        let listed: Vec<String> =
            row.listings.iter().map(|listing| self.listing(listing)).collect();
        let differ = row.sources_differ.then(|| t.word("sources-differ"));
        let people: Vec<String> = std::iter::once(self.people(row)).chain(differ).collect();
        let line = say!(
            t,
            "area-line",
            area = format!("{}{admin1}", t.name(&row.name)),
            listed = t.parts(&listed),
            people = t.parts(&people),
            arrival = self.arrival(row)
        );
        let food = (row.arrivals_in_30_days > 0)
            .then(|| say!(t, "area-need-met", share = t.share(row.coverage)));
        let convoys = (row.convoys.planned > 0)
            .then(|| say!(t, "area-convoys", convoys = phrase::convoys(t, row)));
        std::iter::once(line).chain(food).chain(convoys).collect::<Vec<_>>().join(" ")
    }

    fn listing(&self, listing: &Listing) -> String {
        let t = self.t;
        let (by, status) =
            (t.choice("short-scheme", listing.scheme.as_str()), t.status(Some(listing.status)));
        say!(
            t,
            "listing-line",
            listing = say!(t, "listing", by = by, status = status),
            day = t.some_day(listing.day.as_ref()),
            cite = self.cite(&listing.sources)
        )
    }

    fn arrival(&self, row: &AreaRow) -> String {
        let t = self.t;
        let arrival = match row.last_arrival {
            None => t.word("none-known"),
            Some(day) => say!(
                t,
                "arrival",
                day = t.short_day(day),
                ago = phrase::days_ago(t, row),
                cite = self.cite(&row.last_arrival_sources)
            ),
        };
        let total = phrase::running_total(t, row)
            .map(|total| format!(" ({total}{})", self.cite(&row.running_total_sources)));
        format!("{arrival}{}", total.unwrap_or_default())
    }

    /// The count that is used; for want of one, what is counted of several areas together.
    fn people(&self, row: &AreaRow) -> String {
        if let Some(people) = row.people.first() {
            return format!("{} {}", self.t.range(people.figure), self.by(people));
        }
        let groups = row.group_counts.iter();
        let groups: Vec<String> = groups
            .map(|count| {
                format!("{}{}", phrase::of_group(self.t, count), self.cite(&count.people.sources))
            })
            .collect();
        if groups.is_empty() {
            return self.t.not_known();
        }
        say!(self.t, "not-known-alone-groups", groups = self.t.parts(&groups))
    }

    pub(super) fn convoys(&mut self) {
        self.heading("convoys-heading");
        let lines: Vec<String> = self.report.convoys.iter().map(|row| self.convoy(row)).collect();
        if lines.is_empty() {
            self.sentence("", "convoys-none-text");
        }
        self.list(&lines, "left-out-convoy");
    }

    fn convoy(&self, row: &ConvoyRow) -> String {
        let t = self.t;
        let to = if row.to.is_empty() { t.word("area-not-named") } else { t.names(&row.to) };
        let uncounted = if row.is_counted {
            String::new()
        } else {
            format!(" ({})", phrase::uncounted(t, row))
        };
        let assumed = if row.cargo_is_assumed {
            t.row(&[String::new(), t.word("cargo-assumed")])
        } else {
            String::new()
        };
        say!(
            t,
            "convoy-line",
            convoy = t.text(&row.code),
            to = to,
            uncounted = uncounted,
            stage = t.choice("stage", row.stage.as_str()),
            day = t.some_day(row.day.as_ref()),
            trucks = t.range(row.trucks),
            meant = t.range(row.people_targeted),
            reached = t.range(row.people_reached),
            fed = t.range(row.people_fed_30_days),
            assumed = assumed,
            removed = phrase::removed(t, row),
            cite = self.cite(&row.sources)
        )
    }

    pub(super) fn pauses(&mut self) {
        self.heading("pauses-heading");
        let lines: Vec<String> = self.report.pauses.iter().map(|row| self.pause(row)).collect();
        if lines.is_empty() {
            self.sentence("", "pauses-none");
        }
        self.list(&lines, "left-out-pause");
    }

    fn pause(&self, row: &PauseRow) -> String {
        let t = self.t;
        let state = phrase::state(t, row.state);
        let mut parts = vec![say!(t, "pause-title", pause = t.text(&row.title), state = state)];
        // Who is silent goes first: what stands last is cut off where the text is too long.
        if !row.silent.is_empty() {
            let parties: Vec<String> = row.silent.iter().map(|party| t.silent(party)).collect();
            parts.push(say!(t, "no-answer-from", parties = t.parts(&parties)));
        }
        parts.push(format!("{}{}", phrase::pause_line(t, row), self.cite(&row.sources)));
        parts.extend(row.answers.iter().map(|answer| {
            let line = say!(
                t,
                "answer-line",
                party = t.name(&answer.party),
                answer = t.choice("answer", answer.answer.as_str()),
                day = t.some_day(answer.day.as_ref())
            );
            format!("{line}.")
        }));
        let violations = row.violations.iter();
        parts.extend(violations.map(|one| format!("{}.", phrase::violation_line(t, one))));
        parts.join(" ")
    }

    pub(super) fn statements(&mut self) {
        self.heading("statements-heading");
        let statements = self.report.statements.iter();
        let lines: Vec<String> = statements.map(|row| self.statement(row)).collect();
        if lines.is_empty() {
            self.sentence("", "statements-none");
        }
        self.list(&lines, "left-out-statement");
    }

    pub(super) fn incidents(&mut self) {
        self.heading("incidents-heading-text");
        let incidents = self.report.incidents.iter();
        let lines: Vec<String> = incidents.map(|row| self.incident(row)).collect();
        if lines.is_empty() {
            self.sentence("", "incidents-none");
        }
        self.list(&lines, "left-out-incident");
    }

    fn statement(&self, row: &StatementRow) -> String {
        let (day, cite) = (self.t.some_day(row.day.as_ref()), self.cite(&row.sources));
        format!("{day}. {}{cite}", phrase::said(self.t, row))
    }

    fn incident(&self, row: &IncidentRow) -> String {
        let t = self.t;
        let title = phrase::incident(t, row);
        let by = row.attributed_to.as_ref().map(|by| say!(t, "incident-by", by = t.text(by)));
        let line = say!(
            t,
            "incident-line",
            title = title,
            killed = t.range(row.killed),
            injured = t.range(row.injured)
        );
        let line: Vec<String> = std::iter::once(line).chain(by).collect();
        let day = say!(t, "incident-day", day = phrase::days(t, row));
        format!("{day} {}{}", line.join(" "), self.cite(&row.sources))
    }

    pub(super) fn notes(&mut self) {
        self.heading("how-to-read");
        for term in &self.report.how_to_read {
            let (term, means) = phrase::term(self.t, term);
            self.paragraph("", 2, &say!(self.t, "term-means", term = term, means = means));
        }
        self.heading("sources");
        let sources = self.report.sources.iter().zip(1..);
        let lines: Vec<String> =
            sources.map(|(source, place)| self.source(place, source)).collect();
        let kept = self.limits.lines.saturating_mul(3);
        for line in lines.iter().take(kept) {
            self.paragraph("", 5, &clipped(line, self.limits.letters));
        }
        self.left_out(lines.len().saturating_sub(kept), "left-out-source");
    }

    fn source(&self, place: usize, source: &SourceRow) -> String {
        let url = source.url.as_ref().filter(|_| self.limits.has_addresses);
        let url = url.map(|url| format!(" {}", self.t.text(url))).unwrap_or_default();
        let (name, published) = (self.t.text(&source.name), phrase::published(self.t, source));
        format!("[{place}] {name}{published}{url}")
    }

    /// The last line, so that it is easily found.
    pub(super) fn ledger(&mut self) {
        let ran = phrase::scheduler_ran(self.t, self.report);
        let mark = self.report.ledger.as_ref().map(|mark| phrase::ledger(self.t, mark));
        for text in ran.into_iter().chain(mark) {
            self.line("");
            self.paragraph("", 0, &text);
        }
    }
}
