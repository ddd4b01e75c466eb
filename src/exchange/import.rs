//! Import: files in, checked row by row; of each kind everything or nothing.
//!
//! A file that is right is stored as it is read. Only when something is wrong are the remaining files read
//! again: once with the store, which undoes everything, to learn what it refuses, and once to say where that
//! stands. So no map from change to row has to be kept, and a file of any length fits.

use std::collections::HashSet;
use std::collections::hash_map::{Entry, HashMap};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use chrono::{DateTime, Utc};

pub use super::asked::{FIELDS, accepted, by_fields, flag, score, separator};
use super::asking::{Heard, talk};
use super::cell::Reading;
use super::current::{Current, source_dates};
pub use super::dialect::Encoding;
use super::dialect::Told;
use super::feed::{Feed, Setting};
use super::four_w::Known;
pub use super::four_w::Offer;
use super::intake::{Digest, Manner, digest};
pub use super::meant::{Accept, Near, Suggestion, Taken, Way};
use super::meant::{Findings, Meant};
use super::number::Marks;
pub use super::outcome::{ImportError, KindCount, Options, Progress, Summary, Together};
use super::plan::{self, Plan};
use super::problem::{MOST_LISTED, located};
pub use super::problem::{RowProblem, WrongRows};
use super::reported::Dates;
use super::target::Target;
pub use super::twice::Twice;
use crate::clock::Clock;
use crate::domain::{Kind, Problem, Problems};
use crate::store::{NewImport, Refusal, Store, StoreError, Write};

/// Imports files and folders.
///
/// # Errors
///
/// [`ImportError::Wrong`] with every wrong row; a file with a wrong row is kept out as a whole.
pub async fn run(
    store: &dyn Store,
    paths: &[PathBuf],
    options: &Options,
    clock: Clock,
    progress: &mut (dyn FnMut(&Progress) + Send),
) -> Result<Summary, ImportError> {
    let reading = reading(options)?;
    let meant = Arc::new(Meant::load(store, options.accept.clone(), &options.clearance).await?);
    let (plan, offers, mut findings) = planned(store, paths, options, &meant).await?;
    findings.draw(store, &plan.targets).await?;
    let manner = Manner { is_versioned: options.as_reported, most_held: options.most_held };
    let recorded_at = clock.recorded_at();
    let setting = Setting { reading, manner, recorded_at };
    let learned_at = clock.now().min(recorded_at);
    let head = Write {
        actor: options.actor.clone(),
        owner: options.owner.clone(),
        clearance: options.clearance.clone(),
        recorded_at,
        learned_at,
        idempotency: None,
        changes: Vec::new(),
    };
    let on_record = options.on_record(paths, recorded_at);
    let dates = Dates::default();
    let mut import = Import { store, on_record, head, setting, dates, findings, progress };
    if options.as_reported {
        import.dates = source_dates(store, DateTime::<Utc>::MAX_UTC).await?;
    }
    let Plan { skipped, notes, .. } = plan.clone();
    let mut done = Summary { skipped, notes, offers, ..Summary::default() };
    if options.dry_run {
        return import.only_tried(&plan.targets, done).await;
    }
    let mut first = 0;
    for batch in plan.together(options.together) {
        let Some(kept) = import.kept(batch, &done).await? else {
            let rest = &plan.targets[first..];
            let trial = import.tried(rest).await?;
            return Err(import.explained(rest, trial, done).await?);
        };
        done = kept;
        first += batch.len();
    }
    Ok(done)
}

/// Says what is wrong with how an import is asked for, before a file is looked at.
///
/// # Errors
///
/// [`ImportError::DateFormat`], [`ImportError::Marks`].
pub fn check_options(options: &Options) -> Result<(), ImportError> {
    reading(options).map(|_| ())
}

/// How cells are read.
fn reading(options: &Options) -> Result<Reading, ImportError> {
    let marks = Marks::new(options.decimal, options.thousands).map_err(ImportError::Marks)?;
    let reading = Reading::new(options.date_format.as_deref(), options.time_zone, marks);
    reading.map_err(ImportError::DateFormat)
}

/// How text files are written, as far as it is told.
const fn told(options: &Options) -> Told {
    Told { encoding: options.encoding, separator: options.separator }
}

/// Checks files by themselves, without a store: every cell at the domain's door, but not whether what they name is known.
///
/// # Errors
///
/// [`ImportError::Wrong`] with every wrong row.
pub fn check(paths: &[PathBuf], options: &Options, clock: Clock) -> Result<Summary, ImportError> {
    let reading = reading(options)?;
    let mut plan = plan::plan(paths, options.kind, told(options))?;
    let known = Known::default();
    let offers = plan.convert(&known, options.new_organisations, &mut Findings::default());
    let manner = Manner { is_versioned: options.as_reported, most_held: options.most_held };
    let setting = Setting { reading, manner, recorded_at: clock.recorded_at() };
    let (says, asks, _heard) = talk();
    let (dates, findings) = (Dates::default(), Findings::default());
    let mut feed = Feed::new(setting, &plan.targets, HashMap::new(), dates, findings, (says, asks));
    while feed.next().is_some() {}
    let mut wrong = std::mem::take(&mut plan.wrong);
    wrong.merge(std::mem::take(&mut feed.wrong));
    let Plan { skipped, notes, .. } = plan;
    let done = Summary { files: feed.counts, skipped, notes, offers, ..Summary::default() };
    if wrong.count() == 0 {
        Ok(done)
    } else {
        Err(ImportError::Wrong { wrong, done: Box::new(done) })
    }
}

/// Finds what there is to read. A workbook is unpacked meanwhile, which takes its time.
async fn planned(
    store: &dyn Store,
    paths: &[PathBuf],
    options: &Options,
    meant: &Arc<Meant>,
) -> Result<(Plan, Vec<Offer>, Findings), ImportError> {
    let broken = |fault| StoreError::Backend(Box::new(fault));
    let (paths, only, told) = (paths.to_vec(), options.kind, told(options));
    let work = tokio::task::spawn_blocking(move || plan::plan(&paths, only, told));
    let mut plan = work.await.map_err(broken)??;
    let (mut findings, mut offers) = (Findings::new(Arc::clone(meant)), Vec::new());
    if !plan.four_w.is_empty() {
        let known = Known::load(store, &options.clearance).await?;
        let makes = options.new_organisations;
        let work = tokio::task::spawn_blocking(move || {
            let offers = plan.convert(&known, makes, &mut findings);
            (plan, offers, findings)
        });
        (plan, offers, findings) = work.await.map_err(broken)?;
    }
    plan.refuse(options.barred);
    if plan.wrong.count() > 0 {
        let done =
            Summary { skipped: plan.skipped, notes: plan.notes, offers, ..Summary::default() };
        let done = Box::new(done.with(&findings));
        return Err(ImportError::Wrong { wrong: plan.wrong, done });
    }
    Ok((plan, offers, findings))
}

/// An import on its way.
struct Import<'i> {
    store: &'i dyn Store,
    on_record: NewImport,
    head: Write,
    setting: Setting,
    dates: Dates,
    /// What was found so far of values that are no codes.
    findings: Findings,
    progress: &'i mut (dyn FnMut(&Progress) + Send),
}

/// What came of files that were only tried.
struct Trial {
    counts: Vec<KindCount>,
    /// What was left out though nothing is wrong with it.
    notes: Vec<RowProblem>,
    /// How many problems were found before the store was asked.
    wrong: u64,
    /// The records that were left out because they are wrong.
    left_out: HashSet<(Kind, Digest)>,
    /// What the store refuses of the others.
    refusals: Vec<Refusal>,
}

impl Trial {
    fn is_right(&self) -> bool {
        self.wrong == 0 && self.refusals.is_empty()
    }
}

type Shared = Arc<Mutex<Feed>>;

fn locked(feed: &Shared) -> MutexGuard<'_, Feed> {
    // A panic while it was locked ended the import; what was counted until then is still true.
    feed.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Import<'_> {
    /// Tries files and stores nothing; what comes of it is in the summary.
    async fn only_tried(
        &mut self,
        targets: &[Target],
        mut done: Summary,
    ) -> Result<Summary, ImportError> {
        self.findings.compare();
        let mut trial = self.tried(targets).await?;
        done.notes.append(&mut trial.notes);
        let marks = self.findings.take_marks();
        done.duplicates = marks.told_twice(self.store, &self.head.clearance).await?;
        if !trial.is_right() {
            return Err(self.explained(targets, trial, done).await?);
        }
        done.files.clone_from(&trial.counts);
        Ok(done.with(&self.findings))
    }

    /// Stores files together; `None` where something in one is wrong, else what is done by then.
    async fn kept(
        &mut self,
        targets: &[Target],
        done: &Summary,
    ) -> Result<Option<Summary>, ImportError> {
        let (feed, heard) = self.feed(targets).await?;
        let pulled = Arc::clone(&feed);
        let pull = move || {
            let mut feed = locked(&pulled);
            let next = feed.next();
            if feed.wrong.count() > 0 {
                return Some(Err(StoreError::Refused(Vec::new())));
            }
            next.map(|next| Ok(next.change()))
        };
        // The report is written in the transaction that writes the records.
        let (read, before, found) = (Arc::clone(&feed), done.clone(), self.findings.clone());
        let summed = move || {
            let (feed, mut done, mut found) = (locked(&read), before.clone(), found.clone());
            done.files.extend(feed.counts.clone());
            done.notes.extend(feed.notes.listed.clone());
            found.merge(feed.findings.clone());
            done.with(&found)
        };
        let report = summed.clone();
        let report = move || report().report(&WrongRows::default()).to_string();
        let work = self.store.commit_import(
            self.on_record.clone(),
            self.head.clone(),
            Box::new(pull),
            Box::new(report),
        );
        let of = (self.store, &self.head.clearance);
        match heard.wait(work, of, self.progress).await? {
            Ok(_) => {}
            Err(StoreError::Refused(_) | StoreError::Taken { .. }) => return Ok(None),
            Err(fault) => return Err(fault.into()),
        }
        let done = summed();
        let feed = locked(&feed);
        self.dates = feed.dates();
        self.findings.merge(feed.findings.clone());
        Ok(Some(done))
    }

    /// Checks files with the store as if they were one, wrong rows left out, and undoes it.
    async fn tried(&mut self, targets: &[Target]) -> Result<Trial, ImportError> {
        let (feed, heard) = self.feed(targets).await?;
        let pulled = Arc::clone(&feed);
        let pull = move || locked(&pulled).next().map(|next| Ok(next.change()));
        let work = self.store.import(self.head.clone(), false, Box::new(pull));
        let of = (self.store, &self.head.clearance);
        let refusals = match heard.wait(work, of, self.progress).await? {
            Ok(_) => Vec::new(),
            Err(StoreError::Refused(refusals)) => refusals,
            Err(StoreError::Taken { index, kind, code }) => {
                let detail = format!("there is already a {kind} {code}");
                let problem = Problem { pointer: "/code".to_owned(), detail };
                vec![Refusal { index, problems: Problems(vec![problem]) }]
            }
            Err(fault) => return Err(fault.into()),
        };
        let mut feed = locked(&feed);
        let wrong = feed.wrong.count();
        self.findings.merge(std::mem::take(&mut feed.findings));
        Ok(Trial {
            counts: std::mem::take(&mut feed.counts),
            notes: std::mem::take(&mut feed.notes).listed,
            wrong,
            left_out: std::mem::take(&mut feed.left_out),
            refusals,
        })
    }

    /// Says all that is wrong with the files, by row and column.
    async fn explained(
        &mut self,
        targets: &[Target],
        trial: Trial,
        done: Summary,
    ) -> Result<ImportError, ImportError> {
        let is_cut = trial.refusals.len() >= MOST_LISTED;
        let reads_all = trial.wrong > 0 && !is_cut;
        let refused = by_index(trial.refusals, &trial.left_out);
        let (feed, heard) = self.feed(targets).await?;
        let read = move || {
            let mut feed = locked(&feed);
            (wrong_rows(&mut feed, refused, reads_all), std::mem::take(&mut feed.findings))
        };
        let of = (self.store, &self.head.clearance);
        let (mut wrong, findings) = heard
            .wait(tokio::task::spawn_blocking(read), of, &mut |_| ())
            .await?
            .map_err(|fault| StoreError::Backend(Box::new(fault)))?;
        self.findings.merge(findings);
        if is_cut {
            wrong.stop();
        }
        if wrong.count() == 0 {
            // The files or the store changed between the two readings.
            return Ok(ImportError::Unsettled);
        }
        let done = Box::new(done.with(&self.findings));
        Ok(ImportError::Wrong { wrong, done })
    }

    async fn feed(&self, targets: &[Target]) -> Result<(Shared, Heard), ImportError> {
        let mut current = HashMap::new();
        for kind in targets.iter().map(|target| target.kind) {
            if let Entry::Vacant(vacant) = current.entry(kind) {
                let (now, clearance) = (self.head.learned_at, &self.head.clearance);
                vacant.insert(Current::load(self.store, kind, now, clearance).await?);
            }
        }
        let (says, asks, heard) = talk();
        let (setting, dates) = (self.setting.clone(), self.dates.clone());
        let feed = Feed::new(setting, targets, current, dates, self.findings.anew(), (says, asks));
        Ok((Arc::new(Mutex::new(feed)), heard))
    }
}

/// The problems of each change, without those that only follow from a record that was left out.
fn by_index(
    refusals: Vec<Refusal>,
    left_out: &HashSet<(Kind, Digest)>,
) -> HashMap<usize, Vec<Problem>> {
    let follows = |problem: &Problem| {
        let named =
            problem.detail.strip_prefix("there is no ").and_then(|rest| rest.split_once(' '));
        let kind = named.and_then(|(kind, code)| Some((kind.parse::<Kind>().ok()?, digest(code))));
        kind.is_some_and(|key| left_out.contains(&key))
    };
    let mut refused: HashMap<usize, Vec<Problem>> = HashMap::new();
    for Refusal { index, problems } in refusals {
        let own = problems.0.into_iter().filter(|problem| !follows(problem));
        refused.entry(index).or_default().extend(own);
    }
    refused
}

/// Reads the files once more and finds the rows of what the store refused; the rest too, where something in it is wrong.
fn wrong_rows(
    feed: &mut Feed,
    mut refused: HashMap<usize, Vec<Problem>>,
    reads_all: bool,
) -> WrongRows {
    let mut index = 0;
    while reads_all || !refused.is_empty() {
        let Some(next) = feed.next() else { break };
        for problem in refused.remove(&index).unwrap_or_default() {
            let at = |problem| located(&next.target, &next.version.origin, problem);
            let place = Problem { detail: String::new(), ..problem.clone() };
            let problem = feed.findings.explained(problem, None, || at(place.clone()));
            feed.wrong.push(at(problem).holding(&next.version.draft.body, &place.pointer));
        }
        index += 1;
    }
    std::mem::take(&mut feed.wrong)
}
