//! A table of the read model: sorted by code, cheap to copy, so that each reader keeps the one it began with.

use std::sync::Arc;

/// How many rows a chunk may have before it is split.
const LARGEST_CHUNK: usize = 512;

/// A row: a record as it is known, with what the ledger says of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Known<T> {
    /// Its code.
    pub code: Box<str>,
    /// Its id.
    pub id: uuid::Uuid,
    /// Its version.
    pub version: i64,
    /// Who may see it, where the store told.
    pub level: Option<crate::domain::Sensitivity>,
    /// From when it counts as known.
    pub learned_at: chrono::DateTime<chrono::Utc>,
    /// The record.
    pub record: T,
}

/// Rows sorted by code, in chunks that copies share until one of them is changed.
#[derive(Debug, Clone)]
pub struct Table<T> {
    chunks: Vec<Arc<Vec<Arc<Known<T>>>>>,
}

impl<T> Default for Table<T> {
    fn default() -> Self {
        Self { chunks: Vec::new() }
    }
}

impl<T> Table<T> {
    /// All rows, by code.
    pub fn iter(&self) -> impl Iterator<Item = &Arc<Known<T>>> {
        self.chunks.iter().flat_map(|chunk| chunk.iter())
    }

    /// How many rows there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.chunks.iter().map(|chunk| chunk.len()).sum()
    }

    /// Are there none?
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.chunks.is_empty()
    }

    /// The row with this code.
    #[must_use]
    pub fn get(&self, code: &str) -> Option<&Arc<Known<T>>> {
        let chunk = self.chunks.get(self.chunk_of(code))?;
        let at = chunk.binary_search_by(|row| (*row.code).cmp(code)).ok()?;
        chunk.get(at)
    }

    /// Keeps only the rows of which this is true.
    pub fn retain(&mut self, is_kept: impl Fn(&Known<T>) -> bool) {
        for chunk in &mut self.chunks {
            if !chunk.iter().all(|row| is_kept(row)) {
                *chunk = Arc::new(chunk.iter().filter(|row| is_kept(row)).cloned().collect());
            }
        }
        self.chunks.retain(|chunk| !chunk.is_empty());
    }

    /// Puts a row in, in place of the one with the same code.
    pub fn put(&mut self, row: Known<T>) {
        let row = Arc::new(row);
        let at = self.chunk_of(&row.code);
        let Some(chunk) = self.chunks.get_mut(at) else {
            self.chunks.push(Arc::new(vec![row]));
            return;
        };
        let rows = Arc::make_mut(chunk);
        match rows.binary_search_by(|other| other.code.cmp(&row.code)) {
            Ok(found) => rows[found] = row,
            Err(place) => rows.insert(place, row),
        }
        if rows.len() > LARGEST_CHUNK {
            // Rows mostly come in order of their codes: leave the left chunk nearly full.
            let rest = rows.split_off(LARGEST_CHUNK - LARGEST_CHUNK / 8);
            self.chunks.insert(at + 1, Arc::new(rest));
        }
    }

    /// Takes the row with this code out.
    pub fn remove(&mut self, code: &str) {
        let at = self.chunk_of(code);
        let Some(chunk) = self.chunks.get_mut(at) else { return };
        let rows = Arc::make_mut(chunk);
        if let Ok(found) = rows.binary_search_by(|row| (*row.code).cmp(code)) {
            rows.remove(found);
        }
        if rows.is_empty() {
            self.chunks.remove(at);
        }
    }

    /// Changes the row with this code in place, which is made first where there is none.
    pub(super) fn change(&mut self, code: &str, change: impl FnOnce(&mut T))
    where
        T: Clone + Default,
    {
        if self.get(code).is_none() {
            let (id, learned_at) = (uuid::Uuid::nil(), chrono::DateTime::UNIX_EPOCH);
            self.put(Known {
                code: code.into(),
                id,
                version: 0,
                level: None,
                learned_at,
                record: T::default(),
            });
        }
        let at = self.chunk_of(code);
        let Some(chunk) = self.chunks.get_mut(at) else { return };
        let rows = Arc::make_mut(chunk);
        if let Ok(found) = rows.binary_search_by(|row| (*row.code).cmp(code)) {
            change(&mut Arc::make_mut(&mut rows[found]).record);
        }
    }

    /// The chunk that this code lies in, or would.
    fn chunk_of(&self, code: &str) -> usize {
        self.chunks
            .partition_point(|chunk| chunk.first().is_some_and(|first| *first.code <= *code))
            .saturating_sub(1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeMap;

    fn row(code: u16, record: u32) -> Known<u32> {
        let at = chrono::DateTime::UNIX_EPOCH;
        Known {
            code: format!("{code:05}").into(),
            id: uuid::Uuid::nil(),
            version: 0,
            level: None,
            learned_at: at,
            record,
        }
    }

    proptest! {
        #[test]
        fn a_table_is_a_sorted_map(steps in proptest::collection::vec((0..2_000_u16, any::<u32>(), any::<bool>()), 0..4_000)) {
            let (mut table, mut map) = (Table::default(), BTreeMap::new());
            for (code, record, put) in steps {
                if put {
                    table.put(row(code, record));
                    map.insert(format!("{code:05}"), record);
                } else {
                    table.remove(&format!("{code:05}"));
                    map.remove(&format!("{code:05}"));
                }
            }
            let rows: Vec<(String, u32)> = table.iter().map(|r| (r.code.to_string(), r.record)).collect();
            prop_assert_eq!(rows, map.clone().into_iter().collect::<Vec<_>>());
            for (code, record) in &map {
                prop_assert_eq!(table.get(code).map(|r| r.record), Some(*record));
            }
        }
    }

    #[test]
    fn a_copy_does_not_see_later_changes() {
        let mut table = Table::default();
        table.put(row(1, 1));
        let copy = table.clone();
        table.put(row(1, 2));
        assert_eq!(copy.get("00001").map(|r| r.record), Some(1));
    }
}
