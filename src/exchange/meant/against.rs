//! What speaks against what in an area: codes of units against each other, against its country, against where it lies.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use serde_json::Value;

use super::super::problem::RowProblem;
use super::known::{Meant, UNITS};
use crate::atlas::{Atlas, Unit, near};
use crate::domain::boundary::key;
use crate::domain::door::Door;
use crate::domain::{Outline, Place, Pointer, Problems, country};
use crate::store::{Store, StoreError, StoreResult};

const METRES_PER_KM: f64 = 1_000.0;

/// The units of all countries in their newest releases; `None` where there are none.
pub(super) async fn atlas(store: &dyn Store) -> StoreResult<Option<Atlas>> {
    let known = store.boundaries().await?;
    let draw = move || {
        let units: Vec<Arc<Unit>> = known.into_iter().filter_map(Unit::of).map(Arc::new).collect();
        let newest = units.iter().map(|unit| unit.boundary().valid_from).max();
        newest.map(|day| Atlas::of(&units, day, DateTime::<Utc>::MAX_UTC))
    };
    let drawn = tokio::task::spawn_blocking(draw).await;
    drawn.map_err(|fault| StoreError::Backend(Box::new(fault)))
}

fn text<'b>(body: &'b Value, field: &str) -> Option<&'b str> {
    body.get(field).and_then(Value::as_str).map(str::trim).filter(|text| !text.is_empty())
}

/// The fields with P-codes that are filled in.
fn codes(body: &Value) -> impl Iterator<Item = (&'static str, &str)> {
    let fields = UNITS.iter().map(|(field, _)| *field).chain(["pcode"]);
    fields.filter_map(|field| Some((field, text(body, field)?)))
}

impl Meant {
    /// The first code that lies in another unit than the area says; none where somebody accepted it for itself.
    pub(super) fn against_each_other(
        &self,
        body: &Value,
        at: &impl Fn(String) -> RowProblem,
    ) -> Option<RowProblem> {
        codes(body).filter(|(_, code)| !self.accepts(code, code)).find_map(|(field, code)| {
            let unit = self.units.unit(code)?;
            let others = UNITS.iter().filter(|(other, level)| *other != field && *level <= unit.level);
            let mut wrong = others.filter_map(|(other, level)| {
                let (said, right) = (text(body, other)?, self.units.above(code, *level)?);
                (key(said) != key(&right.code)).then_some((*other, said, right))
            });
            let (other, said, right) = wrong.next()?;
            let is = if right == unit {
                format!("is the unit {}", unit.shown())
            } else {
                format!("is the unit {} in {}", unit.shown(), right.shown())
            };
            let reason = format!(
                "{is}, and {other} is {said}: one of them is wrong; correct it, or accept {code}={code}"
            );
            Some(RowProblem { reason, ..at(format!("/{field}")) }.with_value(code))
        })
    }

    /// The codes that begin with the letters of another country.
    pub(super) fn against_country(
        &self,
        body: &Value,
        at: &impl Fn(String) -> RowProblem,
    ) -> Vec<RowProblem> {
        let Some(said) = text(body, "country").and_then(country::iso3) else { return Vec::new() };
        let other = |code: &str| country::of_pcode(code).filter(|of| *of != said);
        let wrong = codes(body).filter(|(_, code)| !self.accepts(code, code));
        wrong
            .filter_map(|(field, code)| {
                let reason = format!("is a code of {}, and country is {said}", other(code)?);
                Some(RowProblem { reason, ..at(format!("/{field}")) }.with_value(code))
            })
            .collect()
    }
}

/// The first unit that an area says it lies in, and does not by its position. What is recorded counts.
pub(super) fn against_position(
    atlas: &Atlas,
    body: &Value,
    at: &impl Fn(String) -> RowProblem,
) -> Option<RowProblem> {
    let place = place(body)?;
    let lies_in =
        |unit: &Unit| unit.contains(place) || unit.border_m(place) < near::ON_THE_BORDER_M;
    UNITS.iter().find_map(|(field, level)| {
        let code = text(body, field)?;
        let unit = atlas.unit(code).filter(|unit| unit.boundary().level == *level)?;
        if lies_in(unit) {
            return None;
        }
        let all = atlas.containing(place);
        let other = all.into_iter().find(|unit| unit.boundary().level == *level);
        let other = other.map_or_else(String::new, |unit| format!(", in {}", shown(unit)));
        let reason = format!(
            "is {}; the position lies {:.1} km outside of it{other}. The code counts; is one of them wrong?",
            shown(unit),
            unit.border_m(place) / METRES_PER_KM
        );
        Some(RowProblem { reason, ..at(format!("/{field}")) }.with_value(code))
    })
}

fn shown(unit: &Unit) -> String {
    let own = unit.boundary();
    format!("{} {}", own.pcode, own.names.any()).trim_end().to_owned()
}

/// Where an area lies: its position, else the middle of its outline.
fn place(body: &Value) -> Option<Place> {
    let mut problems = Problems::default();
    if let Some(position) = body.get("position").filter(|position| !position.is_null()) {
        return Place::open(position, &Pointer::Root, &mut problems);
    }
    Outline::open(body.get("outline")?, &Pointer::Root, &mut problems)?.centre()
}
