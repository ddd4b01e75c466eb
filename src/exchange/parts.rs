//! The files of the lists inside records: held in memory where they are small, else read along.
//!
//! A held file is grouped by record. A larger one must be in the order of the file of the records, so that
//! only the parts of one record are in memory at a time.

use std::collections::{BTreeMap, HashMap};

use serde_json::{Map, Value};

use super::cell::Reading;
use super::problem::{Origin, RowProblem, WrongRows};
use super::row::Row;
use super::sheet::Sheet;
use super::table::Table;
use super::target::Target;

/// All files of the lists of one kind.
pub(super) struct Parts {
    /// What the table of the records is called.
    records: String,
    branches: Vec<Branch>,
}

struct Branch {
    table: Table,
    supply: Supply,
}

enum Supply {
    /// All rows, by the code of the record.
    Held(HashMap<Box<str>, Vec<Row>>),
    /// The row that was read last and not yet taken.
    Along(Option<Row>),
}

/// The rows of the parts of one record, with the number of their file.
pub(super) type Taken = Vec<(usize, Row)>;

/// The lists of one record.
#[derive(Default)]
pub(super) struct Lists {
    pub(super) fields: Map<String, Value>,
    pub(super) origin: BTreeMap<&'static str, Vec<Origin>>,
}

/// A part on its way, by its places in the lists.
type Found = HashMap<&'static str, BTreeMap<Vec<usize>, (u64, Map<String, Value>)>>;

impl Parts {
    /// Opens the files that are there.
    ///
    /// The files that are held have at most so many bytes together.
    pub(super) fn open(target: &Target, mut most_held: u64, wrong: &mut WrongRows) -> Self {
        let records = target.name(Sheet::of(target.kind));
        let mut parts = Self { records, branches: Vec::new() };
        for sheet in &Sheet::of(target.kind).children {
            parts.open_below(target, sheet, &mut most_held, wrong);
        }
        parts
    }

    fn open_below(
        &mut self,
        target: &Target,
        sheet: &'static Sheet,
        still_held: &mut u64,
        wrong: &mut WrongRows,
    ) {
        let Some(found) = target.found(sheet) else {
            let inner = sheet.all().into_iter().skip(1).filter_map(|inner| target.found(inner));
            wrong.extend(inner.map(|inner| {
                let reason = format!("there is no {} beside it", target.name(sheet));
                RowProblem::of_file(&inner.place, reason)
            }));
            return;
        };
        let mut table = match Table::open(found, sheet) {
            Ok(table) => table,
            Err(problems) => return wrong.extend(problems),
        };
        let supply = if let Some(left) = still_held.checked_sub(found.input.size()) {
            *still_held = left;
            Supply::Held(grouped(&mut table, wrong))
        } else {
            Supply::Along(next_right(&mut table, wrong))
        };
        self.branches.push(Branch { table, supply });
        for child in &sheet.children {
            self.open_below(target, child, still_held, wrong);
        }
    }

    /// The rows of the parts of this record.
    pub(super) fn take(&mut self, code: &str, wrong: &mut WrongRows) -> Taken {
        let mut taken = Taken::new();
        for (number, branch) in self.branches.iter_mut().enumerate() {
            match &mut branch.supply {
                Supply::Held(rows) => {
                    let rows = rows.remove(code).unwrap_or_default();
                    taken.extend(rows.into_iter().map(|row| (number, row)));
                }
                Supply::Along(ahead) => {
                    while let Some(row) = ahead.take_if(|row| branch.table.code(row) == code) {
                        taken.push((number, row));
                        *ahead = next_right(&mut branch.table, wrong);
                    }
                }
            }
        }
        taken
    }

    /// Puts the parts of one record into their lists.
    pub(super) fn lists(&self, taken: &Taken, reading: &Reading, wrong: &mut WrongRows) -> Lists {
        let mut found = Found::new();
        for (number, row) in taken {
            let Some(Branch { table, .. }) = self.branches.get(*number) else { continue };
            let filled = table.fill(row, reading);
            wrong.extend(filled.problems);
            if filled.positions.is_empty() {
                continue;
            }
            let parts = found.entry(table.sheet.suffix.as_str()).or_default();
            if let Some((first, _)) = parts.get(&filled.positions) {
                let reason = format!("row {first} has the same index; count them 1, 2, 3, …");
                wrong.push(table.problem(row, "index", reason));
            } else {
                parts.insert(filled.positions, (row.number, filled.fields));
            }
        }
        let Some(Branch { table, .. }) = self.branches.first() else { return Lists::default() };
        let lists = gathered(Sheet::of(table.sheet.kind), &[], &mut found);
        self.note_unplaced(&lists, &found, wrong);
        lists
    }

    /// Says of each part that found no place why not.
    fn note_unplaced(&self, lists: &Lists, found: &Found, wrong: &mut WrongRows) {
        for Branch { table, .. } in &self.branches {
            let names: Vec<&str> = table.sheet.suffix.split('.').skip(1).collect();
            let Some(unplaced) = found.get(table.sheet.suffix.as_str()) else { continue };
            for (positions, (row, _)) in unplaced {
                let outer = &positions[..positions.len() - 1];
                let problem = if is_placed(&lists.origin, &names, outer) {
                    let reason = "the index before it is missing; count them 1, 2, 3, …";
                    table.problem_at(*row, "index", reason)
                } else {
                    let path: Vec<String> = outer.iter().map(usize::to_string).collect();
                    let list = names[..outer.len()].join(".");
                    let reason =
                        format!("there is no part {} in {list} of this record", path.join("."));
                    RowProblem::of_row(table.place(), *row, reason)
                };
                wrong.push(problem);
            }
        }
    }

    /// Says of each part that is left whose record is not there.
    pub(super) fn finish(&mut self, is_known: impl Fn(&str) -> bool, wrong: &mut WrongRows) {
        for Branch { table, supply } in &mut self.branches {
            let (mut left, along): (Vec<Row>, bool) = match supply {
                Supply::Held(rows) => (rows.drain().flat_map(|(_, rows)| rows).collect(), false),
                Supply::Along(ahead) => (ahead.take().into_iter().collect(), true),
            };
            left.sort_by_key(|row| row.number);
            for row in left {
                let (code, kind) = (table.code(&row), table.sheet.kind);
                let reason = if code.is_empty() {
                    "is required".to_owned()
                } else if along && is_known(&code) {
                    format!(
                        "{code} comes too late: sort this table in the order of {}, it is too large to be held",
                        self.records
                    )
                } else {
                    format!("there is no {kind} {code} in {}", self.records)
                };
                wrong.push(table.problem(&row, kind.as_str(), reason).with_value(&code));
            }
        }
    }

    /// How many bytes of them were read so far.
    pub(super) fn bytes(&self) -> u64 {
        self.branches.iter().map(|branch| branch.table.bytes()).sum()
    }
}

/// The next row that can be read; those that cannot are noted.
fn next_right(table: &mut Table, wrong: &mut WrongRows) -> Option<Row> {
    loop {
        match table.next()? {
            Ok(row) => return Some(row),
            Err(broken) => wrong.push(*broken.problem),
        }
    }
}

fn grouped(table: &mut Table, wrong: &mut WrongRows) -> HashMap<Box<str>, Vec<Row>> {
    let mut rows: HashMap<Box<str>, Vec<Row>> = HashMap::new();
    while let Some(row) = next_right(table, wrong) {
        rows.entry(table.code(&row).into_boxed_str()).or_default().push(row);
    }
    rows
}

/// Takes the parts that lie at this place out of `found`, list by list.
fn gathered(sheet: &'static Sheet, place: &[usize], found: &mut Found) -> Lists {
    let mut lists = Lists::default();
    for child in &sheet.children {
        let (mut values, mut origins) = (Vec::new(), Vec::new());
        for index in 1.. {
            let own: Vec<usize> = place.iter().copied().chain([index]).collect();
            let part = found.get_mut(child.suffix.as_str()).and_then(|parts| parts.remove(&own));
            let Some((row, mut fields)) = part else { break };
            let inner = gathered(child, &own, found);
            fields.extend(inner.fields);
            values.push(Value::Object(fields));
            origins.push(Origin { row, parts: inner.origin });
        }
        if !values.is_empty() {
            lists.fields.insert(child.list.to_owned(), Value::Array(values));
            lists.origin.insert(child.list, origins);
        }
    }
    lists
}

/// Is there a part at these places?
fn is_placed(
    lists: &BTreeMap<&'static str, Vec<Origin>>,
    names: &[&str],
    positions: &[usize],
) -> bool {
    let (Some((name, names)), Some((position, positions))) =
        (names.split_first(), positions.split_first())
    else {
        return true;
    };
    let part = lists.get(name).and_then(|parts| parts.get(position - 1));
    part.is_some_and(|part| is_placed(&part.parts, names, positions))
}
