//! Brings a backup back: everything is checked before anything is put in place.

use std::fs::{self, File};
use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};

use super::checkpoint::Checkpoint;
use super::package::{self, Manifest};
use super::{KeepingError, disk, place};
use crate::app::{STORE_FILE, key_of, open_store_by, rest_store, store_health};
use crate::config::Settings;
use crate::folder::{LOCK_FILE, Lock};
use crate::store::Key;

/// What an encrypted backup begins with.
const SEALED: &[u8] = b"age-encryption.org/v1";

/// A backup that shall be brought back.
#[derive(Debug, Clone)]
pub struct RestoreOrder {
    /// The backup.
    pub from: PathBuf,
    /// Where to.
    pub data: PathBuf,
    /// The file with the secret key, for an encrypted one.
    pub identity: Option<PathBuf>,
    /// Checkpoints that were kept elsewhere, all of which the data must fit.
    pub expected: Vec<Checkpoint>,
    /// The entry that the data must at least reach.
    pub expected_sequence: Option<i64>,
    /// Public keys that are trusted beside the one that signed the backup.
    pub keys: Vec<String>,
    /// Take the place of what is in the folder? That is kept aside.
    pub replace: bool,
}

/// What was brought back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Restored {
    /// What the backup said of itself.
    pub manifest: Manifest,
    /// Where the data that was there is kept.
    pub aside: Option<PathBuf>,
}

/// Brings a backup back.
///
/// # Errors
///
/// A sentence that says why nothing was changed.
pub async fn run(
    order: &RestoreOrder,
    settings: &Settings,
    now: DateTime<Utc>,
) -> Result<Restored, KeepingError> {
    let data = &order.data;
    let is_empty = fs::read_dir(data).map_or(true, |mut folder| folder.next().is_none());
    if !is_empty && !order.replace {
        return Err(KeepingError::refused(format!(
            "{} is not empty; name an empty folder, or --replace what is there (it is kept aside)",
            data.display()
        )));
    }
    let mut from = opened(order)?;
    let manifest = package::read_list(&mut from)?;
    check_claims(order, &manifest, settings)?;
    fs::create_dir_all(data).map_err(KeepingError::file(data))?;
    let Some(_alone) = Lock::take_if_free(data).map_err(KeepingError::file(data))? else {
        return Err(KeepingError::refused(format!(
            "a server runs on {}; stop it first",
            data.display()
        )));
    };
    let tidy = |fault| {
        if is_empty {
            // The folder is left as it was found.
            let _ = fs::remove_file(data.join(LOCK_FILE));
        }
        fault
    };
    check_room(data, &manifest).map_err(tidy)?;
    let work = tempfile::Builder::new()
        .prefix(disk::RESTORE_WORK)
        .tempdir_in(data)
        .map_err(KeepingError::file(data))?;
    let checked = async {
        package::unpack(&mut from, &manifest, work.path())?;
        check_content(order, &manifest, work.path(), settings).await
    };
    let key = checked.await.map_err(tidy)?;
    if data.join(STORE_FILE).exists() {
        // What its log holds belongs to what is kept aside. A damaged file, or one of another key, stays as it is.
        let _ = rest_store(data, key.as_ref());
    }
    let aside = place::put(data, work.path(), &manifest.key, now)?;
    Ok(Restored { manifest, aside })
}

/// Opens the backup, decrypted where it is encrypted.
fn opened(order: &RestoreOrder) -> Result<Box<dyn BufRead>, KeepingError> {
    let file = File::open(&order.from).map_err(KeepingError::file(&order.from))?;
    let mut file = BufReader::with_capacity(1 << 18, file);
    let begins = file.fill_buf().map_err(KeepingError::file(&order.from))?;
    if !begins.starts_with(SEALED) {
        return Ok(Box::new(file));
    }
    let Some(path) = &order.identity else {
        return Err(KeepingError::refused(
            "the backup is encrypted; name the file with its secret key by --identity",
        ));
    };
    let identities = identities(path)?;
    let sealed = age::Decryptor::new_buffered(file)
        .map_err(|fault| KeepingError::refused(format!("the backup is damaged: {fault}")))?;
    let open = sealed.decrypt(identities.iter().map(|identity| identity as &dyn age::Identity));
    let open = open.map_err(|_fault| {
        KeepingError::refused(
            "the backup cannot be decrypted: it was not made for this key, or is damaged",
        )
    })?;
    Ok(Box::new(BufReader::with_capacity(1 << 18, open)))
}

fn identities(path: &Path) -> Result<Vec<age::x25519::Identity>, KeepingError> {
    let mut text = String::new();
    File::open(path)
        .and_then(|mut file| file.read_to_string(&mut text))
        .map_err(KeepingError::file(path))?;
    let lines =
        text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'));
    let found: Result<Vec<_>, _> = lines.map(str::parse).collect();
    match found {
        Ok(found) if !found.is_empty() => Ok(found),
        _ => Err(KeepingError::refused(format!(
            "{} holds no secret key of age (AGE-SECRET-KEY-1…)",
            path.display()
        ))),
    }
}

/// Is the backup as new as claimed, and of the deployment that is meant? Told before anything is unpacked.
fn check_claims(
    order: &RestoreOrder,
    manifest: &Manifest,
    settings: &Settings,
) -> Result<(), KeepingError> {
    let head = &manifest.head;
    if let Some(wanted) = order.expected_sequence.filter(|wanted| *wanted > head.sequence) {
        return Err(KeepingError::refused(format!(
            "the backup ends at entry {}, but {wanted} is expected: it is older than claimed",
            head.sequence
        )));
    }
    let there = store_health(&order.data, settings).ok().and_then(|health| health.head);
    if let Some(there) = there.filter(|there| there.deployment != head.deployment) {
        return Err(KeepingError::refused(format!(
            "the backup is of another deployment ({}) than the data in {} ({}); restore it into a folder of its own",
            head.deployment,
            order.data.display(),
            there.deployment
        )));
    }
    Ok(())
}

fn check_room(data: &Path, manifest: &Manifest) -> Result<(), KeepingError> {
    let needed: u64 = manifest.files.iter().map(|file| file.bytes).sum();
    let free = disk::of(data).map_err(KeepingError::file(data))?.free_bytes;
    if free < needed.saturating_mul(2) {
        return Err(KeepingError::refused(format!(
            "{} has {} free, {} are needed; nothing was written",
            data.display(),
            disk::in_words(free),
            disk::in_words(needed.saturating_mul(2))
        )));
    }
    Ok(())
}

/// Walks the ledger of the unpacked data, and holds it against what was expected; gives the key of the store.
async fn check_content(
    order: &RestoreOrder,
    manifest: &Manifest,
    work: &Path,
    settings: &Settings,
) -> Result<Option<Key>, KeepingError> {
    let key = key_of(work, settings)?;
    let store = open_store_by(work, settings, key.clone())?;
    if let Some((sequence, fault)) = store.verify().await?.broken {
        return Err(KeepingError::refused(format!(
            "the data in the backup is not in order; entry {sequence} is the first that is broken: {fault}"
        )));
    }
    if store.head().await? != manifest.head {
        return Err(KeepingError::refused("the data in the backup is not what its list says"));
    }
    let mut keys = order.keys.clone();
    keys.push(manifest.key.clone());
    for checkpoint in &order.expected {
        if let Err(mismatch) = checkpoint.compare(&*store, &keys).await? {
            return Err(KeepingError::refused(format!(
                "the backup does not fit the checkpoint: {mismatch}"
            )));
        }
    }
    drop(store);
    // Whoever closed it last may have left a part of it in the log.
    rest_store(work, key.as_ref())?;
    Ok(key)
}
