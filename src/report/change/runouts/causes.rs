//! Why a day on which food ends moved: the records that it rests on now and did not rest on then.

use serde::{Deserialize, Serialize};

use super::super::{Novelty, Side};
use super::Shift;
use crate::domain::choice::choice;
use crate::domain::{DatePrecision, Figure, Kind, Moment};
use crate::report::stated::{self, Day};
use crate::situation::World;
use crate::situation::alert::Evidence;
use crate::situation::outlook::{AreaOutlook, Input};

choice! {
    /// What moved the day on which food ends.
    Cause {
        /// A count of what is in store.
        Count = "count",
        /// An arrival.
        Delivery = "delivery",
        /// Food that was lost.
        Loss = "loss",
        /// A count of the people.
        People = "people",
        /// An estimate of what comes in by itself.
        Inflow = "inflow",
        /// An estimate of what people eat.
        Ration = "ration",
    }
}

/// A record that moved the day on which food ends.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RunoutCause {
    /// What it is.
    #[serde(deserialize_with = "stated::word")]
    pub cause: Cause,
    /// The code of the record.
    pub record: String,
    /// Its day.
    #[serde(flatten)]
    pub day: Day,
    /// What it gives, in person-days; of people their number.
    pub amount: Figure,
    /// Is it of a day since, or was it only learned since?
    #[serde(deserialize_with = "stated::word")]
    pub novelty: Novelty,
    /// The codes of the sources.
    pub sources: Vec<String>,
}

impl RunoutCause {
    /// Can it be why the day went there? Food that comes makes it later, food that is lost makes it nearer, and the other
    /// way round where it is no longer told. A count can do either.
    #[must_use]
    pub fn may_move(&self, shift: Shift) -> bool {
        let is_later = match shift {
            Shift::Later => true,
            Shift::Nearer | Shift::Gone => false,
            Shift::Known | Shift::Unknown => return true,
        };
        let brings = match self.cause {
            Cause::Delivery | Cause::Inflow => true,
            Cause::Loss => false,
            Cause::Count | Cause::People | Cause::Ration => return true,
        };
        let brings = brings != (self.novelty == Novelty::TakenBack);
        brings == is_later
    }
}

/// The records that are new among those that the outlook of an area rests on, and those that were taken back.
pub(super) fn of(
    (then, old): (&Side<'_>, Option<&AreaOutlook>),
    (now, area): (&Side<'_>, &AreaOutlook),
) -> Vec<RunoutCause> {
    let (was, is) = (used(old), used(Some(area)));
    let (then_world, now_world) = (&then.situation.world, &now.situation.world);
    let new = is.iter().filter(|input| {
        let told = was.iter().any(|old| is_same(old, input));
        // What was reckoned with or left out then too, and only comes into view, is not what changed.
        let was_past = Moment::day(input.date).start() <= then.situation.as_of;
        let was_known = version(then_world, &input.record) == Some(input.record.version);
        !(told || was_past && was_known)
    });
    let new = new.filter_map(|input| {
        let day = Moment::day(input.date);
        let precision = precision(now_world, &input.record);
        cause(input, precision, Novelty::of(Some(day), precision, then))
    });
    let gone = was.iter().filter(|input| {
        let is_gone = version(now_world, &input.record).is_none();
        is_gone && !now.withholds(&input.record.code)
    });
    let gone = gone
        .filter_map(|input| cause(input, precision(then_world, &input.record), Novelty::TakenBack));
    let mut causes: Vec<RunoutCause> = new.chain(gone).collect();
    causes.sort_by(|a, b| (a.cause, a.day, &a.record).cmp(&(b.cause, b.day, &b.record)));
    causes
}

fn used(area: Option<&AreaOutlook>) -> Vec<&Input> {
    let inputs = area.into_iter().flat_map(|area| area.inputs.iter().flatten());
    inputs.filter(|input| input.used).collect()
}

/// A correction that changes neither day nor amount moves nothing, nor does who counts the same people again.
fn is_same(a: &Input, b: &Input) -> bool {
    let is_rate = matches!(a.input, "population" | "inflow" | "ration");
    let same_record = (&a.record.code, a.date) == (&b.record.code, b.date);
    (a.input, a.amount) == (b.input, b.amount) && (is_rate || same_record)
}

fn cause(input: &Input, precision: Option<DatePrecision>, novelty: Novelty) -> Option<RunoutCause> {
    let cause = match input.input {
        "stock" => Cause::Count,
        "arrival" => Cause::Delivery,
        "loss" => Cause::Loss,
        "population" => Cause::People,
        "inflow" => Cause::Inflow,
        "ration" => Cause::Ration,
        // What is only meant to come is not reckoned with in a report.
        _planned => return None,
    };
    Some(RunoutCause {
        cause,
        record: input.record.code.clone(),
        day: Day::of(Moment::day(input.date), precision),
        amount: input.amount,
        novelty,
        sources: input.source.iter().cloned().collect(),
    })
}

/// The version of a record as a world knows it.
fn version(world: &World, record: &Evidence) -> Option<i64> {
    let code = record.code.as_str();
    if record.kind == Kind::Convoy {
        return world.convoys.get(code).map(|row| row.version);
    }
    if record.kind == Kind::Population {
        return world.populations.get(code).map(|row| row.version);
    }
    if record.kind == Kind::Incident {
        return world.incidents.get(code).map(|row| row.version);
    }
    world.stocks.get(code).map(|row| row.version)
}

/// How exactly the day of a record is known.
fn precision(world: &World, record: &Evidence) -> Option<DatePrecision> {
    let code = record.code.as_str();
    if record.kind == Kind::Convoy {
        return world.convoys.get(code).map(|row| row.record.date_precision);
    }
    if record.kind == Kind::Population {
        return world.populations.get(code)?.record.date_precision;
    }
    if record.kind == Kind::Incident {
        return world.incidents.get(code)?.record.date_precision;
    }
    world.stocks.get(code)?.record.date_precision
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cause(cause: Cause, novelty: Novelty) -> RunoutCause {
        let day = Day { date: chrono::NaiveDate::default(), precision: None };
        let (record, amount, sources) = (String::new(), Figure::UNKNOWN, Vec::new());
        RunoutCause { cause, record, day, amount, novelty, sources }
    }

    #[test]
    fn a_loss_is_no_reason_why_food_lasts_longer_and_a_delivery_none_why_it_ends_earlier() {
        let moves = |own, novelty, shift| cause(own, novelty).may_move(shift);
        assert!(!moves(Cause::Loss, Novelty::Since, Shift::Later));
        assert!(moves(Cause::Loss, Novelty::Since, Shift::Nearer));
        assert!(moves(Cause::Loss, Novelty::TakenBack, Shift::Later));
        assert!(moves(Cause::Delivery, Novelty::Late, Shift::Later));
        assert!(!moves(Cause::Delivery, Novelty::Since, Shift::Gone));
        assert!(moves(Cause::People, Novelty::Since, Shift::Later));
    }
}
