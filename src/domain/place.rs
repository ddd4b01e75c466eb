//! Places on the map: a point or an outline, longitude first, WGS 84.

use geo::Validation;
use geo::algorithm::{BoundingRect, Centroid, CoordsIter, Geodesic, line_measures::Distance};
use serde::Serialize;
use serde_json::Value;

use super::door::{self, Door};
use super::invalid::{InvalidValue, Pointer, Problems};
use super::schema::Shape;
use super::sensitive::withheld;

/// A point, degrees. Its `Debug` does not say where.
#[derive(Clone, Copy, PartialEq, Serialize)]
pub struct Place {
    lon: f64,
    lat: f64,
}

withheld!(Place {});

impl Place {
    /// Checks the two degrees.
    ///
    /// # Errors
    ///
    /// When longitude is outside ±180 or latitude outside ±90.
    pub fn new(lon: f64, lat: f64) -> Result<Self, InvalidValue> {
        Ok(Self { lon: degrees("lon", lon)?, lat: degrees("lat", lat)? })
    }

    /// Longitude, degrees east.
    #[must_use]
    pub const fn lon(self) -> f64 {
        self.lon
    }

    /// Latitude, degrees north.
    #[must_use]
    pub const fn lat(self) -> f64 {
        self.lat
    }

    /// The shortest way over the ellipsoid.
    ///
    /// # Units
    ///
    /// Kilometres.
    ///
    /// # Example
    ///
    /// ```
    /// use passage::domain::Place;
    /// let damascus = Place::new(36.29, 33.51).unwrap();
    /// let duma = Place::new(36.40, 33.57).unwrap();
    /// assert!((damascus.distance_km(duma) - 12.2).abs() < 0.2);
    /// ```
    #[must_use]
    pub fn distance_km(self, other: Self) -> f64 {
        const METRES_PER_KM: f64 = 1000.0;
        Geodesic.distance(self.point(), other.point()) / METRES_PER_KM
    }

    /// The same point for the geometry library.
    #[must_use]
    pub fn point(self) -> geo::Point {
        geo::Point::new(self.lon, self.lat)
    }
}

/// One half of a place: longitude within ±180, latitude within ±90.
fn degrees(field: &'static str, degrees: f64) -> Result<f64, InvalidValue> {
    let limit = if field == "lat" { 90.0 } else { 180.0 };
    if degrees.is_finite() && degrees.abs() <= limit {
        return Ok(degrees);
    }
    let rule = format!("must be degrees between -{limit} and {limit}");
    Err(InvalidValue::new(rule, degrees).in_field(field))
}

impl Door for Place {
    const SHAPE: Shape = Shape::Place;

    fn open(value: &Value, at: &Pointer<'_>, problems: &mut Problems) -> Option<Self> {
        let Value::Object(fields) = value else {
            problems.add(at, format!("must be {{lon, lat}}, got {}", door::seen(value)));
            return None;
        };
        for name in fields.keys().filter(|name| !["lon", "lat"].contains(&name.as_str())) {
            problems.add(&Pointer::Field(at, name), "unknown field; a place has lon, lat");
        }
        // Each by itself: that one is wrong hides nothing of the other.
        let mut half = |name| {
            let at = Pointer::Field(at, name);
            let Some(found) = fields.get(name).and_then(Value::as_f64) else {
                problems.add(&at, "is required, as degrees");
                return None;
            };
            door::noted(degrees(name, found), &at, problems)
        };
        let (lon, lat) = (half("lon"), half("lat"));
        Some(Self { lon: lon?, lat: lat? })
    }
}

/// An outline: a valid polygon or several.
#[derive(Clone, PartialEq)]
pub struct Outline(geo::MultiPolygon);

withheld!(Outline {});

/// How many corners an outline may have; a finer one must be simplified first.
const MOST_CORNERS: usize = 5_000;

impl Outline {
    /// Checks the corners and the rings.
    ///
    /// # Errors
    ///
    /// When there are no corners or more than 5,000, when one lies off the earth, or when rings cross.
    pub fn new(outline: geo::MultiPolygon) -> Result<Self, InvalidValue> {
        let corners = outline.coords_count();
        if corners == 0 || corners > MOST_CORNERS {
            return Err(InvalidValue::new(
                format!("must have 4 to {MOST_CORNERS} corners; simplify it first"),
                format!("{corners} corners"),
            ));
        }
        for corner in outline.coords_iter() {
            Place::new(corner.x, corner.y)?;
        }
        if let Err(fault) = outline.check_validation() {
            return Err(InvalidValue::new(
                "must be a valid polygon whose rings do not cross",
                fault,
            ));
        }
        Ok(Self(outline))
    }

    /// Its centre of gravity.
    #[must_use]
    pub fn centre(&self) -> Option<Place> {
        self.0.centroid().and_then(|point| Place::new(point.x(), point.y()).ok())
    }

    /// West, south, east, north.
    #[must_use]
    pub fn bounds(&self) -> Option<[f64; 4]> {
        self.0.bounding_rect().map(|r| [r.min().x, r.min().y, r.max().x, r.max().y])
    }

    /// The polygons for the geometry library.
    #[must_use]
    pub const fn polygons(&self) -> &geo::MultiPolygon {
        &self.0
    }
}

impl Serialize for Outline {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        geojson::Geometry::from(&self.0).serialize(serializer)
    }
}

impl Door for Outline {
    const SHAPE: Shape = Shape::Outline;

    fn open(value: &Value, at: &Pointer<'_>, problems: &mut Problems) -> Option<Self> {
        if !corners_are_pairs(&value["coordinates"]) {
            problems.add(at, "must have corners of longitude and latitude, two numbers each");
            return None;
        }
        let read = serde_json::from_value::<geojson::Geometry>(value.clone())
            .map_err(|fault| fault.to_string())
            .and_then(|geometry| {
                geo::Geometry::<f64>::try_from(geometry).map_err(|fault| fault.to_string())
            })
            .map_err(|fault| InvalidValue::new("must be a GeoJSON Polygon or MultiPolygon", fault))
            .and_then(|geometry| match geometry {
                geo::Geometry::Polygon(polygon) => Self::new(geo::MultiPolygon(vec![polygon])),
                geo::Geometry::MultiPolygon(polygons) => Self::new(polygons),
                _ => Err(InvalidValue::new(
                    "must be a GeoJSON Polygon or MultiPolygon",
                    "another form",
                )),
            });
        door::noted(read, at, problems)
    }
}

/// Has every corner its two numbers? The geometry library takes that for granted, and panics.
fn corners_are_pairs(coordinates: &Value) -> bool {
    match coordinates {
        Value::Array(items) if items.first().is_some_and(Value::is_number) => items.len() >= 2,
        Value::Array(items) => items.iter().all(|item| {
            let is_empty_corner = item.as_array().is_some_and(Vec::is_empty);
            !is_empty_corner && corners_are_pairs(item)
        }),
        _ => true,
    }
}
