//! People reached against people in need, month by month: what convoys brought, held against who was cut off.
//!
//! Both are told from what is known now, each as it was at the end of its month.

use std::collections::BTreeSet;

use chrono::{DateTime, Datelike, Months, NaiveDate, NaiveTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use super::stated::{self, Day};
use super::{Period, headline};
use crate::assess::reconcile::{Policy, Reconciled};
use crate::domain::population::Metric;
use crate::domain::{Figure, Scheme};
use crate::situation::Situation;
use crate::situation::standards::Standards;
use crate::situation::totals::{
    By, SchemeTotals, StatusTotals, TotalsQuestion, list_total, totals,
};

/// How many months are told.
const MONTHS: u32 = 12;

/// One month.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct MonthRow {
    /// Its first day.
    pub month: NaiveDate,
    /// Its last instant; of the month of the report, that of the report.
    pub to: DateTime<Utc>,
    /// How many different people convoys that arrived reached: least if rounds served the same, most if none was
    /// served twice. Unknown where nothing is known to have arrived.
    pub reached: Figure,
    /// Convoys that arrived.
    pub arrivals: usize,
    /// Convoys that arrived whose number of people is not known; with any, the most is not known.
    pub arrivals_of_unknown_size: usize,
    /// People in besieged and hard-to-reach areas, as published or added up at the end of the month.
    pub in_need: Figure,
    /// By whose count.
    #[serde(deserialize_with = "stated::word_or_none")]
    pub in_need_by: Option<Scheme>,
    /// The day of that count; where two were added, of the older one.
    pub in_need_on: Option<Day>,
    /// The codes of the sources.
    pub sources: Vec<String>,
}

/// The months up to that of the situation, the earliest first.
pub(super) fn months(situation: &Situation, standards: &Standards) -> Vec<MonthRow> {
    let this_month = first_of(situation.as_of.date_naive());
    let months =
        (0..MONTHS).rev().filter_map(|ago| this_month.checked_sub_months(Months::new(ago)));
    months.map(|month| row(situation, month, standards)).collect()
}

fn first_of(day: NaiveDate) -> NaiveDate {
    day.with_day(1).unwrap_or(day)
}

fn row(situation: &Situation, month: NaiveDate, standards: &Standards) -> MonthRow {
    let instant =
        |day: NaiveDate| day.and_time(NaiveTime::MIN).and_utc() - TimeDelta::milliseconds(1);
    let next = month.checked_add_months(Months::new(1)).unwrap_or(month);
    let (after, to) = (instant(month), instant(next).min(situation.as_of));
    let days = (next - month).num_days();
    let period = Period { after, to, days: u32::try_from(days).unwrap_or_default() };
    let then = Situation { as_of: to, ..situation.clone() };
    let reached = headline::reached(&then, period, standards);
    let need = need(&then, standards);
    let mut sources: BTreeSet<String> = reached.people.sources.into_iter().collect();
    sources.extend(need.sources);
    MonthRow {
        month,
        to,
        reached: reached.people.figure,
        arrivals: reached.convoys.arrived,
        arrivals_of_unknown_size: reached.arrivals_of_unknown_size,
        in_need: need.people,
        in_need_by: need.by,
        in_need_on: need.on,
        sources: sources.into_iter().collect(),
    }
}

/// Who was in need of it.
#[derive(Default)]
struct Need {
    people: Figure,
    by: Option<Scheme>,
    on: Option<Day>,
    sources: BTreeSet<String>,
}

/// By the United Nations; where they count nobody, by the first scheme that does. Schemes are never added.
fn need(situation: &Situation, standards: &Standards) -> Need {
    let question = TotalsQuestion {
        by: By::Scheme,
        scheme: None,
        policy: Policy::Latest,
        metric: None,
        spread_flag: standards.spread_flag,
    };
    let schemes = totals(situation, &question).schemes;
    let each = schemes.iter().map(|scheme| {
        let together =
            list_total(situation, &question, scheme.scheme, Metric::BesiegedAndHardToReach);
        of_scheme(scheme, together.as_ref())
    });
    each.into_iter().find(|need| !need.people.is_unknown()).unwrap_or_default()
}

/// A figure that was published for both together, unless the two that were published singly are newer.
fn of_scheme(scheme: &SchemeTotals, together: Option<&Reconciled>) -> Need {
    let (besieged, hard_to_reach) = (&scheme.besieged, &scheme.hard_to_reach);
    // Who publishes a total lists more areas than are named here: those of the other list are only some.
    let is_some = besieged.list_total.is_some() || hard_to_reach.list_total.is_some();
    let (besieged, hard_to_reach) = (part(besieged, is_some), part(hard_to_reach, is_some));
    let added = added(besieged, hard_to_reach);
    let together = together.map(part_of_list).filter(|together| {
        let is_whole = !added.people.is_unknown() && added.people.ceiling().is_some();
        !is_whole || together.on >= added.on
    });
    Need { by: Some(scheme.scheme), ..together.unwrap_or(added) }
}

/// What a scheme counts under one status: its published total, else the sum over the areas it names, which is a floor
/// where they are only some or nobody counted one of them.
fn part(status: &StatusTotals, is_some: bool) -> Need {
    if let Some(total) = &status.list_total {
        return part_of_list(total);
    }
    let floor = Figure::computed(status.people.floor(), None, None);
    let is_whole = status.areas_without_figure == 0 && !is_some;
    Need {
        people: if is_whole { status.people } else { floor },
        sources: status.sources.iter().cloned().collect(),
        ..Need::default()
    }
}

fn part_of_list(total: &Reconciled) -> Need {
    let newest = total.claims.first();
    Need {
        people: newest.map_or(total.people, |claim| claim.people),
        by: None,
        on: newest.map(|claim| claim.date.date_naive().into()),
        sources: newest.and_then(|claim| claim.source.clone()).into_iter().collect(),
    }
}

/// Both together; where the most of one is not known, the sum is only a floor.
fn added(besieged: Need, hard_to_reach: Need) -> Need {
    let both = [besieged.people, hard_to_reach.people];
    let floor = both.iter().filter_map(|figure| figure.floor()).reduce(|sum, floor| sum + floor);
    let people = if both.iter().any(|figure| figure.ceiling().is_none()) {
        Figure::computed(floor, None, None)
    } else {
        Figure::sum(&both)
    };
    let on = besieged.on.zip(hard_to_reach.on).map(|(a, b)| a.min(b));
    Need {
        people,
        by: None,
        on: on.or(besieged.on).or(hard_to_reach.on),
        sources: besieged.sources.into_iter().chain(hard_to_reach.sources).collect(),
    }
}
