//! `passage deliveries`: what waits, what was delivered, what could not be; and the secret that a receiver checks with.

use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::bail;
use uuid::Uuid;

use crate::app::open_store;
use crate::clock::Clock;
use crate::domain::{Channel, Kind, Recipient, Sensitivity, typed};
use crate::jobs::deliver::webhook::secret;
use crate::jobs::outbox::{NotAgain, try_again};
use crate::keys::{Keys, Purpose};
use crate::store::{Cut, Delivery, DeliveryQuery, DeliveryState, Dismissal, Reference, Store};

/// What `deliveries` takes.
#[derive(Debug, clap::Args)]
pub(super) struct DeliveriesArgs {
    /// The data folder.
    #[arg(long, value_name = "DIR")]
    data: PathBuf,
    /// Only those: waiting, delivered, failed or dismissed.
    #[arg(long, value_name = "STATE")]
    state: Option<DeliveryState>,
    /// Only those to this recipient.
    #[arg(long, value_name = "CODE")]
    recipient: Option<String>,
    /// How many, the latest first.
    #[arg(long, value_name = "COUNT", default_value_t = 50)]
    limit: usize,
    /// Lets a failed one be tried again, by its id; may be given several times.
    #[arg(long, value_name = "ID")]
    retry: Vec<Uuid>,
    /// Decides that a failed one is not sent, by its id; may be given several times.
    #[arg(long, value_name = "ID", requires = "reason", conflicts_with = "retry")]
    dismiss: Vec<Uuid>,
    /// Why; the ledger keeps it.
    #[arg(long, requires = "dismiss")]
    reason: Option<String>,
    /// Who; the ledger keeps it.
    #[arg(long, default_value = "operator")]
    by: String,
    /// Prints the secret that this recipient, a webhook, checks the signatures of calls with, and nothing else.
    #[arg(long, value_name = "CODE", conflicts_with_all = ["state", "recipient", "retry", "dismiss"])]
    secret_of: Option<String>,
}

pub(super) async fn run(
    args: DeliveriesArgs,
    config: Option<PathBuf>,
    out: &mut dyn Write,
) -> anyhow::Result<ExitCode> {
    super::must_hold_data(&args.data)?;
    let settings = super::settings(config, Some(&args.data))?;
    let store = open_store(&args.data, &settings)?;
    if let Some(code) = &args.secret_of {
        must_be_called(&*store, code).await?;
        let key = Keys::of(&args.data).key(Purpose::Webhook)?;
        writeln!(out, "{}", secret(&key, code))?;
        return Ok(ExitCode::SUCCESS);
    }
    for id in &args.retry {
        retry(&*store, *id, out).await?;
    }
    for id in &args.dismiss {
        dismiss(&*store, *id, &args, out).await?;
    }
    if args.retry.is_empty() && args.dismiss.is_empty() {
        let DeliveriesArgs { state, recipient, limit, .. } = args;
        let query = DeliveryQuery { state, recipient, after: None, limit };
        let found = store.deliveries(query, OPERATOR).await?;
        found.iter().try_for_each(|delivery| show(delivery, out))?;
        writeln!(out, "{}", counts(&*store).await?)?;
    }
    Ok(ExitCode::SUCCESS)
}

/// Whoever has the data folder may know all that is in it.
const OPERATOR: Sensitivity = Sensitivity::StrictlyConfidential;

async fn retry(store: &dyn Store, id: Uuid, out: &mut dyn Write) -> anyhow::Result<()> {
    match try_again(store, id, Clock::Wall.recorded_at(), OPERATOR).await? {
        Ok(()) => Ok(writeln!(out, "{id} waits again")?),
        Err(NotAgain::NoSuch) => bail!("--retry: there is no delivery {id}"),
        Err(NotAgain::Refused(why)) => bail!("--retry: {id} is not tried again: {why}"),
    }
}

async fn dismiss(
    store: &dyn Store,
    id: Uuid,
    args: &DeliveriesArgs,
    out: &mut dyn Write,
) -> anyhow::Result<()> {
    let reason = args.reason.clone().unwrap_or_default();
    if reason.trim().is_empty() {
        bail!("--reason must say why");
    }
    let (actor, at) = (args.by.clone(), Clock::Wall.recorded_at());
    let dismissal = Dismissal { id, actor, reason, at, level: OPERATOR };
    if !store.dismiss_delivery(dismissal).await? {
        bail!("--dismiss: there is no failed delivery {id}");
    }
    Ok(writeln!(out, "{id} is dismissed")?)
}

/// Refuses a recipient that is not there, or is not called: it has no use for a secret.
async fn must_be_called(store: &dyn Store, code: &str) -> anyhow::Result<()> {
    let cut = Cut { as_of: None, known_at: chrono::DateTime::<chrono::Utc>::MAX_UTC };
    let reference = Reference::Code(code.to_owned());
    let all = crate::domain::Clearance::ALL;
    let stored = store.record(Kind::Recipient, &reference, cut, &all).await?;
    let body = serde_json::from_str(&stored.body)?;
    let recipient = typed::<Recipient>(&body).map_err(|problems| anyhow::anyhow!("{problems}"))?;
    if recipient.channel != Channel::Webhook {
        bail!("--secret-of: {code} is told by {}, which has no secret", recipient.channel);
    }
    Ok(())
}

/// A line for each; why it failed below it. Where to is not shown: a screen is seen by others.
fn show(delivery: &Delivery, out: &mut dyn Write) -> std::io::Result<()> {
    let Delivery { id, recipient, channel, made_at, progress, report, .. } = delivery;
    let what = report.as_ref().map_or_else(
        || "alerts".to_owned(),
        |(schedule, end)| format!("report {schedule} of {}", end.format("%Y-%m-%d %H:%M")),
    );
    let made = made_at.format("%Y-%m-%d %H:%M");
    writeln!(
        out,
        "{made}  {:<9}  {id}  {recipient} by {channel}: {what}",
        progress.state.as_str()
    )?;
    if let Some(problem) = &progress.problem {
        let next = progress.next_at.map_or_else(String::new, |at| {
            format!("; next try {}", at.format("%Y-%m-%d %H:%M:%S UTC"))
        });
        writeln!(out, "    attempt {}: {problem}{next}", progress.attempts)?;
    }
    Ok(())
}

async fn counts(store: &dyn Store) -> anyhow::Result<String> {
    let counts = store.delivery_counts(None, OPERATOR).await?;
    let of = |state| counts.iter().find(|(of, _)| *of == state).map_or(0, |(_, count)| *count);
    let each: Vec<String> =
        DeliveryState::ALL.iter().map(|state| format!("{} {state}", of(*state))).collect();
    Ok(format!("{} in all.", each.join(", ")))
}
