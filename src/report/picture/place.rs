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
    /// Where its words are held: at their left end, their middle or their right end.
    pub at: (f64, f64),
    /// Which of these.
    pub held: Held,
    /// The line from the point to the words.
    pub leader: Option<[(f64, f64); 2]>,
}

/// By which part words are held: how wide they are is only guessed, so the part near the point must be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Held {
    Left,
    Middle,
    Right,
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

    /// The place of a label of this size for the point; `None` where all is taken. A line that crosses the mark of
    /// another is drawn only where there is no other place.
    pub(super) fn place(
        &mut self,
        point: (f64, f64),
        radius: f64,
        size: (f64, f64),
    ) -> Option<Placed> {
        let candidates = || candidates(point, radius, size);
        let is_clear = |own: &Candidate| self.is_free(own) && !self.crosses_a_mark(own, point);
        let found = candidates().find(is_clear);
        let found = found.or_else(|| candidates().find(|own| self.is_free(own)))?;
        self.words.push(found.plate);
        self.leaders.extend(found.placed.leader);
        Some(found.placed)
    }

    fn is_free(&self, own: &Candidate) -> bool {
        let taken = || self.marks.iter().chain(&self.words);
        self.within.holds(&own.plate)
            && !taken().any(|other| other.overlaps(&own.plate))
            && !self.leaders.iter().any(|line| crosses(line, &own.plate))
            && own
                .placed
                .leader
                .is_none_or(|line| !self.words.iter().any(|words| crosses(&line, words)))
    }

    /// Does its line cross the mark of another point?
    fn crosses_a_mark(&self, own: &Candidate, point: (f64, f64)) -> bool {
        let others = || self.marks.iter().filter(|mark| !mark.has(point));
        own.placed.leader.is_some_and(|line| others().any(|mark| crosses(&line, mark)))
    }
}

/// A place that a label could have.
struct Candidate {
    plate: Plate,
    placed: Placed,
}

/// All places around a point, the best first: near ones before far ones, to the right before to the left, above, below.
fn candidates(point: (f64, f64), radius: f64, size: (f64, f64)) -> impl Iterator<Item = Candidate> {
    /// Sixteenths of a turn.
    const ORDER: [u32; 16] = [0, 8, 12, 4, 14, 2, 10, 6, 15, 1, 9, 7, 13, 11, 3, 5];
    let each = DISTANCES.iter().flat_map(|away| ORDER.iter().map(move |turn| (*away, *turn)));
    each.map(move |(away, turn)| {
        let angle = std::f64::consts::TAU * f64::from(turn) / 16.0;
        candidate(point, radius + away, angle, size, (away > DISTANCES[0]).then_some(radius))
    })
}

fn candidate(
    point: (f64, f64),
    away: f64,
    angle: f64,
    (width, height): (f64, f64),
    line_from: Option<f64>,
) -> Candidate {
    let (dx, dy) = (angle.cos(), angle.sin());
    let at = |distance: f64| (point.0 + dx * distance, point.1 + dy * distance);
    let end = at(away);
    let (held, left) = if dx > 0.3 {
        (Held::Left, end.0)
    } else if dx < -0.3 {
        (Held::Right, end.0 - width)
    } else {
        (Held::Middle, end.0 - width / 2.0)
    };
    let top = end.1 + dy * height / 2.0 - height / 2.0;
    let words_x = match held {
        Held::Left => left,
        Held::Middle => left + width / 2.0,
        Held::Right => left + width,
    };
    Candidate {
        plate: Plate { left, top, width, height },
        placed: Placed {
            at: (words_x, top + height * 0.78),
            held,
            leader: line_from.map(|from| [at(from), end]),
        },
    }
}

fn crosses(line: &[(f64, f64); 2], plate: &Plate) -> bool {
    points(line).any(|point| plate.has(point))
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
        let mut labels = Labels::new(Plate { left: 0.0, top: 0.0, width: 300.0, height: 200.0 });
        let placed = labels.place((100.0, 100.0), 5.0, (40.0, 12.0)).unwrap();
        assert!(placed.leader.is_none() && (placed.at.0 - 108.0).abs() < 0.01, "{placed:?}");
    }
}
