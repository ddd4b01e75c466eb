//! The records of one kind out of their files, checked at the domain's door.
//!
//! Of a file that is read, only the digest of each code stays in memory, and the rows of a code that comes
//! several times until its last one was read.

use std::collections::HashMap;

use serde_json::Value;

use super::cell::Reading;
use super::meant::Findings;
use super::parts::{Lists, Parts, Taken};
use super::problem::{Origin, RowProblem, WrongRows, located};
use super::row::Row;
use super::seen::Seen;
use super::sheet::Sheet;
use super::table::Table;
use super::target::Target;
use super::untold::Untold;
use crate::domain::{Draft, Kind, Problem, draft};

/// The first 16 bytes of a BLAKE3 hash: enough to tell texts apart that nobody chose to collide.
pub(super) type Digest = [u8; 16];

/// The digest of a text.
pub(super) fn digest(text: &str) -> Digest {
    let mut digest = [0; 16];
    digest.copy_from_slice(&blake3::hash(text.as_bytes()).as_bytes()[..16]);
    digest
}

/// A record that came through the door.
pub(super) struct Record {
    pub(super) draft: Draft,
    pub(super) origin: Origin,
}

/// What comes out of the files.
pub(super) enum Entry {
    /// The versions of one record, in the order of the file; only one unless a code may come again.
    Right(String, Vec<Record>),
    /// A record that cannot be taken; why was noted.
    Wrong(String),
}

/// The files of one kind, open.
pub(super) struct Intake {
    target: Target,
    table: Table,
    parts: Parts,
    untold: Untold,
    /// The row in which a code came first.
    seen: Seen,
    /// How often a code is still to come, where it may come again.
    to_come: Option<HashMap<Digest, u32>>,
    waiting: HashMap<String, (Vec<Row>, Taken)>,
}

/// Tells what is on record of a code, or why it cannot be told.
pub(super) type OnRecord<'r> = &'r dyn Fn(&str) -> Result<Option<Value>, &'static str>;

/// How the files are read.
#[derive(Debug, Clone, Copy)]
pub(super) struct Manner {
    /// May a code come again, as the next version of its record?
    pub(super) is_versioned: bool,
    /// How much of files of parts is held in memory, bytes together.
    pub(super) most_held: u64,
}

impl Intake {
    /// Opens the files; `None` where the records' own cannot be read, which is noted.
    pub(super) fn open(target: Target, manner: Manner, wrong: &mut WrongRows) -> Option<Self> {
        let sheet = Sheet::of(target.kind);
        let open = || match target.found(sheet) {
            Some(found) => Table::open(found, sheet),
            None => Err(vec![RowProblem::of_file(&target.place(sheet), "is not there")]),
        };
        let table = open().map_err(|problems| wrong.extend(problems)).ok()?;
        let to_come = manner.is_versioned.then(|| open().map(occurrences).unwrap_or_default());
        let parts = Parts::open(&target, manner.most_held, wrong);
        let untold = Untold::of(&target, sheet);
        let (seen, waiting) = (Seen::new(), HashMap::new());
        Some(Self { target, table, parts, untold, seen, to_come, waiting })
    }

    pub(super) fn target(&self) -> &Target {
        &self.target
    }

    /// How many bytes were read so far.
    pub(super) fn bytes(&self) -> u64 {
        self.table.bytes() + self.parts.bytes()
    }

    /// The next record; `None` at the end.
    pub(super) fn next(
        &mut self,
        reading: &Reading,
        on_record: OnRecord<'_>,
        (findings, wrong): (&mut Findings, &mut WrongRows),
    ) -> Option<Entry> {
        loop {
            let row = match self.table.next() {
                None => {
                    let seen = &self.seen;
                    self.parts.finish(|code| seen.has(&digest(code)), wrong);
                    return None;
                }
                Some(Err(broken)) => {
                    wrong.push(*broken.problem);
                    let code = broken.code.unwrap_or_default();
                    self.parts.take(&code, wrong);
                    self.seen.note(&digest(&code), 0);
                    return Some(Entry::Wrong(code));
                }
                Some(Ok(row)) => row,
            };
            let code = self.table.code(&row);
            if let Some((rows, taken)) = self.collected(&code, row, wrong) {
                findings.note(self.target.kind, &code);
                let known = (reading, on_record, findings);
                return Some(self.entry(code, &rows, &taken, known, wrong));
            }
        }
    }

    /// All rows of a code and its parts, once the last one is there.
    fn collected(
        &mut self,
        code: &str,
        row: Row,
        wrong: &mut WrongRows,
    ) -> Option<(Vec<Row>, Taken)> {
        let taken = self.parts.take(code, wrong);
        let first = self.seen.note(&digest(code), row.number);
        let Some(to_come) = self.to_come.as_mut().filter(|_| !code.is_empty()) else {
            if first != row.number && !code.is_empty() {
                let reason = format!(
                    "row {first} has the same code; only with --as-reported are they versions of one record"
                );
                wrong.push(self.table.problem(&row, "code", reason).with_value(code));
            }
            return Some((vec![row], taken));
        };
        let left = to_come.entry(digest(code)).and_modify(|left| *left = left.saturating_sub(1));
        let is_last = *left.or_default() == 0;
        let (rows, parts) = self.waiting.entry(code.to_owned()).or_default();
        rows.push(row);
        parts.extend(taken);
        if is_last { self.waiting.remove(code) } else { None }
    }

    /// What is on record of a record of which the files do not tell all.
    fn before(
        &self,
        code: &str,
        rows: &[Row],
        on_record: OnRecord<'_>,
        found: &mut WrongRows,
    ) -> Option<Value> {
        if self.untold.is_empty() {
            return None;
        }
        let mut refuse = |reason: &str| {
            found.extend(rows.last().map(|row| self.table.problem(row, "code", reason)));
            None
        };
        match on_record(code) {
            // What is on record now was not known at the time that a version is of.
            Ok(Some(before)) if self.to_come.is_some() && self.untold.has_more(&before) => refuse(
                "more is on record of it than this file tells: with --as-reported a file must have all columns and tables of what is there already",
            ),
            Ok(before) => before,
            Err(reason) => refuse(reason),
        }
    }

    fn entry(
        &self,
        code: String,
        rows: &[Row],
        taken: &Taken,
        (reading, on_record, findings): (&Reading, OnRecord<'_>, &mut Findings),
        wrong: &mut WrongRows,
    ) -> Entry {
        let mut found = WrongRows::default();
        let before = self.before(&code, rows, on_record, &mut found);
        let before = before.as_ref();
        let lists = self.parts.lists(taken, reading, &mut found);
        let records: Option<Vec<Record>> = rows
            .iter()
            .map(|row| self.record(row, &lists, (reading, before, findings), &mut found))
            .collect();
        let is_right = found.count() == 0;
        wrong.merge(found);
        match records.filter(|_| is_right) {
            Some(records) => Entry::Right(code, records),
            None => Entry::Wrong(code),
        }
    }

    fn record(
        &self,
        row: &Row,
        lists: &Lists,
        (reading, on_record, findings): (&Reading, Option<&Value>, &mut Findings),
        found: &mut WrongRows,
    ) -> Option<Record> {
        let kind = self.target.kind;
        let filled = self.table.fill(row, reading);
        found.extend(filled.problems);
        let mut fields = filled.fields;
        fields.extend(lists.fields.clone());
        if let Some(on_record) = on_record {
            self.untold.fill(&mut fields, on_record);
        }
        let mut body = Value::Object(fields);
        let origin = Origin { row: row.number, parts: lists.origin.clone() };
        let at =
            |pointer| located(&self.target, &origin, Problem { pointer, detail: String::new() });
        let unknown = findings.enter(kind, &mut body, at);
        if kind == Kind::Area {
            found.extend(findings.units(&mut body, at));
        }
        let problems = match draft(kind, &body) {
            Ok(draft) => {
                let lost = on_record.map(|before| self.untold.lost(&draft.body, before));
                let lost = lost.into_iter().flatten();
                found.extend(lost.map(|problem| located(&self.target, &origin, problem)));
                if found.count() == 0 {
                    return Some(Record { draft, origin });
                }
                Vec::new()
            }
            Err(problems) => problems.0,
        };
        // Of a record that is not taken, nobody looks up later what it names.
        let is_told = |pointer: &String| problems.iter().any(|told| told.pointer == *pointer);
        let unnamed: Vec<Problem> = unknown
            .iter()
            .filter(|(pointer, _)| !is_told(pointer))
            .map(|(pointer, (of, value))| Problem {
                pointer: pointer.clone(),
                detail: format!("there is no {of} {value}"),
            })
            .collect();
        let said = problems.into_iter().chain(unnamed).map(|problem| {
            let pointer = problem.pointer.clone();
            // What is no code at all may be a name; what else is wrong with a code stays said.
            let named =
                unknown.get(&pointer).filter(|_| problem.detail.starts_with("must be a code"));
            let problem = findings.explained(problem, named, || at(pointer.clone()));
            located(&self.target, &origin, problem).holding(&body, &pointer)
        });
        // A cell that could not be read was left out; that it is missing says nothing new.
        let new: Vec<RowProblem> =
            said.filter(|said| !found.listed.iter().any(|old| old.is_beside(said))).collect();
        found.extend(new);
        None
    }
}

/// How often each code comes.
fn occurrences(mut table: Table) -> HashMap<Digest, u32> {
    let mut times = HashMap::new();
    while let Some(row) = table.next() {
        if let Ok(row) = row {
            *times.entry(digest(&table.code(&row))).or_insert(0) += 1;
        }
    }
    times
}
