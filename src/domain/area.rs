//! A place where people live.

use serde_json::{Map, Value};

use super::country;
use super::record::record;
use super::{AreaCode, Names, Outline, Place, Problems, Text};

record! {
    /// A place where people live: a town, a quarter, a district.
    Area "area" {
        names: Names, "#loc+name", "Its names.";
        aliases: Vec<Text>, "#loc+name+alt", "Other spellings that sources use.";
        pcode: Option<Text>, "#loc+code+v_pcode", "Its own P-code, as text.";
        country: Option<Text>, "#country+code+v_iso3", "ISO 3166-1 alpha-3; left out, taken from the P-codes.";
        admin1_pcode: Option<Text>, "#adm1+code+v_pcode", "P-code of the first-level unit.";
        admin1_name: Option<Text>, "#adm1+name", "Name of the first-level unit.";
        admin2_pcode: Option<Text>, "#adm2+code+v_pcode", "P-code of the second-level unit.";
        admin2_name: Option<Text>, "#adm2+name", "Name of the second-level unit.";
        admin3_pcode: Option<Text>, "#adm3+code+v_pcode", "P-code of the third-level unit.";
        part_of: Option<AreaCode>, "#loc+code+parent", "The area it lies in.";
        position: Option<Place>, "#geo", "A point in it, degrees WGS 84.";
        position_method: Option<Text>, "#geo+method", "Where the point comes from.";
        outline: Option<Outline>, "#geo+outline", "Its outline, GeoJSON.";
        time_zone: Option<Text>, "#loc+timezone", "IANA time zone, e.g. Asia/Damascus.";
    }

    const COLUMNS: &'static [&'static str] = &["pcode", "country", "admin1_pcode", "admin2_pcode", "admin3_pcode"];
    const SUMMARY: &'static [&'static str] = &["names", "admin1_pcode", "position"];

    fn check(&self, problems: &mut Problems) {
        if let Some(zone) = self.time_zone.as_ref().filter(|z| z.as_str().parse::<chrono_tz::Tz>().is_err()) {
            problems.add_field("time_zone", format!("must be an IANA time zone such as Asia/Damascus, got {zone}"));
        }
        if self.country.is_some() && self.iso3().is_none() {
            problems.add_field("country", "must be an ISO 3166-1 alpha-3 code that is known here, such as SYR");
        }
        if let (Some(place), Some(iso3)) = (self.place(), self.iso3())
            && let Err(detail) = country::check(&iso3, place)
        {
            problems.add_field(if self.position.is_some() { "position" } else { "outline" }, detail);
        }
    }

    fn place(&self) -> Option<Place> {
        self.position.or_else(|| self.outline.as_ref().and_then(Outline::centre))
    }

    fn derived(&self) -> Map<String, Value> {
        self.iso3().map(|country| ("country".to_owned(), country.into())).into_iter().collect()
    }
}

impl Area {
    /// The country: as given, else by the letters that its P-codes begin with.
    #[must_use]
    pub fn iso3(&self) -> Option<String> {
        let given = self.country.as_ref().and_then(|c| country::iso3(c.as_str()));
        let pcodes = [&self.pcode, &self.admin3_pcode, &self.admin2_pcode, &self.admin1_pcode];
        let by_pcode = || pcodes.into_iter().flatten().find_map(|p| country::of_pcode(p.as_str()));
        if self.country.is_some() { given } else { by_pcode() }
    }
}
