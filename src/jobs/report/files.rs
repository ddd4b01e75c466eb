//! The files of a report in the folder of reports: written whole, once, and never changed.

use std::fs;
use std::path::{Path, PathBuf};

use chrono::{DateTime, TimeDelta, Utc};

use super::unreadable;
use crate::app::App;
use crate::config::KeyFrom;
use crate::domain::Language;
use crate::folder;
use crate::jobs::{JobError, computed};
use crate::keeping::checkpoint;
use crate::report::{Report, html, text};
use crate::store::KeptReport;

/// The folder of the reports inside the data folder.
pub const FOLDER: &str = "reports";

/// The most letters in the name of a schedule.
const LONGEST: usize = 80;

/// Can this be the name of a schedule? Its files are called by it.
///
/// # Errors
///
/// A sentence that says what it must be.
pub fn check_schedule_name(schedule: &str) -> Result<(), String> {
    let is_legal = |letter: char| letter.is_ascii_alphanumeric() || "-_.".contains(letter);
    let is_name = !schedule.is_empty()
        && schedule.len() <= LONGEST
        && !schedule.starts_with('.')
        && schedule.chars().all(is_legal);
    if is_name {
        return Ok(());
    }
    Err(format!(
        "must have 1 to {LONGEST} letters a to z, digits and - _ . and not begin with a dot, got {schedule:?}"
    ))
}

/// The files of a report; none where the store is encrypted, since they would say in the clear what it keeps.
pub(super) async fn files(
    app: &App,
    data: &Path,
    name: &str,
    report: KeptReport,
) -> Result<Vec<PathBuf>, JobError> {
    let (data, name) = (data.to_owned(), name.to_owned());
    match app.settings.store.key_from {
        KeyFrom::None => computed(move || write_files(&data, &name, &report)).await?,
        _ => Ok(Vec::new()),
    }
}

/// `daily-2016-07-26` for a period that ends with the day, else with the time: `daily-2016-07-26T0400Z`.
pub(super) fn file_name(schedule: &str, period_end: DateTime<Utc>) -> Result<String, JobError> {
    check_schedule_name(schedule).map_err(|rule| JobError::Refused(format!("schedule {rule}")))?;
    let ends_a_day = (period_end + TimeDelta::milliseconds(1)).time() == chrono::NaiveTime::MIN;
    let (whole_minute, whole_second) =
        (period_end.timestamp_millis() % 60_000 == 0, period_end.timestamp_millis() % 1_000 == 0);
    let form = match (ends_a_day, whole_minute, whole_second) {
        (true, ..) => "%Y-%m-%d",
        (_, true, _) => "%Y-%m-%dT%H%MZ",
        (_, _, true) => "%Y-%m-%dT%H%M%SZ",
        _ => "%Y-%m-%dT%H%M%S%.3fZ",
    };
    Ok(format!("{schedule}-{}", period_end.format(form)))
}

/// Writes the files that are not there; those that are stay as they are.
fn write_files(data: &Path, name: &str, kept: &KeptReport) -> Result<Vec<PathBuf>, JobError> {
    let folder = data.join(FOLDER);
    fs::create_dir_all(&folder).map_err(|cause| JobError::File { path: folder.clone(), cause })?;
    let mut paths =
        ["html", "txt", "json"].map(|form| folder.join(format!("{name}.{form}"))).to_vec();
    if let Some(checkpoint) = &kept.checkpoint {
        let beside = folder.join(format!("{name}.checkpoint"));
        write_new(&beside, checkpoint)?;
        paths.push(beside);
        keep_checkpoint(data, name, checkpoint)?;
    }
    let [page, plain, json, ..] = &*paths else { return Ok(paths) };
    if paths.iter().all(|path| path.exists()) {
        return Ok(paths);
    }
    let report = Report::from_json(&kept.body)
        .map_err(|cause| unreadable(&kept.schedule, kept.period_end, cause))?;
    write_new(page, &html::page(&report, kept.language)?)?;
    write_new(plain, &text::plain(&report, kept.language))?;
    write_new(json, &kept.body)?;
    Ok(paths)
}

/// Each report leaves its checkpoint also where `passage verify` looks.
fn keep_checkpoint(data: &Path, name: &str, checkpoint: &str) -> Result<(), JobError> {
    let folder = data.join(checkpoint::FOLDER);
    fs::create_dir_all(&folder).map_err(|cause| JobError::File { path: folder.clone(), cause })?;
    write_new(&folder.join(format!("{name}.checkpoint")), checkpoint)
}

/// Removes the files of a report whose kept form was destroyed; its checkpoint stays.
///
/// # Errors
///
/// When a file is there and cannot be removed.
pub fn remove_files(
    data: &Path,
    schedule: &str,
    period_end: DateTime<Utc>,
) -> Result<(), JobError> {
    let name = file_name(schedule, period_end)?;
    let told = Language::ALL
        .iter()
        .flat_map(|language| ["html", "txt"].map(|form| format!("{language}.{form}")));
    let forms = ["html", "txt", "json"].into_iter().map(ToOwned::to_owned);
    for form in forms.chain(told) {
        let path = data.join(FOLDER).join(format!("{name}.{form}"));
        match fs::remove_file(&path) {
            Err(cause) if cause.kind() != std::io::ErrorKind::NotFound => {
                return Err(JobError::File { path, cause });
            }
            _ => {}
        }
    }
    Ok(())
}

/// Writes a file whole or not at all, unless it is there.
pub(super) fn write_new(path: &Path, content: &str) -> Result<(), JobError> {
    if path.exists() {
        return Ok(());
    }
    let written = folder::write_whole(path, content.as_bytes());
    written.map_err(|cause| JobError::File { path: path.to_owned(), cause })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    #[test]
    fn two_period_ends_never_share_a_file() {
        let ends = [
            "2016-07-26T23:59:59.999Z",
            "2016-07-26T23:59:59Z",
            "2016-07-26T23:59:00Z",
            "2016-07-26T00:00:00Z",
            "2016-07-25T23:59:59.999Z",
            "2016-07-26T23:59:59.001Z",
        ];
        let names: std::collections::BTreeSet<String> =
            ends.iter().map(|end| file_name("daily", at(end)).unwrap()).collect();
        assert_eq!(names.len(), ends.len());
        assert!(names.contains("daily-2016-07-26"), "{names:?}");
        assert!(names.contains("daily-2016-07-26T0000Z"), "{names:?}");
    }

    #[test]
    fn a_schedule_cannot_leave_the_folder() {
        for name in ["../x", "", ".hidden", "a/b", "a\\b", "a b"] {
            assert!(file_name(name, at("2016-07-26T00:00:00Z")).is_err(), "{name}");
        }
    }
}
