//! What goes out comes in again as it was: codes, ids and bodies.

use std::collections::BTreeMap;
use std::path::Path;

use passage::clock::Clock;
use passage::domain::{Field, Kind, Schema, Shape, draft};
use passage::exchange::export::{Ask, Exported, export, write_dir};
use passage::exchange::extract::Form;
use passage::exchange::import::{self, Options};
use proptest::prelude::*;
use serde_json::{Map, Value, json};
use uuid::Uuid;

use crate::world::{World, totals};

/// Numbers that look random and are the same for the same seed (`SplitMix64`).
struct Chance(u64);

impl Chance {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        usize::try_from((mixed ^ (mixed >> 31)) % end as u64).unwrap()
    }

    /// A number of eighths below 500.
    fn eighths(&mut self) -> f64 {
        f64::from(u16::try_from(self.below(4_000)).unwrap()) / 8.0
    }

    fn one_of<T: Copy>(&mut self, items: &[T]) -> T {
        items[self.below(items.len())]
    }
}

const TEXTS: [&str; 12] = [
    "=HYPERLINK(\"x\")",
    "'=1",
    "@home",
    "-5",
    "- a dash",
    "＝full",
    "a; b \\ c",
    "line\nbreak",
    "\"q\", r",
    "داريا",
    "'quoted'",
    "; ;",
];
const MOMENTS: [&str; 4] =
    ["2016-07-26", "2016-08-01T10:00:00Z", "2016-07-31T23:59:59.999Z", "2016-08-02T00:00:00Z"];

/// The code of a record, one of the few that each kind has here.
fn code(index: usize) -> &'static str {
    ["A-1", "-2", "+x:'y"][index]
}

fn value(shape: &Shape, chance: &mut Chance) -> Value {
    match shape {
        Shape::Text => json!(chance.one_of(&TEXTS)),
        Shape::Code(_) => json!(code(chance.below(3))),
        Shape::Number => json!(chance.eighths()),
        Shape::Count => json!(chance.below(5)),
        Shape::Flag => json!(chance.below(2) == 0),
        Shape::Choice(words) => json!(chance.one_of(words)),
        Shape::Moment => json!(chance.one_of(&MOMENTS)),
        Shape::Figure => json!({"low": 1, "best": chance.below(90) + 20, "high": Value::Null}),
        Shape::Names => json!({"en": chance.one_of(&TEXTS), "ar": "دوما"}),
        Shape::Place => json!({"lon": chance.eighths() / 8.0, "lat": -33.5}),
        Shape::Outline => {
            json!({"type": "Polygon", "coordinates": [[[36, 33], [37, 33.25], [37, 34], [36, 33]]]})
        }
        Shape::List(item) => (0..chance.below(3)).map(|_| value(item, chance)).collect(),
        Shape::Part(schema) => fields(schema, chance),
    }
}

/// What chance would hardly ever write so that it passes the door.
fn known(name: &str) -> Option<Value> {
    match name {
        "cron" => Some(json!("0 7 * * 1-5")),
        "time_zone" => Some(json!("Asia/Damascus")),
        "channel" => Some(json!("folder")),
        "address" => Some(json!("desk")),
        _ => None,
    }
}

fn fields(schema: &Schema, chance: &mut Chance) -> Value {
    let is_there = |field: &&Field, chance: &mut Chance| field.required || chance.below(3) > 0;
    let mut map = Map::new();
    for field in schema.fields {
        if is_there(&field, chance) {
            let value = known(field.name).unwrap_or_else(|| value(&field.shape, chance));
            map.insert(field.name.to_owned(), value);
        }
    }
    Value::Object(map)
}

/// A body that passes the door: what it refuses is left out, or, where it must be there, drawn again.
fn body(kind: Kind, chance: &mut Chance) -> Value {
    let mut sent = fields(kind.schema(), chance);
    loop {
        let problems = match draft(kind, &sent) {
            Ok(draft) => return draft.body,
            Err(problems) => problems.0,
        };
        let map = sent.as_object_mut().unwrap();
        for problem in problems {
            let name = problem.pointer.split('/').nth(1).unwrap_or_default().to_owned();
            let known = map.remove(&name).is_some();
            let field = kind.schema().field(&name).unwrap();
            if field.required || !known {
                map.insert(name, value(&field.shape, chance));
            }
        }
    }
}

/// The same body, naming the next record of its kind where it would name itself.
fn naming_another(kind: Kind, index: usize, mut body: Value) -> Value {
    let another = |value: &mut Value| {
        if value.as_str() == Some(code(index)) {
            *value = json!(code((index + 1) % 3));
        }
    };
    for field in kind.schema().fields {
        let own = |shape: &Shape| matches!(shape, Shape::Code(word) if *word == kind.as_str());
        match (&field.shape, body.get_mut(field.name)) {
            (shape, Some(value)) if own(shape) => another(value),
            (Shape::List(item), Some(Value::Array(values))) if own(item) => {
                values.iter_mut().for_each(another);
                // Nobody is named twice.
                let mut seen = Vec::new();
                values.retain(|value| {
                    !seen.contains(value) && {
                        seen.push(value.clone());
                        true
                    }
                });
            }
            _ => {}
        }
    }
    body
}

/// Three records of every kind, which name one another.
fn records(seed: u64) -> BTreeMap<Kind, Vec<Exported>> {
    let mut chance = Chance(seed);
    let mut of_kind = |kind: Kind| {
        let record = |index: usize, chance: &mut Chance| Exported {
            code: code(index).to_owned(),
            id: Uuid::from_u128((kind as u128) << 8 | index as u128 | 7 << 76 | 2 << 62),
            body: naming_another(kind, index, body(kind, chance)),
        };
        (kind, (0..3).map(|index| record(index, &mut chance)).collect())
    };
    Kind::ALL.iter().map(|kind| of_kind(*kind)).collect()
}

fn texts(folder: &Path) -> BTreeMap<String, String> {
    let files = std::fs::read_dir(folder).unwrap().map(|file| file.unwrap());
    files
        .map(|file| {
            (file.file_name().into_string().unwrap(), std::fs::read_to_string(file.path()).unwrap())
        })
        .collect()
}

async fn comes_back(records: BTreeMap<Kind, Vec<Exported>>) {
    let world = World::empty();
    write_dir(&world.files(), records.clone()).unwrap();
    let summary = match world.import().await {
        Ok(summary) => summary,
        Err(fault) => panic!("{fault}"),
    };
    assert_eq!(totals(&summary), (3 * Kind::ALL.len() as u64, 0, 0));
    for (kind, records) in &records {
        for record in records {
            let stored = world.versions(*kind, &record.code).await.remove(0);
            assert_eq!((&stored.body, stored.id), (&record.body.to_string(), record.id), "{kind}");
        }
    }
    let out = world.path().join("out");
    export(&world.store, &out, Kind::ALL, Clock::Wall, &passage::domain::Clearance::ALL)
        .await
        .unwrap();
    assert_eq!(texts(&out), texts(&world.files()));
    let again =
        import::run(&world.store, &[out], &Options::by("tests"), Clock::Wall, &mut |_| {}).await;
    assert_eq!(totals(&again.unwrap()), (0, 0, 3 * Kind::ALL.len() as u64));
    let book = world.path().join("all.xlsx");
    Ask::of(&world.store, Kind::ALL, Clock::Wall, &passage::domain::Clearance::ALL)
        .await
        .unwrap()
        .write(Form::Xlsx, &book)
        .await
        .unwrap();
    // A workbook knows no time zones, but the form of our times says that they are UTC.
    let options = Options::by("tests");
    let again = import::run(&world.store, &[book], &options, Clock::Wall, &mut |_| {}).await;
    assert_eq!(totals(&again.unwrap()), (0, 0, 3 * Kind::ALL.len() as u64));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn what_is_exported_is_imported_as_it_was(seed: u64) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(comes_back(records(seed)));
    }
}

#[tokio::test]
async fn a_list_that_is_empty_now_leaves_no_old_file_behind() {
    let world = World::with_files();
    world.import().await.unwrap();
    let out = world.path().join("out");
    export(&world.store, &out, Kind::ALL, Clock::Wall, &passage::domain::Clearance::ALL)
        .await
        .unwrap();
    assert!(out.join("convoys.drops.lines.csv").exists());
    write_dir(&out, [(Kind::Convoy, Vec::new())].into()).unwrap();
    let left = texts(&out);
    assert!(
        left.contains_key("convoys.csv")
            && !left.keys().any(|name| name.starts_with("convoys.") && name != "convoys.csv"),
        "{:?}",
        left.keys()
    );
    assert!(!left.keys().any(|name| name.contains(".part")), "{:?}", left.keys());
}

#[tokio::test]
async fn what_was_taken_back_while_the_clock_was_ahead_is_not_exported() {
    let world = World::with_files();
    world.import().await.unwrap();
    let stored = world.versions(Kind::Area, "AR-1").await.remove(0);
    world.withdraw_at(&stored, Clock::Wall.recorded_at() + chrono::TimeDelta::days(365)).await;
    let out = world.path().join("out");
    export(&world.store, &out, &[Kind::Area], Clock::Wall, &passage::domain::Clearance::ALL)
        .await
        .unwrap();
    let areas = &texts(&out)["areas.csv"];
    assert!(!areas.contains("AR-1") && areas.contains("AR-2"), "{areas}");
}
