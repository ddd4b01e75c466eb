//! A message about alerts: why somebody is told, what the alert says, where to read on. As plain text and as a page.

use askama::Template;
use chrono::{DateTime, Utc};

use crate::domain::{Language, Severity};
use crate::situation::alert::Alert;
use crate::situation::alert::life::Episode;
use crate::tongue::{Tongue, in_one_line, say};

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
    fn tongue(&self) -> Tongue<'static> {
        Tongue::of(self.language)
    }

    /// What a letter about it is called, in one line.
    #[must_use]
    pub fn subject(&self) -> String {
        let t = self.tongue();
        if let [one] = self.lines.as_slice() {
            let about = about(&one.episode.alert);
            let (why, rule) = (self.why(one), self.rule(one));
            return say!(t, "notice-subject-one", why = why, rule = rule, about = about);
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
            details.push(say!(t, "notice-more", link = t.run(&line.link)));
        }
        details
    }

    fn footer(&self) -> String {
        let t = self.tongue();
        say!(t, "notice-footer", at = t.instant(self.made_at))
    }
}

/// What an alert is about, by name.
fn about(alert: &Alert) -> String {
    alert.subject.name.clone().unwrap_or_else(|| alert.subject.code.clone())
}
