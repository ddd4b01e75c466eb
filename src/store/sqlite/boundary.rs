//! Boundaries in `SQLite`: outlines as WKB, what was known before kept beside what is known now.

use async_trait::async_trait;
use chrono::NaiveDate;
use geo::{CoordsIter, MultiPolygon};
use geozero::wkb::Wkb;
use geozero::{CoordDimensions, ToGeo, ToWkb};
use rusqlite::{Connection, OptionalExtension, Row, named_params, params};
use serde_json::{Value, json};

use super::{SqliteStore, instant, millis, word, word_or_none};
use crate::domain::door::Door;
use crate::domain::{Boundary, Names, Pcode, Pointer, Problems};
use crate::store::{
    BoundaryCount, BoundaryImport, BoundaryStore, KnownBoundary, ListedBoundary, StoreError,
    StoreResult,
};

const INSERT_IMPORT: &str = "
    INSERT INTO boundary_import (recorded_at, learned_at, actor, source, files)
    VALUES (:recorded_at, :learned_at, :actor, :source, :files)";

const INSERT: &str = "
    INSERT INTO boundary (import, pcode, level, country, parent, names, valid_from, valid_to, outline, display,
                          tolerance_m, digest, learned_at)
    VALUES (:import, :pcode, :level, :country, :parent, :names, :valid_from, :valid_to, :outline, :display,
            :tolerance_m, :digest, :learned_at)";

const SELECT_CURRENT: &str = "
    SELECT digest FROM boundary WHERE pcode = ?1 AND valid_from = ?2 AND superseded_at IS NULL";

// What was learned after the new one, where a clock was set back, was never superseded for any time.
const SUPERSEDE: &str = "
    UPDATE boundary SET superseded_at = max(learned_at, ?3)
     WHERE pcode = ?1 AND valid_from = ?2 AND superseded_at IS NULL";

const SELECT_ALL: &str = "
    SELECT b.pcode, b.level, b.country, b.parent, b.names, b.valid_from, b.valid_to, b.outline, b.display,
           b.tolerance_m, b.learned_at, b.superseded_at, i.source
      FROM boundary b JOIN boundary_import i ON i.id = b.import
     ORDER BY b.pcode, b.valid_from, b.id";

const SELECT_LISTED: &str = "
    SELECT pcode, level, names, parent, country, valid_from FROM boundary WHERE superseded_at IS NULL ORDER BY pcode, valid_from";

#[async_trait]
impl BoundaryStore for SqliteStore {
    async fn import_boundaries(
        &self,
        import: BoundaryImport,
        keep: bool,
    ) -> StoreResult<BoundaryCount> {
        if keep {
            self.write_in_turn(move |connection| import_all(connection, &import, true)).await
        } else {
            self.read(move |connection| import_all(connection, &import, false)).await
        }
    }

    async fn boundaries(&self) -> StoreResult<Vec<KnownBoundary>> {
        self.read(|connection| {
            let mut statement = connection.prepare_cached(SELECT_ALL)?;
            let rows = statement.query_map([], |row| Ok(known_from_row(row)))?;
            rows.map(|row| row?).collect()
        })
        .await
    }

    async fn listed_boundaries(&self) -> StoreResult<Vec<ListedBoundary>> {
        self.read(|connection| {
            let mut statement = connection.prepare_cached(SELECT_LISTED)?;
            let rows = statement.query_map([], |row| Ok(listed_from_row(row)))?;
            rows.map(|row| row?).collect()
        })
        .await
    }

    async fn boundary_imports(&self) -> StoreResult<i64> {
        const COUNT: &str = "SELECT coalesce(max(id), 0) FROM boundary_import";
        self.read(|connection| {
            Ok(connection.prepare_cached(COUNT)?.query_row([], |row| row.get(0))?)
        })
        .await
    }
}

/// A unit on its way into a row.
struct Written<'b> {
    boundary: &'b Boundary,
    names: String,
    outline: Vec<u8>,
    display: Vec<u8>,
}

impl<'b> Written<'b> {
    fn of(boundary: &'b Boundary) -> StoreResult<Self> {
        let names = serde_json::to_string(&boundary.names).map_err(backend)?;
        let (outline, display) = (wkb(&boundary.outline)?, wkb(&boundary.display)?);
        Ok(Self { boundary, names, outline, display })
    }

    /// Tells this unit from the same one with anything else in it. How it is thinned counts too.
    fn digest(&self, source: &str, tolerance_m: f64) -> [u8; 32] {
        let Boundary { level, parent, country, valid_to, .. } = self.boundary;
        let head = json!([level, parent, country, valid_to, self.names, source, tolerance_m]);
        let mut hasher = blake3::Hasher::new_derive_key("passage boundary v1");
        for part in [head.to_string().as_bytes(), &self.outline, &self.display] {
            hasher.update(&(part.len() as u64).to_le_bytes()).update(part);
        }
        *hasher.finalize().as_bytes()
    }
}

fn import_all(
    connection: &Connection,
    import: &BoundaryImport,
    keep: bool,
) -> StoreResult<BoundaryCount> {
    let mut count = BoundaryCount::default();
    let mut own = None;
    for boundary in &import.boundaries {
        let written = Written::of(boundary)?;
        let digest = written.digest(&import.source, import.tolerance_m);
        let of = (boundary.pcode.as_str(), boundary.valid_from.to_string());
        let current: Option<[u8; 32]> = connection
            .prepare_cached(SELECT_CURRENT)?
            .query_row(params![of.0, of.1], |row| row.get(0))
            .optional()?;
        match current {
            Some(current) if current == digest => {
                count.unchanged += 1;
                continue;
            }
            Some(_) => count.changed += 1,
            None => count.new += 1,
        }
        if keep {
            let own = match own {
                Some(own) => own,
                None => *own.insert(insert_import(connection, import)?),
            };
            let at = millis(import.learned_at);
            connection.prepare_cached(SUPERSEDE)?.execute(params![of.0, of.1, at])?;
            insert(connection, import, own, &written, &digest)?;
        }
    }
    Ok(count)
}

fn insert_import(connection: &Connection, import: &BoundaryImport) -> StoreResult<i64> {
    let files: Vec<Value> = import
        .files
        .iter()
        .map(|(name, digest)| json!({ "file": name, "blake3": blake3::Hash::from(*digest).to_hex().as_str() }))
        .collect();
    connection.prepare_cached(INSERT_IMPORT)?.execute(named_params! {
        ":recorded_at": millis(import.recorded_at), ":learned_at": millis(import.learned_at),
        ":actor": import.actor, ":source": import.source, ":files": Value::from(files).to_string(),
    })?;
    Ok(connection.last_insert_rowid())
}

fn insert(
    connection: &Connection,
    import: &BoundaryImport,
    own: i64,
    written: &Written<'_>,
    digest: &[u8; 32],
) -> StoreResult<()> {
    let boundary = written.boundary;
    connection.prepare_cached(INSERT)?.execute(named_params! {
        ":import": own, ":pcode": boundary.pcode.as_str(), ":level": boundary.level,
        ":country": boundary.country.as_str(), ":parent": boundary.parent.as_ref().map(Pcode::as_str),
        ":names": written.names, ":valid_from": boundary.valid_from.to_string(),
        ":valid_to": boundary.valid_to.map(|day| day.to_string()),
        ":outline": written.outline, ":display": written.display, ":tolerance_m": import.tolerance_m,
        ":digest": digest, ":learned_at": millis(import.learned_at),
    })?;
    Ok(())
}

fn known_from_row(row: &Row<'_>) -> StoreResult<KnownBoundary> {
    let superseded_at: Option<i64> = row.get("superseded_at")?;
    let pcode: Pcode = word(row, "pcode")?;
    let shape = |column| -> StoreResult<MultiPolygon> {
        let damaged = |fault: String| StoreError::Corrupt(format!("{column} of {pcode}: {fault}"));
        let geometry = Wkb(row.get::<_, Vec<u8>>(column)?).to_geo();
        match geometry.map_err(|fault| damaged(fault.to_string()))? {
            geo::Geometry::MultiPolygon(outline) if outline.coords_count() > 0 => Ok(outline),
            _ => Err(damaged("no outline".to_owned())),
        }
    };
    let boundary = Boundary {
        level: row.get("level")?,
        names: names(&row.get::<_, String>("names")?)?,
        parent: word_or_none(row, "parent")?,
        country: word(row, "country")?,
        valid_from: word(row, "valid_from")?,
        valid_to: word_or_none::<NaiveDate>(row, "valid_to")?,
        outline: shape("outline")?,
        display: shape("display")?,
        pcode: pcode.clone(),
    };
    Ok(KnownBoundary {
        boundary,
        source: row.get("source")?,
        tolerance_m: row.get("tolerance_m")?,
        learned_at: instant(row.get("learned_at")?)?,
        superseded_at: superseded_at.map(instant).transpose()?,
    })
}

fn listed_from_row(row: &Row<'_>) -> StoreResult<ListedBoundary> {
    Ok(ListedBoundary {
        pcode: word(row, "pcode")?,
        level: row.get("level")?,
        names: names(&row.get::<_, String>("names")?)?,
        parent: word_or_none(row, "parent")?,
        country: word(row, "country")?,
        valid_from: word(row, "valid_from")?,
    })
}

fn names(text: &str) -> StoreResult<Names> {
    let damaged = |what: String| StoreError::Corrupt(format!("names of a boundary: {what}"));
    let value: Value = serde_json::from_str(text).map_err(|fault| damaged(fault.to_string()))?;
    let mut problems = Problems::default();
    let names = Names::open(&value, &Pointer::Root, &mut problems);
    names.filter(|_| problems.is_empty()).ok_or_else(|| damaged(problems.to_string()))
}

fn wkb(outline: &MultiPolygon) -> StoreResult<Vec<u8>> {
    let geometry = geo::Geometry::MultiPolygon(outline.clone());
    geometry.to_wkb(CoordDimensions::xy()).map_err(backend)
}

fn backend(fault: impl std::error::Error + Send + Sync + 'static) -> StoreError {
    StoreError::Backend(Box::new(fault))
}
