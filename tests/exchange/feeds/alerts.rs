//! The alerts of July 2016 as they would have been told outside.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::{DateTime, Utc};
use passage::assess::delivery::AssumedRation;
use passage::clock::Clock;
use passage::config::Settings;
use passage::domain::{Clearance, Language, Sensitivity};
use passage::exchange::atom::{Feed, atom};
use passage::exchange::cap::cap;
use passage::exchange::ical;
use passage::exchange::import::{Options, run};
use passage::exchange::told::{Said, Teller, Told, areas};
use passage::situation::alert::life::{Episode, Event, Lives, Step};
use passage::situation::alert::{Alert, Rule, Severity, alerts};
use passage::situation::standards::Standards;
use passage::situation::{Situation, Situations};
use passage::store::SqliteStore;
use uuid::Uuid;

use super::{elements, end_of, write};

pub(super) const LANGUAGES: [Language; 3] = [Language::En, Language::Ar, Language::Fr];

/// Says an alert; the sentences of each language are another room's.
pub(super) fn say(situation: &Situation, alert: &Alert, language: Language) -> Said {
    let event = match language {
        Language::En => alert.rule.as_str().replace('_', " "),
        Language::Ar => "تنبيه".to_owned(),
        Language::Fr => "alerte".to_owned(),
    };
    let (headline, description) = (alert.text.clone(), format!("{}\n{}", alert.text, alert.key));
    let (severity, over) = (alert.severity.to_string(), "over".to_owned());
    let areas = areas(situation, alert, language);
    Said { event, severity, over, headline, description, areas }
}

/// An episode with what was told of it.
struct Known {
    id: Uuid,
    episode: Episode,
    messages: Vec<(DateTime<Utc>, Step)>,
}

impl Known {
    fn told(&self, level: Sensitivity) -> Told<'_> {
        Told {
            id: self.id,
            level,
            episode: &self.episode,
            messages: &self.messages,
            acknowledged: None,
            link: format!("https://passage.example.org/api/v1/alerts/{}", self.id),
        }
    }
}

/// Everything that was raised, changed and resolved on some days of July 2016, and the situation at their end.
async fn july() -> (Situation, Vec<Known>) {
    let data = tempfile::tempdir().unwrap();
    let store = SqliteStore::open(&data.path().join("passage.sqlite"), 2).unwrap();
    let seeds = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("seeds/syria-2016");
    let options = Options { as_reported: true, ..Options::by("test") };
    run(&store, &[seeds], &options, Clock::Wall, &mut |_| ()).await.unwrap();
    let settings = Settings::layered("test", "", std::iter::empty()).unwrap();
    let standards = Standards::of_settings(&settings);
    let ration = AssumedRation { kcal: 1700.0, days: 30.0 };
    let situations = Situations::load(Arc::new(store), Clock::Wall, ration).await.unwrap();
    let (mut lives, mut known) = (Lives::default(), BTreeMap::<(String, u32), Known>::new());
    let mut last = None;
    for day in ["2016-06-30", "2016-07-09", "2016-07-17", "2016-07-26"] {
        let at = end_of(day);
        let situation = situations.situation(at, Some(at), &Clearance::ALL).await.unwrap();
        for Event { at, step, episode, .. } in lives.look(at, &alerts(&situation, &standards)) {
            let key = (episode.alert.key.clone(), episode.number);
            let id = Uuid::from_u128(u128::try_from(known.len()).unwrap() + (7 << 76 | 2 << 62));
            let entry = known.entry(key).or_insert_with(|| Known {
                id,
                episode: episode.clone(),
                messages: Vec::new(),
            });
            entry.episode = episode;
            entry.messages.push((at, step));
        }
        last = Some(situation);
    }
    (last.unwrap(), known.into_values().collect())
}

#[tokio::test]
async fn the_alerts_of_july_2016_are_messages_and_a_feed() {
    let (situation, known) = july().await;
    let say = |alert: &Alert, language: Language| say(&situation, alert, language);
    let (sender, name) = ("passage@example.org", "Passage of the country office");
    let teller = Teller { sender, name, languages: &LANGUAGES, say: &say };
    let mut steps = BTreeMap::new();
    for one in &known {
        let text = cap(&one.told(Sensitivity::Internal), &teller);
        let step = elements(&text, "msgType")[0].to_owned();
        *steps.entry(step).or_insert(0) += 1;
        assert_eq!(elements(&text, "language"), ["en", "ar", "fr"]);
        let number = one.messages.len();
        assert_eq!(elements(&text, "identifier"), [format!("{}.{number}", one.id)]);
        let references = elements(&text, "references");
        assert_eq!(references.first().map_or(0, |all| all.split(' ').count()), number - 1);
        assert!(!text.contains("<polygon>") && !text.contains("<circle>"));
        write(&format!("alert-{}.cap", one.id), &text);
    }
    assert!(steps.len() == 3 && known.len() > 20, "{steps:?}");
    let told: Vec<Told<'_>> = known.iter().map(|one| one.told(Sensitivity::Internal)).collect();
    let address = "https://passage.example.org/api/v1/alerts/feed.atom";
    let feed = Feed { address, title: "Alerts", updated: end_of("2016-07-26") };
    let text = atom(&feed, &told, &teller);
    assert_eq!(text.matches("<entry>").count(), known.len());
    // The first title is that of the feed.
    let titles = elements(&text, "title");
    for (title, one) in titles.iter().skip(1).zip(&told) {
        let over = one.episode.resolved_at.is_some();
        let first = if over { "over" } else { one.episode.alert.severity.as_str() };
        assert!(title.starts_with(&format!("[{first}] ")), "{title}");
    }
    write("alerts.atom", &text);
    write("empty.atom", &atom(&feed, &[], &teller));
    let calendar = ical::pauses(&situation);
    assert!(calendar.matches("BEGIN:VEVENT").count() >= 5, "{calendar}");
    write("seeds.ics", &calendar);
}

#[test]
fn each_rule_and_severity_has_its_words_and_a_message_names_those_before_it() {
    let mut written = 0;
    for rule in Rule::ALL {
        for severity in Severity::ALL {
            let alert = super::hostile::alert(*rule, *severity, "A sentence.");
            let at = end_of("2016-07-26");
            let episode = super::hostile::episode(alert, at);
            let messages = [(at, Step::Raised), (at + chrono::TimeDelta::hours(3), Step::Updated)];
            let told = Told {
                id: Uuid::from_u128(written),
                level: Sensitivity::Public,
                episode: &episode,
                messages: &messages,
                acknowledged: Some("seen"),
                link: "https://passage.example.org/api/v1/alerts/1".to_owned(),
            };
            let say = super::hostile::plain_words;
            let teller =
                Teller { sender: "passage, <a> & b", name: "Passage", languages: &[], say: &say };
            let text = cap(&told, &teller);
            let first = format!("passage,a>b,{}.1,2016-07-26T23:59:59-00:00", told.id);
            let escaped = first.replace('>', "&gt;").replacen("passage,a", "passagea", 1);
            assert_eq!(elements(&text, "references"), [escaped.as_str()]);
            assert_eq!(elements(&text, "sent"), ["2016-07-27T02:59:59-00:00"]);
            assert_eq!(elements(&text, "scope"), ["Public"]);
            assert!(elements(&text, "value").contains(&"acknowledged"));
            write(&format!("rule-{rule}-{severity}.cap"), &text);
            written += 1;
        }
    }
    assert!(written > 70);
}

#[test]
fn what_is_resolved_is_cancelled_and_what_is_not_public_names_its_level() {
    let at = end_of("2016-07-26");
    let alert = super::hostile::alert(Rule::Runout, Severity::Critical, "Food ends.");
    let mut episode = super::hostile::episode(alert, at);
    episode.resolved_at = Some(at);
    let messages = [(at, Step::Open), (at, Step::Resolved)];
    let told = Told {
        id: Uuid::nil(),
        level: Sensitivity::Confidential,
        episode: &episode,
        messages: &messages,
        acknowledged: Some("seen"),
        link: "https://passage.example.org/api/v1/alerts/1".to_owned(),
    };
    let say = super::hostile::plain_words;
    let teller =
        Teller { sender: "passage", name: "Passage", languages: &[Language::En], say: &say };
    let text = cap(&told, &teller);
    let nowhere = Told { link: "/api/v1/alerts/1".to_owned(), ..told.clone() };
    assert!(!cap(&nowhere, &teller).contains("<web>"), "no address of this Passage is set");
    let feed = Feed { address: "/api/v1/alerts/feed.atom", title: "Alerts", updated: at };
    let entries = atom(&feed, &[nowhere], &teller);
    assert_eq!(elements(&entries, "id")[0], "tag:passage.invalid,2026:/api/v1/alerts/feed.atom");
    for (name, expected) in [
        ("msgType", "Cancel"),
        ("urgency", "Past"),
        ("severity", "Extreme"),
        ("certainty", "Likely"),
        ("scope", "Restricted"),
        ("restriction", "For those who may see what is confidential."),
        ("references", "passage,00000000-0000-0000-0000-000000000000.1,2016-07-26T23:59:59-00:00"),
        ("expires", "2016-07-28T23:59:59-00:00"),
    ] {
        assert_eq!(elements(&text, name), [expected]);
    }
    assert!(!text.contains("<area>"), "an alert about no area names none");
    assert!(elements(&text, "value").contains(&"resolved"));
}
