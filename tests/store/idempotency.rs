//! Keyed requests: a retry gets the first answer and changes nothing.
#![cfg(test)]

use passage::domain::Kind;
use passage::store::{StoreError, Write};

use super::{area, backends, hour, later, name_of, new, next, write};

fn keyed(key: &str, fingerprint: u8, write: Write) -> Write {
    Write { idempotency: Some((key.to_owned(), [fingerprint; 32])), ..write }
}

#[tokio::test]
async fn a_retry_gets_the_first_answer_also_after_the_record_went_on() {
    for (name, store) in backends() {
        let first = keyed("k", 1, write(hour(1), vec![new(Kind::Area, &area("duma", "Duma"))]));
        let answer = store.write(first.clone()).await.unwrap();
        let change = next(Kind::Area, answer[0].version, &area("duma", "Douma"));
        store.put_one(hour(2), change).await;
        let retry = Write { recorded_at: hour(3), learned_at: hour(3), ..first };
        assert_eq!(store.write(retry).await.unwrap(), answer, "{name}");
        assert_eq!(store.sequence().await.unwrap(), 2, "{name}");
        let read = store.known(Kind::Area, "duma", later()).await.unwrap();
        assert_eq!(name_of(&read), "Douma", "{name}");
    }
}

#[tokio::test]
async fn a_key_used_for_another_request_is_refused() {
    for (name, store) in backends() {
        let one = |code, print| {
            keyed("k", print, write(hour(1), vec![new(Kind::Area, &area(code, code))]))
        };
        store.write(one("duma", 1)).await.unwrap();
        let outcome = store.write(one("homs", 2)).await;
        assert!(matches!(outcome, Err(StoreError::KeyReused)), "{name}: {outcome:?}");
        assert!(store.known(Kind::Area, "homs", later()).await.is_err(), "{name}");
    }
}

#[tokio::test]
async fn two_people_may_choose_the_same_key() {
    for (name, store) in backends() {
        let by = |actor: &str, code| {
            let actor = actor.to_owned();
            let change = new(Kind::Area, &area(code, code));
            keyed("k", 1, Write { actor, ..write(hour(1), vec![change]) })
        };
        store.write(by("one", "duma")).await.unwrap();
        let written = store.write(by("other", "homs")).await.unwrap();
        assert_eq!(written[0].code, "homs", "{name}");
    }
}

#[tokio::test]
async fn a_request_that_was_refused_may_be_made_again_with_its_key() {
    for (name, store) in backends() {
        let duma = store.put_one(hour(1), new(Kind::Area, &area("duma", "Duma"))).await;
        let taken = keyed("k", 1, write(hour(2), vec![new(Kind::Area, &area("duma", "D"))]));
        assert!(store.write(taken).await.is_err(), "{name}");
        let change = next(Kind::Area, duma.version, &area("duma", "Douma"));
        let corrected = keyed("k", 2, write(hour(3), vec![change]));
        assert!(store.write(corrected).await.is_ok(), "{name}");
    }
}

#[tokio::test]
async fn of_fifty_equal_requests_at_once_one_makes_the_record_and_all_get_its_answer() {
    for (name, store) in backends() {
        let mut tasks = tokio::task::JoinSet::new();
        for _ in 0..50 {
            // Each retry makes an id of its own; the first one stands.
            let change = new(Kind::Area, &area("duma", "Duma"));
            let (shared, write) = (store.shared(), keyed("k", 1, write(hour(1), vec![change])));
            tasks.spawn(async move { shared.write(write).await.unwrap() });
        }
        let answers = tasks.join_all().await;
        assert!(answers.windows(2).all(|pair| pair[0] == pair[1]), "{name}");
        assert_eq!(store.sequence().await.unwrap(), 1, "{name}");
        let read = store.known(Kind::Area, "duma", later()).await.unwrap();
        assert_eq!(read.id, answers[0][0].id, "{name}");
    }
}

#[tokio::test]
async fn what_was_answered_can_be_asked_for_without_writing() {
    for (name, store) in backends() {
        let first = keyed("k", 1, write(hour(1), vec![new(Kind::Area, &area("duma", "Duma"))]));
        let ask = |print: u8| ("k".to_owned(), [print; 32]);
        assert_eq!(store.answered(&first.actor, &ask(1)).await.unwrap(), None, "{name}");
        let answer = store.write(first.clone()).await.unwrap();
        let again = store.answered(&first.actor, &ask(1)).await.unwrap();
        assert_eq!(again, Some(answer), "{name}");
        assert_eq!(store.answered("other", &ask(1)).await.unwrap(), None, "{name}");
        let reused = store.answered(&first.actor, &ask(2)).await;
        assert!(matches!(reused, Err(StoreError::KeyReused)), "{name}: {reused:?}");
    }
}
