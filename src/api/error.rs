//! Every error as `application/problem+json` (RFC 9457). The only file that names a status of an error.

mod row;

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, ResponseError};
use serde::Serialize;
use serde_json::Value;

use self::row::{changed, of_row, wrong_rows};
use crate::disclose::policy::{Operation, who_may};
use crate::domain::{Kind, Problem, Problems};
use crate::exchange::extract::room::NoRoom;
use crate::store::{ChangedSince, ImportState, StoreError};

/// What went wrong with a request.
#[derive(Debug, thiserror::Error)]
pub enum ApiError {
    /// The request cannot be read: not JSON, not UTF-8, another content type.
    #[error("{0}")]
    Unreadable(String),
    /// The content type is not one that is taken here.
    #[error("send application/json, got {0}")]
    ContentType(String),
    /// No form with files was sent.
    #[error("send multipart/form-data, got {0}")]
    NotForm(String),
    /// Something is wrong with the files of an import, which is shown with it.
    #[error("{} thing(s) are wrong with the files; nothing of them is in", wrong_rows(.0))]
    ImportRefused(Box<Value>),
    /// Only an import that was tried and is right can be committed.
    #[error(
        "this import is {0}; only one that was tried and is right can be committed: send the files again"
    )]
    NotTried(ImportState),
    /// What is wrong with files is known once all of them were read.
    #[error(
        "this import still runs: what is wrong with its files is not known yet; ask again when it is done"
    )]
    StillRuns,
    /// Only an import that is in can be taken back.
    #[error("this import is {0}; only one that is in can be taken back")]
    NotCommitted(ImportState),
    /// Records that an import wrote were changed since; so many more are not named.
    #[error(
        "{} record(s) of this import were changed since; nothing was taken back", .0.len() as u64 + .1
    )]
    ChangedSince(Vec<ChangedSince>, u64),
    /// Not all records of an import are the reader's to change.
    #[error(
        "some records of this import are withheld from you, in whole or in part, or are not your organisation's: who could not withdraw each of them cannot take it back"
    )]
    PartlyClosed,
    /// Fields or parameters are wrong.
    #[error("{} thing(s) are wrong with what was sent", .0.0.len())]
    Invalid(Problems),
    /// The token is missing or does not hold.
    #[error("send a token that holds, as Authorization: Bearer <id>.<secret>")]
    Unauthorised,
    /// The role may not do this.
    #[error("this is {0}, which needs one of the roles {roles}", roles = roles(*.0))]
    Forbidden(Operation),
    /// The reader sees the record only in part.
    #[error(
        "some of this record is withheld from you: who sees it only in part cannot change it, or what is withheld would be lost"
    )]
    PartlyHidden,
    /// The files of a record that the reader sees only in part are not told.
    #[error(
        "some of this record is withheld from you, so the files that are attached to it are not listed: ask somebody who sees all of it"
    )]
    FilesHidden,
    /// Who asked for something may not decide it.
    #[error("this needs a second person: who asked for it may not decide it")]
    SecondPerson,
    /// The record belongs to another organisation.
    #[error("a partner changes only what belongs to its own organisation")]
    NotYours,
    /// More is to be given, or changed, than the giver has.
    #[error("nobody gives, or changes, a role or a clearance above their own")]
    AboveYou,
    /// Another page used the cookie.
    #[error("a session only works from the pages of this Passage; send a token instead")]
    CrossSite,
    /// The password is one to begin with.
    #[error("choose a password of your own first, at /account")]
    PasswordMustChange,
    /// Name or password is wrong.
    #[error("the name or the password is wrong")]
    WrongPassword,
    /// Too many wrong passwords, for so many seconds.
    #[error("too many wrong passwords; try again in {0} seconds")]
    LockedOut(u64),
    /// Too many log in at once.
    #[error("too many people are logging in; try again")]
    TooManyLogins,
    /// There is no such path.
    #[error("there is nothing at {0}")]
    NoPath(String),
    /// The path does not take this method, but these.
    #[error("{0} is not allowed here; {1} is")]
    Method(String, String),
    /// The record was taken back.
    #[error("{0} was withdrawn; put a next version to bring it back")]
    Withdrawn(String),
    /// What the record said was destroyed.
    #[error("{0}")]
    Purged(String),
    /// A code or id is taken, as it stands at this pointer.
    #[error("{}", .0.detail)]
    Taken(Problem),
    /// A file was taken back.
    #[error("{0}")]
    Detached(String),
    /// The alert is over.
    #[error("this alert is over; an alert that is raised again is another one")]
    Over,
    /// A delivery that did not fail, or has nowhere to go, is not tried again or dismissed.
    #[error("this cannot be done with this delivery: {0}")]
    NotFailed(&'static str),
    /// The body is larger than is taken here.
    #[error("the body is larger than {0} bytes")]
    TooLarge(usize),
    /// `If-Match` is missing.
    #[error("send If-Match with the ETag of the version that you are changing")]
    NoIfMatch,
    /// A convoy cannot move so.
    #[error("{0}")]
    ImpossibleMove(String),
    /// It took too long.
    #[error("the request was not complete within {0} seconds")]
    Timeout(u64),
    /// Too many requests; with the seconds after which the next one is taken.
    #[error("too many requests; the next one is taken in {0} second(s)")]
    TooMany(u64),
    /// No plan can be shown that can be trusted.
    #[error("{0}")]
    NoPlan(String),
    /// The computation broke off, which is a fault of this program.
    #[error("the answer could not be computed; the log says why")]
    BrokeOff(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// The temporary folder is full or cannot be written.
    #[error(transparent)]
    NoRoom(#[from] NoRoom),
    /// The store did not do it.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// The body of an error.
#[derive(Debug, Serialize)]
struct Body {
    r#type: &'static str,
    title: &'static str,
    status: u16,
    code: &'static str,
    detail: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    errors: Vec<Problem>,
    /// The import that is refused, in whole.
    #[serde(skip_serializing_if = "Option::is_none")]
    import: Option<Value>,
}

impl ApiError {
    /// One wrong parameter or field.
    #[must_use]
    pub fn invalid(pointer: &str, detail: impl Into<String>) -> Self {
        Self::Invalid(Problems(vec![Problem {
            pointer: pointer.to_owned(),
            detail: detail.into(),
        }]))
    }

    /// Nothing of this kind there, or nothing that the reader may know of.
    #[must_use]
    pub fn not_found(kind: Kind, reference: &str) -> Self {
        Self::Store(StoreError::NotFound { kind, reference: reference.to_owned() })
    }

    /// An answer that cannot be written as JSON.
    #[must_use]
    pub fn unwritable(fault: serde_json::Error) -> Self {
        Self::BrokeOff(Box::new(fault))
    }

    /// A stable word for programs.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Unreadable(_) => "unreadable",
            Self::ContentType(_) | Self::NotForm(_) => "unsupported_media_type",
            Self::ImportRefused(_) => "import_refused",
            Self::NotTried(_) => "not_tried",
            Self::StillRuns => "still_runs",
            Self::Invalid(_) | Self::Store(StoreError::Refused(_)) => "invalid",
            Self::Unauthorised => "unauthorised",
            Self::Forbidden(_) => "forbidden",
            Self::PartlyHidden | Self::FilesHidden | Self::PartlyClosed => "partly_hidden",
            Self::NotCommitted(_) => "not_committed",
            Self::ChangedSince(..) => "changed_since",
            Self::SecondPerson => "second_person",
            Self::NotYours => "not_yours",
            Self::AboveYou => "above_you",
            Self::CrossSite => "cross_site",
            Self::PasswordMustChange => "password_must_change",
            Self::WrongPassword => "wrong_password",
            Self::LockedOut(_) => "locked_out",
            Self::NoPath(_) | Self::Store(StoreError::NotFound { .. }) => "not_found",
            Self::Method(..) => "method_not_allowed",
            Self::TooLarge(_) => "too_large",
            Self::NoIfMatch => "if_match_required",
            Self::ImpossibleMove(_) => "impossible_move",
            Self::Timeout(_) => "timeout",
            Self::Taken(_) | Self::Store(StoreError::Taken { .. }) => "taken",
            Self::Withdrawn(_) | Self::Detached(_) => "withdrawn",
            Self::Purged(_) => "purged",
            Self::Over => "over",
            Self::NotFailed(_) => "not_failed",
            Self::Store(StoreError::Stale { .. }) => "stale",
            Self::Store(StoreError::KeyReused) => "idempotency_key_reused",
            Self::TooManyLogins | Self::Store(StoreError::Busy) => "busy",
            Self::NoRoom(NoRoom { is_full: false, .. }) => "no_temporary_folder",
            Self::NoRoom(_) | Self::Store(StoreError::NoSpace) => "no_space",
            Self::Store(StoreError::DiskFault) => "disk_fault",
            Self::TooMany(_) => "too_many_requests",
            Self::Store(StoreError::Corrupt(_)) => "damaged",
            Self::Store(StoreError::OtherRules) => "other_rules",
            Self::NoPlan(_) => "no_plan",
            Self::BrokeOff(_)
            | Self::Store(
                StoreError::Backend(_)
                | StoreError::Key(_)
                | StoreError::WrongPlace(_)
                | StoreError::Unusable(_),
            ) => "internal",
        }
    }

    /// After how many seconds it is worth asking again.
    const fn retry_after(&self) -> Option<u64> {
        match self {
            Self::TooMany(seconds) | Self::LockedOut(seconds) => Some(*seconds),
            Self::TooManyLogins | Self::Store(StoreError::Busy) => Some(1),
            // As long as a short check of the data takes.
            Self::Store(StoreError::DiskFault) => Some(5),
            _ => None,
        }
    }

    fn errors(&self) -> Vec<Problem> {
        match self {
            Self::Invalid(problems) => problems.0.clone(),
            Self::Taken(problem) => vec![problem.clone()],
            Self::ChangedSince(listed, _) => listed.iter().map(changed).collect(),
            Self::ImportRefused(import) => import["problems"]
                .as_array()
                .into_iter()
                .flatten()
                .enumerate()
                .map(of_row)
                .collect(),
            Self::Store(StoreError::Refused(refusals)) => {
                refusals.iter().flat_map(|refusal| refusal.problems.0.clone()).collect()
            }
            Self::Store(StoreError::Taken { index, .. }) => {
                vec![Problem { pointer: format!("/{index}/code"), detail: self.to_string() }]
            }
            _ => Vec::new(),
        }
    }

    /// The detail for the reader; what failed inside goes to the log only.
    fn detail(&self) -> String {
        match self {
            Self::Store(
                StoreError::Corrupt(_)
                | StoreError::Backend(_)
                | StoreError::Key(_)
                | StoreError::Unusable(_)
                | StoreError::WrongPlace(_),
            ) => "the store failed".to_owned(),
            Self::Store(StoreError::Refused(refusals)) => {
                let count: usize = refusals.iter().map(|refusal| refusal.problems.0.len()).sum();
                format!("{count} thing(s) are wrong with what was sent")
            }
            other => other.to_string(),
        }
    }
}

/// The roles that may do it, in words.
fn roles(operation: Operation) -> String {
    let words: Vec<&str> = who_may(operation).iter().map(|role| role.as_str()).collect();
    words.join(", ")
}

/// The status of what the store did not do.
const fn of_store(fault: &StoreError) -> StatusCode {
    match fault {
        StoreError::Refused(_) | StoreError::KeyReused => StatusCode::UNPROCESSABLE_ENTITY,
        StoreError::NotFound { .. } => StatusCode::NOT_FOUND,
        StoreError::Taken { .. } => StatusCode::CONFLICT,
        StoreError::Stale { .. } => StatusCode::PRECONDITION_FAILED,
        StoreError::Busy | StoreError::DiskFault => StatusCode::SERVICE_UNAVAILABLE,
        StoreError::NoSpace => StatusCode::INSUFFICIENT_STORAGE,
        StoreError::Corrupt(_)
        | StoreError::OtherRules
        | StoreError::Backend(_)
        | StoreError::Key(_)
        | StoreError::Unusable(_)
        | StoreError::WrongPlace(_) => StatusCode::INTERNAL_SERVER_ERROR,
    }
}

impl ResponseError for ApiError {
    fn status_code(&self) -> StatusCode {
        match self {
            Self::Unreadable(_) => StatusCode::BAD_REQUEST,
            Self::ContentType(_) | Self::NotForm(_) => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Self::ImportRefused(_) | Self::NoPlan(_) | Self::Invalid(_) => {
                StatusCode::UNPROCESSABLE_ENTITY
            }
            Self::Unauthorised => StatusCode::UNAUTHORIZED,
            Self::Forbidden(_)
            | Self::PartlyHidden
            | Self::FilesHidden
            | Self::PartlyClosed
            | Self::SecondPerson
            | Self::NotYours
            | Self::AboveYou
            | Self::CrossSite
            | Self::PasswordMustChange
            | Self::WrongPassword => StatusCode::FORBIDDEN,
            Self::NoPath(_) => StatusCode::NOT_FOUND,
            Self::Method(..) => StatusCode::METHOD_NOT_ALLOWED,
            Self::TooLarge(_) => StatusCode::PAYLOAD_TOO_LARGE,
            Self::NoIfMatch => StatusCode::PRECONDITION_REQUIRED,
            Self::ImpossibleMove(_)
            | Self::Withdrawn(_)
            | Self::Taken(_)
            | Self::NotTried(_)
            | Self::StillRuns
            | Self::NotCommitted(_)
            | Self::ChangedSince(..)
            | Self::Over
            | Self::NotFailed(_) => StatusCode::CONFLICT,
            Self::Purged(_) | Self::Detached(_) => StatusCode::GONE,
            Self::Timeout(_) => StatusCode::REQUEST_TIMEOUT,
            Self::TooMany(_) | Self::LockedOut(_) => StatusCode::TOO_MANY_REQUESTS,
            Self::NoRoom(NoRoom { is_full: false, .. }) | Self::TooManyLogins => {
                StatusCode::SERVICE_UNAVAILABLE
            }
            Self::NoRoom(_) => StatusCode::INSUFFICIENT_STORAGE,
            Self::BrokeOff(_) => StatusCode::INTERNAL_SERVER_ERROR,
            Self::Store(fault) => of_store(fault),
        }
    }

    fn error_response(&self) -> HttpResponse {
        let status = self.status_code();
        if status.is_server_error() {
            let cause = std::error::Error::source(self).map(ToString::to_string);
            tracing::error!(error = %self, cause, "A request failed");
        }
        let mut response = HttpResponse::build(status);
        if let Self::Method(_, allowed) = self {
            response.insert_header(("Allow", allowed.as_str()));
        }
        if status == StatusCode::UNAUTHORIZED {
            response.insert_header(("WWW-Authenticate", "Bearer"));
        }
        if let Some(seconds) = self.retry_after() {
            response.insert_header(("Retry-After", seconds));
        }
        let body = Body {
            r#type: "about:blank",
            title: status.canonical_reason().unwrap_or("Error"),
            status: status.as_u16(),
            code: self.code(),
            detail: self.detail(),
            errors: self.errors(),
            import: match self {
                Self::ImportRefused(import) => Some((**import).clone()),
                _ => None,
            },
        };
        response.content_type("application/problem+json").json(body)
    }
}
