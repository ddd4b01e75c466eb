//! How far a convoy has come: what its moves say of asking, approval, loading and arrival.

use chrono::{DateTime, Utc};
use serde::Serialize;

use crate::assess::delivery::ConvoyFacts;
use crate::domain::{DatePrecision, Moment, Stage};

/// How far a convoy has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Progress {
    /// Denied or cancelled before anything was loaded.
    GivenUp,
    /// Nothing is loaded yet.
    NotLoaded,
    /// It set out and is not there yet.
    OnTheRoad,
    /// It set out and was attacked, looted, sent back or given up; no source tells that it arrived or went on.
    Stopped,
    /// The goods came off the trucks where they were meant to.
    Arrived,
}

impl Progress {
    /// Was anything put on its trucks?
    #[must_use]
    pub const fn set_out(self) -> bool {
        matches!(self, Self::OnTheRoad | Self::Stopped | Self::Arrived)
    }
}

/// What a convoy has passed through by a day. Who set out was approved, and who was approved was asked for, also
/// where no source tells of those steps.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Passed {
    /// Somebody was asked.
    pub requested: bool,
    /// Somebody let it go.
    pub approved: bool,
    /// Somebody denied it or sent it back.
    pub refused: bool,
    /// How far it has come.
    pub progress: Progress,
}

impl Passed {
    /// By a day.
    ///
    /// # Example
    ///
    /// ```
    /// use passage::assess::delivery::{AssumedRation, ConvoyFacts};
    /// use passage::assess::funnel::{Passed, Progress};
    /// use passage::domain::{Convoy, Kind, draft, typed};
    /// let body = serde_json::json!({ "mode": "cross_line", "events": [{ "stage": "turned_back", "at": "2016-05-12" }] });
    /// let convoy: Convoy = typed(&draft(Kind::Convoy, &body).unwrap().body).unwrap();
    /// let facts = ConvoyFacts::of(&convoy, AssumedRation { kcal: 1_700.0, days: 30.0 });
    /// let by = |day: &str| Passed::by(&facts, day.parse().unwrap());
    /// assert_eq!(by("2016-05-13T00:00:00Z").progress, Progress::Stopped);
    /// assert_eq!(by("2016-05-11T00:00:00Z").progress, Progress::NotLoaded);
    /// ```
    ///
    /// # Source
    ///
    /// DESIGN §3, stage; project decision.
    #[must_use]
    pub fn by(convoy: &ConvoyFacts, as_of: DateTime<Utc>) -> Self {
        let mut by = Self {
            requested: false,
            approved: false,
            refused: false,
            progress: Progress::NotLoaded,
        };
        let (mut arrived, mut set_out, mut last) = (false, false, Stage::Planned);
        for (stage, _) in convoy.moves_by(as_of) {
            arrived |= stage.has_arrived();
            set_out |= has_set_out(*stage);
            by.approved |= stage.was_allowed();
            by.refused |= stage.was_refused();
            by.requested |= matches!(stage, Stage::Requested | Stage::Denied);
            last = *stage;
        }
        by.approved |= set_out;
        by.requested |= by.approved;
        by.progress = match last {
            _ if arrived => Progress::Arrived,
            // Of one that was attacked and not heard of since, nothing is taken to be on its way.
            Stage::Loaded | Stage::Departed | Stage::AtCheckpoint | Stage::Entered => {
                Progress::OnTheRoad
            }
            _ if set_out => Progress::Stopped,
            Stage::Cancelled | Stage::Denied => Progress::GivenUp,
            _ => Progress::NotLoaded,
        };
        by
    }
}

/// Can a convoy be at this stage only with something on its trucks?
const fn has_set_out(stage: Stage) -> bool {
    matches!(
        stage,
        Stage::Loaded
            | Stage::Departed
            | Stage::AtCheckpoint
            | Stage::Entered
            | Stage::Offloaded
            | Stage::Completed
            | Stage::TurnedBack
            | Stage::Attacked
            | Stage::Looted
            | Stage::ClosedWithLoss
    )
}

/// The day a convoy is counted under: when it was loaded or departed, by then; else when it happened or is meant to.
///
/// # Source
///
/// Project decision.
#[must_use]
pub fn counted_on(convoy: &ConvoyFacts, as_of: DateTime<Utc>) -> Option<Moment> {
    let departure = |stage: Stage| matches!(stage, Stage::Loaded | Stage::Departed);
    let departed = convoy.moves_by(as_of).find(|(stage, _)| departure(*stage));
    departed.map(|(_, at)| *at).or_else(|| convoy.happened())
}

/// The year and month a moment lies in, UTC; unknown where only the year is.
///
/// # Example
///
/// ```
/// use passage::assess::funnel::progress::month_of;
/// use passage::domain::DatePrecision;
/// let day = "2016-07-26".parse().ok();
/// assert_eq!(month_of(day, DatePrecision::Month), Some((2016, 7)));
/// assert_eq!(month_of(day, DatePrecision::Year), None);
/// ```
///
/// # Source
///
/// Project decision.
#[must_use]
pub fn month_of(moment: Option<Moment>, precision: DatePrecision) -> Option<(i32, u32)> {
    use chrono::Datelike;
    let date = moment.filter(|_| precision != DatePrecision::Year)?.date();
    Some((date.year(), date.month()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::assess::delivery::AssumedRation;
    use crate::domain::{Convoy, Kind, draft, typed};

    fn passed(stages: &[&str]) -> Passed {
        let event = |stage: &&str| serde_json::json!({ "stage": stage, "at": "2016-07-20" });
        let events: Vec<serde_json::Value> = stages.iter().map(event).collect();
        let body =
            serde_json::json!({ "mode": "cross_line", "date": "2016-07-20", "events": events });
        let convoy: Convoy = typed(&draft(Kind::Convoy, &body).unwrap().body).unwrap();
        let facts = ConvoyFacts::of(&convoy, AssumedRation { kcal: 1_700.0, days: 30.0 });
        Passed::by(&facts, "2016-10-31T00:00:00Z".parse().unwrap())
    }

    #[test]
    fn a_convoy_that_was_attacked_and_not_heard_of_since_is_not_on_the_road() {
        assert_eq!(passed(&["attacked"]).progress, Progress::Stopped);
        assert_eq!(passed(&["departed", "attacked", "entered"]).progress, Progress::OnTheRoad);
        assert_eq!(passed(&["attacked", "offloaded", "attacked"]).progress, Progress::Arrived);
    }

    #[test]
    fn who_was_denied_was_asked_for_and_who_set_out_was_approved() {
        let denied = passed(&["denied"]);
        assert_eq!(
            (denied.requested, denied.approved, denied.progress),
            (true, false, Progress::GivenUp)
        );
        assert!(passed(&["departed"]).approved && passed(&["turned_back"]).requested);
        assert!(!passed(&["postponed"]).requested);
        assert_eq!(passed(&["at_checkpoint", "cancelled"]).progress, Progress::Stopped);
    }
}
