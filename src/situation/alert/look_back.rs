//! Was it open before? An alert whose figure lies between its raising and its clearing line stays what it was.
//!
//! Nothing is kept from one look to the next: the days before are looked at again, each at its end. So the answer
//! of a moment is the same however often somebody asks.

use chrono::{DateTime, NaiveTime, TimeDelta, Utc};

use super::Severity;
use crate::assess::hysteresis::{Direction, hysteresis};

/// On which side of its two lines a figure lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    /// Past the raising line.
    Past,
    /// Between the lines.
    Between,
    /// Past the clearing line.
    Clear,
}

/// The severities that have lines of their own, the gravest first; the last is the alert itself.
pub(super) const LEVELS: [Severity; 3] = [Severity::Critical, Severity::High, Severity::Medium];

/// The level that is the alert itself.
const ALERT: usize = LEVELS.len() - 1;

/// The figure of one moment, held against the lines of each level; `None` where it is not known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Look {
    pub at: DateTime<Utc>,
    pub sides: Option<[Side; LEVELS.len()]>,
}

/// What is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Open {
    /// The gravest level that is open.
    pub severity: Severity,
    /// The day on which it opened, where it was looked for.
    pub since: Option<DateTime<Utc>>,
    /// Is the figure of now past the line of the alert, or is it only held open?
    pub is_past: bool,
}

/// The looks of an alert, now and as far back as it takes.
#[derive(Debug, Clone)]
pub(super) struct Looks {
    /// The newest first.
    row: Vec<Look>,
    /// How long the figure must lie past the clearing line before the alert closes.
    hold: TimeDelta,
}

/// The ends of the days before, the latest first.
pub(super) fn days_before(as_of: DateTime<Utc>, days: u32) -> impl Iterator<Item = DateTime<Utc>> {
    let today = as_of.date_naive().and_time(NaiveTime::MIN).and_utc();
    let end_of = move |day: u32| today - TimeDelta::days(day.into()) - TimeDelta::milliseconds(1);
    (0..days).map(end_of)
}

impl Looks {
    pub(super) fn beginning(now: Look, hold: TimeDelta) -> Self {
        Self { row: vec![now], hold }
    }

    /// Adds the look before the earliest one.
    pub(super) fn add(&mut self, earlier: Look) {
        self.row.push(earlier);
    }

    /// Does it depend on the day before the earliest look?
    pub(super) fn want_more(&self) -> bool {
        for level in 0..LEVELS.len() {
            if !self.is_settled(level) {
                return true;
            }
            if self.is_open(level) {
                return level != ALERT && !self.is_settled(ALERT);
            }
        }
        false
    }

    /// What is open now, if anything is.
    pub(super) fn open(&self) -> Option<Open> {
        let level = (0..LEVELS.len()).find(|level| self.is_open(*level))?;
        let is_past = self.side(ALERT, 0) == Some(Side::Past);
        Some(Open { severity: LEVELS[level], since: self.opened_on(), is_past })
    }

    fn side(&self, level: usize, look: usize) -> Option<Side> {
        self.row[look].sides.map(|sides| sides[level])
    }

    /// Has it been past the clearing line for long enough at this look?
    fn is_held_clear(&self, level: usize, look: usize) -> bool {
        let hold = if level == ALERT { self.hold } else { TimeDelta::zero() };
        let at = self.row[look].at;
        self.side(level, look) == Some(Side::Clear)
            && (look..self.row.len())
                .take_while(|earlier| {
                    matches!(self.side(level, *earlier), None | Some(Side::Clear))
                })
                .any(|earlier| {
                    self.side(level, earlier).is_some() && at - self.row[earlier].at >= hold
                })
    }

    /// Is the level open or closed whatever was before the earliest look? The day on which the alert itself was
    /// opened is looked for as well.
    fn is_settled(&self, level: usize) -> bool {
        let earliest = self.row.len() - 1;
        let was_past = self.side(level, earliest) == Some(Side::Past);
        self.side(level, 0) == Some(Side::Past)
            || (was_past && level != ALERT)
            || (0..=earliest).any(|look| self.is_held_clear(level, look))
    }

    /// Is the level open after each look, the earliest first?
    fn states(&self, level: usize) -> Vec<bool> {
        /// The two lines between the three sides.
        const RAISE_AT: f64 = 0.5;
        const CLEAR_AT: f64 = 1.5;
        let value = |look| {
            self.side(level, look).map(|side| match side {
                Side::Past => 0.0,
                Side::Clear if self.is_held_clear(level, look) => 2.0,
                Side::Between | Side::Clear => 1.0,
            })
        };
        let values: Vec<Option<f64>> = (0..self.row.len()).rev().map(value).collect();
        hysteresis(&values, RAISE_AT, CLEAR_AT, Direction::Below, 1)
    }

    fn is_open(&self, level: usize) -> bool {
        self.states(level).last() == Some(&true)
    }

    /// The look at which the alert opened, if it is known to have been closed before.
    fn opened_on(&self) -> Option<DateTime<Utc>> {
        let states = self.states(ALERT);
        let before = states.iter().rposition(|open| !open)?;
        let look = self.row.len().checked_sub(before + 2)?;
        let was_clear = (look..self.row.len()).any(|look| self.is_held_clear(ALERT, look));
        was_clear.then(|| self.row[look].at)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::Side::{Between, Clear, Past};
    use super::*;

    fn end_of(day: &str) -> DateTime<Utc> {
        format!("{day}T23:59:59.999Z").parse().unwrap()
    }

    /// The looks of these days, the newest first, as far back as they are wanted; and how many that were.
    fn looked(sides: &[Option<Side>], hold: TimeDelta) -> (Looks, usize) {
        let as_of = end_of("2016-07-26");
        let looks: Vec<Look> = std::iter::once(as_of)
            .chain(days_before(as_of, 100))
            .zip(sides)
            .map(|(at, side)| Look { at, sides: side.map(|side| [Clear, Clear, side]) })
            .collect();
        let mut row = Looks::beginning(looks[0], hold);
        let mut taken = 1;
        for look in &looks[1..] {
            if !row.want_more() {
                break;
            }
            row.add(*look);
            taken += 1;
        }
        (row, taken)
    }

    fn is_open(sides: &[Side]) -> bool {
        let sides: Vec<Option<Side>> = sides.iter().copied().map(Some).collect();
        looked(&sides, TimeDelta::zero()).0.open().is_some()
    }

    #[test]
    fn a_figure_past_a_line_needs_no_look_back() {
        assert_eq!(looked(&[Some(Past), Some(Clear)], TimeDelta::zero()).1, 1);
        assert_eq!(looked(&[Some(Clear), Some(Past)], TimeDelta::zero()).1, 1);
    }

    #[test]
    fn between_the_lines_it_is_what_it_was() {
        assert!(is_open(&[Between, Between, Past]));
        assert!(!is_open(&[Between, Between, Clear, Past]));
        assert!(!is_open(&[Between; 40]));
    }

    #[test]
    fn it_opened_on_the_first_day_past_the_line_and_not_on_the_last() {
        let days = [Between, Past, Between, Past, Between, Clear].map(Some);
        let open = looked(&days, TimeDelta::zero()).0.open().unwrap();
        assert_eq!(
            (open.since, open.is_past, open.severity),
            (Some(end_of("2016-07-23")), false, Severity::Medium)
        );
    }

    #[test]
    fn an_alert_that_was_open_as_far_back_as_was_looked_has_no_first_day() {
        assert_eq!(
            looked(&[Between, Past].map(Some), TimeDelta::zero()).0.open().unwrap().since,
            None
        );
    }

    #[test]
    fn with_a_hold_of_a_day_one_good_day_does_not_close_it() {
        let day = TimeDelta::days(1);
        let open = |sides: &[Side]| {
            let sides: Vec<Option<Side>> = sides.iter().copied().map(Some).collect();
            looked(&sides, day).0.open().is_some()
        };
        assert!(open(&[Clear, Past]));
        assert!(!open(&[Clear, Clear, Past]));
        assert!(open(&[Between, Clear, Past, Clear, Clear]));
    }

    #[test]
    fn a_severity_rises_at_once_and_falls_past_its_own_line_only() {
        let as_of = end_of("2016-07-26");
        let look = |at, critical| Look { at, sides: Some([critical, Past, Past]) };
        let mut row = Looks::beginning(look(as_of, Between), TimeDelta::zero());
        assert!(row.want_more());
        row.add(look(end_of("2016-07-25"), Past));
        assert_eq!(row.open().unwrap().severity, Severity::Critical);
        let fell = Looks::beginning(look(as_of, Clear), TimeDelta::zero());
        assert_eq!(fell.open().unwrap().severity, Severity::High);
    }

    fn side() -> impl Strategy<Value = Option<Side>> {
        prop_oneof![Just(None), Just(Some(Past)), Just(Some(Between)), Just(Some(Clear))]
    }

    proptest! {
        #[test]
        fn looking_no_further_back_than_it_takes_changes_nothing(
            sides in proptest::collection::vec(side(), 1..40), hold in 0_i64..3,
        ) {
            let hold = TimeDelta::days(hold);
            let (lazy, taken) = looked(&sides, hold);
            let mut whole = lazy.clone();
            let at = days_before(end_of("2016-07-26"), 100);
            for (at, side) in at.zip(&sides[1..]).skip(taken - 1) {
                whole.add(Look { at, sides: side.map(|side| [Clear, Clear, side]) });
            }
            prop_assert_eq!(
                lazy.open().map(|open| (open.severity, open.is_past)),
                whole.open().map(|open| (open.severity, open.is_past))
            );
        }

        #[test]
        fn a_day_that_begins_open_and_stays_between_ends_open(
            sides in proptest::collection::vec(side(), 1..30), hold in 0_i64..3,
        ) {
            let hold = TimeDelta::days(hold);
            let before = looked(&sides, hold).0.open().is_some();
            let mut later = vec![Some(Between)];
            later.extend(&sides);
            prop_assert_eq!(looked(&later, hold).0.open().is_some(), before);
        }
    }
}
