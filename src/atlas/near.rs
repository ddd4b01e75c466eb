//! What is near: borders by metres, P-codes and names by letters.

use geo::{Line, LinesIter, MultiPolygon};

use super::Atlas;
use crate::domain::Place;
use crate::domain::boundary::key;

/// Closer than this, metres, a place lies on a border.
pub const ON_THE_BORDER_M: f64 = 0.5;

/// How many units are named where none was meant.
const MOST_NAMED: usize = 5;

/// How far the place lies from the nearest side, metres, by a plane that touches the earth there.
pub(super) fn border_m(outline: &MultiPolygon, place: Place) -> f64 {
    const METRES_PER_DEGREE: f64 = 111_195.0;
    let scale = place.lat().to_radians().cos();
    let distance = |side: Line| {
        let flat = |corner: geo::Coord| {
            (
                (corner.x - place.lon()) * scale * METRES_PER_DEGREE,
                (corner.y - place.lat()) * METRES_PER_DEGREE,
            )
        };
        let ((ax, ay), (bx, by)) = (flat(side.start), flat(side.end));
        let (dx, dy) = (bx - ax, by - ay);
        let length = dx.mul_add(dx, dy * dy);
        let share = if length > 0.0 { -(ax * dx + ay * dy) / length } else { 0.0 };
        let share = share.clamp(0.0, 1.0);
        (ax + share * dx).hypot(ay + share * dy)
    };
    outline.lines_iter().map(distance).fold(f64::INFINITY, f64::min)
}

/// A unit as a suggestion: its P-code and its name.
pub type Suggestion = (String, String);

/// The units of an atlas, as suggestions.
pub fn suggestions(atlas: &Atlas) -> impl Iterator<Item = Suggestion> {
    atlas
        .units()
        .iter()
        .map(|unit| (unit.boundary().pcode.to_string(), unit.boundary().names.any().to_owned()))
}

/// Those that may have been meant: one or two letters or digits apart, with other zeros, or named so. The best first.
#[must_use]
pub fn meant(written: &str, known: impl Iterator<Item = Suggestion>) -> Vec<Suggestion> {
    const FARTHEST: usize = 2;
    let (own, bare) = (key(written), bare(&key(written)));
    let mut found: Vec<(usize, Suggestion)> = known
        .filter_map(|(pcode, name)| {
            let other = key(&pcode);
            let is_named = name.to_lowercase() == written.trim().to_lowercase();
            let is_bare = self::bare(&other) == bare;
            let apart = if is_named || is_bare { 0 } else { strsim::levenshtein(&own, &other) };
            (apart <= FARTHEST && apart < own.chars().count()).then_some((apart, (pcode, name)))
        })
        .collect();
    found.sort();
    found.dedup();
    found.into_iter().map(|(_, found)| found).take(MOST_NAMED).collect()
}

/// A code without the zeros that some write and others do not.
fn bare(key: &str) -> String {
    key.chars().filter(|letter| *letter != '0').collect()
}
