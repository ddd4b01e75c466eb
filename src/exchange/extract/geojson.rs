//! An extract as a map: features written one by one, with outlines that turn the way RFC 7946 wants.

use std::io::{self, Write};

use serde_json::{Value, json};

use crate::domain::Place;

/// Writes features as they come.
pub struct Features<W: Write> {
    out: W,
    is_first: bool,
}

impl<W: Write> std::fmt::Debug for Features<W> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Features").finish_non_exhaustive()
    }
}

impl<W: Write> Features<W> {
    /// Begins the collection.
    ///
    /// # Errors
    ///
    /// When it cannot be written.
    pub fn begin(mut out: W) -> io::Result<Self> {
        out.write_all(b"{\"type\":\"FeatureCollection\",\"features\":[")?;
        Ok(Self { out, is_first: true })
    }

    /// Adds a feature. `id` is left out where it is null; a geometry may be null: the row has no place.
    ///
    /// # Errors
    ///
    /// When it cannot be written.
    pub fn feature(&mut self, id: &Value, geometry: &Value, properties: &Value) -> io::Result<()> {
        if !std::mem::take(&mut self.is_first) {
            self.out.write_all(b",")?;
        }
        let mut feature =
            json!({ "type": "Feature", "geometry": geometry, "properties": properties });
        if !id.is_null() {
            feature["id"] = id.clone();
        }
        serde_json::to_writer(&mut self.out, &feature)?;
        Ok(())
    }

    /// Ends the collection; `beside` are further members, such as where the next page is.
    ///
    /// # Errors
    ///
    /// When it cannot be written.
    pub fn finish(&mut self, beside: &[(&str, Value)]) -> io::Result<()> {
        self.out.write_all(b"]")?;
        for (name, value) in beside {
            write!(self.out, ",{}:{value}", Value::from(*name))?;
        }
        self.out.write_all(b"}")?;
        self.out.flush()
    }
}

/// Points as a geometry: `null` for none, one point, or several.
#[must_use]
pub fn points(places: &[Place]) -> Value {
    let point = |place: &Place| json!([place.lon(), place.lat()]);
    match places {
        [] => Value::Null,
        [one] => json!({ "type": "Point", "coordinates": point(one) }),
        several => {
            json!({ "type": "MultiPoint", "coordinates": several.iter().map(point).collect::<Vec<_>>() })
        }
    }
}

/// The geometry of a record: its own outline, else its own point, else the places of the areas it names, which
/// `place_of` tells by their codes.
pub fn geometry(properties: &Value, mut place_of: impl FnMut(&str) -> Option<Place>) -> Value {
    if !properties["outline"].is_null() {
        return turned(properties["outline"].clone());
    }
    let own = &properties["position"];
    if let Some((lon, lat)) = own["lon"].as_f64().zip(own["lat"].as_f64()) {
        return json!({ "type": "Point", "coordinates": [lon, lat] });
    }
    let one = properties["area"].as_str().into_iter();
    let several = properties["areas"].as_array().into_iter().flatten().filter_map(Value::as_str);
    let places: Vec<Place> = one.chain(several).filter_map(&mut place_of).collect();
    points(&places)
}

/// Outer rings counterclockwise, holes clockwise, whatever way they were drawn.
fn turned(mut outline: Value) -> Value {
    let is_one = outline["type"] == "Polygon";
    let coordinates = &mut outline["coordinates"];
    if is_one {
        turn(coordinates);
    } else {
        coordinates.as_array_mut().into_iter().flatten().for_each(turn);
    }
    outline
}

fn turn(rings: &mut Value) {
    for (place, ring) in rings.as_array_mut().into_iter().flatten().enumerate() {
        let Some(points) = ring.as_array_mut() else { continue };
        let is_outer = place == 0;
        if (twice_area(points) > 0.0) != is_outer {
            points.reverse();
        }
    }
}

/// Twice the area inside a ring, above zero where it runs counterclockwise.
fn twice_area(points: &[Value]) -> f64 {
    let at = |point: &Value| Some((point[0].as_f64()?, point[1].as_f64()?));
    let points: Vec<(f64, f64)> = points.iter().filter_map(at).collect();
    points.windows(2).map(|pair| pair[0].0 * pair[1].1 - pair[1].0 * pair[0].1).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn outer_rings_run_counterclockwise_and_holes_clockwise() {
        let clockwise = json!([[0, 0], [0, 4], [4, 4], [4, 0], [0, 0]]);
        let hole = json!([[1, 1], [2, 1], [2, 2], [1, 2], [1, 1]]);
        let drawn = json!({ "type": "Polygon", "coordinates": [clockwise, hole] });
        let several = json!({ "type": "MultiPolygon", "coordinates": [drawn["coordinates"]] });
        let told = geometry(&json!({ "outline": drawn }), |_| None);
        let area = |ring: &Value| twice_area(ring.as_array().unwrap());
        assert!(area(&told["coordinates"][0]) > 0.0 && area(&told["coordinates"][1]) < 0.0);
        let told = geometry(&json!({ "outline": several }), |_| None);
        assert!(area(&told["coordinates"][0][0]) > 0.0 && area(&told["coordinates"][0][1]) < 0.0);
        let again = geometry(&json!({ "outline": told }), |_| None);
        assert_eq!(again, told, "what turns the right way stays");
    }

    #[test]
    fn a_row_without_a_place_has_no_geometry_and_several_areas_are_several_points() {
        assert_eq!(geometry(&json!({ "area": "x" }), |_| None), Value::Null);
        let place = |code: &str| (code != "x").then(|| Place::new(36.0, 33.0).unwrap());
        assert_eq!(geometry(&json!({ "areas": ["x", "y"] }), place)["type"], "Point");
        let both = geometry(&json!({ "areas": ["y", "z"] }), place);
        assert_eq!(both["coordinates"], json!([[36.0, 33.0], [36.0, 33.0]]));
    }

    #[test]
    fn a_collection_of_none_is_a_collection() {
        let mut text = Vec::new();
        let mut features = Features::begin(&mut text).unwrap();
        features.finish(&[("next", Value::Null)]).unwrap();
        let read: Value = serde_json::from_slice(&text).unwrap();
        assert_eq!(read, json!({ "type": "FeatureCollection", "features": [], "next": null }));
    }
}
