//! The parts of the page that have a picture; each says the same in a table or a sentence.

use askama::Template;

use super::Page;
use crate::domain::DatePrecision;
use crate::report::funnel::FunnelSteps;
use crate::report::map::AreaMap;
use crate::report::picture::{self, Picture, Room};
use crate::report::reached::MonthRow;
use crate::tongue::say;

/// Names of areas without a position that are told; the table of areas has them all.
const MOST_MISSING: usize = 12;

/// Where the areas are.
#[derive(Template)]
#[template(path = "map.html")]
struct MapPart<'r> {
    page: &'r Page<'r>,
    map: &'r AreaMap,
    picture: Option<Picture>,
    /// The same for a telephone.
    narrow: Option<Picture>,
    /// The names of areas without a position.
    missing: Vec<String>,
    more_missing: usize,
}

/// People reached against people in need.
#[derive(Template)]
#[template(path = "reached.html")]
struct ReachedPart<'r> {
    page: &'r Page<'r>,
    months: &'r [MonthRow],
    picture: Option<Picture>,
    /// The same for a telephone.
    narrow: Option<Picture>,
}

/// How far convoys came.
#[derive(Template)]
#[template(path = "funnel.html")]
struct FunnelPart<'r> {
    page: &'r Page<'r>,
    steps: &'r FunnelSteps,
    picture: Option<Picture>,
    /// The same for a telephone.
    narrow: Option<Picture>,
}

impl MapPart<'_> {
    fn not_drawn(&self) -> String {
        let t = self.page.t;
        let more = (self.more_missing > 0).then(|| t.several(self.more_missing, "map-more"));
        let areas: Vec<String> = self.missing.iter().cloned().chain(more).collect();
        say!(t, "map-not-drawn", areas = t.row(&areas))
    }
}

impl ReachedPart<'_> {
    fn lead(&self) -> String {
        let t = self.page.t;
        say!(t, "months-lead", at = t.instant(self.page.report.as_of))
    }

    fn month(&self, row: &MonthRow) -> String {
        self.page.t.known_date(row.month, Some(DatePrecision::Month))
    }
}

impl FunnelPart<'_> {
    /// What became of those that did not come to the end.
    fn rest(&self) -> String {
        let (t, steps) = (self.page.t, self.steps);
        say!(
            t,
            "funnel-rest",
            refused = steps.refused,
            road = steps.on_the_road,
            stopped = steps.stopped,
            people = t.range(steps.people_reached.figure)
        )
    }
}

impl Page<'_> {
    /// The map; nothing where there are no areas, and in reports made before it was told.
    pub(super) fn map(&self) -> Result<String, askama::Error> {
        let Some(map) = self
            .report
            .map
            .as_ref()
            .filter(|map| !(map.marks.is_empty() && self.report.areas.is_empty()))
        else {
            return Ok(String::new());
        };
        let missing = map.without_position.iter().take(MOST_MISSING);
        let missing: Vec<String> = missing.map(|code| self.t.area_of(self.report, code)).collect();
        let more_missing = map.without_position.len() - missing.len();
        let [picture, narrow] =
            Room::ALL.map(|room| picture::map_of(self.report, self.t.language(), room));
        MapPart { page: self, map, picture, narrow, missing, more_missing }.render()
    }

    /// People reached by month; nothing where nobody was ever counted, and in reports made before it was told.
    pub(super) fn reached(&self) -> Result<String, askama::Error> {
        let months = self.report.months.as_deref().unwrap_or_default();
        let [picture, narrow] =
            Room::ALL.map(|room| picture::reached_of(self.report, self.t.language(), room));
        if picture.is_none() && months.iter().all(|row| row.in_need.is_unknown()) {
            return Ok(String::new());
        }
        ReachedPart { page: self, months, picture, narrow }.render()
    }

    /// The funnel; nothing in reports made before it was told.
    pub(super) fn funnel(&self) -> Result<String, askama::Error> {
        let Some(steps) = &self.report.funnel else { return Ok(String::new()) };
        let [picture, narrow] =
            Room::ALL.map(|room| picture::funnel_of(self.report, self.t.language(), room));
        FunnelPart { page: self, steps, picture, narrow }.render()
    }
}
