//! Tokens: added, listed, revoked once.
#![cfg(test)]

use passage::domain::{Role, Sensitivity, Standing};
use passage::store::Token;

use super::{backends, hour};

fn token(id: &str, role: Role, created: i64) -> Token {
    Token {
        id: id.to_owned(),
        name: format!("{role} of {id}"),
        standing: Standing::usual(role),
        secret_hash: [u8::try_from(created).unwrap(); 32],
        created_at: hour(created),
        created_by: "Ada".to_owned(),
        expires_at: hour(99),
        revoked_at: None,
    }
}

#[tokio::test]
async fn tokens_are_listed_as_they_were_added_the_oldest_first() {
    for (name, store) in backends() {
        assert!(store.tokens().await.unwrap().is_empty(), "{name}");
        let admin = Token { expires_at: hour(98), ..token("bb", Role::Admin, 2) };
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
        assert!(store.revoke_token("aa", "Ada", hour(5)).await.unwrap(), "{name}");
        assert!(
            !store.revoke_token("aa", "Ada", hour(6)).await.unwrap(),
            "{name}: it holds no more"
        );
        assert!(!store.revoke_token("cc", "Ada", hour(6)).await.unwrap(), "{name}: there is none");
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

#[tokio::test]
async fn a_token_is_found_by_its_public_half() {
    for (name, store) in backends() {
        store.add_token(token("aa", Role::Viewer, 1)).await.unwrap();
        assert_eq!(store.token("aa").await.unwrap(), Some(token("aa", Role::Viewer, 1)), "{name}");
        assert_eq!(store.token("bb").await.unwrap(), None, "{name}");
    }
}

#[tokio::test]
async fn a_changed_token_keeps_its_secret_and_a_revoked_one_is_not_changed() {
    for (name, store) in backends() {
        let before = token("aa", Role::Viewer, 1);
        store.add_token(before.clone()).await.unwrap();
        let partner = Standing {
            role: Role::Partner,
            level: Sensitivity::Public,
            organisation: Some("sarc".parse().unwrap()),
        };
        let after = Token {
            name: "new".to_owned(),
            standing: partner,
            expires_at: hour(50),
            ..before.clone()
        };
        assert!(store.change_token(after.clone(), "Ada", hour(2)).await.unwrap(), "{name}");
        assert_eq!(store.token("aa").await.unwrap(), Some(after.clone()), "{name}");
        assert!(store.revoke_token("aa", "Ada", hour(3)).await.unwrap());
        assert!(!store.change_token(before, "Ada", hour(4)).await.unwrap(), "{name}");
        let revoked = Token { revoked_at: Some(hour(3)), ..after };
        assert_eq!(store.token("aa").await.unwrap(), Some(revoked), "{name}");
    }
}

#[tokio::test]
async fn every_change_of_a_token_is_written_down_without_its_hash() {
    for (name, store) in backends() {
        let made = token("aa", Role::Viewer, 1);
        store.add_token(made.clone()).await.unwrap();
        let renamed = Token { name: "new".to_owned(), ..made };
        store.change_token(renamed, "Ada", hour(2)).await.unwrap();
        store.revoke_token("aa", "Eve", hour(3)).await.unwrap();
        store.revoke_token("aa", "Eve", hour(4)).await.unwrap();
        let told = store.account_changes(0, 10).await.unwrap();
        let rows: Vec<_> = told
            .iter()
            .map(|row| (row.sequence, row.recorded_at, row.actor.as_str(), row.action.as_str()))
            .collect();
        let expected = [
            (1, hour(1), "Ada", "create"),
            (2, hour(2), "Ada", "change"),
            (3, hour(3), "Eve", "revoke"),
        ];
        assert_eq!(rows, expected, "{name}");
        assert!(told.iter().all(|row| row.subject == "token" && row.id == "aa"));
        assert_eq!(told[1].detail["name"], "new");
        assert_eq!(told[0].detail["clearance"], "internal");
        assert!(!format!("{told:?}").contains("hash"), "{told:?}");
        assert_eq!(store.account_changes(2, 10).await.unwrap().len(), 1, "{name}");
    }
}
