//! Tokens: added, listed, revoked once.
#![cfg(test)]

use passage::domain::Role;
use passage::store::Token;

use super::{backends, hour};

fn token(id: &str, role: Role, created: i64) -> Token {
    Token {
        id: id.to_owned(),
        name: format!("{role} of {id}"),
        role,
        secret_hash: [u8::try_from(created).unwrap(); 32],
        created_at: hour(created),
        expires_at: None,
        revoked_at: None,
    }
}

#[tokio::test]
async fn tokens_are_listed_as_they_were_added_the_oldest_first() {
    for (name, store) in backends() {
        assert!(store.tokens().await.unwrap().is_empty(), "{name}");
        let admin = Token { expires_at: Some(hour(99)), ..token("bb", Role::Admin, 2) };
        let kept = [token("cc", Role::Viewer, 1), admin, token("aa", Role::Coordinator, 3)];
        for added in [&kept[2], &kept[0], &kept[1]] {
            store.add_token(added.clone()).await.unwrap();
        }
        assert_eq!(store.tokens().await.unwrap(), kept, "{name}");
    }
}

#[tokio::test]
async fn a_token_never_takes_the_place_of_another() {
    for (name, store) in backends() {
        let first = token("aa", Role::Viewer, 1);
        store.add_token(first.clone()).await.unwrap();
        assert!(store.add_token(token("aa", Role::Admin, 2)).await.is_err(), "{name}");
        assert_eq!(store.tokens().await.unwrap(), [first], "{name}");
    }
}

#[tokio::test]
async fn a_token_is_revoked_once_and_stays_in_the_list() {
    for (name, store) in backends() {
        let first = token("aa", Role::Viewer, 1);
        store.add_token(first.clone()).await.unwrap();
        store.add_token(token("bb", Role::Admin, 2)).await.unwrap();
        assert!(store.revoke_token("aa", hour(5)).await.unwrap(), "{name}");
        assert!(!store.revoke_token("aa", hour(6)).await.unwrap(), "{name}: it holds no more");
        assert!(!store.revoke_token("cc", hour(6)).await.unwrap(), "{name}: there is none");
        let tokens = store.tokens().await.unwrap();
        let revoked = Token { revoked_at: Some(hour(5)), ..first };
        assert_eq!(tokens, [revoked, token("bb", Role::Admin, 2)], "{name}");
    }
}

#[tokio::test]
async fn a_token_that_was_revoked_before_it_was_added_stays_revoked() {
    for (name, store) in backends() {
        let revoked = Token { revoked_at: Some(hour(2)), ..token("aa", Role::Admin, 1) };
        store.add_token(revoked.clone()).await.unwrap();
        assert_eq!(store.tokens().await.unwrap(), [revoked], "{name}");
    }
}
