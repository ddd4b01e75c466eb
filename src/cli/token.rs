//! `passage token`: makes, lists, changes and revokes tokens.

use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::bail;
use chrono::{DateTime, Utc};
use clap::Subcommand;

use super::standing::{BY, HEADING, StandingArgs, columns, expiry};
use crate::app::{adopt_tokens, open_store, token_key};
use crate::clock::Clock;
use crate::domain::Text;
use crate::store::{Store, Token};
use crate::token::{MOST_DAYS, NewToken, USUAL_DAYS};

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
        #[command(flatten)]
        standing: StandingArgs,
        /// Whose it is.
        #[arg(long)]
        name: Text,
        /// For how many days it holds, 366 at most.
        #[arg(long, value_name = "N", default_value_t = USUAL_DAYS)]
        days: u64,
    },
    /// Lists tokens, without their secrets.
    List,
    /// Gives a token another name, role, clearance and organisation; it holds as long as before unless --days says so.
    Change {
        /// The part before the dot.
        id: String,
        #[command(flatten)]
        standing: StandingArgs,
        /// Whose it is; left out, as before.
        #[arg(long)]
        name: Option<Text>,
        /// For how many days from now it holds, 366 at most.
        #[arg(long, value_name = "N")]
        days: Option<u64>,
    },
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
    let store = &*open_store(&args.data, &settings)?;
    let key = token_key(&args.data)?;
    adopt_tokens(store, &key).await?;
    let now = Clock::Wall.recorded_at();
    match args.action {
        Action::Create { standing, name, days } => {
            let standing = standing.checked(store).await?;
            let (expires_at, by) = (expiry(now, days, MOST_DAYS)?, BY.to_owned());
            let new = NewToken { name: name.to_string(), standing, expires_at, by };
            writeln!(out, "{}", crate::token::create(store, &key, new, now).await?)?;
        }
        Action::List => list(store, now, out).await?,
        Action::Change { id, standing, name, days } => {
            let standing = standing.checked(store).await?;
            let Some(before) = store.token(&id).await? else { bail!("there is no token {id}") };
            let expires_at = days.map(|days| expiry(now, days, MOST_DAYS)).transpose()?;
            let expires_at = expires_at.unwrap_or(before.expires_at);
            let name = name.map_or_else(|| before.name.clone(), |name| name.to_string());
            if !store.change_token(Token { name, standing, expires_at, ..before }, BY, now).await? {
                bail!("there is no token {id} that still holds");
            }
            writeln!(out, "changed {id}")?;
        }
        Action::Revoke { id } => {
            if !store.revoke_token(&id, BY, now).await? {
                bail!("there is no token {id} that still holds");
            }
            writeln!(out, "revoked {id}")?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

async fn list(store: &dyn Store, now: DateTime<Utc>, out: &mut dyn Write) -> anyhow::Result<()> {
    writeln!(out, "{:<18} {HEADING} {:<12} {:<9} name", "id", "until", "state")?;
    for token in store.tokens().await? {
        let state = if token.revoked_at.is_some() {
            "revoked"
        } else if token.expires_at <= now {
            "expired"
        } else {
            "holds"
        };
        let (standing, until) = (columns(&token.standing), token.expires_at.date_naive());
        writeln!(out, "{:<18} {standing} {until:<12} {state:<9} {}", token.id, token.name)?;
    }
    Ok(())
}
