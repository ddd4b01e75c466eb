//! Workbooks as spreadsheet programs write them, and by hand where no program would.

use std::io::{Cursor, Write};

use rust_xlsxwriter::{Format, Workbook, Worksheet};
use zip::write::SimpleFileOptions;

/// A workbook of sheets whose cells are all texts, but for whole numbers and decimals.
pub fn of_texts(sheets: &[(&str, &str)]) -> Vec<u8> {
    let mut workbook = Workbook::new();
    for (name, text) in sheets {
        fill(workbook.add_worksheet().set_name(*name).unwrap(), text);
    }
    workbook.save_to_buffer().unwrap()
}

/// Fills a sheet with the cells of a CSV text: numbers as numbers, days as dates, the rest as it stands.
pub fn fill(sheet: &mut Worksheet, text: &str) {
    let mut rows =
        csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.as_bytes());
    let date = Format::new().set_num_format("dd/mm/yyyy");
    for (row, cells) in (0_u32..).zip(rows.records()) {
        for (column, cell) in (0_u16..).zip(&cells.unwrap()) {
            if let Ok(number) = cell.parse::<f64>() {
                sheet.write_number(row, column, number).unwrap();
            } else if let Ok(day) = cell.parse::<chrono::NaiveDate>() {
                sheet.write_date_with_format(row, column, day, &date).unwrap();
            } else if !cell.is_empty() {
                sheet.write_string(row, column, cell).unwrap();
            }
        }
    }
}

/// A workbook with one sheet of this name, whose rows are this XML, in this epoch.
pub fn of_xml(sheet: &str, rows: &str, is_1904: bool) -> Vec<u8> {
    of_parts(&parts(sheet, rows, is_1904))
}

/// The parts of such a workbook.
pub fn parts(sheet: &str, rows: &str, is_1904: bool) -> Vec<(String, String)> {
    const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006/relationships";
    let epoch = u8::from(is_1904);
    let part = |name: &str, text: String| (name.to_owned(), text);
    vec![
        part(
            "[Content_Types].xml",
            "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"/>"
                .to_owned(),
        ),
        part(
            "_rels/.rels",
            format!(
                "<Relationships xmlns=\"{PACKAGE}\"><Relationship Id=\"r1\" Type=\"{OFFICE}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"
            ),
        ),
        part(
            "xl/workbook.xml",
            format!(
                "<workbook xmlns=\"{MAIN}\" xmlns:r=\"{OFFICE}\"><workbookPr date1904=\"{epoch}\"/><sheets><sheet name=\"{sheet}\" sheetId=\"1\" r:id=\"r1\"/></sheets></workbook>"
            ),
        ),
        part(
            "xl/_rels/workbook.xml.rels",
            format!(
                "<Relationships xmlns=\"{PACKAGE}\"><Relationship Id=\"r1\" Type=\"{OFFICE}/worksheet\" Target=\"worksheets/sheet1.xml\"/></Relationships>"
            ),
        ),
        part(
            "xl/styles.xml",
            format!(
                "<styleSheet xmlns=\"{MAIN}\"><numFmts count=\"3\"><numFmt numFmtId=\"164\" formatCode=\"yyyy\\-mm\\-dd\"/><numFmt numFmtId=\"165\" formatCode=\"0000\"/><numFmt numFmtId=\"166\" formatCode=\"yyyy\\-mm\\-dd hh:mm:ss&quot;Z&quot;\"/></numFmts><cellXfs count=\"7\"><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/><xf numFmtId=\"22\"/><xf numFmtId=\"9\"/><xf numFmtId=\"164\"/><xf numFmtId=\"165\"/><xf numFmtId=\"166\"/></cellXfs></styleSheet>"
            ),
        ),
        part(
            "xl/worksheets/sheet1.xml",
            format!("<worksheet xmlns=\"{MAIN}\"><sheetData>{rows}</sheetData></worksheet>"),
        ),
    ]
}

/// An archive of parts.
pub fn of_parts(parts: &[(String, String)]) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        archive.start_file(name.as_str(), SimpleFileOptions::default()).unwrap();
        archive.write_all(text.as_bytes()).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

/// A row of texts in the XML of a sheet; a cell that begins with `<` is XML already.
pub fn row(number: usize, cells: &[&str]) -> String {
    let cell = |(at, text): (usize, &&str)| {
        let place = format!("{}{number}", char::from(b'A' + u8::try_from(at).unwrap()));
        if text.starts_with('<') {
            return text.replacen("<c", &format!("<c r=\"{place}\""), 1);
        }
        format!("<c r=\"{place}\" t=\"inlineStr\"><is><t>{text}</t></is></c>")
    };
    let cells: String = cells.iter().enumerate().map(cell).collect();
    format!("<row r=\"{number}\">{cells}</row>")
}
