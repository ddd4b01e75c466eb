//! G1: killed at random times, under load and while it starts, it loses nothing that it acknowledged.
#![cfg(test)]

use rand::{RngExt, SeedableRng, rngs::StdRng};

use crate::book::{Book, Fate, Wrong};
use crate::posters::{a_while, post_while};
use crate::program::{Program, assert_ledger_holds, faults, look_into, start, start_and_kill};
use crate::rounds::{Rounds, Tally, alone};

/// Kills of one round, all on one store.
const KILLS: u32 = 200;

/// Ready again within this, seconds, 99 times of 100.
const READY: f64 = 1.0;

#[test]
fn killed_at_any_time_it_loses_nothing_that_it_acknowledged() {
    let _turn = alone();
    let mut rounds = Rounds::new("G1", 1, 50);
    rounds.run(kill_often);
    let tally = &rounds.tally;
    let ready = tally.quantile(0.99);
    let told = format!(
        "{} kills, {} of them while it started; {} acknowledged, 0 lost, 0 doubled; {} in doubt, each settled to one; ready again p99 {ready:.2} s",
        tally.count("kills"),
        tally.count("while starting"),
        tally.count("acknowledged"),
        tally.count("in doubt"),
    );
    rounds.tell(&told, ready <= READY);
}

fn kill_often(round: u32, tally: &mut Tally) {
    let mut draw = StdRng::seed_from_u64(u64::from(round));
    let home = tempfile::tempdir().unwrap();
    let data = home.path().join("data");
    let book = Book::default();
    let token = start(&data, None).token.clone();
    let mut checked = (0, 0);
    for kill in 0..KILLS {
        if draw.random_range(0..4) == 0 {
            start_and_kill(&data, a_while(&mut draw, 0, 80));
            tally.add("while starting", 1);
        } else {
            let mut program = start(&data, Some(&token));
            tally.took(program.ready_in.as_secs_f64());
            tally.add("in doubt", book.settle(&program));
            checked = check(&program, &data, &book, checked, kill);
            let while_they_post = a_while(&mut draw, 5, 250);
            post_and_kill(&mut program, &book, &format!("k{kill}"), while_they_post);
        }
        tally.add("kills", 1);
    }
    let program = start(&data, Some(&token));
    tally.add("in doubt", book.settle(&program));
    check(&program, &data, &book, (0, 0), 0);
    tally.add("acknowledged", book.count(Fate::Acknowledged));
    assert_eq!(book.count(Fate::Refused), 0, "nobody asked for what is refused");
    drop(program);
    assert_ledger_holds(&data);
}

/// They post, and in the midst of it the program dies.
fn post_and_kill(program: &mut Program, book: &Book, round: &str, after: std::time::Duration) {
    let id = program.id().to_string();
    post_while(program, book, round, || {
        std::thread::sleep(after);
        let killed = std::process::Command::new("kill").args(["-KILL", &id]).status().unwrap();
        assert!(killed.success());
    });
    program.kill();
}

/// Nothing acknowledged is lost, nothing doubled; now and then the whole file is looked through.
fn check(
    program: &Program,
    data: &std::path::Path,
    book: &Book,
    checked: (usize, i64),
    kill: u32,
) -> (usize, i64) {
    let file = look_into(data);
    let whole = kill.is_multiple_of(25);
    let (wrong, now) = book.check(&file, if whole { (0, 0) } else { checked });
    assert_eq!(wrong, Wrong::default(), "kill {kill}");
    if whole {
        assert_eq!(faults(&file), Vec::<String>::new(), "kill {kill}");
        assert_eq!(program.read("/readyz")["status"], "ready");
    }
    now
}
