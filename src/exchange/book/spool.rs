//! The rows of sheets, laid down in a file without a name: a workbook is read once, its rows as often as they are
//! needed, and never all in memory. The file is gone with the process that made it.

use std::fs::File;
use std::io::{self, BufReader, BufWriter, Read, Write};
use std::os::unix::fs::FileExt;
use std::sync::Arc;

use super::super::row::{Cell, Fault, Form, Row, RowDraft};
use super::merged::Merged;

/// The rows of one sheet.
#[derive(Debug, Clone)]
pub(in crate::exchange) struct Spool {
    file: Arc<File>,
    start: u64,
    end: u64,
    /// The cells of the sheet that are merged.
    pub(in crate::exchange) merged: Arc<Merged>,
}

impl Spool {
    /// Its rows, from the first.
    pub(in crate::exchange) fn rows(&self) -> SpoolRows {
        let part = Part { file: Arc::clone(&self.file), at: self.start, end: self.end };
        SpoolRows { input: BufReader::with_capacity(64 << 10, part), read: 0, is_over: false }
    }

    /// How many bytes they take.
    pub(in crate::exchange) const fn size(&self) -> u64 {
        self.end - self.start
    }
}

/// A part of a file, read without moving the place where others read.
struct Part {
    file: Arc<File>,
    at: u64,
    end: u64,
}

impl Read for Part {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let left = usize::try_from(self.end - self.at).unwrap_or(usize::MAX);
        let wanted = out.len().min(left);
        let read = self.file.read_at(&mut out[..wanted], self.at)?;
        self.at += read as u64;
        Ok(read)
    }
}

/// Rows on their way out.
pub(in crate::exchange) struct SpoolRows {
    input: BufReader<Part>,
    read: u64,
    is_over: bool,
}

impl SpoolRows {
    /// The next row; `None` at the end.
    pub(in crate::exchange) fn next(&mut self) -> Option<Result<Row, Fault>> {
        if self.is_over {
            return None;
        }
        match self.row() {
            Ok(Some(row)) => Some(Ok(row)),
            Ok(None) => {
                self.is_over = true;
                None
            }
            Err(fault) => {
                self.is_over = true;
                let reason = format!("cannot be read again: {fault}");
                Some(Err(Fault { row: 0, column: None, reason }))
            }
        }
    }

    /// How many bytes were read so far.
    pub(in crate::exchange) const fn bytes(&self) -> u64 {
        self.read
    }

    fn row(&mut self) -> io::Result<Option<Row>> {
        let mut head = [0; 12];
        if self.input.read(&mut head[..1])? == 0 {
            return Ok(None);
        }
        self.input.read_exact(&mut head[1..])?;
        let word =
            |at: usize| u32::from_le_bytes([head[at], head[at + 1], head[at + 2], head[at + 3]]);
        let (number, cells, length) = (word(0), word(4) as usize, word(8) as usize);
        let mut bytes = vec![0; cells * 5 + length];
        self.input.read_exact(&mut bytes)?;
        self.read += (head.len() + bytes.len()) as u64;
        let (ends, rest) = bytes.split_at(cells * 4);
        let (forms, text) = rest.split_at(cells);
        let ends =
            ends.chunks_exact(4).map(|end| u32::from_le_bytes([end[0], end[1], end[2], end[3]]));
        let form = |byte: &u8| Form::ALL.get(usize::from(*byte)).copied().unwrap_or(Form::Typed);
        let text = String::from_utf8(text.to_vec()).map_err(io::Error::other)?;
        Ok(Some(Row {
            number: number.into(),
            text: text.into_boxed_str(),
            ends: ends.collect(),
            forms: forms.iter().map(form).collect(),
        }))
    }
}

/// Lays rows down, sheet after sheet.
pub(in crate::exchange) struct SpoolWriter {
    file: Arc<File>,
    out: BufWriter<File>,
    start: u64,
    at: u64,
    draft: RowDraft,
}

impl SpoolWriter {
    /// Begins a file without a name.
    ///
    /// # Errors
    ///
    /// When it cannot be made.
    pub(in crate::exchange) fn new() -> io::Result<Self> {
        let file = tempfile::tempfile()?;
        let out = BufWriter::with_capacity(64 << 10, file.try_clone()?);
        Ok(Self { file: Arc::new(file), out, start: 0, at: 0, draft: RowDraft::default() })
    }

    /// Adds the next cell of the row.
    pub(in crate::exchange) fn push(&mut self, cell: Cell<'_>) {
        self.draft.push(cell);
    }

    /// How many bytes were laid down so far, in all sheets.
    pub(in crate::exchange) fn size(&self) -> u64 {
        self.at + self.draft.size() as u64
    }

    /// How many cells the row has so far.
    pub(in crate::exchange) fn len(&self) -> usize {
        self.draft.len()
    }

    /// Ends the row.
    ///
    /// # Errors
    ///
    /// When the disk is full.
    pub(in crate::exchange) fn end_row(&mut self, number: u64) -> io::Result<()> {
        let row = self.draft.finish(number);
        let word = |number: usize| u32::try_from(number).unwrap_or(u32::MAX).to_le_bytes();
        let number = u32::try_from(number).unwrap_or(u32::MAX).to_le_bytes();
        self.out.write_all(&number)?;
        self.out.write_all(&word(row.ends.len()))?;
        self.out.write_all(&word(row.text.len()))?;
        for end in &row.ends {
            self.out.write_all(&end.to_le_bytes())?;
        }
        let forms: Vec<u8> = row.forms.iter().map(|form| *form as u8).collect();
        self.out.write_all(&forms)?;
        self.out.write_all(row.text.as_bytes())?;
        self.at += (12 + row.ends.len() * 5 + row.text.len()) as u64;
        Ok(())
    }

    /// Ends the sheet.
    ///
    /// # Errors
    ///
    /// When the disk is full.
    pub(in crate::exchange) fn end_sheet(&mut self, merged: Merged) -> io::Result<Spool> {
        self.out.flush()?;
        let (start, end) = (self.start, self.at);
        self.start = self.at;
        Ok(Spool { file: Arc::clone(&self.file), start, end, merged: Arc::new(merged) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_of_several_sheets_come_back_as_they_were_and_as_often_as_asked() {
        let mut writer = SpoolWriter::new().unwrap();
        let mut sheets = Vec::new();
        for sheet in 0..2_u64 {
            for number in [1, 7, 1_048_576] {
                writer.push(Cell { text: "دوما", form: Form::Text });
                writer.push(Cell { text: "", form: Form::Unreckoned });
                writer.push(Cell { text: &format!("{sheet}"), form: Form::Number });
                writer.end_row(number).unwrap();
            }
            sheets.push(writer.end_sheet(Merged::default()).unwrap());
        }
        for _ in 0..2 {
            for (sheet, spool) in sheets.iter().enumerate() {
                let mut rows = spool.rows();
                let read: Vec<Row> =
                    std::iter::from_fn(|| rows.next()).map(Result::unwrap).collect();
                assert_eq!(
                    read.iter().map(|row| row.number).collect::<Vec<_>>(),
                    [1, 7, 1_048_576]
                );
                assert_eq!(read[0].cell(2), sheet.to_string());
                assert_eq!(read[2].at(0), Cell { text: "دوما", form: Form::Text });
                assert_eq!(read[1].at(1).form, Form::Unreckoned);
                assert_eq!(rows.bytes(), spool.size());
            }
        }
    }
}
