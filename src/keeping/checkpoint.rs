//! A checkpoint: where the ledger stood at a moment, signed. Kept elsewhere, it shows what was cut off, rewritten
//! or rolled back since.
//!
//! A few lines of text that survive being copied, wrapped and quoted: line ends and `>` do not count.

use std::fmt::{self, Write};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use chrono::{DateTime, SecondsFormat, Utc};
use ed25519_dalek::{Signature, Signer as _, SigningKey, VerifyingKey};

use crate::keys::{Keys, Purpose};
use crate::store::{Head, KeepingStore, StoreResult};

/// The folder of the checkpoints inside the data folder.
pub const FOLDER: &str = "checkpoints";

/// The public keys of this deployment's past, one a line, beside its keys: those from before a restore.
const FORMER: &str = "former.pub";

/// The words that a checkpoint begins with.
const TITLE: [&str; 3] = ["passage", "checkpoint", "v1"];

/// Where the ledger stood, who says so, and their signature.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checkpoint {
    /// Which deployment's.
    pub deployment: String,
    /// The last entry.
    pub sequence: i64,
    /// Its hash, hexadecimal.
    pub head: String,
    /// When it was signed.
    pub time: DateTime<Utc>,
    /// The public key, hexadecimal.
    pub key: String,
    /// The signature, hexadecimal.
    signature: String,
}

impl Checkpoint {
    /// Reads every checkpoint in a text, which may say other things around them.
    ///
    /// # Errors
    ///
    /// A sentence: there is none, or one is not complete.
    pub fn read_all(text: &str) -> Result<Vec<Self>, String> {
        let words: Vec<&str> = text
            .split_whitespace()
            .map(|word| word.trim_start_matches('>'))
            .filter(|word| !word.is_empty())
            .collect();
        let starts = words.windows(TITLE.len()).enumerate().filter(|(_, words)| *words == TITLE);
        let found: Vec<Self> = starts
            .map(|(at, _)| Self::read(&words[at + TITLE.len()..]))
            .collect::<Option<_>>()
            .ok_or(
                "the checkpoint is not complete: copy all of its lines, down to the signature",
            )?;
        if found.is_empty() {
            return Err(
                "there is no checkpoint in it: one begins with “passage checkpoint v1”".to_owned()
            );
        }
        Ok(found)
    }

    /// Reads the words after the title.
    fn read(words: &[&str]) -> Option<Self> {
        let mut rest = words.iter();
        let mut after = |name: &str| {
            let is_next = rest.next().is_some_and(|word| *word == name);
            rest.next().filter(|_| is_next).map(|word| (*word).to_owned())
        };
        let (deployment, sequence, head) =
            (after("deployment")?, after("sequence")?, after("head")?);
        let (time, key, mut signature) = (after("time")?, after("key")?, after("signature")?);
        // Mail wraps the longest line.
        while signature.len() < 128
            && let Some(more) = rest.next()
        {
            signature.push_str(more);
        }
        let (sequence, time) = (sequence.parse().ok()?, time.parse().ok()?);
        Some(Self { deployment, sequence, head, time, key, signature })
    }

    /// What is signed.
    fn signed_text(&self) -> String {
        format!(
            "{}\ndeployment {}\nsequence {}\nhead {}\ntime {}\nkey {}\n",
            TITLE.join(" "),
            self.deployment,
            self.sequence,
            self.head,
            self.time.to_rfc3339_opts(SecondsFormat::Millis, true),
            self.key
        )
    }

    /// Does the signature hold, by the key that the checkpoint names?
    #[must_use]
    pub fn is_signed(&self) -> bool {
        holds(&self.key, &self.signature, self.signed_text().as_bytes())
    }

    /// Compares the checkpoint with the ledger as it is.
    ///
    /// # Errors
    ///
    /// When the store fails; what does not fit is an answer.
    pub async fn compare(
        &self,
        store: &(impl KeepingStore + ?Sized),
        trusted: &[String],
    ) -> StoreResult<Result<(), Mismatch>> {
        if !self.is_signed() {
            return Ok(Err(Mismatch::Signature));
        }
        let head = store.head().await?;
        if self.deployment != head.deployment {
            return Ok(Err(Mismatch::Deployment(self.deployment.clone(), head.deployment)));
        }
        if !trusted.contains(&self.key) {
            return Ok(Err(Mismatch::Key(self.key.clone())));
        }
        if self.sequence > head.sequence {
            return Ok(Err(Mismatch::Short {
                seen: self.sequence,
                time: self.time,
                last: head.sequence,
            }));
        }
        let hash = if self.sequence == 0 {
            Some("0".repeat(64))
        } else {
            store.hash_at(self.sequence).await?
        };
        let is_same = hash.is_some_and(|hash| hash == self.head);
        Ok(if is_same {
            Ok(())
        } else {
            Err(Mismatch::Rewritten { seen: self.sequence, time: self.time })
        })
    }
}

impl fmt::Display for Checkpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (one, two) = self.signature.split_at(64.min(self.signature.len()));
        write!(f, "{}signature {one}\n{two}\n", self.signed_text())
    }
}

/// How a ledger does not fit a checkpoint.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Mismatch {
    /// The checkpoint itself was changed or forged.
    #[error("the signature does not hold: this checkpoint was changed or forged")]
    Signature,
    /// It belongs to another deployment.
    #[error("this checkpoint is of another deployment ({0}); the data here is of {1}")]
    Deployment(String, String),
    /// It is signed by a key that nobody vouched for.
    #[error(
        "this checkpoint is signed by a key that is not trusted here ({0}): it is forged, or name the key with --key if you know it"
    )]
    Key(String),
    /// The ledger ends before it.
    #[error(
        "the ledger ends at entry {last}, but on {} it had {seen}: its end was cut off, or an older file was put in its place",
        time.format("%Y-%m-%d %H:%M UTC")
    )]
    Short {
        /// The entry that was the last.
        seen: i64,
        /// When.
        time: DateTime<Utc>,
        /// The entry that is the last now.
        last: i64,
    },
    /// The entry is another one.
    #[error(
        "entry {seen} is not the one it was on {}: the chain was rewritten at or before it, or an older file was put in place and written on",
        time.format("%Y-%m-%d %H:%M UTC")
    )]
    Rewritten {
        /// The entry that was the last.
        seen: i64,
        /// When.
        time: DateTime<Utc>,
    },
}

/// Signs with the checkpoint key of a data folder.
pub struct Signer(SigningKey);

impl Signer {
    /// The signer of a data folder; its key is made where there is none yet.
    ///
    /// # Errors
    ///
    /// When the key cannot be read or made.
    pub fn of(data: &Path) -> io::Result<Self> {
        let key = Keys::of(data).key(Purpose::Checkpoint)?;
        Ok(Self(SigningKey::from_bytes(key.expose())))
    }

    /// The public key, hexadecimal.
    #[must_use]
    pub fn public(&self) -> String {
        hex(self.0.verifying_key().as_bytes())
    }

    /// Signs a text.
    #[must_use]
    pub fn sign(&self, text: &str) -> String {
        hex(&self.0.sign(text.as_bytes()).to_bytes())
    }

    /// Signs where the ledger stands.
    #[must_use]
    pub fn checkpoint(&self, head: &Head, time: DateTime<Utc>) -> Checkpoint {
        let mut checkpoint = Checkpoint {
            deployment: head.deployment.clone(),
            sequence: head.sequence,
            head: head.hash.clone(),
            time,
            key: self.public(),
            signature: String::new(),
        };
        checkpoint.signature = self.sign(&checkpoint.signed_text());
        checkpoint
    }
}

/// The keys that checkpoints of this folder are trusted by: its own, and those from before a restore.
///
/// # Errors
///
/// When its key cannot be read.
pub fn trusted(data: &Path) -> io::Result<Vec<String>> {
    let mut keys = Vec::new();
    // No key is made here: a folder that never signed anything trusts nothing.
    if Keys::of(data).path(Purpose::Checkpoint).exists() {
        keys.push(Signer::of(data)?.public());
    }
    let former = fs::read_to_string(former(data)).unwrap_or_default();
    keys.extend(former.lines().map(|line| line.trim().to_owned()).filter(|line| !line.is_empty()));
    Ok(keys)
}

/// Where the public keys of the past stand.
#[must_use]
pub fn former(data: &Path) -> PathBuf {
    data.join(crate::keys::FOLDER).join(FORMER)
}

/// The name of a file, and the checkpoints in it or why it cannot be read.
pub type Kept = (String, Result<Vec<Checkpoint>, String>);

/// Every checkpoint that is kept in the data folder, with the name of its file; what cannot be read says so.
///
/// # Errors
///
/// When the folder cannot be read.
pub fn kept(data: &Path) -> io::Result<Vec<Kept>> {
    let folder = match fs::read_dir(data.join(FOLDER)) {
        Ok(folder) => folder,
        Err(fault) if fault.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(fault) => return Err(fault),
    };
    let mut found = Vec::new();
    for entry in folder {
        let path = entry?.path();
        if path.extension().is_some_and(|extension| extension == "checkpoint") {
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            let read = fs::read_to_string(&path).map_err(|fault| fault.to_string());
            found.push((name, read.and_then(|text| Checkpoint::read_all(&text))));
        }
    }
    found.sort_by(|a, b| a.0.cmp(&b.0));
    Ok(found)
}

/// Does a signature hold for a text, by this key? All but the text hexadecimal.
#[must_use]
pub fn holds(key: &str, signature: &str, text: &[u8]) -> bool {
    let Some(key) = unhex::<32>(key).and_then(|key| VerifyingKey::from_bytes(&key).ok()) else {
        return false;
    };
    let Some(signature) = unhex::<64>(signature) else { return false };
    key.verify_strict(text, &Signature::from_bytes(&signature)).is_ok()
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        // Writing to a string cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

fn unhex<const N: usize>(text: &str) -> Option<[u8; N]> {
    let is_hex = text.len() == 2 * N && text.bytes().all(|byte| byte.is_ascii_hexdigit());
    let mut bytes = [0; N];
    for (at, byte) in bytes.iter_mut().enumerate().filter(|_| is_hex) {
        *byte = u8::from_str_radix(&text[2 * at..2 * at + 2], 16).ok()?;
    }
    is_hex.then_some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn made() -> Checkpoint {
        let data = tempfile::tempdir().unwrap();
        let head = Head {
            deployment: "0f".repeat(16),
            sequence: 693,
            hash: "ab".repeat(32),
            recorded_at: None,
        };
        let time = "2016-07-26T07:00:00Z".parse().unwrap();
        Signer::of(data.path()).unwrap().checkpoint(&head, time)
    }

    #[test]
    fn a_checkpoint_survives_being_quoted_wrapped_and_surrounded() {
        let made = made();
        assert!(made.is_signed());
        let mailed =
            format!("Dear all,\r\n{}\r\nRegards", made.to_string().replace('\n', "\r\n> "));
        let wrapped = made.to_string().replace(' ', "\n");
        for text in [made.to_string(), mailed, wrapped] {
            assert_eq!(Checkpoint::read_all(&text), Ok(vec![made.clone()]), "{text}");
        }
    }

    #[test]
    fn every_field_is_signed() {
        let text = made().to_string();
        for (from, to) in [
            ("sequence 693", "sequence 694"),
            ("head ab", "head ac"),
            ("deployment 0f", "deployment 1f"),
            ("07:00:00.000Z", "07:00:00.001Z"),
        ] {
            let forged = text.replacen(from, to, 1);
            assert_ne!(forged, text);
            assert!(!Checkpoint::read_all(&forged).unwrap()[0].is_signed(), "{from}");
        }
    }

    #[test]
    fn what_is_no_checkpoint_is_refused_in_words() {
        let text = made().to_string();
        assert!(Checkpoint::read_all("nothing").unwrap_err().contains("no checkpoint"));
        assert!(Checkpoint::read_all(&text[..60]).unwrap_err().contains("not complete"));
        let short = Checkpoint::read_all(&text[..text.len() - 9]).unwrap();
        assert!(!short[0].is_signed());
    }
}
