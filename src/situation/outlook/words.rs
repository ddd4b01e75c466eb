//! An outlook in sentences: how the days follow from the figures, and what a reader must not overlook.

use super::OutlookStatus;
use crate::assess::stock::LOW_RATION;
use crate::domain::{Called, Saying, Told};
use crate::situation::coverage::whole_days;
use crate::situation::supply::AreaSupply;
use crate::situation::supply::stock::Counted;
use crate::situation::world::Situation;

/// How the days follow from the figures.
pub(super) fn formula(supply: &AreaSupply<'_>) -> Saying {
    let store = if supply.counted.is_some() { "counted" } else { "known" };
    Saying::of("outlook-formula")
        .part("need", Saying::of(format!("need-{}", supply.sector)))
        .case("store", store)
        .part("how", Saying::of(format!("eaten-{}", supply.policy)))
}

/// What a reader must not overlook.
pub(super) fn notes(
    situation: &Situation,
    supply: &AreaSupply<'_>,
    status: OutlookStatus,
) -> Vec<Saying> {
    let flags = flags(situation, supply);
    let has = |flag: &str| flags.contains(&flag);
    let stale = supply.counted.as_ref().filter(|_| has("stale_count")).map(|counted| {
        let age = whole_days(counted.at, situation.as_of);
        Saying::of("outlook-stale-count").number("days", age)
    });
    let holds_if =
        if supply.planned.is_empty() { "outlook-no-convoy" } else { "outlook-planned-convoys" };
    let noted = NOTED.iter().filter(|flag| has(flag));
    let uncounted = status == OutlookStatus::UnknownStock;
    let one_holder = || Saying::of("outlook-one-holder").with("holder", holder(supply));
    [
        uncounted.then(|| Saying::of("outlook-not-counted")),
        has("one_holder").then(one_holder),
        stale,
    ]
    .into_iter()
    .flatten()
    .chain(noted.map(|flag| Saying::of(format!("outlook-{flag}"))))
    .chain((status == OutlookStatus::Dated).then(|| Saying::of(holds_if)))
    .collect()
}

/// The flags that have a sentence of their own, in their order.
const NOTED: [&str; 10] = [
    "stale_inflow",
    "counts_may_overlap",
    "unknown_inflow",
    "unknown_arrivals",
    "unknown_losses",
    "assumed_ration",
    "assumed_cargo",
    "open_population",
    "low_ration",
    "counts_in_words",
];

/// What to mind, for programs.
pub(super) fn flags(situation: &Situation, supply: &AreaSupply<'_>) -> Vec<&'static str> {
    let counted = supply.counted.as_ref();
    let is_old =
        |limit: u32| counted.is_some_and(|c| whole_days(c.at, situation.as_of) > f64::from(limit));
    let is_past = |at| whole_days(at, situation.as_of) > f64::from(supply.rules.look_back_days);
    let unknown = |moved: &[super::Moved<&crate::situation::arrivals::Visit>]| {
        moved.iter().any(|moved| moved.amount.is_unknown())
    };
    let assumed_cargo = supply.arrivals.iter().any(|moved| {
        moved.record.drop().cargo.flags.contains(&crate::assess::delivery::DropFlag::AssumedCargo)
    });
    let checks = [
        ("one_holder", counted.is_some_and(Counted::is_of_one_holder) && supply.inflow.is_none()),
        ("stale_count", is_old(supply.rules.counted_together_days)),
        ("counts_may_overlap", counted.is_some_and(|c| c.counts.len() > 1)),
        ("unknown_inflow", supply.inflow.is_none()),
        ("stale_inflow", supply.inflow.is_some_and(|(row, _)| is_past(row.record.date.start()))),
        ("unknown_arrivals", unknown(&supply.arrivals) || unknown(&supply.planned)),
        ("assumed_ration", counted.is_some_and(Counted::is_assumed)),
        ("assumed_cargo", assumed_cargo),
        ("open_population", supply.people.is_some_and(|p| p.people.ceiling().is_none())),
        ("low_ration", supply.shares()[0] < LOW_RATION),
        ("unknown_losses", supply.losses.iter().any(|moved| moved.amount.is_unknown())),
        ("counts_in_words", supply.not_used.iter().any(|count| count.reason.is_unreadable())),
    ];
    checks.into_iter().filter_map(|(flag, raised)| raised.then_some(flag)).collect()
}

/// Who holds the stock.
fn holder(supply: &AreaSupply<'_>) -> Told {
    let first = supply.counted.iter().flat_map(|counted| &counted.counts).next();
    let owners = first.map(|(row, _)| &row.record.owner[..]).unwrap_or_default();
    Told::Names(owners.iter().map(|owner| Called::only(owner.as_str())).collect())
}
