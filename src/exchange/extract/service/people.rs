//! Tokens for programs, people who log in, and what was changed about both.

use super::super::Holds::{Flag, Moment};
use super::super::table::{Answer, Col, Table, one, text};
use super::{ACTION, ACTOR, ID, RECORDED, SEQUENCE, data};

/// Tokens for programs.
pub const TOKENS: Answer = Answer { name: "tokens", tables: &[PROGRAMS] };
/// People who log in.
pub const USERS: Answer = Answer { name: "users", tables: &[PEOPLE] };
/// What was changed about both.
pub const ACCOUNT_CHANGES: Answer = Answer { name: "account_changes", tables: &[STANDING] };

const NAME: Col = text("name", "#meta+name", "/name", "The name.");
const ROLE: Col = text("role", "#meta+role", "/role", "What they may do.");
const CLEARANCE: Col =
    text("clearance", "#meta+clearance", "/clearance", "The highest level they see.");
const ORGANISATION: Col =
    text("organisation", "#org+code", "/organisation", "The organisation whose they are.");
const CREATED: Col = one(Moment, "created_at", "#date+created", "/created_at", "When it was made.");
const CREATED_BY: Col = text("created_by", "#meta+created_by", "/created_by", "Who made it.");
const EXPIRES: Col =
    one(Moment, "expires_at", "#date+expires", "/expires_at", "Until when it holds.");

const PROGRAMS: Table = Table {
    name: "tokens",
    about: "One token, without its secret.",
    rows: data,
    columns: &[
        ID,
        NAME,
        ROLE,
        CLEARANCE,
        ORGANISATION,
        CREATED,
        CREATED_BY,
        EXPIRES,
        one(Moment, "revoked_at", "#date+revoked", "/revoked_at", "When it was revoked."),
    ],
    place: None,
};

const PEOPLE: Table = Table {
    name: "users",
    about: "One person who logs in.",
    rows: data,
    columns: &[
        ID,
        text("login", "#meta+login", "/login", "The name to log in with."),
        NAME,
        ROLE,
        CLEARANCE,
        ORGANISATION,
        one(
            Flag,
            "must_change_password",
            "#meta+must_change_password",
            "/must_change_password",
            "Must they change their password?",
        ),
        CREATED,
        CREATED_BY,
        EXPIRES,
        one(
            Moment,
            "disabled_at",
            "#date+disabled",
            "/disabled_at",
            "Since when they may not come in.",
        ),
    ],
    place: None,
};

const STANDING: Table = Table {
    name: "account_changes",
    about: "One change of a token or a person.",
    rows: data,
    columns: &[
        SEQUENCE,
        RECORDED,
        ACTOR,
        ACTION,
        text("subject", "#meta+subject", "/subject", "token or user."),
        text("id", "#meta+id", "/id", "Which one."),
        text("detail", "#meta+detail", "/detail", "What is so now, as JSON."),
    ],
    place: None,
};
