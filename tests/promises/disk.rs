//! A disk that writes down what is done to it and fails when told to: `disk.c`, loaded before the program's own calls.
#![cfg(test)]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::LazyLock;

use tempfile::TempDir;

use crate::program::Variables;

const SOURCE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/promises/disk.c");

/// Built once for each run of the tests.
static LIBRARY: LazyLock<PathBuf> = LazyLock::new(|| {
    let library =
        Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("disk-{}.so", std::process::id()));
    let built = Command::new("cc")
        .args(["-shared", "-fPIC", "-O2", "-o"])
        .args([library.as_os_str(), SOURCE.as_ref()])
        .args(["-ldl", "-lpthread"])
        .output()
        .expect("a C compiler named cc is needed to simulate a failing disk (gcc or clang)");
    assert!(built.status.success(), "{}", String::from_utf8_lossy(&built.stderr));
    library
});

/// A data folder with such a disk under it.
pub struct Disk {
    home: TempDir,
    logs: bool,
}

impl Disk {
    /// Every change is written down.
    pub fn with_log() -> Self {
        let disk = Self { home: tempfile::tempdir().unwrap(), logs: true };
        fs::create_dir(disk.data()).unwrap();
        disk
    }

    /// Nothing is written down; it only fails.
    pub fn that_fails() -> Self {
        Self { logs: false, ..Self::with_log() }
    }

    pub fn data(&self) -> PathBuf {
        self.home.path().join("data")
    }

    pub fn log(&self) -> PathBuf {
        self.home.path().join("disk.log")
    }

    /// How long the log is now: what was acknowledged by now must be on the disk at every later cut.
    pub fn now(&self) -> u64 {
        fs::metadata(self.log()).map_or(0, |log| log.len())
    }

    /// What a process needs to have this disk.
    pub fn variables(&self) -> Variables {
        let named = |name: &str, path: &Path| (name.to_owned(), path.display().to_string());
        let mut variables = vec![
            named("LD_PRELOAD", &LIBRARY),
            named("DISK_ROOT", &self.data()),
            named("DISK_FAULT", &self.fault_file()),
        ];
        if self.logs {
            variables.push(named("DISK_LOG", &self.log()));
        }
        variables
    }

    fn fault_file(&self) -> PathBuf {
        self.home.path().join("disk.fault")
    }

    /// From now on it fails, as `disk.c` says it.
    pub fn fail(&self, fault: &str) {
        let beside = self.home.path().join("disk.next");
        fs::write(&beside, fault).unwrap();
        fs::rename(beside, self.fault_file()).unwrap();
    }

    /// It is well again.
    pub fn heal(&self) {
        let _ = fs::remove_file(self.fault_file());
    }
}
