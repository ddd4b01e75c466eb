//! The use of a pause in sentences.

use super::way::Way;
use super::{Next, Used, WEEK_DAYS};
use crate::assess::throughput::bound::Binding;
use crate::domain::pause::{Answer, PauseType};
use crate::domain::{Moment, Pause};
use crate::report::pause::PauseRow;
use crate::report::words::{number, several};
use crate::situation::plan::ToldPlan;

/// The pauses of which nobody knows when they begin; what is the same of all is said once.
pub(super) fn undated(ahead: &[&Next<'_>]) -> String {
    let title = |next: &&Next<'_>| format!("“{}”", next.row.title);
    let mut consents: Vec<String> = ahead.iter().map(|next| consent(next.row)).collect();
    if consents.iter().all(|one| Some(one) == consents.first()) {
        consents.truncate(1);
    }
    let named = if let [one] = &consents[..] {
        let titles: Vec<String> = ahead.iter().map(title).collect();
        format!("{} ({one})", titles.join(" and "))
    } else {
        let each = ahead.iter().zip(&consents);
        each.map(|(next, consent)| format!("{} ({consent})", title(next)))
            .collect::<Vec<_>>()
            .join("; ")
    };
    let how_many = if ahead.len() == 1 { "One pause is" } else { "Several pauses are" };
    format!(
        "{how_many} open: {named}. It is not known when one begins next, so that its best use cannot be told. To tell \
         it, record the beginning, and the logistics of its areas."
    )
}

/// How far everybody agrees. Agreed by one party is not agreed.
pub(super) fn consent(row: &PauseRow) -> String {
    let verb = if row.pause_type == PauseType::Requested { "asked for" } else { "announced" };
    if row.silent.is_empty() {
        let conditions = row.answers.iter().any(|a| a.answer == Answer::AgreedWithConditions);
        let conditions = if conditions { ", on conditions" } else { "" };
        return format!("{verb}, agreed by all who must agree{conditions}");
    }
    format!("{verb}, not agreed: no answer is known from {}", row.silent.join("; "))
}

/// What gets in, what keeps it from being more, whom it feeds, who gets it.
pub(super) fn sentences(ways: &[Way], capacity: f64, used: &Used, plan: &ToldPlan) -> String {
    let fed = (used.person_days / WEEK_DAYS).floor();
    let most = ways.iter().reduce(|most, way| if way.loads > most.loads { way } else { most });
    let held_up = match most.and_then(|way| way.bottleneck) {
        Some(Binding::Checkpoint) => "the lanes of the checkpoint keep it from being more",
        Some(Binding::Fleet) => "the number of trucks keeps it from being more",
        Some(Binding::Offloading) => "unloading keeps it from being more",
        Some(Binding::WindowTooShort) | None => "the pause is too short for one round trip",
    };
    if capacity < 1.0 {
        return format!("No truckload can get in: {held_up}.");
    }
    let whole = |loads: f64| several(whole_number(loads), "truckload");
    let load = if used.loads < capacity {
        format!("; the need of {} days takes {}", number(plan.horizon_days), whole(used.loads))
    } else {
        String::new()
    };
    let told: Vec<&str> = plan.told.iter().map(|told| told.sentence.as_str()).collect();
    format!(
        "If it is kept, {} can get in ({held_up}){load}: {} tonnes, a week's food for {} people. {}",
        whole(capacity),
        number(used.tonnes),
        number(fed),
        told.join(" ")
    )
}

fn whole_number(loads: f64) -> usize {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "whole loads, far below 2^53"
    )]
    let loads = loads.round() as usize;
    loads
}

/// What was assumed of its times.
pub(super) fn assumed(pause: &Pause) -> Vec<String> {
    let is_assumed = pause.start_local.is_none() && pause.start.is_some_and(Moment::is_day);
    let midnight = "The hour at which it begins is not told; local midnight is taken.";
    is_assumed.then(|| midnight.to_owned()).into_iter().collect()
}
