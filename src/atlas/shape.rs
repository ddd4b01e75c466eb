//! Is it an outline at all? Every reason why not, in words, with the place; rings are turned, nothing else is mended.

use geo::algorithm::line_intersection::{LineIntersection, line_intersection};
use geo::algorithm::orient::{Direction, Orient};
use geo::indexed::IntervalTreeMultiPolygon;
use geo::{BoundingRect, Contains, Coord, Line, LineString, MultiPolygon, Polygon};
use rstar::primitives::{GeomWithData, Rectangle};
use rstar::{AABB, RTree, RTreeObject};

/// From so many corners on an outline is refused: it is a drawing of a coast, not of a unit.
pub const TOO_MANY_CORNERS: usize = 200_000;

/// How many faults of one outline are told.
const MOST_FAULTS: usize = 5;

/// Polygons of rings of corners, as they stand in a file; the first ring of each is the outer one.
pub type Rings = Vec<Vec<Vec<Coord>>>;

/// Checks rings and makes an outline of them, exterior rings counter-clockwise (RFC 7946).
///
/// # Errors
///
/// Every fault, up to five, each with the place where it is.
pub fn outline(rings: Rings) -> Result<MultiPolygon, Vec<String>> {
    let mut faults = Vec::new();
    let mut polygons = Vec::with_capacity(rings.len());
    if rings.is_empty() {
        faults.push("has no polygon".to_owned());
    }
    for (at, polygon) in rings.into_iter().enumerate() {
        if polygon.is_empty() {
            faults.push(format!("polygon {} has no ring", at + 1));
        }
        let mut lines = Vec::with_capacity(polygon.len());
        for (number, ring) in polygon.into_iter().enumerate() {
            match checked_ring(ring) {
                Ok(line) => lines.push(line),
                Err(fault) => {
                    faults.push(format!("polygon {}, ring {}: {fault}", at + 1, number + 1));
                }
            }
        }
        if !lines.is_empty() {
            let exterior = lines.remove(0);
            polygons.push(Polygon::new(exterior, lines));
        }
    }
    if faults.is_empty() {
        let outline = MultiPolygon(polygons);
        faults = crossings(&outline);
        if faults.is_empty() {
            faults = misplaced(&outline);
        }
        if faults.is_empty() {
            return Ok(outline.orient(Direction::Default));
        }
    }
    faults.truncate(MOST_FAULTS);
    Err(faults)
}

/// A closed ring on the earth, corners that stand there twice in a row once.
fn checked_ring(ring: Vec<Coord>) -> Result<LineString, String> {
    const HALF_TURN: f64 = 180.0;
    let off = |corner: &&Coord| {
        !(-HALF_TURN..=HALF_TURN).contains(&corner.x) || !(-90.0..=90.0).contains(&corner.y)
    };
    if let Some(corner) = ring.iter().find(off) {
        let hint =
            if corner.x.abs() > 360.0 { "; is it in metres and not in degrees?" } else { "" };
        return Err(format!(
            "longitude must lie within ±180 and latitude within ±90, got {}{hint}",
            near(*corner)
        ));
    }
    if ring.first() != ring.last() {
        return Err("is not closed: its last corner must be its first".to_owned());
    }
    if let Some(pair) = ring.windows(2).find(|pair| (pair[0].x - pair[1].x).abs() > HALF_TURN) {
        let at = near(pair[0]);
        return Err(format!(
            "crosses the 180th meridian near {at}; cut it there (RFC 7946, 3.1.9)"
        ));
    }
    let mut corners = ring;
    corners.dedup();
    if corners.len() < 4 {
        return Err("must have at least four corners, the last the same as the first".to_owned());
    }
    Ok(LineString(corners))
}

/// A side of a ring.
struct Side {
    line: Line,
    number: usize,
    ring: usize,
    place: usize,
    sides: usize,
}

impl Side {
    /// Do they follow each other in one ring?
    const fn follows(&self, other: &Self) -> bool {
        let apart = self.place.abs_diff(other.place);
        self.ring == other.ring && (apart == 1 || apart + 1 == self.sides)
    }
}

impl RTreeObject for Side {
    type Envelope = AABB<[f64; 2]>;
    fn envelope(&self) -> Self::Envelope {
        let (a, b) = (self.line.start, self.line.end);
        AABB::from_corners([a.x, a.y], [b.x, b.y])
    }
}

fn sides(outline: &MultiPolygon) -> Vec<Side> {
    let rings = outline.iter().flat_map(|p| std::iter::once(p.exterior()).chain(p.interiors()));
    let mut found = Vec::new();
    for (ring, line) in rings.enumerate() {
        let sides = line.0.len().saturating_sub(1);
        for (place, line) in line.lines().enumerate() {
            found.push(Side { line, number: found.len(), ring, place, sides });
        }
    }
    found
}

/// Where sides cross, run over each other, or a ring touches itself.
pub(super) fn crossings(outline: &MultiPolygon) -> Vec<String> {
    let tree = RTree::bulk_load(sides(outline));
    let mut faults = Vec::new();
    for side in &tree {
        let close = tree.locate_in_envelope_intersecting(&side.envelope());
        for other in close.filter(|other| other.number > side.number) {
            faults.extend(fault_between(side, other));
            if faults.len() >= MOST_FAULTS {
                return faults;
            }
        }
    }
    faults
}

fn fault_between(side: &Side, other: &Side) -> Option<String> {
    match line_intersection(side.line, other.line)? {
        LineIntersection::SinglePoint { intersection, is_proper } => {
            let touches_itself = side.ring == other.ring && !side.follows(other);
            let what = match (is_proper, touches_itself) {
                (true, _) => "rings cross",
                (false, true) => "a ring touches itself",
                (false, false) => return None,
            };
            Some(format!("{what} near {}", near(intersection)))
        }
        LineIntersection::Collinear { intersection } if intersection.start != intersection.end => {
            Some(format!("rings run over each other near {}", near(intersection.start)))
        }
        LineIntersection::Collinear { .. } => None,
    }
}

/// Holes that lie outside their polygon, and polygons that lie over each other.
fn misplaced(outline: &MultiPolygon) -> Vec<String> {
    let mut faults = Vec::new();
    for (number, polygon) in outline.iter().enumerate() {
        let whole = Polygon::new(polygon.exterior().clone(), Vec::new());
        let holes = polygon.interiors().iter().filter(|hole| !lies_in(hole, &whole));
        faults.extend(holes.filter_map(|hole| {
            let at = near(*hole.0.first()?);
            Some(format!("polygon {}: a hole lies outside it, near {at}", number + 1))
        }));
    }
    faults.extend(over_each_other(outline));
    faults
}

/// Polygons that lie inside another one. Their rings cross none, so a few corners tell of all.
fn over_each_other(outline: &MultiPolygon) -> Vec<String> {
    /// One may touch the other in a corner; so many do not.
    const CORNERS: usize = 3;
    if outline.0.len() < 2 {
        return Vec::new();
    }
    let tree_of =
        |polygon: &Polygon| IntervalTreeMultiPolygon::new(&MultiPolygon(vec![polygon.clone()]));
    let trees: Vec<_> = outline.iter().map(tree_of).collect();
    let boxed = outline.iter().enumerate().filter_map(|(at, polygon)| {
        let bounds = polygon.bounding_rect()?;
        let (low, high) = (bounds.min(), bounds.max());
        let rectangle = Rectangle::from_corners([low.x, low.y], [high.x, high.y]);
        Some(GeomWithData::new(rectangle, at))
    });
    let tree = RTree::bulk_load(boxed.collect());
    let mut faults = Vec::new();
    for (at, polygon) in outline.iter().enumerate() {
        for corner in polygon.exterior().0.iter().take(CORNERS) {
            let point = AABB::from_point([corner.x, corner.y]);
            let others = tree.locate_in_envelope_intersecting(&point).map(|boxed| boxed.data);
            let mut others = others.filter(|other| *other != at);
            if others.any(|other| trees[other].contains(corner)) {
                faults.push(format!(
                    "polygon {} lies over another one, near {}",
                    at + 1,
                    near(*corner)
                ));
                break;
            }
        }
    }
    faults
}

/// Has a ring that crosses no other a corner inside? One corner is enough, but it may lie on the border.
fn lies_in(ring: &LineString, polygon: &Polygon) -> bool {
    let tree = IntervalTreeMultiPolygon::new(&MultiPolygon(vec![polygon.clone()]));
    ring.0.iter().any(|corner| tree.contains(corner))
}

/// A place in words: what it is near to, to some ten metres.
fn near(corner: Coord) -> String {
    format!("lon {:.4}, lat {:.4}", corner.x, corner.y)
}

#[cfg(test)]
mod tests {
    use geo::Winding;

    use super::*;

    fn ring(corners: &[(f64, f64)]) -> Vec<Coord> {
        corners.iter().map(|(x, y)| Coord { x: *x, y: *y }).collect()
    }

    fn square(west: f64, south: f64, side: f64) -> Vec<Coord> {
        let (east, north) = (west + side, south + side);
        ring(&[(west, south), (east, south), (east, north), (west, north), (west, south)])
    }

    fn fault(rings: Rings) -> String {
        outline(rings).unwrap_err().join("; ")
    }

    #[test]
    fn rings_the_wrong_way_round_are_turned_and_not_refused() {
        let mut clockwise = square(36.0, 33.0, 1.0);
        clockwise.reverse();
        let outline = outline(vec![vec![clockwise, square(36.2, 33.2, 0.2)]]).unwrap();
        assert!(outline.0[0].exterior().is_ccw());
        assert!(outline.0[0].interiors()[0].is_cw());
    }

    #[test]
    fn a_bow_tie_is_refused_with_the_place_where_it_crosses() {
        let tie = ring(&[(36.0, 33.0), (37.0, 34.0), (37.0, 33.0), (36.0, 34.0), (36.0, 33.0)]);
        assert_eq!(fault(vec![vec![tie]]), "rings cross near lon 36.5000, lat 33.5000");
    }

    #[test]
    fn a_ring_that_goes_back_on_itself_is_refused() {
        let spike = ring(&[
            (36.0, 33.0),
            (37.0, 33.0),
            (37.0, 34.0),
            (37.0, 35.0),
            (37.0, 34.0),
            (36.0, 34.0),
            (36.0, 33.0),
        ]);
        assert!(fault(vec![vec![spike]]).contains("run over each other"));
    }

    #[test]
    fn a_ring_that_meets_itself_in_a_corner_is_refused() {
        let eight = ring(&[
            (0.0, 0.0),
            (1.0, 1.0),
            (2.0, 0.0),
            (2.0, 2.0),
            (1.0, 1.0),
            (0.0, 2.0),
            (0.0, 0.0),
        ]);
        assert!(fault(vec![vec![eight]]).contains("touches itself near lon 1.0000, lat 1.0000"));
    }

    #[test]
    fn a_ring_that_is_open_off_the_earth_or_across_the_date_line_is_refused_in_words() {
        let mut open = square(36.0, 33.0, 1.0);
        open.pop();
        assert!(fault(vec![vec![open]]).contains("polygon 1, ring 1: is not closed"));
        assert!(fault(vec![vec![square(360_000.0, 33.0, 1.0)]]).contains("in metres"));
        let across =
            ring(&[(179.0, 0.0), (-179.0, 0.0), (-179.0, 1.0), (179.0, 1.0), (179.0, 0.0)]);
        assert!(fault(vec![vec![across]]).contains("180th meridian"));
        assert!(fault(vec![vec![ring(&[(1.0, 1.0), (1.0, 1.0), (1.0, 1.0)])]]).contains("four"));
        assert_eq!(fault(Vec::new()), "has no polygon");
        assert_eq!(fault(vec![Vec::new()]), "polygon 1 has no ring");
        let nan = ring(&[(f64::NAN, 0.0), (1.0, 0.0), (1.0, 1.0), (f64::NAN, 0.0)]);
        assert!(fault(vec![vec![nan]]).contains("longitude must lie within"));
    }

    #[test]
    fn a_hole_outside_and_a_polygon_over_another_are_refused() {
        let outside = vec![vec![square(0.0, 0.0, 1.0), square(5.0, 5.0, 1.0)]];
        assert!(fault(outside).contains("a hole lies outside it"));
        let over = vec![vec![square(0.0, 0.0, 4.0)], vec![square(1.0, 1.0, 1.0)]];
        assert!(fault(over).contains("polygon 2 lies over another one"));
    }

    #[test]
    fn both_halves_of_a_unit_at_the_date_line_are_one_outline() {
        let halves = vec![vec![square(179.0, -17.0, 1.0)], vec![square(-180.0, -17.0, 1.0)]];
        assert_eq!(outline(halves).unwrap().0.len(), 2);
    }

    #[test]
    fn a_hole_may_touch_its_ring_in_one_point() {
        let hole = ring(&[(0.0, 0.5), (0.4, 0.3), (0.4, 0.7), (0.0, 0.5)]);
        assert!(outline(vec![vec![square(0.0, 0.0, 1.0), hole]]).is_ok());
    }
}
