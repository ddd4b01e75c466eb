//! `passage user`: adds, lists, changes and disables people who log in with a password.

use std::io::{BufRead, IsTerminal, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Context, bail};
use chrono::{DateTime, Utc};
use clap::Subcommand;

use super::standing::{BY, HEADING, StandingArgs, columns, expiry};
use crate::app::open_store;
use crate::clock::Clock;
use crate::domain::{Standing, Text};
use crate::people::{self, NewUser, password};
use crate::store::{Store, User, UserChange};

/// How long a person may be let in for, some hundred years; left out it has no end.
const MOST_DAYS: u64 = 36_600;

/// What `user` takes.
#[derive(Debug, clap::Args)]
pub(super) struct UserArgs {
    /// The data folder.
    #[arg(long, value_name = "DIR", global = true, default_value = "data")]
    data: PathBuf,
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// Adds a person. The password is asked for, or read as one line where it does not come from a terminal.
    Create {
        /// The name they log in with.
        login: String,
        /// The name that is shown.
        #[arg(long)]
        name: Text,
        #[command(flatten)]
        standing: StandingArgs,
        /// For how many days they may come in; left out, until they are disabled.
        #[arg(long, value_name = "N")]
        days: Option<u64>,
        /// They need not choose another password: they typed this one themselves.
        #[arg(long)]
        own_password: bool,
    },
    /// Lists people.
    List,
    /// Gives a person another name, role, clearance and organisation; their sessions end.
    Change {
        /// The name they log in with, or their id.
        login: String,
        #[command(flatten)]
        standing: StandingArgs,
        /// The name that is shown; left out, as before.
        #[arg(long)]
        name: Option<Text>,
        /// For how many days from now they may come in; left out, as before.
        #[arg(long, value_name = "N")]
        days: Option<u64>,
    },
    /// Gives a person another password, asked for as with create; their sessions end.
    Password {
        /// The name they log in with, or their id.
        login: String,
        /// They need not choose another password: they typed this one themselves.
        #[arg(long)]
        own_password: bool,
    },
    /// Lets a person in no more; their sessions end.
    Disable {
        /// The name they log in with, or their id.
        login: String,
    },
    /// Lets a person in again.
    Enable {
        /// The name they log in with, or their id.
        login: String,
    },
}

pub(super) async fn run(
    args: UserArgs,
    config: Option<PathBuf>,
    out: &mut dyn Write,
) -> anyhow::Result<ExitCode> {
    if !args.data.is_dir() {
        bail!("there is no data folder {}", args.data.display());
    }
    let settings = super::settings(config, Some(&args.data))?;
    let store = &*open_store(&args.data, &settings)?;
    let now = Clock::Wall.recorded_at();
    let (login, change, word) = match args.action {
        Action::List => {
            list(store, now, out).await?;
            return Ok(ExitCode::SUCCESS);
        }
        Action::Create { login, name, standing, days, own_password } => {
            let standing = standing.checked(store).await?;
            let user =
                create(store, (&login, name.to_string()), standing, (days, own_password), now)
                    .await?;
            writeln!(out, "added {} as {}", user.login, user.id)?;
            return Ok(ExitCode::SUCCESS);
        }
        Action::Change { login, standing, name, days } => {
            let standing = standing.checked(store).await?;
            let before = found(store, &login).await?;
            let expires_at =
                days.map(|days| expiry(now, days, MOST_DAYS)).transpose()?.or(before.expires_at);
            let name = name.map_or(before.name, |name| name.to_string());
            (login, UserChange::Details { name, standing, expires_at }, "changed")
        }
        Action::Password { login, own_password } => {
            let hash = asked(&found(store, &login).await?.login)?;
            let change = UserChange::Password { hash, must_change: !own_password };
            (login, change, "changed the password of")
        }
        Action::Disable { login } => (login, UserChange::Disable, "disabled"),
        Action::Enable { login } => (login, UserChange::Enable, "enabled"),
    };
    let before = found(store, &login).await?;
    store.change_user(&before.id, change, BY, now).await?;
    writeln!(out, "{word} {}", before.login)?;
    Ok(ExitCode::SUCCESS)
}

async fn create(
    store: &dyn Store,
    (login, name): (&str, String),
    standing: Standing,
    (days, own_password): (Option<u64>, bool),
    now: DateTime<Utc>,
) -> anyhow::Result<User> {
    let login = people::login_name(login)?;
    let expires_at = days.map(|days| expiry(now, days, MOST_DAYS)).transpose()?;
    let password_hash = asked(&login)?;
    let (must_change_password, by) = (!own_password, BY.to_owned());
    let new =
        NewUser { login, name, standing, password_hash, must_change_password, expires_at, by };
    people::add(store, new, now).await?.context("that login name exists already")
}

async fn found(store: &dyn Store, login: &str) -> anyhow::Result<User> {
    store.user(login).await?.with_context(|| format!("there is no user {login}"))
}

/// Asks for a password, never shown and never on the command line, and gives its hash.
fn asked(login: &str) -> anyhow::Result<String> {
    let password = if std::io::stdin().is_terminal() {
        let first = rpassword::prompt_password(format!("Password for {login}: "))?;
        if rpassword::prompt_password("Once more: ")? != first {
            bail!("the two passwords are not the same");
        }
        first
    } else {
        let mut line = String::new();
        std::io::stdin().lock().read_line(&mut line)?;
        line.trim_end_matches(['\n', '\r']).to_owned()
    };
    if let Err(fault) = password::acceptable(&password, login) {
        bail!("the password {}", fault.rule);
    }
    Ok(password::hash(&password)?)
}

async fn list(store: &dyn Store, now: DateTime<Utc>, out: &mut dyn Write) -> anyhow::Result<()> {
    writeln!(out, "{:<18} {:<20} {HEADING} {:<9} name", "id", "login", "state")?;
    for user in store.users().await? {
        let state = if user.disabled_at.is_some() {
            "disabled"
        } else if !people::may_come_in(&user, now) {
            "expired"
        } else {
            "holds"
        };
        let standing = columns(&user.standing);
        writeln!(out, "{:<18} {:<20} {standing} {state:<9} {}", user.id, user.login, user.name)?;
    }
    Ok(())
}
