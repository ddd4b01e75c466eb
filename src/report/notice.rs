//! A message about alerts: why somebody is told, what the alert says, where to read on. As plain text and as a page.

use askama::Template;
use chrono::{DateTime, Utc};

use crate::domain::{Kind, Language, Severity, in_one_line};
use crate::situation::Situation;
use crate::situation::alert::Alert;
use crate::situation::alert::life::Episode;
use crate::tongue::{Tongue, say};

/// Why an alert is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reason {
    /// It is there.
    Raised,
    /// It is graver than it was.
    Graver(Severity),
    /// Nobody acknowledged it.
    Escalated,
    /// It is over.
    Over,
    /// A setting turned its rule off: whether it is over is not known.
    TurnedOff,
}

/// An alert that is told.
#[derive(Debug, Clone)]
pub struct Line<'a> {
    /// Why.
    pub reason: Reason,
    /// The alert with its life.
    pub episode: &'a Episode,
    /// What it is about by name, in the language of the message.
    pub about: String,
    /// What it says, in the language of the message.
    pub sentence: String,
    /// Its areas by name, in the language of the message.
    pub areas: Vec<String>,
    /// Where to read on; empty where no address is set.
    pub link: String,
}

/// A message about one alert or several.
#[derive(Debug, Clone)]
pub struct Notice<'a> {
    /// What is told, the gravest first.
    pub lines: Vec<Line<'a>>,
    /// The language.
    pub language: Language,
    /// When it was made.
    pub made_at: DateTime<Utc>,
}

#[derive(Template)]
#[template(path = "notice.html")]
struct Page<'a> {
    notice: &'a Notice<'a>,
}

impl Notice<'_> {
    fn tongue(&self) -> Tongue<'static> {
        Tongue::of(self.language)
    }

    /// What a letter about it is called, in one line.
    #[must_use]
    pub fn subject(&self) -> String {
        let t = self.tongue();
        if let [one] = self.lines.as_slice() {
            let (why, rule) = (self.why(one), self.rule(one));
            if one.about.is_empty() {
                return say!(t, "notice-subject-closed", why = why, rule = rule);
            }
            return say!(t, "notice-subject-one", why = why, rule = rule, about = &*one.about);
        }
        let gravest = self.lines.iter().map(|line| line.episode.alert.severity).max();
        let gravest = gravest.map_or_else(String::new, |of| t.choice("severity", of.as_str()));
        say!(t, "notice-subject", count = self.lines.len(), gravest = gravest)
    }

    /// Why an alert is told, in some words.
    #[must_use]
    pub fn why(&self, line: &Line<'_>) -> String {
        let t = self.tongue();
        let severity = |of: Severity| t.choice("severity", of.as_str());
        let now = line.episode.alert.severity;
        match line.reason {
            Reason::Raised => t.capital("severity", now.as_str()),
            Reason::Graver(was) => {
                say!(t, "notice-why-graver", was = severity(was), now = severity(now))
            }
            Reason::Escalated => say!(t, "notice-why-escalated", now = severity(now)),
            Reason::Over => t.word("notice-why-over"),
            Reason::TurnedOff => t.word("notice-why-turned-off"),
        }
    }

    /// The rule in words.
    fn rule(&self, line: &Line<'_>) -> String {
        self.tongue().choice("rule", line.episode.alert.rule.as_str())
    }

    /// How grave it is and what it is about.
    fn head(&self, line: &Line<'_>) -> String {
        say!(self.tongue(), "notice-head", why = self.why(line), rule = self.rule(line))
    }

    /// The message as plain text.
    #[must_use]
    pub fn text(&self) -> String {
        let mut text = String::new();
        for line in &self.lines {
            let head = [self.head(line), line.sentence.clone()];
            for words in head.into_iter().chain(self.details(line)) {
                // A break in a name would make a line of its own, which looks like one of ours.
                text.push_str(&in_one_line(&words));
                text.push('\n');
            }
            text.push('\n');
        }
        text.push_str(&self.footer());
        text.push('\n');
        text
    }

    /// The message as a page.
    ///
    /// # Errors
    ///
    /// Never for a message that was made; the template engine cannot promise it.
    pub fn html(&self) -> Result<String, askama::Error> {
        Page { notice: self }.render()
    }

    /// What is said below the sentence.
    fn details(&self, line: &Line<'_>) -> Vec<String> {
        let t = self.tongue();
        let Episode { alert, number, raised_at, resolved_at, .. } = line.episode;
        let mut details = Vec::new();
        if !line.areas.is_empty() {
            details.push(say!(t, "notice-where", areas = t.row(&line.areas)));
        }
        let at = t.instant(*raised_at);
        details.push(if *number > 1 {
            say!(t, "notice-raised-again", at = at, number = *number)
        } else {
            say!(t, "notice-raised", at = at)
        });
        details.extend(resolved_at.map(|at| say!(t, "notice-ended", at = t.instant(at))));
        if !alert.sources.is_empty() {
            let sources: Vec<String> = alert.sources.iter().map(|source| t.run(source)).collect();
            details.push(say!(t, "notice-sources", sources = t.row(&sources)));
        }
        if !line.link.is_empty() {
            // Alone in its line: marks of direction beside it would become a part of it when it is followed.
            details.extend([t.word("notice-more"), line.link.clone()]);
        }
        details
    }

    fn footer(&self) -> String {
        let t = self.tongue();
        say!(t, "notice-footer", at = t.instant(self.made_at))
    }
}

/// What an alert is about, by the name that the language has for it.
#[must_use]
pub fn about(situation: &Situation, alert: &Alert, language: Language) -> String {
    let (world, code) = (&situation.world, &alert.subject.code);
    let names = match alert.subject.kind {
        Kind::Area => world.areas.get(code).map(|known| &known.record.names),
        Kind::AreaGroup => world.area_groups.get(code).map(|known| &known.record.names),
        Kind::Party => world.parties.get(code).map(|known| &known.record.names),
        Kind::Organisation => world.organisations.get(code).map(|known| &known.record.names),
        _ => None,
    };
    let own = names.and_then(|names| names.in_language(language.as_str()));
    own.or(alert.subject.name.as_deref()).unwrap_or(code).to_owned()
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::domain::{Rule, Saying};
    use crate::situation::alert::{Subject, of_service};
    use crate::situation::{Known, World};

    const LINK: &str = "https://passage.example.org/api/v1/alerts/0";

    fn situation() -> Situation {
        let mut world = World::default();
        let names = serde_json::json!({ "names": { "en": "Duma", "ar": "دوما" } });
        world.areas.put(Known {
            code: "duma".into(),
            id: uuid::Uuid::nil(),
            version: 1,
            level: None,
            learned_at: DateTime::UNIX_EPOCH,
            record: crate::domain::typed(&names).unwrap(),
        });
        let at = DateTime::UNIX_EPOCH;
        Situation { world: Arc::new(world), as_of: at, known_at: at }
    }

    fn episode() -> Episode {
        let name = Some("Duma".to_owned());
        let subject = Subject { kind: Kind::Area, code: "duma".to_owned(), name };
        let said = Saying::of("alert-runout-long").text("area", "Duma");
        let at = DateTime::UNIX_EPOCH;
        Episode {
            alert: of_service(Rule::Runout, Severity::High, subject, vec![said]),
            number: 1,
            gravest: Severity::High,
            raised_at: at,
            updated_at: at,
            resolved_at: None,
        }
    }

    fn told(episode: &Episode, language: Language) -> Notice<'_> {
        let line = Line {
            reason: Reason::Raised,
            episode,
            about: about(&situation(), &episode.alert, language),
            sentence: episode.alert.in_language(language),
            areas: Vec::new(),
            link: LINK.to_owned(),
        };
        Notice { lines: vec![line], language, made_at: DateTime::UNIX_EPOCH }
    }

    #[test]
    fn an_address_stands_alone_in_its_line_without_marks_in_every_language() {
        let episode = episode();
        for language in Language::ALL {
            let notice = told(&episode, *language);
            let text = notice.text();
            assert!(text.lines().any(|line| line == LINK), "{language}: {text}");
            let html = notice.html().unwrap();
            assert!(html.contains(&format!("<br>\n{LINK}<br>")), "{language}: {html}");
        }
    }

    #[test]
    fn a_subject_names_the_place_as_its_language_does() {
        let episode = episode();
        for (language, name) in
            [(Language::En, "Duma"), (Language::Ar, "دوما"), (Language::Fr, "Duma")]
        {
            let subject = told(&episode, language).subject();
            assert!(subject.ends_with(name), "{language}: {subject}");
        }
    }
}
