//! What an analyst closes by standing by the record that raised it.
//!
//! These are the rules that doubt a record, and those that only a person can close. All others close by what
//! happens: an arrival, a count, an answer. Something that is added to a record takes its confirmation away.

use super::{Alert, Evidence, Rule};
use crate::domain::Kind;
use crate::situation::world::World;

/// Takes out what was closed by a confirmation.
pub(super) fn close(world: &World, found: &mut Vec<Alert>) {
    found.retain(|alert| !(closes(alert.rule) && is_confirmed(world, alert.records.first())));
}

/// Does a confirmation of the record close an alert of this rule? `population_jump` asks the count itself.
const fn closes(rule: Rule) -> bool {
    matches!(
        rule,
        Rule::OverDelivery
            | Rule::FutureDated
            | Rule::ItemsRemoved
            | Rule::ConvoyAttacked
            | Rule::PauseViolated
            | Rule::FacilityAttacked
            | Rule::StockDestroyed
    )
}

/// Does an analyst stand by the record that raised it, which is the first it rests on?
fn is_confirmed(world: &World, raised_by: Option<&Evidence>) -> bool {
    let Some(record) = raised_by else { return false };
    let code = record.code.as_str();
    match record.kind {
        Kind::Convoy => world.convoys.get(code).is_some_and(|row| row.record.is_confirmed),
        Kind::Incident => world.incidents.get(code).is_some_and(|r| r.record.confirmed.is_some()),
        Kind::Pause => world.pauses.get(code).is_some_and(|r| r.record.confirmed.is_some()),
        Kind::Population => {
            world.populations.get(code).is_some_and(|r| r.record.confirmed.is_some())
        }
        Kind::Stock => world.stocks.get(code).is_some_and(|r| r.record.confirmed.is_some()),
        _ => false,
    }
}
