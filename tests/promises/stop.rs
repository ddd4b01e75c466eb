//! G4: told to stop under load, it finishes what it began, refuses what is new and loses nothing.
#![cfg(test)]

use std::net::TcpStream;
use std::time::{Duration, Instant};

use rand::{SeedableRng, rngs::StdRng};

use crate::book::{Book, Fate, Wrong};
use crate::posters::{a_while, post_while};
use crate::program::{Program, faults, look_into, start};
use crate::rounds::{Rounds, Tally, alone};

/// A stop takes no longer than this.
const LIMIT: Duration = Duration::from_secs(15);

#[test]
fn told_to_stop_under_load_it_ends_well_and_loses_nothing() {
    let _turn = alone();
    let mut rounds = Rounds::new("G4", 10, 200);
    let home = tempfile::tempdir().unwrap();
    let data = home.path().join("data");
    let token = start(&data, None).token.clone();
    rounds.run(|round, tally| stop_once(&data, &token, round, tally));
    let slowest = rounds.tally.quantile(1.0);
    let told = format!(
        "{} stops: exit 0 each, slowest {slowest:.2} s; {} acknowledged, 0 lost; new connections refused or 503",
        rounds.tally.count("stops"),
        rounds.tally.count("acknowledged"),
    );
    rounds.tell(&told, slowest <= LIMIT.as_secs_f64());
}

fn stop_once(data: &std::path::Path, token: &str, round: u32, tally: &mut Tally) {
    let book = Book::default();
    let before = last_entry(data, token);
    let mut program = start(data, Some(token));
    let mut draw = StdRng::seed_from_u64(u64::from(round));
    let asked = post_while(&program, &book, &format!("s{before}"), || {
        std::thread::sleep(a_while(&mut draw, 20, 500));
        program.ask_to_stop();
        let asked = Instant::now();
        assert_nobody_new_gets_in(&program);
        asked
    });
    let ended = program.ends_within(LIMIT.saturating_sub(asked.elapsed()));
    let ended = ended.expect("it ends in time");
    assert!(ended.success(), "stop {round}: {ended}");
    tally.took(asked.elapsed().as_secs_f64());
    let again = start(data, Some(token));
    book.settle(&again);
    let file = look_into(data);
    assert_eq!(book.check(&file, (0, before)).0, Wrong::default());
    assert_eq!(faults(&file), Vec::<String>::new());
    tally.add("acknowledged", book.count(Fate::Acknowledged));
    tally.add("stops", 1);
}

fn last_entry(data: &std::path::Path, token: &str) -> i64 {
    let _program = start(data, Some(token));
    let sql = "SELECT coalesce(max(sequence), 0) FROM ledger";
    look_into(data).query_row(sql, [], |row| row.get(0)).unwrap()
}

/// A while after the signal a new connection is refused, cut or told 503; until then it may still be served.
fn assert_nobody_new_gets_in(program: &Program) {
    let host = program.address.strip_prefix("http://").unwrap().to_owned();
    let begun = Instant::now();
    while begun.elapsed() < LIMIT {
        if TcpStream::connect(&host).is_err() {
            return;
        }
        let answer =
            program.ask(reqwest::Method::GET, "/healthz").header("Connection", "close").send();
        match answer {
            Err(_) => return,
            Ok(answer) if answer.status().as_u16() == 503 => return,
            Ok(_) => std::thread::sleep(Duration::from_millis(5)),
        }
    }
    panic!("new connections were served for {LIMIT:?} after the signal");
}
