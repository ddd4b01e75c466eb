//! The contract of a store: what every backend must do. A store function without a test here is not finished.
//!
//! A new backend is one more line in [`backends`]. What only the file of `SQLite` can show is in `file` and `tamper`.
#![cfg(test)]

mod alert;
mod area;
mod attachment;
mod batch;
mod boundary;
mod clearance;
mod clock;
mod convoy;
mod delivery;
mod earlier;
mod file;
mod fixed_mask;
mod idempotency;
mod import;
mod keeping;
mod kept_import;
mod key;
mod kind;
mod leak;
mod ledger;
mod list;
mod lowering;
mod margin;
mod mask;
mod merge;
mod near;
mod page;
mod report;
mod resealed;
#[path = "../promises/result.rs"]
mod result;
mod snapshot;
mod tamper;
mod token;
mod user;
mod versions;
mod writer;

use std::ops::Deref;
use std::path::PathBuf;
use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use passage::domain::{Clearance, Kind, Sensitivity, draft};
use passage::store::{
    Action, Basis, Change, Cut, Filter, Page, Query, Reference, Refusal, Snapshot, Sort,
    SqliteStore, Store, StoreError, StoreResult, Stored, Write, Written,
};
use serde_json::{Value, json};
use tempfile::TempDir;
use uuid::Uuid;

/// Every backend, each empty, with the name that a failed test says.
fn backends() -> Vec<(&'static str, Housed)> {
    vec![("sqlite", sqlite())]
}

/// A store, and the folder it lives in for as long as the test needs it.
struct Housed {
    store: Arc<dyn Store>,
    home: TempDir,
}

impl Deref for Housed {
    type Target = dyn Store;
    fn deref(&self) -> &Self::Target {
        &*self.store
    }
}

fn sqlite() -> Housed {
    let home = tempfile::tempdir().unwrap();
    let file = home.path().join("passage.db");
    fixed_mask::make(&file);
    let store = SqliteStore::open(&file, 4).unwrap();
    Housed { store: Arc::new(store), home }
}

impl Housed {
    /// The same store, for a task of its own.
    fn shared(&self) -> Arc<dyn Store> {
        Arc::clone(&self.store)
    }

    /// The file of a `SQLite` store.
    fn file(&self) -> PathBuf {
        self.home.path().join("passage.db")
    }

    /// Makes changes that must succeed.
    async fn put(&self, recorded_at: DateTime<Utc>, changes: Vec<Change>) -> Vec<Written> {
        self.write(write(recorded_at, changes)).await.unwrap()
    }

    /// Makes one change that must succeed.
    async fn put_one(&self, recorded_at: DateTime<Utc>, change: Change) -> Written {
        self.put(recorded_at, vec![change]).await.remove(0)
    }

    /// Makes changes that must be refused.
    async fn refusals(&self, changes: Vec<Change>) -> Vec<Refusal> {
        match self.write(write(hour(0), changes)).await {
            Err(StoreError::Refused(refusals)) => refusals,
            other => panic!("not refused: {other:?}"),
        }
    }

    /// A record as it was known at a moment.
    async fn known(&self, kind: Kind, code: &str, known_at: DateTime<Utc>) -> StoreResult<Stored> {
        let cut = Cut { as_of: None, known_at };
        self.record(kind, &Reference::Code(code.to_owned()), cut, &Clearance::ALL).await
    }

    /// The codes of all records that pass a filter, in the order they were recorded.
    async fn found(&self, kind: Kind, filter: Filter) -> Vec<String> {
        let page = self.records(query(kind, filter), &Clearance::ALL).await.unwrap();
        assert_eq!(page.total, page.rows.len() as u64, "the total counts what is found");
        codes(&page)
    }

    /// Everything that is known at a moment.
    async fn everything(&self, known_at: DateTime<Utc>) -> Snapshot {
        self.recorded_by(i64::MAX, known_at).await
    }

    /// Everything that was recorded up to a place in the ledger and is known at a moment.
    async fn recorded_by(&self, sequence: i64, known_at: DateTime<Utc>) -> Snapshot {
        let records = Arc::new(std::sync::Mutex::new(Vec::new()));
        let visited = Arc::clone(&records);
        let visit = move |stored| {
            visited.lock().unwrap().push(stored);
            Ok(())
        };
        let visit = Box::new(visit);
        let sequence =
            self.visit_known(known_at, sequence, &Clearance::ALL, known_at, visit).await.unwrap();
        let records = std::mem::take(&mut *records.lock().unwrap());
        Snapshot { records, sequence, changes_sight: false }
    }
}

/// A moment: so many hours after the year 2016 began.
fn hour(hours: i64) -> DateTime<Utc> {
    DateTime::from_timestamp(1_451_606_400, 0).unwrap() + TimeDelta::hours(hours)
}

/// Later than everything that a test records.
fn later() -> DateTime<Utc> {
    hour(1_000_000)
}

/// A change that makes a new record.
fn new(kind: Kind, body: &Value) -> Change {
    let mut draft = draft(kind, body).unwrap_or_else(|problems| panic!("{kind}: {problems}"));
    draft.sensitivity = draft.sensitivity.or(Some(Sensitivity::Public));
    Change {
        action: Action::Create,
        new_id: draft.id.unwrap_or_else(Uuid::now_v7),
        lowers: false,
        basis: Basis::New,
        learned_at: None,
        reason: None,
        draft,
    }
}

/// A change that makes the next version of a record.
fn next(kind: Kind, version: i64, body: &Value) -> Change {
    Change { action: Action::Revise, basis: Basis::Version(version), ..new(kind, body) }
}

/// A change that makes a new record or the next version of the one with its code.
fn upsert(kind: Kind, body: &Value) -> Change {
    Change { basis: Basis::Code, ..new(kind, body) }
}

/// A change that takes a record back.
fn withdrawal(kind: Kind, version: i64, body: &Value) -> Change {
    let reason = Some("entered twice".to_owned());
    Change { action: Action::Withdraw, reason, ..next(kind, version, body) }
}

/// A write by a desk officer, known from when it is recorded.
fn write(recorded_at: DateTime<Utc>, changes: Vec<Change>) -> Write {
    Write {
        actor: "desk".to_owned(),
        owner: None,
        clearance: Clearance::ALL,
        recorded_at,
        learned_at: recorded_at,
        idempotency: None,
        changes,
    }
}

/// A question for everything that passes a filter.
fn query(kind: Kind, filter: Filter) -> Query {
    let cut = Cut { as_of: None, known_at: later() };
    Query {
        kind,
        cut,
        filter,
        sort: Sort::Version,
        limit: 1_000,
        after: None,
        expand: false,
        count: true,
    }
}

/// The body of an area without a place.
fn area(code: &str, name: &str) -> Value {
    json!({ "code": code, "names": { "en": name } })
}

/// The body of an area with a place.
fn area_at(code: &str, lon: f64, lat: f64) -> Value {
    json!({ "code": code, "names": { "en": code }, "position": { "lon": lon, "lat": lat } })
}

fn codes(page: &Page) -> Vec<String> {
    page.rows.iter().map(|row| row.code.clone()).collect()
}

/// A field of a stored body.
fn field(stored: &Stored, pointer: &str) -> Value {
    let body: Value = serde_json::from_str(&stored.body).unwrap();
    body.pointer(pointer).cloned().unwrap_or(Value::Null)
}

/// The English name in a stored body.
fn name_of(stored: &Stored) -> String {
    field(stored, "/names/en").as_str().unwrap().to_owned()
}

/// Runs a test that is no async function, such as a property.
fn block_on<T>(test: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(test)
}
