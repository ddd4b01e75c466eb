//! Which files an import reads, and in which order: what others mention comes first.

use std::path::{Path, PathBuf};

use super::import::ImportError;
use super::sheet::Sheet;
use crate::domain::{Kind, Schema, Shape};

/// The file of the records of a kind; those of their parts lie beside it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Target {
    pub(super) kind: Kind,
    pub(super) path: PathBuf,
}

impl Target {
    /// The name of the file of this sheet.
    pub(super) fn file(&self, sheet: &Sheet) -> String {
        if sheet.depth == 0 {
            return self.path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        }
        sheet.file(&self.path.file_stem().unwrap_or_default().to_string_lossy())
    }

    /// Where the file of this sheet lies.
    pub(super) fn path_of(&self, sheet: &Sheet) -> PathBuf {
        self.path.with_file_name(self.file(sheet))
    }
}

/// What is imported, in order.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Plan {
    pub(super) targets: Vec<Target>,
    /// CSV files in a folder whose names say no kind.
    pub(super) skipped: Vec<String>,
}

/// Finds the files to import.
///
/// # Errors
///
/// When a file does not tell its kind, or a folder holds none or parts without their records.
pub(super) fn plan(paths: &[PathBuf], only: Option<Kind>) -> Result<Plan, ImportError> {
    let mut plan = Plan::default();
    for path in paths {
        if path.is_dir() {
            plan_folder(path, only, &mut plan)?;
        } else {
            let kind = only.map_or_else(|| kind_of(path), Ok)?;
            plan.targets.push(Target { kind, path: path.clone() });
        }
    }
    plan.targets.sort_by_key(|target| target.kind);
    Ok(plan)
}

/// What the name of a file says.
enum Meaning {
    Records(Kind),
    Parts(Kind),
    Nothing,
}

fn meaning(stem: &str) -> Meaning {
    if let Some(kind) = Kind::of_plural(stem) {
        return Meaning::Records(kind);
    }
    let kind = stem.split('.').next().and_then(Kind::of_plural);
    let known = |kind: &Kind| {
        let suffix = &stem[kind.plural().len()..];
        Sheet::of(*kind).all().iter().any(|sheet| sheet.suffix == suffix)
    };
    kind.filter(known).map_or(Meaning::Nothing, Meaning::Parts)
}

fn kind_of(path: &Path) -> Result<Kind, ImportError> {
    match meaning(&path.file_stem().unwrap_or_default().to_string_lossy()) {
        Meaning::Records(kind) => Ok(kind),
        Meaning::Parts(kind) => Err(parts(path, kind)),
        Meaning::Nothing => Err(ImportError::UnknownFile(path.display().to_string())),
    }
}

fn parts(path: &Path, kind: Kind) -> ImportError {
    ImportError::Parts { path: path.display().to_string(), records: kind.plural() }
}

fn plan_folder(folder: &Path, only: Option<Kind>, plan: &mut Plan) -> Result<(), ImportError> {
    let unreadable =
        |source| ImportError::Unreadable { path: folder.display().to_string(), source };
    let mut names = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(unreadable)? {
        names.push(entry.map_err(unreadable)?.file_name().to_string_lossy().into_owned());
    }
    names.sort();
    let is_wanted = |kind: Kind| only.is_none_or(|only| only == kind);
    let before = plan.targets.len();
    for name in &names {
        let Some(stem) = name.strip_suffix(".csv") else { continue };
        let path = folder.join(name);
        match meaning(stem) {
            Meaning::Records(kind) if is_wanted(kind) => plan.targets.push(Target { kind, path }),
            Meaning::Parts(kind) if is_wanted(kind) => {
                if !names.contains(&format!("{}.csv", kind.plural())) {
                    return Err(parts(&path, kind));
                }
            }
            Meaning::Nothing => plan.skipped.push(name.clone()),
            Meaning::Records(_) | Meaning::Parts(_) => {}
        }
    }
    if plan.targets.len() == before {
        return Err(ImportError::Nothing(folder.display().to_string()));
    }
    Ok(())
}

impl Plan {
    /// The files that are stored together: one by one, unless a kind names a later one, which names it.
    ///
    /// A pause names the incident that broke it, and the incident the pause: neither can come first.
    pub(super) fn batches(&self) -> Vec<&[Target]> {
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
        let plan = plan(&[folder.path().to_owned()], None).unwrap();
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
        let plan = plan(&[folder.path().to_owned()], None).unwrap();
        let sizes: Vec<usize> = plan.batches().into_iter().map(<[Target]>::len).collect();
        assert_eq!(sizes, [1, 1, 2, 1]);
    }

    #[test]
    fn parts_without_their_records_are_not_left_out_silently() {
        let folder = folder(&["areas.csv", "convoys.drops.csv"]);
        let refusal = plan(&[folder.path().to_owned()], None).unwrap_err().to_string();
        assert!(
            refusal.contains("convoys.drops.csv") && refusal.contains("convoys.csv"),
            "{refusal}"
        );
    }

    #[test]
    fn a_file_that_does_not_tell_its_kind_is_taken_when_the_kind_is_named() {
        let path = [PathBuf::from("/data/from-jomana.csv")];
        assert!(matches!(plan(&path, None), Err(ImportError::UnknownFile(_))));
        let plan = plan(&path, Some(Kind::Convoy)).unwrap();
        let drops = Sheet::of(Kind::Convoy).child("drops").unwrap();
        assert_eq!(plan.targets[0].path_of(drops), Path::new("/data/from-jomana.drops.csv"));
    }
}
