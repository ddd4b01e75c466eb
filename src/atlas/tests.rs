//! Laws of units, thinned borders and tiles.

use chrono::{DateTime, NaiveDate, Utc};
use geo::{Area, Contains, Coord, CoordsIter, LineString, MultiPolygon, Point, Polygon};
use mvt_reader::Reader;
use proptest::prelude::*;
use serde_json::json;

use super::near::{meant, suggestions};
use super::simplify::simplified;
use super::tile::{Address, DEEPEST_ZOOM, Layer, Tag, encoded};
use super::*;
use crate::domain::door::Door;
use crate::domain::{Names, Pointer, Problems};

fn square([west, south, east, north]: [f64; 4]) -> MultiPolygon {
    let ring = [(west, south), (east, south), (east, north), (west, north), (west, south)];
    MultiPolygon(vec![Polygon::new(LineString::from(ring.to_vec()), Vec::new())])
}

fn names(name: &str) -> Names {
    Names::open(&json!(name), &Pointer::Root, &mut Problems::default()).unwrap()
}

fn at(hours: i64) -> DateTime<Utc> {
    DateTime::UNIX_EPOCH + chrono::TimeDelta::hours(hours)
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn known(pcode: &str, from: &str, bounds: [f64; 4]) -> KnownBoundary {
    let level = u8::try_from((pcode.len() - 2) / 2).unwrap();
    let parent = (level > 0).then(|| pcode[..pcode.len() - 2].parse().unwrap());
    let boundary = Boundary {
        pcode: pcode.parse().unwrap(),
        level,
        names: names(pcode),
        parent,
        country: "SY".parse().unwrap(),
        valid_from: day(from),
        valid_to: None,
        outline: square(bounds),
        display: square(bounds),
    };
    let source = "made up".to_owned();
    KnownBoundary { boundary, source, tolerance_m: 0.0, learned_at: at(0), superseded_at: None }
}

fn unit(pcode: &str, from: &str, bounds: [f64; 4]) -> Arc<Unit> {
    Arc::new(Unit::of(known(pcode, from, bounds)).unwrap())
}

/// Two first-level units, one of them with two of the second level.
fn atlas() -> Atlas {
    let units = [
        unit("SY02", "2015-01-01", [36.0, 35.0, 38.0, 37.0]),
        unit("SY03", "2015-01-01", [36.0, 33.0, 38.0, 35.0]),
        unit("SY0200", "2015-01-01", [36.0, 35.0, 37.0, 37.0]),
        unit("SY0204", "2015-01-01", [37.0, 35.0, 38.0, 37.0]),
    ];
    Atlas::of(&units, day("2016-07-26"), at(1))
}

fn codes<'a>(units: impl IntoIterator<Item = &'a Arc<Unit>>) -> Vec<&'a str> {
    units.into_iter().map(|unit| unit.boundary().pcode.as_str()).collect()
}

fn place(lon: f64, lat: f64) -> Place {
    Place::new(lon, lat).unwrap()
}

#[test]
fn a_place_lies_in_one_unit_of_each_level() {
    let atlas = atlas();
    assert_eq!(codes(atlas.containing(place(36.5, 36.0))), ["SY02", "SY0200"]);
    assert_eq!(codes(atlas.containing(place(36.5, 34.0))), ["SY03"]);
    assert!(atlas.containing(place(0.0, 0.0)).is_empty());
}

#[test]
fn on_a_border_the_first_code_counts_and_never_two_or_none() {
    let atlas = atlas();
    assert_eq!(codes(atlas.containing(place(36.5, 35.0))), ["SY02", "SY0200"]);
    assert_eq!(codes(atlas.containing(place(37.0, 36.0))), ["SY02", "SY0200"]);
}

#[test]
fn the_way_to_the_border_is_in_metres() {
    let atlas = atlas();
    let north = atlas.unit("SY02").unwrap();
    assert!((north.border_m(place(37.0, 35.01)) - 1_112.0).abs() < 5.0);
    assert!(north.border_m(place(37.0, 35.0)) < 0.01);
    // To the west a degree is shorter.
    assert!((north.border_m(place(36.01, 36.0)) - 900.0).abs() < 10.0);
}

#[test]
fn codes_lead_up_and_down_however_they_are_written() {
    let atlas = atlas();
    let north = atlas.unit("syr02").unwrap();
    assert_eq!(codes(atlas.below(north)), ["SY02", "SY0200", "SY0204"]);
    let above: Vec<String> =
        atlas.above(atlas.unit("SY0204").unwrap()).iter().map(ToString::to_string).collect();
    assert_eq!(above, ["SY02", "SY"], "also without an outline of the country");
    assert!(atlas.unit("SY2").is_none(), "what is only like a code is no code");
}

#[test]
fn who_writes_a_code_nearly_right_is_told_which() {
    let atlas = atlas();
    let found = |text| -> Vec<String> {
        meant(text, suggestions(&atlas)).into_iter().map(|(code, _)| code).collect()
    };
    assert_eq!(found("SY2")[0], "SY02");
    assert_eq!(found("sy0205"), ["SY0200", "SY0204", "SY02"]);
    assert_eq!(found("SY0240")[0], "SY0204");
    assert!(found("completely else").is_empty());
    let by_name = vec![("SY02".to_owned(), "Aleppo".to_owned())];
    assert_eq!(meant("aleppo", by_name.clone().into_iter()), by_name);
}

#[test]
fn of_releases_the_one_of_the_day_counts_and_before_the_first_the_first() {
    let units = [
        unit("SY02", "2015-01-01", [36.0, 35.0, 38.0, 37.0]),
        unit("SY03", "2015-01-01", [36.0, 33.0, 38.0, 35.0]),
        // The two became one.
        unit("SY04", "2018-01-01", [36.0, 33.0, 38.0, 37.0]),
        unit("SY0200", "2015-01-01", [36.0, 35.0, 37.0, 37.0]),
    ];
    let on = |text| Atlas::of(&units, day(text), at(1));
    for (text, expected) in [
        ("2014-12-31", vec!["SY02", "SY0200", "SY03"]),
        ("2017-12-31", vec!["SY02", "SY0200", "SY03"]),
        // The second level has no newer release.
        ("2018-01-01", vec!["SY0200", "SY04"]),
    ] {
        assert_eq!(codes(on(text).units()), expected, "{text}");
    }
}

#[test]
fn what_was_not_known_yet_or_known_better_does_not_count() {
    let old = KnownBoundary {
        superseded_at: Some(at(5)),
        ..known("SY02", "2015-01-01", [36.0, 35.0, 38.0, 37.0])
    };
    let new = KnownBoundary {
        learned_at: at(5),
        ..known("SY02", "2015-01-01", [36.0, 35.0, 40.0, 37.0])
    };
    let units: Vec<_> = [old, new].into_iter().filter_map(Unit::of).map(Arc::new).collect();
    let east = |hours| {
        let atlas = Atlas::of(&units, day("2016-01-01"), at(hours));
        atlas.units().iter().map(|unit| unit.bounds[2]).collect::<Vec<_>>()
    };
    assert_eq!(east(-1), Vec::<f64>::new());
    assert_eq!(east(4), [38.0]);
    assert_eq!(east(5), [40.0]);
}

/// Two neighbours that share a jagged border from north to south, and the unit that both are.
fn neighbours(border: &[f64]) -> [MultiPolygon; 3] {
    let number = |at: usize| f64::from(u32::try_from(at).unwrap());
    let step = 1.0 / number(border.len() + 1);
    let jagged: Vec<(f64, f64)> = border
        .iter()
        .enumerate()
        .map(|(at, east)| (37.0 + east, 36.0 - step * number(at + 1)))
        .collect();
    let (top, foot) = ((37.0, 36.0), (37.0, 35.0));
    let down: Vec<(f64, f64)> = [vec![top], jagged, vec![foot]].concat();
    let up: Vec<(f64, f64)> = down.iter().rev().copied().collect();
    let west = [vec![(36.0, 36.0), (36.0, 35.0)], up, vec![(36.0, 36.0)]].concat();
    let east = [down, vec![(38.0, 35.0), (38.0, 36.0), top]].concat();
    let whole =
        vec![(36.0, 36.0), (36.0, 35.0), foot, (38.0, 35.0), (38.0, 36.0), top, (36.0, 36.0)];
    [west, east, whole]
        .map(|ring| MultiPolygon(vec![Polygon::new(LineString::from(ring), Vec::new())]))
}

/// How far borders may move in these tests, metres.
const TOLERANCE_M: f64 = 500.0;

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn thinned_neighbours_have_no_gap_and_no_overlap(
        border in proptest::collection::vec(-0.02..0.02_f64, 1..80),
    ) {
        let outlines = neighbours(&border);
        let thin = simplified(&outlines.iter().collect::<Vec<_>>(), TOLERANCE_M);
        let area = |at: usize| thin[at].unsigned_area();
        prop_assert!((area(0) + area(1) - area(2)).abs() < 1e-9, "{} {} {}", area(0), area(1), area(2));
        prop_assert!(thin[0].coords_count() <= outlines[0].coords_count());
        for outline in &thin {
            prop_assert!(shape::crossings(outline).is_empty());
        }
    }

    #[test]
    fn a_place_farther_from_the_border_than_the_tolerance_stays_where_it_is(
        border in proptest::collection::vec(-0.02..0.02_f64, 1..80),
        places in proptest::collection::vec((36.0..38.0_f64, 35.0..36.0_f64), 50),
    ) {
        let outlines = neighbours(&border);
        let thin = simplified(&outlines.iter().collect::<Vec<_>>(), TOLERANCE_M);
        for (lon, lat) in places {
            for (whole, thin) in outlines.iter().zip(&thin) {
                let point = Point::new(lon, lat);
                if near::border_m(whole, place(lon, lat)) > TOLERANCE_M {
                    prop_assert_eq!(whole.contains(&point), thin.contains(&point), "{} {}", lon, lat);
                }
            }
        }
    }

    #[test]
    fn it_does_not_matter_which_neighbour_comes_first(
        border in proptest::collection::vec(-0.02..0.02_f64, 1..40),
    ) {
        let [west, east, _] = neighbours(&border);
        let one = simplified(&[&west, &east], TOLERANCE_M);
        let other = simplified(&[&east, &west], TOLERANCE_M);
        prop_assert_eq!((&one[0], &one[1]), (&other[1], &other[0]));
    }

    #[test]
    fn each_place_lies_in_one_tile_of_a_zoom(lon in -180.0..=180.0_f64, lat in -90.0..=90.0_f64, z in 0_u8..=6) {
        let side = 1_u32 << z;
        let mut found = 0;
        for (x, y) in (0..side).flat_map(|x| (0..side).map(move |y| (x, y))) {
            let mut layer = Layer::new("areas", Address::new(z, x, y).unwrap());
            found += u32::from(layer.add_point(place(lon, lat), Vec::new()).unwrap());
        }
        prop_assert_eq!(found, 1);
    }

    #[test]
    fn what_is_in_a_tile_lies_on_its_grid_and_covers_what_it_should(
        border in proptest::collection::vec(-0.02..0.02_f64, 1..60), z in 5_u8..=9,
        lon in 36.01..37.99_f64, lat in 35.01..35.99_f64,
    ) {
        let [west, east, _] = neighbours(&border);
        let address = tile_of(z, lon, lat);
        let mut layer = Layer::new("boundaries", address);
        for outline in [&west, &east] {
            layer.add_outline(outline, vec![("pcode", Tag::Text("X".to_owned()))]).unwrap();
        }
        let read = Reader::new(encoded([layer])).unwrap();
        let features = read.get_features(0).unwrap();
        prop_assert!(!features.is_empty());
        for feature in &features {
            let (geo::Geometry::MultiPolygon(_) | geo::Geometry::Polygon(_)) = &feature.geometry else {
                return Err(TestCaseError::fail(format!("{:?}", feature.geometry)));
            };
            for corner in feature.geometry.coords_iter() {
                prop_assert!((-64.0..=4_160.0).contains(&f64::from(corner.x)), "{:?}", corner);
                prop_assert!((-64.0..=4_160.0).contains(&f64::from(corner.y)), "{:?}", corner);
            }
        }
    }
}

/// The tile of a zoom that a place lies in, found by trying.
fn tile_of(z: u8, lon: f64, lat: f64) -> Address {
    let side = 1_u32 << z;
    let column = ((lon + 180.0) / 360.0 * f64::from(side)).floor();
    let x = (0..side).find(|x| (f64::from(*x) - column).abs() < 0.5).unwrap();
    let holds = |y: &u32| {
        let mut layer = Layer::new("areas", Address::new(z, x, *y).unwrap());
        layer.add_point(place(lon, lat), Vec::new()).unwrap()
    };
    Address::new(z, x, (0..side).find(holds).unwrap()).unwrap()
}

#[test]
fn a_thin_neck_and_a_small_island_keep_all_their_corners() {
    // Thinned to 20 km this would fold over itself or vanish.
    let island = square([36.0, 35.0, 36.001, 35.001]);
    let thin = simplified(&[&island], 20_000.0);
    assert_eq!(thin[0], island);
}

#[test]
fn a_hole_and_the_unit_that_fills_it_are_thinned_alike() {
    let round = |corners: u32| -> LineString {
        let corner = |at: u32| {
            let angle = std::f64::consts::TAU * f64::from(at) / f64::from(corners);
            Coord { x: 37.0 + 0.2 * angle.cos(), y: 35.5 + 0.2 * angle.sin() }
        };
        let mut ring: Vec<Coord> = (0..corners).map(corner).collect();
        ring.push(ring[0]);
        LineString(ring)
    };
    let outer = square([36.0, 35.0, 38.0, 36.0]).0.remove(0).exterior().clone();
    let mut hole = round(200);
    hole.0.reverse();
    let around = MultiPolygon(vec![Polygon::new(outer, vec![hole])]);
    let filling = MultiPolygon(vec![Polygon::new(round(200), Vec::new())]);
    let thin = simplified(&[&around, &filling], TOLERANCE_M);
    assert!(thin[1].coords_count() < 100, "{}", thin[1].coords_count());
    let whole = thin[0].unsigned_area() + thin[1].unsigned_area();
    assert!((whole - 2.0).abs() < 1e-9, "{whole}");
}

#[test]
fn the_outer_ring_of_a_tile_has_the_positive_area_of_the_format() {
    // The surveyor's formula, as the format has it, on what the tile holds.
    let mut layer = Layer::new("boundaries", Address::new(0, 0, 0).unwrap());
    layer.add_outline(&square([-10.0, -10.0, 10.0, 10.0]), Vec::new()).unwrap();
    let read = Reader::new(encoded([layer])).unwrap();
    let features = read.get_features(0).unwrap();
    let corners: Vec<_> = features[0].geometry.coords_iter().collect();
    let twice: f32 = corners.windows(2).map(|w| w[0].x * w[1].y - w[1].x * w[0].y).sum();
    assert!(twice > 0.0, "{corners:?}");
}

#[test]
fn an_empty_tile_has_no_byte() {
    let address = Address::new(DEEPEST_ZOOM, 0, 0).unwrap();
    let mut layer = Layer::new("areas", address);
    assert!(!layer.add_point(place(36.0, 35.0), Vec::new()).unwrap());
    assert!(!layer.add_outline(&square([36.0, 35.0, 37.0, 36.0]), Vec::new()).unwrap());
    assert!(encoded([layer]).is_empty());
}

#[test]
fn deep_inside_a_unit_the_tile_is_full_of_it() {
    let mut layer = Layer::new("boundaries", tile_of(12, 37.0, 35.5));
    assert!(layer.add_outline(&square([30.0, 30.0, 40.0, 40.0]), Vec::new()).unwrap());
    let read = Reader::new(encoded([layer])).unwrap();
    let area = read.get_features(0).unwrap()[0].geometry.unsigned_area();
    assert!((area - (4_096.0_f32 + 128.0).powi(2)).abs() < 1.0, "{area}");
}
