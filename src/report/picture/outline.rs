//! The outlines that a map stands on: the first-level units of a country, else the country alone.
//!
//! They are coarse (`data/outline/README.md`): good for a country on half a page, wrong for a town.

use std::fmt::Write as _;

use geo::{Geometry, LineString, MultiPolygon};

use super::pen::short;
use super::projection::{Bounds, Projection};
use crate::domain::country;

/// One feature a line, so that a country is found without reading the others.
const UNITS: &str = include_str!("../../../data/outline/admin1.geojson");

/// The first-level units of a country; where they are not at hand, the country as one.
pub(super) fn units(iso3: &str) -> Vec<MultiPolygon> {
    let mark = format!("\"iso3\":\"{iso3}\"");
    let lines = UNITS.lines().filter(|line| line.contains(&mark));
    let units: Vec<MultiPolygon> = lines.filter_map(unit).collect();
    if units.is_empty() { country::outline(iso3).cloned().into_iter().collect() } else { units }
}

fn unit(line: &str) -> Option<MultiPolygon> {
    let feature: geojson::Feature = line.trim_end().trim_end_matches(',').parse().ok()?;
    match Geometry::<f64>::try_from(feature.geometry?).ok()? {
        Geometry::Polygon(polygon) => Some(MultiPolygon(vec![polygon])),
        Geometry::MultiPolygon(polygons) => Some(polygons),
        _ => None,
    }
}

pub(super) fn bounds(units: &[MultiPolygon]) -> Option<Bounds> {
    let corners = units.iter().flat_map(MultiPolygon::iter).flat_map(|p| p.exterior().points());
    Bounds::around(corners.map(|corner| (corner.x(), corner.y())))
}

/// All rings as one path; corners closer than a pixel to the last are left out.
pub(super) fn path(units: &[MultiPolygon], projection: &Projection) -> String {
    let mut path = String::new();
    for polygon in units.iter().flat_map(MultiPolygon::iter) {
        for ring in std::iter::once(polygon.exterior()).chain(polygon.interiors()) {
            add_ring(&mut path, ring, projection);
        }
    }
    path
}

fn add_ring(path: &mut String, ring: &LineString, projection: &Projection) {
    let mut last: Option<(f64, f64)> = None;
    for corner in ring.points() {
        let at = projection.at((corner.x(), corner.y()));
        let is_near = last.is_some_and(|last| (last.0 - at.0).hypot(last.1 - at.1) < 1.0);
        if is_near {
            continue;
        }
        path.push(if last.is_none() { 'M' } else { 'L' });
        let _ = write!(path, "{} {}", short(at.0), short(at.1));
        last = Some(at);
    }
    path.push('Z');
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn syria_has_fourteen_units_and_what_has_none_is_drawn_as_one() {
        // And the zone of disengagement, which the outlines have as a unit of its own.
        assert!((14..=15).contains(&units("SYR").len()), "{}", units("SYR").len());
        assert_eq!(units("MLT").len(), 1);
        assert!(units("ZZZ").is_empty(), "no country has this code");
    }

    #[test]
    fn syria_lies_where_it_lies() {
        let bounds = bounds(&units("SYR")).unwrap();
        assert!((35.0..36.2).contains(&bounds.west) && (41.8..42.8).contains(&bounds.east));
        assert!((32.0..32.8).contains(&bounds.south) && (36.8..37.6).contains(&bounds.north));
    }
}
