//! Tokens in `SQLite`.

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use rusqlite::{Connection, OptionalExtension, Row, named_params};
use serde_json::{Value, json};

use super::account_change::note;
use super::{SqliteStore, instant, millis};
use crate::domain::Standing;
use crate::store::{Keying, StoreError, StoreResult, Token, TokenStore};

const INSERT: &str = "
    INSERT INTO token (id, name, role, level, organisation, secret_hash, keyed, created_at,
                       created_by, expires_at, revoked_at)
    VALUES (:id, :name, :role, :level, :organisation, :secret_hash, 1, :created_at,
            :created_by, :expires_at, :revoked_at)";

const SELECT_ALL: &str = "
    SELECT id, name, role, level, organisation, secret_hash, created_at, created_by, expires_at,
           revoked_at
      FROM token ORDER BY created_at, id";

const SELECT_ONE: &str = "
    SELECT id, name, role, level, organisation, secret_hash, created_at, created_by, expires_at,
           revoked_at
      FROM token WHERE id = :id";

const UPDATE: &str = "
    UPDATE token
       SET name = :name, role = :role, level = :level, organisation = :organisation,
           expires_at = :expires_at
     WHERE id = :id AND revoked_at IS NULL";

const REVOKE: &str = "UPDATE token SET revoked_at = :at WHERE id = :id AND revoked_at IS NULL";

const SELECT_UNKEYED: &str = "SELECT id, secret_hash FROM token WHERE keyed = 0";

const UPDATE_KEYED: &str =
    "UPDATE token SET secret_hash = :hash, keyed = 1 WHERE id = :id AND keyed = 0";

#[async_trait]
impl TokenStore for SqliteStore {
    async fn add_token(&self, token: Token) -> StoreResult<()> {
        self.write_in_turn(move |connection| {
            connection.execute(
                INSERT,
                named_params! {
                    ":id": token.id, ":name": token.name, ":role": token.standing.role.as_str(),
                    ":level": token.standing.level.as_str(),
                    ":organisation": organisation(&token.standing),
                    ":secret_hash": token.secret_hash, ":created_at": millis(token.created_at),
                    ":created_by": token.created_by, ":expires_at": millis(token.expires_at),
                    ":revoked_at": token.revoked_at.map(millis),
                },
            )?;
            let by = (token.created_by.as_str(), token.created_at);
            note(connection, by, "create", ("token", &token.id), &told(&token))
        })
        .await
    }

    async fn token(&self, id: &str) -> StoreResult<Option<Token>> {
        let id = id.to_owned();
        self.read(move |connection| one(connection, &id)).await
    }

    async fn tokens(&self) -> StoreResult<Vec<Token>> {
        self.read(|connection| {
            let mut statement = connection.prepare_cached(SELECT_ALL)?;
            let rows = statement.query_map([], |row| Ok(token_from_row(row)))?;
            rows.map(|row| row?).collect()
        })
        .await
    }

    async fn change_token(&self, token: Token, by: &str, at: DateTime<Utc>) -> StoreResult<bool> {
        let by = by.to_owned();
        self.write_in_turn(move |connection| {
            let changed = connection.execute(
                UPDATE,
                named_params! {
                    ":id": token.id, ":name": token.name, ":role": token.standing.role.as_str(),
                    ":level": token.standing.level.as_str(),
                    ":organisation": organisation(&token.standing),
                    ":expires_at": millis(token.expires_at),
                },
            )? == 1;
            if changed {
                note(connection, (&by, at), "change", ("token", &token.id), &told(&token))?;
            }
            Ok(changed)
        })
        .await
    }

    async fn revoke_token(&self, id: &str, by: &str, at: DateTime<Utc>) -> StoreResult<bool> {
        let (id, by) = (id.to_owned(), by.to_owned());
        self.write_in_turn(move |connection| {
            let revoked =
                connection.execute(REVOKE, named_params! { ":id": id, ":at": millis(at) })? == 1;
            if revoked {
                note(connection, (&by, at), "revoke", ("token", &id), &json!({}))?;
            }
            Ok(revoked)
        })
        .await
    }

    async fn key_tokens(&self, keyed: Keying) -> StoreResult<usize> {
        let unkeyed = self.read(|connection| {
            let mut statement = connection.prepare(SELECT_UNKEYED)?;
            let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
            Ok(rows.collect::<Result<Vec<(String, [u8; 32])>, _>>()?)
        });
        let unkeyed = unkeyed.await?;
        if unkeyed.is_empty() {
            return Ok(0);
        }
        self.write_in_turn(move |connection| {
            unkeyed.iter().try_fold(0, |count, (id, hash)| {
                let new = named_params! { ":id": id, ":hash": keyed(hash) };
                Ok(count + connection.execute(UPDATE_KEYED, new)?)
            })
        })
        .await
    }
}

fn one(connection: &Connection, id: &str) -> StoreResult<Option<Token>> {
    let mut statement = connection.prepare_cached(SELECT_ONE)?;
    let found = statement.query_row(named_params! { ":id": id }, |row| Ok(token_from_row(row)));
    found.optional()?.transpose()
}

/// What the auditor is told of a token.
fn told(token: &Token) -> Value {
    let mut told = json!({ "name": token.name, "expires_at": token.expires_at });
    add_standing(&mut told, &token.standing);
    told
}

pub(super) fn add_standing(told: &mut Value, standing: &Standing) {
    told["role"] = json!(standing.role);
    told["clearance"] = json!(standing.level);
    told["organisation"] = json!(standing.organisation);
}

pub(super) fn organisation(standing: &Standing) -> Option<String> {
    standing.organisation.as_ref().map(ToString::to_string)
}

/// What a row says somebody was given.
pub(super) fn standing_from_row(row: &Row<'_>) -> StoreResult<Standing> {
    let corrupt = |fault: crate::domain::InvalidValue| {
        StoreError::Corrupt(format!("the standing of a token or a user: {fault}"))
    };
    let (role, level): (String, String) = (row.get("role")?, row.get("level")?);
    let organisation: Option<String> = row.get("organisation")?;
    Ok(Standing {
        role: role.parse().map_err(corrupt)?,
        level: level.parse().map_err(corrupt)?,
        organisation: organisation.map(|code| code.parse()).transpose().map_err(corrupt)?,
    })
}

fn token_from_row(row: &Row<'_>) -> StoreResult<Token> {
    Ok(Token {
        id: row.get("id")?,
        name: row.get("name")?,
        standing: standing_from_row(row)?,
        secret_hash: row.get("secret_hash")?,
        created_at: instant(row.get("created_at")?)?,
        created_by: row.get("created_by")?,
        expires_at: instant(row.get("expires_at")?)?,
        revoked_at: row.get::<_, Option<i64>>("revoked_at")?.map(instant).transpose()?,
    })
}
