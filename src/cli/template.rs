//! `passage template`: a workbook to fill in, for records of one kind.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use crate::clock::Clock;
use crate::domain::{Clearance, Kind, Language, Sensitivity};
use crate::exchange::template::{Offered, offered, workbook};
use crate::store::Store;

/// What `passage template` is told.
#[derive(Debug, Clone, clap::Args)]
pub struct Args {
    /// What is filled in, e.g. convoys.
    #[arg(value_parser = super::import::kind_named)]
    pub kind: Kind,
    /// The workbook to write, e.g. convoys.xlsx.
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    /// The language of the headers: en, ar or fr.
    #[arg(long, default_value = "en")]
    pub language: Language,
    /// A data folder: its areas, organisations and sources can be chosen from.
    #[arg(long, value_name = "DIR")]
    pub data: Option<PathBuf>,
    /// What may be chosen from is what readers of this clearance see.
    #[arg(long, value_name = "LEVEL", default_value = "internal")]
    pub clearance: Sensitivity,
}

/// Writes the workbook, with what `store` knows to choose from.
///
/// # Errors
///
/// When the store fails or the file cannot be written; then there is no file, or the old one.
pub async fn run(
    args: &Args,
    store: Option<&dyn Store>,
    out: &mut dyn Write,
) -> anyhow::Result<ExitCode> {
    let known = match store {
        None => Offered::new(),
        Some(store) => {
            let known_at = Clock::Wall.known_by(store.newest().await?);
            offered(store, args.kind, known_at, &Clearance::of(args.clearance)).await?
        }
    };
    let bytes = workbook(args.kind, args.language, &known)?;
    let folder = args.file.parent().filter(|folder| !folder.as_os_str().is_empty());
    let mut draft = tempfile::NamedTempFile::new_in(folder.unwrap_or(Path::new(".")))?;
    draft.write_all(&bytes)?;
    draft.persist(&args.file)?;
    writeln!(out, "{}", args.file.display())?;
    Ok(ExitCode::SUCCESS)
}
