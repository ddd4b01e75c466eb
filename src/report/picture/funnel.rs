//! The funnel: how many convoys, trucks and people came how far. What nobody told is shown as unknown, never as none.

use super::pen::{Anchor, INK, Ink, Pen, Picture, RULE, SOFT, Said};
use super::room::Room;
use crate::domain::Figure;
use crate::report::funnel::FunnelSteps;

/// The words of the funnel, ready to stand.
pub struct FunnelLabels {
    /// What it says of itself.
    pub said: Said,
    /// Convoys, trucks, people.
    pub columns: [String; 3],
    /// The words of each step: requested, approved, loaded, arrived.
    pub steps: [StepWords; 4],
    /// What must be minded.
    pub notes: Vec<String>,
}

/// The words of one step.
pub struct StepWords {
    /// Its name.
    pub name: String,
    /// How many convoys, trucks, people.
    pub amounts: [String; 3],
}

/// Where the columns begin.
const LEFT: f64 = 98.0;
const COLUMN: f64 = (Room::Wide.width() - LEFT) / 3.0;
const TOP: f64 = 26.0;
const ROW: f64 = 44.0;
const BAR: f64 = 14.0;

/// What convoys, trucks and people came to at one step.
type Amounts = [Figure; 3];

/// Draws the funnel.
#[must_use]
pub fn draw(steps: &FunnelSteps, labels: &FunnelLabels, room: Room) -> Picture {
    let width = room.width();
    let mut pen = Pen::new(room.name("funnel", "funnel-narrow"), width, &labels.said);
    let amounts: [Amounts; 4] = steps.steps().map(|step| {
        #[expect(clippy::cast_precision_loss, reason = "counts of records stay far below 2^53")]
        let convoys = Figure::exactly(step.convoys as f64);
        // That no convoy is known does not say that there was none.
        let of = |figure| if step.convoys == 0 { Figure::UNKNOWN } else { figure };
        [of(convoys), of(step.trucks.figure), of(step.people.figure)]
    });
    let largest = [0, 1, 2].map(|column: usize| {
        let ends = amounts.iter().flat_map(|step| [step[column].ceiling(), step[column].floor()]);
        ends.flatten().fold(0.0, f64::max)
    });
    let mut y = match room {
        Room::Wide => side_by_side(&mut pen, labels, &amounts, largest),
        Room::Narrow => below_each_other(&mut pen, labels, &amounts, largest),
    };
    for note in &labels.notes {
        y = pen.wrapped((0.0, y), width, Ink::of(10.0).soft(), note);
    }
    pen.finished(y)
}

/// A row for each step, its amounts beside each other; gives back where it ends.
fn side_by_side(
    pen: &mut Pen,
    labels: &FunnelLabels,
    amounts: &[Amounts; 4],
    largest: [f64; 3],
) -> f64 {
    for (column, words) in (0_u32..).zip(&labels.columns) {
        pen.text((left_of(column), 12.0), Ink::of(11.5).bold(), words);
    }
    for ((row, own), words) in (0_u32..).zip(amounts).zip(&labels.steps) {
        let top = TOP + ROW * f64::from(row);
        let rule = [(0.0, top - 4.0), (Room::Wide.width(), top - 4.0)];
        pen.line(&rule, &format!(r#"stroke="{RULE}" stroke-width=".7""#));
        pen.text((LEFT - 12.0, top + 26.0), Ink::of(11.5).bold().at(Anchor::End), &words.name);
        for (column, amount) in (0_u32..).zip(own) {
            let at = column as usize;
            pen.text((left_of(column), top + 11.0), Ink::of(11.5), &words.amounts[at]);
            bar(pen, (left_of(column), top + 17.0), COLUMN - 22.0, (*amount, largest[at]));
        }
    }
    TOP + ROW * 4.0 + 16.0
}

/// A block for each step, its amounts below each other; gives back where it ends.
fn below_each_other(
    pen: &mut Pen,
    labels: &FunnelLabels,
    amounts: &[Amounts; 4],
    largest: [f64; 3],
) -> f64 {
    let (width, mut y) = (Room::Narrow.width(), 12.0);
    for (own, words) in amounts.iter().zip(&labels.steps) {
        pen.text((0.0, y), Ink::of(12.5).bold(), &words.name);
        for (at, amount) in own.iter().enumerate() {
            y += 17.0;
            pen.text((0.0, y), Ink::of(11.0).soft(), &labels.columns[at]);
            pen.text((width, y), Ink::of(11.5).at(Anchor::End), &words.amounts[at]);
            bar(pen, (0.0, y + 5.0), width - 16.0, (*amount, largest[at]));
            y += 20.0;
        }
        y += 20.0;
    }
    y + 4.0
}

fn left_of(column: u32) -> f64 {
    LEFT + COLUMN * f64::from(column)
}

/// Dark up to the least, hatched to the most, an arrow where that is not known; dashed where nothing is.
fn bar(pen: &mut Pen, (left, top): (f64, f64), longest: f64, (amount, largest): (Figure, f64)) {
    let long = |number: f64| longest * (number / largest.max(1.0)).clamp(0.0, 1.0);
    if amount.is_unknown() {
        let looks = format!(r#"fill="none" stroke="{SOFT}" stroke-dasharray="3 3""#);
        pen.rect((left, top), (longest, BAR), &looks);
        return;
    }
    let least = amount.floor().map_or(0.0, long);
    let looks = format!(r#"fill="{SOFT}" stroke="{INK}" stroke-width=".8""#);
    if least > 0.0 {
        pen.rect((left, top), (least, BAR), &looks);
    } else {
        pen.line(
            &[(left, top), (left, top + BAR)],
            &format!(r#"stroke="{INK}" stroke-width="1.5""#),
        );
    }
    match amount.ceiling().map(long) {
        Some(most) if most > least => {
            pen.hatched((left + least, top), (most - least, BAR));
        }
        None => {
            let (from, middle) = (left + least, top + BAR / 2.0);
            let (end, looks) = (from + 13.0, format!(r#"stroke="{INK}" stroke-width="1.2""#));
            pen.line(&[(from, middle), (end, middle)], &looks);
            let head = [(end - 4.0, middle - 3.5), (end, middle), (end - 4.0, middle + 3.5)];
            pen.line(&head, &looks);
        }
        Some(_) => {}
    }
}
