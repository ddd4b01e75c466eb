//! A pause with all that makes it longer: each piece of time with the record whose answers hold for it.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use serde::Serialize;

use super::times::{Schedule, Untold};
use super::{LocalClock, hours_between, without};
use crate::assess::recurrence::Window;
use crate::assess::recurrence::expand::{First, NoWindows};
use crate::domain::{Moment, Pause, Record, Saying};
use crate::situation::table::Known;
use crate::situation::world::Situation;

/// One window, or the part of it that an extension adds, with the record it comes from.
#[derive(Debug, Clone)]
pub(super) struct Piece<'w> {
    pub(super) window: Window,
    pub(super) of: &'w Known<Pause>,
}

/// What an extension does.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Extension {
    /// Its code.
    pub pause: String,
    /// The pause it makes longer.
    pub extends: String,
    /// When it was announced.
    pub announced_on: Option<Moment>,
    /// What it adds to the time asked for: hours.
    pub adds_hours: f64,
    /// To when it moves the end.
    pub end: Option<DateTime<Utc>>,
    /// The same in a sentence.
    pub sentence: Saying,
}

/// A pause and its extensions, as known by a day.
pub(super) struct Chain<'w> {
    pub(super) base: &'w Known<Pause>,
    pub(super) clock: LocalClock,
    /// When the pause itself holds.
    pub(super) schedule: Result<Schedule<'w>, Untold>,
    /// What makes it longer, in the order of announcement.
    pub(super) longer: Vec<(&'w Known<Pause>, Result<Schedule<'w>, Untold>)>,
}

impl<'w> Chain<'w> {
    /// Reads a pause; `first` stands in for a start that it does not have.
    pub(super) fn of(
        situation: &'w Situation,
        base: &'w Known<Pause>,
        first: Option<First>,
    ) -> Self {
        let clock = LocalClock::of(situation, &base.record);
        let schedule = Schedule::read(&base.record, clock, first, situation.as_of);
        let mut end = schedule.as_ref().ok().and_then(|schedule| schedule.end);
        let mut longer = Vec::new();
        for row in extensions(situation, base) {
            let clock = LocalClock::of(situation, &row.record);
            // An extension that names no start begins where the pause would have ended.
            let first = row.record.start.is_none().then_some(end).flatten().map(First::Instant);
            let read = Schedule::read(&row.record, clock, first, situation.as_of);
            end = end.max(read.as_ref().ok().and_then(|read| read.end));
            longer.push((&**row, read));
        }
        Self { base, clock, schedule, longer }
    }

    /// Reads a pause without what makes it longer.
    pub(super) fn alone(situation: &'w Situation, base: &'w Known<Pause>) -> Self {
        let clock = LocalClock::of(situation, &base.record);
        let schedule = Schedule::read(&base.record, clock, None, situation.as_of);
        Self { base, clock, schedule, longer: Vec::new() }
    }

    /// Every record of it.
    pub(super) fn rows(&self) -> impl Iterator<Item = &'w Known<Pause>> {
        std::iter::once(self.base).chain(self.longer.iter().map(|(row, _)| *row))
    }

    /// The first instant and the last, extensions and all; the last is `None` where no end is set.
    pub(super) fn bounds(&self) -> Option<(DateTime<Utc>, Option<DateTime<Utc>>)> {
        let schedule = self.schedule.as_ref().ok()?;
        let longer = self.longer.iter().filter_map(|(_, read)| read.as_ref().ok()?.end);
        let end = schedule.end.map(|end| longer.fold(end, Ord::max));
        Some((schedule.start, end))
    }

    /// The pieces that touch a time, in order, each instant in one piece only; and what each extension did.
    pub(super) fn pieces(
        &self,
        from: DateTime<Utc>,
        to: DateTime<Utc>,
    ) -> Result<(Vec<Piece<'w>>, Vec<Extension>), NoWindows> {
        let mut pieces: Vec<Piece<'w>> = Vec::new();
        let mut told = Vec::new();
        let mut before: Vec<&Schedule<'w>> = Vec::new();
        if let Ok(schedule) = &self.schedule {
            let windows = schedule.windows(from, to)?;
            pieces.extend(windows.into_iter().map(|window| Piece { window, of: self.base }));
            before.push(schedule);
        }
        for (row, read) in &self.longer {
            let mut added = Vec::new();
            if let Ok(schedule) = read {
                for window in schedule.windows(from, to)? {
                    let mut there = Vec::new();
                    for earlier in &before {
                        there.extend(earlier.windows(window.start, window.end)?);
                    }
                    added.extend(without(window, &there));
                }
                before.push(schedule);
            }
            told.push(self.extension(row, read, &added));
            pieces.extend(added.into_iter().map(|window| Piece { window, of: row }));
        }
        pieces.sort_by_key(|piece| (piece.window.start, piece.window.end));
        Ok((pieces, told))
    }

    fn extension(
        &self,
        row: &Known<Pause>,
        read: &Result<Schedule<'_>, Untold>,
        added: &[Window],
    ) -> Extension {
        let adds_hours: f64 = added.iter().map(|window| window.hours()).sum();
        let end = read.as_ref().ok().and_then(|read| read.end);
        let code = &row.code;
        let is_open = self.schedule.as_ref().is_ok_and(Schedule::is_open);
        let of = |say: &str| Saying::of(say).text("pause", &**code);
        let adds = |say: &str| of(say).decimal("hours", adds_hours);
        let sentence = match (read, end) {
            (Err(why), _) => of("longer-untold").part("why", why.sentence.clone()),
            (Ok(_), _) if added.is_empty() && is_open => of("longer-open"),
            (Ok(_), _) if added.is_empty() => of("longer-nothing"),
            (Ok(_), Some(end)) => adds("longer-adds").text("end", self.clock.says(end)),
            (Ok(_), None) => adds("longer-no-end"),
        };
        Extension {
            pause: code.to_string(),
            extends: row.record.extends.as_ref().map_or_else(String::new, ToString::to_string),
            announced_on: row.record.announced_on,
            adds_hours,
            end,
            sentence,
        }
    }
}

/// The pauses that make this one longer, directly or by way of another, by the order of their announcement.
fn extensions<'w>(situation: &'w Situation, base: &Known<Pause>) -> Vec<&'w Arc<Known<Pause>>> {
    let mut codes: Vec<&str> = vec![&base.code];
    let mut found: Vec<&Arc<Known<Pause>>> = Vec::new();
    let is_known =
        |row: &Known<Pause>| row.record.happened().is_none_or(|at| at.start() <= situation.as_of);
    let mut at = 0;
    while let Some(code) = codes.get(at).copied() {
        for row in situation.world.pauses.iter() {
            let extends = row.record.extends.as_ref().is_some_and(|of| of.as_str() == code);
            if extends && is_known(row) && !codes.contains(&&*row.code) {
                codes.push(&row.code);
                found.push(row);
            }
        }
        at += 1;
    }
    found.sort_by_key(|row| (row.record.announced_on, row.record.start, row.code.clone()));
    found
}

/// Hours of windows that do not overlap.
pub(super) fn hours_of(windows: &[Window]) -> f64 {
    windows.iter().map(|window| hours_between(window.start, window.end)).sum()
}
