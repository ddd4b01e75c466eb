//! What a disk could hold after the power went: the written log again, without some of what was not synced.
#![cfg(test)]

use std::collections::{BTreeMap, HashMap};
use std::fs;
use std::path::{Path, PathBuf};

use rand::{Rng, RngExt};

/// The smallest piece that a disk writes whole.
const SECTOR: usize = 512;

/// What was done to the disk, and where in the log it ends.
pub struct Step {
    pub end: u64,
    what: What,
}

enum What {
    Created(u32, String),
    Changed(u32, Change),
    Synced(u32),
    FolderSynced(String),
    Unlinked(String),
    Renamed(String, String),
}

#[derive(Clone)]
enum Change {
    Written(usize, Vec<u8>),
    Cut(usize),
}

/// Reads the log of `disk.c`.
pub fn steps(log: &Path) -> Vec<Step> {
    const HEAD: usize = 21;
    let log = fs::read(log).unwrap();
    let (mut at, mut steps) = (0, Vec::new());
    while at + HEAD <= log.len() {
        let number =
            |from: usize| u64::from_le_bytes(log[at + from..at + from + 8].try_into().unwrap());
        let file = u32::from_le_bytes(log[at + 1..at + 5].try_into().unwrap());
        let (offset, length) = (index(number(5)), index(number(13)));
        if at + HEAD + length > log.len() {
            break;
        }
        let data = &log[at + HEAD..at + HEAD + length];
        let name = || String::from_utf8(data.to_vec()).unwrap();
        let what = match log[at] {
            b'C' => What::Created(file, name()),
            b'W' => What::Changed(file, Change::Written(offset, data.to_vec())),
            b'T' => What::Changed(file, Change::Cut(offset)),
            b'S' => What::Synced(file),
            b'D' => What::FolderSynced(name()),
            b'U' => What::Unlinked(name()),
            b'R' => {
                let (old, new) = (name(), name());
                let part = |text: &str, nth| text.split('\0').nth(nth).unwrap().to_owned();
                What::Renamed(part(&old, 0), part(&new, 1))
            }
            other => panic!("{other} at {at} is no step; O means that a file was there before"),
        };
        at += HEAD + length;
        steps.push(Step { end: at as u64, what });
    }
    steps
}

fn index(number: u64) -> usize {
    usize::try_from(number).unwrap()
}

/// The disk at a moment: what is on it for sure, and what is on its way.
#[derive(Default)]
pub struct Platter {
    files: HashMap<u32, File>,
    /// Names that are on the disk for sure.
    names: BTreeMap<String, u32>,
    /// Changes of names since their folder was synced.
    naming: Vec<What>,
}

#[derive(Default)]
struct File {
    sure: Vec<u8>,
    pending: Vec<Change>,
}

/// How the disk treats what is on its way when the power goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fashion {
    /// None of it arrived.
    Nothing,
    /// Some writes arrived, in any order.
    Some,
    /// Some sectors arrived.
    Torn,
    /// It arrived in order up to a moment, the last write torn.
    UpTo,
    /// All of it arrived.
    All,
}

impl Fashion {
    pub const ALL: [Self; 5] = [Self::Nothing, Self::Some, Self::Torn, Self::UpTo, Self::All];
}

impl Platter {
    pub fn apply(&mut self, step: Step) {
        match step.what {
            What::Created(file, name) => {
                self.files.insert(file, File::default());
                self.naming.push(What::Created(file, name));
            }
            What::Changed(file, change) => {
                self.files.entry(file).or_default().pending.push(change);
            }
            What::Synced(file) => {
                let file = self.files.entry(file).or_default();
                for change in std::mem::take(&mut file.pending) {
                    change.apply(&mut file.sure);
                }
            }
            What::FolderSynced(folder) => {
                let pending = std::mem::take(&mut self.naming);
                let (synced, other) = pending.into_iter().partition(|what| what.is_in(&folder));
                self.naming = other;
                let synced: Vec<What> = synced;
                for what in &synced {
                    what.rename(&mut self.names);
                }
            }
            naming => self.naming.push(naming),
        }
    }

    /// Writes what the disk could hold now into a folder.
    pub fn image(&self, folder: &Path, fashion: Fashion, draw: &mut impl Rng) {
        let mut names = self.names.clone();
        let kept = match fashion {
            Fashion::Nothing => 0,
            Fashion::All => self.naming.len(),
            _ => draw.random_range(0..=self.naming.len()),
        };
        self.naming.iter().take(kept).for_each(|what| what.rename(&mut names));
        for (name, file) in names {
            let path: PathBuf = folder.join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            let file = self.files.get(&file).map(|file| file.after(fashion, draw));
            fs::write(path, file.unwrap_or_default()).unwrap();
        }
    }
}

impl File {
    fn after(&self, fashion: Fashion, draw: &mut impl Rng) -> Vec<u8> {
        let mut content = self.sure.clone();
        let up_to = draw.random_range(0..=self.pending.len());
        for (at, change) in self.pending.iter().enumerate() {
            match fashion {
                Fashion::All => change.apply(&mut content),
                Fashion::Some if draw.random_bool(0.5) => change.apply(&mut content),
                Fashion::UpTo if at < up_to => change.apply(&mut content),
                Fashion::UpTo if at == up_to => change.tear(&mut content, draw),
                Fashion::Nothing | Fashion::Some | Fashion::UpTo => {}
                Fashion::Torn => change.tear(&mut content, draw),
            }
        }
        content
    }
}

impl Change {
    fn apply(&self, content: &mut Vec<u8>) {
        match self {
            Self::Cut(length) => content.resize(*length, 0),
            Self::Written(at, data) => write(content, *at, data),
        }
    }

    /// Some of its sectors, as they lie on the disk; a cut happens or not.
    fn tear(&self, content: &mut Vec<u8>, draw: &mut impl Rng) {
        let Self::Written(at, data) = self else {
            if draw.random_bool(0.5) {
                self.apply(content);
            }
            return;
        };
        let mut done = 0;
        while done < data.len() {
            let to_border = SECTOR - (at + done) % SECTOR;
            let end = (done + to_border).min(data.len());
            if draw.random_bool(0.5) {
                write(content, at + done, &data[done..end]);
            }
            done = end;
        }
    }
}

fn write(content: &mut Vec<u8>, at: usize, data: &[u8]) {
    if content.len() < at + data.len() {
        content.resize(at + data.len(), 0);
    }
    content[at..at + data.len()].copy_from_slice(data);
}

impl What {
    fn rename(&self, names: &mut BTreeMap<String, u32>) {
        match self {
            Self::Created(file, name) => {
                names.insert(name.clone(), *file);
            }
            Self::Unlinked(name) => {
                names.remove(name);
            }
            Self::Renamed(old, new) => {
                if let Some(file) = names.remove(old) {
                    names.insert(new.clone(), file);
                }
            }
            _ => {}
        }
    }

    fn is_in(&self, folder: &str) -> bool {
        let (Self::Created(_, name) | Self::Unlinked(name) | Self::Renamed(_, name)) = self else {
            return false;
        };
        Path::new(name).parent() == Some(Path::new(folder))
    }
}
