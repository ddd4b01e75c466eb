//! Sessions in `SQLite`: one that ended is gone.

use chrono::{DateTime, Utc};
use rusqlite::{Connection, OptionalExtension, Row, named_params};

use super::super::{instant, millis};
use crate::store::{Session, StoreResult, User};

const FORGET: &str = "DELETE FROM session WHERE created_at < :oldest";

const INSERT: &str = "
    INSERT INTO session (id, user, secret_hash, created_at, seen_at, browser)
    VALUES (:id, :user, :secret_hash, :created_at, :seen_at, :browser)";

const SELECT_ONE: &str = "SELECT * FROM session WHERE id = :id";

const SELECT_OF_USER: &str =
    "SELECT * FROM session WHERE user = :user ORDER BY created_at DESC, id";

const SEE: &str = "UPDATE session SET seen_at = max(seen_at, :at) WHERE id = :id";

const END: &str = "DELETE FROM session WHERE user = :user AND (id = :id) <> :others";

pub(super) fn begin(
    connection: &Connection,
    session: &Session,
    oldest: DateTime<Utc>,
) -> StoreResult<()> {
    connection.execute(FORGET, named_params! { ":oldest": millis(oldest) })?;
    let new = named_params! {
        ":id": session.id, ":user": session.user, ":secret_hash": session.secret_hash,
        ":created_at": millis(session.created_at), ":seen_at": millis(session.seen_at),
        ":browser": session.browser,
    };
    connection.execute(INSERT, new)?;
    Ok(())
}

pub(super) fn with_user(connection: &Connection, id: &str) -> StoreResult<Option<(Session, User)>> {
    let mut statement = connection.prepare_cached(SELECT_ONE)?;
    let found = statement.query_row(named_params! { ":id": id }, |row| Ok(from_row(row)));
    let Some(session) = found.optional()?.transpose()? else { return Ok(None) };
    let user = super::one(connection, &session.user)?;
    Ok(user.map(|user| (session, user)))
}

pub(super) fn of_user(connection: &Connection, user: &str) -> StoreResult<Vec<Session>> {
    let mut statement = connection.prepare_cached(SELECT_OF_USER)?;
    let rows = statement.query_map(named_params! { ":user": user }, |row| Ok(from_row(row)))?;
    rows.map(|row| row?).collect()
}

pub(super) fn see(connection: &Connection, id: &str, at: DateTime<Utc>) -> StoreResult<()> {
    connection.execute(SEE, named_params! { ":id": id, ":at": millis(at) })?;
    Ok(())
}

/// Ends this session of a person, or all their others.
pub(super) fn end(connection: &Connection, user: &str, id: &str, others: bool) -> StoreResult<()> {
    connection.execute(END, named_params! { ":user": user, ":id": id, ":others": others })?;
    Ok(())
}

fn from_row(row: &Row<'_>) -> StoreResult<Session> {
    Ok(Session {
        id: row.get("id")?,
        user: row.get("user")?,
        secret_hash: row.get("secret_hash")?,
        created_at: instant(row.get("created_at")?)?,
        seen_at: instant(row.get("seen_at")?)?,
        browser: row.get("browser")?,
    })
}
