//! Makes a backup while others write: a copy of one moment, walked and found in order, packed, encrypted to an
//! offline key where one is named, read back, and only then given its name.

use std::fs::{self, File};
use std::io::{self, BufReader, BufWriter, Read, Write};
use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};

use super::KeepingError;
use super::checkpoint::{Signer, former};
use super::disk;
use super::package::{self, Manifest, Packed};
use crate::app::STORE_FILE;
use crate::store::Store;
use crate::store_key::SALT_FILE;
use crate::{folder, keys};

/// What has to stay free beside a backup, bytes.
const SPARE: u64 = 16_000_000;

/// A backup that is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BackupOrder {
    /// The file that is made; nothing may be there.
    pub to: PathBuf,
    /// The public key (`age1…`) that it is encrypted to.
    pub recipient: Option<String>,
    /// Put the keys in also where it is not encrypted?
    pub with_keys: bool,
    /// The file with the key of an encrypted store: it goes into no backup, under whatever name it lies.
    pub store_key: Option<PathBuf>,
}

/// A backup that was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BackupDone {
    /// Its file.
    pub to: PathBuf,
    /// Its size.
    pub bytes: u64,
    /// What is in it.
    pub manifest: Manifest,
    /// Is it encrypted?
    pub is_encrypted: bool,
}

/// Is told how many bytes more were written, of how many.
pub type Progress = Box<dyn FnMut(u64, u64) + Send>;

/// Makes a backup.
///
/// # Errors
///
/// A sentence: something is there already, there is no room, the recipient is no key, the data is not in order,
/// a file cannot be written.
pub async fn make(
    store: &dyn Store,
    data: &Path,
    order: BackupOrder,
    made_at: DateTime<Utc>,
    progress: Progress,
) -> Result<BackupDone, KeepingError> {
    let recipient = order.recipient.as_deref().map(recipient).transpose()?;
    check_place(data, &order.to)?;
    for folder in [data, folder::of(&order.to)] {
        disk::remove_leftovers(folder).map_err(KeepingError::file(folder))?;
    }
    let work = tempfile::Builder::new()
        .prefix(disk::BACKUP_WORK)
        .tempdir_in(data)
        .map_err(KeepingError::file(data))?;
    let copy = work.path().join(STORE_FILE);
    let copied = store.copy_to(&copy).await?;
    let data = data.to_owned();
    let pack = move || {
        let signer = Signer::of(&data).map_err(KeepingError::file(&data.join(keys::FOLDER)))?;
        let mut paths = Vec::new();
        if recipient.is_some() || order.with_keys {
            paths.extend(key_files(&data, order.store_key.as_deref())?);
        }
        let beside = ["config.toml", SALT_FILE].map(|name| data.join(name));
        paths.extend(beside.into_iter().filter(|path| path.is_file()));
        let mut files = Vec::with_capacity(paths.len() + 1);
        for path in &paths {
            let name =
                path.strip_prefix(&data).unwrap_or(path).to_string_lossy().replace('\\', "/");
            files.push(Packed::of(path, &name)?);
        }
        paths.push(copy.clone());
        files.push(Packed::of(&copy, STORE_FILE)?);
        let manifest = Manifest {
            made_at,
            program: env!("CARGO_PKG_VERSION").to_owned(),
            schema_step: copied.schema_step,
            head: copied.head,
            counts: copied.counts,
            files,
            key: signer.public(),
        };
        let bytes = put(&manifest, &paths, &signer, &order.to, recipient.as_ref(), progress)?;
        drop(work);
        Ok(BackupDone { to: order.to, bytes, manifest, is_encrypted: recipient.is_some() })
    };
    tokio::task::spawn_blocking(pack)
        .await
        .map_err(|fault| KeepingError::refused(format!("the backup broke off: {fault}")))?
}

/// Writes the backup beside its place, reads it back, and gives it its name.
fn put(
    manifest: &Manifest,
    paths: &[PathBuf],
    signer: &Signer,
    to: &Path,
    recipient: Option<&age::x25519::Recipient>,
    mut progress: Progress,
) -> Result<u64, KeepingError> {
    let folder = folder::of(to);
    let all = manifest.files.iter().map(|file| file.bytes).sum();
    let beside = tempfile::Builder::new()
        .prefix(disk::BACKUP_WORK)
        .suffix(".part")
        .tempfile_in(folder)
        .map_err(KeepingError::file(folder))?;
    let mut write = || -> io::Result<blake3::Hash> {
        let mut told = |bytes| progress(bytes, all);
        let mut out =
            Hashing { out: BufWriter::new(beside.as_file()), hasher: blake3::Hasher::new() };
        if let Some(recipient) = recipient {
            let recipients = std::iter::once(recipient as &dyn age::Recipient);
            let encryptor =
                age::Encryptor::with_recipients(recipients).map_err(io::Error::other)?;
            let mut sealed = encryptor.wrap_output(&mut out)?;
            package::write(manifest, paths, signer, &mut sealed, &mut told)?;
            sealed.finish()?;
        } else {
            package::write(manifest, paths, signer, &mut out, &mut told)?;
        }
        out.flush()?;
        beside.as_file().sync_all()?;
        disk::forget_cached(beside.as_file());
        Ok(out.hasher.finalize())
    };
    let written = write().map_err(KeepingError::file(to))?;
    let read = hash_of(beside.path()).map_err(KeepingError::file(to))?;
    if read != written {
        return Err(KeepingError::refused(
            "the disk did not give back what was written to it; nothing was kept",
        ));
    }
    beside.persist_noclobber(to).map_err(|fault| KeepingError::file(to)(fault.error))?;
    folder::sync(folder).map_err(KeepingError::file(folder))?;
    Ok(disk::size(to))
}

/// Hashes what passes through.
struct Hashing<W> {
    out: W,
    hasher: blake3::Hasher,
}

impl<W: Write> Write for Hashing<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.out.write(bytes)?;
        self.hasher.update(&bytes[..written]);
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

fn hash_of(path: &Path) -> io::Result<blake3::Hash> {
    let mut hasher = blake3::Hasher::new();
    let mut file = BufReader::new(File::open(path)?);
    let mut chunk = vec![0; 1 << 18];
    loop {
        let read = file.read(&mut chunk)?;
        if read == 0 {
            return Ok(hasher.finalize());
        }
        hasher.update(&chunk[..read]);
    }
}

/// Nothing may be at the place, and there must be room: for the copy in the data folder, and for the backup.
fn check_place(data: &Path, to: &Path) -> Result<(), KeepingError> {
    if to.exists() {
        return Err(KeepingError::refused(format!(
            "{} is there already; a backup never replaces a file",
            to.display()
        )));
    }
    let folder = folder::of(to);
    if !folder.is_dir() {
        return Err(KeepingError::refused(format!("there is no folder {}", folder.display())));
    }
    let (store, log) = disk::store_sizes(data);
    let size = store + log;
    for (place, copies) in [(data, 2), (folder, 1)] {
        let free = disk::of(place).map_err(KeepingError::file(place))?.free_bytes;
        let needed = size * copies + SPARE;
        if free < needed {
            return Err(KeepingError::refused(format!(
                "{} has {} free, a backup needs {}; nothing was written",
                place.display(),
                disk::in_words(free),
                disk::in_words(needed)
            )));
        }
    }
    Ok(())
}

/// The key files of a data folder, and the public keys of its past. The key of the store would open the backup that it
/// lies in: it is left out.
fn key_files(data: &Path, store_key: Option<&Path>) -> Result<Vec<PathBuf>, KeepingError> {
    let folder = data.join(keys::FOLDER);
    let read = |path: &Path| fs::read(path).unwrap_or_default().trim_ascii().to_ascii_lowercase();
    let secret = store_key.map(read).filter(|secret| !secret.is_empty());
    let mut found = Vec::new();
    for entry in fs::read_dir(&folder).map_err(KeepingError::file(&folder))? {
        let path = entry.map_err(KeepingError::file(&folder))?.path();
        let is_key = path.extension().is_some_and(|extension| extension == "key");
        let is_secret = secret.as_ref().is_some_and(|secret| read(&path) == *secret);
        if (is_key || path == former(data)) && !is_secret {
            found.push(path);
        }
    }
    found.sort();
    Ok(found)
}

/// Reads a recipient.
///
/// # Errors
///
/// A sentence: it is no public key of age.
pub fn recipient(text: &str) -> Result<age::x25519::Recipient, KeepingError> {
    text.trim().parse().map_err(|fault| {
        KeepingError::refused(format!(
            "the recipient must be a public key of age, as age1…: {fault}"
        ))
    })
}

/// Makes a pair of keys for backups: the secret one goes into the file, the public one is given back.
///
/// # Errors
///
/// When the file is there already or cannot be written.
pub fn make_key(file: &Path) -> Result<String, KeepingError> {
    use age::secrecy::ExposeSecret;
    let identity = age::x25519::Identity::generate();
    let public = identity.to_public().to_string();
    let mut out = folder::private_file(file).map_err(KeepingError::file(file))?;
    let secret = identity.to_string();
    writeln!(out, "# public key: {public}\n{}", secret.expose_secret())
        .and_then(|()| out.sync_all())
        .map_err(KeepingError::file(file))?;
    Ok(public)
}
