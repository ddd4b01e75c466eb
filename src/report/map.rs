//! Where the areas of the report lie, as its readers may know it, and in which band of days their food ends.
//!
//! Positions come from the situation alone, which shows a masked one to who may not know the exact one. A report is a
//! file that is handed on: an exact position that fewer may see than the readers inside is not put in it. Convoys are
//! never drawn.

use std::collections::{BTreeSet, HashMap};

use serde::{Deserialize, Serialize};

use super::area::AreaRow;
use super::outlook::{FoodOutlook, FoodRow};
use super::stated;
use crate::domain::choice::choice;
use crate::domain::sensitive::withheld;
use crate::domain::{Figure, Record};
use crate::situation::Situation;
use crate::situation::outlook::OutlookStatus;

/// Where the areas of the report lie.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct AreaMap {
    /// The countries that they lie in, ISO 3166-1 alpha-3.
    pub countries: Vec<String>,
    /// The areas whose position is known, in the order of the table.
    pub marks: Vec<Mark>,
    /// The codes of the areas whose position is not known.
    pub without_position: Vec<String>,
    /// The codes of the areas whose position is told inside Passage only.
    pub told_inside_only: Vec<String>,
}

/// One area.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub struct Mark {
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Its name in Arabic.
    pub name_ar: Option<String>,
    /// Longitude, degrees WGS 84.
    pub lon: f64,
    /// Latitude, degrees WGS 84.
    pub lat: f64,
    /// Is that the middle of the cell it lies in, for want of the right to know more?
    pub is_masked: bool,
    /// The people there, by the count that is used first.
    pub people: Figure,
    /// Days left of food, the middle one; `null` where it does not end as far as was looked, or is not known.
    pub days: Option<f64>,
    /// The band of days.
    #[serde(deserialize_with = "stated::word")]
    pub band: DaysBand,
}

withheld!(Mark { code, is_masked, people, days, band });

choice! {
    /// A band of days left of food, by the middle day.
    DaysBand {
        /// Less than a week; also where nothing is left.
        Under7 = "under_7",
        /// One week to less than two.
        From7 = "7_to_14",
        /// Two weeks to thirty days.
        From14 = "14_to_30",
        /// More than thirty days, or it does not end as far as was looked.
        Over30 = "over_30",
        /// Nobody can say.
        NotKnown = "not_known",
    }
}

impl DaysBand {
    /// The band of a row; without one nothing is known.
    #[must_use]
    pub fn of(row: Option<&FoodRow>) -> Self {
        let Some(row) = row else { return Self::NotKnown };
        match row.status {
            OutlookStatus::AlreadyOut => Self::Under7,
            OutlookStatus::NotWithinHorizon => Self::Over30,
            OutlookStatus::Dated => row.days_left.p50.map_or(Self::NotKnown, Self::of_days),
            OutlookStatus::NoNeed
            | OutlookStatus::UnknownStock
            | OutlookStatus::UnknownPopulation
            | OutlookStatus::UnknownNeed => Self::NotKnown,
        }
    }

    fn of_days(days: f64) -> Self {
        if days < 7.0 {
            Self::Under7
        } else if days < 14.0 {
            Self::From7
        } else if days <= 30.0 {
            Self::From14
        } else {
            Self::Over30
        }
    }
}

pub(super) fn of(situation: &Situation, areas: &[AreaRow], outlook: &FoodOutlook) -> AreaMap {
    let food: HashMap<&str, &FoodRow> =
        outlook.areas.iter().map(|row| (row.code.as_str(), row)).collect();
    let mut map = AreaMap::default();
    let mut countries: BTreeSet<String> = BTreeSet::new();
    for row in areas {
        let area = situation.world.areas.get(&row.code).map(|known| &known.record);
        let place = area.and_then(Record::place);
        let Some((area, place)) = area.zip(place) else {
            map.without_position.push(row.code.clone());
            continue;
        };
        if situation.world.exact.contains(row.code.as_str()) {
            map.told_inside_only.push(row.code.clone());
            continue;
        }
        countries.extend(area.iso3());
        let food = food.get(row.code.as_str()).copied();
        map.marks.push(Mark {
            code: row.code.clone(),
            name: row.name.clone(),
            name_ar: row.name_ar.clone(),
            lon: place.lon(),
            lat: place.lat(),
            is_masked: situation.world.masked.contains(row.code.as_str()),
            people: row.people.first().map_or(Figure::UNKNOWN, |people| people.figure),
            days: food.and_then(|row| row.days_left.p50),
            band: DaysBand::of(food),
        });
    }
    map.countries = countries.into_iter().collect();
    map
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_on_the_line_belongs_to_the_better_band_but_for_the_last() {
        let bands = [0.0, 6.99, 7.0, 13.9, 14.0, 30.0, 30.1].map(DaysBand::of_days);
        let words = bands.map(DaysBand::as_str);
        assert_eq!(
            words,
            ["under_7", "under_7", "7_to_14", "7_to_14", "14_to_30", "14_to_30", "over_30"]
        );
    }

    #[test]
    fn without_a_row_nothing_is_known() {
        assert_eq!(DaysBand::of(None), DaysBand::NotKnown);
    }
}
