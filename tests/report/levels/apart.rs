//! Takes a mail, a workbook or a file apart into what its reader can read.
#![cfg(test)]

use std::io::{Cursor, Read};

/// A part of what was sent.
pub struct Piece {
    /// Which.
    pub name: String,
    text: String,
}

impl Piece {
    pub fn named(name: &str, text: &str) -> Self {
        Self { name: name.to_owned(), text: text.to_lowercase() }
    }

    pub fn holds(&self, word: &str) -> bool {
        self.text.contains(&word.to_lowercase())
    }

    /// Where a word stands in it.
    pub fn shown(&self, word: &str) -> String {
        let at = self.text.find(&word.to_lowercase()).unwrap_or(0);
        let near: String = self.text[..at].chars().rev().take(60).collect();
        let near: String = near.chars().rev().collect();
        let after: String = self.text[at..].chars().take(80).collect();
        format!("{}: …{near}{after}…", self.name)
    }
}

/// Everything in a file of this name, also as it is.
pub fn pieces(name: &str, content: &[u8]) -> Vec<Piece> {
    let raw = String::from_utf8_lossy(content);
    let mut found = vec![Piece::named(name, &raw)];
    if content.starts_with(b"PK") {
        found.extend(unpacked(name, content));
    }
    if raw.contains("\r\nMIME-Version: 1.0\r\n") {
        found.extend(mail(&raw));
    }
    found
}

/// The files inside a workbook.
fn unpacked(name: &str, content: &[u8]) -> Vec<Piece> {
    let mut archive = zip::ZipArchive::new(Cursor::new(content.to_vec())).unwrap();
    let inside = (0..archive.len()).map(|number| {
        let mut file = archive.by_index(number).unwrap();
        let inner = format!("{name}/{}", file.name().unwrap());
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).unwrap();
        Piece::named(&inner, &String::from_utf8_lossy(&bytes))
    });
    inside.collect()
}

/// The subject and the parts of a mail, decoded.
fn mail(raw: &str) -> Vec<Piece> {
    let (head, body) = raw.split_once("\r\n\r\n").unwrap();
    let subject = header(head, "subject");
    let mut found = vec![Piece::named("subject", &words(&subject))];
    part(head, body, &mut found);
    found
}

fn part(head: &str, body: &str, found: &mut Vec<Piece>) {
    let kind = header(head, "content-type");
    if let Some((_, boundary)) = kind.split_once("boundary=") {
        let boundary = format!("--{}", boundary.trim_matches(['"', ' ', ';']));
        let parts = body.split(&boundary).skip(1);
        for inner in parts.take_while(|inner| !inner.starts_with("--")) {
            let (head, body) = inner.split_once("\r\n\r\n").unwrap();
            part(head, body, found);
        }
        return;
    }
    let bytes = match header(head, "content-transfer-encoding").to_lowercase().as_str() {
        "base64" => base64(body),
        "quoted-printable" => quoted(body, false),
        _ => body.as_bytes().to_vec(),
    };
    let name = format!("{kind} {}", header(head, "content-disposition"));
    found.push(Piece::named("name of a part", &words(&name)));
    if bytes.starts_with(b"PK") {
        found.extend(unpacked(&name, &bytes));
    }
    found.push(Piece::named(&name, &String::from_utf8_lossy(&bytes)));
}

/// A header with its folded lines; empty where there is none.
fn header(head: &str, name: &str) -> String {
    let unfolded = head.replace("\r\n ", " ").replace("\r\n\t", " ");
    let found = unfolded.lines().find_map(|line| {
        let (known, value) = line.split_once(':')?;
        known.trim().eq_ignore_ascii_case(name).then(|| value.trim().to_owned())
    });
    found.unwrap_or_default()
}

/// The words of a header, of which some may be encoded.
fn words(value: &str) -> String {
    let mut read = String::new();
    for word in value.split_inclusive(' ') {
        let encoded = word.trim().strip_prefix("=?utf-8?").and_then(|word| word.strip_suffix("?="));
        match encoded.and_then(|word| word.split_once('?')) {
            Some((way, text)) if way.eq_ignore_ascii_case("b") => {
                read.push_str(&String::from_utf8_lossy(&base64(text)));
            }
            Some((_, text)) => read.push_str(&String::from_utf8_lossy(&quoted(text, true))),
            None => read.push_str(word),
        }
    }
    read
}

fn base64(text: &str) -> Vec<u8> {
    const DIGITS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let (mut bits, mut count, mut bytes) = (0_u32, 0, Vec::new());
    for digit in text.bytes().filter_map(|byte| DIGITS.iter().position(|digit| *digit == byte)) {
        bits = bits << 6 | u32::try_from(digit).unwrap();
        count += 6;
        if count >= 8 {
            count -= 8;
            bytes.push(u8::try_from(bits >> count & 0xff).unwrap());
        }
    }
    bytes
}

fn quoted(text: &str, is_header: bool) -> Vec<u8> {
    let (mut bytes, mut rest) = (Vec::new(), text.as_bytes());
    while let [first, after @ ..] = rest {
        rest = after;
        match (first, after) {
            (b'=', [b'\r', b'\n', after @ ..]) => rest = after,
            (b'=', [high, low, after @ ..]) => {
                let hex = [*high, *low];
                bytes.push(u8::from_str_radix(std::str::from_utf8(&hex).unwrap(), 16).unwrap());
                rest = after;
            }
            (b'_', _) if is_header => bytes.push(b' '),
            (byte, _) => bytes.push(*byte),
        }
    }
    bytes
}

#[test]
fn a_mail_is_taken_apart_as_its_reader_would() {
    let raw = "Subject: =?utf-8?b?WmF1bmtvZW5pZw==?=\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed;\r\n boundary=\"x\"\r\n\r\n\
        --x\r\nContent-Type: text/plain\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\nRohr=\r\ndom=6Del\r\n\
        --x\r\nContent-Type: application/json\r\nContent-Transfer-Encoding: base64\r\n\r\nWmllZ2Vu\r\nbWVsa2Vy\r\n--x--\r\n";
    let found = pieces("a.eml", raw.as_bytes());
    let holds = |name: &str, word: &str| {
        found.iter().any(|piece| piece.name.contains(name) && piece.holds(word))
    };
    assert!(holds("subject", "Zaunkoenig"));
    assert!(holds("text/plain", "Rohrdommel"));
    assert!(holds("application/json", "Ziegenmelker"));
    assert!(!found[0].holds("Zaunkoenig"), "as it is it says nothing");
}
