//! The doors through which bytes of strangers come in, one function each: none may panic, hang or answer with a fault.
//!
//! The fuzz targets and the stable test `tests/corpus` call the same functions. They use the public API alone.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::path::Path;
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use passage::app::App;
use passage::clock::Clock;
use passage::config::Settings;
use passage::domain::{Kind, draft};
use passage::exchange::import::{Encoding, Options, check};

/// A door: its name, what opens it, and bytes that come far inside.
pub type Door = (&'static str, fn(&[u8]), &'static [&'static [u8]]);

/// All doors.
pub const DOORS: [Door; 10] = [
    (
        "csv_rows",
        csv_rows,
        &[
            b"code,names_en\n#meta+code,#loc+name+i_en\nAR-1,Daraya\n",
            b"code;names_en;position_lon\r\nAR-1;\"a;b\"\"\r\nc\";1.234\r\n",
            b"\xFF\xFEc\0o\0d\0e\0\n\0A\0\n\0",
            b"code\tnames_ar\rAR-1\t\xCF\xE6\xE3\xC7\r",
        ],
    ),
    (
        "hxl_header",
        hxl_header,
        &[
            b"#meta+code,#loc+name+i_en,#geo+lon,#geo+lat",
            b"#adm1+code,#date,#org+impl+name,#reached+f,#activity",
            b"#,#+,#a+,#loc++x,withheld",
        ],
    ),
    (
        "xlsx",
        xlsx,
        &[
            b"PK\x03\x04",
            b"PK\x05\x06\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0",
            b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1",
        ],
    ),
    (
        "attached",
        attached,
        &[
            b"\xFF\xD8\xFF\xE0\x00\x09JFIF\0\x01\x01\xFF\xDA\x00\x08\x01\x01\x00\x00\x3F\x00\x01\xFF\xD9",
            b"\x89PNG\r\n\x1a\n\0\0\0\0IEND\xAE\x42\x60\x82",
            b"PK\x05\x06\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0",
        ],
    ),
    (
        "geojson",
        geojson,
        &[
            br#"{"type":"Polygon","coordinates":[[[36,33],[37,33],[37,34],[36,33]]]}"#,
            br#"{"type":"MultiPolygon","coordinates":[[[[181,91],[0,0],[1e308,1],[181,91]]]]}"#,
            br#"{"type":"Polygon","coordinates":[]}"#,
        ],
    ),
    (
        "json_body",
        json_body,
        &[
            br#"{"mode":"airdrop","date":"2016-07-26","drops":[{"areas":["AR-1"],"trucks":9}]}"#,
            br#"{"names":{"en":"x"},"position":{"lon":1e999,"lat":null}}"#,
            b"[[[[[[[[[[[[[[[[",
        ],
    ),
    (
        "config",
        config,
        &[
            b"[server]\nlisten = \"127.0.0.1:0\"\n",
            b"[place]\n",
            b"[[place]]\narea = 1\n",
            b"x = [[[[[",
        ],
    ),
    (
        "coordinates",
        coordinates,
        &[b"36.5,33.5", b"-180,-90", b"NaN,1e400", "٣٦٫٥,٣٣٫٥".as_bytes()],
    ),
    ("cron", cron, &[b"0 8 * * 5", b"*/0 * * * *", b"60 24 32 13 8", b"@daily", b"0 8 L * 5#6"]),
    (
        "query",
        query,
        &[
            b"bbox=36,33,37,34&near=36.5,33.5,10&limit=1000&sort=-date",
            b"code=%00&from=2016-02-30&cursor=AAAA&stage=x",
            b"limit=99999999999999999999&as_of=9999-99-99&expand=all",
        ],
    ),
];

/// Bytes as a text file of areas, in each encoding that can be told.
pub fn csv_rows(bytes: &[u8]) {
    checked("areas.csv", bytes, &Options::by("fuzz"));
    for encoding in Encoding::ALL {
        checked("areas.csv", bytes, &Options { encoding: Some(*encoding), ..Options::by("fuzz") });
    }
}

/// Bytes as the tags of a table whose kind is not told.
pub fn hxl_header(bytes: &[u8]) {
    let text = [b"a,b,c\n", bytes, b"\n1,2,3\n"].concat();
    checked("table.csv", &text, &Options::by("fuzz"));
    checked("convoys.csv", &text, &Options { new_organisations: true, ..Options::by("fuzz") });
}

/// Bytes as a workbook.
pub fn xlsx(bytes: &[u8]) {
    checked("areas.xlsx", bytes, &Options::by("fuzz"));
}

/// Bytes as the outline of an area.
pub fn geojson(bytes: &[u8]) {
    if let Ok(outline) = serde_json::from_slice::<serde_json::Value>(bytes) {
        let _ =
            draft(Kind::Area, &serde_json::json!({ "names": { "en": "x" }, "outline": outline }));
    }
}

/// Bytes as a record of every kind.
pub fn json_body(bytes: &[u8]) {
    if let Ok(body) = serde_json::from_slice::<serde_json::Value>(bytes) {
        for kind in Kind::ALL {
            let _ = draft(*kind, &body);
        }
    }
}

/// Bytes as settings.
pub fn config(bytes: &[u8]) {
    if let Ok(text) = std::str::from_utf8(bytes) {
        let _ = Settings::layered("fuzz", text, std::iter::empty());
    }
}

/// Bytes as `lon,lat`, in a record and in a table.
pub fn coordinates(bytes: &[u8]) {
    let Some((lon, lat)) = std::str::from_utf8(bytes).ok().and_then(|text| text.split_once(','))
    else {
        return;
    };
    let number =
        |text: &str| text.parse::<f64>().map_or(serde_json::Value::Null, serde_json::Value::from);
    let place = serde_json::json!({ "lon": number(lon), "lat": number(lat) });
    let _ = draft(Kind::Area, &serde_json::json!({ "names": { "en": "x" }, "position": place }));
    let table = format!("code,names_en,position_lon,position_lat\nAR-1,x,{lon},{lat}\n");
    checked("areas.csv", table.as_bytes(), &Options::by("fuzz"));
}

/// Bytes as the times at which a report is made.
pub fn cron(bytes: &[u8]) {
    if let Ok(text) = std::str::from_utf8(bytes) {
        let body = serde_json::json!({ "name": "x", "cron": text, "recipients": ["RE-1"], "time_zone": "Asia/Damascus" });
        let _ = draft(Kind::Schedule, &body);
    }
}

/// Bytes as the question of a list, asked of a server.
pub fn query(bytes: &[u8]) {
    static SERVER: OnceLock<SocketAddr> = OnceLock::new();
    let address = SERVER.get_or_init(server);
    let is_plain = |byte: u8| byte.is_ascii_graphic() && byte != b'#';
    let question: String =
        bytes
            .iter()
            .map(|byte| {
                if is_plain(*byte) { char::from(*byte).to_string() } else { format!("%{byte:02X}") }
            })
            .collect();
    let mut stream = TcpStream::connect(address).expect("the server listens");
    stream.set_read_timeout(Some(Duration::from_secs(20))).expect("a socket has a timeout");
    let request =
        format!("GET /api/v1/convoys?{question} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
    if stream.write_all(request.as_bytes()).is_err() {
        return;
    }
    let mut answer = Vec::new();
    let _ = stream.take(64).read_to_end(&mut answer);
    let answer = String::from_utf8_lossy(&answer);
    assert!(!answer.starts_with("HTTP/1.1 5"), "{question}: {answer}");
}

/// Starts a server with nothing in it, which everybody may read.
fn server() -> SocketAddr {
    let (tell, told) = std::sync::mpsc::channel();
    std::thread::spawn(move || {
        actix_web::rt::System::new().block_on(async move {
            let home = tempfile::tempdir().expect("a folder can be made");
            let unlimited = ["TOKEN", "TOKEN_BURST", "ADDRESS", "ADDRESS_BURST"]
                .map(|of| (format!("PASSAGE_SERVER__REQUESTS_PER_{of}"), "1000000".to_owned()));
            let settings = Settings::layered("fuzz", "", unlimited.into_iter())
                .expect("the settings are right");
            let app =
                App::build(home.path(), Clock::Wall, settings).await.expect("the store opens");
            let serving = passage::api::serve(&Arc::new(app), "127.0.0.1:0", true)
                .expect("the server starts");
            tell.send(serving.listening).expect("somebody waits for it");
            serving.server.await.expect("the server runs");
        });
    });
    told.recv().expect("the server says where it listens")
}

/// Checks a file of these bytes.
fn checked(name: &str, bytes: &[u8], options: &Options) {
    let memory = Path::new("/dev/shm");
    let folder = if memory.is_dir() { tempfile::tempdir_in(memory) } else { tempfile::tempdir() };
    let folder = folder.expect("a folder can be made");
    let path = folder.path().join(name);
    std::fs::write(&path, bytes).expect("a file can be written");
    let _ = check(&[path], options, Clock::Wall);
}

/// A file to be attached: told by its content, and rid of what cameras write.
pub fn attached(bytes: &[u8]) {
    for name in ["a.pdf", "a.jpg", "a.png", "a.xlsx", "a.docx", "a.csv", "a.txt", "a.eml"] {
        if let Ok(kept) = passage::exchange::attached::kept(name, bytes.to_vec()) {
            assert!(kept.content.len() <= bytes.len());
        }
    }
}
