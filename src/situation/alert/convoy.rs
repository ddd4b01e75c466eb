//! Rules about convoys: late, refused, robbed of goods, or too good to be true.

use std::collections::HashMap;

use super::view::View;
use super::{Alert, Rule, Severity, Subject, alert, area_names, hours, pause_ending, stalled};
use crate::assess::commodity::Medical;
use crate::assess::delivery::{ConvoyFacts, DropFlag};
use crate::domain::{Kind, Moment, Saying, Stage};
use crate::situation::coverage::days_between;
use crate::situation::standards::Standards;
use crate::situation::table::Known;
use crate::situation::world::Situation;

pub(super) fn find(view: &View<'_>, found: &mut Vec<Alert>) {
    let situation = view.situation;
    let news_from = super::news_from(situation, view.standards);
    let people = largest_populations(situation);
    let pauses = pause_ending::in_force(view);
    let mut inside = Vec::new();
    for convoy in situation.world.convoys.iter() {
        found.extend(overdue(view, convoy));
        found.extend(stalled::find(view, &pauses, convoy));
        found.extend(refused(situation, view.standards, convoy));
        let happened = convoy.record.happened().map(Moment::start);
        if happened.is_some_and(|at| (news_from..=situation.as_of).contains(&at)) {
            found.extend(items_removed(view, convoy));
            found.extend(over_delivery(&people, convoy));
        }
        found.extend(attacked(situation, view.standards, convoy));
        if !pauses.is_empty() && pause_ending::is_inside(view, &convoy.record) {
            inside.push(&**convoy);
        }
    }
    pause_ending::find(view, &pauses, &inside, found);
}

fn subject(convoy: &Known<ConvoyFacts>) -> Subject {
    Subject { kind: Kind::Convoy, code: convoy.code.to_string(), name: None }
}

pub(super) fn begun(
    rule: Rule,
    severity: Severity,
    convoy: &Known<ConvoyFacts>,
    said: Vec<Saying>,
) -> Alert {
    alert(rule, severity, subject(convoy), said)
        .in_areas(convoy.record.areas())
        .resting_on(Kind::Convoy, convoy)
        .citing(&convoy.record.sources)
}

/// A sentence about a convoy and where it goes.
pub(super) fn about(say: &str, view: &Situation, convoy: &Known<ConvoyFacts>) -> Saying {
    let to = area_names(view, convoy.record.areas());
    Saying::of(say).text("convoy", &*convoy.code).with("to", to)
}

/// A sentence about a convoy and its stage.
fn at_stage(saying: Saying, stage: Stage) -> Saying {
    let word = Saying::of(format!("stage-{stage}"));
    saying.case("stage", stage.as_str()).part("stage_word", word)
}

/// The planned arrival is past, and it has not arrived; nobody stopped it or gave it up either.
fn overdue(view: &View<'_>, convoy: &Known<ConvoyFacts>) -> Option<Alert> {
    let situation = view.situation;
    let eta = convoy.record.eta?.end();
    let stage = convoy.record.stage_at(situation.as_of);
    let waits = !stage.has_arrived()
        && !stage.is_over()
        && !stage.was_refused()
        && stage != Stage::Postponed;
    let late_hours = days_between(eta, situation.as_of) * 24.0;
    if !waits || late_hours <= 0.0 {
        return None;
    }
    let threshold = view.least(convoy.record.areas(), |lines| lines.convoy_overdue_hours);
    if late_hours <= threshold {
        return None;
    }
    let high = view.least(convoy.record.areas(), |lines| lines.convoy_overdue_high_hours);
    let severity = if late_hours > high { Severity::High } else { Severity::Medium };
    let said = about("alert-overdue", situation, convoy).number("hours", late_hours);
    Some(
        begun(Rule::ConvoyOverdue, severity, convoy, vec![at_stage(said, stage)])
            .number("hours_late", late_hours)
            .number("threshold_hours", threshold)
            .number("stage", stage.as_str())
            .since(Some(eta + hours(threshold))),
    )
}

/// Its last move is a refusal.
fn refused(
    situation: &Situation,
    standards: &Standards,
    convoy: &Known<ConvoyFacts>,
) -> Option<Alert> {
    let (stage, at) = convoy.record.moves_by(situation.as_of).last()?;
    if !stage.was_refused() || at.start() < super::news_from(situation, standards) {
        return None;
    }
    let how = if *stage == Stage::Denied { "denied" } else { "turned_back" };
    let said = about("alert-denied", situation, convoy).case("how", how);
    Some(
        begun(Rule::ConvoyDenied, Severity::High, convoy, vec![on_day(said, convoy, *at)])
            .number("stage", stage.as_str())
            .since(Some(at.start())),
    )
}

/// It was attacked or looted on the way; incidents that name it are another rule's file.
fn attacked(
    situation: &Situation,
    standards: &Standards,
    convoy: &Known<ConvoyFacts>,
) -> Option<Alert> {
    let news_from = super::news_from(situation, standards);
    let (stage, at) = convoy.record.moves_by(situation.as_of).find(|(stage, at)| {
        matches!(stage, Stage::Attacked | Stage::Looted) && at.start() >= news_from
    })?;
    let said = at_stage(about("alert-attacked", situation, convoy), *stage);
    Some(
        begun(Rule::ConvoyAttacked, Severity::Critical, convoy, vec![on_day(said, convoy, *at)])
            .number("stage", stage.as_str())
            .since(Some(at.start())),
    )
}

/// A share of the weight, or anything medical, was taken off.
fn items_removed(view: &View<'_>, convoy: &Known<ConvoyFacts>) -> Option<Alert> {
    let cargo = || convoy.record.drops.iter().map(|drop| &drop.cargo);
    let share = cargo().filter_map(|cargo| cargo.removed_share).reduce(f64::max);
    let medical = cargo().filter_map(|cargo| cargo.removed_medical).max();
    if share.is_none() && medical.is_none() {
        return None;
    }
    let threshold = view.least(convoy.record.areas(), |lines| lines.items_removed_share);
    let much = share.is_some_and(|share| share >= threshold);
    if !much && medical.is_none() {
        return None;
    }
    let high = view.least(convoy.record.areas(), |lines| lines.items_removed_high_share);
    let grave = share.is_some_and(|share| share >= high) || medical == Some(Medical::Surgical);
    let severity = if grave { Severity::High } else { Severity::Medium };
    let what = match medical {
        Some(Medical::Surgical) => "surgical",
        Some(_) => "medical",
        None => "goods",
    };
    let said = about("alert-removed", view.situation, convoy)
        .case("what", what)
        .case("known", if share.is_some() { "yes" } else { "no" })
        .number("share", share.unwrap_or_default() * 100.0);
    Some(
        begun(Rule::ItemsRemoved, severity, convoy, vec![said])
            .number("removed_share_of_kg", share)
            .number("threshold_share", threshold)
            .number("medical", medical.is_some())
            .since(convoy.record.happened().map(Moment::start)),
    )
}

/// More people reached than there are, or more off the trucks than on them.
fn over_delivery(people: &HashMap<&str, f64>, convoy: &Known<ConvoyFacts>) -> Option<Alert> {
    let flags = [DropFlag::LossesExceedLoaded, DropFlag::DeliveredExceedsImplied];
    let too_much = convoy
        .record
        .drops
        .iter()
        .any(|drop| flags.iter().any(|flag| drop.cargo.flags.contains(flag)));
    let too_many =
        convoy.record.drops.iter().filter(|drop| drop.areas.len() == 1).find_map(|drop| {
            let reached = drop.people_reached.floor()?;
            let people = *people.get(drop.areas.first()?.as_str())?;
            (reached > people).then_some((reached, people))
        });
    let said = match too_many {
        Some((reached, people)) => {
            Saying::of("alert-over-people").number("reached", reached).number("people", people)
        }
        None if too_much => Saying::of("alert-over-goods"),
        None => return None,
    };
    let said = said.text("convoy", &*convoy.code);
    Some(
        begun(Rule::OverDelivery, Severity::Low, convoy, vec![said])
            .number("people_reached", too_many.map(|(reached, _)| reached))
            .number("highest_population", too_many.map(|(_, people)| people))
            .since(convoy.record.happened().map(Moment::start)),
    )
}

/// The highest estimate of people in each area, by the day of the situation.
fn largest_populations(situation: &Situation) -> HashMap<&str, f64> {
    let mut largest = HashMap::new();
    for row in situation.world.populations.iter() {
        let of_area =
            row.record.area.as_ref().filter(|_| row.record.date.start() <= situation.as_of);
        if let (Some(area), Some(people)) = (of_area, row.record.people.ceiling()) {
            let kept = largest.entry(area.as_str()).or_insert(people);
            *kept = people.max(*kept);
        }
    }
    largest
}

/// A sentence with the day of a move, no finer than the convoy's dates are known.
fn on_day(saying: Saying, convoy: &Known<ConvoyFacts>, at: Moment) -> Saying {
    saying.day("day", at.start().date_naive(), Some(convoy.record.date_precision))
}
