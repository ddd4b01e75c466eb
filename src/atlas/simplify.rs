//! Fewer corners for drawing: borders that units share are thinned once, so that neighbours still fit together.
//!
//! Rings are cut where three of them meet; each piece between is thinned in one direction, whichever ring asks, and
//! with the same result. Units of all levels that come together are thinned together.

use std::collections::HashMap;

use geo::{Coord, LineString, MultiPolygon, Polygon};

use super::shape;

/// How far a drawn border may lie from the published one, metres. On a screen this is less than a pixel up to zoom 10.
pub const TOLERANCE_M: f64 = 100.0;

/// One degree is nowhere longer than this, metres.
const METRES_PER_DEGREE: f64 = 111_700.0;

/// A piece longer than this is thinned part by part: the time stays in proportion.
const LONGEST_PART: usize = 2_000;

/// After so many rounds in which more units must be kept, all are.
const MOST_ROUNDS: usize = 8;

/// A corner, so that equal ones are found.
type Key = (u64, u64);

fn key(corner: Coord) -> Key {
    // Minus zero is zero.
    ((corner.x + 0.0).to_bits(), (corner.y + 0.0).to_bits())
}

/// The outlines for drawing, in the same order.
///
/// A unit whose thinned rings would cross, or vanish, keeps all its corners, and so do its neighbours along it.
///
/// # Units
///
/// `tolerance_m`: metres on the ground.
#[must_use]
pub fn simplified(outlines: &[&MultiPolygon], tolerance_m: f64) -> Vec<MultiPolygon> {
    let mut borders = Borders::of(outlines, tolerance_m / METRES_PER_DEGREE);
    let mut thinned: Vec<MultiPolygon> = outlines.iter().map(|one| borders.thinned(one)).collect();
    let mut left: Vec<usize> = (0..outlines.len()).collect();
    for _ in 0..MOST_ROUNDS {
        left.retain(|at| !is_sound(outlines[*at], &thinned[*at]));
        if left.is_empty() {
            return thinned;
        }
        for at in left {
            borders.keep(outlines[at]);
        }
        thinned = outlines.iter().map(|one| borders.thinned(one)).collect();
        // A neighbour of a unit that is kept may cross it now.
        left = (0..outlines.len()).filter(|at| thinned[*at] != *outlines[*at]).collect();
    }
    outlines.iter().map(|one| (*one).clone()).collect()
}

/// Has every ring still an inside, and crosses none?
fn is_sound(whole: &MultiPolygon, thinned: &MultiPolygon) -> bool {
    if whole == thinned {
        return true;
    }
    let mut rings = thinned.iter().flat_map(rings_of);
    rings.all(|ring| ring.0.len() >= 4) && shape::crossings(thinned).is_empty()
}

fn rings_of(polygon: &Polygon) -> impl Iterator<Item = &LineString> {
    std::iter::once(polygon.exterior()).chain(polygon.interiors())
}

/// The neighbours of a corner, as far as they matter: two of them, or more.
enum Neighbours {
    Two(Key, Key),
    More,
}

struct Borders {
    tolerance_degrees: f64,
    corners: HashMap<Key, Neighbours>,
    /// Pieces as they were thinned, by their first two corners, their last one and their length.
    pieces: HashMap<(Key, Key, Key, usize), Vec<Coord>>,
}

impl Borders {
    fn of(outlines: &[&MultiPolygon], tolerance_degrees: f64) -> Self {
        let mut corners = HashMap::new();
        for ring in outlines.iter().flat_map(|one| one.iter()).flat_map(rings_of) {
            let open = &ring.0[..ring.0.len().saturating_sub(1)];
            for (at, corner) in open.iter().enumerate() {
                let before = key(open[(at + open.len() - 1) % open.len()]);
                let after = key(open[(at + 1) % open.len()]);
                let own = (before.min(after), before.max(after));
                corners
                    .entry(key(*corner))
                    .and_modify(|known| {
                        if !matches!(known, Neighbours::Two(a, b) if (*a, *b) == own) {
                            *known = Neighbours::More;
                        }
                    })
                    .or_insert(Neighbours::Two(own.0, own.1));
            }
        }
        Self { tolerance_degrees, corners, pieces: HashMap::new() }
    }

    fn is_node(&self, corner: Coord) -> bool {
        matches!(self.corners.get(&key(corner)), Some(Neighbours::More))
    }

    fn thinned(&mut self, outline: &MultiPolygon) -> MultiPolygon {
        let polygons = outline.iter().map(|polygon| {
            let holes = polygon.interiors().iter().map(|hole| self.ring(hole)).collect();
            Polygon::new(self.ring(polygon.exterior()), holes)
        });
        MultiPolygon(polygons.collect())
    }

    fn ring(&mut self, ring: &LineString) -> LineString {
        let mut corners = Vec::new();
        for piece in self.cut(ring) {
            corners.pop();
            corners.extend(self.piece(&piece));
        }
        LineString(corners)
    }

    /// Keeps every corner of an outline, for each ring that shares it.
    fn keep(&mut self, outline: &MultiPolygon) {
        for ring in outline.iter().flat_map(rings_of) {
            for piece in self.cut(ring) {
                let (piece, _) = one_way(&piece);
                self.pieces.insert(name_of(&piece), piece);
            }
        }
    }

    /// The pieces of a ring, one after the other, the last one ending where the first begins.
    fn cut(&self, ring: &LineString) -> Vec<Vec<Coord>> {
        let open = &ring.0[..ring.0.len().saturating_sub(1)];
        if open.is_empty() {
            return vec![ring.0.clone()];
        }
        let mut ends: Vec<usize> = (0..open.len()).filter(|at| self.is_node(open[*at])).collect();
        // A ring that nobody meets, or one alone, is cut where any other ring would cut it.
        if ends.is_empty() {
            ends.extend((0..open.len()).min_by_key(|at| key(open[*at])));
        }
        if let [only] = ends[..] {
            ends.push(farthest(open, only));
            ends.sort_unstable();
        }
        let next = ends.iter().skip(1).chain(ends.first());
        ends.iter().zip(next).map(|(from, to)| between(open, *from, *to)).collect()
    }

    /// A piece with fewer corners, the same from both sides.
    fn piece(&mut self, piece: &[Coord]) -> Vec<Coord> {
        let (piece, is_turned) = one_way(piece);
        let tolerance = self.tolerance_degrees;
        let thin = self.pieces.entry(name_of(&piece)).or_insert_with(|| thin(&piece, tolerance));
        if is_turned { thin.iter().rev().copied().collect() } else { thin.clone() }
    }
}

/// The corners from one place of a ring to another, both with it.
fn between(open: &[Coord], from: usize, to: usize) -> Vec<Coord> {
    let steps = if to > from { to - from } else { to + open.len() - from };
    (0..=steps).map(|step| open[(from + step) % open.len()]).collect()
}

fn farthest(open: &[Coord], from: usize) -> usize {
    let away = |at: &usize| {
        let (dx, dy) = (open[*at].x - open[from].x, open[*at].y - open[from].y);
        dx.mul_add(dx, dy * dy)
    };
    let places = (0..open.len()).filter(|at| *at != from);
    // Of two that are as far the smaller one, whichever way the ring runs.
    let order = |a: &usize, b: &usize| {
        away(a).total_cmp(&away(b)).then_with(|| key(open[*b]).cmp(&key(open[*a])))
    };
    places.max_by(order).unwrap_or(from)
}

/// The piece in the direction in which all take it, and whether that is the other one.
fn one_way(piece: &[Coord]) -> (Vec<Coord>, bool) {
    let forth = piece.iter().map(|corner| key(*corner));
    let back = piece.iter().rev().map(|corner| key(*corner));
    let is_turned = back.lt(forth);
    let turned = || piece.iter().rev().copied().collect();
    (if is_turned { turned() } else { piece.to_vec() }, is_turned)
}

fn name_of(piece: &[Coord]) -> (Key, Key, Key, usize) {
    let at = |place: usize| piece.get(place).map_or((0, 0), |corner| key(*corner));
    (at(0), at(1), at(piece.len().saturating_sub(1)), piece.len())
}

/// Douglas and Peucker, part by part.
fn thin(piece: &[Coord], tolerance: f64) -> Vec<Coord> {
    let mut kept = vec![false; piece.len()];
    let mut from = 0;
    while from + 1 < piece.len() {
        let to = (from + LONGEST_PART).min(piece.len() - 1);
        (kept[from], kept[to]) = (true, true);
        let mut parts = vec![(from, to)];
        while let Some((from, to)) = parts.pop() {
            let far = (from + 1..to)
                .map(|at| (at, distance(piece[at], piece[from], piece[to])))
                .max_by(|a, b| a.1.total_cmp(&b.1));
            if let Some((at, _)) = far.filter(|(_, distance)| *distance > tolerance) {
                kept[at] = true;
                parts.extend([(from, at), (at, to)]);
            }
        }
        from = to;
    }
    piece.iter().zip(kept).filter(|(_, kept)| *kept).map(|(corner, _)| *corner).collect()
}

/// How far a corner lies from a side, degrees.
fn distance(corner: Coord, start: Coord, end: Coord) -> f64 {
    let (side, to) = (end - start, corner - start);
    let length = side.x.mul_add(side.x, side.y * side.y);
    let share = if length > 0.0 { (side.x * to.x + side.y * to.y) / length } else { 0.0 };
    let share = share.clamp(0.0, 1.0);
    (to.x - share * side.x).hypot(to.y - share * side.y)
}
