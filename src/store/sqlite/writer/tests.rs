//! The writer when things go wrong: nothing is acknowledged that is not kept.

use std::process::Command;

use rusqlite::ffi;

use super::*;

fn table(home: &tempfile::TempDir) -> (Writer, PathBuf) {
    let path = home.path().join("t.sqlite");
    let connection = super::super::open_to_write(&path, None).unwrap();
    connection.execute_batch("CREATE TABLE t (n INTEGER) STRICT").unwrap();
    (Writer::start(connection, &path, None).unwrap(), path)
}

fn add(n: i64) -> impl FnOnce(&Connection) -> StoreResult<()> + Send + 'static {
    move |connection| {
        connection.execute("INSERT INTO t VALUES (?1)", [n])?;
        Ok(())
    }
}

fn kept(path: &Path) -> Vec<i64> {
    let connection = Connection::open(path).unwrap();
    let mut select = connection.prepare("SELECT n FROM t ORDER BY n").unwrap();
    select.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect()
}

fn broken_disk(_: &Connection) -> StoreResult<()> {
    let failure = ffi::Error::new(ffi::SQLITE_IOERR_FSYNC);
    Err(rusqlite::Error::SqliteFailure(failure, None).into())
}

/// Holds the writer while changes queue up behind it, so that they share a batch.
fn hold(writer: &Writer) -> std::sync::mpsc::Sender<()> {
    let (go_on, held) = std::sync::mpsc::channel::<()>();
    let job: Job = Box::new(move |_| {
        let _ = held.recv();
        Done { keep: true, trouble: None, answer: Box::new(|_| ()) }
    });
    writer.queue.try_send(job).ok().unwrap();
    go_on
}

#[tokio::test]
async fn a_change_that_panics_undoes_itself_alone_and_does_not_tell_what_it_said() {
    let home = tempfile::tempdir().unwrap();
    let (writer, path) = table(&home);
    let go_on = hold(&writer);
    let panics = |connection: &Connection| {
        add(2)(connection)?;
        assert!(connection.is_autocommit(), "the secret of convoy 7");
        Ok(())
    };
    let all = async { tokio::join!(writer.run(add(1)), writer.run(panics), writer.run(add(3))) };
    let (before, bad, after) = tokio::join!(all, async { drop(go_on) }).0;
    before.unwrap();
    after.unwrap();
    let Err(StoreError::Backend(said)) = bad else { panic!("{bad:?}") };
    assert!(!said.to_string().contains("secret"), "{said}");
    assert_eq!(kept(&path), [1, 3]);
}

#[tokio::test]
async fn a_full_disk_refuses_the_write_and_takes_the_next_one_when_there_is_room() {
    let home = tempfile::tempdir().unwrap();
    let (writer, path) = table(&home);
    let pages = |count: &'static str| {
        move |connection: &Connection| {
            connection.query_row(count, [], |row| row.get::<_, i64>(0)).map(|_| ())?;
            Ok(())
        }
    };
    writer.run(add(1)).await.unwrap();
    writer.run(pages("PRAGMA max_page_count = 2")).await.unwrap();
    let big = |connection: &Connection| {
        connection.execute_batch(
            "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n WHERE x < 9999)
             INSERT INTO t SELECT x FROM n",
        )?;
        Ok(())
    };
    let refused = writer.run(big).await;
    assert!(matches!(refused, Err(StoreError::NoSpace)), "{refused:?}");
    writer.run(pages("PRAGMA max_page_count = 1000000")).await.unwrap();
    writer.run(add(2)).await.unwrap();
    assert_eq!(kept(&path), [1, 2]);
}

#[tokio::test]
async fn a_change_whose_transaction_was_lost_is_not_acknowledged_nor_are_its_neighbours() {
    let home = tempfile::tempdir().unwrap();
    let (writer, path) = table(&home);
    let go_on = hold(&writer);
    // As a disk that fills up may do under any statement; the change does not notice.
    let loses = |connection: &Connection| {
        connection.execute_batch("ROLLBACK")?;
        Ok(())
    };
    let all = async { tokio::join!(writer.run(add(1)), writer.run(loses), writer.run(add(3))) };
    let (before, lost, after) = tokio::join!(all, async { drop(go_on) }).0;
    assert!(before.is_err() && lost.is_err() && after.is_err(), "{before:?} {lost:?} {after:?}");
    writer.run(add(4)).await.unwrap();
    assert_eq!(kept(&path), [4]);
}

#[tokio::test]
async fn an_error_of_the_disk_undoes_the_batch_refuses_writers_and_mends_by_itself() {
    let home = tempfile::tempdir().unwrap();
    let (writer, path) = table(&home);
    let go_on = hold(&writer);
    let all =
        async { tokio::join!(writer.run(add(1)), writer.run(broken_disk), writer.run(add(3))) };
    let (before, broken, after) = tokio::join!(all, async { drop(go_on) }).0;
    for answer in [before, broken, after] {
        assert!(matches!(answer, Err(StoreError::DiskFault)), "{answer:?}");
    }
    let meanwhile = writer.run(add(4)).await;
    assert!(matches!(meanwhile, Err(StoreError::DiskFault)), "{meanwhile:?}");
    assert_eq!(kept(&path), [] as [i64; 0], "readers go on");
    let begun = Instant::now();
    while writer.run(add(5)).await.is_err() {
        assert!(begun.elapsed() < Duration::from_secs(10), "it mends within ten seconds");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    assert_eq!(kept(&path), [5]);
}

/// Runs a test anew in a process of its own that is to end; gives what it ended with and what it said.
/// `None` in that process, which goes on with what ends it.
fn ended(test: &str) -> Option<(Option<i32>, String)> {
    const IS_TO_END: &str = "PASSAGE_TEST_IS_TO_END";
    #[expect(clippy::disallowed_methods, reason = "the program itself never reads it")]
    if std::env::var(IS_TO_END).is_ok() {
        tracing_subscriber::fmt().with_writer(std::io::stderr).init();
        return None;
    }
    let program = std::env::current_exe().unwrap();
    let test = format!("store::sqlite::writer::tests::{test}");
    let mut again = Command::new(program);
    again.args(["--exact", &test, "--nocapture"]).env(IS_TO_END, "1");
    let ended = again.output().unwrap();
    Some((ended.status.code(), String::from_utf8_lossy(&ended.stderr).into_owned()))
}

#[tokio::test]
async fn the_process_ends_with_one_clear_line_when_the_writer_panics() {
    let test = "the_process_ends_with_one_clear_line_when_the_writer_panics";
    if let Some((code, said)) = ended(test) {
        assert_eq!(code, Some(DEAD), "{said}");
        let is_told = |line: &&str| line.contains("The writer has stopped");
        assert_eq!(said.lines().filter(is_told).count(), 1, "{said}");
        return;
    }
    let home = tempfile::tempdir().unwrap();
    let (writer, _) = table(&home);
    // Not by way of `run`, which catches what a change does.
    writer.queue.try_send(Box::new(|_| panic!("as a fault of this program"))).ok().unwrap();
    let answer = writer.run(add(1)).await;
    tokio::time::sleep(Duration::from_secs(20)).await;
    panic!("it goes on, with {answer:?}");
}

#[tokio::test]
async fn the_process_ends_when_the_data_are_found_damaged_after_an_error_of_the_disk() {
    let test = "the_process_ends_when_the_data_are_found_damaged_after_an_error_of_the_disk";
    if let Some((code, said)) = ended(test) {
        assert_eq!(code, Some(DEAD), "{said}");
        assert!(said.contains("The writer has stopped: the data are damaged"), "{said}");
        return;
    }
    let home = tempfile::tempdir().unwrap();
    let (writer, path) = table(&home);
    let fill = |connection: &Connection| {
        connection.execute_batch(
            "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n WHERE x < 99999)
             INSERT INTO t SELECT x FROM n",
        )?;
        Ok(())
    };
    writer.run(fill).await.unwrap();
    let checkpointed = Connection::open(&path).unwrap();
    checkpointed.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(())).unwrap();
    drop(checkpointed);
    let mut bytes = std::fs::read(&path).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle..middle + 8_192].fill(0xAA);
    std::fs::write(&path, bytes).unwrap();
    let answer = writer.run(broken_disk).await;
    assert!(answer.is_err());
    tokio::time::sleep(Duration::from_secs(20)).await;
    panic!("it goes on");
}
