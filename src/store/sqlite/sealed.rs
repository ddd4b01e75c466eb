//! Versions on their way out: each goes through the gate here, and nowhere else.

mod known;
mod reseal;

use std::cell::Cell;
use std::collections::HashMap;

use chrono::{DateTime, Utc};
use rusqlite::{Connection, Row, params};
use serde_json::Value;
use uuid::Uuid;

pub(super) use self::known::may_know;
pub(super) use self::reseal::reseal;
use super::{instant, margin, millis};
use crate::disclose::{Gate, Seal, Sealed, Sight, Small};
use crate::domain::{Clearance, Kind, OrganisationCode, Place, Sensitivity, record};
use crate::store::{Seen, StoreError, StoreResult, Stored};

/// The columns of a version that the gate needs.
pub(super) const SEALED: &str = "k.version, k.id, k.code, k.recorded_at, k.learned_at, k.retired_at, k.withdrawn,
    k.seen_from, k.place_from, k.whole_from, k.embargo_until, k.small, k.owner, k.lon, k.masked_lon, k.masked_lat";

/// A version as it lies in the file.
pub(super) struct Raw {
    stored: Stored,
    sealed: Sealed,
    has_place: bool,
}

/// A reader looks at versions, at a moment.
pub(super) struct Eyes<'c> {
    connection: &'c Connection,
    gate: &'c Gate,
    clearance: &'c Clearance,
    at: DateTime<Utc>,
    /// Has this kind records that the reader may not know of?
    closed: HashMap<Kind, bool>,
    /// May a record of this kind name such a record?
    names_hidden: HashMap<Kind, bool>,
    /// May the reader know of this record?
    known: HashMap<(Kind, String), bool>,
    /// Is any count of a population suppressed?
    has_small: Cell<Option<bool>>,
}

impl<'c> Eyes<'c> {
    pub(super) fn new(
        connection: &'c Connection,
        gate: &'c Gate,
        clearance: &'c Clearance,
        at: DateTime<Utc>,
    ) -> Self {
        let at = gate.judged_at(at);
        let (closed, names_hidden) = (HashMap::new(), HashMap::new());
        let (known, has_small) = (HashMap::new(), Cell::new(None));
        Self { connection, gate, clearance, at, closed, names_hidden, known, has_small }
    }

    /// When embargoes are judged, in milliseconds.
    pub(super) const fn at(&self) -> i64 {
        millis(self.at)
    }

    /// The condition that a version is one of a convoy under way for this reader; `at` names [`Eyes::at`].
    pub(super) fn under_embargo(
        &self,
        table: &str,
        kind: Kind,
        at: &str,
        organisation: &str,
    ) -> String {
        if kind != Kind::Convoy || self.clearance.level >= self.gate.rules().movements_from {
            return "0".to_owned();
        }
        format!(
            "({table}.embargo_until IS NOT NULL AND {table}.embargo_until > {at}
               AND {table}.owner IS NOT coalesce({organisation}, ''))"
        )
    }

    /// When the next embargo ends that is in force now; `None` where none is, or none for this reader.
    pub(super) fn next_embargo_end(&self) -> StoreResult<Option<DateTime<Utc>>> {
        const NEXT: &str = "SELECT min(embargo_until) FROM convoy WHERE embargo_until > ?1";
        if self.clearance.level >= self.gate.rules().movements_from {
            return Ok(None);
        }
        let mut statement = self.connection.prepare_cached(NEXT)?;
        let end: Option<i64> = statement.query_row([millis(self.at)], |row| row.get(0))?;
        end.map(instant).transpose()
    }

    /// A version, the level and organisation of the reader, and the moment.
    pub(super) fn parameters(&self, version: i64) -> (i64, i64, Option<String>, i64) {
        (version, self.clearance.level as i64, self.organisation(), millis(self.at))
    }

    pub(super) const fn connection(&self) -> &'c Connection {
        self.connection
    }

    pub(super) const fn gate(&self) -> &'c Gate {
        self.gate
    }

    /// The level of the reader, as a column has it.
    pub(super) const fn level(&self) -> i64 {
        self.clearance.level as i64
    }

    /// The organisation whose own records are seen at every level.
    pub(super) fn organisation(&self) -> Option<String> {
        self.clearance.organisation.as_ref().map(ToString::to_string)
    }

    /// Sees the reader everything as it is?
    pub(super) fn sees_all(&self) -> bool {
        self.clearance.level == Sensitivity::StrictlyConfidential
    }

    /// The version with its body, as far as it may be seen; `None` where it may not.
    pub(super) fn body(&mut self, raw: Raw) -> StoreResult<Option<Stored>> {
        let of = self.looked_up(&raw)?;
        let text = &raw.stored.body;
        let sight = self.gate.see(&of, self.clearance, self.at, || parsed(&raw.stored, text))?;
        Ok(self.shown(raw, &of, sight, Value::to_string))
    }

    /// The same, withdrawn and empty where it may not be seen: the place it had must be emptied.
    pub(super) fn body_or_nothing(&mut self, mut raw: Raw) -> StoreResult<Stored> {
        let body = std::mem::replace(&mut raw.stored.body, "{}".to_owned());
        let nothing = Stored { withdrawn: true, ..raw.stored.clone() };
        raw.stored.body = body;
        Ok(self.body(raw)?.unwrap_or(nothing))
    }

    /// The same with a summary: `raw` has it as it would be if all could be seen.
    pub(super) fn summary(&mut self, raw: Raw) -> StoreResult<Option<Stored>> {
        let of = self.looked_up(&raw)?;
        let kind = of.kind;
        let body = || {
            const BODY: &str = "SELECT body FROM ledger_body WHERE sequence = ?1";
            let mut statement = self.connection.prepare_cached(BODY)?;
            let text: String = statement.query_row([raw.stored.version], |row| row.get(0))?;
            parsed(&raw.stored, &text)
        };
        let sight = self.gate.see(&of, self.clearance, self.at, body)?;
        let under_way = self.gate.is_embargoed(&of, self.clearance, self.at);
        let summary = |body: &Value| {
            let mut summary = record::summary(kind, body);
            // Without its moves every convoy would look as if it was only planned.
            if under_way {
                summary.insert("stage".to_owned(), Value::Null);
            }
            Value::Object(summary).to_string()
        };
        Ok(self.shown(raw, &of, sight, summary))
    }

    fn shown(
        &self,
        raw: Raw,
        of: &Sealed,
        sight: Sight,
        text: impl FnOnce(&Value) -> String,
    ) -> Option<Stored> {
        let Raw { mut stored, has_place, .. } = raw;
        let sees_place = self.clearance.sees(of.seal.place_level, of.owner.as_ref());
        stored.seen.level = Some(of.seal.level);
        stored.seen.owner.clone_from(&of.owner);
        stored.seen.exact_position =
            has_place && of.seal.place_level > Sensitivity::Internal && sees_place;
        match sight {
            Sight::Nothing => return None,
            Sight::Whole => {}
            Sight::Part(parted) => {
                stored.body = text(&parted.body);
                stored.seen.is_part = true;
                stored.seen.withheld = parted.withheld;
                if parted.under_embargo {
                    stored.seen.embargo_until = of.seal.embargo_until;
                    stored.seen.admin2 = parted.admin2;
                }
            }
        }
        Some(stored)
    }

    /// The seal, with what must be looked up for a reader who does not see all.
    fn looked_up(&mut self, raw: &Raw) -> StoreResult<Sealed> {
        let mut of = raw.sealed.clone();
        if self.sees_all() || !self.clearance.sees(of.seal.level, of.owner.as_ref()) {
            return Ok(of);
        }
        if self.gate.is_embargoed(&of, self.clearance, self.at) {
            of.admin2 = self.admin2(&raw.stored)?;
        } else if self.clearance.level < self.gate.rules().small_counts_from {
            of.tells = self.tells(&raw.stored)?;
        }
        of.hidden = self.hidden(&raw.stored)?;
        of.raised = self.raised(&raw.stored, of.seal.place_level)?;
        Ok(of)
    }

    /// The second-level units that a convoy goes to.
    fn admin2(&self, of: &Stored) -> StoreResult<Vec<String>> {
        const ADMIN2: &str = "
            SELECT DISTINCT a.admin2_pcode FROM mention m JOIN area a ON a.code = m.target_code AND a.retired_by IS NULL
             WHERE m.kind = 'convoy' AND m.version = ?1 AND m.target_kind = 'area' AND a.admin2_pcode IS NOT NULL
               AND a.seen_from <= ?2
             ORDER BY 1";
        let mut statement = self.connection.prepare_cached(ADMIN2)?;
        let units = statement
            .query_map(params![of.version, self.clearance.level as i64], |row| row.get(0))?;
        Ok(units.collect::<Result<_, _>>()?)
    }

    /// What of a version would tell a suppressed count by subtraction.
    fn tells(&self, of: &Stored) -> StoreResult<Small> {
        match of.kind {
            Kind::Population
                if self.has_small()? && margin::tells_inside(self.connection, of.version)? =>
            {
                Ok(Small::All)
            }
            Kind::Population => margin::of_a_population(self.connection, self.gate, of.version),
            Kind::Convoy => margin::of_an_operation(self.connection, &of.code),
            _ => Ok(Small::Not),
        }
    }

    /// Is any count of a population suppressed?
    fn has_small(&self) -> StoreResult<bool> {
        const ANY: &str = "SELECT EXISTS (SELECT 1 FROM population WHERE small > 0)";
        if let Some(has_small) = self.has_small.get() {
            return Ok(has_small);
        }
        let has_small = self.connection.prepare_cached(ANY)?.query_row([], |row| row.get(0))?;
        self.has_small.set(Some(has_small));
        Ok(has_small)
    }
}

/// The condition that a reader may see a version at all; the values that it names are given by place.
pub(super) fn may_see(table: &str, level: &str, organisation: &str) -> String {
    format!("({table}.seen_from <= {level} OR {table}.owner = {organisation})")
}

fn parsed(stored: &Stored, text: &str) -> StoreResult<Value> {
    serde_json::from_str(text)
        .map_err(|fault| StoreError::Corrupt(format!("{} {}: {fault}", stored.kind, stored.code)))
}

/// A row with the columns of [`SEALED`] and its text as `body`.
pub(super) fn raw_from_row(kind: Kind, row: &Row<'_>) -> StoreResult<Raw> {
    let id: [u8; 16] = row.get("id")?;
    let retired_at: Option<i64> = row.get("retired_at")?;
    let lon: Option<f64> = row.get("lon")?;
    let stored = Stored {
        kind,
        id: Uuid::from_bytes(id),
        code: row.get("code")?,
        version: row.get("version")?,
        recorded_at: instant(row.get("recorded_at")?)?,
        learned_at: instant(row.get("learned_at")?)?,
        retired_at: retired_at.map(instant).transpose()?,
        withdrawn: row.get("withdrawn")?,
        body: row.get("body")?,
        seen: Seen::default(),
    };
    Ok(Raw { stored, sealed: sealed_from_row(kind, row)?, has_place: lon.is_some() })
}

fn sealed_from_row(kind: Kind, row: &Row<'_>) -> StoreResult<Sealed> {
    let (lon, lat): (Option<f64>, Option<f64>) = (row.get("masked_lon")?, row.get("masked_lat")?);
    let embargo: Option<i64> = row.get("embargo_until")?;
    let small: i64 = row.get("small")?;
    let seal = Seal {
        level: level_of(row.get("seen_from")?)?,
        place_level: level_of(row.get("place_from")?)?,
        masked_place: lon.zip(lat).and_then(|(lon, lat)| Place::new(lon, lat).ok()),
        whole_level: level_of(row.get("whole_from")?)?,
        embargo_until: embargo.map(instant).transpose()?,
        small: *word(Small::ALL, small)?,
    };
    let owner = owner_of(row.get("owner")?)?;
    let (tells, hidden, admin2) = (Small::Not, Vec::new(), Vec::new());
    Ok(Sealed { kind, seal, owner, tells, hidden, admin2, raised: Vec::new() })
}

/// A level out of a column.
pub(super) fn level_of(number: i64) -> StoreResult<Sensitivity> {
    word(Sensitivity::ALL, number).copied()
}

fn word<T>(words: &[T], number: i64) -> StoreResult<&T> {
    let word = usize::try_from(number).ok().and_then(|at| words.get(at));
    word.ok_or_else(|| StoreError::Corrupt(format!("{number} is no level")))
}

fn owner_of(text: Option<String>) -> StoreResult<Option<OrganisationCode>> {
    let code = |text: String| {
        text.parse().map_err(|fault| StoreError::Corrupt(format!("owner of a record: {fault}")))
    };
    text.map(code).transpose()
}

/// The key that moves the grid of masked positions, and the rules that the versions were sealed by.
pub(super) fn gate_row(connection: &Connection) -> StoreResult<([u8; 32], Option<[u8; 32]>)> {
    const GATE: &str = "SELECT mask_key, sealed_by FROM gate WHERE id = 1";
    Ok(connection.query_row(GATE, [], |row| Ok((row.get(0)?, row.get(1)?)))?)
}
