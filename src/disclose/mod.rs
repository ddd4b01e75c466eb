//! The gate: nothing leaves the program except through here, and it knows the reader's clearance.
//!
//! A store seals every version that it writes ([`Gate::seal`]) and shows every version that it reads through
//! [`Gate::see`]; filters, sorts and counts run on what the seal says may be seen. So whatever is computed above
//! the store (totals, coverage, alerts, reports, exports, `ETag`s) is computed from what the reader may know.
//! Pure functions: no store, no clock (`docs/decisions/0014-gate.md`).

mod embargo;
mod forget;
pub mod levels;
mod margin;
pub mod mask;
pub mod policy;
mod small;
#[cfg(test)]
mod tests;

use std::sync::Arc;

use chrono::{DateTime, Utc};
use serde_json::Value;

use self::forget::{forget, lacks};
pub use self::levels::{FieldRule, Levels};
pub use self::margin::{Members, Total};
pub use self::small::Small;
use crate::domain::{Clearance, FieldLevel, Kind, OrganisationCode, Place, Sensitivity};

/// What may be known by whom, as it is set for this deployment.
#[derive(Debug, Clone, PartialEq)]
pub struct Rules {
    /// The levels of kinds and of single fields.
    pub levels: Levels,
    /// The edge of the cells that positions are masked to, kilometres.
    pub mask_km: f64,
    /// Counts of people from 1 to one below this are suppressed.
    pub small_count: u32,
    /// Who sees such counts.
    pub small_counts_from: Sensitivity,
    /// The kinds whose counts of people are meant.
    pub small_count_kinds: Vec<Kind>,
    /// Who sees where a convoy goes and when, while it is under way.
    pub movements_from: Sensitivity,
    /// For how long after a convoy closed that stays so, hours.
    pub embargo_hours: f64,
    /// A convoy of which nothing was heard for so long counts as closed, days.
    pub embargo_forgotten_days: f64,
}

impl Default for Rules {
    /// As `config.toml` has them for a conflict.
    fn default() -> Self {
        Self {
            levels: Levels::of_a_conflict(),
            mask_km: 10.0,
            small_count: 5,
            small_counts_from: Sensitivity::Confidential,
            small_count_kinds: vec![
                Kind::Population,
                Kind::Convoy,
                Kind::AccessRequest,
                Kind::Observation,
            ],
            movements_from: Sensitivity::Confidential,
            embargo_hours: 24.0,
            embargo_forgotten_days: 7.0,
        }
    }
}

/// The gate of a deployment.
#[derive(Clone)]
pub struct Gate {
    rules: Rules,
    /// Moves the grid of the mask, so that two deployments do not share one.
    mask_key: [u8; 32],
    /// The clock that embargoes end by; without one they end by the moment that is asked about.
    watch: Option<Watch>,
}

/// Tells what time it is.
#[derive(Clone)]
pub struct Watch(Arc<dyn Fn() -> DateTime<Utc> + Send + Sync>);

impl Watch {
    /// The time is what this says.
    #[must_use]
    pub fn of(now: impl Fn() -> DateTime<Utc> + Send + Sync + 'static) -> Self {
        Self(Arc::new(now))
    }
}

impl std::fmt::Debug for Watch {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Watch")
    }
}

impl std::fmt::Debug for Gate {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Gate").field("rules", &self.rules).finish_non_exhaustive()
    }
}

/// Stands in place of words that may name what is withheld; that there are words is no secret.
pub const NOT_TOLD: &str = "withheld";

/// What is kept beside a version, so that it can be shown, filtered and counted for every reader.
#[derive(Debug, Clone, PartialEq)]
pub struct Seal {
    /// The level of the record: as given, else that of its kind.
    pub level: Sensitivity,
    /// Who sees its position as it is.
    pub place_level: Sensitivity,
    /// Its position for everybody else.
    pub masked_place: Option<Place>,
    /// Who sees all its fields, if nothing else is in the way.
    pub whole_level: Sensitivity,
    /// Until when its movements are withheld.
    pub embargo_until: Option<DateTime<Utc>>,
    /// What of it counts few people.
    pub small: Small,
}

/// A sealed version, on its way to a reader.
#[derive(Debug, Clone, PartialEq)]
pub struct Sealed {
    /// Its kind.
    pub kind: Kind,
    /// Its seal, the level raised to that of a later version where that is higher.
    pub seal: Seal,
    /// The organisation that it belongs to.
    pub owner: Option<OrganisationCode>,
    /// What of it would tell a suppressed count by subtraction.
    pub tells: Small,
    /// The records it names that the reader may not know of.
    pub hidden: Vec<(Kind, String)>,
    /// The levels that its fields were given since.
    pub raised: Vec<FieldLevel>,
    /// The second-level units it goes to, which is all that is said of a convoy under way.
    pub admin2: Vec<String>,
}

/// What a reader gets of a version.
#[derive(Debug, Clone, PartialEq)]
pub enum Sight {
    /// Nothing: for this reader it does not exist.
    Nothing,
    /// All of it.
    Whole,
    /// Some of it.
    Part(Parted),
}

/// A version of which some is withheld.
#[derive(Debug, Clone, PartialEq)]
pub struct Parted {
    /// What is left of the body.
    pub body: Value,
    /// The fields that are masked or withheld; told by the rules and not by what was in them.
    pub withheld: Vec<String>,
    /// Is it withheld because the convoy is under way?
    pub under_embargo: bool,
    /// The second-level units that such a convoy goes to, as far as they are told.
    pub admin2: Vec<String>,
}

impl Parted {
    /// A body of which nothing is withheld yet.
    const fn of(body: Value) -> Self {
        Self { body, withheld: Vec::new(), under_embargo: false, admin2: Vec::new() }
    }
}

impl Gate {
    /// A gate by these rules.
    #[must_use]
    pub const fn new(rules: Rules, mask_key: [u8; 32]) -> Self {
        Self { rules, mask_key, watch: None }
    }

    /// The same gate with a clock.
    #[must_use]
    pub fn with_watch(self, watch: Option<Watch>) -> Self {
        Self { watch, ..self }
    }

    /// When embargoes are judged by who asks about a moment: then, but not before it has come. What was recorded while
    /// the clock was ahead is known when it was set right, and ends no embargo.
    #[must_use]
    pub fn judged_at(&self, asked: DateTime<Utc>) -> DateTime<Utc> {
        self.watch.as_ref().map_or(asked, |watch| asked.min((watch.0)()))
    }

    /// The rules.
    #[must_use]
    pub const fn rules(&self) -> &Rules {
        &self.rules
    }

    /// Tells one set of rules from another: what was sealed by other rules is sealed again.
    #[must_use]
    pub fn fingerprint(&self) -> [u8; 32] {
        let mut hasher = blake3::Hasher::new_derive_key("passage gate rules v3");
        hasher.update(format!("{:?}", self.rules).as_bytes());
        *hasher.finalize().as_bytes()
    }

    /// The seal of a version: of a body with its own place and the level that it was given.
    #[must_use]
    pub fn seal(
        &self,
        kind: Kind,
        body: &Value,
        place: Option<Place>,
        given: Option<Sensitivity>,
    ) -> Seal {
        let levels = &self.rules.levels;
        let level = given.unwrap_or_else(|| levels.of_kind(kind));
        let fields = levels.of_fields(kind, body, &given_levels(body));
        let there = fields.iter().filter(|field| !body[&field.field].is_null());
        let own = there.map(|field| field.level).max().unwrap_or(Sensitivity::Public);
        let place_level = levels::of_position(&fields);
        Seal {
            level,
            place_level,
            masked_place: place
                .map(|place| mask::masked(place, self.rules.mask_km, &self.mask_key)),
            whole_level: own,
            embargo_until: embargo::until(kind, body, level, &self.rules),
            small: self.small(kind, body),
        }
    }

    /// Is it the middle of a cell, and so tells no more than the cell?
    #[must_use]
    pub fn is_masked(&self, place: Place) -> bool {
        mask::masked(place, self.rules.mask_km, &self.mask_key) == place
    }

    /// The levels of the fields of a body, by the rules and by what it says.
    #[must_use]
    pub fn levels_of(&self, kind: Kind, body: &Value) -> Vec<FieldLevel> {
        self.rules.levels.of_fields(kind, body, &given_levels(body))
    }

    fn small(&self, kind: Kind, body: &Value) -> Small {
        if self.rules.small_count_kinds.contains(&kind) {
            small::of(kind, body, self.rules.small_count)
        } else {
            Small::Not
        }
    }

    /// What of the total of a group would tell a count of few people, together with totals that share areas with it.
    #[must_use]
    pub fn told_by_totals(&self, own: &Total, others: &[Total], members: &Members) -> Small {
        if self.rules.small_count_kinds.contains(&Kind::Population) {
            margin::of(own, others, members, self.rules.small_count)
        } else {
            Small::Not
        }
    }

    /// Is the version under embargo for this reader at this moment?
    #[must_use]
    pub fn is_embargoed(&self, of: &Sealed, clearance: &Clearance, at: DateTime<Utc>) -> bool {
        clearance.level < self.rules.movements_from
            && !clearance.owns(of.owner.as_ref())
            && of.seal.embargo_until.is_some_and(|until| until > at)
    }

    /// What a reader gets of a version at a moment; `body` is asked for only where it must be looked into.
    ///
    /// # Errors
    ///
    /// Those of `body`.
    pub fn see<E>(
        &self,
        of: &Sealed,
        clearance: &Clearance,
        at: DateTime<Utc>,
        body: impl FnOnce() -> Result<Value, E>,
    ) -> Result<Sight, E> {
        if !clearance.sees(of.seal.level, of.owner.as_ref()) {
            return Ok(Sight::Nothing);
        }
        if clearance.owns(of.owner.as_ref()) {
            return Ok(Sight::Whole);
        }
        let under_embargo = self.is_embargoed(of, clearance, at);
        // Under embargo no count is told anyway.
        let counts = !under_embargo && self.hides_counts(of, clearance);
        // The position, or a field, may be closed by a later version than this one.
        let place = of.seal.masked_place.is_some() && clearance.level < of.seal.place_level;
        let is_above = |field: &FieldLevel| field.level > clearance.level;
        let fields =
            place || clearance.level < of.seal.whole_level || of.raised.iter().any(is_above);
        if !under_embargo && !counts && !fields && of.hidden.is_empty() {
            return Ok(Sight::Whole);
        }
        let mut parted = Parted::of(body()?);
        if fields {
            self.withhold_fields(of, clearance, &mut parted);
        }
        if counts {
            let all = of.tells.max(of.seal.small) == Small::All;
            small::suppress(of.kind, all, &mut parted.body, &mut parted.withheld);
        }
        for (kind, code) in &of.hidden {
            forget(of.kind.schema(), &mut parted.body, *kind, code);
        }
        // Without what it must name it is no record any more.
        if lacks(of.kind.schema(), &parted.body) {
            return Ok(Sight::Nothing);
        }
        mask_words(&mut parted.body);
        Ok(Sight::Part(if under_embargo { embargo::coarse(parted, &of.admin2) } else { parted }))
    }

    fn hides_counts(&self, of: &Sealed, clearance: &Clearance) -> bool {
        clearance.level < self.rules.small_counts_from && of.tells.max(of.seal.small) != Small::Not
    }

    /// Takes out every field above the clearance; of a position the masked one stays.
    fn withhold_fields(&self, of: &Sealed, clearance: &Clearance, parted: &mut Parted) {
        let mut given: Vec<FieldLevel> = given_levels(&parted.body);
        given.extend(of.raised.iter().cloned());
        // A position stays as closed as it was where the record is called something else now.
        let mut own = of.kind.schema().fields.iter().map(|field| field.name);
        let position = own.find(|name| levels::is_position(name));
        let level = of.seal.place_level;
        given.extend(position.map(|name| FieldLevel { field: name.to_owned(), level }));
        let levels = self.rules.levels.of_fields(of.kind, &parted.body, &given);
        for field in levels.iter().filter(|field| field.level > clearance.level) {
            if levels::is_position(&field.field) {
                mask_position(of, &mut parted.body);
            } else {
                set(&mut parted.body, &field.field, None);
            }
            parted.withheld.push(field.field.clone());
        }
        parted.withheld.sort_unstable();
        parted.withheld.dedup();
    }
}

/// Leaves of a position the masked one.
fn mask_position(of: &Sealed, body: &mut Value) {
    let masked = of.seal.masked_place.and_then(|place| serde_json::to_value(place).ok());
    set(body, "position", masked);
    set(body, "outline", None);
}

/// Why a record was confirmed, and on which conditions something was agreed to, may name what is withheld of it.
fn mask_words(body: &mut Value) {
    let mask = |of: &mut Value, name| {
        if let Some(words) = of.get_mut(name).filter(|words| words.is_string()) {
            *words = NOT_TOLD.into();
        }
    };
    mask(body, "confirmed");
    mask(body, "conditions");
    let answers = body.get_mut("answers").and_then(Value::as_array_mut);
    answers.into_iter().flatten().for_each(|answer| mask(answer, "conditions"));
}

/// The levels that a body gives single fields.
fn given_levels(body: &Value) -> Vec<FieldLevel> {
    let given = body["field_sensitivity"].as_array().into_iter().flatten();
    given.filter_map(|text| text.as_str()?.parse().ok()).collect()
}

fn set(body: &mut Value, field: &str, value: Option<Value>) {
    if let Some(fields) = body.as_object_mut() {
        match value {
            Some(value) => fields.insert(field.to_owned(), value),
            None => fields.remove(field),
        };
    }
}

/// A clearance for what is handed on in a file or by mail: strictly confidential items are read in Passage only.
#[must_use]
pub fn handed_on(clearance: &Clearance) -> Clearance {
    Clearance { level: clearance.level.min(Sensitivity::Confidential), ..clearance.clone() }
}
