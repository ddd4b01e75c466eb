//! The pictures of a report, drawn as SVG text: the map, the days left, people reached against need, the funnel.
//!
//! Pure functions of numbers and ready words: they read no clock and no file, load nothing and run nothing. Nothing in
//! them depends on colour: shapes, hatches, outlines and labels say the same. Each picture says in words what it shows.

pub mod funnel;
pub mod labels;
pub mod lasts;
mod legend;
pub mod map;
mod mark;
mod outline;
mod pen;
mod place;
mod projection;
pub mod reached;
mod room;
mod wording;

pub use self::pen::Picture;
pub use self::room::Room;
use super::Report;
use crate::domain::Language;

/// The pictures of a report in the order of its page; what nothing is known of is not drawn.
#[must_use]
pub fn pictures(report: &Report, language: Language) -> Vec<Picture> {
    drawn_for(report, language, Room::Wide)
}

/// The same for a room.
#[must_use]
pub fn drawn_for(report: &Report, language: Language, room: Room) -> Vec<Picture> {
    let drawn = [
        map_of(report, language, room),
        lasts_of(report, language),
        reached_of(report, language, room),
        funnel_of(report, language, room),
    ];
    drawn.into_iter().flatten().collect()
}

/// The map; nothing where no position is known.
#[must_use]
pub fn map_of(report: &Report, language: Language, room: Room) -> Option<Picture> {
    let map = report.map.as_ref().filter(|map| !map.marks.is_empty())?;
    Some(map::draw(map, &labels::of_map(map, language), room))
}

/// The days left; nothing where no day is known.
#[must_use]
pub fn lasts_of(report: &Report, language: Language) -> Option<Picture> {
    let chart = super::chart::of(report.tongue(language), report.outlook.as_ref()?, report.as_of)?;
    Some(lasts::draw(&chart, &labels::of_lasts(&chart, language)))
}

/// People reached against people in need; nothing where no convoy is known to have arrived.
#[must_use]
pub fn reached_of(report: &Report, language: Language, room: Room) -> Option<Picture> {
    let months = report.months.as_ref().filter(|months| reached::is_drawn(months))?;
    Some(reached::draw(months, &labels::of_reached(months, language), room))
}

/// The funnel; nothing where no convoy of the period is known.
#[must_use]
pub fn funnel_of(report: &Report, language: Language, room: Room) -> Option<Picture> {
    let steps = report.funnel.as_ref().filter(|steps| !steps.is_empty())?;
    Some(funnel::draw(steps, &labels::of_funnel(steps, report.period, language), room))
}
