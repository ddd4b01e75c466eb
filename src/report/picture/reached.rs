//! People reached against people in need, month by month: each bar is all who were in need in that month, its dark part
//! those who were reached. So a month is read by itself, however many more were in need in another.

use super::pen::{Anchor, INK, Ink, Pen, Picture, RULE, SOFT, Said, width_of};
use super::room::Room;
use crate::domain::Figure;
use crate::report::reached::MonthRow;

/// The words of the chart, ready to stand.
pub struct ReachedLabels {
    /// What it says of itself.
    pub said: Said,
    /// The words of each month, in order.
    pub months: Vec<MonthWords>,
    /// How a share on the axis is written.
    pub share: fn(f64) -> String,
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
    /// What share of them; empty where that is not known.
    pub share: String,
}

/// The letters of the names of months.
const NAMES: f64 = 11.5;
const BAR: f64 = 13.0;
/// Where words begin, where there is room for all in one line.
const REACHED_AT: f64 = 92.0;
const NEED_AT: f64 = 300.0;

/// Is anything to be drawn: did a convoy arrive, as far as is known? Else the table says all there is.
#[must_use]
pub fn is_drawn(months: &[MonthRow]) -> bool {
    months.iter().any(|row| row.arrivals > 0 || !row.reached.is_unknown())
}

/// Which share of those in need was reached, from the least of many to the most of few.
#[must_use]
pub fn share(row: &MonthRow) -> Figure {
    let part = |reached: Option<f64>, need: Option<f64>| {
        let need = need.filter(|need| *need > 0.0)?;
        reached.map(|reached| (reached / need).min(1.0))
    };
    let (reached, need) = (row.reached, row.in_need);
    let low = part(reached.floor(), need.ceiling());
    let high = part(reached.ceiling(), need.floor());
    Figure::computed(low, None, high)
}

/// Draws the chart.
#[must_use]
pub fn draw(months: &[MonthRow], labels: &ReachedLabels, room: Room) -> Picture {
    let width = room.width();
    let mut pen = Pen::new(room.name("reached", "reached-narrow"), width, &labels.said);
    let top = legend(&mut pen, labels, width);
    let mut y = top;
    let row_height = match room {
        Room::Wide => 36.0,
        Room::Narrow => 50.0,
    };
    let rows = months.iter().map(|_| row_height).sum::<f64>();
    axis(&mut pen, (top, top + rows), width, labels);
    for (row, words) in months.iter().zip(&labels.months) {
        let bar = month_words(&mut pen, y, words, room);
        draw_month(&mut pen, (bar, width), row);
        y += row_height;
    }
    y += 32.0;
    for note in &labels.notes {
        y = pen.wrapped((0.0, y), width, Ink::of(10.0).soft(), note);
    }
    pen.finished(y)
}

/// What the bars are, in as many lines as it takes; gives back where the months begin.
fn legend(pen: &mut Pen, labels: &ReachedLabels, width: f64) -> f64 {
    let (mut x, mut y) = (0.0, 3.0);
    for (place, words) in labels.legend.iter().enumerate() {
        let long = 21.0 + width_of(words, 11.0);
        if x > 0.0 && x + long > width {
            (x, y) = (0.0, y + 18.0);
        }
        let (at, size) = ((x, y), (16.0, 10.0));
        match place {
            0 => pen.rect(at, size, &format!(r#"fill="{SOFT}" stroke="{INK}""#)),
            1 => pen.hatched(at, size),
            _ => pen.rect(at, size, r##"fill="#e9e6df" stroke="#777""##),
        }
        pen.text((x + 21.0, y + 9.0), Ink::of(11.0), words);
        x += long + 18.0;
    }
    y + 22.0
}

fn axis(pen: &mut Pen, (top, bottom): (f64, f64), width: f64, labels: &ReachedLabels) {
    for share in [0.0, 0.25, 0.5, 0.75, 1.0] {
        let x = at(share, width);
        pen.line(&[(x, top), (x, bottom)], &format!(r#"stroke="{RULE}" stroke-width=".7""#));
        let anchor = match share {
            0.0 => Anchor::Start,
            1.0 => Anchor::End,
            _ => Anchor::Middle,
        };
        let ink = Ink::of(10.0).soft().at(anchor);
        pen.text((x, bottom + 12.0), ink, &(labels.share)(share));
    }
}

fn at(share: f64, width: f64) -> f64 {
    width * share.clamp(0.0, 1.0)
}

/// Writes what is known of a month; gives back where its bar begins.
fn month_words(pen: &mut Pen, top: f64, words: &MonthWords, room: Room) -> f64 {
    let (width, y) = (room.width(), top + 12.0);
    let bold = Ink::of(NAMES).bold().haloed();
    let soft = Ink::of(10.5).soft().haloed();
    pen.text((0.0, y), Ink::of(NAMES).haloed(), &words.name);
    match room {
        Room::Wide => {
            pen.text((REACHED_AT, y), bold, &words.reached);
            pen.text((NEED_AT, y), soft, &words.in_need);
            pen.text((width, y), bold.at(Anchor::End), &words.share);
            y + 4.0
        }
        Room::Narrow => {
            pen.text((width, y), bold.at(Anchor::End), &words.reached);
            pen.text((0.0, y + 14.0), soft, &words.in_need);
            pen.text((width, y + 14.0), bold.at(Anchor::End), &words.share);
            y + 18.0
        }
    }
}

/// All in need, in it those reached: dark up to the least, hatched from there to the most; an arrow where the most is not
/// known. Dashed where nobody tells how many are in need; open at its end where only the least of them is told.
fn draw_month(pen: &mut Pen, (top, width): (f64, f64), row: &MonthRow) {
    let (need, reached) = (row.in_need, row.reached);
    let Some(all) = need.floor().or(need.high()).filter(|all| *all > 0.0) else {
        let looks = format!(r#"fill="none" stroke="{SOFT}" stroke-dasharray="3 3""#);
        return pen.rect((0.0, top), (width, BAR), &looks);
    };
    let all = need.best().unwrap_or(all);
    let edge = r##"stroke="#777""##;
    pen.rect((0.0, top), (width, BAR), r##"fill="#e9e6df""##);
    let (right, bottom) = (width, top + BAR);
    pen.line(&[(right, top), (0.0, top), (0.0, bottom), (right, bottom)], edge);
    if need.ceiling().is_some() {
        pen.line(&[(right, top), (right, bottom)], edge);
    } else {
        arrow(pen, right - 14.0, top + BAR / 2.0);
    }
    let Some(least) = reached.floor().map(|least| at(least / all, width).max(2.0)) else { return };
    let looks = format!(r#"fill="{SOFT}" stroke="{INK}" stroke-width=".8""#);
    pen.rect((0.0, top), (least, BAR), &looks);
    match reached.ceiling().map(|most| at(most / all, width)) {
        Some(end) if end > least => pen.hatched((least, top), (end - least, BAR)),
        None => arrow(pen, least, top + BAR / 2.0),
        Some(_) => {}
    }
}

/// It goes on, nobody knows how far.
fn arrow(pen: &mut Pen, from: f64, middle: f64) {
    let looks = format!(r#"stroke="{INK}" stroke-width="1.2""#);
    let end = from + 13.0;
    pen.line(&[(from, middle), (end, middle)], &looks);
    pen.line(&[(end - 4.0, middle - 3.5), (end, middle), (end - 4.0, middle + 3.5)], &looks);
}
