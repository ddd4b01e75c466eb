//! Puts what was restored in the place of what was there, which is kept aside; where that breaks off, all is as it was.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};

use super::KeepingError;
use super::checkpoint::{Signer, former, trusted};
use crate::app::STORE_FILE;
use crate::store_key::SALT_FILE;
use crate::{folder, keys};

/// The settings that a backup brings along.
const SETTINGS_FILE: &str = "config.toml";

/// Moves what was there aside, then what was restored in. The store comes last, under its name at once: whenever the
/// power goes, either the old one or the new one is there.
///
/// `vouching` is the public key that signed the backup.
///
/// # Errors
///
/// A sentence that says what broke off, and where a part is if it could not be brought back.
pub(super) fn put(
    data: &Path,
    work: &Path,
    vouching: &str,
    now: DateTime<Utc>,
) -> Result<Option<PathBuf>, KeepingError> {
    let aside = data.join(format!("replaced-{}", now.format("%Y-%m-%dT%H%M%SZ")));
    let mut moves = Moves::default();
    if let Err(fault) = replace(data, work, &aside, vouching, &mut moves) {
        let left = moves.undo();
        // Empty by now, unless something could not be brought back.
        let _ = fs::remove_dir(&aside);
        let end = left.map_or_else(
            || "what was there is as it was".to_owned(),
            |left| format!("{left}; a part of what was there is in {}", aside.display()),
        );
        return Err(KeepingError::refused(format!("{}: {fault}; {end}", data.display())));
    }
    // It is in place; without this the names may be older after a loss of power, and then all of them.
    folder::sync(data).map_err(KeepingError::file(data))?;
    Ok(Some(aside).filter(|aside| aside.exists()))
}

fn replace(
    data: &Path,
    work: &Path,
    aside: &Path,
    vouching: &str,
    moves: &mut Moves,
) -> io::Result<()> {
    let vouched = trusted(data).unwrap_or_default();
    let has_keys = work.join(keys::FOLDER).exists();
    // The passphrase of what is kept aside needs its own salt.
    let beside = [Some(SALT_FILE), has_keys.then_some(keys::FOLDER)];
    for name in beside.into_iter().flatten().filter(|name| data.join(name).exists()) {
        moves.aside(data, aside, name)?;
    }
    for name in [SALT_FILE, keys::FOLDER, SETTINGS_FILE] {
        if work.join(name).exists() && !data.join(name).exists() {
            moves.rename(work.join(name), data.join(name))?;
        }
    }
    if has_keys {
        bring_back_keys(&aside.join(keys::FOLDER), &data.join(keys::FOLDER))?;
    }
    vouch(data, vouching, vouched)?;
    for name in ["-wal", "-shm"].map(|end| format!("{STORE_FILE}{end}")) {
        if data.join(&name).exists() {
            moves.aside(data, aside, &name)?;
        }
    }
    let store = data.join(STORE_FILE);
    if store.exists() {
        fs::create_dir_all(aside)?;
        // A second name, so that the first is never without a file; where the disk knows none, a moment without.
        match fs::hard_link(&store, aside.join(STORE_FILE)) {
            Ok(()) => moves.made.push(aside.join(STORE_FILE)),
            Err(_) => moves.aside(data, aside, STORE_FILE)?,
        }
        folder::sync(aside)?;
    }
    moves.rename(work.join(STORE_FILE), store)
}

/// Files beside the keys that the backup does not hold, such as the key of the store, stay where they were.
fn bring_back_keys(old: &Path, new: &Path) -> io::Result<()> {
    let Ok(entries) = fs::read_dir(old) else { return Ok(()) };
    for entry in entries {
        let path = entry?.path();
        let Some(place) = path.file_name().map(|name| new.join(name)) else { continue };
        if path.is_file() && !place.exists() {
            fs::copy(&path, place)?;
        }
    }
    folder::sync(new)
}

/// Checkpoints from before the restore were signed by the key of the backup: it stays trusted.
fn vouch(data: &Path, vouching: &str, vouched: Vec<String>) -> io::Result<()> {
    let own = Signer::of(data)?.public();
    let mut keys = trusted(data)?;
    for key in vouched.into_iter().chain([vouching.to_owned()]) {
        if !keys.contains(&key) {
            keys.push(key);
        }
    }
    keys.retain(|key| *key != own);
    if keys.is_empty() {
        return Ok(());
    }
    folder::write_whole(&former(data), (keys.join("\n") + "\n").as_bytes())
}

/// What was moved, so that it can be brought back.
#[derive(Default)]
struct Moves {
    /// From where to where, in the order in which it was done.
    renamed: Vec<(PathBuf, PathBuf)>,
    /// What was made beside.
    made: Vec<PathBuf>,
}

impl Moves {
    fn rename(&mut self, from: PathBuf, to: PathBuf) -> io::Result<()> {
        fs::rename(&from, &to)?;
        self.renamed.push((from, to));
        Ok(())
    }

    fn aside(&mut self, data: &Path, aside: &Path, name: &str) -> io::Result<()> {
        fs::create_dir_all(aside)?;
        self.rename(data.join(name), aside.join(name))
    }

    /// Brings everything back; says what could not be.
    fn undo(self) -> Option<String> {
        let mut left = None;
        for (from, to) in self.renamed.into_iter().rev() {
            if let Err(fault) = fs::rename(&to, &from) {
                left = Some(format!("{} could not be brought back: {fault}", from.display()));
            }
        }
        // The first name of each is still there.
        for path in self.made {
            let _ = fs::remove_file(path);
        }
        left
    }
}
