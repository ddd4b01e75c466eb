//! The shapes of marks and what they are filled with: paths around 0, 0, for any size.

use std::fmt::Write as _;

/// How far lines and dots inside a mark lie apart, pixels.
const APART: f64 = 3.4;

pub(super) fn circle(r: f64) -> String {
    format!("M-{r:.1} 0A{r:.1} {r:.1} 0 1 1 {r:.1} 0A{r:.1} {r:.1} 0 1 1 -{r:.1} 0Z")
}

pub(super) fn triangle(r: f64) -> String {
    let (high, low) = (r * 1.1, r * 0.88);
    format!("M0 -{high:.1}L{r:.1} {low:.1}L-{r:.1} {low:.1}Z")
}

pub(super) fn square(r: f64) -> String {
    let half = half_of_square(r);
    format!("M-{half:.1} -{half:.1}H{half:.1}V{half:.1}H-{half:.1}Z")
}

pub(super) fn diamond(r: f64) -> String {
    let r = half_of_diamond(r);
    format!("M0 -{r:.1}L{r:.1} 0L0 {r:.1}L-{r:.1} 0Z")
}

fn half_of_square(r: f64) -> f64 {
    r * 0.88
}

fn half_of_diamond(r: f64) -> f64 {
    r * 1.15
}

/// Upright and level lines that fill a square.
pub(super) fn crossed(r: f64) -> String {
    let half = half_of_square(r);
    let mut path = String::new();
    for at in between(half) {
        let _ = write!(path, "M{at:.1} -{half:.1}V{half:.1}M-{half:.1} {at:.1}H{half:.1}");
    }
    path
}

/// Rising lines that fill a diamond.
pub(super) fn striped(r: f64) -> String {
    let r = half_of_diamond(r);
    let mut path = String::new();
    // Along the edges: u falls to the right, v rises.
    for u in between(r) {
        let at = |v: f64| (f64::midpoint(u, v), f64::midpoint(u, -v));
        let ((x1, y1), (x2, y2)) = (at(-r), at(r));
        let _ = write!(path, "M{x1:.1} {y1:.1}L{x2:.1} {y2:.1}");
    }
    path
}

/// Dots that fill a circle.
pub(super) fn dotted(r: f64) -> String {
    let mut path = String::new();
    for x in between(r) {
        for y in between(r).filter(|y| x.hypot(*y) < r - 1.0) {
            let _ = write!(path, "M{x:.1} {y:.1}h.1");
        }
    }
    path
}

/// Places from one end to the other, evenly, with one in the middle and none on the ends.
fn between(half: f64) -> impl Iterator<Item = f64> {
    let each = (-20_i32..=20).map(|place| f64::from(place) * APART);
    each.filter(move |at| at.abs() < half - 0.8)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_smallest_mark_has_something_in_it_and_nothing_leaves_a_circle() {
        for fill in [crossed(4.0), striped(4.0), dotted(4.0)] {
            assert!(fill.starts_with('M'), "{fill}");
        }
        assert!(between(16.0).all(|at| at.abs() < 16.0));
        assert!(between(16.0).any(|at| at.abs() < f64::EPSILON));
    }
}
