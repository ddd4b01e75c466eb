//! A package for the Humanitarian Data Exchange: public records and figures as HXL files, and what HDX asks about them.
//!
//! Nothing above public is in it, which is made sure twice: everything is written as readers of public clearance see
//! it, and then the finished files are read again by code that knows nothing of how they were written ([`check`]).
//! Only a package that passes gets its name.

mod check;
mod metadata;

use std::fs;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

pub use self::check::Leak;
pub use self::metadata::Dataset;
use self::metadata::Resource;
use super::export::{Ask, Draft, ExportError, KindWriter, taken};
use super::extract::readme::About;
use super::extract::records::Of;
use super::extract::{Cell, Form, figures};
use crate::disclose::Rules;
use crate::domain::Kind;
use crate::situation::Situation;
use crate::situation::standards::Standards;
use crate::situation::usual::usual;
use chrono::NaiveDate;

/// What is never for others: whom Passage tells what, and when it keeps quiet.
const OWN: [Kind; 3] = [Kind::Recipient, Kind::Schedule, Kind::Silence];

/// Why there is no package.
#[derive(Debug, thiserror::Error)]
pub enum HdxError {
    /// Something is in the folder already, which would be taken for a part of the package.
    #[error("{} is not empty; name a new folder", .0.display())]
    NotEmpty(PathBuf),
    /// Nothing is public.
    #[error(
        "no record is public, so there is nothing to publish; level = \"public\" in a record, or in [gate] of the settings, says what is"
    )]
    NothingPublic,
    /// The finished files tell what is not public. The package was taken away.
    #[error("the package was taken away, because it told what is not public: {}", told(.0))]
    Leaks(Vec<Leak>),
    /// The records cannot be written.
    #[error(transparent)]
    Export(#[from] ExportError),
}

impl From<io::Error> for HdxError {
    fn from(fault: io::Error) -> Self {
        Self::Export(fault.into())
    }
}

/// The first leaks, in words.
fn told(leaks: &[Leak]) -> String {
    const SHOWN: usize = 10;
    let shown: Vec<String> = leaks.iter().take(SHOWN).map(ToString::to_string).collect();
    format!("{} in all; {}", leaks.len(), shown.join("; "))
}

/// Writes a package into a new folder; gives its files.
///
/// # Errors
///
/// [`HdxError`]; then there is no package.
pub async fn package(
    ask: &Ask<'_>,
    situation: &Situation,
    (standards, rules): (&Standards, &Rules),
    dataset: &Dataset,
    folder: &Path,
) -> Result<Vec<PathBuf>, HdxError> {
    if fs::read_dir(folder).is_ok_and(|mut there| there.next().is_some()) {
        return Err(HdxError::NotEmpty(folder.to_owned()));
    }
    let unplaced = Unplaced::beside(folder)?;
    let mut made = Made::default();
    records(ask, &unplaced.0, &mut made).await?;
    if made.resources.is_empty() {
        return Err(HdxError::NothingPublic);
    }
    computed(situation, standards, &unplaced.0, &mut made)?;
    let text = dataset.text(situation, made.days, &made.resources);
    fs::write(unplaced.0.join(metadata::NAME), text)?;
    let leaks = check::leaks(ask, rules, &unplaced.0).await?;
    if !leaks.is_empty() {
        return Err(HdxError::Leaks(leaks));
    }
    if folder.exists() {
        fs::remove_dir(folder)?;
    }
    fs::rename(&unplaced.0, folder)?;
    let names = made.resources.iter().map(|resource| resource.file.clone());
    let names = names.chain([metadata::NAME.to_owned()]);
    Ok(names.map(|name| folder.join(name)).collect())
}

/// The folder while it is made; what never gets its name is taken away.
struct Unplaced(PathBuf);

impl Unplaced {
    fn beside(folder: &Path) -> io::Result<Self> {
        let name = folder.file_name().unwrap_or_default().to_string_lossy();
        let unplaced = folder.with_file_name(format!(".{name}.part"));
        if unplaced.exists() {
            fs::remove_dir_all(&unplaced)?;
        }
        fs::create_dir_all(&unplaced)?;
        Ok(Self(unplaced))
    }
}

impl Drop for Unplaced {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// What was written so far.
#[derive(Default)]
struct Made {
    resources: Vec<Resource>,
    /// The first and the last day that records are of.
    days: Option<(NaiveDate, NaiveDate)>,
}

/// The records of each kind of which some are public.
async fn records(ask: &Ask<'_>, folder: &Path, made: &mut Made) -> Result<(), HdxError> {
    let kinds = ask.kinds.iter().filter(|kind| !OWN.contains(kind));
    for kind in kinds {
        let mut out: Option<KindWriter> = None;
        let of = Of::kind(*kind);
        let columns = of.columns(false);
        ask.walk(*kind, "hdx", |stored, body| {
            let writer = match out.take() {
                Some(writer) => writer,
                None => KindWriter::create(folder, *kind, Form::Csv, true, About::default())?,
            };
            let taken = taken(stored, body);
            of.rows(&taken, false, &mut |cells| {
                let dated = columns.iter().zip(cells).filter(|(column, _)| {
                    column.tag.starts_with("#date") && !column.tag.contains("reported")
                });
                let days = dated.filter_map(|(_, cell)| match cell {
                    Cell::Moment(moment) => Some(moment.date()),
                    _ => None,
                });
                for day in days {
                    let (first, last) = made.days.unwrap_or((day, day));
                    made.days = Some((first.min(day), last.max(day)));
                }
                Ok(())
            })?;
            out.insert(writer).write(&taken)
        })
        .await?;
        let Some(writer) = out else { continue };
        for file in writer.finish()? {
            let named =
                of.all().into_iter().find(|of| file.ends_with(format!("{}.csv", of.name())));
            let about = named.map(Of::about).unwrap_or_default();
            made.resources.push(Resource::of(&file, about));
        }
    }
    Ok(())
}

/// Every computed table that has rows.
fn computed(
    situation: &Situation,
    standards: &Standards,
    folder: &Path,
    made: &mut Made,
) -> Result<(), HdxError> {
    for (name, answer) in usual(situation, standards).map_err(io::Error::from)? {
        let of = figures::ALL.into_iter().find(|of| of.name == name);
        for table in of.iter().flat_map(|of| of.tables.iter().map(move |table| (*of, table))) {
            let (of, table) = table;
            if (table.rows)(&answer).is_empty() {
                continue;
            }
            let draft = Draft::begin(&folder.join(format!("{}.csv", of.file(table))))?;
            let mut out = BufWriter::new(draft.out()?);
            table.csv(&answer, &mut out)?;
            out.flush()?;
            made.resources.push(Resource::of(&draft.finish()?, table.about.to_owned()));
        }
    }
    Ok(())
}

/// The countries of the areas that may be known, as HDX groups them: ISO 3166-1 alpha-3, small letters.
fn countries(situation: &Situation) -> Vec<String> {
    let areas = situation.world.areas.iter().filter_map(|area| area.record.iso3());
    let found: std::collections::BTreeSet<String> =
        areas.map(|code| code.to_ascii_lowercase()).collect();
    found.into_iter().collect()
}

/// Who publishes the sources, for the field that names them all.
fn source_names(situation: &Situation) -> Vec<String> {
    let names = situation.world.sources.iter().map(|source| {
        let of = &source.record;
        of.publisher.as_ref().unwrap_or(&of.name).to_string()
    });
    let found: std::collections::BTreeSet<String> = names.collect();
    found.into_iter().collect()
}
