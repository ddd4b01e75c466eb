//! Hostile files, made here: nothing of them lies in the repository.

use std::io::{BufWriter, Write};
use std::path::Path;

use zip::CompressionMethod;
use zip::write::SimpleFileOptions;

use crate::books::{of_parts, parts, row};

/// A file by its name, how it is made, and what must be said of it.
type Hostile = (&'static str, fn(&Path), &'static str);

/// All of them.
pub fn hostile() -> Vec<Hostile> {
    let mut all = archives();
    all.extend(sheets());
    all.extend(others());
    all
}

fn archives() -> Vec<Hostile> {
    vec![
        (
            "bomb.xlsx",
            |path| deflated(path, &sheet_of_zeros(300 << 20)),
            "inflates to more than 200 times its size",
        ),
        ("nested.xlsx", nested, "is no right XML"),
        ("lying.xlsx", lying, "larger than it says"),
        ("many.xlsx", many_parts, "is an archive of 10000 parts"),
        ("twice.xlsx", |path| put(path, &twice()), "two parts of the name"),
        ("cut.xlsx", |path| put(path, &right()[..400]), "was cut off on its way"),
        (
            "empty-end.xlsx",
            |path| put(path, b"PK\x05\x06\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0"),
            "is an archive and no workbook",
        ),
        (
            "files.zip",
            |path| put(path, &of_parts(&[("areas.csv".to_owned(), "code\n".to_owned())])),
            "is an archive and no workbook",
        ),
        (
            "book.ods",
            |path| {
                put(
                    path,
                    &of_parts(&[
                        ("mimetype".to_owned(), String::new()),
                        ("content.xml".to_owned(), String::new()),
                    ]),
                )
            },
            "OpenDocument file (.ods)",
        ),
        (
            "book.numbers",
            |path| put(path, &of_parts(&[("Index/Document.iwa".to_owned(), String::new())])),
            "is a Numbers file",
        ),
        (
            "book.xlsb",
            |path| put(path, &of_parts(&[("xl/workbook.bin".to_owned(), String::new())])),
            "binary workbook (.xlsb)",
        ),
        (
            "letter.docx",
            |path| put(path, &of_parts(&[("word/document.xml".to_owned(), String::new())])),
            "is a Word document",
        ),
    ]
}

fn sheets() -> Vec<Hostile> {
    vec![
        (
            "far.xlsx",
            |path| {
                put(path, &with_rows("<row r=\"1048576\"><c r=\"XFD1048576\"><v>1</v></c></row>"))
            },
            "has a cell XFD1048576 far from any table",
        ),
        (
            "beyond.xlsx",
            |path| put(path, &with_rows("<row r=\"1\"><c r=\"XFE1\"><v>1</v></c></row>")),
            "has a cell XFE1, which no sheet has",
        ),
        (
            "row.xlsx",
            |path| put(path, &with_rows("<row r=\"4294967295\"><c><v>1</v></c></row>")),
            "has a row 4294967295, which no sheet has",
        ),
        (
            "dimension.xlsx",
            |path| {
                put(
                    path,
                    &with_part(
                        "xl/worksheets/sheet1.xml",
                        "<worksheet><dimension ref=\"Z9:A1\"/><sheetData/></worksheet>",
                    ),
                )
            },
            "says that its cells are Z9:A1",
        ),
        (
            "order.xlsx",
            |path| {
                put(
                    path,
                    &with_rows(
                        "<row r=\"2\"><c r=\"A2\"><v>1</v></c></row><row r=\"1\"><c r=\"A1\"><v>1</v></c></row>",
                    ),
                )
            },
            "has rows out of order",
        ),
        (
            "dtd.xlsx",
            |path| {
                put(
                    path,
                    &with_part(
                        "xl/worksheets/sheet1.xml",
                        "<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]><worksheet><sheetData><row><c t=\"str\"><v>&e;</v></c></row></sheetData></worksheet>",
                    ),
                )
            },
            "has a DTD in its part xl/worksheets/sheet1.xml",
        ),
        (
            "laughs.xlsx",
            |path| {
                put(
                    path,
                    &with_part(
                        "xl/workbook.xml",
                        "<!DOCTYPE x [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;\">]><workbook>&b;</workbook>",
                    ),
                )
            },
            "has a DTD in its part xl/workbook.xml",
        ),
        (
            "deep.xlsx",
            |path| put(path, &with_rows(&"<row>".repeat(100_000))),
            "elements more than 64 deep",
        ),
        (
            "long-tag.xlsx",
            |path| stored(path, &format!("<row r=\"1\" {}/>", attributes(40_000))),
            "has a tag without end",
        ),
        (
            "long-text.xlsx",
            |path| {
                stored(
                    path,
                    &format!("<row><c t=\"str\"><v>{}</v></c></row>", "ab".repeat(2 << 20)),
                )
            },
            "has a text without end",
        ),
        ("strings.xlsx", shared_strings, "holds more text than an honest workbook"),
        (
            "string.xlsx",
            |path| put(path, &with_rows("<row r=\"1\"><c r=\"A1\" t=\"s\"><v>7</v></c></row>")),
            "is damaged or was not written by a spreadsheet program",
        ),
        ("merged.xlsx", many_merged, "more than 10000 merged ranges"),
        ("unreckoned.xlsx", many_formulas, "more than 10000 formulas whose results were not saved"),
        (
            "half.xlsx",
            |path| put(path, &with_part("xl/worksheets/sheet1.xml", "<worksheet><sheetData><row>")),
            "ends in the middle",
        ),
        (
            "lost-sheet.xlsx",
            |path| put(path, &without("xl/worksheets/sheet1.xml")),
            "its part xl/worksheets/sheet1.xml is missing",
        ),
    ]
}

fn others() -> Vec<Hostile> {
    vec![
        (
            "old.xls",
            |path| put(path, &[&b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"[..], &[0; 2_000]].concat()),
            "workbook of Excel 97-2003 (.xls)",
        ),
        ("locked.xlsx", |path| put(path, &locked()), "is locked with a password"),
        (
            "page.xls",
            |path| put(path, b"<html><table><tr><td>1</td></tr></table></html>"),
            "is a web page or XML",
        ),
        ("paper.pdf", |path| put(path, b"%PDF-1.7\n"), "is a PDF"),
        ("columns.parquet", |path| put(path, b"PAR1\0\0\0"), "is a Parquet file"),
        ("packed.csv", |path| put(path, b"\x1F\x8B\x08\0\0"), "is packed"),
        ("zeros.csv", |path| put(path, &[0; 4_096]), "holds bytes that no text has"),
        ("quote.csv", |path| put(path, b"code,names_en\n\"AR-1,x\n"), "is never closed"),
        (
            "endless.csv",
            |path| put(path, &[&b"code,names_en\n"[..], &vec![b'x'; 8 << 20]].concat()),
            "longer than 4 MiB",
        ),
        (
            "half-utf16.csv",
            |path| put(path, b"\xFF\xFEc\0o\0d\0e\0\n\0\x00\xD8x\0"),
            "not right UTF-16",
        ),
        ("nothing.csv", |path| put(path, b""), "is empty"),
        ("nothing.xlsx", |path| put(path, &with_rows("")), "sheet areas: is empty"),
    ]
}

fn put(path: &Path, bytes: &[u8]) {
    std::fs::write(path, bytes).unwrap();
}

fn right() -> Vec<u8> {
    of_parts(&parts("areas", &row(1, &["code", "names_en"]), false))
}

fn with_rows(rows: &str) -> Vec<u8> {
    of_parts(&parts("areas", rows, false))
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

fn attributes(count: usize) -> String {
    (0..count).map(|number| format!("a{number}=\"\" ")).collect()
}

fn sheet_of_zeros(length: usize) -> Vec<u8> {
    vec![b'0'; length]
}

/// The parts of a workbook whose one sheet is this, packed as tightly as can be.
fn deflated(path: &Path, sheet: &[u8]) {
    let mut archive = zip::ZipWriter::new(BufWriter::new(std::fs::File::create(path).unwrap()));
    for (name, text) in parts("areas", "", false) {
        archive.start_file(name.as_str(), SimpleFileOptions::default()).unwrap();
        let bytes = if name.contains("sheet1") { sheet } else { text.as_bytes() };
        archive.write_all(bytes).unwrap();
    }
    archive.finish().unwrap();
}

/// Rows that are not packed: they are as large as they look.
fn stored(path: &Path, rows: &str) {
    let mut archive = zip::ZipWriter::new(BufWriter::new(std::fs::File::create(path).unwrap()));
    for (name, text) in parts("areas", rows, false) {
        let options = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
        archive.start_file(name.as_str(), options).unwrap();
        archive.write_all(text.as_bytes()).unwrap();
    }
    archive.finish().unwrap();
}

/// An archive of an archive of zeros.
fn nested(path: &Path) {
    deflated(path, &sheet_of_zeros(64 << 20));
    let inner = std::fs::read(path).unwrap();
    deflated(path, &inner.repeat(200));
}

/// A sheet that says it is a hundred bytes and inflates to 4 MiB.
fn lying(path: &Path) {
    let letters: Vec<u8> = (0..1_u32 << 20)
        .flat_map(|number| number.wrapping_mul(2_654_435_761).to_le_bytes())
        .map(|b| b'a' + b % 26)
        .collect();
    deflated(path, &letters);
    let mut bytes = std::fs::read(path).unwrap();
    let size = u32::try_from(letters.len()).unwrap().to_le_bytes();
    let places: Vec<usize> =
        bytes.windows(4).enumerate().filter(|(_, own)| *own == size).map(|(at, _)| at).collect();
    assert!(!places.is_empty(), "its size stands somewhere");
    for at in places {
        bytes[at..at + 4].copy_from_slice(&100_u32.to_le_bytes());
    }
    put(path, &bytes);
}

fn many_parts(path: &Path) {
    let parts: Vec<(String, String)> =
        (0..10_000).map(|number| (format!("part{number}.xml"), String::new())).collect();
    put(path, &of_parts(&parts));
}

/// Two parts whose names differ in case alone: one program reads the first, another the second.
fn twice() -> Vec<u8> {
    let mut parts = parts("areas", "", false);
    parts.push(("XL/workbook.xml".to_owned(), String::new()));
    of_parts(&parts)
}

/// A text of 30,000 letters that 40,000 cells refer to: more than a gigabyte.
fn shared_strings(path: &Path) {
    let cells: String = (1..=40_000)
        .map(|row| format!("<row r=\"{row}\"><c r=\"A{row}\" t=\"s\"><v>0</v></c></row>"))
        .collect();
    let mut parts = parts("areas", &cells, false);
    let text: String = (0..30_000_u32)
        .map(|number| char::from(b'a' + u8::try_from(number % 26).unwrap()))
        .collect();
    parts.push(("xl/sharedStrings.xml".to_owned(), format!("<sst><si><t>{text}</t></si></sst>")));
    put(path, &of_parts(&parts));
}

fn many_merged(path: &Path) {
    let merged: String =
        (1..=10_001).map(|row| format!("<mergeCell ref=\"A{row}:B{row}\"/>")).collect();
    let sheet = format!("<worksheet><sheetData/><mergeCells>{merged}</mergeCells></worksheet>");
    put(path, &with_part("xl/worksheets/sheet1.xml", &sheet));
}

fn many_formulas(path: &Path) {
    let rows: String = (1..=10_001)
        .map(|row| format!("<row r=\"{row}\"><c r=\"A{row}\"><f>B1</f></c></row>"))
        .collect();
    put(path, &with_rows(&rows));
}

/// The beginning of a workbook that is locked with a password.
fn locked() -> Vec<u8> {
    let name: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
    [&b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"[..], &[0; 1_000], &name, &[0; 1_000]].concat()
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
