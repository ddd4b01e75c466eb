//! Days on which food ends that moved since the last report: from when to when, and by which records.

mod causes;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

pub use self::causes::{Cause, RunoutCause};
use super::Side;
use crate::domain::choice::choice;
use crate::report::outlook::Band;
use crate::report::stated;
use crate::situation::outlook::{AreaOutlook, OutlookStatus};

/// By how many days a date must move to be told where no record tells why: as time passes, the same records give
/// nearly the same day.
const MOVED_DAYS: i64 = 2;

choice! {
    /// Where the day went on which food ends.
    Shift {
        /// By what is known, the food has been eaten since.
        Gone = "gone",
        /// It is nearer.
        Nearer = "nearer",
        /// It can be told, and could not before.
        Known = "known",
        /// It could be told, and cannot any more.
        Unknown = "unknown",
        /// It is later.
        Later = "later",
    }
}

/// A day on which food ends that moved.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RunoutChange {
    /// The code of the area.
    pub area: String,
    /// Its name.
    pub name: String,
    /// Where the day went.
    #[serde(deserialize_with = "stated::word")]
    pub shift: Shift,
    /// By how many days, to the earlier negative; `null` where one of the two days is not known.
    pub moved_days: Option<i64>,
    /// Is it the day before which food cannot end, because nobody counted the stock?
    pub is_floor: bool,
    /// As it was told; `null` where nothing was told of this area.
    pub then: Option<RunoutDay>,
    /// As it is told.
    pub now: RunoutDay,
    /// The records that moved it; empty where none is new.
    pub causes: Vec<RunoutCause>,
}

/// What is told of the day on which the food of an area ends.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RunoutDay {
    /// What is known of it.
    #[serde(deserialize_with = "stated::word")]
    pub status: OutlookStatus,
    /// The early, the middle and the late day.
    pub runs_out_on: Band<NaiveDate>,
    /// The day before which it cannot be, where that is not today.
    pub not_before: Option<NaiveDate>,
    /// How far was looked, days.
    pub horizon_days: u32,
}

impl RunoutDay {
    fn of(area: &AreaOutlook) -> Self {
        let (on, ahead) = (area.runs_out_on, is_ahead(area));
        Self {
            status: area.status,
            runs_out_on: Band { p10: on.p10, p50: on.p50, p90: on.p90 },
            not_before: area.not_before.filter(|_| ahead),
            horizon_days: area.horizon_days,
        }
    }
}

/// What is gone or came nearer first; of these the nearest.
pub(super) fn of(then: &Side<'_>, now: &Side<'_>) -> Vec<RunoutChange> {
    let changes = now.outlooks.iter().filter_map(|area| {
        let old = then.outlooks.iter().find(|old| old.area == area.area);
        change((then, old), (now, area))
    });
    let mut changes: Vec<RunoutChange> = changes.collect();
    changes.sort_by(|a, b| {
        let day = |change: &RunoutChange| {
            change.now.runs_out_on.p50.or(change.now.not_before).unwrap_or(NaiveDate::MAX)
        };
        let key = |change: &RunoutChange| (change.shift, change.is_floor, day(change));
        key(a).cmp(&key(b)).then_with(|| (&a.name, &a.area).cmp(&(&b.name, &b.area)))
    });
    changes
}

fn change(
    (then, old): (&Side<'_>, Option<&AreaOutlook>),
    (now, area): (&Side<'_>, &AreaOutlook),
) -> Option<RunoutChange> {
    let causes = causes::of((then, old), (now, area));
    let moved = moved(old, area, !causes.is_empty())?;
    Some(RunoutChange {
        area: area.area.clone(),
        name: area.name.clone(),
        shift: moved.shift,
        moved_days: moved.days,
        is_floor: moved.is_floor,
        then: old.map(RunoutDay::of),
        now: RunoutDay::of(area),
        causes,
    })
}

/// Where a day went, and by how many days.
struct Moved {
    shift: Shift,
    days: Option<i64>,
    is_floor: bool,
}

fn moved(then: Option<&AreaOutlook>, now: &AreaOutlook, has_cause: bool) -> Option<Moved> {
    let undated = |shift| Some(Moved { shift, days: None, is_floor: false });
    let was = then.and_then(|then| nearness(then.status));
    match (was, nearness(now.status)) {
        (None, None) => floor(then?, now, has_cause),
        (Some(_), None) => undated(Shift::Unknown),
        (None, Some(Nearness::Gone)) => undated(Shift::Gone),
        // An area that was not told of is news only where there is a day.
        (None, Some(is)) => (then.is_some() || is == Nearness::Dated).then_some(Moved {
            shift: Shift::Known,
            days: None,
            is_floor: false,
        }),
        (Some(was), Some(is)) if is < was => {
            undated(if is == Nearness::Gone { Shift::Gone } else { Shift::Nearer })
        }
        (Some(was), Some(is)) if is > was => undated(Shift::Later),
        (Some(_), Some(_)) => {
            let days = by(then?.runs_out_on.p50, now.runs_out_on.p50)?;
            let counts =
                now.status == OutlookStatus::Dated && (has_cause || days.abs() >= MOVED_DAYS);
            let moved = Moved { shift: to(days)?, days: Some(days), is_floor: false };
            counts.then_some(moved)
        }
    }
}

/// The day before which food cannot end moves with what is known to have arrived, and by itself as time passes.
fn floor(then: &AreaOutlook, now: &AreaOutlook, has_cause: bool) -> Option<Moved> {
    if !has_cause {
        return None;
    }
    let days = by(then.not_before, now.not_before)?;
    let is_told = is_ahead(then) && is_ahead(now);
    let moved = Moved { shift: to(days)?, days: Some(days).filter(|_| is_told), is_floor: true };
    (is_ahead(then) || is_ahead(now)).then_some(moved)
}

/// Does known food last for another day at least?
fn is_ahead(area: &AreaOutlook) -> bool {
    area.not_before_days.is_some_and(|days| days >= 1.0)
}

fn by(then: Option<NaiveDate>, now: Option<NaiveDate>) -> Option<i64> {
    Some((now? - then?).num_days())
}

const fn to(days: i64) -> Option<Shift> {
    match days {
        0 => None,
        ..0 => Some(Shift::Nearer),
        1.. => Some(Shift::Later),
    }
}

/// How near the day is, where it is known.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Nearness {
    Gone,
    Dated,
    Far,
    Never,
}

const fn nearness(status: OutlookStatus) -> Option<Nearness> {
    match status {
        OutlookStatus::AlreadyOut => Some(Nearness::Gone),
        OutlookStatus::Dated => Some(Nearness::Dated),
        OutlookStatus::NotWithinHorizon => Some(Nearness::Far),
        OutlookStatus::NoNeed => Some(Nearness::Never),
        OutlookStatus::UnknownStock
        | OutlookStatus::UnknownPopulation
        | OutlookStatus::UnknownNeed => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_that_stays_has_not_moved() {
        assert_eq!(to(0), None);
        assert_eq!((to(-1), to(1)), (Some(Shift::Nearer), Some(Shift::Later)));
    }

    #[test]
    fn an_unknown_day_has_not_moved_by_any_number_of_days() {
        let day = NaiveDate::from_ymd_opt(2016, 7, 26);
        assert_eq!((by(None, day), by(day, None), by(day, day)), (None, None, Some(0)));
    }
}
