//! The words of a report that all renderers share: how a day, a status, a share is written, what a place is called.

use chrono::{DateTime, Utc};

use super::stated::Day;
use super::{Period, Report};
use crate::domain::status::SiegeStatus;
use crate::domain::{AreaCode, AreaGroupCode, Figure, Scheme, Text};
use crate::situation::Situation;
use crate::situation::alert::{Rule, Severity};
use crate::tongue::{Tongue, say};

/// Who says how many were reached.
pub(super) const BY_ARRIVALS: &str = "Passage, from what the sources claim of each arrival";
/// Who says how many live where nothing arrived.
pub(super) const BY_LISTS: &str = "Passage, from the latest count of each area";
/// Who has not answered, where the source names nobody.
pub(super) const UNNAMED_PARTIES: &str = "the parties, which the source does not name";

/// Says where a figure is one number without a range.
pub(super) fn is_single(figure: Figure) -> bool {
    figure.best().is_some() && figure.low().is_none() && figure.high().is_none()
}

/// What a report is, in a line.
pub(super) fn title(t: Tongue<'_>, as_of: DateTime<Utc>) -> String {
    say!(t, "title", date = t.date(as_of.date_naive()))
}

impl Tongue<'_> {
    /// A day, as exactly as it is known.
    pub(super) fn day(self, day: Day) -> String {
        self.known_date(day.date, day.precision)
    }

    /// The same for tables.
    pub(super) fn short_day(self, day: Day) -> String {
        self.known_short_date(day.date, day.precision)
    }

    /// A day that may not be known.
    pub(super) fn some_day(self, known: Option<&Day>) -> String {
        known.map_or_else(|| self.word("date-not-known"), |known| self.short_day(*known))
    }

    /// The time that a report looks back on.
    pub(super) fn span(self, period: Period) -> String {
        self.period(period.after, period.to)
    }

    /// The name of a scheme, inside a sentence.
    pub(super) fn scheme(self, scheme: Scheme) -> String {
        self.choice("scheme", scheme.as_str())
    }

    /// What a scheme calls an area; where it says nothing, that it is not listed.
    pub(super) fn status(self, status: Option<SiegeStatus>) -> String {
        self.choice("status", status.map_or("not_listed", SiegeStatus::as_str))
    }

    /// How grave an alert is.
    pub(super) fn severity(self, severity: Severity) -> String {
        self.choice("severity", severity.as_str())
    }

    /// What a rule looks for, as a heading over what it found.
    pub(super) fn rule(self, rule: Rule) -> String {
        self.choice("rule", rule.as_str())
    }

    /// Who says so.
    pub(super) fn author(self, by: Option<&String>) -> String {
        by.map_or_else(|| self.word("author-not-named"), |by| self.name(by))
    }

    /// Who has not answered.
    pub(super) fn silent(self, party: &str) -> String {
        if party == UNNAMED_PARTIES { self.word("unnamed-parties") } else { self.name(party) }
    }

    /// The name of an area of a report by its code.
    pub(super) fn area_of(self, report: &Report, code: &str) -> String {
        let area = report.areas.iter().find(|area| area.code == code);
        self.name(area.map_or(code, |area| area.name.as_str()))
    }
}

/// The name of an area, else its code.
pub(super) fn area_name(situation: &Situation, code: &str) -> String {
    let area = situation.world.areas.get(code);
    area.map_or_else(|| code.to_owned(), |area| area.record.names.any().to_owned())
}

/// The name of a party, else its code.
pub(super) fn party_name(situation: &Situation, code: &str) -> String {
    let party = situation.world.parties.get(code);
    party.map_or_else(|| code.to_owned(), |party| party.record.names.any().to_owned())
}

/// The names of areas and groups of areas; else the place in the source's words.
pub(super) fn places(
    situation: &Situation,
    areas: &[AreaCode],
    groups: &[AreaGroupCode],
    place: Option<&Text>,
) -> Vec<String> {
    let group_name = |code: &str| {
        let group = situation.world.area_groups.get(code);
        group.map_or_else(|| code.to_owned(), |group| group.record.names.any().to_owned())
    };
    let named = areas.iter().map(|area| area_name(situation, area.as_str()));
    let all: Vec<String> =
        named.chain(groups.iter().map(|group| group_name(group.as_str()))).collect();
    if all.is_empty() { place.iter().map(ToString::to_string).collect() } else { all }
}
