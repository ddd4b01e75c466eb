//! Reports: kept as they were made, one for each schedule and period.
#![cfg(test)]

use passage::domain::{Format, Sensitivity};
use passage::store::{KeptReport, ListedReport, ReportCopy, ReportPlace};

use super::delivery::message;
use super::{backends, hour};

pub fn report(schedule: &str, period_end: i64) -> KeptReport {
    KeptReport {
        schedule: schedule.to_owned(),
        period_end: hour(period_end),
        recipient: String::new(),
        language: passage::domain::Language::En,
        as_of: hour(period_end + 1),
        known_at: hour(period_end + 2),
        made_at: hour(period_end + 3),
        clearance: Sensitivity::Internal,
        body: format!("{{\"of\":\"{schedule} {period_end}\"}}"),
        checkpoint: Some("passage checkpoint v1".to_owned()),
    }
}

#[tokio::test]
async fn a_report_is_kept_once_and_as_it_was_made() {
    for (name, store) in backends() {
        assert!(store.keep_report(vec![report("weekly", 10).into()]).await.unwrap(), "{name}");
        let again = KeptReport { body: "{}".to_owned(), ..report("weekly", 10) };
        assert!(!store.keep_report(vec![again.into()]).await.unwrap(), "{name}");
        assert!(
            store.keep_report(vec![report("monthly", 10).into()]).await.unwrap(),
            "{name}: another one"
        );
        assert!(
            store.keep_report(vec![report("weekly", 11).into()]).await.unwrap(),
            "{name}: another period"
        );
        let before = store.report_before("weekly", "", hour(11)).await.unwrap();
        assert_eq!(before, Some(report("weekly", 10)), "{name}: as it was made first");
    }
}

#[tokio::test]
async fn the_report_before_is_the_latest_of_its_schedule_that_ends_earlier() {
    for (name, store) in backends() {
        for (schedule, end) in [("weekly", 20), ("weekly", 10), ("weekly", 30), ("monthly", 25)] {
            store.keep_report(vec![report(schedule, end).into()]).await.unwrap();
        }
        for (end, expected) in
            [(10, None), (11, Some(10)), (20, Some(10)), (30, Some(20)), (99, Some(30))]
        {
            let before = store.report_before("weekly", "", hour(end)).await.unwrap();
            assert_eq!(before, expected.map(|end| report("weekly", end)), "{name}: before {end}");
        }
        assert_eq!(store.report_before("daily", "", hour(99)).await.unwrap(), None, "{name}");
    }
}

#[tokio::test]
async fn reports_are_listed_the_newest_first_and_no_more_than_asked() {
    for (name, store) in backends() {
        let ends = async |after: Option<ReportPlace>, limit| -> Vec<_> {
            let found = store.reports(after, limit, Sensitivity::Internal).await.unwrap();
            found.into_iter().map(|report| report.period_end).collect()
        };
        assert!(ends(None, 5).await.is_empty(), "{name}");
        for end in [20, 10, 30] {
            store.keep_report(vec![report("weekly", end).into()]).await.unwrap();
        }
        assert_eq!(ends(None, 5).await, [hour(30), hour(20), hour(10)], "{name}");
        assert_eq!(ends(None, 2).await, [hour(30), hour(20)], "{name}");
        assert!(ends(None, 0).await.is_empty(), "{name}");
        assert_eq!(ends(None, usize::MAX).await.len(), 3, "{name}");
        let after = |end| Some((hour(end), "weekly".to_owned()));
        assert_eq!(ends(after(30), 5).await, [hour(20), hour(10)], "{name}");
        assert_eq!(ends(Some((hour(20), "daily".to_owned())), 5).await, [hour(20), hour(10)]);
        assert!(ends(after(10), 5).await.is_empty(), "{name}");
    }
}

#[tokio::test]
async fn a_list_of_reports_has_one_row_for_all_copies_and_page_by_page_the_same_rows() {
    for (name, store) in backends() {
        for (schedule, end) in [("a", 10), ("b", 10), ("a", 20), ("c", 10)] {
            let of = |recipient: &str| KeptReport {
                recipient: recipient.to_owned(),
                ..report(schedule, end)
            };
            let desk = KeptReport { clearance: Sensitivity::Confidential, ..of("desk") };
            let copies = vec![of("hub").into(), of("").into(), desk.into()];
            store.keep_report(copies).await.unwrap();
        }
        let all = store.reports(None, 9, Sensitivity::Internal).await.unwrap();
        let rows: Vec<_> = all.iter().map(|row| (&*row.schedule, row.period_end)).collect();
        assert_eq!(rows, [("a", hour(20)), ("a", hour(10)), ("b", hour(10)), ("c", hour(10))]);
        let copies = |row: &ListedReport| -> Vec<String> {
            row.copies.iter().map(|copy| copy.recipient.clone()).collect()
        };
        assert!(all.iter().all(|row| copies(row) == ["", "hub"]), "{name}");
        let whole = store.reports(None, 9, Sensitivity::Confidential).await.unwrap();
        assert!(whole.iter().all(|row| copies(row) == ["", "desk", "hub"]), "{name}");
        let told = (all[0].as_of, all[0].known_at, all[0].made_at);
        assert_eq!(told, (hour(21), hour(22), hour(23)), "{name}");
        let (mut paged, mut after) = (Vec::new(), None);
        loop {
            let page = store.reports(after, 1, Sensitivity::Internal).await.unwrap();
            let Some(last) = page.last() else { break };
            after = Some((last.period_end, last.schedule.clone()));
            paged.extend(page);
        }
        assert_eq!(paged, all, "{name}");
    }
}

/// A copy for a recipient, with a file and a message.
fn copy(recipient: &str, end: i64, id: u128) -> ReportCopy {
    ReportCopy {
        report: KeptReport { recipient: recipient.to_owned(), ..report("weekly", end) },
        files: vec![(Format::Text, recipient.as_bytes().to_vec()), (Format::Xlsx, vec![0, 255])],
        deliveries: vec![message(id, recipient, end)],
    }
}

#[tokio::test]
async fn the_copies_of_a_report_are_kept_with_what_brings_them_all_or_none() {
    for (name, store) in backends() {
        assert!(store.keep_report(vec![copy("", 10, 1), copy("hub", 10, 2)]).await.unwrap());
        // One of them is there: none is kept.
        assert!(!store.keep_report(vec![copy("desk", 10, 3), copy("hub", 10, 4)]).await.unwrap());
        // A message under an id that is there: none is kept.
        assert!(store.keep_report(vec![copy("", 20, 5), copy("hub", 20, 1)]).await.is_err());
        assert_eq!(store.report_before("weekly", "desk", hour(99)).await.unwrap(), None, "{name}");
        let hub = store.report_before("weekly", "hub", hour(99)).await.unwrap();
        assert_eq!(hub, Some(copy("hub", 10, 2).report), "{name}");
        let waiting = store.waiting(9).await.unwrap();
        let waiting: Vec<u128> = waiting.iter().map(|one| one.id.as_u128()).collect();
        assert_eq!(waiting, [1, 2], "{name}");
        let sent = store.delivery(waiting_id(2), Sensitivity::Internal).await.unwrap();
        assert_eq!(sent, Some(message(2, "hub", 10)), "{name}");
    }
}

const fn waiting_id(id: u128) -> uuid::Uuid {
    uuid::Uuid::from_u128(id)
}

#[tokio::test]
async fn each_reader_has_an_own_row_of_reports() {
    for (name, store) in backends() {
        store.keep_report(vec![copy("", 10, 1), copy("hub", 10, 2)]).await.unwrap();
        store.keep_report(vec![copy("", 20, 3)]).await.unwrap();
        let before = async |recipient| {
            let found = store.report_before("weekly", recipient, hour(99)).await.unwrap();
            found.map(|report| report.period_end)
        };
        assert_eq!(before("").await, Some(hour(20)), "{name}");
        assert_eq!(before("hub").await, Some(hour(10)), "{name}: it was sent none since");
        assert_eq!(before("desk").await, None, "{name}");
    }
}

#[tokio::test]
async fn the_ends_of_the_periods_are_told_once_each_from_a_moment_on() {
    for (name, store) in backends() {
        let ends = async |from| store.report_ends("weekly", hour(from)).await.unwrap();
        assert!(ends(0).await.is_empty(), "{name}");
        store.keep_report(vec![copy("", 30, 1), copy("hub", 30, 2)]).await.unwrap();
        store.keep_report(vec![copy("", 10, 3)]).await.unwrap();
        store.keep_report(vec![report("monthly", 20).into()]).await.unwrap();
        assert_eq!(ends(0).await, [hour(10), hour(30)], "{name}: the earliest first");
        assert_eq!(ends(10).await, [hour(10), hour(30)], "{name}: from then on");
        assert_eq!(ends(11).await, [hour(30)], "{name}");
        assert!(ends(31).await.is_empty(), "{name}");
    }
}

#[tokio::test]
async fn a_file_of_a_report_is_given_exactly_as_it_was_sent() {
    for (name, store) in backends() {
        store.keep_report(vec![copy("", 10, 1), copy("hub", 10, 2)]).await.unwrap();
        store.keep_report(vec![report("monthly", 10).into()]).await.unwrap();
        let file =
            async |report: &KeptReport, format| store.report_file(report, format).await.unwrap();
        let hub = copy("hub", 10, 2).report;
        assert_eq!(file(&hub, Format::Text).await, Some(b"hub".to_vec()), "{name}");
        assert_eq!(file(&hub, Format::Xlsx).await, Some(vec![0, 255]), "{name}");
        assert_eq!(file(&hub, Format::Html).await, None, "{name}: it has none");
        assert_eq!(file(&report("weekly", 10), Format::Text).await, Some(Vec::new()), "{name}");
        assert_eq!(file(&report("monthly", 10), Format::Text).await, None, "{name}");
        assert_eq!(file(&report("weekly", 11), Format::Text).await, None, "{name}");
    }
}

#[tokio::test]
async fn a_report_for_readers_of_a_higher_level_is_not_listed() {
    for (name, store) in backends() {
        for (level, end) in (10..).zip(Sensitivity::ALL).map(|(end, level)| (*level, end)) {
            let kept = KeptReport { clearance: level, ..report("weekly", end) };
            store.keep_report(vec![kept.into()]).await.unwrap();
        }
        for (reader, count) in Sensitivity::ALL.iter().zip(1..) {
            assert_eq!(
                store.reports(None, 9, *reader).await.unwrap().len(),
                count,
                "{name}: {reader}"
            );
        }
    }
}
