"""iCalendar (RFC 5545) of regular times: people subscribe to it in the calendar they have."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from uuid import uuid5

from services.community.domain.schedule import Slot
from services.community.read.directory import ResourceRow
from services.community.read.occasions import OccasionRow
from shared.vocabulary.city import City

_ZONE = (
    *("BEGIN:VTIMEZONE", "TZID:Asia/Tokyo", "BEGIN:STANDARD", "DTSTART:19510101T000000"),
    *("TZOFFSETFROM:+0900", "TZOFFSETTO:+0900", "TZNAME:JST", "END:STANDARD", "END:VTIMEZONE"),
)
_DAYS = {day: day[:2].upper() for day in ("mon", "tue", "wed", "thu", "fri", "sat", "sun")}
_WIDTH = 75
"""Octets of a line, the line end not counted (RFC 5545 3.1)."""


def calendar_of(
    city: City,
    places: Iterable[ResourceRow],
    title: str,
    occasions: Iterable[OccasionRow] = (),
) -> bytes:
    """One event for each regular time, which repeats without end; and what is announced."""
    lines = [
        *("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Tsunagu//Places//JA", "METHOD:PUBLISH"),
        *("CALSCALE:GREGORIAN", f"X-WR-CALNAME:{_text(title)}", "X-WR-TIMEZONE:Asia/Tokyo"),
        *_ZONE,
    ]
    for place in places:
        for slot in place.schedule:
            lines += _event(city, place, slot)
    for occasion in occasions:
        lines += _announced(city, occasion)
    lines.append("END:VCALENDAR")
    return b"".join(_folded(line) for line in lines)


def _event(city: City, place: ResourceRow, slot: Slot) -> Iterator[str]:
    day = _first(slot, place.registered_on)
    if day is None:
        return
    yield "BEGIN:VEVENT"
    yield f"UID:{uuid5(place.resource_id, slot.model_dump_json())}@{city.code}.tsunagu"
    yield f"DTSTAMP:{place.checked_on:%Y%m%d}T000000Z"
    yield from _times(slot, day)
    yield f"RRULE:{_rule(slot)}"
    yield f"SUMMARY:{_text(place.name)}"
    where = "　".join(filter(None, (place.building, place.address)))
    if where:
        yield f"LOCATION:{_text(where)}"
    about = "\n".join(filter(None, (place.held, place.target, place.phone)))
    if about:
        yield f"DESCRIPTION:{_text(about)}"
    if place.url:
        yield f"URL:{place.url}"
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"


def _announced(city: City, row: OccasionRow) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{row.occasion_id}@{city.code}.tsunagu"
    yield f"DTSTAMP:{row.announced_on:%Y%m%d}T000000Z"
    yield f"SEQUENCE:{row.edition - 1 + (row.cancelled_on is not None)}"
    yield from _when(row.held_on, row.starts, row.ends)
    yield f"SUMMARY:{_text(row.title)}"
    if row.place:
        yield f"LOCATION:{_text(row.place)}"
    if row.about:
        yield f"DESCRIPTION:{_text(row.about)}"
    if row.cancelled_on is not None:
        yield "STATUS:CANCELLED"
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"


def _times(slot: Slot, day: date) -> Iterator[str]:
    return _when(day, slot.starts, slot.ends)


def _when(day: date, starts: str | None, ends: str | None) -> Iterator[str]:
    if starts is None:
        yield f"DTSTART;VALUE=DATE:{day:%Y%m%d}"
        return
    yield f"DTSTART;TZID=Asia/Tokyo:{day:%Y%m%d}T{starts.replace(':', '')}00"
    if ends is not None and ends > starts:  # early JSON took any two times
        yield f"DTEND;TZID=Asia/Tokyo:{day:%Y%m%d}T{ends.replace(':', '')}00"


def _rule(slot: Slot) -> str:
    day = _DAYS[slot.weekday]
    if not slot.weeks:
        return f"FREQ=WEEKLY;BYDAY={day}"
    return f"FREQ=MONTHLY;BYDAY={','.join(f'{week}{day}' for week in slot.weeks)}"


def _first(slot: Slot, since: date) -> date | None:
    """The first opening; a fifth week may be half a year away."""
    days = (since + timedelta(days=n) for n in range(366))
    return next((day for day in days if slot.on(day)), None)


def _text(said: str) -> str:
    plain = said.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return plain.replace("\r\n", "\n").replace("\r", "\n").replace("\n", "\\n")


def _folded(line: str) -> bytes:
    """At most 75 octets a line, no cut inside a character; what follows begins with a space."""
    rows, row = [], b""
    for character in line:
        octets = character.encode()
        if len(row) + len(octets) > _WIDTH:
            rows.append(row)
            row = b" "
        row += octets
    return b"\r\n".join([*rows, row]) + b"\r\n"
