//! People reached against people in need, month by month: one bar in another, from the same zero on one scale.

use super::pen::{Anchor, INK, Ink, Pen, Picture, RULE, SOFT, Said, width_of};
use crate::domain::Figure;
use crate::report::reached::MonthRow;

/// The words of the chart, ready to stand.
pub struct ReachedLabels {
    /// What it says of itself.
    pub said: Said,
    /// The words of each month, in order.
    pub months: Vec<MonthWords>,
    /// What a number on the axis is called.
    pub number: fn(f64) -> String,
    /// What the bars are, in the order of the legend: reached at least, up to at most, in need.
    pub legend: [String; 3],
    /// What must be minded.
    pub notes: Vec<String>,
}

/// The words of one month.
pub struct MonthWords {
    /// Its name.
    pub name: String,
    /// How many were reached.
    pub reached: String,
    /// Of how many.
    pub in_need: String,
}

const WIDTH: f64 = 640.0;
/// Where bars end.
const RIGHT: f64 = 424.0;
const TOP: f64 = 30.0;
/// The letters of the names of months.
const NAMES: f64 = 11.5;
const ROW: f64 = 31.0;
/// The bar of need and the bar of reach in it.
const NEED: f64 = 20.0;
const REACH: f64 = 10.0;

/// Is anything to be drawn: did a convoy arrive, as far as is known? Else the table says all there is.
#[must_use]
pub fn is_drawn(months: &[MonthRow]) -> bool {
    months.iter().any(|row| row.arrivals > 0 || !row.reached.is_unknown())
}

/// Draws the chart.
#[must_use]
pub fn draw(months: &[MonthRow], labels: &ReachedLabels) -> Picture {
    let mut pen = Pen::new("reached", WIDTH, &labels.said);
    let largest =
        months.iter().flat_map(|row| ends(row.reached).into_iter().chain(ends(row.in_need)));
    // Bars begin beside the longest name of a month.
    let names = labels.months.iter().map(|month| width_of(&month.name, NAMES));
    let left = names.fold(50.0, f64::max) + 10.0;
    let scale = Scale::to(largest.fold(0.0, f64::max), left);
    legend(&mut pen, labels);
    let bottom =
        TOP + ROW * (0..).zip(months).map(|(row, _)| f64::from(row) + 1.0).fold(0.0, f64::max);
    axis(&mut pen, &scale, bottom, labels);
    for ((row, words), place) in months.iter().zip(&labels.months).zip(0_u32..) {
        draw_month(&mut pen, &scale, TOP + ROW * f64::from(place), row, words);
    }
    let mut y = bottom + 34.0;
    for note in &labels.notes {
        y = pen.wrapped((0.0, y), WIDTH, Ink::of(10.0).soft(), note);
    }
    pen.finished(y)
}

/// The known ends.
fn ends(figure: Figure) -> Vec<f64> {
    [figure.low(), figure.best(), figure.high()].into_iter().flatten().collect()
}

/// From people to pixels, up to a round number.
struct Scale {
    left: f64,
    step: f64,
    steps: u32,
}

impl Scale {
    fn to(largest: f64, left: f64) -> Self {
        const MOST_STEPS: f64 = 4.0;
        let rough = (largest / MOST_STEPS).max(1.0);
        let power = 10_f64.powf(rough.log10().floor());
        let round = [1.0, 2.0, 2.5, 5.0, 10.0].map(|step| step * power);
        let step = round.into_iter().find(|step| *step >= rough).unwrap_or(rough);
        let steps = (1..=5).find(|steps| f64::from(*steps) * step >= largest).unwrap_or(5);
        Self { left, step, steps }
    }

    fn x(&self, people: f64) -> f64 {
        self.left
            + (RIGHT - self.left) * (people / (self.step * f64::from(self.steps))).clamp(0.0, 1.0)
    }
}

fn legend(pen: &mut Pen, labels: &ReachedLabels) {
    let mut x = 0.0;
    for (place, words) in labels.legend.iter().enumerate() {
        let (at, size) = ((x, 3.0), (16.0, 10.0));
        match place {
            0 => pen.rect(at, size, &format!(r#"fill="{SOFT}" stroke="{INK}""#)),
            1 => pen.hatched(at, size),
            _ => pen.rect(at, size, r##"fill="#e9e6df" stroke="#777""##),
        }
        pen.text((x + 21.0, 12.0), Ink::of(11.0), words);
        x += 21.0 + width_of(words, 11.0) + 20.0;
    }
}

fn axis(pen: &mut Pen, scale: &Scale, bottom: f64, labels: &ReachedLabels) {
    for step in 0..=scale.steps {
        let people = f64::from(step) * scale.step;
        let x = scale.x(people);
        pen.line(&[(x, TOP), (x, bottom)], &format!(r#"stroke="{RULE}" stroke-width=".7""#));
        let words = (labels.number)(people);
        pen.text((x, bottom + 14.0), Ink::of(10.0).soft().at(Anchor::Middle), &words);
    }
    pen.line(&[(scale.left, TOP), (scale.left, bottom)], &format!(r#"stroke="{INK}""#));
}

fn draw_month(pen: &mut Pen, scale: &Scale, top: f64, row: &MonthRow, words: &MonthWords) {
    let middle = top + ROW / 2.0;
    pen.text((scale.left - 8.0, middle + 4.0), Ink::of(NAMES).at(Anchor::End), &words.name);
    pen.text((RIGHT + 14.0, middle - 2.0), Ink::of(11.5).bold(), &words.reached);
    pen.text((RIGHT + 14.0, middle + 11.0), Ink::of(10.5).soft(), &words.in_need);
    draw_need(pen, scale, middle, row.in_need);
    draw_reached(pen, scale, middle, row.reached);
}

/// Who is in need: a wide light bar, open at its end where only the least is known.
fn draw_need(pen: &mut Pen, scale: &Scale, middle: f64, need: Figure) {
    let Some(least) = need.floor().or(need.high()) else { return };
    let (top, bottom) = (middle - NEED / 2.0, middle + NEED / 2.0);
    let end = scale.x(need.best().unwrap_or(least));
    pen.rect((scale.left, top), (end - scale.left, NEED), r##"fill="#e9e6df""##);
    let edge = r##"stroke="#777""##;
    if need.ceiling().is_some() {
        pen.rect((scale.left, top), (end - scale.left, NEED), &format!(r#"fill="none" {edge}"#));
        whisker(pen, (end, scale.x(need.ceiling().unwrap_or(least))), middle);
    } else {
        pen.line(&[(scale.left, top), (end, top)], edge);
        pen.line(&[(scale.left, bottom), (end, bottom)], edge);
        arrow(pen, end, middle);
    }
}

/// Who was reached: dark up to the least, hatched from there to the most; an arrow where the most is not known.
fn draw_reached(pen: &mut Pen, scale: &Scale, middle: f64, reached: Figure) {
    let top = middle - REACH / 2.0;
    let least = reached.floor().unwrap_or(0.0);
    let (from, end) = (scale.x(least), reached.ceiling().map(|most| scale.x(most)));
    if reached.floor().is_some() {
        let looks = format!(r#"fill="{SOFT}" stroke="{INK}" stroke-width=".8""#);
        pen.rect((scale.left, top), ((from - scale.left).max(1.5), REACH), &looks);
    }
    match end {
        Some(end) if end > from => {
            pen.hatched((from, top), (end - from, REACH));
        }
        None if reached.floor().is_some() => arrow(pen, from, middle),
        Some(_) | None => {}
    }
}

fn whisker(pen: &mut Pen, (from, to): (f64, f64), middle: f64) {
    if to > from + 1.0 {
        let looks = format!(r#"stroke="{INK}""#);
        pen.line(&[(from, middle), (to, middle)], &looks);
        pen.line(&[(to, middle - 5.0), (to, middle + 5.0)], &looks);
    }
}

/// It goes on, nobody knows how far.
fn arrow(pen: &mut Pen, from: f64, middle: f64) {
    let looks = format!(r#"stroke="{INK}" stroke-width="1.2""#);
    let end = from + 13.0;
    pen.line(&[(from, middle), (end, middle)], &looks);
    pen.line(&[(end - 4.0, middle - 3.5), (end, middle), (end - 4.0, middle + 3.5)], &looks);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_scale_ends_with_a_round_number_at_or_after_the_largest() {
        for (largest, end) in [(5_470_000.0, 6e6), (400.0, 400.0), (0.0, 1.0), (51_000.0, 60_000.0)]
        {
            let scale = Scale::to(largest, 92.0);
            let found = scale.step * f64::from(scale.steps);
            assert!((found - end).abs() < 1e-6, "{largest}: {found}");
            assert!(scale.x(largest) <= RIGHT);
        }
    }
}
