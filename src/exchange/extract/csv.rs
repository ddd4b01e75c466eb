//! An extract as CSV: the header, the HXL tags, the rows.

use std::io::{self, Write};

use super::{Cell, Column, Rows};

/// Writes rows as they come; nothing is held back but the buffer of the writer.
pub struct CsvRows<W: Write> {
    out: csv::Writer<W>,
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
        let end = csv::Terminator::Any(b'\n');
        let mut out = csv::WriterBuilder::new().terminator(end).from_writer(out);
        out.write_record(columns.iter().map(|column| column.name.as_bytes()))?;
        out.write_record(columns.iter().map(|column| column.tag.as_bytes()))?;
        Ok(Self { out })
    }
}

impl<W: Write + Send> Rows for CsvRows<W> {
    fn row(&mut self, cells: &[Cell]) -> io::Result<()> {
        for cell in cells {
            self.out.write_field(cell.text().as_bytes())?;
        }
        Ok(self.out.write_record(None::<&[u8]>)?)
    }

    fn finish(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}
