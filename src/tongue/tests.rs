//! The catalogues: what one language says, all say; nothing is missing and nothing is left over.

use std::collections::{BTreeMap, BTreeSet};

use fluent_bundle::{FluentArgs, FluentResource, FluentValue};

use super::{Tongue, files, spaced};
use crate::domain::{DatePrecision, Figure, Language, Saying, Told};

/// What a language may use beyond what English does: the caller gives it to all.
const MORE: [(&str, &str); 3] =
    [("alert-overdue", "stage_word"), ("alert-attacked", "stage_word"), ("in-month", "number")];

const NUMBERS: [f64; 9] = [0.0, 1.0, 2.0, 3.0, 11.0, 100.0, 105.0, 2_500.0, 0.5];

/// The sentences of a language with their text as it stands in the files.
fn sentences(language: Language) -> BTreeMap<String, String> {
    let mut found: BTreeMap<String, String> = BTreeMap::new();
    let mut last = String::new();
    for line in files(language).iter().flat_map(|file| file.lines()) {
        let begins = line.starts_with(|letter: char| letter.is_ascii_lowercase());
        match line.split_once(" = ").filter(|_| begins) {
            Some((name, text)) => {
                last = name.to_owned();
                let twice = found.insert(last.clone(), text.to_owned());
                assert_eq!(twice, None, "{language} has {name} twice");
            }
            None if line.starts_with('#') || line.is_empty() => {}
            None => found.entry(last.clone()).or_default().push_str(line),
        }
    }
    found
}

/// The names after each opening mark, up to what cannot be in a name.
fn after<'t>(text: &'t str, mark: &'t str) -> impl Iterator<Item = String> + 't {
    let is_in = |letter: &char| letter.is_ascii_alphanumeric() || "-_".contains(*letter);
    text.split(mark).skip(1).map(move |rest| rest.chars().take_while(is_in).collect())
}

/// What a sentence is about, also by way of the sentences inside it.
fn about(all: &BTreeMap<String, String>, name: &str) -> BTreeSet<String> {
    let text = &all[name];
    let mut own: BTreeSet<String> = after(text, "$").collect();
    for inside in after(text, "{ ").filter(|inside| all.contains_key(inside)) {
        own.extend(about(all, &inside));
    }
    own
}

#[test]
fn every_file_of_every_language_can_be_read() {
    for language in Language::ALL {
        for file in files(*language) {
            let read = FluentResource::try_new(spaced(file, *language));
            assert!(read.is_ok(), "{language}: {:?}", read.err().map(|(_, faults)| faults));
        }
    }
}

#[test]
fn what_one_language_says_all_say_and_about_the_same() {
    let english = sentences(Language::En);
    assert!(english.len() > 400, "{}", english.len());
    for language in [Language::Ar, Language::Fr] {
        let other = sentences(language);
        let names = |all: &BTreeMap<String, String>| all.keys().cloned().collect::<BTreeSet<_>>();
        let apart: Vec<String> =
            names(&english).symmetric_difference(&names(&other)).cloned().collect();
        assert!(apart.is_empty(), "{language}: {apart:?}");
        for name in english.keys() {
            let (own, given) = (about(&other, name), about(&english, name));
            let more = own.difference(&given).filter(|more| !MORE.contains(&(name, more)));
            let more: Vec<&String> = more.collect();
            assert!(more.is_empty(), "{language} {name} asks for {more:?}");
        }
    }
}

#[test]
fn every_sentence_can_be_said_about_any_number_and_any_text() {
    let english = sentences(Language::En);
    for language in Language::ALL {
        for name in english.keys() {
            let mut asked = about(&english, name);
            asked.extend(MORE.iter().filter(|more| more.0 == name).map(|more| more.1.to_owned()));
            let texts = [FluentValue::from("x")].into_iter();
            for value in texts.chain(NUMBERS.map(FluentValue::from)) {
                let about: FluentArgs<'_> =
                    asked.iter().map(|name| (name.as_str(), value.clone())).collect();
                let said = Tongue::of(*language).say(name, &about);
                assert!(!said.contains(['{', '}', '$']), "{language} {name}: {said}");
                assert!(!said.contains(['<', '>', '&']), "{language} {name} is no HTML: {said}");
            }
        }
    }
}

#[test]
fn french_has_no_plain_space_before_its_high_signs() {
    for (name, text) in sentences(Language::Fr) {
        let text = spaced(&text, Language::Fr);
        for sign in [":", ";", "?", "!", "%", "»"] {
            assert!(!text.contains(&format!(" {sign}")), "{name}: {text}");
        }
        assert!(!text.contains("« ") && !text.contains('\''), "{name}: {text}");
    }
}

#[test]
fn no_english_word_stands_in_an_arabic_sentence() {
    for (name, text) in sentences(Language::Ar) {
        let mut shown = text.replace("PLURAL", "");
        for (mark, end) in [("$", ""), ("[", "]"), ("{ ", " }")] {
            let inside: BTreeSet<String> = after(&text, mark).filter(|s| !s.is_empty()).collect();
            // The longest first: one may begin with another.
            for inside in inside.iter().rev() {
                shown = shown.replace(&format!("{mark}{inside}{end}"), "");
            }
        }
        let shown = ["HTML", "JSON", "Passage"].iter().fold(shown, |s, word| s.replace(word, ""));
        assert!(!shown.contains(|c: char| c.is_ascii_alphabetic()), "{name}: {shown}");
    }
}

#[test]
fn arabic_nouns_take_one_of_six_forms_by_their_number() {
    let arabic = Tongue::of(Language::Ar);
    let said = |count: usize| arabic.several(count, "areas");
    assert_eq!(said(0), "لا منطقة");
    assert_eq!(said(1), "منطقة واحدة");
    assert_eq!(said(2), "منطقتان");
    for few in [3, 10, 103, 105, 110, 1_003] {
        assert!(said(few).ends_with("مناطق"), "{few}: {}", said(few));
    }
    let days = |count: usize| arabic.several(count, "in-days");
    for many in [11, 26, 99, 111, 199, 1_011] {
        assert!(days(many).ends_with("يوما"), "{many}: {}", days(many));
    }
    for other in [100, 101, 102, 200, 1_000] {
        assert!(days(other).ends_with("يوم"), "{other}: {}", days(other));
    }
}

#[test]
fn numbers_and_days_are_written_as_each_language_writes_them() {
    let [english, arabic, french] = [Language::En, Language::Ar, Language::Fr].map(Tongue::of);
    let number = |t: Tongue<'_>| (t.number(1_015_275.0), t.decimal(1_234.56, 1));
    assert_eq!(number(english), ("1,015,275".to_owned(), "1,234.6".to_owned()));
    assert_eq!(number(arabic), number(english));
    let spaced = ("1\u{202f}015\u{202f}275".to_owned(), "1\u{202f}234,6".to_owned());
    assert_eq!(number(french), spaced);
    let day = |month, day| chrono::NaiveDate::from_ymd_opt(2016, month, day).unwrap();
    assert_eq!(english.date(day(7, 1)), "1 July 2016");
    assert_eq!(arabic.date(day(7, 26)), "26 تموز/يوليه 2016");
    assert_eq!(arabic.short_date(day(1, 2)), "2 كانون الثاني 2016");
    assert_eq!(french.date(day(7, 1)), "1er juillet 2016");
    assert_eq!(french.date(day(7, 26)), "26 juillet 2016");
    let month = Some(DatePrecision::Month);
    assert_eq!(french.known_date(day(8, 1), month), "mois d’août 2016");
    assert_eq!(french.known_short_date(day(8, 1), month), "août 2016");
    let share = Figure::computed(Some(0.1), None, Some(0.5));
    assert_eq!(arabic.share(share), "بين 10 و50 في المائة");
    assert_eq!(french.share(share), "10 à 50\u{202f}%");
    assert_eq!(french.share(Figure::UNKNOWN), "non connu");
}

#[test]
fn what_runs_against_the_sentence_is_kept_together_and_english_is_left_as_it_was() {
    let text = "UN (Egeland)";
    assert_eq!(Tongue::of(Language::Ar).text(text), "\u{2068}UN (Egeland)\u{2069}");
    assert_eq!(Tongue::of(Language::Ar).text("حلب"), "حلب");
    assert_eq!(Tongue::of(Language::Fr).text("حلب"), "\u{2068}حلب\u{2069}");
    assert_eq!(Tongue::ENGLISH.text("حلب"), "حلب");
}

#[test]
fn a_part_of_a_sentence_is_worded_in_its_language() {
    let saying = Saying::of("alert-runout-about")
        .text("area", "K7")
        .part("left", Saying::of("alert-days").number("days", 2.4))
        .case("until", "unknown")
        .with("more", Told::Number(1.0));
    let told = |language| Tongue::of(language).told(&saying);
    assert_eq!(told(Language::En), "The food known to be in K7 lasts about 2 days more.");
    assert!(told(Language::Ar).contains("نحو يومين"), "{}", told(Language::Ar));
    assert!(told(Language::Fr).contains("environ 2 jours"), "{}", told(Language::Fr));
}

/// The keys of every selector of a language, with the sentence it stands in.
fn selectors(language: Language) -> Vec<(String, BTreeSet<String>)> {
    let (mut found, mut open, mut name) =
        (Vec::new(), Vec::<(String, BTreeSet<String>)>::new(), "");
    for line in files(language).iter().flat_map(|file| file.lines()) {
        if line.starts_with(|letter: char| letter.is_ascii_lowercase()) {
            name = line.split_once(" = ").map_or(name, |(name, _)| name);
        }
        let words = line.trim();
        if words.starts_with('}') {
            found.extend(open.pop());
        }
        let key =
            words.trim_start_matches('*').strip_prefix('[').and_then(|key| key.split_once(']'));
        if let (Some((key, _)), Some((_, keys))) = (key, open.last_mut()) {
            keys.insert(key.to_owned());
        }
        if words.ends_with("->") {
            open.push((name.to_owned(), BTreeSet::new()));
        }
    }
    assert!(open.is_empty(), "{language}: {open:?}");
    found
}

#[test]
fn whatever_is_counted_has_every_form_that_its_language_has() {
    const FORMS: [&str; 6] = ["zero", "one", "two", "few", "many", "other"];
    for language in Language::ALL {
        let needed: &[&str] = match language {
            Language::Ar => &FORMS,
            Language::En | Language::Fr => &["one", "other"],
        };
        let selectors = selectors(*language);
        // One that has numbers themselves for its keys, and `other`, tells no forms apart.
        let is_plural =
            |keys: &BTreeSet<String>| FORMS[..5].iter().any(|form| keys.contains(*form));
        let plural: Vec<_> = selectors.iter().filter(|(_, keys)| is_plural(keys)).collect();
        assert!(plural.len() > 20, "{language}: {}", plural.len());
        for (name, keys) in plural {
            let lacks: Vec<_> = needed.iter().filter(|form| !keys.contains(**form)).collect();
            assert!(lacks.is_empty(), "{language} {name} lacks {lacks:?}");
        }
    }
}

#[test]
fn a_hundred_alerts_are_named_as_a_hundred_and_not_as_eleven() {
    let arabic = Tongue::of(Language::Ar);
    let said = |count: usize| {
        let mut about = FluentArgs::new();
        about.set("count", count);
        about.set("gravest", "x");
        arabic.say("notice-subject", &about)
    };
    assert!(said(11).starts_with("11 تنبيها،"), "{}", said(11));
    assert!(said(100).starts_with("100 تنبيه،"), "{}", said(100));
}

#[test]
fn a_break_in_a_name_makes_no_line_of_its_own_and_a_long_name_is_cut() {
    let forged = "Daraya\nBcc: evil@x.org\u{2028}Sources: none\r\n\tmore";
    for language in Language::ALL {
        let t = Tongue::of(*language);
        for said in [t.name(forged), t.text(forged), t.run(forged), t.plain_name(forged)] {
            assert!(!said.contains(['\n', '\r', '\t', '\u{2028}']), "{said:?}");
            assert!(said.contains("Daraya Bcc: evil@x.org Sources: none more"), "{said:?}");
        }
    }
    let long = Tongue::ENGLISH.name(&"x".repeat(1_500));
    assert!(long.ends_with('…') && long.chars().count() < 130, "{long}");
}

#[test]
fn figures_in_prose_are_rounded_so_that_they_stay_true() {
    let read = |figure| Tongue::ENGLISH.for_reading(figure);
    assert_eq!(read(Figure::exactly(1_015_275.0)), "about 1,020,000");
    assert_eq!(read(Figure::exactly(590_000.0)), "590,000");
    assert_eq!(read(Figure::exactly(9_999.0)), "9,999");
    assert_eq!(read(Figure::computed(Some(607_123.0), None, None)), "at least 607,000");
    let range = Figure::computed(Some(408_500.0), None, Some(1_234_567.0));
    assert_eq!(read(range), "408,000 to 1,240,000");
}

#[test]
fn the_first_level_units_that_the_catalogue_knows_have_their_names() {
    assert_eq!(Tongue::of(Language::Ar).name("Rural Damascus"), "ريف دمشق");
    assert_eq!(Tongue::of(Language::Ar).name("Deir-ez-Zor"), "دير الزور");
    assert_eq!(Tongue::ENGLISH.name("Rural Damascus"), "Rural Damascus");
}
