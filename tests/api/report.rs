//! The report as it would be made now, in the language that is asked for.
#![cfg(test)]

use crate::harness::Passage;

#[test]
fn the_preview_is_told_in_the_language_that_is_asked_for_and_in_english_otherwise() {
    let passage = Passage::start();
    let preview = |query: &str| {
        let answer = passage.get(&format!("/api/v1/reports/preview?{query}"));
        assert_eq!(answer.status, 200, "{query}: {}", answer.text);
        answer.text
    };
    assert!(preview("").contains("<html lang=\"en\">"));
    assert!(preview("language=fr").contains("Rapport de situation"));
    let page = preview("language=ar");
    assert!(page.contains("<html lang=\"ar\" dir=\"rtl\">") && page.contains("تقرير الحالة"));
    assert!(preview("language=ar&format=text").contains("ثلاثة أرقام"));
    let refused = passage.get("/api/v1/reports/preview?language=xx").problem(422, "invalid");
    assert!(refused.at("language").contains("en, ar, fr"), "{}", refused.at("language"));
}

#[test]
fn a_period_that_ends_where_time_does_is_not_found_and_nothing_breaks() {
    let passage = Passage::start();
    for end in ["+262142-12-31T23:59:59.999Z", "-262143-01-01T00:00:00Z", "+262142-12-31T23:59:59Z"]
    {
        let path = format!("/api/v1/reports/weekly/{end}");
        passage.get(&path).problem(404, "not_found");
    }
}
