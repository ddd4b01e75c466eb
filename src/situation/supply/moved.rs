//! What came to an area, was destroyed in it, or is meant to come.

use chrono::{DateTime, TimeDelta, Utc};

use super::{Moved, SupplyQuestion};
use crate::assess::delivery::DropFacts;
use crate::assess::holding::{self, Sector};
use crate::config::Outlook as OutlookRules;
use crate::domain::incident::Loss;
use crate::domain::{Figure, Incident, Text};
use crate::situation::arrivals::{Brought, Visit};
use crate::situation::coverage::Counted as CountedVisits;
use crate::situation::of_area::{OfArea, Row};
use crate::situation::world::Situation;

/// What a drop brings of a sector, after losses on the way; unknown where it is for several areas or not told.
fn brought(visit: &Visit, question: &SupplyQuestion<'_>) -> Option<Figure> {
    let cargo = &visit.drop().cargo;
    let known = |amount: Option<f64>| amount.map_or(Brought::Nothing, Brought::Amount);
    let brought = match question.sector {
        Sector::Food => visit.food,
        Sector::Water => known(cargo.water_person_days),
        Sector::Health => known(cargo.health_person_days),
        Sector::Fuel => fuel(visit.drop()),
    };
    match brought {
        Brought::Nothing => None,
        Brought::Amount(amount) if visit.is_for_one_area() => {
            Some(question.standards.losses.left_of(amount))
        }
        Brought::Amount(_) | Brought::Unknown => Some(Figure::UNKNOWN),
    }
}

/// The fuel of a drop, litres.
fn fuel(drop: &DropFacts) -> Brought {
    let lines = drop.lines.iter().filter(|line| line.goods.listed.is_some_and(holding::is_fuel));
    lines.fold(Brought::Nothing, |sum, line| match (sum, line.arriving()) {
        (Brought::Nothing, Some(litres)) => Brought::Amount(litres),
        (Brought::Amount(sum), Some(litres)) => Brought::Amount(sum + litres),
        (Brought::Unknown, _) | (_, None) => Brought::Unknown,
    })
}

pub(super) fn arrivals<'w>(
    visits: CountedVisits<'w>,
    origin: DateTime<Utc>,
    to: DateTime<Utc>,
    question: &SupplyQuestion<'_>,
) -> Vec<Moved<&'w Visit>> {
    let came = visits.arrived(origin, to);
    came.filter_map(|visit| {
        brought(visit, question).map(|amount| Moved { at: visit.at(), amount, record: visit })
    })
    .collect()
}

/// Convoys on their way or still to set out, on the day they are meant to arrive.
pub(super) fn planned<'w>(
    situation: &Situation,
    visits: CountedVisits<'w>,
    rules: &OutlookRules,
    question: &SupplyQuestion<'_>,
) -> Vec<Moved<&'w Visit>> {
    let until = situation.as_of + TimeDelta::days(rules.horizon_days.into());
    let coming = visits.of_all_time().filter(|visit| {
        let stage = visit.convoy.record.stage_at(situation.as_of);
        !stage.has_arrived() && !stage.was_refused() && !stage.is_over()
    });
    let mut planned: Vec<Moved<&Visit>> = coming
        .filter_map(|visit| {
            let record = &visit.convoy.record;
            let at = record.eta.or(record.planned_departure).or(record.date)?.start();
            let amount = brought(visit, question)?;
            (at > situation.as_of && at <= until).then_some(Moved { at, amount, record: visit })
        })
        .collect();
    planned.sort_by_key(|moved| moved.at);
    planned
}

/// What incidents destroyed; what was only in store when they struck is not lost. Of one that struck several areas,
/// and of a loss that nobody told the size of, it is not known how much.
pub(super) fn losses<'w>(
    of: &'w OfArea,
    origin: DateTime<Utc>,
    to: DateTime<Utc>,
    question: &SupplyQuestion<'_>,
) -> Vec<Moved<&'w Row<Incident>>> {
    let mut found = Vec::new();
    let within = |row: &&'w Row<Incident>| {
        let at = row.record.date.start();
        at >= origin && at <= to
    };
    for row in of.losses.iter().filter(within) {
        let at = row.record.date.start();
        for loss in row.record.losses.iter().filter(|loss| loss.in_store != Some(true)) {
            if let Some(amount) = lost(loss, question) {
                let alone = row.record.areas.len() == 1;
                let amount = if alone { amount } else { Figure::UNKNOWN };
                found.push(Moved { at, amount, record: row });
            }
        }
    }
    found
}

/// What one loss took of a sector; unknown where it was of that sector and nobody told how much.
fn lost(loss: &Loss, question: &SupplyQuestion<'_>) -> Option<Figure> {
    let text = |text: &Option<Text>| text.as_ref().map(|text| text.as_str().to_owned());
    let (item, unit) = (text(&loss.item), text(&loss.unit));
    let of = |quantity| {
        holding::amount_of(item.as_deref(), unit.as_deref(), quantity, question.standards.ration)
    };
    let is_told = !loss.quantity.is_unknown();
    // Of what nobody told the size of, the unit still tells the sector.
    let amount = of(if is_told { loss.quantity } else { Figure::exactly(1.0) }).ok()?;
    if amount.sector != question.sector {
        return None;
    }
    if !is_told {
        return Some(Figure::UNKNOWN);
    }
    let (low, high) = (amount.amount.floor().or(Some(0.0)), amount.amount.ceiling());
    let best = amount.amount.best().or_else(|| Figure::computed(low, None, high).middle());
    Some(Figure::computed(low, best, high))
}
