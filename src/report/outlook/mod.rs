//! How long food lasts where people are cut off or somebody counted a stock, the most urgent first; with it what
//! is missing and what the next pause can do.

mod row;
pub(super) mod words;

use std::collections::{BTreeSet, HashSet};

use serde::{Deserialize, Serialize};

pub use self::row::{Band, FoodRow, StockCount, Urgency};
use super::area::{AreaRow, within};
use super::gap::{self, FoodGap};
use super::next_pause::{self, NextPause};
use super::pause::PauseRow;
use crate::assess::holding::Sector;
use crate::domain::Saying;
use crate::domain::stock::StockType;
use crate::situation::Situation;
use crate::situation::outlook::{AreaOutlook, OutlookQuestion, outlooks};
use crate::situation::standards::Standards;
use crate::situation::supply::SupplyQuestion;
use crate::tongue::Tongue;

/// How long food lasts, what is missing, what the next pause can do.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct FoodOutlook {
    /// The areas that anybody calls cut off, and those where food was counted; the most urgent first.
    pub areas: Vec<FoodRow>,
    /// What they lack in the next 30 days.
    pub gap: FoodGap,
    /// The best use of the next pause.
    pub next_pause: NextPause,
}

/// The day on which food ends first, where that is near.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct EndsFirst {
    /// The code of the area.
    pub area: String,
    /// In one or two sentences, with what must not be overlooked; in English.
    pub text: String,
    /// The same before a language is chosen; empty in reports made before they were told in several.
    #[serde(default)]
    pub said: Vec<Saying>,
    /// The codes of the sources.
    pub sources: Vec<String>,
}

/// The same question for every area of a report: food, as the settings have it, no convoy that is only planned.
pub(super) const fn question(standards: &Standards) -> SupplyQuestion<'_> {
    SupplyQuestion { sector: Sector::Food, policy: None, include_planned: false, standards }
}

pub(super) fn of(
    situation: &Situation,
    cut_off: &[AreaRow],
    found: &[AreaOutlook],
    pauses: &[PauseRow],
    standards: &Standards,
) -> FoodOutlook {
    let areas = rows(situation, cut_off, found);
    FoodOutlook {
        gap: gap::of(situation, &areas, standards),
        next_pause: next_pause::of(situation, pauses, &areas, standards),
        areas,
    }
}

/// The sentence for the top of the report: of the most urgent area, if its food ends within two weeks.
pub(super) fn ends_first(outlook: &FoodOutlook) -> Option<EndsFirst> {
    let near: Vec<&FoodRow> = outlook.areas.iter().filter(|row| row.ends_soon()).collect();
    let first = near.first()?;
    let sources: BTreeSet<&String> = first.counts.iter().flat_map(|count| &count.sources).collect();
    let said = words::ends_first(first, near.len() - 1);
    Some(EndsFirst {
        area: first.code.clone(),
        text: Tongue::ENGLISH.tell(&said),
        said,
        sources: sources.into_iter().cloned().collect(),
    })
}

/// The outlook of each area that anybody calls cut off, and of those where food was counted; the most urgent first.
pub(super) fn found(
    situation: &Situation,
    cut_off: &[AreaRow],
    standards: &Standards,
) -> Vec<AreaOutlook> {
    let listed: HashSet<&str> = cut_off.iter().map(|row| row.code.as_str()).collect();
    let mut asked: BTreeSet<String> = listed.iter().map(|code| (*code).to_owned()).collect();
    asked.extend(with_a_stock(situation));
    // A question without areas would ask for all of them.
    if asked.is_empty() {
        return Vec::new();
    }
    let question = OutlookQuestion {
        supply: question(standards),
        horizon_days: None,
        areas: asked.into_iter().collect(),
        admin1: None,
        with_inputs: true,
    };
    let is_shown =
        |area: &AreaOutlook| listed.contains(area.area.as_str()) || row::is_counted(area);
    outlooks(situation, &question).into_iter().filter(is_shown).collect()
}

fn rows(situation: &Situation, cut_off: &[AreaRow], found: &[AreaOutlook]) -> Vec<FoodRow> {
    let listed: HashSet<&str> = cut_off.iter().map(|row| row.code.as_str()).collect();
    let shown: HashSet<&str> = found.iter().map(|area| area.area.as_str()).collect();
    let each = found.iter().map(|area| {
        let is_listed = listed.contains(area.area.as_str());
        row::row(situation, area, is_listed, within(situation, &area.area, &shown))
    });
    each.collect()
}

/// The areas of which a stock of anything is recorded; whether it is food that can be counted is found out later.
fn with_a_stock(situation: &Situation) -> impl Iterator<Item = String> {
    let areas = situation.world.of_area.iter().filter(|area| {
        area.record.stocks.iter().any(|row| {
            row.record.stock_type == StockType::Stock && row.record.date.start() <= situation.as_of
        })
    });
    areas.map(|area| area.code.to_string())
}
