//! What an area has to live on: the counts, arrivals and losses that its figures rest on, as one supply.
//!
//! Coverage and outlook both begin here, so that they cannot contradict each other.

mod moved;
pub mod stock;

use chrono::{DateTime, TimeDelta, Utc};

use self::stock::{Counted, NotUsed};
use super::arrivals::Visit;
use super::coverage::{Counted as CountedVisits, days_between};
use super::of_area::{OfArea, Row};
use super::standards::Standards;
use super::table::Known;
use super::world::Situation;
use crate::assess::estimate::merge_estimates;
use crate::assess::holding::{self, Sector};
use crate::assess::stock::{Period, Rationing, Reading, StockChange, StockEvent, Supply, simulate};
use crate::config::Outlook as OutlookRules;
use crate::domain::stock::{RationPolicy, StockType};
use crate::domain::{Area, Figure, Incident, Population, Stock};

/// What is asked of the supply of areas.
#[derive(Debug, Clone, Copy)]
pub struct SupplyQuestion<'q> {
    /// Food, water, health kits or fuel.
    pub sector: Sector,
    /// How people are taken to eat; left out, as counted, else as the settings say.
    pub policy: Option<RationPolicy>,
    /// Are convoys that are meant to come taken as if they came?
    pub include_planned: bool,
    /// What figures are held against.
    pub standards: &'q Standards,
}

/// Something that came to an area, was lost in it, or is meant to come.
#[derive(Debug, Clone, Copy)]
pub struct Moved<R> {
    /// When.
    pub at: DateTime<Utc>,
    /// How much, person-days or litres, after losses on the way; unknown where nobody told.
    pub amount: Figure,
    /// The record that tells of it.
    pub record: R,
}

/// Whom a figure of people was taken from.
#[derive(Debug, Clone, Copy)]
pub struct People<'w> {
    /// The newest count.
    pub count: &'w Row<Population>,
    /// Heads; an end that the newest count leaves open is that of the newest other count that gives it.
    pub people: Figure,
}

/// All that the supply of one area and sector rests on, each with its record.
#[derive(Debug)]
pub struct AreaSupply<'w> {
    /// The area.
    pub area: &'w Known<Area>,
    /// The sector.
    pub sector: Sector,
    /// The day from which it is followed: that of the count, or as far back as is looked.
    pub origin: DateTime<Utc>,
    /// What was counted, if anything was.
    pub counted: Option<Counted<'w>>,
    /// Counts that are not used, and why.
    pub not_used: Vec<NotUsed<'w>>,
    /// Who lives on it.
    pub people: Option<People<'w>>,
    /// What comes in by itself each day, if anybody counted it.
    pub inflow: Option<(&'w Row<Stock>, Figure)>,
    /// What is eaten a day as a share of the need (for fuel: litres burnt a day), if anybody counted it.
    pub ration: Option<(&'w Row<Stock>, Figure)>,
    /// What arrived since the origin.
    pub arrivals: Vec<Moved<&'w Visit>>,
    /// Counts after the origin.
    pub recounts: Vec<Moved<&'w Row<Stock>>>,
    /// What was destroyed since.
    pub losses: Vec<Moved<&'w Row<Incident>>>,
    /// What is meant to come.
    pub planned: Vec<Moved<&'w Visit>>,
    /// How people eat.
    pub policy: RationPolicy,
    /// The rules of the place.
    pub rules: OutlookRules,
}

static NOTHING: OfArea = OfArea {
    populations: Vec::new(),
    stocks: Vec::new(),
    losses: Vec::new(),
    logistics: Vec::new(),
};

/// What is known of an area beside its convoys.
#[must_use]
pub fn of_area<'w>(situation: &'w Situation, area: &str) -> &'w OfArea {
    situation.world.of_area.get(area).map_or(&NOTHING, |row| &row.record)
}

impl<'w> AreaSupply<'w> {
    /// Gathers what is known by a moment, from a count at or before `from`, else from as far back as is looked.
    #[must_use]
    pub fn gather(
        situation: &'w Situation,
        area: &'w Known<Area>,
        visits: CountedVisits<'w>,
        (from, to): (DateTime<Utc>, DateTime<Utc>),
        question: &SupplyQuestion<'_>,
    ) -> Self {
        let of = of_area(situation, &area.code);
        let rules = question.standards.of(area).outlook;
        // What lies after the day of the situation is not known on it.
        let known_from = from.min(situation.as_of);
        let (counted, not_used) = stock::counted(of, known_from, question, &rules);
        let look_back = known_from - TimeDelta::days(rules.look_back_days.into());
        let origin = counted.as_ref().map_or(look_back, |counted| counted.at);
        let ration = newest(of, StockType::Ration, situation.as_of, |row| {
            holding::ration_of(row).ok().filter(|(sector, _)| *sector == question.sector)
        });
        let inflow = newest(of, StockType::Inflow, situation.as_of, |row| {
            let inflow = holding::holding(row, question.standards.ration).ok()?;
            (inflow.sector == question.sector).then_some((inflow.sector, inflow.amount))
        });
        let counted_policy = ration.map(|_| RationPolicy::Constant);
        Self {
            area,
            sector: question.sector,
            origin,
            counted,
            not_used,
            people: people(of, situation.as_of),
            inflow,
            ration,
            arrivals: moved::arrivals(visits, origin, to, question),
            recounts: stock::recounts(of, (known_from, to.min(situation.as_of)), question),
            losses: moved::losses(of, origin, to.min(situation.as_of), question),
            planned: if question.include_planned {
                moved::planned(situation, visits, &rules, question)
            } else {
                Vec::new()
            },
            policy: question.policy.or(counted_policy).unwrap_or(rules.policy),
            rules,
        }
    }

    /// People, or for fuel what is burnt: the need of one day, in the unit of the sector.
    #[must_use]
    pub fn need_per_day(&self) -> Figure {
        match self.sector {
            Sector::Food | Sector::Water | Sector::Health => {
                self.people.map_or(Figure::UNKNOWN, |people| people.people)
            }
            Sector::Fuel => self.ration.map_or(Figure::UNKNOWN, |(_, litres)| best_of(litres)),
        }
    }

    /// What comes in by itself each day; nothing, where nobody told: that gives the earlier date.
    #[must_use]
    pub fn inflow_per_day(&self) -> Figure {
        self.inflow.map_or(Figure::exactly(0.0), |(_, inflow)| best_of(inflow))
    }

    /// The share of the need that is eaten: low, best, high.
    #[must_use]
    pub fn shares(&self) -> [f64; 3] {
        let rules = self.rules;
        let usual = [rules.ration_low, rules.ration_best, rules.ration_high];
        match (self.policy, self.sector, self.ration) {
            (RationPolicy::Full, _, _) | (_, Sector::Fuel, _) => [1.0; 3],
            (_, _, Some((_, share))) => {
                let best = share.central().unwrap_or(rules.ration_best);
                [share.floor().unwrap_or(best), best, share.ceiling().unwrap_or(best)]
            }
            _ => usual,
        }
    }

    /// How what there is is shared out, at one share.
    #[must_use]
    pub fn rationing(&self, share: f64) -> Rationing {
        match self.policy {
            RationPolicy::Full => Rationing::Full,
            RationPolicy::Constant => Rationing::Constant { share },
            RationPolicy::Threshold => {
                Rationing::Threshold { theta_days: self.rules.threshold_days, share }
            }
        }
    }

    /// What was in store at the origin; an empty store where nobody counted, which is the least there can have been.
    #[must_use]
    pub fn opening(&self) -> Figure {
        self.counted.as_ref().map_or(Figure::exactly(0.0), |counted| counted.amount)
    }

    /// A moment as days from the origin.
    #[must_use]
    pub fn day(&self, at: DateTime<Utc>) -> f64 {
        days_between(self.origin, at)
    }

    /// All that came, was lost, or is meant to come; what nobody told the size of is given as `unknown`.
    #[must_use]
    pub fn events(&self, unknown: Option<Figure>) -> Vec<StockEvent> {
        let event = |at, change, amount: Figure| {
            let amount = if amount.is_unknown() { unknown? } else { best_of(amount) };
            Some(StockEvent { day: self.day(at), change, amount })
        };
        let came = self.arrivals.iter().chain(&self.planned);
        let came = came.filter_map(|moved| event(moved.at, StockChange::Arrival, moved.amount));
        let counted = self.recounts.iter();
        let counted = counted.filter_map(|moved| event(moved.at, StockChange::Count, moved.amount));
        let lost = self.losses.iter();
        // A loss of unknown size took anything between nothing and all.
        let open = Figure::computed(Some(0.0), None, None);
        let lost = lost.map(|moved| StockEvent {
            day: self.day(moved.at),
            change: StockChange::Loss,
            amount: if moved.amount.is_unknown() { open } else { best_of(moved.amount) },
        });
        let mut events: Vec<StockEvent> = counted.chain(came).chain(lost).collect();
        events.sort_by(|a, b| a.day.total_cmp(&b.day).then(a.change.cmp(&b.change)));
        events
    }

    /// The supply from the origin on.
    #[must_use]
    pub fn supply<'e>(&self, events: &'e [StockEvent], share: f64) -> Supply<'e> {
        Supply {
            inflow: self.inflow_per_day(),
            rationing: self.rationing(share),
            events,
            ..Supply::of(self.opening(), best_of(self.need_per_day()))
        }
    }
}

/// What is in store on a day: what was counted, lived through since at both ends of every doubt.
#[must_use]
pub fn opening(supply: &AreaSupply<'_>, events: &[StockEvent], day: f64) -> Figure {
    let [low, best, high] = supply.shares();
    let until_then = Period::of(0.0, day);
    let left = |share, reading| {
        simulate(&supply.supply(events, share), reading, &until_then).closing_stock
    };
    // Whoever eats more has less left.
    let least = left(high, Reading::Least);
    if supply.counted.is_none() {
        // Of a stock that nobody counted there is no more to know than what known deliveries leave at least.
        return Figure::computed(least, None, None);
    }
    let (middle, most) = (left(best, Reading::Best), left(low, Reading::Most));
    let finite = |amount: Option<f64>| amount.filter(|amount| amount.is_finite());
    let (least, most) = (finite(least), finite(most));
    let middle = finite(middle).map(|middle| {
        let above = least.map_or(middle, |least| middle.max(least));
        most.map_or(above, |most| above.min(most))
    });
    Figure::computed(least, middle, most)
}

/// The figure with its middle for the best where only its ends are given.
#[must_use]
pub fn best_of(figure: Figure) -> Figure {
    Figure::computed(figure.low(), figure.best().or_else(|| figure.middle()), figure.high())
}

/// The newest count of people by a moment, with its open ends filled from the other counts.
#[must_use]
pub fn people(of: &OfArea, by: DateTime<Utc>) -> Option<People<'_>> {
    let counts = || {
        of.populations
            .iter()
            .rev()
            .filter(|row| row.record.metric.counts_everybody() && row.record.date.start() <= by)
    };
    // Of one day the first code goes first, as everywhere.
    let count = counts()
        .max_by(|a, b| a.record.date.cmp(&b.record.date).then_with(|| b.code.cmp(&a.code)))?;
    let same_day = counts().filter(|row| row.record.date == count.record.date);
    let of_day: Vec<Figure> = same_day.map(|row| row.record.people).collect();
    let own = if of_day.len() > 1 { merge_estimates(&of_day) } else { count.record.people };
    let other = |end: fn(Figure) -> Option<f64>| counts().find_map(|row| end(row.record.people));
    let low = own.floor().or_else(|| other(Figure::floor).filter(|low| Some(*low) <= own.high()));
    let high =
        own.ceiling().or_else(|| other(Figure::ceiling).filter(|high| Some(*high) >= own.low()));
    Some(People { count, people: Figure::computed(low, own.best(), high) })
}

/// The newest statement of a type that can be counted.
fn newest(
    of: &OfArea,
    stock_type: StockType,
    by: DateTime<Utc>,
    counted: impl Fn(&Stock) -> Option<(Sector, Figure)>,
) -> Option<(&Row<Stock>, Figure)> {
    of.stocks
        .iter()
        .rev()
        .filter(|row| row.record.stock_type == stock_type && row.record.date.start() <= by)
        .find_map(|row| counted(&row.record).map(|(_, figure)| (row, figure)))
}
