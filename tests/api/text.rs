//! A text goes in and comes out as JSON without a letter changed.
#![cfg(test)]

use passage::domain::Text;
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use serde_json::{Value, json};

use crate::harness::Passage;
use crate::result::record;

/// As many texts as cases are asked for: whatever the door lets in, from every corner of Unicode.
fn texts() -> Vec<String> {
    let mut runner = proptest::test_runner::TestRunner::default();
    let count = runner.config().cases;
    let starts = [
        "",
        "=",
        "\\u0000",
        "\\",
        "\"",
        "</script>",
        "\u{202e}",
        "é",
        "e\u{301}",
        "حمص",
        "𓀀",
        "\t\n ",
    ];
    let strategy = (prop::sample::select(starts.to_vec()), any::<String>());
    let mut drawn = || strategy.new_tree(&mut runner).unwrap().current();
    let all = (0..count).map(|_| drawn()).map(|(start, rest)| format!("{start}{rest}"));
    all.filter_map(|text| Some(text.parse::<Text>().ok()?.as_str().to_owned())).collect()
}

#[test]
fn every_text_comes_back_as_json_as_it_was() {
    const BATCH: usize = 200;
    let passage = Passage::start();
    let texts = texts();
    assert!(texts.len() > 10, "{} texts pass the door", texts.len());
    for (number, batch) in texts.chunks(BATCH).enumerate() {
        let code = |at: usize| format!("O-{number:05}-{at:03}");
        let body = |(at, text): (usize, &String)| json!({ "code": code(at), "topic": "other", "date": "2016-07-22", "text": text });
        let sent: Vec<Value> = batch.iter().enumerate().map(body).collect();
        passage.create("/api/v1/observations", &json!(sent));
        for (at, text) in batch.iter().enumerate() {
            let read = passage.read(&format!("/api/v1/observations/{}", code(at)));
            assert_eq!(read["text"], json!(text));
        }
    }
    record("G31", &format!("{} came back as JSON as they were", texts.len()), true);
}
