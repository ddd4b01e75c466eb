//! The use of a pause in sentences.

use super::way::Way;
use super::{Next, Used, WEEK_DAYS};
use crate::assess::throughput::bound::Binding;
use crate::domain::pause::{Answer, PauseType};
use crate::domain::{Called, Moment, Pause, Saying, Told};
use crate::report::pause::PauseRow;
use crate::report::words::UNNAMED_PARTIES;
use crate::situation::plan::ToldPlan;

/// The pauses of which nobody knows when they begin; what is the same of all is said once.
pub(super) fn undated(ahead: &[&Next<'_>]) -> Saying {
    let title = |next: &&Next<'_>| Saying::of("pause-quoted").text("pause", &next.row.title);
    let with = |pauses: Vec<Saying>, consent: Saying| {
        let pauses = Told::Together(pauses);
        Saying::of("pause-with-consent").with("pauses", pauses).part("consent", consent)
    };
    let consents: Vec<Saying> = ahead.iter().map(|next| consent(next.row)).collect();
    let is_one = consents.iter().all(|one| Some(one) == consents.first());
    let named = if is_one {
        let titles: Vec<Saying> = ahead.iter().map(title).collect();
        consents.into_iter().take(1).map(|consent| with(titles.clone(), consent)).collect()
    } else {
        let each = ahead.iter().map(title).zip(consents);
        each.map(|(title, consent)| with(vec![title], consent)).collect()
    };
    #[expect(clippy::cast_precision_loss, reason = "pauses stay far below 2^53")]
    let count = ahead.len() as f64;
    Saying::of("pause-undated").number("count", count).with("named", Told::Apart(named))
}

/// How far everybody agrees. Agreed by one party is not agreed.
pub(super) fn consent(row: &PauseRow) -> Saying {
    let verb = if row.pause_type == PauseType::Requested { "asked" } else { "announced" };
    let party = |name: &String| match name.as_str() {
        UNNAMED_PARTIES => Saying::of("unnamed-parties"),
        name => Saying::of("party").name("party", Called::only(name)),
    };
    if row.silent.is_empty() {
        let is = row.answers.iter().any(|a| a.answer == Answer::AgreedWithConditions);
        let conditions = if is { "yes" } else { "no" };
        return Saying::of("consent-agreed").case("verb", verb).case("conditions", conditions);
    }
    let parties = Told::Apart(row.silent.iter().map(party).collect());
    Saying::of("consent-open").case("verb", verb).with("parties", parties)
}

/// What gets in, what keeps it from being more, whom it feeds, who gets it.
pub(super) fn sentences(ways: &[Way], capacity: f64, used: &Used, plan: &ToldPlan) -> Vec<Saying> {
    let most = ways.iter().reduce(|most, way| if way.loads > most.loads { way } else { most });
    let held = Saying::of(match most.and_then(|way| way.bottleneck) {
        Some(Binding::Checkpoint) => "held-checkpoint",
        Some(Binding::Fleet) => "held-fleet",
        Some(Binding::Offloading) => "held-offloading",
        Some(Binding::WindowTooShort) | None => "held-short",
    });
    if capacity < 1.0 {
        return vec![Saying::of("pause-no-load").part("held", held)];
    }
    let gets_in = Saying::of("pause-use")
        .number("count", capacity)
        .part("held", held)
        .case("limited", if used.loads < capacity { "need" } else { "all" })
        .number("days", plan.horizon_days)
        .part("needed", Saying::of("truckloads").number("count", used.loads))
        .number("tonnes", used.tonnes)
        .number("people", (used.person_days / WEEK_DAYS).floor());
    let told = plan.told.iter().flat_map(|told| [told.gets.clone(), told.because.clone()]);
    std::iter::once(gets_in).chain(told).collect()
}

/// What was assumed of its times.
pub(super) fn assumed(pause: &Pause) -> Vec<Saying> {
    let is_assumed = pause.start_local.is_none() && pause.start.is_some_and(Moment::is_day);
    is_assumed.then(|| Saying::of("pause-midnight")).into_iter().collect()
}
