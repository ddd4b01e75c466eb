//! How alike two convoys, counts, reports or places are, and in what.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::super::Score;
use super::super::name::{Spelling, Step};
use super::Reason;
use crate::domain::Figure;
use crate::domain::convoy::Mode;
use crate::domain::population::Metric;

/// A convoy.
#[derive(Debug, Clone)]
pub struct Trip {
    /// The day.
    pub day: NaiveDate,
    /// Where it goes.
    pub areas: BTreeSet<String>,
    /// Trucks, drop by drop.
    pub trucks: Vec<Figure>,
    /// How it travels.
    pub mode: Mode,
    /// The operations it is a part of.
    pub part_of: Vec<String>,
}

#[derive(Debug, Clone)]
pub(super) struct Count {
    pub(super) of: String,
    pub(super) day: NaiveDate,
    pub(super) metric: Metric,
    pub(super) source: String,
    pub(super) people: Figure,
}

#[derive(Debug, Clone)]
pub(super) struct Report {
    pub(super) title: Spelling,
    pub(super) publisher: Option<Spelling>,
    pub(super) day: Option<NaiveDate>,
    pub(super) address: Option<String>,
}

#[derive(Debug, Clone)]
pub(super) struct Spot {
    pub(super) names: Vec<Spelling>,
    pub(super) pcode: Option<String>,
    pub(super) unit: Option<String>,
}

pub(super) type Found = Option<(Score, Vec<Reason>)>;

impl Trip {
    /// All trucks together, from and to; `None` where they are not known of every drop.
    pub(super) fn span(&self) -> Option<(f64, f64)> {
        let of = |trucks: &Figure| {
            let low = trucks.low().or(trucks.best()).or(trucks.high())?;
            Some((low, trucks.high().or(trucks.best()).unwrap_or(low)))
        };
        let spans: Option<Vec<(f64, f64)>> = self.trucks.iter().map(of).collect();
        let spans = spans.filter(|spans| !spans.is_empty())?;
        Some(spans.iter().fold((0.0, 0.0), |(low, high), span| (low + span.0, high + span.1)))
    }

    pub(super) fn likeness(&self, other: &Self) -> Found {
        let apart = (self.day - other.day).num_days().abs();
        if apart > 1 || self.mode != other.mode || self.areas.is_disjoint(&other.areas) {
            return None;
        }
        let (is_same_day, are_same) = (apart == 0, self.areas == other.areas);
        let (trucks, hundredths) = match (self.span(), other.span()) {
            (Some(one), Some(two)) if one == two => (Reason::SameTrucks, 75),
            (Some(one), Some(two)) if one.0 <= two.1 && two.0 <= one.1 => {
                (Reason::OverlappingTrucks, 65)
            }
            (Some(_), Some(_)) => return None,
            // Where nobody counted the trucks nothing but the day and the place speaks for it.
            _ if is_same_day && are_same => (Reason::UnknownTrucks, 45),
            _ => return None,
        };
        let days = if is_same_day { (Reason::SameDay, 12) } else { (Reason::NextDay, 0) };
        let areas = if are_same { (Reason::SameAreas, 12) } else { (Reason::SharedArea, 0) };
        let score = Score::hundredths(hundredths + days.1 + areas.1);
        Some((score, vec![days.0, areas.0, trucks, Reason::SameMode]))
    }
}

impl Count {
    pub(super) fn likeness(&self, other: &Self) -> Found {
        let is_one = (&self.of, self.day, self.metric, &self.source)
            == (&other.of, other.day, other.metric, &other.source);
        let (figures, hundredths) = if self.people == other.people {
            (Reason::SameFigures, 98)
        } else {
            (Reason::OtherFigures, 80)
        };
        let reasons = vec![
            Reason::SameAreas,
            Reason::SameDay,
            Reason::SameMetric,
            Reason::SameSource,
            figures,
        ];
        is_one.then_some((Score::hundredths(hundredths), reasons))
    }
}

impl Report {
    pub(super) fn likeness(&self, other: &Self) -> Found {
        let mut reasons = Vec::new();
        let is_same_address = self.address.is_some() && self.address == other.address;
        if is_same_address {
            reasons.push(Reason::SameAddress);
        }
        let title = self.title.likeness(&other.title);
        if title.step != Step::Close {
            reasons.push(Reason::SameName);
        } else if title.score >= Score::hundredths(80) {
            reasons.push(Reason::LikeName);
        }
        let is_same_day = self.day.is_some() && self.day == other.day;
        if is_same_day {
            reasons.push(Reason::SameDay);
        }
        let publisher = self.publisher.as_ref().zip(other.publisher.as_ref());
        let is_same_publisher = publisher.is_some_and(|(one, two)| one.plain() == two.plain());
        if is_same_publisher {
            reasons.push(Reason::SamePublisher);
        }
        if is_same_address {
            return Some((Score::hundredths(97), reasons));
        }
        let is_named = title.score >= Score::hundredths(80);
        // A situation report of each month has the same title and another day.
        let dates_fit = is_same_day || self.day.is_none() || other.day.is_none();
        let publishers_fit = is_same_publisher || publisher.is_none();
        if !is_named || !dates_fit || !publishers_fit {
            return None;
        }
        let sure = [is_same_day, is_same_publisher].iter().filter(|is| **is).count();
        let share = title.score.share() * [0.7, 0.85, 0.98][sure];
        Some((Score::of(share), reasons))
    }
}

impl Spot {
    pub(super) fn likeness(&self, other: &Self) -> Found {
        let pairs =
            self.names.iter().flat_map(|one| other.names.iter().map(move |two| one.likeness(two)));
        let name = pairs.max()?;
        let is_same_pcode = self.pcode.is_some() && self.pcode == other.pcode;
        let are_apart = matches!((&self.unit, &other.unit), (Some(one), Some(two))
            if !one.starts_with(two.as_str()) && !two.starts_with(one.as_str()));
        let mut reasons = Vec::new();
        if is_same_pcode {
            reasons.push(Reason::SamePcode);
        }
        if name.step != Step::Close {
            reasons.push(Reason::SameName);
        }
        if is_same_pcode {
            return Some((
                Score::hundredths(if name.step == Step::Close { 80 } else { 98 }),
                reasons,
            ));
        }
        // Many villages of a country have one name; in one unit they seldom have.
        let is_possible = name.step != Step::Close && !are_apart;
        is_possible.then(|| (Score::of(name.score.share() * 0.9), reasons))
    }
}

/// An address without what says nothing.
pub(super) fn address(url: &str) -> String {
    let bare = url.trim().split_once("://").map_or(url, |(_, rest)| rest);
    let bare = bare.strip_prefix("www.").unwrap_or(bare);
    bare.split('#').next().unwrap_or(bare).trim_end_matches('/').to_owned()
}
