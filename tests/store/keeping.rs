//! The contract of what keeps the data safe: where the ledger stands, copies, purges, upkeep.
#![cfg(test)]

use passage::domain::{Clearance, Kind, Sensitivity};
use passage::store::{
    Action, Cut, Doomed, PurgeOrder, Reference, Rewrite, SqliteStore, StoreError,
};
use rusqlite::Connection;
use serde_json::{Value, json};

use super::{Filter, Housed, area, backends, hour, later, new, next, sqlite, withdrawal, write};

/// Words that stand nowhere but in the record that is purged.
const CANARY: &str = "ZQXCANARY";

fn convoy(code: &str, note: &str, stage: &str) -> Value {
    let event = json!({ "stage": stage, "at": "2016-07-26" });
    json!({ "code": code, "mode": "cross_line", "date": "2016-07-26", "note": note, "events": [event],
        "drops": [{ "areas": ["duma"], "trucks": 3 }] })
}

fn order(doomed: Doomed) -> PurgeOrder {
    PurgeOrder {
        kind: Kind::Convoy,
        doomed,
        actor: "keeper".to_owned(),
        reason: "kept for a year".to_owned(),
        recorded_at: hour(20_000),
        dry_run: false,
    }
}

fn named(code: &str) -> Doomed {
    Doomed::Named(vec![Reference::Code(code.to_owned())])
}

/// An area, a convoy in two versions whose code and note are canaries, an incident that names it.
async fn with_canary() -> Housed {
    let store = sqlite();
    store.put_one(hour(1), new(Kind::Area, &area("duma", "Duma"))).await;
    let code = format!("CV-{CANARY}");
    let first = new(Kind::Convoy, &convoy(&code, &format!("driver {CANARY} one"), "cancelled"));
    let written = store.put_one(hour(2), first).await;
    let second =
        next(Kind::Convoy, written.version, &convoy(&code, &format!("{CANARY} two"), "cancelled"));
    store.put_one(hour(3), second).await;
    store
}

fn bytes_of(store: &Housed) -> Vec<u8> {
    let mut bytes = Vec::new();
    for end in ["", "-wal", "-shm"] {
        let path = store.home.path().join(format!("passage.db{end}"));
        bytes.extend(std::fs::read(path).unwrap_or_default());
    }
    bytes
}

fn canaries(bytes: &[u8]) -> usize {
    bytes.windows(CANARY.len()).filter(|window| *window == CANARY.as_bytes()).count()
}

#[tokio::test]
async fn the_head_names_the_deployment_and_the_last_entry() {
    for (backend, store) in backends() {
        let empty = store.head().await.unwrap();
        assert_eq!(
            (empty.sequence, empty.hash.as_str()),
            (0, "0".repeat(64).as_str()),
            "{backend}"
        );
        store.put_one(hour(1), new(Kind::Area, &area("duma", "Duma"))).await;
        let head = store.head().await.unwrap();
        assert_eq!((head.sequence, head.recorded_at), (1, Some(hour(1))), "{backend}");
        assert_eq!(head.deployment, empty.deployment, "{backend}");
        assert_eq!(head.hash, store.verify().await.unwrap().head, "{backend}");
        assert_eq!(store.hash_at(1).await.unwrap(), Some(head.hash), "{backend}");
        assert_eq!(store.hash_at(2).await.unwrap(), None, "{backend}");
        let other = backends().remove(0).1.head().await.unwrap();
        assert_ne!(other.deployment, head.deployment, "{backend}: each has an id of its own");
    }
}

#[tokio::test]
async fn a_copy_holds_everything_and_replaces_nothing() {
    for (backend, store) in backends() {
        store.put_one(hour(1), new(Kind::Area, &area("duma", "Duma"))).await;
        store.put_one(hour(2), next(Kind::Area, 1, &area("duma", "Douma"))).await;
        let to = store.home.path().join("copy.db");
        let copied = store.copy_to(&to).await.unwrap();
        assert_eq!(copied.head, store.head().await.unwrap(), "{backend}");
        assert_eq!(copied.counts.into_iter().collect::<Vec<_>>(), [("area".to_owned(), 2)]);
        assert!(store.copy_to(&to).await.is_err(), "{backend}: the file is there already");
        let copy = SqliteStore::open(&to, 1).unwrap();
        let copy = Housed { store: std::sync::Arc::new(copy), home: tempfile::tempdir().unwrap() };
        assert_eq!(copy.everything(later()).await.records, store.everything(later()).await.records);
    }
}

#[tokio::test]
async fn a_copy_of_what_is_not_in_order_is_refused() {
    let store = sqlite();
    store.put_one(hour(1), new(Kind::Area, &area("duma", "Duma"))).await;
    let file = Connection::open(store.file()).unwrap();
    file.execute("UPDATE ledger_body SET body = '{}'", []).unwrap();
    let fault = store.copy_to(&store.home.path().join("copy.db")).await.unwrap_err();
    assert!(fault.to_string().contains("entry 1"), "{fault}");
}

#[tokio::test]
async fn a_purge_leaves_no_byte_of_the_record_and_a_chain_that_verifies() {
    let store = with_canary().await;
    assert!(canaries(&bytes_of(&store)) > 0, "the search finds what is there");
    let code = format!("CV-{CANARY}");
    let tried = store.purge(PurgeOrder { dry_run: true, ..order(named(&code)) }).await.unwrap();
    assert_eq!((tried.records.len(), tried.records[0].versions), (1, 2));
    assert_eq!(store.known(Kind::Convoy, &code, later()).await.unwrap().version, 3, "only tried");
    let purged = store.purge(order(named(&code))).await.unwrap();
    assert_eq!(purged.records, tried.records);
    assert_eq!(store.rewrite().await.unwrap(), Rewrite::Done);
    assert_eq!(canaries(&bytes_of(&store)), 0);
    assert_eq!(store.rewrite().await.unwrap(), Rewrite::NotNeeded);
    let verified = store.verify().await.unwrap();
    assert_eq!((verified.entries, verified.purged, verified.broken), (4, 2, None));
}

#[tokio::test]
async fn a_purge_that_stopped_half_way_is_told_and_ends_when_it_is_ordered_again() {
    let store = with_canary().await;
    let code = format!("CV-{CANARY}");
    let id = store.known(Kind::Convoy, &code, later()).await.unwrap().id;
    store.purge(order(named(&code))).await.unwrap();
    // Here the power went.
    let left = store.upkeep().await.unwrap().remove(0);
    assert_eq!((left.task.as_str(), left.has_failed()), ("rewrite", true));
    for again in [named(&code), Doomed::Named(vec![Reference::Id(id)])] {
        let again = store.purge(order(again)).await.unwrap();
        assert!(again.records.is_empty(), "it is gone already");
    }
    assert_eq!(store.rewrite().await.unwrap(), Rewrite::Done);
    assert_eq!(canaries(&bytes_of(&store)), 0);
    assert!(!store.upkeep().await.unwrap().remove(0).has_failed());
}

#[tokio::test]
async fn while_a_reader_is_in_the_way_the_file_is_still_to_be_written_anew() {
    let store = with_canary().await;
    let reader = Connection::open(store.file()).unwrap();
    reader.execute_batch("BEGIN; SELECT count(*) FROM ledger").unwrap();
    store.purge(order(named(&format!("CV-{CANARY}")))).await.unwrap();
    assert_eq!(store.rewrite().await.unwrap(), Rewrite::Hindered);
    reader.execute_batch("COMMIT").unwrap();
    assert_eq!(store.rewrite().await.unwrap(), Rewrite::Done);
    assert_eq!(canaries(&bytes_of(&store)), 0);
}

#[tokio::test]
async fn the_ledger_tells_who_purged_what_and_why_to_who_could_see_it() {
    let store = with_canary().await;
    let code = format!("CV-{CANARY}");
    let id = store.known(Kind::Convoy, &code, later()).await.unwrap().id;
    let confidential = json!({ "code": "c9", "mode": "cross_line", "date": "2016-07-26", "sensitivity": "confidential" });
    store.put_one(hour(4), new(Kind::Convoy, &confidential)).await;
    store.purge(order(named(&code))).await.unwrap();
    store.purge(order(named("c9"))).await.unwrap();
    let entry = store.changes(4, 1, &Clearance::ALL, later()).await.unwrap().remove(0);
    assert_eq!((entry.actor.as_str(), entry.id), ("keeper", id));
    assert_eq!(entry.reason.as_deref(), Some("kept for a year"));
    let note = async |reference: Reference, clearance: &Clearance| {
        store.purge_note(Kind::Convoy, &reference, clearance).await.unwrap()
    };
    for reference in [Reference::Id(id), Reference::Code(code.clone())] {
        let note = note(reference, &Clearance::ALL).await.unwrap();
        assert_eq!((note.id, note.versions, note.at), (id, 2, hour(20_000)));
    }
    let hidden = Reference::Code("c9".to_owned());
    assert!(note(hidden.clone(), &Clearance::of(Sensitivity::Internal)).await.is_none());
    assert!(note(hidden, &Clearance::ALL).await.is_some());
    assert!(note(Reference::Code("c8".to_owned()), &Clearance::ALL).await.is_none());
    assert!(store.purged_after(4).await.unwrap() && !store.purged_after(6).await.unwrap());
}

#[tokio::test]
async fn what_names_a_purged_record_can_be_read_and_changed_on() {
    let store = with_canary().await;
    let code = format!("CV-{CANARY}");
    let incident = json!({ "code": "i1", "incident_type": "convoy_attacked", "date": "2016-07-26", "convoy": code });
    let Ok(draft) = passage::domain::draft(Kind::Incident, &incident) else {
        panic!("the incident is read: {:?}", passage::domain::draft(Kind::Incident, &incident));
    };
    assert!(draft.mentions.iter().any(|mention| mention.code == code));
    let written = store.put_one(hour(4), new(Kind::Incident, &incident)).await;
    store.purge(order(named(&code))).await.unwrap();
    assert_eq!(store.known(Kind::Incident, "i1", later()).await.unwrap().version, written.version);
    store.put_one(hour(5), next(Kind::Incident, written.version, &incident)).await;
    assert_eq!(store.verify().await.unwrap().broken, None);
    let again = new(Kind::Convoy, &convoy(&code, "another", "planned"));
    store.put_one(hour(6), again).await;
    assert_eq!(store.verify().await.unwrap().broken, None, "the code may be given again");
}

const READER: &Clearance = &Clearance::of(Sensitivity::Internal);

fn by_code(code: &str) -> Reference {
    Reference::Code(code.to_owned())
}

/// An area that `level` is the level of.
fn secret(level: &str) -> Value {
    json!({ "code": "secret", "names": { "en": "Secret" }, "sensitivity": level })
}

/// A bakery in that area, open by its own level.
fn bakery(code: &str) -> Value {
    json!({ "code": code, "names": { "en": code }, "facility_type": "bakery", "area": "secret",
        "sensitivity": "internal" })
}

/// A closed area, two bakeries in it, an open incident that names the second; then area and second bakery purged.
async fn with_closed_area_purged() -> Housed {
    let store = sqlite();
    store.put_one(hour(1), new(Kind::Area, &secret("confidential"))).await;
    let bakeries = ["b1", "b2"].map(|code| new(Kind::Facility, &bakery(code)));
    store.put(hour(2), bakeries.to_vec()).await;
    let incident = json!({ "code": "i1", "incident_type": "shelling", "date": "2016-07-26", "facilities": ["b2"],
        "sensitivity": "internal" });
    store.put_one(hour(3), new(Kind::Incident, &incident)).await;
    for (kind, code) in [(Kind::Facility, "b2"), (Kind::Area, "secret")] {
        store.purge(PurgeOrder { kind, ..order(named(code)) }).await.unwrap();
    }
    store
}

#[tokio::test]
async fn a_purge_tells_who_could_not_know_of_the_record_neither_that_it_was_nor_its_code() {
    let store = with_closed_area_purged().await;
    // The bakery was open by its own level and closed by that of its area.
    let note = store.purge_note(Kind::Facility, &by_code("b2"), READER).await.unwrap();
    assert!(note.is_none(), "{note:?}");
    let entries = store.changes(0, 99, READER, later()).await.unwrap();
    assert!(entries.iter().all(|entry| entry.action != Action::Purge), "{entries:?}");
    let cut = Cut { as_of: None, known_at: later() };
    for (reader, knows) in [(READER, false), (&Clearance::ALL, true)] {
        let seen = store.record(Kind::Incident, &by_code("i1"), cut, reader).await.unwrap();
        assert_eq!(seen.body.contains("b2"), knows, "{}", seen.body);
        let mut naming = write(hour(5), vec![new(Kind::Facility, &bakery("b3"))]);
        naming.clearance = reader.clone();
        assert_eq!(store.write(naming).await.is_ok(), knows, "may who knew of it name it on?");
    }
}

#[tokio::test]
async fn what_is_about_a_closed_area_that_was_purged_stays_closed() {
    let store = with_closed_area_purged().await;
    let is_closed = async || {
        let seen = store.history(Kind::Facility, &by_code("b1"), later(), READER).await;
        matches!(seen, Err(StoreError::NotFound { .. }))
    };
    assert!(is_closed().await);
    let version = store.known(Kind::Facility, "b1", later()).await.unwrap().version;
    store.put_one(hour(6), next(Kind::Facility, version, &bakery("b1"))).await;
    assert!(is_closed().await, "in its next version");
    store.put_one(hour(7), new(Kind::Area, &secret("internal"))).await;
    assert!(is_closed().await, "when another area has the code");
    assert_eq!(store.verify().await.unwrap().broken, None);
}

#[tokio::test]
async fn who_opens_what_was_purged_by_editing_who_could_see_it_is_found() {
    for edit in
        ["UPDATE purged SET level = 0", "DELETE FROM purged", "UPDATE purged SET kind = 'plan'"]
    {
        let store = with_closed_area_purged().await;
        let file = Connection::open(store.file()).unwrap();
        file.execute_batch(edit).unwrap();
        let broken = store.verify().await.unwrap().broken;
        assert_eq!(broken.map(|(at, _)| at), Some(5), "{edit}");
    }
}

#[tokio::test]
async fn age_alone_purges_what_is_over_or_withdrawn_and_nothing_else() {
    let store = sqlite();
    store.put_one(hour(1), new(Kind::Area, &area("duma", "Duma"))).await;
    let old = vec![
        new(Kind::Convoy, &convoy("over", "x", "cancelled")),
        new(Kind::Convoy, &convoy("on-its-way", "x", "departed")),
        new(Kind::Convoy, &convoy("taken-back", "x", "departed")),
        new(Kind::Convoy, &convoy("touched", "x", "cancelled")),
    ];
    let written = store.put(hour(2), old).await;
    store
        .put_one(
            hour(3),
            withdrawal(Kind::Convoy, written[2].version, &convoy("taken-back", "x", "departed")),
        )
        .await;
    store
        .put_one(
            hour(9_000),
            next(Kind::Convoy, written[3].version, &convoy("touched", "x", "cancelled")),
        )
        .await;
    let purged = store.purge(order(Doomed::Before(hour(8_000)))).await.unwrap();
    let mut codes: Vec<&str> = purged.records.iter().map(|record| record.code.as_str()).collect();
    codes.sort_unstable();
    assert_eq!(codes, ["over", "taken-back"]);
    let areas = PurgeOrder { kind: Kind::Area, ..order(Doomed::Before(hour(8_000))) };
    assert!(store.purge(areas).await.unwrap().records.is_empty(), "areas last");
    assert_eq!(store.found(Kind::Convoy, Filter::default()).await, ["on-its-way", "touched"]);
}

#[tokio::test]
async fn kept_answers_and_reports_that_name_the_record_go_with_it() {
    let store = with_canary().await;
    let mut keyed = write(hour(4), vec![new(Kind::Convoy, &convoy("c2", CANARY, "cancelled"))]);
    keyed.idempotency = Some(("key".to_owned(), [7; 32]));
    store.write(keyed).await.unwrap();
    let report = |schedule: &str, body: &str| passage::store::KeptReport {
        schedule: schedule.to_owned(),
        period_end: hour(5),
        recipient: String::new(),
        language: passage::domain::Language::En,
        as_of: hour(5),
        known_at: hour(5),
        made_at: hour(5),
        body: body.to_owned(),
        clearance: Sensitivity::Internal,
        checkpoint: None,
    };
    store
        .keep_report(vec![report("names", "{\"alerts\":[\"late: c2, overdue\"]}").into()])
        .await
        .unwrap();
    store.keep_report(vec![report("other", "{\"convoys\":[\"c22\"]}").into()]).await.unwrap();
    let purged = store.purge(order(named("c2"))).await.unwrap();
    assert_eq!((purged.answers, &*purged.reports), (1, &[("names".to_owned(), hour(5))][..]));
    let left: Vec<String> = store
        .reports(None, 9, Sensitivity::StrictlyConfidential)
        .await
        .unwrap()
        .into_iter()
        .map(|report| report.schedule)
        .collect();
    assert_eq!(left, ["other"]);
}

#[tokio::test]
async fn a_record_that_is_not_there_cannot_be_purged() {
    let store = with_canary().await;
    let fault = store.purge(order(named("nowhere"))).await.unwrap_err();
    assert!(matches!(fault, StoreError::NotFound { .. }), "{fault}");
}

#[tokio::test]
async fn a_failed_duty_leaves_the_time_of_the_last_good_one() {
    for (backend, store) in backends() {
        store.note_upkeep("backup", hour(1), Ok("made".to_owned())).await.unwrap();
        store.note_upkeep("backup", hour(2), Err("no room".to_owned())).await.unwrap();
        let upkeep = store.upkeep().await.unwrap().remove(0);
        assert_eq!((upkeep.tried_at, upkeep.done_at), (hour(2), Some(hour(1))), "{backend}");
        assert_eq!(upkeep.detail, "no room", "{backend}");
    }
}
