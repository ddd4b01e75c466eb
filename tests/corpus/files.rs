//! Hostile files, made here: nothing of them lies in the repository.

use std::fmt::Write as _;
use std::io::{BufWriter, Cursor, Write};
use std::path::Path;

use zip::CompressionMethod;
use zip::write::SimpleFileOptions;

use crate::books::{of_parts, parts, row};

/// A file by its name, what it holds, and what must be said of it.
type Hostile = (&'static str, fn() -> Vec<u8>, &'static str);

const SHEET: &str = "xl/worksheets/sheet1.xml";

/// All of them.
pub fn hostile() -> Vec<Hostile> {
    [&ARCHIVES[..], &OTHER_PROGRAMS, &FAR, &DOCUMENTS, &SWELLING, &TEXTS].concat()
}

const ARCHIVES: [Hostile; 6] = [
    ("bomb.xlsx", bomb, "inflates to more than 200 times its size"),
    ("nested.xlsx", nested, "is no right XML"),
    ("lying.xlsx", lying, "larger than its declared uncompressed size"),
    ("many.xlsx", many_parts, "is an archive of 10000 parts"),
    ("twice.xlsx", twice, "two parts of the name"),
    ("cut.xlsx", || right()[..400].to_vec(), "was cut off on its way"),
];

const OTHER_PROGRAMS: [Hostile; 12] = [
    ("empty.zip", || [&b"PK\x05\x06"[..], &[0; 18]].concat(), "is an archive and no workbook"),
    ("files.zip", || of_one("areas.csv"), "is an archive and no workbook"),
    ("book.ods", || of_one("content.xml"), "OpenDocument file (.ods)"),
    ("book.numbers", || of_one("Index/Document.iwa"), "is a Numbers file"),
    ("book.xlsb", || of_one("xl/workbook.bin"), "binary workbook (.xlsb)"),
    ("letter.docx", || of_one("word/document.xml"), "is a Word document"),
    ("old.xls", || [OLD, &[0; 2_000]].concat(), "workbook of Excel 97-2003 (.xls)"),
    ("locked.xlsx", locked, "is locked with a password"),
    ("page.xls", || b"<html><table></table></html>".to_vec(), "is a web page or XML"),
    ("paper.pdf", || b"%PDF-1.7\n".to_vec(), "is a PDF"),
    ("columns.parquet", || b"PAR1\0\0\0".to_vec(), "is a Parquet file"),
    ("packed.csv", || b"\x1F\x8B\x08\0\0".to_vec(), "is packed"),
];

const FAR: [Hostile; 6] = [
    ("far.xlsx", || with_cell(1_048_576, "XFD1048576"), "has a cell XFD1048576 far from any table"),
    ("beyond.xlsx", || with_cell(1, "XFE1"), "has a cell XFE1, which no sheet has"),
    ("row.xlsx", || with_cell(u32::MAX, "A1"), "has a row 4294967295, which no sheet has"),
    ("dimension.xlsx", || with_part(SHEET, DIMENSION), "says that its cells are Z9:A1"),
    ("order.xlsx", || with_rows(&(row(2, &["x"]) + &row(1, &["x"]))), "has rows out of order"),
    ("nothing.xlsx", || with_rows(""), "sheet areas: is empty"),
];

const DIMENSION: &str = "<worksheet><dimension ref=\"Z9:A1\"/><sheetData/></worksheet>";

const DOCUMENTS: [Hostile; 6] = [
    ("dtd.xlsx", || with_part(SHEET, EXTERNAL), "has a DTD in its part xl/worksheets/sheet1.xml"),
    (
        "laughs.xlsx",
        || with_part("xl/workbook.xml", LAUGHS),
        "has a DTD in its part xl/workbook.xml",
    ),
    ("deep.xlsx", || with_rows(&"<row>".repeat(100_000)), "elements more than 64 deep"),
    ("half.xlsx", || with_part(SHEET, "<worksheet><sheetData><row>"), "ends in the middle"),
    ("lost-sheet.xlsx", || without(SHEET), "its part xl/worksheets/sheet1.xml is missing"),
    ("string.xlsx", || with_rows(LOST_TEXT), "is damaged or was not written by a spreadsheet"),
];

const EXTERNAL: &str = "<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]><worksheet><sheetData><row><c t=\"str\"><v>&e;</v></c></row></sheetData></worksheet>";
const LAUGHS: &str =
    "<!DOCTYPE x [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;\">]><workbook>&b;</workbook>";
const LOST_TEXT: &str = "<row r=\"1\"><c r=\"A1\" t=\"s\"><v>7</v></c></row>";

const SWELLING: [Hostile; 7] = [
    ("long-tag.xlsx", long_tag, "has a tag without end"),
    ("long-text.xlsx", long_text, "has a text without end"),
    ("no-number.xlsx", || shared_as("-1"), "names -1 as the number of a text"),
    ("word.xlsx", || shared_as("abc"), "names abc as the number of a text"),
    ("strings.xlsx", shared_strings, "holds more text than an honest workbook"),
    ("merged.xlsx", many_merged, "more than 10000 merged ranges"),
    ("unreckoned.xlsx", many_formulas, "more than 10000 formulas whose results were not saved"),
];

const TEXTS: [Hostile; 5] = [
    ("zeros.csv", || vec![0; 4_096], "holds bytes that no text has"),
    ("quote.csv", || b"code,names_en\n\"AR-1,x\n".to_vec(), "is never closed"),
    ("endless.csv", || [&b"code,names_en\n"[..], &[b'x'; 8 << 20]].concat(), "longer than 4 MiB"),
    ("half.csv", || b"\xFF\xFEc\0o\0d\0e\0\n\0\x00\xD8x\0".to_vec(), "not right UTF-16"),
    ("nothing.csv", Vec::new, "is empty"),
];

/// How a file of Office 97-2003 begins.
const OLD: &[u8] = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";

fn right() -> Vec<u8> {
    of_parts(&parts("areas", &row(1, &["code", "names_en"]), false))
}

fn of_one(part: &str) -> Vec<u8> {
    of_parts(&[(part.to_owned(), String::new())])
}

fn with_rows(rows: &str) -> Vec<u8> {
    of_parts(&parts("areas", rows, false))
}

fn with_cell(row: u32, cell: &str) -> Vec<u8> {
    with_rows(&format!("<row r=\"{row}\"><c r=\"{cell}\"><v>1</v></c></row>"))
}

fn with_part(name: &str, text: &str) -> Vec<u8> {
    let mut parts = parts("areas", "", false);
    parts.iter_mut().filter(|(own, _)| own == name).for_each(|(_, own)| *own = text.to_owned());
    of_parts(&parts)
}

fn without(name: &str) -> Vec<u8> {
    let parts = parts("areas", "", false).into_iter().filter(|(own, _)| own != name);
    of_parts(&parts.collect::<Vec<_>>())
}

/// A text for each of many numbers, one after another.
fn each(numbers: std::ops::Range<usize>, text: impl Fn(usize) -> String) -> String {
    numbers.fold(String::new(), |mut all, number| {
        write!(all, "{}", text(number)).unwrap();
        all
    })
}

/// The parts of a workbook whose one sheet is this.
fn packed(sheet: &[u8], how: CompressionMethod) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(how);
    for (name, text) in parts("areas", "", false) {
        archive.start_file(name.as_str(), options).unwrap();
        let bytes = if name == SHEET { sheet } else { text.as_bytes() };
        archive.write_all(bytes).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

/// 300 MB in 300 KB.
fn bomb() -> Vec<u8> {
    packed(&vec![b'0'; 300 << 20], CompressionMethod::Deflated)
}

/// An archive of archives of zeros: as XML it is nothing, and what lies in it is never unpacked.
fn nested() -> Vec<u8> {
    let inner = packed(&vec![b'0'; 64 << 20], CompressionMethod::Deflated);
    packed(&inner.repeat(200), CompressionMethod::Deflated)
}

/// A sheet that says it is a hundred bytes and inflates to 4 MiB.
fn lying() -> Vec<u8> {
    let letters =
        (0..1_u32 << 20).flat_map(|number| number.wrapping_mul(2_654_435_761).to_le_bytes());
    let letters: Vec<u8> = letters.map(|byte| b'a' + byte % 26).collect();
    let mut bytes = packed(&letters, CompressionMethod::Deflated);
    let size = u32::try_from(letters.len()).unwrap().to_le_bytes();
    let is_size = |(_, own): &(usize, &[u8])| *own == size;
    let places: Vec<usize> =
        bytes.windows(4).enumerate().filter(is_size).map(|(at, _)| at).collect();
    assert!(!places.is_empty(), "its size stands somewhere");
    for at in places {
        bytes[at..at + 4].copy_from_slice(&100_u32.to_le_bytes());
    }
    bytes
}

fn many_parts() -> Vec<u8> {
    let parts = (0..10_000).map(|number| (format!("part{number}.xml"), String::new()));
    of_parts(&parts.collect::<Vec<_>>())
}

/// Two parts whose names differ in case alone: one program reads the first, another the second.
fn twice() -> Vec<u8> {
    let mut parts = parts("areas", "", false);
    parts.push(("XL/workbook.xml".to_owned(), String::new()));
    of_parts(&parts)
}

fn long_tag() -> Vec<u8> {
    let attributes = each(0..40_000, |number| format!("a{number}=\"\" "));
    packed(format!("<worksheet><row {attributes}/>").as_bytes(), CompressionMethod::Stored)
}

fn long_text() -> Vec<u8> {
    let text = "ab".repeat(2 << 20);
    packed(format!("<worksheet><v>{text}</v>").as_bytes(), CompressionMethod::Stored)
}

/// A cell that names this as the number of its text.
fn shared_as(number: &str) -> Vec<u8> {
    let cell = format!("<row r=\"1\"><c r=\"A1\" t=\"s\"><v>{number}</v></c></row>");
    let mut parts = parts("areas", &cell, false);
    parts.push(("xl/sharedStrings.xml".to_owned(), "<sst><si><t>code</t></si></sst>".to_owned()));
    of_parts(&parts)
}

/// A text of 30,000 letters that 40,000 cells refer to: more than a gigabyte.
fn shared_strings() -> Vec<u8> {
    let cell = |row| format!("<row r=\"{row}\"><c r=\"A{row}\" t=\"s\"><v>0</v></c></row>");
    let mut parts = parts("areas", &each(1..40_001, cell), false);
    let text = "abcdefghij".repeat(3_000);
    let texts = format!("<sst><si><t>{text}</t></si></sst>");
    parts.push(("xl/sharedStrings.xml".to_owned(), texts));
    of_parts(&parts)
}

fn many_merged() -> Vec<u8> {
    let merged = each(1..10_002, |row| format!("<mergeCell ref=\"A{row}:B{row}\"/>"));
    let sheet = format!("<worksheet><sheetData/><mergeCells>{merged}</mergeCells></worksheet>");
    with_part(SHEET, &sheet)
}

fn many_formulas() -> Vec<u8> {
    let cell = |row| format!("<row r=\"{row}\"><c r=\"A{row}\"><f>B1</f></c></row>");
    with_rows(&each(1..10_002, cell))
}

/// The beginning of a workbook that is locked with a password.
fn locked() -> Vec<u8> {
    let name = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes);
    [OLD, &[0; 1_000], &name.collect::<Vec<u8>>(), &[0; 1_000]].concat()
}

/// Areas, of which only the last is wrong.
pub fn long_csv(path: &Path, rows: u64) {
    let mut out = BufWriter::new(std::fs::File::create(path).unwrap());
    writeln!(out, "code,names_en,position_lon,position_lat").unwrap();
    for row in 0..rows {
        writeln!(out, "AR-{row},Area {row},36.2,33.4").unwrap();
    }
    writeln!(out, "AR-last,Last,far,33.4").unwrap();
    out.flush().unwrap();
}
