//! Making and checking tokens: a public id and a secret of 256 bits, of which only a hash is kept.

use chrono::{DateTime, Utc};
use subtle::ConstantTimeEq;

use crate::domain::Role;
use crate::store::{StoreResult, Token, TokenStore};

/// Told apart from every other hash that is ever made here.
const DOMAIN: &str = "passage token secret v1";

/// Makes a token, keeps its hash, and gives `<id>.<secret>`, which is shown this once.
///
/// # Errors
///
/// When the store fails or the machine gives no random numbers.
pub async fn create<S: TokenStore + ?Sized>(
    store: &S,
    name: &str,
    role: Role,
    expires_at: Option<DateTime<Utc>>,
    now: DateTime<Utc>,
) -> StoreResult<String> {
    let random = |bytes: &mut [u8]| {
        getrandom::fill(bytes)
            .map_err(|fault| crate::store::StoreError::Backend(fault.to_string().into()))
    };
    let (mut id, mut secret) = ([0; 6], [0; 32]);
    random(&mut id)?;
    random(&mut secret)?;
    let (id, secret) = (format!("psg_{}", hex(&id)), hex(&secret));
    let secret_hash = hash(&secret);
    let (name, revoked_at) = (name.to_owned(), None);
    let token =
        Token { id: id.clone(), name, role, secret_hash, created_at: now, expires_at, revoked_at };
    store.add_token(token).await?;
    Ok(format!("{id}.{secret}"))
}

/// The token that `<id>.<secret>` stands for, if it holds now.
#[must_use]
pub fn check<'t>(tokens: &'t [Token], given: &str, now: DateTime<Utc>) -> Option<&'t Token> {
    let (id, secret) = given.split_once('.')?;
    let token = tokens.iter().find(|token| token.id == id)?;
    // Compared in constant time, so that the time taken does not tell how much of a guess was right.
    let same: bool = token.secret_hash.ct_eq(&hash(secret)).into();
    let holds = token.revoked_at.is_none() && token.expires_at.is_none_or(|end| now < end);
    (same && holds).then_some(token)
}

fn hash(secret: &str) -> [u8; 32] {
    blake3::derive_key(DOMAIN, secret.as_bytes())
}

fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write;
    bytes.iter().fold(String::new(), |mut text, byte| {
        // Writing to a string cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}
