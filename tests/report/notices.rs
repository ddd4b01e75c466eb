//! Messages about alerts: what a name cannot do to them, and how they are written.

use passage::domain::Language;
use passage::report::notice::{Line, Notice, Reason};
use passage::situation::alert::alerts;
use passage::situation::alert::life::Episode;

use crate::outlook::eight_towns;
use crate::world::{end_of, standards, world};

/// A message about the first alert of eight towns, in these areas.
fn told(language: Language, areas: &[&str]) -> String {
    let (as_of, known_at) = (end_of("2016-07-26"), end_of("2016-07-26"));
    let world = world(&eight_towns());
    let situation = passage::situation::Situation { world, as_of, known_at };
    let alert = alerts(&situation, &standards()).remove(0);
    let sentence = format!("{} Critical: Daraya\nSources: none", alert.in_language(language));
    let gravest = alert.severity;
    let episode = Episode {
        alert,
        number: 1,
        gravest,
        raised_at: as_of,
        updated_at: as_of,
        resolved_at: None,
    };
    let line = Line {
        reason: Reason::Raised,
        episode: &episode,
        about: "Daraya".to_owned(),
        sentence,
        areas: areas.iter().map(|area| (*area).to_owned()).collect(),
        link: String::new(),
    };
    Notice { lines: vec![line], language, made_at: as_of }.text()
}

#[test]
fn a_break_in_a_name_makes_no_line_of_its_own_in_a_message() {
    let lines = |areas: &[&str]| told(Language::En, areas).lines().count();
    let forged = ["Daraya\nBcc: evil@x.org\r\nCritical: nothing\u{2028}Sources: none"];
    assert_eq!(lines(&forged), lines(&["Daraya"]));
    let text = told(Language::En, &forged);
    let begins = |word: &str| text.lines().filter(|line| line.starts_with(word)).count();
    assert_eq!((begins("Bcc:"), begins("Sources:")), (0, 1), "{text}");
}

#[test]
fn a_french_message_has_a_space_before_its_colon() {
    let text = told(Language::Fr, &["Daraya"]);
    let first = text.lines().next().unwrap();
    assert!(first.contains("\u{a0}: ") && !first.contains("e:"), "{first}");
}
