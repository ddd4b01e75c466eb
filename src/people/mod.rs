//! People who log in: adding them, their passwords, their sessions, and the lock after too many wrong passwords.

pub mod login;
pub mod password;
pub mod session;

use chrono::{DateTime, Utc};

pub use self::login::{Attempt, Refused, log_in};
pub use self::password::Passwords;
use crate::domain::{InvalidValue, Standing};
use crate::store::{StoreResult, User, UserStore};

/// The longest name to log in with.
const LONGEST_LOGIN: usize = 64;

/// What a person is added with.
#[derive(Debug, Clone)]
pub struct NewUser {
    /// The name they log in with.
    pub login: String,
    /// The name that is shown.
    pub name: String,
    /// What they are given.
    pub standing: Standing,
    /// The hash of their first password.
    pub password_hash: String,
    /// Must they choose another at once?
    pub must_change_password: bool,
    /// Until when they may come in.
    pub expires_at: Option<DateTime<Utc>>,
    /// Who adds them.
    pub by: String,
}

/// Adds a person and gives their record; `None` where the name is taken.
///
/// # Errors
///
/// When the store fails or the machine gives no random numbers.
pub async fn add<S: UserStore + ?Sized>(
    store: &S,
    new: NewUser,
    now: DateTime<Utc>,
) -> StoreResult<Option<User>> {
    let user = User {
        id: format!("usr_{}", crate::token::random_hex::<6>()?),
        login: new.login,
        name: new.name,
        standing: new.standing,
        password_hash: new.password_hash,
        must_change_password: new.must_change_password,
        created_at: now,
        created_by: new.by,
        expires_at: new.expires_at,
        disabled_at: None,
    };
    Ok(store.add_user(user.clone()).await?.then_some(user))
}

/// The name to log in with as it is kept: in lower case, and never what an id looks like.
///
/// # Errors
///
/// When it is not one.
pub fn login_name(text: &str) -> Result<String, InvalidValue> {
    let name = text.trim().to_lowercase();
    let legal = |c: char| c.is_alphanumeric() || "._-@+".contains(c);
    let length = name.chars().count();
    if !(1..=LONGEST_LOGIN).contains(&length) || !name.chars().all(legal) {
        let rule = format!("must have 1 to {LONGEST_LOGIN} letters, digits and . _ - @ +");
        return Err(InvalidValue::new(rule, format!("{text:?}")));
    }
    Ok(name)
}

/// May this person come in at all?
#[must_use]
pub fn may_come_in(user: &User, now: DateTime<Utc>) -> bool {
    user.disabled_at.is_none() && user.expires_at.is_none_or(|end| now < end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_login_name_is_kept_in_lower_case_in_any_script() {
        assert_eq!(login_name(" Amal.K@sarc ").unwrap(), "amal.k@sarc");
        assert_eq!(login_name("أمل").unwrap(), "أمل");
        for wrong in ["", " ", "a b", "a\u{0}", "a/b", "usr:x", &"x".repeat(65)] {
            assert!(login_name(wrong).is_err(), "{wrong:?}");
        }
    }
}
