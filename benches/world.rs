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

use std::io::{BufRead, BufReader, Read};
use std::net::SocketAddr;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};

use passage::api;
use passage::app::App;
use passage::clock::Clock;
use passage::config::Settings;
use passage::domain::{Role, Standing};
use passage::token::{NewToken, in_days};

use crate::load::{Measured, Request, measure};

/// How many areas the world has.
const AREAS: usize = 5_000;

#[expect(clippy::disallowed_methods, reason = "a bench has no settings file")]
fn text(name: &str) -> Option<String> {
    std::env::var(name).ok()
}

fn number(name: &str, default: usize) -> usize {
    text(name).and_then(|text| text.parse().ok()).unwrap_or(default)
}

fn main() {
    if let Some(data) = text(SERVED) {
        serve(Path::new(&data));
        return;
    }
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

    let mut server = Served::start(&data);
    table.row("P11 ready after start", "≤ 1.5 s", &format!("{:.2} s", server.ready_seconds));
    table.row("P11 memory, idle", "–", &format!("{:.0} MiB PSS", server.pss_mib()));
    let commits = raw::commits_a_second(&folder.path().join("commits.sqlite"), seconds);
    for (name, target, measured) in questions(&server, seconds, convoys, commits) {
        table.row(&name, &target, &measured);
    }
    table.row("P11 memory, after load", "≤ 300 MiB", &format!("{:.0} MiB PSS", server.pss_mib()));
    server.stop();
    table.print();
}

/// Names the data folder of the process that serves, so that its memory is its own.
const SERVED: &str = "PASSAGE_BENCH_SERVED";

/// The process that serves.
struct Served {
    process: Child,
    ready_seconds: f64,
    address: SocketAddr,
    hello: SocketAddr,
    token: String,
}

impl Served {
    fn start(data: &Path) -> Self {
        let mut process = Command::new(std::env::current_exe().expect("this program"))
            .env(SERVED, data)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("the server starts");
        let mut line = String::new();
        let said = process.stdout.as_mut().expect("it speaks");
        BufReader::new(said).read_line(&mut line).expect("it says where it listens");
        let words: Vec<&str> = line.split_whitespace().collect();
        Self {
            ready_seconds: words[0].parse().expect("seconds"),
            address: words[1].parse().expect("an address"),
            hello: words[2].parse().expect("an address"),
            token: words[3].to_owned(),
            process,
        }
    }

    fn pss_mib(&self) -> f64 {
        load::pss_mib(&self.process.id().to_string())
    }

    fn stop(&mut self) {
        drop(self.process.stdin.take());
        self.process.wait().expect("the server stops");
    }
}

/// Serves until its standard input ends.
fn serve(data: &Path) {
    let system = actix_web::rt::System::new();
    let begun = Instant::now();
    let app = system.block_on(build(data));
    let ready = begun.elapsed().as_secs_f64();
    system.block_on(async {
        let now = app.clock.recorded_at();
        let new = NewToken {
            name: "bench".to_owned(),
            standing: Standing::usual(Role::Admin),
            expires_at: in_days(now, 1),
            by: "bench".to_owned(),
        };
        let token =
            passage::token::create(&*app.store, &app.token_key, new, now).await.expect("a token");
        let serving = api::serve(&app, "127.0.0.1:0", false).expect("a port");
        let (hello_address, hello) = load::hello_server();
        println!("{ready} {} {hello_address} {token}", serving.listening);
        let (passage, greeter) = (serving.server.handle(), hello.handle());
        std::thread::spawn(move || {
            std::io::stdin().read_to_end(&mut Vec::new()).expect("the end of the input");
            actix_web::rt::System::new().block_on(async {
                passage.stop(false).await;
                greeter.stop(false).await;
            });
        });
        let (passage_ended, greeter_ended) =
            futures_util::future::join(serving.server, hello).await;
        passage_ended.and(greeter_ended).expect("the servers stop");
    });
}

async fn build(data: &Path) -> Arc<App> {
    let one_worker = "[server]\nworkers = 1\nrequests_per_token = 1000000\nrequests_per_address = 1000000\n[log]\nfilter = 'error'";
    let settings = Settings::layered("bench", one_worker, std::iter::empty()).expect("settings");
    Arc::new(App::build(data, Clock::Wall, settings).await.expect("the world is read"))
}

type Row = (String, String, String);

/// How many clients ask at once, where nothing else is said.
const CLIENTS: usize = 32;

fn questions(server: &Served, seconds: Duration, convoys: usize, commits: f64) -> Vec<Row> {
    let (address, hello, token) = (server.address, server.hello, server.token.as_str());
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
