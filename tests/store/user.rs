//! Users, their sessions, and the count of wrong passwords, which no restart forgets.
#![cfg(test)]

use chrono::TimeDelta;
use passage::domain::{Role, Sensitivity, Standing};
use passage::store::{Lock, Session, SqliteStore, Subject, Trial, User, UserChange, UserStore};

use super::{backends, hour};

const LOCK: Lock = Lock { first: TimeDelta::minutes(1), longest: TimeDelta::hours(1) };

fn user(id: &str, login: &str) -> User {
    User {
        id: id.to_owned(),
        login: login.to_owned(),
        name: format!("{login} of {id}"),
        standing: Standing::usual(Role::Viewer),
        password_hash: "$argon2id$v=19$m=19456,t=2,p=1$c2FsdHNhbHQ$aGFzaA".to_owned(),
        must_change_password: true,
        created_at: hour(1),
        created_by: "Ada".to_owned(),
        expires_at: None,
        disabled_at: None,
    }
}

fn session(id: &str, user: &str, created: i64) -> Session {
    Session {
        id: id.to_owned(),
        user: user.to_owned(),
        secret_hash: [3; 32],
        created_at: hour(created),
        seen_at: hour(created),
        browser: "a browser".to_owned(),
    }
}

fn subject(byte: u8) -> Subject {
    Subject { hash: [byte; 32], most_wrong: 3 }
}

#[tokio::test]
async fn a_person_is_found_by_id_and_by_login_name() {
    for (name, store) in backends() {
        assert!(store.add_user(user("u1", "amal")).await.unwrap(), "{name}");
        for by in ["u1", "amal"] {
            assert_eq!(store.user(by).await.unwrap(), Some(user("u1", "amal")), "{name}");
        }
        assert_eq!(store.user("omar").await.unwrap(), None, "{name}");
        assert!(!store.add_user(user("u2", "amal")).await.unwrap(), "{name}: the name is taken");
        assert!(store.add_user(user("u2", "omar")).await.unwrap(), "{name}");
        let logins: Vec<String> =
            store.users().await.unwrap().into_iter().map(|user| user.login).collect();
        assert_eq!(logins, ["amal", "omar"], "{name}");
    }
}

#[tokio::test]
async fn a_session_comes_with_its_person_and_ends_alone_or_with_all_others() {
    for (name, store) in backends() {
        store.add_user(user("u1", "amal")).await.unwrap();
        for (id, created) in [("s1", 1), ("s2", 2), ("s3", 3)] {
            store.begin_session(session(id, "u1", created), hour(0)).await.unwrap();
        }
        let found = store.session("s1").await.unwrap();
        assert_eq!(found, Some((session("s1", "u1", 1), user("u1", "amal"))), "{name}");
        store.see_session("s1", hour(9)).await.unwrap();
        store.see_session("s1", hour(8)).await.unwrap();
        assert_eq!(store.session("s1").await.unwrap().unwrap().0.seen_at, hour(9), "{name}");
        let ids = async || -> Vec<String> {
            let sessions = store.sessions("u1").await.unwrap();
            sessions.into_iter().map(|session| session.id).collect()
        };
        assert_eq!(ids().await, ["s3", "s2", "s1"], "{name}");
        store.end_sessions("u2", "s1", false).await.unwrap();
        store.end_sessions("u1", "s1", false).await.unwrap();
        assert_eq!(ids().await, ["s3", "s2"], "{name}: only one's own end");
        store.end_sessions("u1", "s2", true).await.unwrap();
        assert_eq!(ids().await, ["s2"], "{name}");
        store.begin_session(session("s4", "u1", 9), hour(5)).await.unwrap();
        assert_eq!(ids().await, ["s4"], "{name}: what is too old is forgotten");
    }
}

#[tokio::test]
async fn sessions_end_with_what_they_stood_for() {
    let partner = Standing {
        role: Role::Partner,
        level: Sensitivity::Internal,
        organisation: Some("sarc".parse().unwrap()),
    };
    let details = |standing: Standing| UserChange::Details {
        name: "A".to_owned(),
        standing,
        expires_at: Some(hour(9)),
    };
    let hash = "$argon2id$v=19$m=19456,t=2,p=1$c2FsdHNhbHQ$bmV3".to_owned();
    for (change, ends) in [
        (details(Standing::usual(Role::Viewer)), false),
        (details(Standing { level: Sensitivity::Public, ..Standing::usual(Role::Viewer) }), true),
        (details(partner), true),
        (UserChange::Password { hash, must_change: false }, true),
        (UserChange::Disable, true),
        (UserChange::Enable, false),
    ] {
        for (name, store) in backends() {
            store.add_user(user("u1", "amal")).await.unwrap();
            store.begin_session(session("s1", "u1", 1), hour(0)).await.unwrap();
            assert!(store.change_user("u1", change.clone(), "Ada", hour(2)).await.unwrap());
            let ended = store.session("s1").await.unwrap().is_none();
            assert_eq!(ended, ends, "{name}: {change:?}");
        }
    }
}

#[tokio::test]
async fn a_change_of_a_person_changes_that_and_nothing_else_and_is_written_down() {
    for (name, store) in backends() {
        store.add_user(user("u1", "amal")).await.unwrap();
        store.add_user(user("u2", "omar")).await.unwrap();
        let change = async |change| store.change_user("u1", change, "Ada", hour(2)).await.unwrap();
        let standing = Standing::usual(Role::Analyst);
        let details = UserChange::Details {
            name: "Amal K".to_owned(),
            standing: standing.clone(),
            expires_at: Some(hour(9)),
        };
        assert!(change(details).await);
        assert!(change(UserChange::Disable).await);
        let mut expected = User {
            name: "Amal K".to_owned(),
            standing,
            expires_at: Some(hour(9)),
            disabled_at: Some(hour(2)),
            ..user("u1", "amal")
        };
        assert_eq!(store.user("u1").await.unwrap(), Some(expected.clone()), "{name}");
        assert!(change(UserChange::Enable).await);
        let hash = "$argon2id$v=19$m=19456,t=2,p=1$c2FsdHNhbHQ$bmV3".to_owned();
        assert!(change(UserChange::Password { hash: hash.clone(), must_change: false }).await);
        expected.disabled_at = None;
        expected.password_hash = hash;
        expected.must_change_password = false;
        assert_eq!(store.user("u1").await.unwrap(), Some(expected), "{name}");
        assert_eq!(store.user("u2").await.unwrap(), Some(user("u2", "omar")), "{name}");
        assert!(!store.change_user("u3", UserChange::Disable, "Ada", hour(3)).await.unwrap());
        let told = store.account_changes(0, 99).await.unwrap();
        let actions: Vec<(&str, &str)> =
            told.iter().map(|row| (row.action.as_str(), row.id.as_str())).collect();
        let expected = [
            ("create", "u1"),
            ("create", "u2"),
            ("change", "u1"),
            ("disable", "u1"),
            ("enable", "u1"),
            ("password", "u1"),
        ];
        assert_eq!(actions, expected, "{name}");
        assert!(!format!("{told:?}").contains("argon2id"), "{told:?}");
    }
}

#[tokio::test]
async fn a_name_is_locked_after_so_many_wrong_passwords_and_the_wait_doubles() {
    for (name, store) in backends() {
        let attempt = async |at| store.try_password(vec![subject(1)], LOCK, at).await.unwrap();
        for _ in 0..3 {
            assert_eq!(attempt(hour(1)).await, Trial::Open, "{name}");
        }
        let minute = TimeDelta::minutes(1);
        let until = hour(1) + minute;
        assert_eq!(attempt(hour(1)).await, Trial::LockedUntil(until), "{name}");
        assert_eq!(attempt(until - TimeDelta::milliseconds(1)).await, Trial::LockedUntil(until));
        assert_eq!(attempt(until).await, Trial::Open, "{name}: one more try");
        assert_eq!(attempt(until).await, Trial::LockedUntil(until + minute * 2), "{name}");
        let other = store.try_password(vec![subject(2)], LOCK, hour(1)).await.unwrap();
        assert_eq!(other, Trial::Open, "{name}: another name is not locked");
    }
}

#[tokio::test]
async fn the_right_password_clears_the_name_and_not_the_address() {
    for (name, store) in backends() {
        let both = |login| vec![subject(login), subject(9)];
        for _ in 0..2 {
            store.try_password(both(1), LOCK, hour(1)).await.unwrap();
        }
        store.try_password(both(2), LOCK, hour(1)).await.unwrap();
        store.password_was_right(both(2)).await.unwrap();
        // Two wrong ones came from the address so far: the next one is its third.
        assert_eq!(store.try_password(both(2), LOCK, hour(1)).await.unwrap(), Trial::Open);
        let locked = store.try_password(both(3), LOCK, hour(1)).await.unwrap();
        assert!(matches!(locked, Trial::LockedUntil(_)), "{name}: the address is locked");
        let name_alone = store.try_password(vec![subject(2)], LOCK, hour(1)).await.unwrap();
        assert_eq!(name_alone, Trial::Open, "{name}: the name had only one");
    }
}

#[tokio::test]
async fn a_restart_forgets_no_wrong_password_and_a_day_does() {
    let home = tempfile::tempdir().unwrap();
    let path = home.path().join("passage.db");
    let open = || SqliteStore::open(&path, 1).unwrap();
    for _ in 0..3 {
        let trial = open().try_password(vec![subject(1)], LOCK, hour(1)).await.unwrap();
        assert_eq!(trial, Trial::Open);
    }
    let trial = open().try_password(vec![subject(1)], LOCK, hour(1)).await.unwrap();
    assert!(matches!(trial, Trial::LockedUntil(_)));
    for _ in 0..3 {
        let trial = open().try_password(vec![subject(1)], LOCK, hour(26)).await.unwrap();
        assert_eq!(trial, Trial::Open, "a day later it begins anew");
    }
}
