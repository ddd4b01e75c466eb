"""Reads our tiles and GeoJSON with readers that others wrote, and says what is wrong with them; see tiles.sh."""

import json
import math
import sys
from pathlib import Path

import mapbox_vector_tile
from shapely.geometry import shape

wrong = []


def expect(is_so, what):
    if not is_so:
        wrong.append(what)


def degrees(z, x, y, extent, corner):
    """A corner of a tile, y to the south, as longitude and latitude."""
    side = 2**z
    column, row = (x + corner[0] / extent) / side, (y + corner[1] / extent) / side
    return column * 360 - 180, math.degrees(math.atan(math.sinh(math.pi * (1 - 2 * row))))


def positions(coordinates):
    if isinstance(coordinates[0], (int, float)):
        yield coordinates
        return
    for part in coordinates:
        yield from positions(part)


def units(folder):
    """The boundaries as GeoJSON: valid, the right way round (RFC 7946), by P-code."""
    collection = json.loads((folder / "boundaries.geojson").read_text())
    expect(collection["type"] == "FeatureCollection", "boundaries.geojson is no collection")
    found = {}
    for feature in collection["features"]:
        outline = shape(feature["geometry"])
        code = feature["properties"]["pcode"]
        expect(outline.is_valid, f"{code} is no valid outline")
        for polygon in outline.geoms:
            expect(polygon.exterior.is_ccw, f"{code} runs the wrong way round")
        found[code] = outline
    expect(found, "boundaries.geojson is empty")
    return found


def areas(folder):
    collection = json.loads((folder / "areas.geojson").read_text())
    return {f["properties"]["code"]: shape(f["geometry"]) for f in collection["features"] if f["geometry"]}


def tile(file, outlines, places):
    """Every feature of a tile lies where the GeoJSON has it, to a step of the grid."""
    z, x, y = (int(number) for number in file.stem.split("-"))
    layers = mapbox_vector_tile.decode(file.read_bytes(), default_options={"y_coord_down": True})
    count = 0
    for name, layer in layers.items():
        expect(name in ("areas", "boundaries"), f"{file.name}: layer {name}")
        expect(layer["extent"] == 4096 and layer["version"] == 2, f"{file.name}: {name}: extent or version")
        step = 360 / 2**z / layer["extent"]
        for feature in layer["features"]:
            count += 1
            properties, form = feature["properties"], feature["geometry"]
            known = outlines.get(properties.get("pcode")) if name == "boundaries" else places.get(properties.get("code"))
            expect(known is not None, f"{file.name}: {name}: {properties} is not in the GeoJSON")
            if known is None:
                continue
            if form["type"] in ("Polygon", "MultiPolygon"):
                expect(shape(form).buffer(0).area > 0, f"{file.name}: {properties} has no inside")
            for corner in positions(form["coordinates"]):
                at = shape({"type": "Point", "coordinates": degrees(z, x, y, layer["extent"], corner)})
                expect(known.distance(at) <= 2 * step, f"{file.name}: {properties}: {at} is off")
    return count


def main():
    folder = Path(sys.argv[1])
    outlines, places = units(folder), areas(folder)
    files = sorted(folder.glob("*.mvt"))
    count = sum(tile(file, outlines, places) for file in files)
    expect(files and count, "there are no tiles with anything in them")
    for line in wrong:
        print(f"tiles: {line}")
    print(f"tiles: {len(files)} tiles with {count} features, {len(outlines)} units, {len(wrong)} wrong")
    sys.exit(1 if wrong else 0)


main()
