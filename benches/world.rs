//! `make bench`: the targets side by side with what was measured, in one run, on a generated world.
//!
//! Believe ratios taken in one run, never single times. `PASSAGE_BENCH_CONVOYS` and `PASSAGE_BENCH_SECONDS`
//! make it smaller.

#![expect(
    clippy::print_stdout,
    clippy::cast_precision_loss,
    clippy::cast_possible_wrap,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::too_many_lines,
    reason = "a bench prints rough numbers, question after question"
)]

#[path = "parts/generate.rs"]
mod generate;
#[path = "parts/load.rs"]
mod load;
#[path = "parts/raw.rs"]
mod raw;

use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use passage::api;
use passage::app::App;
use passage::clock::Clock;
use passage::config::Settings;
use passage::domain::record::Role;

use crate::load::{Measured, Request, measure};

/// How many areas the world has.
const AREAS: usize = 5_000;

fn number(name: &str, default: usize) -> usize {
    #[expect(clippy::disallowed_methods, reason = "a bench has no settings file")]
    let given = std::env::var(name).ok();
    given.and_then(|text| text.parse().ok()).unwrap_or(default)
}

fn main() {
    let convoys = number("PASSAGE_BENCH_CONVOYS", 1_000_000);
    let seconds = Duration::from_secs(number("PASSAGE_BENCH_SECONDS", 4) as u64);
    let folder = tempfile::tempdir().expect("a temporary folder");
    let mut table = Table::default();
    println!("{AREAS} areas, {convoys} convoys, {seconds:?} a measurement");

    let raw = raw::insert_convoys(&folder.path().join("raw.sqlite"), convoys, false);
    let raw_all = raw::insert_convoys(&folder.path().join("raw-all.sqlite"), convoys, true);
    let data = folder.path().join("data");
    std::fs::create_dir(&data).expect("a data folder");
    let system = actix_web::rt::System::new();
    let (imported, growth_mib) = system.block_on(generate::fill(&data, AREAS, convoys));
    table.row("P6 import, convoy rows a second", "≥ 35 % of raw rows", &percent(imported, raw));
    table.row("P6 import, all rows and bytes", "≥ 80 % of raw", &percent(imported, raw_all));
    table.row("P6 memory growth of the import", "≤ 64 MiB", &format!("{growth_mib:.0} MiB"));

    let begun = Instant::now();
    let app = system.block_on(build(&data));
    let ready = begun.elapsed();
    table.row("P11 ready after start", "≤ 1.5 s", &format!("{:.2} s", ready.as_secs_f64()));
    table.row("P11 memory, idle", "–", &format!("{:.0} MiB PSS", load::pss_mib()));
    system.block_on(serve_and_measure(app, seconds, convoys, folder.path(), &mut table));
    table.row("P11 memory, after load", "≤ 300 MiB", &format!("{:.0} MiB PSS", load::pss_mib()));
    table.print();
}

async fn build(data: &Path) -> Arc<App> {
    let one_worker = "[server]\nworkers = 1\n[log]\nfilter = 'error'";
    let settings = Settings::layered("bench", one_worker, std::iter::empty()).expect("settings");
    Arc::new(App::build(data, Clock::Wall, settings).await.expect("the world is read"))
}

async fn serve_and_measure(
    app: Arc<App>,
    seconds: Duration,
    convoys: usize,
    folder: &Path,
    table: &mut Table,
) {
    let now = app.clock.recorded_at();
    let token = passage::token::create(&*app.store, "bench", Role::Admin, None, now)
        .await
        .expect("a token");
    let serving = api::serve(&app, "127.0.0.1:0", false).expect("a port");
    let (hello_address, hello) = load::hello_server();
    let (address, handle) = (serving.listening, serving.server.handle());
    let hello_handle = hello.handle();
    let commits = raw::commits_a_second(&folder.join("commits.sqlite"), seconds);
    let client = std::thread::spawn(move || {
        let rows = questions(address, hello_address, &token, seconds, convoys, commits);
        actix_web::rt::System::new().block_on(async {
            handle.stop(false).await;
            hello_handle.stop(false).await;
        });
        rows
    });
    let (served, greeted) = futures_util::future::join(serving.server, hello).await;
    served.and(greeted).expect("the servers stop");
    for (name, target, measured) in client.join().expect("the client ends") {
        table.row(&name, &target, &measured);
    }
}

type Row = (String, String, String);

fn questions(
    address: std::net::SocketAddr,
    hello: std::net::SocketAddr,
    token: &str,
    seconds: Duration,
    convoys: usize,
    commits: f64,
) -> Vec<Row> {
    const CLIENTS: usize = 32;
    let get = |path: &str| Request::get(address, token, path);
    let mut rows = Vec::new();
    let greeted = measure(CLIENTS, seconds, |_| Request::get(hello, "", "/hello"));
    let mut row = |name: &str, target: &str, measured: &Measured| {
        let share = format!(
            "{measured}; {:.1} % of hello",
            100.0 * measured.per_second() / greeted.per_second()
        );
        rows.push((name.to_owned(), target.to_owned(), share));
    };
    row("hello, a do-nothing route", "–", &greeted);
    let fresh = measure(CLIENTS, seconds, |n| {
        get(&format!(
            "/api/v1/convoys?area=A{:04}&limit=100&from=2016-01-{:02}",
            n % AREAS,
            n / AREAS % 28 + 1
        ))
    });
    row("P1 filtered list of 100, never asked before", "≥ 8 %", &fresh);
    row(
        "P2 the same list again",
        "≥ 45 %",
        &measure(CLIENTS, seconds, |_| get("/api/v1/convoys?area=A0007&limit=100")),
    );
    let etag = load::etag_of(&get("/api/v1/convoys?area=A0007&limit=100"));
    row(
        "P3 304 on If-None-Match",
        "≥ 80 %",
        &measure(CLIENTS, seconds, |_| {
            get("/api/v1/convoys?area=A0007&limit=100").with("If-None-Match", &etag)
        }),
    );
    row(
        "P4 one convoy by code",
        "≥ 25 %",
        &measure(CLIENTS, seconds, |n| {
            get(&format!("/api/v1/convoys/CV-{:07}", n * 7919 % convoys))
        }),
    );
    row("P8 totals", "≤ 2 ms CPU", &measure(1, seconds, |_| get("/api/v1/totals?scheme=un")));
    row(
        "P8 coverage of all areas",
        "does not grow with convoys",
        &measure(1, seconds, |_| get("/api/v1/coverage?from=2025-12-01&to=2025-12-30")),
    );
    row("   alerts", "–", &measure(1, seconds, |_| get("/api/v1/alerts")));
    for clients in [1, 32, 128] {
        let posted = measure(clients, seconds, |_| {
            Request::post(address, token, "/api/v1/convoys", &generate::two_drops_six_lines())
        });
        let target = match clients {
            1 => "–",
            32 => "≥ 1.1 × commits",
            _ => "≥ 1.3 ×; p99 ≤ 100 ms",
        };
        let share = format!(
            "{posted}; {:.2} × {commits:.0} one-row commits/s",
            posted.per_second() / commits
        );
        rows.push((format!("P5 posts, {clients} clients"), target.to_owned(), share));
    }
    let alone =
        measure(8, seconds, |n| get(&format!("/api/v1/convoys?area=A{:04}&limit=100", n % AREAS)));
    let poster = {
        let token = token.to_owned();
        std::thread::spawn(move || {
            measure(32, seconds, |_| {
                Request::post(address, &token, "/api/v1/convoys", &generate::two_drops_six_lines())
            })
        })
    };
    let beside =
        measure(8, seconds, |n| get(&format!("/api/v1/convoys?area=A{:04}&limit=100", n % AREAS)));
    let written = poster.join().expect("the poster ends");
    let ratio = beside.p99().as_secs_f64() / alone.p99().as_secs_f64();
    rows.push((
        "P10 list p99 while posting".to_owned(),
        "≤ 3 × alone".to_owned(),
        format!("{ratio:.1} × ({:?} beside {:.0} posts/s)", beside.p99(), written.per_second()),
    ));
    rows
}

fn percent(part: f64, whole: f64) -> String {
    format!("{part:.0}/s, {:.0} % of {whole:.0}/s", 100.0 * part / whole)
}

/// What is printed at the end.
#[derive(Default)]
struct Table(Vec<Row>);

impl Table {
    fn row(&mut self, name: &str, target: &str, measured: &str) {
        println!("… {name}: {measured}");
        self.0.push((name.to_owned(), target.to_owned(), measured.to_owned()));
    }

    fn print(&self) {
        println!("\n| operation | target | measured |\n|---|---|---|");
        for (name, target, measured) in &self.0 {
            println!("| {name} | {target} | {measured} |");
        }
    }
}
