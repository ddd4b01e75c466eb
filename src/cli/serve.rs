//! `passage serve`: the server on a data folder.

use std::io::Write;
use std::panic::AssertUnwindSafe;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use actix_web::rt::spawn;
use actix_web::rt::task::JoinHandle;
use anyhow::Context;
use futures_util::FutureExt;
use serde_json::{Map, json};

use super::standing::BY;
use crate::api;
use crate::app::{App, STORE_FILE};
use crate::config::Settings;
use crate::domain::{Role, Standing};
use crate::folder::Lock;
use crate::jobs::deliver::Deliverers;
use crate::jobs::report::FOLDER as REPORTS;
use crate::jobs::{import, look, outbox, schedule, upkeep};
use crate::keeping::disk;
use crate::pulse::Task;
use crate::token::{NewToken, USUAL_DAYS, in_days};

/// How often what other programs wrote to the same file is looked for.
const CATCH_UP: Duration = Duration::from_secs(1);

/// How long after a task broke off it begins anew.
const PAUSE: Duration = Duration::from_secs(10);

/// How often it is looked whether the data is still there.
const WATCH: Duration = Duration::from_millis(100);

/// What `serve` takes.
#[derive(Debug, clap::Args)]
pub(super) struct ServeArgs {
    /// The data folder; it is made if it is not there.
    #[arg(long, value_name = "DIR")]
    data: PathBuf,
    /// Address and port; port 0 takes a free one.
    #[arg(long)]
    listen: Option<String>,
    /// Lives at this time instead of the true one.
    #[arg(long, value_name = "DAY")]
    now: Option<String>,
    /// Prints one JSON line when ready.
    #[arg(long)]
    json: bool,
}

pub(super) async fn run(
    args: ServeArgs,
    config: Option<PathBuf>,
    out: &mut dyn Write,
) -> anyhow::Result<ExitCode> {
    std::fs::create_dir_all(&args.data)
        .with_context(|| format!("cannot make {}", args.data.display()))?;
    let _alone = Lock::take(&args.data)?;
    let settings = super::settings(config, Some(&args.data))?;
    remove_leftovers(&args.data, &settings);
    let listen = args.listen.unwrap_or_else(|| settings.server.listen.clone());
    let app = Arc::new(App::build(&args.data, super::clock(args.now.as_deref())?, settings).await?);
    let mut secrets = Secrets::default();
    if app.store.tokens().await?.is_empty() {
        secrets.tokens.insert(
            "admin".to_owned(),
            make_token(&app, Standing::usual(Role::Admin)).await?.into(),
        );
    }
    start(&app, &args.data, &listen, false, &secrets, args.json, out).await
}

/// What is shown once, at the start.
#[derive(Default)]
pub(super) struct Secrets {
    /// Tokens for programs, by their names.
    pub(super) tokens: Map<String, serde_json::Value>,
    /// Passwords of people, by their login names.
    pub(super) logins: Map<String, serde_json::Value>,
}

/// Removes what was left half-done where the server writes: in its folder, that of reports, and those of recipients.
fn remove_leftovers(data: &Path, settings: &Settings) {
    let shelf = data.join(&settings.folder.root);
    let recipients = std::fs::read_dir(shelf).into_iter().flatten().flatten();
    let folders = recipients.map(|entry| entry.path()).filter(|path| path.is_dir());
    for folder in [data.to_owned(), data.join(REPORTS)].into_iter().chain(folders) {
        if folder.is_dir()
            && let Err(fault) = disk::remove_leftovers(&folder)
        {
            tracing::error!(error = %fault, folder = %folder.display(), "What was left half-done could not be removed");
        }
    }
}

/// Makes a token named after its role.
pub(super) async fn make_token(app: &App, standing: Standing) -> anyhow::Result<String> {
    let now = app.clock.recorded_at();
    let name = standing.role.to_string();
    let new = NewToken { name, standing, expires_at: in_days(now, USUAL_DAYS), by: BY.to_owned() };
    Ok(crate::token::create(&*app.store, &app.token_key, new, now).await?)
}

/// Serves until it is told to stop.
pub(super) async fn start(
    app: &Arc<App>,
    data: &Path,
    listen: &str,
    open_reading: bool,
    secrets: &Secrets,
    as_json: bool,
    out: &mut dyn Write,
) -> anyhow::Result<ExitCode> {
    let _watched = watch(data)?;
    import::settle(app).await?;
    let deliverers = Arc::new(Deliverers::of(&app.settings, data)?);
    let serving = api::serve(app, listen, open_reading)
        .with_context(|| format!("cannot listen on {listen}"))?;
    let scheme = if serving.secure { "https" } else { "http" };
    let address = format!("{scheme}://{}", serving.listening);
    if as_json {
        let Secrets { tokens, logins } = secrets;
        let told = json!({ "listening": address, "tokens": tokens, "logins": logins });
        writeln!(out, "{told}")?;
    } else {
        announce(&address, data, open_reading, secrets, out)?;
    }
    out.flush()?;
    let jobs = jobs(app, data, &deliverers);
    serving.server.await?;
    jobs.iter().for_each(JoinHandle::abort);
    Ok(ExitCode::SUCCESS)
}

/// What is done beside answering, for as long as the server runs.
fn jobs(app: &Arc<App>, data: &Path, deliverers: &Arc<Deliverers>) -> Vec<JoinHandle<()>> {
    let beat = |task| Some((Arc::clone(app), task));
    let (own, data, ways) = (|| Arc::clone(app), data.to_owned(), Arc::clone(deliverers));
    let [caught_up, kept, reported, looked, delivered] = [own(), own(), own(), own(), own()];
    vec![
        spawn(again_and_again("catching up", None, move || catch_up(Arc::clone(&caught_up)))),
        spawn(again_and_again("upkeep", None, move || upkeep::run_forever(Arc::clone(&kept)))),
        spawn(again_and_again("reporting", beat(Task::Schedule), move || {
            schedule::run_forever(Arc::clone(&reported), data.clone())
        })),
        spawn(again_and_again("looking for alerts", beat(Task::Look), move || {
            look::run_forever(Arc::clone(&looked))
        })),
        spawn(again_and_again("delivering", beat(Task::Deliver), move || {
            outbox::run_forever(Arc::clone(&delivered), Arc::clone(&ways))
        })),
    ]
}

/// Begins anew after a while what panicked, so that nothing stops in silence.
async fn again_and_again<F: Future<Output = ()>>(
    what: &str,
    task: Option<(Arc<App>, Task)>,
    begin: impl Fn() -> F,
) {
    while AssertUnwindSafe(begin()).catch_unwind().await.is_err() {
        if let Some((app, task)) = &task {
            app.pulse.note_broken(*task);
        }
        tracing::error!("The task of {what} broke off and begins anew");
        tokio::time::sleep(PAUSE).await;
    }
}

/// Ends the process when its data is gone: wiped, or moved away. What is in memory must not be served on. The
/// watch ends when what it gives is dropped.
fn watch(data: &Path) -> std::io::Result<Arc<()>> {
    let store = data.join(STORE_FILE);
    let watched = Arc::new(());
    let serving = Arc::downgrade(&watched);
    let look = move || {
        while store.exists() {
            std::thread::sleep(WATCH);
        }
        if serving.strong_count() > 0 {
            tracing::error!("The data is gone from {}: stopping", store.display());
            std::process::exit(1);
        }
    };
    std::thread::Builder::new().name("watch".to_owned()).spawn(look)?;
    Ok(watched)
}

async fn catch_up(app: Arc<App>) {
    loop {
        tokio::time::sleep(CATCH_UP).await;
        if let Err(fault) = app.situations.catch_up().await {
            tracing::error!(error = %fault, "The read model could not be brought up to date");
        }
    }
}

fn announce(
    address: &str,
    data: &Path,
    open_reading: bool,
    Secrets { tokens, logins }: &Secrets,
    out: &mut dyn Write,
) -> std::io::Result<()> {
    writeln!(out, "Passage listens on {address}")?;
    writeln!(out, "  docs     {address}/docs/")?;
    writeln!(out, "  data     {}", data.display())?;
    if open_reading {
        writeln!(out, "  reading  needs no token here")?;
    }
    for (login, password) in logins {
        writeln!(out, "  log in   as {login}, password {}", password.as_str().unwrap_or_default())?;
    }
    for (role, token) in tokens {
        writeln!(out, "  {role:<11} {}", token.as_str().unwrap_or_default())?;
    }
    if !tokens.is_empty() {
        writeln!(
            out,
            "These tokens are shown this once; send one as Authorization: Bearer TOKEN."
        )?;
    }
    Ok(())
}
