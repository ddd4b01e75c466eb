//! What a token or a person is given on the command line. Whoever holds the data folder may give anything.

use anyhow::bail;
use chrono::{DateTime, Utc};

use crate::clock::Clock;
use crate::domain::{Clearance, Kind, OrganisationCode, Role, Sensitivity, Standing};
use crate::store::{Cut, Reference, Store, StoreError};
use crate::token::in_days;

/// By whom the auditor is told that something was changed here.
pub(super) const BY: &str = "command line";

/// Role, clearance, organisation.
#[derive(Debug, clap::Args)]
pub(super) struct StandingArgs {
    /// viewer, partner, coordinator, analyst, admin or auditor.
    #[arg(long)]
    role: Role,
    /// The highest level they see: public, internal, confidential or `strictly_confidential`; left out, the usual one.
    #[arg(long)]
    clearance: Option<Sensitivity>,
    /// Code of the organisation whose they are; a partner needs one.
    #[arg(long, value_name = "CODE")]
    organisation: Option<OrganisationCode>,
}

impl StandingArgs {
    pub(super) async fn checked(self, store: &dyn Store) -> anyhow::Result<Standing> {
        let Self { role, clearance, organisation } = self;
        if role == Role::Partner && organisation.is_none() {
            bail!("a partner needs --organisation CODE: whose records are its own");
        }
        if let Some(code) = &organisation {
            exists(store, code).await?;
        }
        Ok(Standing { role, level: clearance.unwrap_or(role.usual_clearance()), organisation })
    }
}

/// Role, clearance and organisation as columns of a list, under [`HEADING`].
pub(super) fn columns(standing: &Standing) -> String {
    let organisation = standing.organisation.as_ref().map_or("-".to_owned(), ToString::to_string);
    let (role, level) = (standing.role.as_str(), standing.level.as_str());
    format!("{role:<12} {level:<22} {organisation:<14}")
}

/// Above [`columns`].
pub(super) const HEADING: &str = "role         clearance              organisation  ";

/// So many days from now.
pub(super) fn expiry(now: DateTime<Utc>, days: u64, most: u64) -> anyhow::Result<DateTime<Utc>> {
    if !(1..=most).contains(&days) {
        bail!("--days must be 1 to {most}, got {days}");
    }
    Ok(in_days(now, days))
}

async fn exists(store: &dyn Store, code: &OrganisationCode) -> anyhow::Result<()> {
    let cut = Cut { as_of: None, known_at: Clock::Wall.known_by(store.newest().await?) };
    let reference = Reference::parse(&code.to_string());
    match store.record(Kind::Organisation, &reference, cut, &Clearance::ALL).await {
        Err(StoreError::NotFound { .. }) => bail!("there is no organisation {code}"),
        other => Ok(other.map(|_| ())?),
    }
}
