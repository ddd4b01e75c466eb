//! Who is shown an episode: who may know, at that moment, of every record that it speaks of.
#![cfg(test)]

use passage::domain::{Clearance, Draft, Kind, OrganisationCode, Sensitivity, Step};
use passage::store::{Change, EpisodeQuery, KeptEpisode, LookedAt, Write};
use serde_json::{Value, json};
use uuid::Uuid;

use super::{INTERNAL, by, episode, keep, naming, seen};
use crate::{Housed, area, backends, hour, later, new, next, upsert, withdrawal, write};

fn with_level(change: Change, level: Sensitivity) -> Change {
    let draft = Draft { sensitivity: Some(level), ..change.draft };
    Change { draft, ..change }
}

/// Is the episode shown to this reader, whichever way they ask?
async fn is_shown(store: &Housed, clearance: &Clearance, at: i64) -> bool {
    let id = Uuid::from_u128(1);
    let one = store.episode(id, clearance, hour(at)).await.unwrap().is_some();
    let query = EpisodeQuery { limit: 9, ..EpisodeQuery::default() };
    let listed = store.episodes(query, clearance, hour(at)).await.unwrap().len();
    let (events, until) = store.alert_events_after(0, 9, clearance, hour(at)).await.unwrap();
    assert_eq!(
        (listed, events.len()),
        (usize::from(one), usize::from(one)),
        "all ways say the same"
    );
    assert!(until > 0, "the reader goes on after what is not shown");
    if !one {
        let taken = store.acknowledge(id, by("ann", at), clearance).await.unwrap();
        assert!(taken.is_none(), "what is not shown cannot be taken on");
    }
    one
}

#[tokio::test]
async fn when_the_level_of_a_record_rises_what_speaks_of_it_is_shown_to_nobody_below() {
    for (name, store) in backends() {
        let first = store.put_one(hour(1), new(Kind::Area, &area("duma", "Duma"))).await;
        store.put_one(hour(1), new(Kind::Area, &area("arbin", "Arbin"))).await;
        let names = [(Kind::Area, "arbin"), (Kind::Area, "duma")];
        keep(&store, vec![naming(episode(1, "runout/arbin"), &names)]).await;
        assert!(is_shown(&store, INTERNAL, 2).await, "{name}");
        let higher = next(Kind::Area, first.version, &area("duma", "Duma"));
        store.put_one(hour(3), with_level(higher, Sensitivity::Confidential)).await;
        assert!(!is_shown(&store, INTERNAL, 4).await, "{name}");
        // The job goes on with its life all the same.
        assert_eq!(store.open_episodes(Sensitivity::Internal).await.unwrap().len(), 1, "{name}");
    }
}

#[tokio::test]
async fn that_a_silence_keeps_it_quiet_is_shown_but_not_which_where_that_is_closed() {
    for (name, store) in backends() {
        let body =
            json!({ "code": "hush", "from": "2016-01-01", "until": "2016-01-03", "reason": "x" });
        let quiet = KeptEpisode { silenced_by: Some("hush".to_owned()), ..episode(1, "a") };
        let steps = vec![(Step::Silenced, None)];
        keep(&store, vec![LookedAt { episode: quiet, names: Vec::new(), steps }]).await;
        for (level, shown) in [(Sensitivity::Internal, "hush"), (Sensitivity::Confidential, "")] {
            let silence = with_level(upsert(Kind::Silence, &body), level);
            store.put_one(hour(2), silence).await;
            let (kept, events) = seen(&store, 1, INTERNAL).await.unwrap();
            assert_eq!(kept.silenced_by.as_deref(), Some(shown), "{name}");
            assert_eq!(
                events[0].note.as_deref(),
                Some(shown).filter(|code| !code.is_empty()),
                "{name}"
            );
            let query = EpisodeQuery { limit: 9, ..EpisodeQuery::default() };
            let listed = store.episodes(query, INTERNAL, later()).await.unwrap();
            assert_eq!(listed[0].silenced_by.as_deref(), Some(shown), "{name}");
        }
    }
}

#[tokio::test]
async fn what_speaks_of_a_record_that_is_not_there_is_not_shown() {
    for (name, store) in backends() {
        let duma = [(Kind::Area, "duma")];
        keep(&store, vec![naming(episode(1, "runout/duma"), &duma)]).await;
        assert!(!is_shown(&store, INTERNAL, 2).await, "{name}");
        let first = store.put_one(hour(3), new(Kind::Area, &area("duma", "Duma"))).await;
        assert!(is_shown(&store, INTERNAL, 4).await, "{name}");
        let back = withdrawal(Kind::Area, first.version, &area("duma", "Duma"));
        store.put_one(hour(5), back).await;
        assert!(is_shown(&store, INTERNAL, 6).await, "{name}: withdrawn is no secret");
    }
}

fn convoy(events: &Value) -> Value {
    json!({ "code": "c1", "mode": "cross_line", "date": "2016-01-02", "events": events,
        "drops": [{ "areas": ["duma"], "trucks": 3 }] })
}

/// Hours after which nothing of a convoy that closed is withheld any more.
const LONG: i64 = 24 * 30;

#[tokio::test]
async fn a_convoy_that_is_to_set_out_again_hides_what_was_told_of_it() {
    for (name, store) in backends() {
        store.put_one(hour(1), new(Kind::Area, &area("duma", "Duma"))).await;
        let turned = json!([{ "stage": "turned_back", "at": "2016-01-02T08:00:00Z" }]);
        let first = store.put_one(hour(33), new(Kind::Convoy, &convoy(&turned))).await;
        let names = [(Kind::Convoy, "c1"), (Kind::Area, "duma")];
        keep(&store, vec![naming(episode(1, "convoy_denied/c1"), &names)]).await;
        assert!(!is_shown(&store, INTERNAL, 34).await, "{name}: it closed just now");
        assert!(is_shown(&store, INTERNAL, LONG).await, "{name}");
        let again = json!([{ "stage": "turned_back", "at": "2016-01-02T08:00:00Z" },
            { "stage": "planned", "at": "2016-02-01T08:00:00Z" }]);
        store.put_one(hour(LONG + 32), next(Kind::Convoy, first.version, &convoy(&again))).await;
        assert!(!is_shown(&store, INTERNAL, LONG + 33).await, "{name}");
    }
}

#[tokio::test]
async fn a_partner_is_shown_what_speaks_of_the_own_records_at_the_own_level() {
    for (name, store) in backends() {
        let sarc: OrganisationCode = "sarc".parse().unwrap();
        store.put_one(hour(1), new(Kind::Area, &area("duma", "Duma"))).await;
        let body = json!({ "code": "sarc", "names": { "en": "SARC" } });
        store.put_one(hour(1), new(Kind::Organisation, &body)).await;
        let events = json!([{ "stage": "departed", "at": "2016-01-02T08:00:00Z" }]);
        let own = with_level(new(Kind::Convoy, &convoy(&events)), Sensitivity::Confidential);
        let own = Write { owner: Some(sarc.clone()), ..write(hour(33), vec![own]) };
        store.write(own).await.unwrap();
        let names = [(Kind::Convoy, "c1")];
        keep(&store, vec![naming(episode(1, "convoy_stalled/c1"), &names)]).await;
        let of = |organisation: &str, level| Clearance {
            level,
            organisation: Some(organisation.parse().unwrap()),
        };
        assert!(!is_shown(&store, INTERNAL, 40).await, "{name}");
        assert!(!is_shown(&store, &of("icrc", Sensitivity::Internal), 40).await, "{name}");
        let partner = of("sarc", Sensitivity::Internal);
        assert!(is_shown(&store, &partner, 40).await, "{name}: its own");
        let public = &of("sarc", Sensitivity::Public);
        let found = store.episode(Uuid::from_u128(1), public, later()).await.unwrap();
        assert!(found.is_none(), "{name}: it is computed from what internal readers know");
        let taken = store.acknowledge(Uuid::from_u128(1), by("ann", 41), &partner).await.unwrap();
        assert_eq!(taken.unwrap().acknowledged, Some(by("ann", 41)), "{name}");
    }
}
