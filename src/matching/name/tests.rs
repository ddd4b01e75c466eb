//! Names that are the same, names that look so and are not, and laws for all names.

use proptest::prelude::*;

use super::*;

#[track_caller]
fn same(one: &str, other: &str, step: Step) {
    let found = likeness(one, other);
    assert_eq!(
        found.step,
        step,
        "{one} and {other}: {} and {}",
        Spelling::of(one).forms[4],
        Spelling::of(other).forms[4]
    );
    assert!(found.score >= Score::hundredths(95), "{one} and {other}: {}", found.score);
}

#[test]
fn spellings_of_one_place_are_the_same_at_the_step_that_passes_over_what_differs() {
    same("Duma", "duma", Step::Marks);
    same("Fu'ah", "Fuah", Step::Marks);
    same("Kafr Batna", "Kafr-Batna", Step::Marks);
    same("دُوما", "دوما", Step::Marks);
    same("الغـوطة", "الغوطة", Step::Marks);
    same("ʿIrbīn", "Irbin", Step::Marks);
    same("الغوطة", "الغوطه", Step::Letters);
    same("أفتريس", "افتريس", Step::Letters);
    same("سوى", "سوي", Step::Letters);
    same("Al-Zabadani", "Zabadani", Step::Article);
    same("الزبداني", "زبداني", Step::Article);
    same("Az-Zabdani", "Zabdani", Step::Article);
    same("Ash Sham", "al-Sham", Step::Article);
    same("Duma", "Douma", Step::Transliteration);
    for fuah in ["Fu'ah", "Fuaa", "Al-Fu'ah", "Fouaa", "Fu'a"] {
        same("Foah", fuah, Step::Transliteration);
    }
    same("Madaya", "Maddaya", Step::Transliteration);
    same("Madaya", "Madhaya", Step::Transliteration);
    same("Ein Terma", "Ayn Tarma", Step::Transliteration);
    same("Hamouria", "Hamouriyeh", Step::Transliteration);
    same("Yarmouk", "Yarmuk", Step::Transliteration);
    same("Jisrein", "Jisrayn", Step::Transliteration);
    same("حمورية", "حموريا", Step::Transliteration);
}

#[test]
fn a_neighbour_is_not_the_place() {
    for (one, other) in [
        ("East Harasta", "Harasta"),
        ("Eastern Aleppo", "Western Aleppo"),
        ("الغوطة الشرقية", "الغوطة الغربية"),
        ("Camp 1", "Camp 11"),
        ("Rural Damascus", "Damascus"),
    ] {
        let found = likeness(one, other);
        assert!(found.score < WORTH_SHOWING, "{one} and {other}: {}", found.score);
    }
    assert!(likeness("Dar'a", "Darayya").step == Step::Close, "they are two towns");
}

#[test]
fn a_letter_more_or_less_is_close_and_never_as_good_as_another_spelling() {
    for (one, other) in
        [("Zabadin", "Zibdin"), ("Hammura", "Hamouria"), ("Saqba", "Sakbaa"), ("دوما", "دومة")]
    {
        assert!(
            likeness(one, other).score >= WORTH_SHOWING,
            "{one}, {other}: {}",
            likeness(one, other).score
        );
    }
    for (one, other) in [("Zabadin", "Zibdin"), ("Aleppo", "Aleppoo x")] {
        assert!(likeness(one, other).score < Score::hundredths(95));
    }
}

#[test]
fn two_scripts_are_not_compared() {
    assert_eq!(likeness("Duma", "دوما").score, Score::hundredths(0));
}

fn names() -> impl Strategy<Value = String> {
    prop_oneof![
        "[A-Za-z' -]{0,14}",
        "[ء-ي ]{0,10}",
        "(al-|ash-)?[a-z]{1,8}( [0-9]{1,2})?",
        "\\PC{0,8}"
    ]
}

proptest! {
    #[test]
    fn the_order_does_not_matter(one in names(), other in names()) {
        prop_assert_eq!(likeness(&one, &other), likeness(&other, &one));
    }

    #[test]
    fn a_name_is_the_same_as_itself_unless_it_says_nothing(name in names()) {
        let found = likeness(&name, &name);
        if Spelling::of(&name).is_empty() {
            prop_assert_eq!(found.score, Score::hundredths(0));
        } else {
            prop_assert_eq!(found, Likeness { score: Score::SAME, step: Step::Same });
        }
    }

    #[test]
    fn only_what_is_the_same_to_the_letter_has_the_full_score(one in names(), other in names()) {
        let found = likeness(&one, &other);
        prop_assert!(found.score < Score::SAME || one.trim() == other.trim());
        prop_assert!(found.step != Step::Close || found.score <= Score::hundredths(90));
    }

    #[test]
    fn strokes_and_vowel_marks_change_nothing(name in "[ب-غ]{1,9}", at in 0_usize..9) {
        let marked: String = name
            .chars()
            .enumerate()
            .flat_map(|(place, letter)| {
                let marks = if place == at { vec![letter, '\u{64E}', '\u{640}'] } else { vec![letter] };
                marks.into_iter()
            })
            .collect();
        prop_assert!(likeness(&name, &marked).score >= Score::hundredths(99));
    }

    #[test]
    fn a_further_word_never_makes_two_names_the_same(name in "[b-df-hj-n]{3,8}", more in "[b-df-hj-n]{3,8}") {
        let longer = format!("{name} {more}");
        prop_assert!(likeness(&name, &longer).score < Score::hundredths(95));
    }
}
