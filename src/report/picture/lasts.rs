//! The days left of food as a picture of its own, for mails: the page draws the same chart so that it fits its width.

use super::pen::{Anchor, INK, Ink, PAPER, Pen, Picture, Said};
use crate::report::chart::{Bar, Chart, Percent};

/// The words of the chart, ready to stand; those of the bars and days are in the chart itself.
pub struct LastsLabels {
    /// What it says of itself.
    pub said: Said,
    /// What its marks mean.
    pub notes: Vec<String>,
}

const WIDTH: f64 = 640.0;

/// Draws the chart.
#[must_use]
pub(in crate::report) fn draw(chart: &Chart, labels: &LastsLabels) -> Picture {
    let mut pen = Pen::new("lasts", WIDTH, &labels.said);
    let axis = f64::from(chart.axis);
    for tick in &chart.ticks {
        pen.line(&[(x(tick.at), 0.0), (x(tick.at), axis)], r##"stroke="#dcdcdc""##);
    }
    for bar in &chart.bars {
        draw_bar(&mut pen, bar);
    }
    pen.line(&[(0.0, axis), (WIDTH, axis)], &format!(r#"stroke="{INK}""#));
    for tick in &chart.ticks {
        let anchor = if tick.anchor == "start" { Anchor::Start } else { Anchor::Middle };
        let ink = Ink::of(11.5).soft().at(anchor);
        pen.text((x(tick.at), axis + 16.0), ink, &tick.text);
    }
    let mut bottom = axis + 36.0;
    for note in &labels.notes {
        bottom = pen.wrapped((0.0, bottom), WIDTH, Ink::of(10.0).soft(), note);
    }
    pen.finished(bottom)
}

fn x(share: Percent) -> f64 {
    share.0 * WIDTH / 100.0
}

fn draw_bar(pen: &mut Pen, bar: &Bar) {
    const HEIGHT: f64 = 11.0;
    let top = f64::from(bar.top);
    pen.text((0.0, top + 14.0), Ink::of(12.5).bold().haloed(), &bar.name);
    pen.text((WIDTH, top + 14.0), Ink::of(12.5).at(Anchor::End).haloed(), &bar.label);
    if let Some((from, width)) = bar.band {
        pen.hatched((x(from), top + 21.0), (x(width), HEIGHT));
    }
    if bar.goes_on {
        let (from, y) = (x(bar.until) + 5.0, top + 26.5);
        let looks = format!(r#"stroke="{INK}" stroke-width="1.4""#);
        pen.line(&[(from, y), (WIDTH - 3.0, y)], &looks);
        let head = [(WIDTH - 8.0, y - 4.0), (WIDTH - 3.0, y), (WIDTH - 8.0, y + 4.0)];
        pen.line(&head, &looks);
    }
    if let Some(mark) = bar.mark {
        let line = [(x(mark), top + 18.0), (x(mark), top + 35.0)];
        pen.line(&line, &format!(r#"stroke="{PAPER}" stroke-width="6""#));
        pen.line(&line, r##"stroke="#000" stroke-width="4""##);
    }
}
