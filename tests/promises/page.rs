//! The book of results: `docs/promises.jsonl` keeps what was measured, `docs/PROMISES.md` shows it.
#![cfg(test)]

use std::collections::BTreeMap;
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::result::{FILE, variable};

/// A promise: its number, what is promised, how that is tested, where, and how much of it each time.
struct Promise {
    number: &'static str,
    text: &'static str,
    test: &'static str,
    each_submission: &'static str,
    before_a_release: &'static str,
}

impl Promise {
    /// The files of its tests.
    fn places(&self) -> impl Iterator<Item = String> {
        let from_root = |place: &str| {
            if place.starts_with("src/") { place.to_owned() } else { format!("tests/{place}") }
        };
        self.test.split(' ').map(from_root)
    }
}

macro_rules! promises {
    ($($number:literal, $test:literal, $promise:literal, $each:literal, $before:literal;)+) => {
        const PROMISES: &[Promise] = &[$(Promise {
            number: $number,
            text: $promise,
            test: $test,
            each_submission: $each,
            before_a_release: $before,
        },)+];
    };
}

promises! {
    "G1", "promises/kill.rs", "kill -9 at any time, start-up included: 0 acknowledged lost, 0 doubled, what is in doubt settles to one by a retry, the file sound, ready again p99 ≤ 1 s", "200 kills", "10,000 kills";
    "G2", "promises/power.rs", "power cut (unsynced writes dropped, torn, reordered): 0 acknowledged lost, 0 broken files; the same test must fail for `synchronous=NORMAL`", "300 disks", "10,200 disks of 34 logs";
    "G3", "promises/disk_fault.rs", "disk full, read-only, EIO: 507 or 503 as problem+json, reading goes on, 0 false acknowledgements, back ≤ 10 s, a start on a full disk works or says why", "each trouble, 12 single failing writes", "a fault at each of the first 500 writes";
    "G4", "promises/stop.rs", "SIGTERM under load: exit 0 within 15 s, 0 acknowledged lost, new connections refused or 503", "10 stops", "200 stops";
    "G5", "promises/migration.rs", "migration killed at each step: old or new schema whole, never between; a newer file refused with a clear message", "each step × 3", "each step × 50";
    "G6", "promises/soak.rs", "mixed load for long: memory +5 % at most after warm-up, open files flat, WAL ≤ 64 MiB with a long reader, p99 drift ≤ 20 %", "half a minute: file, log and open files", "8 hours";
    "G7", "promises/clock.rs", "clock +3 y, −1 h, +1 h, edges of summer time, leap second: no report missed or doubled, no panic, no order changed", "8 cases, 50 random jumps", "8 cases, 1,000 random jumps";
    "G8", "promises/delivery.rs", "alerts and reports over kill -9, also in the midst of sending, to receivers that fail, hang and break off: all delivered at least once, every copy the same under the same id, repeats after success ≤ kills × messages in flight, no report twice or skipped unsaid; a full disk loses no report", "10 kills", "500 kills, 20,000 events";
    "G9", "promises/simulation.rs", "scheduler, telling and outbox in a simulated world (clock, store, network from a seed): nothing lost, nobody told twice, every end told, in order, no report doubled or skipped unlisted; seeds replay exactly; nine planted mistakes are found", "1,000 seeds", "1,000,000 seeds";
    "G11", "interop/openapi.sh", "schemathesis over every operation with all its checks: 0 server errors, 0 statuses, headers, content types or bodies that /openapi.json does not have", "25 examples each (`.ci/run`)", "2,000 examples each";
    "G14", "server/attack.rs", "slow headers, bodies, readers, idle connections: all cut ≤ 30 s, honest p99 ≤ 500 ms, files return", "200 each", "2,000 each";
    "G15", "server/limits.rs src/api/server/pace/tests.rs", "rate limit: 429 with Retry-After, exact ± 1, memory bounded, not bypassed by X-Forwarded-For", "all", "all, 1 M keys";
    "G16", "promises/same_key.rs", "the same Idempotency-Key 50 times at once: 1 record, 1 id; another body 422; the same after a kill", "5 rounds", "200 rounds";
    "G17", "promises/one_etag.rs", "50 conditional PUTs on one ETag: exactly 1 wins, 49 get 412", "5 rounds", "200 rounds";
    "G18", "server/disk.rs src/api/server/problems.rs", "panic in a handler: 500 to that client only; the writer's death stops the process, non-zero", "injected", "injected";
    "G19", "mutants/run.sh", "mutation testing of gate, masking, suppression, ledger, outbox: ≥ 95 % caught, none missed in the policy", "-", "all";
    "G20", "api/authorisation.rs", "every operation × role × level × bad tokens: 0 leaks; an operation outside the matrix fails the build", "all", "all";
    "G21", "api/gate.rs store/mask.rs", "masked position: the same for 1,000 reads, edits, restarts; bisecting never beats it", "3 points", "100 points";
    "G22", "store/margin.rs", "no published combination lets a count < 5 be derived", "property test", "1 M cases";
    "G23", "api/authorisation.rs", "token compare takes no time that tells: Welch t < 4.5", "each refused", "100,000 samples each";
    "G24", "api/login.rs", "login: known and unknown users alike within 5 ms; locked out after 10; the API stays fast", "all, but alike within a factor of 3 (15 tries)", "all (400 tries)";
    "G25", "report/levels.rs", "what goes out to readers of each level (mail decoded, attachments and workbooks unpacked, webhooks, files, names and subjects): 0 canaries of a higher level", "all", "all";
    "G26", "at_rest/main.rs", "encrypted at rest: 0 canaries in any file; a wrong key fails cleanly", "all", "all";
    "G27", "canary/main.rs", "logs: 0 tokens, passwords, positions, names", "all", "all";
    "G28", "store/tamper.rs keeping/verify.rs", "every kind of tampering with the ledger is found; 1 M entries verified ≤ 10 s", "8 kinds, 2,000 entries", "10,000 tamperings, 1 M entries";
    "G29", "keeping/backup.rs", "backup under load, restored exactly; a damaged one refused", "1 drill", "100 drills";
    "G30", "delivery/guard.rs delivery/webhook.rs src/jobs/deliver/webhook/address.rs", "webhooks: 0 connections to this machine, a private network or a cloud's own service, by any spelling, redirect or name that turns", "all", "all";
    "G31", "exchange/injection.rs exchange/round_trip.rs report/markup.rs", "exports: 0 formula cells, 0 unescaped markup, JSON round-trips exactly", "all", "100,000 strings";
    "G32", "server/tls.rs", "TLS 1.2+ only; client certificates; reload drops nothing", "all", "all";
    "G33", "supply/check.sh", "cargo-audit and cargo-deny clean; licences allow-listed", "all", "all";
}

/// Promise and kind of run.
type Run = (String, String);

/// The last results of each promise and kind of run, by the test that measured.
type Results = BTreeMap<Run, BTreeMap<String, Value>>;

fn path(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(name)
}

/// The later line of a test counts; one that tells nothing takes an earlier one back.
fn read(lines: &str) -> Results {
    let mut results = Results::new();
    for line in lines.lines() {
        let result: Value = serde_json::from_str(line).unwrap();
        let word = |name: &str| result[name].as_str().unwrap_or_default().to_owned();
        let of = results.entry((word("promise"), word("run"))).or_default();
        if word("told").is_empty() {
            of.remove(&word("part"));
        } else {
            of.insert(word("part"), result);
        }
    }
    results
}

/// One cell: what came out, and when and where.
fn cell(results: &Results, promise: &Promise, run: &str) -> String {
    let found = results.get(&(promise.number.to_owned(), run.to_owned()));
    let Some(found) = found else { return "not yet run".to_owned() };
    let word = |result: &Value, name: &str| result[name].as_str().unwrap().replace('|', "\\|");
    let told: Vec<String> = found.values().map(|result| word(result, "told")).collect();
    let last = found.values().max_by_key(|result| word(result, "date")).unwrap();
    format!(
        "{}{} ({}; {})",
        if found.values().all(|result| result["passed"] == true) { "" } else { "**failed**: " },
        told.join("; "),
        word(last, "date"),
        word(last, "machine"),
    )
}

fn page(results: &Results) -> String {
    let mut page = "# The promises\n\n\
        What Passage promises, how that is tested, and what was last measured. Made by `make promises` from\n\
        `docs/promises.jsonl`, which the tests write themselves; nothing here is written by hand. The CI value is done\n\
        by `make test`, the NIGHT value by `make night` before a release. What the tests cannot show stands in\n\
        `docs/decisions/0019-promises.md`.\n\n\
        | | promise | test | CI value | last result | NIGHT value | last result |\n\
        |---|---|---|---|---|---|---|\n"
        .to_owned();
    for promise in PROMISES {
        let Promise { number, text, each_submission, before_a_release, .. } = promise;
        let tests: Vec<String> = promise.places().map(|place| format!("`{place}`")).collect();
        let tests = tests.join(", ");
        let (each, before) = (cell(results, promise, "ci"), cell(results, promise, "night"));
        writeln!(
            page,
            "| {number} | {text} | {tests} | {each_submission} | {each} | {before_a_release} | {before} |"
        )
        .unwrap();
    }
    page
}

/// With `PROMISES_PAGE=write`, as `make promises-page` has it, takes in new results and writes the page first.
#[test]
fn the_page_shows_what_was_kept() {
    if variable("PROMISES_PAGE").as_deref() == Some("write") {
        write_the_page();
    }
    let kept = fs::read_to_string(path("docs/promises.jsonl")).unwrap();
    let page = page(&read(&kept));
    assert!(
        fs::read_to_string(path("docs/PROMISES.md")).unwrap() == page,
        "run make promises-page"
    );
    for place in PROMISES.iter().flat_map(Promise::places) {
        assert!(path(&place).exists(), "{place} is not there");
    }
    for (promise, _) in read(&kept).keys() {
        assert!(page.contains(&format!("| {promise} |")), "{promise} has no row");
    }
}

fn write_the_page() {
    let kept = fs::read_to_string(path("docs/promises.jsonl")).unwrap_or_default();
    let folder =
        variable("PROMISES_RESULTS").expect("PROMISES_RESULTS names the folder of new results");
    let new = fs::read_to_string(path(&folder).join(FILE)).unwrap_or_default();
    // What a promise was found to be before counts no more once any of its tests has run again.
    let mut results = read(&kept);
    results.extend(read(&new));
    results.retain(|_, parts| !parts.is_empty());
    let mut lines = String::new();
    for promise in PROMISES {
        for run in ["ci", "night"] {
            let of = results.get(&(promise.number.to_owned(), run.to_owned()));
            for result in of.into_iter().flat_map(BTreeMap::values) {
                writeln!(lines, "{result}").unwrap();
            }
        }
    }
    fs::write(path("docs/promises.jsonl"), lines).unwrap();
    fs::write(path("docs/PROMISES.md"), page(&results)).unwrap();
}
