//! How a text file is written: its encoding, what ends a line and what stands between cells. Recognised where that
//! is certain, asked for where it is not.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Cursor, Read};
use std::path::Path;

use encoding_rs::{CoderResult, Decoder, UTF_16BE, UTF_16LE, WINDOWS_1252, WINDOWS_1256};

use crate::domain::choice::choice;

choice! {
    /// How the letters of a text file are written as bytes.
    Encoding {
        /// Any language; the usual one today.
        Utf8 = "utf-8",
        /// Any language, two bytes a letter, low byte first: "Unicode text" of Excel.
        Utf16Le = "utf-16le",
        /// Any language, two bytes a letter, high byte first.
        Utf16Be = "utf-16be",
        /// Arabic and Persian on Windows.
        Windows1256 = "windows-1256",
        /// Western languages on Windows.
        Windows1252 = "windows-1252",
    }
}

/// How much of a file is looked at, bytes.
const LOOKED_AT: usize = 64 << 10;
/// In how many lines the tags are looked for.
const LINES: usize = 25;
/// What may stand between cells.
const SEPARATORS: [u8; 3] = [b',', b';', b'\t'];

/// How a text file is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Dialect {
    pub(super) encoding: Encoding,
    pub(super) separator: u8,
    /// The last byte of a line.
    pub(super) end: u8,
}

impl Dialect {
    /// That of RFC 4180 in UTF-8.
    #[cfg(test)]
    pub(super) const USUAL: Self = Self { encoding: Encoding::Utf8, separator: b',', end: b'\n' };
}

/// What is told about text files.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Told {
    pub(super) encoding: Option<Encoding>,
    pub(super) separator: Option<char>,
}

/// The bytes of a text file, in UTF-8 unless the dialect names a code page.
pub(super) type Text = Box<dyn BufRead + Send>;

/// Opens a text file and says how it is written.
///
/// # Errors
///
/// Says what cannot be read or told.
pub(super) fn open(path: &Path, told: Told) -> Result<(Text, Dialect), String> {
    let file = File::open(path).map_err(|fault| format!("cannot be read: {fault}"))?;
    dialect_of(Box::new(file), told)
}

/// The same of anything that can be read.
pub(super) fn dialect_of(
    mut file: Box<dyn Read + Send>,
    told: Told,
) -> Result<(Text, Dialect), String> {
    let head = head_of(&mut file).map_err(|fault| format!("cannot be read: {fault}"))?;
    let (encoding, mark) = encoding_of(&head, told.encoding)?;
    let whole = Cursor::new(head[mark..].to_vec()).chain(file);
    let mut text: Text = match encoding {
        Encoding::Utf16Le => Box::new(BufReader::new(Utf16::new(whole, UTF_16LE.new_decoder()))),
        Encoding::Utf16Be => Box::new(BufReader::new(Utf16::new(whole, UTF_16BE.new_decoder()))),
        _ => Box::new(BufReader::with_capacity(LOOKED_AT, whole)),
    };
    let looked = head_of(&mut text).map_err(|fault| format!("cannot be read: {fault}"))?;
    let end = line_end(&looked);
    let separator = match told.separator {
        Some(told) => {
            u8::try_from(told).ok().filter(u8::is_ascii).ok_or("--separator must be , ; or tab")?
        }
        None => separator(&looked, end)?,
    };
    let dialect = Dialect { encoding, separator, end };
    let text = Box::new(BufReader::with_capacity(LOOKED_AT, Cursor::new(looked).chain(text)));
    Ok((text, dialect))
}

fn head_of(file: &mut impl Read) -> io::Result<Vec<u8>> {
    let mut head = Vec::new();
    file.take(LOOKED_AT as u64).read_to_end(&mut head)?;
    Ok(head)
}

/// The encoding and the length of the mark that says so, bytes.
fn encoding_of(head: &[u8], told: Option<Encoding>) -> Result<(Encoding, usize), String> {
    if is_utf_32(head) {
        return Err("is UTF-32, which is not read; save it as UTF-8".to_owned());
    }
    let marked = if head.starts_with(b"\xEF\xBB\xBF") {
        Some((Encoding::Utf8, 3))
    } else if head.starts_with(b"\xFF\xFE") {
        Some((Encoding::Utf16Le, 2))
    } else if head.starts_with(b"\xFE\xFF") {
        Some((Encoding::Utf16Be, 2))
    } else {
        None
    };
    if let Some((encoding, length)) = marked {
        return match told.filter(|told| *told != encoding) {
            Some(told) => Err(format!("begins with the mark of {encoding}, so it is not {told}")),
            None => Ok((encoding, length)),
        };
    }
    if let Some(told) = told {
        return Ok((told, 0));
    }
    let looked = &head[..head.len().min(512)];
    let zeros =
        |first: usize| looked.iter().skip(first).step_by(2).filter(|byte| **byte == 0).count();
    match (zeros(0), zeros(1)) {
        (0, 0) => Ok((Encoding::Utf8, 0)),
        // Separators, digits and line ends have a zero in one half, letters of no language have it in the other.
        (0, odd) if odd * 8 >= looked.len() => Ok((Encoding::Utf16Le, 0)),
        (even, 0) if even * 8 >= looked.len() => Ok((Encoding::Utf16Be, 0)),
        _ => Err("holds bytes that no text has; save it as a workbook (.xlsx) or as CSV UTF-8"
            .to_owned()),
    }
}

/// Has it the mark of UTF-32, or four bytes to each letter, two of them zero?
fn is_utf_32(head: &[u8]) -> bool {
    let looked = head[..head.len().min(512)].as_chunks::<4>().0;
    let is_all = |is_one: fn(&[u8; 4]) -> bool| looked.len() > 1 && looked.iter().all(is_one);
    head.starts_with(b"\xFF\xFE\0\0")
        || head.starts_with(b"\0\0\xFE\xFF")
        || is_all(|[low, high, rest @ ..]| (*low, *high) != (0, 0) && *rest == [0, 0])
        || is_all(|[first, second, rest @ ..]| (*first, *second) == (0, 0) && *rest != [0, 0])
}

/// What ends a line: a line feed, or, on old systems, a carriage return alone.
fn line_end(head: &[u8]) -> u8 {
    let mut is_quoted = false;
    for (at, byte) in head.iter().enumerate() {
        match byte {
            b'"' => is_quoted = !is_quoted,
            b'\n' if !is_quoted => return b'\n',
            b'\r' if !is_quoted && head.get(at + 1) != Some(&b'\n') => return b'\r',
            _ => {}
        }
    }
    b'\n'
}

/// What stands between cells, told from the tags, else from the first line.
fn separator(head: &[u8], end: u8) -> Result<u8, String> {
    let lines: Vec<&[u8]> = head
        .split(|byte| *byte == end)
        .map(<[u8]>::trim_ascii)
        .filter(|line| !line.is_empty())
        .take(LINES)
        .collect();
    let is_tag =
        |cell: &&[u8]| cell.starts_with(b"#") && cell.get(1).is_some_and(u8::is_ascii_alphabetic);
    for line in &lines {
        for separator in SEPARATORS {
            let mut cells = cells(line, separator).filter(|cell| !cell.is_empty()).peekable();
            let is_plain = |cell: &[u8]| !cell.iter().any(|byte| SEPARATORS.contains(byte));
            if cells.peek().is_some() && cells.all(|cell| is_tag(&cell) && is_plain(cell)) {
                let has_it = line.contains(&separator);
                return Ok(if has_it { separator } else { b',' });
            }
        }
    }
    let Some(first) = lines.first() else { return Ok(b',') };
    let count = |line: &[u8], separator: u8| cells(line, separator).count();
    let found: Vec<u8> = SEPARATORS.into_iter().filter(|s| count(first, *s) > 1).collect();
    let even = |separator: &u8| {
        lines.iter().all(|line| count(line, *separator) == count(first, *separator))
    };
    match found[..] {
        [] => Ok(b','),
        [one] => Ok(one),
        _ => match found.iter().copied().filter(even).collect::<Vec<u8>>()[..] {
            [one] => Ok(one),
            _ => Err("it cannot be told whether , or ; or a tab stands between the cells; give --separator".to_owned()),
        },
    }
}

/// The cells of a line; a separator in quotes separates nothing.
fn cells(line: &[u8], separator: u8) -> impl Iterator<Item = &[u8]> {
    let mut is_quoted = false;
    let cells = line.split(move |byte| {
        is_quoted ^= *byte == b'"';
        *byte == separator && !is_quoted
    });
    // Quotes around a cell say nothing of what is in it.
    cells.map(<[u8]>::trim_ascii).map(|cell| {
        cell.strip_prefix(b"\"").and_then(|cell| cell.strip_suffix(b"\"")).unwrap_or(cell)
    })
}

/// UTF-16 as UTF-8, as it is read.
struct Utf16<R> {
    input: R,
    decoder: Decoder,
    unread: Vec<u8>,
    /// Was the end of the input seen?
    is_over: bool,
    /// Was it decoded to its end? Then the decoder must not be asked again.
    is_done: bool,
}

impl<R: Read> Utf16<R> {
    const fn new(input: R, decoder: Decoder) -> Self {
        Self { input, decoder, unread: Vec::new(), is_over: false, is_done: false }
    }

    fn fill(&mut self) -> io::Result<()> {
        if self.unread.is_empty() && !self.is_over {
            let mut piece = vec![0; 16 << 10];
            let length = self.input.read(&mut piece)?;
            piece.truncate(length);
            self.is_over = length == 0;
            self.unread = piece;
        }
        Ok(())
    }
}

impl<R: Read> Read for Utf16<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        while !self.is_done {
            self.fill()?;
            let (result, read, written, had_errors) =
                self.decoder.decode_to_utf8(&self.unread, out, self.is_over);
            self.unread.drain(..read);
            self.is_done = self.is_over && result == CoderResult::InputEmpty;
            if had_errors {
                return Err(io::Error::new(io::ErrorKind::InvalidData, "it is not right UTF-16"));
            }
            if written > 0 {
                return Ok(written);
            }
            if result == CoderResult::OutputFull {
                return Err(io::Error::other("no room for a letter"));
            }
        }
        Ok(0)
    }
}

/// The letters that bytes stand for in a code page.
pub(super) fn in_code_page(encoding: Encoding, bytes: &[u8]) -> String {
    let page = if encoding == Encoding::Windows1256 { WINDOWS_1256 } else { WINDOWS_1252 };
    page.decode_without_bom_handling(bytes).0.into_owned()
}
