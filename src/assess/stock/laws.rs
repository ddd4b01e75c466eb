//! The laws of stock and flow, on random supplies.

use proptest::prelude::*;

use super::*;

const PERIOD: Period = Period::of(0.0, 20.0);
const PLANNED: Outlook = Outlook { include_planned: true, ..Outlook::from_day(0.0) };

/// A supply that owns its events.
#[derive(Debug, Clone)]
struct Case {
    stock: f64,
    people: f64,
    inflow: f64,
    rationing: Rationing,
    events: Vec<StockEvent>,
}

impl Case {
    fn supply(&self) -> Supply<'_> {
        Supply {
            inflow: Figure::exactly(self.inflow),
            rationing: self.rationing,
            events: &self.events,
            ..Supply::of(Figure::exactly(self.stock), Figure::exactly(self.people))
        }
    }

    fn lived(&self) -> Simulation {
        simulate(&self.supply(), Reading::Best, &PERIOD)
    }

    /// Days until the food ends; infinite if not within the horizon.
    fn days(&self) -> f64 {
        run_out(&self.supply(), Reading::Best, &PLANNED).days.unwrap_or(f64::INFINITY)
    }
}

fn rationing() -> impl Strategy<Value = Rationing> {
    prop_oneof![
        Just(Rationing::Full),
        (0.0..=1.0_f64).prop_map(|share| Rationing::Constant { share }),
        (0.1..8.0_f64, 0.0..=1.0_f64)
            .prop_map(|(theta_days, share)| Rationing::Threshold { theta_days, share }),
    ]
}

fn event(changes: &'static [StockChange]) -> impl Strategy<Value = StockEvent> {
    // Whole days, so that some fall together.
    (0_u8..22, proptest::sample::select(changes), 0.0..1.0_f64).prop_map(|(day, change, size)| {
        let most = match change {
            StockChange::Population => 30.0,
            StockChange::Inflow => 20.0,
            StockChange::Count | StockChange::Loss | StockChange::Arrival => 150.0,
        };
        StockEvent { day: day.into(), change, amount: Figure::exactly(size * most) }
    })
}

const ALL: &[StockChange] = &[
    StockChange::Count,
    StockChange::Loss,
    StockChange::Arrival,
    StockChange::Population,
    StockChange::Inflow,
];

/// Not what breaks the order of more and fewer people.
const ORDERLY: &[StockChange] = &[StockChange::Count, StockChange::Arrival, StockChange::Inflow];

fn case(changes: &'static [StockChange]) -> impl Strategy<Value = Case> {
    let numbers = (0.0..200.0_f64, 1.0..20.0_f64, prop_oneof![Just(0.0), 0.0..20.0_f64]);
    let events = proptest::collection::vec(event(changes), 0..6);
    (numbers, rationing(), events).prop_map(|((stock, people, inflow), rationing, events)| Case {
        stock,
        people,
        inflow,
        rationing,
        events,
    })
}

/// The same by many small steps: person-days served and left.
fn by_small_steps(case: &Case, step: f64) -> [f64; 2] {
    let events = in_order(&case.events);
    let ration = case.rationing.terms();
    let (mut stock, mut need, mut inflow) = (case.stock, case.people, case.inflow);
    let mut served = 0.0;
    let mut next = 0;
    let steps = (PERIOD.to / step).round();
    let mut at = 0.0;
    while at < steps {
        while let Some(event) = events.get(next).filter(|event| event.day <= at * step + step / 2.0)
        {
            let amount = event.amount.best().unwrap();
            match event.change {
                StockChange::Count => stock = amount,
                StockChange::Loss => stock = (stock - amount).max(0.0),
                StockChange::Arrival => stock += amount,
                StockChange::Population => need = amount,
                StockChange::Inflow => inflow = amount,
            }
            next += 1;
        }
        let share = if stock > ration.trigger(need) { ration.above } else { ration.below };
        let wanted = share * need * step;
        let eaten = wanted.min(stock + inflow * step);
        served += eaten;
        stock += inflow * step - eaten;
        at += 1.0;
    }
    [served, stock]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    /// Steps of 1/1024 day: within 0.2 of a few hundred person-days.
    #[test]
    fn small_steps_come_to_the_same(case in case(ALL)) {
        let exact = case.lived();
        let [served, stock] = by_small_steps(&case, 1.0 / 1024.0);
        prop_assert!((exact.served.unwrap() - served).abs() < 0.2, "{exact:?} {served}");
        prop_assert!((exact.closing_stock.unwrap() - stock).abs() < 0.2, "{exact:?} {stock}");
    }
}

proptest! {
    #[test]
    fn no_food_is_lost_or_found_but_by_what_happened(case in case(ALL)) {
        let lived = case.lived();
        let total = |terms: &[Option<f64>]| terms.iter().map(|term| term.unwrap()).sum::<f64>();
        let came = total(&[lived.opening_stock, lived.arrived, lived.inflow, lived.recounted]);
        let went = total(&[lived.lost, lived.served, lived.closing_stock]);
        prop_assert!((came - went).abs() < 1e-6, "{lived:?}");
    }

    #[test]
    fn what_is_needed_is_served_or_unmet(case in case(ALL)) {
        let lived = case.lived();
        let parts = lived.served.unwrap() + lived.unmet.unwrap();
        prop_assert!((lived.needed.unwrap() - parts).abs() < 1e-6, "{lived:?}");
    }

    #[test]
    fn coverage_lies_between_0_and_1_and_not_above_the_supply_ratio(
        case in case(&[StockChange::Loss, StockChange::Arrival, StockChange::Inflow]),
    ) {
        let lived = case.lived();
        let coverage = lived.coverage.unwrap();
        prop_assert!((0.0..=1.0).contains(&coverage));
        prop_assert!(coverage <= lived.supply_ratio.unwrap() + 1e-9, "{lived:?}");
    }

    #[test]
    fn more_food_never_brings_the_run_out_nearer(
        case in case(ALL), more in 0.0..100.0_f64, extra in event(&[StockChange::Arrival]),
    ) {
        let richer = Case { stock: case.stock + more, ..case.clone() };
        prop_assert!(richer.days() >= case.days() - 1e-6);
        let mut helped = case.clone();
        helped.events.push(extra);
        prop_assert!(helped.days() >= case.days() - 1e-6);
    }

    #[test]
    fn more_people_never_raise_coverage_and_never_put_off_the_run_out(
        case in case(ORDERLY), more in 0.0..20.0_f64,
    ) {
        let crowded = Case { people: case.people + more, ..case.clone() };
        prop_assert!(crowded.lived().coverage.unwrap() <= case.lived().coverage.unwrap() + 1e-9);
        prop_assert!(crowded.days() <= case.days() + 1e-6);
    }

    #[test]
    fn without_events_the_closed_form_gives_the_same_day(case in case(ALL)) {
        let case = Case { events: Vec::new(), ..case };
        let closed = run_out_closed(case.stock, case.people, case.inflow, case.rationing);
        let closed = if closed < HORIZON_DAYS { closed } else { f64::INFINITY };
        let days = case.days();
        let both_never = closed.is_infinite() && days.is_infinite();
        prop_assert!(both_never || (closed - days).abs() < 1e-6, "{closed} {days}");
    }

    #[test]
    fn the_interval_holds_every_case_within_its_figures(
        case in case(ORDERLY), at in proptest::array::uniform4(0.0..=1.0_f64),
        width in 1.0..2.0_f64,
    ) {
        let around = |number: f64, at: f64| {
            let low = number / width;
            let high = number * width;
            (Figure::computed(Some(low), Some(number), Some(high)), low + at * (high - low))
        };
        let (stock, stock_at) = around(case.stock, at[0]);
        let (population, people_at) = around(case.people, at[1]);
        let (inflow, inflow_at) = around(case.inflow, at[2]);
        let parted = case.events.iter().map(|event| {
            let (amount, amount_at) = around(event.amount.best().unwrap(), at[3]);
            let inside = StockEvent { amount: Figure::exactly(amount_at), ..*event };
            (StockEvent { amount, ..*event }, inside)
        });
        let (doubtful, inside): (Vec<_>, Vec<_>) = parted.unzip();
        let supply = Supply { stock, population, inflow, events: &doubtful, ..case.supply() };
        let interval = coverage_interval(&supply, &PERIOD).coverage;
        let (low, high) = (interval.low().unwrap() - 1e-9, interval.high().unwrap() + 1e-9);
        let inside = Case {
            stock: stock_at, people: people_at, inflow: inflow_at, events: inside,
            rationing: case.rationing,
        };
        for coverage in [inside.lived().coverage.unwrap(), case.lived().coverage.unwrap()] {
            prop_assert!((low..=high).contains(&coverage), "{coverage} {interval:?}");
        }
    }

    #[test]
    fn the_order_in_which_arrivals_and_losses_are_told_does_not_matter(
        (case, shuffled) in case(&[StockChange::Arrival, StockChange::Loss]).prop_flat_map(|case| {
            let shuffled = Just(case.events.clone()).prop_shuffle();
            (Just(case), shuffled)
        }),
    ) {
        let told = Case { events: shuffled, ..case.clone() };
        let (told, case) = (told.lived(), case.lived());
        prop_assert!((told.served.unwrap() - case.served.unwrap()).abs() < 1e-6);
        prop_assert!((told.excess_loss.unwrap() - case.excess_loss.unwrap()).abs() < 1e-6);
    }
}
