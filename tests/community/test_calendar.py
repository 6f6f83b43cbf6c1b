"""A week of places by days, and the same as an iCalendar feed."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from datetime import date
from typing import Any

import pytest

from deploy.embedded import Servers
from services.community.app import community
from services.community.domain.schedule import read_schedule
from services.community.ical import calendar_of
from services.community.read.directory import ResourceRow
from services.community.week import monday_of, week_of
from shared.runtime.settings import Settings
from shared.vocabulary.city import City
from tests.casefile.running import COMMUNITY, Client, Running, page, running, send
from tests.community.examples import RESOURCE, TODAY
from tests.community.test_public import stranger

OPEN: dict[str, Any] = {
    "name": "ふれあいサロンさくら",
    "kind": "salon",
    "area": "さくら台",
    "schedule": "火 10:00-11:30\n第4木曜",
    "published": "true",
}


def place(schedule: str, **more: Any) -> ResourceRow:
    empty = dict.fromkeys(ResourceRow.__dataclass_fields__)
    said = {
        "resource_id": RESOURCE,
        "name": "みんなの縁側",
        "schedule": read_schedule(schedule),
        "registered_on": TODAY,
        "checked_on": TODAY,
    }
    return ResourceRow(**(empty | said | more))  # type: ignore[arg-type]  # a row of a test


def test_a_week_begins_on_monday_and_is_in_order_of_time() -> None:
    assert monday_of(date(2026, 11, 29)) == date(2026, 11, 23)
    late, early = place("火 13:00"), place("火 9:00-10:00\n火")
    week = week_of(date(2026, 11, 23), [late, early])
    tuesday = week.days[1]
    assert [one.times for one in tuesday.openings] == ["09:00-10:00", "13:00から", ""]
    assert not any(day.openings for day in week.days if day != tuesday)


def unfolded(raw: bytes) -> list[str]:
    assert raw.endswith(b"\r\n")
    lines = raw.split(b"\r\n")
    assert all(len(line) <= 75 for line in lines)
    assert b"\n" not in raw.replace(b"\r\n", b"")
    return raw.replace(b"\r\n ", b"").decode().split("\r\n")


@pytest.mark.parametrize(
    ("written", "starts", "ends", "rule"),
    [
        (
            "火 10:00-11:30",
            "DTSTART;TZID=Asia/Tokyo:20261124T100000",
            "DTEND;TZID=Asia/Tokyo:20261124T113000",
            "RRULE:FREQ=WEEKLY;BYDAY=TU",
        ),
        (
            "第2・4木 13:30",
            "DTSTART;TZID=Asia/Tokyo:20261126T133000",
            "",
            "RRULE:FREQ=MONTHLY;BYDAY=2TH,4TH",
        ),
        ("最終日曜", "DTSTART;VALUE=DATE:20261129", "", "RRULE:FREQ=MONTHLY;BYDAY=-1SU"),
        ("第5土", "DTSTART;VALUE=DATE:20270130", "", "RRULE:FREQ=MONTHLY;BYDAY=5SA"),
    ],
)
def test_a_regular_time_is_an_event_that_repeats(
    city: City, written: str, starts: str, ends: str, rule: str
) -> None:
    lines = unfolded(calendar_of(city, [place(written)], "予定"))
    assert starts in lines
    assert rule in lines
    assert [line for line in lines if line.startswith("DTEND")] == ([ends] if ends else [])


def test_text_is_escaped_and_folded_between_characters(city: City) -> None:
    name = "長い名前、" * 20
    lines = unfolded(calendar_of(city, [place("火", name=name, held="8月; 休み,\\\n祝日")], "予定"))
    assert f"SUMMARY:{name}" in lines
    assert r"DESCRIPTION:8月\; 休み\,\\\n祝日" in lines


def test_the_same_time_stays_the_same_event(city: City) -> None:
    def uids(schedule: str) -> set[str]:
        lines = unfolded(calendar_of(city, [place(schedule)], "予定"))
        return {line for line in lines if line.startswith("UID:")}

    assert uids("火 10:00") < uids("木\n火 10:00")


@pytest.fixture
def city(settings_of: Callable[[str], Settings]) -> City:
    return City.load(settings_of("community").city_dir)


@pytest.fixture
async def service(
    servers: Servers, settings_of: Callable[[str], Settings]
) -> AsyncIterator[Running]:
    async with running(community, settings_of("community"), servers) as service:
        yield service


@pytest.fixture
async def staff(service: Running) -> AsyncIterator[Client]:
    async with service.as_(COMMUNITY) as client:
        yield client


async def test_staff_see_plans_and_records_of_a_week(service: Running, staff: Client) -> None:
    here = await send(staff, "/community/resources", **OPEN)
    hidden = OPEN | {"name": "内輪の会", "published": ""}
    await send(staff, "/community/resources", **hidden)
    held: dict[str, Any] = {
        "kind": "event",
        "programme": "3イ",
        "held_on": "R8.11.18",
        "count_participants": "9",
    }
    await send(staff, "/community/activities", **held, resource_id=here.rsplit("/", 1)[1])
    text = await page(staff, "/community/calendar?week=R8.11.19")
    assert "令和8年11月16日(月)" in text
    assert text.count("ふれあいサロンさくら</a>") == 1, "the fourth Thursday is in another week"
    assert "内輪の会" in text
    assert "参加人数 9" in text
    assert "参加人数 9" not in await page(staff, "/community/calendar?week=R8.11.18&area=森")
    for narrowed, there in (("kind=salon", True), ("kind=food", False), ("target=youth", False)):
        week = await page(staff, f"/community/calendar?week=R8.11.18&{narrowed}")
        assert ("参加人数 9" in week) is there
    for strange in ("week=きのう", "week=9999-12-31", "week=0001-01-01", "area=%27"):
        await page(staff, f"/community/calendar?{strange}")
    async with stranger(service) as somebody:
        text = await page(somebody, "/community/public/calendar?week=2026-11-26")
        assert text.count("ふれあいサロンさくら</a>") == 2
        assert "内輪の会" not in text
        feed = await somebody.get("/community/public/calendar.ics?area=さくら台")
        assert feed.headers["content-type"] == "text/calendar; charset=utf-8"
        lines = unfolded(feed.content)
        assert lines.count("SUMMARY:ふれあいサロンさくら") == 2
        assert "SUMMARY:内輪の会" not in lines
