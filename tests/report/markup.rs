//! No text of any record breaks out of the page of a report.

use std::sync::LazyLock;

use passage::domain::{Kind, Language, draft};
use passage::report::html;
use proptest::prelude::*;
use proptest::test_runner::TestRunner;
use serde_json::Value;

use crate::bodies::Filling;
use crate::result::record;
use crate::world::report_of;

/// What would run, load or close something, were it not escaped.
const ATTACKS: [&str; 8] = [
    "<script>alert(1)</script>",
    "\"><img src=x onerror=alert(1)>",
    "' onmouseover='alert(1)",
    "</title></style></svg><iframe src=//x>",
    "<!--",
    "]]><svg/onload=alert(1)>",
    "{{ self }}{% raw %}&lt;script&gt;",
    "javascript:alert(1)",
];

/// The page of a world in which every text of every record is this one.
fn page(text: &str) -> String {
    let filling = Filling { text, code: "K7", lon: 36.1, lat: 33.6 };
    let mut records: Vec<(Kind, String, Value)> = Vec::new();
    for kind in Kind::ALL {
        let code = filling.code_of(kind.as_str());
        records.push((*kind, code, filling.body(*kind)));
    }
    // An address that would run.
    let source = &mut records.iter_mut().find(|(kind, ..)| *kind == Kind::Source).unwrap().2;
    source["url"] = format!("javascript:alert(1)//{text}").into();
    if draft(Kind::Source, source).is_err() {
        source["url"] = "https://example.org/\"><script>".into();
    }
    // What is besieged has most to be said of.
    let status = &mut records.iter_mut().find(|(kind, ..)| *kind == Kind::Status).unwrap().2;
    for field in ["until", "delisted_on", "valid_to"] {
        status.as_object_mut().unwrap().remove(field);
    }
    let records: Vec<(Kind, &str, Value)> =
        records.iter().map(|(kind, code, body)| (*kind, code.as_str(), body.clone())).collect();
    html::page(&report_of(&records, "2016-07-19", "2016-07-26"), Language::En).unwrap()
}

/// Every tag of a page, as it is written between < and >.
fn tags(page: &str) -> Vec<&str> {
    let opened = page.split('<').skip(1);
    opened.map(|rest| rest.split('>').next().unwrap_or(rest)).collect()
}

/// The names of the tags, and of their attributes, without what stands in quotes.
fn names(page: &str) -> Vec<String> {
    let mut found = Vec::new();
    for tag in tags(page) {
        let outside: String = tag.split('"').step_by(2).collect();
        found.extend(outside.split([' ', '\n', '=', '/']).map(str::to_lowercase));
    }
    found.sort();
    found.dedup();
    found
}

/// The tags and attributes of a page about harmless words.
static HARMLESS: LazyLock<Vec<String>> = LazyLock::new(|| names(&page("harmless ")));

#[test]
fn no_attack_adds_a_tag_or_an_attribute_to_the_page() {
    assert!(HARMLESS.contains(&"svg".to_owned()) && HARMLESS.len() > 30, "{HARMLESS:?}");
    for attack in ATTACKS {
        let page = page(attack);
        assert_eq!(names(&page), *HARMLESS, "{attack}");
        assert!(!page.contains("href=\"javascript"), "{attack}");
    }
    assert!(page(ATTACKS[0]).contains("&#60;script&#62;alert(1)"), "the text is on the page");
}

/// A page is many texts, and takes long to make: one for sixteen of the cases asked for.
fn fewer() -> ProptestConfig {
    let all = ProptestConfig::default();
    ProptestConfig { cases: all.cases.div_ceil(16), ..all }
}

#[test]
fn no_text_adds_a_tag_to_the_page() {
    let config = fewer();
    let pages = config.cases;
    let texts = (prop::sample::select(ATTACKS.to_vec()), "[<>\"'&/=a{}-]{0,6}");
    let found = TestRunner::new(config).run(&texts, |(attack, around)| {
        let text = format!("{around}{attack}{around}");
        prop_assert_eq!(&names(&page(&text)), &*HARMLESS);
        Ok(())
    });
    let added = if found.is_ok() { "0 tags" } else { "a tag" };
    record("G31", &format!("{pages} pages of hostile text: {added} added"), found.is_ok());
    found.unwrap();
}
