//! An outlook in sentences: how the days follow from the figures, and what a reader must not overlook.

use super::OutlookStatus;
use crate::assess::holding::Sector;
use crate::assess::stock::LOW_RATION;
use crate::domain::stock::RationPolicy;
use crate::situation::coverage::whole_days;
use crate::situation::supply::AreaSupply;
use crate::situation::supply::stock::Counted;
use crate::situation::world::Situation;

/// How the days follow from the figures.
pub(super) fn formula(supply: &AreaSupply<'_>) -> String {
    let need = match supply.sector {
        Sector::Food => "people × the share of 2,100 kcal that they eat",
        Sector::Water => "people × the share of 15 L that they use",
        Sector::Health => "people who can be treated from it",
        Sector::Fuel => "litres burnt each day",
    };
    let store = if supply.counted.is_some() {
        "what was counted, and what arrived since, less what was destroyed, used, lost in handling and diverted"
    } else {
        "only what is known to have arrived, less what was used, lost in handling and diverted"
    };
    let how = match supply.policy {
        RationPolicy::Full => "",
        RationPolicy::Constant => " People eat the same share every day.",
        RationPolicy::Threshold => {
            " People eat all they need while there is enough, and a share when it becomes little."
        }
    };
    format!(
        "Days left = what is in store ÷ ({need} − what comes in by itself each day). In store is {store}.{how}"
    )
}

/// What a reader must not overlook.
pub(super) fn notes(
    situation: &Situation,
    supply: &AreaSupply<'_>,
    status: OutlookStatus,
) -> Vec<String> {
    let mut notes = Vec::new();
    let flags = flags(situation, supply);
    let has = |flag: &str| flags.contains(&flag);
    if status == OutlookStatus::UnknownStock {
        notes.push(NOT_COUNTED.to_owned());
    }
    if has("one_holder") {
        notes.push(ONE_HOLDER.replace("{}", &holder(supply)));
    }
    if let Some(counted) = &supply.counted {
        let age = whole_days(counted.at, situation.as_of);
        if has("stale_count") {
            notes.push(STALE_COUNT.replace("{}", &format!("{age:.0}")));
        }
    }
    for (flag, sentence) in SENTENCES {
        if has(flag) {
            notes.push((*sentence).to_owned());
        }
    }
    if status == OutlookStatus::Dated {
        let condition = if supply.planned.is_empty() { NO_CONVOY } else { PLANNED_CONVOYS };
        notes.push(condition.to_owned());
    }
    notes
}

const NOT_COUNTED: &str = "Nobody is known to have counted what is in store. The day given is the earliest: it rests on known deliveries alone.";
const ONE_HOLDER: &str = "This rests on what one organisation ({}) holds: it is a floor on the date, not a forecast. What others and families hold is not in it.";
const STALE_COUNT: &str = "The count is {} days old.";
const NO_CONVOY: &str = "The days hold if no further convoy arrives.";
const PLANNED_CONVOYS: &str =
    "The days hold if the planned convoys arrive as planned and no other does.";

/// Every sentence that a note can be; `{}` stands for a name or a number.
pub fn all_notes() -> impl Iterator<Item = &'static str> {
    [NOT_COUNTED, ONE_HOLDER, STALE_COUNT, NO_CONVOY, PLANNED_CONVOYS]
        .into_iter()
        .chain(SENTENCES.iter().map(|(_, sentence)| *sentence))
}

const SENTENCES: &[(&str, &str)] = &[
    (
        "stale_inflow",
        "What comes in by itself was told long ago; if it has stopped, it runs out earlier.",
    ),
    (
        "counts_may_overlap",
        "Several organisations counted what they hold and may have counted the same food: the least is the largest count, the most is their sum.",
    ),
    (
        "unknown_inflow",
        "What comes in by itself (own production, trade, smuggling) is not known and is taken as nothing; it may last longer.",
    ),
    (
        "unknown_arrivals",
        "Something arrived of which it is not known how much came here; it is not counted, so it may last longer.",
    ),
    (
        "unknown_losses",
        "Something was destroyed of which it is not known how much was lost here: between nothing and all there was.",
    ),
    (
        "assumed_ration",
        "The energy of the rations in store is not told: between the ration of the programme and 2,100 kcal.",
    ),
    (
        "assumed_cargo",
        "For some arrivals the sources only say for how many people they were; the ration of the programme was assumed.",
    ),
    (
        "open_population",
        "Nobody gave an upper end for the number of people, so that there is no early day: the more there are, the earlier it runs out.",
    ),
    ("low_ration", "People are taken to eat less than half of what they need."),
    (
        "counts_in_words",
        "Some statements of stocks are in words or in units that cannot be counted; they are listed among the inputs.",
    ),
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
fn holder(supply: &AreaSupply<'_>) -> String {
    let first = supply.counted.iter().flat_map(|counted| &counted.counts).next();
    let owners = first.map(|(row, _)| &row.record.owner[..]).unwrap_or_default();
    let names: Vec<String> = owners.iter().map(ToString::to_string).collect();
    names.join(", ")
}
