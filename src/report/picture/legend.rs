//! The legend of the map: beside it, or below where there is no room.

use super::map::{MapLabels, draw_mark, radius_of};
use super::mark::circle;
use super::pen::{INK, Ink, Pen};
use super::room::Room;

/// What the marks mean; gives back where it ends.
pub(super) fn legend(pen: &mut Pen, labels: &MapLabels, room: Room) -> f64 {
    let (width, (map_width, map_height)) = (room.width(), room.map_size());
    match room {
        Room::Wide => {
            let left = map_width + 10.0;
            let y = legend_of_days(pen, labels, (left, 14.0));
            legend_of_people(pen, labels, (left, y + 28.0), width)
        }
        Room::Narrow => {
            let top = map_height + 20.0;
            let days = legend_of_days(pen, labels, (0.0, top));
            days.max(legend_of_people(pen, labels, (width / 2.0, top), width)) + 6.0
        }
    }
}

/// Where the marks of the legend and their words stand, right of where it begins.
const LEGEND_MARK: f64 = 14.0;
const LEGEND_WORDS: f64 = 34.0;

fn legend_of_days(pen: &mut Pen, labels: &MapLabels, (left, top): (f64, f64)) -> f64 {
    let mut y = top;
    pen.text((left, y), Ink::of(11.5).bold(), &labels.days);
    for (band, word) in &labels.bands {
        y += 22.0;
        draw_mark(pen, (left + LEGEND_MARK, y - 4.0), 7.5, (*band, false), false);
        pen.text((left + LEGEND_WORDS, y), Ink::of(11.0), word);
    }
    y
}

fn legend_of_people(pen: &mut Pen, labels: &MapLabels, (left, top): (f64, f64), right: f64) -> f64 {
    let (mark, words) = (left + LEGEND_MARK, left + LEGEND_WORDS);
    let width = right - words;
    let mut y = top;
    pen.text((left, y), Ink::of(11.5).bold(), &labels.people);
    let ring = format!(r#"fill="none" stroke="{INK}""#);
    y += 4.0;
    for (people, word) in &labels.sizes {
        let radius = radius_of(Some(*people)) * 0.8;
        y += 12.0 + radius;
        pen.shape((mark, y - 4.0), &circle(radius), &ring);
        pen.text((words, y), Ink::of(11.0), word);
        y += radius - 4.0;
    }
    y += 20.0;
    let smallest = radius_of(None) * 0.8;
    pen.shape((mark, y - 4.0), &circle(smallest), &ring);
    y = pen.wrapped((words, y), width, Ink::of(10.0).soft(), &labels.uncounted);
    if let Some(masked) = &labels.masked {
        y += 10.0;
        pen.shape((mark, y - 4.0), &circle(7.0), &format!(r#"{ring} stroke-dasharray="2 2""#));
        y = pen.wrapped((words, y), width, Ink::of(10.0).soft(), masked);
    }
    y
}
