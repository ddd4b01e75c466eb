//! Boundaries at hand: which unit a place lies in, how near to its border, and outlines to draw. Knows no clearance:
//! who asks gives a place that the reader sees.

mod kept;
pub mod near;
pub mod shape;
pub mod simplify;
#[cfg(test)]
mod tests;
pub mod tile;

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use chrono::{DateTime, NaiveDate, Utc};
use geo::indexed::IntervalTreeMultiPolygon;
use geo::{BoundingRect, Contains, Coord};
use rstar::primitives::{GeomWithData, Rectangle};
use rstar::{AABB, RTree};

pub use self::kept::Atlases;
use crate::domain::Place;
use crate::domain::boundary::{Boundary, DEEPEST_LEVEL, Pcode, key};
use crate::domain::choice::choice;
use crate::store::KnownBoundary;

choice! {
    /// Which outline of a unit is meant.
    Detail {
        /// With fewer corners, for drawing.
        Display = "display",
        /// As published.
        Exact = "exact",
    }
}

/// A unit as it is known, ready for questions.
pub struct Unit {
    /// The unit, and how it is known.
    pub known: KnownBoundary,
    /// West, south, east, north, degrees.
    pub bounds: [f64; 4],
    inside: IntervalTreeMultiPolygon<f64>,
}

impl Unit {
    pub(super) fn of(known: KnownBoundary) -> Option<Self> {
        let bounds = known.boundary.outline.bounding_rect()?;
        let bounds = [bounds.min().x, bounds.min().y, bounds.max().x, bounds.max().y];
        let inside = IntervalTreeMultiPolygon::new(&known.boundary.outline);
        Some(Self { known, bounds, inside })
    }

    /// The unit itself.
    #[must_use]
    pub const fn boundary(&self) -> &Boundary {
        &self.known.boundary
    }

    /// Lies the place in it, and not on its border?
    #[must_use]
    pub fn contains(&self, place: Place) -> bool {
        self.inside.contains(&Coord { x: place.lon(), y: place.lat() })
    }

    /// How far the place lies from the nearest border of the unit, metres; good to one part in a hundred within some
    /// ten kilometres.
    #[must_use]
    pub fn border_m(&self, place: Place) -> f64 {
        near::border_m(&self.boundary().outline, place)
    }

    fn is_known_at(&self, known_at: DateTime<Utc>) -> bool {
        let superseded = self.known.superseded_at.is_some_and(|at| at <= known_at);
        self.known.learned_at <= known_at && !superseded
    }
}

type Boxed = GeomWithData<Rectangle<[f64; 2]>, usize>;

/// The units in force on a day.
#[derive(Default)]
pub struct Atlas {
    /// Ordered by P-code.
    units: Vec<Arc<Unit>>,
    by_key: HashMap<String, usize>,
    boxes: RTree<Boxed>,
}

impl Atlas {
    /// Of everything that is known, what holds on a day.
    ///
    /// A release is the whole of its level in its country, so the latest one that holds by then counts; before the
    /// first one, that one: units were there before somebody drew them for us.
    #[must_use]
    pub fn of(all: &[Arc<Unit>], day: NaiveDate, known_at: DateTime<Utc>) -> Self {
        let known = || all.iter().filter(|unit| unit.is_known_at(known_at));
        let list = |unit: &Unit| (unit.boundary().country.key(), unit.boundary().level);
        let mut releases: BTreeMap<(String, u8), NaiveDate> = BTreeMap::new();
        for unit in known() {
            let from = unit.boundary().valid_from;
            releases
                .entry(list(unit))
                .and_modify(|best| *best = better(*best, from, day))
                .or_insert(from);
        }
        let holds = |unit: &&Arc<Unit>| {
            let own = unit.boundary();
            releases.get(&list(unit)) == Some(&own.valid_from)
                && own.valid_to.is_none_or(|last| last >= day)
        };
        Self::with(known().filter(holds).cloned().collect())
    }

    fn with(mut units: Vec<Arc<Unit>>) -> Self {
        units.sort_by(|a, b| a.boundary().pcode.cmp(&b.boundary().pcode));
        let boxes = units.iter().enumerate().map(|(at, unit)| {
            let [west, south, east, north] = unit.bounds;
            Boxed::new(Rectangle::from_corners([west, south], [east, north]), at)
        });
        let boxes = RTree::bulk_load(boxes.collect());
        let by_key =
            units.iter().enumerate().map(|(at, unit)| (unit.boundary().pcode.key(), at)).collect();
        Self { units, by_key, boxes }
    }

    /// Every unit, by P-code.
    #[must_use]
    pub fn units(&self) -> &[Arc<Unit>] {
        &self.units
    }

    /// Is there none?
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.units.is_empty()
    }

    /// The unit of a P-code, however its prefix and its dashes are written.
    #[must_use]
    pub fn unit(&self, pcode: &str) -> Option<&Arc<Unit>> {
        self.units.get(*self.by_key.get(&key(pcode))?)
    }

    /// The unit that this one lies in.
    #[must_use]
    pub fn parent(&self, unit: &Unit) -> Option<&Arc<Unit>> {
        self.unit(unit.boundary().parent.as_ref()?.as_str())
    }

    /// The P-codes of the units that this one lies in, the nearest first, also of those without an outline here.
    #[must_use]
    pub fn above(&self, unit: &Unit) -> Vec<Pcode> {
        let mut found: Vec<Pcode> = Vec::new();
        let mut next = unit.boundary().parent.clone();
        while let Some(pcode) = next.filter(|_| found.len() <= usize::from(DEEPEST_LEVEL)) {
            next = self.unit(pcode.as_str()).and_then(|unit| unit.boundary().parent.clone());
            found.push(pcode);
        }
        found
    }

    /// The unit and all that lie in it, by their parents.
    #[must_use]
    pub fn below<'a>(&'a self, unit: &'a Arc<Unit>) -> Vec<&'a Arc<Unit>> {
        let mut found = vec![unit];
        let mut at = 0;
        while let Some(whole) = found.get(at) {
            let whole = whole.boundary().pcode.key();
            let lies_in = |unit: &&Arc<Unit>| {
                unit.boundary().parent.as_ref().is_some_and(|parent| parent.key() == whole)
            };
            let parts: Vec<_> = self.units.iter().filter(lies_in).collect();
            found.extend(parts);
            at += 1;
        }
        found
    }

    /// The unit of each level that a place lies in, the country first. On a border the one whose P-code comes first.
    #[must_use]
    pub fn containing(&self, place: Place) -> Vec<&Arc<Unit>> {
        let close: Vec<&Arc<Unit>> = self.at(place).collect();
        let mut found = first_of_levels(close.iter().filter(|unit| unit.contains(place)).copied());
        // Looking along a border takes time: only where no unit of the level has the place inside.
        let is_on_border = |unit: &&Arc<Unit>| {
            !found.contains_key(&unit.boundary().level)
                && unit.border_m(place) < near::ON_THE_BORDER_M
        };
        let on_border = first_of_levels(close.iter().filter(|unit| is_on_border(unit)).copied());
        found.extend(on_border);
        found.into_values().collect()
    }

    fn at(&self, place: Place) -> impl Iterator<Item = &Arc<Unit>> {
        let point = AABB::from_point([place.lon(), place.lat()]);
        let found = self.boxes.locate_in_envelope_intersecting(&point);
        found.filter_map(|boxed| self.units.get(boxed.data))
    }

    /// The units that a box touches, by P-code. West, south, east, north, degrees.
    #[must_use]
    pub fn touching(&self, [west, south, east, north]: [f64; 4]) -> Vec<&Arc<Unit>> {
        let envelope = AABB::from_corners([west, south], [east, north]);
        let mut found: Vec<usize> =
            self.boxes.locate_in_envelope_intersecting(&envelope).map(|boxed| boxed.data).collect();
        found.sort_unstable();
        found.into_iter().filter_map(|at| self.units.get(at)).collect()
    }
}

/// Of each level the unit whose P-code comes first.
fn first_of_levels<'u>(units: impl Iterator<Item = &'u Arc<Unit>>) -> BTreeMap<u8, &'u Arc<Unit>> {
    let mut found: BTreeMap<u8, &Arc<Unit>> = BTreeMap::new();
    for unit in units {
        let own = unit.boundary();
        let first = found.entry(own.level).or_insert(unit);
        if own.pcode < first.boundary().pcode {
            *first = unit;
        }
    }
    found
}

/// Of two releases the one that holds on a day: the later of those that began by then, else the first to begin.
fn better(one: NaiveDate, other: NaiveDate, day: NaiveDate) -> NaiveDate {
    match (one <= day, other <= day) {
        (true, true) => one.max(other),
        (false, false) => one.min(other),
        (true, false) => one,
        (false, true) => other,
    }
}
