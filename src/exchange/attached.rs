//! Files that are attached to records: what they are, told by what is in them, and what pictures tell beside the picture.

mod picture;

use std::io::Cursor;

use self::picture::{bare_jpeg, bare_png};

/// What may be attached: the content type, how names end, and the word for it.
const ALLOWED: [(&str, &[&str], &str); 8] = [
    ("application/pdf", &["pdf"], "a PDF document"),
    ("image/jpeg", &["jpg", "jpeg"], "a JPEG picture"),
    ("image/png", &["png"], "a PNG picture"),
    (XLSX, &["xlsx"], "an Excel workbook"),
    (DOCX, &["docx"], "a Word document"),
    ("text/csv", &["csv"], "a CSV file"),
    ("text/plain", &["txt"], "a text"),
    ("message/rfc822", &["eml"], "a letter"),
];

const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
const DOCX: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

/// How many parts an office file may have.
const MOST_PARTS: usize = 2_000;

/// Content types that may be attached, for the docs.
#[must_use]
pub fn media_types() -> Vec<&'static str> {
    ALLOWED.iter().map(|(media_type, ..)| *media_type).collect()
}

/// A file as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    /// What is in it.
    pub media_type: &'static str,
    /// Its bytes: of a picture without where, when and by what it was taken.
    pub content: Vec<u8>,
}

/// Looks at a file before it is attached.
///
/// # Errors
///
/// A sentence: it is empty, of no kind that is taken, damaged, or its name says another kind.
pub fn kept(name: &str, content: Vec<u8>) -> Result<Kept, String> {
    if content.is_empty() {
        return Err("is empty".to_owned());
    }
    let end = name.rsplit_once('.').map(|(_, end)| end.to_ascii_lowercase()).unwrap_or_default();
    let found = media_type(&content, &end)?;
    let (media_type, ends, word) = ALLOWED
        .iter()
        .find(|(media_type, ..)| *media_type == found)
        .ok_or_else(|| format!("is none of the files that are taken: {}", allowed()))?;
    if !ends.contains(&end.as_str()) {
        return Err(format!("is {word}, so its name must end with .{}", ends.join(" or .")));
    }
    let content = match *media_type {
        "image/jpeg" => bare_jpeg(&content)?,
        "image/png" => bare_png(&content)?,
        _ => content,
    };
    Ok(Kept { media_type, content })
}

fn allowed() -> String {
    let ends: Vec<&str> = ALLOWED.iter().flat_map(|(_, ends, _)| ends.iter().copied()).collect();
    ends.join(", ")
}

/// What is in a file. The end of its name decides only between forms of text.
fn media_type(content: &[u8], end: &str) -> Result<&'static str, String> {
    match content {
        [b'%', b'P', b'D', b'F', b'-', ..] => Ok("application/pdf"),
        [0xFF, 0xD8, 0xFF, ..] => Ok("image/jpeg"),
        [0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1A, b'\n', ..] => Ok("image/png"),
        [b'P', b'K', 3, 4, ..] => office(content),
        _ if is_text(content) => match end {
            "csv" => Ok("text/csv"),
            "txt" => Ok("text/plain"),
            "eml" if is_letter(content) => Ok("message/rfc822"),
            "eml" => Err("is no letter: it does not begin with its head".to_owned()),
            _ => Err(format!("is a text, so its name must end with one of {}", "csv, txt, eml")),
        },
        _ => Err(format!("is none of the files that are taken: {}", allowed())),
    }
}

/// A workbook or a document, without programs in it.
fn office(content: &[u8]) -> Result<&'static str, String> {
    let broken = |fault| format!("is an archive that cannot be read: {fault}");
    let archive = zip::ZipArchive::new(Cursor::new(content)).map_err(broken)?;
    if archive.len() > MOST_PARTS {
        return Err(format!("is an archive of more than {MOST_PARTS} parts"));
    }
    let names: Result<Vec<String>, _> =
        archive.file_names().map(|name| name.map(|name| name.to_ascii_lowercase())).collect();
    let names = names.map_err(broken)?;
    let has = |wanted: &str| names.iter().any(|name| name == wanted);
    if names.iter().any(|name| name.ends_with("vbaproject.bin")) {
        return Err("holds programs (macros); save it without them".to_owned());
    }
    if has("xl/workbook.xml") {
        Ok(XLSX)
    } else if has("word/document.xml") {
        Ok(DOCX)
    } else {
        Err(format!("is an archive and none of the files that are taken: {}", allowed()))
    }
}

/// Bytes that a person reads: in any code page, without control characters.
fn is_text(content: &[u8]) -> bool {
    !content.iter().any(|byte| *byte < b' ' && !matches!(byte, b'\t' | b'\n' | b'\r' | 0x0C))
}

/// Does it begin with a line like `From: …`?
fn is_letter(content: &[u8]) -> bool {
    let first = content.split(|byte| *byte == b'\n').next().unwrap_or_default();
    let name = first.split(|byte| *byte == b':').next().unwrap_or_default();
    name.len() < first.len()
        && !name.is_empty()
        && name.iter().all(|byte| byte.is_ascii_alphanumeric() || *byte == b'-')
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    fn archive(parts: &[&str]) -> Vec<u8> {
        let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
        for part in parts {
            writer.start_file(*part, zip::write::SimpleFileOptions::default()).unwrap();
            writer.write_all(b"<x/>").unwrap();
        }
        writer.finish().unwrap().into_inner()
    }

    #[test]
    fn a_file_is_what_is_in_it() {
        for (name, content, expected) in [
            ("waybill.pdf", b"%PDF-1.7 ...".to_vec(), "application/pdf"),
            ("list.XLSX", archive(&["[Content_Types].xml", "xl/workbook.xml"]), XLSX),
            ("letter.docx", archive(&["word/document.xml"]), DOCX),
            ("list.csv", b"a,b\n1,2\n".to_vec(), "text/csv"),
            ("note.txt", "ملاحظة\n".as_bytes().to_vec(), "text/plain"),
            ("letter.eml", b"From: a@example.org\r\n\r\nText".to_vec(), "message/rfc822"),
        ] {
            assert_eq!(kept(name, content).map(|kept| kept.media_type), Ok(expected), "{name}");
        }
    }

    #[test]
    fn what_is_not_taken_is_named() {
        for (name, content, says) in [
            ("a.pdf", Vec::new(), "is empty"),
            ("a.exe", b"MZ\0\0".to_vec(), "none of the files"),
            ("a.svg", b"<svg onload='x'/>".to_vec(), "csv, txt, eml"),
            ("a.html", b"<script>".to_vec(), "csv, txt, eml"),
            ("a.csv", b"%PDF-1.7".to_vec(), "must end with .pdf"),
            ("photo.pdf.exe", b"%PDF-1.7".to_vec(), "must end with .pdf"),
            ("a.xlsm", archive(&["xl/workbook.xml", "xl/vbaProject.bin"]), "macros"),
            ("a.zip", archive(&["other"]), "is an archive"),
            ("a.xlsx", b"PK\x03\x04 and no more".to_vec(), "cannot be read"),
            ("a.eml", b"no head\n".to_vec(), "no letter"),
            ("a.jpg", b"\xFF\xD8\xFF\xE0 no more".to_vec(), "JPEG"),
        ] {
            let refusal = kept(name, content).unwrap_err();
            assert!(refusal.contains(says), "{name}: {refusal}");
        }
    }
}
