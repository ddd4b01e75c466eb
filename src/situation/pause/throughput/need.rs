//! Whom a pause is to feed, what they hold and what comes in by itself: as sent, else as on record.

use serde::Serialize;

use super::ask::Ask;
use crate::assess::holding::Sector;
use crate::domain::{Figure, Kind, Pointer, Problems};
use crate::situation::alert::Evidence;
use crate::situation::outlook::{OutlookQuestion, outlooks};
use crate::situation::pause::{evidence, place};
use crate::situation::standards::Standards;
use crate::situation::supply::{SupplyQuestion, of_area, people};
use crate::situation::world::Situation;

/// A figure with where it comes from.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct From {
    /// The figure.
    #[serde(flatten)]
    pub figure: Figure,
    /// `sent`, `records` or `unknown`.
    pub from: &'static str,
}

impl From {
    fn of(sent: Option<f64>, on_record: Figure) -> Self {
        match sent {
            Some(number) => Self { figure: Figure::exactly(number), from: "sent" },
            None if on_record.is_unknown() => Self { figure: on_record, from: "unknown" },
            None => Self { figure: on_record, from: "records" },
        }
    }
}

/// The people of one area.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct AreaPeople {
    /// Its code.
    pub area: String,
    /// Its name.
    pub name: String,
    /// Heads.
    pub people: Figure,
    /// The count they were taken from.
    pub record: Option<Evidence>,
}

/// Whom a pause is to feed.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Fed {
    /// Heads.
    pub people: From,
    /// What they hold: person-days.
    pub stock_person_days: From,
    /// What comes in by itself: person-days a day.
    pub inflow_person_days_per_day: From,
    /// The areas whose people they are.
    pub areas: Vec<AreaPeople>,
    /// Areas of the pause of which nobody counted the people: they are left out.
    pub areas_without_count: Vec<String>,
}

/// Looks up whom a pause of these areas is to feed.
pub(super) fn fed(
    situation: &Situation,
    standards: &Standards,
    ask: &Ask,
    of_pause: &[String],
    problems: &mut Problems,
) -> Fed {
    for (index, area) in ask.areas.iter().enumerate() {
        if situation.world.areas.get(area).is_none() {
            let areas = Pointer::Field(&Pointer::Root, "areas");
            problems.add(&Pointer::Item(&areas, index), format!("there is no area {area}"));
        }
    }
    let asked = if ask.areas.is_empty() { of_pause } else { &ask.areas };
    let all: Vec<AreaPeople> = asked.iter().map(|area| area_people(situation, area)).collect();
    let (counted, uncounted): (Vec<AreaPeople>, Vec<AreaPeople>) =
        all.into_iter().partition(|area| !area.people.is_unknown());
    // Who lives in an area also lives in the one around it, and is counted there.
    let is_inside = |area: &AreaPeople| {
        counted.iter().any(|whole| {
            whole.area != area.area && place::covers(situation, &whole.area, &area.area)
        })
    };
    let areas: Vec<AreaPeople> = counted.iter().filter(|area| !is_inside(area)).cloned().collect();
    let figures: Vec<Figure> = areas.iter().map(|area| area.people).collect();
    let needs_records = ask.stock.is_none() || ask.inflow.is_none();
    let (stock, inflow) = if needs_records && ask.people.is_none() {
        held(situation, standards, &areas)
    } else {
        (Figure::UNKNOWN, Figure::UNKNOWN)
    };
    Fed {
        people: From::of(ask.people, Figure::sum(&figures)),
        stock_person_days: From::of(ask.stock, stock),
        inflow_person_days_per_day: From::of(ask.inflow, inflow),
        areas_without_count: uncounted.into_iter().map(|area| area.area).collect(),
        areas,
    }
}

fn area_people(situation: &Situation, code: &str) -> AreaPeople {
    let area = situation.world.areas.get(code);
    let counted = people(of_area(situation, code), situation.as_of);
    AreaPeople {
        area: code.to_owned(),
        name: area.map_or_else(|| code.to_owned(), |area| area.record.names.any().to_owned()),
        people: counted.map_or(Figure::UNKNOWN, |counted| counted.people),
        record: counted.map(|counted| evidence(Kind::Population, counted.count)),
    }
}

/// What areas hold and what comes in by itself, as their outlook has it; unknown if it is so of one of them.
fn held(situation: &Situation, standards: &Standards, areas: &[AreaPeople]) -> (Figure, Figure) {
    if areas.is_empty() {
        return (Figure::UNKNOWN, Figure::UNKNOWN);
    }
    let question = OutlookQuestion {
        supply: SupplyQuestion {
            sector: Sector::Food,
            policy: None,
            include_planned: false,
            standards,
        },
        horizon_days: None,
        areas: areas.iter().map(|area| area.area.clone()).collect(),
        admin1: None,
        with_inputs: false,
    };
    let found = outlooks(situation, &question);
    let stocks: Vec<Figure> = found.iter().map(|o| o.opening_stock.amount).collect();
    let inflows: Vec<Figure> = found.iter().map(|o| o.inflow_per_day).collect();
    (Figure::sum(&stocks), Figure::sum(&inflows))
}
