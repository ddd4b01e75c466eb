//! Two areas that are one: figures of a place that was written down under two codes, once they were merged.

use std::sync::Arc;

use passage::domain::merge::{MERGED_INTO, redirect};
use passage::domain::{Kind, draft};
use passage::situation::World;
use passage::store::{Snapshot, Stored};
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::patched::{Written, figures, now, put, standards, stored, with_areas, written};

/// The body with one area in the place of another.
fn with(kind: Kind, body: &Value, from: &str, to: &str) -> Value {
    let mut body = draft(kind, body).unwrap().body;
    redirect(kind.schema(), &mut body, &|of, code| {
        (of == Kind::Area && code == from).then(|| to.to_owned())
    });
    body
}

/// The records, each at a or, where it is told so, at b instead.
fn spread(records: &[(Written, bool)]) -> Vec<Written> {
    let at = |(written, elsewhere): &(Written, bool)| {
        let to = if *elsewhere { "b" } else { "a" };
        let body = written.body.as_ref().map(|body| {
            let body = with(written.kind, body, "b", "a");
            with(written.kind, &body, "a", to)
        });
        Written { body, ..written.clone() }
    };
    records.iter().map(at).collect()
}

/// That area b is gone: merged into a, or only taken back.
fn gone(version: i64, into: Option<&str>) -> Stored {
    let written = Written { kind: Kind::Area, code: "b".to_owned(), body: None };
    let body = into.map_or_else(|| json!({}), |into| json!({ "names": "b", MERGED_INTO: into }));
    Stored { body: body.to_string(), ..stored(version, &written) }
}

/// All at a, and no b.
fn at_one(records: &[(Written, bool)]) -> World {
    let mut world = with_areas();
    world.put(gone(90, None), standards().ration).unwrap();
    let all: Vec<(Written, bool)> = records.iter().map(|(one, _)| (one.clone(), false)).collect();
    for (version, one) in (100..).zip(spread(&all)) {
        put(&mut world, version, &one);
    }
    world
}

/// Some at b, which is merged into a: loaded with what stands for what first.
fn merged(records: &[(Written, bool)]) -> World {
    let mut world = with_areas();
    world.put(gone(90, Some("a")), standards().ration).unwrap();
    for (version, one) in (100..).zip(spread(records)) {
        put(&mut world, version, &one);
    }
    world
}

/// The same with the merge as the last of the news, which brings what names b again.
fn merged_later(records: &[(Written, bool)]) -> World {
    let mut world = with_areas();
    let mut last: std::collections::BTreeMap<String, Stored> = std::collections::BTreeMap::new();
    for (version, one) in (100..).zip(spread(records)) {
        put(&mut world, version, &one);
        last.insert(one.code.clone(), stored(version, &one));
    }
    let naming =
        last.into_values().filter(|stored| !stored.withdrawn && stored.body.contains("\"b\""));
    let mut news: Vec<Stored> = naming.collect();
    news.sort_by_key(|stored| stored.version);
    news.push(gone(900, Some("a")));
    let snapshot = Snapshot { records: news, sequence: 900, changes_sight: true };
    world.patch(snapshot, standards().ration).unwrap();
    world
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn figures_of_a_place_under_two_codes_are_those_of_one(
        records in prop::collection::vec((written(), any::<bool>()), 1..16)
    ) {
        let expected = figures(at_one(&records));
        prop_assert_eq!(&figures(merged(&records)), &expected);
        prop_assert_eq!(&figures(merged_later(&records)), &expected);
    }

    #[test]
    fn what_is_not_merged_any_more_is_as_if_it_never_was(
        records in prop::collection::vec((written(), any::<bool>()), 1..12)
    ) {
        let mut never = with_areas();
        let mut back = merged(&records);
        let mut news = vec![];
        for (version, one) in (100..).zip(spread(&records)) {
            put(&mut never, version, &one);
            news.push(stored(version, &one));
        }
        let area = Written { kind: Kind::Area, code: "b".to_owned(), body: Some(json!({ "names": "b" })) };
        // The version of an area is no figure; it stays the same here all the same.
        news.push(stored(2, &area));
        back.patch(Snapshot { records: news, sequence: 901, changes_sight: true }, standards().ration).unwrap();
        prop_assert_eq!(figures(back), figures(never));
    }
}

#[test]
fn the_code_that_went_stands_for_the_other() {
    let world = merged(&[]);
    assert_eq!(world.stands_for(Kind::Area, "b"), "a");
    assert_eq!(world.stands_for(Kind::Convoy, "b"), "b");
    assert!(world.areas.get("b").is_none());
    assert!(Arc::new(world).learned_at <= now());
}
