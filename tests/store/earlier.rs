//! A file of a Passage that had no gate yet: what it holds is no more open than if it had been written today.
#![cfg(test)]

use std::path::Path;

use passage::domain::{Clearance, Kind, Sensitivity};
use passage::store::{
    KeptReport, LedgerStore, RecordStore, Reference, ReportStore, SqliteStore, StoreError,
};
use rusqlite::Connection;
use serde_json::{Value, json};

use super::{Housed, area, hour, later, new, sqlite};

/// The steps before the gate.
const STEPS: [&str; 4] = [
    include_str!("../../src/store/sqlite/migrations/0001_ledger.sql"),
    include_str!("../../src/store/sqlite/migrations/0002_records.sql"),
    include_str!("../../src/store/sqlite/migrations/0003_token_report.sql"),
    include_str!("../../src/store/sqlite/migrations/0004_logistics_plan.sql"),
];

/// An empty file of a Passage that had no gate yet.
pub(super) fn earlier_file(path: &Path) -> Connection {
    let file = Connection::open(path).unwrap();
    for step in STEPS {
        file.execute_batch(step).unwrap();
    }
    file.pragma_update(None, "user_version", 4).unwrap();
    file
}

/// The same records in such a file, and the store that brings it up to date.
fn as_it_was_earlier(of: &Housed) -> SqliteStore {
    let path = of.home.path().join("earlier.db");
    let file = earlier_file(&path);
    file.execute("ATTACH ?1 AS full", [of.file().to_str().unwrap()]).unwrap();
    let kinds = Kind::ALL.iter().map(|kind| kind.as_str());
    for table in ["ledger", "ledger_body"].into_iter().chain(kinds).chain(["mention", "report"]) {
        let sql =
            format!("SELECT group_concat(name, ', ') FROM pragma_table_info('{table}', 'main')");
        let columns: Option<String> = file.query_row(&sql, [], |row| row.get(0)).unwrap();
        // Kinds that came later have no table there.
        let Some(columns) = columns else { continue };
        file.execute_batch(&format!(
            "INSERT INTO main.{table} ({columns}) SELECT {columns} FROM full.{table}"
        ))
        .unwrap();
    }
    drop(file);
    SqliteStore::open(&path, 1).unwrap()
}

/// A record of each kind that is about an area or a group.
fn about(kind: Kind, of: &Value) -> Value {
    let own = match kind {
        Kind::Facility => json!({ "names": { "en": "M10" }, "facility_type": "bakery" }),
        Kind::Status => json!({ "status": "besieged", "scheme": "un", "valid_from": "2016-01-01" }),
        Kind::Population => json!({ "date": "2016-01-01", "metric": "residents", "people": 900 }),
        Kind::Stock => json!({ "date": "2016-01-01", "stock_type": "stock", "person_days": 900 }),
        Kind::Logistics => json!({ "date": "2016-01-01", "trucks": 3 }),
        other => panic!("{other}: say what one is like"),
    };
    let mut body = of.clone();
    body.as_object_mut().unwrap().extend(own.as_object().unwrap().clone());
    body["code"] = json!("about");
    body["sensitivity"] = json!("internal");
    body
}

#[tokio::test]
async fn what_is_about_a_closed_area_or_group_is_closed_in_an_earlier_file_too() {
    let reader = &Clearance::of(Sensitivity::Internal);
    for kind in Kind::ALL {
        for target in kind.is_about() {
            let store = sqlite();
            let mut closed = area("closed", "Closed");
            closed["sensitivity"] = json!("confidential");
            store.put_one(hour(1), new(target, &closed)).await;
            let body = about(*kind, &json!({ target.as_str(): "closed" }));
            store.put_one(hour(2), new(*kind, &body)).await;
            let earlier = as_it_was_earlier(&store);
            let code = Reference::Code("about".to_owned());
            for store in [&*store.store as &dyn RecordStore, &earlier] {
                let seen = store.history(*kind, &code, later(), reader).await;
                let is_closed = matches!(seen, Err(StoreError::NotFound { .. }));
                assert!(is_closed, "{kind} about {target}: {seen:?}");
                assert!(store.history(*kind, &code, later(), &Clearance::ALL).await.is_ok());
            }
            assert_eq!(earlier.verify().await.unwrap().broken, None, "{kind} about {target}");
        }
    }
}

#[tokio::test]
async fn a_report_of_an_earlier_passage_is_for_those_who_may_see_everything() {
    let store = sqlite();
    let report = KeptReport {
        schedule: "weekly".to_owned(),
        period_end: hour(1),
        recipient: String::new(),
        language: passage::domain::Language::En,
        as_of: hour(1),
        known_at: hour(1),
        made_at: hour(1),
        clearance: Sensitivity::Internal,
        body: "{}".to_owned(),
        checkpoint: None,
    };
    store.keep_report(vec![report.into()]).await.unwrap();
    let earlier = as_it_was_earlier(&store);
    assert!(earlier.reports(None, 9, Sensitivity::Confidential).await.unwrap().is_empty());
    let kept = earlier.reports(None, 9, Sensitivity::StrictlyConfidential).await.unwrap();
    assert_eq!(kept.len(), 1);
}
