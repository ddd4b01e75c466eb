//! The ways by which people are told things, and how an address of each is written.

use super::choice::choice;

choice! {
    /// A way by which a recipient is told things.
    Channel {
        /// A letter, by SMTP.
        Email = "email",
        /// A POST of JSON to a program of the recipient's.
        Webhook = "webhook",
        /// A file in a folder, for whoever fetches it from there.
        Folder = "folder",
    }
}

/// Refuses what cannot be an address of the channel. The sentence does not repeat the address.
///
/// Whether somebody is there, and whether the place may be written to, is found out on delivery.
///
/// ```
/// use passage::domain::channel::{Channel, check_address};
/// assert!(check_address(Channel::Email, "desk@example.org").is_ok());
/// assert!(check_address(Channel::Folder, "../elsewhere").is_err());
/// ```
///
/// # Errors
///
/// A sentence that says what an address of the channel is like.
pub fn check_address(channel: Channel, address: &str) -> Result<(), String> {
    match channel {
        Channel::Email => check_mail(address),
        Channel::Webhook => check_url(address),
        Channel::Folder => check_file_name(address),
    }
}

/// One plain address, so that nothing of it can end a line of SMTP or of a header.
fn check_mail(address: &str) -> Result<(), String> {
    const LONGEST: usize = 254;
    let Some((name, host)) = address.split_once('@') else {
        return Err("must be one mail address, such as desk@example.org".to_owned());
    };
    let is_of_name = |c: char| c.is_ascii_alphanumeric() || "!#$%&'*+-/=?^_`{|}~.".contains(c);
    let is_name =
        (1..=64).contains(&name.len()) && name.chars().all(is_of_name) && has_no_gap(name);
    if address.len() <= LONGEST && is_name && is_host(host) {
        return Ok(());
    }
    Err("must be one mail address, such as desk@example.org, in letters a to z, digits and simple signs; other letters of a host are written as xn--…".to_owned())
}

/// No dot at an end and no two beside each other.
fn has_no_gap(text: &str) -> bool {
    text.split('.').all(|part| !part.is_empty())
}

fn is_host(host: &str) -> bool {
    let is_label = |label: &str| {
        (1..=63).contains(&label.len())
            && label.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    host.split('.').all(is_label)
}

fn check_url(address: &str) -> Result<(), String> {
    const LONGEST: usize = 2_000;
    let lower = address.to_ascii_lowercase();
    let after = lower.strip_prefix("https://").or_else(|| lower.strip_prefix("http://"));
    let Some(after) = after else {
        return Err(
            "must begin with https:// (or http://, where the settings allow that)".to_owned()
        );
    };
    // Readers of URLs differ about backslashes, white space and letters outside ASCII.
    if address.len() > LONGEST || !address.chars().all(|c| c.is_ascii_graphic() && c != '\\') {
        return Err(format!(
            "must have at most {LONGEST} characters, none of them a space, a backslash, a line break or outside ASCII"
        ));
    }
    let host = after.split(['/', '?', '#']).next().unwrap_or_default();
    if host.is_empty() || host.starts_with(':') {
        return Err("must name a host, such as https://example.org/passage".to_owned());
    }
    if host.contains('@') {
        return Err("must hold no user name or password".to_owned());
    }
    Ok(())
}

/// Refuses what is not the plain name of a file or folder: it could lead out of the folder that it lies in.
///
/// # Errors
///
/// A sentence that says what such a name is like.
pub fn check_file_name(name: &str) -> Result<(), String> {
    const LONGEST: usize = 120;
    let is_legal = |c: char| c.is_alphanumeric() || " -_.".contains(c);
    let is_plain = !name.starts_with(['.', ' '])
        && !name.ends_with(['.', ' '])
        && !name.contains("..")
        && name.chars().all(is_legal);
    if !name.is_empty() && name.len() <= LONGEST && is_plain {
        return Ok(());
    }
    Err(format!(
        "must be a plain name of 1 to {LONGEST} bytes: letters, digits, spaces and - _ . and no dot or space at an end"
    ))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn one_plain_mail_address_is_taken_and_nothing_that_smtp_or_a_header_could_misread() {
        for good in ["desk@example.org", "a.b+c@sub.example.org", "x@xn--mgbh0fb.xn--kgbechtv"] {
            check_address(Channel::Email, good).unwrap();
        }
        for bad in [
            "",
            "desk",
            "@example.org",
            "desk@",
            "desk@example.org\r\nRCPT TO:<other@example.org>",
            "desk@example.org\n",
            "desk@example.org, other@example.org",
            "desk@example.org;other@example.org",
            "a@b@c",
            "Desk <desk@example.org>",
            "\"de sk\"@example.org",
            "desk@example..org",
            ".desk@example.org",
            "desk@-example.org",
            "desk@[127.0.0.1]",
            "مكتب@example.org",
            "desk\0@example.org",
        ] {
            let refused = check_address(Channel::Email, bad).unwrap_err();
            assert!(refused.starts_with("must be one mail address"), "{bad:?}: {refused}");
        }
        check_address(Channel::Email, &format!("{}@example.org", "a".repeat(65))).unwrap_err();
        let long = format!("a@{}org", "example.".repeat(32));
        check_address(Channel::Email, &long).unwrap_err();
    }

    #[test]
    fn a_webhook_is_a_plain_url_without_a_password() {
        for good in [
            "https://example.org/passage?team=1",
            "HTTPS://example.org:8443",
            "http://[2001:db8::1]/x",
        ] {
            check_address(Channel::Webhook, good).unwrap();
        }
        for (bad, said) in [
            ("", "begin with https://"),
            ("ftp://example.org", "begin with https://"),
            ("javascript:alert(1)", "begin with https://"),
            ("https:example.org", "begin with https://"),
            ("https:/example.org", "begin with https://"),
            ("https:\\\\example.org", "begin with https://"),
            ("https:///example.org", "name a host"),
            ("https://:8080/", "name a host"),
            ("https://?x", "name a host"),
            ("https://desk:secret@example.org", "no user name"),
            ("https://example.org@10.0.0.1/", "no user name"),
            ("https://example.org\\@10.0.0.1/", "backslash"),
            ("https://example.org/\r\nHost: other", "line break"),
            ("https://exam ple.org", "space"),
            ("https://１２７.0.0.1/", "outside ASCII"),
        ] {
            let refused = check_address(Channel::Webhook, bad).unwrap_err();
            assert!(refused.contains(said), "{bad:?}: {refused}");
        }
    }

    #[test]
    fn a_folder_is_a_plain_name() {
        for good in ["hub", "Hub 2", "مكتب حلب", "a.b-c_d"] {
            check_address(Channel::Folder, good).unwrap();
        }
        for bad in [
            "", ".", "..", "/etc", "a/b", "..\\up", "a\\b", ".ssh", "a..b", "a\0b", "a\nb", "c:x",
            "a.", " a", "a ",
        ] {
            let refused = check_address(Channel::Folder, bad).unwrap_err();
            assert!(refused.starts_with("must be a plain name"), "{bad:?}: {refused}");
        }
        check_address(Channel::Folder, &"a".repeat(121)).unwrap_err();
    }

    proptest! {
        /// What the door takes, the sender of mail takes too: nobody learns on delivery that an address is none.
        #[test]
        fn what_is_taken_as_a_mail_address_can_be_written_to(address in "[a-z0-9.+_-]{1,9}@[a-z0-9.-]{1,12}") {
            if check_address(Channel::Email, &address).is_ok() {
                prop_assert!(address.parse::<lettre::Address>().is_ok(), "{address}");
            }
        }
    }
}
