//! What becomes of attempts, and whose turn it is.

use proptest::prelude::*;
use serde_json::{Value, json};

use super::*;
use crate::domain::{Channel, Recipient, Sensitivity, typed};

const WEEK: TimeDelta = TimeDelta::days(7);

fn at(seconds: i64) -> DateTime<Utc> {
    DateTime::UNIX_EPOCH + TimeDelta::seconds(seconds)
}

/// A recipient that is told in a folder.
pub(super) fn desk(more: &Value) -> Recipient {
    let mut body = json!({ "name": "Desk", "channel": "folder", "address": "desk" });
    body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    typed(&body).unwrap()
}

/// A message to it that was just made.
pub(super) fn message() -> Delivery {
    Delivery {
        id: Uuid::nil(),
        recipient: "desk".to_owned(),
        channel: Channel::Folder,
        address: "desk".to_owned(),
        file_name: "a.txt".to_owned(),
        payload: Vec::new(),
        level: Sensitivity::Internal,
        made_at: at(0),
        report: None,
        progress: Progress::beginning(at(0)),
    }
}

fn again() -> Outcome {
    Outcome::Again("it does not answer".to_owned())
}

#[test]
fn what_was_taken_or_can_never_be_is_not_tried_again() {
    let beginning = Progress::beginning(at(0));
    let taken = after(&beginning, &Outcome::Delivered, at(5), (at(0), WEEK), 0.5);
    assert_eq!((taken.state, taken.done_at), (DeliveryState::Delivered, Some(at(5))));
    assert_eq!((taken.tried_at, taken.next_at), (Some(at(5)), None));
    assert!(!is_due(&taken, at(1_000_000)));
    let never = Outcome::Never("no such recipient".to_owned());
    let failed = after(&beginning, &never, at(5), (at(0), WEEK), 0.5);
    assert_eq!((failed.state, failed.attempts), (DeliveryState::Failed, 1));
    assert_eq!(failed.problem.as_deref(), Some("no such recipient"));
    assert_eq!((failed.tried_at, failed.done_at), (Some(at(5)), Some(at(5))));
    assert!(!is_due(&failed, at(1_000_000)));
}

#[test]
fn what_goes_out_no_more_is_over_and_says_why_and_keeps_when_it_was_tried() {
    let tried = after(&Progress::beginning(at(0)), &again(), at(5), (at(0), WEEK), 0.5);
    let aside = set_aside(&tried, "its recipient was withdrawn", at(9));
    assert_eq!((aside.state, aside.next_at), (DeliveryState::Failed, None));
    assert_eq!((aside.attempts, aside.tried_at, aside.done_at), (1, Some(at(5)), Some(at(9))));
    assert_eq!(aside.problem.as_deref(), Some("its recipient was withdrawn"));
}

#[test]
fn what_is_asked_for_again_goes_where_its_recipient_is_told_now_or_not_at_all() {
    let over = set_aside(&Progress::beginning(at(0)), "no such recipient", at(5));
    let dead = Delivery { payload: b"text".to_vec(), progress: over, ..message() };
    let asked =
        |of: &Delivery, address: &str| anew(of, Some(&desk(&json!({ "address": address }))));
    assert_eq!(asked(&dead, "desk"), Ok(None));
    let moved = asked(&dead, "other").unwrap().unwrap();
    assert_eq!((moved.address.as_str(), moved.payload.as_slice()), ("other", b"text".as_slice()));
    assert_eq!(anew(&dead, None), Err("its recipient was withdrawn"));
    let waits = Delivery { progress: Progress::beginning(at(0)), ..dead.clone() };
    assert_eq!(asked(&waits, "desk"), Ok(None));
    let over = Progress { state: DeliveryState::Delivered, ..dead.progress.clone() };
    let delivered = Delivery { progress: over, ..dead.clone() };
    assert_eq!(asked(&delivered, "desk"), Err("only what failed or waits is tried again"));
    let empty = Delivery { payload: Vec::new(), ..dead };
    assert_eq!(asked(&empty, "desk"), Err("it could not be made, and has nothing to send"));
}

#[test]
fn the_waits_double_up_to_an_hour_and_are_spread() {
    let waits: Vec<i64> = (1..=9).map(|attempts| wait(attempts, 1.0).num_seconds()).collect();
    assert_eq!(waits, [30, 60, 120, 240, 480, 960, 1_920, 3_600, 3_600]);
    assert_eq!(wait(1, 0.0), TimeDelta::seconds(15));
    assert_eq!(wait(u32::MAX, 0.0), TimeDelta::minutes(30));
}

#[test]
fn a_receiver_that_is_down_for_a_day_loses_nothing_and_one_that_never_comes_back_is_given_up() {
    let (mut progress, mut now) = (Progress::beginning(at(0)), at(0));
    while progress.state == DeliveryState::Waiting {
        now = progress.next_at.unwrap();
        progress = after(&progress, &again(), now, (at(0), WEEK), 0.5);
    }
    assert!(now - at(0) >= WEEK && now - at(0) <= WEEK + LONGEST_WAIT, "{now}");
    assert!(progress.problem.unwrap().starts_with("given up after"));
}

#[test]
fn what_somebody_asked_for_again_is_tried_often_enough_however_old_it_is() {
    let mut progress = Progress::beginning(at(0));
    for _ in 1..LEAST_ATTEMPTS {
        let now = progress.next_at.unwrap() + TimeDelta::days(400);
        progress = after(&progress, &again(), now, (at(0), WEEK), 0.5);
        assert_eq!(progress.state, DeliveryState::Waiting);
        assert_eq!((progress.tried_at, progress.done_at), (Some(now), None));
        assert_eq!(progress.problem.as_deref(), Some("it does not answer"));
    }
    let now = progress.next_at.unwrap() + TimeDelta::days(400);
    assert_eq!(after(&progress, &again(), now, (at(0), WEEK), 0.5).state, DeliveryState::Failed);
}

fn failed(attempts: u32, next: i64) -> Progress {
    Progress { attempts, next_at: Some(at(next)), ..Progress::beginning(at(0)) }
}

#[test]
fn what_is_to_be_tried_later_holds_up_all_that_was_made_after_it() {
    let new = Progress::beginning(at(5));
    let is_turn = |queue: &[&Progress]| is_turn(queue.iter().copied(), at(10));
    assert!(!is_turn(&[]));
    assert!(is_turn(&[&new]));
    assert!(!is_turn(&[&failed(1, 20), &new]));
    assert!(is_turn(&[&failed(1, 10), &new]), "it is its time");
}

#[test]
fn what_failed_often_is_passed_over_and_two_of_that_are_a_recipient_who_is_away() {
    let new = Progress::beginning(at(5));
    let often = failed(PASSED_OVER_AFTER, 20);
    let is_turn = |queue: &[&Progress]| is_turn(queue.iter().copied(), at(10));
    assert!(is_turn(&[&often, &new]));
    assert!(!is_turn(&[&failed(PASSED_OVER_AFTER - 1, 20), &new]));
    assert!(!is_turn(&[&often, &often, &new]));
    assert!(!is_turn(&[&often, &failed(1, 20), &new]));
    let mut turn = Turn::default();
    let done = Progress { state: DeliveryState::Failed, next_at: None, ..failed(9, 0) };
    let went: Vec<bool> =
        [&done, &done, &often, &done, &often].map(|one| turn.goes_on(one)).to_vec();
    assert_eq!(went, [true, true, true, true, false]);
}

#[test]
fn what_is_passed_over_is_not_tried_before_its_time() {
    let (often, new) = (failed(PASSED_OVER_AFTER, 20), Progress::beginning(at(5)));
    let mut turn = Turn::default();
    assert_eq!(turn.step(&often, at(10)), Step::Passes);
    assert_eq!(turn.step(&new, at(10)), Step::Tries);
    assert_eq!(turn.step(&failed(1, 20), at(10)), Step::Ends);
    assert_eq!(Turn::default().step(&often, at(20)), Step::Tries, "its time has come");
}

#[test]
fn a_clock_that_was_ahead_keeps_nothing_waiting() {
    let ahead = Progress::beginning(at(0) + TimeDelta::days(1_000));
    assert!(is_due(&ahead, at(0)));
    let soon = Progress::beginning(at(0) + LONGEST_WAIT);
    assert!(!is_due(&soon, at(0)));
    assert!(is_due(&soon, at(0) + LONGEST_WAIT));
}

proptest! {
    /// Whatever comes of the attempts: it waits with a time, or is over without one, and never goes back.
    #[test]
    fn a_delivery_waits_with_a_time_or_is_over(
        outcomes in prop::collection::vec(0_u8..3, 1..40), luck in 0.0..1.0_f64, step in 0_i64..10_000,
    ) {
        let (mut progress, mut now) = (Progress::beginning(at(0)), at(0));
        for (tried, outcome) in outcomes.into_iter().enumerate() {
            let outcome = match outcome {
                0 => Outcome::Delivered,
                1 => Outcome::Never("no".to_owned()),
                _ => again(),
            };
            now += TimeDelta::seconds(step);
            progress = after(&progress, &outcome, now, (at(0), WEEK), luck);
            prop_assert_eq!(progress.attempts as usize, tried + 1);
            prop_assert_eq!(progress.next_at.is_some(), progress.state == DeliveryState::Waiting);
            prop_assert_eq!(progress.done_at.is_none(), progress.state == DeliveryState::Waiting);
            prop_assert!(progress.next_at.is_none_or(|next| next > now && next - now <= LONGEST_WAIT));
            if progress.state != DeliveryState::Waiting {
                break;
            }
        }
    }
}
