//! Vector tiles (Mapbox Vector Tile 2.1, Web Mercator): outlines are cut to the tile, put on its grid and closed again.

use geo::algorithm::orient::{Direction, Orient};
use geo::{
    Area, BooleanOps, BoundingRect, Coord, Geometry, LineString, MapCoords, MultiPolygon, Point,
    Polygon, Rect,
};
use geozero::ToMvt;
use geozero::mvt::{Message, TagsBuilder, Tile, TileValue, tile};

use crate::domain::Place;

/// How many steps a side of a tile has.
pub const EXTENT: u32 = 4_096;
/// The finest zoom; a page that goes further draws these tiles larger.
pub const DEEPEST_ZOOM: u8 = 14;
/// How far outlines reach over the side of a tile, so that no line is seen there. Steps.
const BUFFER: f64 = 64.0;
/// The northernmost latitude of Web Mercator, degrees.
const NORTHERNMOST: f64 = 85.051_128_779_806_59;

/// Which tile: zoom, column from the west, row from the north.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Address {
    z: u8,
    x: u32,
    y: u32,
}

impl Address {
    /// A tile, if there is such a one.
    ///
    /// # Example
    ///
    /// ```
    /// use passage::atlas::tile::Address;
    /// assert!(Address::new(1, 1, 0).is_some());
    /// assert!(Address::new(1, 2, 0).is_none());
    /// assert!(Address::new(15, 0, 0).is_none());
    /// ```
    #[must_use]
    pub const fn new(z: u8, x: u32, y: u32) -> Option<Self> {
        if z > DEEPEST_ZOOM || x >= 1 << z || y >= 1 << z {
            return None;
        }
        Some(Self { z, x, y })
    }

    /// The zoom.
    #[must_use]
    pub const fn zoom(self) -> u8 {
        self.z
    }

    /// What it shows, with the margin: west, south, east, north, degrees.
    #[must_use]
    pub fn bounds(self) -> [f64; 4] {
        let margin = BUFFER / f64::from(EXTENT);
        let (x, y) = (f64::from(self.x), f64::from(self.y));
        let (west, east) = (self.lon(x - margin), self.lon(x + 1.0 + margin));
        let (north, south) = (self.lat(y - margin), self.lat(y + 1.0 + margin));
        [west.max(-180.0), south, east.min(180.0), north]
    }

    fn lon(self, column: f64) -> f64 {
        column / self.columns() * 360.0 - 180.0
    }

    fn lat(self, row: f64) -> f64 {
        let turned = std::f64::consts::PI * (1.0 - 2.0 * row / self.columns());
        turned.sinh().atan().to_degrees()
    }

    fn columns(self) -> f64 {
        f64::from(1_u32 << self.z)
    }

    /// A place in steps from the north-western corner, x to the east, y to the south.
    fn steps(self, at: Coord) -> Coord {
        let lat = at.y.clamp(-NORTHERNMOST, NORTHERNMOST).to_radians();
        let column = (at.x + 180.0) / 360.0 * self.columns();
        let row = (1.0 - lat.tan().asinh() / std::f64::consts::PI) / 2.0 * self.columns();
        let extent = f64::from(EXTENT);
        Coord { x: (column - f64::from(self.x)) * extent, y: (row - f64::from(self.y)) * extent }
    }

    /// The step that a place lies in; each place lies in one tile of a zoom alone.
    fn step(self, place: Place) -> Option<Coord> {
        // The 180th meridian is the western side of the first column.
        let lon = if place.lon() >= 180.0 { -180.0 } else { place.lon() };
        let at = self.steps(Coord { x: lon, y: place.lat() });
        // The poles lie on the last row, as far as a map like this has them.
        let last_row = self.y == (1 << self.z) - 1;
        let extent = f64::from(EXTENT);
        let y = if last_row { at.y.min(extent - 1.0) } else { at.y };
        let y = if self.y == 0 { y.max(0.0) } else { y };
        let is_in = |step: f64| (0.0..extent).contains(&step);
        (is_in(at.x) && is_in(y)).then(|| Coord { x: at.x.floor(), y: y.floor() })
    }

    /// The part of an outline that the tile shows, in whole steps; `None` where nothing of it is left.
    fn cut(self, outline: &MultiPolygon) -> Option<MultiPolygon> {
        let (low, high) = (-BUFFER, f64::from(EXTENT) + BUFFER);
        let window = Rect::new(Coord { x: low, y: low }, Coord { x: high, y: high });
        let steps = outline.map_coords(|corner| self.steps(corner));
        let bounds = steps.bounding_rect()?;
        let is_inside = bounds.min().x >= low
            && bounds.min().y >= low
            && bounds.max().x <= high
            && bounds.max().y <= high;
        let shown = if is_inside {
            steps
        } else {
            steps.intersection(&MultiPolygon(vec![window.to_polygon()]))
        };
        let polygons: Vec<Polygon> = shown.iter().filter_map(whole_steps).collect();
        // With y to the south, counter-clockwise is the positive area that the format asks of outer rings.
        (!polygons.is_empty()).then(|| MultiPolygon(polygons).orient(Direction::Default))
    }
}

fn whole_steps(polygon: &Polygon) -> Option<Polygon> {
    let exterior = whole_ring(polygon.exterior())?;
    Some(Polygon::new(exterior, polygon.interiors().iter().filter_map(whole_ring).collect()))
}

/// A ring in whole steps, if something is left inside it.
fn whole_ring(ring: &LineString) -> Option<LineString> {
    let rounded = ring.0.iter().map(|corner| Coord { x: corner.x.round(), y: corner.y.round() });
    let mut corners: Vec<Coord> = rounded.collect();
    corners.dedup();
    let ring = LineString(corners);
    let has_inside =
        ring.0.len() >= 4 && Polygon::new(ring.clone(), Vec::new()).unsigned_area() > 0.0;
    has_inside.then_some(ring)
}

/// A property of a feature.
#[derive(Debug, Clone, PartialEq)]
pub enum Tag {
    /// A text.
    Text(String),
    /// A whole number.
    Whole(u64),
    /// A number.
    Number(f64),
    /// Is it so?
    Flag(bool),
}

impl From<Tag> for TileValue {
    fn from(tag: Tag) -> Self {
        match tag {
            Tag::Text(text) => Self::Str(text),
            Tag::Whole(number) => Self::Uint(number),
            Tag::Number(number) => Self::Double(number),
            Tag::Flag(is_so) => Self::Bool(is_so),
        }
    }
}

/// Names and properties; what is unknown is left out, for the format has no null.
pub type Tags = Vec<(&'static str, Tag)>;

/// A layer on its way into a tile.
pub struct Layer {
    name: &'static str,
    address: Address,
    features: Vec<tile::Feature>,
    tags: TagsBuilder,
}

impl Layer {
    /// An empty one.
    #[must_use]
    pub fn new(name: &'static str, address: Address) -> Self {
        Self { name, address, features: Vec::new(), tags: TagsBuilder::new() }
    }

    /// Adds a point, if it lies in the tile; says whether it does.
    ///
    /// # Errors
    ///
    /// When it cannot be written.
    pub fn add_point(
        &mut self,
        place: Place,
        tags: Tags,
    ) -> Result<bool, geozero::error::GeozeroError> {
        let Some(at) = self.address.step(place) else { return Ok(false) };
        self.add(&Geometry::Point(Point(at)), tags)?;
        Ok(true)
    }

    /// Adds what the tile shows of an outline; says whether that is anything.
    ///
    /// # Errors
    ///
    /// When it cannot be written.
    pub fn add_outline(
        &mut self,
        outline: &MultiPolygon,
        tags: Tags,
    ) -> Result<bool, geozero::error::GeozeroError> {
        let Some(shown) = self.address.cut(outline) else { return Ok(false) };
        self.add(&Geometry::MultiPolygon(shown), tags)?;
        Ok(true)
    }

    fn add(&mut self, geometry: &Geometry, tags: Tags) -> geozero::error::Result<()> {
        let mut feature = geometry.to_mvt_unscaled()?;
        for (name, tag) in tags {
            let (key, value) = self.tags.insert_ref(name, tag.into());
            feature.tags.extend([key, value]);
        }
        self.features.push(feature);
        Ok(())
    }
}

/// The bytes of a tile; layers without features are left out, so an empty tile has no byte at all.
#[must_use]
pub fn encoded(layers: impl IntoIterator<Item = Layer>) -> Vec<u8> {
    let layers = layers.into_iter().filter(|layer| !layer.features.is_empty()).map(|layer| {
        let (keys, values) = layer.tags.into_tags();
        tile::Layer {
            version: 2,
            name: layer.name.to_owned(),
            features: layer.features,
            keys,
            values: values.into_iter().map(Into::into).collect(),
            extent: Some(EXTENT),
        }
    });
    Tile { layers: layers.collect() }.encode_to_vec()
}
