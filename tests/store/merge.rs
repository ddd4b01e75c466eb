//! Merging: a record is gone, its code stands for another from then on, and both histories stay.
#![cfg(test)]

use passage::domain::merge::MERGED_INTO;
use passage::domain::{Clearance, Kind, Sensitivity};
use passage::store::{Action, Change, Filter, Reference, StoreError};
use rusqlite::Connection;
use serde_json::{Value, json};

use super::{
    Housed, area, area_at, backends, hour, later, name_of, new, next, sqlite, upsert, withdrawal,
};

fn merge(kind: Kind, version: i64, body: &Value, into: &str) -> Change {
    let mut change = next(kind, version, body);
    change.draft.body[MERGED_INTO] = json!(into);
    Change { action: Action::Merge, reason: Some("one town".to_owned()), ..change }
}

fn unmerge(kind: Kind, version: i64, body: &Value) -> Change {
    let reason = Some("two towns after all".to_owned());
    Change { action: Action::Unmerge, reason, ..next(kind, version, body) }
}

fn population(code: &str, area: &str) -> Value {
    json!({ "code": code, "area": area, "date": "2016-01-01", "people": 4_000, "metric": "residents" })
}

/// Two areas, a count of the one that goes, and the merge at hour 3.
async fn merged(store: &Housed) -> (i64, i64) {
    let duma = store.put_one(hour(1), new(Kind::Area, &area_at("duma", 36.4, 33.57))).await;
    let other = store.put_one(hour(1), new(Kind::Area, &area("douma", "Douma"))).await;
    store.put_one(hour(2), new(Kind::Population, &population("po-1", "douma"))).await;
    let change = merge(Kind::Area, other.version, &area("douma", "Douma"), "duma");
    let gone = store.put_one(hour(3), change).await;
    (duma.version, gone.version)
}

fn naming(code: &str) -> Filter {
    Filter { mentions: [(Kind::Area, vec![code.to_owned()])].into(), ..Filter::default() }
}

#[tokio::test]
async fn a_code_that_was_merged_stands_for_the_other_and_before_it_for_itself() {
    for (name, store) in backends() {
        let (duma, gone) = merged(&store).await;
        let now = store.known(Kind::Area, "douma", later()).await.unwrap();
        assert_eq!((now.code.as_str(), now.version), ("duma", duma), "{name}");
        let before = store.known(Kind::Area, "douma", hour(2)).await.unwrap();
        assert_eq!((before.code.as_str(), before.withdrawn), ("douma", false), "{name}");
        assert_eq!(store.found(Kind::Area, Filter::default()).await, ["duma"], "{name}");

        let by_code = Reference::Code("douma".to_owned());
        let history = store.history(Kind::Area, &by_code, later(), &Clearance::ALL).await.unwrap();
        assert_eq!(history.len(), 2, "{name}: its own history stays");
        let last = history.last().unwrap();
        assert_eq!((last.version, last.withdrawn), (gone, true), "{name}");
        assert!(last.body.contains(r#""merged_into":"duma""#), "{name}: {}", last.body);
        let by_id = Reference::Id(last.id);
        let cut = passage::store::Cut { as_of: None, known_at: later() };
        let itself = store.record(Kind::Area, &by_id, cut, &Clearance::ALL).await.unwrap();
        assert_eq!(itself.code, "douma", "{name}: the id stands for itself");
        let merges = store.merges(later(), &Clearance::ALL).await.unwrap();
        assert_eq!(merges.winner(Kind::Area, "douma"), Some("duma"), "{name}");
        assert_eq!(
            store.merges(hour(2), &Clearance::ALL).await.unwrap().winner(Kind::Area, "douma"),
            None
        );
        assert_eq!(store.verify().await.unwrap().broken, None, "{name}");
    }
}

#[tokio::test]
async fn what_names_the_one_that_went_is_found_by_both_and_whole_bodies_name_the_other() {
    for (name, store) in backends() {
        merged(&store).await;
        store.put_one(hour(4), new(Kind::Population, &population("po-2", "duma"))).await;
        for asked in ["duma", "douma"] {
            assert_eq!(
                store.found(Kind::Population, naming(asked)).await,
                ["po-1", "po-2"],
                "{name}: {asked}"
            );
        }
        let codes = Filter { codes: vec!["douma".to_owned()], ..Filter::default() };
        assert_eq!(store.found(Kind::Area, codes).await, ["duma"], "{name}");
        let mut asked = super::query(Kind::Population, Filter::default());
        asked.expand = true;
        let page = store.records(asked.clone(), &Clearance::ALL).await.unwrap();
        assert!(
            page.rows.iter().all(|row| row.body.contains(r#""area":"duma""#)),
            "{name}: {page:?}"
        );
        asked.cut.known_at = hour(2);
        let page = store.records(asked, &Clearance::ALL).await.unwrap();
        assert!(page.rows[0].body.contains(r#""area":"douma""#), "{name}: it was not known yet");
        let written = store.known(Kind::Population, "po-1", later()).await.unwrap();
        assert!(
            written.body.contains(r#""area":"douma""#),
            "{name}: a record stays as it was written"
        );
    }
}

#[tokio::test]
async fn the_code_may_still_be_named_but_not_written_to() {
    for (name, store) in backends() {
        let (_, gone) = merged(&store).await;
        store.put_one(hour(4), new(Kind::Population, &population("po-2", "douma"))).await;
        for change in [
            next(Kind::Area, gone, &area("douma", "Douma")),
            upsert(Kind::Area, &area("douma", "Douma!")),
            withdrawal(Kind::Area, gone, &area("douma", "Douma")),
        ] {
            let refusals = store.refusals(vec![change]).await;
            let problem = &refusals[0].problems.0[0];
            assert!(
                problem.detail.contains("douma is merged into duma"),
                "{name}: {}",
                problem.detail
            );
        }
        let part = json!({ "code": "duma", "names": { "en": "Duma" }, "part_of": "douma" });
        let refusals = store.refusals(vec![upsert(Kind::Area, &part)]).await;
        assert!(refusals[0].problems.to_string().contains("another record"), "{name}");
    }
}

#[tokio::test]
async fn what_is_not_merged_any_more_is_as_it_was() {
    for (name, store) in backends() {
        let (_, gone) = merged(&store).await;
        let back = store.put_one(hour(5), unmerge(Kind::Area, gone, &area("douma", "Douma"))).await;
        let now = store.known(Kind::Area, "douma", later()).await.unwrap();
        assert_eq!(
            (now.version, now.withdrawn, name_of(&now).as_str()),
            (back.version, false, "Douma"),
            "{name}"
        );
        assert_eq!(
            store.known(Kind::Area, "douma", hour(4)).await.unwrap().code,
            "duma",
            "{name}: as known then"
        );
        assert_eq!(store.found(Kind::Population, naming("duma")).await, [] as [&str; 0], "{name}");
        let again =
            store.refusals(vec![unmerge(Kind::Area, back.version, &area("douma", "Douma"))]).await;
        assert!(again[0].problems.to_string().contains("not merged"), "{name}");
        let change = merge(Kind::Area, back.version, &area("douma", "Douma"), "duma");
        store.put_one(hour(6), change).await;
        assert_eq!(store.known(Kind::Area, "douma", later()).await.unwrap().code, "duma", "{name}");
        assert_eq!(store.verify().await.unwrap().broken, None, "{name}");
    }
}

#[tokio::test]
async fn chains_circles_and_strangers_are_refused() {
    for (name, store) in backends() {
        let (duma, _) = merged(&store).await;
        let whole = store.put_one(hour(4), new(Kind::Area, &area("ghouta", "Ghouta"))).await;
        let part = json!({ "code": "quarter", "names": { "en": "Quarter" }, "part_of": "ghouta" });
        let quarter = store.put_one(hour(4), new(Kind::Area, &part)).await;
        let inner = json!({ "code": "street", "names": { "en": "Street" }, "part_of": "quarter" });
        store.put_one(hour(4), new(Kind::Area, &inner)).await;
        let duma_body = area_at("duma", 36.4, 33.57);
        let ghouta = area("ghouta", "Ghouta");
        for (change, said) in [
            (merge(Kind::Area, duma, &duma_body, "duma"), "must be another record"),
            (merge(Kind::Area, duma, &duma_body, "nowhere"), "there is no area nowhere"),
            (merge(Kind::Area, whole.version, &ghouta, "douma"), "itself merged into duma"),
            (merge(Kind::Area, duma, &duma_body, "ghouta"), "douma is merged into duma"),
            (merge(Kind::Area, whole.version, &ghouta, "quarter"), "quarter is a part of ghouta"),
            (merge(Kind::Area, whole.version, &ghouta, "street"), "street is a part of ghouta"),
        ] {
            let refusals = store.refusals(vec![change]).await;
            let problem = &refusals[0].problems.0[0];
            assert!(problem.detail.contains(said), "{name}: {said}: {}", problem.detail);
            assert_eq!(problem.pointer, "/into", "{name}");
        }
        // A part may be found to be its whole.
        store.put_one(hour(5), merge(Kind::Area, quarter.version, &part, "ghouta")).await;
        let both = vec![
            merge(Kind::Area, whole.version, &ghouta, "duma"),
            merge(Kind::Area, duma, &duma_body, "ghouta"),
        ];
        assert!(
            matches!(store.write(super::write(hour(6), both)).await, Err(StoreError::Refused(_))),
            "{name}"
        );
    }
}

#[tokio::test]
async fn convoys_and_sources_are_merged_and_other_kinds_have_no_such_place() {
    for (name, store) in backends() {
        let convoy =
            |code: &str| json!({ "code": code, "mode": "cross_line", "date": "2016-01-01" });
        let source = |code: &str| json!({ "code": code, "name": "A report" });
        for kind in [Kind::Convoy, Kind::Source] {
            let body = |code: &str| if kind == Kind::Convoy { convoy(code) } else { source(code) };
            store.put_one(hour(1), new(kind, &body("one"))).await;
            let two = store.put_one(hour(1), new(kind, &body("two"))).await;
            store.put_one(hour(2), merge(kind, two.version, &body("two"), "one")).await;
            assert_eq!(store.known(kind, "two", later()).await.unwrap().code, "one", "{name}");
        }
        assert!(Kind::ALL.iter().filter(|kind| kind.can_merge()).count() == 3, "{name}");
    }
}

#[tokio::test]
async fn what_fewer_may_see_does_not_stand_for_what_more_may_see() {
    for (name, store) in backends() {
        let with = |code: &str, level: &str| json!({ "code": code, "names": { "en": code }, "sensitivity": level });
        store.put_one(hour(1), new(Kind::Area, &with("closed", "confidential"))).await;
        let open = store.put_one(hour(1), new(Kind::Area, &with("open", "public"))).await;
        let change = merge(Kind::Area, open.version, &with("open", "public"), "closed");
        let refusals = store.refusals(vec![change]).await;
        assert!(refusals[0].problems.to_string().contains("fewer may see closed"), "{name}");
        // The other way round: what names the closed one stays as closed as it was.
        let hidden = json!({ "code": "po-1", "area": "closed", "date": "2016-01-01", "people": 9_000, "metric": "residents", "sensitivity": "public" });
        store.put_one(hour(2), new(Kind::Population, &hidden)).await;
        let closed = store.known(Kind::Area, "closed", later()).await.unwrap();
        let change = merge(Kind::Area, closed.version, &with("closed", "confidential"), "open");
        store.put_one(hour(3), change).await;
        let viewer = Clearance { level: Sensitivity::Internal, organisation: None };
        let page =
            store.records(super::query(Kind::Population, naming("open")), &viewer).await.unwrap();
        assert_eq!(page.rows.len(), 0, "{name}");
        let merges = store.merges(later(), &viewer).await.unwrap();
        assert_eq!(
            merges.winner(Kind::Area, "closed"),
            None,
            "{name}: who may not know of it learns nothing"
        );
    }
}

#[tokio::test]
async fn raising_the_one_that_stays_raises_what_was_merged_into_it() {
    for (name, store) in backends() {
        let (duma, _) = merged(&store).await;
        let mut body = area_at("duma", 36.4, 33.57);
        body["sensitivity"] = json!("confidential");
        store.put_one(hour(4), next(Kind::Area, duma, &body)).await;
        let viewer = Clearance { level: Sensitivity::Internal, organisation: None };
        let page = store
            .records(super::query(Kind::Population, Filter::default()), &viewer)
            .await
            .unwrap();
        assert_eq!(page.rows.len(), 0, "{name}: the count is about a place that is closed now");
        let cut = passage::store::Cut { as_of: None, known_at: later() };
        let by_code = Reference::Code("douma".to_owned());
        let read = store.record(Kind::Area, &by_code, cut, &viewer).await;
        assert!(matches!(read, Err(StoreError::NotFound { .. })), "{name}");
    }
}

#[tokio::test]
async fn news_bring_what_names_the_one_that_went_again() {
    for (name, store) in backends() {
        let duma = store.put_one(hour(1), new(Kind::Area, &area("duma", "Duma"))).await;
        let twin = store.put_one(hour(1), new(Kind::Area, &area("douma", "Douma"))).await;
        store.put_one(hour(2), new(Kind::Population, &population("po-1", "douma"))).await;
        let other =
            store.put_one(hour(2), new(Kind::Population, &population("po-2", "duma"))).await;
        let change = merge(Kind::Area, twin.version, &area("douma", "Douma"), "duma");
        let gone = store.put_one(hour(3), change).await;
        let news = store.since(other.version, later(), &Clearance::ALL, later()).await.unwrap();
        let codes: Vec<&str> = news.records.iter().map(|stored| stored.code.as_str()).collect();
        assert_eq!((codes, news.changes_sight), (vec!["po-1", "douma"], true), "{name}");
        let back = unmerge(Kind::Area, gone.version, &area("douma", "Douma"));
        store.put_one(hour(4), back).await;
        let news = store.since(gone.version, later(), &Clearance::ALL, later()).await.unwrap();
        let codes: Vec<&str> = news.records.iter().map(|stored| stored.code.as_str()).collect();
        assert_eq!(codes, ["po-1", "douma"], "{name}");
        assert!(duma.version < other.version);
    }
}

#[tokio::test]
async fn what_stands_for_what_comes_first_and_only_as_it_was_known() {
    for (name, store) in backends() {
        merged(&store).await;
        let first = store.everything(later()).await.records.remove(0);
        assert_eq!((first.code.as_str(), first.withdrawn), ("douma", true), "{name}");
        let before = store.everything(hour(2)).await;
        assert!(before.records.iter().all(|stored| !stored.withdrawn), "{name}");
    }
}

#[tokio::test]
async fn who_changes_what_a_record_was_merged_into_is_found() {
    let store = sqlite();
    let (_, gone) = merged(&store).await;
    store.put_one(hour(4), new(Kind::Area, &area("homs", "Homs"))).await;
    let file = Connection::open(store.file()).unwrap();
    file.execute("UPDATE area SET merged_into = 'homs' WHERE version = ?1", [gone]).unwrap();
    let (at, how) = store.verify().await.unwrap().broken.unwrap();
    assert_eq!(at, gone);
    assert!(how.contains("merged_into"), "{how}");
}

#[tokio::test]
async fn two_codes_of_one_area_are_one_member_of_a_group_where_few_people_are_hidden() {
    for (name, store) in backends() {
        let count = |code: &str, of: &str, at: &str, people: u64| {
            let mut body = json!({ "code": code, "date": "2016-01-01", "metric": "residents", "people": people, "sensitivity": "public" });
            body[of] = json!(at);
            new(Kind::Population, &body)
        };
        let a = store.put_one(hour(1), new(Kind::Area, &area("a", "A"))).await;
        store
            .put(hour(1), vec![new(Kind::Area, &area("b", "B")), new(Kind::Area, &area("c", "C"))])
            .await;
        let group = json!({ "code": "g", "names": { "en": "G" }, "areas": ["a", "c"] });
        store.put_one(hour(1), new(Kind::AreaGroup, &group)).await;
        store
            .put(hour(2), vec![count("of-b", "area", "b", 8), count("of-g", "area_group", "g", 10)])
            .await;
        let viewer = Clearance { level: Sensitivity::Internal, organisation: None };
        let total = async || {
            let cut = passage::store::Cut { as_of: None, known_at: later() };
            let code = Reference::Code("of-g".to_owned());
            store.record(Kind::Population, &code, cut, &viewer).await.unwrap().seen.is_part
        };
        assert!(!total().await, "{name}: b is in no group");
        store.put_one(hour(3), merge(Kind::Area, a.version, &area("a", "A"), "b")).await;
        assert!(total().await, "{name}: 10 less the 8 of a, which is b, would tell the 2 of c");
    }
}
