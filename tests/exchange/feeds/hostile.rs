//! Names that try to be more than names: in no feed does a text become an element, a line or a property.

use chrono::{DateTime, Utc};
use passage::domain::{Kind, Language, Sensitivity};
use passage::exchange::atom::{Feed, atom};
use passage::exchange::cap::cap;
use passage::exchange::ical;
use passage::exchange::told::{Named, Said, Teller, Told};
use passage::situation::alert::life::{Episode, Step};
use passage::situation::alert::{Alert, Rule, Severity, Subject};
use serde_json::json;
use uuid::Uuid;

use super::pauses::{situation, world};
use super::{end_of, write};

/// What would end a text, a line or a component, hide it, or turn it round.
pub(super) const TEXTS: [&str; 8] = [
    "]]><evil/>&amp;<![CDATA[",
    "</title></entry><entry>",
    "\" onload='x' <!-- -- >",
    "a\nEND:VEVENT\nBEGIN:VALARM\nACTION:PROCEDURE",
    "a;b,c:d\\n\\",
    "شرق \u{202e}بلح\u{202c} \u{200f}دوما\u{200f}",
    "nul \u{fffe} \u{ffff} \u{feff}",
    "2016 🕊 \u{1f1f8}\u{1f1fe} e\u{301}",
];

pub(super) fn alert(rule: Rule, severity: Severity, text: &str) -> Alert {
    Alert {
        said: Vec::new(),
        key: format!("{rule}/duma"),
        rule,
        severity,
        subject: Subject { kind: Kind::Area, code: "duma".to_owned(), name: None },
        areas: Vec::new(),
        text: text.to_owned(),
        numbers: serde_json::Map::new(),
        since: Some(end_of("2016-07-20")),
        records: Vec::new(),
        sources: Vec::new(),
    }
}

pub(super) fn episode(alert: Alert, at: DateTime<Utc>) -> Episode {
    let gravest = alert.severity;
    Episode { alert, number: 1, gravest, raised_at: at, updated_at: at, resolved_at: None }
}

pub(super) fn plain_words(alert: &Alert, _: Language) -> Said {
    let (event, headline, description) =
        ("event".to_owned(), alert.text.clone(), alert.text.clone());
    let (severity, over) = (alert.severity.to_string(), "over".to_owned());
    Said { event, severity, over, headline, description, areas: Vec::new() }
}

#[test]
fn no_name_becomes_an_element() {
    let say = |alert: &Alert, _| Said {
        event: alert.text.clone(),
        severity: alert.text.clone(),
        over: alert.text.clone(),
        headline: alert.text.clone(),
        description: alert.text.clone(),
        areas: vec![Named { name: alert.text.clone(), pcode: Some(alert.text.clone()) }],
    };
    let at = end_of("2016-07-26");
    let messages = [(at, Step::Raised)];
    for (number, text) in TEXTS.iter().enumerate() {
        let teller = Teller { sender: text, name: text, languages: &[Language::En], say: &say };
        let episode = episode(alert(Rule::NoDelivery, Severity::High, text), at);
        let told = |link: &str| Told {
            id: Uuid::nil(),
            level: Sensitivity::Internal,
            episode: &episode,
            messages: &messages,
            acknowledged: None,
            link: link.to_owned(),
        };
        let message = cap(&told("https://passage.example.org/1"), &teller);
        assert_eq!(message.matches("<parameter>").count(), 4);
        assert!(!message.contains("<evil") && !message.contains("<![CDATA["), "{message}");
        let feed =
            Feed { address: "https://passage.example.org/feed.atom", title: text, updated: at };
        let entries = atom(&feed, &[told("https://passage.example.org/1")], &teller);
        assert_eq!(entries.matches("<entry>").count(), 1, "{entries}");
        write(&format!("hostile-{number}.cap"), &message);
        write(&format!("hostile-{number}.atom"), &entries);
    }
}

#[test]
fn no_name_becomes_a_line_of_a_calendar() {
    let pause = |text: &str| {
        json!({ "pause_type": "ceasefire", "announced_on": "2016-07-25", "start": "2016-07-26", "duration_hours": 48,
            "title": text, "asked_by": text, "asked_of": text, "areas": ["aleppo"], "parties": ["gov"],
            "answers": [{ "party": "gov", "answer": "agreed_with_conditions", "conditions": text }],
            "recurrence": text })
    };
    let pauses: Vec<_> =
        TEXTS.iter().enumerate().map(|(n, text)| (format!("h{n}"), pause(text))).collect();
    let text = ical::pauses(&situation(&world(&pauses), "2016-08-01"));
    for line in text.split("\r\n") {
        assert!(line.len() <= 75, "{line}");
        assert!(!line.contains('\n') && !line.contains('\r'), "{line:?}");
    }
    let unfolded = text.replace("\r\n ", "");
    assert_eq!(unfolded.matches("\r\nBEGIN:VEVENT\r\n").count(), TEXTS.len());
    assert_eq!(unfolded.matches("\r\nBEGIN:VALARM").count(), 0);
    assert!(unfolded.contains("شرق \u{202e}بلح\u{202c}"), "a name stays as it was given");
    write("hostile.ics", &text);
}
