//! The archive that a workbook is: what it says of itself, and its parts inflated no further than they may be.

use std::collections::HashMap;
use std::fs::File;
use std::io::{self, BufRead, BufReader, Read, Seek, SeekFrom};

use zip::ZipArchive;

/// The most parts an archive may have.
const MOST_PARTS: usize = 2_000;
/// The most that all parts may inflate to, bytes.
const MOST_INFLATED: u64 = 1 << 30;
/// Up to how many bytes any part may be packed as tightly as it likes.
const SMALL: u64 = 4 << 20;
/// How many times larger than it is packed a part may be.
const MOST_RATIO: u64 = 200;
/// The most bytes between two `<`: more than the longest text of a cell takes.
const LONGEST_RUN: usize = 1 << 20;

/// An archive whose own account of itself is in bounds.
pub(super) struct Archive {
    zip: ZipArchive<BufReader<File>>,
    /// The number of each part by its name, in small letters.
    parts: HashMap<String, usize>,
}

impl Archive {
    /// Reads the list of parts.
    ///
    /// # Errors
    ///
    /// A sentence on what is wrong with the archive.
    pub(super) fn open(file: &File) -> Result<Self, String> {
        let damaged = |fault: String| {
            format!("is damaged or was cut off on its way ({fault}); fetch it again")
        };
        let io = |fault: io::Error| format!("cannot be read: {fault}");
        let mut file = file.try_clone().map_err(io)?;
        match counted(&mut file).map_err(io)? {
            None => return Err(damaged("its end is missing".to_owned())),
            Some(count) if count > MOST_PARTS => return Err(too_many(count)),
            Some(_) => {}
        }
        file.seek(SeekFrom::Start(0)).map_err(io)?;
        let mut zip =
            ZipArchive::new(BufReader::new(file)).map_err(|fault| damaged(fault.to_string()))?;
        if zip.len() > MOST_PARTS {
            return Err(too_many(zip.len()));
        }
        let (mut parts, mut inflated) = (HashMap::new(), 0_u64);
        for number in 0..zip.len() {
            let part = zip.by_index_raw(number).map_err(|fault| damaged(fault.to_string()))?;
            let name = part.name().map_err(|fault| damaged(fault.to_string()))?;
            let (name, size) = (name.replace('\\', "/").to_ascii_lowercase(), part.size());
            if part.encrypted() {
                return Err("is locked with a password; save it without one".to_owned());
            }
            if size > SMALL && size / MOST_RATIO > part.compressed_size() {
                return Err(bomb(&name));
            }
            inflated = inflated.saturating_add(size);
            if parts.insert(name.clone(), number).is_some() {
                return Err(format!(
                    "has two parts of the name {name}; open it in a spreadsheet program and save it anew"
                ));
            }
        }
        if inflated > MOST_INFLATED {
            return Err(format!(
                "would inflate to {} MiB, at most {} are read; split it",
                inflated >> 20,
                MOST_INFLATED >> 20
            ));
        }
        Ok(Self { zip, parts })
    }

    pub(super) fn has(&self, part: &str) -> bool {
        self.parts.contains_key(&part.to_ascii_lowercase())
    }

    /// Opens a part, of which at most `most` bytes are read.
    ///
    /// # Errors
    ///
    /// When it is not there, says that it is longer, or cannot be opened.
    pub(super) fn part(&mut self, name: &str, most: u64) -> Result<impl BufRead, String> {
        let number = self.parts.get(&name.to_ascii_lowercase()).copied();
        let number =
            number.ok_or_else(|| format!("is no whole workbook: its part {name} is missing"))?;
        let part = self
            .zip
            .by_index(number)
            .map_err(|fault| format!("has a part that cannot be read: {fault}"))?;
        let size = part.size();
        if size > most {
            return Err(format!(
                "has a part {name} of {} MiB, at most {} are read",
                size >> 20,
                most >> 20
            ));
        }
        let inflated = Inflated { part, left: size, run: 0, name: name.to_owned() };
        Ok(BufReader::with_capacity(32 << 10, inflated))
    }
}

fn too_many(count: usize) -> String {
    format!("is an archive of {count} parts, a workbook has at most {MOST_PARTS}")
}

fn bomb(name: &str) -> String {
    format!(
        "has a part {name} that inflates to more than {MOST_RATIO} times its size, as no honest workbook does"
    )
}

/// How many parts the archive says it has; `None` where its end is missing.
///
/// It is asked before the list is read into memory: no more parts are read than stand here.
fn counted(file: &mut File) -> io::Result<Option<usize>> {
    let length = file.seek(SeekFrom::End(0))?;
    file.seek(SeekFrom::Start(length.saturating_sub(22 + 0xFFFF + 20)))?;
    let mut tail = Vec::new();
    file.read_to_end(&mut tail)?;
    let ends = tail.windows(22).filter(|end| end.starts_with(b"PK\x05\x06"));
    // More than one may seem to be the end; the largest bounds them all.
    Ok(ends.map(|end| usize::from(u16::from_le_bytes([end[10], end[11]]))).max())
}

/// A part that is inflated no further than it says, and whose pieces of text have an end.
struct Inflated<R> {
    part: R,
    left: u64,
    run: usize,
    name: String,
}

impl<R: Read> Read for Inflated<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let refused = |reason: String| io::Error::new(io::ErrorKind::InvalidData, reason);
        let read = self.part.read(out)?;
        let Some(left) = self.left.checked_sub(read as u64) else {
            return Err(refused(format!("has a part {} that is larger than it says", self.name)));
        };
        self.left = left;
        let piece = &out[..read];
        let mut from = 0;
        for at in piece.iter().enumerate().filter(|(_, byte)| **byte == b'<').map(|(at, _)| at) {
            self.run += at - from;
            if self.run > LONGEST_RUN {
                break;
            }
            (self.run, from) = (0, at);
        }
        self.run = if self.run > LONGEST_RUN { self.run } else { self.run + read - from };
        if self.run > LONGEST_RUN {
            return Err(refused(format!("has a text without end in its part {}", self.name)));
        }
        Ok(read)
    }
}
