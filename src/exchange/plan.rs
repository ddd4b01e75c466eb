//! Which tables an import reads, and in which order: what others mention comes first.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::book::{self, Format};
use super::dialect::Told;
use super::four_w::{Columns, FourW, Known, Offer};
use super::input::Input;
use super::meant::Findings;
use super::outcome::{ImportError, Summary, Together};
use super::problem::{Place, RowProblem, WrongRows};
use super::recognise::{Meaning, meaning_of_name, sheets_with_tags};
use super::sheet::Sheet;
use super::sheets::assign;
use super::target::{Target, rows_of_head};
use crate::domain::{Kind, Schema, Shape};

/// What is imported, in order.
#[derive(Debug, Clone, Default)]
pub(super) struct Plan {
    pub(super) targets: Vec<Target>,
    /// Files in a folder, and sheets of workbooks, that tell no kind.
    pub(super) skipped: Vec<String>,
    /// What is not read though it is there.
    pub(super) notes: Vec<RowProblem>,
    /// Tables in the 4W shape, which name what only the store knows.
    pub(super) four_w: Vec<FourW>,
    /// The files that cannot be read at all.
    pub(super) wrong: WrongRows,
}

/// Finds what to import.
///
/// # Errors
///
/// When a file does not tell its kind or is none that is read, or a folder holds none or parts without their records.
pub(super) fn plan(paths: &[PathBuf], only: Option<Kind>, told: Told) -> Result<Plan, ImportError> {
    let mut plan = Plan::default();
    for path in paths {
        if is_part_of_another(path, paths) {
            continue;
        }
        if path.is_dir() {
            plan_folder(path, only, told, &mut plan)?;
        } else {
            plan_file(path, only, told, &mut plan)?;
        }
    }
    if plan.wrong.count() > 0 {
        let done = Summary { skipped: plan.skipped, notes: plan.notes, ..Summary::default() };
        return Err(ImportError::Wrong { wrong: plan.wrong, done: Box::new(done) });
    }
    plan.sort();
    let headers =
        plan.targets.iter().flat_map(Target::all).filter_map(|found| found.header.as_ref().ok());
    let notes: Vec<RowProblem> = headers.flat_map(|header| header.notes.clone()).collect();
    plan.notes.extend(notes);
    Ok(plan)
}

/// Is it a file of parts that is named beside that of its records? It is read with that one.
fn is_part_of_another(path: &Path, paths: &[PathBuf]) -> bool {
    let is_text = |path: &Path| !is_called_workbook(path);
    let stem = |path: &Path| path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let own = stem(path);
    let has_parts_as = |parts: &str| {
        let suffix = format!(".{parts}");
        Kind::ALL
            .iter()
            .any(|kind| Sheet::of(*kind).all().iter().any(|sheet| sheet.suffix == suffix))
    };
    paths.iter().any(|other| {
        let parts = own.strip_prefix(&stem(other)).and_then(|rest| rest.strip_prefix('.'));
        path.parent() == other.parent()
            && is_text(path)
            && is_text(other)
            && parts.is_some_and(has_parts_as)
    })
}

/// Is it called a workbook?
fn is_called_workbook(path: &Path) -> bool {
    path.extension().is_some_and(|end| end.eq_ignore_ascii_case("xlsx"))
}

/// Finds the tables of one file.
fn plan_file(
    path: &Path,
    only: Option<Kind>,
    told: Told,
    plan: &mut Plan,
) -> Result<(), ImportError> {
    let place = Place::of_file(path.file_name().unwrap_or_default().to_string_lossy());
    let opened = File::open(path).and_then(|mut file| Ok((book::format_of(&mut file)?, file)));
    let (format, file) = match opened {
        Ok(opened) => opened,
        Err(fault) => {
            plan.wrong.push(RowProblem::of_file(&place, format!("cannot be read: {fault}")));
            return Ok(());
        }
    };
    let is_empty = file.metadata().is_ok_and(|about| about.len() == 0);
    match format {
        Format::Other(reason) => plan.wrong.push(RowProblem::of_file(&place, reason)),
        Format::Text if is_called_workbook(path) && !is_empty => {
            let reason = "is called a workbook and is none; save it as one, or call it .csv";
            plan.wrong.push(RowProblem::of_file(&place, reason));
        }
        Format::Text => {
            let kind = match only {
                Some(kind) => kind,
                None => match kind_of(path, told) {
                    Err(ImportError::UnknownFile(_)) if is_empty => {
                        plan.wrong.push(RowProblem::of_file(&place, "is empty"));
                        return Ok(());
                    }
                    Err(ImportError::UnknownFile(_))
                        if plan.has_four_w(&place, &Input::Csv(path.to_owned(), told)) =>
                    {
                        return Ok(());
                    }
                    kind => kind?,
                },
            };
            plan.targets.push(Target::beside(kind, path, told));
        }
        Format::Archive => match book::read(&file) {
            Ok(book) => assign(&place.file, book, only, plan),
            Err(reason) => plan.wrong.push(RowProblem::of_file(&place, reason)),
        },
    }
    Ok(())
}

/// The kind of a text file, by its name or by its tags.
fn kind_of(path: &Path, told: Told) -> Result<Kind, ImportError> {
    match meaning_of_name(&path.file_stem().unwrap_or_default().to_string_lossy()) {
        Meaning::Records(kind) => Ok(kind),
        Meaning::Parts(sheet) => Err(parts(path, sheet.kind)),
        Meaning::Nothing => {
            let head = rows_of_head(&Input::Csv(path.to_owned(), told)).unwrap_or_default();
            match sheets_with_tags(&head.0)[..] {
                [sheet] if sheet.depth == 0 => Ok(sheet.kind),
                [sheet] => Err(parts(path, sheet.kind)),
                _ => Err(ImportError::UnknownFile(path.display().to_string())),
            }
        }
    }
}

fn parts(path: &Path, kind: Kind) -> ImportError {
    ImportError::Parts { path: path.display().to_string(), records: kind.plural() }
}

fn plan_folder(
    folder: &Path,
    only: Option<Kind>,
    told: Told,
    plan: &mut Plan,
) -> Result<(), ImportError> {
    let unreadable =
        |source| ImportError::Unreadable { path: folder.display().to_string(), source };
    let mut names = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(unreadable)? {
        names.push(entry.map_err(unreadable)?.file_name().to_string_lossy().into_owned());
    }
    names.sort();
    let is_wanted = |kind: Kind| only.is_none_or(|only| only == kind);
    let before = (plan.targets.len(), plan.four_w.len(), plan.wrong.count());
    for name in &names {
        let path = folder.join(name);
        // A spreadsheet program keeps a file of this name beside a workbook that is open.
        let is_workbook = path.extension().is_some_and(|end| end.eq_ignore_ascii_case("xlsx"));
        if is_workbook && !name.starts_with("~$") {
            plan_file(&path, only, told, plan)?;
        }
        let Some(stem) = name.strip_suffix(".csv") else { continue };
        match meaning_of_name(stem) {
            Meaning::Records(kind) if is_wanted(kind) => plan_file(&path, Some(kind), told, plan)?,
            Meaning::Parts(sheet) if is_wanted(sheet.kind) => {
                if !names.contains(&format!("{}.csv", sheet.kind.plural())) {
                    return Err(parts(&path, sheet.kind));
                }
            }
            Meaning::Nothing => plan.skipped.push(name.clone()),
            Meaning::Records(_) | Meaning::Parts(_) => {}
        }
    }
    if (plan.targets.len(), plan.four_w.len(), plan.wrong.count()) == before {
        return Err(ImportError::Nothing(folder.display().to_string()));
    }
    Ok(())
}

impl Plan {
    /// Notes a table in the 4W shape, if it is one.
    pub(super) fn has_four_w(&mut self, place: &Place, input: &Input) -> bool {
        let (rows, _) = rows_of_head(input).unwrap_or_default();
        let columns = Columns::of(&rows).map(Arc::new);
        let found =
            columns.map(|columns| FourW { place: place.clone(), input: input.clone(), columns });
        let is_one = found.is_some();
        self.four_w.extend(found);
        is_one
    }

    /// Makes tables of ours of those in the 4W shape. What is new among their organisations is offered.
    pub(super) fn convert(
        &mut self,
        known: &Known,
        makes: bool,
        findings: &mut Findings,
    ) -> Vec<Offer> {
        let mut offers = Vec::new();
        for table in std::mem::take(&mut self.four_w) {
            match table.converted(known, makes, findings) {
                Ok(converted) => {
                    self.targets.extend(converted.targets);
                    self.notes.extend(converted.notes);
                    offers.extend(converted.offers);
                }
                Err(reason) => self.wrong.push(RowProblem::of_file(&table.place, reason)),
            }
        }
        self.sort();
        offers
    }

    /// Refuses the kinds that are not imported here.
    pub(super) fn refuse(&mut self, barred: &[Kind]) {
        for target in self.targets.iter().filter(|target| barred.contains(&target.kind)) {
            let kinds = target.kind.plural();
            let reason = format!("{kinds} are not imported here; post them to /api/v1/{kinds}");
            self.wrong.push(RowProblem::of_file(&target.place(Sheet::of(target.kind)), reason));
        }
    }

    fn sort(&mut self) {
        self.targets.sort_by_key(|target| target.kind);
    }

    /// The files that are stored together.
    pub(super) fn together(&self, what: Together) -> Vec<&[Target]> {
        match what {
            Together::All => vec![&self.targets],
            Together::Kind => self.batches(),
        }
    }

    /// The files that are stored together: one by one, unless a kind names a later one, which names it.
    ///
    /// A pause names the incident that broke it, and the incident the pause: neither can come first.
    fn batches(&self) -> Vec<&[Target]> {
        let (mut batches, mut start) = (Vec::new(), 0);
        while start < self.targets.len() {
            let mut end = start + 1;
            let mut at = start;
            while at < end {
                let named = kinds_named(self.targets[at].kind.schema());
                let last = self.targets.iter().rposition(|target| named.contains(&target.kind));
                end = end.max(last.map_or(end, |last| last + 1));
                at += 1;
            }
            batches.push(&self.targets[start..end]);
            start = end;
        }
        batches
    }
}

/// The kinds whose codes stand in a record or in its parts.
fn kinds_named(schema: &Schema) -> Vec<Kind> {
    fn of_shape(shape: &Shape) -> Vec<Kind> {
        match shape {
            Shape::Code(kind) => kind.parse().into_iter().collect(),
            Shape::List(item) => of_shape(item),
            Shape::Part(part) => kinds_named(part),
            _ => Vec::new(),
        }
    }
    schema.fields.iter().flat_map(|field| of_shape(&field.shape)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder(names: &[&str]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        for name in names {
            std::fs::write(folder.path().join(name), "").unwrap();
        }
        folder
    }

    #[test]
    fn sources_come_before_everything_that_names_them() {
        let folder = folder(&[
            "areas.csv",
            "convoys.csv",
            "convoys.drops.csv",
            "notes.csv",
            "sources.csv",
            "README.md",
        ]);
        let plan = plan(&[folder.path().to_owned()], None, Told::default()).unwrap();
        let kinds: Vec<Kind> = plan.targets.iter().map(|target| target.kind).collect();
        assert_eq!(kinds, [Kind::Source, Kind::Area, Kind::Convoy]);
        assert_eq!(plan.skipped, ["notes.csv"]);
    }

    #[test]
    fn kinds_that_name_each_other_are_stored_together() {
        let folder = folder(&[
            "areas.csv",
            "convoys.csv",
            "incidents.csv",
            "observations.csv",
            "pauses.csv",
        ]);
        let plan = plan(&[folder.path().to_owned()], None, Told::default()).unwrap();
        let sizes: Vec<usize> = plan.batches().into_iter().map(<[Target]>::len).collect();
        assert_eq!(sizes, [1, 1, 2, 1]);
    }

    #[test]
    fn parts_without_their_records_are_not_left_out_silently() {
        let folder = folder(&["areas.csv", "convoys.drops.csv"]);
        let refusal =
            plan(&[folder.path().to_owned()], None, Told::default()).unwrap_err().to_string();
        assert!(
            refusal.contains("convoys.drops.csv") && refusal.contains("convoys.csv"),
            "{refusal}"
        );
    }

    #[test]
    fn a_file_that_does_not_tell_its_kind_is_taken_when_the_kind_is_named() {
        let folder = folder(&["from-jomana.csv", "from-jomana.drops.csv"]);
        let path = [folder.path().join("from-jomana.csv")];
        std::fs::write(&path[0], "what she saw\n").unwrap();
        let refusal = plan(&path, None, Told::default());
        assert!(matches!(refusal, Err(ImportError::UnknownFile(_))));
        let plan = plan(&path, Some(Kind::Convoy), Told::default()).unwrap();
        let drops = Sheet::of(Kind::Convoy).child("drops").unwrap();
        assert_eq!(plan.targets[0].place(drops).file, "from-jomana.drops.csv");
        assert!(plan.targets[0].found(drops).is_some());
    }

    #[test]
    fn files_of_parts_may_be_named_beside_that_of_their_records() {
        let folder =
            folder(&["convoys.csv", "convoys.drops.csv", "jomana.csv", "jomana.drops.csv"]);
        let of = |name: &str| folder.path().join(name);
        let named = [of("convoys.drops.csv"), of("convoys.csv")];
        assert_eq!(plan(&named, None, Told::default()).unwrap().targets.len(), 1);
        let unnamed = [of("jomana.csv"), of("jomana.drops.csv")];
        assert_eq!(plan(&unnamed, Some(Kind::Convoy), Told::default()).unwrap().targets.len(), 1);
    }

    #[test]
    fn a_file_tells_its_kind_by_its_tags_too() {
        let folder = folder(&["from-jomana.csv"]);
        let path = folder.path().join("from-jomana.csv");
        std::fs::write(&path, "Typ,Kode,Wann\n#modality,#meta+code,#date+start\n").unwrap();
        let plan = plan(&[path], None, Told::default()).unwrap();
        assert_eq!(plan.targets[0].kind, Kind::Convoy);
    }
}
