//! The boundary to the data: what a store must do, in words of the domain. Names no database.
//!
//! What all kinds share is asked for once, by [`Kind`](crate::domain::Kind); a second backend fills the same traits and passes
//! the same contract (`tests/store`).

pub mod alert;
pub mod attachment;
pub mod boundary;
pub mod delivery;
pub mod error;
pub mod import;
pub mod keeping;
pub mod key;
pub mod ledger;
pub mod lowering;
pub mod query;
pub mod record;
pub mod report;
pub mod sqlite;
pub mod token;
pub mod user;

pub use alert::{
    Acknowledgement, AlertStore, EpisodeQuery, KeptEpisode, KeptEvent, Look, LookedAt, Message,
    Told,
};
pub use attachment::{Attachment, AttachmentStore, Detaching, NewAttachment};
pub use boundary::{BoundaryCount, BoundaryImport, BoundaryStore, KnownBoundary, ListedBoundary};
pub use delivery::{
    Anew, Delivery, DeliveryQuery, DeliveryState, DeliveryStore, Dismissal, Failures, Forgetting,
    Progress,
};
pub use error::{Refusal, StoreError, StoreResult};
pub use import::{
    ChangedSince, EndedImport, ImportQuery, ImportReader, ImportState, ImportStore, KeptImport,
    NewImport, Undoing, Undone,
};
pub use keeping::{
    Copied, Doomed, Head, Health, KeepingStore, PurgeNote, PurgeOrder, Purged, PurgedRecord,
    REWRITE, Rewrite, Upkeep,
};
pub use key::Key;
pub use ledger::{Entry, LedgerStore, Verified};
pub use lowering::{Decision, Lowering, LoweringStore};
pub use query::{Filter, Inside, Near, Page, Query, Sort, Within};
pub use record::{
    Action, Basis, Change, Cut, Export, Exported, ImportCount, RecordStore, Reference, Seen,
    Snapshot, Stored, Write, Written,
};
pub use report::{KeptReport, ListedCopy, ListedReport, ReportCopy, ReportPlace, ReportStore};
pub use sqlite::{Opening, SqliteStore};
pub use token::{Keying, Token, TokenStore};
pub use user::{AccountChange, Lock, Session, Subject, Trial, User, UserChange, UserStore};

/// Everything a store must do.
pub trait Store:
    RecordStore
    + LedgerStore
    + LoweringStore
    + TokenStore
    + UserStore
    + AlertStore
    + AttachmentStore
    + BoundaryStore
    + DeliveryStore
    + ImportStore
    + ReportStore
    + KeepingStore
{
}
impl<T> Store for T where
    T: RecordStore
        + LedgerStore
        + LoweringStore
        + TokenStore
        + UserStore
        + AlertStore
        + AttachmentStore
        + BoundaryStore
        + DeliveryStore
        + ImportStore
        + ReportStore
        + KeepingStore
{
}
