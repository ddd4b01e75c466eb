//! Masked positions: the middle of a cell of a fixed grid that is shifted by a key of the deployment.
//!
//! The same position gives the same answer for ever, so nothing averages out. Noise drawn anew, or a new cell
//! at each edit, would tell the position to whoever asks often enough.

use crate::domain::Place;

/// One degree of latitude, kilometres: the earth's meridian through 360.
const KM_PER_DEGREE: f64 = 111.195;

/// The position as readers below its level see it.
///
/// # Units
///
/// `cell_km`: the edge of a cell, kilometres; the masked position lies at most 0.71 of it away.
///
/// # Example
///
/// ```
/// use passage::disclose::mask::masked;
/// use passage::domain::Place;
/// let hospital = Place::new(37.1612, 36.2021).unwrap();
/// let shown = masked(hospital, 10.0, &[7; 32]);
/// assert_ne!(shown, hospital);
/// assert_eq!(shown, masked(hospital, 10.0, &[7; 32]));
/// assert!(shown.distance_km(hospital) < 7.2);
/// ```
#[must_use]
pub fn masked(place: Place, cell_km: f64, key: &[u8; 32]) -> Place {
    let height = (cell_km / KM_PER_DEGREE).clamp(1e-6, 90.0);
    let south = -90.0 - height * shift(key, "latitude", 0);
    let row = ((place.lat() - south) / height).floor();
    let lat = (south + (row + 0.5) * height).clamp(-90.0, 90.0);
    // Cells of a row are as wide as they are high; towards the poles there are fewer of them.
    let around = 360.0 * lat.to_radians().cos().max(0.0) * KM_PER_DEGREE;
    let width = 360.0 / (around / cell_km).floor().max(1.0);
    #[expect(clippy::cast_possible_truncation, reason = "a row is far below 2^53")]
    let west = -180.0 - width * shift(key, "longitude", row as i64);
    let column = ((place.lon() - west) / width).floor();
    let lon = west + (column + 0.5) * width;
    // The first and the last cell reach over the 180th meridian.
    let lon = (lon + 180.0).rem_euclid(360.0) - 180.0;
    Place::new(rounded(lon), rounded(lat)).unwrap_or(place_of_nowhere())
}

/// How far the grid is moved, as a share of a cell.
fn shift(key: &[u8; 32], axis: &str, row: i64) -> f64 {
    let mut hasher = blake3::Hasher::new_keyed(key);
    hasher.update(b"passage mask v1").update(axis.as_bytes()).update(&row.to_be_bytes());
    let mut bytes = [0; 4];
    bytes.copy_from_slice(&hasher.finalize().as_bytes()[..4]);
    f64::from(u32::from_be_bytes(bytes)) / f64::from(u32::MAX)
}

/// To four decimals, some ten metres: more would only look exact.
fn rounded(degrees: f64) -> f64 {
    (degrees * 1e4).round() / 1e4
}

/// Never reached: the middle of a cell lies on the earth. If it were, no position is told.
fn place_of_nowhere() -> Place {
    #[expect(clippy::unwrap_used, reason = "0, 0 is a place")]
    Place::new(0.0, 0.0).unwrap()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const KEY: [u8; 32] = [7; 32];

    proptest! {
        #[test]
        fn a_masked_position_lies_within_its_cell(lon in -180.0..180.0_f64, lat in -85.0..85.0_f64) {
            let place = Place::new(lon, lat).unwrap();
            let shown = masked(place, 10.0, &KEY);
            prop_assert!(shown.distance_km(place) < 7.5, "{shown:?} {place:?}");
        }

        #[test]
        fn a_masked_position_is_masked_to_itself(lon in -180.0..180.0_f64, lat in -89.0..89.0_f64) {
            let shown = masked(Place::new(lon, lat).unwrap(), 10.0, &KEY);
            prop_assert_eq!(masked(shown, 10.0, &KEY), shown);
        }

        #[test]
        fn all_positions_of_a_cell_look_the_same(dx in -0.4..0.4_f64, dy in -0.4..0.4_f64) {
            // From the middle of a cell by less than half of it.
            let middle = masked(Place::new(37.16, 36.20).unwrap(), 10.0, &KEY);
            let (lon, lat) = (middle.lon() + dx * 10.0 / 89.8, middle.lat() + dy * 10.0 / 111.2);
            prop_assert_eq!(masked(Place::new(lon, lat).unwrap(), 10.0, &KEY), middle);
        }
    }

    /// A masked position must never change with the program: two answers would narrow it down.
    #[test]
    fn the_grid_of_a_key_is_what_it_was() {
        let at = |lon: f64, lat: f64| {
            let shown = masked(Place::new(lon, lat).unwrap(), 10.0, &KEY);
            (shown.lon(), shown.lat())
        };
        for (place, shown) in [
            ((37.1612, 36.2021), (37.1908, 36.1715)),
            ((-0.01, 0.01), (-0.0244, 0.0188)),
            ((179.999, 51.0), (179.9748, 51.0103)),
            ((-179.999, 51.0), (179.9748, 51.0103)),
            ((12.0, 89.99), (56.8478, 89.9509)),
            ((12.0, -89.99), (-11.3017, -90.0)),
            ((36.4, -33.57), (36.3572, -33.5259)),
        ] {
            let (lon, lat) = at(place.0, place.1);
            assert!(
                (lon - shown.0).abs() < 1e-9 && (lat - shown.1).abs() < 1e-9,
                "{place:?}: {lon} {lat}"
            );
        }
    }

    #[test]
    fn another_deployment_has_another_grid() {
        let place = Place::new(37.16, 36.20).unwrap();
        assert_ne!(masked(place, 10.0, &KEY), masked(place, 10.0, &[8; 32]));
    }

    #[test]
    fn poles_and_the_date_line_are_places_too() {
        for (lon, lat) in [(0.0, 90.0), (0.0, -90.0), (180.0, 0.0), (-180.0, 0.0), (179.99, 51.0)] {
            let shown = masked(Place::new(lon, lat).unwrap(), 10.0, &KEY);
            assert!(shown.lon().abs() <= 180.0 && shown.lat().abs() <= 90.0);
        }
    }

    #[test]
    fn all_along_the_date_line_the_middle_of_a_cell_is_near() {
        for lat in (-850..850).step_by(13) {
            for lon in [-180.0, -179.96, 179.96, 180.0] {
                let place = Place::new(lon, f64::from(lat) / 10.0).unwrap();
                let shown = masked(place, 10.0, &KEY);
                assert!(shown.distance_km(place) < 7.5, "{place:?}: {shown:?}");
            }
        }
    }
}
