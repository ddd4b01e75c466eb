//! The file of a backup: a signed list of what is in it, in plain text, then the files one after the other, the
//! data last. Encrypted, the whole of it is an age file.
//!
//! By hand: `tail -c BYTES backup > passage.sqlite`, where BYTES is the size that the list gives for the data.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, BufRead, Read, Write};
use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::KeepingError;
use super::checkpoint::{Signer, holds};
use crate::app::STORE_FILE;
use crate::keys;
use crate::store::Head;
use crate::store_key::SALT_FILE;

/// The first line of a backup.
const TITLE: &str = "passage backup v1";

/// No list is longer, bytes.
const LONGEST_LIST: u64 = 1_000_000;

/// How much is read at once.
const CHUNK: usize = 256 * 1024;

/// The list: what is in a backup, and what it was made of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// When it was made.
    pub made_at: DateTime<Utc>,
    /// The version of the program that made it.
    pub program: String,
    /// The step of the tables.
    pub schema_step: u32,
    /// Where the ledger stood.
    pub head: Head,
    /// How many versions of each kind.
    pub counts: BTreeMap<String, u64>,
    /// The files, in order; the data is the last.
    pub files: Vec<Packed>,
    /// The public key that signs.
    pub key: String,
}

/// A file in a backup.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Packed {
    /// Its place in the data folder.
    pub name: String,
    /// Its size.
    pub bytes: u64,
    /// Its BLAKE3 hash, hexadecimal.
    pub blake3: String,
}

impl Manifest {
    /// Are the keys of the deployment in it?
    #[must_use]
    pub fn has_keys(&self) -> bool {
        self.files.iter().any(|file| file.name.starts_with(keys::FOLDER))
    }
}

impl Packed {
    /// What the list says of a file.
    ///
    /// # Errors
    ///
    /// When it cannot be read.
    pub fn of(path: &Path, name: &str) -> Result<Self, KeepingError> {
        let mut hasher = blake3::Hasher::new();
        let file = File::open(path).map_err(KeepingError::file(path))?;
        let bytes = io::copy(&mut io::BufReader::with_capacity(CHUNK, file), &mut hasher)
            .map_err(KeepingError::file(path))?;
        let blake3 = hasher.finalize().to_hex().to_string();
        let packed = Self { name: name.to_owned(), bytes, blake3 };
        if !packed.is_known() {
            return Err(KeepingError::refused(format!(
                "{name} cannot lie in a backup: a key has a name of letters, digits, - _ and . alone"
            )));
        }
        Ok(packed)
    }

    /// May it lie in a data folder under this name? A key may have any plain name that leads to no other folder.
    fn is_known(&self) -> bool {
        let key = self.name.strip_prefix("keys/");
        let is_key = key.is_some_and(|key| {
            let stem = key.strip_suffix(".key").or_else(|| key.strip_suffix(".pub"));
            let plain = |b: u8| b.is_ascii_alphanumeric() || b"-_.".contains(&b);
            stem.is_some_and(|stem| {
                !stem.is_empty() && !stem.starts_with('.') && stem.bytes().all(plain)
            })
        });
        is_key || ["config.toml", SALT_FILE, STORE_FILE].contains(&self.name.as_str())
    }
}

/// Writes the list and the files.
///
/// # Errors
///
/// When one cannot be read or is no more as the list says, or the backup cannot be written.
pub fn write(
    manifest: &Manifest,
    files: &[PathBuf],
    signer: &Signer,
    to: &mut dyn Write,
    progress: &mut dyn FnMut(u64),
) -> io::Result<()> {
    let list = serde_json::to_string_pretty(manifest).map_err(io::Error::other)?;
    let signature = signer.sign(&signed(&list));
    write!(to, "{TITLE}\n{}\n{list}\nsignature {signature}\n", list.len())?;
    let mut chunk = vec![0; CHUNK];
    for (path, listed) in files.iter().zip(&manifest.files) {
        let (mut file, mut hasher) = (File::open(path)?, blake3::Hasher::new());
        loop {
            let read = file.read(&mut chunk)?;
            if read == 0 {
                break;
            }
            hasher.update(&chunk[..read]);
            to.write_all(&chunk[..read])?;
            progress(read as u64);
        }
        if hasher.finalize().to_hex().as_str() != listed.blake3 {
            let what = format!("{} was changed while it was copied; try again", path.display());
            return Err(io::Error::other(what));
        }
    }
    Ok(())
}

fn signed(list: &str) -> String {
    format!("{TITLE}\n{list}")
}

/// Reads the list at the beginning of a backup, and checks its signature.
///
/// # Errors
///
/// A sentence: it is no backup, it is damaged, it was changed.
pub fn read_list(from: &mut dyn BufRead) -> Result<Manifest, KeepingError> {
    let damaged = |fault: io::Error| {
        KeepingError::refused(format!("this is no backup, or it is damaged: {fault}"))
    };
    let mut line = String::new();
    from.take(200).read_line(&mut line).map_err(damaged)?;
    if line.trim_end() != TITLE {
        return Err(KeepingError::refused("this is no backup of Passage"));
    }
    line.clear();
    from.take(20).read_line(&mut line).map_err(damaged)?;
    let length = line.trim_end().parse().ok().filter(|length| *length <= LONGEST_LIST);
    let length: u64 = length
        .ok_or_else(|| KeepingError::refused("the backup is damaged: its list has no length"))?;
    let mut list = String::new();
    from.take(length).read_to_string(&mut list).map_err(damaged)?;
    line.clear();
    from.take(200).read_line(&mut line).map_err(damaged)?;
    line.clear();
    from.take(200).read_line(&mut line).map_err(damaged)?;
    let signature = line.trim_end().strip_prefix("signature ").unwrap_or_default();
    let manifest: Manifest = serde_json::from_str(&list).map_err(|_fault| {
        KeepingError::refused("the backup is damaged: its list cannot be read")
    })?;
    if !holds(&manifest.key, signature, signed(&list).as_bytes()) {
        return Err(KeepingError::refused(
            "the list of the backup was changed: its signature does not hold",
        ));
    }
    let strange = manifest.files.iter().find(|file| !file.is_known());
    if let Some(strange) = strange {
        return Err(KeepingError::refused(format!(
            "the backup holds {:?}, which is no file of ours",
            strange.name
        )));
    }
    if manifest.files.last().is_none_or(|last| last.name != STORE_FILE) {
        return Err(KeepingError::refused("the backup holds no data"));
    }
    Ok(manifest)
}

/// Takes the files out into a folder, each checked against the list; nothing may follow the last.
///
/// # Errors
///
/// A sentence: the backup was cut off or changed; or a file that could not be written.
pub fn unpack(from: &mut dyn Read, manifest: &Manifest, folder: &Path) -> Result<(), KeepingError> {
    for packed in &manifest.files {
        let path = folder.join(&packed.name);
        if let Some(parent) = path.parent() {
            std::fs::create_dir_all(parent).map_err(KeepingError::file(parent))?;
        }
        take_out(from, packed, &path)?;
    }
    let mut one = [0];
    match from.read(&mut one) {
        Ok(0) => Ok(()),
        Ok(_) => Err(KeepingError::refused("the backup is damaged: something follows its end")),
        Err(fault) => Err(cut_off(&fault)),
    }
}

fn cut_off(fault: &io::Error) -> KeepingError {
    KeepingError::refused(format!("the backup is damaged or was cut off: {fault}"))
}

fn take_out(from: &mut dyn Read, packed: &Packed, path: &Path) -> Result<(), KeepingError> {
    let (mut hasher, mut left) = (blake3::Hasher::new(), packed.bytes);
    let mut file = crate::folder::private_file(path).map_err(KeepingError::file(path))?;
    let mut chunk = vec![0; CHUNK];
    while left > 0 {
        let most = usize::try_from(left).unwrap_or(CHUNK).min(CHUNK);
        let read = from.read(&mut chunk[..most]).map_err(|fault| cut_off(&fault))?;
        if read == 0 {
            return Err(KeepingError::refused(format!(
                "the backup was cut off: {left} bytes of {} are missing",
                packed.name
            )));
        }
        hasher.update(&chunk[..read]);
        file.write_all(&chunk[..read]).map_err(KeepingError::file(path))?;
        left -= read as u64;
    }
    if hasher.finalize().to_hex().as_str() != packed.blake3 {
        return Err(KeepingError::refused(format!(
            "the backup is damaged: {} is not what its list says",
            packed.name
        )));
    }
    file.sync_all().map_err(KeepingError::file(path))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn packed(name: &str) -> Packed {
        Packed { name: name.to_owned(), bytes: 0, blake3: String::new() }
    }

    #[test]
    fn a_key_has_any_plain_name_and_leads_nowhere_else() {
        for name in ["keys/token.key", "keys/tls2026.key", "keys/old_1.key", "keys/former.pub"] {
            assert!(packed(name).is_known(), "{name}");
        }
        for name in ["keys/../x.key", "keys/a/b.key", "keys/.key", "keys/..key", "x.key", "/x"] {
            assert!(!packed(name).is_known(), "{name}");
        }
    }

    #[test]
    fn what_changes_while_it_is_packed_makes_no_backup() {
        let home = tempfile::tempdir().unwrap();
        let path = home.path().join("config.toml");
        std::fs::write(&path, "# as it was listed").unwrap();
        let listed = Packed::of(&path, "config.toml").unwrap();
        std::fs::write(&path, "# as it is now, and longer").unwrap();
        let manifest = Manifest {
            made_at: DateTime::UNIX_EPOCH,
            program: String::new(),
            schema_step: 0,
            head: Head {
                deployment: String::new(),
                sequence: 0,
                hash: String::new(),
                recorded_at: None,
            },
            counts: BTreeMap::new(),
            files: vec![listed],
            key: String::new(),
        };
        let signer = Signer::of(home.path()).unwrap();
        let fault = write(&manifest, &[path], &signer, &mut io::sink(), &mut |_| ()).unwrap_err();
        assert!(fault.to_string().contains("changed while it was copied"), "{fault}");
    }
}
