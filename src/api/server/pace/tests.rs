//! The pace against a plain count, and its memory under a million keys.

use proptest::prelude::*;

use super::*;

const START: Duration = Duration::from_hours(1);

fn taken(pace: &Pace, key: u64, tries: u32, now: Duration) -> u32 {
    (0..tries).map(|_| u32::from(pace.take(key, now).is_ok())).sum()
}

#[test]
fn a_burst_is_taken_to_the_last_and_then_as_many_as_the_rate_says() {
    let pace = Pace::new(50, 200);
    assert_eq!(taken(&pace, 1, 1_000, START), 200);
    assert_eq!(taken(&pace, 1, 1_000, START + Duration::from_secs(1)), 50);
    assert_eq!(taken(&pace, 1, 1_000, START + Duration::from_mins(1)), 200, "never more at once");
}

#[test]
fn who_waits_as_long_as_was_said_is_taken_and_not_a_moment_earlier() {
    let pace = Pace::new(3, 2);
    assert_eq!(taken(&pace, 1, 9, START), 2);
    let wait = pace.take(1, START).unwrap_err();
    assert!(pace.take(1, START + wait.checked_sub(Duration::from_nanos(1)).unwrap()).is_err());
    assert_eq!(pace.take(1, START + wait), Ok(()));
}

#[test]
fn one_key_does_not_pay_for_another() {
    let pace = Pace::new(1, 5);
    assert_eq!(taken(&pace, 1, 100, START), 5);
    assert_eq!(taken(&pace, 2, 100, START), 5);
}

#[test]
fn a_charge_is_paid_back_at_the_rate_and_has_an_end() {
    let pace = Pace::new(10, 20);
    pace.charge(1, 15, START);
    assert_eq!(taken(&pace, 1, 100, START), 5);
    pace.charge(1, u32::MAX, START);
    assert!(pace.take(1, START + Duration::from_secs(2)).is_err());
    assert_eq!(pace.take(1, START + Duration::from_millis(2_100)), Ok(()));
}

#[test]
fn a_million_keys_take_no_more_room_than_the_most_that_are_kept_and_give_nobody_a_second_burst() {
    let pace = Pace::new(1, 2);
    assert_eq!(taken(&pace, 7, 10, START), 2);
    let mut through = 0;
    for key in 0..1_000_000 {
        through += taken(&pace, 1_000 + key, 1, START);
        assert!(pace.keys() <= MOST_KEYS);
    }
    assert_eq!(through as usize, MOST_KEYS - 1 + 2, "the rest share one pace");
    assert!(pace.take(7, START).is_err(), "the flood did not make a known key forgotten");
    assert_eq!(
        taken(&pace, 5, 9, START + Duration::from_secs(10)),
        2,
        "room again when they rested"
    );
    assert_eq!(pace.keys(), 1);
}

proptest! {
    /// In any stretch of time no key gets more than the burst and the rate allow, and never less than is due.
    #[test]
    fn over_any_stretch_the_count_is_the_burst_and_the_rate(
        rate in 1_u32..200,
        burst in 1_u32..300,
        steps in prop::collection::vec((0_u64..200, 1_u32..80), 1..60),
    ) {
        let pace = Pace::new(rate, burst);
        let (mut now, mut got) = (START, Vec::new());
        for (millis, tries) in steps {
            now += Duration::from_millis(millis);
            got.push((now, tries, taken(&pace, 1, tries, now)));
        }
        for first in 0..got.len() {
            let sum: u32 = got[first..].iter().map(|(_, _, count)| *count).sum();
            let seconds = now.checked_sub(got[first].0).unwrap().as_secs_f64();
            let most = f64::from(burst) + seconds * f64::from(rate);
            prop_assert!(f64::from(sum) <= most + 1.0, "{sum} > {most}");
        }
        let asked: u32 = got.iter().map(|(_, tries, _)| *tries).sum();
        let sum: u32 = got.iter().map(|(_, _, count)| *count).sum();
        prop_assert!(sum >= asked.min(burst));
    }
}
