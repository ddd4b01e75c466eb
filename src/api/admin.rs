//! Codes of units that nobody recorded for an area, computed from where it lies, as far as the reader sees where that is.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use serde_json::{Map, Value, json};

use super::error::ApiError;
use super::{State, body, within};
use crate::atlas::{Atlas, Unit};
use crate::domain::boundary::key;
use crate::domain::door::Door;
use crate::domain::record::tidy;
use crate::domain::{Kind, Outline, Place, Pointer, Problems};
use crate::store::{Cut, Stored};

/// Where the computed codes stand in an area, beside what was recorded; not sent back.
pub(super) const ADMIN_COMPUTED: &str = "admin_computed";

/// Closer than this to a border, a computed code says how close, metres.
const NEAR_M: f64 = 1_000.0;

/// A masked place lies at most this share of a cell from the true one.
const HALF_DIAGONAL: f64 = 0.75;

const METRES_PER_KM: f64 = 1_000.0;

/// What codes are computed with.
pub(super) struct Admin {
    atlas: Arc<Atlas>,
    mask_km: f64,
}

impl Admin {
    /// For records of this kind; `None` where nothing is computed.
    pub(super) async fn of(kind: Kind, state: &State, cut: Cut) -> Result<Option<Self>, ApiError> {
        if kind != Kind::Area {
            return Ok(None);
        }
        let atlas = within::atlas(state, cut).await?;
        let mask_km = state.app.settings.gate.mask_km;
        Ok((!atlas.is_empty()).then_some(Self { atlas, mask_km }))
    }

    /// The codes of a whole record, as it is shown.
    pub(super) fn beside(&self, stored: &Stored, shown: &Value) -> Option<Value> {
        self.computed(stored, shown, 3)
    }

    /// The code of the first level alone, for a row of a list, which says no others.
    pub(super) fn in_row(&self, stored: &Stored, row: &Value) -> Option<Value> {
        self.computed(stored, row, 1)
    }

    fn computed(&self, stored: &Stored, shown: &Value, deepest: u8) -> Option<Value> {
        let is_masked = stored.seen.withheld.iter().any(|field| field == "position");
        let place = place_of(shown)?;
        let units = self.atlas.containing(place);
        let units = units.into_iter().filter(|unit| (1..=deepest).contains(&unit.boundary().level));
        let mut computed = Map::new();
        let mut last: Option<&Arc<Unit>> = None;
        for unit in units {
            let level = unit.boundary().level;
            let field = format!("admin{level}_pcode");
            let own = unit.boundary().pcode.as_str();
            if let Some(recorded) = shown[&field].as_str() {
                if key(recorded) == key(own) {
                    continue;
                }
                // What is recorded stands, and with it nothing below is computed. A masked place proves nothing.
                let conflict =
                    format!("{field} is recorded as {recorded}; the position lies in {own}");
                let said = !is_masked && deepest > 1;
                return said.then(|| json!({ "computed": true, "conflict": conflict }));
            }
            if stored.seen.withheld.contains(&field) || is_masked && !self.holds_cell(unit, place) {
                break;
            }
            computed.insert(field, own.into());
            if level < 3 && deepest > 1 {
                let name = unit.boundary().names.any();
                computed.insert(format!("admin{level}_name"), name.into());
            }
            last = Some(unit);
        }
        let unit = last?;
        computed.insert("computed".to_owned(), true.into());
        if deepest > 1 {
            let border_m = unit.border_m(place);
            let near = Some(to_ten(border_m)).filter(|_| border_m < NEAR_M && !is_masked);
            computed.insert("border_m".to_owned(), json!(near));
            computed.insert("from_masked".to_owned(), is_masked.into());
            computed.insert("valid_from".to_owned(), json!(unit.boundary().valid_from));
            computed.insert("source".to_owned(), json!(unit.known.source));
        }
        let mut computed = Value::Object(computed);
        tidy(&mut computed);
        Some(computed)
    }

    /// Of a masked place only a first-level unit is told, and only where the true place lies in it wherever it is.
    fn holds_cell(&self, unit: &Unit, place: Place) -> bool {
        let reach = self.mask_km * HALF_DIAGONAL * METRES_PER_KM;
        unit.boundary().level == 1 && unit.contains(place) && unit.border_m(place) > reach
    }
}

/// A whole record, with the codes of units that follow from where it lies.
pub(super) fn record(
    stored: &Stored,
    as_of: Option<DateTime<Utc>>,
    admin: Option<&Admin>,
) -> Result<Value, ApiError> {
    let mut record = body::record_as_of(stored, as_of)?;
    if let Some(computed) = admin.and_then(|admin| admin.beside(stored, &record)) {
        record[ADMIN_COMPUTED] = computed;
    }
    Ok(record)
}

/// A row, with the code of the first-level unit where nobody recorded one.
pub(super) fn row(stored: &Stored, admin: Option<&Admin>) -> String {
    let row = body::row(stored);
    let Some(admin) = admin else { return row };
    let Ok(mut parsed) = serde_json::from_str::<Value>(&row) else { return row };
    let Some(computed) = admin.in_row(stored, &parsed) else { return row };
    parsed[ADMIN_COMPUTED] = computed;
    parsed.to_string()
}

/// Where an area lies, as it is shown: its position, else the middle of its outline.
fn place_of(shown: &Value) -> Option<Place> {
    let mut problems = Problems::default();
    if !shown["position"].is_null() {
        return Place::open(&shown["position"], &Pointer::Root, &mut problems);
    }
    if !shown["outline"].is_object() {
        return None;
    }
    Outline::open(&shown["outline"], &Pointer::Root, &mut problems)?.centre()
}

fn to_ten(metres: f64) -> f64 {
    (metres / 10.0).round() * 10.0
}
