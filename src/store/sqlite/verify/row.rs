//! One entry and its version: does the row say what the entry and its body say?

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use rusqlite::Connection;
use rusqlite::types::{Value as Sql, ValueRef};
use serde_json::Value;

use super::super::ledger::{digest, hash_of};
use super::super::millis;
use super::super::statements::sql_value;
use super::Walked;
use super::seal::OwnSeal;
use crate::disclose::Gate;
use crate::domain::merge::{merged_into, unmerged};
use crate::domain::{Draft, Kind, Place, draft};
use crate::store::StoreResult;

/// Told apart from every other hash that is ever made here.
const MENTION_DOMAIN: &[u8] = b"passage mention v1";

/// A row of a kind's table, by the names of its columns.
pub(super) struct KindRow {
    names: Arc<[String]>,
    values: Vec<Sql>,
}

impl KindRow {
    pub(super) fn value(&self, column: &str) -> &Sql {
        let place = self.names.iter().position(|name| name == column);
        place.and_then(|place| self.values.get(place)).unwrap_or(&Sql::Null)
    }

    /// A whole number; `None` where there is none.
    pub(super) fn number(&self, column: &str) -> Option<i64> {
        if let Sql::Integer(number) = self.value(column) { Some(*number) } else { None }
    }

    /// The first of these columns that says something else.
    fn differs<'n>(&self, expected: impl IntoIterator<Item = (&'n str, Sql)>) -> Option<&'n str> {
        let wrong = |(column, value): &(&str, Sql)| !same(self.value(column), value);
        expected.into_iter().find(wrong).map(|(column, _)| column)
    }
}

/// Reads the rows of a kind in a span of entries.
pub(super) fn read(
    connection: &Connection,
    kind: Kind,
    (from, to): (i64, i64),
    rows: &mut HashMap<(i64, Kind), KindRow>,
) -> StoreResult<()> {
    let sql = format!("SELECT * FROM {kind} WHERE version BETWEEN ?1 AND ?2");
    let mut statement = connection.prepare_cached(&sql)?;
    let names: Arc<[String]> = statement.column_names().map(str::to_owned).collect();
    let mut found = statement.query([from, to])?;
    while let Some(row) = found.next()? {
        let values = (0..names.len()).map(|at| row.get_ref(at).map(owned));
        let row = KindRow { values: values.collect::<Result<_, _>>()?, names: Arc::clone(&names) };
        rows.insert((row.number("version").unwrap_or(0), kind), row);
    }
    Ok(())
}

/// As bytes where it is no text: what was tampered with need not be.
fn owned(value: ValueRef<'_>) -> Sql {
    match value {
        ValueRef::Null => Sql::Null,
        ValueRef::Integer(number) => Sql::Integer(number),
        ValueRef::Real(number) => Sql::Real(number),
        ValueRef::Blob(bytes) => Sql::Blob(bytes.to_vec()),
        ValueRef::Text(bytes) => match std::str::from_utf8(bytes) {
            Ok(text) => Sql::Text(text.to_owned()),
            Err(_) => Sql::Blob(bytes.to_vec()),
        },
    }
}

/// The same value; a whole number in a column of fractions comes back as a fraction.
#[expect(clippy::cast_precision_loss, reason = "such columns hold degrees, not counts")]
#[expect(clippy::float_cmp, reason = "both were read from the same text")]
fn same(one: &Sql, other: &Sql) -> bool {
    match (one, other) {
        (Sql::Real(real), Sql::Integer(whole)) | (Sql::Integer(whole), Sql::Real(real)) => {
            *real == *whole as f64
        }
        (one, other) => one == other,
    }
}

/// What came of comparing a version that nothing is wrong with.
pub(super) enum Checked {
    /// Its body could not be read.
    Unread,
    /// There is nothing more to say.
    Fits,
    /// Its body asks the gate for this.
    Sealed(OwnSeal),
}

/// Compares a version with its entry; gives whether its body could be read, or what is wrong.
///
/// What is missing altogether is judged at the end: it may have been purged.
pub(super) fn check(
    walked: &Walked,
    row: Option<&KindRow>,
    mentions: &Mentions,
    judge: Option<&Gate>,
) -> Result<Checked, String> {
    let entry = &walked.entry;
    let Some(body) = &walked.body else { return Ok(Checked::Fits) };
    if digest(&body.salt, &body.code, body.level, &body.text, &body.reason) != entry.digest {
        return Err("the body of the entry was changed".to_owned());
    }
    let (Some(kind), Some(row)) = (walked.kind, row) else { return Ok(Checked::Fits) };
    let said = [
        ("id", Sql::Blob(entry.id.to_vec())),
        ("code", Sql::Text(String::from_utf8_lossy(&body.code).into_owned())),
        ("sensitivity", Sql::Integer(body.level)),
        (
            "withdrawn",
            Sql::Integer(i64::from(["withdraw", "merge"].contains(&entry.action.as_str()))),
        ),
        ("learned_at", Sql::Integer(entry.learned_at)),
        ("recorded_at", Sql::Integer(entry.recorded_at)),
    ];
    if let Some(column) = row.differs(said) {
        return Err(format!("the {kind} is not what its entry says: {column}"));
    }
    let read: Option<Value> = serde_json::from_slice(&body.text).ok();
    let into = read.as_ref().and_then(merged_into).map(str::to_owned);
    if kind.can_merge() && !same(row.value("merged_into"), &into.into()) {
        return Err(format!("the {kind} is not what its body says: merged_into"));
    }
    let Some(draft) = read.and_then(|read| draft(kind, &unmerged(read)).ok()) else {
        return Ok(Checked::Unread);
    };
    if let Some(column) = row.differs(follows(&draft)) {
        return Err(format!("the {kind} is not what its body says: {column}"));
    }
    if mentions.of(entry.sequence) != mentioned(&draft) {
        return Err(format!("what the {kind} mentions is not what its body says"));
    }
    match judge {
        Some(gate) => OwnSeal::check(gate, &draft, body.level, row).map(Checked::Sealed),
        None => Ok(Checked::Fits),
    }
}

/// What the columns of a row must say, by its body alone. What the gate adds is judged in `seal`.
fn follows(draft: &Draft) -> Vec<(&'static str, Sql)> {
    let mut expected: Vec<(&'static str, Sql)> = vec![
        ("happened_at", draft.happened_at.map(millis).into()),
        ("lon", draft.place.map(Place::lon).into()),
        ("lat", draft.place.map(Place::lat).into()),
        ("summary", Value::Object(draft.summary.clone()).to_string().into()),
    ];
    expected.extend(draft.kind.columns().iter().copied().zip(draft.columns.iter().map(sql_value)));
    expected
}

/// For each version a sum over what it mentions: equal sums, equal lists.
pub(super) struct Mentions(Vec<u128>);

impl Mentions {
    /// Reads them all at once; they stand in no useful order.
    pub(super) fn read(connection: &Connection) -> StoreResult<Self> {
        let mut sums = Vec::new();
        let mut statement =
            connection.prepare("SELECT target_kind, target_code, kind, version FROM mention")?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let bytes = |at| row.get_ref(at).map(|value| value.as_bytes().unwrap_or(&[]));
            let version: i64 = row.get(3)?;
            let place = usize::try_from(version).unwrap_or(0);
            if place >= sums.len() {
                sums.resize(place + 1, 0);
            }
            let one = sum_of(bytes(0)?, bytes(1)?, bytes(2)?);
            sums[place] = u128::wrapping_add(sums[place], one);
        }
        Ok(Self(sums))
    }

    fn of(&self, version: i64) -> u128 {
        usize::try_from(version).ok().and_then(|place| self.0.get(place)).copied().unwrap_or(0)
    }

    /// Does this version mention anything?
    pub(super) fn stray(&self, version: i64) -> bool {
        self.of(version) != 0
    }

    /// The last version that anything is mentioned by.
    pub(super) fn last(&self) -> i64 {
        i64::try_from(self.0.len()).unwrap_or(i64::MAX) - 1
    }
}

fn mentioned(draft: &Draft) -> u128 {
    let named: BTreeSet<(Kind, &str)> =
        draft.mentions.iter().map(|mention| (mention.kind, mention.code.as_str())).collect();
    let of = |(kind, code): &(Kind, &str)| {
        sum_of(kind.as_str().as_bytes(), code.as_bytes(), draft.kind.as_str().as_bytes())
    };
    named.iter().map(of).fold(0, u128::wrapping_add)
}

fn sum_of(target_kind: &[u8], target_code: &[u8], kind: &[u8]) -> u128 {
    let hash = hash_of(MENTION_DOMAIN, &[target_kind, target_code, kind]);
    let (half, _) = hash.split_at(16);
    half.iter().fold(0, |sum, byte| (sum << 8) | u128::from(*byte))
}
