//! The situation room.

use serde::Deserialize;

/// What a page takes from elsewhere: nothing, unless it is set.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "config.toml says what each is")]
pub struct Room {
    pub tile_url: String,
}

impl Room {
    pub(super) fn check(&self) -> Result<(), String> {
        let url = &self.tile_url;
        if url.is_empty() {
            return Ok(());
        }
        let places = ["{z}", "{x}", "{y}"].iter().all(|place| url.contains(place));
        let host = url.split_once("://").map(|(scheme, rest)| (scheme, rest.split('/').next()));
        // The host becomes part of the policy of the page, so it has nothing in it that would end a rule there.
        let is_host = |host: &str| {
            !host.is_empty()
                && host.chars().all(|sign| sign.is_ascii_alphanumeric() || ".-:[]".contains(sign))
        };
        match host {
            Some(("http" | "https", Some(host))) if places && is_host(host) => Ok(()),
            _ => Err(format!(
                "room.tile_url: must be the address of raster tiles, as \
                 https://tiles.example.org/{{z}}/{{x}}/{{y}}.png, got {url:?}"
            )),
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::config::Settings;

    fn read(url: &str) -> Result<String, String> {
        let file = format!("[room]\ntile_url = {url:?}");
        let settings = Settings::layered("f", &file, std::iter::empty());
        settings.map(|settings| settings.room.tile_url).map_err(|fault| fault.to_string())
    }

    #[test]
    fn an_address_of_tiles_names_a_host_and_the_three_places() {
        for right in ["", "https://t.example.org/{z}/{x}/{y}.png", "http://10.0.0.7:81/{z}/{x}/{y}"]
        {
            assert_eq!(read(right).as_deref(), Ok(right));
        }
        for wrong in [
            "t.example.org/{z}/{x}/{y}.png",
            "https://t.example.org/{z}/{x}.png",
            "ftp://t.example.org/{z}/{x}/{y}.png",
            "https:///{z}/{x}/{y}.png",
            "https://a; script-src */{z}/{x}/{y}.png",
        ] {
            assert!(read(wrong).unwrap_err().contains("room.tile_url"), "{wrong}");
        }
    }
}
