//! Where a pause is to hold, and whether another holds there too.

use std::collections::BTreeSet;

use crate::domain::{Area, Pause, Text};
use crate::situation::table::Known;
use crate::situation::world::Situation;

/// The codes of the areas of a pause, also of those in its groups.
pub(super) fn areas(situation: &Situation, pause: &Pause) -> Vec<String> {
    let own = pause.areas.iter().map(ToString::to_string);
    let groups = pause.area_groups.iter();
    let groups = groups.filter_map(|group| situation.world.area_groups.get(group.as_str()));
    let in_groups = groups.flat_map(|group| group.record.areas.iter().map(ToString::to_string));
    let mut seen = BTreeSet::new();
    own.chain(in_groups).filter(|code| seen.insert(code.clone())).collect()
}

/// The areas among `areas` in which a pause of the areas `others` holds too.
pub(super) fn shared(situation: &Situation, areas: &[String], others: &[String]) -> Vec<String> {
    let covered = |area: &&String| others.iter().any(|other| covers(situation, other, area));
    areas.iter().filter(covered).cloned().collect()
}

/// Is an area the other one, or does it hold it: by `part_of`, or as the unit of its P-codes?
pub(super) fn covers(situation: &Situation, whole: &str, part: &str) -> bool {
    /// Areas lie in areas; a circle of them must not hold anybody up.
    const DEEPEST: usize = 20;
    let Some(row) = situation.world.areas.get(whole) else { return whole == part };
    let mut at = Some(part.to_owned());
    for _ in 0..DEEPEST {
        let Some(code) = at else { return false };
        if code == whole {
            return true;
        }
        let Some(area) = situation.world.areas.get(&code) else { return false };
        if is_unit_of(row, &area.record) {
            return true;
        }
        at = area.record.part_of.as_ref().map(ToString::to_string);
    }
    false
}

/// Is the area itself the unit, or the country, that the other's P-codes name?
fn is_unit_of(unit: &Known<Area>, area: &Area) -> bool {
    let own = unit.record.pcode.as_ref().map_or(&*unit.code, Text::as_str);
    let units = [&area.admin1_pcode, &area.admin2_pcode, &area.admin3_pcode];
    let letters =
        |pcode: &str| pcode.trim_end_matches(|c: char| !c.is_ascii_alphabetic()).to_owned();
    units.into_iter().flatten().any(|pcode| {
        let pcode = pcode.as_str();
        pcode == own || (own.len() >= 2 && letters(pcode) == own)
    })
}
