//! What the rules look at: the situation, and what several of them need, worked out once.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::runout;
use crate::config::Alert as Lines;
use crate::domain::status::SiegeStatus;
use crate::domain::{Area, AreaCode, Status};
use crate::situation::claims;
use crate::situation::coverage::counted_otherwise;
use crate::situation::outlook::AreaOutlook;
use crate::situation::standards::Standards;
use crate::situation::table::Known;
use crate::situation::world::Situation;

/// The situation with what follows from it.
pub(super) struct View<'s> {
    pub situation: &'s Situation,
    pub standards: &'s Standards,
    /// The areas that anybody calls besieged or hard to reach, with the claims that hold.
    pub cut_off: BTreeMap<&'s str, Vec<&'s Known<Status>>>,
    /// Convoys that are counted through others.
    pub left_out: HashSet<&'s str>,
    /// The outlook of every area that can raise something.
    pub outlooks: HashMap<String, AreaOutlook>,
    /// Does nobody wait for the answer any more? What is found then is not told.
    pub gives_up: &'s dyn Fn() -> bool,
}

impl<'s> View<'s> {
    pub(super) fn of(
        situation: &'s Situation,
        standards: &'s Standards,
        gives_up: &'s dyn Fn() -> bool,
    ) -> Self {
        let cut_off = cut_off(situation);
        let left_out = counted_otherwise(situation);
        let outlooks = HashMap::new();
        let mut view = Self { situation, standards, cut_off, left_out, outlooks, gives_up };
        view.outlooks = runout::outlooks_now(&view);
        view
    }

    /// The thresholds of an area, by its code.
    pub(super) fn lines(&self, area: &str) -> &'s Lines {
        let known = self.situation.world.areas.get(area);
        known.map_or(&self.standards.alert, |area| self.lines_of(area))
    }

    /// The thresholds of an area.
    pub(super) fn lines_of(&self, area: &Known<Area>) -> &'s Lines {
        &self.standards.of(area).alert
    }

    /// The strictest threshold of several areas where a lower one is stricter; without areas, that of everywhere.
    pub(super) fn least<'a>(
        &self,
        areas: impl IntoIterator<Item = &'a AreaCode>,
        line: fn(&Lines) -> f64,
    ) -> f64 {
        let own = areas.into_iter().map(|area| line(self.lines(area.as_str())));
        own.reduce(f64::min).unwrap_or_else(|| line(&self.standards.alert))
    }

    /// The strictest threshold of several areas where a higher one is stricter.
    pub(super) fn most<'a>(
        &self,
        areas: impl IntoIterator<Item = &'a AreaCode>,
        line: fn(&Lines) -> f64,
    ) -> f64 {
        let own = areas.into_iter().map(|area| line(self.lines(area.as_str())));
        own.reduce(f64::max).unwrap_or_else(|| line(&self.standards.alert))
    }

    /// The claims by which an area is cut off.
    pub(super) fn claims(&self, area: &str) -> &[&'s Known<Status>] {
        self.cut_off.get(area).map_or(&[], Vec::as_slice)
    }

    /// Does anybody call it besieged?
    pub(super) fn is_besieged(&self, area: &str) -> bool {
        self.claims(area).iter().any(|claim| claim.record.status == SiegeStatus::Besieged)
    }
}

fn cut_off(situation: &Situation) -> BTreeMap<&str, Vec<&Known<Status>>> {
    let mut areas: BTreeMap<&str, Vec<&Known<Status>>> = BTreeMap::new();
    for ((_, area), claim) in claims::holding(situation) {
        if matches!(claim.record.status, SiegeStatus::Besieged | SiegeStatus::HardToReach) {
            areas.entry(area).or_default().push(claim);
        }
    }
    for claims in areas.values_mut() {
        claims.sort_by(|a, b| a.code.cmp(&b.code));
    }
    areas
}
