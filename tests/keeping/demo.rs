//! The demo in a folder that is kept: what is done with it afterwards, and that it starts again.
#![cfg(test)]

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use crate::house::passage;
use crate::serving::ready;

/// Starts the demo on a folder, waits until it is ready, and stops it.
fn demo(data: &Path) {
    let mut child = Command::new(env!("CARGO_BIN_EXE_passage"))
        .args(["demo", "--json", "--listen", "127.0.0.1:0", "--data"])
        .arg(data)
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let is_ready = ready(child.stdout.take().unwrap()).is_some();
    child.kill().unwrap();
    child.wait().unwrap();
    assert!(is_ready, "the demo starts on {}", data.display());
}

#[test]
fn commands_go_on_with_the_folder_of_a_demo_where_they_have_its_rules() {
    let home = tempfile::tempdir().unwrap();
    let data = home.path().join("data");
    let text = data.to_str().unwrap();
    demo(&data);
    let rules = home.path().join("demo.toml");
    fs::write(&rules, "[gate]\ncrisis = \"history\"\n").unwrap();
    let package = home.path().join("hdx");
    let export = ["export", "--data", text, "--hdx", package.to_str().unwrap()];
    assert!(passage(&export).refused().contains("[gate] settings differ"));
    let with_rules = ["--config", rules.to_str().unwrap()];
    passage(&[&export[..], &with_rules].concat()).well();
    let sources = home.path().join("sources.csv");
    fs::write(&sources, "code,name\nSO-NEW,Letter of the council\n").unwrap();
    let import = ["import", "--data", text, sources.to_str().unwrap()];
    passage(&[&import[..], &with_rules].concat()).well();
    passage(&["verify", "--data", text]).well();
    demo(&data);
}

#[test]
fn a_demo_leaves_no_settings_that_would_open_what_is_served_from_its_folder_later() {
    let home = tempfile::tempdir().unwrap();
    demo(home.path());
    assert!(!home.path().join("config.toml").exists());
}
