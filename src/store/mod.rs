//! The boundary to the data: what a store must do, in words of the domain. Names no database.
//!
//! What all kinds share is asked for once, by [`Kind`](crate::domain::Kind); a second backend fills the same traits and passes
//! the same contract (`tests/store`).

pub mod error;
pub mod ledger;
pub mod record;
pub mod report;
pub mod sqlite;
pub mod token;
pub mod user;

pub use error::{Refusal, StoreError, StoreResult};
pub use ledger::{Entry, LedgerStore, Verified};
pub use record::{
    Action, Basis, Change, Cut, Filter, ImportCount, Near, Page, Query, RecordStore, Reference,
    Snapshot, Sort, Stored, Write, Written,
};
pub use report::{KeptReport, ReportStore};
pub use sqlite::SqliteStore;
pub use token::{Keying, Token, TokenStore};
pub use user::{AccountChange, Lock, Session, Subject, Trial, User, UserChange, UserStore};

/// Everything a store must do.
pub trait Store: RecordStore + LedgerStore + TokenStore + UserStore + ReportStore {}
impl<T: RecordStore + LedgerStore + TokenStore + UserStore + ReportStore> Store for T {}
