//! Reports: kept as they were made, one for each schedule and period.
#![cfg(test)]

use passage::domain::Sensitivity;
use passage::store::KeptReport;

use super::{backends, hour};

fn report(schedule: &str, period_end: i64) -> KeptReport {
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
        assert!(store.reports(5, Sensitivity::Internal).await.unwrap().is_empty(), "{name}");
        for end in [20, 10, 30] {
            store.keep_report(vec![report("weekly", end).into()]).await.unwrap();
        }
        let ends = |reports: Vec<KeptReport>| -> Vec<_> {
            reports.into_iter().map(|report| report.period_end).collect()
        };
        let all = ends(store.reports(5, Sensitivity::Internal).await.unwrap());
        assert_eq!(all, [hour(30), hour(20), hour(10)], "{name}");
        let two = ends(store.reports(2, Sensitivity::Internal).await.unwrap());
        assert_eq!(two, [hour(30), hour(20)], "{name}");
        assert!(store.reports(0, Sensitivity::Internal).await.unwrap().is_empty(), "{name}");
        assert_eq!(
            store.reports(usize::MAX, Sensitivity::Internal).await.unwrap().len(),
            3,
            "{name}"
        );
    }
}
