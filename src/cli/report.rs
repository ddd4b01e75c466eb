//! `passage report`: writes the situation report of a day and says where.

use std::io::Write;
use std::path::PathBuf;

use anyhow::{Context, anyhow, bail};
use chrono::{DateTime, Utc};
use serde_json::json;

use crate::app::App;
use crate::domain::{Format, Language, Moment, Schedule, Sensitivity, typed};
use crate::jobs::report::{Ask, in_language, make, preview};
use crate::jobs::schedule::schedules;

/// The name of reports that are made by hand where none is given.
const BY_HAND: &str = "manual";

/// A schedule must have a time; this one is made once and never looked at again.
const NEVER_ASKED: &str = "0 0 1 1 *";

/// What is done with the report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Act {
    /// It is shown, and neither kept nor sent.
    Preview,
}

/// What `report` takes.
#[derive(Debug, clap::Args)]
pub struct ReportArgs {
    /// preview: shows on the terminal what would be made, and keeps and sends nothing.
    pub act: Option<Act>,
    /// The data folder.
    #[arg(long, value_name = "DIR")]
    pub data: PathBuf,
    /// The day or instant it shows; a day means its end, UTC. Left out, now.
    #[arg(long, value_name = "DAY")]
    pub as_of: Option<String>,
    /// What was known by then; a day means its end, UTC. Left out, now.
    #[arg(long, value_name = "DAY")]
    pub known_at: Option<String>,
    /// The schedule it belongs to: it is compared with the last report of the same.
    #[arg(long, value_name = "NAME", default_value = BY_HAND)]
    pub schedule: String,
    /// How many days it looks back.
    #[arg(long, value_name = "DAYS", default_value_t = 7, value_parser = clap::value_parser!(u32).range(1..=3660))]
    pub period_days: u32,
    /// For readers of which clearance: public, internal or confidential.
    #[arg(long, value_name = "LEVEL", default_value = "internal")]
    pub clearance: Sensitivity,
    /// With preview: as this recipient would be sent it.
    #[arg(long, value_name = "CODE", requires = "act")]
    pub recipient: Option<String>,
    /// With preview: html, text, xlsx or json.
    #[arg(long, value_name = "FORMAT", default_value = "text", requires = "act")]
    pub format: Format,
    /// In which language it is also written beside English: en, ar (Arabic) or fr (French).
    #[arg(long, value_name = "LANGUAGE", default_value = "en")]
    pub language: Language,
}

/// Makes the report and writes the paths of its files to `out`.
///
/// # Errors
///
/// When a date cannot be read, the report cannot be made, or `out` cannot be written to.
pub async fn run(args: &ReportArgs, app: &App, out: &mut dyn Write) -> anyhow::Result<()> {
    let data = args.data.as_path();
    let as_of = moment(args.as_of.as_deref(), "--as-of")?.unwrap_or_else(|| app.clock.now());
    let known_at = moment(args.known_at.as_deref(), "--known-at")?;
    if args.clearance == Sensitivity::StrictlyConfidential {
        bail!(
            "--clearance: a report is a file that is handed on; what is strictly confidential is read in Passage only"
        );
    }
    let world = app.situations.world();
    let known = schedules(app, &world).into_iter().find(|one| one.code == args.schedule);
    if args.act.is_some() {
        let schedule = match known {
            Some(one) => one.schedule.clone(),
            // By hand reports are made under any name.
            None if args.schedule == BY_HAND || is_kept(app, &args.schedule).await? => {
                manual(args)?
            }
            None => {
                let codes = schedules(app, &world).into_iter().map(|one| one.code.to_owned());
                let codes: Vec<String> = codes.collect();
                let known = if codes.is_empty() { "none".to_owned() } else { codes.join(", ") };
                bail!("--schedule: there is no schedule {}; there are: {known}", args.schedule);
            }
        };
        let reader = args.recipient.as_ref().map(|code| {
            let known = world.recipients.get(code);
            known.with_context(|| format!("--recipient: there is no recipient {code}"))
        });
        let reader = reader.transpose()?.map(|known| (&*known.code, &known.record));
        let ask = Ask::of(&args.schedule, &schedule);
        let language = reader.is_none().then_some(args.language);
        let shown = preview(app, &ask, reader, (as_of, known_at), (args.format, language)).await?;
        out.write_all(&shown)?;
        return Ok(());
    }
    let schedule = manual(args)?;
    let ask = Ask::of(&args.schedule, &schedule);
    let mut outcome = make(app, data, &ask, as_of, known_at).await?;
    outcome.files.extend(in_language(app, data, &ask, as_of, args.language).await?);
    if !outcome.is_new {
        writeln!(out, "This report was made before; nothing was changed.")?;
    }
    if outcome.files.is_empty() {
        writeln!(out, "The store is encrypted: it keeps the report, and no file is written.")?;
    }
    for path in &outcome.files {
        writeln!(out, "{}", path.display())?;
    }
    Ok(())
}

/// Was a report made under this name?
async fn is_kept(app: &App, name: &str) -> anyhow::Result<bool> {
    Ok(app.store.report_before(name, "", DateTime::<Utc>::MAX_UTC).await?.is_some())
}

/// A schedule for this one time.
fn manual(args: &ReportArgs) -> anyhow::Result<Schedule> {
    let fields = json!({
        "cron": NEVER_ASKED, "time_zone": "UTC", "period_days": args.period_days, "clearance": args.clearance,
    });
    typed(&fields).map_err(|problems| anyhow!("{problems}"))
}

/// The end of a day, or an instant.
fn moment(text: Option<&str>, option: &str) -> anyhow::Result<Option<DateTime<Utc>>> {
    let parse = |text: &str| text.parse::<Moment>().with_context(|| option.to_owned());
    Ok(text.map(parse).transpose()?.map(Moment::end))
}
