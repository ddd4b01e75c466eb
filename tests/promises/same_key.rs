//! G16: the same Idempotency-Key many times at once makes one record.
#![cfg(test)]

use reqwest::Method;
use serde_json::{Value, json};

use crate::program::{Program, start};
use crate::rounds::{Rounds, Tally, alone};

/// How many send the same at once.
const AT_ONCE: usize = 50;

#[test]
fn fifty_of_the_same_at_once_make_one_record_that_survives_a_kill() {
    let _turn = alone();
    let mut rounds = Rounds::new("G16", 5, 200);
    let home = tempfile::tempdir().unwrap();
    let data = home.path().join("data");
    let mut program = start(&data, None);
    rounds.run(|round, tally| {
        let first = one_round(&program, round, tally);
        program.kill();
        program = start(&data, Some(&program.token.clone()));
        assert_eq!(keyed(&program, round, "Duma"), (201, first), "the same after a restart");
        assert_eq!(keyed(&program, round, "Zamalka").0, 422, "and another body is refused");
    });
    let told = format!(
        "{} times {AT_ONCE} at once: 1 record, 1 id each; another body 422; the same after a kill",
        rounds.tally.count("rounds")
    );
    rounds.tell(&told, true);
}

fn one_round(program: &Program, round: u32, tally: &mut Tally) -> String {
    let ids: Vec<(u16, String)> = std::thread::scope(|scope| {
        let posts: Vec<_> =
            (0..AT_ONCE).map(|_| scope.spawn(|| keyed(program, round, "Duma"))).collect();
        posts.into_iter().map(|post| post.join().unwrap()).collect()
    });
    let first = ids[0].1.clone();
    assert!(ids.iter().all(|answer| *answer == (201, first.clone())), "{ids:?}");
    assert_eq!(keyed(program, round, "Zamalka").0, 422);
    let page = program.read(&format!("/api/v1/areas?code=same-{round}"));
    assert_eq!(page["total"], 1, "{page}");
    tally.add("rounds", 1);
    first
}

fn keyed(program: &Program, round: u32, names: &str) -> (u16, String) {
    let body = json!({ "code": format!("same-{round}"), "names": names });
    let ask =
        program.ask(Method::POST, "/api/v1/areas").header("Idempotency-Key", round.to_string());
    let answer = ask.json(&body).send().unwrap();
    let status = answer.status().as_u16();
    let body: Value = answer.json().unwrap();
    (status, body["id"].as_str().unwrap_or_default().to_owned())
}
