//! Which country a P-code belongs to, and whether a point can lie in it.

use std::collections::HashMap;
use std::sync::LazyLock;

use geo::algorithm::{BoundingRect, Contains};
use geo::{Geometry, MultiPolygon, Rect};

use super::place::Place;

/// Simplified outlines of all countries: `data/outline/README.md` has the source.
const COUNTRIES: &str = include_str!("../../data/outline/countries.geojson");

/// How far outside its simplified outline a point may lie: coasts and islands are cut off there. Degrees.
const MARGIN_DEGREES: f64 = 0.5;

struct Country {
    iso3: String,
    iso2: String,
    name: String,
    polygons: MultiPolygon,
    bounds: Rect,
}

static ALL: LazyLock<Vec<Country>> = LazyLock::new(read_countries);
static BY_ISO3: LazyLock<HashMap<&'static str, &'static Country>> =
    LazyLock::new(|| ALL.iter().map(|country| (country.iso3.as_str(), country)).collect());

fn read_countries() -> Vec<Country> {
    // The file is part of the program; a test reads every country of it.
    let Ok(geojson::GeoJson::FeatureCollection(features)) = COUNTRIES.parse() else {
        return Vec::new();
    };
    features.into_iter().filter_map(country_of).collect()
}

fn country_of(feature: geojson::Feature) -> Option<Country> {
    let property =
        |name: &str| feature.property(name).and_then(|v| v.as_str()).unwrap_or("").to_owned();
    let (iso3, iso2, name) = (property("iso3"), property("iso2"), property("name"));
    let polygons = match Geometry::<f64>::try_from(feature.geometry?).ok()? {
        Geometry::Polygon(polygon) => MultiPolygon(vec![polygon]),
        Geometry::MultiPolygon(polygons) => polygons,
        _ => return None,
    };
    let bounds = polygons.bounding_rect()?;
    Some(Country { iso3, iso2, name, polygons, bounds })
}

/// The alpha-3 code as it is written here, if the country is known.
#[must_use]
pub fn iso3(code: &str) -> Option<String> {
    BY_ISO3.get(code.to_ascii_uppercase().as_str()).map(|country| country.iso3.clone())
}

/// The alpha-2 code of a country by its alpha-3 code.
#[must_use]
pub(crate) fn iso2(iso3: &str) -> Option<&'static str> {
    let country = BY_ISO3.get(iso3)?;
    Some(country.iso2.as_str()).filter(|letters| letters.len() == 2)
}

/// The country of a P-code, by the three or two letters it begins with; `None` for codes without letters.
///
/// # Example
///
/// ```
/// use passage::domain::country::of_pcode;
/// assert_eq!(of_pcode("SY0200").as_deref(), Some("SYR"));
/// assert_eq!(of_pcode("BDI014").as_deref(), Some("BDI"));
/// assert_eq!(of_pcode("62179"), None);
/// ```
#[must_use]
pub fn of_pcode(pcode: &str) -> Option<String> {
    let letters: String = pcode
        .chars()
        .take_while(char::is_ascii_alphabetic)
        .collect::<String>()
        .to_ascii_uppercase();
    match letters.len() {
        3 => iso3(&letters),
        2 => ALL.iter().find(|country| country.iso2 == letters).map(|country| country.iso3.clone()),
        _ => None,
    }
}

/// The name of a country in English, by its alpha-3 code.
#[must_use]
pub fn name(iso3: &str) -> Option<&'static str> {
    BY_ISO3.get(iso3).map(|country| country.name.as_str())
}

/// The simplified outline of a country, for drawing a map without a network.
#[must_use]
pub fn outline(iso3: &str) -> Option<&'static MultiPolygon> {
    BY_ISO3.get(iso3).map(|country| &country.polygons)
}

/// Can the point lie in the country? Unknown countries are not checked.
///
/// # Errors
///
/// When it lies far outside, with a hint where longitude and latitude seem to be swapped.
pub fn check(iso3: &str, place: Place) -> Result<(), String> {
    let Some(country) = BY_ISO3.get(iso3) else { return Ok(()) };
    if country.is_near(place) {
        return Ok(());
    }
    let (lon, lat) = (place.lon(), place.lat());
    let swapped = Place::new(lat, lon).is_ok_and(|swapped| country.is_near(swapped));
    let hint = if swapped { "; longitude and latitude seem to be swapped" } else { "" };
    Err(format!("lon {lon}, lat {lat} lies far outside {}{hint}", country.name))
}

impl Country {
    /// Inside the outline, or so close that the coarseness of the outline may be to blame.
    fn is_near(&self, place: Place) -> bool {
        let within = |low: f64, at: f64, high: f64| {
            (low - MARGIN_DEGREES..=high + MARGIN_DEGREES).contains(&at)
        };
        let (min, max) = (self.bounds.min(), self.bounds.max());
        within(min.x, place.lon(), max.x)
            && within(min.y, place.lat(), max.y)
            && (self.polygons.contains(&place.point()) || self.touches_margin(place))
    }

    fn touches_margin(&self, place: Place) -> bool {
        use geo::algorithm::{Distance, Euclidean};
        Euclidean.distance(&place.point(), &self.polygons) <= MARGIN_DEGREES
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_country_of_the_outline_is_read() {
        assert!(ALL.len() > 190, "{}", ALL.len());
        assert!(ALL.iter().all(|country| country.iso3.len() == 3), "codes have three letters");
    }

    #[test]
    fn swapped_degrees_are_recognised() {
        let duma = Place::new(36.40, 33.57).unwrap();
        let swapped = Place::new(33.57, 36.40).unwrap();
        assert_eq!(check("SYR", duma), Ok(()));
        assert!(check("SYR", swapped).unwrap_err().contains("swapped"));
    }
}
