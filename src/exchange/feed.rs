//! The changes that files ask for, one at a time: what the store pulls while it imports.

use std::collections::{HashMap, HashSet, VecDeque};

use chrono::{DateTime, Utc};
use tokio::sync::watch;

use super::asking::Asking;
use super::cell::Reading;
use super::current::{Current, Fate};
use super::intake::{Digest, Entry, Intake, Manner, Record, digest};
use super::meant::Findings;
use super::outcome::{KindCount, Progress};
use super::problem::{RowProblem, WrongRows, located};
use super::reported::{Dates, Version, versions};
use super::sheet::Sheet;
use super::target::Target;
use crate::clock;
use crate::domain::{Kind, Problem};
use crate::store::{Action, Basis, Change};

/// After how many records it says how far it is.
const SAY_EVERY: u64 = 200;

/// How files become changes.
#[derive(Debug, Clone)]
pub(super) struct Setting {
    pub(super) reading: Reading,
    pub(super) manner: Manner,
    /// The true time of the import: nothing counts as known from later.
    pub(super) recorded_at: DateTime<Utc>,
}

/// A version to write, and its record's first action.
pub(super) struct Next {
    pub(super) target: Target,
    pub(super) version: Version,
    action: Action,
}

impl Next {
    pub(super) fn change(self) -> Change {
        let Version { draft, learned_at, .. } = self.version;
        Change {
            action: self.action,
            new_id: draft.id.unwrap_or_else(clock::new_id),
            lowers: false,
            basis: Basis::Code,
            learned_at,
            reason: None,
            draft,
        }
    }
}

/// The files on their way in.
pub(super) struct Feed {
    setting: Setting,
    waiting: VecDeque<Target>,
    intake: Option<Intake>,
    ready: VecDeque<Next>,
    current: HashMap<Kind, Current>,
    dates: Dates,
    progress: watch::Sender<Progress>,
    asking: Asking,
    /// The records that came in a file and may come in another of this import.
    came: HashSet<(Kind, Digest)>,
    /// What was found of values that are no codes.
    pub(super) findings: Findings,
    /// What is wrong so far.
    pub(super) wrong: WrongRows,
    /// The records that were left out because they are wrong.
    pub(super) left_out: HashSet<(Kind, Digest)>,
    /// What became of the records so far, file by file.
    pub(super) counts: Vec<KindCount>,
    /// What was left out though nothing is wrong with it.
    pub(super) notes: WrongRows,
}

impl Feed {
    pub(super) fn new(
        setting: Setting,
        targets: &[Target],
        current: HashMap<Kind, Current>,
        dates: Dates,
        findings: Findings,
        (progress, asking): (watch::Sender<Progress>, Asking),
    ) -> Self {
        Self {
            setting,
            waiting: targets.iter().cloned().collect(),
            intake: None,
            ready: VecDeque::new(),
            current,
            dates,
            progress,
            asking,
            came: HashSet::new(),
            findings,
            wrong: WrongRows::default(),
            left_out: HashSet::new(),
            counts: Vec::new(),
            notes: WrongRows::default(),
        }
    }

    /// The next version to write; wrong records are noted and left out. Once as much is wrong as is listed, it ends.
    pub(super) fn next(&mut self) -> Option<Next> {
        loop {
            if let Some(next) = self.ready.pop_front() {
                return Some(next);
            }
            if self.wrong.is_full() {
                self.wrong.stop();
                return None;
            }
            let Some(mut intake) = self.intake.take() else {
                self.open_next()?;
                continue;
            };
            let target = intake.target().clone();
            let current = self.current.entry(target.kind).or_default();
            let on_record = |code: &str| {
                if self.came.contains(&(target.kind, digest(code))) {
                    return Err(
                        "another file of this import has it too, and this one does not tell all of it: bring them one after the other",
                    );
                }
                if current.has(code) { self.asking.body(target.kind, code) } else { Ok(None) }
            };
            let found = (&mut self.findings, &mut self.wrong);
            let entry = intake.next(&self.setting.reading, &on_record, found);
            self.say(intake.bytes(), entry.is_none());
            match entry {
                None => continue,
                Some(Entry::Wrong(code)) => {
                    self.left_out.insert((target.kind, digest(&code)));
                }
                Some(Entry::Right(code, records)) => self.prepare(&target, &code, records),
            }
            self.intake = Some(intake);
        }
    }

    /// The dates of the sources that it knows by now.
    pub(super) fn dates(&self) -> Dates {
        self.dates.clone()
    }

    fn open_next(&mut self) -> Option<()> {
        let target = self.waiting.pop_front()?;
        let total_bytes = target.all().map(|found| found.input.size()).sum();
        let file = target.place(Sheet::of(target.kind)).to_string();
        self.progress.send_replace(Progress { file: file.clone(), rows: 0, bytes: 0, total_bytes });
        self.counts.push(KindCount::of(target.kind, file));
        self.intake = Intake::open(target, self.setting.manner, &mut self.wrong);
        Some(())
    }

    fn say(&self, bytes: u64, is_last: bool) {
        self.progress.send_if_modified(|progress| {
            progress.rows += u64::from(!is_last);
            progress.bytes = bytes;
            is_last || progress.rows.is_multiple_of(SAY_EVERY)
        });
    }

    /// Makes the versions of one record ready, unless it is there as it is.
    fn prepare(&mut self, target: &Target, code: &str, records: Vec<Record>) {
        let Some(last) = records.last() else { return };
        if target.kind == Kind::Source {
            self.dates.note(code, &last.draft.body);
        }
        let current = self.current.entry(target.kind).or_default();
        let taken = last.draft.id.is_some_and(|id| !current.claim(id, code));
        if taken {
            let detail = format!("another {} has this id", target.kind);
            let problem = Problem { pointer: "/id".to_owned(), detail };
            self.wrong.push(located(target, &last.origin, problem));
            self.left_out.insert((target.kind, digest(code)));
            return;
        }
        let may_return = self.waiting.iter().any(|later| later.kind == target.kind);
        let fate = current.note(code, &last.draft.body, may_return);
        if may_return {
            self.came.insert((target.kind, digest(code)));
        }
        if let Some(count) = self.counts.last_mut() {
            count.note(&fate);
        }
        if let Fate::Gone(into) = &fate {
            self.notes.push(left_out(target, last, code, into.as_deref()));
            return;
        }
        if fate == Fate::New {
            self.findings.mark(target.kind, code, &last.draft.body);
        }
        if fate != Fate::Unchanged {
            let versions = self.versions(records).into_iter().enumerate();
            self.ready = versions
                .map(|(index, version)| {
                    let is_first = index == 0 && fate == Fate::New;
                    let action = if is_first { Action::Create } else { Action::Revise };
                    Next { target: target.clone(), version, action }
                })
                .collect();
        }
    }

    fn versions(&self, records: Vec<Record>) -> Vec<Version> {
        if self.setting.manner.is_versioned {
            return versions(records, &self.dates, self.setting.recorded_at);
        }
        let as_it_is = |Record { draft, origin }| Version { draft, origin, learned_at: None };
        records.into_iter().map(as_it_is).collect()
    }
}

/// Says that the row of a record that was withdrawn or merged was left out.
fn left_out(target: &Target, record: &Record, code: &str, into: Option<&str>) -> RowProblem {
    let kind = target.kind;
    let detail = into.map_or_else(
        || format!("was left out: the {kind} was withdrawn, and a file does not bring it back"),
        |into| {
            format!(
                "was left out: the {kind} was merged into {into}; bring what is new under that code"
            )
        },
    );
    let problem = Problem { pointer: "/code".to_owned(), detail };
    located(target, &record.origin, problem).with_value(code)
}
