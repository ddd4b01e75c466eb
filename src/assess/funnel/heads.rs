//! Trucks or people of many records: their sum, end by end, and how many records do not tell.

use serde::Serialize;

use crate::domain::Figure;

/// A sum of figures that is filled one by one.
///
/// # Example
///
/// ```
/// use passage::assess::funnel::Heads;
/// use passage::domain::Figure;
/// let mut trucks = Heads::default();
/// trucks.add(Figure::exactly(48.0));
/// trucks.add(Figure::UNKNOWN);
/// assert_eq!(trucks.figure(), Figure::computed(Some(48.0), None, None));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Heads {
    low: Option<f64>,
    best: Option<f64>,
    high: Option<f64>,
    known: usize,
    unknown: usize,
}

/// A sum as it is shown.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct HeadsShown {
    /// The sum; a floor where some do not tell.
    #[serde(flatten)]
    pub figure: Figure,
    /// How many drops or requests do not tell.
    pub unknown: usize,
}

impl Heads {
    /// Adds a figure.
    pub fn add(&mut self, figure: Figure) {
        let known = usize::from(!figure.is_unknown());
        let (low, best, high) = (figure.floor(), figure.middle(), figure.ceiling());
        self.merge(&Self { low, best, high, known, unknown: 1 - known });
    }

    /// Adds another sum.
    pub fn merge(&mut self, other: &Self) {
        let sum = |own: Option<f64>, end: Option<f64>| match (self.known, other.known) {
            (0, _) => end,
            (_, 0) => own,
            _ => own.zip(end).map(|(own, end)| own + end),
        };
        let (low, best) = (sum(self.low, other.low), sum(self.best, other.best));
        let high = sum(self.high, other.high);
        let (known, unknown) = (self.known + other.known, self.unknown + other.unknown);
        *self = Self { low, best, high, known, unknown };
    }

    /// The sum; where one does not tell, what is known is a floor.
    #[must_use]
    pub const fn figure(&self) -> Figure {
        if self.unknown == 0 {
            Figure::computed(self.low, self.best, self.high)
        } else {
            Figure::computed(self.low, None, None)
        }
    }

    /// As it is shown.
    #[must_use]
    pub const fn shown(&self) -> HeadsShown {
        HeadsShown { figure: self.figure(), unknown: self.unknown }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn it_is_the_sum_of_figures_wherever_all_are_known(
            numbers in proptest::collection::vec(proptest::array::uniform3(proptest::option::of(0..1_000_u32)), 0..6),
        ) {
            let figures: Vec<Figure> = numbers
                .into_iter()
                .filter_map(|n| { let [low, best, high] = n.map(|n| n.map(f64::from)); Figure::new(low, best, high).ok() })
                .filter(|figure| !figure.is_unknown())
                .collect();
            let mut heads = Heads::default();
            for figure in &figures {
                heads.add(*figure);
            }
            prop_assert_eq!(heads.figure(), Figure::sum(&figures));
        }
    }
}
