//! Where labels stand: the first free place around each point, with a line to it where that is not beside it.

/// A box, pixels.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Plate {
    pub left: f64,
    pub top: f64,
    pub width: f64,
    pub height: f64,
}

impl Plate {
    pub(super) fn around((x, y): (f64, f64), half: f64) -> Self {
        Self { left: x - half, top: y - half, width: 2.0 * half, height: 2.0 * half }
    }

    fn overlaps(&self, other: &Self) -> bool {
        self.left < other.left + other.width
            && other.left < self.left + self.width
            && self.top < other.top + other.height
            && other.top < self.top + self.height
    }

    fn holds(&self, other: &Self) -> bool {
        self.left <= other.left
            && self.top <= other.top
            && other.left + other.width <= self.left + self.width
            && other.top + other.height <= self.top + self.height
    }

    fn has(&self, (x, y): (f64, f64)) -> bool {
        (self.left..=self.left + self.width).contains(&x)
            && (self.top..=self.top + self.height).contains(&y)
    }
}

/// A label that has found its place.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Placed {
    /// Where its words begin.
    pub left: f64,
    /// Where they stand.
    pub baseline: f64,
    /// The line from the point to the words.
    pub leader: Option<[(f64, f64); 2]>,
}

/// The labels of one panel.
pub(super) struct Labels {
    within: Plate,
    marks: Vec<Plate>,
    words: Vec<Plate>,
    leaders: Vec<[(f64, f64); 2]>,
}

/// How far from the edge of its point a label may stand, pixels; the first without a line.
const DISTANCES: [f64; 5] = [3.0, 14.0, 26.0, 42.0, 60.0];
/// In how many directions a place is looked for.
const DIRECTIONS: u32 = 16;
/// How many points of a line are held against the words that stand.
const STEPS: u32 = 12;

impl Labels {
    pub(super) const fn new(within: Plate) -> Self {
        Self { within, marks: Vec::new(), words: Vec::new(), leaders: Vec::new() }
    }

    /// What no label may cover.
    pub(super) fn keep_free(&mut self, plate: Plate) {
        self.marks.push(plate);
    }

    /// The place of a label of this size for the point; `None` where all is taken.
    pub(super) fn place(
        &mut self,
        point: (f64, f64),
        radius: f64,
        (width, height): (f64, f64),
    ) -> Option<Placed> {
        let candidates = DISTANCES.iter().flat_map(|away| {
            (0..DIRECTIONS).map(move |direction| (*away, direction))
        });
        for (away, direction) in candidates {
            // To the right first, then to the left, above, below, and between.
            const ORDER: [u32; 16] = [0, 8, 12, 4, 14, 2, 10, 6, 15, 1, 9, 7, 13, 11, 3, 5];
            let turn = ORDER.get(direction as usize).copied().unwrap_or_default();
            let angle = std::f64::consts::TAU * f64::from(turn) / f64::from(DIRECTIONS);
            let (dx, dy) = (angle.cos(), angle.sin());
            let near = (point.0 + dx * radius, point.1 + dy * radius);
            let end = (near.0 + dx * away, near.1 + dy * away);
            // The middle of the words lies beyond the end of the line, as far as they reach that way.
            let middle = (end.0 + dx * width / 2.0, end.1 + dy * height / 2.0);
            let plate = Plate {
                left: middle.0 - width / 2.0,
                top: middle.1 - height / 2.0,
                width,
                height,
            };
            let leader = (away > DISTANCES[0]).then_some([near, end]);
            if self.is_free(&plate, leader) {
                self.words.push(plate);
                self.leaders.extend(leader);
                return Some(Placed {
                    left: plate.left,
                    baseline: plate.top + height * 0.78,
                    leader,
                });
            }
        }
        None
    }

    fn is_free(&self, plate: &Plate, leader: Option<[(f64, f64); 2]>) -> bool {
        let taken = self.marks.iter().chain(&self.words);
        let crosses = |line: &[(f64, f64); 2], plate: &Plate| points(line).any(|p| plate.has(p));
        self.within.holds(plate)
            && !taken.into_iter().any(|other| other.overlaps(plate))
            && !self.leaders.iter().any(|line| crosses(line, plate))
            && leader.is_none_or(|line| !self.words.iter().any(|words| crosses(&line, words)))
    }
}

fn points(line: &[(f64, f64); 2]) -> impl Iterator<Item = (f64, f64)> {
    let [from, to] = *line;
    (0..=STEPS).map(move |step| {
        let share = f64::from(step) / f64::from(STEPS);
        (from.0 + (to.0 - from.0) * share, from.1 + (to.1 - from.1) * share)
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn no_two_labels_overlap_and_none_leaves_the_panel(
            points in proptest::collection::vec((0.0..300.0_f64, 0.0..200.0_f64), 1..60),
        ) {
            let within = Plate { left: 0.0, top: 0.0, width: 300.0, height: 200.0 };
            let mut labels = Labels::new(within);
            for point in &points {
                labels.keep_free(Plate::around(*point, 5.0));
            }
            for point in &points {
                labels.place(*point, 5.0, (40.0, 12.0));
            }
            for (place, plate) in labels.words.iter().enumerate() {
                prop_assert!(within.holds(plate));
                prop_assert!(!labels.words[..place].iter().any(|other| other.overlaps(plate)));
                prop_assert!(!labels.marks.iter().any(|mark| mark.overlaps(plate)));
            }
        }
    }

    #[test]
    fn a_lone_label_stands_to_the_right_without_a_line() {
        let mut labels =
            Labels::new(Plate { left: 0.0, top: 0.0, width: 300.0, height: 200.0 });
        let placed = labels.place((100.0, 100.0), 5.0, (40.0, 12.0)).unwrap();
        assert!(placed.leader.is_none() && (placed.left - 108.0).abs() < 0.01, "{placed:?}");
    }
}
