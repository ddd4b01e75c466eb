//! An extract as CSV: the header, the HXL tags, the rows.

use std::borrow::Cow;
use std::io::{self, BufWriter, Write};

use super::{Cell, Column, Rows};

/// What a cell is put into quotes for: the marks of CSV, and what readers of other countries split at.
const QUOTED: [char; 6] = [',', '"', '\n', '\r', ';', '\t'];

/// Writes one line.
///
/// # Errors
///
/// When it cannot be written.
pub fn line<'c>(
    out: &mut impl Write,
    cells: impl IntoIterator<Item = Cow<'c, str>>,
) -> io::Result<()> {
    for (place, cell) in cells.into_iter().enumerate() {
        if place > 0 {
            out.write_all(b",")?;
        }
        if cell.contains(QUOTED) {
            write!(out, "\"{}\"", cell.replace('"', "\"\""))?;
        } else {
            out.write_all(cell.as_bytes())?;
        }
    }
    out.write_all(b"\n")
}

/// Writes rows as they come; nothing is held back but the buffer of the writer.
pub struct CsvRows<W: Write> {
    out: BufWriter<W>,
}

impl<W: Write> std::fmt::Debug for CsvRows<W> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("CsvRows").finish_non_exhaustive()
    }
}

impl<W: Write> CsvRows<W> {
    /// Begins with the header and the tags.
    ///
    /// # Errors
    ///
    /// When they cannot be written.
    pub fn begin(out: W, columns: &[Column]) -> io::Result<Self> {
        let mut out = BufWriter::new(out);
        line(&mut out, columns.iter().map(|column| Cow::Borrowed(&*column.name)))?;
        line(&mut out, columns.iter().map(|column| Cow::Borrowed(&*column.tag)))?;
        Ok(Self { out })
    }
}

impl<W: Write + Send> Rows for CsvRows<W> {
    fn row(&mut self, cells: &[Cell]) -> io::Result<()> {
        line(&mut self.out, cells.iter().map(Cell::text))
    }

    fn finish(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_any_reader_splits_at_stands_in_quotes_and_its_formulas_are_marked() {
        let words = ["a, b", ";=1+1", "a\t-2", "say \"yes\"", "plain"];
        let mut out = Vec::new();
        line(&mut out, words.map(|text| crate::exchange::cell::protected(text))).unwrap();
        let written = String::from_utf8(out).unwrap();
        let expected = "\"a, b\",\";'=1+1\",\"a\t'-2\",\"say \"\"yes\"\"\",plain\n";
        assert_eq!(written, expected);
    }
}
