//! Where the key of an encrypted store comes from, and how it is destroyed. Never an argument, never a variable.

mod prompt;

use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

use crate::config::{self, KeyFrom};
use crate::domain::Sensitive;
use crate::folder;
use crate::store::Key;

/// The name of the key among the credentials of a service.
const CREDENTIAL: &str = "passage-key";

/// The file beside the store that a passphrase is made a key with. It is no secret: backups hold it.
pub const SALT_FILE: &str = "passage.salt";

/// Why there is no key.
#[derive(Debug, thiserror::Error)]
pub enum KeyError {
    /// A file cannot be read or written.
    #[error("{0}: {1}")]
    File(PathBuf, io::Error),
    /// Others than the owner can read it.
    #[error("{0} must be readable by its owner alone: chmod 600 {0}")]
    Open(PathBuf),
    /// It is no key.
    #[error("{0} must hold 64 hexadecimal digits and nothing else")]
    NoKey(PathBuf),
    /// No service manager has laid credentials.
    #[error("store.key_from is credential, but no service manager has set $CREDENTIALS_DIRECTORY")]
    NoCredentials,
    /// Nobody can be asked.
    #[error("the passphrase of the store is asked for on a terminal, and there is none: {0}")]
    NoTerminal(io::Error),
    /// It would be guessed.
    #[error("a passphrase must have at least {0} characters")]
    Short(usize),
    /// The second time it was another.
    #[error("the two passphrases differ")]
    Differs,
    /// The store is there, what its key is made with is not.
    #[error("{0} is missing: without it no passphrase opens the store")]
    NoSalt(PathBuf),
    /// The machine gives no random numbers, or no memory for the hash.
    #[error("no key can be made: {0}")]
    Unmade(String),
    /// The key is kept by somebody else.
    #[error("the key is a credential of the service manager: destroy it there")]
    NotOurs,
}

/// The key of the store at this path; `None` where it is not encrypted.
///
/// # Errors
///
/// When the settings name a key that is not there, is none, or can be read by others.
pub fn of(store: &Path, settings: &config::Store) -> Result<Option<Key>, KeyError> {
    match settings.key_from {
        KeyFrom::None => Ok(None),
        KeyFrom::File => in_file(Path::new(&settings.key_file)).map(Some),
        KeyFrom::Credential => {
            let folder = config::credentials_folder().ok_or(KeyError::NoCredentials)?;
            in_file(&folder.join(CREDENTIAL)).map(Some)
        }
        KeyFrom::Prompt => prompt::key(store).map(Some),
    }
}

/// The file that holds the key, as the settings name it; none for a passphrase and where nothing is encrypted.
#[must_use]
pub fn file(settings: &config::Store) -> Option<PathBuf> {
    match settings.key_from {
        KeyFrom::None | KeyFrom::Prompt => None,
        KeyFrom::File => Some(PathBuf::from(&settings.key_file)),
        KeyFrom::Credential => config::credentials_folder().map(|folder| folder.join(CREDENTIAL)),
    }
}

/// Makes a key file that nobody else can read; one that is there stays as it is.
///
/// # Errors
///
/// When the file is there already or cannot be written.
pub fn make(path: &Path) -> Result<(), KeyError> {
    write_new(path, random::<32>()?.as_slice())
}

/// Destroys the key, so that nobody opens the store again; gives the file that is gone.
///
/// The file is overwritten before it goes. A disk that writes elsewhere may still hold the old bytes: keep the key
/// on a disk of its own.
///
/// # Errors
///
/// When there is no key, when it is kept by the service manager, or when its file cannot be written.
pub fn destroy(store: &Path, settings: &config::Store) -> Result<Option<PathBuf>, KeyError> {
    let path = match settings.key_from {
        KeyFrom::None => return Ok(None),
        KeyFrom::File => PathBuf::from(&settings.key_file),
        KeyFrom::Credential => return Err(KeyError::NotOurs),
        // Without its salt a passphrase makes no key, whoever is made to tell it.
        KeyFrom::Prompt => prompt::salt_beside(store),
    };
    let fault = |fault| KeyError::File(path.clone(), fault);
    let mut file = OpenOptions::new().write(true).open(&path).map_err(fault)?;
    let length = file.metadata().map_err(fault)?.len();
    for _ in 0..length.div_ceil(32) {
        file.write_all(&random::<32>()?).map_err(fault)?;
    }
    file.sync_all().map_err(fault)?;
    fs::remove_file(&path).map_err(fault)?;
    folder::sync(folder::of(&path)).map_err(fault)?;
    Ok(Some(path))
}

fn in_file(path: &Path) -> Result<Key, KeyError> {
    let fault = |fault| KeyError::File(path.to_owned(), fault);
    let mode = fs::metadata(path).map_err(fault)?.mode();
    if mode & 0o077 != 0 {
        return Err(KeyError::Open(path.to_owned()));
    }
    let text = Sensitive::new(fs::read(path).map_err(fault)?);
    let text = std::str::from_utf8(text.expose()).unwrap_or_default();
    Key::of_hex(text.trim_end()).ok_or_else(|| KeyError::NoKey(path.to_owned()))
}

/// Writes bytes as hexadecimal digits into a file that is not there yet and is its owner's alone.
fn write_new(path: &Path, bytes: &[u8]) -> Result<(), KeyError> {
    let fault = |fault| KeyError::File(path.to_owned(), fault);
    let mut file = folder::private_file(path).map_err(fault)?;
    for byte in bytes {
        write!(file, "{byte:02x}").map_err(fault)?;
    }
    writeln!(file).map_err(fault)?;
    file.sync_all().map_err(fault)?;
    folder::sync(folder::of(path)).map_err(fault)
}

fn random<const N: usize>() -> Result<[u8; N], KeyError> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).map_err(|fault| KeyError::Unmade(fault.to_string()))?;
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    fn settings(file: &Path) -> config::Store {
        let key_file = file.display().to_string();
        config::Store { readers: 1, key_from: KeyFrom::File, key_file }
    }

    #[test]
    fn a_key_that_was_made_is_read_by_its_owner_alone_and_never_made_over() {
        let home = tempfile::tempdir().unwrap();
        let file = home.path().join("key");
        make(&file).unwrap();
        let (store, settings) = (home.path().join("store"), settings(&file));
        let key = of(&store, &settings).unwrap();
        assert!(key.is_some());
        assert!(matches!(make(&file), Err(KeyError::File(..))), "another key is not put over it");
        assert_eq!(of(&store, &settings).unwrap(), key);
        fs::set_permissions(&file, fs::Permissions::from_mode(0o640)).unwrap();
        assert!(of(&store, &settings).unwrap_err().to_string().contains("chmod 600"));
    }

    #[test]
    fn what_is_no_key_is_refused_without_being_shown() {
        let home = tempfile::tempdir().unwrap();
        let file = home.path().join("key");
        write_new(&file, b"too short").unwrap();
        let fault = of(&home.path().join("store"), &settings(&file)).unwrap_err().to_string();
        assert!(fault.contains("64 hexadecimal digits") && !fault.contains("746f6f"), "{fault}");
    }

    #[test]
    fn a_destroyed_key_is_gone() {
        let home = tempfile::tempdir().unwrap();
        let (file, store) = (home.path().join("key"), home.path().join("store"));
        make(&file).unwrap();
        // A second name of the same file shows what was left of it.
        let shadow = home.path().join("shadow");
        fs::hard_link(&file, &shadow).unwrap();
        let before = fs::read(&file).unwrap();
        assert_eq!(destroy(&store, &settings(&file)).unwrap(), Some(file.clone()));
        let after = fs::read(&shadow).unwrap();
        assert!(!file.exists() && after.len() >= before.len());
        assert!(!after.windows(16).any(|piece| before.windows(16).any(|old| old == piece)));
        assert!(of(&store, &settings(&file)).is_err());
    }
}
