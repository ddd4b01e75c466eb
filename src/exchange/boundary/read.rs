//! `GeoJSON` read feature by feature: no more of a file is held than one feature, and of that no more than is allowed.

use std::cell::Cell;
use std::fmt;
use std::io::{BufRead, BufReader, Read};

use geo::Coord;
use serde::de::{DeserializeSeed, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};
use serde_json::{Map, Value};

use super::MOST_BYTES;
use crate::atlas::shape::{Rings, TOO_MANY_CORNERS};

/// A feature as it stands in the file.
pub(super) struct Feature {
    /// The first one is 1.
    pub(super) number: usize,
    pub(super) properties: Map<String, Value>,
    /// Its rings, or what is wrong with the form of its geometry.
    pub(super) rings: Result<Rings, String>,
}

/// Gives every feature of a file in turn, and a digest of all that was read.
///
/// # Errors
///
/// A sentence about the file, where it cannot be read on.
pub(super) fn features(
    content: &mut dyn Read,
    take: &mut dyn FnMut(Feature),
) -> Result<[u8; 32], String> {
    let mut watched =
        Watched { content, hasher: blake3::Hasher::new(), left: MOST_BYTES, over: false };
    let mut reader = BufReader::with_capacity(1 << 16, &mut watched);
    let start = reader.fill_buf().map_err(|fault| format!("cannot be read: {fault}"))?;
    let skip = begins(start)?;
    reader.consume(skip);
    let mut json = serde_json::Deserializer::from_reader(reader);
    let read = Collection { take }.deserialize(&mut json).and_then(|()| json.end());
    drop(json);
    if watched.over {
        return Err(format!("is larger than {} MB; give one level in one file", MOST_BYTES >> 20));
    }
    read.map_err(|fault| in_words(&fault))?;
    Ok(*watched.hasher.finalize().as_bytes())
}

/// How many bytes stand before the text.
fn begins(start: &[u8]) -> Result<usize, String> {
    match start {
        [] => Err("is empty".to_owned()),
        [0xEF, 0xBB, 0xBF, ..] => Ok(3),
        [0xFF, 0xFE, ..] | [0xFE, 0xFF, ..] | [0, ..] | [_, 0, ..] => {
            Err("is UTF-16; save it as UTF-8".to_owned())
        }
        [b'P', b'K', ..] | [0x1F, 0x8B, ..] => {
            Err("is packed; unpack it and give the .geojson or .json in it".to_owned())
        }
        _ => Ok(0),
    }
}

fn in_words(fault: &serde_json::Error) -> String {
    match fault.classify() {
        serde_json::error::Category::Eof => format!("ends too early: {fault}"),
        serde_json::error::Category::Io => format!("cannot be read: {fault}"),
        serde_json::error::Category::Syntax => format!("is not JSON: {fault}"),
        serde_json::error::Category::Data => fault.to_string(),
    }
}

/// Counts and hashes what is read.
struct Watched<'r> {
    content: &'r mut dyn Read,
    hasher: blake3::Hasher,
    left: u64,
    over: bool,
}

impl Read for Watched<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let read = self.content.read(buffer)?;
        self.hasher.update(&buffer[..read]);
        self.over |= read as u64 > self.left;
        if self.over {
            return Ok(0);
        }
        self.left -= read as u64;
        Ok(read)
    }
}

/// The collection: `features` is read one by one.
struct Collection<'f> {
    take: &'f mut dyn FnMut(Feature),
}

impl<'de> DeserializeSeed<'de> for Collection<'_> {
    type Value = ();
    fn deserialize<D: Deserializer<'de>>(self, json: D) -> Result<(), D::Error> {
        json.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Collection<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a GeoJSON FeatureCollection")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let (mut is_collection, mut has_features) = (false, false);
        while let Some(name) = map.next_key::<String>()? {
            match name.as_str() {
                "type" => {
                    let word: String = map.next_value()?;
                    is_collection = word == "FeatureCollection";
                    if !is_collection {
                        return Err(A::Error::custom(format!(
                            "must be a FeatureCollection, got {word:.40}"
                        )));
                    }
                }
                "crs" => check_system(&map.next_value::<Value>()?)?,
                "features" => {
                    has_features = true;
                    map.next_value_seed(Features { take: &mut *self.take })?;
                }
                _ => {
                    map.next_value::<IgnoredAny>()?;
                }
            }
        }
        match (is_collection, has_features) {
            (false, _) => Err(A::Error::custom("must have \"type\": \"FeatureCollection\"")),
            (true, false) => Err(A::Error::custom("must have features")),
            (true, true) => Ok(()),
        }
    }
}

/// Older `GeoJSON` may name a system of coordinates; only longitude and latitude on WGS 84 are read.
fn check_system<E: Error>(system: &Value) -> Result<(), E> {
    let name = system["properties"]["name"].as_str().unwrap_or_default();
    let is_wgs84 = system.is_null() || ["CRS84", "4326"].iter().any(|known| name.ends_with(known));
    if is_wgs84 {
        Ok(())
    } else {
        Err(E::custom(format!("must have degrees WGS 84 (EPSG:4326), got {name:.60}")))
    }
}

struct Features<'f> {
    take: &'f mut dyn FnMut(Feature),
}

impl<'de> DeserializeSeed<'de> for Features<'_> {
    type Value = ();
    fn deserialize<D: Deserializer<'de>>(self, json: D) -> Result<(), D::Error> {
        json.deserialize_seq(self)
    }
}

impl<'de> Visitor<'de> for Features<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list of features")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<(), A::Error> {
        let mut number = 0;
        while let Some(Raw { properties, geometry, .. }) = list.next_element()? {
            number += 1;
            let rings = geometry.ok_or_else(|| "has no geometry".to_owned()).and_then(Shape::rings);
            (self.take)(Feature { number, properties: properties.unwrap_or_default(), rings });
        }
        Ok(())
    }
}

/// A feature; what else stands in it is passed over.
#[derive(Deserialize)]
#[serde(rename = "feature")]
struct Raw {
    #[serde(default)]
    properties: Option<Map<String, Value>>,
    #[serde(default)]
    geometry: Option<Shape>,
}

#[derive(Deserialize)]
#[serde(rename = "geometry")]
struct Shape {
    r#type: String,
    #[serde(default, deserialize_with = "coordinates")]
    coordinates: Option<Counted>,
}

impl Shape {
    fn rings(self) -> Result<Rings, String> {
        let kind = self.r#type.as_str();
        let Some(Counted { item, corners }) = self.coordinates else {
            return Err(format!(
                "must be a Polygon or a MultiPolygon with coordinates, got {kind:.40}"
            ));
        };
        if corners >= TOO_MANY_CORNERS {
            return Err(format!(
                "must have fewer than {TOO_MANY_CORNERS} corners, got {corners}; simplify it first"
            ));
        }
        let rings = match (kind, item) {
            ("Polygon", item) => polygon(item).map(|polygon| vec![polygon]),
            ("MultiPolygon", Item::List(items)) => items.into_iter().map(polygon).collect(),
            ("MultiPolygon", _) => None,
            _ => return Err(format!("must be a Polygon or a MultiPolygon, got {kind:.40}")),
        };
        rings.ok_or_else(|| {
            format!("the coordinates must be those of a {kind}: lists of rings of corners")
        })
    }
}

fn polygon(item: Item) -> Option<Vec<Vec<Coord>>> {
    let Item::List(rings) = item else { return None };
    rings.into_iter().map(ring).collect()
}

fn ring(item: Item) -> Option<Vec<Coord>> {
    let Item::List(corners) = item else { return None };
    let corner = |item| match item {
        Item::Corner(corner) => Some(corner),
        _ => None,
    };
    corners.into_iter().map(corner).collect()
}

/// Nested coordinates, and how many corners stood there; beyond the limit they are counted and not kept.
struct Counted {
    item: Item,
    corners: usize,
}

enum Item {
    Number(f64),
    Corner(Coord),
    List(Vec<Item>),
}

fn coordinates<'de, D: Deserializer<'de>>(json: D) -> Result<Option<Counted>, D::Error> {
    let corners = Cell::new(0);
    let item = Items { depth: 0, corners: &corners }.deserialize(json)?;
    Ok(Some(Counted { item, corners: corners.get() }))
}

#[derive(Clone, Copy)]
struct Items<'c> {
    depth: usize,
    corners: &'c Cell<usize>,
}

impl<'de> DeserializeSeed<'de> for Items<'_> {
    type Value = Item;
    fn deserialize<D: Deserializer<'de>>(self, json: D) -> Result<Item, D::Error> {
        json.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Items<'_> {
    type Value = Item;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("coordinates: numbers in lists")
    }

    /// Null stands for none, as nothing at all does.
    fn visit_unit<E: Error>(self) -> Result<Item, E> {
        Ok(Item::List(Vec::new()))
    }

    fn visit_f64<E: Error>(self, number: f64) -> Result<Item, E> {
        Ok(Item::Number(number))
    }

    #[expect(clippy::cast_precision_loss, reason = "degrees are small; what is not is refused")]
    fn visit_i64<E: Error>(self, number: i64) -> Result<Item, E> {
        Ok(Item::Number(number as f64))
    }

    #[expect(clippy::cast_precision_loss, reason = "degrees are small; what is not is refused")]
    fn visit_u64<E: Error>(self, number: u64) -> Result<Item, E> {
        Ok(Item::Number(number as f64))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Item, A::Error> {
        /// Corner, ring, polygon, several polygons.
        const DEEPEST: usize = 4;
        if self.depth >= DEEPEST {
            return Err(A::Error::custom(
                "coordinates are nested deeper than those of a MultiPolygon",
            ));
        }
        let within = Items { depth: self.depth + 1, ..self };
        let (mut numbers, mut count, mut items) = ([0.0; 2], 0_usize, Vec::new());
        while let Some(item) = list.next_element_seed(within)? {
            match item {
                Item::Number(number) if items.is_empty() => {
                    if let Some(place) = numbers.get_mut(count) {
                        *place = number;
                    }
                    count += 1;
                }
                Item::Number(_) => {
                    return Err(A::Error::custom("a number stands among lists of coordinates"));
                }
                _ if count > 0 => {
                    return Err(A::Error::custom("a list stands among the numbers of a corner"));
                }
                item if self.corners.get() < TOO_MANY_CORNERS => items.push(item),
                _ => {}
            }
        }
        if count == 0 {
            return Ok(Item::List(items));
        }
        // A third number is a height, a fourth a measure.
        if !(2..=4).contains(&count) {
            return Err(A::Error::custom(format!(
                "a corner must have 2 to 4 numbers, got {count}"
            )));
        }
        self.corners.set(self.corners.get() + 1);
        Ok(Item::Corner(Coord { x: numbers[0], y: numbers[1] }))
    }
}
