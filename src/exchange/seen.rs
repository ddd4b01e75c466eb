//! The codes that came so far, and in which row first: twelve bytes each and little more, for files of any length.
//!
//! A hash map would take four times that, and twice as much again while it grows. Here the codes are spread over
//! thousands of small tables, of which one grows at a time.

use super::intake::Digest;

/// How many tables there are.
const TABLES: usize = 1 << 12;

/// The codes that came so far.
#[derive(Debug)]
pub(super) struct Seen {
    tables: Vec<Table>,
}

/// Open addressing: a code lies at its place, or at the next free one after it.
#[derive(Debug, Clone, Default)]
struct Table {
    /// Half of the digest; 0 is a free place.
    marks: Vec<u64>,
    rows: Vec<u32>,
    len: usize,
}

impl Seen {
    pub(super) fn new() -> Self {
        Self { tables: vec![Table::default(); TABLES] }
    }

    /// Notes a code, and says in which row it came first.
    pub(super) fn note(&mut self, code: &Digest, row: u64) -> u64 {
        let (table, mark) = place(code);
        let row = u32::try_from(row).unwrap_or(u32::MAX);
        self.tables.get_mut(table).map_or(row, |table| table.note(mark, row)).into()
    }

    /// Did the code come?
    pub(super) fn has(&self, code: &Digest) -> bool {
        let (table, mark) = place(code);
        self.tables
            .get(table)
            .is_some_and(|table| table.find(mark).is_some_and(|at| table.marks[at] == mark))
    }
}

/// The table of a code, and its mark there: 76 bits of its digest together.
fn place(code: &Digest) -> (usize, u64) {
    let table = usize::from(u16::from_le_bytes([code[0], code[1]])) % TABLES;
    let mark = code[2..10].iter().fold(0, |mark, byte| mark << 8 | u64::from(*byte));
    (table, mark.max(1))
}

impl Table {
    /// Where the mark is, or would be; `None` in a table without places.
    fn find(&self, mark: u64) -> Option<usize> {
        let places = self.marks.len();
        let first = usize::try_from(mark.checked_rem(places as u64)?).ok()?;
        let mut at = first;
        while self.marks[at] != 0 && self.marks[at] != mark {
            at = (at + 1) % places;
        }
        Some(at)
    }

    fn note(&mut self, mark: u64, row: u32) -> u32 {
        if self.len * 8 >= self.marks.len() * 7 {
            self.grow();
        }
        let Some(at) = self.find(mark) else { return row };
        if self.marks[at] == mark {
            return self.rows[at];
        }
        (self.marks[at], self.rows[at]) = (mark, row);
        self.len += 1;
        row
    }

    fn grow(&mut self) {
        let places = self.marks.len() + self.marks.len() / 4 + 8;
        let before = std::mem::take(self);
        *self = Self { marks: vec![0; places], rows: vec![0; places], len: before.len };
        for (mark, row) in before.marks.into_iter().zip(before.rows).filter(|(mark, _)| *mark != 0)
        {
            if let Some(at) = self.find(mark) {
                (self.marks[at], self.rows[at]) = (mark, row);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use proptest::prelude::*;

    use super::super::intake::digest;
    use super::*;

    proptest! {
        #[test]
        fn it_says_what_a_map_would_say(codes in prop::collection::vec(0_u16..300, 0..2_000)) {
            let (mut seen, mut map) = (Seen::new(), HashMap::new());
            for (row, code) in (1_u64..).zip(&codes) {
                let key = digest(&code.to_string());
                prop_assert_eq!(seen.has(&key), map.contains_key(&key));
                let first = *map.entry(key).or_insert(row);
                prop_assert_eq!(seen.note(&key, row), first);
            }
        }
    }

    #[test]
    fn a_hundred_thousand_codes_take_less_than_two_megabytes() {
        let mut seen = Seen::new();
        for code in 0..100_000_u64 {
            assert_eq!(seen.note(&digest(&code.to_string()), code), code);
        }
        let places: usize = seen.tables.iter().map(|table| table.marks.len()).sum();
        assert!(places * 12 < 2_000_000, "{places} places");
    }
}
