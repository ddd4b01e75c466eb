//! A pause is about to end and convoys are still inside.
//!
//! A pause without an end never ends. Where its length counts from a day whose hour is not known, the earliest end
//! is the one to be out by.

use std::collections::HashSet;

use chrono::{DateTime, TimeDelta, Utc};

use super::view::View;
use super::{Alert, Rule, Severity, Subject, alert, area_names, hours, news_from, stalled};
use crate::assess::delivery::ConvoyFacts;
use crate::assess::recurrence::expand::{First, Lasts, LocalTime, Repeat, Times, expand};
use crate::domain::pause::{Answer, DurationMode, PauseType};
use crate::domain::{AreaCode, DatePrecision, Kind, Pause, Saying, Stage, Text, Told};
use crate::situation::coverage::days_between;
use crate::situation::supply::of_area;
use crate::situation::table::Known;

/// How long a convoy counts as inside after its goods came off the trucks, hours: few sources tell of the way back.
const BACK_HOURS: f64 = 24.0;

/// How far up the areas that lie in each other are followed.
const DEEPEST: usize = 8;

/// When a pause that is on ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Ends {
    /// At the earliest.
    pub earliest: DateTime<Utc>,
    /// At the latest.
    pub latest: DateTime<Utc>,
}

/// A pause that is on and has an end.
#[derive(Debug)]
pub(super) struct InForce<'s> {
    pub pause: &'s Known<Pause>,
    pub ends: Ends,
    areas: HashSet<&'s str>,
}

/// The pauses that are on and have an end, but for those that another one makes longer.
pub(super) fn in_force<'s>(view: &View<'s>) -> Vec<InForce<'s>> {
    let as_of = view.situation.as_of;
    let pauses = &view.situation.world.pauses;
    let on = pauses.iter().filter_map(|pause| Some((&**pause, ends(&pause.record, as_of)?)));
    let is_longer = |pause: &Known<Pause>, ends: Ends| {
        pauses.iter().any(|other| {
            let extends =
                other.record.extends.as_ref().is_some_and(|of| of.as_str() == &*pause.code);
            let told = other.record.announced_on.or(other.record.start);
            extends
                && told.is_some_and(|at| at.start() <= as_of)
                && other.record.end.is_none_or(|end| end.end() > ends.latest)
        })
    };
    on.filter(|(pause, ends)| !is_longer(pause, *ends))
        .map(|(pause, ends)| InForce { pause, ends, areas: areas(view, &pause.record) })
        .collect()
}

/// The areas it holds in, also those of its groups.
fn areas<'s>(view: &View<'s>, pause: &'s Pause) -> HashSet<&'s str> {
    let groups = pause.area_groups.iter();
    let groups = groups.filter_map(|group| view.situation.world.area_groups.get(group.as_str()));
    let of_groups = groups.flat_map(|group| group.record.areas.iter());
    pause.areas.iter().chain(of_groups).map(AreaCode::as_str).collect()
}

/// When the stretch that is on ends; `None` where none is on, or it has no end.
fn ends(pause: &Pause, as_of: DateTime<Utc>) -> Option<Ends> {
    let day = TimeDelta::days(1);
    if !is_agreed(pause, as_of) || pause.start?.start() > as_of || is_coarse(pause) {
        return None;
    }
    // The hour of its beginning may lie anywhere in the day.
    let unsure = pause.start?.is_day() && pause.start_local.is_none() && pause.end_local.is_none();
    let slack = if unsure && pause.duration_hours.is_some() { day } else { TimeDelta::zero() };
    let overall = pause.end.map(crate::domain::Moment::end);
    let ends = match times(pause) {
        Some(times) => {
            let windows = expand(&times, as_of - slack - day, as_of + day).ok()?;
            let on = windows
                .into_iter()
                .rev()
                .find(|window| window.start <= as_of && as_of < window.end + slack)?;
            let latest = overall.map_or(on.end + slack, |end| end.min(on.end + slack));
            Ends { earliest: on.end.min(latest), latest }
        }
        None => Ends { earliest: overall?, latest: overall? },
    };
    let broken = pause
        .violations
        .iter()
        .any(|violation| violation.terminal == Some(true) && violation.at.start() <= as_of);
    (as_of < ends.latest && !broken).then_some(ends)
}

/// Are its days known no closer than by the month?
fn is_coarse(pause: &Pause) -> bool {
    matches!(pause.date_precision, Some(DatePrecision::Month | DatePrecision::Year))
}

/// Does it hold: has nobody said no, and where it was only asked for, has everybody said yes?
fn is_agreed(pause: &Pause, as_of: DateTime<Utc>) -> bool {
    let answers = || pause.answers.iter().filter(|a| a.at.is_none_or(|at| at.start() <= as_of));
    let said_no = answers().any(|a| matches!(a.answer, Answer::Refused | Answer::Withdrawn));
    match pause.pause_type {
        PauseType::Endorsement => false,
        PauseType::Requested => !said_no && super::pause::silent_parties(pause, as_of).is_empty(),
        _ => !said_no,
    }
}

/// The hours of a pause that has any: a length, or an end on the local clock.
fn times(pause: &Pause) -> Option<Times<'_>> {
    let local =
        |text: &Option<Text>| text.as_ref().and_then(|t| t.as_str().parse::<LocalTime>().ok());
    let start = pause.start?;
    let first = match local(&pause.start_local) {
        Some(time) if start.is_day() => First::Local(start.date(), time),
        _ => First::Instant(start.start()),
    };
    let lasts = match (pause.duration_hours, local(&pause.end_local)) {
        (Some(hours), _) => {
            Lasts::Hours(hours, pause.duration_mode.unwrap_or(DurationMode::Elapsed))
        }
        (None, Some(end)) => Lasts::To(end),
        (None, None) => return None,
    };
    let repeat = match (pause.every_days, pause.recurrence.as_ref().map(Text::as_str)) {
        (Some(days), _) => Repeat::EveryDays(u32::try_from(days).ok()?),
        (None, Some(rule)) if rule.contains("FREQ=") => Repeat::Rule(rule),
        (None, None | Some("once")) => Repeat::Once,
        // "As needed" has no hours.
        (None, Some(_)) => return None,
    };
    let zone = pause.time_zone.as_ref().and_then(|zone| zone.as_str().parse().ok());
    let until = pause.end.map(|end| end.end() + TimeDelta::milliseconds(1));
    Some(Times { first, zone: zone.unwrap_or(chrono_tz::UTC), repeat, lasts, until })
}

impl InForce<'_> {
    /// Does it hold in one of these areas, or in one that they lie in?
    pub(super) fn covers<'a>(
        &self,
        view: &View<'_>,
        areas: impl Iterator<Item = &'a AreaCode>,
    ) -> bool {
        let parent = |code: &String| {
            let area = view.situation.world.areas.get(code)?;
            area.record.part_of.as_ref().map(ToString::to_string)
        };
        areas.into_iter().any(|area| {
            let mut up = std::iter::successors(Some(area.to_string()), parent).take(DEEPEST);
            up.any(|code| self.areas.contains(code.as_str()))
        })
    }

    /// Hours until its earliest end; none where that is past.
    pub(super) fn hours_left(&self, as_of: DateTime<Utc>) -> f64 {
        (days_between(as_of, self.ends.earliest) * 24.0).max(0.0)
    }

    pub(super) fn title(&self) -> &str {
        self.pause.record.title.as_ref().map_or(&self.pause.code, |title| title.as_str())
    }

    /// An alert that also rests on this pause.
    pub(super) fn under(&self, found: Alert) -> Alert {
        found.resting_on(Kind::Pause, self.pause).citing(&self.pause.record.source)
    }
}

/// Is it inside, as far as is known: in, and not told to be out again?
pub(super) fn is_inside(view: &View<'_>, record: &ConvoyFacts) -> bool {
    let as_of = view.situation.as_of;
    let Some((stage, at)) = record.moves_by(as_of).last() else { return false };
    let was_in =
        || record.moves_by(as_of).any(|(s, _)| matches!(s, Stage::Entered | Stage::Offloaded));
    let is_in = match stage {
        Stage::Offloaded => days_between(at.end(), as_of) * 24.0 <= BACK_HOURS,
        Stage::Entered => true,
        Stage::Attacked | Stage::Looted => was_in(),
        _ => false,
    };
    let heard = || stalled::last_heard(record, as_of);
    is_in && heard().is_some_and(|heard| heard >= news_from(view.situation, view.standards))
}

/// The pauses that end before the convoys inside can be out.
pub(super) fn find(
    view: &View<'_>,
    pauses: &[InForce<'_>],
    inside: &[&Known<ConvoyFacts>],
    found: &mut Vec<Alert>,
) {
    for pause in pauses {
        let own: Vec<&Known<ConvoyFacts>> = inside
            .iter()
            .filter(|convoy| pause.covers(view, convoy.record.areas()))
            .copied()
            .collect();
        if !own.is_empty() {
            found.extend(ending(view, pause, &own));
        }
    }
}

fn ending(view: &View<'_>, pause: &InForce<'_>, inside: &[&Known<ConvoyFacts>]) -> Option<Alert> {
    let as_of = view.situation.as_of;
    let areas = || inside.iter().flat_map(|convoy| convoy.record.areas());
    let exit = areas().filter_map(|area| exit_hours(view, area.as_str())).reduce(f64::max);
    let threshold = view.most(areas(), |lines| lines.pause_ending_hours);
    let needed = exit.map_or(threshold, |exit| exit.max(threshold));
    let left = pause.hours_left(as_of);
    if left > needed {
        return None;
    }
    let bound = if pause.ends.earliest == pause.ends.latest { "exact" } else { "earliest" };
    let said = Saying::of("alert-pause-ending")
        .text("pause", pause.title())
        .with("hours", Told::Decimal(left))
        .case("bound", bound)
        .number("convoys", as_number(inside.len()))
        .with("areas", area_names(view.situation, areas()))
        .case("way", if exit.is_some() { "known" } else { "unknown" })
        .with("exit", Told::Decimal(exit.unwrap_or_default()));
    let record = &pause.pause.record;
    let name = record.title.as_ref().map(|title| title.as_str().to_owned());
    let subject = Subject { kind: Kind::Pause, code: pause.pause.code.to_string(), name };
    let mut found = alert(Rule::PauseEnding, Severity::Critical, subject, vec![said])
        .number("hours_left", left)
        .number("threshold_hours", needed)
        .number("exit_hours", exit)
        .number("convoys_inside", inside.len())
        .since(Some(pause.ends.earliest - hours(needed)))
        .in_areas(record.areas.iter().chain(areas()));
    found = pause.under(found);
    for convoy in inside {
        found = found.resting_on(Kind::Convoy, convoy).citing(&convoy.record.sources);
    }
    Some(found)
}

fn as_number(count: usize) -> f64 {
    #[expect(clippy::cast_precision_loss, reason = "convoys stay far below 2^53")]
    let count = count as f64;
    count
}

/// How long the way out of an area takes: back to the checkpoint and on to the base.
fn exit_hours(view: &View<'_>, area: &str) -> Option<f64> {
    let as_of = view.situation.as_of;
    let ways = of_area(view.situation, area).logistics.iter().rev();
    let way = ways.filter(|row| row.record.date.start() <= as_of).map(|row| &row.record).next()?;
    let legs = [way.onward_hours, way.return_hours];
    legs.into_iter().flatten().reduce(|sum, leg| sum + leg)
}
