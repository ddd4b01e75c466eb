//! Brings a backup back: everything is checked before anything is put in place.

use std::fs::{self, File};
use std::io::{self, BufRead, BufReader, Read};
use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};

use super::checkpoint::{Checkpoint, Signer, former, trusted};
use super::package::{self, Manifest};
use super::{KeepingError, disk};
use crate::app::{STORE_FILE, key_of, open_store_by, rest_store, store_health};
use crate::config::Settings;
use crate::folder::{LOCK_FILE, Lock};
use crate::keys;
use crate::store_key::SALT_FILE;

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
    /// Did it hold the keys?
    pub has_keys: bool,
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
        .prefix(".restore-")
        .tempdir_in(data)
        .map_err(KeepingError::file(data))?;
    let checked = async {
        package::unpack(&mut from, &manifest, work.path())?;
        check_content(order, &manifest, work.path(), settings).await
    };
    checked.await.map_err(tidy)?;
    let aside = put_in_place(order, &manifest, work.path(), now)?;
    let has_keys = work_has_keys(&manifest);
    Ok(Restored { manifest, has_keys, aside })
}

fn work_has_keys(manifest: &Manifest) -> bool {
    manifest.files.iter().any(|file| file.name.starts_with(keys::FOLDER))
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

/// Walks the ledger of the unpacked data, and holds it against what was expected.
async fn check_content(
    order: &RestoreOrder,
    manifest: &Manifest,
    work: &Path,
    settings: &Settings,
) -> Result<(), KeepingError> {
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
    Ok(rest_store(work, key.as_ref())?)
}

/// Moves what was there aside, then the new data in.
fn put_in_place(
    order: &RestoreOrder,
    manifest: &Manifest,
    work: &Path,
    now: DateTime<Utc>,
) -> Result<Option<PathBuf>, KeepingError> {
    let data = &order.data;
    let has_keys = work_has_keys(manifest);
    let mut before: Vec<String> =
        ["", "-wal", "-shm"].iter().map(|end| format!("{STORE_FILE}{end}")).collect();
    before.extend(has_keys.then(|| keys::FOLDER.to_owned()));
    // The passphrase of what is kept aside needs its own salt.
    before.push(SALT_FILE.to_owned());
    before.retain(|name| data.join(name).exists());
    let vouched = trusted(data).unwrap_or_default();
    let aside = data.join(format!("replaced-{}", now.format("%Y-%m-%dT%H%M%SZ")));
    let place = || -> io::Result<()> {
        if !before.is_empty() {
            fs::create_dir(&aside)?;
        }
        for name in &before {
            fs::rename(data.join(name), aside.join(name))?;
        }
        if has_keys {
            fs::rename(work.join(keys::FOLDER), data.join(keys::FOLDER))?;
        }
        if work.join(SALT_FILE).exists() {
            fs::rename(work.join(SALT_FILE), data.join(SALT_FILE))?;
        }
        let config = work.join("config.toml");
        if config.exists() && !data.join("config.toml").exists() {
            fs::rename(config, data.join("config.toml"))?;
        }
        fs::rename(work.join(STORE_FILE), data.join(STORE_FILE))?;
        disk::sync_folder(data)?;
        vouch(data, manifest, vouched)
    };
    place().map_err(KeepingError::file(data))?;
    Ok(Some(aside).filter(|_| !before.is_empty()))
}

/// Checkpoints from before the restore were signed by the key of the backup: it stays trusted.
fn vouch(data: &Path, manifest: &Manifest, vouched: Vec<String>) -> io::Result<()> {
    let own = Signer::of(data)?.public();
    let mut keys = trusted(data)?;
    for key in vouched.into_iter().chain([manifest.key.clone()]) {
        if !keys.contains(&key) {
            keys.push(key);
        }
    }
    keys.retain(|key| *key != own);
    if keys.is_empty() {
        return Ok(());
    }
    disk::write_whole(&former(data), (keys.join("\n") + "\n").as_bytes())
}
