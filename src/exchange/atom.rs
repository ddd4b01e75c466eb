//! Alerts as a feed that programs read (Atom, RFC 4287): one entry for each episode, with a link to it and to its CAP.

use chrono::{DateTime, SecondsFormat, Utc};

use super::told::{Said, Standing, Teller, Told};
use super::xml::Xml;

/// The media type of a feed.
pub const MEDIA_TYPE: &str = "application/atom+xml; charset=utf-8";

/// The feed around the entries.
#[derive(Debug, Clone, Copy)]
pub struct Feed<'a> {
    /// Its address: where it is read, and by which it is known.
    pub address: &'a str,
    /// What it is called.
    pub title: &'a str,
    /// When it was changed last, as far as no entry says; of an empty feed, when that was found.
    pub updated: DateTime<Utc>,
}

impl Feed<'_> {
    /// By which it is known: its address; where no host is set, a name that is one of nobody.
    fn name(&self) -> String {
        if self.address.contains("://") {
            self.address.to_owned()
        } else {
            format!("tag:passage.invalid,2026:{}", self.address)
        }
    }
}

/// The feed of these episodes, in the order they are given; it may be empty.
#[must_use]
pub fn atom(feed: &Feed<'_>, told: &[Told<'_>], teller: &Teller<'_>) -> String {
    let language = teller.first_language().as_str();
    let updated = told.iter().map(last_change).max().unwrap_or(feed.updated);
    let attributes = [("xmlns", "http://www.w3.org/2005/Atom"), ("xml:lang", language)];
    let mut xml = Xml::new();
    xml.with("feed", &attributes, |xml| {
        xml.text("id", &[], &feed.name());
        xml.text("title", &[], feed.title);
        xml.text("updated", &[], &time(updated));
        xml.empty(
            "link",
            &[("rel", "self"), ("type", "application/atom+xml"), ("href", feed.address)],
        );
        xml.with("author", &[], |xml| xml.text("name", &[], teller.name));
        xml.text("generator", &[("version", env!("CARGO_PKG_VERSION"))], "Passage");
        for told in told {
            entry(xml, feed, told, teller);
        }
    });
    xml.done()
}

fn entry(xml: &mut Xml, feed: &Feed<'_>, told: &Told<'_>, teller: &Teller<'_>) {
    let alert = &told.episode.alert;
    let said = (teller.say)(alert, teller.first_language());
    let category = |xml: &mut Xml, name: &str, word: &str| {
        let scheme = format!("{}#{name}", feed.name());
        xml.empty("category", &[("term", word), ("scheme", &scheme)]);
    };
    xml.with("entry", &[], |xml| {
        xml.text("id", &[], &format!("urn:uuid:{}", told.id));
        xml.text("title", &[], &title(told, &said));
        xml.text("updated", &[], &time(last_change(told)));
        xml.text("published", &[], &time(first_message(told)));
        category(xml, "rule", alert.rule.as_str());
        category(xml, "severity", alert.severity.as_str());
        category(xml, "standing", told.standing().as_str());
        xml.empty("link", &[("rel", "alternate"), ("href", &told.link)]);
        let cap = format!("{}.cap", told.link);
        xml.empty("link", &[("rel", "related"), ("type", "application/cap+xml"), ("href", &cap)]);
        xml.text("summary", &[("type", "text")], &said.event);
        xml.text("content", &[("type", "text")], &said.description);
    });
}

/// How grave it is, or that it is over: many readers show titles alone.
fn title(told: &Told<'_>, said: &Said) -> String {
    match told.standing() {
        Standing::Resolved => format!("[{}] {}", said.over, said.headline),
        Standing::Open | Standing::Acknowledged => {
            format!("[{}] {}", said.severity, said.headline)
        }
    }
}

fn first_message(told: &Told<'_>) -> DateTime<Utc> {
    told.messages.first().map_or(told.episode.raised_at, |(at, _)| *at)
}

fn last_change(told: &Told<'_>) -> DateTime<Utc> {
    let last = told.messages.last().map_or(told.episode.raised_at, |(at, _)| *at);
    last.max(told.episode.updated_at)
}

fn time(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::Secs, true)
}
