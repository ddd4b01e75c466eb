//! Files attached to records: as closed as the record, in the ledger with their hash.

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::{StoreResult, Stored};
use crate::domain::sensitive::withheld;
use crate::domain::{Clearance, Kind};

/// A file to be attached.
#[derive(Clone, PartialEq, Eq)]
pub struct NewAttachment {
    /// Its id, if it is not there yet.
    pub id: Uuid,
    /// The kind of the record.
    pub kind: Kind,
    /// The id of the record.
    pub record: Uuid,
    /// What it is called.
    pub name: String,
    /// What it is.
    pub note: Option<String>,
    /// What is in it, e.g. `image/jpeg`.
    pub media_type: String,
    /// The bytes that are kept.
    pub content: Vec<u8>,
    /// BLAKE3 of the bytes that were sent.
    pub sent_digest: [u8; 32],
    /// Who attaches it.
    pub actor: String,
    /// The true time.
    pub recorded_at: DateTime<Utc>,
}

withheld!(NewAttachment { id, kind, record, recorded_at });

/// An attached file, without its bytes.
#[derive(Clone, PartialEq, Eq)]
pub struct Attachment {
    /// Its id.
    pub id: Uuid,
    /// What it is called.
    pub name: String,
    /// What it is.
    pub note: Option<String>,
    /// What is in it.
    pub media_type: String,
    /// Its length.
    pub bytes: u64,
    /// BLAKE3 of the bytes that are kept.
    pub digest: [u8; 32],
    /// BLAKE3 of the bytes that were sent.
    pub sent_digest: [u8; 32],
    /// The entry of the ledger that says so.
    pub sequence: i64,
    /// Who attached it, and when.
    pub attached: (String, DateTime<Utc>),
    /// Who withdrew it, when and why.
    pub withdrawn: Option<(String, DateTime<Utc>, String)>,
}

withheld!(Attachment { id, bytes, sequence });

/// That a file is taken back.
#[derive(Clone, PartialEq, Eq)]
pub struct Detaching {
    /// The file.
    pub id: Uuid,
    /// Who takes it back.
    pub actor: String,
    /// Why.
    pub reason: String,
    /// The true time.
    pub recorded_at: DateTime<Utc>,
}

withheld!(Detaching { id, recorded_at });

/// Keeps files with records. Who does not see a record whole, as it is now, does not see its files; a partner changes only
/// its own. `at` is the moment that embargoes are judged by.
#[async_trait]
pub trait AttachmentStore: Send + Sync {
    /// Attaches a file; gives the one that is there where the record has these bytes already, and whether it is new.
    ///
    /// # Errors
    ///
    /// `NotFound` where the reader does not see the record whole, or may not change it.
    async fn attach(
        &self,
        new: NewAttachment,
        clearance: &Clearance,
    ) -> StoreResult<(Attachment, bool)>;

    /// The files of a record, the first one first, withdrawn ones too.
    ///
    /// # Errors
    ///
    /// `NotFound` where the reader does not see the record whole.
    async fn attachments(
        &self,
        kind: Kind,
        record: Uuid,
        clearance: &Clearance,
        at: DateTime<Utc>,
    ) -> StoreResult<Vec<Attachment>>;

    /// A file with the record that it belongs to; `None` where there is none, or the reader does not see the record
    /// whole.
    ///
    /// # Errors
    ///
    /// When the store fails.
    async fn attachment(
        &self,
        id: Uuid,
        clearance: &Clearance,
        at: DateTime<Utc>,
    ) -> StoreResult<Option<(Attachment, Stored)>>;

    /// The bytes of a file; `None` as for [`AttachmentStore::attachment`].
    ///
    /// # Errors
    ///
    /// When the store fails, or the bytes are not those that were attached.
    async fn attached_bytes(
        &self,
        id: Uuid,
        clearance: &Clearance,
        at: DateTime<Utc>,
    ) -> StoreResult<Option<Vec<u8>>>;

    /// Takes a file back; its bytes stay until its record is purged. Twice does no more than once. False where there is
    /// none that the reader may change.
    ///
    /// # Errors
    ///
    /// When the store fails.
    async fn detach(&self, order: Detaching, clearance: &Clearance) -> StoreResult<bool>;
}
