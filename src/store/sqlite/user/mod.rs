//! Users in `SQLite`.

mod session;
mod trial;

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use rusqlite::{Connection, OptionalExtension, Row, named_params};
use serde_json::{Value, json};

use super::account_change::{self, note};
use super::token::{add_standing, organisation, standing_from_row};
use super::{SqliteStore, instant, is_unique_violation, millis};
use crate::store::{
    AccountChange, Lock, Session, StoreResult, Subject, Trial, User, UserChange, UserStore,
};

const INSERT: &str = "
    INSERT INTO user (id, login, name, role, level, organisation, password_hash,
                      must_change_password, created_at, created_by, expires_at, disabled_at)
    VALUES (:id, :login, :name, :role, :level, :organisation, :password_hash,
            :must_change_password, :created_at, :created_by, :expires_at, :disabled_at)";

const SELECT_ALL: &str = "SELECT * FROM user ORDER BY created_at, id";

const SELECT_ONE: &str = "SELECT * FROM user WHERE id = :name OR login = :name";

const UPDATE_DETAILS: &str = "
    UPDATE user
       SET name = :name, role = :role, level = :level, organisation = :organisation,
           expires_at = :expires_at
     WHERE id = :id";

const UPDATE_PASSWORD: &str = "
    UPDATE user SET password_hash = :hash, must_change_password = :must_change WHERE id = :id";

const UPDATE_DISABLED: &str = "UPDATE user SET disabled_at = :at WHERE id = :id";

#[async_trait]
impl UserStore for SqliteStore {
    async fn add_user(&self, user: User) -> StoreResult<bool> {
        self.write_in_turn(move |connection| add(connection, &user)).await
    }

    async fn user(&self, id_or_login: &str) -> StoreResult<Option<User>> {
        let name = id_or_login.to_owned();
        self.read(move |connection| one(connection, &name)).await
    }

    async fn users(&self) -> StoreResult<Vec<User>> {
        self.read(|connection| {
            let mut statement = connection.prepare_cached(SELECT_ALL)?;
            let rows = statement.query_map([], |row| Ok(user_from_row(row)))?;
            rows.map(|row| row?).collect()
        })
        .await
    }

    async fn change_user(
        &self,
        id: &str,
        change: UserChange,
        by: &str,
        at: DateTime<Utc>,
    ) -> StoreResult<bool> {
        let (id, by) = (id.to_owned(), by.to_owned());
        self.write_in_turn(move |connection| {
            let Some(before) = one(connection, &id)? else { return Ok(false) };
            apply(connection, &before, &change, at)?;
            let (action, detail) = told(&change);
            note(connection, (&by, at), action, ("user", &before.id), &detail)?;
            Ok(true)
        })
        .await
    }

    async fn begin_session(&self, session: Session, oldest: DateTime<Utc>) -> StoreResult<()> {
        self.write_in_turn(move |connection| session::begin(connection, &session, oldest)).await
    }

    async fn session(&self, id: &str) -> StoreResult<Option<(Session, User)>> {
        let id = id.to_owned();
        self.read(move |connection| session::with_user(connection, &id)).await
    }

    async fn sessions(&self, user: &str) -> StoreResult<Vec<Session>> {
        let user = user.to_owned();
        self.read(move |connection| session::of_user(connection, &user)).await
    }

    async fn see_session(&self, id: &str, at: DateTime<Utc>) -> StoreResult<()> {
        let id = id.to_owned();
        self.write_in_turn(move |connection| session::see(connection, &id, at)).await
    }

    async fn end_sessions(&self, user: &str, id: &str, others: bool) -> StoreResult<()> {
        let (user, id) = (user.to_owned(), id.to_owned());
        self.write_in_turn(move |connection| session::end(connection, &user, &id, others)).await
    }

    async fn try_password(
        &self,
        subjects: Vec<Subject>,
        lock: Lock,
        at: DateTime<Utc>,
    ) -> StoreResult<Trial> {
        self.write_in_turn(move |connection| trial::begin(connection, &subjects, lock, at)).await
    }

    async fn password_was_right(&self, subjects: Vec<Subject>) -> StoreResult<()> {
        self.write_in_turn(move |connection| trial::was_right(connection, &subjects)).await
    }

    async fn account_changes(&self, after: i64, limit: usize) -> StoreResult<Vec<AccountChange>> {
        self.read(move |connection| account_change::after(connection, after, limit)).await
    }
}

fn add(connection: &Connection, user: &User) -> StoreResult<bool> {
    let added = connection.execute(
        INSERT,
        named_params! {
            ":id": user.id, ":login": user.login, ":name": user.name,
            ":role": user.standing.role.as_str(), ":level": user.standing.level.as_str(),
            ":organisation": organisation(&user.standing), ":password_hash": user.password_hash,
            ":must_change_password": user.must_change_password,
            ":created_at": millis(user.created_at), ":created_by": user.created_by,
            ":expires_at": user.expires_at.map(millis), ":disabled_at": user.disabled_at.map(millis),
        },
    );
    match added {
        Err(fault) if is_unique_violation(&fault) => return Ok(false),
        other => other?,
    };
    let mut told = json!({ "login": user.login, "name": user.name, "expires_at": user.expires_at });
    add_standing(&mut told, &user.standing);
    let by = (user.created_by.as_str(), user.created_at);
    note(connection, by, "create", ("user", &user.id), &told)?;
    Ok(true)
}

fn one(connection: &Connection, name: &str) -> StoreResult<Option<User>> {
    let mut statement = connection.prepare_cached(SELECT_ONE)?;
    let found = statement.query_row(named_params! { ":name": name }, |row| Ok(user_from_row(row)));
    found.optional()?.transpose()
}

fn apply(
    connection: &Connection,
    before: &User,
    change: &UserChange,
    at: DateTime<Utc>,
) -> StoreResult<()> {
    let id = &before.id;
    match change {
        UserChange::Details { name, standing, expires_at } => {
            let new = named_params! {
                ":id": id, ":name": name, ":role": standing.role.as_str(),
                ":level": standing.level.as_str(), ":organisation": organisation(standing),
                ":expires_at": expires_at.map(millis),
            };
            connection.execute(UPDATE_DETAILS, new)?;
        }
        UserChange::Password { hash, must_change } => {
            let new = named_params! { ":id": id, ":hash": hash, ":must_change": must_change };
            connection.execute(UPDATE_PASSWORD, new)?;
        }
        UserChange::Disable => {
            connection
                .execute(UPDATE_DISABLED, named_params! { ":id": id, ":at": Some(millis(at)) })?;
        }
        UserChange::Enable => {
            let nothing: Option<i64> = None;
            connection.execute(UPDATE_DISABLED, named_params! { ":id": id, ":at": nothing })?;
        }
    }
    let keeps_sessions = match change {
        UserChange::Details { standing, .. } => *standing == before.standing,
        UserChange::Password { .. } | UserChange::Disable => false,
        UserChange::Enable => true,
    };
    if keeps_sessions { Ok(()) } else { session::end(connection, id, "", true) }
}

/// What the auditor is told.
fn told(change: &UserChange) -> (&'static str, Value) {
    match change {
        UserChange::Details { name, standing, expires_at } => {
            let mut told = json!({ "name": name, "expires_at": expires_at });
            add_standing(&mut told, standing);
            ("change", told)
        }
        UserChange::Password { must_change, .. } => {
            ("password", json!({ "must_change_password": must_change }))
        }
        UserChange::Disable => ("disable", json!({})),
        UserChange::Enable => ("enable", json!({})),
    }
}

fn user_from_row(row: &Row<'_>) -> StoreResult<User> {
    let optional = |column| -> StoreResult<Option<DateTime<Utc>>> {
        row.get::<_, Option<i64>>(column)?.map(instant).transpose()
    };
    Ok(User {
        id: row.get("id")?,
        login: row.get("login")?,
        name: row.get("name")?,
        standing: standing_from_row(row)?,
        password_hash: row.get("password_hash")?,
        must_change_password: row.get("must_change_password")?,
        created_at: instant(row.get("created_at")?)?,
        created_by: row.get("created_by")?,
        expires_at: optional("expires_at")?,
        disabled_at: optional("disabled_at")?,
    })
}
