//! What an answer of a receiver means, or that there was none. No sentence holds the URL or anything of the body.

use std::error::Error;
use std::io;

use rustls::CertificateError;

use super::super::Outcome;
use super::address::OnlyPrivate;

/// What a status means. Only a redirect and 410 (Gone) end the attempts: whatever else is refused may be a receiver
/// that is set up wrongly and mended tomorrow.
pub(super) fn answered(status: u16) -> Outcome {
    match status {
        200..=299 => Outcome::Delivered,
        300..=399 => Outcome::Never(format!(
            "the receiver answered {status}: it wants to be called elsewhere, and redirects are not followed; enter the new address"
        )),
        410 => Outcome::Never("the receiver answered 410: it is gone for good".to_owned()),
        other => Outcome::Again(format!("the receiver answered {other}")),
    }
}

/// Why there was no answer. The library's own words repeat the URL, so these are ours.
pub(super) fn not_answered(fault: &reqwest::Error) -> String {
    let causes = || std::iter::successors(fault.source(), |cause| (*cause).source());
    if causes().any(<dyn Error>::is::<OnlyPrivate>) {
        return OnlyPrivate.to_string();
    }
    let faults = || {
        let outer = causes().filter_map(|cause| cause.downcast_ref::<io::Error>());
        outer.flat_map(|outer| std::iter::successors(Some(outer), |fault| within(fault)))
    };
    let made_of = faults().filter_map(io::Error::get_ref);
    if let Some(tls) = made_of.filter_map(|inner| inner.downcast_ref::<rustls::Error>()).last() {
        return not_secured(tls).to_owned();
    }
    if fault.is_dns() {
        return "the host of the webhook is not known".to_owned();
    }
    let said = if fault.is_timeout() {
        "the receiver did not answer in time"
    } else if fault.is_connect() {
        "the receiver cannot be reached"
    } else {
        "the connection to the receiver broke off"
    };
    let kind = faults().last().map(io::Error::kind);
    let kind = kind.filter(|kind| !matches!(kind, io::ErrorKind::Other | io::ErrorKind::TimedOut));
    kind.map_or_else(|| said.to_owned(), |kind| format!("{said}: {kind}"))
}

/// An error of the system hides what it was made of from who asks for its cause.
fn within(fault: &io::Error) -> Option<&io::Error> {
    fault.get_ref()?.downcast_ref()
}

/// The words of the library name the host.
fn not_secured(fault: &rustls::Error) -> &'static str {
    let rustls::Error::InvalidCertificate(fault) = fault else {
        return "no safe connection to the receiver could be made";
    };
    match fault {
        CertificateError::Expired | CertificateError::ExpiredContext { .. } => {
            "the certificate of the receiver has expired"
        }
        CertificateError::UnknownIssuer => {
            "the certificate of the receiver is of an authority that is not trusted (webhook.tls_ca)"
        }
        CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. } => {
            "the certificate of the receiver is for another host"
        }
        // The list of the library is open.
        _ => "the certificate of the receiver does not hold",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_receiver_that_is_broken_is_tried_again_and_one_that_is_gone_is_not() {
        assert_eq!(answered(204), Outcome::Delivered);
        for status in [400, 401, 403, 404, 405, 413, 415, 422, 429, 500, 502, 503] {
            assert!(matches!(answered(status), Outcome::Again(_)), "{status}");
        }
        for status in [301, 302, 304, 307, 308, 410] {
            assert!(matches!(answered(status), Outcome::Never(_)), "{status}");
        }
    }
}
