//! Looks through everything of a workbook that will be read, before anything reads it.

use std::collections::HashMap;
use std::fs::File;

use super::inflate::Archive;
use super::scan::{Counted, Relationships, SheetNotes, Sheets, visit};

/// The largest sheet, bytes inflated.
const LARGEST_SHEET: u64 = 1 << 30;
/// The largest table of texts; it is held in memory.
const LARGEST_TEXTS: u64 = 64 << 20;
/// The most texts in it.
const MOST_TEXTS: usize = 2_000_000;
/// The largest other part.
const LARGEST_PART: u64 = 8 << 20;
/// The most formats of cells that Excel knows.
const MOST_FORMATS: usize = 65_490;
/// The most sheets.
const MOST_SHEETS: usize = 256;

/// Looks through a workbook; the notes of each sheet by its name.
///
/// # Errors
///
/// A sentence on why it is not read.
pub(super) fn look_through(file: &File) -> Result<HashMap<String, SheetNotes>, String> {
    let mut archive = Archive::open(file)?;
    let book = book_of(&mut archive)?;
    let (folder, name) =
        book.rsplit_once('/').map_or(("", book.as_str()), |(folder, name)| (folder, name));
    let in_folder =
        |name: &str| if folder.is_empty() { name.to_owned() } else { format!("{folder}/{name}") };
    let mut named = Sheets::default();
    visit(&book, archive.part(&book, LARGEST_PART)?, &mut named)?;
    if named.0.len() > MOST_SHEETS {
        return Err(format!("has {} sheets, at most {MOST_SHEETS} are read", named.0.len()));
    }
    let links = in_folder(&format!("_rels/{name}.rels"));
    let mut parts = Relationships::default();
    visit(&links, archive.part(&links, LARGEST_PART)?, &mut parts)?;
    for part in ["theme/theme1.xml", "styles.xml", "sharedStrings.xml"] {
        look_at(&mut archive, &in_folder(part))?;
    }
    let mut sheets = HashMap::new();
    for (sheet, id) in named.0 {
        let part = parts.0.iter().find(|(own, _, _)| *own == id);
        let Some((_, word, target)) = part else {
            return Err(format!("is no whole workbook: its sheet {sheet} is missing"));
        };
        if word != "worksheet" {
            continue;
        }
        let path = target.strip_prefix('/').map_or_else(|| in_folder(target), str::to_owned);
        let notes = notes_of(&mut archive, &path);
        sheets.insert(sheet.clone(), notes.map_err(|fault| format!("{fault} (sheet {sheet})"))?);
    }
    Ok(sheets)
}

fn notes_of(archive: &mut Archive, path: &str) -> Result<SheetNotes, String> {
    let mut notes = SheetNotes::default();
    visit(path, archive.part(path, LARGEST_SHEET)?, &mut notes)?;
    Ok(notes)
}

/// The part that names the sheets.
fn book_of(archive: &mut Archive) -> Result<String, String> {
    if !archive.has("_rels/.rels") || !archive.has("[content_types].xml") {
        return Err(no_workbook(archive).to_owned());
    }
    let mut package = Relationships::default();
    visit("_rels/.rels", archive.part("_rels/.rels", LARGEST_PART)?, &mut package)?;
    let book = package.0.into_iter().rfind(|(_, word, _)| word == "officeDocument");
    let book = book.map(|(_, _, target)| target.trim_start_matches('/').to_owned());
    let is_xml = |book: &String| book.to_ascii_lowercase().ends_with(".xml");
    let is_other = archive.has("word/document.xml") || archive.has("ppt/presentation.xml");
    book.filter(|book| is_xml(book) && !is_other).ok_or_else(|| no_workbook(archive).to_owned())
}

/// Looks through one of the parts that all sheets share, where it is there.
fn look_at(archive: &mut Archive, part: &str) -> Result<(), String> {
    if !archive.has(part) {
        return Ok(());
    }
    let is_texts = part.ends_with("sharedStrings.xml");
    let (what, element, most) = if is_texts {
        ("texts", "si", MOST_TEXTS)
    } else {
        ("formats of cells", "xf", MOST_FORMATS)
    };
    let largest = if is_texts { LARGEST_TEXTS } else { LARGEST_PART };
    let mut counted = Counted { what, element, most, count: 0 };
    visit(part, archive.part(part, largest)?, &mut counted)
}

/// What an archive is that is no workbook.
fn no_workbook(archive: &Archive) -> &'static str {
    if archive.has("xl/workbook.bin") {
        "is a binary workbook (.xlsb); open it in a spreadsheet program and save it as .xlsx"
    } else if archive.has("content.xml") {
        "is an OpenDocument file (.ods); open it in a spreadsheet program and save it as .xlsx"
    } else if archive.has("index/document.iwa") || archive.has("index.zip") {
        "is a Numbers file; export it as Excel (.xlsx)"
    } else if archive.has("word/document.xml") {
        "is a Word document; save its table as .xlsx or CSV"
    } else if archive.has("ppt/presentation.xml") {
        "is a presentation; save its table as .xlsx or CSV"
    } else {
        "is an archive and no workbook; unpack it and import the files in it"
    }
}
