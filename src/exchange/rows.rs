//! Rows of a CSV file (RFC 4180), one at a time, with the row number that a spreadsheet shows.
//!
//! The `csv` crate skips blank lines, so its numbers drift from those of the spreadsheet, and a quote that
//! is opened and never closed makes it read the rest of the file into one cell. Here both are said.

use std::io::{self, BufRead, Read};

use super::dialect::{Dialect, Encoding, in_code_page};
use super::row::{Fault, Row};

/// The longest row that is read, bytes: an outline of ten thousand corners fits several times.
const LONGEST_ROW: usize = 4 << 20;

/// The rows of a file.
pub(super) struct Rows<R> {
    input: R,
    dialect: Dialect,
    number: u64,
    bytes: u64,
    line: Vec<u8>,
    over: bool,
}

/// Where the reader is inside a row.
#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    Start,
    Plain,
    Quoted,
    Closed,
}

/// A row on its way.
#[derive(Default)]
struct Draft {
    text: Vec<u8>,
    ends: Vec<u32>,
}

impl Draft {
    fn end_cell(&mut self) {
        self.ends.push(u32::try_from(self.text.len()).unwrap_or(u32::MAX));
    }
}

impl<R: BufRead> Rows<R> {
    pub(super) fn new(input: R, dialect: Dialect) -> Self {
        Self { input, dialect, number: 0, bytes: 0, line: Vec::new(), over: false }
    }

    /// How many bytes were read so far.
    pub(super) fn bytes(&self) -> u64 {
        self.bytes
    }

    /// The next row, also a blank one; `None` at the end.
    ///
    /// After a fault inside a row it goes on with the next line; after one that leaves no way on it ends.
    pub(super) fn next(&mut self) -> Option<Result<Row, Fault>> {
        if self.over {
            return None;
        }
        self.number += 1;
        let mut draft = Draft::default();
        let mut state = State::Start;
        loop {
            match self.read_line(draft.text.len()) {
                Err(fault) => return Some(self.fatal(&format!("cannot be read: {fault}"))),
                Ok(0) if state == State::Start => {
                    self.over = true;
                    return None;
                }
                Ok(0) => return Some(self.fatal("a cell begins with \" that is never closed")),
                Ok(_) => {}
            }
            if self.line.len() + draft.text.len() > LONGEST_ROW {
                let reason = "the row is longer than 4 MiB; is a \" opened and not closed?";
                return Some(self.fatal(reason));
            }
            match take_line(&self.line, self.dialect, state, &mut draft) {
                Err(reason) => return Some(Err(self.fault(draft.ends.len(), reason))),
                Ok(true) => return Some(self.row(draft)),
                Ok(false) => state = State::Quoted,
            }
        }
    }

    fn read_line(&mut self, held: usize) -> io::Result<usize> {
        self.line.clear();
        let most = LONGEST_ROW.saturating_sub(held) as u64 + 1;
        let read = (&mut self.input).take(most).read_until(self.dialect.end, &mut self.line)?;
        self.bytes += read as u64;
        Ok(read)
    }

    fn row(&self, draft: Draft) -> Result<Row, Fault> {
        if matches!(self.dialect.encoding, Encoding::Windows1256 | Encoding::Windows1252) {
            return self.decoded(&draft);
        }
        match String::from_utf8(draft.text) {
            Ok(text) => Ok(self.row_of(text, draft.ends)),
            Err(fault) => {
                let at = fault.utf8_error().valid_up_to();
                let column = draft.ends.iter().take_while(|end| **end as usize <= at).count();
                let start = column.checked_sub(1).map_or(0, |before| draft.ends[before] as usize);
                let end = draft.ends.get(column).map_or(at, |end| *end as usize);
                let cell = fault.as_bytes().get(start..end).unwrap_or_default();
                Err(self.fault(column, &not_utf_8(cell)))
            }
        }
    }

    fn row_of(&self, text: String, ends: Vec<u32>) -> Row {
        Row {
            number: self.number,
            text: text.into_boxed_str(),
            ends: ends.into_boxed_slice(),
            forms: Box::default(),
        }
    }

    /// A row in a code page. What is UTF-8 all through is none: it would be read as other letters.
    fn decoded(&self, draft: &Draft) -> Result<Row, Fault> {
        if !draft.text.is_ascii() && std::str::from_utf8(&draft.text).is_ok() {
            let at = draft.text.iter().take_while(|byte| byte.is_ascii()).count();
            let column = draft.ends.iter().take_while(|end| **end as usize <= at).count();
            let reason =
                format!("is UTF-8 and not {}; leave out --encoding", self.dialect.encoding);
            return Err(self.fault(column, &reason));
        }
        let (mut text, mut ends, mut start) = (String::new(), Vec::new(), 0);
        for end in &draft.ends {
            let cell = draft.text.get(start..*end as usize).unwrap_or_default();
            text.push_str(&in_code_page(self.dialect.encoding, cell));
            ends.push(u32::try_from(text.len()).unwrap_or(u32::MAX));
            start = *end as usize;
        }
        Ok(self.row_of(text, ends))
    }

    fn fault(&self, column: usize, reason: &str) -> Fault {
        Fault { row: self.number, column: Some(column), reason: reason.to_owned() }
    }

    fn fatal(&mut self, reason: &str) -> Result<Row, Fault> {
        self.over = true;
        Err(Fault { row: self.number, column: None, reason: reason.to_owned() })
    }
}

/// Says that a cell is not UTF-8, and what it would be in the code pages that people use.
fn not_utf_8(cell: &[u8]) -> String {
    let cut = |encoding| in_code_page(encoding, cell).chars().take(30).collect::<String>();
    format!(
        "is not UTF-8; save the file as CSV UTF-8, or give --encoding: windows-1256 reads it as {:?}, windows-1252 as {:?}",
        cut(Encoding::Windows1256),
        cut(Encoding::Windows1252)
    )
}

/// Adds a line to the row. Is the row complete, or does a quoted cell go on in the next line?
fn take_line(
    line: &[u8],
    dialect: Dialect,
    mut state: State,
    draft: &mut Draft,
) -> Result<bool, &'static str> {
    let whole = line.strip_suffix(&[dialect.end]);
    let unbroken = whole.map(|line| line.strip_suffix(b"\r").unwrap_or(line));
    for byte in unbroken.unwrap_or(line) {
        state = match (state, byte) {
            (State::Quoted, b'"') => State::Closed,
            (State::Closed, b'"') | (State::Quoted, _) => {
                draft.text.push(*byte);
                State::Quoted
            }
            (_, byte) if *byte == dialect.separator => {
                draft.end_cell();
                State::Start
            }
            (State::Start, b'"') => State::Quoted,
            (State::Closed, _) => {
                return Err("has text after its closing \"; write \"\" for a quote");
            }
            (State::Start | State::Plain, _) => {
                draft.text.push(*byte);
                State::Plain
            }
        };
    }
    if state == State::Quoted {
        if unbroken.is_some() {
            draft.text.push(b'\n');
        }
        return Ok(false);
    }
    draft.end_cell();
    Ok(true)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    type Said = Result<(u64, Vec<String>), String>;

    fn read(text: &[u8]) -> Vec<Said> {
        read_as(text, Dialect::USUAL)
    }

    fn read_as(text: &[u8], dialect: Dialect) -> Vec<Said> {
        let mut rows = Rows::new(text, dialect);
        std::iter::from_fn(|| rows.next())
            .map(|row| match row {
                Ok(row) => Ok((row.number, row.cells().map(str::to_owned).collect())),
                Err(fault) => Err(format!("{} {:?} {}", fault.row, fault.column, fault.reason)),
            })
            .collect()
    }

    #[expect(clippy::unnecessary_wraps, reason = "it is compared with what was read")]
    fn row(number: u64, cells: &[&str]) -> Said {
        Ok((number, cells.iter().map(|cell| (*cell).to_owned()).collect()))
    }

    #[test]
    fn blank_lines_and_line_breaks_in_cells_keep_the_numbers_of_the_spreadsheet() {
        let rows = read(b"a,b\r\n\r\n\"x\r\ny\",\"z \"\"q\"\"\"\r\nlast,");
        assert_eq!(
            rows,
            [
                row(1, &["a", "b"]),
                row(2, &[""]),
                row(3, &["x\ny", "z \"q\""]),
                row(4, &["last", ""])
            ]
        );
    }

    #[test]
    fn a_quote_that_is_never_closed_is_said_where_it_begins() {
        let rows = read(b"a,b\n1,\"2\n3,4\n");
        assert_eq!(rows[0], row(1, &["a", "b"]));
        assert!(rows[1].as_ref().unwrap_err().starts_with("2 "), "{rows:?}");
        assert_eq!(rows.len(), 2);
    }

    #[test]
    fn after_a_broken_row_the_next_one_is_read() {
        let rows = read(b"\"a\"b,c\n\xFF,1\nx,\xFFy\nd,e\n");
        assert!(rows[0].as_ref().unwrap_err().contains("closing"));
        assert!(rows[1].as_ref().unwrap_err().starts_with("2 Some(0) is not UTF-8"));
        assert!(rows[2].as_ref().unwrap_err().starts_with("3 Some(1) is not UTF-8"));
        assert_eq!(rows[3], row(4, &["d", "e"]));
    }

    #[test]
    fn a_row_without_an_end_is_given_up_after_four_mebibytes() {
        let endless = std::iter::repeat_n(b'x', LONGEST_ROW + 10).collect::<Vec<u8>>();
        let rows = read(&endless);
        assert!(rows[0].as_ref().unwrap_err().contains("longer than"), "too long");
        assert_eq!(rows.len(), 1);
    }

    #[test]
    fn a_cell_that_is_not_utf_8_is_shown_as_it_would_be_in_the_code_pages() {
        let refusal = read(b"\xCF\xE6\xE3\xC7,1\n").remove(0).unwrap_err();
        assert!(refusal.contains("windows-1256 reads it as \"دوما\""), "{refusal}");
        assert!(refusal.contains("windows-1252 as \"Ïæã"), "{refusal}");
    }

    #[test]
    fn in_a_code_page_each_cell_is_decoded_but_utf_8_is_refused() {
        let arabic = Dialect { encoding: Encoding::Windows1256, ..Dialect::USUAL };
        let rows = read_as(b"\xCF\xE6\xE3\xC7,\"a,b\"\n\xD8\xAF,1\n", arabic);
        assert_eq!(rows[0], row(1, &["دوما", "a,b"]));
        assert!(
            rows[1].as_ref().unwrap_err().contains("is UTF-8 and not windows-1256"),
            "{rows:?}"
        );
    }

    #[test]
    fn lines_may_end_with_a_carriage_return_alone_and_cells_with_a_semicolon() {
        let old = Dialect { separator: b';', end: b'\r', ..Dialect::USUAL };
        let rows = read_as(b"a;b,c\r\"x\r;y\";\r", old);
        assert_eq!(rows, [row(1, &["a", "b,c"]), row(2, &["x\n;y", ""])]);
    }

    proptest! {
        #[test]
        fn what_the_csv_crate_writes_is_read_as_it_was(
            cells in prop::collection::vec(prop::collection::vec("[a\",;\n é'=]{0,6}", 3), 1..6)
        ) {
            let mut writer = csv::Writer::from_writer(Vec::new());
            for row in &cells {
                writer.write_record(row).unwrap();
            }
            let text = writer.into_inner().unwrap();
            let read: Vec<Vec<String>> = read(&text).into_iter().map(|row| row.unwrap().1).collect();
            prop_assert_eq!(read, cells);
        }

        #[test]
        fn no_bytes_make_it_panic(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
            read(&bytes);
        }
    }
}
