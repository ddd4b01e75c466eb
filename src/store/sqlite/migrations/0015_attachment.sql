-- Files attached to records: a waybill, a photo, a letter. They lie in this file, so that whoever copies, restores, purges or
-- wipes it has them all.

CREATE TABLE attachment (
    id           BLOB PRIMARY KEY CHECK (length(id) = 16),
    kind         TEXT NOT NULL,
    record       BLOB NOT NULL CHECK (length(record) = 16),
    name         TEXT NOT NULL,
    note         TEXT,
    media_type   TEXT NOT NULL,
    bytes        INTEGER NOT NULL CHECK (bytes > 0),
    -- BLAKE3 of what is kept, and of what was sent: what pictures tell of where they were taken is not kept.
    digest       BLOB NOT NULL CHECK (length(digest) = 32),
    sent_digest  BLOB NOT NULL CHECK (length(sent_digest) = 32),
    -- The entries of the ledger by which it was attached and withdrawn.
    sequence     INTEGER NOT NULL UNIQUE REFERENCES ledger (sequence),
    withdrawn_by INTEGER UNIQUE REFERENCES ledger (sequence)
) STRICT;
CREATE UNIQUE INDEX attachment_once ON attachment (kind, record, digest) WHERE withdrawn_by IS NULL;
CREATE INDEX attachment_of ON attachment (kind, record, sequence);

CREATE TABLE attachment_content (
    attachment BLOB PRIMARY KEY REFERENCES attachment (id),
    content    BLOB NOT NULL
) STRICT;
