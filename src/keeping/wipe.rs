//! The panic command: destroys the keys, then everything else that Passage keeps in a data folder.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::thread;
use std::time::Duration;

use super::KeepingError;
use crate::app::STORE_FILE;
use crate::config;
use crate::folder::{LOCK_FILE, Lock};
use crate::keys;
use crate::store_key::{self, KeyError, SALT_FILE};

/// What the file of the data is called from the moment on at which nobody may use it any more.
const DOOMED: &str = "passage.sqlite.wiping";

/// How long a running server is given to notice and end, in steps.
const STEPS: u32 = 50;
const STEP: Duration = Duration::from_millis(100);

/// What was destroyed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Wiped {
    /// The key of the encrypted store, or its salt; what was encrypted is lost with it.
    pub store_key: Option<PathBuf>,
    /// Why the key of the store could not be destroyed.
    pub store_key_left: Option<String>,
    /// How many other keys.
    pub keys: usize,
    /// How many other files.
    pub files: usize,
    /// Files that are not ours and were left.
    pub left: Vec<PathBuf>,
    /// Did a server that ran on it end? `None` where none ran.
    pub server_ended: Option<bool>,
}

/// Destroys what is in a data folder. The keys go first: without them what is encrypted is lost at once.
/// `settings` name the key of the store; they are missing where they cannot be read, which must stop nobody.
///
/// # Errors
///
/// The first file that could not be destroyed, after all others were.
pub fn run(data: &Path, settings: Option<&config::Store>) -> Result<Wiped, KeepingError> {
    let mut wiped = Wiped::default();
    destroy_store_key(data, settings, &mut wiped);
    let mut failed = None;
    let mut note = |path: &Path, done: io::Result<usize>| match done {
        Ok(count) => count,
        Err(cause) => {
            failed.get_or_insert(KeepingError::File { path: path.to_owned(), cause });
            0
        }
    };
    let keys = data.join(keys::FOLDER);
    wiped.keys = note(&keys, destroy(&keys));
    // A running server looks for the file by its name, and ends when it is gone.
    let ran = Lock::is_held(data);
    let store = data.join(STORE_FILE);
    if store.exists() {
        let doomed = data.join(DOOMED);
        note(&store, fs::rename(&store, doomed).map(|()| 0));
    }
    wiped.server_ended = ran.then(|| {
        (0..STEPS).any(|_| {
            thread::sleep(STEP);
            !Lock::is_held(data)
        })
    });
    let entries = fs::read_dir(data).map_err(KeepingError::file(data))?;
    let mut paths: Vec<PathBuf> =
        entries.filter_map(|entry| entry.ok().map(|entry| entry.path())).collect();
    // The data before reports and backups.
    paths.sort_by_key(|path| !name_of(path).starts_with(STORE_FILE));
    for path in paths {
        if is_ours(&name_of(&path)) {
            wiped.files += note(&path, destroy(&path));
        } else {
            wiped.left.push(path);
        }
    }
    failed.map_or(Ok(wiped), Err)
}

/// The key that the settings name, and the salt where one lies there.
fn destroy_store_key(data: &Path, settings: Option<&config::Store>, wiped: &mut Wiped) {
    let store = data.join(STORE_FILE);
    let by_salt =
        config::Store { readers: 1, key_from: config::KeyFrom::Prompt, key_file: String::new() };
    let salted = data.join(SALT_FILE).exists().then_some(&by_salt);
    let named = settings.filter(|settings| settings.key_from != config::KeyFrom::Prompt);
    for settings in named.into_iter().chain(salted) {
        match store_key::destroy(&store, settings) {
            Ok(gone) => wiped.store_key = gone.or(wiped.store_key.take()),
            // Destroyed before, by an earlier wipe.
            Err(KeyError::File(_, fault)) if fault.kind() == io::ErrorKind::NotFound => {}
            Err(fault) => wiped.store_key_left = Some(fault.to_string()),
        }
    }
}

fn name_of(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

fn is_ours(name: &str) -> bool {
    const NAMES: [&str; 9] = [
        keys::FOLDER,
        "imports",
        "reports",
        "outgoing",
        "backups",
        "checkpoints",
        "config.toml",
        LOCK_FILE,
        SALT_FILE,
    ];
    const BEGINNINGS: [&str; 4] = [STORE_FILE, "replaced-", ".backup-", ".restore-"];
    NAMES.contains(&name) || BEGINNINGS.iter().any(|beginning| name.starts_with(beginning))
}

/// Overwrites and removes a file, or all files of a folder and the folder; gives how many files that were.
fn destroy(path: &Path) -> io::Result<usize> {
    let about = match fs::symlink_metadata(path) {
        Ok(about) => about,
        Err(fault) if fault.kind() == io::ErrorKind::NotFound => return Ok(0),
        Err(fault) => return Err(fault),
    };
    if about.is_dir() {
        let mut count = 0;
        for entry in fs::read_dir(path)? {
            count += destroy(&entry?.path())?;
        }
        fs::remove_dir(path)?;
        return Ok(count);
    }
    // What a link points to lies elsewhere and is not ours.
    if about.is_file() {
        overwrite(path, about.len())?;
    }
    fs::remove_file(path)?;
    Ok(1)
}

fn overwrite(path: &Path, length: u64) -> io::Result<()> {
    const CHUNK: usize = 256 * 1024;
    let mut file: File = OpenOptions::new().write(true).open(path)?;
    let nothing = vec![0; CHUNK];
    let mut left = length;
    while left > 0 {
        let most = usize::try_from(left).unwrap_or(CHUNK).min(CHUNK);
        file.write_all(&nothing[..most])?;
        left -= most as u64;
    }
    file.sync_all()?;
    file.set_len(0)?;
    file.sync_all()
}
