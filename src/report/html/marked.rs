//! Sentences of the page with something marked up inside them.
//!
//! Each gives HTML: what comes from a record is escaped here, and the catalogue has no character that HTML reads.

use askama::filters::{Escaper, Html};

use super::Page;
use crate::report::area::Listing;
use crate::report::change::ListingChange;
use crate::report::convoy::ConvoyRow;
use crate::report::headline::ListTotal;
use crate::report::pause::{AnswerRow, PauseRow};
use crate::report::phrase;
use crate::report::stated::Stated;
use crate::report::statement::IncidentRow;
use crate::tongue::say;

fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    // Writing into memory never fails.
    let _ = Html.write_escaped_str(&mut safe, text);
    safe
}

fn strong(text: &str) -> String {
    format!("<strong>{}</strong>", escaped(text))
}

/// A name, which has a direction of its own.
fn name(text: &str) -> String {
    format!("<bdi dir=\"auto\">{}</bdi>", escaped(text))
}

impl Page<'_> {
    /// What a source wrote.
    fn quoted(&self, text: &str) -> String {
        format!("<bdi dir=\"auto\"{}>{}</bdi>", self.foreign, escaped(text))
    }

    /// The numbers of sources, each leading to its place in the list.
    fn marks(&self, codes: &[String]) -> String {
        let links: Vec<String> = self
            .cites(codes)
            .iter()
            .map(|place| format!("<a href=\"#s{place}\">{place}</a>"))
            .collect();
        if links.is_empty() {
            return String::new();
        }
        format!(" <span class=\"cite\">[{}]</span>", links.join(", "))
    }

    /// Several names in a row.
    pub(super) fn names(&self, names: &[String]) -> String {
        let names: Vec<String> = names.iter().map(|one| name(&self.t.name(one))).collect();
        self.t.row(&names)
    }

    /// A list total of another scheme.
    pub(super) fn other_count(&self, count: &ListTotal) -> String {
        let t = self.t;
        let total = say!(
            t,
            "total",
            people = strong(&t.for_reading(count.people.figure)),
            places = escaped(&phrase::places(t, count)),
            by = escaped(&phrase::counted_by(t, count)),
            cite = self.marks(&count.people.sources)
        );
        say!(t, "counted-by", by = t.scheme(count.scheme), total = total)
    }

    /// Who claims whom convoys reached.
    pub(super) fn reached_as_claimed(&self) -> String {
        let sources = &self.report.headline.reached.people.sources;
        say!(self.t, "reached-as-claimed", cite = self.marks(sources))
    }

    /// The people of the areas without an arrival.
    pub(super) fn people_waiting(&self) -> String {
        let (t, waiting) = (self.t, &self.report.headline.without_arrival);
        let people = strong(&t.for_reading(waiting.people.figure));
        let uncounted = escaped(&phrase::without_count(t, waiting));
        say!(t, "people-there-in-all", people = people, uncounted = uncounted)
    }

    /// On whose counts that rests.
    pub(super) fn latest_count(&self) -> String {
        let (t, report) = (self.t, self.report);
        let cite = self.marks(&report.headline.without_arrival.people.sources);
        say!(t, "latest-count", date = t.date(report.as_of.date_naive()), cite = cite)
    }

    /// An area that is called something else than before.
    pub(super) fn listing_changed(&self, change: &ListingChange) -> String {
        let t = self.t;
        say!(
            t,
            "listing-changed",
            area = name(&t.name(&change.name)),
            then = t.status(change.then),
            now = strong(&t.status(change.now)),
            by = t.scheme(change.scheme),
            cite = self.marks(&change.sources)
        )
    }

    /// In which listed area another one lies.
    pub(super) fn inside(&self, code: &str) -> String {
        let area = name(&self.t.area_of(self.report, code));
        say!(self.t, "in-area", area = area)
    }

    /// What a scheme calls an area.
    pub(super) fn listing(&self, listing: &Listing) -> String {
        let t = self.t;
        let by = t.choice("short-scheme", listing.scheme.as_str());
        let status = strong(&t.status(Some(listing.status)));
        let tier = listing.tier.map(|tier| say!(t, "tier", tier = tier)).unwrap_or_default();
        format!("{}{tier}", say!(t, "listing", by = by, status = status))
    }

    /// Who says how many people, and of when.
    pub(super) fn author(&self, people: &Stated) -> String {
        let by = match &people.by {
            Some(by) => name(&self.t.name(by)),
            None => self.t.word("author-not-named"),
        };
        let day = escaped(&self.t.some_day(people.day.as_ref()));
        self.t.row(&[by, day])
    }

    /// Where a convoy goes.
    pub(super) fn going_to(&self, row: &ConvoyRow) -> String {
        let unnamed = || self.t.word("area-not-named");
        let areas = if row.to.is_empty() { unnamed() } else { self.names(&row.to) };
        say!(self.t, "to-areas", areas = areas)
    }

    /// Where a pause holds.
    pub(super) fn place_of(&self, row: &PauseRow) -> String {
        say!(self.t, "pause-where", areas = self.names(&row.areas))
    }

    /// What a party answered.
    pub(super) fn answer(&self, row: &AnswerRow) -> String {
        let t = self.t;
        let line = say!(
            t,
            "answer-line",
            party = name(&t.name(&row.party)),
            answer = strong(&t.choice("answer", row.answer.as_str())),
            day = escaped(&t.some_day(row.day.as_ref()))
        );
        let conditions = row
            .conditions
            .as_ref()
            .map(|conditions| say!(t, "answer-conditions", conditions = self.quoted(conditions)));
        format!("{line}{}", conditions.unwrap_or_default())
    }

    /// Who has not answered.
    pub(super) fn silent(&self, party: &str) -> String {
        let (party, none) = (name(&self.t.silent(party)), strong(&self.t.word("no-answer-known")));
        say!(self.t, "answer-none", party = party, none = none)
    }

    /// What happened, and what it did to people.
    pub(super) fn incident(&self, row: &IncidentRow) -> String {
        let t = self.t;
        let line = say!(
            t,
            "incident-line",
            title = self.quoted(&phrase::incident(t, row)),
            killed = escaped(&t.range(row.killed)),
            injured = escaped(&t.range(row.injured))
        );
        let by = row.attributed_to.as_ref();
        let by = by.map(|by| say!(t, "incident-by", by = self.quoted(by)));
        std::iter::once(line).chain(by).collect::<Vec<_>>().join(" ")
    }

    /// The last line.
    pub(super) fn footer(&self) -> String {
        let schedule = name(&self.t.text(&self.report.schedule));
        say!(self.t, "footer", title = escaped(&self.title()), schedule = schedule)
    }
}
