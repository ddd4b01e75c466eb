//! The pages of people who log in: what they say, before HTTP.

use askama::Template;
use chrono::{DateTime, Utc};

pub use super::words::{Words, named, of};
use crate::disclose::policy::{Operation, may};
use crate::domain::{Role, Standing};

/// Why a page says something at its top.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Notice {
    /// Name or password is wrong.
    Wrong,
    /// No password is looked at for so many seconds.
    Locked(u64),
    /// Too many log in at once.
    Busy,
    /// The new password is not taken.
    Refused,
    /// It was not written the same twice.
    NotTheSame,
    /// It was changed.
    Changed,
}

impl Notice {
    fn said(self, words: &Words) -> String {
        let text = match self {
            Self::Locked(seconds) => return (words.locked)(seconds.div_ceil(60)),
            Self::Wrong => words.wrong,
            Self::Busy => words.busy,
            Self::Refused => words.password_refused,
            Self::NotTheSame => words.not_the_same,
            Self::Changed => words.password_changed,
        };
        text.to_owned()
    }
}

#[derive(Template)]
#[template(path = "login.html")]
struct LoginPage<'a> {
    words: &'a Words,
    notice: Option<String>,
}

/// The page to log in at.
///
/// # Errors
///
/// Never in practice: writing to a text cannot fail.
pub fn login(words: &Words, notice: Option<Notice>) -> askama::Result<String> {
    LoginPage { words, notice: notice.map(|notice| notice.said(words)) }.render()
}

/// A session as it is listed.
#[derive(Debug)]
pub struct SessionLine {
    /// Is it the one that asks?
    pub is_this: bool,
    /// When it began.
    pub began: DateTime<Utc>,
    /// When it was last used.
    pub seen: DateTime<Utc>,
    /// What the browser calls itself.
    pub browser: String,
}

/// What the page of a person shows.
#[derive(Debug)]
pub struct Account {
    /// Their name.
    pub name: String,
    /// The name they log in with.
    pub login: String,
    /// What they were given.
    pub standing: Standing,
    /// Until when they may come in.
    pub expires_at: Option<DateTime<Utc>>,
    /// Must they choose another password first?
    pub must_change: bool,
    /// Where they are logged in.
    pub sessions: Vec<SessionLine>,
}

#[derive(Template)]
#[template(path = "account.html")]
struct AccountPage<'a> {
    words: &'a Words,
    notice: Option<String>,
    name: &'a str,
    login: &'a str,
    role: &'a str,
    clearance: &'a str,
    organisation: Option<String>,
    expires: Option<String>,
    must_change: bool,
    own_only: bool,
    may: Vec<&'static str>,
    sessions: Vec<SessionRow<'a>>,
}

struct SessionRow<'a> {
    is_this: bool,
    began: String,
    seen: String,
    browser: &'a str,
}

/// Who one is, what one may do, where one is logged in.
///
/// # Errors
///
/// Never in practice: writing to a text cannot fail.
pub fn account(words: &Words, account: &Account, notice: Option<Notice>) -> askama::Result<String> {
    let Standing { role, level, organisation } = &account.standing;
    let operations = Operation::ALL.iter().filter(|operation| may(*role, **operation));
    let row = |line: &'_ SessionLine| (line.is_this, written(line.began), written(line.seen));
    AccountPage {
        words,
        notice: notice.map(|notice| notice.said(words)),
        name: &account.name,
        login: &account.login,
        role: words.role_name(*role),
        clearance: words.level_name(*level),
        organisation: organisation.as_ref().map(ToString::to_string),
        expires: account.expires_at.map(written),
        must_change: account.must_change,
        own_only: *role == Role::Partner,
        may: operations.map(|operation| words.operation(*operation)).collect(),
        sessions: account
            .sessions
            .iter()
            .map(|line| {
                let (is_this, began, seen) = row(line);
                SessionRow { is_this, began, seen, browser: &line.browser }
            })
            .collect(),
    }
    .render()
}

fn written(at: DateTime<Utc>) -> String {
    at.format("%Y-%m-%d %H:%M UTC").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn somebody(name: &str) -> Account {
        Account {
            name: name.to_owned(),
            login: "amal".to_owned(),
            standing: Standing::usual(Role::Auditor),
            expires_at: None,
            must_change: false,
            sessions: Vec::new(),
        }
    }

    #[test]
    fn a_page_has_no_script_and_no_style_of_its_own() {
        for words in [of("en"), of("ar"), of("fr")] {
            let account = account(words, &somebody("Amal"), Some(Notice::Changed)).unwrap();
            for page in [login(words, Some(Notice::Locked(61))).unwrap(), account] {
                assert!(!page.contains("<script") && !page.contains("<style"), "{page}");
                for word in ["style=", " onclick", " onload", " onsubmit", "javascript:", "http"] {
                    assert!(!page.contains(word), "{word}: {page}");
                }
            }
        }
    }

    #[test]
    fn a_name_cannot_write_into_the_page() {
        let page = account(of("en"), &somebody("<b>\"x\""), None).unwrap();
        assert!(page.contains("&#60;b&#62;") && !page.contains("<b>"), "{page}");
    }

    #[test]
    fn an_arabic_page_runs_from_right_to_left() {
        let page = login(of("ar"), None).unwrap();
        assert!(page.contains("lang=\"ar\" dir=\"rtl\"") && page.contains("كلمة المرور"), "{page}");
    }

    #[test]
    fn the_page_says_what_one_may_do_and_nothing_else() {
        let page = account(of("en"), &somebody("Amal"), None).unwrap();
        assert!(
            page.contains("see who was given exact positions") && !page.contains("manage people"),
            "{page}"
        );
    }
}
