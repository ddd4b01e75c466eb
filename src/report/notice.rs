//! A message about alerts: why somebody is told, what the alert says, where to read on. As plain text and as a page.

use askama::Template;
use chrono::{DateTime, Utc};

use super::words;
use crate::domain::{Language, Severity};
use crate::situation::alert::Alert;
use crate::situation::alert::life::Episode;

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
}

/// An alert that is told.
#[derive(Debug, Clone)]
pub struct Line<'a> {
    /// Why.
    pub reason: Reason,
    /// The alert with its life.
    pub episode: &'a Episode,
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
    /// What a letter about it is called, in one line.
    #[must_use]
    pub fn subject(&self) -> String {
        match self.lines.as_slice() {
            [one] => {
                let what = self.rule(one);
                let about = about(&one.episode.alert);
                format!("{}: {what} – {about}", self.why(one))
            }
            several => {
                let over = several.iter().filter(|line| line.reason == Reason::Over).count();
                let gravest = several.iter().map(|line| line.episode.alert.severity).max();
                let gravest =
                    gravest.map_or_else(String::new, |gravest| format!(", the gravest {gravest}"));
                format!("{} alerts{gravest}; {over} of them are over", several.len())
            }
        }
    }

    /// Why an alert is told, in some words.
    #[must_use]
    pub fn why(&self, line: &Line<'_>) -> String {
        let severity = line.episode.alert.severity;
        match line.reason {
            Reason::Raised => words::plain(severity.as_str()),
            Reason::Graver(was) => format!("Graver ({was} to {severity})"),
            Reason::Escalated => format!("Not acknowledged ({severity})"),
            Reason::Over => "Over".to_owned(),
        }
    }

    /// The rule in words.
    fn rule(&self, line: &Line<'_>) -> &'static str {
        words::rule(line.episode.alert.rule)
    }

    /// The message as plain text.
    #[must_use]
    pub fn text(&self) -> String {
        let mut text = String::new();
        for line in &self.lines {
            let mut put = |words: &str| {
                text.push_str(words);
                text.push('\n');
            };
            put(&format!("{}: {}", self.why(line), self.rule(line)));
            put(&line.sentence);
            for detail in self.details(line) {
                put(&detail);
            }
            put("");
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
        let Episode { alert, number, raised_at, resolved_at, .. } = line.episode;
        let mut details = Vec::new();
        if !line.areas.is_empty() {
            details.push(format!("Where: {}", line.areas.join(", ")));
        }
        let again = if *number > 1 { format!(" (episode {number})") } else { String::new() };
        details.push(format!("Raised: {}{again}", words::instant(*raised_at)));
        details.extend(resolved_at.map(|at| format!("Over: {}", words::instant(at))));
        if !alert.sources.is_empty() {
            details.push(format!("Sources: {}", alert.sources.join(", ")));
        }
        if !line.link.is_empty() {
            details.push(format!("More: {}", line.link));
        }
        details
    }

    fn footer(&self) -> String {
        let made = words::instant(self.made_at);
        format!(
            "Sent by Passage, {made}. An alert that somebody acknowledges in Passage is not told again until it is over."
        )
    }
}

/// What an alert is about, by name.
fn about(alert: &Alert) -> String {
    alert.subject.name.clone().unwrap_or_else(|| alert.subject.code.clone())
}
