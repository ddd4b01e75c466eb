//! Making and checking tokens: a public id and a secret of 256 bits, of which only a keyed hash is kept.

use chrono::{DateTime, Days, Utc};
use subtle::{Choice, ConstantTimeEq};

use crate::domain::Standing;
use crate::keys::Key;
use crate::store::{StoreError, StoreResult, Token, TokenStore};

/// Told apart from every other hash that is ever made here.
const DOMAIN: &str = "passage token secret v1";

/// For how many days a token holds unless it is said.
pub const USUAL_DAYS: u64 = 90;

/// For how many days a token may hold at most.
pub const MOST_DAYS: u64 = 366;

/// What a token is made with.
#[derive(Debug, Clone)]
pub struct NewToken {
    /// Whose it is.
    pub name: String,
    /// What it is given.
    pub standing: Standing,
    /// Until when it holds.
    pub expires_at: DateTime<Utc>,
    /// Who makes it.
    pub by: String,
}

/// So many days later.
#[must_use]
pub fn in_days(now: DateTime<Utc>, days: u64) -> DateTime<Utc> {
    now.checked_add_days(Days::new(days)).unwrap_or(now)
}

/// Makes a token, keeps its hash, and gives `<id>.<secret>`, which is shown this once.
///
/// # Errors
///
/// When the store fails or the machine gives no random numbers.
pub async fn create<S: TokenStore + ?Sized>(
    store: &S,
    key: &Key,
    new: NewToken,
    now: DateTime<Utc>,
) -> StoreResult<String> {
    let Pair { id, secret } = Pair::random("psg_")?;
    let token = Token {
        id: id.clone(),
        name: new.name,
        standing: new.standing,
        secret_hash: hash(key, &secret),
        created_at: now,
        created_by: new.by,
        expires_at: new.expires_at,
        revoked_at: None,
    };
    store.add_token(token).await?;
    Ok(format!("{id}.{secret}"))
}

/// The token that `<id>.<secret>` stands for, if it holds now. An unknown id takes the same work as a wrong secret.
///
/// # Errors
///
/// When the store fails.
pub async fn check<S: TokenStore + ?Sized>(
    store: &S,
    key: &Key,
    given: &str,
    now: DateTime<Utc>,
) -> StoreResult<Option<Token>> {
    let Some((id, secret)) = parts("psg_", given) else { return Ok(None) };
    let token = store.token(id).await?;
    let same = is_secret(key, secret, token.as_ref().map(|token| &token.secret_hash));
    Ok(token.filter(|token| same && token.revoked_at.is_none() && now < token.expires_at))
}

/// Is this the secret with that hash? Compared in constant time, so that the time taken does not tell how much of a
/// guess was right, and compared also where there is nothing to compare with.
#[must_use]
pub fn is_secret(key: &Key, secret: &str, kept: Option<&[u8; 32]>) -> bool {
    let is_kept = Choice::from(u8::from(kept.is_some()));
    (hash(key, secret).ct_eq(kept.unwrap_or(&[0; 32])) & is_kept).into()
}

/// The hash of a secret as it is kept: a stolen database gives no way to try guesses without the key.
#[must_use]
pub fn hash(key: &Key, secret: &str) -> [u8; 32] {
    keyed(key, &blake3::derive_key(DOMAIN, secret.as_bytes()))
}

/// Hashes anew, with the key, what an earlier Passage hashed without.
#[must_use]
pub fn keyed(key: &Key, unkeyed: &[u8; 32]) -> [u8; 32] {
    *blake3::keyed_hash(key.expose(), unkeyed).as_bytes()
}

/// A public half and a secret half.
pub struct Pair {
    /// The public half.
    pub id: String,
    /// The secret half.
    pub secret: String,
}

impl Pair {
    /// A new one, whose public half begins with `prefix`.
    ///
    /// # Errors
    ///
    /// When the machine gives no random numbers.
    pub fn random(prefix: &str) -> StoreResult<Self> {
        Ok(Self { id: format!("{prefix}{}", random_hex::<6>()?), secret: random_hex::<32>()? })
    }
}

/// The two halves of `<id>.<secret>`, if it has the form that is given out; no other is looked up.
#[must_use]
pub fn parts<'g>(prefix: &str, given: &'g str) -> Option<(&'g str, &'g str)> {
    let (id, secret) = given.split_once('.')?;
    let is_hex = |text: &str| text.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'));
    let digits = id.strip_prefix(prefix)?;
    let in_form = digits.len() == 12 && secret.len() == 64 && is_hex(digits) && is_hex(secret);
    in_form.then_some((id, secret))
}

/// So many random bytes, hexadecimal.
///
/// # Errors
///
/// When the machine gives no random numbers.
pub fn random_hex<const BYTES: usize>() -> StoreResult<String> {
    use std::fmt::Write;
    let mut bytes = [0; BYTES];
    getrandom::fill(&mut bytes).map_err(|fault| StoreError::Backend(fault.to_string().into()))?;
    Ok(bytes.iter().fold(String::new(), |mut text, byte| {
        // Writing to a string cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    }))
}
