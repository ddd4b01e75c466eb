//! Takes the places away from figures whose places the reader knows only in part: what is told of two areas together
//! must never look as if it was told of the one that everybody may know.

use std::sync::Arc;

use crate::assess::delivery::ConvoyFacts;
use crate::domain::{AreaGroup, Incident};
use crate::situation::table::Table;
use crate::situation::{Known, Situation, World};

/// The same situation, in which a list of areas is empty where there are more of them in `all`, the world as it is. So
/// no row of such a figure has a place, and HAPI knows no row without one; nothing else of `all` comes into it.
#[must_use]
pub fn with_whole_places(situation: &Situation, all: &World) -> Situation {
    let mut world = World::clone(&situation.world);
    mend(&mut world.convoys, &all.convoys, convoy);
    mend(&mut world.incidents, &all.incidents, |seen, whole| {
        let is_whole = whole.is_some_and(|whole| whole.areas == seen.areas);
        (!is_whole).then(|| Incident { areas: Vec::new(), ..seen.clone() })
    });
    mend(&mut world.area_groups, &all.area_groups, |seen, whole| {
        let is_whole = whole.is_some_and(|whole| whole.areas == seen.areas);
        (!is_whole).then(|| AreaGroup { areas: Vec::new(), ..seen.clone() })
    });
    Situation { world: Arc::new(world), ..*situation }
}

/// Puts in what is mended of a record; what is compared is the same version of it.
fn mend<T>(seen: &mut Table<T>, all: &Table<T>, mended: impl Fn(&T, Option<&T>) -> Option<T>) {
    let found = seen.iter().filter_map(|row| {
        let whole = all.get(&row.code).filter(|whole| whole.version == row.version);
        let record = mended(&row.record, whole.map(|whole| &whole.record))?;
        Some(Known {
            code: row.code.clone(),
            id: row.id,
            version: row.version,
            level: row.level,
            learned_at: row.learned_at,
            record,
        })
    });
    let found: Vec<Known<T>> = found.collect();
    for row in found {
        seen.put(row);
    }
}

/// Drop by drop; where whole drops are withheld it is not known which is which.
fn convoy(seen: &ConvoyFacts, whole: Option<&ConvoyFacts>) -> Option<ConvoyFacts> {
    let whole = whole.filter(|whole| whole.drops.len() == seen.drops.len());
    let is_whole = |at: usize| {
        let drops = whole.and_then(|whole| Some((whole.drops.get(at)?, seen.drops.get(at)?)));
        drops.is_some_and(|(whole, seen)| whole.areas == seen.areas)
    };
    if (0..seen.drops.len()).all(is_whole) {
        return None;
    }
    let mut mended = seen.clone();
    for (at, drop) in mended.drops.iter_mut().enumerate() {
        if !is_whole(at) {
            drop.areas = Box::default();
        }
    }
    Some(mended)
}
