//! What a file is, by its first bytes: its name says little.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};

/// What a file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::exchange) enum Format {
    /// Lines of text.
    Text,
    /// A workbook as Excel 2007 and later write it, or another archive.
    Archive,
    /// Something that is not read, and what to do.
    Other(&'static str),
}

/// How the name is written inside a file of Office 97-2003.
const fn wide<const N: usize>(name: [u8; N]) -> [[u8; 2]; N] {
    let mut wide = [[0; 2]; N];
    let mut at = 0;
    while at < N {
        wide[at] = [name[at], 0];
        at += 1;
    }
    wide
}

const ENCRYPTED: [[u8; 2]; 16] = wide(*b"EncryptedPackage");

/// Looks at the beginning of a file.
///
/// # Errors
///
/// When it cannot be read.
pub(in crate::exchange) fn format_of(file: &mut File) -> io::Result<Format> {
    let mut head = Vec::new();
    Read::take(&mut *file, 1 << 16).read_to_end(&mut head)?;
    file.seek(SeekFrom::Start(0))?;
    let begins = |with: &[u8]| head.starts_with(with);
    Ok(if begins(b"PK\x03\x04") || begins(b"PK\x05\x06") {
        Format::Archive
    } else if begins(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1") {
        let mut rest = head;
        rest.extend(directory_of(file)?);
        let is_encrypted = rest.windows(32).any(|name| name == ENCRYPTED.as_flattened());
        Format::Other(if is_encrypted {
            "is locked with a password; open it in a spreadsheet program and save it without one"
        } else {
            "is a workbook of Excel 97-2003 (.xls); open it in a spreadsheet program and save it as .xlsx"
        })
    } else if begins(b"%PDF") {
        Format::Other("is a PDF; a table in it cannot be read, ask for the spreadsheet")
    } else if begins(b"PAR1") {
        Format::Other("is a Parquet file; only .xlsx and CSV are read")
    } else if begins(b"\x1F\x8B") || begins(b"7z\xBC\xAF") || begins(b"Rar!") {
        Format::Other("is packed; unpack it first")
    } else if is_markup(&head) {
        Format::Other(
            "is a web page or XML, whatever its name says; open it in a spreadsheet program and save it as .xlsx",
        )
    } else {
        Format::Text
    })
}

/// The last part of a file of Office 97-2003, where the names of its streams may lie.
fn directory_of(file: &mut File) -> io::Result<Vec<u8>> {
    let length = file.seek(SeekFrom::End(0))?;
    file.seek(SeekFrom::Start(length.saturating_sub(1 << 20)))?;
    let mut tail = Vec::new();
    Read::take(&mut *file, 1 << 20).read_to_end(&mut tail)?;
    file.seek(SeekFrom::Start(0))?;
    Ok(tail)
}

fn is_markup(head: &[u8]) -> bool {
    let head = head.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(head).trim_ascii_start();
    let start = head.get(..9.min(head.len())).unwrap_or_default().to_ascii_lowercase();
    [&b"<html"[..], b"<!doctype", b"<?xml", b"<table"].iter().any(|tag| start.starts_with(tag))
}
