//! Passwords: which are taken, and hashing them on two threads of their own, so that logins never starve the rest.

use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Mutex, PoisonError};
use std::thread;

use argon2::password_hash::phc::PasswordHash;
use argon2::{Algorithm, Argon2, Params, PasswordHasher, PasswordVerifier, Version};
use tokio::sync::{OwnedSemaphorePermit, Semaphore, oneshot};

use crate::domain::InvalidValue;
use crate::store::{StoreError, StoreResult};

/// Memory of one hash, KiB; passes over it; lanes. OWASP's lowest for Argon2id.
const COSTS: (u32, u32, u32) = (19 * 1024, 2, 1);

/// How many hashes are worked on at once.
const THREADS: usize = 2;

/// How many more may wait; a further login is told to come again.
const QUEUE: usize = 32;

/// The fewest characters of a password.
pub const SHORTEST: usize = 12;

/// The most.
const LONGEST: usize = 256;

/// The fewest different characters.
const FEWEST_DIFFERENT: usize = 5;

/// The fewest letters and digits beside a word that everybody tries.
const FEWEST_BESIDE: usize = 8;

/// Long enough and yet among the first that are tried; compared without case, signs and what follows them.
const OBVIOUS: [&str; 20] = [
    "password",
    "passwort",
    "motdepasse",
    "contraseña",
    "welcome",
    "letmein",
    "qwerty",
    "azerty",
    "asdfgh",
    "iloveyou",
    "changeme",
    "administrator",
    "admin",
    "passage",
    "humanitarian",
    "syria",
    "damascus",
    "كلمةالسر",
    "كلمةالمرور",
    "مرحبا",
];

/// Is this a password that is taken for the person with that login name?
///
/// # Errors
///
/// When it is too short, too long, or among the first that anybody would try. What was given is not repeated.
pub fn acceptable(password: &str, login: &str) -> Result<(), InvalidValue> {
    let refuse = |rule: String| Err(InvalidValue::new(rule, "another password"));
    let length = password.chars().count();
    if !(SHORTEST..=LONGEST).contains(&length) {
        return refuse(format!("must have {SHORTEST} to {LONGEST} characters"));
    }
    let (plain, name) = (plain(password), plain(login));
    let different: std::collections::BTreeSet<char> = password.chars().collect();
    // What is left without the word that everybody tries must still be long enough to be a secret.
    let is_mostly = |word: &str| {
        plain.contains(word) && plain.chars().count() < word.chars().count() + FEWEST_BESIDE
    };
    if different.len() < FEWEST_DIFFERENT
        || plain.chars().all(char::is_numeric) && is_a_run(&plain)
        || OBVIOUS.iter().any(|word| is_mostly(word))
        || !name.is_empty() && is_mostly(&name)
    {
        return refuse("must not be among the first that anybody would try".to_owned());
    }
    Ok(())
}

/// A text without case and signs.
fn plain(text: &str) -> String {
    text.to_lowercase().chars().filter(|c| c.is_alphanumeric()).collect()
}

/// Does each digit follow the one before, up or down, as in 123456789012?
fn is_a_run(digits: &str) -> bool {
    let digits: Vec<u32> = digits.chars().filter_map(|c| c.to_digit(10)).collect();
    let steps = |step: u32| digits.windows(2).all(|pair| (pair[0] + step) % 10 == pair[1]);
    steps(1) || steps(9)
}

/// Hashes a password with a new salt. Slow on purpose: in a server, ask [`Passwords`].
///
/// # Errors
///
/// When the machine gives no random numbers.
pub fn hash(password: &str) -> StoreResult<String> {
    let hashed = hasher()?.hash_password(password.as_bytes());
    hashed.map(|hash| hash.to_string()).map_err(failed)
}

fn hasher() -> StoreResult<Argon2<'static>> {
    let (memory, passes, lanes) = COSTS;
    let params = Params::new(memory, passes, lanes, None).map_err(failed)?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

/// Is this the password with that hash?
#[must_use]
pub fn is_password(password: &str, hash: &str) -> bool {
    let Ok(hash) = PasswordHash::new(hash) else { return false };
    Argon2::default().verify_password(password.as_bytes(), &hash).is_ok()
}

fn failed(fault: impl std::fmt::Display) -> StoreError {
    StoreError::Backend(format!("a password could not be hashed: {fault}").into())
}

type Job = Box<dyn FnOnce() + Send>;

/// The threads that hash.
pub struct Passwords {
    places: Arc<Semaphore>,
    jobs: Sender<Job>,
    /// What is compared with where there is no such person.
    nobody: Arc<str>,
}

/// A place in the queue of those who wait for a hash.
pub struct Place {
    jobs: Sender<Job>,
    nobody: Arc<str>,
    _taken: OwnedSemaphorePermit,
}

impl Passwords {
    /// Starts the threads; they end with the last who may ask them.
    ///
    /// # Errors
    ///
    /// When a thread cannot be started, or the machine gives no random numbers.
    pub fn start() -> StoreResult<Self> {
        let (jobs, waiting) = channel::<Job>();
        let waiting = Arc::new(Mutex::new(waiting));
        for _ in 0..THREADS {
            let waiting = Arc::clone(&waiting);
            thread::Builder::new()
                .name("password".to_owned())
                .spawn(move || work(&waiting))
                .map_err(|fault| StoreError::Backend(Box::new(fault)))?;
        }
        let nobody = hash(&crate::token::random_hex::<32>()?)?.into();
        Ok(Self { places: Arc::new(Semaphore::new(THREADS + QUEUE)), jobs, nobody })
    }

    /// A place in the queue; `None` where it is full.
    #[must_use]
    pub fn place(&self) -> Option<Place> {
        let taken = Arc::clone(&self.places).try_acquire_owned().ok()?;
        Some(Place { jobs: self.jobs.clone(), nobody: Arc::clone(&self.nobody), _taken: taken })
    }
}

impl Place {
    /// Is this the password with that hash? Takes as long where there is no hash, and says no.
    pub async fn is_password(self, password: String, hash: Option<String>) -> bool {
        let is_somebody = hash.is_some();
        let hash = hash.unwrap_or_else(|| self.nobody.to_string());
        let same = self.run(move || is_password(&password, &hash)).await;
        same.unwrap_or(false) && is_somebody
    }

    /// Hashes a password with a new salt.
    ///
    /// # Errors
    ///
    /// When the machine gives no random numbers.
    pub async fn hash(self, password: String) -> StoreResult<String> {
        self.run(move || hash(&password)).await.unwrap_or(Err(StoreError::Busy))
    }

    async fn run<T: Send + 'static>(self, work: impl FnOnce() -> T + Send + 'static) -> Option<T> {
        let (tell, told) = oneshot::channel();
        // Who gave up waiting must not free the place before the work is done: it goes with the job.
        let Self { jobs, _taken: taken, .. } = self;
        let job: Job = Box::new(move || {
            let _ = tell.send(work());
            drop(taken);
        });
        jobs.send(job).ok()?;
        told.await.ok()
    }
}

fn work(waiting: &Mutex<Receiver<Job>>) {
    loop {
        let next = waiting.lock().unwrap_or_else(PoisonError::into_inner).recv();
        let Ok(job) = next else { return };
        job();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_is_long_and_none_of_those_that_everybody_tries() {
        for good in
            ["correct horse battery", "سبعة جمال فوق التل", "Tr0ub4dor&3x!mq", "730 green bicycles"]
        {
            acceptable(good, "amal").unwrap();
        }
        for bad in [
            "short",
            "aaaaaaaaaaaaaa",
            "abababababab",
            "123456789012",
            "098765432109",
            "Password1234",
            "P-a-s-s-w-o-r-d-1-2",
            "admin1234567",
            "amal.2026-11",
            "كلمةالسر12345",
            &"x1y2z3".repeat(60),
        ] {
            assert!(acceptable(bad, "amal").is_err(), "{bad}");
        }
    }

    #[test]
    fn the_name_of_a_person_is_compared_without_its_signs_too() {
        for bad in ["amal.k2026-11", "amalk2026-11", "Amal-K 2026"] {
            assert!(acceptable(bad, "amal.k").is_err(), "{bad}");
        }
        acceptable("seven green bicycles", "amal.k").unwrap();
        // A name of signs alone, or none that could be read, stands in nobody's way.
        for login in ["..--..", ""] {
            acceptable("a1!b2?c3 %&/(", login).unwrap();
        }
    }

    #[test]
    fn a_refusal_does_not_repeat_the_password() {
        let fault = acceptable("Password1234", "amal").unwrap_err();
        assert!(!fault.to_string().to_lowercase().contains("password1234"), "{fault}");
    }

    #[test]
    fn the_hash_is_argon2id_with_the_costs_that_were_decided() {
        let hash = hash("correct horse battery").unwrap();
        assert!(hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{hash}");
        assert!(is_password("correct horse battery", &hash));
        assert!(!is_password("correct horse batterx", &hash));
        assert!(!is_password("correct horse battery", "no hash"));
    }

    #[tokio::test]
    async fn the_queue_takes_so_many_and_no_more() {
        let passwords = Passwords::start().unwrap();
        let places: Vec<Place> = (0..THREADS + QUEUE).filter_map(|_| passwords.place()).collect();
        assert_eq!(places.len(), THREADS + QUEUE);
        assert!(passwords.place().is_none());
        drop(places);
        assert!(passwords.place().is_some());
    }

    #[tokio::test]
    async fn nobody_has_no_password() {
        let passwords = Passwords::start().unwrap();
        let place = passwords.place().unwrap();
        assert!(!place.is_password("correct horse battery".to_owned(), None).await);
    }
}
