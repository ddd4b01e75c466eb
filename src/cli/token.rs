//! `passage token`: makes, lists and revokes tokens.

use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::bail;
use chrono::Days;
use clap::Subcommand;

use crate::app::open_store;
use crate::clock::Clock;
use crate::domain::Role;

/// What `token` takes.
#[derive(Debug, clap::Args)]
pub(super) struct TokenArgs {
    /// The data folder.
    #[arg(long, value_name = "DIR", global = true, default_value = "data")]
    data: PathBuf,
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// Makes a token; its secret is shown this once.
    Create {
        /// viewer, coordinator or admin.
        #[arg(long)]
        role: Role,
        /// Whose it is.
        #[arg(long)]
        name: String,
        /// For how many days it holds; left out, until it is revoked.
        #[arg(long, value_name = "N")]
        days: Option<u64>,
    },
    /// Lists tokens, without their secrets.
    List,
    /// Revokes a token.
    Revoke {
        /// The part before the dot.
        id: String,
    },
}

pub(super) async fn run(
    args: TokenArgs,
    config: Option<PathBuf>,
    out: &mut dyn Write,
) -> anyhow::Result<ExitCode> {
    if !args.data.is_dir() {
        bail!("there is no data folder {}", args.data.display());
    }
    let settings = super::settings(config, Some(&args.data))?;
    let store = open_store(&args.data, &settings)?;
    let now = Clock::Wall.recorded_at();
    match args.action {
        Action::Create { role, name, days } => {
            let expires_at = days.and_then(|days| now.checked_add_days(Days::new(days)));
            let token = crate::token::create(&*store, &name, role, expires_at, now).await?;
            writeln!(out, "{token}")?;
        }
        Action::List => {
            writeln!(out, "{:<18} {:<12} {:<12} {:<12} name", "id", "role", "made", "state")?;
            for token in store.tokens().await? {
                let expired = token.expires_at.is_some_and(|end| end <= now);
                let state = if token.revoked_at.is_some() {
                    "revoked"
                } else if expired {
                    "expired"
                } else {
                    "holds"
                };
                let made = token.created_at.date_naive();
                writeln!(
                    out,
                    "{:<18} {:<12} {made:<12} {state:<12} {}",
                    token.id,
                    token.role.as_str(),
                    token.name
                )?;
            }
        }
        Action::Revoke { id } => {
            if !store.revoke_token(&id, now).await? {
                bail!("there is no token {id} that still holds");
            }
            writeln!(out, "revoked {id}")?;
        }
    }
    Ok(ExitCode::SUCCESS)
}
