//! A mail as bytes (RFC 5322): the same letter gives the same bytes, whenever and however often it is composed.

use std::time::SystemTime;

use chrono::{DateTime, Utc};
use lettre::Address;
use lettre::message::header::{ContentType, HeaderName, HeaderValue};
use lettre::message::{Attachment, Mailbox, MessageBuilder, MultiPart, SinglePart};
use uuid::Uuid;

use crate::domain::sensitive::withheld;
use crate::domain::{Language, in_one_line};

/// A mail before it is composed.
#[derive(Clone, PartialEq, Eq)]
pub struct Letter {
    /// Its id: that of the parcel it goes in.
    pub id: Uuid,
    /// The first letter of its thread, as that of the same alert; readers show them together. Its own id, or none,
    /// where it is the first.
    pub thread: Option<Uuid>,
    /// The address of the recipient.
    pub to: String,
    /// What it is about.
    pub subject: String,
    /// What it says, for readers of plain text.
    pub text: String,
    /// The same as a page.
    pub html: Option<String>,
    /// Shown in the page, each as `cid:NAME`.
    pub pictures: Vec<File>,
    /// Beside it.
    pub attachments: Vec<File>,
    /// When it was made.
    pub made_at: DateTime<Utc>,
    /// Its language.
    pub language: Language,
}

withheld!(Letter { id, thread, made_at, language });

/// A file in a letter.
#[derive(Clone, PartialEq, Eq)]
pub struct File {
    /// Its name, in the letter.
    pub name: String,
    /// What it is, as `image/png`.
    pub media_type: String,
    /// What is in it.
    pub content: Vec<u8>,
}

withheld!(File { name, media_type });

/// A letter cannot be composed.
#[derive(Debug, thiserror::Error)]
pub enum ComposeError {
    /// The sender is no address.
    #[error("mail.from is no mail address")]
    From,
    /// The recipient has none.
    #[error("the address of the recipient is no mail address")]
    To,
    /// A file is of no known form.
    #[error("{name} cannot be sent: {media_type:?} is no media type")]
    MediaType {
        /// Which file.
        name: String,
        /// What it was said to be.
        media_type: String,
    },
    /// The library refuses it.
    #[error("the letter cannot be put together: {0}")]
    Whole(#[from] lettre::error::Error),
}

/// Composes a letter that comes from `from`, as `Passage <passage@example.org>`.
///
/// Its id, its date and the boundaries between its parts follow from the letter. All of it is ASCII in short lines, so
/// that no server on its way has to change it.
///
/// # Errors
///
/// When an address or a media type is none.
pub fn compose(letter: &Letter, from: &str) -> Result<Vec<u8>, ComposeError> {
    let from: Mailbox = from.parse().map_err(|_none| ComposeError::From)?;
    let head = head(letter, from)?;
    let text = SinglePart::plain(letter.text.clone());
    let Some(html) = &letter.html else {
        return Ok(match letter.attachments.as_slice() {
            [] => head.singlepart(text)?,
            _ => head.multipart(with_attachments(letter, Body::Plain(text))?)?,
        }
        .formatted());
    };
    let both = MultiPart::alternative().boundary(boundary(letter, "both")).singlepart(text);
    let page = SinglePart::html(with_ids(letter, html));
    let both = match letter.pictures.as_slice() {
        [] => both.singlepart(page),
        pictures => {
            let mut whole =
                MultiPart::related().boundary(boundary(letter, "page")).singlepart(page);
            for picture in pictures {
                let id = content_id(letter, &picture.name);
                let inline = Attachment::new_inline_with_name(id, picture.name.clone());
                whole =
                    whole.singlepart(inline.body(picture.content.clone(), media_type(picture)?));
            }
            both.multipart(whole)
        }
    };
    let whole = match letter.attachments.as_slice() {
        [] => both,
        _ => with_attachments(letter, Body::Parted(both))?,
    };
    Ok(head.multipart(whole)?.formatted())
}

/// Who letters are from that are made while mail is not set: they wait, and are signed when they are sent.
pub const UNSIGNED: &str = "unsigned@sender.invalid";

/// A letter that was made while mail was not set, as it is sent from this sender; any other as it is.
#[must_use]
pub fn signed(letter: &[u8], from: &Mailbox) -> Vec<u8> {
    let host = format!("@{}>", from.email.domain());
    let sign = |name: &str, value: &str| match name {
        "From" if value.contains(UNSIGNED) => Some(format!(" {from}")),
        "Message-ID" | "In-Reply-To" | "References" => {
            Some(value.replace("@sender.invalid>", &host))
        }
        _ => None,
    };
    with_headers(letter, sign).unwrap_or_else(|| letter.to_vec())
}

/// The same letter to another address; `None` where it names no recipient.
#[must_use]
pub fn readdressed(letter: &[u8], to: &str) -> Option<Vec<u8>> {
    let to: Address = to.parse().ok()?;
    let mut is_named = false;
    let letter = with_headers(letter, |name, _| {
        is_named |= name == "To";
        (name == "To").then(|| format!(" {to}"))
    });
    letter.filter(|_| is_named)
}

/// The letter with other values of some headers; the rest stays byte for byte. `None` where it is no letter.
fn with_headers(
    letter: &[u8],
    mut change: impl FnMut(&str, &str) -> Option<String>,
) -> Option<Vec<u8>> {
    let end = letter.windows(4).position(|four| four == b"\r\n\r\n")?;
    let head = std::str::from_utf8(letter.get(..end)?).ok()?;
    // A value goes on in the lines that begin with a space.
    let mut headers: Vec<String> = Vec::new();
    for line in head.split("\r\n") {
        match headers.last_mut() {
            Some(before) if line.starts_with([' ', '\t']) => {
                before.push_str("\r\n");
                before.push_str(line);
            }
            _ => headers.push(line.to_owned()),
        }
    }
    let changed = headers.into_iter().map(|header| {
        let parts = header.split_once(':');
        let value =
            parts.and_then(|(name, value)| Some(format!("{name}:{}", change(name, value)?)));
        value.unwrap_or(header)
    });
    let head = changed.collect::<Vec<_>>().join("\r\n");
    Some([head.as_bytes(), letter.get(end..)?].concat())
}

fn head(letter: &Letter, from: Mailbox) -> Result<MessageBuilder, ComposeError> {
    let to: Address = letter.to.parse().map_err(|_none| ComposeError::To)?;
    let host = from.email.domain().to_owned();
    let id = |id: Uuid| format!("<{id}@{host}>");
    let own = |name: &'static str, value: &str| {
        HeaderValue::new(HeaderName::new_from_ascii_str(name), value.to_owned())
    };
    let mut head = lettre::Message::builder()
        .date(SystemTime::from(letter.made_at))
        .from(from)
        .to(Mailbox::new(None, to))
        .subject(in_one_line(&letter.subject))
        .message_id(Some(id(letter.id)));
    if let Some(first) = letter.thread.filter(|first| *first != letter.id) {
        head = head.in_reply_to(id(first)).references(id(first));
    }
    Ok(head
        .raw_header(own("Content-Language", letter.language.as_str()))
        // Programs that answer letters, such as those of people on leave, leave this one alone (RFC 3834).
        .raw_header(own("Auto-Submitted", "auto-generated")))
}

enum Body {
    Plain(SinglePart),
    Parted(MultiPart),
}

fn with_attachments(letter: &Letter, body: Body) -> Result<MultiPart, ComposeError> {
    let mixed = MultiPart::mixed().boundary(boundary(letter, "all"));
    let mut whole = match body {
        Body::Plain(text) => mixed.singlepart(text),
        Body::Parted(both) => mixed.multipart(both),
    };
    for file in &letter.attachments {
        let attached = Attachment::new(file.name.clone());
        whole = whole.singlepart(attached.body(file.content.clone(), media_type(file)?));
    }
    Ok(whole)
}

fn media_type(file: &File) -> Result<ContentType, ComposeError> {
    ContentType::parse(&file.media_type).map_err(|_none| ComposeError::MediaType {
        name: file.name.clone(),
        media_type: file.media_type.clone(),
    })
}

/// The host in the ids of pictures: the same whoever sends, as a letter may be signed after it was made.
const PICTURES: &str = "passage.invalid";

/// The id of a picture, which no other letter has: programs for mail may keep pictures by it (RFC 2392).
fn content_id(letter: &Letter, name: &str) -> String {
    let stem = name.split('.').next().unwrap_or_default();
    let stem: String = stem.chars().filter(char::is_ascii_alphanumeric).collect();
    format!("{stem}.{}@{PICTURES}", letter.id)
}

/// The page, its pictures named by their ids.
fn with_ids(letter: &Letter, html: &str) -> String {
    letter.pictures.iter().fold(html.to_owned(), |html, picture| {
        let id = content_id(letter, &picture.name);
        html.replace(&format!("\"cid:{}\"", picture.name), &format!("\"cid:{id}\""))
    })
}

/// What parts the parts. Nobody who wrote a text of the letter knew its id.
fn boundary(letter: &Letter, part: &str) -> String {
    format!("passage-{}-{part}", letter.id.simple())
}

#[cfg(test)]
mod tests {
    use super::*;

    const FROM: &str = "Passage <passage@example.org>";

    fn letter() -> Letter {
        Letter {
            id: Uuid::from_u128(7),
            thread: None,
            to: "desk@hub.example.org".to_owned(),
            subject: "Daraya: food ends in 6 days".to_owned(),
            text: "Daraya: food ends in 6 days (3 to 9).\n".to_owned(),
            html: None,
            pictures: Vec::new(),
            attachments: Vec::new(),
            made_at: DateTime::from_timestamp(1_467_356_400, 0).unwrap(),
            language: Language::En,
        }
    }

    fn file(name: &str, media_type: &str) -> File {
        File { name: name.to_owned(), media_type: media_type.to_owned(), content: vec![0, 255, 10] }
    }

    fn composed(letter: &Letter) -> String {
        String::from_utf8(compose(letter, FROM).unwrap()).unwrap()
    }

    #[test]
    fn a_plain_letter_is_plain() {
        insta::assert_snapshot!(composed(&letter()).replace("\r\n", "\n"), @r"
        Date: Fri, 01 Jul 2016 07:00:00 +0000
        From: Passage <passage@example.org>
        To: desk@hub.example.org
        Subject: Daraya: food ends in 6 days
        Message-ID: <00000000-0000-0000-0000-000000000007@example.org>
        Content-Language: en
        Auto-Submitted: auto-generated
        MIME-Version: 1.0
        Content-Type: text/plain; charset=utf-8
        Content-Transfer-Encoding: 7bit

        Daraya: food ends in 6 days (3 to 9).
        ");
    }

    #[test]
    fn a_letter_with_everything_is_the_same_bytes_each_time() {
        let whole = Letter {
            html: Some("<p dir=\"rtl\">داريا <img src=\"cid:areas.png\"></p>".to_owned()),
            pictures: vec![file("areas.png", "image/png")],
            attachments: vec![file("daily.xlsx", "application/vnd.ms-excel")],
            language: Language::Ar,
            ..letter()
        };
        let first = composed(&whole);
        assert_eq!(first, composed(&whole.clone()));
        let order = [
            "multipart/mixed",
            "multipart/alternative",
            "text/plain",
            "multipart/related",
            "text/html",
            "image/png",
            "vnd.ms-excel",
        ];
        let places: Vec<_> =
            order.iter().map(|part| first.find(part).unwrap_or_else(|| panic!("{part}"))).collect();
        assert!(places.is_sorted(), "{places:?}");
        let id = "areas.00000000-0000-0000-0000-000000000007@passage.invalid";
        assert!(first.contains(&format!("Content-ID: <{id}>")), "{first}");
        for has in ["filename=\"daily.xlsx\"", "Content-Language: ar"] {
            assert!(first.contains(has), "{has} in {first}");
        }
        assert!(first.is_ascii() && first.lines().all(|line| line.len() < 998));
        assert_ne!(first, composed(&Letter { id: Uuid::from_u128(8), ..whole }));
    }

    #[test]
    fn a_later_letter_of_a_thread_points_to_the_first_which_points_to_none() {
        let first = composed(&Letter { thread: Some(letter().id), ..letter() });
        assert!(!first.contains("References") && !first.contains("In-Reply-To"), "{first}");
        let later =
            composed(&Letter { id: Uuid::from_u128(9), thread: Some(letter().id), ..letter() });
        let to = format!("<{}@example.org>", letter().id);
        for header in ["References", "In-Reply-To"] {
            assert!(later.contains(&format!("\r\n{header}: {to}\r\n")), "{later}");
        }
    }

    #[test]
    fn a_letter_to_another_address_is_the_same_but_for_where_it_goes() {
        let whole = Letter { thread: Some(Uuid::from_u128(3)), ..letter() };
        let long = "a-desk-with-a-very-long-name-that-no-line-holds@hub.of-all-hubs.in-the-north.example.org";
        let other = Letter { to: long.to_owned(), ..whole.clone() };
        let sent = readdressed(&compose(&whole, FROM).unwrap(), long).unwrap();
        assert_eq!(String::from_utf8(sent.clone()).unwrap(), composed(&other));
        let back = readdressed(&sent, &whole.to).unwrap();
        assert_eq!(String::from_utf8(back).unwrap(), composed(&whole));
        assert_eq!(readdressed(b"no letter", long), None);
        assert_eq!(readdressed(&sent, "a@example.org\r\nBcc: b@example.org"), None);
    }

    #[test]
    fn a_letter_that_was_made_while_mail_was_not_set_is_signed_when_it_is_sent() {
        let whole = Letter { thread: Some(Uuid::from_u128(3)), ..letter() };
        let unsigned = compose(&whole, UNSIGNED).unwrap();
        let sent = signed(&unsigned, &FROM.parse().unwrap());
        assert_eq!(String::from_utf8(sent.clone()).unwrap(), composed(&whole));
        assert_eq!(signed(&sent, &"Other <other@example.com>".parse().unwrap()), sent);
    }

    #[test]
    fn no_text_adds_a_header_or_a_recipient() {
        let subject = "Daraya\r\nBcc: other@example.org\r\n\r\nHello";
        let said = composed(&Letter { subject: subject.to_owned(), ..letter() });
        assert!(said.contains("Subject: Daraya Bcc: other@example.org Hello\r\n"), "{said}");
        let name = "a.png\"\r\nBcc: other@example.org";
        let html = Some("<p>x</p>".to_owned());
        let files = vec![file(name, "image/png")];
        let said =
            composed(&Letter { html, pictures: files.clone(), attachments: files, ..letter() });
        assert!(!said.lines().any(|line| line.starts_with("Bcc:")), "{said}");
        let two = Letter { to: "a@example.org\r\nBcc: b@example.org".to_owned(), ..letter() };
        assert!(matches!(compose(&two, FROM), Err(ComposeError::To)));
    }

    #[test]
    fn what_cannot_be_sent_is_named_and_the_address_is_not() {
        let odd = Letter { attachments: vec![file("a.bin", "nothing")], ..letter() };
        let said = compose(&odd, FROM).unwrap_err().to_string();
        assert!(said.contains("a.bin") && said.contains("nothing"), "{said}");
        assert!(matches!(compose(&letter(), "Passage"), Err(ComposeError::From)));
        assert!(!format!("{:?}", letter()).contains("desk@"));
    }
}
