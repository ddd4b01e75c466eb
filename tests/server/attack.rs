//! Slow clients by the hundred: all are cut, honest ones are served meanwhile, and every file comes back.

use std::io::Write;
use std::net::{SocketAddr, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use rustix::process::{Resource, getrlimit, setrlimit};

use crate::program::{Program, ask};
use crate::result::{is_night, record};

/// How many of each kind.
fn many() -> usize {
    if is_night() { 2_000 } else { 200 }
}

/// All are cut by then.
const CUT: Duration = Duration::from_secs(30);

/// The largest answer that anybody can ask for.
const LARGE: &str = "GET /docs/swagger-ui-bundle.js HTTP/1.1\r\nHost: x\r\n\r\n";

/// How an attacker behaves: what it sends first, and then every second.
struct Slow {
    first: String,
    then: &'static str,
}

fn kinds(program: &Program) -> Vec<Slow> {
    let body = program.post_area("x").replace("Content-Length: ", "Content-Length: 100");
    vec![
        Slow { first: "GET / HTTP/1.1\r\nHost: x\r\n".to_owned(), then: "X: y\r\n" },
        Slow { first: body, then: "z" },
        Slow { first: LARGE.repeat(20), then: "" },
        Slow { first: String::new(), then: "" },
        Slow { first: program.get("/healthz"), then: "" },
    ]
}

/// A connection whose client takes next to nothing.
fn connect(address: SocketAddr) -> TcpStream {
    const FEW_BYTES: usize = 4_096;
    let socket = socket2::Socket::new(socket2::Domain::IPV4, socket2::Type::STREAM, None).unwrap();
    socket.set_recv_buffer_size(FEW_BYTES).unwrap();
    socket.connect(&address.into()).unwrap();
    socket.set_nonblocking(true).unwrap();
    socket.into()
}

/// Asks, writes and asks again until it is told to stop; how long each answer took.
fn honest(program: &Program, stop: &AtomicBool) -> Vec<Duration> {
    let mut took = Vec::new();
    let mut line = program.connect();
    for n in 0.. {
        if stop.load(Ordering::Relaxed) {
            break;
        }
        let (request, expected) = match n % 3 {
            0 => (program.post_area(&format!("a{n}")), 201),
            1 => (program.get("/api/v1/areas?limit=5"), 200),
            _ => (program.get("/healthz"), 200),
        };
        let begun = Instant::now();
        // Each tenth time on a new connection.
        if n % 10 == 0 {
            line = program.connect();
        }
        let reply = ask(&mut line, &request).unwrap();
        took.push(begun.elapsed());
        assert_eq!(reply.status, expected, "{reply:?}");
        std::thread::sleep(Duration::from_millis(20));
    }
    took.sort_unstable();
    took
}

#[test]
fn slow_clients_are_cut_within_thirty_seconds_and_honest_ones_are_served_meanwhile() {
    // Both ends of every connection are files of this machine.
    let mut files = getrlimit(Resource::Nofile);
    files.current = files.maximum;
    setrlimit(Resource::Nofile, files).unwrap();
    let program = Program::start(&[
        ("max_connections", "12000"),
        ("max_connections_per_address", "12000"),
        ("requests_per_address", "1000"),
        ("requests_per_address_burst", "20000"),
        ("requests_per_token", "1000"),
        ("requests_per_token_burst", "20000"),
    ]);
    assert_eq!(program.ask(&program.get("/api/v1/areas")).status, 200);
    let stop = AtomicBool::new(false);
    let (cut, took) = std::thread::scope(|scope| {
        let asking = scope.spawn(|| honest(&program, &stop));
        std::thread::sleep(Duration::from_millis(500));
        let cut = attacked(&program);
        stop.store(true, Ordering::Relaxed);
        (cut, asking.join().unwrap())
    });
    let p99 = took[took.len() * 99 / 100];
    let told = format!(
        "{} each of five kinds, all cut and every file back in {:.0} s; {} honest answers, p99 {} ms",
        many(),
        cut.as_secs_f64(),
        took.len(),
        p99.as_millis()
    );
    let passed = cut <= CUT && p99 <= Duration::from_millis(500);
    record("G14", &told, passed);
    assert!(passed, "{told}");
}

/// After how long every connection of the attackers was cut; more than [`CUT`] if some never were.
fn attacked(program: &Program) -> Duration {
    let before = program.files();
    let slow = kinds(program);
    let mut lines: Vec<(&Slow, TcpStream)> = Vec::new();
    for kind in &slow {
        for _ in 0..many() {
            let mut line = connect(program.address);
            let _ = line.write_all(kind.first.as_bytes());
            lines.push((kind, line));
        }
    }
    let begun = Instant::now();
    let most = program.files();
    assert!(most > before + 3 * many(), "the attack is under way: {before}, then {most}");
    while program.files() > before + 2 && begun.elapsed() <= CUT {
        for (kind, line) in &mut lines {
            let _ = line.write(kind.then.as_bytes());
        }
        std::thread::sleep(Duration::from_secs(1));
    }
    begun.elapsed()
}

#[test]
fn a_reader_on_a_slow_line_gets_the_whole_answer() {
    use std::io::Read;
    const STEP: usize = 2_048;
    let program =
        Program::start(&[("slow_answer_seconds", "2"), ("slowest_bytes_per_second", "4096")]);
    let line = connect(program.address);
    line.set_nonblocking(false).unwrap();
    let (mut line, begun) = (line, Instant::now());
    line.write_all(LARGE.as_bytes()).unwrap();
    let mut piece = [0; STEP];
    // Five times the slowest rate, for three times as long as a reader may rest.
    while begun.elapsed() < Duration::from_secs(6) {
        line.read_exact(&mut piece).expect("it is not cut");
        std::thread::sleep(Duration::from_millis(100));
    }
}

#[test]
fn a_body_that_comes_slowly_but_steadily_is_taken() {
    let program = Program::start(&[("request_timeout_seconds", "2")]);
    let mut line = program.connect();
    let name = "n".repeat(1_500);
    let body = format!("{{\"code\":\"slow\",\"names\":\"A\",\"comment\":\"{name}\"}}");
    let head = format!(
        "POST /api/v1/areas HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {}\r\n\
         Content-Type: application/json\r\nContent-Length: {}\r\n\r\n",
        program.token,
        body.len()
    );
    line.write_all(head.as_bytes()).unwrap();
    for piece in body.as_bytes().chunks(300) {
        std::thread::sleep(Duration::from_secs(1));
        line.write_all(piece).unwrap();
    }
    let reply = ask(&mut line, "").unwrap();
    assert!(
        [201, 422].contains(&reply.status),
        "longer than a request may take, and whole: {reply:?}"
    );
}
