//! Who acts: UN agencies, the Red Cross and Red Crescent, NGOs.

use super::record::record;
use super::{Names, Text};

record! {
    /// Who acts: an agency, a society, an NGO.
    Organisation "organisation" {
        names: Names, "#org+name", "Its names.";
        acronym: Option<Text>, "#org+acronym", "Its acronym.";
        org_type: Option<Text>, "#org+type+code", "Code of the organisation type (`data/org_types.csv`).";
        country: Option<Text>, "#country+code+v_iso3", "Where it is registered, ISO 3166-1 alpha-3.";
        url: Option<Text>, "#meta+url", "Its page.";
    }

    const COLUMNS: &'static [&'static str] = &["org_type"];
    const SUMMARY: &'static [&'static str] = &["names", "acronym", "org_type"];
}
