//! `passage demo`: starts with real history in it, at the end of 26 July 2016.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

use anyhow::Context;
use serde_json::{Map, Value};

use super::serve::{self, Secrets};
use crate::app::{App, open_store};
use crate::clock::Clock;
use crate::domain::{Role, Standing};
use crate::exchange::import::{self, Options};
use crate::folder::Lock;
use crate::people::{self, NewUser, password};
use crate::store::{Store, UserChange};
use crate::token::random_hex;

/// The day on which the news came that this program was first made for.
const DAY: &str = "2016-07-26";

/// The organisation of the partner's token: the Syrian Arab Red Crescent.
const PARTNER: &str = "SARC";

/// Who can log in to the page.
const PEOPLE: [Role; 2] = [Role::Coordinator, Role::Analyst];

/// Who added them.
const BY: &str = "demo";

/// What it tells was in the papers: everybody may know it.
const USUAL: &str = "[gate]\ncrisis = \"history\"";

/// What `demo` takes.
#[derive(Debug, clap::Args)]
pub(super) struct DemoArgs {
    /// The data folder; left out, a throw-away one.
    #[arg(long, value_name = "DIR")]
    data: Option<PathBuf>,
    /// Address and port; port 0 takes a free one.
    #[arg(long)]
    listen: Option<String>,
    /// Lives at this time; a date means its end, UTC.
    #[arg(long, value_name = "DAY", default_value = DAY)]
    now: String,
    /// Prints one JSON line when ready.
    #[arg(long)]
    json: bool,
}

/// The history of Syria, built in so that the demo needs nothing but the program.
macro_rules! seeds {
    ($($name:literal,)+) => {
        const SEEDS: &[(&str, &str)] = &[$((
            $name,
            include_str!(concat!("../../seeds/syria-2016/", $name)),
        )),+];
    };
}

seeds! {
    "access_requests.csv",
    "area_groups.csv",
    "areas.csv",
    "convoys.accounts.csv",
    "convoys.csv",
    "convoys.drops.csv",
    "convoys.drops.lines.csv",
    "convoys.drops.lines.removals.csv",
    "convoys.events.csv",
    "facilities.csv",
    "incidents.accounts.csv",
    "incidents.csv",
    "incidents.losses.csv",
    "observations.csv",
    "organisations.csv",
    "parties.csv",
    "pauses.accounts.csv",
    "pauses.answers.csv",
    "pauses.csv",
    "pauses.violations.csv",
    "populations.csv",
    "sources.csv",
    "statuses.csv",
    "stocks.csv",
}

pub(super) async fn run(
    args: DemoArgs,
    config: Option<PathBuf>,
    out: &mut dyn Write,
) -> anyhow::Result<ExitCode> {
    let clock = super::clock(Some(&args.now))?;
    let throw_away = args.data.is_none().then(tempfile::tempdir).transpose()?;
    let data = match (&args.data, &throw_away) {
        (Some(data), _) => data.clone(),
        (None, Some(folder)) => folder.path().to_owned(),
        (None, None) => PathBuf::from("."),
    };
    std::fs::create_dir_all(&data).with_context(|| format!("cannot make {}", data.display()))?;
    let _alone = Lock::take(&data)?;
    let settings = super::settings_over(USUAL, config, Some(&data))?;
    let listen = args.listen.unwrap_or_else(|| settings.server.listen.clone());
    load_seeds(&*open_store(&data, &settings)?).await?;
    let app = Arc::new(App::build(&data, clock, settings).await?);
    let mut secrets = Secrets { logins: people(&app).await?, ..Secrets::default() };
    for role in Role::ALL {
        let organisation = (*role == Role::Partner).then(|| PARTNER.parse()).transpose()?;
        let standing = Standing { organisation, ..Standing::usual(*role) };
        secrets.tokens.insert(role.to_string(), serve::make_token(&app, standing).await?.into());
    }
    serve::start(&app, &data, &listen, true, &secrets, args.json, out).await
}

/// People who log in to the page, each with a password that holds until the next start.
async fn people(app: &App) -> anyhow::Result<Map<String, Value>> {
    let password = random_hex::<8>()?;
    let hash = password::hash(&password)?;
    let now = app.clock.recorded_at();
    let mut logins = Map::new();
    for role in PEOPLE {
        let login = role.to_string();
        let new = NewUser {
            login: login.clone(),
            name: format!("Demo {role}"),
            standing: Standing::usual(role),
            password_hash: hash.clone(),
            must_change_password: false,
            expires_at: None,
            by: BY.to_owned(),
        };
        if people::add(&*app.store, new, now).await?.is_none()
            && let Some(before) = app.store.user(&login).await?
        {
            let change = UserChange::Password { hash: hash.clone(), must_change: false };
            app.store.change_user(&before.id, change, BY, now).await?;
        }
        logins.insert(login, password.clone().into());
    }
    Ok(logins)
}

/// Imports the history as it became known; what is there already stays as it is.
async fn load_seeds(store: &dyn Store) -> anyhow::Result<()> {
    let folder = tempfile::tempdir()?;
    write_seeds(folder.path())?;
    let options = Options { as_reported: true, ..Options::by("seeds") };
    let paths = [folder.path().to_owned()];
    import::run(store, &paths, &options, Clock::Wall, &mut |_| ()).await?;
    Ok(())
}

fn write_seeds(folder: &Path) -> std::io::Result<()> {
    SEEDS.iter().try_for_each(|(name, text)| std::fs::write(folder.join(name), text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_of_records_among_the_seeds_is_built_in() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("seeds/syria-2016");
        let mut there: Vec<String> = std::fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .filter(|path| path.extension().is_some_and(|extension| extension == "csv"))
            .map(|path| path.file_name().unwrap().to_str().unwrap().to_owned())
            .filter(|name| name != "keys.csv")
            .collect();
        there.sort();
        let mut built_in: Vec<&str> = SEEDS.iter().map(|(name, _)| *name).collect();
        built_in.sort_unstable();
        assert_eq!(built_in, there);
    }
}
