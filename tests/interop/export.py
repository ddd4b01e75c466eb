"""Fetches every file that a Passage gives and has it read by libraries that had no part in writing it."""

import csv
import io
import json
import pathlib
import sys
import urllib.error
import urllib.request
import zipfile

import geojson
import hxl
import openpyxl
import pyarrow.parquet
import shapely.geometry

FORMS = ("csv", "xlsx", "geojson", "parquet")
# What stands in a path where the description has a gap.
FILLED = {"areas": "SY-EAST-ALEPPO", "pauses": "PA-2016-07-06-EID"}


def started(told):
    """Where the demo listens, and a token that sees all."""
    for line in pathlib.Path(told).read_text().splitlines():
        if '"listening"' in line:
            said = json.loads(line)
            return said["listening"], said["tokens"]["admin"]
    sys.exit("the demo did not say where it listens")


def fetched(address, token, path):
    request = urllib.request.Request(address + path, headers={"Authorization": f"Bearer {token}"})
    with urllib.request.urlopen(request) as answer:
        return answer.read()


def questions(document):
    """Every path of the description that ends with a form, filled and asked for all of it."""
    for path, operations in document["paths"].items():
        form = path.rsplit(".", 1)[-1]
        if form not in FORMS or "get" not in operations:
            continue
        kind = path.split("/")[3]
        if "{" in path and kind not in FILLED:
            continue
        limits = [asked["schema"] for asked in operations["get"]["parameters"] if asked["name"] == "limit"]
        query = "?limit=all" if any({"const": "all"} in limit.get("anyOf", []) for limit in limits) else ""
        yield path.replace("{reference}", FILLED.get(kind, "")) + query, form


def hxl_mistakes(bytes_, name):
    """What libhxl says against a file, but for hints that a value is unusual."""
    place = pathlib.Path(name)
    place.write_bytes(bytes_)
    found = []

    def note(mistake):
        if mistake.rule.severity == "error":
            tag = mistake.column.display_tag if mistake.column else ""
            found.append(f"{tag}: {mistake.value!r}: {mistake.message}")

    rows = hxl.data(hxl.make_input(str(place), hxl.InputOptions(allow_local=True)))
    hxl.schema(None, callback=note).validate(rows)
    return found


def read_csv(bytes_, name):
    rows = list(csv.reader(io.StringIO(bytes_.decode("utf-8"))))
    assert len({len(row) for row in rows}) == 1, "rows of different lengths"
    for row in rows[2:]:
        for cell in row:
            number = cell.replace("-", "", 1).replace("+", "").replace(".", "", 1).replace("e", "", 1)
            assert not cell.startswith(("=", "@", "\t")), f"a formula: {cell!r}"
            assert not cell.startswith(("+", "-")) or number.isdigit(), f"a formula: {cell!r}"
    mistakes = hxl_mistakes(bytes_, name)
    assert not mistakes, mistakes[:5]
    return len(rows) - 2


def read_xlsx(bytes_, name):
    with zipfile.ZipFile(io.BytesIO(bytes_)) as files:
        for part in files.namelist():
            assert b"<f>" not in files.read(part), f"a formula in {part}"
    book = openpyxl.load_workbook(io.BytesIO(bytes_))
    assert book.sheetnames[0] == "Read me", book.sheetnames
    sheet = book.worksheets[1]
    assert sheet.freeze_panes == "B3" and sheet.auto_filter.ref, "frozen heads and a filter"
    assert all(cell.value is None or str(cell.value).startswith("#") for cell in sheet[2]), "tags"
    return sheet.max_row - 2


def read_template(bytes_, name):
    """A workbook to fill in: heads that stay, tags below them, an example, lists to choose from, a note at each head."""
    book = openpyxl.load_workbook(io.BytesIO(bytes_))
    assert book.sheetnames[-2:] == ["lists", "read me"], book.sheetnames
    for sheet in book.worksheets[:-2]:
        assert sheet.freeze_panes == "B3", "frozen heads"
        assert all(str(cell.value).startswith("#") for cell in sheet[2]), "tags"
        assert all(cell.value and cell.comment for cell in sheet[1]), "a note at each head"
        assert any(cell.value is not None for cell in sheet[3]), "an example"
    assert book.worksheets[0].data_validations.dataValidation, "lists to choose from"
    return 1


def read_geojson(bytes_, name):
    collection = geojson.loads(bytes_)
    assert collection["type"] == "FeatureCollection"
    for feature in collection["features"]:
        assert feature.is_valid, feature.errors()
        if feature["geometry"] is not None:
            shape = shapely.geometry.shape(feature["geometry"])
            west, south, east, north = shape.bounds
            assert -180 <= west <= east <= 180 and -90 <= south <= north <= 90, shape.bounds
    return len(collection["features"])


def read_parquet(bytes_, name):
    table = pyarrow.parquet.read_table(io.BytesIO(bytes_))
    assert b"passage.columns" in table.schema.metadata, table.schema.metadata
    return table.num_rows


READERS = {"csv": read_csv, "xlsx": read_xlsx, "geojson": read_geojson, "parquet": read_parquet}


def main(told, folder):
    address, token = started(told)
    folder = pathlib.Path(folder)
    folder.mkdir(parents=True)
    document = json.loads(fetched(address, token, "/openapi.json"))
    counts, rows, wrong = {}, {}, []
    for path, form in questions(document):
        name = folder / path.replace("/", "_").split("?")[0].lstrip("_")
        try:
            reader = read_template if path.startswith("/api/v1/templates/") else READERS[form]
            found = reader(fetched(address, token, path), name)
        except Exception as fault:  # every file is looked at before anything is said
            wrong.append(f"{path}: {type(fault).__name__} {fault}")
            continue
        counts[form] = counts.get(form, 0) + 1
        rows.setdefault(path.split("?")[0].rsplit(".", 1)[0], {})[form] = found
    for question, found in rows.items():
        if len(set(found.values())) > 1:
            wrong.append(f"{question}: rows differ by form: {found}")
    for line in wrong:
        print(f"export: wrong, {line}")
    told = ", ".join(f"{counts.get(form, 0)} {form}" for form in FORMS)
    print(f"export: {told} read by libhxl {hxl.__version__ if hasattr(hxl, '__version__') else ''}, "
          f"openpyxl {openpyxl.__version__}, pyarrow {pyarrow.__version__}, shapely {shapely.__version__}; "
          f"{len(wrong)} wrong")
    sys.exit(1 if wrong or len(counts) < len(FORMS) else 0)


main(*sys.argv[1:])
