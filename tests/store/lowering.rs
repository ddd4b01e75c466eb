//! Lowerings: decided together with what follows from them, and told to those who see all of the record.
#![cfg(test)]

use passage::domain::{Clearance, Kind, Sensitivity};
use passage::store::{Action, Change, Cut, Decision, Lowering, StoreError, Write, Written};
use uuid::Uuid;

use super::{Housed, area, backends, hour, new, next, write};

const NOW: Cut = Cut { as_of: None, known_at: chrono::DateTime::<chrono::Utc>::MAX_UTC };

/// That an area shall be open to everybody.
async fn asked(store: &Housed, of: &Written, at: i64) -> Lowering {
    let lowering = Lowering {
        id: Uuid::now_v7(),
        kind: Kind::Area,
        record_id: of.id,
        version: of.version,
        sensitivity: Some(Sensitivity::Public),
        field_sensitivity: None,
        reason: "OCHA published it".to_owned(),
        proposed_by: "desk".to_owned(),
        proposed_at: hour(at),
        decided_by: None,
        decided_at: None,
        decision: None,
    };
    store.propose_lowering(lowering.clone()).await.unwrap();
    lowering
}

/// The write of somebody else that lowers the area.
fn lowered(of: &Written) -> Write {
    let change = next(Kind::Area, of.version, &area(&of.code, "Duma"));
    let change = Change { action: Action::Lower, lowers: true, ..change };
    Write { actor: "head".to_owned(), ..write(hour(9), vec![change]) }
}

#[tokio::test]
async fn a_lowering_is_decided_once_by_another_and_together_with_its_change() {
    for (name, store) in backends() {
        let made = store.put_one(hour(1), new(Kind::Area, &area("duma", "Duma"))).await;
        let lowering = asked(&store, &made, 2).await;
        let own = Write { actor: "desk".to_owned(), ..lowered(&made) };
        let own = store.decide_lowering(lowering.id, Decision::Approved, own).await.unwrap();
        assert_eq!(own, None, "{name}");
        let newer = next(Kind::Area, made.version, &area("duma", "Douma"));
        let newer = store.put_one(hour(3), newer).await;
        let stale = store.decide_lowering(lowering.id, Decision::Approved, lowered(&made)).await;
        assert!(matches!(stale, Err(StoreError::Stale { .. })), "{name}: {stale:?}");
        let kept = store.lowering(lowering.id).await.unwrap().unwrap();
        assert_eq!(kept, lowering, "{name}: still open");
        let done = store.decide_lowering(lowering.id, Decision::Approved, lowered(&newer)).await;
        assert_eq!(done.unwrap().unwrap()[0].version, newer.version + 1, "{name}");
        let kept = store.lowering(lowering.id).await.unwrap().unwrap();
        assert_eq!(kept.decided_by.as_deref(), Some("head"), "{name}");
        assert_eq!((kept.decision, kept.decided_at), (Some(Decision::Approved), Some(hour(9))));
        let again = store.decide_lowering(lowering.id, Decision::Refused, lowered(&newer)).await;
        assert_eq!(again.unwrap(), None, "{name}");
        assert_eq!(store.sequence().await.unwrap(), newer.version + 1, "{name}");
    }
}

#[tokio::test]
async fn lowerings_of_what_a_reader_does_not_see_take_no_place_in_the_list() {
    let reader = &Clearance::of(Sensitivity::Internal);
    for (name, store) in backends() {
        let mut hidden = new(Kind::Area, &area("closed", "Closed"));
        hidden.draft.sensitivity = Some(Sensitivity::Confidential);
        let made = new(Kind::Area, &area("duma", "Duma"));
        let made = store.put(hour(1), vec![made, hidden]).await;
        let open = asked(&store, &made[0], 2).await;
        let closed = asked(&store, &made[1], 3).await;
        let told = async |limit, clearance| {
            let told = store.lowerings(limit, NOW, clearance).await.unwrap();
            told.into_iter()
                .map(|(lowering, stored)| (lowering.id, stored.code))
                .collect::<Vec<_>>()
        };
        let open = (open.id, "duma".to_owned());
        assert_eq!(told(1, reader).await, std::slice::from_ref(&open), "{name}");
        let all = [(closed.id, "closed".to_owned()), open];
        assert_eq!(told(9, &Clearance::ALL).await, all, "{name}");
        let before = Cut { known_at: hour(0), ..NOW };
        assert!(store.lowerings(9, before, &Clearance::ALL).await.unwrap().is_empty(), "{name}");
    }
}
