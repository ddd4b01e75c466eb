//! Tokens: who may read and write. Only a hash of the secret is kept.

use async_trait::async_trait;
use chrono::{DateTime, Utc};

use super::StoreResult;
use crate::domain::Role;

/// A token as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token {
    /// The public half, by which it is found.
    pub id: String,
    /// Whose it is.
    pub name: String,
    /// What it may do.
    pub role: Role,
    /// The hash of the secret half.
    pub secret_hash: [u8; 32],
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// Until when it holds.
    pub expires_at: Option<DateTime<Utc>>,
    /// Since when it holds no more.
    pub revoked_at: Option<DateTime<Utc>>,
}

/// Keeps tokens.
#[async_trait]
pub trait TokenStore: Send + Sync {
    /// Adds a token.
    ///
    /// # Errors
    ///
    /// When the store fails.
    async fn add_token(&self, token: Token) -> StoreResult<()>;
    /// All tokens, the oldest first.
    ///
    /// # Errors
    ///
    /// When the store fails.
    async fn tokens(&self) -> StoreResult<Vec<Token>>;
    /// Revokes a token; `false` where there is no such token that still holds.
    ///
    /// # Errors
    ///
    /// When the store fails.
    async fn revoke_token(&self, id: &str, at: DateTime<Utc>) -> StoreResult<bool>;
}
