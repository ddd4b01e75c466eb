//! `passage export`: everything out, in the form that import reads, in one for analysts, or as a package for HDX.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::bail;

use crate::app::App;
use crate::clock::Clock;
use crate::domain::{Clearance, Kind, Sensitivity};
use crate::exchange::export::Ask;
use crate::exchange::extract::Form;
use crate::exchange::hdx::{Dataset, package};
use crate::store::RecordStore;

/// What `passage export` is told.
#[derive(Debug, Clone, clap::Args)]
pub struct Args {
    /// The folder to write to; it is made if it is not there. With --format xlsx also a file, which ends with .xlsx.
    #[arg(value_name = "OUT", required_unless_present = "hdx")]
    pub folder: Option<PathBuf>,
    /// csv is what import reads; xlsx (one workbook), parquet and geojson are for analysts.
    #[arg(long, value_name = "FORM", default_value = "csv")]
    pub format: Form,
    /// Only these kinds.
    #[arg(long, value_parser = super::import::kind_named)]
    pub kind: Vec<Kind>,
    /// As readers of this clearance see it. In csv, records of which something is withheld from them are left out; the
    /// other forms mark them.
    #[arg(
        long,
        value_name = "LEVEL",
        default_value = "strictly_confidential",
        conflicts_with = "hdx"
    )]
    pub clearance: Sensitivity,
    #[command(flatten)]
    hdx: Hdx,
}

/// What a package for the Humanitarian Data Exchange is told.
#[derive(Debug, Clone, clap::Args)]
struct Hdx {
    /// Makes a package for HDX in this new folder: public records and figures, with what HDX asks about them.
    #[arg(id = "hdx", long = "hdx", value_name = "DIR", conflicts_with_all = ["folder", "format"])]
    package: Option<PathBuf>,
    /// What the dataset is called.
    #[arg(
        long,
        requires = "hdx",
        default_value = "Besieged and hard-to-reach areas: people, aid and access"
    )]
    title: String,
    /// The organisation that publishes it, by its name on HDX.
    #[arg(long, value_name = "NAME", requires = "hdx")]
    organisation: Option<String>,
    /// Who answers questions about it, by their name on HDX.
    #[arg(long, value_name = "NAME", requires = "hdx")]
    maintainer: Option<String>,
    /// The licence by its id on HDX, e.g. cc-by-igo. Left out, it says that each source has its own.
    #[arg(long, value_name = "ID", requires = "hdx")]
    licence: Option<String>,
    /// How often it is brought up to date, days; -2 is as needed.
    #[arg(long, value_name = "DAYS", requires = "hdx", default_value_t = -2, allow_negative_numbers = true,
        value_parser = clap::value_parser!(i32).range(-2..=365))]
    update_frequency: i32,
    /// The day that its figures are for; a day means its end, UTC. Left out, now.
    #[arg(long, value_name = "DAY", requires = "hdx")]
    as_of: Option<String>,
}

impl Args {
    /// Is it a package for HDX, which needs figures and not records alone?
    #[must_use]
    pub const fn needs_figures(&self) -> bool {
        self.hdx.package.is_some()
    }

    fn kinds(&self) -> Vec<Kind> {
        if self.kind.is_empty() { Kind::ALL.to_vec() } else { self.kind.clone() }
    }
}

/// Exports, and says which files were written.
///
/// # Errors
///
/// When the store fails or the folder cannot be written.
pub async fn run(
    args: Args,
    store: &dyn RecordStore,
    clock: Clock,
    out: &mut dyn Write,
) -> anyhow::Result<ExitCode> {
    let Some(folder) = &args.folder else { bail!("name the folder to write to") };
    let clearance = Clearance::of(args.clearance);
    let mut ask = Ask::of(store, &args.kinds(), clock, &clearance).await?;
    ask.partly = args.format != Form::Csv;
    said(&ask.write(args.format, folder).await?, out)
}

/// Makes a package for HDX, and says which files are in it.
///
/// # Errors
///
/// When nothing is public, or the files would tell what is not; then there is no package.
pub async fn run_hdx(args: Args, app: &App, out: &mut dyn Write) -> anyhow::Result<ExitCode> {
    let Some(folder) = &args.hdx.package else { bail!("name the folder to write to") };
    let public = Clearance::of(Sensitivity::Public);
    let mut ask = Ask::of(&*app.store, &args.kinds(), app.clock, &public).await?;
    ask.partly = true;
    let as_of = args.hdx.as_of.as_deref().map(super::moment).transpose()?;
    let as_of = as_of.unwrap_or_else(|| app.clock.now());
    let situation = app.situations.situation(as_of, None, &public).await?;
    let Hdx { title, organisation, maintainer, licence, update_frequency, .. } = args.hdx.clone();
    let made_at = app.clock.now();
    let dataset = Dataset { title, organisation, maintainer, licence, update_frequency, made_at };
    let (standards, rules) = (app.standards(), &app.settings.gate);
    let files = package(&ask, &situation, (&standards, rules), &dataset, folder).await?;
    said(&files, out)?;
    let asked = [("--organisation", &dataset.organisation), ("--maintainer", &dataset.maintainer)];
    let missing = asked.into_iter().filter(|(_, given)| given.is_none()).map(|(option, _)| option);
    let missing: Vec<&str> = missing.collect();
    if !missing.is_empty() {
        writeln!(
            out,
            "HDX takes no dataset without them: write them into dataset.json, or give {}",
            missing.join(" and ")
        )?;
    }
    Ok(ExitCode::SUCCESS)
}

fn said(files: &[PathBuf], out: &mut dyn Write) -> anyhow::Result<ExitCode> {
    for file in files.iter().map(PathBuf::as_path).map(Path::display) {
        writeln!(out, "{file}")?;
    }
    Ok(ExitCode::SUCCESS)
}
