//! A line as it is kept for the funnel: small, since a million convoys are held in memory.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::{Arc, LazyLock};

use serde::Serialize;

use super::Told;
use crate::assess::cargo::{CargoKind, CargoLine, delivered_qty, line_person_days};
use crate::assess::commodity::{self, Commodity, commodity, unit_scale};
use crate::assess::delivery::{cargo_line, kg_per_unit_told};
use crate::domain::Line;

/// What a line holds, and what one unit of it is worth.
#[derive(Debug, Clone, PartialEq)]
pub struct Goods {
    /// Its code, or what the source calls it where the table does not have it.
    pub commodity: Cow<'static, str>,
    /// Its row in the table; `None` for what the table does not have.
    pub listed: Option<&'static Commodity>,
    /// The unit its quantities are kept in; `None` where nobody told.
    pub unit: Option<Cow<'static, str>>,
    /// Weight of one unit, kg.
    pub kg_per_unit: Option<f64>,
    /// Person-days of food in one unit, 2,100 kcal each.
    pub food_person_days_per_unit: Option<f64>,
    /// Is it food?
    pub is_food: bool,
    /// Is it one of the table as it stands there, and so shared by all lines of it?
    pub is_shared: bool,
}

/// The goods of the table in their own units: lines share them.
static LISTED: LazyLock<HashMap<&'static str, Arc<Goods>>> = LazyLock::new(|| {
    let goods = |one: &'static Commodity| {
        let kg = if one.unit == "kg" { Some(1.0) } else { one.kg_per_unit };
        let unit = Some(Cow::Borrowed(one.unit.as_str()));
        let code = Cow::Borrowed(one.code.as_str());
        let own = Goods::of(code, Some(one), unit, kg, one.cargo_kind());
        (one.code.as_str(), Arc::new(Goods { is_shared: true, ..own }))
    };
    commodity::all().map(goods).collect()
});

impl Goods {
    fn of(
        commodity: Cow<'static, str>,
        listed: Option<&'static Commodity>,
        unit: Option<Cow<'static, str>>,
        kg_per_unit: Option<f64>,
        kind: CargoKind,
    ) -> Self {
        let is_food = matches!(kind, CargoKind::BulkFood { .. } | CargoKind::Parcel { .. });
        let worth = line_person_days(&CargoLine::loaded(kind, 1.0)).filter(|_| is_food);
        let food_person_days_per_unit = worth;
        let is_shared = false;
        Self { commodity, listed, unit, kg_per_unit, food_person_days_per_unit, is_food, is_shared }
    }

    /// The goods of a line; those of the table where the line says nothing else of itself.
    fn of_line(line: &Line) -> Arc<Self> {
        let told = line.commodity.as_str();
        let listed = commodity(told);
        let scale = unit_scale(line);
        let own = listed.filter(|_| scale.is_some()).map(|c| Cow::Borrowed(c.unit.as_str()));
        let given = || line.unit.as_ref().map(|unit| Cow::Owned(unit.as_str().to_lowercase()));
        let kg = kg_per_unit_told(line).map(|kg| kg / scale.unwrap_or(1.0));
        let code =
            listed.map_or_else(|| Cow::Owned(told.to_owned()), |c| Cow::Borrowed(c.code.as_str()));
        let mut goods = Self::of(code, listed, own.or_else(given), kg, cargo_line(line).kind);
        // Flour in bags of unknown weight is still food; only how much is unknown.
        goods.is_food |= listed.is_some_and(|c| c.kind == "bulk_food" || c.kind == "parcel");
        let shared = listed.and_then(|c| LISTED.get(c.code.as_str()));
        let told_own = Self { is_shared: true, ..goods };
        match shared {
            Some(shared) if **shared == told_own => Arc::clone(shared),
            _ => Arc::new(Self { is_shared: false, ..told_own }),
        }
    }

    /// The sector it belongs to; `None` for what the table does not have.
    #[must_use]
    pub fn sector(&self) -> Option<&'static str> {
        self.listed.map(|c| c.sector.as_str())
    }

    /// How it is counted, as the table has it.
    #[must_use]
    pub fn kind(&self) -> Option<&'static str> {
        self.listed.map(|c| c.kind.as_str())
    }
}

/// What was taken off a line, by whom, where, why.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct Taken {
    /// How much, in the unit of the goods; `None` where nobody told.
    pub quantity: Option<f64>,
    /// Where.
    pub place: Option<Box<str>>,
    /// The code of the party.
    pub authority: Option<Box<str>>,
    /// Why, as given.
    pub reason: Option<Box<str>>,
}

/// A line as it is kept: its goods, the numbers that are told, and what was taken off.
#[derive(Debug, Clone, PartialEq)]
pub struct FlowLine {
    /// What it holds.
    pub goods: Arc<Goods>,
    /// Which of the ten numbers are told, one bit each.
    known: u16,
    /// Those that are, in order.
    numbers: Box<[f64]>,
    /// What was taken off. All of it: what nobody claims to have taken stands here without an authority.
    pub taken: Box<[Taken]>,
}

impl FlowLine {
    /// As it is kept, in the unit of its goods where that can be told.
    #[must_use]
    pub fn of(line: &Line) -> Self {
        let scale = unit_scale(line).unwrap_or(1.0);
        let taken: Box<[Taken]> = takings(line, scale).into();
        let told = [
            line.requested,
            line.approved,
            line.loaded,
            taken_off_at_least(line),
            line.intercepted,
            line.lost,
            line.damaged,
            line.returned,
            line.delivered,
            line.in_transit,
        ];
        let bits = told.iter().enumerate().filter(|(_, number)| number.is_some());
        let known = bits.fold(0, |known, (place, _)| known | (1 << place));
        let numbers = told.into_iter().flatten().map(|number| number * scale).collect();
        Self { goods: Goods::of_line(line), known, numbers, taken }
    }

    /// What the sources tell of it.
    #[must_use]
    pub fn told(&self) -> Told {
        let mut numbers = self.numbers.iter().copied();
        let mut next = 0..;
        let mut number = || {
            let is_known = next.next().is_some_and(|place: u16| self.known & (1 << place) != 0);
            if is_known { numbers.next() } else { None }
        };
        Told {
            requested: number(),
            approved: number(),
            loaded: number(),
            removed: number(),
            intercepted: number(),
            lost: number(),
            damaged: number(),
            returned: number(),
            delivered: number(),
            in_transit: number(),
        }
    }

    /// What arrives of it: the reported delivery, but never more than is left; unknown where neither is told.
    #[must_use]
    pub fn arriving(&self) -> Option<f64> {
        let told = self.told();
        let losses = [told.intercepted, told.lost, told.damaged, told.returned];
        let lost = losses.iter().any(Option::is_some).then(|| losses.into_iter().flatten().sum());
        let (loaded, removed, delivered) = (told.loaded, told.removed, told.delivered);
        let line = CargoLine { kind: CargoKind::Other, loaded, removed, lost, delivered };
        delivered_qty(&line).quantity
    }

    /// By how much the single removals add up to more than what is told to have been removed.
    #[must_use]
    pub fn removals_beyond(&self) -> Option<f64> {
        let listed = self.taken.iter().filter_map(|taken| taken.quantity).fold(0.0, |a, b| a + b);
        let beyond = listed - self.told().removed.unwrap_or(0.0);
        (beyond > super::ROUNDING * listed).then_some(beyond)
    }
}

/// What was taken off, at least: as stated, else what is known of the single removals.
///
/// # Units
///
/// The unit of the line.
///
/// # Source
///
/// SPEC §1: what is known to be gone was not delivered.
#[must_use]
pub(in crate::assess) fn taken_off_at_least(line: &Line) -> Option<f64> {
    let known = line.removals.iter().filter_map(|removal| removal.quantity);
    line.removed.or_else(|| known.reduce(|sum, quantity| sum + quantity))
}

/// The single removals. Where the whole is told and one of them is not, that one is the rest; what none of them
/// explains was taken by nobody knows whom.
fn takings(line: &Line, scale: f64) -> Vec<Taken> {
    let boxed = |text: &str| Box::from(text);
    let mut taken: Vec<Taken> = line
        .removals
        .iter()
        .map(|removal| Taken {
            quantity: removal.quantity.map(|quantity| quantity * scale),
            place: removal.place.as_ref().map(|text| boxed(text.as_str())),
            authority: removal.authority.as_ref().map(|code| boxed(code.as_str())),
            reason: removal.reason.as_ref().map(|text| boxed(text.as_str())),
        })
        .collect();
    let Some(removed) = line.removed.map(|removed| removed * scale) else { return taken };
    let listed = taken.iter().filter_map(|one| one.quantity).fold(0.0, |sum, one| sum + one);
    let rest = removed - listed;
    let mut open: Vec<&mut Taken> = taken.iter_mut().filter(|one| one.quantity.is_none()).collect();
    if let [one] = &mut open[..] {
        one.quantity = Some(rest.max(0.0));
    } else if rest > super::ROUNDING * removed {
        taken.push(Taken { quantity: Some(rest), ..Taken::default() });
    }
    taken
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Convoy, Kind, draft, typed};

    fn line(body: &serde_json::Value) -> FlowLine {
        let convoy = serde_json::json!({ "mode": "cross_line", "date": "2016-07-26", "source": "s",
            "drops": [{ "areas": ["X"], "lines": [body] }] });
        let convoy: Convoy = typed(&draft(Kind::Convoy, &convoy).unwrap().body).unwrap();
        FlowLine::of(&convoy.drops[0].lines[0])
    }

    fn quantities(line: &FlowLine) -> Vec<(Option<f64>, Option<&str>)> {
        line.taken.iter().map(|taken| (taken.quantity, taken.authority.as_deref())).collect()
    }

    #[test]
    fn tonnes_are_kept_as_kilograms_and_bags_of_unknown_weight_as_bags() {
        let flour = |unit: &str| {
            line(
                &serde_json::json!({ "commodity": "flour", "unit": unit, "requested": 9, "loaded": 6, "in_transit": 2 }),
            )
        };
        let (tonnes, bags) = (flour("t"), flour("bag"));
        assert_eq!((tonnes.told().loaded, tonnes.goods.kg_per_unit), (Some(6_000.0), Some(1.0)));
        assert_eq!((tonnes.told().removed, tonnes.told().in_transit), (None, Some(2_000.0)));
        assert_eq!((bags.told().loaded, bags.goods.unit.as_deref()), (Some(6.0), Some("bag")));
        assert_eq!((bags.goods.kg_per_unit, bags.goods.food_person_days_per_unit), (None, None));
        assert!(bags.goods.is_food, "flour is food, however little is known of the bag");
    }

    #[test]
    fn lines_of_the_table_share_one_description() {
        let (a, b) = (
            line(&serde_json::json!({ "commodity": "rice", "loaded": 5 })),
            line(&serde_json::json!({ "commodity": "rice", "loaded": 5, "unit": "t" })),
        );
        assert!(Arc::ptr_eq(&a.goods, &b.goods));
        let own = line(&serde_json::json!({ "commodity": "rice", "kcal_per_100g": 300 }));
        assert!(!Arc::ptr_eq(&a.goods, &own.goods));
        assert!(size_of::<FlowLine>() <= 56, "{}", size_of::<FlowLine>());
    }

    #[test]
    fn the_one_removal_that_is_not_told_is_the_rest_and_what_none_explains_has_no_authority() {
        let of = |removals: serde_json::Value| {
            line(
                &serde_json::json!({ "commodity": "rice", "loaded": 900, "removed": 600, "removals": removals }),
            )
        };
        let one =
            of(serde_json::json!([{ "authority": "a", "quantity": 100 }, { "authority": "b" }]));
        assert_eq!(quantities(&one), [(Some(100.0), Some("a")), (Some(500.0), Some("b"))]);
        let rest = of(serde_json::json!([{ "authority": "a", "quantity": 100 }]));
        assert_eq!(quantities(&rest), [(Some(100.0), Some("a")), (Some(500.0), None)]);
        let more = of(serde_json::json!([{ "authority": "a", "quantity": 700 }]));
        assert_eq!((more.told().removed, more.removals_beyond()), (Some(600.0), Some(100.0)));
    }

    #[test]
    fn of_removals_that_are_told_in_part_at_least_that_part_is_gone() {
        let removals = serde_json::json!([{ "quantity": 100 }, { "authority": "b" }]);
        let line =
            line(&serde_json::json!({ "commodity": "rice", "loaded": 900, "removals": removals }));
        assert_eq!(line.told().removed, Some(100.0));
        assert_eq!(quantities(&line), [(Some(100.0), None), (None, Some("b"))]);
    }
}
