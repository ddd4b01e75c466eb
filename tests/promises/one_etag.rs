//! G17: of many who change the same version, exactly one wins.
#![cfg(test)]

use reqwest::Method;
use serde_json::{Value, json};

use crate::program::start;
use crate::rounds::{Rounds, alone};

/// How many change the same version at once.
const AT_ONCE: usize = 50;

#[test]
fn of_fifty_who_change_one_version_one_wins() {
    let _turn = alone();
    let mut rounds = Rounds::new("G17", 5, 200);
    let home = tempfile::tempdir().unwrap();
    let program = start(&home.path().join("data"), None);
    rounds.run(|round, tally| {
        let code = format!("e{round}");
        let made = program.post("/api/v1/areas", &json!({ "code": code, "names": "A" }));
        let etag = made.headers()["ETag"].to_str().unwrap().to_owned();
        let path = format!("/api/v1/areas/{code}");
        let put = |writer: usize| -> (u16, Value) {
            let ask = program.ask(Method::PUT, &path).header("If-Match", &etag);
            let answer = ask.json(&json!({ "names": format!("N{writer}") })).send().unwrap();
            (answer.status().as_u16(), answer.json().unwrap())
        };
        let answers: Vec<(u16, Value)> = std::thread::scope(|scope| {
            let puts: Vec<_> =
                (0..AT_ONCE).map(|writer| scope.spawn(move || put(writer))).collect();
            puts.into_iter().map(|put| put.join().unwrap()).collect()
        });
        let won: Vec<&Value> =
            answers.iter().filter(|(status, _)| *status == 200).map(|(_, body)| body).collect();
        let refused = answers.iter().filter(|(status, _)| *status == 412).count();
        assert_eq!((won.len(), refused), (1, AT_ONCE - 1), "{answers:?}");
        let now = program.read(&path);
        assert_eq!((&now["names"], &now["version"]), (&won[0]["names"], &won[0]["version"]));
        assert_eq!(program.read(&format!("{path}/history"))["total"], 2, "nothing in between");
        tally.add("rounds", 1);
    });
    let told = format!(
        "{} times {AT_ONCE} at once: 1 wins, {} get 412, and the winner's version stands",
        rounds.tally.count("rounds"),
        AT_ONCE - 1
    );
    rounds.tell(&told, true);
}
