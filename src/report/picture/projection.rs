//! From degrees to pixels: plate carrée, narrowed by the cosine of the middle latitude. Good enough for a country.

/// Kilometres in a degree of latitude: the earth's meridian through 360.
const KM_PER_DEGREE: f64 = 111.195;

/// West, south, east, north, degrees.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Bounds {
    pub west: f64,
    pub south: f64,
    pub east: f64,
    pub north: f64,
}

impl Bounds {
    /// Where there is neither land nor a mark.
    pub(super) const NOWHERE: Self = Self { west: 0.0, south: 0.0, east: 1.0, north: 1.0 };

    /// Around these points; `None` around none.
    pub(super) fn around(points: impl Iterator<Item = (f64, f64)>) -> Option<Self> {
        points.fold(None, |bounds, (lon, lat)| {
            let own = Self { west: lon, south: lat, east: lon, north: lat };
            Some(bounds.map_or(own, |bounds: Self| bounds.with(own)))
        })
    }

    pub(super) const fn with(self, other: Self) -> Self {
        Self {
            west: self.west.min(other.west),
            south: self.south.min(other.south),
            east: self.east.max(other.east),
            north: self.north.max(other.north),
        }
    }

    /// At least so many degrees high and wide, around the same middle, with a margin as a share.
    pub(super) fn padded(self, least: f64, share: f64) -> Self {
        let grown = |low: f64, high: f64, least: f64| {
            let half = (((high - low) * (1.0 + 2.0 * share)).max(least)) / 2.0;
            let middle = f64::midpoint(low, high);
            (middle - half, middle + half)
        };
        let narrowed = self.narrowed();
        let (west, east) = grown(self.west, self.east, least / narrowed);
        let (south, north) = grown(self.south, self.north, least);
        Self { west, south, east, north }
    }

    pub(super) fn has(&self, (lon, lat): (f64, f64)) -> bool {
        (self.west..=self.east).contains(&lon) && (self.south..=self.north).contains(&lat)
    }

    /// How much narrower than at the equator a degree of longitude is in the middle.
    fn narrowed(&self) -> f64 {
        f64::midpoint(self.south, self.north).to_radians().cos().max(0.05)
    }
}

/// A window of the earth on a box of the drawing.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Projection {
    bounds: Bounds,
    /// Pixels for a degree of latitude.
    scale: f64,
    narrowed: f64,
    left: f64,
    top: f64,
}

impl Projection {
    /// The whole of the bounds in the middle of a box.
    pub(super) fn fit(
        bounds: Bounds,
        (left, top): (f64, f64),
        (width, height): (f64, f64),
    ) -> Self {
        let narrowed = bounds.narrowed();
        let wide = ((bounds.east - bounds.west) * narrowed).max(1e-6);
        let high = (bounds.north - bounds.south).max(1e-6);
        let scale = (width / wide).min(height / high);
        Self {
            bounds,
            scale,
            narrowed,
            left: left + (width - wide * scale) / 2.0,
            top: top + (height - high * scale) / 2.0,
        }
    }

    pub(super) fn at(&self, (lon, lat): (f64, f64)) -> (f64, f64) {
        let x = self.left + (lon - self.bounds.west) * self.narrowed * self.scale;
        (x, self.top + (self.bounds.north - lat) * self.scale)
    }

    pub(super) const fn pixels_per_km(&self) -> f64 {
        self.scale / KM_PER_DEGREE
    }

    /// A round number of kilometres that is at most so many pixels long.
    pub(super) fn round_km(&self, most_pixels: f64) -> f64 {
        let most = most_pixels / self.pixels_per_km();
        let power = 10_f64.powf(most.log10().floor());
        let steps = [5.0, 2.0, 1.0];
        steps.iter().map(|step| step * power).find(|km| *km <= most).unwrap_or(power)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SYRIA: Bounds = Bounds { west: 35.6, south: 32.3, east: 42.4, north: 37.3 };

    #[test]
    fn the_corners_of_the_bounds_lie_in_the_box() {
        let projection = Projection::fit(SYRIA, (10.0, 20.0), (500.0, 400.0));
        for corner in [(35.6, 32.3), (42.4, 37.3)] {
            let (x, y) = projection.at(corner);
            assert!((9.9..=510.1).contains(&x) && (19.9..=420.1).contains(&y), "{x} {y}");
        }
    }

    #[test]
    fn a_hundred_kilometres_are_as_long_either_way() {
        let projection = Projection::fit(SYRIA, (0.0, 0.0), (500.0, 400.0));
        let degrees = 100.0 / KM_PER_DEGREE;
        let (x, y) = projection.at((38.0, 34.8));
        let (east, _) = projection.at((38.0 + degrees / 34.8_f64.to_radians().cos(), 34.8));
        let (_, south) = projection.at((38.0, 34.8 - degrees));
        let long = 100.0 * projection.pixels_per_km();
        assert!((east - x - long).abs() < 0.01 * long && (south - y - long).abs() < 0.01 * long);
    }

    #[test]
    fn a_scale_bar_is_a_round_number() {
        let projection = Projection::fit(SYRIA, (0.0, 0.0), (500.0, 400.0));
        assert!((projection.round_km(100.0) - 100.0).abs() < 1e-9);
    }
}
