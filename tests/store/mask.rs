//! G21: a masked position is one and the same for ever, and no question finds out more than it.
#![cfg(test)]

use passage::domain::{Clearance, Kind, Place, Sensitivity};
use passage::store::{Cut, Filter, RecordStore, Reference, SqliteStore};
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use serde_json::{Value, json};

use super::result::{is_night, record};
use super::{field, hour, later, new, next, query, write};

/// Points that are hidden, the reads of each, and the boxes that are asked about each.
fn points() -> u64 {
    if is_night() { 100 } else { 3 }
}
const STARTS: usize = 10;
const EDITS: usize = 10;
const READS: usize = 10;
const BOXES: usize = 100;

/// A reader who is not told where hospitals stand.
const READER: &Clearance = &Clearance::of(Sensitivity::Internal);

fn hospital(at: [f64; 2], note: usize) -> Value {
    json!({
        "code": "h", "names": { "en": "H" }, "facility_type": "hospital", "sensitivity": "public",
        "position": { "lon": at[0], "lat": at[1] }, "note": format!("edit {note}"),
    })
}

/// Where the reader is told that it is.
async fn seen(store: &SqliteStore) -> [f64; 2] {
    let cut = Cut { as_of: None, known_at: later() };
    let code = Reference::Code("h".to_owned());
    let shown = store.record(Kind::Facility, &code, cut, READER).await.unwrap();
    ["/position/lon", "/position/lat"].map(|pointer| field(&shown, pointer).as_f64().unwrap())
}

/// Halves a box around it as often as was said, by asking whether it is in; gives the middle of the last one.
async fn bisected(store: &SqliteStore) -> [f64; 2] {
    let (mut low, mut high) = ([34.0, 31.0], [40.0, 39.0]);
    for step in 0..BOXES {
        let axis = step % 2;
        let middle = f64::midpoint(low[axis], high[axis]);
        let mut to = high;
        to[axis] = middle;
        let filter = Filter { bbox: Some([low[0], low[1], to[0], to[1]]), ..Filter::default() };
        let page = store.records(query(Kind::Facility, filter), READER).await.unwrap();
        if page.total == 1 { high[axis] = middle } else { low[axis] = middle }
    }
    [0, 1].map(|axis| f64::midpoint(low[axis], high[axis]))
}

/// Reads it many times, across edits and starts; gives how far the mask is from it, kilometres.
async fn one_point(random: &mut StdRng) -> f64 {
    let there = [random.random_range(35.5..38.5), random.random_range(32.5..37.5)];
    let home = tempfile::tempdir().unwrap();
    let open = || SqliteStore::open(&home.path().join("passage.db"), 2).unwrap();
    let made = vec![new(Kind::Facility, &hospital(there, 0))];
    let mut version = open().write(write(hour(1), made)).await.unwrap()[0].version;
    let first = seen(&open()).await;
    for start in 0..STARTS {
        let store = open();
        for edit in 0..EDITS {
            let number = start * EDITS + edit + 1;
            let change = next(Kind::Facility, version, &hospital(there, number));
            let at = hour(1 + i64::try_from(number).unwrap());
            version = store.write(write(at, vec![change])).await.unwrap()[0].version;
            for _ in 0..READS {
                let same = seen(&store).await.map(f64::to_bits) == first.map(f64::to_bits);
                assert!(same, "start {start}, edit {edit}");
            }
        }
    }
    let best = bisected(&open()).await;
    let away = [best[0] - first[0], best[1] - first[1]];
    assert!(away.iter().all(|degrees| degrees.abs() < 1e-9), "{best:?} is not the mask {first:?}");
    let place = |[lon, lat]: [f64; 2]| Place::new(lon, lat).unwrap();
    place(first).distance_km(place(there))
}

#[tokio::test]
async fn a_mask_stays_through_reads_edits_and_starts_and_bisecting_finds_it_alone() {
    let mut random = StdRng::seed_from_u64(21);
    let mut away = Vec::new();
    for _ in 0..points() {
        away.push(one_point(&mut random).await);
    }
    away.sort_by(f64::total_cmp);
    let told = format!(
        "{} points, {} reads each across {} edits and {STARTS} starts: the same; {BOXES} boxes each find the mask and no better, {:.1} to {:.1} km away",
        away.len(),
        STARTS * EDITS * READS,
        STARTS * EDITS,
        away[0],
        away[away.len() - 1],
    );
    record("G21", &told, true);
    assert!(away[away.len() / 2] > 0.3, "the mask is not where it is: {told}");
}
