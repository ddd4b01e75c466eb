//! The store between two events: what is eaten, until when that can go on, what is short. Exact, no time step.
//!
//! Between two events the stock follows a straight line until it meets the trigger of rationing or zero; so the
//! instants of those meetings are computed, and nothing is stepped through.

use super::{RationTerms, Rationing, StockChange, StockEvent, sound, sound_figure};

/// Two instants closer than this are one: rounding must not part an arrival from the instant it saves.
const ROUNDING_DAYS: f64 = 1e-9;

/// A loss above the stock by less than this share of it is rounding.
const ROUNDING: f64 = 1e-9;

/// A store at its start, in plain numbers; `None` is unknown.
#[derive(Clone, Copy)]
pub(in crate::assess) struct Opening {
    /// Person-days.
    pub(in crate::assess) stock: Option<f64>,
    /// People.
    pub(in crate::assess) population: Option<f64>,
    /// People whom nobody counted, as a share.
    pub(in crate::assess) uncounted: f64,
    /// Person-days a day.
    pub(in crate::assess) inflow: Option<f64>,
    /// How it is shared out.
    pub(in crate::assess) rationing: Rationing,
}

/// A store at one instant.
#[derive(Clone, Copy)]
pub(super) struct Store {
    day: f64,
    /// Person-days; the least there can be where it is not known.
    stock: f64,
    is_known: bool,
    /// Person-days a day; `None` where the population is unknown.
    need: Option<f64>,
    people_per_counted: f64,
    inflow: Option<f64>,
    ration: RationTerms,
}

/// What happened to a store over a time.
#[derive(Clone, Copy, Default)]
pub(super) struct Tally {
    pub(super) opening: f64,
    pub(super) needed: f64,
    pub(super) served: f64,
    pub(super) arrived: f64,
    pub(super) inflow: f64,
    pub(super) lost: f64,
    pub(super) excess_loss: f64,
    pub(super) recounted: f64,
    pub(super) stockout_days: f64,
    pub(super) first_stockout: Option<f64>,
    /// Was the population unknown for some of the time?
    pub(super) unknown_population: bool,
    /// Was the stock only known to be at least so much for some of the time?
    pub(super) unknown_stock: bool,
    /// Is the first stockout all that is asked for?
    pub(super) ends_at_stockout: bool,
}

impl Tally {
    fn is_decided(&self) -> bool {
        self.ends_at_stockout && (self.first_stockout.is_some() || self.unknown_population)
    }
}

/// How a store changes until it meets the trigger or zero.
struct Flow {
    /// Person-days a day.
    eaten: f64,
    /// Days until then; infinite for never.
    days: f64,
    /// The stock then.
    meets: f64,
    is_stockout: bool,
}

impl Store {
    pub(super) fn open(day: f64, opening: Opening) -> Self {
        let people_per_counted = 1.0 + sound(opening.uncounted).unwrap_or(0.0);
        let stock = sound_figure(opening.stock);
        Self {
            day,
            stock: stock.unwrap_or(0.0),
            is_known: stock.is_some(),
            need: sound_figure(opening.population).map(|people| people * people_per_counted),
            people_per_counted,
            inflow: sound_figure(opening.inflow),
            ration: opening.rationing.terms(),
        }
    }

    pub(super) fn stock(&self) -> f64 {
        self.stock
    }

    pub(super) fn is_known(&self) -> bool {
        self.is_known
    }

    pub(super) fn need(&self) -> Option<f64> {
        self.need
    }

    /// Lives through the events, which must be in order, and on to `end`.
    pub(super) fn live(
        &mut self,
        events: &[StockEvent],
        mut amount: impl FnMut(&StockEvent) -> Option<f64>,
        end: f64,
        tally: &mut Tally,
    ) {
        for event in events {
            self.advance(event.day, tally);
            if tally.is_decided() {
                return;
            }
            self.apply(event.change, amount(event), tally);
        }
        self.advance(end, tally);
    }

    fn apply(&mut self, change: StockChange, amount: Option<f64>, tally: &mut Tally) {
        match change {
            // A count without a number tells nothing.
            StockChange::Count => {
                if let Some(counted) = amount {
                    self.count(counted, tally);
                }
            }
            StockChange::Loss => self.lose(amount, tally),
            StockChange::Arrival => {
                self.is_known &= amount.is_some();
                self.stock += amount.unwrap_or(0.0);
                tally.arrived += amount.unwrap_or(0.0);
            }
            StockChange::Population => {
                self.need = amount.map(|people| people * self.people_per_counted);
            }
            StockChange::Inflow => self.inflow = amount,
        }
    }

    /// Takes the counted stock for the true one; where nothing was known it is what there was to begin with.
    fn count(&mut self, counted: f64, tally: &mut Tally) {
        if self.is_known {
            let found = counted - self.stock;
            // Food without end counted again is still without end.
            tally.recounted += if found.is_nan() { 0.0 } else { found };
        } else {
            tally.opening = counted;
        }
        self.stock = counted;
        self.is_known = true;
    }

    /// Takes what is lost, all if nobody knows how much that was.
    fn lose(&mut self, loss: Option<f64>, tally: &mut Tally) {
        self.is_known &= loss.is_some();
        let loss = loss.unwrap_or(f64::INFINITY);
        let taken = self.stock.min(loss);
        let excess = loss - taken;
        if self.is_known && loss.is_finite() && excess > ROUNDING * loss {
            tally.excess_loss += excess;
        }
        tally.lost += taken;
        // Food without end less a loss without end: none, to be safe.
        self.stock = if taken < self.stock { self.stock - taken } else { 0.0 };
    }

    fn advance(&mut self, to: f64, tally: &mut Tally) {
        while self.day < to && !tally.is_decided() {
            let left = to - self.day;
            let Some(need) = self.need else {
                // Who knows how many eat knows nothing of what is left.
                self.stock = 0.0;
                self.is_known = false;
                self.day = to;
                tally.unknown_population = true;
                return;
            };
            self.is_known &= self.inflow.is_some();
            let flow = self.flow(need, self.inflow.unwrap_or(0.0));
            let meets_by_then = flow.days <= left + ROUNDING_DAYS;
            let goes_on_after = flow.days < left - ROUNDING_DAYS;
            let days = if goes_on_after { flow.days } else { left };
            self.record(&flow, need, days, tally);
            if meets_by_then {
                self.stock = flow.meets;
            } else {
                let change = (self.inflow.unwrap_or(0.0) - flow.eaten) * days;
                self.stock = (self.stock + change).max(0.0);
            }
            self.day = if goes_on_after { self.day + flow.days } else { to };
        }
    }

    fn record(&self, flow: &Flow, need: f64, days: f64, tally: &mut Tally) {
        tally.unknown_stock |= !self.is_known;
        tally.needed += need * days;
        // Who eats more than the need is served the need: plenty today feeds nobody tomorrow.
        tally.served += flow.eaten.min(need) * days;
        tally.inflow += self.inflow.unwrap_or(0.0) * days;
        if flow.is_stockout {
            tally.stockout_days += days;
            tally.first_stockout.get_or_insert(self.day);
        }
    }

    fn flow(&self, need: f64, inflow: f64) -> Flow {
        let (above, below) = (self.ration.above * need, self.ration.below * need);
        let trigger = self.ration.trigger(need);
        if self.stock > trigger {
            return self.towards(trigger, above, inflow);
        }
        if self.stock < trigger && inflow > below {
            return self.towards(trigger, below, inflow);
        }
        if self.stock > 0.0 && inflow <= below {
            return self.towards(0.0, below, inflow);
        }
        // On the trigger with enough coming in to stay there or rise; or empty.
        let eaten = if inflow > below { inflow.min(above) } else { inflow };
        let is_stockout = inflow < below;
        Flow { eaten, days: f64::INFINITY, meets: self.stock, is_stockout }
    }

    /// A store out of which `eaten` is eaten, and what it meets if it goes that way.
    fn towards(&self, meets: f64, eaten: f64, inflow: f64) -> Flow {
        let days = (self.stock - meets) / (eaten - inflow);
        let days = if days > 0.0 { days } else { f64::INFINITY };
        Flow { eaten, days, meets, is_stockout: false }
    }
}
