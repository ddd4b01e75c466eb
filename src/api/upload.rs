//! Files that are sent: read piece by piece into a folder, within limits, under names that can do no harm.

use std::cell::Cell;
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::rc::Rc;

use actix_multipart::{Field, Multipart, MultipartError};
use actix_web::error::PayloadError;
use actix_web::http::Method;
use actix_web::{HttpRequest, web};
use futures_util::{StreamExt, TryStreamExt};

use super::error::ApiError;
use crate::config::Settings;
use crate::domain::Problems;
use crate::store::StoreError;

/// What the parts of a form take beside the files in them, bytes.
const AROUND: usize = 64 << 10;

/// How many files may be sent together, and how many parts of all kinds.
const MOST_FILES: usize = 50;
const MOST_PARTS: usize = 100;

/// The longest text of a field, and the longest name of a file, bytes.
const LONGEST_FIELD: usize = 8_000;
const LONGEST_NAME: usize = 200;

/// How much is gathered before it is written, bytes.
const PIECE: usize = 256 << 10;

/// The longest body that is taken at a path, bytes: files are larger than records.
pub(super) fn body_limit(settings: &Settings, method: &Method, path: &str) -> usize {
    match file_limit(settings, method, path) {
        Some(bytes) => bytes.saturating_add(AROUND),
        None => settings.server.body_limit_bytes,
    }
}

/// How many bytes of files may be sent to a path; `None` where none are.
pub(super) fn file_limit(settings: &Settings, method: &Method, path: &str) -> Option<usize> {
    let is_of_record = path.starts_with("/api/v1/") && path.ends_with("/attachments");
    match path {
        _ if *method != Method::POST => None,
        "/api/v1/imports" => Some(settings.upload.import_bytes),
        _ if is_of_record => Some(settings.upload.attachment_bytes),
        _ => None,
    }
}

/// A file that was sent.
pub(super) struct Received {
    /// Its name, without any path.
    pub(super) name: String,
    /// Its length.
    pub(super) bytes: u64,
    /// What is in it.
    pub(super) digest: blake3::Hash,
}

/// What a form held.
#[derive(Default)]
pub(super) struct Form {
    /// How many bytes of files may still come.
    left: usize,
    pub(super) files: Vec<Received>,
    pub(super) fields: BTreeMap<String, String>,
    /// What is wrong with its parts.
    pub(super) problems: Problems,
}

/// A folder that goes, with all that is in it, unless it is kept.
pub(super) struct Spool(Option<PathBuf>);

impl Spool {
    /// Makes the folder.
    pub(super) async fn make(path: PathBuf) -> Result<Self, ApiError> {
        let made = Self(Some(path.clone()));
        super::computed(move || fs::create_dir_all(path)).await?.map_err(unwritten)?;
        Ok(made)
    }

    pub(super) fn path(&self) -> &Path {
        self.0.as_deref().unwrap_or(Path::new(""))
    }

    /// From now on others see to it.
    pub(super) fn keep(mut self) {
        self.0 = None;
    }
}

impl Drop for Spool {
    fn drop(&mut self) {
        if let Some(path) = &self.0 {
            crate::jobs::import::remove(path);
        }
    }
}

/// Reads a form: its files into the folder, its fields into memory. What is wrong with single parts is noted.
pub(super) async fn receive(
    request: &HttpRequest,
    payload: web::Payload,
    folder: &Path,
    most_bytes: usize,
) -> Result<Form, ApiError> {
    must_be_form(request)?;
    let come = Rc::new(Cell::new(0_usize));
    let counted = Rc::clone(&come);
    let most = most_bytes.saturating_add(AROUND);
    // A body whose length is not announced has an end too.
    let body = payload.map(move |piece| {
        let piece = piece?;
        counted.set(counted.get().saturating_add(piece.len()));
        if counted.get() > most { Err(PayloadError::Overflow) } else { Ok(piece) }
    });
    let mut parts = Multipart::new(request.headers(), body);
    let mut form = Form { left: most_bytes, ..Form::default() };
    let too_large = || ApiError::TooLarge(most_bytes);
    let broken = |fault| if come.get() > most { too_large() } else { broken(fault) };
    let mut count = 0;
    while let Some(part) = parts.try_next().await.map_err(broken)? {
        count += 1;
        // The rest is read, so that who sends it hears why it is refused.
        if count <= MOST_PARTS {
            form.take(part, folder).await?.ok_or_else(too_large)?;
        }
    }
    if count > MOST_PARTS {
        return Err(ApiError::invalid("", format!("has more than {MOST_PARTS} parts")));
    }
    if form.files.is_empty() && form.problems.is_empty() {
        form.problems.add_field("file", "is required: one file or several");
    }
    Ok(form)
}

fn must_be_form(request: &HttpRequest) -> Result<(), ApiError> {
    let given = request.headers().get("Content-Type").and_then(|value| value.to_str().ok());
    let essence = given.and_then(|given| given.split(';').next()).unwrap_or_default().trim();
    if essence.eq_ignore_ascii_case("multipart/form-data") {
        return Ok(());
    }
    let got = if essence.is_empty() { "no content type" } else { essence };
    Err(ApiError::NotForm(got.to_owned()))
}

impl Form {
    /// Takes one part; `None` where the files are too large together.
    async fn take(&mut self, part: Field, folder: &Path) -> Result<Option<()>, ApiError> {
        match part.name().unwrap_or_default().to_owned().as_str() {
            "file" => self.take_file(part, folder).await,
            name => self.take_field(name.to_owned(), part).await.map(Some),
        }
    }

    async fn take_file(&mut self, mut part: Field, folder: &Path) -> Result<Option<()>, ApiError> {
        let name = self.name_of(&part);
        let mut writer = match &name {
            Some(name) => Some(Writer::new(folder.join(name)).await?),
            None => None,
        };
        let mut bytes = 0_usize;
        while let Some(piece) = part.try_next().await.map_err(broken)? {
            bytes = bytes.saturating_add(piece.len());
            let Some(left) = self.left.checked_sub(piece.len()) else { return Ok(None) };
            self.left = left;
            if let Some(writer) = &mut writer {
                writer.push(&piece).await?;
            }
        }
        if let (Some(name), Some(writer)) = (name, writer) {
            let digest = writer.finish().await?;
            self.files.push(Received { name, bytes: bytes as u64, digest });
        }
        Ok(Some(()))
    }

    /// The name to keep a file under; `None` where there is none, which is noted.
    fn name_of(&mut self, part: &Field) -> Option<String> {
        let sent = part.content_disposition().and_then(|about| {
            let in_utf8 = about
                .get_filename_ext()
                .and_then(|name| std::str::from_utf8(&name.value).ok().map(str::to_owned));
            in_utf8.or_else(|| about.get_filename().map(str::to_owned))
        });
        let name = safe_name(sent.as_deref().unwrap_or_default());
        let is_taken = |name: &str| {
            self.files.iter().any(|file| file.name.to_lowercase() == name.to_lowercase())
        };
        let checked = match name {
            Ok(name) if is_taken(&name) => Err(format!("{name} is sent twice")),
            Ok(_) if self.files.len() == MOST_FILES => {
                Err(format!("more than {MOST_FILES} files are sent at once"))
            }
            name => name,
        };
        checked.map_err(|why| self.problems.add_field("file", why)).ok()
    }

    async fn take_field(&mut self, name: String, mut part: Field) -> Result<(), ApiError> {
        let text = match part.bytes(LONGEST_FIELD).await {
            Ok(bytes) => String::from_utf8(bytes.map_err(broken)?.to_vec()).ok(),
            Err(_too_long) => None,
        };
        let Some(text) = text else {
            let why = format!("must be a text of at most {LONGEST_FIELD} bytes");
            self.problems.add_field(&name, why);
            return Ok(());
        };
        match (self.fields.entry(name), text.trim()) {
            (Entry::Occupied(before), _) => {
                self.problems.add_field(before.key(), "is given twice");
            }
            (Entry::Vacant(_), "") => {}
            (Entry::Vacant(new), text) => {
                new.insert(text.to_owned());
            }
        }
        Ok(())
    }
}

/// The last part of a name as it was sent: whatever stands before it is a path on another machine.
pub(super) fn safe_name(sent: &str) -> Result<String, String> {
    let last = sent.rsplit(['/', '\\']).next().unwrap_or_default().trim();
    let is_hidden_mark = |letter: char| {
        letter.is_control()
            || matches!(letter, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    if last.is_empty() {
        return Err("must be sent with the name of the file".to_owned());
    }
    if last.starts_with('.') {
        return Err("must not have a name that begins with a dot".to_owned());
    }
    if last.len() > LONGEST_NAME {
        return Err(format!("must have a name of at most {LONGEST_NAME} bytes"));
    }
    if last.contains(is_hidden_mark) {
        return Err("must have a name without control characters".to_owned());
    }
    Ok(last.to_owned())
}

/// A file that is written off the threads that answer requests.
struct Writer {
    /// `None` only while a piece is written.
    file: Option<File>,
    hasher: blake3::Hasher,
    gathered: Vec<u8>,
}

impl Writer {
    async fn new(path: PathBuf) -> Result<Self, ApiError> {
        let open = move || OpenOptions::new().write(true).create_new(true).open(path);
        let file = super::computed(open).await?.map_err(unwritten)?;
        Ok(Self { file: Some(file), hasher: blake3::Hasher::new(), gathered: Vec::new() })
    }

    async fn push(&mut self, piece: &[u8]) -> Result<(), ApiError> {
        self.hasher.update(piece);
        self.gathered.extend_from_slice(piece);
        if self.gathered.len() < PIECE { Ok(()) } else { self.write().await }
    }

    async fn write(&mut self) -> Result<(), ApiError> {
        let (Some(mut file), piece) = (self.file.take(), std::mem::take(&mut self.gathered)) else {
            return Ok(());
        };
        let write = move || file.write_all(&piece).map(|()| file);
        self.file = Some(super::computed(write).await?.map_err(unwritten)?);
        Ok(())
    }

    async fn finish(mut self) -> Result<blake3::Hash, ApiError> {
        self.write().await?;
        Ok(self.hasher.finalize())
    }
}

/// A form that cannot be read to its end.
fn broken(fault: MultipartError) -> ApiError {
    match fault {
        MultipartError::ContentTypeIncompatible => ApiError::NotForm("another form".to_owned()),
        fault => ApiError::Unreadable(format!("the parts of the form cannot be read: {fault}")),
    }
}

/// A file that cannot be written.
pub(super) fn unwritten(fault: io::Error) -> ApiError {
    match fault.kind() {
        io::ErrorKind::StorageFull
        | io::ErrorKind::ReadOnlyFilesystem
        | io::ErrorKind::QuotaExceeded => ApiError::Store(StoreError::NoSpace),
        _ => ApiError::BrokeOff(Box::new(fault)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_a_path_only_the_name_is_left() {
        for (sent, kept) in [
            ("convoys.csv", "convoys.csv"),
            ("../../etc/passwd", "passwd"),
            ("C:\\fakepath\\convoys.xlsx", "convoys.xlsx"),
            ("/imports/قوافل.csv", "قوافل.csv"),
            (" a b.csv ", "a b.csv"),
        ] {
            assert_eq!(safe_name(sent).as_deref(), Ok(kept));
        }
        for sent in ["", "..", "a/..", "a/", ".htaccess", "a\0.csv", "a\n.csv", "gpj.\u{202e}exe"] {
            assert!(safe_name(sent).is_err(), "{sent:?}");
        }
        assert!(safe_name(&"a".repeat(201)).is_err());
    }
}
