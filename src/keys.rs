//! The keys of a deployment: small files in `keys/` of the data folder, outside the database they protect.
//!
//! Each is made when it is first asked for, readable by its owner only, and never printed.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// The folder of the keys inside the data folder.
pub const FOLDER: &str = "keys";

/// What a key is for. One key is never used for two things.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// Hashes the secrets of tokens and sessions: a stolen database alone gives no way to try guesses.
    Token,
    /// Signs checkpoints of the ledger (Ed25519).
    Checkpoint,
    /// The secrets by which receivers of webhooks know us are derived from it; none of them is kept.
    Webhook,
}

impl Purpose {
    const fn file(self) -> &'static str {
        match self {
            Self::Token => "token.key",
            Self::Checkpoint => "checkpoint.key",
            Self::Webhook => "webhook.key",
        }
    }
}

/// 32 random bytes that nobody reads by accident: they are not shown, logged or compared.
#[derive(Clone)]
pub struct Key([u8; 32]);

impl Key {
    /// The bytes, for the one calculation that needs them.
    #[must_use]
    pub const fn expose(&self) -> &[u8; 32] {
        &self.0
    }
}

impl std::fmt::Debug for Key {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Key(…)")
    }
}

/// The keys of a data folder.
#[derive(Debug, Clone)]
pub struct Keys {
    folder: PathBuf,
}

impl Keys {
    /// The keys of this data folder.
    #[must_use]
    pub fn of(data: &Path) -> Self {
        Self { folder: data.join(FOLDER) }
    }

    /// The file of a key.
    #[must_use]
    pub fn path(&self, purpose: Purpose) -> PathBuf {
        self.folder.join(purpose.file())
    }

    /// The key for a purpose; made now where there is none yet.
    ///
    /// # Errors
    ///
    /// When the file cannot be read or written, or holds no key.
    pub fn key(&self, purpose: Purpose) -> io::Result<Key> {
        let path = self.path(purpose);
        loop {
            match fs::read_to_string(&path) {
                Ok(text) => return read(&text).ok_or_else(|| damaged(&path)),
                Err(fault) if fault.kind() == io::ErrorKind::NotFound => self.make(&path)?,
                Err(fault) => return Err(fault),
            }
        }
    }

    /// Makes a key; where another program was faster, its key counts.
    fn make(&self, path: &Path) -> io::Result<()> {
        fs::create_dir_all(&self.folder)?;
        private(&self.folder, 0o700)?;
        let mut bytes = [0; 32];
        getrandom::fill(&mut bytes).map_err(|fault| io::Error::other(fault.to_string()))?;
        let text = blake3::Hash::from_bytes(bytes).to_hex();
        // Written whole beside its place and linked there: a reader never meets half a key.
        let beside = tempfile::NamedTempFile::new_in(&self.folder)?;
        let mut file = OpenOptions::new().write(true).open(beside.path())?;
        writeln!(file, "{text}")?;
        file.sync_all()?;
        match fs::hard_link(beside.path(), path) {
            Err(fault) if fault.kind() != io::ErrorKind::AlreadyExists => return Err(fault),
            _ => File::open(&self.folder)?.sync_all()?,
        }
        Ok(())
    }
}

/// Does the file hold a key?
#[must_use]
pub fn is_key(path: &Path) -> bool {
    fs::read_to_string(path).is_ok_and(|text| read(&text).is_some())
}

fn read(text: &str) -> Option<Key> {
    blake3::Hash::from_hex(text.trim()).ok().map(|hash| Key(*hash.as_bytes()))
}

fn damaged(path: &Path) -> io::Error {
    let detail = format!(
        "{} holds no key: 64 hexadecimal digits are wanted; bring it back from a backup",
        path.display()
    );
    io::Error::new(io::ErrorKind::InvalidData, detail)
}

#[cfg(unix)]
fn private(path: &Path, mode: u32) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    fs::set_permissions(path, fs::Permissions::from_mode(mode))
}

#[cfg(not(unix))]
fn private(_path: &Path, _mode: u32) -> io::Result<()> {
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_made_once_and_differs_from_every_other() {
        let (one, other) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let key = |data: &Path, purpose| *Keys::of(data).key(purpose).unwrap().expose();
        let first = key(one.path(), Purpose::Token);
        assert_eq!(first, key(one.path(), Purpose::Token));
        assert_ne!(first, key(one.path(), Purpose::Checkpoint));
        assert_ne!(first, key(other.path(), Purpose::Token));
    }

    #[test]
    fn a_file_that_holds_no_key_is_named_and_not_replaced() {
        let data = tempfile::tempdir().unwrap();
        let keys = Keys::of(data.path());
        keys.key(Purpose::Token).unwrap();
        fs::write(keys.path(Purpose::Token), "abc").unwrap();
        let fault = keys.key(Purpose::Token).unwrap_err().to_string();
        assert!(fault.contains("token.key") && fault.contains("64"), "{fault}");
        assert_eq!(fs::read_to_string(keys.path(Purpose::Token)).unwrap(), "abc");
    }

    #[cfg(unix)]
    #[test]
    fn only_its_owner_reads_a_key() {
        use std::os::unix::fs::PermissionsExt;
        let data = tempfile::tempdir().unwrap();
        let keys = Keys::of(data.path());
        keys.key(Purpose::Token).unwrap();
        let mode = fs::metadata(keys.path(Purpose::Token)).unwrap().permissions().mode();
        assert_eq!(mode & 0o077, 0, "{mode:o}");
    }

    #[test]
    fn a_key_is_not_shown() {
        assert_eq!(format!("{:?}", Key([7; 32])), "Key(…)");
    }
}
