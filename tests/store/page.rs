//! Pages: through all of them, in every order, each row comes exactly once.
#![cfg(test)]

use passage::domain::{Clearance, Kind};
use passage::store::{Filter, Query, Sort};
use proptest::prelude::*;
use serde_json::{Value, json};

use super::{Housed, backends, block_on, codes, hour, new, next, query, sqlite};

fn source(code: &str, date: Option<&str>) -> Value {
    json!({ "code": code, "name": code, "date": date })
}

fn sorted(sort: Sort, limit: usize) -> Query {
    Query { sort, limit, ..query(Kind::Source, Filter::default()) }
}

/// The codes on all pages, page after page.
async fn walk(store: &Housed, mut asked: Query, total: usize) -> Vec<String> {
    let mut found = Vec::new();
    loop {
        let page = store.records(asked.clone(), &Clearance::ALL).await.unwrap();
        assert_eq!(page.total, total as u64, "every page knows the same total");
        found.extend(codes(&page));
        let Some(after) = page.next else { break };
        assert_eq!(page.rows.len(), asked.limit, "a page before the last is full");
        assert!(found.len() < total, "after the last row there is no next page");
        asked.after = Some(after);
    }
    found
}

/// The codes in the order in which they must come; the sources are in the order of their versions.
fn expected(sources: &[(String, Option<String>)], sort: Sort) -> Vec<String> {
    let mut rows: Vec<(usize, &(String, Option<String>))> = sources.iter().enumerate().collect();
    match sort {
        Sort::Version => {}
        Sort::VersionDown => rows.reverse(),
        Sort::Code => rows.sort_by_key(|(_, (code, _))| code),
        Sort::Date => rows.sort_by_key(|(n, (_, date))| (date, *n)),
        Sort::DateDown => {
            rows.sort_by_key(|(n, (_, date))| (date, *n));
            rows.reverse();
        }
    }
    rows.into_iter().map(|(_, (code, _))| code.clone()).collect()
}

async fn every_walk_gives_every_row_once(store: &Housed, sources: &[(String, Option<String>)]) {
    let changes: Vec<_> = sources
        .iter()
        .map(|(code, date)| new(Kind::Source, &source(code, date.as_deref())))
        .collect();
    store.put(hour(1), changes).await;
    for sort in Sort::ALL {
        for limit in 1..=sources.len() + 1 {
            let found = walk(store, sorted(*sort, limit), sources.len()).await;
            assert_eq!(found, expected(sources, *sort), "{sort} by {limit}");
        }
    }
}

#[tokio::test]
async fn the_pages_of_every_order_and_size_give_every_row_exactly_once() {
    let dates = [
        ("e", None),
        ("B", Some("2016-03-01")),
        ("a", Some("2016-03-01")),
        ("d", None),
        ("c", Some("2016-01-01")),
        ("ش", Some("2016-03-01")),
        ("f", Some("1960-01-01")),
        ("g", None),
    ];
    let sources = dates.map(|(code, date)| (code.to_owned(), date.map(str::to_owned)));
    for (_, store) in backends() {
        every_walk_gives_every_row_once(&store, &sources).await;
    }
}

#[tokio::test]
async fn an_empty_list_is_one_empty_page() {
    for (name, store) in backends() {
        for sort in Sort::ALL {
            let page = store.records(sorted(*sort, 3), &Clearance::ALL).await.unwrap();
            assert_eq!((page.rows.len(), page.next, page.total), (0, None, 0), "{name}: {sort}");
        }
    }
}

#[tokio::test]
async fn a_list_without_rows_still_tells_how_many_there_are() {
    for (name, store) in backends() {
        store.put_one(hour(1), new(Kind::Source, &source("a", None))).await;
        let page = store.records(sorted(Sort::Version, 0), &Clearance::ALL).await.unwrap();
        assert_eq!((page.rows.len(), page.total), (0, 1), "{name}");
    }
}

#[tokio::test]
async fn any_limit_is_answered() {
    for (name, store) in backends() {
        store.put_one(hour(1), new(Kind::Source, &source("a", None))).await;
        let page = store.records(sorted(Sort::Version, usize::MAX), &Clearance::ALL).await;
        assert_eq!(page.map(|page| page.rows.len()).ok(), Some(1), "{name}");
    }
}

#[tokio::test]
async fn a_walk_shows_what_was_known_when_it_began_whatever_is_written_meanwhile() {
    for (name, store) in backends() {
        for code in ["b", "d", "f"] {
            store.put_one(hour(1), new(Kind::Source, &source(code, Some("2016-03-01")))).await;
        }
        for (n, sort) in (2..).zip(Sort::ALL) {
            let mut asked = sorted(*sort, 1);
            asked.cut.known_at = hour(1);
            let first = store.records(asked.clone(), &Clearance::ALL).await.unwrap();
            for code in ["a", "z"] {
                let body = source(&format!("{code}{n}"), Some("2016-03-01"));
                store.put_one(hour(n), new(Kind::Source, &body)).await;
            }
            let d = store.known(Kind::Source, "d", hour(n)).await.unwrap();
            let revised = next(Kind::Source, d.version, &source("d", Some("2017-01-01")));
            store.put_one(hour(n), revised).await;
            let mut found = codes(&first);
            asked.after = first.next;
            found.extend(walk(&store, asked, 3).await);
            found.sort();
            assert_eq!(found, ["b", "d", "f"], "{name}: {sort}");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    #[test]
    fn pages_give_every_row_exactly_once(days in prop::collection::vec(prop::option::of(1..5_u8), 1..9)) {
        let sources: Vec<(String, Option<String>)> = (0..)
            .zip(&days)
            .map(|(n, day)| (format!("s{}", (n * 7) % 11), day.map(|day| format!("2016-03-0{day}"))))
            .collect();
        block_on(async { every_walk_gives_every_row_once(&sqlite(), &sources).await });
    }
}
