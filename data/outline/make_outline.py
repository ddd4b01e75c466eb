#!/usr/bin/env python3
"""Make countries.geojson and admin1.geojson from world_map.gpkg.

Source   world_map.gpkg of the Debian package qgis-common (3.22.16+dfsg-1): its layer
         states_provinces is Natural Earth 1:10m "Admin 1 - States, Provinces" v4.1.0, generalised
         by the QGIS project. Natural Earth is in the public domain.
Codes    ISO 3166-2 codes are joined by name from the English names of Unicode CLDR 48.2
         (subdivisions/en/en.json of the npm package cldr-subdivisions-full, Unicode License V3).
Input    apt-get download qgis-common
         dpkg-deb --fsys-tarfile qgis-common_*.deb | tar x --wildcards '*world_map.gpkg'
         npm pack cldr-subdivisions-full@48.2.0 && tar xzf cldr-subdivisions-full-48.2.0.tgz
Needs    Python 3.11, shapely 2.1 or later with GEOS 3.12 or later (run with shapely 2.2.0, GEOS 3.14.1)
Run      python3 make_outline.py world_map.gpkg package/subdivisions/en/en.json [output folder]

Countries are dissolved from the admin-1 units, so that the few units without a code can be put
where the United Nations and ISO 3166 put them (see FIX below; README.md explains).
Both layers are simplified as a coverage: neighbours keep one and the same border.
"""
import json
import re
import sqlite3
import sys
import unicodedata
from pathlib import Path
from statistics import median

import shapely
from shapely.geometry import MultiPolygon, Polygon
from shapely.geometry.polygon import orient

COUNTRY_TOL = 0.14     # square root of the area (square degrees) of a triangle that may go
ADMIN1_TOL = 0.50
FOCUS_TOL = 0.12       # first-level units of the countries where the service is most likely used
FOCUS = {"SYR", "LBN", "PSE", "JOR", "IRQ", "YEM", "SDN", "SSD", "UKR", "AFG", "SOM", "LBY", "HTI"}
MIN_ISLAND = 0.015     # square degrees, about 180 square km; countries only
KEEP_ISLANDS = 4       # a country keeps its largest polygons whatever their size
SMALL = 1.0            # countries smaller than this (square degrees) are kept finer:
SMALL_TOL = 0.015      # Douglas-Peucker, degrees, 3 decimals,
SMALL_ISLANDS = 40     # and up to so many islands
# Small units (municipalities) are left out of admin1 for a whole country at once: more than
# SKIP_COUNT units of a median size below SKIP_MEDIAN square degrees.
SKIP_COUNT, SKIP_MEDIAN = 9, 0.12
KEEP_ADMIN1 = {"LBN", "PSE", "HTI", "BDI", "RWA", "GMB", "GNB", "ARM", "SLV", "JAM", "KWT", "AZE", "MDA",
               "TLS", "DOM", "XKX", "MNE"}
# Here the source has the second level (departments, provinces, counties), not the first.
SKIP_ADMIN1 = {"FRA", "ITA", "ESP", "IRL"}
LIMIT = {"countries": 500_000, "admin1": 900_000}

# Units that the source gives no country code, or one that ISO 3166 does not give them.
# (adm0_a3, name or None) -> (iso3, iso2); None drops the unit.
FIX = {
    ("SOL", None): ("SOM", "SO"),
    ("CYN", None): ("CYP", "CY"),
    ("ESB", None): ("CYP", "CY"),            # UK base areas: only so that the island has no hole
    ("WSB", None): ("CYP", "CY"),
    ("KAB", None): ("KAZ", "KZ"),
    ("USG", None): ("CUB", "CU"),
    ("IOA", "Cocos (Keeling) Islands"): ("CCK", "CC"),
    ("IOA", "Christmas Island"): ("CXR", "CX"),
    ("RUS", "Crimea"): ("UKR", "UA"),        # A/RES/68/262; ISO 3166-2 UA-43 and UA-40
    ("RUS", "Sevastopol"): ("UKR", "UA"),
    ("NLD", "Bonaire"): ("BES", "BQ"),
    ("NLD", "St. Eustatius"): ("BES", "BQ"),
    ("NLD", "Saba"): ("BES", "BQ"),
    ("PGA", None): None,                     # Spratly Islands
    ("KAS", None): None,                     # Siachen
    ("CLP", None): None,                     # Clipperton: no ISO 3166-1 entry
}
# Territories with their own ISO 3166-1 code that the source keeps inside the parent.
BY_UNIT = {"GUF": ("GUF", "GF"), "MTQ": ("MTQ", "MQ"), "GLP": ("GLP", "GP"), "REU": ("REU", "RE"),
           "MYT": ("MYT", "YT"), "NSV": ("SJM", "SJ"), "BVT": ("BVT", "BV")}
ISO3 = {"XK": "XKX", "TK": "TKL", "FR": "FRA", "NO": "NOR"}
NAME = {
    "ATF": "French Southern Territories", "ATG": "Antigua and Barbuda", "BES": "Caribbean Netherlands",
    "BIH": "Bosnia and Herzegovina", "BLM": "Saint Barthélemy", "BOL": "Bolivia (Plurinational State of)",
    "BVT": "Bouvet Island",
    "BRN": "Brunei Darussalam", "CAF": "Central African Republic", "CCK": "Cocos (Keeling) Islands",
    "COD": "Democratic Republic of the Congo", "COK": "Cook Islands", "CXR": "Christmas Island",
    "CYM": "Cayman Islands", "DOM": "Dominican Republic", "ESH": "Western Sahara",
    "FLK": "Falkland Islands (Malvinas)", "FRO": "Faroe Islands", "FSM": "Micronesia (Federated States of)",
    "GBR": "United Kingdom of Great Britain and Northern Ireland", "GLP": "Guadeloupe",
    "GNQ": "Equatorial Guinea", "GUF": "French Guiana", "HMD": "Heard Island and McDonald Islands",
    "IOT": "British Indian Ocean Territory", "IRN": "Iran (Islamic Republic of)",
    "KNA": "Saint Kitts and Nevis", "KOR": "Republic of Korea", "LAO": "Lao People's Democratic Republic",
    "MAF": "Saint Martin (French Part)", "MDA": "Republic of Moldova", "MHL": "Marshall Islands",
    "MKD": "North Macedonia", "MNP": "Northern Mariana Islands", "MTQ": "Martinique", "MYT": "Mayotte",
    "PCN": "Pitcairn", "PRK": "Democratic People's Republic of Korea", "PSE": "State of Palestine",
    "PYF": "French Polynesia", "REU": "Réunion", "RUS": "Russian Federation",
    "SGS": "South Georgia and the South Sandwich Islands", "SJM": "Svalbard and Jan Mayen Islands",
    "SLB": "Solomon Islands", "SPM": "Saint Pierre and Miquelon", "SSD": "South Sudan",
    "STP": "Sao Tome and Principe", "SWZ": "Eswatini", "SYR": "Syrian Arab Republic",
    "TCA": "Turks and Caicos Islands", "TKL": "Tokelau", "TUR": "Türkiye", "ALA": "Åland Islands",
    "TZA": "United Republic of Tanzania", "UMI": "United States Minor Outlying Islands",
    "VCT": "Saint Vincent and the Grenadines", "VEN": "Venezuela (Bolivarian Republic of)",
    "VGB": "British Virgin Islands", "VIR": "United States Virgin Islands", "VNM": "Viet Nam",
    "WLF": "Wallis and Futuna Islands", "HKG": "China, Hong Kong SAR", "MAC": "China, Macao SAR",
}
UK = {"ENG": ("England", "GB-ENG"), "SCT": ("Scotland", "GB-SCT"), "WLS": ("Wales", "GB-WLS"),
      "NIR": ("Northern Ireland", "GB-NIR")}
# ISO 3166-2 where spelling defeats the join by name.
CODE = {
    "SYR": {"Hasaka (Al Haksa)": "SY-HA", "Dayr Az Zawr": "SY-DY", "Lattakia": "SY-LA", "Hamah": "SY-HM",
            "Homs (Hims)": "SY-HI", "Dar`a": "SY-DR", "As Suwayda'": "SY-SU", "UNDOF": None},
    "LBN": {"An Nabatiyah": "LB-NA", "South Lebanon": "LB-JA", "North Lebanon": "LB-AS"},
    "UKR": {"Crimea": "UA-43", "Sevastopol": "UA-40", "Cherkasy": "UA-71", "Chernihiv": "UA-74",
            "Chernivtsi": "UA-77", "Dnipropetrovs'k": "UA-12", "Donets'k": "UA-14", "Ivano-Frankivs'k": "UA-26",
            "Kharkiv": "UA-63", "Kherson": "UA-65", "Khmel'nyts'kyy": "UA-68", "Kiev": "UA-32",
            "Kiev City": "UA-30", "Kirovohrad": "UA-35", "L'viv": "UA-46", "Luhans'k": "UA-09",
            "Mykolayiv": "UA-48", "Odessa": "UA-51", "Poltava": "UA-53", "Rivne": "UA-56", "Sumy": "UA-59",
            "Ternopil'": "UA-61", "Vinnytsya": "UA-05", "Zhytomyr": "UA-18"},
    "IRQ": {"Al-Basrah": "IQ-BA", "Arbil": "IQ-AR", "Babil": "IQ-BB", "Dihok": "IQ-DA", "Ninawa": "IQ-NI"},
    "YEM": {"Al Dali'": "YE-DA", "Hadramawt": "YE-HD", "Ta`izz": "YE-TA"},
    "SDN": {"Eastern Darfur": "SD-DE", "Southern Darfur": "SD-DS", "North Kordufan": "SD-KN",
            "South Kordufan": "SD-KS"},
    "AFG": {"Jawzjan": "AF-JOW", "Nimroz": "AF-NIM", "Paktya": "AF-PIA", "Sari Pul": "AF-SAR",
            "Wardak": "AF-WAR"},
}
UN_MEMBERS = """AFG ALB DZA AND AGO ATG ARG ARM AUS AUT AZE BHS BHR BGD BRB BLR BEL BLZ BEN BTN BOL BIH BWA
BRA BRN BGR BFA BDI CPV KHM CMR CAN CAF TCD CHL CHN COL COM COG CRI CIV HRV CUB CYP CZE PRK COD DNK DJI DMA
DOM ECU EGY SLV GNQ ERI EST SWZ ETH FJI FIN FRA GAB GMB GEO DEU GHA GRC GRD GTM GIN GNB GUY HTI HND HUN ISL
IND IDN IRN IRQ IRL ISR ITA JAM JPN JOR KAZ KEN KIR KWT KGZ LAO LVA LBN LSO LBR LBY LIE LTU LUX MDG MWI MYS
MDV MLI MLT MHL MRT MUS MEX FSM MCO MNG MNE MAR MOZ MMR NAM NRU NPL NLD NZL NIC NER NGA MKD NOR OMN PAK PLW
PAN PNG PRY PER PHL POL PRT QAT KOR MDA ROU RUS RWA KNA LCA VCT WSM SMR STP SAU SEN SRB SYC SLE SGP SVK SVN
SLB SOM ZAF SSD ESP LKA SDN SUR SWE CHE SYR TJK THA TLS TGO TON TTO TUN TUR TKM TUV UGA UKR ARE GBR TZA USA
URY UZB VUT VEN VNM YEM ZMB ZWE""".split()


def geometry(blob):
    """GeoPackage: 'GP' header of 8 bytes, an envelope of a size told by the flags, then WKB."""
    assert blob[:2] == b"GP"
    return shapely.from_wkb(blob[8 + (0, 32, 48, 48, 64)[(blob[3] >> 1) & 7]:])


def plain(text):
    """A name reduced to what two spellings have in common."""
    text = re.sub(r"\(.*?\)", " ", text or "").split(",")[0]
    text = unicodedata.normalize("NFKD", text.replace("ı", "i").replace("ə", "a"))
    text = "".join(c for c in text if not unicodedata.combining(c)).lower()
    text = re.sub(r"\b(al|ad|an|ar|as|ash|at|az)\b[ -]", "", text)
    text = re.sub(r"\b(muhafazat|mohafazat|wilayat|wilaya|ostan-e|ostan|province|provincia|provincie|state|region|"
                  r"district|governorate|oblast|county|department|departamento|departement|estado|de|of|the|du|da|"
                  r"do|des|d|prefecture|municipality|opstina|obcina|komuna|parish|division)\b", " ", text)
    return re.sub(r"[^a-z0-9]", "", text)


def polygons(geom):
    return [p for p in shapely.get_parts(geom) if isinstance(p, Polygon) and p.area > 0]


def tidy(geom, original, smallest, keep, small=False):
    """Rounded, valid, small islands gone, exterior rings counter-clockwise (RFC 7946)."""
    if small:
        parts = sorted(polygons(original), key=lambda p: -p.area)[:SMALL_ISLANDS]
        geom = shapely.simplify(MultiPolygon(parts), SMALL_TOL, preserve_topology=True)
        out = polygons(shapely.set_precision(shapely.make_valid(geom), 0.001))
        if sum(p.area for p in out) > 0.7 * sum(p.area for p in parts):
            out = sorted(out, key=lambda p: -p.area)
            return [orient(Polygon(p.exterior)) for p in out], 3
    parts = sorted(polygons(geom), key=lambda p: -p.area)
    parts = [p for i, p in enumerate(parts) if i < keep or p.area >= smallest]
    best = sorted(polygons(original), key=lambda p: -p.area)[0]
    for digits in (2, 3, 4):
        candidate = MultiPolygon(parts) if digits == 2 else MultiPolygon([best])
        out = polygons(shapely.set_precision(shapely.make_valid(candidate), 10.0 ** -digits))
        area = max((p.area for p in out), default=0.0)
        if out and (digits == 4 or best.area > 0.05 or 0.6 < area / best.area < 1.6):
            break
    out = sorted((p for p in out), key=lambda p: -p.area)
    # A hole of a few square kilometres is an artefact of rounding, unless a country lies in it.
    return [orient(Polygon(p.exterior, [h for h in p.interiors if Polygon(h).area > 0.002])) for p in out], digits


def ring(coords, digits):
    points = []
    for x, y in coords:
        point = [round(x, digits), round(y, digits)]
        point = [int(v) if v == int(v) else v for v in point]
        if not points or points[-1] != point:
            points.append(point)
    return points


def feature(props, parts, digits):
    rings = [[ring(r.coords, digits) for r in (p.exterior, *p.interiors)] for p in parts]
    geom = {"type": "Polygon", "coordinates": rings[0]} if len(rings) == 1 else \
        {"type": "MultiPolygon", "coordinates": rings}
    return {"type": "Feature", "properties": props, "geometry": geom}


def write(path, features, limit):
    text = '{"type":"FeatureCollection","features":[\n' + ",\n".join(
        json.dumps(f, ensure_ascii=False, separators=(",", ":")) for f in features) + "\n]}\n"
    path.write_text(text, encoding="utf-8")
    size = len(text.encode())
    print(f"{path.name}: {len(features)} features, {size} bytes")
    assert size <= limit, f"{path.name} is larger than {limit} bytes"


def main():
    db = sqlite3.connect(f"file:{sys.argv[1]}?mode=ro", uri=True)
    cldr = json.loads(Path(sys.argv[2]).read_text(encoding="utf-8"))
    cldr = cldr["subdivisions"]["localeDisplayNames"]["subdivisions"]
    out = Path(sys.argv[3]) if len(sys.argv) > 3 else Path(__file__).parent

    base = {a2: (ISO3.get(a2, a3), name) for a2, a3, name in
            db.execute("SELECT iso_a2, ISO_A3, NAME FROM countries")}
    codes = {}
    for key, name in cldr.items():
        codes.setdefault((key[:2].upper(), plain(name)), []).append(f"{key[:2]}-{key[2:]}".upper())

    known = {f"{key[:2]}-{key[2:]}".upper() for key in cldr}
    assert all(c in known for by_name in CODE.values() for c in by_name.values() if c)

    units = []
    for a2, adm0, gu, name, gn, geom in db.execute(
            "SELECT iso_a2, adm0_a3, gu_a3, name, gn_name, geom FROM states_provinces"
            " WHERE geom IS NOT NULL ORDER BY fid"):
        fix = FIX.get((adm0, name), FIX.get((adm0, None), False))
        if fix is None:
            continue
        iso3, iso2 = fix or BY_UNIT.get(gu) or (base[a2][0], a2)
        code = None
        if iso3 == "GBR" and gu in UK:
            name, code = UK[gu]
        elif name in CODE.get(iso3, {}):
            code = CODE[iso3][name]
        else:
            for spelling in (name, gn):
                found = codes.get((iso2, plain(spelling)), []) if spelling else []
                if len(found) == 1:
                    code = found[0]
                    break
        units.append({"iso3": iso3, "iso2": iso2, "name": name, "code": code, "geom": geometry(geom)})

    # Countries.
    groups = {}
    for u in units:
        groups.setdefault((u["iso3"], u["iso2"]), []).append(u["geom"])
    keys = sorted(groups)
    whole = [shapely.coverage_union_all(groups[k]) for k in keys]
    assert shapely.coverage_is_valid(whole)
    features, finer = [], []
    for (iso3, iso2), original, simple in zip(keys, whole, shapely.coverage_simplify(whole, COUNTRY_TOL)):
        parts, digits = tidy(simple, original, MIN_ISLAND, KEEP_ISLANDS, original.area < SMALL)
        if digits > 2:
            finer.append(iso3)
        name = NAME.get(iso3) or base[iso2][1]
        features.append(feature({"iso3": iso3, "iso2": iso2, "name": name}, parts, digits))
    missing = sorted(set(UN_MEMBERS) - {f["properties"]["iso3"] for f in features})
    assert len(set(UN_MEMBERS)) == 193 and not missing, missing
    print("finer than 2 decimals:", " ".join(finer))
    write(out / "countries.geojson", features, LIMIT["countries"])

    # First-level units. The source has the United Kingdom by local authority: put together by nation.
    merged = {}
    for i, u in enumerate(units):
        merged.setdefault((u["iso3"], u["name"]) if u["iso3"] == "GBR" else i, []).append(u)
    rows = [dict(us[0], geom=shapely.coverage_union_all([u["geom"] for u in us])) for us in merged.values()]
    claims = {}
    for r in rows:
        claims.setdefault(r["code"], []).append(r)
    for code, same in claims.items():      # a code that two units lay claim to belongs, safely, to neither
        if code and len(same) > 1:
            for r in same:
                r["code"] = None
    sizes = {}
    for r in rows:
        sizes.setdefault(r["iso3"], []).append(r["geom"].area)
    skip = {c for c, a in sizes.items()
            if len(a) > SKIP_COUNT and median(a) < SKIP_MEDIAN and c not in KEEP_ADMIN1} | SKIP_ADMIN1
    print("left out of admin1:", " ".join(f"{c}({len(sizes[c])})" for c in sorted(skip)))
    rows = [r for r in rows if r["iso3"] not in skip and r["name"]]
    shapes = shapely.coverage_simplify([r["geom"] for r in rows], ADMIN1_TOL)
    fine = shapely.coverage_simplify([r["geom"] for r in rows], FOCUS_TOL)
    shapes = [f if r["iso3"] in FOCUS else s for r, s, f in zip(rows, shapes, fine)]
    features = []
    for r, simple in sorted(zip(rows, shapes), key=lambda p: (p[0]["iso3"], p[0]["name"] or "")):
        parts, digits = tidy(simple, r["geom"], 0.05, 1)
        props = {"iso3": r["iso3"], "name": r["name"]}
        if r["code"]:
            props["iso_3166_2"] = r["code"]
        features.append(feature(props, parts, digits))
    print("with an ISO 3166-2 code:", sum("iso_3166_2" in f["properties"] for f in features))
    write(out / "admin1.geojson", features, LIMIT["admin1"])


if __name__ == "__main__":
    main()
