//! A store in a folder of its own, and files to import into it.

use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};
use passage::clock::Clock;
use passage::domain::{Clearance, Kind, draft};
use passage::exchange::import::{self, ImportError, Options, Summary};
use passage::store::{
    Action, Basis, Change, LedgerStore, RecordStore, Reference, SqliteStore, Stored, Write,
};

/// Sources, an area and two convoys with parts, all right.
pub const SOURCES: &str = "\
code,name,date,date_precision
#meta+code,#meta+source,#date+reported,#meta+date+reported+precision
SO-JUNE,OCHA,2016-06-10,
SO-JULY,SARC,2016-07-01,month
SO-UNDATED,A leaflet,,
";
pub const AREAS: &str = "\
code,names_en,position_lon,position_lat
#meta+code,#loc+name+i_en,#geo+lon,#geo+lat
AR-1,Daraya,36.24,33.46
AR-2,Duma,36.4,33.57
";
pub const CONVOYS: &str = "\
code,mode,date,source
#meta+code,#modality,#date+start,#meta+source+code
CV-1,cross_line,2016-06-09,SO-JUNE
CV-2,airdrop,2016-06-20,
";
pub const DROPS: &str = "\
convoy,index,areas,trucks_low,trucks
#meta+parent,#meta+index,#loc+dest+code,#output+num+trucks+min,#output+num+trucks
CV-1,1,AR-1,,9
CV-1,2,AR-1; AR-2,10,
";
pub const LINES: &str = "\
convoy,drop,index,commodity,loaded,delivered
#meta+parent,#meta+drop,#meta+index,#item+code,#output+num+loaded,#output+num+delivered
CV-1,2,1,food_parcel,1000,900
CV-1,2,2,flour,12.5,
CV-1,1,1,food_parcel,300,300
";
pub const ACCOUNTS: &str = "\
convoy,index,source,date,date_precision,people_reached
#meta+parent,#meta+index,#meta+source+code,#date+start,#meta+date+precision,#reached
CV-1,1,SO-JUNE,,,2400
CV-1,2,SO-JULY,,,2500
";

/// A folder with a store and a folder of files.
pub struct World {
    folder: tempfile::TempDir,
    pub store: SqliteStore,
}

impl World {
    /// With nothing in it.
    pub fn empty() -> Self {
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir(folder.path().join("in")).unwrap();
        let store = SqliteStore::open(&folder.path().join("passage.sqlite"), 2).unwrap();
        Self { folder, store }
    }

    /// With the files above lying ready.
    pub fn with_files() -> Self {
        let world = Self::empty();
        world.put("sources.csv", SOURCES);
        world.put("areas.csv", AREAS);
        world.put("convoys.csv", CONVOYS);
        world.put("convoys.drops.csv", DROPS);
        world.put("convoys.drops.lines.csv", LINES);
        world.put("convoys.accounts.csv", ACCOUNTS);
        world
    }

    pub fn path(&self) -> &Path {
        self.folder.path()
    }

    pub fn files(&self) -> PathBuf {
        self.folder.path().join("in")
    }

    pub fn put(&self, name: &str, text: impl AsRef<[u8]>) {
        std::fs::write(self.files().join(name), text).unwrap();
    }

    /// Puts a file with one place of it changed.
    pub fn put_with(&self, name: &str, text: &str, old: &str, new: &str) {
        assert!(text.contains(old), "{old:?} is not in {name}");
        self.put(name, text.replacen(old, new, 1));
    }

    pub fn remove(&self, name: &str) {
        std::fs::remove_file(self.files().join(name)).unwrap();
    }

    pub async fn import(&self) -> Result<Summary, ImportError> {
        self.import_as(&Options::by("tests")).await
    }

    pub async fn import_as(&self, options: &Options) -> Result<Summary, ImportError> {
        import::run(&self.store, &[self.files()], options, Clock::Wall, &mut |_| {}).await
    }

    /// Imports one file, whatever it is called.
    pub async fn import_file(&self, name: &str) -> Result<Summary, ImportError> {
        let (path, options) = (self.files().join(name), Options::by("tests"));
        import::run(&self.store, &[path], &options, Clock::Wall, &mut |_| {}).await
    }

    /// What is wrong with the files, a line for each problem.
    pub async fn problems(&self) -> Vec<String> {
        self.problems_as(&Options::by("tests")).await
    }

    pub async fn problems_as(&self, options: &Options) -> Vec<String> {
        match self.import_as(options).await.expect_err("something is wrong") {
            ImportError::Wrong { wrong, .. } => {
                wrong.listed.iter().map(ToString::to_string).collect()
            }
            other => vec![other.to_string()],
        }
    }

    pub async fn versions(&self, kind: Kind, code: &str) -> Vec<Stored> {
        let reference = Reference::Code(code.to_owned());
        let far = DateTime::<Utc>::MAX_UTC;
        self.store.history(kind, &reference, far, &Clearance::ALL).await.unwrap_or_default()
    }

    /// Takes a record back.
    pub async fn withdraw(&self, stored: &Stored) {
        self.withdraw_at(stored, Clock::Wall.recorded_at()).await;
    }

    /// Takes a record back, at a moment that the clock may never have shown.
    pub async fn withdraw_at(&self, stored: &Stored, now: DateTime<Utc>) {
        let draft = draft(stored.kind, &serde_json::from_str(&stored.body).unwrap()).unwrap();
        let change = Change {
            action: Action::Withdraw,
            new_id: stored.id,
            lowers: false,
            basis: Basis::Version(stored.version),
            learned_at: None,
            reason: Some("It never set out.".to_owned()),
            draft,
        };
        let (actor, changes) = ("tests".to_owned(), vec![change]);
        let write = Write {
            actor,
            owner: None,
            clearance: Clearance::ALL,
            recorded_at: now,
            learned_at: now,
            idempotency: None,
            changes,
        };
        self.store.write(write).await.unwrap();
    }

    /// The last place in the ledger.
    pub async fn sequence(&self) -> i64 {
        self.store.sequence().await.unwrap()
    }
}

/// New, changed and unchanged records of all files together.
pub fn totals(summary: &Summary) -> (u64, u64, u64) {
    summary.files.iter().fold((0, 0, 0), |(new, changed, unchanged), file| {
        (new + file.new, changed + file.changed, unchanged + file.unchanged)
    })
}
