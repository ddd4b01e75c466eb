//! One area of the outlook: when its food ends, on what that rests, what to mind.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::assess::evidence::RunoutSeverity;
use crate::domain::choice::choice;
use crate::domain::{Figure, OrganisationCode};
use crate::report::stated::{self, Day};
use crate::situation::Situation;
use crate::situation::alert::Severity;
use crate::situation::outlook::{AreaOutlook, Input, OutlookStatus};

/// An area whose food ends within so many days stands at the top of the report.
const SOON_DAYS: f64 = 14.0;

/// How long the food of one area lasts.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct FoodRow {
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Its name in Arabic.
    pub name_ar: Option<String>,
    /// The area of this list that it lies in; its people are counted there.
    pub within: Option<String>,
    /// Does anybody call it besieged or hard to reach?
    pub is_listed: bool,
    /// The people there.
    pub people: Figure,
    /// What is known of the day.
    #[serde(deserialize_with = "stated::word")]
    pub status: OutlookStatus,
    /// Days from the day of the report; `null` where it does not end as far as was looked, or is not known.
    pub days_left: Band<f64>,
    /// The same as days of the calendar, UTC.
    pub runs_out_on: Band<NaiveDate>,
    /// The chance that it does not end as things are.
    pub chance_never: Option<f64>,
    /// Not before so many days, whatever is in store that nobody counted.
    pub not_before_days: Option<f64>,
    /// The same as a day.
    pub not_before: Option<NaiveDate>,
    /// How far was looked, days.
    pub horizon_days: u32,
    /// How urgent it is, by the thresholds of the place.
    #[serde(deserialize_with = "stated::word")]
    pub urgency: Urgency,
    /// The counts of stocks that it rests on, the newest first.
    pub counts: Vec<StockCount>,
    /// Arrivals since the count that are reckoned with.
    pub arrivals_since: usize,
    /// Losses since the count that are reckoned with.
    pub losses_since: usize,
    /// What to mind, for programs.
    pub flags: Vec<String>,
}

/// The early, the middle and the late one: of ten chances one lies before the early and one after the late.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Band<T> {
    /// The early one.
    pub p10: Option<T>,
    /// The middle one.
    pub p50: Option<T>,
    /// The late one.
    pub p90: Option<T>,
}

/// A count of what is in store.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct StockCount {
    /// The day of the count.
    #[serde(flatten)]
    pub day: Day,
    /// How old it is, whole days.
    pub age_days: f64,
    /// Who holds it; empty where that is not told, or where it is all there is.
    pub held_by: Vec<String>,
    /// What was counted, in the source's words or unit.
    pub stated: Option<String>,
    /// The codes of the sources.
    pub sources: Vec<String>,
}

choice! {
    /// How urgent the day is on which food ends.
    Urgency {
        /// Nothing can be said: not a good sign, but a missing count.
        DataGap = "data_gap",
        /// Later than every threshold.
        None = "none",
        /// Past the outermost threshold.
        Medium = "medium",
        /// Past the middle one.
        High = "high",
        /// Past the innermost one.
        Critical = "critical",
    }
}

impl Urgency {
    const fn of(severity: RunoutSeverity) -> Self {
        match severity {
            RunoutSeverity::DataGap => Self::DataGap,
            RunoutSeverity::None => Self::None,
            RunoutSeverity::Medium => Self::Medium,
            RunoutSeverity::High => Self::High,
            RunoutSeverity::Critical => Self::Critical,
        }
    }

    /// The same as the severity of an alert, where it is one.
    #[must_use]
    pub const fn severity(self) -> Option<Severity> {
        match self {
            Self::DataGap | Self::None => None,
            Self::Medium => Some(Severity::Medium),
            Self::High => Some(Severity::High),
            Self::Critical => Some(Severity::Critical),
        }
    }
}

impl FoodRow {
    /// Is there a day, or is it known that there is none as far as was looked?
    #[must_use]
    pub const fn has_band(&self) -> bool {
        matches!(
            self.status,
            OutlookStatus::Dated | OutlookStatus::AlreadyOut | OutlookStatus::NotWithinHorizon
        )
    }

    /// Is there anything to tell in a table: a day, or a day before which it cannot be?
    #[must_use]
    pub fn is_told(&self) -> bool {
        self.has_band() || self.not_before_days.is_some_and(|days| days >= 1.0)
    }

    /// Does its food end within two weeks, as likely as not?
    pub(super) fn ends_soon(&self) -> bool {
        matches!(self.status, OutlookStatus::Dated | OutlookStatus::AlreadyOut)
            && self.days_left.p50.is_some_and(|days| days <= SOON_DAYS)
    }

    /// Is this to be minded?
    pub(super) fn is_flagged(&self, flag: &str) -> bool {
        self.flags.iter().any(|own| own == flag)
    }
}

/// Does the outlook rest on a count of the stock?
pub(super) fn is_counted(area: &AreaOutlook) -> bool {
    area.opening_stock.counted_on.is_some()
}

pub(super) fn row(
    situation: &Situation,
    area: &AreaOutlook,
    is_listed: bool,
    within: Option<String>,
) -> FoodRow {
    let known = situation.world.areas.get(&area.area);
    let (days, on) = (area.days_left, area.runs_out_on);
    let used = area.inputs.iter().flatten().filter(|input| input.input == "stock" && input.used);
    FoodRow {
        code: area.area.clone(),
        name: area.name.clone(),
        name_ar: known.and_then(|area| area.record.names.in_language("ar")).map(ToOwned::to_owned),
        within,
        is_listed,
        people: area.population,
        status: area.status,
        days_left: Band { p10: days.p10, p50: days.p50, p90: days.p90 },
        runs_out_on: Band { p10: on.p10, p50: on.p50, p90: on.p90 },
        chance_never: days.p_never,
        not_before_days: area.not_before_days,
        not_before: area.not_before,
        horizon_days: area.horizon_days,
        urgency: Urgency::of(area.severity),
        counts: used.map(|input| count(situation, input)).collect(),
        arrivals_since: area.arrivals.number - area.arrivals.of_unknown_size,
        losses_since: area.losses.number - area.losses.of_unknown_size,
        flags: area.flags.iter().map(|flag| (*flag).to_owned()).collect(),
    }
}

fn count(situation: &Situation, input: &Input) -> StockCount {
    let record = situation.world.stocks.get(&input.record.code).map(|row| &row.record);
    let owners = record.iter().flat_map(|stock| &stock.owner);
    StockCount {
        day: record
            .map_or_else(|| input.date.into(), |stock| Day::of(stock.date, stock.date_precision)),
        age_days: input.age_days,
        held_by: owners.map(|owner| organisation(situation, owner)).collect(),
        stated: input.stated.clone(),
        sources: input.source.iter().cloned().collect(),
    }
}

/// The acronym of an organisation, else its name, else its code.
fn organisation(situation: &Situation, code: &OrganisationCode) -> String {
    let known = situation.world.organisations.get(code.as_str()).map(|row| &row.record);
    known.map_or_else(
        || code.to_string(),
        |known| known.acronym.as_ref().map_or(known.names.any(), |short| short.as_str()).to_owned(),
    )
}
