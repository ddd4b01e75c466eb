//! Rate limits and caps of connections, as a client meets them.

use std::io::Read;

use crate::program::{Program, ask, connect_from};
use crate::result::record;

/// A pace so slow that nothing comes back while the test runs.
const SLOW: [(&str, &str); 5] = [
    ("requests_per_token", "1"),
    ("requests_per_token_burst", "20"),
    ("requests_per_address", "1"),
    ("requests_per_address_burst", "40"),
    ("failed_login_cost", "9"),
];

/// How many of so many requests, sent at once on one line, are let through; and the seconds that took.
fn through(program: &Program, requests: usize, request: &str, from: &str) -> (usize, u64) {
    let begun = std::time::Instant::now();
    let mut line = connect_from(program.address, from);
    let mut count = 0;
    for _ in 0..requests {
        let reply = ask(&mut line, request).unwrap();
        if reply.status == 429 {
            reply.problem(429, "too_many_requests");
            let wait: u64 = reply.header("retry-after").parse().unwrap();
            assert!((1..=40).contains(&wait), "{wait}");
        } else {
            count += 1;
        }
    }
    (count, begun.elapsed().as_secs() + 1)
}

/// The burst, and one for each second that the test took, and one more or less.
#[track_caller]
fn assert_limit((count, seconds): (usize, u64), limit: usize) {
    let most = limit + usize::try_from(seconds).unwrap() + 1;
    assert!((limit - 1..=most).contains(&count), "{count} in {seconds} s, the limit is {limit}");
}

#[test]
fn a_token_gets_its_burst_and_then_429_with_the_time_to_wait() {
    let program = Program::start(&SLOW);
    let let_through = through(&program, 60, &program.get("/api/v1/areas"), "127.0.0.1");
    assert_limit(let_through, 20);
    record(
        "G15",
        &format!(
            "{} of 60 let through in {} s where 20 and 1 a second are",
            let_through.0, let_through.1
        ),
        true,
    );
}

#[test]
fn an_address_is_limited_whatever_token_it_shows_or_address_it_claims() {
    let program = Program::start(&SLOW);
    let begun = std::time::Instant::now();
    let mut line = connect_from(program.address, "127.0.0.2");
    let mut count = 0;
    for n in 0..80 {
        let request =
            format!("GET /healthz HTTP/1.1\r\nHost: x\r\nX-Forwarded-For: 10.0.0.{n}\r\n\r\n");
        count += usize::from(ask(&mut line, &request).unwrap().status == 200);
    }
    assert_limit((count, begun.elapsed().as_secs() + 1), 40);
    let other = through(&program, 10, "GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n", "127.0.0.3");
    assert_eq!(other.0, 10, "another address does not pay for it");
    let told = format!("{count} of 80 with forged X-Forwarded-For let through where 40 are");
    record("G15", &told, true);
}

#[test]
fn a_proxy_that_is_trusted_speaks_for_its_clients() {
    let settings: Vec<_> = SLOW.into_iter().chain([("trusted_proxies", "127.0.0.9")]).collect();
    let program = Program::start(&settings);
    let of = |client: &str| {
        format!("GET /healthz HTTP/1.1\r\nHost: x\r\nX-Forwarded-For: {client}\r\n\r\n")
    };
    assert_limit(through(&program, 60, &of("9.9.9.9"), "127.0.0.9"), 40);
    assert_eq!(through(&program, 10, &of("8.8.8.8"), "127.0.0.9").0, 10);
}

#[test]
fn wrong_tokens_count_many_times_and_are_refused_before_they_are_looked_up() {
    let program = Program::start(&SLOW);
    let wrong = "GET /api/v1/areas HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer a.b\r\n\r\n";
    // Each costs itself and nine more.
    assert_limit(through(&program, 30, wrong, "127.0.0.4"), 4);
    assert_limit(through(&program, 30, &program.get("/api/v1/areas"), "127.0.0.5"), 20);
}

#[test]
fn wrong_passwords_count_as_many_times_as_wrong_tokens() {
    let program = Program::start(&SLOW);
    for (accepted, from) in [("application/json", "127.0.0.10"), ("text/html", "127.0.0.11")] {
        let form = "login=amal&password=seven+green+bicycles";
        let wrong = format!(
            "POST /login HTTP/1.1\r\nHost: x\r\nOrigin: http://x\r\nAccept: {accepted}\r\n\
             Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\r\n{form}",
            form.len()
        );
        let begun = std::time::Instant::now();
        // A line on which a body was refused unread is closed.
        let asked = || ask(&mut connect_from(program.address, from), &wrong).unwrap().status;
        let count = (0..9).filter(|_| asked() == 403).count();
        assert_limit((count, begun.elapsed().as_secs() + 1), 4);
    }
}

#[test]
fn a_token_gets_no_new_burst_by_being_written_otherwise() {
    let program = Program::start(&SLOW);
    let begun = std::time::Instant::now();
    let mut line = connect_from(program.address, "127.0.0.12");
    let mut count = 0;
    for n in 0..60 {
        let scheme = ["Bearer", "bearer", "BEARER", "bEaReR", "BeArEr"][n % 5];
        let spaces = " ".repeat(1 + n / 5);
        let token = &program.token;
        let request = format!(
            "GET /api/v1/areas HTTP/1.1\r\nHost: x\r\nAuthorization: {scheme}{spaces}{token}\r\n\r\n"
        );
        count += usize::from(ask(&mut line, &request).unwrap().status == 200);
    }
    assert_limit((count, begun.elapsed().as_secs() + 1), 20);
}

#[test]
fn what_stands_before_a_line_of_a_proxy_that_is_no_text_is_not_believed() {
    let settings: Vec<_> = SLOW.into_iter().chain([("trusted_proxies", "127.0.0.13")]).collect();
    let program = Program::start(&settings);
    let begun = std::time::Instant::now();
    let mut line = connect_from(program.address, "127.0.0.13");
    let mut count = 0;
    for n in 0..80 {
        let request = format!(
            "GET /healthz HTTP/1.1\r\nHost: x\r\nX-Forwarded-For: 9.9.9.{n}\r\nX-Forwarded-For: \u{e9}\r\n\r\n"
        );
        count += usize::from(ask(&mut line, &request).unwrap().status == 200);
    }
    assert_limit((count, begun.elapsed().as_secs() + 1), 40);
}

#[test]
fn one_address_gets_no_more_connections_than_its_share_and_others_get_theirs() {
    let program = Program::start(&[("max_connections_per_address", "5"), ("max_connections", "8")]);
    let mut open: Vec<_> = (0..5).map(|_| connect_from(program.address, "127.0.0.6")).collect();
    let healthy = "GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n";
    for line in &mut open {
        assert_eq!(ask(line, healthy).unwrap().status, 200);
    }
    let mut sixth = connect_from(program.address, "127.0.0.6");
    assert!(!matches!(sixth.read(&mut [0]), Ok(1..)), "it is closed at once");
    let mut others: Vec<_> = (0..3).map(|_| connect_from(program.address, "127.0.0.7")).collect();
    for line in &mut others {
        assert_eq!(ask(line, healthy).unwrap().status, 200);
    }
    let mut ninth = connect_from(program.address, "127.0.0.8");
    assert!(!matches!(ninth.read(&mut [0]), Ok(1..)), "there are no more in all");
    drop(open);
    let begun = std::time::Instant::now();
    while ask(&mut connect_from(program.address, "127.0.0.6"), healthy).is_err() {
        assert!(begun.elapsed().as_secs() < 20, "seats come free again");
    }
}

#[test]
fn every_answer_tells_browsers_to_keep_it_to_themselves() {
    let program = Program::start(&[]);
    let nowhere = "GET /api/v1/nowhere HTTP/1.1\r\nHost: x\r\n\r\n";
    let asked = [program.get("/api/v1/areas"), nowhere.to_owned(), program.get("/openapi.json")];
    for request in asked {
        let reply = program.ask(&request);
        let policy = "default-src 'none'; frame-ancestors 'none'";
        assert_eq!(reply.header("content-security-policy"), policy, "{reply:?}");
        assert_eq!(reply.header("cache-control"), "private, no-cache", "{reply:?}");
        assert_eq!(reply.header("x-content-type-options"), "nosniff", "{reply:?}");
        assert_eq!(reply.header("server"), "", "{reply:?}");
        assert_eq!(reply.header("strict-transport-security"), "", "HTTP is plain here");
    }
    let page = program.ask("GET /start HTTP/1.1\r\nHost: x\r\n\r\n");
    assert!(!page.header("content-security-policy").contains("script-src"), "{page:?}");
    // The situation room runs its own files alone (tests/api/room.rs).
    let room = program.ask("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
    assert!(!room.header("content-security-policy").contains("unsafe"), "{room:?}");
    assert_eq!(room.header("cache-control"), "private, no-cache");
}
