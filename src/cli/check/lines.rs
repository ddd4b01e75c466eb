//! What is looked at, a function each. Nothing here changes anything or gives up: what cannot be read is a line.

use std::fs;
use std::path::{Path, PathBuf};

use chrono::{DateTime, TimeDelta, Utc};

use super::super::backup::in_words as span;
use super::{Line, schedules};
use crate::api::Serving;
use crate::app::{STORE_FILE, store_health};
use crate::clock::Clock;
use crate::config::Settings;
use crate::folder::Lock;
use crate::jobs::upkeep;
use crate::keeping::disk;
use crate::keys;
use crate::store::{Health, REWRITE, StoreError, Upkeep};

/// A log of this size is not emptied any more, bytes.
const LARGEST_LOG: u64 = 64 * 1024 * 1024;

/// After so many days somebody should walk the ledger again.
const VERIFIED_DAYS: i64 = 8;

/// A certificate that holds for less should be renewed.
const CERTIFICATE_DAYS: i64 = 30;

/// Room that should stay free, bytes; less than a tenth of it is bad.
const ROOM: u64 = 1_000_000_000;

/// Everything that is looked at.
pub(super) fn all(data: &Path, settings: &Settings, now: DateTime<Utc>) -> Vec<Line> {
    if !data.is_dir() {
        let says = format!("there is no folder {}", data.display());
        return vec![Line::bad("data", says, "name the data folder by --data")];
    }
    let health = store_health(data, settings);
    let mut lines = vec![server(data)];
    match &health {
        Ok(health) => {
            lines.push(store(data, health));
            lines.extend(health.head.is_some().then(|| chain(health, now)));
        }
        Err(StoreError::Key(why)) => lines.push(Line::bad("store", why, KEY)),
        Err(fault) if data.join(STORE_FILE).exists() => {
            lines.push(Line::bad("store", format!("cannot be read: {fault}"), RESTORE));
        }
        Err(_) => lines.push(Line::bad("store", format!("there is no {STORE_FILE}"), RESTORE)),
    }
    // What cannot be read is told as unknown, not as none.
    let health = health.ok().filter(|health| health.head.is_some());
    lines.push(room(data));
    lines.push(clock(health.as_ref(), now));
    lines.push(backup(data, settings, health.as_ref(), now));
    lines.extend(schedules::of(settings, health.as_ref(), now));
    lines.extend(retention(settings, health.as_ref(), now));
    lines.extend(health.as_ref().and_then(|health| purged(health, now)));
    lines.push(key_files(data));
    lines.extend(tls(settings, now));
    lines
}

const RESTORE: &str = "stop the server, keep the folder as it is, and bring the newest backup back: \
    passage restore --from FILE --data NEW-FOLDER";

/// What stands in the store is said of nothing where the store cannot be read.
pub(super) const UNKNOWN: &str = "what was done is not known, as the store cannot be read";

const KEY: &str = "name the key of the store in [store] of config.toml: key_from, key_file";

fn server(data: &Path) -> Line {
    Line::ok("server", if Lock::is_held(data) { "runs" } else { "none runs on this folder" })
}

fn store(data: &Path, health: &Health) -> Line {
    let (size, log) = disk::store_sizes(data);
    if let Some(fault) = health.faults.first() {
        return Line::bad("store", format!("its pages are damaged: {fault}"), RESTORE);
    }
    let (step, newest) = (health.schema_step, health.newest_step);
    if step == 0 {
        return Line::bad("store", "it holds no tables: it was emptied, or is no store", RESTORE);
    }
    if step > newest {
        let says = format!("it is of a newer Passage (step {step}, this one knows {newest})");
        return Line::bad("store", says, "use the newer program");
    }
    if step < newest {
        let says = format!("it is of an older Passage (step {step} of {newest})");
        return Line::look("store", says, "make a backup; the next start brings it up to date");
    }
    let Some(head) = &health.head else {
        return Line::bad("store", "its ledger cannot be read", RESTORE);
    };
    let says = format!(
        "pages in order, step {step}, {} entries, {}, log {}",
        head.sequence,
        disk::in_words(size),
        disk::in_words(log)
    );
    if log > LARGEST_LOG {
        return Line::look("store", says, "the log is not emptied: restart the server");
    }
    Line::ok("store", says)
}

fn last<'h>(health: &'h Health, task: &str) -> Option<&'h Upkeep> {
    health.upkeep.iter().find(|upkeep| upkeep.task == task)
}

fn chain(health: &Health, now: DateTime<Utc>) -> Line {
    const TODO: &str = "passage verify --data DIR, with a checkpoint that is kept elsewhere";
    let Some(last) = last(health, upkeep::VERIFY) else {
        return Line::look("ledger", "was never walked", TODO);
    };
    match last.done_at {
        Some(done) if !last.has_failed() => {
            let says = format!("walked {} ago: {}", span(now - done), last.detail);
            if now - done > TimeDelta::days(VERIFIED_DAYS) {
                return Line::look("ledger", says, TODO);
            }
            Line::ok("ledger", says)
        }
        _ => {
            let says = format!("not in order {} ago: {}", span(now - last.tried_at), last.detail);
            Line::bad("ledger", says, "find out who changed the file; compare with a backup")
        }
    }
}

fn room(data: &Path) -> Line {
    let disk = match disk::of(data) {
        Ok(disk) => disk,
        Err(fault) => return Line::look("disk", format!("cannot be asked: {fault}"), "look at it"),
    };
    let says = format!("{} free, {}", disk::in_words(disk.free_bytes), disk.file_system);
    if disk.read_only {
        return Line::bad(
            "disk",
            format!("{says}, read-only"),
            "nothing can be recorded: mount it to be written",
        );
    }
    if disk.network {
        let todo =
            "move the data folder to a disk of this machine: locks do not hold over a network";
        return Line::bad("disk", format!("{says}, on another machine"), todo);
    }
    let (size, _) = disk::store_sizes(data);
    let todo = "make room: a backup needs twice the size of the data";
    if disk.free_bytes < (ROOM / 10).max(size / 2) {
        return Line::bad("disk", says, todo);
    }
    if disk.free_bytes < ROOM.max(size.saturating_mul(3)) {
        return Line::look("disk", says, todo);
    }
    Line::ok("disk", says)
}

fn clock(health: Option<&Health>, now: DateTime<Utc>) -> Line {
    const TODO: &str = "set the clock (date, time zone) before anything is recorded";
    if let Err(fault) = Clock::sane_wall() {
        return Line::bad("clock", fault.to_string(), TODO);
    }
    let says = now.format("%Y-%m-%d %H:%M:%S UTC").to_string();
    let head = health.and_then(|health| health.head.as_ref());
    let newest = head.and_then(|head| head.recorded_at);
    if let Some(newest) = newest.filter(|newest| *newest - now > TimeDelta::minutes(1)) {
        let says =
            format!("{says}, but the newest record is of {}", newest.format("%Y-%m-%d %H:%M UTC"));
        return Line::bad("clock", format!("{says}: it was set back, or was ahead"), TODO);
    }
    let newest = match (head, newest) {
        (_, Some(newest)) => format!("the newest record is {} old", span(now - newest)),
        (Some(_), None) => "nothing is recorded yet".to_owned(),
        (None, None) => "how old the newest record is is not known".to_owned(),
    };
    let kept = if Path::new("/run/systemd/timesync/synchronized").exists() {
        "kept by the network"
    } else {
        "whether the network keeps it is not known"
    };
    Line::ok("clock", format!("{says}; {newest}; {kept}"))
}

fn backup(data: &Path, settings: &Settings, health: Option<&Health>, now: DateTime<Utc>) -> Line {
    let every = settings.backup.every_hours;
    let last = health.and_then(|health| last(health, upkeep::BACKUP));
    let folder = upkeep::backup_folder(data, &settings.backup);
    let newest: Option<PathBuf> =
        upkeep::backups(&folder).ok().and_then(|found| found.into_iter().next());
    let set = "set every_hours, folder and recipient in [backup] of config.toml";
    let now_todo = "passage backup --data DIR --to FILE, onto another disk";
    let done = last.and_then(|last| last.done_at);
    if let Some(failed) = last.filter(|last| last.has_failed()) {
        let says =
            format!("the last try, {} ago, failed: {}", span(now - failed.tried_at), failed.detail);
        return Line::bad("backup", says, now_todo);
    }
    let Some((done, last)) = done.zip(last) else {
        let found = newest.map(|path| format!("; {} is there", path.display())).unwrap_or_default();
        let says = if health.is_some() { "none was ever made from here" } else { UNKNOWN };
        return Line::bad("backup", format!("{says}{found}"), now_todo);
    };
    let says = format!("{} ago, walked and read back: {}", span(now - done), last.detail);
    let limit = if every > 0 { TimeDelta::hours(2 * i64::from(every)) } else { TimeDelta::days(7) };
    if now - done > limit {
        return Line::bad("backup", says, now_todo);
    }
    if every == 0 {
        return Line::look("backup", format!("{says}; none is scheduled"), set);
    }
    if settings.backup.recipient.is_empty() {
        return Line::look(
            "backup",
            says,
            "set recipient: who takes a plain backup reads everything",
        );
    }
    Line::ok("backup", says)
}

fn retention(settings: &Settings, health: Option<&Health>, now: DateTime<Utc>) -> Option<Line> {
    let limits: Vec<String> =
        settings.retention.limits().map(|(kind, days)| format!("{kind} {days} days")).collect();
    if limits.is_empty() {
        return None;
    }
    let says = limits.join(", ");
    let Some(health) = health else {
        return Some(Line::look("retention", format!("{says}; {UNKNOWN}"), RESTORE));
    };
    let Some(last) = last(health, upkeep::RETENTION) else {
        return Some(Line::look("retention", format!("{says}; never run"), "start the server"));
    };
    let says = format!("{says}; {} ago: {}", span(now - last.tried_at), last.detail);
    Some(if last.has_failed() {
        let todo = "what should be gone is still there: see why, or passage purge";
        Line::bad("retention", says, todo)
    } else {
        Line::ok("retention", says)
    })
}

/// Bytes of purged records that are left in the file; no line where there are none.
fn purged(health: &Health, now: DateTime<Utc>) -> Option<Line> {
    let left = last(health, REWRITE).filter(|left| left.has_failed())?;
    let says = format!("{} ago: {}", span(now - left.tried_at), left.detail);
    let todo = "let the server do it, which tries every ten minutes, or the same passage purge";
    Some(Line::bad("purge", says, todo))
}

fn key_files(data: &Path) -> Line {
    let folder = data.join(keys::FOLDER);
    let Ok(entries) = fs::read_dir(&folder) else {
        return Line::look(
            "keys",
            "there are none yet",
            "they are made at the first start; after a restore, bring keys/ back",
        );
    };
    let paths: Vec<PathBuf> =
        entries.filter_map(|entry| entry.ok().map(|entry| entry.path())).collect();
    let mut names = Vec::new();
    for path in paths.iter().filter(|path| path.extension().is_some_and(|end| end == "key")) {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if !keys::is_key(path) {
            return Line::bad(
                "keys",
                format!("{name} holds no key"),
                "bring it back from a backup",
            );
        }
        if is_open(path) || is_open(&folder) {
            return Line::bad(
                "keys",
                format!("{name} can be read by others"),
                "chmod 700 keys; chmod 600 keys/*",
            );
        }
        names.push(name);
    }
    names.sort();
    Line::ok("keys", format!("{}, readable by their owner only", names.join(", ")))
}

/// The certificate that the server shows; no line where HTTP is plain.
fn tls(settings: &Settings, now: DateTime<Utc>) -> Option<Line> {
    const TODO: &str = "renew it; the server takes the new files up by itself";
    let until = match Serving::certificate_until(&settings.server) {
        Ok(until) => until?,
        Err(fault) => {
            let says = format!("the server will not start: {fault}");
            return Some(Line::bad("tls", says, "set tls_certificate and tls_key in [server]"));
        }
    };
    let day = until.format("%Y-%m-%d %H:%M UTC");
    Some(if until <= now {
        Line::bad("tls", format!("the certificate expired on {day}"), TODO)
    } else if until - now < TimeDelta::days(CERTIFICATE_DAYS) {
        Line::look(
            "tls",
            format!("the certificate expires in {}, on {day}", span(until - now)),
            TODO,
        )
    } else {
        Line::ok("tls", format!("the certificate holds for {}, until {day}", span(until - now)))
    })
}

#[cfg(unix)]
fn is_open(path: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt;
    fs::metadata(path).is_ok_and(|about| about.permissions().mode() & 0o077 != 0)
}

#[cfg(not(unix))]
fn is_open(_path: &Path) -> bool {
    false
}
