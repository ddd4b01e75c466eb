//! Rules that a setting turns off: what they find is not told, and that they are off is.

use std::sync::Arc;

use super::Alert;
use crate::domain::alert::RuleSet;
use crate::domain::{Area, Called, Saying, Told};
use crate::situation::standards::Standards;
use crate::situation::table::Known;
use crate::situation::world::Situation;

/// Is its rule off wherever it is so? What touches two areas is told as long as one of them asks for it; what is in no
/// area that is known goes by what holds everywhere.
#[must_use]
pub fn is_off(situation: &Situation, standards: &Standards, alert: &Alert) -> bool {
    let off_in = |code: &String| {
        let area = situation.world.areas.get(code);
        area.map_or(standards.alert.off, |area| standards.of(area).alert.off).contains(alert.rule)
    };
    match alert.areas.as_slice() {
        [] => standards.alert.off.contains(alert.rule),
        areas => areas.iter().all(off_in),
    }
}

/// Which rules are off and where; `None` where all are on. A place with its own setting is named only to who knows an
/// area there.
#[must_use]
pub fn said(situation: &Situation, standards: &Standards) -> Option<Saying> {
    let everywhere = standards.alert.off;
    let base = (everywhere != RuleSet::default())
        .then(|| listed("rules-off-everywhere", everywhere, Called::only("")));
    let places = standards.places.single().filter_map(|(place, rules)| {
        let has_it = |area: &Arc<Known<Area>>| std::ptr::eq(standards.of(area), rules);
        (rules.alert.off != everywhere && situation.world.areas.iter().any(has_it))
            .then(|| listed("rules-off-in", rules.alert.off, situation.area_called(place)))
    });
    let parts: Vec<Saying> = base.into_iter().chain(places).collect();
    (!parts.is_empty()).then(|| Saying::of("rules-off").with("places", Told::Apart(parts)))
}

fn listed(say: &str, rules: RuleSet, place: Called) -> Saying {
    let words: Vec<Saying> = rules.iter().map(|rule| Saying::of(format!("rule-{rule}"))).collect();
    let case = if words.is_empty() { "none" } else { "some" };
    Saying::of(say).case("which", case).name("place", place).with("rules", Told::Apart(words))
}
