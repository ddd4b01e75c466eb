//! The chart of the outlook: for each area a band from the early to the late day, on a time axis.
//!
//! Horizontal places are shares of the width and texts keep their size, so that one drawing serves a telephone, a
//! screen and paper. Nothing depends on colour: bands are hatched and outlined, the middle day is a thick mark.

use std::fmt::{self, Display, Formatter};

use chrono::{DateTime, TimeDelta, Utc};

use super::outlook::{FoodOutlook, FoodRow, words};
use crate::situation::outlook::OutlookStatus;
use crate::tongue::{Tongue, say};

/// Areas that are drawn; the others stand in the table.
const MOST_BARS: usize = 20;
/// Letters of a name that fit beside the days on a telephone.
const MOST_LETTERS: usize = 22;
/// Axes that are easy to read: their length and the distance of their ticks, days.
const AXES: [(u32, u32); 6] = [(5, 1), (10, 2), (20, 5), (30, 10), (60, 20), (90, 30)];
/// Where the day of the report lies, and the end of the axis: percent of the width.
const LEFT: f64 = 0.6;
const RIGHT: f64 = 95.0;
/// Height of one area, pixels.
const ROW: u32 = 40;

/// What is drawn.
pub(super) struct Chart {
    pub bars: Vec<Bar>,
    pub ticks: Vec<Tick>,
    /// How long the axis is, days.
    pub axis_days: u32,
    /// Where the axis lies, pixels from the top.
    pub axis: u32,
    /// Areas that are not drawn.
    pub left_out: usize,
    /// The same in words, for who cannot see it.
    pub described: String,
}

/// One area.
pub(super) struct Bar {
    /// Its name, cut where it is too long.
    pub name: String,
    /// Its days.
    pub label: String,
    /// Pixels from the top.
    pub top: u32,
    /// Where the band begins and how wide it is.
    pub band: Option<(Percent, Percent)>,
    /// Where the band ends.
    pub until: Percent,
    /// Where the middle day lies.
    pub mark: Option<Percent>,
    /// Does it go on beyond the axis?
    pub goes_on: bool,
}

/// A day on the axis.
pub(super) struct Tick {
    /// Where it lies.
    pub at: Percent,
    /// How its text is anchored.
    pub anchor: &'static str,
    /// The day.
    pub text: String,
}

/// The chart; `None` where no day is known of any area.
pub(super) fn of(t: Tongue<'_>, outlook: &FoodOutlook, as_of: DateTime<Utc>) -> Option<Chart> {
    let rows: Vec<&FoodRow> = outlook.areas.iter().filter(|row| row.has_band()).collect();
    if rows.is_empty() {
        return None;
    }
    let (axis_days, step) = axis(&rows);
    let drawn = rows.iter().take(MOST_BARS);
    let bars: Vec<Bar> =
        (0_u32..).zip(drawn).map(|(place, row)| bar(t, row, place * ROW, axis_days)).collect();
    let described = rows
        .iter()
        .map(|row| say!(t, "chart-bar", area = t.name(&row.name), left = words::lasts(t, row)));
    let described = t.parts(&described.collect::<Vec<_>>());
    Some(Chart {
        axis: ROW * (0..).zip(&bars).map(|(place, _)| place + 1).max().unwrap_or(0) + 2,
        ticks: ticks(t, as_of, axis_days, step),
        axis_days,
        left_out: rows.len() - bars.len(),
        described: say!(t, "chart-described", days = described),
        bars,
    })
}

/// The shortest axis that holds every band that ends within three months.
fn axis(rows: &[&FoodRow]) -> (u32, u32) {
    let [.., longest] = AXES;
    let ends = rows.iter().filter_map(|row| row.days_left.p90.or(row.days_left.p50));
    let last = ends.filter(|end| *end <= f64::from(longest.0)).fold(0.0, f64::max);
    // Where nothing ends so soon, the arrows need the longest one.
    let is_late = last <= 0.0 && rows.iter().any(|row| row.days_left.p50 != Some(0.0));
    let fits = |axis: &&(u32, u32)| !is_late && last <= f64::from(axis.0);
    *AXES.iter().find(fits).unwrap_or(&longest)
}

/// A share of the width, percent, as an attribute has it.
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd)]
pub(super) struct Percent(pub f64);

impl Display for Percent {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write!(f, "{:.2}%", self.0)
    }
}

fn percent(days: f64, axis_days: u32) -> f64 {
    LEFT + (RIGHT - LEFT) * (days / f64::from(axis_days)).clamp(0.0, 1.0)
}

fn bar(t: Tongue<'_>, row: &FoodRow, top: u32, axis_days: u32) -> Bar {
    let (band, end) = (row.days_left, f64::from(axis_days));
    let is_out = row.status == OutlookStatus::AlreadyOut;
    let goes_on = band.p90.is_none_or(|late| late > end);
    let early = band.p10.or(is_out.then_some(0.0)).filter(|early| *early < end);
    let late = if goes_on { end } else { band.p90.unwrap_or(end) };
    let from = early.map(|early| percent(early, axis_days));
    let until = percent(late, axis_days);
    Bar {
        name: t.run(&clipped(&t.plain_name(&row.name))),
        label: t.run(&words::lasts(t, row)),
        top,
        band: from.map(|from| (Percent(from), Percent((until - from).max(0.0)))),
        until: Percent(until),
        mark: band.p50.filter(|middle| *middle <= end).map(|at| Percent(percent(at, axis_days))),
        goes_on,
    }
}

fn clipped(name: &str) -> String {
    match name.char_indices().nth(MOST_LETTERS) {
        None => name.to_owned(),
        Some((end, _)) => format!("{}…", name.get(..end).unwrap_or_default().trim_end()),
    }
}

fn ticks(t: Tongue<'_>, as_of: DateTime<Utc>, axis_days: u32, step: u32) -> Vec<Tick> {
    let each = (0..=axis_days).step_by(usize::try_from(step).unwrap_or(1));
    each.map(|day| Tick {
        at: Percent(percent(f64::from(day), axis_days)),
        anchor: if day == 0 { "start" } else { "middle" },
        text: t.run(&t.short_day_of_year((as_of + TimeDelta::days(day.into())).date_naive())),
    })
    .collect()
}
