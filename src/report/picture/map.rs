//! The map: the areas of the report on the outline of their country, each with its days of food and its people.
//!
//! Where many lie close together a panel below shows them larger. Convoys are never drawn. Nothing of the outline is
//! drawn in such a panel: it is too coarse for that.

use super::legend::legend;
use super::mark::{circle, crossed, diamond, dotted, square, striped, triangle};
use super::outline;
use super::pen::{Anchor, INK, Ink, Pen, Picture, RULE, Said, clipped, width_of};
use super::place::{Held, Labels, Plate};
use super::projection::{Bounds, Projection};
use super::room::Room;
use crate::report::map::{AreaMap, DaysBand, Mark};

/// The words of the map, ready to stand.
pub struct MapLabels {
    /// What it says of itself.
    pub said: Said,
    /// What stands at each mark, in the order of the marks.
    pub marks: Vec<String>,
    /// Over the bands.
    pub days: String,
    /// The bands, in their order.
    pub bands: Vec<(DaysBand, String)>,
    /// Over the sizes.
    pub people: String,
    /// Sizes that are shown, people, and how they are written.
    pub sizes: Vec<(f64, String)>,
    /// Of a mark whose people nobody counted.
    pub uncounted: String,
    /// Of a mark that stands only roughly where the area lies; left out where there is none.
    pub masked: Option<String>,
    /// Of a length in kilometres.
    pub kilometres: fn(f64) -> String,
    /// That the boundaries imply nothing, where they come from, what is not drawn.
    pub notes: Vec<String>,
}

/// The legend beside the map.
const LEGEND: f64 = 146.0;
/// The panels of places that lie close together.
const PANEL_HEIGHT: f64 = 210.0;
const GAP: f64 = 12.0;
const MOST_PANELS: usize = 2;
/// A panel shows what lies in such a part of the map, shares of its width and height.
const CLOSE: (f64, f64) = (0.057, 0.057);
/// From so many marks in it on.
const LEAST_CLOSE: usize = 3;
/// A panel shows at least so many degrees, some fifteen kilometres: a closer look would seem exact.
const LEAST_DEGREES: f64 = 0.13;
/// Labels of one panel; the table has them all.
const MOST_LABELS: usize = 40;
/// The widest label, pixels.
const WIDEST_LABEL: f64 = 130.0;
const LETTERS: f64 = 11.0;

/// Marks that are drawn, the most urgent and then the largest first; the others stand in the table.
pub const MOST_MARKS: usize = 200;
/// With more marks than this they are drawn plainer, to be read and to stay small.
const CROWD: usize = 60;

impl Room {
    /// The map alone: the legend stands beside it, or below.
    pub(super) const fn map_size(self) -> (f64, f64) {
        match self {
            Self::Wide => (self.width() - LEGEND, 420.0),
            Self::Narrow => (self.width(), 290.0),
        }
    }
}

/// Draws the map.
#[must_use]
pub fn draw(map: &AreaMap, labels: &MapLabels, room: Room) -> Picture {
    let marks = first_marks(map, labels);
    let units: Vec<_> = map.countries.iter().flat_map(|iso3| outline::units(iso3)).collect();
    let around = Bounds::around(marks.iter().map(|(mark, _)| place_of(mark)));
    let land_bounds = outline::bounds(&units);
    let both = land_bounds.zip(around).map(|(land, marks)| land.with(marks));
    let bounds = both.or(land_bounds).or(around).unwrap_or(Bounds::NOWHERE).padded(1.0, 0.02);
    let mut pen = Pen::new(room.name("map", "map-narrow"), room.width(), &labels.said);
    let size = room.map_size();
    // The map keeps its east on the right; in a mirrored picture only its place is on the other side.
    let left = if labels.said.right_to_left { room.width() - size.0 } else { 0.0 };
    let projection = Projection::fit(bounds, (left, 0.0), size);
    let drawn = Drawn { marks, kilometres: labels.kilometres, projection, room };
    let panels = panels(&drawn);
    pen.unmirrored(|pen| {
        land(pen, &outline::path(&units, &projection));
        drawn.main(pen, &panels, left);
    });
    let mut bottom = size.1.max(legend(&mut pen, labels, room));
    if !panels.is_empty() {
        pen.unmirrored(|pen| drawn.panels(pen, &panels, bottom + GAP));
        bottom += drawn.height_of(&panels);
    }
    bottom += 18.0;
    for note in &labels.notes {
        bottom = pen.wrapped((0.0, bottom), room.width(), Ink::of(10.0).soft(), note);
    }
    pen.finished(bottom)
}

/// The marks that are drawn, with their words.
fn first_marks<'m>(map: &'m AreaMap, labels: &'m MapLabels) -> Vec<(&'m Mark, &'m str)> {
    let words = labels.marks.iter().map(String::as_str);
    let mut marks: Vec<(&Mark, &str)> = map.marks.iter().zip(words).collect();
    marks.sort_by(|(a, _), (b, _)| a.band.cmp(&b.band).then(radius(b).total_cmp(&radius(a))));
    marks.truncate(MOST_MARKS);
    marks
}

fn place_of(mark: &Mark) -> (f64, f64) {
    (mark.lon, mark.lat)
}

/// The land: one path drawn twice, wide and dark below, so that only its outer edge is dark.
fn land(pen: &mut Pen, path: &str) {
    if path.is_empty() {
        return;
    }
    pen.path(path, r##"fill="#f6f4ef" stroke="#555" stroke-width="2.4" stroke-linejoin="round""##);
    pen.path(path, r##"fill="#f6f4ef" stroke="#bdb9b0" stroke-width=".7""##);
}

/// Places that lie close together.
struct Panel {
    letter: char,
    bounds: Bounds,
    /// Which of the marks.
    marks: Vec<usize>,
}

/// The densest parts of the map.
fn panels(drawn: &Drawn<'_>) -> Vec<Panel> {
    let places: Vec<(f64, f64)> = drawn.marks.iter().map(|(mark, _)| place_of(mark)).collect();
    let at: Vec<(f64, f64)> = places.iter().map(|place| drawn.projection.at(*place)).collect();
    let size = drawn.room.map_size();
    let close = (size.0 * CLOSE.0 / 2.0, size.1 * CLOSE.1 / 2.0);
    let mut free: Vec<usize> = (0..at.len()).collect();
    let mut panels = Vec::new();
    for letter in ('A'..='Z').take(MOST_PANELS) {
        let close_to = |middle: usize| -> Vec<usize> {
            let is_close = |other: &usize| {
                (at[*other].0 - at[middle].0).abs() <= close.0
                    && (at[*other].1 - at[middle].1).abs() <= close.1
            };
            free.iter().copied().filter(is_close).collect()
        };
        // Of windows that hold as many the first counts, so that the same marks give the same drawing.
        let densest = free.iter().map(|middle| close_to(*middle)).fold(
            Vec::new(),
            |most: Vec<usize>, own| if own.len() > most.len() { own } else { most },
        );
        if densest.len() < LEAST_CLOSE {
            break;
        }
        let around = Bounds::around(densest.iter().map(|place| places[*place]));
        let Some(bounds) = around.map(|bounds| bounds.padded(LEAST_DEGREES, 0.12)) else { break };
        let (marks, rest) = free.into_iter().partition(|place| bounds.has(places[*place]));
        free = rest;
        panels.push(Panel { letter, bounds, marks });
    }
    panels
}

/// A part of the map that is drawn by one projection.
struct Drawn<'m> {
    marks: Vec<(&'m Mark, &'m str)>,
    kilometres: fn(f64) -> String,
    projection: Projection,
    room: Room,
}

impl Drawn<'_> {
    /// The whole, on its land; what has a panel of its own has its name there.
    fn main(&self, pen: &mut Pen, panels: &[Panel], left: f64) {
        let (width, height) = self.room.map_size();
        let within = Plate { left, top: 0.0, width, height };
        let mut free = Labels::new(within);
        for panel in panels {
            self.panel_frame(pen, panel).into_iter().for_each(|plate| free.keep_free(plate));
        }
        let all: Vec<usize> = (0..self.marks.len()).collect();
        let is_inside = |place: &usize| panels.iter().any(|panel| panel.marks.contains(place));
        let named: Vec<usize> = all.iter().copied().filter(|place| !is_inside(place)).collect();
        free.keep_free(self.scale_bar(pen, (left + 8.0, height - 8.0), 110.0));
        let scale = match self.room {
            _ if all.len() > CROWD => 0.45,
            Room::Wide => 0.8,
            Room::Narrow => 0.6,
        };
        self.draw_marks(pen, &all, &named, free, scale);
    }

    /// Where a panel below is taken from; gives back the places of its frame and its letter.
    fn panel_frame(&self, pen: &mut Pen, panel: &Panel) -> [Plate; 2] {
        const AROUND: f64 = 7.0;
        let (left, top) = self.projection.at((panel.bounds.west, panel.bounds.north));
        let (right, bottom) = self.projection.at((panel.bounds.east, panel.bounds.south));
        let (left, top) = (left - AROUND, top - AROUND);
        let size = (right + AROUND - left, bottom + AROUND - top);
        let looks = format!(r#"fill="none" stroke="{INK}" stroke-dasharray="3 2""#);
        pen.rect((left, top), size, &looks);
        let ink = Ink::of(12.0).bold().at(Anchor::Middle).haloed();
        pen.text((left - 8.0, top + 10.0), ink, &panel.letter.to_string());
        let frame = Plate { left, top, width: size.0, height: size.1 };
        [frame, Plate::around((left - 8.0, top + 6.0), 7.0)]
    }

    /// What the close views take, with the gaps above them.
    fn height_of(&self, panels: &[Panel]) -> f64 {
        let rows = match self.room {
            Room::Narrow if panels.len() > 1 => 2.0,
            Room::Wide | Room::Narrow => 1.0,
        };
        rows * (GAP + PANEL_HEIGHT)
    }

    /// The close views, side by side; one above the other where there is no room.
    fn panels(&self, pen: &mut Pen, panels: &[Panel], top: f64) {
        let whole = self.room.width();
        let (width, places) = match self.room {
            Room::Wide if panels.len() > 1 => {
                let width = (whole - GAP) / 2.0;
                (width, [(0.0, top), (width + GAP, top)])
            }
            Room::Wide | Room::Narrow => (whole, [(0.0, top), (0.0, top + PANEL_HEIGHT + GAP)]),
        };
        for ((left, top), panel) in places.into_iter().zip(panels) {
            let looks = format!(r##"fill="#f6f4ef" stroke="{RULE}""##);
            pen.rect((left, top), (width, PANEL_HEIGHT), &looks);
            let inner = (width - 24.0, PANEL_HEIGHT - 40.0);
            let projection = Projection::fit(panel.bounds, (left + 12.0, top + 12.0), inner);
            let close = Drawn { marks: self.marks.clone(), projection, ..*self };
            let mut free = Labels::new(Plate {
                left: left + 4.0,
                top: top + 4.0,
                width: width - 8.0,
                height: PANEL_HEIGHT - 8.0,
            });
            let bottom = top + PANEL_HEIGHT - 7.0;
            free.keep_free(close.scale_bar(pen, (left + 10.0, bottom), 90.0));
            let ink = Ink::of(14.0).bold().at(Anchor::End).haloed();
            let letter = (left + width - 8.0, bottom - 1.0);
            pen.text(letter, ink, &panel.letter.to_string());
            free.keep_free(Plate::around((letter.0 - 6.0, letter.1 - 5.0), 9.0));
            close.draw_marks(pen, &panel.marks, &panel.marks, free, 1.0);
        }
    }

    /// The marks, and the names of those that are named here.
    fn draw_marks(
        &self,
        pen: &mut Pen,
        all: &[usize],
        named: &[usize],
        mut free: Labels,
        scale: f64,
    ) {
        let is_plain = all.len() > CROWD;
        let mut order: Vec<(f64, usize)> =
            all.iter().map(|place| (radius(self.marks[*place].0) * scale, *place)).collect();
        // The small ones on top of the large ones.
        order.sort_by(|(a, _), (b, _)| b.total_cmp(a));
        for (radius, place) in order {
            let mark = self.marks[place].0;
            let at = self.projection.at(place_of(mark));
            draw_mark(pen, at, radius, (mark.band, mark.is_masked), is_plain);
            free.keep_free(Plate::around(at, radius));
        }
        for place in named.iter().take(MOST_LABELS) {
            let (mark, words) = self.marks[*place];
            let words = clipped(words, WIDEST_LABEL, LETTERS);
            let (at, radius) = (self.projection.at(place_of(mark)), radius(mark) * scale);
            let size = (width_of(&words, LETTERS), LETTERS + 2.0);
            let Some(placed) = free.place(at, radius, size) else { continue };
            if let Some(leader) = placed.leader {
                pen.line(&leader, r##"stroke="#555" stroke-width=".8""##);
            }
            let anchor = match placed.held {
                Held::Left => Anchor::Start,
                Held::Middle => Anchor::Middle,
                Held::Right => Anchor::End,
            };
            pen.text(placed.at, Ink::of(LETTERS).haloed().at(anchor), &words);
        }
    }

    /// A round length; gives back the place it takes.
    fn scale_bar(&self, pen: &mut Pen, (left, bottom): (f64, f64), most: f64) -> Plate {
        let km = self.projection.round_km(most);
        let right = left + km * self.projection.pixels_per_km();
        let ends = [(left, bottom - 5.0), (left, bottom), (right, bottom), (right, bottom - 5.0)];
        pen.line(&ends, &format!(r#"stroke="{INK}" stroke-width="1.4""#));
        let ink = Ink::of(10.0).at(Anchor::Middle).haloed();
        pen.text((f64::midpoint(left, right), bottom - 5.0), ink, &(self.kilometres)(km));
        Plate { left, top: bottom - 16.0, width: right - left, height: 17.0 }
    }
}

/// By its people: the area of a mark grows with them, between a smallest and a largest.
fn radius(mark: &Mark) -> f64 {
    radius_of(mark.people.central())
}

pub(super) fn radius_of(people: Option<f64>) -> f64 {
    const SMALLEST: f64 = 4.5;
    const LARGEST: f64 = 16.0;
    const PEOPLE_AT_LARGEST: f64 = 400_000.0;
    let share = people.map_or(0.0, |people| (people / PEOPLE_AT_LARGEST).clamp(0.0, 1.0));
    SMALLEST + (LARGEST - SMALLEST) * share.sqrt()
}

/// The shape and what it is filled with say the band as well as the colour does.
pub(super) fn draw_mark(
    pen: &mut Pen,
    at: (f64, f64),
    radius: f64,
    (band, is_masked): (DaysBand, bool),
    is_plain: bool,
) {
    let (shape, fill, inside) = match band {
        DaysBand::Under7 => (triangle(radius), "#7a1010", String::new()),
        DaysBand::From7 => (square(radius), "#e3a765", crossed(radius)),
        DaysBand::From14 => (diamond(radius), "#fff", striped(radius)),
        DaysBand::Over30 => (circle(radius), "#dfeaec", dotted(radius)),
        DaysBand::NotKnown => (circle(radius), "#fff", String::new()),
    };
    let edge = if is_masked { r#" stroke-dasharray="2 2""# } else { "" };
    if !is_plain {
        pen.shape(at, &shape, r##"fill="none" stroke="#fff" stroke-width="3.4""##);
    }
    pen.shape(at, &shape, &format!(r#"fill="{fill}" stroke="{INK}"{edge}"#));
    if !inside.is_empty() && !is_plain {
        pen.shape(at, &inside, r##"fill="none" stroke="#333" stroke-linecap="round""##);
    }
    if band == DaysBand::NotKnown && !is_plain {
        let ink = Ink::of((radius * 1.5).clamp(7.0, 15.0)).bold().at(Anchor::Middle);
        pen.text((at.0, at.1 + ink.size * 0.36), ink, "?");
    }
}
