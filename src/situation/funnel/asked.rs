//! Which convoys and drops the funnel counts.

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, Utc};

use super::FunnelQuestion;
use crate::assess::delivery::{ConvoyFacts, DropFacts};
use crate::assess::funnel::progress::counted_on;
use crate::domain::{AreaCode, Text};
use crate::situation::Situation;
use crate::situation::coverage::counted_otherwise;
use crate::situation::table::Known;

/// A sector of goods; `None` for what the table of commodities does not have.
type Sector = Option<&'static str>;

/// The question, worked out once.
pub(super) struct Asked<'w> {
    pub(super) situation: &'w Situation,
    pub(super) question: &'w FunnelQuestion,
    /// For each convoy that is counted through others, the sectors of goods that those tell of.
    left_out: HashMap<&'w str, HashSet<Sector>>,
    /// The areas asked for; `None` asks for all.
    pub(super) areas: Option<HashSet<&'w str>>,
}

impl<'w> Asked<'w> {
    pub(super) fn of(situation: &'w Situation, question: &'w FunnelQuestion) -> Self {
        let named: HashSet<&str> = question.areas.iter().map(String::as_str).collect();
        let all = named.is_empty() && question.admin1.is_none();
        let wanted = |row: &&std::sync::Arc<Known<crate::domain::Area>>| {
            let admin1 = row.record.admin1_pcode.as_ref().map(Text::as_str);
            (named.is_empty() || named.contains(&*row.code))
                && question.admin1.as_deref().is_none_or(|only| admin1 == Some(only))
        };
        let codes = situation.world.areas.iter().filter(wanted).map(|row| &*row.code);
        let areas = if all { None } else { Some(codes.collect()) };
        Self { situation, question, left_out: left_out(situation), areas }
    }

    /// Is it asked for?
    pub(super) fn counts(&self, row: &Known<ConvoyFacts>) -> bool {
        let (facts, question, as_of) = (&row.record, self.question, self.situation.as_of);
        let is_in_time = |at: DateTime<Utc>| {
            question.from.is_none_or(|from| from <= at) && question.to.is_none_or(|to| at <= to)
        };
        facts.carries_goods
            && (question.modes.is_empty() || question.modes.contains(&facts.mode))
            && facts.happened().is_some_and(|at| at.start() <= as_of)
            && counted_on(facts, as_of).is_some_and(|at| is_in_time(at.start()))
    }

    /// The sectors of goods that others tell of in its place, where it is counted through them.
    pub(super) fn told_elsewhere(&self, row: &Known<ConvoyFacts>) -> Option<&HashSet<Sector>> {
        if self.left_out.is_empty() { None } else { self.left_out.get(&*row.code) }
    }

    /// Is it for an area that is asked for?
    pub(super) fn counts_drop(&self, drop: &DropFacts) -> bool {
        let wanted =
            |area: &AreaCode| self.areas.as_ref().is_none_or(|areas| areas.contains(area.as_str()));
        self.areas.is_none() || drop.areas.iter().any(wanted)
    }
}

/// The convoys that are counted through others, each with the sectors that its wholes and parts tell of. What only
/// the one that is left out tells of would else be lost: a list of medicines, a kit that was taken off.
fn left_out(situation: &Situation) -> HashMap<&str, HashSet<Sector>> {
    let convoys = &situation.world.convoys;
    let mut left_out: HashMap<&str, HashSet<Sector>> =
        counted_otherwise(situation).into_iter().map(|code| (code, HashSet::new())).collect();
    for part in situation.world.parts.iter().filter_map(|part| convoys.get(&part.code)) {
        for whole in part.record.part_of.iter().filter_map(|whole| convoys.get(whole.as_str())) {
            for (one, other) in [(part, whole), (whole, part)] {
                if let Some(told) = left_out.get_mut(&*one.code) {
                    let lines = other.record.drops.iter().flat_map(|drop| drop.lines.iter());
                    told.extend(lines.map(|line| line.goods.sector()));
                }
            }
        }
    }
    left_out
}
