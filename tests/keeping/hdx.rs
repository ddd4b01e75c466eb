//! Packages for the Humanitarian Data Exchange, made by the program itself: what is public is in them, nothing else.
#![cfg(test)]

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;
use tempfile::TempDir;

use crate::house::passage;

const SOURCES: &str = "\
code,name,publisher,licence,sensitivity
#meta+code,#meta+source,#meta+publisher,#meta+license,#meta+sensitivity
SO-OPEN,Situation report,OCHA,CC BY-IGO,
SO-SHUT-2016,Talk at the crossing,,,confidential
";
const AREAS: &str = "\
code,names_en,admin1_pcode,position_lon,position_lat,sensitivity
#meta+code,#loc+name+i_en,#adm1+code+v_pcode,#geo+lon,#geo+lat,#meta+sensitivity
AR-OPEN,Daraya,SY03,36.24,33.46,public
AR-SHUT-1,Duma,SY03,36.4,33.57,internal
";
const POPULATIONS: &str = "\
code,area,date,people,metric,source,sensitivity
#meta+code,#loc+code,#date+reported,#population,#meta+population+metric,#meta+source+code,#meta+sensitivity
PO-OPEN,AR-OPEN,2016-06-10,8000,besieged,SO-OPEN,public
PO-FEW-2016,AR-OPEN,2016-06-11,3,besieged,SO-OPEN,public
PO-SHUT-2016,AR-SHUT-1,2016-06-10,140000,besieged,SO-OPEN,
";
const STATUSES: &str = "\
code,area,scheme,status,valid_from,source,sensitivity
#meta+code,#loc+code,#access+scheme,#access+status,#date+start,#meta+source+code,#meta+sensitivity
ST-OPEN,AR-OPEN,un,besieged,2016-01-01,SO-OPEN,public
";
const FACILITIES: &str = "\
code,names_en,facility_type,area,position_lon,position_lat,sensitivity
#meta+code,#loc+facility+name+i_en,#loc+facility+type,#loc+code,#geo+lon,#geo+lat,#meta+sensitivity
FA-OPEN,Field hospital,hospital,AR-OPEN,36.241234,33.462345,public
";

/// Files to import, a data folder, and a place for the package.
struct Desk {
    home: TempDir,
}

impl Desk {
    fn with(files: &[(&str, &str)]) -> Self {
        let home = tempfile::tempdir().unwrap();
        let desk = Self { home };
        fs::create_dir(desk.path("in")).unwrap();
        for (name, text) in files {
            fs::write(desk.path("in").join(name), text).unwrap();
        }
        passage(&["import", "--data", &desk.text("data"), &desk.text("in")]).well();
        desk
    }

    fn path(&self, name: &str) -> PathBuf {
        self.home.path().join(name)
    }

    fn text(&self, name: &str) -> String {
        self.path(name).to_str().unwrap().to_owned()
    }

    fn package(&self) -> crate::house::Said {
        passage(&[
            "export",
            "--data",
            &self.text("data"),
            "--hdx",
            &self.text("hdx"),
            "--licence",
            "cc-by-igo",
        ])
    }
}

fn with_public() -> Desk {
    Desk::with(&[
        ("sources.csv", SOURCES),
        ("areas.csv", AREAS),
        ("populations.csv", POPULATIONS),
        ("statuses.csv", STATUSES),
        ("facilities.csv", FACILITIES),
    ])
}

fn files(folder: &Path) -> Vec<(String, String)> {
    let mut files: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|file| file.unwrap().path())
        .map(|path| {
            let name = path.file_name().unwrap().to_str().unwrap().to_owned();
            (name, fs::read_to_string(path).unwrap())
        })
        .collect();
    files.sort();
    files
}

#[test]
fn a_package_has_the_public_records_and_figures_and_what_hdx_asks() {
    let desk = with_public();
    let said = desk.package().well();
    let files = files(&desk.path("hdx"));
    let names: Vec<&str> = files.iter().map(|(name, _)| name.as_str()).collect();
    for name in [
        "areas.csv",
        "coverage.csv",
        "dataset.json",
        "populations.csv",
        "sources.csv",
        "totals.csv",
    ] {
        assert!(names.contains(&name) && said.contains(name), "{name}: {names:?} {said}");
    }
    let text = &files.iter().find(|(name, _)| name == "dataset.json").unwrap().1;
    let dataset: Value = serde_json::from_str(text).unwrap();
    for field in [
        "title",
        "name",
        "notes",
        "dataset_source",
        "methodology",
        "caveats",
        "dataset_date",
        "data_update_frequency",
    ] {
        assert!(dataset[field].as_str().is_some_and(|text| !text.is_empty()), "{field}: {text}");
    }
    assert_eq!(dataset["license_id"], "cc-by-igo");
    assert_eq!(dataset["groups"][0]["name"], "syr");
    assert!(dataset["dataset_date"].as_str().unwrap().starts_with("[2016-01-01T00:00:00 TO "));
    let described = dataset["resources"].as_array().unwrap();
    assert_eq!(described.len() + 1, files.len(), "every file is described");
    assert!(described.iter().all(|one| !one["description"].as_str().unwrap().is_empty()));
}

/// The records of a package may be of days after that of its figures; who publishes it is asked for.
#[test]
fn the_dates_of_a_package_span_its_records_and_what_hdx_needs_is_asked_for() {
    let later = format!("{STATUSES}ST-LATER,AR-OPEN,un,hard_to_reach,2016-09-01,SO-OPEN,public\n");
    let desk =
        Desk::with(&[("sources.csv", SOURCES), ("areas.csv", AREAS), ("statuses.csv", &later)]);
    let (data, hdx) = (desk.text("data"), desk.text("hdx"));
    let said = passage(&[
        "export",
        "--data",
        &data,
        "--hdx",
        &hdx,
        "--as-of",
        "2016-07-26",
        "--organisation",
        "ocha",
    ])
    .well();
    let dataset = fs::read_to_string(desk.path("hdx").join("dataset.json")).unwrap();
    let dataset: Value = serde_json::from_str(&dataset).unwrap();
    assert_eq!(dataset["dataset_date"], "[2016-01-01T00:00:00 TO 2016-09-01T23:59:59]");
    assert!(
        said.contains("HDX takes no dataset without them") && said.ends_with("give --maintainer\n"),
        "{said}"
    );
}

#[test]
fn nothing_above_public_is_in_a_package() {
    let desk = with_public();
    desk.package().well();
    for (name, text) in files(&desk.path("hdx")) {
        for hidden in ["SHUT", "Duma", "140000", "Talk at", "36.241234", "33.462345"] {
            assert!(!text.contains(hidden), "{name} tells {hidden}: {text}");
        }
        if name == "populations.csv" {
            let few = text.lines().find(|line| line.starts_with("PO-FEW")).unwrap_or_default();
            assert!(!few.contains(",3,"), "a count of few people: {few}");
        }
    }
}

#[test]
fn where_nothing_is_public_there_is_no_package_and_none_goes_over_other_files() {
    let desk = Desk::with(&[("areas.csv", &AREAS.replace("public", "internal"))]);
    assert!(desk.package().refused().contains("no record is public"));
    assert!(!desk.path("hdx").exists() && !desk.path(".hdx.part").exists());
    let desk = with_public();
    fs::create_dir(desk.path("hdx")).unwrap();
    fs::write(desk.path("hdx").join("notes.txt"), "mine").unwrap();
    assert!(desk.package().refused().contains("is not empty"));
    assert_eq!(fs::read_to_string(desk.path("hdx").join("notes.txt")).unwrap(), "mine");
}

#[test]
fn the_other_forms_are_written_by_the_command_too() {
    let desk = with_public();
    let export = |form: &str, out: &str| {
        passage(&["export", "--data", &desk.text("data"), "--format", form, &desk.text(out)]).well()
    };
    assert_eq!(export("xlsx", "all.xlsx").trim(), desk.text("all.xlsx"));
    assert!(export("parquet", "pq").contains("populations.parquet"));
    assert!(export("geojson", "map").contains("areas.geojson"));
    assert!(desk.path("all.xlsx").is_file() && desk.path("pq/areas.parquet").is_file());
    let said = passage(&["export", "--data", &desk.text("data"), "--format", "pdf", "x"]);
    assert!(said.err.contains("csv, xlsx, geojson, parquet"), "{said:?}");
}

#[test]
fn a_package_by_other_rules_of_the_gate_is_refused_and_leaves_those_of_the_server_in_force() {
    let desk = with_public();
    fs::write(desk.path("other.toml"), "[gate]\ncrisis = \"history\"\n").unwrap();
    let (data, hdx, other) = (desk.text("data"), desk.text("hdx"), desk.text("other.toml"));
    let by_others: [&[&str]; 3] = [
        &["export", "--hdx", &hdx],
        &["alerts", "--from", "2016-06-01", "--to", "2016-06-02"],
        &["report", "--as-of", "2016-06-20"],
    ];
    for asked in by_others {
        let said = passage(&[asked, &["--data", &data, "--config", &other]].concat()).refused();
        assert!(said.contains("give the same --config as the server has"), "{asked:?}: {said}");
    }
    // Whoever has the rules of the server reads and writes as before.
    desk.package().well();
    passage(&["import", "--data", &desk.text("data"), &desk.text("in")]).well();
}
