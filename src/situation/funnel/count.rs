//! The one pass over the convoys.

use std::collections::HashMap;

use rayon::prelude::*;

use super::By;
use super::asked::Asked;
use super::removal::RemovalTally;
use super::tally::Tally;
use crate::assess::delivery::{ConvoyFacts, DropFacts};
use crate::assess::funnel::progress::{counted_on, month_of};
use crate::assess::funnel::{FlowLine, Passed, line_flow};
use crate::domain::AreaCode;
use crate::situation::table::Known;

/// What a row stands for.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Key<'w> {
    /// A party, or a reason.
    Word(&'w str),
    Commodity(&'w str, Option<&'w str>),
    Month(i32, u32),
    Area(&'w str),
    /// Several, for which there is one figure.
    Areas(Vec<&'w str>),
    /// Nobody told.
    Unknown,
}

/// What has been counted so far.
#[derive(Default)]
pub(super) struct Count<'w> {
    /// Boxed, since a growing map moves what it holds.
    pub(super) rows: HashMap<Key<'w>, Box<Tally<'w>>>,
    pub(super) removals: HashMap<Key<'w>, RemovalTally<'w>>,
    pub(super) totals: Tally<'w>,
    pub(super) removed: RemovalTally<'w>,
    /// Is there a figure for several areas, only some of which were asked for?
    pub(super) several_areas: bool,
}

impl<'w> Count<'w> {
    /// Counts all convoys that are asked for: a few stretches of them side by side, put together in their order, so that
    /// the same question always adds up in the same order.
    pub(super) fn of(asked: &Asked<'w>) -> Self {
        const STRETCHES: usize = 8;
        let convoys: Vec<&'w Known<ConvoyFacts>> =
            asked.situation.world.convoys.iter().map(|row| &**row).collect();
        let stretch = |convoys: &[&'w Known<ConvoyFacts>]| {
            let mut count = Self::default();
            for row in convoys.iter().filter(|row| asked.counts(row)) {
                count.convoy(row, asked);
            }
            count
        };
        let length = convoys.len().div_ceil(STRETCHES).max(1);
        let counts: Vec<Self> = convoys.par_chunks(length).map(stretch).collect();
        let mut all = Self::default();
        for count in counts {
            all.merge(count);
        }
        // By a commodity, month or area the goods of the totals are those of the rows.
        let mut rows: Vec<(&Key<'w>, &Box<Tally<'w>>)> = all.rows.iter().collect();
        rows.sort_unstable_by(|a, b| a.0.cmp(b.0));
        for (_, tally) in rows {
            all.totals.lines.merge(&tally.lines);
        }
        all
    }

    fn merge(&mut self, other: Self) {
        for (key, tally) in other.rows {
            self.rows.entry(key).or_default().merge(*tally);
        }
        for (key, tally) in other.removals {
            self.removals.entry(key).or_default().merge(tally);
        }
        self.totals.merge(other.totals);
        self.removed.merge(other.removed);
        self.several_areas |= other.several_areas;
    }

    fn convoy(&mut self, row: &'w Known<ConvoyFacts>, asked: &Asked<'w>) {
        let passed = Passed::by(&row.record, asked.situation.as_of);
        let told_elsewhere = asked.told_elsewhere(row);
        let mut drops = row.record.drops.iter().filter(|drop| asked.counts_drop(drop)).peekable();
        // Of a convoy whose areas nobody told only its being is counted.
        if drops.peek().is_none() && asked.areas.is_none() && told_elsewhere.is_none() {
            self.totals.convoy(row, passed);
            let key = match asked.question.by {
                By::Month => month(row, asked),
                By::Area => Key::Unknown,
                _ => return,
            };
            self.rows.entry(key).or_default().convoy(row, passed);
        }
        for drop in drops {
            let untold = |line: &&FlowLine| {
                told_elsewhere.is_none_or(|told| !told.contains(&line.goods.sector()))
            };
            let lines = || drop.lines.iter().filter(untold);
            let is_counted = told_elsewhere.is_none();
            if is_counted || lines().next().is_some() {
                self.several_areas |= asked.areas.is_some() && drop.areas.len() > 1;
                self.drop(row, drop, passed, asked, is_counted, lines());
                lines().for_each(|line| self.removals(row, line, passed, asked.question.by));
            }
        }
    }

    /// Counts a drop; of a convoy that is counted through others only its goods.
    fn drop(
        &mut self,
        row: &'w Known<ConvoyFacts>,
        drop: &'w DropFacts,
        passed: Passed,
        asked: &Asked<'w>,
        is_counted: bool,
        lines: impl Iterator<Item = &'w FlowLine>,
    ) {
        let by = asked.question.by;
        let key = match by {
            By::Month => Some(month(row, asked)),
            By::Area => Some(areas_of(drop)),
            _ => None,
        };
        let mut of_row = key.map(|key| &mut **self.rows.entry(key).or_default());
        for tally in of_row.iter_mut().map(|tally| &mut **tally).chain([&mut self.totals]) {
            if is_counted {
                tally.convoy(row, passed);
                tally.add_drop(drop, passed);
            } else {
                tally.witness(row);
            }
        }
        let flow = |line: &FlowLine| line_flow(&line.told(), passed.progress);
        if by == By::Commodity {
            for line in lines {
                let key = Key::Commodity(&line.goods.commodity, line.goods.unit.as_deref());
                let tally = self.rows.entry(key).or_default();
                tally.witness(row);
                tally.lines.add(line, &flow(line));
            }
        } else {
            // With rows of months or areas the totals are added up from those.
            let tally = of_row.unwrap_or(&mut self.totals);
            lines.for_each(|line| tally.lines.add(line, &flow(line)));
        }
    }

    fn removals(
        &mut self,
        row: &'w Known<ConvoyFacts>,
        line: &'w FlowLine,
        passed: Passed,
        by: By,
    ) {
        // Nothing was taken off a convoy before it was loaded.
        for taken in line.taken.iter().filter(|_| passed.progress.set_out()) {
            self.removed.add(row, line, taken);
            let word = match by {
                By::Authority => taken.authority.as_deref(),
                By::Reason => taken.reason.as_deref(),
                _ => continue,
            };
            let key = word.map_or(Key::Unknown, Key::Word);
            self.removals.entry(key).or_default().add(row, line, taken);
        }
    }
}

fn month<'w>(row: &Known<ConvoyFacts>, asked: &Asked<'_>) -> Key<'w> {
    let at = counted_on(&row.record, asked.situation.as_of);
    let month = month_of(at, row.record.date_precision);
    month.map_or(Key::Unknown, |(year, month)| Key::Month(year, month))
}

/// The areas of a drop as one set, whatever order the source has them in.
fn areas_of(drop: &DropFacts) -> Key<'_> {
    if let [area] = &drop.areas[..] {
        return Key::Area(area.as_str());
    }
    let mut areas: Vec<&str> = drop.areas.iter().map(AreaCode::as_str).collect();
    areas.sort_unstable();
    areas.dedup();
    match areas[..] {
        [] => Key::Unknown,
        [area] => Key::Area(area),
        _ => Key::Areas(areas),
    }
}
