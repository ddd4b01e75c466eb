//! A folder of maps: the records of each kind as features, at their own place or at that of the areas they name.

use std::collections::{BTreeSet, HashMap};
use std::io::BufWriter;
use std::path::{Path, PathBuf};

use serde_json::json;
use uuid::Uuid;

use super::{Ask, Draft, ExportError};
use crate::domain::{Kind, Place, shown};
use crate::exchange::extract::Form;
use crate::exchange::extract::geojson::{Features, geometry};

/// Where areas are, as the reader may know it, and whether few others may know it so exactly.
type Areas = HashMap<String, (Place, Option<Uuid>)>;

/// Writes a file for each kind.
pub(super) async fn write(ask: &Ask<'_>, folder: &Path) -> Result<Vec<PathBuf>, ExportError> {
    let areas = areas(ask).await?;
    let mut files = Vec::new();
    for kind in &ask.kinds {
        let draft = Draft::begin(&folder.join(format!("{}.{}", kind.plural(), Form::GeoJson)))?;
        let mut features = Features::begin(BufWriter::new(draft.out()?))?;
        let mut of_areas = BTreeSet::new();
        ask.walk(*kind, "folder", |stored, body| {
            let mut properties = shown(kind.schema(), body);
            properties["code"] = stored.code.clone().into();
            properties["withheld"] = json!(stored.seen.withheld);
            let geometry = geometry(&properties, |code| {
                let (place, exact) = areas.get(code)?;
                of_areas.extend(*exact);
                Some(*place)
            });
            features.feature(&json!(stored.id), &geometry, &properties)
        })
        .await?;
        ask.note(Kind::Area, "folder", of_areas.into_iter().collect()).await?;
        features.finish(&[])?;
        drop(features);
        files.push(draft.finish()?);
    }
    Ok(files)
}

async fn areas(ask: &Ask<'_>) -> Result<Areas, ExportError> {
    let mut areas = Areas::new();
    ask.look(Kind::Area, |stored, body| {
        let at = |axis: &str| body["position"][axis].as_f64();
        let place = at("lon").zip(at("lat")).and_then(|(lon, lat)| Place::new(lon, lat).ok());
        if let Some(place) = place {
            let exact = stored.seen.exact_position.then_some(stored.id);
            areas.insert(stored.code.clone(), (place, exact));
        }
    })
    .await?;
    Ok(areas)
}
