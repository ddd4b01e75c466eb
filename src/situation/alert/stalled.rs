//! A convoy is on the road and nothing is heard of it.
//!
//! News known only to the day counts from the end of that day, to the month from the end of that month: a coarse
//! date raises no false alarm. A convoy without news for longer than events are kept in the list is one whose
//! record was never closed, not one that is stuck; it is left out here.

use chrono::{DateTime, Datelike, Days, Months, NaiveDate, Utc};

use super::convoy::{about, begun};
use super::pause_ending::InForce;
use super::view::View;
use super::{Alert, Rule, Severity, hours, news_from};
use crate::assess::delivery::ConvoyFacts;
use crate::domain::{DatePrecision, Moment, Saying, Stage};
use crate::situation::coverage::days_between;
use crate::situation::table::Known;

pub(super) fn find(
    view: &View<'_>,
    pauses: &[InForce<'_>],
    convoy: &Known<ConvoyFacts>,
) -> Option<Alert> {
    let as_of = view.situation.as_of;
    let record = &convoy.record;
    let (stage, _) = record.moves_by(as_of).last()?;
    if !matches!(stage, Stage::Departed | Stage::AtCheckpoint) {
        return None;
    }
    let heard = last_heard(record, as_of)?;
    if heard < news_from(view.situation, view.standards) {
        return None;
    }
    let silent_hours = days_between(heard, as_of) * 24.0;
    let threshold_hours = view.least(record.areas(), |lines| lines.convoy_stalled_hours);
    if silent_hours < threshold_hours {
        return None;
    }
    let last_hours = view.most(record.areas(), |lines| lines.convoy_stalled_pause_hours);
    let ending = pauses
        .iter()
        .filter(|pause| pause.covers(view, record.areas()))
        .min_by_key(|pause| pause.ends.earliest)
        .filter(|pause| pause.hours_left(as_of) <= last_hours);
    let severity = if ending.is_some() { Severity::Critical } else { Severity::High };
    let said = about("alert-stalled", view.situation, convoy)
        .case("where", stage.as_str())
        .number("hours", silent_hours);
    let under = ending.map(|pause| {
        let hours = pause.hours_left(as_of);
        Saying::of("alert-stalled-pause").text("pause", pause.title()).number("hours", hours)
    });
    let said = std::iter::once(said).chain(under).collect();
    let found = begun(Rule::ConvoyStalled, severity, convoy, said)
        .number("hours_without_news", silent_hours)
        .number("threshold_hours", threshold_hours)
        .number("stage", stage.as_str())
        .number("hours_to_end_of_pause", ending.map(|pause| pause.hours_left(as_of)))
        .since(Some(heard + hours(threshold_hours)));
    Some(match ending {
        Some(pause) => pause.under(found),
        None => found,
    })
}

/// The last that was heard of it, at the latest that this can have been.
pub(super) fn last_heard(record: &ConvoyFacts, as_of: DateTime<Utc>) -> Option<DateTime<Utc>> {
    let moves = record.moves.iter().map(|(_, at)| *at);
    let arrivals = record.drops.iter().filter_map(|drop| drop.arrived_at);
    let news = moves.chain(record.other_news.iter().copied()).chain(arrivals);
    let heard = news.filter(|at| at.start() <= as_of);
    heard.map(|at| latest(at, record.date_precision)).max()
}

/// The last instant at which it can have been.
fn latest(at: Moment, precision: DatePrecision) -> DateTime<Utc> {
    let next = match precision {
        DatePrecision::Day | DatePrecision::Approx => None,
        DatePrecision::Month => {
            at.date().with_day(1).and_then(|first| first.checked_add_months(Months::new(1)))
        }
        DatePrecision::Year => NaiveDate::from_ymd_opt(at.date().year() + 1, 1, 1),
    };
    let end = next.and_then(|next| next.checked_sub_days(Days::new(1))).map(Moment::day);
    end.filter(|_| at.is_day()).unwrap_or(at).end()
}
