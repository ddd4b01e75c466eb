//! Tokens: what programs read and write with. Only a hash of the secret is kept.

use async_trait::async_trait;
use chrono::{DateTime, Utc};

use super::StoreResult;
use crate::domain::Standing;
use crate::domain::sensitive::withheld;

/// A token as it is kept.
#[derive(Clone, PartialEq, Eq)]
pub struct Token {
    /// The public half, by which it is found.
    pub id: String,
    /// Whose it is.
    pub name: String,
    /// What it was given.
    pub standing: Standing,
    /// The hash of the secret half.
    pub secret_hash: [u8; 32],
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// Who made it.
    pub created_by: String,
    /// Until when it holds.
    pub expires_at: DateTime<Utc>,
    /// Since when it holds no more.
    pub revoked_at: Option<DateTime<Utc>>,
}

withheld!(Token { id, standing, created_at, expires_at, revoked_at });

/// Makes a keyed hash of one that was kept without.
pub type Keying = Box<dyn Fn(&[u8; 32]) -> [u8; 32] + Send>;

/// Keeps tokens. Every change is written down for the auditor, with who made it, in the same transaction.
#[async_trait]
pub trait TokenStore: Send + Sync {
    /// Adds a token.
    ///
    /// # Errors
    ///
    /// When the store fails.
    async fn add_token(&self, token: Token) -> StoreResult<()>;
    /// A token by its public half, also one that holds no more.
    ///
    /// # Errors
    ///
    /// When the store fails.
    async fn token(&self, id: &str) -> StoreResult<Option<Token>>;
    /// All tokens, the oldest first.
    ///
    /// # Errors
    ///
    /// When the store fails.
    async fn tokens(&self) -> StoreResult<Vec<Token>>;
    /// Changes name, standing and expiry of a token; `false` where there is no such token that is not revoked.
    ///
    /// # Errors
    ///
    /// When the store fails.
    async fn change_token(&self, token: Token, by: &str, at: DateTime<Utc>) -> StoreResult<bool>;
    /// Revokes a token; `false` where there is no such token that still holds.
    ///
    /// # Errors
    ///
    /// When the store fails.
    async fn revoke_token(&self, id: &str, by: &str, at: DateTime<Utc>) -> StoreResult<bool>;
    /// Replaces the hashes that an earlier Passage kept without a key; gives how many there were.
    ///
    /// # Errors
    ///
    /// When the store fails.
    async fn key_tokens(&self, keyed: Keying) -> StoreResult<usize>;
}
