//! Tokens in `SQLite`.

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use rusqlite::{Row, named_params};

use super::{SqliteStore, instant, millis};
use crate::store::{StoreError, StoreResult, Token, TokenStore};

const INSERT: &str = "
    INSERT INTO token (id, name, role, secret_hash, created_at, expires_at, revoked_at)
    VALUES (:id, :name, :role, :secret_hash, :created_at, :expires_at, :revoked_at)";

const SELECT_ALL: &str = "
    SELECT id, name, role, secret_hash, created_at, expires_at, revoked_at
      FROM token ORDER BY created_at, id";

const REVOKE: &str = "UPDATE token SET revoked_at = :at WHERE id = :id AND revoked_at IS NULL";

#[async_trait]
impl TokenStore for SqliteStore {
    async fn add_token(&self, token: Token) -> StoreResult<()> {
        self.write_in_turn(move |connection| {
            connection.execute(
                INSERT,
                named_params! {
                    ":id": token.id, ":name": token.name, ":role": token.role.as_str(),
                    ":secret_hash": token.secret_hash, ":created_at": millis(token.created_at),
                    ":expires_at": token.expires_at.map(millis), ":revoked_at": token.revoked_at.map(millis),
                },
            )?;
            Ok(())
        })
        .await
    }

    async fn tokens(&self) -> StoreResult<Vec<Token>> {
        self.read(|connection| {
            let mut statement = connection.prepare_cached(SELECT_ALL)?;
            let rows = statement.query_map([], |row| Ok(token_from_row(row)))?;
            rows.map(|row| row?).collect()
        })
        .await
    }

    async fn revoke_token(&self, id: &str, at: DateTime<Utc>) -> StoreResult<bool> {
        let id = id.to_owned();
        self.write_in_turn(move |connection| {
            Ok(connection.execute(REVOKE, named_params! { ":id": id, ":at": millis(at) })? == 1)
        })
        .await
    }
}

fn token_from_row(row: &Row<'_>) -> StoreResult<Token> {
    let role: String = row.get("role")?;
    Ok(Token {
        id: row.get("id")?,
        name: row.get("name")?,
        role: role.parse().map_err(|fault: crate::domain::InvalidValue| {
            StoreError::Corrupt(format!("role of a token: {}", fault.rule))
        })?,
        secret_hash: row.get("secret_hash")?,
        created_at: instant(row.get("created_at")?)?,
        expires_at: row.get::<_, Option<i64>>("expires_at")?.map(instant).transpose()?,
        revoked_at: row.get::<_, Option<i64>>("revoked_at")?.map(instant).transpose()?,
    })
}
